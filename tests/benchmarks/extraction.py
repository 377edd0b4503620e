"""How well and at what cost articles are extracted: accuracy and CPU over a folder of pages, then the worst pages.

    python tests/benchmarks/extraction.py [FOLDER] [--worst 10] [--peer trafilatura] [--runs 3] [--no-huge]

FOLDER holds a folder for each page, at any depth, with `page.html` as served and `truth.json`: an object with `url`,
`body` (standfirst, headings, paragraphs, list items, quotes and table rows, a line each), `title`, `date` (ISO 8601),
`authors` (list of names), `language` and `sections` (list of headings); what is missing is not scored. Without FOLDER
the golden pages of tests/extract/pages are read.

Words are compared in small letters, and a CJK character is a word. Word F1 is the mean over pages; 4-gram F1 is that
of the mean precision and the mean recall. CPU is process time, the least of `--runs`, parsing and metadata included;
with a peer, both take turns page by page and the ratio is that of the totals. The worst pages are built in memory and
read each in a process of its own; their memory is the peak of that process, interpreter included.
"""

import argparse
import importlib
import json
import re
import resource
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

GOLDEN = Path(__file__).resolve().parents[1] / "extract" / "pages"
MEBIBYTE = 1024 * 1024
GRAM = 4


class Page(NamedTuple):
    """A page and what is true of it."""

    name: str
    body: bytes
    truth: dict[str, Any]


class Found(NamedTuple):
    """What an extractor gave; `None` where it does not tell."""

    text: str
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] | None = None
    headings: tuple[str, ...] | None = None


class Score(NamedTuple):
    """How good that is, each value 0–1, and `None` where the truth or the extractor does not tell."""

    word_f1: float | None = None
    gram_precision: float | None = None
    gram_recall: float | None = None
    title: float | None = None
    date: float | None = None
    authors: float | None = None
    heading_recall: float | None = None
    heading_precision: float | None = None


Extractor = Callable[[bytes, str], Found]


def read_pages(folder: Path) -> list[Page]:
    """The pages below a folder, in the order of their names."""
    return [
        Page(path.parent.name, (path.parent / "page.html").read_bytes(), json.loads(path.read_text("utf-8")))
        for path in sorted(folder.rglob("truth.json"))
    ]


def read_golden() -> list[Page]:
    """The pages of the tests that have text, their expected articles as truth."""
    from newsreader.model.article import Article
    from newsreader.model.blocks import block_from_dict

    pages = []
    for path in sorted(GOLDEN.glob("*.expected.json")):
        expected = json.loads(path.read_text("utf-8"))
        blocks = tuple(block_from_dict(block) for block in expected["blocks"])
        truth = {
            "url": expected["address"],
            "body": Article(url="", subtitle=expected["subtitle"], blocks=blocks).text,
            "title": expected["title"],
            "date": expected["published"],
            "authors": expected["authors"],
            "language": expected["language"],
            "sections": [block["text"] for block in expected["blocks"] if block["kind"] == "heading"],
        }
        name = path.name.removesuffix(".expected.json")
        source = next(
            path.parent / f"{name}{end}" for end in (".html", ".txt") if (path.parent / f"{name}{end}").exists()
        )
        if truth["body"]:
            pages.append(Page(name, source.read_bytes(), truth))
    return pages


def newsreader(body: bytes, url: str) -> Found:
    """What this program finds."""
    from newsreader.extract import extract_article

    article = extract_article(body, url)
    date = article.published.isoformat() if article.published else None
    return Found(article.text, article.title, date, article.authors, tuple(text for _, text in article.toc))


def trafilatura(body: bytes, url: str) -> Found:
    """What the peer finds: the text alone, without comments, as it is fastest."""
    text = importlib.import_module("trafilatura").extract(body, url=url or None, include_comments=False)
    return Found(text or "")


PEERS: dict[str, Extractor] = {"trafilatura": trafilatura}


@cache
def token_form() -> re.Pattern[str]:
    """A CJK character, or a run of other word characters."""
    cjk = "\u3005\u3006\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\uff66-\uff9f"
    return re.compile(f"[{cjk}]|[^\\W{cjk}]+")


def tokens(text: str) -> list[str]:
    """The words of a text."""
    return token_form().findall(text.lower())


def plain(text: str) -> str:
    """A title, name or heading for comparison: one form of quotes, dashes, spaces and letters."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”„«»‘’‚–—‑", '"""""\'\'\'---'))
    return " ".join(text.lower().split()).strip(" :#*")


def overlap(true: Counter[Any], found: Counter[Any]) -> tuple[float, float]:
    """Precision and recall of one bag against another; of an empty one they are 1 where the other is empty, too."""
    common = (true & found).total()
    if not true or not found:
        return (float(not found), float(not true)) if not (true or found) else (0.0, 0.0)
    return common / found.total(), common / true.total()


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grams(words: list[str]) -> Counter[tuple[str, ...]]:
    """Every run of four words, shorter texts as they are."""
    return Counter(tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1))) if words else Counter()


def score(found: Found, truth: dict[str, Any]) -> Score:
    """How good what was found is."""
    values: dict[str, float] = {}
    if truth.get("body"):
        true, words = tokens(truth["body"]), tokens(found.text)
        values["word_f1"] = f1(*overlap(Counter(true), Counter(words)))
        values["gram_precision"], values["gram_recall"] = overlap(grams(true), grams(words))
    if truth.get("title") and found.title is not None:
        values["title"] = float(plain(found.title) == plain(truth["title"]))
    if truth.get("date") and found.authors is not None:
        values["date"] = float((found.date or "")[:10] == truth["date"][:10])
    if truth.get("authors") and found.authors is not None:
        values["authors"] = f1(*overlap(Counter(map(plain, truth["authors"])), Counter(map(plain, found.authors))))
    if truth.get("sections") and found.headings is not None:
        true_headings, headings = Counter(map(plain, truth["sections"])), Counter(map(plain, found.headings))
        precision, values["heading_recall"] = overlap(true_headings, headings)
        if headings:
            values["heading_precision"] = precision
    return Score(**values)


def timed(extractor: Extractor, page: Page, runs: int) -> tuple[Found, float]:
    """What an extractor finds, and the least CPU seconds that it took."""
    least = float("inf")
    found = Found("")
    for _ in range(runs):
        before = time.process_time()
        found = extractor(page.body, page.truth.get("url") or "")
        least = min(least, time.process_time() - before)
    return found, least


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is known, `None` if nothing is."""
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None


def row(name: str, scores: list[Score], seconds: list[float]) -> str:
    """The line of the table of one extractor."""
    gram = (mean(one.gram_precision for one in scores), mean(one.gram_recall for one in scores))
    values = [
        mean(one.word_f1 for one in scores),
        f1(*gram) if None not in gram else None,  # type: ignore[arg-type]  # neither is None
        *(mean(getattr(one, field) for one in scores) for field in Score._fields[3:]),
    ]
    cells = "".join(f"{'-' if value is None else f'{value:.3f}':>7}" for value in values)
    return f"{name:12}{len(scores):6}{cells}{statistics.median(seconds) * 1000:9.2f}{sum(seconds):9.2f}"


def compare(pages: list[Page], peer: str | None, runs: int) -> dict[str, list[Score]]:
    """Read all pages and print the table; the scores by extractor."""
    extractors: dict[str, Extractor] = {"newsreader": newsreader}
    if peer:
        extractors[peer] = PEERS[peer]
    scores: dict[str, list[Score]] = {name: [] for name in extractors}
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    for extractor in extractors.values():  # what is loaded at the first call is no cost of a page
        extractor(pages[0].body, "")
    for at, page in enumerate(pages):
        for name in sorted(extractors, reverse=bool(at % 2)):
            found, spent = timed(extractors[name], page, runs)
            scores[name].append(score(found, page.truth))
            seconds[name].append(spent)
    heads = ("word F1", "4-gram", "title", "day", "author", "head R", "head P")
    print(f"{'':12}{'pages':>6}{''.join(f'{head:>7}' for head in heads)}{'ms a page':>9}{'s in all':>9}")
    for name in extractors:
        print(row(name, scores[name], seconds[name]))
    if peer:
        print(f"CPU: {sum(seconds['newsreader']) / sum(seconds[peer]):.3f} of {peer}")
    return scores


def print_worst(pages: list[Page], scores: list[Score], number: int) -> None:
    """The pages with the least word F1."""
    ranked = sorted(
        zip(scores, pages, strict=True), key=lambda one: one[0].word_f1 if one[0].word_f1 is not None else 2
    )
    for one, page in ranked[:number]:
        if one.word_f1 is not None:
            print(f"{one.word_f1:.3f}  {page.name}  {page.truth.get('url') or ''}")


def live_blog() -> bytes:
    """1.3 MB of updates, each with a time, a heading, text, a picture and links."""
    update = (
        '<div class="post" id="p{0}"><time datetime="2026-05-01T12:00:00Z">12.00</time>'
        "<h3>Boat {0} has passed the mole</h3>"
        "<p>The judges waved boat {0} through after a minute of doubt, and its crew rowed on to the line, where "
        'the crowd had been <a href="/news/crowd-waits-for-boat-{0}">waiting for it</a> since the morning.</p>'
        '<figure><img src="/i/{0}.jpg" alt=""><figcaption>Boat {0} at the mole</figcaption></figure></div>\n'
    )
    return ("<article><h1>Regatta, live</h1>" + "".join(update.format(n) for n in range(2600)) + "</article>").encode()


def whole(item: bytes, size: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """A page of so many bytes that says one thing over and over."""
    return b"<html><body><h1>A very long page</h1>" + before + item * (size // len(item)) + after + b"</body></html>"


TEN = 10 * MEBIBYTE
HUGE: dict[str, Callable[[], bytes]] = {
    "live blog, 1.3 MB": live_blog,
    "article, 10 MB": lambda: whole(b"<p>The harbour master closed the port, and nobody rowed out.</p>", TEN),
    "links, 10 MB": lambda: whole(b'<li><a href="/news/harbour-is-closed-1234">The harbour is closed</a></li>', TEN),
    "table cells, 10 MB": lambda: whole(b"<tr><td>Harbour</td><td>closed</td></tr>", TEN, b"<table>", b"</table>"),
    "100,000 nested": lambda: whole(
        b"<div>", 500_000, after=b"<p>The harbour master closed the port, and nobody rowed out.</p>" * 9
    ),
}


def read_huge(name: str) -> None:
    """In a process of its own: read one of the worst pages; print CPU seconds, peak MiB and size of the text."""
    from newsreader.extract import extract_article

    body = HUGE[name]()
    extract_article(b"<p>Load what is needed.</p>", "https://news.example/")
    before = time.process_time()
    article = extract_article(body, "https://news.example/news/long-1001")
    spent = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MEBIBYTE if sys.platform == "darwin" else 1024)
    print(f"{name:20}{len(body) / 1e6:7.1f}{spent:9.2f}{peak:9.0f}  {len(article.text):,} {article.reason}")


def print_huge() -> None:
    """The table of the worst pages. Before anything is loaded here: a process begins with its parent's peak."""
    print(f"{'worst pages':20}{'MB':>7}{'s CPU':>9}{'MiB peak':>9}  characters of text", flush=True)
    for name in HUGE:
        subprocess.run([sys.executable, __file__, "--huge", name], check=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="pages with their truth; else the golden pages")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N pages with the least word F1")
    parser.add_argument("--peer", choices=PEERS, help="compare with this one, which must be installed")
    parser.add_argument("--runs", type=int, default=1, help="take the least CPU of so many runs")
    parser.add_argument("--no-huge", action="store_true", help="leave out the worst pages")
    parser.add_argument("--huge", choices=HUGE, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.huge:
        read_huge(options.huge)
        return
    if not options.no_huge:
        print_huge()
    pages = read_pages(options.folder) if options.folder else read_golden()
    if not pages:
        parser.error(f"no truth.json below {options.folder}")
    scores = compare(pages, options.peer, options.runs)
    print_worst(pages, scores["newsreader"], options.worst)


if __name__ == "__main__":
    main()
