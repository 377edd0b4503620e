"""Which articles tell one event: invented news, told apart by what they say."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.relate.stories import Profile, Usage, gather, kind_of, length_of
from newsreader.relate.terms import terms_of

DAY = 86400

TWO_FIRES = [
    (
        "Fire guts bakery in Norholm",
        "Flames destroyed the bakery of Ada Lund on Quay Street in Norholm. She had smelled smoke at 4.15 a.m.",
    ),
    (
        "Norholm: no one hurt as ovens catch fire",
        "Ada Lund ran out of her burning shop on Quay Street. The Norholm brigade needed 31 men.",
    ),
    (
        "31 firefighters battle blaze on Quay Street",
        "An oven is to blame, said Norholm fire chief Bo Frank. Baker Ada Lund called them at 4.15 a.m.",
    ),
    (
        "Saltmarsh bakery burns to the ground",
        "Ole Brandt lost his bakery at Mill Lane in Saltmarsh to a fire. A cable had melted.",
    ),
    (
        "Fire in Saltmarsh: baker saves cat",
        "Baker Ole Brandt went back into the flames on Mill Lane for his cat Pretzel, Saltmarsh police said.",
    ),
    (
        "Cat and baker safe after Mill Lane fire",
        "Pretzel, the cat of Ole Brandt, is well. The fire on Mill Lane in Saltmarsh began in a cable.",
    ),
]
DAY_IN_BRIEF = [
    ("Kestrel wins regatta", "Skipper Ines Moor steered Kestrel past Otter Point in 3:52."),
    ("Ferry to Birk Island cancelled", "Captain Tom Hale kept the Alma in port at Birk Island, with 218 aboard."),
    ("Choir of Vinter sings at night", "Conductor Pia Roth led the Vinter choir in Lantern Hall before 640 guests."),
    ("Glass found in jars of Honeyworks", "Honeyworks recalls 12,000 jars, said director Nils Foss in Amberton."),
]
HEADLINES = [
    ("青嶺半島沖でM7.9の地震、ノルホルムに津波警報", ""),
    ("津波警報》ノルホルム港に1メートルの波 住民が高台へ避難", ""),
    ("M7.9の地震、青嶺半島で震度6強 津波も観測", ""),
    ("クジラ祭り2026、来場者3万人で閉幕 来年も開催へ", ""),
    ("【写真】クジラ祭り2026の三日間 港に響いた太鼓", ""),
    ("舞台裏》蒼井市長が語る港の未来", ""),
    ("舞台裏》灯台守の娘が船長になるまで", ""),
]


def profiles_of(articles: Sequence[tuple[str, str]], language: str = "en") -> tuple[list[Profile], dict[int, int]]:
    """Each article as a story of its own, and the kinds of their terms."""
    found = [terms_of(title, text, language) for title, text in articles]
    held = Counter(term for terms in found for term in terms.weights)
    named = Counter(term for terms in found for term in terms.named)
    labelled = Counter(term for terms in found for term in terms.labels)
    ids = {term: at for at, term in enumerate(held)}
    kinds = {ids[term]: kind_of(Usage(term, held[term], named[term], labelled[term]), len(articles)) for term in held}
    profiles = []
    for terms in found:
        counts = {ids[term]: 1 for term in terms.weights}
        profiles.append(Profile(counts, length_of([kinds[term] for term in counts]), 0, 0))
    return profiles, kinds


def stories_of(articles: Sequence[tuple[str, str]], language: str = "en") -> set[frozenset[int]]:
    """Articles that stand together, by their places."""
    return {frozenset(group) for group in gather(*profiles_of(articles, language)) if len(group) > 1}


def test_two_events_of_one_sort_stay_two() -> None:
    assert stories_of(TWO_FIRES) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_headlines_alone_come_together_by_what_they_name_and_not_by_their_labels() -> None:
    assert stories_of(HEADLINES, "ja") == {frozenset({0, 1, 2}), frozenset({3, 4})}


@pytest.mark.parametrize("article", [("", ""), ("Weather", ""), ("天気", ""), ("Update", "Update."), ("2026", "2026")])
def test_articles_that_say_next_to_nothing_stand_alone(article: tuple[str, str]) -> None:
    assert stories_of([article] * 5) == set()


def test_the_order_of_articles_makes_no_difference() -> None:
    order = list(range(len(TWO_FIRES)))
    expected = stories_of(TWO_FIRES)

    for seed in range(5):
        Random(seed).shuffle(order)
        found = stories_of([TWO_FIRES[at] for at in order])
        assert {frozenset(order[at] for at in group) for group in found} == expected


def test_an_event_is_over_when_nothing_was_heard_of_it_for_long() -> None:
    profiles, kinds = profiles_of(TWO_FIRES[:2])
    later = profiles[1]._replace(first=400 * DAY, last=400 * DAY)

    assert gather(profiles, kinds) == [[0, 1]]
    assert gather([profiles[0], later], kinds) == [[0], [1]]


def test_stories_that_were_told_apart_stay_so_until_something_new_joins_them() -> None:
    profiles, kinds = profiles_of(TWO_FIRES[:3])

    assert gather(profiles[:2], kinds, stored=2) == [[0], [1]]
    assert gather(profiles, kinds, stored=2) == [[0, 1, 2]]


def test_a_list_of_the_days_headlines_joins_no_two_stories() -> None:
    day = " ".join(text for _, text in (TWO_FIRES[0], TWO_FIRES[3], *DAY_IN_BRIEF))

    assert stories_of([*TWO_FIRES, *DAY_IN_BRIEF, ("The day in brief", day)]) == stories_of(TWO_FIRES)


def test_one_form_for_two_events_makes_no_story() -> None:
    form = (
        "A strong quake shook the coast of {} near {} and {} at noon. Walls cracked, nobody was hurt, schools closed."
    )
    towns = [("Norholm", "Saltmarsh", "Birk"), ("Vinter", "Amberton", "Otterby")]

    assert stories_of([("Quake shakes coast", form.format(*each)) for each in towns]) == set()


def test_what_nearly_all_articles_hold_tells_little() -> None:
    usage = Usage("norholm", 30, 30, 0)

    assert kind_of(usage, 100) != kind_of(usage, 1000)
    assert length_of([kind_of(usage, 100)]) < length_of([kind_of(usage, 1000)])


def test_a_word_that_stands_in_labels_only_is_none() -> None:
    assert length_of([kind_of(Usage("opinion", 9, 0, 8), 100)]) == 0
    assert length_of([kind_of(Usage("tsunami", 9, 0, 3), 100)]) > 0


@given(st.lists(st.lists(st.sampled_from(["norholm", "ferry", "41", "bakery", "ice", "ada", "M7.9"]), max_size=6)))
def test_every_article_is_in_one_story(texts: list[list[str]]) -> None:
    groups = gather(*profiles_of([(" ".join(words), "") for words in texts]))

    assert sorted(at for group in groups for at in group) == list(range(len(texts)))
