"""How much an address looks like that of one article, judged by its form and a few common words of paths."""

import re
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from newsreader.text import clean

# Path segments that lead to lists, services and other media on sites everywhere.
_NEVER = """
tag tags topic topics category categories kategorie categoria author authors autor autoren hashtag keyword keywords
profile profiles user users member members staff masthead about about-us contact contact-us kontakt contacto
privacy privacy-policy datenschutz impressum terms terms-of-use terms-of-service terms-and-conditions copyright
login log-in logout signin sign-in signup sign-up register registration account accounts settings preferences
subscribe unsubscribe subscription subscriptions abo newsletter newsletters search suche rss feed feeds sitemap site-map
help faq support jobs careers career advertise advertising sponsored sponsor sponsors advertorial partner-content
cookies cookie-policy cookie-settings accessibility video videos watch audio transcript transcripts
shop store cart checkout donate share submit wp-login.php bookmarks
"""
# Segments that do so unless the address goes on to name an article.
_SELDOM = """
people team event events calendar radio tv games crosswords puzzles weather wetter horoscope mobile app apps press
comments forum forums live legal podcast podcasts photos gallery galleries archive archives
"""
_NEVER_HOSTS = """
video videos tv podcast podcasts radio shop store jobs careers account accounts my login id auth help support mail
weather events tickets games ads advertise subscribe newsletter newsletters search forum forums
"""
_FILES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".svg",
    ".pdf",
    ".mp3",
    ".mp4",
    ".zip",
    ".xml",
    ".rss",
    ".ics",
    ".css",
    ".js",
)
LONGEST = 2048  # characters of an address that is worth a look, as sitemaps limit it; some patterns here take squares
_NAMES_ARTICLE = 0.8  # points of an address that names one article
_YEAR = 4  # digits
_SLUG_WORDS = 3  # words in a segment that names an article


def is_elsewhere(url: str) -> bool:
    """Whether an address leads to a list, a service, a file or another medium, by the words in it, or nowhere."""
    if len(url) > LONGEST:
        return True
    host, path, query = _parts(url)
    path = path.lower()
    segments = [segment for segment in path.split("/") if segment]
    if path.endswith(_FILES) or host.partition(".")[0] in _words(_NEVER_HOSTS):
        return True
    if not _words(_NEVER).isdisjoint(segments):
        return True
    if not _words(_SELDOM).isdisjoint(segments) and article_score(url) < _NAMES_ARTICLE:
        return True
    if len(segments) > 1 and segments[-2] == "page" and segments[-1].isdigit():
        return True
    return not segments and not query


def article_score(url: str) -> float:
    """From about -2 (a section) to 3 (a date and a slug): how much an address looks like an article's."""
    _, path, query = _parts(url)
    segments = [segment for segment in path.split("/") if segment]
    last = re.sub(r"\.\w{2,5}$", "", segments[-1]) if segments else ""
    score = 0.0
    if _date_in_path().search(path):
        score += 1.5
    words = [word for word in re.split(r"[-_+]|%20", last) if word]
    if len(words) >= _SLUG_WORDS + 1:
        score += 1.2
    elif len(words) >= _SLUG_WORDS:
        score += 0.6
    if last.isdigit() and len(last) > _YEAR:
        score += 1.4
    elif _number().search(last) or _number().search(query):
        score += 0.8
    if segments and segments[-1] != last:
        score += 0.4
    if "%" in last and len(last) > 40:  # noqa: PLR2004 -- a title in another script
        score += 1.0
    if score == 0 and len(words) < _SLUG_WORDS - 1:
        score = -0.8 if len(segments) > 1 else -1.5
    return score


def title_of(url: str) -> str:
    """A title for an article of which only the address is known: the words in it, else the address itself."""
    path = clean(unquote(_parts(url[:LONGEST])[1]))
    for segment in reversed(path.split("/")):
        words = [word for word in re.split(r"[-_+\s]+", re.sub(r"\.\w{2,5}$", "", segment)) if word]
        told = [word for word in words if not any(char.isdigit() for char in word) or word.isdigit()]
        while told and told[-1].isdigit() and len(told[-1]) > _YEAR:  # the number of the article
            told.pop()
        if sum(not word.isdigit() for word in told) >= 2 or any(not word.isascii() for word in told):  # noqa: PLR2004
            text = " ".join(told)
            return text[0].upper() + text[1:]
    return clean(url[:LONGEST].partition("://")[2] or url[:LONGEST])


def shape_of(url: str) -> str:
    """The form of an address: its host, and the kind of each segment; the articles of a site share few forms."""
    host, path, query = _parts(url)
    kinds = [_kind(segment) for segment in path.split("/") if segment]
    names = sorted(pair.partition("=")[0] for pair in query.split("&") if pair)
    return f"{host}/{'/'.join(kinds)}?{'&'.join(names)}"


@lru_cache(maxsize=4096)
def _parts(url: str) -> tuple[str, str, str]:
    """Host, path and query of an address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.path, parts.query


@lru_cache(maxsize=4096)
def _kind(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) < 6 else (segment, "")  # noqa: PLR2004 -- .html
    if stem.isdigit():
        return f"{'#' * min(len(stem), 5)}{ending}"
    if len(re.split(r"[-_]", stem)) >= _SLUG_WORDS or "%" in stem:
        return f"slug{ending}"
    if any(char.isdigit() for char in stem):
        return f"id{ending}"
    return f"word{ending}"


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


@cache
def _date_in_path() -> re.Pattern[str]:
    return re.compile(
        r"/(?:19|20)\d\d[/\-_.]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/\-_.]|\d\d\b)|/(?:19|20)\d{6}(?!\d)", re.IGNORECASE
    )


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d{4,}|(?:^|=)\d{2,}|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}")
