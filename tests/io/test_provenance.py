"""The provenance of a picture: one digest of its data, numbers for its sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, act, record

import recognition_model as rm
from recognition_model.core.citations import Citations, format_ranges
from recognition_model.io.provenance import claims_digest, digest, digest_of, version
from recognition_model.io.writer import collective_text, register_text
from recognition_model.testing import scenarios


def test_digest_ignores_comments_and_file_order(tmp_path: Path) -> None:
    shipped = rm.load_folder().scenarios
    file = Path(shipped[0].file)
    (tmp_path / file.name).write_text(f"# a comment\n{file.read_text(encoding='utf-8')}", "utf-8")
    again = rm.load(tmp_path / file.name)
    assert digest([again]) == digest([shipped[0]])
    assert digest(shipped) == digest(shipped[::-1])


def test_digest_changes_with_record_or_cited_source() -> None:
    scenario = record(act("engage", "2022-01-01")).scenario
    other = evolve(OFFICIAL, source=evolve(OFFICIAL.source, title="Another"))
    changed = [
        evolve(scenario, title="Another"),
        record(act("engage", "2022-01-02")).scenario,
        record(act("engage", "2022-01-01", other)).scenario,
    ]
    assert len({digest([one]) for one in (scenario, *changed)}) == 4


@given(st.lists(scenarios(), max_size=2))
@settings(max_examples=examples(15))
def test_digest_is_twelve_hexadecimal_digits(records: list[rm.Scenario]) -> None:
    assert len(digest(records)) == 12
    assert int(digest(records), 16) >= 0


def test_digest_of_claims_is_that_of_their_files_and_the_register_they_cite() -> None:
    first, *_ = rm.load_folder().collectives
    cited = {item.source.id: item.source for claim in first.claims for item in claim.evidence}
    register = register_text(cited[name] for name in sorted(cited))
    assert claims_digest([first]) == digest_of(collective_text(first) + register)
    assert claims_digest([first, first]) == digest_of(2 * collective_text(first) + register)


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    gazette = evolve(OFFICIAL, source=evolve(OFFICIAL.source, id="gazette"))
    cited = Citations.of([gazette, OFFICIAL, gazette])
    assert [source.id for source in cited.sources] == ["gazette", "yearbook"]
    assert cited.of_evidence([OFFICIAL, gazette, OFFICIAL]) == (1, 2)


def test_evidence_of_a_record_covers_start_and_entries() -> None:
    scenario = record(act("engage", "2022-01-01"), act("recognise", "2023-01-01")).scenario
    start = evolve(scenario.start, evidence=(OFFICIAL,))
    assert evolve(scenario, start=start).evidence == (OFFICIAL,) * 3


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((), ""),
        ((7,), "7"),
        ((1, 2), "1, 2"),
        ((1, 2, 3), "1–3"),
        ((1, 3, 4, 5, 8, 9), "1, 3–5, 8, 9"),
    ],
)
def test_consecutive_numbers_are_formatted_as_ranges(numbers: tuple[int, ...], told: str) -> None:
    assert format_ranges(numbers) == told


def test_version_is_the_installed_version() -> None:
    assert version().count(".") == 2
