"""Bytes of XML, well-formed or not, to a tree without entities, document types or network."""

import re
from functools import cache, lru_cache
from typing import Any

from newsreader.errors import ParseError

# Namespaces of feeds and sitemaps, without scheme and end → the prefix by which their elements are called here, "" for
# the plain ones. Atom's are plain too: what both have in one feed means the same.
_PREFIXES = {
    "purl.org/rss/1.0": "",
    "purl.org/net/rss1.1": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "backend.userland.com/rss091": "",
    "backend.userland.com/rss092": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "cyber.law.harvard.edu/rss/rss.html": "",
    "www.sitemaps.org/schemas/sitemap/0.9": "",
    "www.google.com/schemas/sitemap/0.84": "",
    "www.w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "www.w3.org/1999/xhtml": "xhtml:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/terms": "dcterms:",
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/rss/1.0/modules/syndication": "sy:",
    "search.yahoo.com/mrss": "media:",
    "video.search.yahoo.com/mrss": "media:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "www.google.com/schemas/sitemap-news/0.9": "news:",
    "www.google.com/schemas/sitemap-image/1.1": "image:",
}
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_JUNK = 4096  # bytes before the root that are looked over for messages and a document type

# What declarations mean by an encoding (WHATWG Encoding standard).
_WIDER = {
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii"), "cp1252"),
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
    "x-euc-jp": "euc-jp",
}

Element = Any  # lxml.etree._Element: lxml ships no types


def parse_xml(body: bytes, url: str, content_type: str | None = None) -> Element:
    """The root element of an XML document.

    Encodings declared wrongly, byte-order marks, leading junk, forbidden characters, HTML's named entities and bare
    ampersands are mended; a document type is cut out, so no entity can be defined. `url` is the base of relative
    addresses. Raises `ParseError` if nothing that is XML is left.
    """
    body = _without_doctype(_utf8(body, content_type))
    root, is_whole = _parse(body, url)
    if not is_whole:
        root = _parse(_mend(body), url)[0]
    if root is None:
        raise ParseError(f"{url} is not XML.", hint="Open it in a browser to see what it is.")
    return root


def _parse(body: bytes, url: str) -> tuple[Element, bool]:
    """What can be read of a document, `None` for nothing, and whether it is well-formed."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser, base_url=url)
    except (etree.LxmlError, ValueError):
        return None, False
    return root, not len(parser.error_log)


def name_of(element: Element) -> str:
    """The name of an element as feeds write it, in lower case: `title`, `pubdate`, `dc:creator`."""
    return _name(element.tag)


def children(element: Element) -> dict[str, list[Element]]:
    """The children of an element by name."""
    found: dict[str, list[Element]] = {}
    for child in element:
        name = _name(child.tag)
        if name in found:
            found[name].append(child)
        else:
            found[name] = [child]
    return found


def text_in(element: Element) -> str:
    """All text of an element, "" if it has none."""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())


def markup_in(element: Element) -> str:
    """What an element holds as HTML: its text, which is escaped HTML, or its child elements written out."""
    if len(element) == 0:
        return element.text or ""
    from lxml import etree

    markup = "".join([etree.tostring(child, encoding="unicode", method="html") for child in element])
    if " xmlns:" in markup:
        markup = _prefixes().sub(r"\1", markup)
    return (element.text or "") + _declarations().sub("", markup)


@lru_cache(maxsize=1024)
def _name(tag: Any) -> str:
    """The name that a tag stands for; "" for an entity that is left as it is, whose tag is no text."""
    namespace, brace, local = tag.lower().rpartition("}") if isinstance(tag, str) else ("", "", "")
    if not brace:
        return local
    space = namespace[1:].strip().rstrip("/#").partition("://")[2]
    return _PREFIXES.get(space, "other:") + local


def _utf8(body: bytes, content_type: str | None) -> bytes:
    """The document as UTF-8, without byte-order mark, declaration and what stands before the first tag."""
    if body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    is_iso_2022 = b"\x1b" in body and b"\x1b$" in body
    if b"\x00" in body[:4] or is_iso_2022 or not _is_utf8(body):
        body = _decoded(body, content_type).encode("utf-8", "replace")
    start = max(body.find(b"<"), 0)
    known = _start().search(body, start, _JUNK)
    if known and known.start() > start and b"<title" not in body[: known.start()]:
        start = known.start()
    declaration = _declaration().match(body, start)
    return body[declaration.end() if declaration else start :]


def _decoded(body: bytes, content_type: str | None) -> str:
    """A document that is not UTF-8: in the encoding it declares if that decodes it, else as pages are read."""
    for mark, name in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):  # XML 1.0, appendix F
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _encoding().search(body[:200])
    if declared:
        name = declared[1].decode("ascii").lower()
        try:
            return body.decode(_WIDER.get(name, name))
        except (LookupError, UnicodeError):
            pass
    from newsreader import dom

    return dom.decode(body, content_type)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_doctype(body: bytes) -> bytes:
    """The document without its type; what declares entities elsewhere is made harmless."""
    if _root_first().match(body):
        return body
    at = max(body.find(b"<!DOCTYPE", 0, _JUNK), body.find(b"<!doctype", 0, _JUNK))
    if at >= 0 and (doctype := _doctype().match(body, at)):
        body = body[:at] + body[doctype.end() :]
    return body.replace(b"<!ENTITY", b"") if b"<!ENTITY" in body else body


def _mend(body: bytes) -> bytes:
    """A document that is not well-formed without what XML 1.0, 2.2 forbids, and with HTML's entities resolved."""
    body = body.translate(None, _CONTROLS)
    pieces = _cdata().split(body)
    pieces[::2] = [_named().sub(_resolve, _bare_ampersand().sub(b"&amp;", piece)) for piece in pieces[::2]]
    return b"".join(pieces)


def _resolve(name: re.Match[bytes]) -> bytes:
    """The characters of one of HTML's named entities; what is none as text."""
    from html import escape
    from html.entities import html5

    found = html5.get(name[1].decode())
    return escape(found).encode() if found else b"&amp;" + name[1]


@cache
def _prefixes() -> re.Pattern[str]:
    return re.compile(r"(</?)[\w.-]+:")


@cache
def _declarations() -> re.Pattern[str]:
    return re.compile(r" xmlns(?::[\w.-]+)?=\"[^\"]*\"")


@cache
def _declaration() -> re.Pattern[bytes]:
    return re.compile(rb"(?:\s*<\?xml\b[^>]*>)+")


@cache
def _start() -> re.Pattern[bytes]:
    return re.compile(rb"<(?:\?xml|rss|feed|rdf:RDF)\b")


@cache
def _root_first() -> re.Pattern[bytes]:
    """A document that begins with its root: no type can follow that."""
    return re.compile(rb"\s*<[A-Za-z]")


@cache
def _encoding() -> re.Pattern[bytes]:
    return re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.:-]{1,40})[\"']")


@cache
def _doctype() -> re.Pattern[bytes]:
    return re.compile(rb"<!DOCTYPE[^<>\[]*+(?:\[(?:[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?>", re.IGNORECASE)


@cache
def _bare_ampersand() -> re.Pattern[bytes]:
    return re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")


@cache
def _named() -> re.Pattern[bytes]:
    return re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


@cache
def _cdata() -> re.Pattern[bytes]:
    return re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
