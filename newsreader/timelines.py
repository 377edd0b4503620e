"""A story as it is told: who reported what when, what that added, and what of it is new."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsreader.model.news import Entry, Report, State, Story, Summary, Timeline
from newsreader.model.query import Is, Query
from newsreader.relate.novelty import lead_sentence, new_sentences
from newsreader.store.articles import load_texts
from newsreader.store.entries import load_entries
from newsreader.store.following import unseen
from newsreader.store.lists import select_ids
from newsreader.store.storylists import list_news, load_stories, load_story

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

_MOST_TEXTS = 300  # of a story that are compared, the newest: some have thousands


def timeline(db: "Connection", story_id: int) -> Timeline:
    """A story with its articles in time order, and what each added to those before it. Raises `NotFoundError`."""
    story = load_story(db, story_id)
    entries = load_entries(db, story.articles)
    texts = _texts(db, story, entries)
    added = dict(zip(texts, new_sentences(texts.values()), strict=True))
    new, changed = unseen(db, story_id, story.articles), set(select_ids(db, Is("changed"), among=story.articles))
    reports = [Report(entries[each], added.get(each, ()), each in changed, each in new) for each in story.articles]
    return Timeline(story, tuple(reports))


def brief(db: "Connection", where: Query, limit: int) -> list[Summary]:
    """What is new, story by story: those that have articles that pass; `limit` 0 means all of them.

    First come those that are followed, then those that several articles tell; among those, what more is new of.
    """
    stories = load_stories(db, list_news(db, where, limit))
    new = set(select_ids(db, where, among=[each for story in stories for each in story.articles]))
    return [summary for story in stories for summary in _summary(db, story, new)]


def _summary(db: "Connection", story: Story, new: set[int]) -> Iterator[Summary]:
    """A story in short; nothing if its new articles are hidden."""
    count = sum(each in new for each in story.articles)
    if not count:
        return
    entries = load_entries(db, story.articles)
    texts = _texts(db, story, entries)
    best = _best(story, entries, texts)
    known = [each for each in texts if each not in new] or [best]
    told = [*known, *(each for each in texts if each in new and each not in known)]
    added = new_sentences(texts[each] for each in told if each in texts)[len(known) :]
    sentences = tuple(sentence for each in added for sentence in each)
    yield Summary(story, lead_sentence(texts.get(best, "")), entries[best], count, sentences)


def _texts(db: "Connection", story: Story, entries: dict[int, Entry]) -> dict[int, str]:
    """The texts of a story in time order, but for those that copy another of it; of very many the newest."""
    originals = [each for each in story.articles if entries[each].copy_of not in entries]
    found = load_texts(db, originals[-_MOST_TEXTS:])
    return {each: found[each] for each in originals if found.get(each)}


def _best(story: Story, entries: dict[int, Entry], texts: dict[int, str]) -> int:
    """Which article tells a story best: one with a text, whole if there is, in the language of most, the first."""
    languages = Counter(entries[each].language for each in story.articles)

    def worth(each: int) -> tuple[bool, bool, int]:
        entry = entries[each]
        return each in texts, entry.state is State.FULL, languages[entry.language]

    return max(story.articles, key=worth)
