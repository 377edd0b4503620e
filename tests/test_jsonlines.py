"""JSON objects of files of any size and shape."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import jsonlines
from newsreader.jsonlines import Found, Wrong, looks_like_json, read_objects

THREE = [{"url": "a"}, {"url": "b", "inner": {"text": "灯台 }\n{"}}, {"url": "c", "list": [1, {"d": 2}]}]


def read(body: bytes, head: int = 0) -> list[object]:
    """The objects, and for what is none the line and the reason."""
    found = read_objects(io.BytesIO(body[head:]), body[:head])
    return [each.values if isinstance(each, Found) else tuple(each) for each in found]


def lines(*objects: object) -> str:
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in objects)


SHAPES = {
    "lines": lines(*THREE),
    "lines with a byte order mark, blank ones and other ends": f"\ufeff\r\n{lines(*THREE)}\n".replace("\n", "\r\n"),
    "no end of the last line": lines(*THREE).rstrip(),
    "an array": json.dumps(THREE),
    "an array of lines": "[\n" + ",\n".join(map(json.dumps, THREE)) + "\n]\n",
    "an array of lines between brackets": "[" + ",\n".join(map(json.dumps, THREE)) + "]\n",
    "objects over several lines": "".join(json.dumps(each, indent=2) + "\n" for each in THREE),
    "an array over several lines": json.dumps(THREE, indent=2),
    "an array with tabs": json.dumps(THREE, indent="\t"),
    "what list prints": json.dumps({"schema": "newsreader.list/1", "articles": THREE, "next": None}),
    "what list prints over several lines": json.dumps({"articles": THREE}, indent=4),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_objects_are_found_in_every_shape(shape):
    body = SHAPES[shape].encode()

    assert looks_like_json(body)
    for head in (0, 5, 40, len(body)):
        assert read(body, head) == THREE


def test_what_is_none_is_told_by_its_line_and_the_rest_is_read():
    body = (
        b'{"url": "a"}\n{"url": "b"\n17\n["x", {"url": "c"}]\n\xff\n{"n": NaN}\n'
        + b"[" * 100_000
        + b'\n{"url": "d"}\n{\n"x":'
    )

    assert read(body) == [
        {"url": "a"},
        (2, "it is no JSON"),
        (3, "it is no object"),
        (4, "it is no object"),
        {"url": "c"},
        (5, "it is no JSON"),
        (6, "it is no JSON"),
        (7, "it is no JSON"),
        {"url": "d"},
        (9, "it is no JSON"),
    ]


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr(jsonlines, "LONGEST", 100)
    long = json.dumps({"url": "x" * 500})
    spread = json.dumps({"url": "a", "list": list(range(50))}, indent=1)

    found = read(f'{{"url": "a"}}\n{long}\n{{"url": "b"}}\n{spread}\n{{"url": "c"}}\n{long}'.encode())

    assert [each for each in found if isinstance(each, dict)] == [{"url": "a"}, {"url": "b"}, {"url": "c"}]
    assert (2, "it is longer than 0 MiB") in found
    assert (4, "it is longer than 0 MiB") in found


def test_no_more_is_read_than_is_asked_for():
    class Endless(io.BytesIO):
        lines = 0

        def readline(self, size: int | None = -1) -> bytes:  # noqa: ARG002  # the interface has it
            self.lines += 1
            return b'{"url": "a"}\n'

    source = Endless()
    found = read_objects(source)

    assert [next(found).line for _ in range(1000)] == list(range(1, 1001))
    assert source.lines == 1000


@pytest.mark.parametrize("text", ["", "\n\n", "https://example.org/feed\n", "<opml/>", "[1]Skip to content\n", "a { b"])
def test_other_files_do_not_look_like_json(text):
    assert not looks_like_json(text.encode())


@given(st.binary(max_size=200) | st.text('{}[],:"\n ab1', max_size=60).map(str.encode))
def test_no_bytes_stop_it(body):
    for found in read_objects(io.BytesIO(body)):
        assert isinstance(found, Found | Wrong)
        assert found.line >= 1
