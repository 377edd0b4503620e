"""A page in any encoding of the web, under any declaration, gives the same article."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsreader.dom import decode
from newsreader.extract import extract_article

URL = "https://news.example/news/lighthouse-1001"
SENTENCES = {
    "ja": (
        "港町で灯台に再び明かりがともった。海岸には約九千人が集まった。",
        (
            "修復は三年前に始まった。レンズは隣町の工房が磨き直し、光は二十キロ先からも見えるという"
            "。町の旅館組合によると、宿の予約は二か月先までほぼ埋まった。"
        ),
    ),
    "zh-Hans": (
        "老茶馆周六重新开张，门口排起了长队。",
        (
            "最年长的茶客今年已经九十一岁，他说茶还是原来的味道。镇政府表示"
            "，古街的修缮将在年底前完成，所有费用由居民捐款支付。"
        ),
    ),
    "zh-Hant": (
        "老茶館週六重新開張，門口排起了長隊。",
        (
            "最年長的茶客今年已經九十一歲，他說茶還是原來的味道。鎮公所表示"
            "，古街的修繕將在年底前完成，所有費用由居民捐款支付。"
        ),
    ),
    "ko": (
        "달빛시장이 새 단장을 마치고 문을 열었다.",
        (
            "청년 상인 마흔 명이 새로 입주했다. 상인회는 첫 주말에만 이만 명이 "
            "다녀갔다고 밝혔다. 빈 점포는 이제 하나도 남지 않았다."
        ),
    ),
    "ru": (
        "В деревне открылась школа часовщиков.",
        (
            "Занятия начались в понедельник, и на первый урок пришли двенадцать человек. "
            "Директор обещает, что к весне часы на башне пойдут."
        ),
    ),
    "uk": (
        "У селі відкрилася школа годинникарів.",
        (
            "Заняття почалися в понеділок, і на перший урок прийшли дванадцять осіб. "
            "Директорка обіцяє, що до весни годинник на вежі піде."
        ),
    ),
    "el": (
        "Το παλιό λιμάνι άνοιξε ξανά μετά από εννέα χρόνια.",
        (
            "Οι κάτοικοι βγήκαν στους δρόμους για να γιορτάσουν. Ο δήμαρχος είπε ότι "
            "τα πλοία θα φεύγουν κάθε πρωί και θα γυρίζουν κάθε βράδυ."
        ),
    ),
    "he": (
        "המגדלור הישן בעיירת הנמל נדלק שוב.",
        (
            "אלפי אנשים באו לראות את האור הראשון אחרי מאה שנים. ראש העיר "
            "אמר כי המקום יהיה פתוח למבקרים בכל שבת בלי תשלום."
        ),
    ),
    "ar": (
        "عادت العبارة إلى الجزيرة بعد تسع سنوات.",
        (
            "خرج السكان إلى الميناء القديم للاحتفال. وقال رئيس البلدية إن الرحلات "
            "ستكون يومية وإن الأطفال سيسافرون مجانا طوال الصيف."
        ),
    ),
    "th": (
        "ประภาคารเก่ากลับมาส่องแสงอีกครั้ง",
        "ชาวเมืองต่างดีใจและออกมาร่วมฉลองที่ชายหาด นายกเทศมนตรีกล่าวว่าจะเปิดให้เข้าชมทุกวันเสาร์โดยไม่มีค่าใช้จ่าย",
    ),
    "fr": (
        "L’ancien phare a été rallumé près du quai.",
        (
            "Les élèves de l’école ont fêté l’événement. « On ne quitte pas une lumière, "
            "on la transmet », a déclaré le gardien à côté de la tour."
        ),
    ),
    "de": (
        "Die Brücke über die Laue ist wieder geöffnet.",
        (
            "Für die Bürger heißt das: kürzere Wege. „Wir hätten früher fertig sein können“, räumte "
            "die Bürgermeisterin ein, während Schüler die ersten Fußgänger zählten."
        ),
    ),
    "es": (
        "El tren de vapor volvió a la vía estrecha.",
        (
            "La reconstrucción la pagaron los maestros jubilados. «¿Quién lo habría creído?», "
            "preguntó el maquinista, que cumplirá ochenta años en otoño."
        ),
    ),
    "sv": (
        "Färjan är tillbaka vid kajen igen.",
        (
            "Många åkte ut på förmiddagen för att få se när båten lade till. Kaptenen "
            "sade att resorna blir fler än någonsin i sommar."
        ),
    ),
    "pl": (
        "Stara latarnia świeci znów po stu latach.",
        (
            "Mieszkańcy wyszli na brzeg, żeby ją zobaczyć. Burmistrz powiedział, że wieża "
            "będzie otwarta w każdą sobotę, a dzieci wejdą za darmo."
        ),
    ),
    "cs": (
        "Starý maják po sto letech znovu svítí.",
        (
            "Obyvatelé přišli na břeh, aby ho viděli. Starosta řekl, že věž bude otevřená "
            "každou sobotu a děti vstoupí zdarma. Lidé zpívali až do půlnoci."
        ),
    ),
    "hu": (
        "Újra világít a régi világítótorony.",
        (
            "A lakók kimentek a partra, hogy lássák. A polgármester szerint a torony minden szombaton "
            "nyitva lesz, és a gyerekek ingyen mehetnek fel. Éjfélig énekeltek."
        ),
    ),
    "tr": (
        "Eski deniz feneri yeniden ışık saçtı.",
        (
            "Kasabanın çocukları sahilde şarkı söyledi, büyükler ağladı. Belediye başkanı kulenin "
            "her cumartesi açık olacağını ve girişin ücretsiz kalacağını söyledi."
        ),
    ),
    "lt": (
        "Senasis švyturys vėl šviečia po šimto metų.",
        (
            "Gyventojai išėjo į krantą jo pažiūrėti. Meras sakė, kad bokštas bus atidarytas "
            "kiekvieną šeštadienį, o vaikai įeis nemokamai."
        ),
    ),
    "lv": (
        "Vecā bāka pēc simt gadiem atkal spīd.",
        (
            "Iedzīvotāji izgāja krastā, lai to redzētu. Mērs teica, ka tornis būs "
            "atvērts katru sestdienu un bērni varēs ieiet bez maksas."
        ),
    ),
    "ro": (
        "Vechiul far luminează din nou după o sută de ani.",
        (
            "Locuitorii au ieşit pe ţărm ca să îl vadă. Primarul a spus că turnul va fi deschis "
            "în fiecare sâmbătă şi că intrarea copiilor este gratuită."
        ),
    ),
}
ENCODINGS = {
    **{f"utf-8 {language}": (language, "utf-8", "UTF-8") for language in SENTENCES},
    **{f"utf-8 BOM {language}": (language, "utf-8-sig", "UTF-8") for language in ("ja", "fr", "ru")},
    **{f"utf-16 BOM {language}": (language, "utf-16", "UTF-16LE") for language in ("ja", "fr", "ru", "ko")},
    **{
        f"{label} {language}": (language, label, label)
        for label, languages in {
            "Shift_JIS": "ja",
            "EUC-JP": "ja",
            "ISO-2022-JP": "ja",
            "GB18030": "zh-Hans zh-Hant",
            "GBK": "zh-Hans",
            "Big5": "zh-Hant",
            "EUC-KR": "ko",
            "windows-1250": "pl cs hu ro",
            "windows-1251": "ru uk",
            "windows-1252": "fr de es sv",
            "windows-1253": "el",
            "windows-1254": "tr",
            "windows-1255": "he",
            "windows-1256": "ar",
            "windows-1257": "lt lv",
            "windows-874": "th",
            "KOI8-R": "ru",
            "KOI8-U": "uk",
            "IBM866": "ru",
            "ISO-8859-1": "es sv",
            "ISO-8859-2": "pl cs hu ro",
            "ISO-8859-5": "ru",
            "ISO-8859-6": "ar",
            "ISO-8859-7": "el",
            "ISO-8859-8": "he",
            "ISO-8859-9": "tr",
            "ISO-8859-13": "lt lv",
            "ISO-8859-15": "es sv",
        }.items()
        for language in languages.split()
    },
}
WRONG = ("utf-8", "iso-8859-1", "shift_jis", "windows-1251", "gb2312", "euc-kr", "big5", "nonsense")
HIGH = [bytes([byte]) * times for byte in range(0x80, 0x100) for times in (1, 3)]
CODECS = {"windows-874": "cp874"}


def page_of(language: str, paragraphs: int, charset: str | None) -> str:
    """A page whose title and text are of a language; nothing but the letters says which."""
    first, second = SENTENCES[language]
    meta = f'<meta charset="{charset}">' if charset else ""
    text = f"<p>{first} {second}</p>" * paragraphs
    return f"<!DOCTYPE html><html><head>{meta}<title>{first}</title></head><body><h1>{first}</h1>{text}</body></html>"


def declarations(label: str) -> list[tuple[str | None, str | None]]:
    """What header and `meta` may say: the truth in one of them, nothing, or something wrong in one or both."""
    wrong = [name for name in WRONG if name.lower() != label.lower()]
    return [
        *((label, None), (None, label), (label, label), (None, None)),
        *((name, None) for name in wrong),
        *((None, name) for name in wrong),
        *((name, label) for name in wrong),
        *((label, name) for name in wrong),
    ]


@pytest.mark.parametrize("paragraphs", [1, 10], ids=["two sentences", "long"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_a_page_in_any_encoding_under_any_declaration_is_the_same_text(name, paragraphs):
    language, codec, label = ENCODINGS[name]
    misread = []
    for header, meta in declarations(label):
        page = page_of(language, paragraphs, meta)
        content_type = f"text/html; charset={header}" if header else "text/html"
        if decode(page.encode(CODECS.get(codec, codec)), content_type) != page:
            misread.append((header, meta))
    assert misread == []


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_article_is_the_same_in_any_encoding(name):
    language, codec, _ = ENCODINGS[name]
    page = page_of(language, 4, None)
    plain = extract_article(page.encode(), URL)

    assert plain.title == SENTENCES[language][0]
    assert extract_article(page.encode(CODECS.get(codec, codec)), URL).to_dict() == plain.to_dict()


@pytest.mark.parametrize("charset", ["hex", "idna", "undefined", "unicode_escape", "utf-7", "utf-16", "x" * 500])
def test_what_is_no_encoding_of_the_web_is_not_believed(charset):
    page = page_of("fr", 1, charset) + "<p>\\x41+ADw-</p>"
    assert decode(page.encode("cp1252"), f"text/html; charset={charset}") == page


def test_the_declared_language_tells_apart_what_letters_alone_do_not():
    page = '<html lang="ro"><body><p>Vechiul far lumineaz\u0103 din nou.</p></body></html>'
    assert decode(page.encode("iso8859-2"), "text/html; charset=utf-8") == page


def test_a_lone_name_does_not_change_the_declared_encoding():
    page = "<p>The mayor of S\u00e3o Paulo met Mr \u0160imek.</p>"
    assert decode(page.encode("cp1252"), "text/html; charset=windows-1252") == page
    assert decode("<p>S\u00e3o Paulo</p>".encode("cp1252")) == "<p>S\u00e3o Paulo</p>"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(HIGH), min_size=1, max_size=9), st.sampled_from(["", "idna", *WRONG]))
@example([b"\x88\xa0"], "")
def test_bytes_that_no_language_explains_are_some_text(parts, charset):
    assert "<p>" in decode(b"<p>" + b" ".join(parts), f"text/html; charset={charset}")


@pytest.mark.parametrize(
    "text", ["“It’s the mill’s café”, she said – twice.", "町の水車が“再び”回る。", "Кафе “Мост” – здесь"]
)
def test_what_was_encoded_twice_is_read_as_it_was_meant(text):
    doubled = text.encode().decode("latin-1").encode()
    page = b"<article><p>" + (doubled + b" ") * 9 + b"</article>"
    assert extract_article(page, URL).text == " ".join([text] * 9)
