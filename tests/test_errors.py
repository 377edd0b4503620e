"""The tree of errors: each class has a code of its own and a documented exit status."""

from newsreader import errors
from newsreader.errors import ExitStatus, NewsreaderError


def tree(kind):
    return [kind, *(below for child in kind.__subclasses__() for below in tree(child))]


def test_codes_tell_the_classes_apart():
    codes = [kind.code for kind in tree(NewsreaderError) if kind is not errors.FetchError]

    assert len(codes) == len(set(codes))


def test_statuses_are_the_documented_ones():
    assert {kind.status for kind in tree(NewsreaderError)} == set(ExitStatus) - {ExitStatus.OK, ExitStatus.INTERRUPTED}


def test_the_tree_is_drawn_in_full():
    drawn = errors.__doc__ or ""

    assert [kind.__name__ for kind in tree(NewsreaderError) if kind.__name__ not in drawn] == []


def test_a_hint_of_the_moment_stands_before_that_of_the_class():
    assert errors.SlowError("x").hint == errors.SlowError.default_hint
    assert errors.SlowError("x", hint="y").hint == "y"
