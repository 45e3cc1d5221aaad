"""The command line: what it prints where, how it ends, and how it behaves in a shell.

Most tests call `main` in this process; those that need a process of its own run the installed
command. The records, their sources and their texts are made up unless they are the shipped ones.
"""

import gc
import io
import json
import os
import re
import subprocess
import sys
import sysconfig
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.shell_completion import BashComplete
from support.paths import REGISTER, ROOT

import recognition_model as rm
from recognition_model.cli.app import SUMMARIES, cli, load_command, main
from recognition_model.cli.precedence import share_in_words
from recognition_model.core.evidence import Attestation, Bearing, Voice
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.io import loader as loading

SCHEMAS = Path(rm.__file__).parent / "schemas"
SCRIPT = str(Path(sysconfig.get_path("scripts")) / "recognition-model")
COMMANDS = ["replay", "status", "next", "precedence", "rules", "explain", "schema"]
COMMANDS += ["verify", "locate"]
FILES = ["plot", "report", "new"]

posix_only = pytest.mark.skipif(os.name != "posix", reason="pipes and terminals as POSIX has them")
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Put = Callable[..., Path]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run the command line in this process, and leave the collector as it was."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    threshold = gc.get_threshold()

    def ran(*args: str | Path, stdin: str | bytes = b"") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.argv", ["recognition-model", *map(str, args)])
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, *capsys.readouterr())

    yield ran
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: Callable[..., str]) -> Put:
    """Put a made-up record into the user's own folder `record`, its sources beside it."""
    monkeypatch.chdir(tmp_path)
    folder = Path("record")
    folder.mkdir()
    head_of_register, *entries = re.split("(?m)^(?=  [a-z])", REGISTER.read_text(encoding="utf-8"))

    def placed(timeline: str, country: str = "FJI", **head: str) -> Path:
        path = folder / f"{country}.yaml"
        path.write_text(story(timeline, country=country, **head), encoding="utf-8")
        told = "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.yaml"))
        cited = [entry for entry in entries if f"source: {entry.split(':')[0].strip()}" in told]
        register = head_of_register + "".join(cited or entries)
        (folder / "sources.yaml").write_text(register, encoding="utf-8")
        return path

    return placed


def environment(**more: str) -> dict[str, str]:
    """The environment without what would change how we print, and with `more`."""
    ours = ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "_RECOGNITION")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONUTF8": "1"} | more


def command(*args: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command in a process of its own."""
    given = {"stdin": subprocess.DEVNULL, "capture_output": True, "env": environment()} | more
    return subprocess.run([SCRIPT, *map(str, args)], check=False, timeout=60, **given)


def in_a_shell(line: str, *args: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command as `"$@"` of a line of shell."""
    whole = ["/bin/sh", "-c", line, "sh", SCRIPT, *map(str, args)]
    return subprocess.run(whole, check=False, capture_output=True, env=environment(), timeout=60)


TWO = (
    "[{source: yearbook-2026, voice: press, credibility: 3, claim: An example.},"
    " {source: almanac-2026, voice: press, credibility: 3, claim: An example.}]"
)
# The timelines begin in line 7 of their files.
CLEAN = """
    - act: engage
      date: 2022-02-01..2022-02-03
      evidence: %s
    - refuse: recognise
      date: 2024-05-27
      because: not-attested
      evidence: [$press]
    - status: {below: delisted}
      date: 2024-05-28
      evidence: [$press]
    - signal: visit
      date: 2024-06
      evidence: [$press]
""".replace("%s", TWO)
NOT_ATTESTED = """
    - act: delist
      date: 2024-05-27
      evidence: [$press]
"""
BANNED = {"stage": "banned", "ban": "in_force"}
TOLD_OF_NOT_ATTESTED = """\
record/FJI.yaml:7:5: error RM501 delist 2024-05-27 is refused: R03 attestation \
must be official (is reported)
    7 |   - act: delist
      |     ^
  hint: it needs an official voice of the country; the best given is press, B3 (yearbook-2026)
"""


# --- replay ------------------------------------------------------------------------------------


def test_replay_of_a_clean_record_prints_it_and_sums_it_up(run: Run, put: Put) -> None:
    ran = run("replay", put(CLEAN))
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == [
        "Fiji (FJI): engaged, no ban documented; last documented 2026-01-15",
        "record/FJI.yaml",
    ]
    assert lines[-2:] == ["", "1 country, 1 change, 1 refusal (1 expected), 0 findings"]


def test_replay_with_a_finding_tells_it_on_standard_error_and_ends_with_1(
    run: Run, put: Put
) -> None:
    ran = run("replay", put(NOT_ATTESTED, **BANNED))
    assert ran.code == 1
    assert ran.err == TOLD_OF_NOT_ATTESTED
    assert "RM501" not in ran.out
    assert ran.out.endswith("\n\n1 country, 0 changes, 1 refusal (0 expected), 1 finding\n")


def test_replay_sums_up_several_of_everything(run: Run, put: Put) -> None:
    put(CLEAN + NOT_ATTESTED.replace("05-27", "07-01"))
    put(CLEAN + NOT_ATTESTED.replace("05-27", "07-01"), country="TUV")
    ran = run("replay", "record")
    assert ran.out.endswith("\n\n2 countries, 2 changes, 4 refusals (2 expected), 2 findings\n")


def test_a_note_is_told_and_is_no_reason_to_fail(run: Run, put: Put) -> None:
    status = "- {status: {stage: engaged}, date: 2022-02-02, evidence: [$press]}\n"
    engage = f"- {{act: engage, date: 2022-02-01..2022-02-03, evidence: {TWO}}}\n"
    ran = run("replay", put(engage + status))
    assert ran.code == 0
    assert ran.err.startswith("record/FJI.yaml:8:5: note RM652 ")
    assert ran.out.endswith("0 refusals (0 expected), 1 finding (0 errors)\n")


def test_a_change_that_wants_a_warning_is_told_and_is_no_reason_to_fail(run: Run, put: Put) -> None:
    ran = run("replay", put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n"))
    assert ran.code == 0
    assert ran.err.startswith(
        "record/FJI.yaml:7:5: warning RM701 engage 2022-02-01 rests on yearbook-2026 alone\n"
    )
    assert ran.out.endswith("0 refusals (0 expected), 1 finding (0 errors)\n")


def test_a_warning_is_taken_at_the_files_and_not_at_what_could_be_known_by_a_day(
    run: Run, put: Put
) -> None:
    path = put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    assert run("replay", path, "--known-by", "2026-03-01").err == ""


def test_a_source_that_nothing_cites_is_told_of_where_the_whole_folder_was_asked_for(
    run: Run, put: Put
) -> None:
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


def test_every_finding_of_every_file_comes_in_one_run(run: Run, put: Put) -> None:
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
    assert ran.out.endswith("\n\n1 country, 1 change, 1 refusal (1 expected), 3 findings\n")


def test_something_unreadable_among_findings_ends_with_2(run: Run, put: Put) -> None:
    put(NOT_ATTESTED, **BANNED)
    ran = run("replay", "record", "nowhere")
    assert ran.code == 2
    assert [line for line in ran.err.splitlines() if " error " in line] == [
        "nowhere: error RM101 cannot be read: No such file or directory",
        TOLD_OF_NOT_ATTESTED.splitlines()[0],
    ]


def test_replay_without_a_path_replays_the_record_that_ships(run: Run) -> None:
    ran = run("replay")
    assert (ran.code, " error " in ran.err) == (0, False)
    countries = len(rm.load_folder().scenarios)
    assert ran.out.splitlines()[-1].startswith(f"{countries} countries, ")
    assert ran.out.splitlines()[-1].endswith(" findings (0 errors)")


def test_replay_in_json_has_the_keys_that_scripts_rely_on(run: Run, put: Put) -> None:
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
            },
            {
                "stage": "engaged",
                "ban": "none",
                "from": "2022-02-01..2022-02-03",
                "to": "2026-01-15",
            },
        ],
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


def test_replay_in_json_carries_findings_as_data_and_tells_them_on_standard_error_too(
    run: Run, put: Put
) -> None:
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


def test_what_was_not_public_by_a_day_does_not_count(run: Run, put: Put) -> None:
    # The yearbook was public on 1 February 2026.
    path = put(CLEAN, until="2026-03-01")
    before = run("replay", path, "--known-by", "2026-01-31")
    assert before.out.splitlines()[0] == (
        "Fiji (FJI): hostile, no ban documented; last documented 2026-01-31, as known by 2026-01-31"
    )
    assert "  4 entries not public by 2026-01-31\n" in before.out
    after = run("replay", path, "--known-by", "2026-02-01", "--format", "json")
    (replay,) = json.loads(after.out)["replays"]
    assert (replay["stage"], replay["known_by"]) == ("engaged", "2026-02-01")


# --- status ------------------------------------------------------------------------------------


def test_status_says_where_since_when_and_who_says_so(run: Run, put: Put) -> None:
    ran = run("status", "--scenarios", put(CLEAN))
    assert ran == Ran(
        0,
        "Fiji (FJI)  engaged  no ban documented  since 2022-02-01..2022-02-03  "
        "press in yearbook-2026 (B3)  documented until 2026-01-15\n",
        "",
    )


def test_status_on_a_day_that_the_dates_leave_open_says_so_in_words(run: Run, put: Put) -> None:
    ran = run("status", "FJI", "--on", "2022-02-02", "--scenarios", put(CLEAN))
    assert ran.code == 0
    assert ran.out.startswith(
        "Fiji (FJI)  hostile or engaged: the act is dated 2022-02-01..2022-02-03  "
        "no ban documented  "
    )
    assert "since" not in ran.out


@pytest.mark.parametrize(
    ("dates", "since"), [("earliest", "since 2022-02-01"), ("latest", "since 2021-08-15")]
)
def test_status_read_at_one_end_of_the_dates_is_certain_and_says_how_they_were_read(
    run: Run, put: Put, dates: str, since: str
) -> None:
    engage = "- {act: engage, date: 2022-02, evidence: [$press]}\n"
    path = put(engage, begins="2021-08-15")
    ran = run("status", "--on", "2022-02-02", "--dates", dates, "--scenarios", path)
    assert since in ran.out
    assert ran.out.endswith(
        f"\nEvery date known only to an interval is read at its {dates} possible day.\n"
    )
    ran = run("status", "--dates", dates, "--scenarios", path, "--format", "json")
    assert json.loads(ran.out)["dates"] == dates


def test_status_leaves_dates_open_unless_told_otherwise(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02, evidence: [$press]}\n")
    asked = ("status", "--on", "2022-02-02", "--scenarios", path)
    assert run(*asked) == run(*asked, "--dates", "all")
    assert "hostile or engaged: the act is dated 2022-02" in run(*asked).out


def test_status_in_json_lists_every_state_that_the_day_may_have(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("status", "--on", "2022-02-02", "--scenarios", path, "--format", "json")
    data = json.loads(ran.out)
    assert (data["format"], data["known_by"]) == ("recognition-status/1", None)
    (country,) = data["countries"]
    states = country.pop("standings")
    assert country == {
        "country": "FJI",
        "name": "Fiji",
        "day": "2022-02-02",
        "words": "hostile or engaged: the act is dated 2022-02-01..2022-02-03",
        "certain": False,
        "documented": True,
        "documented_until": "2026-01-15",
        "doctrine": None,
    }
    assert states == [
        {
            "stage": "hostile",
            "ban": "none",
            "since": "1996-09-27",
            "act": None,
            "rule": None,
            "attestation": None,
            "evidence": [],
        },
        {
            "stage": "engaged",
            "ban": "none",
            "since": "2022-02-01..2022-02-03",
            "act": "engage",
            "rule": "R02",
            "attestation": "reported",
            "evidence": ["yearbook-2026", "almanac-2026"],
        },
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("1990-01-01", "not documented"),
        ("1996-09-27", "hostile"),
        ("2022-01-31", "hostile"),
        ("2022-02-03", "engaged"),
        ("2026-01-15", "engaged"),
        ("2026-01-16", "engaged (last documented 2026-01-15)"),
    ],
)
def test_status_on_a_day_before_within_and_after_the_record(
    day: str, words: str, run: Run, put: Put
) -> None:
    ran = run("status", "--on", day, "--scenarios", put(CLEAN), "--format", "json")
    assert json.loads(ran.out)["countries"][0]["words"] == words


def test_status_by_what_could_be_known_ends_where_the_knowledge_ends(run: Run, put: Put) -> None:
    ran = run("status", "--known-by", "2024-01-01", "--scenarios", put(CLEAN))
    assert ran.out == (
        "Fiji (FJI)  hostile  no ban documented  since 1996-09-27  assumed at the start  "
        "documented until 2024-01-01\n"
    )
    data = run("status", "--known-by", "2024-01-01", "--scenarios", "record", "--format", "json")
    assert json.loads(data.out)["known_by"] == "2024-01-01"


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (["RUS"], ["RUS"]),
        (["ru"], ["RUS"]),
        (["Russia"], ["RUS"]),
        (["russian federation"], ["RUS"]),
        (["NO", "nor", "Norway"], ["NOR"]),
        (["kz", "China", "RUS", "KAZ"], ["KAZ", "CHN", "RUS"]),
        (["UK", "Türkiye"], ["GBR", "TUR"]),
    ],
)
def test_countries_are_named_in_any_way_and_come_once_in_the_order_asked(
    asked: list[str], codes: list[str], run: Run
) -> None:
    ran = run("status", *asked, "--format", "json")
    assert ran.code == 0
    assert [country["country"] for country in json.loads(ran.out)["countries"]] == codes


def test_status_of_all_is_in_the_order_of_the_countries_names(run: Run) -> None:
    lines = run("status").out.splitlines()
    names = [line.partition(" (")[0] for line in lines if not line.startswith(" ")]
    assert len(names) > 10
    assert names == sorted(names)


def test_several_paths_make_one_record(run: Run, put: Put) -> None:
    fiji, tuvalu = put(CLEAN), put(CLEAN, country="TUV")
    ran = run("status", "--scenarios", tuvalu, "--scenarios", fiji)
    assert [line.split()[0] for line in ran.out.splitlines()] == ["Fiji", "Tuvalu"]


# --- precedence --------------------------------------------------------------------------------

ACCEPTED = """\
- {{act: engage, date: 2021-09-01, evidence: [$press]}}
- {{act: accept_ambassador, date: {copies}, evidence: [$host]}}
- {{signal: credentials_originals, date: {originals}, evidence: [$host]}}
"""


@pytest.fixture
def two(put: Put) -> tuple[str, ...]:
    """Fiji and Tuvalu, the one sooner with the copies, the other perhaps with the originals."""
    fiji = ACCEPTED.format(copies="2022-01-01..2022-01-03", originals="2022-03-02")
    tuvalu = ACCEPTED.format(copies="2022-01-02..2022-01-04", originals="2022-03-01..2022-03-04")
    paths = put(fiji, "FJI"), put(tuvalu, "TUV"), put("[]", "KIR")
    return tuple(word for path in paths for word in ("--scenarios", str(path)))


def test_precedence_of_two_tells_the_share_of_readings_exactly_and_what_it_assumes(
    run: Run, two: tuple[str, ...]
) -> None:
    ran = run("precedence", "Fiji", "Tuvalu", *two)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:5] == [
        "Fiji (FJI)    ambassador accepted  2022-01-01..2022-01-03",
        "Tuvalu (TUV)  ambassador accepted  2022-01-02..2022-01-04",
        "Fiji before Tuvalu: 2/3 (66.7 %)",
        "on the same day: 2/9 (22.2 %)",
        "Fiji after Tuvalu: 1/9 (11.1 %)",
    ]
    assert "an assumption, not knowledge" in " ".join(ran.out.split())


def test_precedence_of_a_signal_may_come_out_otherwise(run: Run, two: tuple[str, ...]) -> None:
    asked = ("precedence", "FJ", "TV", "--signal", "credentials_originals", *two)
    data = json.loads(run(*asked, "--format", "json").out)
    assert data["format"] == "recognition-precedence/1"
    (pair,) = data["pairs"]  # Tuvalu's is on one of four days, the second of them Fiji's
    assert {name: pair[name]["exact"] for name in ("before", "same", "after")} == {
        "before": "1/2",
        "same": "1/4",
        "after": "1/4",
    }
    assert pair["before"]["number"] == 0.5


def test_precedence_gives_no_place_to_a_country_of_which_nothing_is_documented(
    run: Run, two: tuple[str, ...]
) -> None:
    out = run("precedence", *two).out
    assert "Kiribati (KIR)  ambassador accepted  not documented" in out
    assert out.count("Kiribati") == 1
    alone = run("precedence", "Kiribati", "Fiji", *two)
    assert (alone.code, "nothing to compare" in alone.out) == (0, True)


def test_precedence_of_draws_says_how_many_with_which_seed_and_how_far_off(
    run: Run, two: tuple[str, ...]
) -> None:
    asked = ("precedence", *two, "--draws", "10000", "--seed", "3")
    out = run(*asked).out
    assert out == run(*asked).out
    assert "shares of 10000 draws, seed 3; standard error at most 0.5 points" in out
    assert re.search(r"Fiji \(FJI\) +rank 1: ", out)


def test_precedence_since_a_day_passes_over_what_was_before(run: Run, two: tuple[str, ...]) -> None:
    out = run("precedence", "Fiji", *two, "--stage", "engaged", "--since", "2022-01-01").out
    assert "only documented before 2022-01-01 (2021-09-01)" in out


def test_precedence_is_asked_of_a_stage_or_a_signal(run: Run) -> None:
    ran = run("precedence", "--stage", "engaged", "--signal", "visit")
    assert (ran.code, ran.out) == (2, "")
    assert "--stage or --signal, not both" in ran.err


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 4), "1/4 (25 %)"),
        (Fraction(1, 10_000_000), "under 0.1 %"),
        (Fraction(9_999_999, 10_000_000), "over 99.9 %"),
    ],
)
def test_a_share_that_is_not_all_is_never_told_as_all(share: Fraction, told: str) -> None:
    assert share_in_words(share) == told


# --- next --------------------------------------------------------------------------------------

# From the rule table, by hand: what takes each act, or which condition fails.
FROM_ENGAGED = {
    "ban": "R01",
    "engage": ["wrong-stage"],
    "delist": ["no-ban-in-force"],
    "accept_ambassador": "R04",
    "recognise": "R06",
    "withdraw_recognition": ["wrong-stage"],
    "downgrade": ["wrong-stage"],
    "break_off": "R09",
}
FROM_ENGAGED_UNDER_A_BAN = {
    "ban": ["ban-in-force"],
    "engage": ["wrong-stage"],
    "delist": "R03",
    "accept_ambassador": ["ban-in-force"],
    "recognise": ["wrong-stage", "ban-in-force", "ban-in-force"],
    "withdraw_recognition": ["wrong-stage", "ban-in-force"],
    "downgrade": ["wrong-stage", "ban-in-force"],
    "break_off": "R10",
}


@pytest.mark.parametrize(
    ("ban", "acts"), [("none", FROM_ENGAGED), ("in_force", FROM_ENGAGED_UNDER_A_BAN)]
)
def test_next_says_of_every_act_whether_it_is_open_and_why_not(
    ban: str, acts: dict[str, str | list[str]], run: Run, put: Put
) -> None:
    path = put("- {signal: visit, date: 2022, evidence: [$press]}\n", stage="engaged", ban=ban)
    data = json.loads(run("next", "FJI", "--scenarios", path, "--format", "json").out)
    assert (data["format"], data["country"], data["name"]) == (
        "recognition-next/1",
        "FJI",
        "Fiji",
    )
    assert (data["day"], data["words"], data["certain"]) == ("2026-01-15", "engaged", True)
    told = {
        act["act"]: act["rule"] if act["open"] else [unmet["reason"] for unmet in act["unmet"]]
        for act in data["acts"]
    }
    assert told == acts
    assert {(act["stage"], act["ban"]) for act in data["acts"]} == {("engaged", ban)}
    assert all(act["suffices"] for act in data["acts"])


def test_next_in_text_puts_open_acts_before_closed_ones(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("next", "Fiji", "--scenarios", "record")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Fiji (FJI) on 2026-01-15: engaged (no ban documented)"
    heads = [line.split()[:2] for line in lines if line.startswith(("  open ", "  closed "))]
    assert heads == [
        *(["open", act] for act, rule in FROM_ENGAGED.items() if isinstance(rule, str)),
        *(["closed", act] for act, rule in FROM_ENGAGED.items() if isinstance(rule, list)),
    ]


def test_next_on_an_uncertain_day_answers_for_each_state(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "FJI", "--on", "2022-02-02", "--scenarios", path)
    assert ran.out.count("\nif ") == 2
    assert ran.out.index("if hostile, no ban documented:") < ran.out.index(
        "if engaged, no ban documented:"
    )


def test_next_by_what_could_be_known_starts_from_that_state(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "FJI", "--known-by", "2024-01-01", "--scenarios", path)
    assert ran.out.startswith("Fiji (FJI) on 2024-01-01: hostile (no ban documented)\n")


def test_next_before_the_record_has_nothing_to_offer(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "FJI", "--on", "1990-01-01", "--scenarios", path)
    assert ran == Ran(0, "Fiji (FJI) on 1990-01-01: not documented\n", "")


# --- rules, explain, schema --------------------------------------------------------------------


def test_rules_prints_a_line_per_rule_in_order(run: Run) -> None:
    ran = run("rules")
    assert (ran.code, ran.err) == (0, "")
    codes = [line.split()[0] for line in ran.out.splitlines()]
    assert codes == ["code", *(f"R{number:02}" for number in range(1, 11))]


def test_rules_in_json_give_the_table_whole(run: Run) -> None:
    data = json.loads(run("rules", "--format", "json").out)
    assert data["format"] == "recognition-rules/1"
    assert len(data["rules"]) == 10
    third = data["rules"][2]
    assert third.pop("why")
    assert third.pop("reference")
    assert third == {
        "code": "R03",
        "act": "delist",
        "before": ["banned", "engaged"],
        "after": "delisted",
        "ban_must_be": ["in_force"],
        "ban_becomes": "lifted",
        "needs": "official",
    }


@pytest.mark.parametrize("code", rm.CODES)
def test_explain_tells_of_every_finding_what_it_means_and_what_to_do(code: str, run: Run) -> None:
    entry = rm.CODES[code]
    ran = run("explain", code)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{code} {entry.name} ({entry.severity})",
        entry.meaning,
        entry.remedy,
    ]


@pytest.mark.parametrize("rule", rm.RULES.rules, ids=str)
def test_explain_tells_of_every_rule_what_it_wants_and_why(rule: rm.Rule, run: Run) -> None:
    ran = run("explain", rule.code)
    assert (ran.code, ran.err) == (0, "")
    for wanted in (rule.code, rule.act, *rule.before, rule.after, rule.needs, rule.why):
        assert str(wanted) in ran.out
    assert rule.reference in ran.out


@pytest.mark.parametrize("kind", [Stage, Ban, Act, Voice, Attestation, Bearing])
def test_explain_tells_of_every_word_of_a_record_what_it_means(kind: Any, run: Run) -> None:
    for member in kind:
        ran = run("explain", member.value)
        assert ran.code == 0
        assert f"{kind.__name__.lower()} {member.value}: {member.meaning}\n" in ran.out


def test_explain_tells_every_meaning_of_a_word_that_has_several(run: Run) -> None:
    kinds = [line.split()[0] for line in run("explain", "none").out.splitlines()]
    assert kinds == ["ban", "attestation", "claim"]


@pytest.mark.parametrize("word", ["rm501", "Rm501", "r06", "BANNED", "Recognise"])
def test_explain_takes_capitals_and_small_letters_alike(word: str, run: Run) -> None:
    ran = run("explain", word)
    assert ran.code == 0
    assert ran.out.casefold().find(word.casefold()) >= 0


@pytest.mark.parametrize(
    ("word", "near"),
    [("recognize", "recognise"), ("RM51", "RM501"), ("ambasador", "ambassador")],
)
def test_explain_of_what_nothing_is_called_suggests_what_comes_near(
    word: str, near: str, run: Run
) -> None:
    ran = run("explain", word)
    assert (ran.code, ran.out) == (2, "")
    assert f"unknown word '{word}': did you mean " in ran.err
    assert near in ran.err


def test_explain_of_what_nothing_comes_near_says_so_and_suggests_nothing(run: Run) -> None:
    ran = run("explain", "xyzzy-42")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown word 'xyzzy-42'\n" in ran.err
    assert "did you mean" not in ran.err


@pytest.mark.parametrize("args", [["scenario"], ["collective"], ["sources"], []])
def test_schema_prints_the_schema_that_ships(args: list[str], run: Run) -> None:
    ran = run("schema", *args)
    shipped = SCHEMAS / f"{args[0] if args else 'scenario'}.json"
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == json.loads(shipped.read_text(encoding="utf-8"))


# --- locate ------------------------------------------------------------------------------------

TEXT = "The Example Gazette\n\nThe envoy came.\nThe ban stays!\nThe envoy came.\n"
ENVOY = "lt1-" + sha256(b"theenvoycame").hexdigest()[:32]  # 12 letters, folded by hand
SEED = "tass-2022-01-31"  # a name of the shipped register; the text is made up


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a made-up text."""
    monkeypatch.chdir(tmp_path)
    path = Path("copy.txt")
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_locate_makes_a_locator_of_a_passage_alone(run: Run) -> None:
    ran = run("locate", SEED, stdin="«The ENVOY\n came»")
    assert ran == Ran(0, f"at: {{letters: 12, digest: {ENVOY}}}\n", "")


def test_locate_in_a_copy_gives_every_paragraph_where_the_passage_stands(
    run: Run, copy: Path
) -> None:
    ran = run("locate", SEED, copy, stdin="the envoy came")
    assert ran == Ran(
        0,
        f"at: {{paragraph: 2, letters: 12, digest: {ENVOY}}}\n"
        f"at: {{paragraph: 4, letters: 12, digest: {ENVOY}}}\n",
        "",
    )


def test_locate_in_json_gives_the_locators_as_data(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy, "--format", "json", stdin="\ufeffthe envoy came")
    assert json.loads(ran.out) == {
        "format": "recognition-locator/1",
        "source": SEED,
        "locators": [
            {"paragraph": 2, "letters": 12, "digest": ENVOY},
            {"paragraph": 4, "letters": 12, "digest": ENVOY},
        ],
    }


def test_what_locate_prints_can_stand_in_a_record(run: Run, copy: Path, put: Put) -> None:
    at = run("locate", SEED, copy, stdin="The ban stays").out.strip()
    path = put(
        f"- {{signal: visit, date: 2024, evidence: [{{source: yearbook-2026, {at}, "
        "voice: press, credibility: 3, claim: The ban.}]}\n"
    )
    assert run("replay", path).code == 0
    Path("texts").mkdir()
    (Path("texts") / "yearbook-2026.txt").write_text(TEXT, encoding="utf-8")
    assert run("verify", "--texts", "texts", "--scenarios", path).out.startswith(
        "yearbook-2026:  1 match\n"
    )


def test_locate_of_a_passage_that_the_copy_lacks_ends_with_1(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy, stdin="The envoy left.")
    assert ran == Ran(1, "", "Error: the passage does not stand in copy.txt\n")


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        (b"", "no passage on standard input"),
        (b" \n -- \n", "no passage on standard input"),
        (b"caf\xe9", "the passage on standard input is not UTF-8 text"),
    ],
)
@pytest.mark.parametrize("with_copy", ["alone", "in a copy"])
def test_locate_of_no_passage_is_a_usage_error(
    passage: bytes, why: str, with_copy: str, run: Run, copy: Path
) -> None:
    args = [SEED, copy] if with_copy == "in a copy" else [SEED]
    ran = run("locate", *args, stdin=passage)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_locate_of_an_unknown_source_suggests_those_that_come_near(run: Run) -> None:
    ran = run("locate", "tass-2022-01-30", stdin="The envoy came.")
    assert (ran.code, ran.out) == (2, "")
    assert "the source 'tass-2022-01-30' is not in the register: did you mean " in ran.err
    assert SEED in ran.err


def test_locate_knows_the_sources_of_a_register_of_ones_own(run: Run) -> None:
    assert run("locate", "wire-2022", stdin="The envoy came.").code == 2
    for known in ("wire-2022", SEED):
        assert run("locate", known, "--sources", REGISTER, stdin="The envoy came.").code == 0


def test_locate_with_a_broken_register_tells_what_is_wrong_with_it(run: Run, put: Put) -> None:
    Path("mine.yaml").write_text("format: recognition-sources/1\nsorces: {}\n", encoding="utf-8")
    ran = run("locate", SEED, "--sources", "mine.yaml", stdin="The envoy came.")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("mine.yaml:2:1: error RM201 the key 'sorces' means nothing here\n")


# --- verify ------------------------------------------------------------------------------------


@pytest.fixture
def located(put: Put) -> Callable[..., Path]:
    """A record with one locator, and a folder `texts` with the copies given."""

    def placed(paragraph: int, passage: str, **held: str) -> Path:
        locator = rm.Locator.of(passage)
        at = f"{{paragraph: {paragraph}, letters: {locator.letters}, digest: {locator.digest}}}"
        proof = f"{{source: wire-2022, at: {at}, voice: press, credibility: 3, claim: x}}"
        Path("texts").mkdir()
        for name, text in held.items():
            (Path("texts") / f"{name}.txt").write_text(text, encoding="utf-8")
        return put(f"- {{signal: visit, date: 2024, evidence: [{proof}]}}\n")

    return placed


@pytest.mark.parametrize(
    ("paragraph", "passage", "found", "code", "finding"),
    [
        (3, "The ban stays", "1 match", 0, ""),
        (1, "The ban stays", "1 moved", 0, "note RM313"),
        (1, "The envoy came", "1 ambiguous", 1, "error RM312"),
        (1, "The envoy left", "1 absent", 1, "error RM311"),
    ],
)
def test_verify_says_how_each_passage_was_found_and_ends_accordingly(
    paragraph: int,
    passage: str,
    found: str,
    code: int,
    finding: str,
    run: Run,
    located: Callable[..., Path],
) -> None:
    path = located(paragraph, passage, **{"wire-2022": TEXT})
    ran = run("verify", "--texts", "texts", "--scenarios", path)
    assert ran.code == code
    assert ran.out.splitlines()[0] == f"wire-2022:  {found}"
    assert ran.out.splitlines()[-1].count("1 ") == 1
    told = re.findall(r"^record/FJI\.yaml:7:5: (\w+ RM\d+) wire-2022 lt1-", ran.err, re.MULTILINE)
    assert told == ([finding] if finding else [])


def test_verify_with_no_copy_of_anything_ends_with_1(
    run: Run, located: Callable[..., Path]
) -> None:
    path = located(3, "The ban stays", other=TEXT)
    ran = run("verify", "--texts", "texts", "--scenarios", path)
    assert ran.code == 1
    assert ran.err.startswith("texts: error RM314 ")
    assert ran.out == (
        "wire-2022:  1 no copy held\n0 match, 0 moved, 0 ambiguous, 0 absent, 1 no copy held\n"
    )


def test_verify_in_json_has_an_entry_per_locator(run: Run, located: Callable[..., Path]) -> None:
    path = located(1, "The ban stays", **{"wire-2022": TEXT})
    ran = run("verify", "--texts", "texts", "--scenarios", path, "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["format"]) == (0, "recognition-verify/1")
    (item,) = data["items"]
    assert (item["source"], item["found"], item["paragraphs"]) == ("wire-2022", "moved", [3])
    assert [found["code"] for found in data["findings"]] == ["RM313"]


def test_verify_tells_what_is_wrong_with_the_record_too(
    run: Run, put: Put, located: Callable[..., Path]
) -> None:
    located(3, "The ban stays", **{"wire-2022": TEXT})
    put("- {act: engag, date: 2022, evidence: [$press]}\n", country="TUV")
    ran = run("verify", "--texts", "texts", "--scenarios", "record")
    assert ran.code == 1
    assert "record/TUV.yaml:7:11: error RM204 'engag' is not known here\n" in ran.err
    assert ran.out.startswith("wire-2022:  1 match\n")


def test_verify_with_a_folder_that_is_not_there_ends_with_2(run: Run) -> None:
    ran = run("verify", "--texts", "nowhere")
    assert ran == Ran(2, "", "nowhere: error RM101 cannot be read: No such file or directory\n")


# --- usage and unreadable input ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "Usage: "),
        (["nosuch"], "No such command 'nosuch'"),
        (["status", "Russai"], "no country is called 'Russai': did you mean RUS (Russia)"),
        (["next", "Rusia"], "no country is called 'Rusia': did you mean RUS (Russia)"),
        (["next"], "Missing argument 'COUNTRY'"),
        (["status", "Fiji"], "not in the record: Fiji (FJI)"),
        (["status", "RUS", "FJ", "TUV"], "not in the record: Fiji (FJI), Tuvalu (TUV)"),
        (["next", "FJI"], "Countries with a record: "),
        (["status", "--on", "2024-02-30"], "there is no such date as 2024-02-30"),
        (
            ["status", "--on", "2024-05"],
            "2024-05 is not a single day (write one day, as YYYY-MM-DD)",
        ),
        (["next", "RUS", "--on", "yesterday"], "'yesterday' is not a date"),
        (["replay", "--known-by", "2024/2025"], "means lasting from one to the other"),
        (["replay", "--known-by", ""], "'' is not a date"),
        (["replay", "--format", "yaml"], "'yaml' is not one of"),
        (["replay", "--nosuch"], "No such option"),
        (["schema", "nosuch"], "'nosuch' is not one of"),
        (["verify"], "Missing option '--texts'"),
        (["locate"], "Missing argument 'SOURCE'"),
        (["rules", "R01"], "unexpected extra argument"),
    ],
    ids=" ".join,
)
def test_wrong_usage_says_what_is_wrong_and_ends_with_2(
    args: list[str], why: str, run: Run
) -> None:
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_a_country_without_a_record_is_told_which_have_one(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "Tuvalu", "--scenarios", path)
    assert ran.err.endswith(
        "Error: not in the record: Tuvalu (TUV) "
        "(for files of your own: --scenarios; `new TUV` begins one). "
        "Countries with a record: Fiji (FJI)\n"
    )


@pytest.fixture
def unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read: an empty folder, a binary file, another encoding, two-byte text."""
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    Path("latin.yaml").write_bytes(b"format: caf\xe9\n")
    Path("wide.yaml").write_bytes("format: x\n".encode("utf-16"))


UNREADABLE = {
    "nowhere": "nowhere: error RM101 cannot be read: No such file or directory\n",
    "empty": "empty: error RM103 the folder holds no scenario\n",
    "binary.yaml": "binary.yaml: error RM102 not UTF-8 text\n  hint: it looks binary\n",
    "latin.yaml": "latin.yaml:1:12: error RM102 not UTF-8 text: the byte 0xe9\n"
    "  hint: save it as UTF-8\n",
    "wide.yaml": "wide.yaml: error RM102 not UTF-8 text\n"
    "  hint: it looks like UTF-16: save it as UTF-8\n",
}


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("path", UNREADABLE)
def test_what_cannot_be_read_is_a_finding_and_the_end_is_2(path: str, run: Run) -> None:
    assert run("replay", path) == Ran(
        2,
        "0 countries, 0 changes, 0 refusals (0 expected), 1 finding\n",
        UNREADABLE[path],
    )


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("args", [["replay"], ["status", "--scenarios"]], ids=["replay", "status"])
def test_what_cannot_be_read_leaves_valid_json(args: list[str], run: Run) -> None:
    ran = run(args[0], "--format", "json", *args[1:], "nowhere")
    assert ran.code == 2
    assert json.loads(ran.out)["format"] == f"recognition-{args[0]}/1"
    assert ran.err == UNREADABLE["nowhere"]


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("path", ["nowhere", "latin.yaml", "wide.yaml"])
def test_a_copy_that_cannot_be_read_ends_locate_with_2(path: str, run: Run) -> None:
    ran = run("locate", SEED, path, stdin="The envoy came.")
    assert ran == Ran(2, "", UNREADABLE[path])


def test_a_folder_given_for_a_copy_ends_locate_with_2(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy.parent, stdin="The envoy came.")
    assert ran == Ran(2, "", ".: error RM101 cannot be read: Is a directory\n")


@pytest.mark.parametrize("name", ["status", "next"])
def test_a_country_whose_file_is_broken_is_told_what_is_wrong_with_the_file(
    name: str, run: Run, put: Put
) -> None:
    path = put("- {act: engag, date: 2022, evidence: [$press]}\n")
    ran = run(name, "FJI", "--scenarios", path)
    assert ran.code in (1, 2)
    assert "record/FJI.yaml:7:11: error RM204 'engag' is not known here" in ran.err


@pytest.mark.parametrize("name", ["status", "next"])
def test_a_country_asked_of_a_path_that_is_not_there_is_told_so(
    name: str, run: Run, put: Put
) -> None:
    ran = run(name, "FJI", "--scenarios", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert UNREADABLE["nowhere"] in ran.err


def test_being_interrupted_ends_with_130_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("recognition_model.cli.replay.load_folder", interrupted)
    ran = run("replay")
    assert (ran.code, ran.out, ran.err.strip()) == (130, "", "")


def test_what_cannot_be_read_is_not_told_as_written(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "rx/sources.yaml")

    monkeypatch.setattr("recognition_model.cli.replay.load_folder", denied)
    ran = run("replay")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "cannot read rx/sources.yaml: Permission denied\n"


def test_a_place_for_a_new_record_that_may_not_be_looked_at_is_told_as_not_written(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_dir = Path.is_dir

    def denied(path: Path) -> bool:
        if path.parts[0] == "nox":
            raise PermissionError(13, "Permission denied", str(path))
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", denied)
    ran = run("new", "FJI", "-o", "nox/FJI.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "cannot write nox/FJI.yaml: Permission denied\n"


@pytest.mark.parametrize(
    "args", [["status", "--scenarios"], ["next", "FJI", "--scenarios"]], ids=["status", "next"]
)
def test_an_answer_from_a_record_whose_act_is_refused_comes_with_the_finding(
    args: list[str], run: Run, put: Put
) -> None:
    ran = run(*args, put(NOT_ATTESTED, **BANNED))
    assert ran.code == 1
    assert ran.err == TOLD_OF_NOT_ATTESTED
    assert ran.out.startswith("Fiji (FJI)")


# --- a record of one's own ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [["replay"], ["status", "--scenarios"], ["next", "FJI", "--scenarios"]],
    ids=["replay", "status", "next"],
)
def test_a_folder_with_a_register_of_its_own_works_for(args: list[str], run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run(*args, "record")
    assert (ran.code, ran.err) == (0, "")
    assert "Fiji (FJI)" in ran.out
    (Path("record") / "sources.yaml").unlink()
    ran = run(*args, "record")
    assert ran.code != 0
    assert "error RM301 the source 'yearbook-2026' is not in the register" in ran.err


def test_what_is_wrong_with_a_register_of_ones_own_is_told_too(run: Run, put: Put) -> None:
    put(CLEAN)
    register = Path("record") / "sources.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("reliability: B", "reliability: Z"), encoding="utf-8")
    number = text.splitlines().index("    reliability: B") + 1
    ran = run("replay", "record")
    assert ran.code == 1
    assert f"record/sources.yaml:{number}:18: error RM204 'Z' is not known here" in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ["status", "Russia", "Kazakhstan", "--format", "json"],
        ["next", "Norway", "--format", "json"],
        ["precedence", "ARE", "UZB", "--format", "json"],
        ["coverage", "China", "--format", "json"],
    ],
    ids=lambda args: args[0],
)
def test_of_countries_that_ship_only_their_files_are_read_and_the_answer_is_that_of_all(
    args: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = loading.read_text
    monkeypatch.setattr(
        "recognition_model.io.loader.read_text",
        lambda path, *more: read.append(path.name) or real(path, *more),
    )
    alone = run(*args)
    assert len(read) <= 3
    at_its_path = run(*args, "--scenarios", str(loading.record_root("scenarios")))
    assert len(read) > 30
    assert alone == at_its_path


# --- what the record covers --------------------------------------------------------------------


def test_coverage_is_a_page_of_markdown_or_the_same_as_data(run: Run, put: Put) -> None:
    put(CLEAN)
    page = run("coverage", "--scenarios", "record")
    assert (page.code, page.err) == (0, "")
    assert page.out.startswith("# What the record covers and what it leaves open\n")
    ran = run("coverage", "Fiji", "--scenarios", "record", "--format", "json")
    data = json.loads(ran.out)
    assert (data["format"], data["sources"], data["grades"]) == (
        "recognition-coverage/1",
        2,
        {"B3": 5},
    )
    (fiji,) = data["countries"]
    link = {
        "date": "2022-02-01..2022-02-03",
        "act": "engage",
        "after": "engaged",
        "attestation": "reported",
        "voice": "press",
        "grade": "B3",
        "sources": ["yearbook-2026", "almanac-2026"],
    }
    assert fiji == {
        "country": "FJI",
        "name": "Fiji",
        "start": {"stage": "hostile", "date": "1996-09-27", "assumed": True},
        "documented_until": "2026-01-15",
        "links": [link],
        "weakest": link,
        "signals": 1,
        "contradictions": 0,
        "turned_down": 1,
        "longest_silence": ["1996-09-27", "2022-02-01"],
    }


def test_coverage_of_a_country_without_a_record_says_which_there_are(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("coverage", "Tuvalu", "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert "not in the record: Tuvalu (TUV) " in ran.err
    assert ran.err.endswith("Countries with a record: Fiji (FJI)\n")


# --- what hides in files and in their names ----------------------------------------------------


def controls(text: str) -> list[str]:
    """The control characters of a text, line ends apart."""
    return [char for char in text if unicodedata.category(char) == "Cc" and char != "\n"]


HIDING = r'"\e]0;title\a\e[31mred\x9b31m\x7f\b\r"'
HIDDEN_IN = {
    "a title": ("title: A made-up record", f"title: {HIDING}"),
    "an assumption": ("assumed: Made up.", f"assumed: {HIDING}"),
    "an act": ("act: engage", f"act: {HIDING}"),
    "a date": ("date: 2022", f"date: {HIDING}"),
    "a note": ("act: engage", f"act: engage\n    note: {HIDING}"),
    "a contradiction": ("act: engage", f"act: engage\n    contradiction: {HIDING}"),
    "a key": ("act: engage", f"act: engage\n    {HIDING}: x"),
    "a source": ("source: yearbook-2026", f"source: {HIDING}"),
    "a claim": ("claim: An example.", f"claim: {HIDING}"),
    "a country": ("country: FJI", f"country: {HIDING}"),
    "a format": ("format: recognition-scenario/1", f"format: {HIDING}"),
    "a last day": ("2026-01-15", HIDING),
    "a tag": ("act: engage", "act: !<tag:%1B%5B31m%C2%9B31m> engage"),
    "the text itself": ("An example.", "An \x1b[31mexample\x9b31m.\x7f"),
    "a comment": ("timeline:", "timeline: # \x1b[31m"),
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("told", "hidden"), HIDDEN_IN.values(), ids=HIDDEN_IN)
def test_no_control_character_of_a_file_reaches_the_terminal(
    told: str, hidden: str, form: str, run: Run, put: Put
) -> None:
    path = put("- act: engage\n  date: 2022\n  evidence: [$press]\n")
    text = path.read_text(encoding="utf-8")
    assert told in text
    path.write_text(text.replace(told, hidden, 1), encoding="utf-8")
    ran = run("replay", path, "--format", form)
    assert ran.code == 1
    assert re.search(r"error RM11[68] ", ran.err)
    assert controls(ran.out + ran.err) == []


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("args", [["replay"], ["status", "--scenarios"]], ids=["replay", "status"])
def test_no_control_character_of_a_path_reaches_the_terminal(
    args: list[str], form: str, run: Run, put: Put
) -> None:
    odd = Path("record") / "a\x1b[31m\x9b31m\x7fb"
    odd.mkdir()
    put(CLEAN).rename(odd / "\x1b]0;x\x07.yaml")
    (Path("record") / "sources.yaml").rename(odd / "sources.yaml")
    (odd / "\x9b1mbroken.yaml").write_text("act: [\n", encoding="utf-8")
    paths = [part for path in (odd, odd / "\x1bnowhere") for part in (*args[1:], path)]
    ran = run(args[0], "--format", form, *paths)
    assert ran.code == 2
    assert "<U+001B>" in ran.err
    assert controls(ran.out + ran.err) == []


def test_a_register_cannot_hide_a_control_character_either(run: Run, put: Put) -> None:
    put(CLEAN)
    register = Path("record") / "sources.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("The Example Yearbook", HIDING), encoding="utf-8")
    ran = run("replay", "record")
    assert "record/sources.yaml" in ran.err
    assert "error RM118" in ran.err
    assert controls(ran.out + ran.err) == []


@pytest.mark.parametrize("args", [["status", "\x1b[31m"], ["explain", "\x1b[31m"], ["\x1b[31m"]])
def test_a_control_character_of_an_argument_is_not_sent_back(args: list[str], run: Run) -> None:
    ran = run(*args)
    assert ran.code == 2
    assert controls(ran.out + ran.err) == []


# --- the command as it is installed ------------------------------------------------------------


def test_the_version_is_that_of_the_package() -> None:
    ran = command("--version")
    assert (ran.returncode, ran.stdout.decode(), ran.stderr) == (
        0,
        f"recognition-model {version('recognition-model')}\n",
        b"",
    )


def test_the_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    ran = run("--help")
    assert (ran.code, ran.err) == (0, "")
    for name in COMMANDS + FILES:
        assert re.search(rf"^  {name}\s+\S", ran.out, re.MULTILINE)
    assert "0 clean or warnings only, 1 errors, 2 usage or unreadable input" in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize("name", sorted({*COMMANDS, *SUMMARIES}))
def test_every_command_explains_itself(name: str, run: Run) -> None:
    ran = run(name, "-h")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: ")
    sentence = next(line for line in ran.out.splitlines() if re.match("  [^ ]", line))
    assert sentence.strip()[0].isupper()


# `schema` prints JSON and nothing else; all others that print are asked how.
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "schema"])
def test_every_command_that_prints_can_print_json(name: str, run: Run) -> None:
    ran = run(name, "--help")
    assert "--format [text|json]" in ran.out


def test_explain_in_json_gives_what_it_tells(run: Run) -> None:
    ran = run("explain", "R06", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    data = json.loads(ran.out)
    assert data["format"] == "recognition-explain/1"
    assert data["code"] == "R06"
    assert "A government may be recognised with no ambassador's step before." in data["text"]


def test_the_command_ends_with_0_1_and_2(put: Put) -> None:
    clean, found = put(CLEAN), put(NOT_ATTESTED, country="TUV", **BANNED)
    assert command("replay", clean).returncode == 0
    with_findings = command("replay", found)
    assert with_findings.returncode == 1
    assert with_findings.stderr.decode() == TOLD_OF_NOT_ATTESTED.replace("FJI", "TUV")
    assert command("replay", "nowhere").returncode == 2
    assert command("nosuch").returncode == 2
    assert command().returncode == 2


def test_the_module_runs_as_the_command_does_and_warns_of_nothing(put: Put) -> None:
    path = put(NOT_ATTESTED, **BANNED)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "recognition_model", "replay", str(path)],
        check=False,
        capture_output=True,
        env=environment(),
    )
    by_command = command("replay", path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, by_command.stdout, by_command.stderr)


def test_in_a_pipe_there_is_no_colour(put: Put) -> None:
    ran = command("replay", put(NOT_ATTESTED, **BANNED), env=environment(TERM="xterm-256color"))
    assert b"\x1b" not in ran.stdout + ran.stderr


def on_a_terminal(*args: str | Path, **env: str) -> bytes:
    """What the command shows on a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [SCRIPT, *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm-256color", **env),
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # so a terminal tells on Linux that the other side has gone
        pass
    finally:
        os.close(ours)
        process.wait(timeout=60)
    return shown


@posix_only
def test_on_a_terminal_there_is_colour_unless_no_color_is_set(put: Put) -> None:
    path = put(NOT_ATTESTED, **BANNED)
    coloured = on_a_terminal("replay", path)
    assert b"\x1b[31m" in coloured  # the error, red, on standard error
    assert b"\x1b[1mFiji (FJI)" in coloured  # the heading, bold, on standard output
    assert on_a_terminal("replay", path, NO_COLOR="") == coloured  # empty is not set
    plain = on_a_terminal("replay", path, NO_COLOR="1")
    assert b"\x1b" not in plain
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == plain


@posix_only
def test_on_a_terminal_locate_asks_for_the_passage_on_standard_error() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    os.write(ours, b"The envoy came.\n\x04")  # Ctrl-D on a line of its own
    ran = command("locate", SEED, stdin=theirs)
    os.close(theirs)
    os.close(ours)
    assert ran.stdout.decode() == f"at: {{letters: 12, digest: {ENVOY}}}\n"
    assert b"Paste the passage" in ran.stderr


def to_a_reader_that_has_gone(*args: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command into a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return command(*args, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)


@posix_only
@pytest.mark.parametrize(
    "args",
    [
        ["replay", "--known-by", "2026-11-01"],
        ["replay", "--known-by", "2026-11-01", "--format", "json"],
        ["rules"],
        ["schema"],
        ["--help"],
        ["--version"],
        ["status", "--help"],
    ],
    ids=" ".join,
)
def test_a_reader_that_has_seen_enough_changes_nothing(args: list[str]) -> None:
    ran = to_a_reader_that_has_gone(*args)
    assert (ran.returncode, ran.stderr) == (0, b"")


@posix_only
def test_a_reader_that_has_seen_enough_leaves_findings_and_exit_code_as_they_are(put: Put) -> None:
    ran = to_a_reader_that_has_gone("replay", put(NOT_ATTESTED, **BANNED))
    assert (ran.returncode, ran.stderr.decode()) == (1, TOLD_OF_NOT_ATTESTED)
    ran = to_a_reader_that_has_gone("replay", "nowhere")
    assert (ran.returncode, ran.stderr.decode()) == (2, UNREADABLE["nowhere"])


@posix_only
@pytest.mark.parametrize(
    ("args", "code"), [(["nosuch"], 2), (["replay", "nowhere"], 2), (["replay", "record"], 1)]
)
def test_findings_that_nobody_reads_change_no_exit_code(
    args: list[str], code: int, put: Put
) -> None:
    put(NOT_ATTESTED, **BANNED)
    reading, writing = os.pipe()
    os.close(reading)
    ran = command(*args, capture_output=False, stdout=subprocess.PIPE, stderr=writing)
    os.close(writing)
    assert ran.returncode == code
    assert (b"Fiji (FJI)" in ran.stdout) is ("record" in args)


@posix_only
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["rules"], 0),
        (["rules", "--format", "json"], 0),
        (["--help"], 0),
        (["replay", "record"], 1),
        (["replay", "nowhere"], 2),
        (["nosuch"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_an_answer_to_a_closed_output_ends_with_2_and_other_closed_streams_change_nothing(
    closed: str, args: list[str], code: int, put: Put
) -> None:
    put(NOT_ATTESTED, **BANNED)
    ran = in_a_shell(f'exec "$@" {closed}', *args)
    lost = closed.startswith(">&-")
    assert ran.returncode == (2 if lost else code)
    assert b"Traceback" not in ran.stderr
    if closed == ">&-" and code < 2:
        assert ran.stderr.endswith(b"cannot write: standard output is closed\n")


@posix_only
@full_disk
@pytest.mark.parametrize("args", [["rules"], ["status"], ["--help"], ["schema"]], ids=" ".join)
def test_an_answer_that_cannot_be_written_is_told_and_ends_with_2(args: list[str]) -> None:
    ran = in_a_shell('exec "$@" >/dev/full', *args)
    assert (ran.returncode, ran.stderr.decode()) == (
        2,
        "cannot write: No space left on device\n",
    )


@posix_only
@full_disk
@pytest.mark.parametrize("args", [["nosuch"], ["replay", "nowhere"]], ids=" ".join)
def test_an_error_that_cannot_be_told_still_ends_with_2(args: list[str]) -> None:
    assert in_a_shell('exec "$@" 2>/dev/full', *args).returncode == 2


@posix_only
def test_a_standard_input_that_cannot_be_read_is_not_called_an_output() -> None:
    ran = in_a_shell('exec "$@" 0>/dev/null', "locate", SEED)
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert b"Traceback" not in ran.stderr
    assert b"write" not in ran.stderr
    assert b"standard input" in ran.stderr


ODD = "Ein Gesandter, chargé d’affaires; 条約"
encodings = pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])


@pytest.fixture
def odd_letters(put: Put) -> Path:
    """A record with letters that few encodings have."""
    return put(f"- {{act: engage, date: 2022, contradiction: {ODD!r}, evidence: {TWO}}}\n")


@encodings
def test_what_an_encoding_lacks_is_written_as_an_escape(encoding: str, odd_letters: Path) -> None:
    ran = command("replay", odd_letters, env=environment(PYTHONIOENCODING=encoding))
    assert (ran.returncode, ran.stderr) == (0, b"")
    shown = ODD.encode(encoding, "backslashreplace").decode(encoding)
    assert f"in doubt: {shown}" in ran.stdout.decode(encoding)


@encodings
def test_json_says_the_same_in_every_encoding(encoding: str, odd_letters: Path) -> None:
    env = environment(PYTHONIOENCODING=encoding)
    ran = command("replay", odd_letters, "--format", "json", env=env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    (replay,) = json.loads(ran.stdout.decode(encoding))["replays"]
    assert replay["changes"][0]["contradiction"] == ODD


def test_findings_come_in_any_encoding_too(put: Put) -> None:
    path = put("- {act: reconnaître, date: 2022, evidence: [$press]}\n")
    ran = command("replay", path, env=environment(PYTHONIOENCODING="ascii"))
    assert ran.returncode == 1
    assert b"error RM204 'reconna\\xeetre' is not known here\n" in ran.stderr


@pytest.mark.parametrize(
    "args", [["replay"], ["status", "Russia"], ["next", "Russia"]], ids=["replay", "status", "next"]
)
def test_asking_loads_no_library_that_only_drawing_or_testing_needs(args: list[str]) -> None:
    program = (
        "import json, sys\n"
        "from recognition_model.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    json.dump(sorted({name.partition('.')[0] for name in sys.modules}), sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *args], check=True, capture_output=True, env=environment()
    )
    loaded = set(json.loads(ran.stderr.splitlines()[-1]))
    assert {"click", "yaml", "transitions"} <= loaded
    assert not loaded & {"matplotlib", "numpy", "pandas", "hypothesis", "edtf", "pytest"}
    assert b"Russia (RUS)" in ran.stdout


# --- completion, and the documents --------------------------------------------------------------


def completions(*args: str) -> list[str]:
    """What the shell offers for the last word."""
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    return [item.value for item in complete.get_completions(list(args[:-1]), args[-1])]


def test_the_shell_offers_countries_with_a_record_by_code() -> None:
    with_a_record = sorted(scenario.country for scenario in rm.load_folder().scenarios)
    assert completions("status", "") == with_a_record
    assert completions("status", "ru") == ["RUS"]
    assert completions("next", "K") == ["KAZ", "KGZ"]
    assert completions("next", "X") == []
    assert completions("status", "RUS", "NO") == ["NOR"]


def test_the_shell_offers_every_country_where_a_record_is_begun() -> None:
    assert completions("new", "gre") == ["GRC", "GRD", "GRL"]  # Greece, Grenada, Greenland
    assert len(completions("new", "")) == 250  # those of ISO 3166-1, and Kosovo


def test_the_shell_offers_codes_and_words_to_explain() -> None:
    assert completions("explain", "RM65") == ["RM651", "RM652", "RM653", "RM654", "RM655"]
    assert completions("explain", "R0") == [f"R0{number}" for number in range(1, 10)]
    assert completions("explain", "accept") == ["accept_ambassador"]


def test_the_shell_offers_codes_in_small_letters_too_as_explain_takes_them() -> None:
    assert completions("explain", "r10") == ["R10"]


def test_the_shell_offers_commands_options_and_forms() -> None:
    assert {*COMMANDS, *FILES} <= set(completions(""))
    assert "--known-by" in completions("replay", "--k")
    assert completions("replay", "--format", "") == ["text", "json"]
    assert completions("schema", "s") == ["scenario", "sources"]


@posix_only
def test_completion_works_through_the_installed_command(tmp_path: Path) -> None:
    asked = environment(
        _RECOGNITION_MODEL_COMPLETE="bash_complete",
        COMP_WORDS="recognition-model status nor",
        COMP_CWORD="2",
    )
    ran = command(env=asked)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"plain,NOR\n", b"")
    source = command(env=environment(_RECOGNITION_MODEL_COMPLETE="zsh_source"))
    assert source.returncode == 0
    assert b"_RECOGNITION_MODEL_COMPLETE=zsh_complete recognition-model" in source.stdout


DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", sorted({*COMMANDS, *SUMMARIES}))
def test_the_documents_tell_of_every_command(name: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert re.search(rf"(recognition-model |`){name}\b", told)


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_the_documents_tell_of_every_option(name: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for parameter in load_command(name).params:
        for option in parameter.opts:
            assert not option.startswith("--") or option in told, option
