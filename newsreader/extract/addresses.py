"""Where the links of a page lead: to an article, by the path alone (no site is known by name), or elsewhere."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from newsreader.extract.paths import has_code, has_date, has_headline, has_id, has_number, letters_of, shape_of
from newsreader.extract.words import words
from newsreader.urls import canonical, resolve, site_of

# Segments of paths, and names of hosts, that no article has.
_NO_ARTICLE = frozenset(
    words("""
    tag tags topic topics thema themen category categories categoria categorias kategorie sekce hub hubs keyword
    keywords label labels hashtag author authors autor autores autoren auteur auteurs autore autori profile
    profiles reporter reporters journalist journalists writer writers contributors contributor search suche
    buscar recherche login signin signup register account user users member members mypage subscribe
    subscription abo abonnement newsletter newsletters about contact kontakt impressum datenschutz privacy terms
    legal help faq job jobs careers career karriere emploi stellenmarkt stellenanzeigen immobilier immobilien
    shop store advertise advertising rss feed feeds sitemap comments comment print share sharer intent channel
    gallery galleries photo photos article_photo photogallery fotos fotostrecke video videos podcast podcasts
    audio slideshow screenshots photostory photo-gallery photo-story photoessay bildergalerie bilderstrecke
    fotogaleria fotogalerie galeria galerie diaporama diaporamas videogallery livestream live-tv tv radio watch
    horoscope quiz crossword puzzles products product produkte producto deals coupons gutscheine angebote quotes
    stocks market-data sponsored advertorial advertorials brandcontent brand-content branded-content
    partner-content paid-content publireportaje anzeige anzeigen annonse annonce annonces annons
    """)
)
# Segments of pages about a topic or a place, unless the address is built as that of the page.
_TOPICS = frozenset(
    words("""
    theme themes categorie kategorien section sections rubrik rubriken rubrique collection collections
    hemeroteca dossier dossiers etiqueta etiquetas temas tema argomenti argomento sujet sujets tagi temat tematy
    teema emne emner amne onderwerp onderwerpen etiket people person event events weather wetter games game
    issue series serie location locations place places company companies service services servicio servicios
    """)
)
_NO_ARTICLE_OR_TOPIC = _NO_ARTICLE | _TOPICS
_FILES = (".pdf", ".jpg", ".jpeg", ".png", ".gif", ".mp3", ".mp4", ".zip", ".xml", ".doc", ".docx", ".xls", ".xlsx")
# The same for articles of other publishers: what offices, firms, shops and scholars publish is none.
_NO_NEWS = frozenset(
    words("""
    gov gob gouv govt gv admin int edu ac mil parliament support press ir docs help community communityhub forum
    forums investor investors press-release press-releases news-release news-releases pressrelease newsroom
    media-center presscorner publications publication pmc pii doi science wiki hc status
    """)
)
# Segments by which the addresses of news are known, beside dates.
_NEWS = frozenset(
    words("""
    article articles artikel articulo articulos articolo story stories news a nyheter nyhet noticia noticias
    notizie nachrichten actualites actualite actu novosti novyny uutiset wiadomosci haber haberler zpravy clanek
    world politics business sport sports economy politik wirtschaft welt monde politique economie mundo politica
    economia mondo opinion kultur culture tech technology
    """)
)
_LONGEST = 2000  # characters of an address that is read
_LIKELY = 3  # hyphens, or figures, that every address has that may be that of an article


class Target(NamedTuple):
    """Where a link leads: the canonical address; a name that all addresses of one article share; its path."""

    url: str
    name: str
    path: str


class Targets:
    """The addresses that one page links to, each read once."""

    def __init__(self, page: str, others: Iterable[str] = ()) -> None:
        self.page = page
        self.site = site_of(page)
        self.host = _bare_host(_host(page))
        path, _ = _path(page)
        self.shape = shape_of(path)
        self.letters = letters_of(path)
        self.has_id = has_id(path)
        self.is_usual = is_article_address(page)
        self.own = frozenset(_name(canonical(url), _path(url)[0]) for url in (page, *others))
        self.hosts: dict[str, bool] = {}
        self.stories: dict[str, Target | None] = {}
        self.shapes: dict[str, bool] = {}

    def story(self, href: str) -> Target | None:
        """Where a link that may be a story leads, if that looks like another article of the site, else `None`."""
        if href not in self.stories:
            self.stories[href] = self._read_story(href)
        return self.stories[href]

    def may_be_story(self, href: str) -> bool:
        """Whether a second look at a link is worth it: a cheap question, for the many links of menus."""
        if href[:1] == "#" or len(href) > _LONGEST:
            return False
        signs = href.count("-") + href.count("_")
        return signs >= _LIKELY or not self.is_usual or _three_figures().search(href) is not None

    def _read_story(self, href: str) -> Target | None:
        found = resolve(href, self.page)
        if found is None or not self.is_of_site(_host(found)):
            return None
        path, query = _path(found)
        if not self.is_story(found, path, query) or self.is_other_kind(path):
            return None
        url = canonical(found)
        name = _name(url, path)
        return None if name in self.own else Target(url, name, path)

    def is_story(self, url: str, path: str, query: str) -> bool:
        """Whether an address looks like an article, and has a number or a code if that of the page does."""
        is_one = has_id(path) if self.has_id else _is_article(path)
        if is_one or has_number(query):
            return _may_be_article(path, query) or self.is_built_alike(url, path)
        return not self.is_usual and self.is_built_alike(url, path)

    def is_built_alike(self, url: str, path: str) -> bool:
        """Whether an address is built as that of the page, and says nothing against it."""
        if path not in self.shapes:
            segments = path.replace(".", "/").split("/")
            is_plain = _NO_ARTICLE.isdisjoint(segments) and (self.has_id or _TOPICS.isdisjoint(segments))
            self.shapes[path] = is_plain and shape_of(path) == self.shape
        return self.shapes[path] and _bare_host(_host(url)) == self.host

    def anything(self, href: str) -> tuple[Target, bool] | None:
        """Where a link of the text leads, and whether that is an article of any publisher; `None` for this page."""
        found = resolve(href, self.page)
        if found is None:
            return None
        url = canonical(found)
        path, _ = _path(url)
        name = _name(url, path)
        if name in self.own:
            return None
        if self.is_of_site(_host(url)):
            is_one = is_article_address(url) or (self.may_be_story(href) and self.is_story(found, *_path(found)))
            is_story = is_one and not self.is_other_kind(path)
        else:
            is_story = is_news_address(url)
        return Target(url, name, path), is_story

    def is_other_kind(self, path: str) -> bool:
        """Whether other letters before the number tell another kind of page than this (`/t-12345`, `/a-12345`)."""
        if not self.letters:
            return False
        letters = letters_of(path)
        return letters != self.letters and letters[:1] == self.letters[:1]

    def is_of_site(self, host: str) -> bool:
        """Whether a host is of the site, or of a site of the same name in another country, and may hold articles."""
        if host not in self.hosts:
            site = site_of(f"https://{host}/")
            name, _, _ = site.partition(".")
            is_own = site == self.site or (len(name) > len("co") and self.site.startswith(name + "."))
            self.hosts[host] = is_own and host.partition(".")[0] not in _NO_ARTICLE
        return self.hosts[host]


def media_address(href: str, base: str) -> str | None:
    """The absolute address of a picture or a player as the page gives it, `None` if it is not on the web.

    It is no identity, so parameters stay; what is no visible character is percent-encoded.
    """
    found = resolve(href, base)
    if found is None or (found.isascii() and found.isprintable()):
        return found
    return "".join(char if char.isprintable() and char != " " else quote(char) for char in found)


def is_article_address(url: str) -> bool:
    """Whether an address looks like one article: a number, a date or a headline in it, no word of a topic page."""
    path, query = _path(url)
    if _host(url).split(".")[0] in _NO_ARTICLE or not _may_be_article(path, query):
        return False
    return _is_article(path) or has_number(query)


def is_news_address(url: str) -> bool:
    """Whether an address of any publisher looks like news: an article, with a date or a section of news in its path."""
    if len(url) > _LONGEST or not is_article_address(url):
        return False
    path, _ = _path(url)
    segments = path.split("/")
    if not _NO_NEWS.isdisjoint(segments) or not _NO_NEWS.isdisjoint(_host(url).split(".")):
        return False
    return not _NEWS.isdisjoint(segments) or _full_date().search(path) is not None


def _may_be_article(path: str, query: str) -> bool:
    """Whether no word of an address is against its being an article."""
    segments = path.split("/")
    if not _NO_ARTICLE_OR_TOPIC.isdisjoint(segments) or path.endswith(_FILES):
        return False
    name = (segments[-1] or segments[-2]).partition(".")[0]
    if name in ("index", "list") or name.startswith("archiv") or name in _NO_ARTICLE:
        return False
    return not (query and _inner_address().search(query))


def _is_article(path: str) -> bool:
    return has_number(path) or has_headline(path) or has_date(path) or has_code(path)


def _host(url: str) -> str:
    """The host of an address, as it stands there."""
    return url.partition("://")[2].partition("/")[0]


def _bare_host(host: str) -> str:
    """The host without what stands for a way to show it."""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _path(url: str) -> tuple[str, str]:
    """The path of an address, decoded and in lower case, with its first slash, and the query."""
    head, _, query = url.partition("#")[0].partition("?")
    path = "/" + head.partition("://")[2].partition("/")[2].lower()
    return (unquote(path).lower() if "%" in path else path), query


def _name(url: str, path: str) -> str:
    """An address without its query, if the path alone names the article, and without its scheme."""
    if "?" in url and _is_article(path):
        url = url.partition("?")[0]
    return url.partition("://")[2].rstrip("/")


@cache
def _full_date() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d(?:/(?:[01]?\d|[a-z]{3})/|-[01]\d-[0-3]\d|[01]\d[0-3]\d(?!\d))")


@cache
def _three_figures() -> re.Pattern[str]:
    return re.compile(r"[0-9][^0-9]*[0-9][^0-9]*[0-9]")


@cache
def _inner_address() -> re.Pattern[str]:
    """An address as a parameter: to share it, to log in for it."""
    return re.compile(r"=https?(?::|%3a)", re.IGNORECASE)
