"""What each text of a story adds: sentences word for word, none of which was told before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.relate.novelty import lead_sentence, new_sentences

# Stories of three texts each; of the second and third, a sentence that says something new begins with "+ ".
ENGLISH = [
    """The ferry Tern sank off Norholm in a storm on Friday night.
    All 41 people aboard were rescued by the coast guard, Captain Ada Quay said.
    The ferry had left the port of Overhill in the afternoon, despite a storm warning.
    The ferry company, Norholm Lines, declined to comment.""",
    """In a storm on Friday night, the Norholm ferry Tern sank.
    The coast guard rescued all 41 people who were aboard, said Captain Ada Quay.
    + The wreck lies at a depth of 38 metres and leaks oil, according to divers.
    Norholm Lines, the company that owns the ferry, declined to comment.
    + Mayor Ben Stone called for an inquiry.""",
    """The ferry Tern, which sank off Norholm in a storm on Friday night, will be raised in spring.
    + The company said on Monday that the salvage would cost 12 million crowns.
    Divers say that the wreck lies at a depth of 38 metres and leaks oil.
    + The captain was arrested on suspicion of negligence.
    + Passengers told the court that no life jackets had been handed out.
    Mayor Ben Stone had called for an inquiry.""",
]
GERMAN = [
    """Der Stadtrat von Norholm hat am Freitag eine Erhöhung der Wasserpreise um 12 Prozent beschlossen.
    Bürgermeisterin Eva Stein begründete den Schritt mit den Kosten der neuen Leitungen.
    Die Opposition stimmte geschlossen gegen den Antrag.
    Die höheren Preise gelten vom 1. Mai an.""",
    """Um 12 Prozent hat der Norholmer Stadtrat am Freitag die Wasserpreise erhöht.
    Als Grund nannte Bürgermeisterin Eva Stein die Kosten für die neuen Leitungen.
    + Vor dem Rathaus protestierten rund 300 Menschen gegen den Beschluss.
    Die Opposition hatte geschlossen gegen den Antrag gestimmt.
    + Der Mieterbund will vor Gericht ziehen.""",
    """+ Das Verwaltungsgericht hat die Erhöhung der Wasserpreise vorläufig gestoppt.
    Der Stadtrat von Norholm hatte am Freitag beschlossen, die Wasserpreise um 12 Prozent zu erhöhen.
    + Die Richter sehen Fehler in der Berechnung der Gebühren.
    + Bürgermeisterin Eva Stein kündigte an, Beschwerde einzulegen.
    Rund 300 Menschen hatten vor dem Rathaus gegen den Beschluss protestiert.""",
]
JAPANESE = [
    """ノルホルム沖で14日未明、マグニチュード7.6の地震があり、沿岸に津波警報が出された。
    気象庁によると、震源の深さは約20キロ。
    沿岸の住民約3万人が高台に避難した。
    港では漁船の転覆が相次いだが、けが人の情報はない。""",
    """14日未明、ノルホルム沖でマグニチュード7.6の地震が発生し、沿岸に津波警報が出された。
    沿岸の住民ら約3万人は高台に避難した。
    + 北国鉄道は全線で始発から運転を見合わせている。
    気象庁によると震源の深さは約20キロだった。
    + 蒼井首相は官邸に対策室を設置した。""",
    """+ 津波警報は14日正午に解除され、避難した住民は帰宅を始めた。
    気象庁によると、地震の震源の深さは約20キロ。
    + 専門家は余震が1週間ほど続く恐れがあるとみている。
    北国鉄道は始発から全線で運転を見合わせていた。
    港で漁船が相次いで転覆したが、けが人の情報はない。""",
]


def marked(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its marks, and the sentences that had one."""
    lines = [line.strip() for line in text.splitlines()]
    new = tuple(line.removeprefix("+ ") for line in lines if line.startswith("+ "))
    return "\n".join(line.removeprefix("+ ") for line in lines), new


@pytest.mark.parametrize("story", [ENGLISH, GERMAN, JAPANESE], ids=["en", "de", "ja"])
def test_what_a_text_adds_is_told_and_what_was_told_in_other_words_is_not(story: list[str]) -> None:
    texts, expected = zip(*map(marked, story), strict=True)

    found = new_sentences(texts)

    assert found[0] == tuple(texts[0].splitlines())
    assert found[1:] == list(expected[1:])


def test_a_new_figure_or_name_is_new_however_much_of_the_sentence_is_known() -> None:
    texts = [
        "The ferry Tern sank off Norholm and 12 people are missing.",
        "The ferry Tern sank off Norholm and 14 people are missing.",
        "The ferry Tern sank off Norholm and Brackwater, and 14 people are missing.",
        "フェリーが沈没し、船長のアダ・クエイさんが救助された。",
        "フェリーが沈没し、船長のベン・ストーンさんが救助された。",
    ]

    assert new_sentences(texts) == [(text,) for text in texts]


def test_the_same_sentence_in_other_type_is_known() -> None:
    assert (
        new_sentences(["関税率は２０％に上がる、と首相は述べた。", "関税率は20％に上がる、と首相は述べた。"])[1] == ()
    )
    assert new_sentences(["“We saw nothing,” the pilot said.", '"We saw nothing", the pilot said.'])[1] == ()


def test_headings_bylines_and_labels_add_nothing() -> None:
    text = """Ferry sinks off Norholm
LONDON (Harbour News) -
By Ada Quay
Read also: The last storm
Updated.
The ferry Tern sank off Norholm on Friday night."""

    assert new_sentences([text]) == [("The ferry Tern sank off Norholm on Friday night.",)]
    assert lead_sentence(text) == "The ferry Tern sank off Norholm on Friday night."


def test_a_sentence_that_tells_nothing_is_not_new() -> None:
    assert new_sentences(["The ferry Tern has sunk.", "That is what she said about it."])[1] == ()


def test_a_text_without_a_sentence_has_no_lead() -> None:
    assert lead_sentence("") == lead_sentence("Ferry sinks\n\nBy Ada Quay") == ""


def test_a_sentence_that_a_text_has_twice_is_told_once() -> None:
    assert new_sentences(["The ferry Tern has sunk. More soon.\nThe ferry Tern has sunk."]) == [
        ("The ferry Tern has sunk.",)
    ]


@pytest.mark.parametrize("count", [1, 300])
def test_a_known_sentence_is_recognised_however_long_the_story_is(count: int) -> None:
    others = [
        f"Witness {number} told the paper about the storm and lost goods worth {number}00." for number in range(count)
    ]
    copies = new_sentences([*ENGLISH[:1], *others, "Captain Ada Quay said that the coast guard rescued all 41 aboard."])

    assert copies[-1] == ()


WORDS = st.sampled_from(
    [
        "the",
        "ferry",
        "Tern",
        "41",
        "3.5%",
        "Mr.",
        "U.S.",
        "Straße",
        "フェリー",
        "沈没した",
        "港",
        "“so”",
        "「はい」",
        "ท่าเรือ",
    ]
)
SENTENCE = st.builds(
    "{}{}".format, st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.sampled_from(".。!?？… ")
)
TEXT = st.lists(st.lists(SENTENCE, max_size=3).map(" ".join), max_size=4).map("\n".join)
TEXTS = st.lists(TEXT | st.text(max_size=60), max_size=6)


@given(TEXTS)
def test_sentences_are_word_for_word_and_in_reading_order(texts: list[str]) -> None:
    for text, found in zip(texts, new_sentences(texts), strict=True):
        at = 0
        for sentence in found:
            assert sentence.strip() == sentence != ""
            at = text.index(sentence, at) + len(sentence)


@given(TEXTS)
def test_what_was_told_adds_nothing_when_it_is_told_again(texts: list[str]) -> None:
    assert not any(new_sentences([*texts, *texts])[len(texts) :])


@given(TEXTS, st.integers(0, 6))
def test_what_a_text_adds_does_not_depend_on_later_ones(texts: list[str], count: int) -> None:
    assert new_sentences(texts)[:count] == new_sentences(texts[:count])
