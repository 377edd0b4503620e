"""What belongs to an article: what its page links to, what tells the same story, and what came before it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsreader.model.news import Entry, Match
from newsreader.relate.rank import Ranked, rank
from newsreader.store.articles import load_links
from newsreader.store.copies import copies_of
from newsreader.store.entries import load_entries, load_entry
from newsreader.store.stories import newest_members
from newsreader.store.terms import frequencies, load_terms, sharing

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

_CANDIDATES = 50  # articles that share rare terms are weighed, no more
_LEAST = 200  # members of the story, and copies, that are weighed if not all are wanted
_SAME_TEXT = 0.95  # the least score of the same text: above all that only tells the same
_SAME_STORY = 0.5  # the least score of the same story
_ALIKE = 0.49  # the most of what is only like it


def related(db: "Connection", article_id: int, *, limit: int = 20, depth: int = 1) -> list[Match]:
    """What belongs to an article, each once with all its reasons; raises NotFoundError.

    First what `depth` steps of links lead to, the nearest first; then what tells the same story, and what is like it,
    best first. At most `limit`, 0 for all.
    """
    article = load_entry(db, article_id)
    most = max(limit, _LEAST) if limit else None
    found: dict[int, Match] = {}
    for match in (*_reached(db, article.id, depth), *_telling(db, article, most)):
        known = found.get(match.entry.id)
        found[match.entry.id] = known._replace(reasons=known.reasons + match.reasons) if known else match
    return list(found.values())[: limit or None]


def _reached(db: "Connection", article_id: int, depth: int) -> list[Match]:
    """What so many steps of links lead to, the nearest first."""
    found: dict[int, Match] = {}
    front = [article_id]
    for step in range(depth):
        nearer: dict[int, Match] = {}
        for match in (match for each in front for match in _linked(db, each, step)):
            known = nearer.get(match.entry.id, match)
            nearer[match.entry.id] = known._replace(reasons=tuple(dict.fromkeys(known.reasons + match.reasons)))
        front = [each for each in nearer if each != article_id and each not in found]
        found |= {each: nearer[each] for each in front}
    return list(found.values())


def _linked(db: "Connection", article_id: int, step: int) -> Iterator[Match]:
    """The stories that a page itself links to: those it calls related, then those in its text.

    Each of the `step` steps that led to the page halves the score.
    """
    links = [stored for stored in load_links(db, article_id) if stored.link.kind in ("related", "inline")]
    entries = load_entries(db, [stored.id for stored in links if stored.id is not None])
    via = f" of {article_id}" if step else ""
    for kind, reason in (("related", "named as related by the page"), ("inline", "linked in the text")):
        for stored in links:
            if stored.link.kind == kind and stored.id is not None:
                yield Match(entries[stored.id], kind, 0.5**step, (f"{reason}{via}",))


def _telling(db: "Connection", article: Entry, most: int | None) -> list[Match]:
    """What tells the same story as an article, or is like it, best first; so many members of it and copies at most."""
    copies = dict(copies_of(db, article.id, most))
    members = set() if article.story is None else set(newest_members(db, article.story, most)) - {article.id}
    alike = _alike(db, article.id, members)
    found = [
        Match(entry, "story", *_judged(alike.get(entry.id), copies.get(entry.id), is_member=entry.id in members))
        for entry in load_entries(db, list({*copies, *members, *alike})).values()
        if entry.hidden is None
    ]
    return sorted(found, key=lambda match: (-match.score, -match.entry.id))


def _alike(db: "Connection", article_id: int, members: Iterable[int]) -> dict[int, Ranked]:
    """How much stored articles share with one, by id: those that share most, and what is asked for."""
    own = load_terms(db, article_id)
    shared = sharing(db, own, limit=_CANDIDATES, without=article_id)
    others = {each: load_terms(db, each) for each in members if each not in shared.candidates}
    held = frequencies(db, {term for terms in others.values() for term in terms})
    ranked = rank(own, shared.candidates | others, shared.frequencies | held, shared.documents)
    return {found.id: found for found in ranked}


def _judged(alike: Ranked | None, copied: float | None, *, is_member: bool) -> tuple[float, tuple[str, ...]]:
    """Score and reasons of an article that is like another, shares so much of its text, or stands in its story."""
    score, reasons = (alike.score, alike.reasons) if alike else (0.0, ())
    if copied is not None:
        return max(copied, _SAME_TEXT), (f"same wire text, {copied:.0%}",)
    if is_member:
        return _SAME_STORY + score * (1 - _SAME_STORY), ("same story", *reasons)
    return min(score, _ALIKE), reasons
