"""The program is killed at random moments: what it reported is there, and the store is whole."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import apsw
import pytest

TRIES = 60
KILLS = Path(__file__).with_name("kills.py")

# What may go wrong with a store, and what is then said of it.
HARM = {
    "UPDATE counter SET value = value + 1 WHERE name = 'unread'": "counters that differ from the rows",
    "UPDATE counter SET value = 0 WHERE name = 'arrivals'": "arrivals beyond their counter",
    "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'article'": "ids that would be used twice",
    "UPDATE announcement SET unread = 0 WHERE article = 2": "copies in announcements that differ",
    "UPDATE article SET arrival = NULL WHERE id = 2": "announced and not listed",
    "DELETE FROM article_url WHERE article = 1": "articles without an address",
    "INSERT INTO moved (id, article) VALUES (7, 9)": "ids that lead to what is no article",
    "INSERT INTO moved (id, article) VALUES (2, 1)": "ids that are two articles",
    "INSERT INTO gone (id, arrival) VALUES (2, 2)": "ids that are gone and there",
    "INSERT INTO search (rowid, words) VALUES (9, 'ghost')": "words in the index alone: [(9, 'ghost')]",
    "UPDATE article SET title = 'Ferry' WHERE id = 1": "words not in the index",
    "PRAGMA foreign_keys = OFF; DELETE FROM source": "leads nowhere",
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the victims are forked")
def test_a_program_that_is_killed_loses_nothing_that_it_reported() -> None:
    done = subprocess.run(
        [sys.executable, str(KILLS), "--tries", str(TRIES)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    table = {line.split()[0]: [int(figure) for figure in line.split()[1:]] for line in done.stdout.splitlines()[1:]}
    assert {kind: figures[0] for kind, figures in table.items()} == {"mark": 30, "fetch": 15, "migrate": 15}
    assert all(killed for _, killed, _, _ in table.values()), "nothing was at work when it was killed"
    assert table["mark"][2], "nothing was acknowledged, so that nothing could be lost"


def test_a_store_that_is_whole_has_no_faults(announced: Path, faults_of: Any) -> None:
    assert faults_of(announced) == []


@pytest.mark.parametrize("harm", HARM)
def test_what_is_wrong_with_a_store_is_found(announced: Path, faults_of: Any, harm: str) -> None:
    db = apsw.Connection(str(announced))
    db.execute(harm)
    db.close()

    assert any(HARM[harm] in fault for fault in faults_of(announced))


@pytest.fixture
def announced(path: Path, announce, headline, keep, article) -> Path:
    """A store of three articles, one with its text."""
    announce(*map(headline, (1, 2, 3)))
    keep(article(1, "The ferry left at nine.", "港は閉じた。"))
    return path
