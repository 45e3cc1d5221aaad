"""What was checked: counts by country, lapsed lines, and the error rate of a sample."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.fixtures import Story
from support.sampled import checks_with

import recognition_model as rm
from recognition_model.analysis.checks import CheckCoverage, Tally, check_coverage
from recognition_model.core.checks import entry_digest
from recognition_model.report.coverage import coverage_in_markdown

TIMELINE = """
    - {act: engage, date: 2022-02-01, evidence: [$host]}
    - {signal: visit_made, date: 2023-02-01, evidence: [$press]}
    - {signal: visit_made, date: 2024-02-01, evidence: [$press]}
    - {status: {stage: engaged}, date: 2025-02-01, evidence: [$press]}
"""
Loaded = Callable[..., rm.Folder]


@pytest.fixture
def loaded(tmp_path: Path, story: Story, register: Mapping[str, rm.Source]) -> Loaded:
    """Load a folder of made-up records with a list of checked entries: `NUMBER result by day`.

    The digests are those of the entries of the first record, in `TIMELINE`.
    """
    code = "RUS"

    def load(*lines: str, timeline: str = TIMELINE, samples: str = "{}") -> rm.Folder:
        (tmp_path / f"{code}.yaml").write_text(story(TIMELINE), encoding="utf-8")
        steps = rm.load(tmp_path / f"{code}.yaml", register).timeline
        told = []
        for line in lines:
            number, result, by, day, *more = line.split(maxsplit=4)
            step = steps[int(number) - 1]
            digest = entry_digest(code, step)
            name = f"{step.label.partition(' ')[2]} {step.date}"
            rest = "".join(f", {one}" for one in more)
            told.append(
                f"  - {{country: {code}, entry: {name}, digest: {digest}, on: {day}, by: {by},"
                f" result: {result}, against: [yearbook-2026]{rest}}}\n"
            )
        text = f"format: recognition-checked/1\nsamples: {samples}\nchecked:\n{''.join(told)}"
        (tmp_path / "checked.yaml").write_text(text, encoding="utf-8")
        (tmp_path / f"{code}.yaml").write_text(story(timeline), encoding="utf-8")
        return rm.load_folder(tmp_path, register)

    return load


def measured(folder: rm.Folder) -> CheckCoverage:
    assert not [found for found in folder.findings if found.is_error]
    return check_coverage([rm.replay(one) for one in folder.scenarios], folder.checks)


def lapsed(folder: rm.Folder) -> list[str]:
    found = rm.lint(folder, [rm.replay(one) for one in folder.scenarios])
    return [one.message for one in found if one.code == "RM316"]


def test_counts_are_of_changes_signals_and_all_entries(loaded: Loaded) -> None:
    checks = measured(
        loaded(
            "1 agrees other 2026-05-01", "2 partly other 2026-05-01", "4 agrees coder 2026-05-01"
        )
    )
    assert checks.changes == Tally(total=1, by_other=1)
    assert checks.signals == Tally(total=2, by_other=1)
    assert checks.entries == Tally(total=4, by_other=2, by_coder=1)
    assert checks.lapsed == ()


@pytest.mark.parametrize(
    ("lines", "tally"),
    [
        (["not-found other 2026-05-01"], Tally(total=1, not_found=1)),
        (["wrong other 2026-05-01 found: Day."], Tally(total=1, wrong=1)),
        (["corrected other 2026-05-01 found: Day."], Tally(total=1, by_other=1)),
        (["agrees coder 2026-05-01"], Tally(total=1, by_coder=1)),
        # The last check by another person decides, and a page that was found.
        (
            ["wrong other 2026-05-01 found: Day.", "agrees other 2026-05-02"],
            Tally(total=1, by_other=1),
        ),
        (
            ["agrees other 2026-05-02", "wrong other 2026-05-01 found: Day."],
            Tally(total=1, by_other=1),
        ),
        (["agrees other 2026-05-01", "not-found other 2026-05-02"], Tally(total=1, by_other=1)),
        (
            ["agrees coder 2026-05-02", "wrong other 2026-05-01 found: Day."],
            Tally(total=1, wrong=1),
        ),
    ],
)
def test_entry_counts_by_its_telling_check(lines: list[str], tally: Tally, loaded: Loaded) -> None:
    assert measured(loaded(*(f"1 {line}" for line in lines))).changes == tally


def test_check_of_a_changed_entry_lapses_and_is_not_counted(loaded: Loaded) -> None:
    changed = TIMELINE.replace("2024-02-01, evidence: [$press]", "2024-02-01, evidence: [$host]")
    folder = loaded("1 agrees other 2026-05-01", "3 agrees other 2026-05-01", timeline=changed)
    checks = measured(folder)
    assert checks.signals == Tally(total=2)
    assert [check.entry for check in checks.lapsed] == ["visit_made 2024-02-01"]
    assert lapsed(folder) == ["RUS visit_made 2024-02-01 was checked before it was changed"]


def test_long_name_of_a_checked_entry_is_told_in_short(
    loaded: Loaded, tmp_path: Path, register: Mapping[str, rm.Source]
) -> None:
    changed = TIMELINE.replace("2024-02-01, evidence: [$press]", "2024-02-01, evidence: [$host]")
    loaded("3 agrees other 2026-05-01", timeline=changed)
    path = tmp_path / "checked.yaml"
    named = path.read_text(encoding="utf-8").replace("visit_made", "visit_made" * 500)
    path.write_text(named, encoding="utf-8")
    folder = rm.load_folder(tmp_path, register)
    (told,) = lapsed(folder)
    assert told == f"RUS {('visit_made' * 6)[:59]}… was checked before it was changed"


def test_note_may_change_after_a_check(loaded: Loaded) -> None:
    noted = TIMELINE.replace("date: 2024-02-01", "date: 2024-02-01, note: It rained")
    assert lapsed(loaded("3 agrees other 2026-05-01", timeline=noted)) == []


def test_later_line_for_the_changed_entry_takes_the_place_of_a_lapsed_one(
    loaded: Loaded, tmp_path: Path, register: Mapping[str, rm.Source]
) -> None:
    changed = TIMELINE.replace("2024-02-01", "2024-02-03")
    folder = loaded("3 agrees other 2026-05-01", timeline=changed)
    assert len(lapsed(folder)) == 1
    ((old,),) = [file.checked for file in folder.checks.values()]
    now = entry_digest("RUS", folder.scenarios[0].timeline[2])
    line = (
        f"  - {{country: RUS, entry: visit_made 2024-02-03, digest: {now}, on: 2026-05-02,"
        f" by: other, result: corrected, against: [yearbook-2026], found: Day., was: {old.digest}}}"
    )
    path = tmp_path / "checked.yaml"
    path.write_text(path.read_text("utf-8") + line, encoding="utf-8")
    again = rm.load_folder(tmp_path, register)
    assert lapsed(again) == []
    assert measured(again).signals == Tally(total=2, by_other=1)


def test_list_says_nothing_of_a_country_whose_file_is_in_another_folder(
    loaded: Loaded, tmp_path: Path, story: Story, register: Mapping[str, rm.Source]
) -> None:
    loaded("1 agrees other 2026-05-01")
    beside = tmp_path / "mine"
    beside.mkdir()
    other = TIMELINE.replace("2022-02-01", "2022-02-02")
    (beside / "RUS.yaml").write_text(story(other), encoding="utf-8")
    folder = rm.load_folder(tmp_path, register, beside=beside)
    assert folder.checks
    assert lapsed(folder) == []
    assert measured(folder).changes == Tally(total=1)


def test_list_is_read_with_a_whole_folder_only(
    loaded: Loaded, tmp_path: Path, register: Mapping[str, rm.Source]
) -> None:
    assert len(loaded("1 agrees other 2026-05-01").checks) == 1
    assert dict(rm.load_folder([tmp_path / "RUS.yaml"], register).checks) == {}


def test_error_rate_leaves_out_what_was_not_found_and_the_bounds_do_not() -> None:
    sample = checks_with(agrees=30, partly=4, corrected=1, wrong=1, not_found=24)
    assert (len(sample.errors), sample.decided, sample.not_found) == (2, 36, 24)
    assert sample.rate == pytest.approx(2 / 36)
    # Wilson with z = 1.96: (2/36 + 0.05336) / 1.10671 is the centre, 0.09841.
    assert sample.interval == pytest.approx((0.0154, 0.1814), abs=2e-4)
    assert sample.bounds == pytest.approx((2 / 60, 26 / 60))


def test_sample_without_a_page_found_has_bounds_and_no_rate() -> None:
    sample = checks_with(not_found=5)
    assert (sample.rate, sample.interval, sample.bounds) == (None, None, (0.0, 1.0))
    empty = checks_with()
    assert (empty.rate, empty.bounds) == (None, None)


def test_coverage_page_has_a_section_on_checks_and_each_sample(loaded: Loaded) -> None:
    samples = "{spring: {seed: 7, size: 2, population: 4, record: a record, on: 2026-05-01}}"
    folder = loaded(
        "1 corrected other 2026-05-02 sample: spring, found: The day was another.",
        "2 not-found other 2026-05-02 sample: spring",
        samples=samples,
    )
    replays = [rm.replay(one) for one in folder.scenarios]
    page = coverage_in_markdown(rm.coverage(replays, (), folder.checks))
    _, _, section = page.partition("## What was checked\n")
    section, _, _ = section.partition("\n## ")
    assert "| Russia | 1 | 1 | 0 | 0 | 0 | 2 | 0 | 0 |" in section
    assert "### Sample spring\n\n2 of 4 entries of a record, drawn on 2026-05-01" in section
    assert "- Russia, engage 2022-02-01 (corrected): The day was another." in section
    assert not re.search(r"(?m) $|\n\n\n", page)
