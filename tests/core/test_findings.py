"""Every code of a finding has a folder in `findings/` whose files produce it.

`expected.txt` there holds the printed findings, one per line, each with its hint below.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from support.paths import FINDINGS

import recognition_model as rm
from recognition_model.analysis import claims as collective
from recognition_model.analysis.verify import verify
from recognition_model.core.codes import CODES, Code, register
from recognition_model.core.diagnostics import (
    MOST_FINDINGS,
    Finding,
    finding,
    first_of_file,
    in_order,
)
from recognition_model.io.crosswalks import load_crosswalk
from recognition_model.io.scale_files import load_scale

FOLDERS = sorted(path.name for path in FINDINGS.iterdir() if path.is_dir())
INVARIANTS = {invariant.code: invariant for invariant in rm.INVARIANTS}


def told(found: Iterable[Finding]) -> str:
    """Findings as `expected.txt` has them."""
    lines = []
    for one in found:
        lines.append(str(one))
        if one.hint:
            lines.append(f"    hint: {one.hint}")
    return "".join(f"{line}\n" for line in lines)


def broken(invariant: rm.Invariant) -> tuple[Finding, ...]:
    """What an invariant says of its own counterexample: of those that no file can break."""
    violations = invariant.violations(invariant.broken_by())
    remedy = CODES[invariant.code].remedy
    return tuple(finding(invariant.code, one.message, one.place, remedy) for one in violations)


def findings_alone(load: Callable[[Path], object], folder: str) -> tuple[Finding, ...]:
    """What files have wrong that are read beside no record: crosswalks, scales, rules,
    choices."""
    found: list[Finding] = []
    for path in sorted(Path(folder).glob("*.yaml")):
        with pytest.raises(rm.RecordError) as raised:
            load(path)
        found += raised.value.findings
    return in_order(found)


def everything_about(sources: Mapping[str, rm.Source], *, warnings: bool) -> tuple[Finding, ...]:
    """What loading, replaying, checking claims and verifying find in the present folder.

    Warnings are taken where asked for: made-up records with a mistake want one everywhere.
    """
    for name, load in (
        ("maps", load_crosswalk),
        ("scales", load_scale),
        ("tables", rm.load_rules),
        ("choices", rm.load_choices),
    ):
        if Path(name).is_dir():
            return findings_alone(load, name)
    beside = ["beside"] if Path("beside").is_dir() else []
    folder = rm.load_folder(["."], sources, beside=beside)
    replays = [rm.replay(scenario) for scenario in folder.scenarios]
    found = [*folder.findings, *(one for replay in replays for one in replay.findings)]
    for claims in folder.collectives:
        found += [one for checked in collective.check(claims, replays) for one in checked.findings]
    if warnings:
        found += rm.lint(folder, replays, strict=True)
    if Path("texts").is_dir():
        found += verify(folder, Path("texts")).findings
    return in_order(found)


@pytest.mark.parametrize("folder", FOLDERS)
def test_broken_folder_prints_its_expected_text(
    folder: str, register: Mapping[str, rm.Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FINDINGS / folder)
    expected = Path("expected.txt").read_text(encoding="utf-8")
    code = folder.partition("-")[0]
    if code in INVARIANTS and not any(Path.cwd().glob("*.yaml")):
        assert told(broken(INVARIANTS[code])) == expected
    else:
        warnings = code.startswith(("RM7", "RM316", "RM222", "RM423"))
        assert told(everything_about(register, warnings=warnings)) == expected


@pytest.mark.parametrize("folder", FOLDERS)
def test_folder_name_is_the_only_code_in_its_expected_text(folder: str) -> None:
    expected = (FINDINGS / folder / "expected.txt").read_text(encoding="utf-8")
    code, _, name = folder.partition("-")
    shown = {line.split(": ")[1].split()[0] for line in expected.splitlines() if line[0] != " "}
    assert shown == {code}
    assert name == CODES[code].name


def test_every_code_has_a_folder() -> None:
    assert {folder.partition("-")[0] for folder in FOLDERS} == CODES.keys()


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_code_has_whole_sentences_as_meaning_and_remedy(code: Code) -> None:
    assert CODES[code.code] is code
    assert code.name == code.name.lower()
    assert " " not in code.name
    for sentence in (code.meaning, code.remedy):
        assert sentence[0].isupper() or sentence[0] == "`"
        assert sentence[-1] == "."


def test_code_names_are_unique() -> None:
    names = [code.name for code in CODES.values()]
    assert len(set(names)) == len(names)


def test_register_refuses_a_code_that_is_taken() -> None:
    before = CODES["RM501"]
    with pytest.raises(ValueError, match="RM501 is taken by act-refused"):
        register(Code("RM501", "another-name", "Another meaning.", "Another remedy."))
    assert CODES["RM501"] is before


def test_only_rm101_to_rm103_are_unreadable() -> None:
    unreadable = {code.code for code in CODES.values() if code.unreadable}
    assert unreadable == {"RM101", "RM102", "RM103"}


def test_texts_of_a_finding_show_hidden_characters_by_their_code_points() -> None:
    found = finding("RM209", "no word: a\u202eb", hint="write \x1b[2J")
    assert (found.message, found.hint) == ("no word: a<U+202E>b", "write <U+001B>[2J")


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("RM501", rm.Severity.ERROR),
        ("RM210", rm.Severity.WARNING),
        ("RM652", rm.Severity.NOTE),
        ("RM662", rm.Severity.NOTE),
        ("RM701", rm.Severity.WARNING),
    ],
)
def test_finding_has_the_severity_of_its_code(code: str, severity: rm.Severity) -> None:
    found = finding(code, "something")
    assert found.severity is severity
    assert found.is_error is (severity is rm.Severity.ERROR)


def test_place_without_line_is_the_whole_file() -> None:
    assert str(rm.Place("RUS.yaml")) == "RUS.yaml"
    assert str(rm.Place("RUS.yaml", 12, 5)) == "RUS.yaml:12:5"


def test_finding_to_dict_has_place_and_severity() -> None:
    found = finding("RM210", "the file is named BLR.yaml", rm.Place("BLR.yaml", 2, 10), "rename it")
    assert found.to_dict() == {
        "code": "RM210",
        "severity": "warning",
        "message": "the file is named BLR.yaml",
        "hint": "rename it",
        "file": "BLR.yaml",
        "line": 2,
        "column": 10,
    }


def test_in_order_sorts_by_place_and_removes_duplicates() -> None:
    at = [
        rm.Place("BLR.yaml", 9, 1),
        rm.Place("RUS.yaml"),
        rm.Place("RUS.yaml", 2, 5),
        rm.Place("RUS.yaml", 2, 10),
        rm.Place("RUS.yaml", 10, 1),
    ]
    wanted = tuple(finding("RM204", "a word", place) for place in at)
    assert in_order([*reversed(wanted), wanted[2]]) == wanted


def test_errors_that_all_files_of_a_folder_depend_on_come_first() -> None:
    first = [
        finding("RM204", "a word", rm.Place("record/signals.yml", 9, 1)),
        finding("RM204", "a word", rm.Place("record/sources.yaml", 2, 5)),
        finding("RM307", "no register", rm.Place("record/zzz.yaml", 1, 1)),
    ]
    others = [
        finding("RM204", "a word", rm.Place("record/BLR.yaml", 1, 1)),
        finding("RM210", "a name", rm.Place("record/sources.yaml", 1, 1)),  # only a warning
    ]
    assert in_order([*others, *first]) == (*first, *others)


def test_findings_of_one_file_beyond_the_first_are_counted_errors_kept() -> None:
    warnings = [
        finding("RM210", f"warning {n}", rm.Place("RUS.yaml", n + 1, 1))
        for n in range(MOST_FINDINGS)
    ]
    assert first_of_file(warnings) == warnings
    error = finding("RM204", "an error", rm.Place("RUS.yaml", MOST_FINDINGS + 1, 1))
    *kept, more = first_of_file([*warnings, error])
    assert kept == [*warnings[:-1], error]
    assert str(more) == (
        f"RUS.yaml:{MOST_FINDINGS}:1: RM210 1 more finding in this file not listed,"
        " 0 of them errors"
    )
    errors = [finding("RM204", f"error {n}", rm.Place("RUS.yaml", n + 1, 1)) for n in range(1700)]
    assert first_of_file(errors)[-1].message == (
        "1,200 more findings in this file not listed, 1,200 of them errors"
    )


def test_record_error_names_all_its_findings() -> None:
    error = rm.RecordError(
        [
            finding("RM202", "the key 'title' is missing", rm.Place("RUS.yaml", 1, 1)),
            finding("RM101", "cannot be read: gone", rm.Place("BLR.yaml")),
        ]
    )
    assert str(error) == (
        "RUS.yaml:1:1: RM202 the key 'title' is missing\nBLR.yaml: RM101 cannot be read: gone"
    )
    assert error.unreadable
    assert not rm.RecordError(error.findings[:1]).unreadable
