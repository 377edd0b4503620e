"""Compressed bodies: whole, damaged, and larger than they look."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ContentTypeError, TooLargeError
from newsreader.fetch.coding import accept_encoding, decode_body

CAP = 1 << 20
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=5),
    "zstd": zstandard.ZstdCompressor().compress,
}
CODINGS = st.sampled_from(sorted(COMPRESS))


def decode(body: bytes, encoding: str | None) -> bytes:
    return decode_body(body, encoding, CAP, "example.org")


@given(st.binary(), CODINGS)
def test_what_was_compressed_comes_back(body, coding):
    assert decode(COMPRESS[coding](body), coding.upper()) == body


@given(st.binary(min_size=1), CODINGS)
def test_codings_are_undone_in_the_order_they_were_done(body, coding):
    assert decode(COMPRESS[coding](gzip.compress(body)), f"gzip, {coding}") == body


@given(st.binary(min_size=1), CODINGS)
def test_junk_is_damage_and_nothing_worse(junk, coding):
    try:
        decode(junk, coding)
    except (ContentTypeError, TooLargeError) as error:
        assert coding in error.message or "more than" in error.message  # noqa: PT017  # either ending is right


@pytest.mark.parametrize("coding", sorted(COMPRESS))
def test_half_a_body_is_damage(coding):
    body = COMPRESS[coding](bytes(range(256)) * 40)
    with pytest.raises(ContentTypeError, match="damaged"):
        decode(body[: len(body) // 2], coding)


@pytest.mark.parametrize("coding", sorted(COMPRESS))
def test_a_bomb_costs_its_cap_and_not_its_size(coding):
    bomb = COMPRESS[coding](bytes(64 * CAP))
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError, match=r"^example\.org sends more than 1,024 KiB, once"):
            decode(bomb, coding)
        assert tracemalloc.get_traced_memory()[1] < 8 * CAP
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", sorted(COMPRESS))
def test_a_body_of_just_the_cap_is_taken(coding):
    assert len(decode(COMPRESS[coding](bytes(CAP)), coding)) == CAP


def test_forms_that_servers_send_all_the_same():
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    assert decode(raw.compress(b"text") + raw.flush(), "deflate") == b"text"
    assert decode(gzip.compress(b"two ") + gzip.compress(b"members"), "x-gzip") == b"two members"
    assert decode(gzip.compress(b"text") + b"\0\0\0junk", "gzip") == b"text"
    assert decode(b"text", "identity") == decode(b"text", None) == b"text"


@pytest.mark.parametrize("coding", ["compress", "rot13", "gzip, gzip, gzip, gzip"])
def test_codings_that_cannot_be_undone_are_refused(coding):
    with pytest.raises(ContentTypeError, match="compressed"):
        decode(b"text", coding)


def test_only_what_can_be_undone_is_asked_for():
    assert accept_encoding() == "gzip, deflate, br, zstd"


def test_members_without_end_are_damage():
    with pytest.raises(ContentTypeError, match="damaged"):
        decode(gzip.compress(b"") * 5000, "gzip")
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip") == b"one two"
