"""Where feeds and news sitemaps often are on sites that do not tell."""

from urllib.parse import urljoin, urlsplit

from newsreader.discover.autodiscovery import folder_of

# Nine, the likeliest first: WordPress, Ghost and Substack; files written by generators; Hugo; Movable Type; Pelican;
# Blogger.
_FEEDS = (
    *("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"),
    *("index.rdf", "feeds/all.atom.xml", "feeds/posts/default"),
)
_FEEDS_OF_SECTIONS = ("feed", "rss", "rss.xml", "index.xml")
_SITEMAPS = ("news-sitemap.xml", "sitemap-news.xml", "sitemap.xml")


def section_of(url: str) -> str:
    """The folder of which a page is the front, "" for the root of a site: itself, or where it lies if it is a file."""
    is_file = "." in urlsplit(url).path.rpartition("/")[2]
    return folder_of(urljoin(url, ".") if is_file else url)


def likely_feeds(url: str, *, is_section: bool) -> list[str]:
    """Addresses of feeds: in the folder of a page, and at the root unless the page is a section within its site."""
    folder = section_of(url)
    own = [f"{folder}{path}" for path in _FEEDS_OF_SECTIONS] if folder else []
    return own if is_section else [*own, *(urljoin(url, f"/{path}") for path in _FEEDS)][: len(_FEEDS)]


def likely_sitemaps(url: str) -> list[str]:
    """Addresses of news sitemaps, and of the index that may list them, at the root of the site of a page."""
    return [urljoin(url, f"/{path}") for path in _SITEMAPS]
