"""Whether an address looks like that of an article, by its path alone: no site is known by name."""

import re
from functools import cache
from urllib.parse import quote, unquote, urlsplit

from newsreader.extract.words import words
from newsreader.urls import resolve

_TOPIC_WORDS = frozenset(
    words("""
    tag tags topic topics thema themen theme themes category categories categoria categorias categorie kategorie
    kategorien section sections rubrik rubriken rubrique author authors autor autores autoren auteur auteurs
    autore autori people person profile profiles reporter reporters journalist journalists writer writers
    contributors contributor search suche buscar recherche login signin signup register account user users
    member members mypage subscribe subscription abo abonnement newsletter newsletters about contact kontakt
    impressum datenschutz privacy terms legal help faq jobs careers shop store advertise advertising rss feed
    feeds sitemap gallery galleries photo photos article_photo photogallery fotos fotostrecke video videos watch
    podcast podcasts audio live-tv weather wetter horoscope games game quiz crossword puzzles events event tv
    radio keyword keywords label labels hashtag issue series collections collection location locations place
    company companies quotes stocks market-data comments comment print share
    """)
)
_FILES = (".pdf", ".jpg", ".jpeg", ".png", ".gif", ".mp3", ".mp4", ".zip", ".xml", ".doc", ".docx", ".xls", ".xlsx")
_LONG_SLUG = 3  # hyphens in the last part of a path that spells a headline


@cache
def _date() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d[/-]?(?:[01]?\d|[a-z]{3})(?:[/-]?[0-3]?\d)?(?:/|-|$)")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d{4,}")


@cache
def _code() -> re.Pattern[str]:
    """An identifier of letters and figures."""
    return re.compile(r"(?=\w*\d\w*\d\w*\d)(?=\w*[a-z])\w{9,}")


def media_address(href: str, base: str) -> str | None:
    """The absolute address of a picture or a player as the page gives it, `None` if it is not on the web.

    It is no identity, so parameters stay; what is no visible character is percent-encoded.
    """
    found = resolve(href, base)
    if found is None or (found.isascii() and found.isprintable()):
        return found
    return "".join(char if char.isprintable() and char != " " else quote(char) for char in found)


def is_article_address(url: str) -> bool:
    """Whether an address looks like one article: a number, a date or a headline in it, no word of a topic page."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    lowered = path.lower()
    segments = [segment for segment in lowered.split("/") if segment]
    if not segments or lowered.endswith(_FILES):
        return False
    if not _TOPIC_WORDS.isdisjoint(segments[:-1]) or segments[-1] in _TOPIC_WORDS:
        return False
    last = segments[-1]
    if last in ("archive", "archives", "archiv") or parts.netloc.split(".", 1)[0] in _TOPIC_WORDS:
        return False
    if (
        last.count("-") + last.count("_") >= _LONG_SLUG
        or _number().search(last)
        or _date().search(lowered)
        or _code().search(last)
    ):
        return True
    if _number().search(parts.query) or any(_number().search(segment) for segment in segments):
        return True
    return any(segment.count("-") + segment.count("_") > _LONG_SLUG for segment in segments)
