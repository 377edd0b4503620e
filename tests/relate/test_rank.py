"""Ranking: what tells the same story comes first, what does not is not listed, and each match says why."""

from collections import Counter
from collections.abc import Sequence

import pytest

from newsreader.relate.rank import Ranked, rank
from newsreader.relate.terms import terms_of


def related(articles: Sequence[tuple[str, str]], number: int, language: str | None = None) -> list[Ranked]:
    """The ranking of all articles (title and text) for one of them; ids are places in the list."""
    terms = {at: terms_of(title, text, language).weights for at, (title, text) in enumerate(articles)}
    frequencies = Counter(term for found in terms.values() for term in found)
    own = terms.pop(number)
    return rank(own, terms, frequencies, len(articles))


def stories(headlines: Sequence[str], language: str) -> set[frozenset[int]]:
    """The headlines that hang together, by any number of steps; those that stand alone are left out."""
    told = [(headline, "") for headline in headlines]
    found: list[frozenset[int]] = []
    for at in range(len(told)):
        group = frozenset([at, *(match.id for match in related(told, at, language))])
        touching = [other for other in found if other & group]
        found = [other for other in found if not other & group] + [group.union(*touching)]
    return {group for group in found if len(group) > 1}


ENGLISH = [
    (
        "Ferry sinks off Norholm in storm",
        "The ferry Tern sank off Norholm on Friday. Captain Ada Quay and 41 others were rescued.",
    ),
    (
        "Forty-one rescued as Tern goes down",
        "All 41 people aboard the Tern were saved near Norholm, Captain Ada Quay told the coast guard.",
    ),
    (
        "Hill council raises water prices",
        "The council of Overhill will raise water prices by 12% in May, mayor Ben Stone said on Friday.",
    ),
    (
        "Overhill residents protest at dearer water",
        "Hundreds protested in Overhill against the 12% rise. Mayor Ben Stone defended the water prices.",
    ),
    (
        "Robin festival opens with record crowd",
        "The festival of early music opened on Friday with a record crowd and a concert by the river.",
    ),
]


@pytest.mark.parametrize(("number", "match"), [(0, 1), (1, 0), (2, 3), (3, 2)])
def test_the_same_event_is_found_and_nothing_else(number: int, match: int) -> None:
    assert [found.id for found in related(ENGLISH, number)] == [match]


def test_what_stands_alone_stays_alone() -> None:
    assert related(ENGLISH, 4) == []


def test_each_match_says_why() -> None:
    found = related(ENGLISH, 0)[0]

    assert found.reasons == ("same names: Captain Ada Quay, Norholm, Tern", "rare words: rescued", "same figures: 41")
    assert 0 < found.score < 1


JAPANESE = [
    "ノルホルム沖でM7.6の巨大地震、沿岸に津波警報",  # 0
    "津波警報で列車が終日運休 ノルホルム港も閉鎖",  # 1
    "ノルホルム沖地震、津波の第一波を沿岸で観測",  # 2
    "巨大地震の専門家、ノルホルム沖の余震続発に警戒",  # 3
    "白浜音楽祭2026、来場者5万人で閉幕",  # 4
    "初出場の若手が語る白浜音楽祭2026の魅力",  # 5
    "日本の観光客、今年も過去最多に 専門家が分析",  # 6
    "日本と北国の経済協定に専門家が懸念",  # 7
    "日本代表が初戦で逆転勝利",  # 8
    "蒼井首相、予算案の修正を表明 野党は反発",  # 9
    "野党が予算案で蒼井首相を追及",  # 10
    "日本の新聞社が値上げを発表",  # 11
    "日本各地で梅の開花が進む",  # 12
    "日本の職人技、北国の博覧会で人気",  # 13
]


def test_japanese_headlines_alone_come_together_by_event_and_are_not_glued_by_common_words() -> None:
    """日本 stands in six of fourteen headlines, 専門家 in three."""
    assert stories(JAPANESE, "ja") == {frozenset({0, 1, 2, 3}), frozenset({4, 5}), frozenset({9, 10})}


MIXED = [
    (
        "Kranich resumes sales of its K20 chip",
        "Kranich will sell its K20 chip in Norholm again; BRW will ship the QX308 as well.",
    ),
    (
        "クラーニヒ、半導体「K20」の販売再開",
        "Kranichは、半導体「K20」の販売をノルホルムで再開する。BRWも「QX308」を出荷する。",
    ),
    (
        "Quake of 8.7 off Norholm",
        "A quake of magnitude 8.7 struck off Norholm, the NGS said. Trains of NR East stopped.",
    ),
    (
        "ノルホルム沖でM8.7の地震",
        "ノルホルム沖でマグニチュード8.7の地震があった。NGSが発表し、NR東は運転を見合わせた。",
    ),
    ("Water to cost 15% more", "The council of Overhill will raise the price of water by 15% in 2026, or 240 crowns."),
    ("白浜音楽祭の来場者が15%増", "白浜音楽祭が2026年の日程を終え、来場者は前年より15%増えた。出演は240組だった。"),
]


@pytest.mark.parametrize(("number", "matches"), [(0, [1]), (1, [0]), (2, [3]), (3, [2]), (4, []), (5, [])])
def test_two_languages_meet_in_names_and_figures_but_not_in_figures_alone(number: int, matches: list[int]) -> None:
    assert [found.id for found in related(MIXED, number)] == matches


CHINESE = [
    "諾霍姆外海規模7.6強震 沿岸發布海嘯警報",
    "海嘯警報解除 諾霍姆列車恢復行駛",
    "市議會通過水費調漲案 居民抗議",
    "居民抗議水費調漲 市長出面說明",
    "早春音樂節開幕 觀眾創新高",
]


def test_chinese_headlines_alone_come_together_by_event() -> None:
    assert stories(CHINESE, "zh-TW") == {frozenset({0, 1}), frozenset({2, 3})}


KOREAN = [
    "노르홀름 앞바다에서 규모 7.6 강진, 해안에 쓰나미 경보",
    "쓰나미 경보 해제, 노르홀름 열차 운행 재개",
    "시의회, 수도 요금 인상안을 통과",
    "수도 요금 인상에 주민들 항의, 시의회는 해명",
    "이른 봄 음악 축제가 개막",
]


def test_korean_headlines_alone_come_together_by_event() -> None:
    assert stories(KOREAN, "ko") == {frozenset({0, 1}), frozenset({2, 3})}


def test_names_before_titles_are_named_as_the_reason() -> None:
    reasons = related([(headline, "") for headline in JAPANESE], 9, "ja")[0].reasons

    assert reasons[0] == "same names: 蒼井"


def test_copies_are_found_even_when_they_fill_the_store() -> None:
    copies = [("Norholm Lines opens a new pier", "The company Norholm Lines opened its pier on Friday.")] * 30

    found = related([*copies, ("Something else", "entirely different")], 0)

    assert len(found) == 29
    assert found[0].reasons[0] == "nearly the same words, 100%"


def test_the_same_input_gives_the_same_order_newest_first() -> None:
    copies = [("Ferry Tern sinks off Norholm", "")] * 3

    assert [match.id for match in related([*copies, *ENGLISH], 0)[:2]] == [2, 1]


@pytest.mark.parametrize("title", ["", "Ferry", "津波"])
def test_an_empty_or_one_word_article_is_related_to_nothing(title: str) -> None:
    assert related([(title, ""), *ENGLISH, ("津波警報で列車運休", "")], 0) == []


def test_nothing_to_compare_with() -> None:
    assert rank({}, {}, {}, 0) == []
    assert rank({"ferry": 1.0}, {1: {}}, {}, 0) == []
    assert rank({"ferry": 1.0, "tern": 1.0}, {1: {"ferry": 1.0, "tern": 1.0}}, {}, 2)[0].score == 1.0


def test_a_few_common_words_without_a_name_or_a_figure_are_chance() -> None:
    bakers = "Bakers of the island left ovens for the quiet harbour and got soup."
    clock = "A fast clock divides the quiet island; harbour and soup are late."

    assert related([("Bakers strike", bakers), ("Clock stays fast", clock), *ENGLISH], 0) == []
