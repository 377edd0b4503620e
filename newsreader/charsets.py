"""Which encoding bytes are in: what is declared where the bytes bear it out, else what reads most like a language.

Bytes beyond ASCII stand alone or in pairs in languages of Latin letters and in rows in all others, which parts the two.
Where several bytes are a character, the characters must be common ones. Elsewhere the letters beyond ASCII must be
those of one language, and as frequent as they are in it.
"""

import re
from collections import Counter
from functools import cache
from math import log

_WINDOW = 200_000  # bytes in which stretches to judge by are looked for
_SAMPLE = 20_000  # bytes to judge by
_LATIN_RUN = 2.2  # letters beyond ASCII that stand together on average: fewer in Latin text, more in any other
_MAX_BROKEN = 0.1  # share of the text that may be undecodable where several bytes are a character
_RARE = log(0.001)  # chance of a letter that a language does not have
_CAPITAL = 2.0  # what a capital costs: a wrong encoding often has capitals where there were small letters
_MARGIN = 0.7  # how much likelier another encoding must be before the declared one, or windows-1252, is not believed
_PROLOGUE = 2048
_PROBE = b"<p>\\x41+ADw-~{"  # the same in each encoding of the web but UTF-16
_HINT = 1.0  # what it counts that the page declares a language

# Letters and marks that make up most of the non-ASCII text of the languages written in each encoding.
_COMMON_JA = (
    "".join(map(chr, range(0x3041, 0x3097)))
    + "".join(map(chr, range(0x30A1, 0x30FD)))
    + ("、。「」・日一国人年大本中出上会行時月者分事社的前部政方業発合同長対地定市相内生")
)
_COMMON_ZH = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现"
    "分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位"
    "因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市报据，。、“”：《》"
)
_COMMON_ZHT = (
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼"
    "心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現"
    "分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位"
    "因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市報據，。、「」：《》"
)
_COMMON_KO = (
    "이다는의에을가하고한로은지를사기대도시자인리정아서으있그어나스일전해부했들조장상라보제수과원주만국정니중공"
    "것연비성오안구경세관명신위개현면우동소습된문화여선드치유마미트분진무발간방할년월적모계라통회당까결재산및"
)
_COMMON = {
    "cp932": (_COMMON_JA, 0.4),
    "euc_jp": (_COMMON_JA, 0.4),
    "gb18030": (_COMMON_ZH + _COMMON_ZHT, 0.3),
    "big5hkscs": (_COMMON_ZHT, 0.3),
    "cp949": (_COMMON_KO, 0.4),
}
"""For each encoding its common characters, and the least share of them in its texts."""
_SAME = {"shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949"}

_OTHER = ("cp1251", "koi8_u", "cp1253", "cp1255", "cp1256", "cp874", "iso8859_5", "iso8859_6", "iso8859_7", "cp866")
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")
_LETTERS = dict(
    fr="éèàêçôîûùâëïœæ",
    de="üäöß",
    es="óíáñéúü¿¡",
    pt="ãçáéóíêâõúàô",
    it="àèòùìé",
    sv="äåöé",
    da="åøæé",
    fi="äö",
    nl="ëéïèö",
    ca="àèéòóíçúï",
    pl="łąężśćóńź",
    cs="íáěéčřžýšůúťďňó",
    sk="áíéčžýťšúľňôäďóŕĺ",
    hu="áéöóőüúíű",
    ro="ăîâşţ",
    hr="čšžćđ",
    tr="ıüşçğöİâ",
    lt="ėšųįąžęūč",
    lv="āīēšūņļžčģķ",
    et="äõüöšž",
    ru="оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    uk="оанивіетрсклудмпязьбгйчхцїюжшщєфґ",
    be="анісеяоркдлтуымвпцьзгбжчўшйхэюёф",
    bg="аоеитнрсвлкдпмзъуябгчцщжшхйфюь",
    sr="аоиенрјсткувдмплзгбчшцжћњхљђџф",
    mk="аоиетнрсвкдлпмујзгбчшцжњхфќљѓџѕ",
    el="αοιετσνηυρπκμλςίάόγδέήωχθφύβώξζψϊ",
    he="יוהלארתבשמנםדקחעפכטגצסןזךףץ",
    ar="اليمنروتبةعدسفهكقحجأطصخىشضذئءثزغإظؤآپچژگ",
    th="านรอกเงมยลวดทสตะปบคหแจพชขใไโผซถณศธษฟ่้ัิีื์็ุู",
    **{"is": "íáðéöúóþýæ"},
)
"""The letters beyond ASCII of each language, the most frequent first."""
_ANY = frozenset("\xa0\xad«»„“”‚‘’‹›–—…·•°§©®™€£²½،؟")  # of no language


def choose_encoding(body: bytes, declared: str | None) -> str:
    """The encoding of bytes that have no byte-order mark and are not UTF-8, as Python names it.

    `declared` is what the header or the page says; it is believed unless the bytes contradict it.
    """
    if b"\x1b$B" in body or b"\x1b$@" in body:  # designates JIS X 0208, which only ISO-2022-JP does
        return "iso2022_jp"
    declared = _name(declared)
    if body.isascii() or (declared.startswith("utf_16") and b"\0" in body[:_PROLOGUE]):
        return declared or "utf-8"
    sample = _sample(body)
    if _share_wrong(sample, "utf-8") <= _MAX_BROKEN:
        return "utf-8"
    if _is_latin(sample):
        return _choose_narrow(sample, declared, _LATIN, _MARGIN, _language(body))
    return _choose_wide(sample, declared) or _choose_narrow(sample, declared, _OTHER, _MARGIN / 2, _language(body))


def _name(encoding: str | None) -> str:
    """An encoding as Python names it, "" if it is none of the web: Python knows some that are no text."""
    import codecs

    try:
        name = codecs.lookup(encoding or "").name.replace("-", "_")
        return name if name.startswith("utf_16") or _PROBE.decode(name, "replace").encode() == _PROBE else ""
    except (LookupError, UnicodeError):
        return ""


def _sample(body: bytes) -> bytes:
    """Text between tags that is not ASCII, some of it."""
    start = next((at for at in range(0, len(body), 4096) if not body[at : at + 4096].isascii()), 0)
    found: list[bytes] = []
    size = 0
    for text in _between_tags().findall(body[start : start + _WINDOW]):
        if not text.isascii() and size < _SAMPLE:
            found.append(text[:_SAMPLE])
            size += len(found[-1])
    return b"\n".join(found)


@cache
def _between_tags() -> re.Pattern[bytes]:
    return re.compile(rb"[^<>]+")


@cache
def _runs() -> re.Pattern[bytes]:
    return re.compile(rb"[\x80-\xff]+")


@cache
def _letter() -> re.Pattern[bytes]:
    return re.compile(rb"[\xc0-\xff]")


def _is_latin(sample: bytes) -> bool:
    """Whether bytes beyond ASCII stand as they do in Latin text; marks such as quotes, below 0xC0, do not count."""
    runs = [run for run in _runs().findall(sample) if _letter().search(run)]
    return sum(map(len, runs)) <= _LATIN_RUN * len(runs)


def _high(sample: bytes, encoding: str) -> str:
    """What is not ASCII of the decoded text."""
    return "".join([char for char in sample.decode(encoding, "replace") if char >= "\x80"])


def _share_wrong(sample: bytes, encoding: str) -> float:
    """The share of the non-ASCII text that could not be decoded, is a control character, or is for private use."""
    high = _high(sample, encoding)
    wrong = sum(char == "\ufffd" or char < "\xa0" or "\ue000" <= char <= "\uf8ff" for char in high)
    return wrong / max(len(high), 1)


def _choose_wide(sample: bytes, declared: str) -> str:
    """The encoding of text in which several bytes are a character, "" if it is another text."""
    shares = {name: _share(sample, name) for name in _COMMON}
    likely = [
        name
        for name, (_, least) in _COMMON.items()
        if shares[name] >= least and _share_wrong(sample, name) <= _MAX_BROKEN
    ]
    return (
        declared if _SAME.get(declared, declared) in likely else max(likely, key=lambda name: shares[name], default="")
    )


def _share(sample: bytes, encoding: str) -> float:
    """The share of the non-ASCII text that consists of common characters."""
    high = _high(sample, encoding)
    known = frozenset(_COMMON[encoding][0])
    return sum(char in known for char in high) / max(len(high), 1)


def _choose_narrow(sample: bytes, declared: str, encodings: tuple[str, ...], margin: float, language: str) -> str:
    """The encoding of text in which a byte is a character; `language` is what the page declares, "" if nothing."""
    scores = {name: _likelihood(sample, name, language) for name in encodings}
    best = max(scores, key=lambda name: scores[name])
    if declared:
        scores[declared] = _likelihood(sample, declared, language)
    return next(
        (name for name in (declared, "cp1252") if name in scores and scores[name] >= scores[best] - margin), best
    )


def _likelihood(sample: bytes, encoding: str, language: str) -> float:
    """How likely a letter of the decoded text is on average, as a logarithm, in the language that suits it best."""
    letters = Counter(char for char in _high(sample, encoding) if char not in _ANY)
    if not letters:
        return 0.0
    return max(
        sum(count * chances.get(letter, _RARE) for letter, count in letters.items()) / letters.total()
        + _HINT * (name == language)
        for name, chances in _chances().items()
    )


@cache
def _chances() -> dict[str, dict[str, float]]:
    """For each language the logarithm of the chance of each letter, which falls with its rank (Zipf)."""
    found: dict[str, dict[str, float]] = {}
    for language, letters in _LETTERS.items():
        total = log(sum(1 / rank for rank in range(1, len(letters) + 1)))
        small = {letter: -log(rank) - total for rank, letter in enumerate(letters, 1)}
        found[language] = {letter.upper(): chance - _CAPITAL for letter, chance in small.items()} | small
    return found


def _language(body: bytes) -> str:
    """The language that the page declares, as two letters."""
    match = _declared_language().search(body[:_PROLOGUE])
    return match[1].decode().lower() if match else ""


@cache
def _declared_language() -> re.Pattern[bytes]:
    return re.compile(rb"<html[^>]{0,400}?\blang=[\"']?([a-z]{2})\b", re.IGNORECASE)
