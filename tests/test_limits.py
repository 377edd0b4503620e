"""Hostile pages are cut down to what the parser can take, and what is not hostile stays as it is."""

import pytest

from newsreader import limits
from newsreader.dom import attr, parse, parse_text, text_of
from newsreader.limits import MAX_DEPTH, is_modest, within_limits

COUNTLESS = " ".join(f"a{number}" for number in range(40_000))


def test_deep_nesting_is_flattened_and_keeps_its_text():
    tree = parse_text("<div>" * 100_000 + "deep" + "</div>" * 100_000 + "<p>after</p>")
    depth = 0
    node = tree.body
    while node is not None and node.first_child is not None:
        node, depth = node.first_child, depth + 1
    assert depth <= MAX_DEPTH + 4
    assert tree.root is not None
    assert text_of(tree.root) == "deepafter"


def test_what_comes_after_too_many_tags_is_not_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_TAGS", 30_000)
    tree = parse(b"<i>a</i>" * 15_000 + b"<p>beyond")
    assert tree.root is not None
    assert text_of(tree.root) == "a" * 15_000


def test_end_tags_of_nothing_hide_no_depth():
    flat = within_limits("<div></x>" * (40 * MAX_DEPTH))

    assert flat.count("<div>") <= MAX_DEPTH + 1


@pytest.mark.parametrize(
    "bomb",
    [
        f"<p {COUNTLESS}>",
        f"<p/{COUNTLESS.replace(' ', '/')}>",
        f"<p t='>' {COUNTLESS}>",
        "<p " + COUNTLESS.replace(" ", "='<p>' ") + ">",
        "<p " + COUNTLESS.replace(" ", '= "\'>" ') + ">",
        f"<script>'<b t=\"'</script><p {COUNTLESS}>",
        f"<!-- <b t=' --><p {COUNTLESS}>",
        f"<!--><p {COUNTLESS}><!-- -->",
        f"<p b=c'd {COUNTLESS}>",
        f"<p =' {COUNTLESS}>",
    ],
    ids=[
        "plain",
        "slashes",
        "quoted >",
        "values",
        "spaced values",
        "script",
        "comment",
        "empty comment",
        "late quote",
        "no name",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_tag_of_countless_attributes_is_read_without_them(bomb, encoding):
    page = f"{bomb}The mill turns.</p><p id=two class=wheel>It grinds.</p>"
    tree = parse(page.encode(encoding))
    assert [paragraph.text() for paragraph in tree.css("p")] == ["The mill turns.", "It grinds."]
    assert [attr(paragraph, "class") for paragraph in tree.css("p")] == ["", "wheel"]
    assert [len(paragraph.attributes) for paragraph in tree.css("p")] == [0, 2]


@pytest.mark.parametrize(
    "markup",
    [
        f"<script>if (a<b) {{ '{COUNTLESS}' }}</script>",
        f"<style>/* <p {COUNTLESS} */</style>",
        f"<!-- <p {COUNTLESS} -->",
        f"<textarea><p {COUNTLESS}></textarea>",
        f"<p title='{COUNTLESS}' data-x=\"{COUNTLESS}\">x</p>",
        f"<p>{COUNTLESS}</p>",
    ],
)
def test_many_words_are_no_attributes(markup):
    assert is_modest(markup.encode())
    assert within_limits(markup) == markup


def test_a_picture_within_an_address_is_kept():
    source = "data:image/png;base64," + "A" * 400_000
    images = parse(f'<p>The mill</p><img src="{source}" alt=mill>'.encode()).css("img")
    assert [attr(image, "src") for image in images] == [source]
