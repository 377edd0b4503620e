"""Addresses: resolving links, and the one form by which an address is known again."""

import re
from functools import cache, lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that tell the sender where a reader came from; none of them chooses what is shown.
_TRACKING = """
fbclid gclid gclsrc dclid gbraid wbraid srsltid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id mc_cid mc_eid
mkt_tok vero_id oly_anon_id oly_enc_id s_cid cmpid cmp intcmp intcid icid ncid ocid smid smtyp ito yptr _ylt _ga _gl
xtor ref_src ref_url sbsrc guccounter guce_referrer guce_referrer_sig wt_mc wt.mc_id wt_zmc ns_campaign ns_mchannel
ns_source __twitter_impression feature_source rss_id soc_src soc_trk tblci ftag hpt
"""
_TRACKING_STARTS = (
    *("utm_", "pk_", "mtm_", "piwik_", "_hs", "hsa_", "fb_", "ga_", "trk_", "__cft__"),
    *("at_medium", "at_campaign", "at_custom", "at_link", "at_ptr", "at_format", "at_bbc"),
)
# Names that may choose what is shown: tracking only with a value that names a way to come.
_REFERRER_NAMES = ("ref", "source", "src", "from", "partner", "origin", "referrer")
_REFERRER_VALUES = """
rss feed atom feedburner twitter facebook fb tw x linkedin reddit telegram whatsapp line instagram hatena newsletter
mail email share social home homepage front frontpage top app
"""

# Second labels below a country that are open to everybody ("co" in co.jp).
_OPEN_SECOND = """
ac ad co com ed edu ebiz game gen go gob gouv gov govt gr gv idv info lg mil ne net nom or org press school web
"""
# Hosts that give each user a name of their own.
_SHARED_HOSTS = """
blogspot.com wordpress.com github.io gitlab.io substack.com tumblr.com typepad.com livejournal.com medium.com ghost.io
netlify.app vercel.app pages.dev web.app herokuapp.com neocities.org weebly.com wixsite.com bearblog.dev hatenablog.com
hatenablog.jp hateblo.jp fc2.com tistory.com pixnet.net
"""


def resolve(href: str, base: str) -> str | None:
    """The absolute http(s) address of a link on a page; None if it leads elsewhere (mailto:, data:) or is broken.

    White space and control characters are taken out as browsers do (WHATWG URL); an empty link is the page: None.
    The fragment is kept.
    """
    if "/." not in href:  # most links need no more than a look
        if href.startswith("/"):
            if _plain_path().fullmatch(href) and (origin := _origin(base)):
                return origin + href
        elif _plain().fullmatch(href):
            return href
    href = _strip(href)
    if not href:
        return None
    if href.startswith(("http://", "https://")) and "/." not in href:
        return href.replace(" ", "%20") if _split(href) else None
    try:
        found = urljoin(base, href.replace("\\", "/") if "\\" in href.partition("?")[0] else href)
    except ValueError:
        return None
    return found.replace(" ", "%20") if _split(found) else None


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The identity of an address: two that differ only in ways that servers ignore become equal.

    Scheme and host in lower case and IDNA, default port, fragment and tracking parameters off, percent-encoding and dot
    segments normalised (RFC 3986, 6.2.2). The case of the path, its trailing slash and the order of parameters are
    kept. Idempotent. What is no http(s) address comes back stripped.
    """
    if "/." not in url and (plain := _plain_canonical().fullmatch(url)):
        page, query = plain.groups()
        return f"{page}?{kept}" if query and (kept := _without_tracking(query)) else page
    url = _strip(url)
    parts = _split(url)
    if parts is None:
        return url
    scheme = parts.scheme.lower()
    path = _without_dots(_quoted(parts.path)) or "/"
    query = _without_tracking(_quoted(parts.query))
    return f"{scheme}://{_authority(parts, scheme)}{path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """The host of an address in lower case and ASCII (IDNA), without port; "" if it has none."""
    if (plain := _plain().fullmatch(url)) and plain[1][-1] != ".":
        return plain[1].partition("://")[2]
    parts = _split(_strip(url))
    return _ascii_host(parts.hostname or "") if parts else ""


@lru_cache(maxsize=1024)
def site_of(url: str) -> str:
    """The domain that a publisher registered, as `example.co.jp` of `news.example.co.jp`; "" for what is no address.

    An IP address or a name without dots is its own site, port included. A user's name on a shared host is a site.
    """
    host = host_of(url)
    return _site_of_host(host) or _with_port(host, url)


@lru_cache(maxsize=1024)
def _site_of_host(host: str) -> str:
    """The registered domain of a host, "" if it has none."""
    labels = host.split(".")
    if len(labels) == 1 or _is_ip(host):
        return ""
    take = 3 if ".".join(labels[-2:]) in _words(_SHARED_HOSTS) or _is_open(labels) else 2
    return ".".join(labels[-take:])


def same_site(a: str, b: str) -> bool:
    """Whether two addresses belong to one publisher's domain."""
    site = site_of(a)
    return bool(site) and site == site_of(b)


def is_address(text: str) -> bool:
    """Whether a typed text is an http(s) address (scheme included)."""
    text = text.strip()
    return not any(char.isspace() for char in text) and _split(text) is not None


def content_name(body: bytes) -> str:
    """What stands for the address of a page or text that has none: the same bytes, the same name."""
    from hashlib import sha256

    return f"{_CONTENT}{sha256(body).hexdigest()}"


def is_content_name(text: str) -> bool:
    """Whether a text is a name that `content_name` gives."""
    return text.startswith(_CONTENT)


def _strip(text: str) -> str:
    """Control characters out everywhere, white space at the ends; what else cannot be seen (bidi marks) encoded."""
    if text.isprintable() and not text.startswith(" ") and not text.endswith(" "):
        return text
    bare = _controls().sub("", text).strip()
    return "".join(char if char.isprintable() else quote(char, errors="replace") for char in bare)


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address that a connection could be made to, else None."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host or port == 0 or not _host_like().fullmatch(host):
        return None
    return parts


def _authority(parts: SplitResult, scheme: str) -> str:
    host = _ascii_host(parts.hostname or "")
    login, at, _ = parts.netloc.rpartition("@")
    port = parts.port
    shown = f":{port}" if port and port != _DEFAULT_PORTS[scheme] else ""
    return _quoted(login) + at + (f"[{host}]" if ":" in host else host) + shown


def _ascii_host(host: str) -> str:
    """Lower case, IDNA (UTS 46), no dot at the end; a name that IDNA refuses (emoji) in plain Punycode."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:
        return ".".join(
            label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in host.split(".")
        )


def _with_port(host: str, url: str) -> str:
    parts = _split(_strip(url))
    if parts is None or parts.port in (None, _DEFAULT_PORTS[parts.scheme]):
        return host
    return f"[{host}]:{parts.port}" if ":" in host else f"{host}:{parts.port}"


def _is_ip(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _is_open(labels: list[str]) -> bool:
    """Whether the last two labels are open to everybody, as co.jp or blogspot.de are."""
    country = len(labels[-1]) == 2  # noqa: PLR2004 -- ISO 3166
    return country and (labels[-2] in _words(_OPEN_SECOND) or labels[-2] == "blogspot")


@lru_cache(maxsize=64)
def _origin(url: str) -> str | None:
    """Scheme and host of an address that needs no change; else None."""
    plain = _plain().fullmatch(url)
    return plain[1] if plain else None


@lru_cache(maxsize=1024)  # all links of a feed carry the same
def _without_tracking(query: str) -> str:
    return "&".join([pair for pair in query.split("&") if pair and not _is_tracking(pair)])


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _words(_TRACKING) or name.startswith(_TRACKING_STARTS):
        return True
    return name in _REFERRER_NAMES and value.lower() in _words(_REFERRER_VALUES)


def _quoted(text: str) -> str:
    """Percent-encoding in one form: hex in upper case, unreserved characters bare, all that is not allowed encoded."""
    if not _to_quote().search(text):
        return text
    return _to_quote().sub(_quote_one, text)


def _quote_one(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) == 3 and found[0] == "%":  # noqa: PLR2004 -- %XX
        char = chr(int(found[1:], 16))
        return char if char.isascii() and (char.isalnum() or char in "-._~") else found.upper()
    return "".join(f"%{byte:02X}" for byte in found.encode("utf-8", "replace"))


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: `.` and `..` resolved."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


_CONTENT = "urn:sha256:"


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


@cache
def _controls() -> re.Pattern[str]:
    return re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff\ud800-\udfff]")


@cache
def _host_like() -> re.Pattern[str]:
    """Not what a name may be (that is the resolver's to say), but what no name can hold."""
    return re.compile(r"[^\s%<>\"'`\\^{}|/?#@\[\]]{1,253}")


@cache
def _plain() -> re.Pattern[str]:
    """An address in visible ASCII that needs no change to be asked for; its scheme and host."""
    return re.compile(r"(https?://[a-z0-9.-]{1,253})(?:[/?#][\x21-\x7e]*)?")


@cache
def _plain_path() -> re.Pattern[str]:
    """A link from the root of the site, of visible ASCII, that `urljoin` would only put behind the host."""
    return re.compile(r"/(?:[!$-.0-:=@-\[\]-~][!$-:=@-\[\]-~]*)?(?:\?[!-\"$-~]+)?(?:#[!-\[\]-~]+)?")


@cache
def _plain_canonical() -> re.Pattern[str]:
    """An address whose page is in its canonical form, host in lower case and nothing to encode; page and query."""
    return re.compile(
        r"(https?://[a-z0-9.-]{0,252}[a-z0-9-]/[!$&-;=@-Z\[\]_a-z~]*)(?:\?([!$&-;=?-Z\[\]_a-z~]*))?(?:#[!-~]*)?"
    )


@cache
def _to_quote() -> re.Pattern[str]:
    return re.compile(r"%(?![89A-F][0-9A-F])(?:[0-9A-Fa-f]{2})?|[^\x21-\x7e]|[\"<>\\^`{|}]")
