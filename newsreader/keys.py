"""What identity is decided by: the part of an address that stays the same, however an article is reached."""

import re
from functools import cache, lru_cache

from newsreader.urls import canonical, is_address, site_of

_MOBILE = ("www.", "m.", "mobile.", "amp.", "touch.", "sp.")  # before the name of a host: the same pages, set otherwise
_FOLDER_PAGES = ("index.html", "index.htm", "index.shtml", "index.php")
_AMP_PAIRS = frozenset({"amp", "amp=", "amp=1", "amp=true", "outputType=amp", "output=amp"})
_AMP_NAMES = ("amp_js_v=", "amp_gsa=", "usqp=")  # of Google's viewer


def key_of(url: str) -> str:
    """The canonical address without what does not tell articles apart; what is no address stands for itself.

    Off are the scheme, slashes and `index.html` at the end, `www.` and hosts for small screens, and the forms that AMP
    pages and their caches give to an address. A part of the path is taken off only where what is left still names an
    article. Idempotent: the key of `https://` and a key is that key.
    """
    address = canonical(url).partition("://")[2]
    if not address:
        return url
    key = _key(address)
    if _special().search(address):
        while (again := _key(canonical(f"https://{key}")[8:])) != key:
            key = again
    return key


def typed_key(text: str) -> str:
    """The key of an address as a person types it, perhaps without its scheme."""
    return key_of(text if is_address(text) or not is_address(f"https://{text}") else f"https://{text}")


def _key(address: str) -> str:
    page, _, query = address.partition("?")
    host, slash, path = page.partition("/")
    host = _bare_host(host)
    if _special().search(address):
        if found := _cached().fullmatch(f"{host}/{path}"):
            return f"{found[1]}?{query}" if query else found[1]
        path = _plain_path(path)
        query = "&".join(pair for pair in query.split("&") if not _is_setting(pair, host))
    page = f"{host}{slash}{path}".rstrip("/")
    return f"{page}?{query}" if query else page


@lru_cache(maxsize=1024)
def _bare_host(host: str) -> str:
    """A host, port included, without labels that only choose how its pages are set."""
    host = host.removesuffix(":80").removesuffix(":443")
    site = site_of(f"https://{host}")
    while start := next((each for each in _MOBILE if host.startswith(each)), ""):
        if site_of(f"https://{host.removeprefix(start)}") != site:
            break
        host = host.removeprefix(start)
    first, inner, rest = host.partition(".m.")  # en.m.wikipedia.org
    if inner and "." not in first and site_of(f"https://{first}.{rest}") == site:
        return _bare_host(f"{first}.{rest}")
    return host


def _plain_path(path: str) -> str:
    """A path, without the slash that it begins with, as it is without AMP and the name of its folder's page."""
    while True:
        path = found = path.rstrip("/")
        before, _, last = path.rpartition("/")
        if last in _FOLDER_PAGES or (last == "amp" and _names_article(before)):
            path = before
        elif path.startswith("amp/") and _names_article(path):
            path = path.removeprefix("amp/")
        elif last.endswith(".amp.html"):
            path = path.removesuffix(".amp.html") + ".html"
        elif last.endswith(".amp"):
            path = path.removesuffix(".amp")
        if path == found:
            return path


def _names_article(path: str) -> bool:
    """Whether the last part of a path is more than one word: /guitars/amp and /amp/fender are pages of their own."""
    return _telling().search(path.rpartition("/")[2]) is not None


def _is_setting(pair: str, host: str) -> bool:
    """Whether a parameter only chooses how a page is set."""
    return pair in _AMP_PAIRS or pair.startswith(_AMP_NAMES) or (pair == "m=1" and ".blogspot." in host)


@cache
def _special() -> re.Pattern[str]:
    """What may be more than a plain address; the rest of them needs no closer look."""
    return re.compile(r"[/.?&=_]amp\b|amp_|usqp=|/index\.|ampproject\.org|bing-amp\.com|[?&]m=1")


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(r"[-_.0-9]")


@cache
def _cached() -> re.Pattern[str]:
    """An address in the AMP viewer of Google, or in an AMP cache; the address that is meant."""
    viewer = r"google\.[a-z.]{2,6}/amp|[^/]+\.(?:cdn\.ampproject\.org|bing-amp\.com)/[cv]"
    return re.compile(rf"(?:{viewer})/(?:s/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+/.+)")
