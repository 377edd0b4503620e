"""Lists as columns: cut to any width, aligned in any script."""

import pytest

from newsreader.model.news import State
from newsreader.present.as_list import catalog_lines, entry_lines, hit_lines, match_lines, source_lines, story_lines
from newsreader.present.lines import plain, text_of
from newsreader.text import width

LIST_80 = """\
 101        3h  Harbour Post      Harbour bridge reopens after eleven months…  *
 102        5m  港湾新聞          港の大橋が11か月ぶりに開通、予定より2週間早く…
 103        2d  Портовые вести    Мост открыт спустя одиннадцать месяцев
 104    25 Sep  Harbour Post      Budget talks: what the council d…  + paywalled
1205  Apr 2025  항구일보 주말판…  한강 다리 열한 달 만에 다시 열려 👩‍🚒…  headline
1206                              https://news.example/a/1206
"""
LIST_45 = """\
 101        3h  Harbour…   Harbour bridge…  *
 102        5m  港湾新聞   港の大橋が11か月…
 103        2d  Портовые…  Мост открыт спуст…
 104    25 Sep  Harbour…   Budget talks…  + ~
1205  Apr 2025  항구일보…  한강 다리 열한…  ~
1206                       https://news.exam…
"""
LIST_20 = """\
 101 Harbour brid… *
 102 港の大橋が11か…
 103 Мост открыт сп…
 104 Budget tal… + ~
1205 한강 다리 열… ~
1206 https://news.e…
"""
FOUND_40 = """\
101  3h  Harbour…  Harbour bridge re…  *
     …the old bridge was closed in
     December, when the bridge
102  5m  港湾新聞  港の大橋が11か月ぶり…
     港の大橋が開通した。市民が早朝から
     並び、市長が最初に渡った。
"""
RELATED_80 = """\
0.91  102      5m  港湾新聞      港の大橋が11か月ぶりに開通、予定より2週間早く…
      linked by the page; same names: 港の大橋
0.40  104  25 Sep  Harbour Post  Budget talks: what the council decided
      rare words: harbour, bridge
"""
SOURCES_80 = """\
 1  ok         12m  Harbour Post  https://post.example/feed.xml
22  failed 3x   2h  港湾新聞      https://minato.example/rss/all.rdf
 3  paused          New           https://new.example/
"""
WHY_80 = """\
 1  ok         12m  Harbour Post  https://post.example/feed.xml
    last fetch 12m ago: ok; moved from http://post.example/rss on 15 Oct; next
    in 48m, since its feed says that it changes every hour
22  failed 3x   2h  港湾新聞      https://minato.example/rss/all.rdf
    last fetch 2h ago: failed; The server answered 503 and asked to wait an
    hour; next in 1h, after 3 failures in a row
 3  paused          New           https://new.example/
    never fetched; Gone for good (410); paused until resumed
"""
STORIES_80 = """\
 101  3h  > 2 new  Harbour bridge reopens after eleven m…  2 sources, 3 articles
 104  2d           港の大橋、渋滞が続く 市長「想定の範囲…   1 source, 2 articles
 107  3h  >        Budget talks: what the council decided    1 source, 1 article
1206  3h           A page from nowhere                                 1 article
"""
STORIES_60 = """\
 101  3h  > 2 new  Harbour bridge reopens after…   2 sources
 104  2d           港の大橋、渋滞が続く 市長「想…   1 source
 107  3h  >        Budget talks: what the council…  1 source
1206  3h           A page from nowhere
"""
STORIES_20 = """\
 101 > 2 Harbour…  2
 104     港の大橋… 1
 107 >   Budget t… 1
1206     A page fro…
"""
GROUPED_80 = """\
101      3h  Harbour Post    +1  Harbour bridge reopens after eleven month…  > *
102      5m  港湾新聞        2x  港の大橋が11か月ぶりに開通、予定より2週間早く…
103      2d  Портовые вести      Мост открыт спустя одиннадцать месяцев
104  25 Sep  Harbour Post        Budget talks: what the council de…  + paywalled
"""
CATALOG_80 = """\
post    en  Harbour Post
minato  ja  港湾新聞 地域版  subscribed
"""
CATALOG_40 = """\
post    en  Harbour Post
minato  ja  港湾新聞 地域版  *
"""
CATALOG_20 = """\
post   Harbour Post
minato 港湾新聞…   *
"""


@pytest.mark.parametrize(("columns", "expected"), [(80, LIST_80), (45, LIST_45), (20, LIST_20)])
def test_list(entries, now, columns, expected):
    assert plain(entry_lines(entries, columns, now)) == expected


def test_what_was_found_stands_below_its_headline(hits, now):
    lines = hit_lines(hits, 40, now)

    assert plain(lines) == FOUND_40
    assert [segment.text for line in lines for segment in line if segment.style == "match"] == ["bridge"] * 2 + ["大橋"]


def test_a_piece_of_text_that_a_terminal_would_obey_is_cleaned(hits, now):
    hit = hits[0]._replace(snippet=(("a \x1b[31m", False), ("b", True)))

    assert "\x1b" not in plain(hit_lines([hit], 80, now))
    assert len(hit_lines([hit._replace(snippet=())], 80, now)) == 1


def test_a_copy_says_so(an_entry, now):
    copy = an_entry(copy_of=7, starred=True)

    assert plain(entry_lines([copy], 80, now)).endswith("* copy\n")
    assert plain(entry_lines([copy], 30, now)).endswith("* =\n")


@pytest.mark.parametrize(("columns", "expected"), [(80, STORIES_80), (60, STORIES_60), (20, STORIES_20)])
def test_stories(stories, now, columns, expected):
    assert plain(story_lines(stories, columns, now)) == expected


def test_a_story_with_something_new_is_told_by_its_style_too(stories, now):
    rows = story_lines(stories, 80, now)
    assert [segment.style for row in rows for segment in row if "title" in segment.style] == ["title unread"] + [
        "title"
    ] * 3


def test_an_article_stands_for_its_story_with_its_further_sources(entries, stories, now):
    grouped = [entries[0]._replace(story=101), *entries[1:4]]

    assert plain(entry_lines(grouped, 80, now, followed={101, 107}, stories=stories)) == GROUPED_80
    wide = plain(entry_lines(grouped, 120, now, stories=stories)).splitlines()
    assert "  Harbour Post     +1 source  Harbour bridge" in wide[0]
    assert "  港湾新聞        2 articles  港の大橋" in wide[1]


def test_related(matches, now):
    assert plain(match_lines(matches, 80, now)) == RELATED_80


def test_sources(sources, now):
    assert plain(source_lines(sources, 80, now)) == SOURCES_80


def test_sources_tell_why(sources, now):
    assert plain(source_lines(sources, 80, now, why=True)) == WHY_80


@pytest.mark.parametrize(("columns", "expected"), [(80, CATALOG_80), (40, CATALOG_40), (20, CATALOG_20)])
def test_the_catalogue_is_cut_and_marked(catalog, columns, expected):
    assert plain(catalog_lines(catalog, {"minato"}, columns)) == expected


@pytest.mark.parametrize("columns", [*range(8, 64), 79, 80, 100, 120, 200])
def test_no_row_is_wider_than_the_terminal(entries, matches, hits, sources, catalog, stories, now, columns):
    rows = [*entry_lines(entries, columns, now), *match_lines(matches, columns, now), *hit_lines(hits, columns, now)]
    rows += [*source_lines(sources, columns, now, why=True), *catalog_lines(catalog, {"post", "minato"}, columns)]
    rows += story_lines(stories, columns, now)
    told = [entry._replace(story=101) for entry in entries[:4]]
    rows += entry_lines(told, columns, now, followed={101}, stories=stories)
    assert [text_of(row) for row in rows if width(text_of(row)) > columns] == []


def test_a_title_of_ten_thousand_characters_is_one_row(an_entry, now):
    (row,) = entry_lines([an_entry(title="漢字かな交じり" * 1500)], 80, now)
    assert 78 <= width(text_of(row)) <= 80


def test_nothing_is_cut_without_a_width(an_entry, now):
    title = "長い見出し" * 100
    (row,) = entry_lines([an_entry(title=title, starred=True)], 0, now)
    assert text_of(row).endswith(f"{title}  *")


def test_marks_stand_near_the_titles_on_a_wide_terminal(entries, now):
    longest = max(width(text_of(row)) for row in entry_lines(entries, 200, now))
    assert longest < 115


def test_unread_titles_are_told_by_their_style_and_lead_to_the_article(entries, now):
    rows = entry_lines(entries, 80, now)
    titles = [next(segment for segment in row if "title" in segment.style) for row in rows]
    assert [title.style for title in titles] == ["title unread", "title unread", "title"] + ["title unread"] * 3
    assert titles[0].url == "https://news.example/a/101"


def test_an_address_that_is_not_of_the_web_is_no_link(an_entry, now):
    rows = entry_lines([an_entry(url="javascript:alert(1)"), an_entry(url="https://x/\x1b\\")], 80, now)
    assert [segment.url for row in rows for segment in row if segment.url] == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.FULL])
def test_every_state_that_is_not_whole_is_told(an_entry, now, state):
    (row,) = entry_lines([an_entry(state=state)], 80, now)
    assert text_of(row).endswith(f"  {state}")


def test_no_entries_no_rows(now):
    assert entry_lines([], 80, now) == []
    assert match_lines([], 80, now) == []
    assert source_lines([], 80, now, why=True) == []
    assert story_lines([], 80, now) == []
