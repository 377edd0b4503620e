"""What the answer of a source says: the headlines of a feed, of a front page, or of the sitemaps behind an index."""

from datetime import datetime
from typing import NamedTuple

from newsreader.discover.addresses import title_of
from newsreader.discover.feeds import read_feed
from newsreader.discover.sitemaps import news_first, news_of, read_sitemap
from newsreader.errors import FetchError, ParseError
from newsreader.fetch.request import Request, Response
from newsreader.model.news import Headline, SourceKind
from newsreader.reading import Fetches

MOST_HEADLINES = 2000  # of one source in one run: more would hold the store for too long
MOST_SITEMAPS = 3  # of an index that are read each time


class Batch(NamedTuple):
    """The headlines of a source as of now.

    `ttl` is for how many minutes its feed says that they stay (0: not said). `nested` are the sitemaps that were read
    beside the answer itself: its validators then say nothing of the headlines. `title`, `site` and `language` are what
    a feed says of itself.
    """

    headlines: list[Headline]
    ttl: int = 0
    nested: tuple[str, ...] = ()
    title: str = ""
    site: str | None = None
    language: str | None = None


async def read_source(fetcher: Fetches, kind: SourceKind, response: Response, now: datetime) -> Batch:
    """The first `MOST_HEADLINES` of a source by its answer, each with a title.

    The sitemaps that an index lists are fetched. Raises `ParseError`, and `FetchError` if all of those fail.
    """
    if kind is SourceKind.FEED:
        feed = read_feed(response.body, response.url, response.content_type, most=MOST_HEADLINES)
        return Batch(list(feed.headlines), feed.ttl or 0, (), feed.title, feed.site, feed.language)
    if kind is SourceKind.FRONTPAGE:
        from newsreader.discover.frontpage import find_headlines  # with the HTML parser, which feeds do not need

        return Batch(find_headlines(response.body, response.url, response.content_type)[:MOST_HEADLINES])
    batch = await read_sitemaps(fetcher, response, now)
    headlines = [found._replace(title=found.title or title_of(found.url)) for found in batch.headlines]
    return batch._replace(headlines=headlines[:MOST_HEADLINES])


async def read_sitemaps(fetcher: Fetches, response: Response, now: datetime) -> Batch:
    """The news in a sitemap, or in those that an index lists (see `news_first`); a plain entry has the title "".

    Raises `ParseError`, and `FetchError` if no sitemap of an index can be had.
    """
    sitemap = read_sitemap(response.body, response.url)
    found = list(sitemap.headlines)
    nested: list[str] = []
    problem: FetchError | ParseError | None = None
    for url in news_first(sitemap.sitemaps)[:MOST_SITEMAPS]:
        try:
            answer = await fetcher.fetch(Request(url, home=response.url, accept=("feed",)))
            found += read_sitemap(answer.body, answer.url).headlines
        except (FetchError, ParseError) as error:
            problem = error
        else:
            nested.append(url)
    if problem and not nested:
        raise problem
    return Batch(news_of(found, now), nested=tuple(nested))
