"""`replay`: its output, its findings and its exit code."""

import json
import re

from support.commands import BANNED, CLEAN, NOT_ATTESTED, TOLD_OF_NOT_ATTESTED, TWO
from support.fixtures import Put, Run
from support.paths import REGISTER

import recognition_model as rm


def test_replay_prints_clean_record_and_summary(run: Run, put: Put) -> None:
    ran = run("replay", put(CLEAN))
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == [
        "Fiji (FJI): engaged, no ban documented; last documented 2026-01-15",
        "record/FJI.yaml",
    ]
    assert lines[-2:] == ["", "1 country, 1 change, 1 refusal (1 expected), 0 findings"]


def test_replay_with_error_prints_it_on_stderr_and_exits_1(run: Run, put: Put) -> None:
    ran = run("replay", put(NOT_ATTESTED, **BANNED))
    assert ran.code == 1
    assert ran.err == TOLD_OF_NOT_ATTESTED
    assert "RM501" not in ran.out
    assert ran.out.endswith("\n\n1 country, 0 changes, 1 refusal (0 expected), 1 finding\n")


def test_replay_summary_uses_plurals(run: Run, put: Put) -> None:
    put(CLEAN + NOT_ATTESTED.replace("05-27", "07-01"))
    put(CLEAN + NOT_ATTESTED.replace("05-27", "07-01"), country="TUV")
    ran = run("replay", "record")
    assert ran.out.endswith("\n2 countries, 2 changes, 4 refusals (2 expected), 2 findings\n")


def test_replay_with_note_prints_it_and_exits_0(run: Run, put: Put) -> None:
    status = "- {status: {stage: engaged}, date: 2022-02-02, evidence: [$press]}\n"
    engage = f"- {{act: engage, date: 2022-02-01..2022-02-03, evidence: {TWO}}}\n"
    ran = run("replay", put(engage + status))
    assert ran.code == 0
    assert ran.err.startswith("record/FJI.yaml:8:5: note RM652 ")
    assert ran.out.endswith("0 refusals (0 expected), 1 finding (0 errors)\n")


def test_replay_with_warning_prints_it_and_exits_0(run: Run, put: Put) -> None:
    ran = run("replay", put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n"))
    assert ran.code == 0
    assert ran.err.startswith(
        "record/FJI.yaml:7:5: warning RM701 engage 2022-02-01 rests on yearbook-2026 alone\n"
    )
    assert ran.out.endswith("0 refusals (0 expected), 1 finding (0 errors)\n")


def test_replay_known_by_gives_no_lint_warnings(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    assert run("replay", path, "--known-by", "2026-03-01").err == ""


def test_uncited_source_is_reported_when_whole_folder_is_replayed(run: Run, put: Put) -> None:
    path = put("- {signal: visit, date: 2022-02-01, evidence: [$press]}\n")
    register = path.with_name("sources.yaml")
    more = REGISTER.read_text(encoding="utf-8").partition("  wire-2022:")[2]
    forgotten = "  forgotten:" + more.partition("  wire-2024:")[0]
    register.write_text(register.read_text(encoding="utf-8") + forgotten, encoding="utf-8")
    assert run("replay", path).err == ""
    ran = run("replay", "record")
    assert (ran.code, ran.err.splitlines()[0]) == (
        0,
        "record/sources.yaml:12:3: warning RM705 nothing cites forgotten",
    )


def test_replay_reports_findings_of_all_files_in_one_run(run: Run, put: Put) -> None:
    put("- act: engag\n  date: 2022-13\n  evidence: [$press]\n")
    put(CLEAN, country="KIR")
    put("- signal: visit\n  date: 2022\n  evidence: []\n", country="TUV")
    ran = run("replay", "record")
    assert ran.code == 1
    assert (
        ran.err
        == """\
record/FJI.yaml:7:10: error RM204 'engag' is not known here
    7 |   - act: engag
      |          ^^^^^
  hint: did you mean engage?
record/FJI.yaml:8:11: error RM402 there is no such date as 2022-13
    8 |     date: 2022-13
      |           ^^^^^^^
  hint: check the month and the day
record/TUV.yaml:9:15: error RM302 the entry has no evidence
    9 |     evidence: []
      |               ^
  hint: add `evidence:` with source, voice, credibility and claim
"""
    )
    assert ran.out.endswith("\n1 country, 1 change, 1 refusal (1 expected), 3 findings\n")


def test_replay_with_unreadable_file_exits_2(run: Run, put: Put) -> None:
    put(NOT_ATTESTED, **BANNED)
    ran = run("replay", "record", "nowhere")
    assert ran.code == 2
    assert [line for line in ran.err.splitlines() if " error " in line] == [
        "nowhere: error RM101 cannot be read: No such file or directory",
        TOLD_OF_NOT_ATTESTED.splitlines()[0],
    ]


def test_replay_without_path_replays_shipped_record(run: Run) -> None:
    ran = run("replay")
    assert (ran.code, " error " in ran.err) == (0, False)
    countries = len(rm.load_folder().scenarios)
    *_, sums, last = ran.out.splitlines()
    assert sums.startswith(f"{countries} countries, ")
    assert sums.endswith(" findings (0 errors)")
    assert last == "2 organisations checked too: --with-organisations shows them"


def test_replay_json_has_documented_keys(run: Run, put: Put) -> None:
    ran = run("replay", put(CLEAN), "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, ran.err, data["format"]) == (0, "", "recognition-replay/1")
    (replay,) = data["replays"]
    wanted = {
        "country": "FJI",
        "file": "record/FJI.yaml",
        "stage": "engaged",
        "ban": "none",
        "documented_until": "2026-01-15",
        "spells": [
            {
                "stage": "hostile",
                "ban": "none",
                "from": "1996-09-27",
                "to": "2022-02-01..2022-02-03",
                # From 27 September 1996 to 2 February 2022; the act counts from its last day.
                "origin": "assumed",
                "days_evidenced": 0,
                "days_silent": 0,
                "days_assumed": 9260,
            },
            {
                "stage": "engaged",
                "ban": "none",
                "from": "2022-02-01..2022-02-03",
                "to": "2026-01-15",
                # Two years after the act, silence until the status of 28 May 2024.
                "origin": "evidenced",
                "days_evidenced": 1443 - 114,
                "days_silent": 114,
                "days_assumed": 0,
            },
        ],
        "reviewed": None,
        "findings": [],
    }
    assert {key: replay[key] for key in wanted} == wanted
    (change,) = replay["changes"]
    assert change.items() >= {
        ("date", "2022-02-01..2022-02-03"),
        ("act", "engage"),
        ("rule", "R02"),
        ("before", "hostile"),
        ("after", "engaged"),
        ("line", 7),
    }
    assert change["evidence"] == ["yearbook-2026", "almanac-2026"]
    (refusal,) = replay["refusals"]
    assert (refusal["date"], refusal["act"], refusal["line"]) == ("2024-05-27", "recognise", 10)
    assert refusal["expected"] is True
    assert [(u["rule"], u["condition"], u["found"]) for u in refusal["unmet"]] == [
        ("R05", "stage", "engaged"),
        ("R05", "attestation", "reported"),
        ("R06", "attestation", "reported"),
    ]


def test_replay_json_contains_findings_and_stderr_prints_them(run: Run, put: Put) -> None:
    put(NOT_ATTESTED, **BANNED)
    put("- {act: engag, date: 2022, evidence: [$press]}\n", country="TUV")
    ran = run("replay", "record", "--format", "json")
    data = json.loads(ran.out)
    keys = ("code", "severity", "file", "line", "column")
    assert [[found[key] for key in keys] for found in data["replays"][0]["findings"]] == [
        ["RM501", "error", "record/FJI.yaml", 7, 5]
    ]
    assert [[found[key] for key in keys] for found in data["findings"]] == [
        ["RM204", "error", "record/TUV.yaml", 7, 11]
    ]
    assert data["findings"][0]["message"] == "'engag' is not known here"
    assert ran.code == 1
    assert re.findall(r" error (RM\d+) ", ran.err) == ["RM501", "RM204"]  # by file
    assert run("replay", "record").err == ran.err


def test_replay_known_by_ignores_later_sources(run: Run, put: Put) -> None:
    # The yearbook was public on 1 February 2026.
    path = put(CLEAN, until="2026-03-01")
    before = run("replay", path, "--known-by", "2026-01-31")
    assert before.out.splitlines()[0] == (
        "Fiji (FJI): no dealings documented (assumed), no ban documented; last documented "
        "2026-01-31, as known by 2026-01-31"
    )
    assert "  4 entries not public by 2026-01-31\n" in before.out
    after = run("replay", path, "--known-by", "2026-02-01", "--format", "json")
    (replay,) = json.loads(after.out)["replays"]
    assert (replay["stage"], replay["known_by"]) == ("engaged", "2026-02-01")


def test_replay_says_how_long_nothing_was_heard_before_the_data_end(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    assert run("replay", path).out.splitlines()[0] == (
        "Fiji (FJI): engaged, last heard 2022-02-01, then nothing since, no ban documented; "
        "last documented 2026-01-15"
    )
