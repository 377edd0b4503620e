"""Learn the weights of `newsreader/extract/classifier.json` from pages with known text.

    python tests/benchmarks/train_classifier.py FOLDER[=WEIGHT]… [--write] [--predictions FILE]

A FOLDER holds one folder a page with `page.html` and `truth.json` (`url`, `body`, and `domain` if pages of one site
are to stay together). Without `--write` the pages are split by domain into five parts, each predicted by what was
learned from the other four, and the word F1 of every folder is printed; `--predictions` also keeps these likelihoods.
Needs `pip install lightgbm`.
"""

import argparse
import json
import re
import zlib
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from newsreader import dom
from newsreader.extract import classifier
from newsreader.extract.body import find_container
from newsreader.extract.classifier import choose_likely
from newsreader.extract.features import FEATURES, Row, Survey
from newsreader.extract.metadata import read_metadata
from newsreader.extract.outline import read_outline

OUTPUT = Path(classifier.__file__).with_suffix(".json")
PARTS = 5
TREES = 60
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.13,
    "num_leaves": 12,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "num_threads": 2,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
RUN = 4  # words that tell where a text comes from
LONG = 12  # words of a text that is surely in its place
ENOUGH = 0.5  # share of its runs of words that a text must share with the known one
NEAR = 2  # pieces between a short text and a sure one


class Sample(NamedTuple):
    """One page: where it came from, the known text, the texts of its pieces with their rows and labels."""

    folder: str
    name: str
    domain: str
    truth: str
    texts: list[str]
    rows: list[Row]
    labels: list[bool]
    weight: float


def tokens(text: str) -> list[str]:
    """Words in small letters; a CJK character is a word."""
    return re.findall(
        r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+",
        text.lower(),
    )


def label(texts: Sequence[str], hidden: Sequence[bool], truth: str) -> list[bool]:
    """Which texts are in the known one, each as often as it is there; hidden copies come last."""
    words = [tokens(text) for text in texts]
    known = tokens(truth)
    runs = Counter(tuple(known[at : at + RUN]) for at in range(len(known) - RUN + 1))
    lines = Counter(" ".join(tokens(line)) for line in truth.split("\n"))
    left = runs.copy()
    shares = [0.0] * len(texts)
    for index in sorted(range(len(texts)), key=lambda index: (hidden[index], index)):
        own = [tuple(words[index][at : at + RUN]) for at in range(len(words[index]) - RUN + 1)]
        if own:
            shares[index] = fmean((left if hidden[index] else runs)[run] > 0 for run in own)
            if shares[index] > ENOUGH:
                left.subtract(own)
    places: dict[str, list[int]] = {}
    for index, found in enumerate(words):
        places.setdefault(" ".join(found), []).append(index)
    sure = [index for index, found in enumerate(words) if len(found) >= LONG and shares[index] > ENOUGH]
    whole = f" {' '.join(known)} "
    chosen = [False] * len(texts)
    for text, indexes in places.items():
        if not text:
            continue
        ranked = sorted(indexes, key=lambda index: _distance(index, sure))
        for index in ranked[: _times(text, [shares[index] for index in indexes], lines, runs)]:
            chosen[index] = True
        if len(text.split()) in range(2, RUN) and not lines[text] and f" {text} " in whole:
            chosen[ranked[0]] = _distance(ranked[0], sure) <= NEAR
    return chosen


def _distance(index: int, sure: list[int]) -> int:
    at = bisect(sure, index)
    return min((abs(index - other) for other in sure[max(at - 1, 0) : at + 1]), default=0)


def _times(text: str, shares: list[float], lines: Counter[str], runs: Counter[tuple[str, ...]]) -> int:
    """How often a text stands in the known one."""
    words = text.split()
    if len(words) < RUN:
        return lines[text]
    if max(shares) <= ENOUGH:
        return 0
    own = [runs[tuple(words[at : at + RUN])] for at in range(len(words) - RUN + 1)]
    return max(1, round(fmean(own)))


def read_samples(folder: Path, weight: float) -> Iterator[Sample]:
    """The pages of a folder."""
    for path in sorted(folder.iterdir()):
        truth = json.loads((path / "truth.json").read_text("utf-8"))
        if not truth.get("body") or truth.get("page_type") not in ("article", None):
            continue
        url = truth.get("url") or "https://example.com/a"
        outline = read_outline(dom.parse((path / "page.html").read_bytes()))
        meta = read_metadata(outline, url)
        container = find_container(outline, meta.headline)
        if container is None:
            continue
        found = list(Survey(outline, container, meta.headline, meta.summary).rows())
        pieces = [piece for piece, _ in found]
        labels = label([piece.text for piece in pieces], [piece.element.hidden for piece in pieces], truth["body"])
        domain = truth.get("domain") or path.name
        yield Sample(
            folder.name,
            path.name,
            domain,
            truth["body"],
            [piece.text for piece in pieces],
            [row for _, row in found],
            labels,
            weight,
        )


def learn(samples: Sequence[Sample]) -> Any:
    """A booster learned from pages; each page counts the same in its folder, however long it is."""
    import lightgbm
    import numpy as np

    rows = np.array([row for sample in samples for row in sample.rows], dtype="float64")
    labels = np.array([label for sample in samples for label in sample.labels], dtype="float64")
    weights = np.array([value for sample in samples for value in _weights(sample)], dtype="float64")
    data = lightgbm.Dataset(rows, labels, weight=weights / weights.mean(), feature_name=list(FEATURES))
    return lightgbm.train(PARAMETERS, data, TREES)


def _weights(sample: Sample) -> list[float]:
    total = max(len(tokens(sample.truth)), 50) + 80
    return [sample.weight * (len(tokens(text)) + 2) / total for text in sample.texts]


def trees_of(booster: Any) -> list[Any]:
    """The trees in the form that `classifier.compile_trees` reads."""
    return [_tree(info["tree_structure"]) for info in booster.dump_model()["tree_info"]]


def _tree(node: dict[str, Any]) -> Any:
    if "leaf_value" in node:
        return float(f"{node['leaf_value']:.4g}")
    threshold = 0.0 if abs(node["threshold"]) < 1e-20 else float(f"{node['threshold']:.6g}")
    return [node["split_feature"], threshold, _tree(node["left_child"]), _tree(node["right_child"])]


def word_f1(found: str, truth: str) -> float:
    """F1 of the words of two texts, as bags."""
    one, other = Counter(tokens(found)), Counter(tokens(truth))
    both = sum((one & other).values())
    return 2 * both / (sum(one.values()) + sum(other.values())) if one or other else 1.0


def cross_validate(samples: list[Sample], predictions: Path | None) -> None:
    """Print the word F1 of every folder, each page predicted from the pages of other domains."""
    scores: dict[str, list[float]] = {}
    kept: dict[str, list[float]] = {}
    for part in range(PARTS):
        inside = [sample for sample in samples if zlib.crc32(sample.domain.encode()) % PARTS == part]
        booster = learn([sample for sample in samples if zlib.crc32(sample.domain.encode()) % PARTS != part])
        for sample in inside:
            likely = [float(value) for value in booster.predict(sample.rows)] if sample.rows else []
            least = choose_likely(likely, [row[0] for row in sample.rows])
            chosen = [text for text, chance in zip(sample.texts, likely, strict=True) if chance >= least]
            scores.setdefault(sample.folder, []).append(word_f1("\n".join(chosen), sample.truth))
            kept[f"{sample.folder}/{sample.name}"] = likely
    for folder, found in scores.items():
        print(f"{folder:20} {len(found):5} pages  word F1 {fmean(found):.4f}")
    if predictions is not None:
        predictions.write_text(json.dumps(kept), "utf-8")


def main() -> None:
    """Learn, and write or judge what was learned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER[=WEIGHT]")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    samples: list[Sample] = []
    for folder in options.folders:
        name, _, weight = folder.partition("=")
        samples.extend(read_samples(Path(name), float(weight or 1)))
    if not options.write:
        cross_validate(samples, options.predictions)
        return
    model = {"features": FEATURES, "trees": trees_of(learn(samples))}
    OUTPUT.write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")
    print(f"{OUTPUT}: {OUTPUT.stat().st_size} bytes, from {len(samples)} pages")


if __name__ == "__main__":
    main()
