"""The words of dates in many languages, as compact tables: months, units, markers of time."""

from functools import cache
from unicodedata import normalize

# Twelve words a line, January first; the form used beside a day (genitive where there is one). Earlier lines win
# where two languages shorten different months alike.
_MONTHS = """
january february march april may june july august september october november december
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
januar februar märz april mai juni juli august september oktober november dezember
jänner feber märz april mai juni juli august september oktober november dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ledna února března dubna května června července srpna září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari maret april mei juni juli agustus september oktober november desember
januari februari mac april mei jun julai ogos september oktober november disember
januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta \
lokakuuta marraskuuta joulukuuta
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
януари февруари март април май юни юли август септември октомври ноември декември
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
januar februar mart april maj jun jul avgust septembar oktobar novembar decembar
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
كانون-الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين-الأول تشرين-الثاني كانون-الأول
जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर
জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.
"""

# Abbreviations that are not beginnings.
_SHORT_MONTHS = "gen 1 jän 1 sty 1 mrt 3 giu 6 lug 7 okt 10 ott 10 dez 12 dic 12 déc 12"

# unit → its words (several languages; number and case forms), compared after `plain`.
_UNITS = """
second: s sec secs second seconds seconde secondes sekunde sekunden segundo segundos secondo secondi сек секунду
секунды секунд seconden sekund sekunder sekundy saniye detik giây ثانية ثواني วินาที 秒 秒鐘 秒钟 초
minute: m min mins minute minutes minuten minuto minutos minuti мин минуту минуты минут хвилин хвилини minuut
minuter minutter minuta minuty minut minuuttia dakika dk menit phút دقيقة دقائق דקות דקה मिनट นาที 分 分鐘 分钟 분
λεπτά perc
hour: h hr hrs hour hours heure heures stunde stunden std hora horas ora ore час часа часов ч годин години годину
uur timme timmar tim time timer godzina godziny godzin godz godzinami hodin hodinami tuntia saat sa jam giờ ساعة
ساعات שעות שעה घंटे घंटा ชั่วโมง 時間 小時 小时 시간 ώρες ώρα óra órája
day: d day days jour jours tag tage tagen día días dia dias giorno giorni день дня дней дн днів дні dag dagen dagar
dage dzień dni dny dnem dniami päivää gün hari ngày يوم أيام ימים יום दिन วัน 日 天 일 ημέρες μέρες nap napja
week: w wk week weeks semaine semaines woche wochen semana semanas settimana settimane неделю недели недель week
weken vecka veckor uge uger tydzień tygodnie tygodni týdny viikkoa hafta minggu tuần أسبوع أسابيع שבועות שבוע हफ़्ते
สัปดาห์ 週間 週 周 星期 주
month: month months mois monat monate monaten mes meses mese mesi месяц месяца месяцев maand maanden månad månader
måned måneder miesiąc miesiące miesięcy ay bulan tháng شهر أشهر חודש חודשים महीने เดือน か月 ヶ月 カ月 ケ月 個月
个月 개월
year: y yr yrs year years an ans jahr jahre jahren año años ano anos anno anni год года лет jaar år rok lata lat yıl
tahun năm سنة سنوات שנה שנים साल ปี 年 년
"""

# Words for "one" before a unit.
_ONE = "a an one une un ein eine einer einem una uno um uma één een en ett et jeden jedną одну один bir satu seorang"

# What stands before or after "3 hours" to say that they are past; with the bare ones the number may be left out (1).
AGO_BEFORE = "il y a|vor|hace|há|fa|před|przed|πριν(?: από)?|منذ|قبل|לפני"
BARE_AGO_BEFORE = "منذ|قبل|לפני"
AGO_AFTER = (
    "ago|earlier|fa|atrás|назад|тому|geleden|sedan|siden|temu|önce|sitten|ezelőtt|yang lalu|lalu|trước|पहले|"
    "ที่แล้ว|ที่ผ่านมา|以前|前|전"
)
BARE_AGO_AFTER = "назад|тому"

# Days from now, and the words for that day.
_DAYS = """
0: today aujourd'hui heute hoy hoje oggi сегодня сьогодні vandaag idag i-dag dzisiaj dziś dnes bugün tänään اليوم היום
आज วันนี้ σήμερα 今日 本日 きょう 今天 오늘
-1: yesterday hier gestern ayer ontem ieri вчера вчора gisteren igår i-går wczoraj včera dün eilen أمس אתמול कल
เมื่อวาน χθες 昨日 きのう 昨天 어제
-2: vorgestern avant-hier anteayer anteontem позавчера przedwczoraj 一昨日 おととい 前天 그저께
"""
JUST_NOW = (
    "just now|à l'instant|gerade eben|soeben|ahora mismo|agora mesmo|adesso|только что|щойно|"
    "たった今|たったいま|刚刚|剛剛|刚才|剛才|방금"
)

# Words before or after a time of day that say which half of the day is meant.
_MORNING = "am a.m a.m. 午前 上午 凌晨 早上 清晨 오전 새벽 de-la-mañana da-manhã ص πμ π.μ. sáng öö"
_EVENING = """
pm p.m p.m. 午後 下午 晚上 晚間 晚间 傍晚 오후 저녁 밤
de-la-tarde de-la-noche da-tarde da-noite م μμ μ.μ. chiều tối ös
"""
_NOON = "中午 正午 noon"

# Years before the first year of an era.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
THAI_ERA = 543  # the Buddhist year is ahead by this

_PREFIX = 3  # letters an abbreviated month has at least
_LATIN_MARKS = range(0x300, 0x370)


def plain(word: str) -> str:
    """A word for looking up: case, accents, and dots at the end off."""
    if word.isascii():
        return word.lower().rstrip(".")
    parts = normalize("NFKD", word.casefold())
    return normalize("NFC", "".join(char for char in parts if ord(char) not in _LATIN_MARKS)).rstrip(".")


def month_of(word: str) -> int | None:
    """The month, 1 to 12, that a word or its abbreviation of three letters or more names."""
    return _months().get(plain(word))


def is_thai(word: str) -> bool:
    """Whether the word is a month in Thai, where years are Buddhist."""
    return "\u0e00" <= word[:1] <= "\u0e7f"


def unit_of(word: str) -> str | None:
    """second, minute, hour, day, week, month or year; None for another word."""
    return _units().get(plain(word))


def half_of(word: str) -> str | None:
    """The half of the day that a word names: am, pm or noon; None for another word."""
    return _halves().get(plain(word.replace(" ", "-")))


def half_words() -> list[str]:
    """All words that `half_of` knows, longest first, as written."""
    words = f"{_MORNING} {_EVENING} {_NOON}".split()
    return sorted((word.replace("-", " ") for word in words), key=len, reverse=True)


def day_words() -> dict[str, int]:
    """Words for today, yesterday and the day before, as written in lower case → days from now."""
    return {word.replace("i-", "i "): int(days) for days, words in _labelled(_DAYS).items() for word in words}


def unit_words() -> list[str]:
    """All words of units, longest first."""
    return sorted({word for words in _labelled(_UNITS).values() for word in words}, key=len, reverse=True)


def one_words() -> list[str]:
    """The words for "one" before a unit, longest first."""
    return sorted(_ONE.split(), key=len, reverse=True)


@cache
def _months() -> dict[str, int]:
    lines = [line.split() for line in _MONTHS.strip().splitlines()]
    named = [(plain(word.replace("-", " ")), month) for words in lines for month, word in enumerate(words, 1)]
    short = _SHORT_MONTHS.split()
    table = {plain(word): int(month) for word, month in zip(short[::2], short[1::2], strict=True)}
    for word, month in named:
        table.setdefault(word, month)
    for word, month in named:
        for size in range(_PREFIX, len(word)):
            table.setdefault(word[:size], month)
    return table


@cache
def _units() -> dict[str, str]:
    return {plain(word): unit for unit, words in _labelled(_UNITS).items() for word in words}


@cache
def _halves() -> dict[str, str]:
    halves = (("am", _MORNING), ("pm", _EVENING), ("noon", _NOON))
    return {plain(word): half for half, words in halves for word in words.split()}


def _labelled(table: str) -> dict[str, list[str]]:
    """The words of a table by the label, which ends with a colon, before them."""
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for word in table.split():
        if word.endswith(":"):
            words = found.setdefault(word[:-1], [])
        else:
            words.append(word)
    return found
