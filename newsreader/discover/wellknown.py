"""Where feeds and news sitemaps often are on sites that do not tell."""

from collections.abc import Iterator
from urllib.parse import urljoin

from newsreader.discover.autodiscovery import folder_of

# Nine, the likeliest first: WordPress, Ghost and Substack; files written by generators; Hugo; Movable Type; Pelican;
# Blogger.
_FEEDS = (
    *("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"),
    *("index.rdf", "feeds/all.atom.xml", "feeds/posts/default"),
)
_FEEDS_OF_SECTIONS = ("feed", "rss", "rss.xml", "index.xml")
_SITEMAPS = ("news-sitemap.xml", "sitemap-news.xml", "sitemap.xml")


def likely_feeds(url: str, *, is_section: bool) -> Iterator[str]:
    """Addresses of feeds: in the folder of a page, and at the root unless the page is a section within its site."""
    if folder_of(url):
        yield from (urljoin(url, path) for path in _FEEDS_OF_SECTIONS)
    if not is_section:
        yield from (urljoin(url, f"/{path}") for path in _FEEDS)


def likely_sitemaps(url: str) -> list[str]:
    """Addresses of news sitemaps, and of the index that may list them, at the root of the site of a page."""
    return [urljoin(url, f"/{path}") for path in _SITEMAPS]
