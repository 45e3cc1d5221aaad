"""`replay FILE --smallest CODE`: what is printed, what is written, and what is refused."""

from __future__ import annotations

import functools
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.commands import BANNED, NOT_ATTESTED, REFUSED
from support.every_command import content
from support.fixtures import Put, Run
from support.paths import FINDINGS

import recognition_model as rm
from recognition_model.analysis.smallest import smallest_of


@pytest.fixture
def own(put: Put) -> Path:
    """A record whose sources are in a register beside it."""
    return put(REFUSED)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that needs no other."""
    monkeypatch.chdir(tmp_path)
    path = Path("RUS.yaml")
    path.write_bytes((FINDINGS / "RM405-not-a-day" / "RUS.yaml").read_bytes())
    return path


def test_smallest_record_is_printed_with_the_finding_on_stderr(run: Run, alone: Path) -> None:
    ran = run("replay", alone, "--smallest", "RM405")
    assert ran.code == 0
    assert ran.out == (
        "format: recognition-scenario/1\n"
        "country: RUS\n"
        "title: A made-up record\n"
        "start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}\n"
        "documented-until: 2026-01\n"
        "timeline: []\n"
    )
    first, second = ran.err.splitlines()
    assert first == "RUS.yaml:5:19: RM405 2026-01 is not a single day"
    assert re.fullmatch(
        r"note: no entry, evidence, key or source can be left out \(\d+ records tried\)", second
    )


def test_terminal_gets_hidden_characters_by_their_code_points(
    run: Run, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recognition_model.cli.streams.is_terminal", lambda _: True)
    alone.write_bytes(b"format: recognition-scenario/1\ntitle: a\xe2\x80\xaeb\n")
    ran = run("replay", alone, "--smallest", "RM118")
    assert ran.out == "title: a<U+202E>b\n"


def test_output_is_a_file_that_replays_to_the_finding(run: Run, alone: Path) -> None:
    ran = run("replay", alone, "--smallest", "not-a-day", "-o", "small.yaml")
    assert (ran.code, ran.out) == (
        0,
        "wrote small.yaml\n"
        "small.yaml:5:19: RM405 2026-01 is not a single day\n"
        "next: recognition-model replay small.yaml\n",
    )
    again = run("replay", "small.yaml")
    assert again.code == 1
    assert again.err.startswith("small.yaml:5:19: error RM405 ")


def test_output_is_a_folder_if_the_finding_needs_more_files(run: Run, own: Path) -> None:
    before = own.read_bytes()
    ran = run("replay", own, "--smallest", "RM501", "-o", "small.yaml")
    assert ran.code == 0
    first, second, finding, following = ran.out.splitlines()
    assert (first, second) == ("wrote small/small.yaml", "wrote small/sources.yaml")
    refused = r"small/small\.yaml:\d+:5: RM501 recognise 2024-05-27 is refused: R05 .*"
    assert re.fullmatch(refused, finding)
    assert following == "next: recognition-model replay small/small.yaml"
    assert "note: the finding needs two files, so they are in a folder\n" in ran.err
    written = Path("small/small.yaml").read_text(encoding="utf-8")
    assert written.count("act: ") == 2
    assert "visit" not in written
    register = Path("small/sources.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"^  (\S+):$", register, re.MULTILINE)) == set(
        re.findall(r"source: (\S+),", written)
    )
    assert own.read_bytes() == before
    assert run("replay", "small").err.count(" error ") == 1


def test_several_files_are_printed_below_their_names(run: Run, own: Path) -> None:
    out = run("replay", own, "--smallest", "RM501").out
    assert out.startswith("# FJI.yaml\nformat: recognition-scenario/1\n")
    assert "\n\n# sources.yaml\nformat: recognition-sources/1\n" in out


def test_name_without_ending_is_a_folder_in_which_the_file_keeps_its_name(
    run: Run, alone: Path
) -> None:
    ran = run("replay", alone, "--smallest", "RM405", "-o", "small")
    assert ran.out.startswith("wrote small/RUS.yaml\nsmall/RUS.yaml:5:19: RM405 ")


@pytest.mark.parametrize("there", ["small.yaml", "small/old.txt", "small"])
def test_nothing_that_exists_is_overwritten_and_no_search_begins(
    run: Run, own: Path, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recognition_model.analysis.smallest.smallest_of", None)
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine", encoding="utf-8")
    before = content(Path())
    ran = run("replay", own, "--smallest", "RM501", "-o", "small.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert re.search("already exists; not overwritten|is not empty; name a new folder", ran.err)
    assert content(Path()) == before


def test_folder_that_is_missing_is_an_error_before_the_search(run: Run, alone: Path) -> None:
    ran = run("replay", alone, "--smallest", "RM405", "-o", "nowhere/small.yaml")
    assert ran.code == 2
    assert "there is no folder nowhere; make it first" in ran.err


@pytest.mark.parametrize("name", ["sources.yaml", "small.txt"])
def test_name_that_no_record_has_is_refused(run: Run, alone: Path, name: str) -> None:
    ran = run("replay", alone, "--smallest", "RM405", "-o", name)
    assert ran.code == 2
    assert f"{name!r} cannot be the name of a record" in ran.err


def test_code_that_is_not_shown_exits_2_and_tells_those_that_are(run: Run, own: Path) -> None:
    ran = run("replay", own, "--smallest", "RM651")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: record/FJI.yaml shows RM501, not RM651\n" in ran.err
    ran = run("replay", own, "--smallest", "RM5001")
    assert "unknown finding code 'RM5001' (did you mean RM501?)" in ran.err


def test_finding_that_depends_on_the_name_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (FINDINGS / "RM405-not-a-day" / "RUS.yaml").read_text(encoding="utf-8")
    text = text.replace("2026-01\n", "2026-01-15\n")
    Path("BLR.yaml").write_text(text.partition("timeline:")[0] + "timeline: []\n", encoding="utf-8")
    ran = run("replay", "BLR.yaml", "--smallest", "RM210", "-o", "small.yaml")
    assert ran.code == 2
    assert "The name of the file may matter: to keep BLR.yaml, let -o name a folder" in ran.err
    assert run("replay", "BLR.yaml", "--smallest", "RM210", "-o", "small").code == 0


def test_search_that_reached_its_limit_says_that_less_may_be_enough(
    run: Run, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = functools.partial(smallest_of, most=2)
    monkeypatch.setattr("recognition_model.analysis.smallest.smallest_of", stopped)
    ran = run("replay", alone, "--smallest", "RM405")
    assert ran.code == 0
    said = "note: perhaps not the smallest: the search reached its limit (2 records tried)"
    assert ran.err.splitlines()[-1] == said


def test_of_several_findings_the_note_says_which_is_kept(run: Run, own: Path, put: Put) -> None:
    put(REFUSED + NOT_ATTESTED)
    ran = run("replay", own, "--smallest", "RM501")
    said = "2 findings RM501; kept: the first, perhaps with other numbers"
    assert f"note: record/FJI.yaml has {said}\n" in ran.err
    assert "act: delist" not in ran.out


def test_anonymous_names_nothing_of_the_user_and_says_what_is_kept(run: Run, own: Path) -> None:
    ran = run("replay", own, "--smallest", "RM501", "--anonymous")
    assert ran.code == 0
    for name in ("FJI", "Anna", "made-up", "Made up", "example", "Example", "almanac", "yearbook"):
        assert name not in ran.out, name
    assert "country: BVT" in ran.out
    assert "date: 2024-05-27" in ran.out
    kept = "dates, numbers, grades and words of the model are kept for the finding"
    assert f"note: {kept}\n" in ran.err


def test_standard_input_is_a_file(run: Run, alone: Path) -> None:
    ran = run("replay", "-", "--smallest", "RM405", stdin=alone.read_bytes())
    assert ran.out.splitlines()[4] == "documented-until: 2026-01"


def test_folder_is_made_smaller_as_a_whole(run: Run, own: Path, put: Put) -> None:
    put(NOT_ATTESTED, country="TUV", **BANNED)
    put(REFUSED)
    ran = run("replay", "record", "--smallest", "RM501", "-o", "small")
    assert ran.code == 0
    assert sorted(path.name for path in Path("small").iterdir()) == ["FJI.yaml", "sources.yaml"]
    assert ran.out.endswith("next: recognition-model replay small\n")


def test_rules_of_the_user_are_asked(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    assert run("replay", path, "--smallest", "RM501").code == 2
    ran = run("replay", path, "--smallest", "RM501", "--rules", "strict")
    assert ran.code == 0
    assert "act: engage" in ran.out
    ran = run("replay", path, "--smallest", "RM501", "--rules", "strict", "-o", "small")
    assert ran.out.endswith("next: recognition-model replay small/FJI.yaml --rules strict\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--anonymous",), "-o, --anonymous and --as-test need --smallest"),
        (("-o", "small.yaml"), "-o, --anonymous and --as-test need --smallest"),
        (("--smallest", "RM405", "--format", "json"), "cannot be used with --format"),
        (("--smallest", "RM405", "--all", "--full"), "cannot be used with --full and --all"),
        (("--smallest", "RM405", "other.yaml"), "--smallest needs one file or folder"),
        (("--smallest", "RM405", "--as-test", "-o", "small.yaml"), "--as-test writes a *.py file"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    run: Run, alone: Path, args: tuple[str, ...], message: str
) -> None:
    ran = run("replay", alone, *args)
    assert ran.code == 2
    assert message in ran.err


def test_country_of_the_record_is_its_file(run: Run, tmp_path: Path) -> None:
    ran = run("replay", "Oman", "--smallest", "RM501")
    assert ran.code == 2
    assert "OMN.yaml shows no finding" in ran.err


# --- interrupted ---------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_interrupt_leaves_no_file_and_no_folder(own: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    before = content(tmp_path)
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "recognition_model", "replay", str(own)),
            *("--smallest", "RM501", "-o", "small.yaml"),
        ],
        env={**os.environ, "TMPDIR": str(drafts)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        for _ in range(600):
            if any(drafts.iterdir()) or process.poll() is not None:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")
    assert not any(drafts.iterdir())
    assert content(tmp_path) == before


def test_library_gives_what_the_command_prints(run: Run, alone: Path) -> None:
    record = rm.smallest(alone, "RM405")
    assert record.files == {"RUS.yaml": run("replay", alone, "--smallest", "RM405").out}
