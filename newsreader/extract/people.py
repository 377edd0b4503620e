"""Authors as names: what separates them, and what is written around them."""

import re
from functools import cache
from typing import Any

from newsreader.extract.jsonld import texts
from newsreader.extract.words import words
from newsreader.text import clean, fold, is_cjk

_BYLINE = 300  # characters of a text that may be a name with a role and an address
_MAX_NAME = 60
_LONGEST = 1000  # characters of a list of names that are looked at
_MAX_WORDS = 6
_MAX_AUTHORS = 15
_LONGEST_CJK_NAME = 6
_PARTICLES = words("von van der den de del della la le du da do dos di zu bin al y e")
_POST_NOMINALS = frozenset(
    words("""
    PhD MD MA MS MSc MBA MPH BA BS BSc JD DO RN RD RDN LD DNP DVM VMD DDS DMD PharmD PsyD LCSW LMFT CPA CEPF CFA CFP
    CPP PSP PMP Esq Jr Sr II III
    """)
)
_LONG_SITE = 7  # letters of a site's name beyond which no person's begins so
_STRIPPED = ' ,;:|/·•⋅&-–—()（）[]【】＝="“”*'


def declared_authors(value: Any, nodes: dict[str, dict[str, Any]], sites: frozenset[str]) -> list[str]:
    """The names in a JSON-LD `author` or `creator`; references are looked up in `nodes`."""
    found: list[str] = []
    for one in value[: 2 * _MAX_AUTHORS] if isinstance(value, list) else [value]:
        person = nodes.get(one.get("@id", ""), one) if isinstance(one, dict) and "name" not in one else one
        for text in _names_of(person):
            found.extend(split_names(text, sites))
    return tidy(found, sites)


def _names_of(person: Any) -> list[str]:
    """The names of a person or organisation of JSON-LD, also given and family name apart."""
    if isinstance(person, dict) and not person.get("name"):
        parts = [part for name in ("givenName", "familyName") if isinstance(part := person.get(name), str)]
        if any(parts):
            return [" ".join(parts)]
    return texts(person)


def tidy(names: list[str], sites: frozenset[str]) -> list[str]:
    """Names cleaned, the same once, without those of the site (`sites`, see `site_names`) and what is no name."""
    kept: dict[str, str] = {}
    for name in names:
        plain = name_of(name)
        if plain and letters_of(plain) not in sites:
            kept.setdefault(fold(plain), plain)
    return list(kept.values())[:_MAX_AUTHORS]


def site_names(*names: str | None) -> frozenset[str]:
    """The names of a site and of its host in the form that names are compared in (`letters_of`)."""
    found = {letters_of(name) for name in names if name}
    for host in (name.split(".") for name in names if name and "." in name and " " not in name):
        found.add(letters_of("".join(host[-2:])))
        found.update(letters_of(label) for label in host if len(label) > len("co"))
    return frozenset(found)


def letters_of(text: str) -> str:
    """The letters and digits of a text, folded."""
    return _no_letter().sub("", fold(text))


@cache
def _no_letter() -> re.Pattern[str]:
    return re.compile(r"[\W_]+")


def name_of(text: str) -> str:
    """A name without "By", role, mail address and handle; "" if what is left is no name."""
    plain = clean(text[:_LONGEST])
    if "@" in plain or "://" in plain:
        plain = _address().sub("", plain)
    plain = without_label(plain.strip(_STRIPPED)).strip(_STRIPPED)
    plain = _after_name().split(plain, maxsplit=1)[0]
    plain = _bracket().sub("", plain) or plain
    if not plain.isascii():
        plain = _asian_role().sub("", plain)
    plain = plain.strip(_STRIPPED)
    if not plain or len(plain) > _MAX_NAME or _no_name().search(plain) or len(plain.split()) > _MAX_WORDS:
        return ""
    return "" if len(plain) == 1 or any(char.isdigit() for char in plain) or _is_label(plain) else plain


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(r"https?|www\.|[@?!]|^(?:posted|submitted|written|published|updated)$", re.IGNORECASE)


def after_label(text: str) -> tuple[str, bool] | None:
    """What follows the words that announce an author ("By", "Written by", "Von", "記者："), None if there are none.

    With it, whether they can only announce an author: "De" and "Von" may begin a name as well.
    """
    if match := _label().match(text):
        return text[match.end() :], True
    match = _particle().match(text)
    return (text[match.end() :], False) if match else None


def without_label(text: str) -> str:
    """A text without the words that announce an author; one word after "De" or "Von" is part of a name."""
    rest, is_sure = after_label(text) or (text, True)
    return rest if is_sure or " " in rest.strip() else text


def _is_label(text: str) -> bool:
    return any(after_label(text + end) in (("", True), ("", False)) for end in (" ", ": "))


@cache
def _label() -> re.Pattern[str]:
    """What can only announce an author. "by" may touch a capital letter, where a page has lost the space."""
    return re.compile(
        r"(?:(?i:(?:(?:this|the) \w+ (?:is|was|has been) )?"
        r"(?:posted|submitted|written|authored|reported|words|story|text|article|review|recipe|reporting|compiled|published"
        r"|contributed|produced|analysis|opinion)\s+(?:and \w+ )?)?(?:[Bb][Yy](?:\s*[:：]\s*|\s+)|[Bb]y(?=[A-Z]))"
        r"|(?i:(?:authors?|autore?n?(?:in|a|es|s)?(?:/autor(?:in)?)?|auteure?s?|autor(?:ka|zy|ři)|автор(?:[ыаи]|ка)?|текст"
        r"|texto?|teksti?|geschrieben|yazan|yazar|haber|muhabir|szerző|írta|kirjoittaja|reporter|journaliste?|penulis"
        r"|redacción|redação|tác giả|συντάκτης|מאת|लेखक|نویسنده)\s*[:：]\s*|autorin/autor\s+|autor/in\s+)"
        r"|(?i:texto de|a cura di|par la rédaction de|skr(?:evet|iven|even) a[vf]|geschreven door|ditulis oleh"
        r"|(?:geschrieben|verfasst|aufgezeichnet) von|(?:écrit|rédigée?|signée?|propos recueillis) par"
        r"|publiée? le .{4,24} par|(?:escrito|redactado|redigido|publicado|postado) por"
        r"|(?:scritto|pubblicato|redatto) da)[\s:]+"
        r"|(?:取材・文|文・写真|写真・文|文・構成|構成・文|文・撮影)(?:\s*[:：=＝/／・]\s*|\s+)|文・"
        r"|(?:取材・文|文責|執筆|著者|筆者|ライター|記者|记者|記者名|作者|撰文|編集|编辑|責任編輯|责任编辑|责编|文字|文"
        r"|記者・写真|저자|글)\s*[:：=＝/／]\s*"
        r"|(?:بقلم|كتب|מאת)\s*:?\s*)"
    )


@cache
def _particle() -> re.Pattern[str]:
    """What announces an author before a full name, but may begin a name as well."""
    return re.compile(
        r"(?i:(?:eine? [\w-]{1,30} )?von(?: unsere\w{1,2} \w{1,30})?|par|por|door|av|af|di|de|da|od"
        r"|articolo di|autor(?:ka)?|text|tekst|автор|oleh|bởi|(?:подготовил|написал)[аи]?"
        r"|opracowała?|napisała?|napsala?)(?:\s*:\s*|\s+)"
    )


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"\S+@\S+\.\w+|https?://\S+|@\w+")


@cache
def _after_name() -> re.Pattern[str]:
    """What separates a name from a role or an organisation."""
    return re.compile(r"\s*[|•·∙⋅●]\s*|\s+[-–—/]\s+|,\s+(?=[a-zäöü])")


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r"\s*[(（\[].*")


@cache
def _asian_role() -> re.Pattern[str]:
    return re.compile(
        r"(?:\s*(?:記者|編集委員|論説委員|特派員|선임기자|인턴기자|기자|특파원|논설위원|记者|特约记者|特派记者|通讯员)\s*)$"
        r"|^(?:記者|记者)\s*[:：]?\s*"
    )


def split_names(text: str, sites: frozenset[str] = frozenset()) -> list[str]:
    """The names of a list such as "Ana Lima, Bo Berg and Chi Wei".

    Letters after a name ("PhD", "Jr.") stay with it, roles go. A signature that joins the site itself (`sites`) with
    an agency ("Courier und dpa") stays whole.
    """
    plain = clean(text[:_LONGEST])
    if sites and any(letters_of(part) in sites for part in _joined().split(plain)[:-1]):
        return [plain]
    first, *others = _between().split(plain)
    has_role = any(map(_role().search, others))
    found = _slashed(first)
    for part in others:
        if part.rstrip("®™*").replace(".", "") in _POST_NOMINALS:
            found[-1] += f", {part}"
        elif not _role().search(part) and not (has_role and _is_field(part)):
            found.extend(_slashed(part))
    return found


def _is_field(text: str) -> bool:
    """Whether a part of a list with roles is a single capitalised word: "Editor, Science and Health"."""
    return text.istitle() and " " not in text


def _slashed(text: str) -> list[str]:
    """Full names with a slash between them; a sign such as "dpa/mv" is one."""
    parts = text.split("/")
    return parts if all(" " in part.strip() for part in parts) else [text]


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(r"\s+(?:and|und|et|y|e|og|och|en|i|&|ja|и|та)\s+")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:;|,(?:\s*(?:and|und|et|y|e|&)\s)?|、|・(?=\S+・)|\s\|\s|\s(?:and|und|et|y|e|og|och|en|i|&|ja|и|та)\s)\s*"
    )


@cache
def _role() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:editor|writer|reporter|correspondent|journaliste?|contributor|director|producer|columnist|redakteur(?:in)?"
        r"|korrespondent(?:in)?|journalistin|reporterin|rédact(?:eur|rice)|correspondant[es]?|periodista|corresponsal"
        r"|redactora?|giornalista|corrispondente|jornalista|repórter|correspondente|корреспондент|журналист|обозреватель"
        r"|редактор|engineer|analyst|strategist|founder|expert|specialist|manager|technologist"
        r"|(?:updated|reviewed|edited|checked) by)\b",
        re.IGNORECASE,
    )


def is_person(name: str) -> bool:
    """Whether a name looks like a person's: some capitalised words, or a few letters of Chinese, Japanese or Korean."""
    parts = name.split()
    if any(is_cjk(char) or "가" <= char <= "힣" for char in name):
        return 1 < len(name.replace(" ", "")) <= _LONGEST_CJK_NAME
    return (
        len(parts) > 1
        and parts[-1][0].isupper()
        and all(part[0].isupper() or part in _PARTICLES for part in parts)
        and not _desk().search(name)
    )


def is_of_site(name: str, sites: frozenset[str]) -> bool:
    """Whether a name begins with that of the site, as those of its desks do."""
    first, letters = letters_of(name.split(maxsplit=1)[0]), letters_of(name)
    return first in sites or any(letters.startswith(site) for site in sites if len(site) > _LONG_SITE)


@cache
def _desk() -> re.Pattern[str]:
    """Words of desks and agencies, in compounds as well."""
    return re.compile(
        r"redaktion|redac|rédac|редакци|\b(?:news|staff|team|desk|editors?|press|agenc|agentur|online|media|wire|service)",
        re.IGNORECASE,
    )
