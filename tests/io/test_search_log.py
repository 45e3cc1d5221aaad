"""The log of searches: read as strictly as a scenario, with its whole folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from support.fixtures import Story, Write

import recognition_model as rm
from recognition_model.core.searches import SearchLog
from recognition_model.io.shipped import record_root
from recognition_model.io.writer import searches_text

VISIT = "- {signal: visit, date: 2022-05-01, evidence: [$press]}\n"
GOOD = """\
format: recognition-searches/1
searches:
  - countries: [FJI, TUV]
    reviewed: 2026-01-15
    seen: 2026-02-01
    where: public web pages, in English
    searched: Fiji and Kabul, Tuvalu and envoys (4 queries)
    found: [yearbook-2026]
    dropped: One blog; no second source.
  - countries: [TUV]
    reviewed: 2024-12-31
    seen: 2026-02-02
    where: an archive
    searched: Tuvalu
    found: []
"""


def log_of(folder: rm.Folder) -> SearchLog:
    (log,) = folder.searches.values()
    return log


@pytest.fixture
def folder(write: Write, story: Story, register: Mapping[str, rm.Source]) -> rm.Folder:
    write(story(VISIT, country="FJI"), "FJI.yaml")
    return rm.load_folder(write(GOOD, "searches.yaml").parent, register)


def test_log_is_read_with_its_folder(folder: rm.Folder) -> None:
    assert folder.findings == ()
    first, second = log_of(folder).searches
    assert (first.countries, first.reviewed) == (("FJI", "TUV"), date(2026, 1, 15))
    assert [source.id for source in first.found] == ["yearbook-2026"]
    assert (second.found, second.dropped) == ((), "")
    assert (first.place.line, second.place.line) == (3, 10)
    assert str(log_of(folder)) == "2 searches for 2 countries"
    assert str(first) == "FJI, TUV up to 2026-01-15: 1 found"
    assert str(second) == "TUV up to 2024-12-31: nothing found"


def test_searches_of_a_country_begin_with_the_one_that_looked_furthest(folder: rm.Folder) -> None:
    days = [one.reviewed.isoformat() for one in log_of(folder).of("TUV")]
    assert days == ["2026-01-15", "2024-12-31"]
    assert log_of(folder).of("NRU") == ()


def test_sources_of_a_shared_search_may_be_those_of_another_country(folder: rm.Folder) -> None:
    log = log_of(folder)
    assert (log.found_for("TUV"), log.found_for("NRU")) == ((1, False), (0, True))
    shared, alone = log.searches
    alone = evolve(alone, found=shared.found)
    assert SearchLog(searches=(alone, shared)).found_for("TUV") == (1, True)
    assert SearchLog(searches=(shared, alone)).found_for("TUV") == (1, True)


def test_log_is_no_record_and_is_not_read_with_one_file(
    write: Write, story: Story, register: Mapping[str, rm.Source]
) -> None:
    path = write(story(VISIT, country="FJI"), "FJI.yaml")
    write(GOOD, "searches.yaml")
    alone = rm.load_folder(path, register)
    assert (len(alone.scenarios), dict(alone.searches), alone.findings) == (1, {}, ())


@pytest.mark.parametrize(
    ("right", "wrong", "code", "hint"),
    [
        ("countries: [TUV]", "countries: [TV]", "RM205", "write TUV (Tuvalu)"),
        ("countries: [TUV]", "countries: []", "RM212", ""),
        ("    searched: Tuvalu\n", "", "RM202", ""),
        ("searched: Tuvalu", "serched: Tuvalu", "RM201", "did you mean searched?"),
        ("where: an archive", "query: an archive", "RM201", ""),
        ("[yearbook-2026]", "[yearbok-2026]", "RM301", "did you mean yearbook-2026?"),
        ("reviewed: 2024-12-31", "reviewed: 2024-12", "RM405", ""),
        ("reviewed: 2024-12-31", "reviewed: 2026-02-03", "RM422", ""),
        ("searches/1", "searchs/1", "RM206", "write format: recognition-searches/1"),
        ("found: []", "found: none", "RM203", ""),
    ],
)
def test_mistake_in_a_log_is_a_finding(
    right: str,
    wrong: str,
    code: str,
    hint: str,
    write: Write,
    story: Story,
    register: Mapping[str, rm.Source],
) -> None:
    assert right in GOOD
    write(story(VISIT, country="FJI"), "FJI.yaml")
    path = write(GOOD.replace(right, wrong), "searches.yaml")
    folder = rm.load_folder(path.parent, register)
    found = [one for one in folder.findings if one.is_error]
    assert code in [one.code for one in found]
    assert all(Path(one.place.file) == path and one.place.line for one in found)
    assert any(hint in one.hint for one in found)
    assert (dict(folder.searches), folder.unused) == ({}, (str(path),))
    assert [one.country for one in folder.scenarios] == ["FJI"]


def test_log_that_is_named_otherwise_is_said_to_be_read_beside_the_files(
    write: Write, story: Story, register: Mapping[str, rm.Source]
) -> None:
    write(story(VISIT, country="FJI"), "FJI.yaml")
    folder = rm.load_folder(write(GOOD, "log.yaml").parent, register)
    (found,) = folder.findings
    assert (found.code, "read beside the scenarios, as searches.yaml" in found.hint) == (
        "RM206",
        True,
    )


def test_written_log_reads_back_equal(
    folder: rm.Folder, tmp_path: Path, register: Mapping[str, rm.Source]
) -> None:
    text = searches_text(log_of(folder).searches)
    assert "  - countries: [FJI, TUV]\n    reviewed: 2026-01-15\n" in text
    (tmp_path / "searches.yaml").write_text(text, encoding="utf-8")
    assert log_of(rm.load_folder(tmp_path, register)).searches == log_of(folder).searches
    assert searches_text([]) == "format: recognition-searches/1\nsearches: []\n"


def test_every_review_of_the_shipped_record_is_logged() -> None:
    folder = rm.load_folder()
    log = folder.searches[str(record_root("scenarios"))]
    reviewed = [one for one in folder.all_scenarios if one.reviewed is not None]
    assert reviewed
    unbacked = [
        one.country
        for one in reviewed
        if not any(search.covers(one.country, one.reviewed) for search in log.searches)
    ]
    assert unbacked == []


def test_log_of_another_version_of_the_record_is_read_from_its_seeds(
    tmp_path: Path, story: Story
) -> None:
    for name in ("scenarios", "seeds"):
        (tmp_path / name).mkdir()
    for name in ("sources.yaml", "signals.yaml", "authority.yaml"):
        source = record_root("seeds") / name
        (tmp_path / "seeds" / name).write_bytes(source.read_bytes())
    log = GOOD.replace("[yearbook-2026]", "[]")
    (tmp_path / "seeds" / "searches.yaml").write_text(log, encoding="utf-8")
    made = story(VISIT, country="FJI").replace("yearbook-2026", "tass-2022-01-31")
    (tmp_path / "scenarios" / "FJI.yaml").write_text(made, encoding="utf-8")
    folder = rm.load_folder(tmp_path / "scenarios")
    assert len(log_of(folder).searches) == 2


def test_own_interval_of_a_file_is_a_whole_number_of_days(
    write: Write, story: Story, register: Mapping[str, rm.Source]
) -> None:
    made = story(VISIT, until="2026-01-15\nreview-every: 90")
    assert rm.load(write(made), register).review_every == 90
    for wrong in ("0", "-3", "1.5", "monthly", ""):
        path = write(made.replace("review-every: 90", f"review-every: {wrong}"))
        (found,) = rm.load_folder(path, register).findings
        assert (found.code, found.place.line) == ("RM208" if not wrong else "RM209", 6)
