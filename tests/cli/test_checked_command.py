"""`checked`: verdicts are written down, one or many, and samples are drawn."""

import csv
import json
from hashlib import sha256
from pathlib import Path

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run
from support.paths import ROOT

import recognition_model as rm
from recognition_model.cli.checked import _list_for
from recognition_model.core.checks import CheckResult, canonical_entry

HERE = ("--scenarios", "record")
VERDICT = ("--result", "agrees", "--on", "2026-11-26", "--by", "other", "--against")
LIST = Path("record/checked.yaml")


def checks() -> list[tuple[str, str, str]]:
    """Entry, result and who checked, of each line."""
    (made,) = rm.load_folder(["record"]).checks.values()
    return [(one.entry, str(one.result), str(one.by)) for one in made.checked]


def test_verdict_becomes_a_line_and_prints_entry_and_sources(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("checked", "Fiji", *HERE, "--entry", "1", *VERDICT, "yearbook-2026")
    assert (ran.code, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    assert text.startswith("Fiji 1 engage 2022-02-01..2022-02-03: agrees yearbook-2026: ")
    assert "almanac-2026: The Other Example, Another example that looks back, 2026-01-01" in text
    assert text.endswith("added 1 line to record/checked.yaml")
    step = rm.load_folder(["record"]).scenarios[0].timeline[0]
    digest = sha256(canonical_entry("FJI", step).encode()).hexdigest()[:32]
    assert LIST.read_text("utf-8").splitlines()[-1] == (
        '  - {country: FJI, entry: "engage 2022-02-01..2022-02-03", digest: en1-' + digest + ","
        " on: 2026-11-26, by: other, result: agrees, against: [yearbook-2026]}"
    )


def test_entry_is_named_by_date_and_word_too(run: Run, put: Put) -> None:
    put(CLEAN)
    args = ("checked", "Fiji", *HERE, "--result", "not-found", "--on", "2026-11-26")
    assert run(*args, "--date", "2024-06").code == 0
    assert run(*args, "--date", "2024-05-28", "--word", "status below delisted").code == 0
    assert checks() == [
        ("visit 2024-06", "not-found", "coder"),
        ("status below delisted 2024-05-28", "not-found", "coder"),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--entry", "9", *VERDICT, "wire-2022"), "no entry 9"),
        (("--date", "2024-07", *VERDICT, "wire-2022"), "no entry of 2024-07: "),
        (("--date", "2024-06", "--word", "visits", *VERDICT, "wire-2022"), "did you mean 4 visit"),
        (VERDICT[:-1], "name the entry by its number, or by its date"),
        (("--entry", "1", *VERDICT, "yearbook"), "the source 'yearbook' is not in the register"),
        (("--entry", "1", *VERDICT[:-1]), "the result agrees needs `against`"),
        (
            ("--entry", "1", "--result", "wrong", "--on", "2026-11-26", "--against", "wire-2022"),
            "the result wrong needs `found`: say in `found` what was wrong",
        ),
        (("--entry", "1", "--result", "agrees", "--against", "wire-2022"), "give a country, an"),
        (
            ("--entry", "1", *VERDICT, "wire-2022", "--sample", "A b"),
            "'A b' is not a name for a sample",
        ),
        (("--entry", "1", "--seed", "7"), "--seed and --at go with --draw"),
        (("--draw", "2", "--seed", "7"), "--draw draws from the whole record"),
    ],
)
def test_verdict_that_cannot_be_written_exits_2_and_writes_nothing(
    args: tuple[str, ...], said: str, run: Run, put: Put
) -> None:
    put(CLEAN.replace("almanac-2026", "wire-2022"))
    ran = run("checked", "Fiji", *HERE, *args)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())
    assert not LIST.exists()


def test_date_with_two_entries_needs_the_word(run: Run, put: Put) -> None:
    put("- {signal: visit, date: 2024, evidence: [$press]}\n" * 2)
    ran = run(
        "checked", "Fiji", *HERE, "--date", "2024", "--result", "not-found", "--on", "2026-1-2"
    )
    assert ran.code == 2
    ran = run(
        *("checked", "Fiji", *HERE, "--date", "2024", "--result", "not-found"),
        *("--on", "2026-11-26"),
    )
    assert "2024 is more than one entry: give the number (1 visit 2024, 2 visit 2024)" in ran.err


def test_sheet_is_drawn_filled_in_and_read(run: Run, put: Put) -> None:
    put(CLEAN)
    drawn = run(
        *("checked", *HERE, "--draw", "3", "--seed", "7", "--format", "csv"),
        *("--sample", "spring", "--on", "2026-11-26"),
    )
    assert drawn.code == 0
    assert "wrote the sample spring to record/checked.yaml" in drawn.err
    rows = list(csv.DictReader(drawn.out.splitlines()))
    assert len(rows) == 3
    results = ["agrees", "not-found", ""]
    for row, result in zip(rows, results, strict=True):
        row["result"] = result
        row["against"] = row["sources"] if result == "agrees" else ""
    with Path("sheet.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    ran = run(
        *("checked", *HERE, "--from", "sheet.csv", "--on", "2026-11-26", "--by", "other"),
        *("--sample", "spring"),
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "1 row has no result yet"
    (made,) = rm.load_folder(["record"]).checks.values()
    assert [str(one.result) for one in made.checked] == ["agrees", "not-found"]
    assert {one.sample for one in made.checked} == {"spring"}
    sample = made.samples["spring"]
    assert (sample.size, sample.population, sample.seed) == (3, 4, 7)
    again = run("checked", *HERE, "--draw", "3", "--seed", "7", "--format", "json")
    data = json.loads(again.out)
    assert [one["digest"] for one in data["entries"]] == [row["digest"] for row in rows]
    assert (data["population"], data["record"]) == (4, sample.record)


def test_corrected_entry_keeps_the_digest_that_was_drawn(run: Run, put: Put) -> None:
    put(CLEAN)
    drawn = run("checked", *HERE, "--draw", "4", "--seed", "7", "--format", "json")
    visit = next(e for e in json.loads(drawn.out)["entries"] if e["word"] == "visit")
    sheet = f"- {{country: FJI, entry: 4, date: 2024-06-02, word: visit, digest: {visit['digest']},"
    sheet += " result: corrected, against: yearbook-2026, found: The day.}\n"
    args = ("checked", *HERE, "--from", "-", "--on", "2026-11-26", "--by", "other")
    ran = run(*args, stdin=sheet)
    assert (ran.code, LIST.exists()) == (2, False)
    assert "the entry is as it was drawn: correct it first" in ran.err
    put(CLEAN.replace("date: 2024-06\n", "date: 2024-06-02\n"))
    assert run(*args, stdin=sheet).code == 0
    (made,) = rm.load_folder(["record"]).checks.values()
    (one,) = made.checked
    assert (one.entry, one.was) == ("visit 2024-06-02", visit["digest"])
    assert one.digest != one.was


def test_entry_that_was_changed_after_it_was_drawn_is_named(run: Run, put: Put) -> None:
    put(CLEAN)
    drawn = run("checked", *HERE, "--draw", "4", "--seed", "7", "--format", "json")
    visit = next(e for e in json.loads(drawn.out)["entries"] if e["word"] == "visit")
    sheet = f"- {{country: FJI, entry: 4, digest: {visit['digest']}, result: agrees}}\n"
    put(CLEAN.replace("date: 2024-06\n", "date: 2024-06-02\n"))
    more = ("--on", "2026-11-26", "--by", "other", "--against", "yearbook-2026")
    ran = run("checked", *HERE, "--from", "-", *more, stdin=sheet)
    assert (ran.code, ran.err) == (
        0,
        "note: Fiji 4 visit 2024-06-02 was changed after it was drawn: the line is for what it"
        " says now\n",
    )


def test_one_bad_row_keeps_all_from_being_written(run: Run, put: Put) -> None:
    put(CLEAN)
    sheet = "country,entry,result\nFJI,1,not-found\nFJI,9,not-found\nTUV,1,maybe\n"
    ran = run("checked", *HERE, "--from", "-", "--on", "2026-11-26", stdin=sheet)
    assert ran.code == 2
    assert "standard input:3: no entry 9: the last is 4" in ran.err
    assert "standard input:4: not in the record: Tuvalu (TUV)" in ran.err
    assert not LIST.exists()


def test_comments_of_the_list_stay(run: Run, put: Put) -> None:
    put(CLEAN)
    LIST.write_text("# mine\nformat: recognition-checked/1\nchecked: []  # below\n", "utf-8")
    ran = run("checked", "Fiji", *HERE, "--entry", "4", *VERDICT, "https://example.org/a")
    assert ran.code == 0
    first, second, third, line = LIST.read_text("utf-8").splitlines()
    assert (first, second) == ("# mine", "format: recognition-checked/1")
    assert third == "checked:  # below"
    assert 'pages: ["https://example.org/a"]' in line


def test_list_with_errors_is_not_added_to(run: Run, put: Put) -> None:
    put(CLEAN)
    text = "format: recognition-checked/1\nchecked:\n"
    LIST.write_text(text, encoding="utf-8")
    ran = run("checked", "Fiji", *HERE, "--entry", "4", *VERDICT, "yearbook-2026")
    assert (ran.code, ran.out) == (1, "")
    assert "error RM208 a value is missing here" in ran.err
    assert LIST.read_text("utf-8") == text


def test_draw_needs_a_seed_and_a_named_one_a_day(run: Run, put: Put) -> None:
    put(CLEAN)
    assert "--draw needs --seed" in run("checked", *HERE, "--draw", "2").err
    draw = ("--draw", "2", "--seed", "7")
    ran = run("checked", *HERE, *draw, "--sample", "spring")
    assert "--sample needs --on, the day of the draw" in ran.err
    ran = run("checked", *HERE, *draw, "--sample", "A b", "--on", "2026-11-26")
    said = "--sample is not a name for a sample: use small letters, digits and hyphens"
    assert said in " ".join(ran.err.split())
    ran = run("checked", *HERE, "--draw", "5", "--seed", "7")
    assert "a sample of 5 cannot be drawn from 4 entries" in ran.err


def test_draw_at_an_unknown_revision_exits_2(run: Run) -> None:
    ran = run("checked", "--draw", "2", "--seed", "7", "--at", "no-such-revision")
    assert ran.code == 2


def test_coverage_counts_what_was_checked(run: Run, put: Put) -> None:
    put(CLEAN)
    run("checked", "Fiji", *HERE, "--entry", "1", *VERDICT, "yearbook-2026")
    ran = run("coverage", "--checked", *HERE)
    assert (ran.code, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    assert text.startswith(
        "Somebody other than the coder checked, as they stand now, 1 of 1 change"
    )
    assert text.endswith("Fiji 1 1 1")
    data = json.loads(run("coverage", "--checked", *HERE, "--format", "json").out)
    assert data["format"] == "recognition-checks/1"
    assert data["changes"] == {
        "total": 1,
        "by_other": 1,
        "by_coder": 0,
        "not_found": 0,
        "wrong": 0,
    }
    made = run("coverage", "--checked", *HERE, "--format", "csv").out
    (row,) = csv.DictReader(made.splitlines())
    assert (row["changes_by_other"], row["signals_by_other"], row["lapsed"]) == ("1", "0", "0")
    page = run("coverage", *HERE, "--format", "md").out
    assert "| Fiji | 1 | 1 | 0 | 0 | 0 | 1 | 0 | 0 |" in page


def test_replay_warns_of_an_entry_that_was_checked_before_it_was_changed(
    run: Run, put: Put
) -> None:
    put(CLEAN)
    run("checked", "Fiji", *HERE, "--entry", "4", *VERDICT, "yearbook-2026")
    assert "RM316" not in run("replay", *HERE).err
    put(CLEAN.replace("date: 2024-06\n", "date: 2024-06-02\n"))
    ran = run("replay", *HERE)
    assert "record/checked.yaml:4:5: warning RM316 FJI visit 2024-06 was checked before" in ran.err
    assert "nearest: visit 2024-06-02 (line 17 of its file)" in ran.err


def test_lines_for_a_clone_go_beside_its_register_and_installed_ones_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "seeds").mkdir()
    assert _list_for(tmp_path / "scenarios") == tmp_path / "scenarios" / "checked.yaml"
    (tmp_path / "seeds" / "sources.yaml").write_text("", encoding="utf-8")
    assert _list_for(tmp_path / "scenarios") == tmp_path.resolve() / "seeds" / "checked.yaml"
    (tmp_path / "seeds" / "checked.yml").write_text("", encoding="utf-8")
    assert _list_for(tmp_path / "scenarios").name == "checked.yml"
    monkeypatch.setattr("recognition_model.cli.checked.record_root", lambda name: tmp_path / name)
    with pytest.raises(Exception, match="the installed record cannot be changed"):
        _list_for(tmp_path / "scenarios")


def test_list_of_a_clone_is_in_its_seeds() -> None:
    assert _list_for(ROOT / "scenarios") == (ROOT / "seeds" / "checked.yaml").resolve()


def test_every_result_can_be_given_on_the_command_line(run: Run, put: Put) -> None:
    put(CLEAN)
    for result in CheckResult:
        found = ("--found", "The day.") if result.is_error else ()
        args = ("--result", str(result), "--on", "2026-11-26", "--against", "yearbook-2026", *found)
        assert run("checked", "Fiji", *HERE, "--entry", "1", *args).code == 0
    assert [result for _, result, _ in checks()] == [str(result) for result in CheckResult]


def test_date_that_no_entry_has_is_named(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("checked", "Fiji", *HERE, "--date", "2020-02-03", *VERDICT, "yearbook-2026")
    assert (ran.code, ran.out) == (2, "")
    assert "no entry of 2020-02-03: " in ran.err


def test_second_sample_of_a_name_is_refused(run: Run, put: Put) -> None:
    put(CLEAN)
    draw = ("checked", "--draw", "2", "--seed", "7", "--sample", "first", "--on", "2026-11-26")
    assert run(*draw, *HERE).code == 0
    ran = run(*draw, *HERE)
    assert (ran.code, ran.out) == (2, "")
    assert "there is a sample first already: choose another name" in ran.err


def test_coverage_counts_wrong_signals_and_lost_pages(run: Run, put: Put) -> None:
    put(CLEAN)
    against = ("--on", "2026-11-26", "--by", "other", "--against", "yearbook-2026")
    wrong = ("--result", "wrong", "--found", "It was May.")
    assert run("checked", "Fiji", *HERE, "--entry", "4", *wrong, *against).code == 0
    lost = ("--result", "not-found")
    assert run("checked", "Fiji", *HERE, "--entry", "1", *lost, *against).code == 0
    text = " ".join(run("coverage", "--checked", *HERE).out.split())
    assert "The page of 1 entry could not be found again." in text
    assert "1 entry is known to be wrong and not corrected yet." in text
