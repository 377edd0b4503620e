"""An article with all that is known of it, as the object of `newsreader.export/1`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newsreader.dates import to_iso
from newsreader.model.article import Article, Link
from newsreader.model.blocks import BlockKind, block_to_dict
from newsreader.model.news import Entry, Source
from newsreader.model.record import Keeping, Origin
from newsreader.present.as_json import entry_object, source_object


def export_object(
    entry: Entry, article: Article, links: Sequence[tuple[Link, int | None]], keeping: Keeping
) -> dict[str, Any]:
    """`export -o jsonl`: what `show --json` tells but for what follows from it, and all that makes a store whole.

    `links` pairs each link with the id of what it leads to (`None` = no article).
    """
    marks = keeping.marks
    text = article.text
    return {
        "schema": "newsreader.export/1",
        **entry_object(entry),
        "source": {"id": entry.source_id, **_origin(keeping.source)} if keeping.source else None,
        "hidden": marks.hidden or None,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "text": text,
        "blocks": None if _are_lines(article, text) else [block_to_dict(block) for block in article.blocks],
        "lead_image": article.lead_image._asdict() if article.lead_image else None,
        "site_name": article.site_name,
        "next_page": article.next_page,
        "links": [{**link._asdict(), "id": id_} for link, id_ in links],
        "urls": list(keeping.urls),
        "listed": keeping.listed,
        "moment": to_iso(keeping.moment),
        "first_seen": to_iso(keeping.first_seen),
        "saved": to_iso(keeping.saved),
        "read_at": to_iso(marks.read),
        "starred_at": to_iso(marks.starred),
        "later_at": to_iso(marks.later),
        "followed_at": to_iso(marks.followed),
        "sources": [
            {**_origin(told.source), "feed_id": told.feed_id, "title_crc": told.title_crc, "crc": told.crc}
            for told in keeping.announced
        ],
        "revision": keeping.revision,
        "revisions": [
            {"revision": old.number, "seen": to_iso(old.saved), "title": old.title, "text": old.text}
            for old in keeping.revisions
        ],
    }


def _origin(source: Origin) -> dict[str, str]:
    return {"name": source.name, "url": source.url, "kind": source.kind}


def _are_lines(article: Article, text: str) -> bool:
    """Whether the blocks are nothing but the lines of the text, a paragraph each."""
    if any(block.kind is not BlockKind.PARAGRAPH or block.spans for block in article.blocks):
        return False
    lines = text.split("\n") if text else []
    return lines[bool(article.subtitle) :] == [block.text for block in article.blocks]


def import_document(
    sources: Iterable[Source], articles: Mapping[str, int], wrong: Iterable[tuple[str, int | None, str]]
) -> dict[str, Any]:
    """`import --json`: the sources that are new, how many `articles` are new, known and wrong, and some wrong ones.

    `wrong` holds file, line (`None`: the whole file) and reason.
    """
    return {
        "schema": "newsreader.import/1",
        "sources": [source_object(source) for source in sources],
        "articles": dict(articles),
        "wrong": [{"file": file, "line": line, "reason": reason} for file, line, reason in wrong],
    }
