"""Bytes of XML, well-formed or not, to a tree without entities, document types or network."""

import re
from functools import cache
from typing import Any

from newsreader.errors import ParseError

# Namespaces of feeds and sitemaps → the prefix by which their elements are called here; "" for the plain ones.
_PREFIXES = {
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.google.com/schemas/sitemap-image/1.1": "image:",
}
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")  # XML 1.0, 2.2 forbids them

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
    ampersands are mended first; a document type is cut out, so no entity can be defined. `url` is the base of relative
    addresses. Raises `ParseError` if nothing that is XML is left.
    """
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
        root = etree.fromstring(_mend(_utf8(body, content_type)), parser, base_url=url)
    except (etree.LxmlError, ValueError) as error:
        raise ParseError(f"{url} is not XML.", hint="Open it in a browser to see what it is.") from error
    if root is None:
        raise ParseError(f"{url} is not XML.", hint="Open it in a browser to see what it is.")
    return root


def name_of(element: Element) -> str:
    """The name of an element as feeds write it: `title`, `dc:creator`, `atom:link`; case as in the document."""
    return _name(element.tag) if isinstance(element.tag, str) else ""


def children(element: Element) -> dict[str, list[Element]]:
    """The children of an element by name."""
    found: dict[str, list[Element]] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(_name(child.tag), []).append(child)
    return found


def text_in(element: Element) -> str:
    """All text of an element, "" if it has none."""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())


def markup_in(element: Element) -> str:
    """What an element holds as HTML: its text, which is escaped HTML, or its child elements written out."""
    if len(element) == 0:
        return element.text or ""
    from lxml import etree

    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)


@cache
def _name(tag: str) -> str:
    namespace, brace, local = tag.rpartition("}")
    return _PREFIXES.get(namespace[1:].strip(), "other:") + local if brace else local


def _utf8(body: bytes, content_type: str | None) -> bytes:
    """The document as UTF-8, without byte-order mark, declaration and what stands before the first tag."""
    if body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    if b"\x00" in body[:4] or body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x1b$" in body or not _is_utf8(body):
        body = _decoded(body, content_type).encode("utf-8", "replace")
    return _declaration().sub(b"", body[max(body.find(b"<"), 0) :], count=1)


def _decoded(body: bytes, content_type: str | None) -> str:
    """A document that is not UTF-8: in the encoding it declares if that decodes it, else as pages are read."""
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


def _mend(body: bytes) -> bytes:
    if len(clean := body.translate(None, _CONTROLS)) != len(body):
        body = clean
    if b"<!DOCTYPE" in body[:4096] or b"<!doctype" in body[:4096]:
        body = _doctype().sub(b"", body, count=1)
    if b"<!ENTITY" in body:
        body = body.replace(b"<!ENTITY", b"")
    if _wrong_ampersand().search(body):
        pieces = _cdata().split(body)
        pieces[::2] = [_wrong_ampersand().sub(_mend_ampersand, piece) for piece in pieces[::2]]
        body = b"".join(pieces)
    return body


def _mend_ampersand(match: re.Match[bytes]) -> bytes:
    """HTML's named entities as characters, any other ampersand as itself."""
    from html.entities import html5

    found = html5.get(match.group().decode()[1:])
    return found.encode() if found else match.group().replace(b"&", b"&amp;", 1)


@cache
def _declaration() -> re.Pattern[bytes]:
    return re.compile(rb"\A(?:\s*<\?xml\b[^>]*>)+")


@cache
def _encoding() -> re.Pattern[bytes]:
    return re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.:-]{1,40})[\"']")


@cache
def _doctype() -> re.Pattern[bytes]:
    return re.compile(rb"<!DOCTYPE[^<>\[]*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>", re.IGNORECASE)


@cache
def _wrong_ampersand() -> re.Pattern[bytes]:
    return re.compile(
        rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:[A-Za-z][A-Za-z0-9]{1,31};)?"
    )


@cache
def _cdata() -> re.Pattern[bytes]:
    return re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
