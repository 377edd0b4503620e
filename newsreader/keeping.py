"""Articles into the store and out of it: with their terms, and with the text of a feed where that is all there is."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from newsreader.model.news import State

if TYPE_CHECKING:
    from newsreader.model.article import Article
    from newsreader.model.rules import Rule
    from newsreader.store.connection import Connection

_AT_ONCE = 50  # articles of feeds made in one transaction


class Place(NamedTuple):
    """Where an address comes from.

    `source_id` is the source it belongs to, `home` the address of that source or of the page that named it (`None`: a
    person typed it), `known` the id that its article has already.
    """

    source_id: int | None = None
    home: str | None = None
    known: int | None = None


def keep(  # noqa: PLR0913 - two of them are options by name
    db: "Connection",
    article: "Article",
    now: datetime,
    place: Place,
    *,
    seen: Sequence[str] = (),
    rules: "Sequence[Rule]" = (),
) -> int:
    """Store an article with its terms, do to it what `rules` say, and return its id.

    `seen` are addresses at which it was found: the one that was asked for, and those on the way.
    """
    from newsreader.relate.terms import terms_of
    from newsreader.store.articles import save_article
    from newsreader.store.connection import transaction
    from newsreader.store.copies import recognise
    from newsreader.store.derived import derived
    from newsreader.store.entries import load_entries
    from newsreader.store.identity import add_address
    from newsreader.store.rules import apply_rules
    from newsreader.store.terms import save_terms

    with transaction(db), derived(db):
        stored = save_article(db, article, place.source_id, now, id=place.known)
        article_id = recognise(db, stored.id) if stored.changed else stored.id
        for url in seen:
            add_address(db, article_id, url)
        if stored.changed or article.state is State.HEADLINE:
            terms = terms_of(article.title, article.text or article.summary, article.language)
            save_terms(db, article_id, *terms)
        for linked in load_entries(db, stored.linked).values():  # they tell a story by their title before they are read
            save_terms(db, linked.id, *terms_of(linked.title, "", article.language))
        apply_rules(db, rules, [article_id], now)
    return article_id


def load_whole(db: "Connection", article_id: int) -> "Article":
    """A stored article; if nothing but the text of its feed is kept so far, with the blocks of that.

    Raises `NotFoundError`.
    """
    from newsreader.store.articles import load_article
    from newsreader.store.feedtexts import load_announced

    article = load_article(db, article_id)
    told = load_announced(db, article_id)
    if told is None or not told.has_text:
        return article
    from dataclasses import replace

    from newsreader.extract.feedtext import article_from_headline

    made = article_from_headline(told)
    return replace(article, blocks=made.blocks, lead_image=made.lead_image)


def make_announced(db: "Connection", now: datetime, rules: "Sequence[Rule]" = ()) -> int:
    """Make articles of some headlines and texts of feeds that wait for it; how many were made, 0 if none wait.

    It costs more than all else that is done with a headline, so it comes after all headlines are in, and not at all
    for those whose page is read before.
    """
    from newsreader.extract.feedtext import article_from_headline
    from newsreader.store.connection import transaction
    from newsreader.store.derived import derived
    from newsreader.store.feedtexts import announced, drop_feed_text, load_announced, tell_no_text
    from newsreader.store.rules import apply_rules

    waiting, kept = announced(db, _AT_ONCE), []
    with transaction(db), derived(db, *waiting):
        for article_id in waiting:
            if told := load_announced(db, article_id):
                article = article_from_headline(told)
                kept.append(keep(db, article, now, Place(known=article_id)))
                if article.state is State.HEADLINE:
                    tell_no_text(db, article_id)
            drop_feed_text(db, article_id)
        apply_rules(db, rules, kept, now)
    return len(waiting)
