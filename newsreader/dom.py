"""The one door to selectolax: bytes to a tree, the encoding decided here, and the few questions asked of a node."""

import re
from functools import cache

from selectolax.lexbor import LexborHTMLParser as Tree  # noqa: TID253 - this module is the door
from selectolax.lexbor import LexborNode as Node  # noqa: TID253 - this module is the door

from newsreader.text import clean

__all__ = ["Node", "Tree", "attr", "decode", "parse", "parse_text", "text_of"]

MAX_BYTES = 12 * 1024 * 1024
"""More than this of a page is not read."""

MAX_DEPTH = 512
"""Tags nested deeper than this are dropped, their text stays: the parser's time grows with the square of the depth."""

_MANY_TAGS = 20_000
_SAMPLE = 200_000  # bytes looked at to tell one encoding from another
_LATIN_RUN = 2.2  # bytes beyond ASCII that stand together on average: fewer in Latin text, more in any other
_SURE = 0.9  # share of common letters that leaves no doubt
_MAX_WRONG = 0.002  # share of the text that may be undecodable before a declaration is not believed

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
    "shift_jis": _COMMON_JA,
    "euc_jp": _COMMON_JA,
    "gb18030": _COMMON_ZH,
    "big5hkscs": _COMMON_ZHT,
    "cp949": _COMMON_KO,
    "cp1251": "оеаинтсрвлкмдпуязыьгбчйхжшю«»—’іїєў",
    "koi8-r": "оеаинтсрвлкмдпуязыьгбчйхжшю",
    "cp1253": "αοιεντσςρκπλμυηάίόέήύώγδ«»’–",
    "cp1255": "יוהלארתבשמנםדקחעפכטגצסןזךףץ",
    "cp1256": "اليمونرتبةعدسفهكقحجأطصخىشضذئءثزغإظؤآ،؟",
    "cp874": "านรอกเงมยลวดทสตะปบคหแจพชขใไโผซถณศธษฟ่้ัิีื์็ุู",
    "cp1252": "éèàçêôîâùûëïäöüßñáíóúãõåæøœÉÀÖÄÜÅØ’‘“”„–—…«»°·€£",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűâăîşţđŁŚŻŠČŽÁÉ„”“–—«»",
    "cp1254": "ışğüöçİŞÜÖÇâ’‘“”–",
    "cp1257": "ąčęėįšųūžāēģīķļņõäöü„“–",
}
_SINGLE_BYTE_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")


def decode(body: bytes, content_type: str | None = None) -> str:
    """Bytes of a page as text: byte-order mark, HTTP header, `meta`, then detection (WHATWG Encoding standard).

    `content_type` is the value of the HTTP header. A declared encoding that the bytes contradict is not believed.
    NUL is dropped, what cannot be decoded becomes U+FFFD; never raises.
    """
    body = body[:MAX_BYTES]
    text = _as_utf8(body) or _as_declared(body, content_type)
    return text.replace("\0", "") if "\0" in text else text


def _as_utf8(body: bytes) -> str:
    """The text, if it is UTF-8, as nothing else is by chance; "" if it is not. A cut last character is allowed."""
    if b"\x1b" in body and body.isascii():  # perhaps ISO-2022-JP, which is ASCII with escapes
        return ""
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        return body[: wrong.start].decode("utf-8").removeprefix("\ufeff") if wrong.start > len(body) - 4 else ""


def _as_declared(body: bytes, content_type: str | None) -> str:
    """The text in the encoding that is marked, declared or detected."""
    from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

    marked, bom = read_bom(body)
    if marked and bom:
        return to_unicode(body[len(bom) :], marked)
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:1024])
    return to_unicode(body, _choose(body, declared))


def parse(body: bytes, content_type: str | None = None) -> Tree:
    """Bytes of a page as a tree; `content_type` is the value of the HTTP header; never raises."""
    if body.count(b"<") <= _MANY_TAGS and b"\0" not in body and not body.startswith(b"\xef\xbb\xbf") and _as_utf8(body):
        return Tree(body)  # the parser reads UTF-8, so the text need not be encoded again
    return parse_text(decode(body, content_type))


def parse_text(html: str) -> Tree:
    """HTML text as a tree; nesting beyond `MAX_DEPTH` is flattened."""
    if html.count("<") > _MANY_TAGS:
        html = _flatten(html)
    try:
        return Tree(html)
    except UnicodeEncodeError:  # lone surrogates
        return Tree(html.encode("utf-8", "replace").decode("utf-8"))


def attr(node: Node, name: str) -> str:
    """The value of an attribute, "" if it is missing or bare, or if the node is no element."""
    return (node.attrs.get(name) or "") if node.is_element_node else ""


def text_of(node: Node) -> str:
    """The text of a node as one clean line, without scripts, styles and templates."""
    return clean("".join([inner.text_content or "" for inner in _visible(node)]))


def _visible(node: Node) -> list[Node]:
    """The text nodes below a node, in order."""
    found: list[Node] = []
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.is_text_node:
            found.append(inner)
        elif inner.tag not in ("script", "style", "template"):
            child = inner.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    return found


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>?")


_NEVER_NESTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "script",
        "style",
        "p",
        "li",
        "option",
        "td",
        "th",
        "tr",
    ]
)


def _flatten(html: str) -> str:
    """The same text without the start tags that would nest deeper than `MAX_DEPTH`, if there are any."""
    nesting = _Nesting()
    for closing, name in _quick_tags().findall(html):
        nesting.step(closing, name)
        if nesting.depth > MAX_DEPTH:
            return _drop_deep(html)
    return html


class _Nesting:
    """How deep the elements that are open nest; an end tag counts only where one of its name is open."""

    def __init__(self) -> None:
        self.depth = 0
        self.open: dict[str, int] = {}

    def step(self, closing: str, name: str) -> bool:
        """Take a start tag, or an end tag if `closing`; whether it changes the depth."""
        name = name.lower()
        if name in _NEVER_NESTED or (closing and not self.open.get(name)):
            return False
        change = -1 if closing else 1
        self.open[name] = self.open.get(name, 0) + change
        self.depth += change
        return True


@cache
def _quick_tags() -> re.Pattern[str]:
    return re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")


def _drop_deep(html: str) -> str:
    """Text with every start and end tag beyond `MAX_DEPTH` left out."""
    nesting = _Nesting()
    kept: list[str] = []
    at = 0
    for match in _tags().finditer(html):
        beyond = nesting.depth > MAX_DEPTH
        if nesting.step(match[1], match[2]) and beyond:
            kept.append(html[at : match.start()])
            at = match.end()
    return "".join(kept) + html[at:]


def _choose(body: bytes, declared: str | None) -> str:
    """The encoding of bytes that have no byte-order mark and are not UTF-8."""
    if b"\x1b$B" in body or b"\x1b$@" in body:  # designates JIS X 0208, which only ISO-2022-JP does
        return "iso2022_jp"
    sample = _sample(body)
    if declared and _plausible(sample, declared):
        return declared
    return "utf-8" if body.isascii() else _detect(sample, declared)


def _sample(body: bytes) -> bytes:
    """Bytes to judge by: the non-ASCII stretches, words around them kept so that single-byte text shows its pattern."""
    if len(body) <= _SAMPLE:
        return body
    middle = next((at for at in range(0, len(body), 4096) if not body[at : at + 4096].isascii()), 0)
    return body[middle : middle + _SAMPLE]


def _decoded(sample: bytes, encoding: str) -> tuple[str, float]:
    """The text and the share of the non-ASCII part that could not be decoded or is a control character."""
    try:
        text = sample.decode(encoding, "replace")
    except LookupError:
        return "", 1.0
    high = [char for char in text if char >= "\x80"]
    wrong = sum(char == "\ufffd" or char < "\xa0" or "\ue000" <= char <= "\uf8ff" for char in high)
    return "".join(high), wrong / max(len(high), 1)


def _plausible(sample: bytes, encoding: str) -> bool:
    """Whether bytes may well be in an encoding: nearly all of it decodes, and it looks like a language."""
    high, wrong = _decoded(sample, encoding)
    if encoding in ("utf-8", "utf8"):
        return wrong <= 50 * _MAX_WRONG
    common = _COMMON.get(_family(encoding))
    if wrong > 5 * _MAX_WRONG:
        return False
    return common is None or _share(high, common) >= _LIKELY.get(_family(encoding), 0.6)


_LIKELY = {"gb18030": 0.3, "big5hkscs": 0.3, "shift_jis": 0.4, "euc_jp": 0.4, "cp949": 0.4}


def _family(encoding: str) -> str:
    """The name under which an encoding is known here."""
    import codecs

    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    known = {"cp932": "shift_jis", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949"}
    name = known.get(name, name)
    return {"iso8859-1": "cp1252", "latin-1": "cp1252", "euc-jp": "euc_jp", "euc_jis_2004": "euc_jp"}.get(name, name)


def _share(high: str, common: str) -> float:
    """Share of text that consists of common characters."""
    if not high:
        return 0.0
    known = frozenset(common)
    return sum(char in known for char in high) / len(high)


@cache
def _runs() -> re.Pattern[bytes]:
    return re.compile(rb"[\x80-\xff]+")


def _detect(sample: bytes, declared: str | None) -> str:
    """The encoding whose decoding looks most like a language; what was declared, then windows-1252, if none does."""
    best, best_score = "", 0.0
    runs = _runs().findall(sample)
    is_latin = sum(map(len, runs)) < _LATIN_RUN * len(runs)
    for encoding, common in _COMMON.items():
        high, wrong = _decoded(sample, "cp932" if encoding == "shift_jis" else encoding)
        score = _share(high, common) - 10 * wrong
        if (encoding in _SINGLE_BYTE_LATIN) != is_latin:
            score -= 0.5
        if score > best_score + 0.01:
            best, best_score = encoding, score
    high, wrong = _decoded(sample, "utf-8")
    if wrong < _MAX_WRONG * 100 and best_score < _SURE:
        return "utf-8"
    return {"shift_jis": "cp932"}.get(best, best) or declared or "cp1252"
