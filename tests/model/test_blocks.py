"""Blocks and plain values: one comes back from the other."""

import json

from hypothesis import given
from hypothesis import strategies as st

from newsreader.model.blocks import Block, BlockKind, Image, Span, block_from_dict, block_lines, block_to_dict

spans = st.builds(
    Span,
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from(["bold", "link"]),
    st.none() | st.just("https://a.example/"),
)
images = st.builds(
    Image, st.text(), st.text(), st.text(), st.text(), st.none() | st.integers(1), st.none() | st.integers(1)
)
items = st.builds(
    Block, st.just(BlockKind.PARAGRAPH), st.text(), st.integers(0, 6), st.lists(spans, max_size=2).map(tuple)
)
blocks = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    text=st.text(),
    level=st.integers(0, 6),
    spans=st.lists(spans, max_size=3).map(tuple),
    items=st.lists(items, max_size=3).map(tuple),
    ordered=st.booleans(),
    rows=st.lists(st.lists(st.text(), max_size=3).map(tuple), max_size=3).map(tuple),
    header=st.booleans(),
    image=st.none() | images,
    url=st.none() | st.just("https://a.example/"),
)


@given(blocks)
def test_a_block_comes_back_from_json(block):
    assert block == block_from_dict(json.loads(json.dumps(block_to_dict(block))))


def test_fields_that_say_nothing_are_left_out():
    assert block_to_dict(Block(BlockKind.PARAGRAPH, "a")) == {"kind": "paragraph", "text": "a"}


def test_lines_are_what_a_reader_reads():
    item = Block(BlockKind.PARAGRAPH, "one", 1)
    assert block_lines(Block(BlockKind.LIST, items=(item, item))) == ["one", "one"]
    assert block_lines(Block(BlockKind.TABLE, rows=(("a", "", "b"),))) == ["a b"]
    assert block_lines(Block(BlockKind.FIGURE, image=Image("u", caption="c"))) == []
    assert block_lines(Block(BlockKind.EMBED, "a video", url="u")) == []
