"""Rows for pipes: a fixed number of columns, nothing cut, nothing that breaks a row."""

from newsreader.present.as_tsv import catalog_rows, list_rows, related_rows, search_rows, sources_rows, story_rows


def test_list_rows_have_the_promised_columns(entries):
    rows = [row.split("\t") for row in list_rows(entries)]
    title = "Harbour bridge reopens after eleven months of repairs, two weeks early"
    url = "https://news.example/a/101"
    assert rows[0] == ["101", "2026-11-24T10:00:00+09:00", "Harbour Post", "full", "s", title, url]
    assert [row[4] for row in rows] == ["s", "-", "r", "l", "-", "-"]
    assert rows[5][1:3] == ["", ""]


def test_all_marks_together(an_entry):
    row = next(list_rows([an_entry(read=True, starred=True, later=True, hidden="you")]))
    assert row.split("\t")[4] == "rslh"


def test_nothing_is_cut(an_entry):
    title = "長い見出し" * 2000
    assert title in next(list_rows([an_entry(title=title)]))


def test_tabs_and_line_feeds_cannot_make_columns_or_rows(an_entry):
    row = next(list_rows([an_entry(title="a\tb\nc\r\x1b[2Jd", source_name="x\ty")]))
    assert row.split("\t")[2:6] == ["x y", "full", "-", "a b c [2Jd"]
    assert row.isprintable() is False  # the tabs between the columns, and nothing else
    assert row.replace("\t", "").isprintable()


def test_search_rows(hits):
    row = next(search_rows(hits)).split("\t")

    assert row[:2] == ["101", "0.910"]
    assert row[6] == "…the old bridge was closed in December, when the bridge"


def test_story_rows(stories):
    rows = [row.split("\t") for row in story_rows(stories)]

    assert rows[0][:3] == ["101", "2026-11-22T13:00:00+09:00", "2026-11-24T10:00:00+09:00"]
    assert rows[0][3:] == ["3", "Harbour Post, 港湾新聞", "f", "Harbour bridge reopens after eleven months"]
    assert [row[5] for row in rows] == ["f", "-", "f", "-"]


def test_related_rows(matches):
    rows = [row.split("\t") for row in related_rows(matches)]
    assert rows[0][:3] == ["102", "0.912", "related"]
    assert rows[0][-1] == "linked by the page; same names: 港の大橋"
    assert {len(row) for row in rows} == {8}


def test_sources_rows(sources):
    rows = [row.split("\t") for row in sources_rows(sources)]
    assert rows[0][:6] == [
        "1",
        "Harbour Post",
        "feed",
        "ok",
        "2026-11-24T12:48:00+09:00",
        "2026-11-24T13:48:00+09:00",
    ]
    assert [row[3] for row in rows] == ["ok", "failed", "paused"]
    assert {len(row) for row in rows} == {9}


def test_catalog_rows(catalog):
    assert list(catalog_rows(catalog)) == [
        "post\ten\tNZ\tfeed\tHarbour Post\thttps://post.example/feed.xml",
        "minato\tja\tJP\tfrontpage\t港湾新聞 地域版\thttps://minato.example/",
    ]
