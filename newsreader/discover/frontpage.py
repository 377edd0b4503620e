"""The headlines of a front page or section that has no feed, told from menus by how they stand and where they lead.

Every link to the site's own pages is a candidate, all links to one address are one. Points are given for what makes a
headline: a heading, enough words, an address like an article's, a picture, a date or a summary in the same block. Then
places speak for each other: candidates in the same kind of place, and with the same form of address, share their fate.
"""

from collections import defaultdict
from statistics import fmean
from typing import NamedTuple

from newsreader import dom
from newsreader.dates import parse_date, zone_for
from newsreader.discover.addresses import article_score, shape_of
from newsreader.discover.autodiscovery import base_of, folder_of, language_of
from newsreader.discover.cards import Card, read_card
from newsreader.discover.embedded import embedded_headlines
from newsreader.discover.itemlists import listed_addresses
from newsreader.discover.pagelinks import Link, Places, find_links, weight
from newsreader.model.news import Headline
from newsreader.text import clean
from newsreader.urls import host_of, resolve

_ENOUGH = 2.0  # points of a headline
_NEIGHBOURS = 0.4  # weight of the mean of the same place, and of the same form of address
_LENGTHS = ((6.0, 1.8), (3.5, 1.0), (2.0, -0.5))  # words from which on a title has so many points
_LEAST = 3  # candidates before a place or form speaks, and headlines of a page that shows any


class _Page(NamedTuple):
    """What a page tells of its links: its own address as a folder ("" for the root), and what it lists for machines."""

    folder: str
    listed: frozenset[str]


class _Candidate(NamedTuple):
    url: str
    card: Card
    place: str
    shape: str
    points: float


def find_headlines(body: bytes, url: str, content_type: str | None = None) -> list[Headline]:
    """The headlines of a page, in its order, one for each address; empty if the page has none.

    `url` is the address of the page, `content_type` the value of the HTTP header. Never raises.
    """
    tree = dom.parse(body, content_type)
    base = base_of(tree, url)
    candidates = _candidates(find_links(tree, base, url), _Page(folder_of(url), listed_addresses(tree, base)))
    places, shapes = _means(candidates)
    kept = [candidate for candidate in candidates if _judged(candidate, places, shapes) >= _ENOUGH]
    language = language_of(tree)
    zone = zone_for(language, host_of(url))
    headlines = [
        Headline(
            url=candidate.url,
            title=candidate.card.title,
            summary=clean(candidate.card.summary),
            published=parse_date(candidate.card.date, zone=zone),
            image=resolve(candidate.card.image, base),
            language=language,
        )
        for candidate in kept
    ]
    if len(headlines) >= _LEAST:
        return headlines
    embedded = [found._replace(language=language) for found in embedded_headlines(tree, base, url, zone)]
    return max(headlines, embedded, key=len)


def _candidates(places: Places, page: _Page) -> list[_Candidate]:
    by_url: dict[str, list[Link]] = defaultdict(list)
    for link in places.links:
        by_url[link.url].append(link)
    found = []
    for url, links in by_url.items():
        card = read_card(links, places)
        if card.title:
            found.append(_Candidate(url, card, links[0].place, shape_of(url), _points(card, url, page)))
    return found


def _points(card: Card, url: str, page: _Page) -> float:
    """What speaks for a headline: its words, its address, and what stands around it."""
    points = article_score(url) + _points_of_length(weight(card.title))
    points += 1.5 if card.level else 0.0
    points += 0.4 if card.image else 0.0
    points += 0.8 if card.date else 0.0
    points += 0.8 if card.summary else 0.0
    points += 0.8 if page.folder and url.startswith(page.folder) else 0.0
    points += 1.5 if url in page.listed else 0.0
    return points


def _points_of_length(words: float) -> float:
    """A word is a section, two or three may be anything, six are a headline."""
    return next((points for least, points in _LENGTHS if words >= least), -2.0)


def _means(candidates: list[_Candidate]) -> tuple[dict[str, float], dict[str, float]]:
    """The mean points of each kind of place and of each form of address that enough candidates share."""
    places: dict[str, list[float]] = defaultdict(list)
    shapes: dict[str, list[float]] = defaultdict(list)
    for candidate in candidates:
        places[candidate.place].append(candidate.points)
        shapes[candidate.shape].append(candidate.points)
    return (
        {place: fmean(points) for place, points in places.items() if len(points) >= _LEAST},
        {shape: fmean(points) for shape, points in shapes.items() if len(points) >= _LEAST},
    )


def _judged(candidate: _Candidate, places: dict[str, float], shapes: dict[str, float]) -> float:
    others = [places.get(candidate.place, candidate.points), shapes.get(candidate.shape, candidate.points)]
    return candidate.points + _NEIGHBOURS * sum(mean - candidate.points for mean in others)
