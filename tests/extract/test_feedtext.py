"""The text of a feed against that of its page: the wholer one is the article, and its state says so honestly."""

import pytest

from newsreader.extract.feedtext import article_from_headline, wholer
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind, Image
from newsreader.model.news import FEED_TEXT, Headline, State

URL = "https://lantern.example/1"
SENTENCE = "The harbour master closed the port to everything with a propeller and four boats kept watch. "


def article(sentences, state, end="", picture=None):
    block = Block(BlockKind.PARAGRAPH, (SENTENCE * sentences).strip() + end)
    lead = Image(picture) if picture else None
    return Article(url=URL, title="Closed", blocks=(block,), lead_image=lead, state=state, reason="as its page says")


@pytest.mark.parametrize("state", [State.PAYWALLED, State.PARTIAL])
def test_a_whole_text_in_a_feed_is_the_article_where_the_page_shows_a_part(state):
    best = wholer(article(2, state, picture="https://lantern.example/p.jpg"), article(9, State.FEED_ONLY))

    assert (best.state, best.word_count) == (State.FULL, article(9, State.FULL).word_count)
    assert best.reason == "this is the text of the feed: as its page says"
    assert best.lead_image == Image("https://lantern.example/p.jpg")


def test_a_page_that_was_not_read_well_gives_way_to_a_far_longer_text():
    best = wholer(article(3, State.FULL), article(9, State.FEED_ONLY))

    assert (best.state, best.blocks) == (State.FULL, article(9, State.FEED_ONLY).blocks)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (article(9, State.FULL), article(9, State.FEED_ONLY)),
        (article(9, State.FULL), article(10, State.FEED_ONLY)),
        (article(3, State.FULL), article(9, State.FEED_ONLY, end=" …")),
        (article(9, State.PAYWALLED), article(2, State.FEED_ONLY)),
        (article(2, State.PAYWALLED), article(2, State.FEED_ONLY)),
    ],
    ids=["as long", "hardly longer", "broken off", "shorter than a part", "the same teaser"],
)
def test_the_page_stays_what_it_is(page, told):
    assert wholer(page, told) == page


@pytest.mark.parametrize("told", [article(3, State.FEED_ONLY, end=" […]"), article(2, State.FEED_ONLY, end=" More.")])
def test_a_teaser_that_is_longer_than_the_page_is_no_whole_article(told):
    best = wholer(article(2, State.PAYWALLED), told)

    assert (best.state, best.blocks) == (State.PAYWALLED, told.blocks)


def test_the_text_of_a_feed_says_what_it_is():
    told = article_from_headline(Headline(URL, "Closed", html=f"<p>{SENTENCE}</p>", summary=SENTENCE))
    bare = article_from_headline(Headline(URL, "Closed", html="<p> </p>"))

    assert (told.state, told.reason) == (State.FEED_ONLY, FEED_TEXT)
    assert bare.state is State.HEADLINE
