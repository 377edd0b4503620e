"""The small decisions of extraction, one by one."""

import pytest

from newsreader.extract.addresses import is_article_address
from newsreader.extract.figures import best_of_set
from newsreader.extract.headings import list_kind
from newsreader.extract.jsonld import read_graph
from newsreader.extract.people import name_of, split_names
from newsreader.extract.titles import without_site
from newsreader.model.article import LinkKind
from newsreader.text import fold

RELATED = (
    *("Related stories", "Mehr zum Thema", "Lees ook", "Läs också", "Les også", "Lire aussi", "Más información"),
    *("Leia também", "Leggi anche", "関連記事", "相关新闻", "延伸閱讀", "관련기사", "Читайте также", "Czytaj także"),
    *("İlgili haberler", "مقالات ذات صلة"),
)
MORE = (
    *("Most read", "Meistgelesen", "Meest gelezen", "Mest läst", "Les plus lus", "Lo más leído", "Mais lidas"),
    *("I più letti", "最新ニュース", "热门新闻", "많이 본 기사", "Последние новости", "Najczęściej czytane"),
    *("Son haberler", "الأكثر قراءة"),
)


@pytest.mark.parametrize("heading", RELATED)
def test_headings_of_related_lists_are_known(heading):
    assert list_kind(fold(heading + ":")) is LinkKind.RELATED


@pytest.mark.parametrize("heading", MORE)
def test_headings_of_other_lists_are_known(heading):
    assert list_kind(fold(f"■ {heading}")) is LinkKind.MORE


def test_a_heading_of_the_text_announces_no_list():
    assert list_kind(fold("Six crossings a day")) is None


@pytest.mark.parametrize(
    "path",
    ["news/ferry-returns-after-nine-years", "2026/03/04/ferry", "articles/1057127", "a/AST1F4445T1FUTIL02SM.html"],
)
def test_addresses_of_articles(path):
    assert is_article_address(f"https://news.example/{path}")


@pytest.mark.parametrize(
    "path",
    ["", "news", "tag/harbour-and-sea-and-ships", "author/maud-ellery-12345", "files/report-2026-01.pdf", "search?q=1"],
)
def test_addresses_of_anything_else(path):
    assert not is_article_address(f"https://news.example/{path}")


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("/a 300w, /b 1200w, /c 600w", "/b"),
        ("/a, /b 2x", "/b"),
        ("/a,b.jpg 1x", "/a,b.jpg"),
        ("/a 1x,/b 2x,/c", "/b"),
        (", /a 1x", "/a"),
        ("data:image/gif;base64,R0 2x, /a 1x", "/a"),
        ("", ""),
    ],
)
def test_the_largest_candidate_of_a_srcset_is_taken(srcset, best):
    assert best_of_set(srcset) == best


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Maud Ellery", "Maud Ellery"),
        ("Von Grete Hollmann, Redakteurin", "Grete Hollmann"),
        ("Ada Quill | Arts editor", "Ada Quill"),
        ("Bo Berg (bbe)", "Bo Berg"),
        ("desk@news.example", ""),
        ("https://news.example/author/1", ""),
        ("森山葵 記者", "森山葵"),
    ],
)
def test_authors_are_names(text, name):
    assert name_of(text).split(",")[0] == name


def test_lists_of_authors_are_split():
    assert split_names("Ana Lima, Bo Berg and Chi Wei") == ["Ana Lima", "Bo Berg", "Chi Wei"]


@pytest.mark.parametrize(
    ("title", "site", "plain"),
    [
        ("Ferry returns - Harbour Courier", "Harbour Courier", "Ferry returns"),
        ("Harbour Courier | Ferry returns", "Harbour Courier", "Ferry returns"),
        ("町に観光客戻る｜浜風新報", "浜風新報", "町に観光客戻る"),
        ("Well-known ferry returns", None, "Well-known ferry returns"),
    ],
)
def test_titles_lose_the_name_of_the_site(title, site, plain):
    assert without_site(title, site) == plain


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"a"}',
        '[{"@type":"WebPage"},{"@type":["Thing","NewsArticle"],"headline":"a"}]',
        '{"@graph":[{"@type":"NewsArticle","headline":"a",},]}',
        '/* c */ {"@type":"NewsArticle","headline":"a"};',
        '<!--{"@type":"NewsArticle","headline":"a"}-->',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"a"}}',
    ],
)
def test_the_article_of_json_ld_is_found_in_any_shape(script):
    assert read_graph([script]).article["headline"] == "a"


def test_json_that_cannot_be_mended_is_nothing():
    assert read_graph(['{"@type": "NewsArticle", headline}', "", "null", "1"]).article == {}
