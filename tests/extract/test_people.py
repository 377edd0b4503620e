"""Bylines as readers see them give names, without roles."""

import pytest

from newsreader.extract import extract_article

TEXT = "<p>The harbour master closed the port to everything with a propeller, and rowing boats kept watch.</p>" * 2


def authors_of(byline: str) -> tuple[str, ...]:
    page = f"<html><head><title>Whale holds ferry</title></head><body><h1>Whale holds ferry</h1>{byline}{TEXT}</body>"
    return extract_article(page.encode(), "https://lantern.example/news/10020").authors


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<div class="byline">By Ada Quill</div>', ("Ada Quill",)),
        ('<div class="byline">By Ada Quill and Bo Berg | 3 May</div>', ("Ada Quill", "Bo Berg")),
        ('<div><span>2026年9月14日</span> <span class="writer">記者　森山葵</span></div>', ("森山葵",)),
        ("<div>記者：森山葵</div>", ("森山葵",)),
        ("<div>한지우 기자</div>", ("한지우",)),
        ('<a rel="author" href="/ada">Ada Quill</a>', ("Ada Quill",)),
        ("<p rel=author><b>Ada Quill</b> <i>Harbour Master at Sea</i></p>", ("Ada Quill",)),
        ('<div class="byline">desk@lantern.example</div>', ()),
        ('<div class="byline"><b>Ada Quill</b><a href="mailto:a@b.example">ada@b.example</a></div>', ("Ada Quill",)),
        ('<div class="byline"><b>Ada Quill</b> <i>Founder at Lantern</i></div>', ("Ada Quill",)),
        ("<div class=byline>By <a>Ada Quill</a> <a>Bo Berg</a> <i>The Lantern</i></div>", ("Ada Quill", "Bo Berg")),
        ("<div>By Ada Quill ⋅ Senior Analyst ⋅ Updated March 5, 2026</div>", ("Ada Quill",)),
        ("<div>May 3, 2026 · 3 min read · By Ada Quill</div>", ("Ada Quill",)),
        ("<div><time>03/05/2026</time> by Ada Quill in <a>Sea</a></div>", ("Ada Quill",)),
        ("<div>Guide <i>by</i> <a>Ada Quill</a> Former Editor</div>", ("Ada Quill",)),
        ("<div>Posted by Ada Quill on Friday</div>", ("Ada Quill",)),
        ("<div>By The Lantern Example</div>", ("The Lantern Example",)),
        ("<h3><i>Whales</i> by Dan Reed</h3>", ()),
        ("<div class=byline><b>Sat, 20 Dec</b> | <b>Ada Quill</b></div>", ("Ada Quill",)),
        ("<div class=byline><b>Author</b></div><div class=byline><b>Ada Quill</b></div>", ("Ada Quill",)),
        (f"{TEXT * 9}<p>This story was first told on air and lightly edited.</p>", ()),
        (f"{TEXT * 9}<p>This story was written by Ada Quill, keeper of the harbour and its lamps.</p>", ("Ada Quill",)),
        ("<div>文・三枝 ひなた</div>", ("三枝 ひなた",)),
        ("<div>文・写真　三枝 ひなた</div>", ("三枝 ひなた",)),
        ("<div>海風日報 記者許文昕、李明／海風鎮報導</div>", ("許文昕", "李明")),
        ("<div>本报记者 许文昕</div>", ("许文昕",)),
        ("<div>記者会見／動画</div>", ()),
    ],
)
def test_the_byline_of_a_page_gives_its_authors(byline, names):
    assert authors_of(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<a href="/authors/ada-quill">Ada Quill</a>', ("Ada Quill",)),
        ('<a href="/autor/1877"><img src=a.jpg> Ada Quill</a>', ("Ada Quill",)),
        (
            "<p><a href=/team-authors/ada/>Ada Quill</a>, <a href=/team-authors/bo/>Bo Berg</a>",
            ("Ada Quill", "Bo Berg"),
        ),
        ('<a href="/author/seabird77x">seabird</a>', ("seabird",)),
        ('<a href="/blog?author=adaquill">Ada Quill</a>', ("Ada Quill",)),
        (f"<p>{'A whale waits. ' * 12}</p><a href=/authors/ada-quill>Ada Quill</a>", ("Ada Quill",)),
        ('<a href="/authors/">All our authors</a>', ()),
        ('<a href="/author/ada-quill">More posts</a>', ()),
        ('<a href="/topics/ada-quill">Ada Quill</a>', ()),
    ],
)
def test_a_link_to_the_page_of_an_author_names_him(byline, names):
    assert authors_of(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>Ada Quill</p><p>May 3, 2026</p>", ("Ada Quill",)),
        ("<p>Ada Quill | Harbours | May 3, 2026</p>", ("Ada Quill",)),
        ("<p><i>May 3, 2026</i><i>Ada Quill</i></p>", ("Ada Quill",)),
        ("<p>2026年10月5日 5時00分</p><p>相良 千冬</p>", ("相良 千冬",)),
        ("<p>2026年10月5日 5時00分</p><p>社会</p>", ()),
        ("<p>Ada Quill</p>", ()),
        ("<p>Harbour Master</p><p>May 3, 2026</p>", ()),
        ("<p><a href=/estate>Real Estate</a></p><p>May 3, 2026</p>", ()),
        ("<p>Last Updated: May 3, 2026</p>", ()),
    ],
)
def test_a_name_alone_beside_the_date_is_the_author(byline, names):
    assert authors_of(byline) == names
