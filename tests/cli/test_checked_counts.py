"""`coverage --checked`: how many entries were checked, by whom, and what a sample gave."""

from __future__ import annotations

import re

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run

HERE = ("--scenarios", "record")
ON = ("--on", "2026-11-02")
# Fiji's signal was changed after its check. 20.7 % is 1 / (1 + 1.96²), the lower end for 1 of 1.
PAGE = """\
Somebody other than the coder checked, as they stand now, 0 of 2 changes and 1 of 2 signals \
against their sources. The coder alone checked 1 change. 1 entry is known to be wrong and not \
corrected yet. 1 check has lapsed: the entry was changed since.

## Countries

| Country | Changes | by others | by coder | Signals | by others | Lapsed |
| --- | --- | --- | --- | --- | --- | --- |
| **Fiji** | 1 |  |  | 1 |  | *1* |
| **Tuvalu** | 1 |  | 1 | 1 | 1 |  |

## Sample spring

2 of 8 entries of the record with the entries 0, drawn on 2026-11-01 by the seed 7. Checked: 1. \
Results: 1 wrong. An error is an entry of which the date, what happened, the voice or a claim was \
wrong as it was drawn, whether it is corrected since or not. An entry that the page supports in \
part is not an error. 1 error in 1 entries whose page was found: 100.0 % (95 % interval 20.7 % to \
100.0 %, Wilson). An entry whose page could not be found again is neither right nor wrong, and is \
not in the rate; there was none.

- Fiji, engage 2022-02-01..2022-02-03: The day was another.
"""


@pytest.fixture
def checked(run: Run, put: Put) -> None:
    """Two countries with an act and a signal each, four checks and a sample."""
    put(CLEAN)
    put(CLEAN, country="TUV")
    drawn = ("--draw", "2", "--seed", "7", "--sample", "spring", "--on", "2026-11-01")
    wrong = ("--result", "wrong", "--found", "The day was another.", "--sample", "spring")
    right = ("--result", "agrees")
    for args in (
        drawn,
        ("Fiji", "--entry", "1", *wrong, "--by", "other", *ON, "--against", "yearbook-2026"),
        ("Fiji", "--entry", "4", *right, *ON, "--against", "yearbook-2026"),
        ("Tuvalu", "--entry", "1", *right, *ON, "--against", "yearbook-2026"),
        ("Tuvalu", "--entry", "4", *right, "--by", "other", *ON, "--against", "yearbook-2026"),
    ):
        assert run("checked", *HERE, *args).code == 0
    put(CLEAN.replace("2024-06\n", "2024-07\n"))


def test_page_counts_checks_by_country_and_tells_the_errors_of_a_sample(
    run: Run, checked: None
) -> None:
    out = run("coverage", "--checked", *HERE, "--format", "md").out
    assert re.sub("entries [0-9a-f]{12}", "entries 0", out) == PAGE


def test_one_country_of_the_shipped_record_counts_as_in_the_whole(run: Run) -> None:
    whole = run("coverage", "--checked", "--format", "csv").out.splitlines()
    head, russia = run("coverage", "RUS", "--checked", "--format", "csv").out.splitlines()
    assert head == whole[0]
    assert russia in whole
