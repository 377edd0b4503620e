"""Entries, matches, sources and two whole articles to set: one English with every kind of block, one Japanese."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import Entry, Hit, Match, Report, Source, SourceKind, State, Story, Summary, Timeline

TOKYO = timezone(timedelta(hours=9))
PARIS = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=TOKYO)

_PLAIN = Entry(
    id=101,
    url="https://news.example/a/101",
    title="Harbour bridge reopens after eleven months of repairs, two weeks early",
    source_id=1,
    source_name="Harbour Post",
    published=NOW - timedelta(hours=3),
    updated=None,
    fetched=NOW,
    language="en",
    state=State.FULL,
    reason=None,
    read=False,
    starred=False,
    later=False,
    story=None,
    summary="",
    section=None,
    tags=(),
    word_count=400,
    image=None,
    related_count=0,
)


@pytest.fixture(name="now")
def _now() -> datetime:
    """A day at one in the afternoon, in the zone of a reader in Tokyo."""
    return NOW


@pytest.fixture(name="an_entry")
def _an_entry() -> Callable[..., Entry]:
    """Makes an entry, with what the test cares about."""

    def make(**values: Any) -> Entry:
        if "id" in values:
            values.setdefault("url", f"https://news.example/a/{values['id']}")
        return _PLAIN._replace(**values)

    return make


@pytest.fixture(name="entries")
def _entries(an_entry: Callable[..., Entry]) -> list[Entry]:
    """Five scripts, every mark, ages from minutes to years."""
    return [
        an_entry(id=101, starred=True),
        an_entry(
            id=102,
            title="港の大橋が11か月ぶりに開通、予定より2週間早く 市民が早朝から行列",
            source_name="港湾新聞",
            published=NOW - timedelta(minutes=5),
        ),
        an_entry(
            id=103,
            title="Мост открыт спустя одиннадцать месяцев",
            source_name="Портовые вести",
            published=NOW - timedelta(days=2),
            read=True,
        ),
        an_entry(
            id=104,
            title="Budget talks: what the council decided",
            published=NOW - timedelta(days=60),
            state=State.PAYWALLED,
            later=True,
        ),
        an_entry(
            id=1205,
            title="한강 다리 열한 달 만에 다시 열려 👩‍🚒🇯🇵",
            source_name="항구일보 주말판 아주 긴 이름",
            published=NOW - timedelta(days=600),
            state=State.HEADLINE,
        ),
        an_entry(id=1206, title="", published=None, source_id=None, source_name=None),
    ]


@pytest.fixture(name="hits")
def _hits(entries: list[Entry]) -> list[Hit]:
    """Two finds, with their pieces of text."""
    english = (("…the old ", False), ("bridge", True), (" was closed in December, when the ", False), ("bridge", True))
    japanese = (("港の", False), ("大橋", True), ("が開通した。市民が早朝から並び、市長が最初に渡った。", False))
    return [Hit(entries[0], 0.91, english), Hit(entries[1], 0.4, japanese)]


@pytest.fixture(name="matches")
def _matches(entries: list[Entry]) -> list[Match]:
    return [
        Match(entries[1], "related", 0.9125, ("linked by the page", "same names: 港の大橋")),
        Match(entries[3], "story", 0.4, ("rare words: harbour, bridge",)),
    ]


@pytest.fixture(name="stories")
def _stories() -> list[Story]:
    """Followed with something new, of a single source, of a single article, of nobody."""
    post, minato, gazette = "Harbour Post", "港湾新聞", "Hill Gazette"
    early, late = NOW - timedelta(days=2), NOW - timedelta(hours=3)
    return [
        Story(101, "Harbour bridge reopens after eleven months", (101, 102, 130), (post, minato), early, late, True, 2),
        Story(104, "港の大橋、渋滞が続く 市長「想定の範囲内」", (104, 105), (minato,), early, early),
        Story(107, "Budget talks: what the council decided", (107,), (gazette,), late, late, following=True),
        Story(1206, "A page from nowhere", (1206,), (), late, late),
    ]


@pytest.fixture(name="timeline")
def _timeline(stories: list[Story], an_entry: Callable[..., Entry]) -> Timeline:
    """Two days; a first report, a copy of it, and a later one that was edited, is new and adds six sentences."""
    first = an_entry(id=101, published=stories[0].first_seen, read=True)
    copy = an_entry(id=102, title="港の大橋が開通", source_name="港湾新聞", published=first.published, copy_of=101)
    later = an_entry(id=130, title="Tolls on the bridge from May", published=stories[0].last_seen, state=State.PARTIAL)
    sentences = ("The Harbour Bridge reopened on Friday after eleven months of repairs.", "It carries sensors.")
    more = tuple(f"Lane {number} opens in May, the port authority said on Tuesday." for number in range(1, 7))
    return Timeline(
        stories[0],
        (Report(first, sentences, False, False), Report(copy, (), False, True), Report(later, more, True, True)),
    )


@pytest.fixture(name="summaries")
def _summaries(timeline: Timeline, stories: list[Story], an_entry: Callable[..., Entry]) -> list[Summary]:
    """A followed story with a lead and news, and one without any text."""
    first, _, later = timeline.reports
    told = an_entry(id=104, title=stories[1].title, source_name="港湾新聞")
    return [
        Summary(timeline.story, first.added[0], first.entry, 2, (first.added[0], *later.added)),
        Summary(stories[1], "", told, 2, ()),
    ]


@pytest.fixture(name="sources")
def _sources() -> list[Source]:
    return [
        Source(
            1,
            "Harbour Post",
            "https://post.example/feed.xml",
            tags=("local",),
            etag='"v1"',
            status="ok",
            checked=NOW - timedelta(minutes=12),
            due=NOW + timedelta(minutes=48),
            due_reason="since its feed says that it changes every hour",
            moved_from="http://post.example/rss",
            moved=NOW - timedelta(days=40),
        ),
        Source(
            22,
            "港湾新聞",
            "https://minato.example/rss/all.rdf",
            failures=3,
            status="failed",
            reason="The server answered 503 and asked to wait an hour",
            checked=NOW - timedelta(hours=2),
            due=NOW + timedelta(hours=1),
            due_reason="after 3 failures in a row",
        ),
        Source(3, "New", "https://new.example/", kind=SourceKind.FRONTPAGE, paused=True, reason="Gone for good (410)"),
    ]


@pytest.fixture(name="catalog")
def _catalog() -> list[CatalogEntry]:
    post, minato = "https://post.example/", "https://minato.example/"
    return [
        CatalogEntry("post", "Harbour Post", post, SourceKind.FEED, f"{post}feed.xml", "en", "NZ", ("newspaper",)),
        CatalogEntry("minato", "港湾新聞 地域版", minato, SourceKind.FRONTPAGE, minato, "ja", "JP"),
    ]


def _spans(text: str, *parts: tuple[str, str, str | None]) -> tuple[Span, ...]:
    return tuple(Span(text.index(words), text.index(words) + len(words), kind, url) for words, kind, url in parts)


def _paragraph(text: str, *parts: tuple[str, str, str | None], level: int = 0) -> Block:
    return Block(BlockKind.PARAGRAPH, text, level=level, spans=_spans(text, *parts))


def _heading(text: str, level: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, level=level)


@pytest.fixture(name="english", scope="session")
def _english() -> Article:
    """Every kind of block, links in the text, related and other news."""
    items = (
        _paragraph("New bearings on both piers, each tested for three weeks under twice its load", level=1),
        _paragraph("the north pier first", level=2),
        _paragraph("then the south pier", level=2),
        _paragraph("Lights", level=1),
    )
    rows = (("Part", "Planned", "Spent"), ("Bearings", "12.0", "11.4"), ("Sensors and their wiring", "1.2", "1.1"))
    return Article(
        url="https://news.example/2026/11/harbour-bridge",
        title="Harbour bridge reopens after eleven months of repairs",
        subtitle="Two weeks early and within its budget: how the port authority did it, and what is still missing",
        authors=("Mara Lind", "Theo Okafor"),
        published=datetime(2026, 11, 20, 8, 30, tzinfo=PARIS),
        updated=datetime(2026, 11, 20, 18, 0, tzinfo=PARIS),
        language="en",
        site_name="Harbour Post",
        lead_image=Image("https://news.example/i/bridge.jpg", caption="The bridge at dawn.", credit="Photo: Ana Ruiz"),
        blocks=(
            _paragraph(
                "The Harbour Bridge reopened on Friday after eleven months of repairs, the port authority said, "
                "two weeks before the date it had promised last spring.",
                ("port authority", "link", "https://port.example/"),
                ("eleven months", "bold", None),
            ),
            _heading("What was done"),
            _paragraph(
                "Engineers replaced 412 bearings, and the road now carries sensors every nine metres.",
                ("412 bearings", "italic", None),
                ("sensors every nine metres", "link", "https://news.example/2026/10/sensors"),
            ),
            Block(BlockKind.LIST, items=items),
            _heading("What it cost"),
            Block(BlockKind.TABLE, rows=rows, header=True),
            Block(BlockKind.QUOTE, "We promised spring and kept our word for once.\n— Ida Berg, engineer"),
            _heading("In figures", 3),
            Block(BlockKind.CODE, "def load(tonnes):\n    return tonnes * 9.81  # thousand newtons"),
            Block(BlockKind.FIGURE, image=Image("https://news.example/i/pier.jpg", caption="The south pier.")),
            Block(BlockKind.EMBED, "Video: the first lorry crosses", url="https://video.example/42"),
            Block(BlockKind.RULE),
            Block(BlockKind.LIST, items=(_paragraph("First"), _paragraph("Second")), ordered=True),
        ),
        links=(
            Link("https://news.example/2026/10/sensors", "Sensors for the bridge", LinkKind.INLINE, "What was done"),
            Link("https://news.example/2026/09/delay", "Bridge work delayed again", LinkKind.RELATED),
            Link("https://news.example/2026/08/ferry", "The ferry that filled the gap", LinkKind.RELATED),
            Link("https://news.example/latest/1", "Other news", LinkKind.MORE),
            Link("https://news.example/latest/2", "More of it", LinkKind.MORE),
        ),
    )


@pytest.fixture(name="japanese", scope="session")
def _japanese() -> Article:
    """Brackets, small kana, figures, Latin words and an address in Japanese text; only a part of the article."""
    return Article(
        url="https://minato.example/a/102",
        title="港の大橋が11か月ぶりに開通、予定より2週間早く　市民が早朝から行列",
        subtitle="工費は見積もりを下回る",
        authors=("山田 花子",),
        published=datetime(2026, 11, 20, 10, 30, tzinfo=TOKYO),
        language="ja",
        site_name="港湾新聞",
        lead_image=Image("https://minato.example/i.jpg", caption="開通を祝う人びと＝20日、港湾市で（撮影・田中）"),
        blocks=(
            _paragraph(
                "港湾局は20日、11か月にわたる補修工事を終えた「港の大橋」を予定より2週間早く開通させたと発表した。"
                "市民らは早朝から列をつくり、ＡＩを使った新しいセンサー（約9メートルごとに設置）の説明に耳を傾けた。"
                "総工費は1,230億円で、当初の見積もりを3.5%下回ったという。",
                ("港の大橋", "link", "https://minato.example/a/90"),
            ),
            _heading("「やっと通れる」"),
            _paragraph(
                "「やっと通れるようになりました。うれしいですね」と、近くでコーヒーショップを営む佐々木ゆきさん（42）は"
                "話す。一方、HarborTech社のCEOは『次はトンネルだ』と述べ、2027年度中の着工をめざす考えを示した。"
                "https://minato.example/news/2026/11/20/bridge-reopens-early-after-repairs/index.html を参照。"
            ),
        ),
        links=(Link("https://minato.example/a/90", "港の大橋、補修へ", LinkKind.INLINE),),
        state=State.PARTIAL,
        reason="続きは会員だけが読める",
    )


@pytest.fixture(name="zone")
def _zone() -> timezone:
    """The zone of a reader in Tokyo."""
    return TOKYO


@pytest.fixture(name="utc")
def _utc() -> timezone:
    return UTC
