"""Bylines as readers see them give names, without roles."""

import pytest

from newsreader.extract import extract_article

TEXT = "<p>The harbour master closed the port to everything with a propeller, and rowing boats kept watch.</p>" * 2


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<div class="byline">By Ada Quill</div>', ("Ada Quill",)),
        ('<div class="byline">By Ada Quill and Bo Berg | 3 May</div>', ("Ada Quill", "Bo Berg")),
        ('<div><span>2026年9月14日</span> <span class="writer">記者　森山葵</span></div>', ("森山葵",)),
        ("<div>記者：森山葵</div>", ("森山葵",)),
        ("<div>한지우 기자</div>", ("한지우",)),
        ('<a rel="author" href="/ada">Ada Quill</a>', ("Ada Quill",)),
        ('<div class="byline">desk@lantern.example</div>', ()),
    ],
)
def test_the_byline_of_a_page_gives_its_authors(byline, names):
    page = f"<html><head><title>Whale holds ferry</title></head><body><h1>Whale holds ferry</h1>{byline}{TEXT}</body>"

    assert extract_article(page.encode(), "https://lantern.example/news/10020").authors == names
