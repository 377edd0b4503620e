"""A learned classifier: the likelihood that a piece of text belongs to the article.

The weights are decision trees that were boosted on pages with known text (Friedman, "Greedy function approximation",
2001); `tests/benchmarks/train_classifier.py` makes them. They are compiled to one expression a tree, which is many
times faster than to walk them.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from newsreader.extract.features import FEATURES, Row, Survey

_FIRST = 16  # trees after which a piece that is sure is done
_SURE = 3.0  # log-odds

Score = Callable[[Row], float]


def find_text(survey: Survey) -> frozenset[int]:
    """The indexes of the pieces of a page that are text of its article."""
    asked = list(survey.rows())
    score = _score()
    likely = [1 / (1 + exp(-score(row))) for _, row in asked]
    least = choose_likely(likely, [piece.size for piece, _ in asked])
    return frozenset(piece.index for (piece, _), chance in zip(asked, likely, strict=True) if chance >= least)


def choose_likely(likelihoods: list[float], sizes: Iterable[float]) -> float:
    """The least likelihood of what to take, so that the F1 of the text, by size, is the best to be expected.

    Where the best F1 is F, a piece is worth taking if its likelihood is above F/2 (Lipton, Elkan, Naryanaswamy,
    "Thresholding classifiers to maximize F1 score", 2014): where nothing is sure, less is asked for.
    """
    ranked = sorted(zip(likelihoods, sizes, strict=True), reverse=True)
    expected = sum(chance * size for chance, size in ranked)
    taken = hits = best = least = 0.0
    for chance, size in ranked:
        taken += size
        hits += chance * size
        if 2 * hits > best * (taken + expected):
            best, least = 2 * hits / (taken + expected), chance
    return least


@cache
def _score() -> Score:
    """The log-odds of a row as a function."""
    import json

    model = json.loads(files("newsreader.extract").joinpath("classifier.json").read_text("utf-8"))
    return compile_trees(model["trees"], tuple(model["features"]))


def compile_trees(trees: list[Any], features: tuple[str, ...]) -> Score:
    """A function of a row: a tree is a number, or [feature, threshold, tree if at most that, tree if more]."""
    if features != FEATURES:
        raise ValueError("the weights were learned from other features: train the classifier again")
    names = [f"f{number}" for number in range(len(features))]
    first, rest = (" + ".join(map(_expression, some)) or "0.0" for some in (trees[:_FIRST], trees[_FIRST:]))
    source = f"""
def score(row):
    {", ".join(names)} = map(float, row)  # a float and a whole number are compared at five times the cost
    sum = {first}
    return sum if sum > {_SURE} or sum < {-_SURE} else sum + {rest}
"""
    scope: dict[str, Any] = {}
    exec(source, scope)  # noqa: S102 - made of numbers of our own file alone
    found: Score = scope["score"]
    return found


def _expression(tree: Any) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, low, high = tree
    return f"({_expression(low)} if f{int(feature)} <= {float(threshold)!r} else {_expression(high)})"
