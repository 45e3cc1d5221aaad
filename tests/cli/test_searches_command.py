"""`searches`: where somebody looked; and what `status` says of a country without a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run

LOG = """\
format: recognition-searches/1
searches:
  - countries: [FJI, TUV]
    reviewed: 2026-01-15
    seen: 2026-02-01
    where: public web pages, in English
    searched: Fiji and Kabul (4 queries)
    found: [yearbook-2026]
    dropped: One blog; no second source.
  - countries: [KIR]
    reviewed: 2026-01-15
    seen: 2026-02-02
    where: an archive
    searched: Kiribati
    found: []
"""


@pytest.fixture
def record(put: Put) -> Path:
    """A record of Fiji, with a log of searches for it and for two other countries."""
    path = put(CLEAN).parent
    (path / "searches.yaml").write_text(LOG, encoding="utf-8")
    return path


def test_searches_are_listed_by_country_in_order_of_names(run: Run, record: Path) -> None:
    ran = run("searches", "--scenarios", record)
    assert (ran.code, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if line[:1].isalpha()] == [
        "Fiji (FJI)",
        "Kiribati (KIR)",
        "Tuvalu (TUV)",
    ]
    told = " ".join(ran.out.split())
    assert (
        "Kiribati (KIR) Up to 2026-01-15, searched on 2026-02-02, in an archive."
        " Searched for: Kiribati. Found nothing. Tuvalu (TUV)"
    ) in told
    assert "Searched for: Fiji and Kabul (4 queries). One search for FJI, TUV. Found 1" in told
    assert "Found 1 source: yearbook-2026. Left out: One blog; no second source." in told


def test_country_without_a_search_is_named(run: Run, record: Path) -> None:
    ran = run("searches", "Samoa", "--scenarios", record)
    assert (ran.code, ran.out.split()) == (0, ["Samoa", "(WSM)", "No", "search", "is", "logged."])
    data = json.loads(run("searches", "Samoa", "--scenarios", record, "--format", "json").out)
    assert (data["searches"], data["not_searched"]) == ([], ["WSM"])


def test_searches_as_csv_have_a_row_for_each_country(run: Run, record: Path) -> None:
    rows = [
        *csv.DictReader(run("searches", "--scenarios", record, "--format", "csv").out.split("\n"))
    ]
    assert [r["sources_found"] for r in rows] == ["1", "0", "1"]
    assert [(r["country"], r["has_file"], r["countries"], r["found"]) for r in rows] == [
        ("FJI", "true", "FJI; TUV", "yearbook-2026"),
        ("KIR", "false", "KIR", ""),
        ("TUV", "false", "FJI; TUV", "yearbook-2026"),
    ]


def test_search_for_several_countries_is_one_item_of_json(run: Run, record: Path) -> None:
    data = json.loads(run("searches", "FJI", "TUV", "--scenarios", record, "--format", "json").out)
    assert data["format"] == "recognition-searches-list/1"
    (search,) = data["searches"]
    assert search == {
        "countries": ["FJI", "TUV"],
        "reviewed": "2026-01-15",
        "seen": "2026-02-01",
        "where": "public web pages, in English",
        "searched": "Fiji and Kabul (4 queries)",
        "found": ["yearbook-2026"],
        "dropped": "One blog; no second source.",
    }


def test_page_of_searches_parts_countries_with_a_file_from_others(run: Run, record: Path) -> None:
    page = run("searches", "--scenarios", record, "--format", "md").out
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert heads == [
        "# What was searched, and what came of it",
        "## Countries with a file",
        "### Fiji (FJI)",
        "## Countries without a file",
        "### Kiribati (KIR)",
        "### Tuvalu (TUV)",
    ]
    assert "| Kiribati (KIR) | 2026-01-15 | 2026-02-02 | 1 | 0 |\n" in page
    assert "| Tuvalu (TUV) | 2026-01-15 | 2026-02-01 | 1 | up to 1 |\n" in page
    assert "| — for which nothing was found | 1 |\n" in page
    assert "  - Found 1 source: yearbook-2026\n  - Left out: One blog; no second source.\n" in page
    assert "One search for 2 countries: FJI, TUV." in page
    assert "\n\n\n" not in page


def test_record_without_a_log_says_so(run: Run, put: Put) -> None:
    path = put(CLEAN).parent
    assert run("searches", "--scenarios", path).out == "No search is logged.\n"
    page = run("searches", "--scenarios", path, "--format", "md").out
    assert "No search is logged for Fiji." in page


def test_status_of_a_country_without_a_file_says_that_it_was_searched(
    run: Run, record: Path
) -> None:
    ran = run("status", "Kiribati", "Samoa", "--scenarios", record)
    assert ran.code == 2
    said = "Kiribati (KIR), searched on 2026-02-02 up to 2026-01-15: nothing found; Samoa (WSM) ("
    assert f"not in the record: {said}" in ran.err
    assert (
        "up to 2026-01-15: up to 1 source found (" in run("show", "TUV", "--scenarios", record).err
    )


def test_replay_warns_of_a_review_that_the_log_does_not_back(run: Run, record: Path) -> None:
    path = record / "FJI.yaml"
    whole = path.read_text(encoding="utf-8")
    line = "documented-until: 2026-01-15\n"
    path.write_text(whole.replace(line, f"{line}reviewed: 2026-01-16\n"), encoding="utf-8")
    ran = run("replay", record)
    assert (
        "RM423 reviewed 2026-01-16, which searches.yaml does not back: it looked up to" in ran.err
    )
    path.write_text(whole.replace(line, f"{line}reviewed: 2026-01-15\n"), encoding="utf-8")
    assert "RM423" not in run("replay", record).err
