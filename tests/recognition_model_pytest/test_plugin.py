"""Scenario files as pytest items; `.ci/run` runs these tests under two versions of pytest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.paths import ROOT
from support.pytest_runs import CLAIMS, RUSSIA, Pytest, listed, outcomes, plain


def test_file_has_one_item_per_check_with_readable_id(run: Pytest) -> None:
    ids = listed(run("record", "--collect-only", "-q"))
    mine = [one.removeprefix("record/RUS.yaml::") for one in ids if one.startswith("record/RUS")]
    assert mine[:7] == [
        "RUS::replay",
        "RUS::2003-02-14 act ban",
        "RUS::2021-07-08 act engage",
        "RUS::2022-01-31 status ban in_force, below de_jure_recognition",
        "RUS::2024-05-27 refuse recognise",
        "RUS::2024-05-27 refuse recognise (2)",
        "RUS::RM601 no_ambassador_and_no_recognition_under_a_ban",
    ]
    assert len(mine) == 6 + 17
    assert ids[-1] == "record/sources.yaml::sources::register"


def test_correct_scenario_passes(run_apart: Pytest) -> None:
    ran = run_apart("record")
    assert outcomes(ran) == {"passed": 6 + 17 + 1}, ran.stdout
    assert ran.returncode == 0


def test_items_can_be_selected_by_id_and_by_keyword(run: Pytest) -> None:
    one = "record/RUS.yaml::RUS::2022-01-31 status ban in_force, below de_jure_recognition"
    assert outcomes(run(one)) == {"passed": 1}
    assert outcomes(run("record", "-k", "RUS and refuse")) == {"passed": 2, "deselected": 22}
    assert outcomes(run("record", "-k", "RM603")) == {"passed": 1, "deselected": 23}


BROKEN = RUSSIA.replace("below: de_jure_recognition", "below: engaged")


def test_failure_shows_the_finding_without_traceback(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    (folder / "record" / "RUS.yaml").write_text(story(BROKEN), encoding="utf-8")
    ran = run("record")
    assert outcomes(ran) == {"failed": 1, "passed": 23}
    assert ran.returncode == 1
    assert (
        "record/RUS.yaml:16:5: error RM651 the status ban in_force, below engaged on 2022-01-31"
        " does not hold: the record shows engaged, ban in force\n"
        "   16 |   - status: {ban: in_force, below: engaged}\n"
        "      |     ^\n"
    ) in ran.stdout
    for internal in ("Traceback", "def runtest", "items.py", "Found"):
        assert internal not in ran.stdout
    assert (
        "FAILED record/RUS.yaml::RUS::2022-01-31 status ban in_force, below engaged" in ran.stdout
    )


def test_last_failed_runs_only_the_failed_item(folder: Path, story: Callable[..., str]) -> None:
    (folder / "record" / "RUS.yaml").write_text(story(BROKEN), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-W", "error", "record"]
    for more, count in ([], "1 failed, 23 passed"), (["--lf"], "1 failed"):
        ran = subprocess.run(
            [*command, *more],
            cwd=folder,
            env=plain(os.environ),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert count in ran.stdout.splitlines()[-1]


def test_items_run_in_two_processes(run_apart: Pytest) -> None:
    assert outcomes(run_apart("record", "-n", "2")) == {"passed": 24}


def test_refused_act_fails_its_item_and_later_entries_are_checked(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    told = story(RUSSIA.replace("[$host]", "[$press]", 1))
    (folder / "record" / "RUS.yaml").write_text(told, encoding="utf-8")
    ran = run("record", "-q")
    failed = [line.split("::")[-1].split(" - ")[0] for line in listed(ran) if "FAILED" in line]
    assert failed == [
        "2003-02-14 act ban",
        "2022-01-31 status ban in_force, below de_jure_recognition",
        "2024-05-27 refuse recognise",
        "2024-05-27 refuse recognise (2)",
    ]
    assert "hint: it needs an official voice of the country" in ran.stdout


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RM112"),
        (b"  \n\n", "RM112"),
        (b"format: recognition-scenario/1\n", "RM202"),
        (b"format: recognition-scenario/7\ncountry: FJI\n", "RM206"),
        (b"format: recogniton-scenario/1\ncountry: FJI\n", "RM206"),
        (b"format: recognition-scenario/1\ncountry: [\n", "RM110"),
        (b"format: recognition-scenario/1\n\xff\xfe", "RM102"),
        ("format: recognition-scenario/1\n".encode("utf-16"), "RM102"),
        (b"format: recognition-collective/1\ntitle: None\nclaims: []\n", "RM112"),
    ],
)
def test_empty_or_unreadable_file_is_one_failing_item(
    run: Pytest, folder: Path, content: bytes, code: str
) -> None:
    (folder / "record" / "FJI.yaml").write_bytes(content)
    ran = run("record")
    assert outcomes(ran) == {"failed": 1, "passed": 24}, ran.stdout
    assert "FAILED record/FJI.yaml::FJI::read" in ran.stdout
    assert f"error {code} " in ran.stdout
    assert "Traceback" not in ran.stdout


def test_scenario_without_entries_fails(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    empty = story("[]\n").replace("timeline:\n  []", "timeline: []")
    (folder / "record" / "RUS.yaml").write_text(empty, encoding="utf-8")
    ran = run("record/RUS.yaml")
    assert outcomes(ran) == {"failed": 1}
    assert "RM112 the timeline is empty: nothing is checked" in ran.stdout


def test_every_mistake_in_a_file_is_reported(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    wrong = RUSSIA.replace("because", "becuase", 1).replace("2003-02-14", "2003-02-31")
    (folder / "record" / "RUS.yaml").write_text(story(wrong), encoding="utf-8")
    ran = run("record/RUS.yaml")
    assert outcomes(ran) == {"failed": 1}
    assert "RM201 unknown key 'becuase'" in ran.stdout
    assert "RM402 there is no such date as 2003-02-31" in ran.stdout


@pytest.mark.parametrize("damaged", ["fromat: recognition-scenario/1\n", "", "format: x\n"])
@pytest.mark.parametrize("where", [["record"], ["record/FJI.yaml"]], ids=["folder", "named"])
def test_a_record_with_a_damaged_format_line_fails_as_replay_fails(
    run: Pytest, folder: Path, story: Callable[..., str], damaged: str, where: list[str]
) -> None:
    told = story(RUSSIA, country="FJI").replace("format: recognition-scenario/1\n", damaged)
    (folder / "record" / "FJI.yaml").write_text(told, encoding="utf-8")
    ran = run(*where)
    assert outcomes(ran) == {"failed": 1} | ({"passed": 24} if where == ["record"] else {})
    assert "FAILED record/FJI.yaml::FJI::read" in ran.stdout
    replay = subprocess.run(
        [sys.executable, "-m", "recognition_model", "replay", "record/FJI.yaml"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert replay.returncode != 0
    assert replay.stderr.splitlines()[0] in ran.stdout


def test_a_named_record_with_a_damaged_format_line_needs_no_record_beside_it(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    told = story(RUSSIA, country="FJI").replace("format:", "fromat:")
    (folder / "alone").mkdir()
    (folder / "alone" / "fiji.yml").write_text(told, encoding="utf-8")
    assert outcomes(run("alone/fiji.yml")) == {"failed": 1}
    assert run("alone").returncode == 5  # a folder without a record of ours: no file is known


@pytest.mark.parametrize("key", ["country: FJI", '"timeline": []'])
def test_a_file_with_a_key_of_a_record_beside_records_is_not_passed_over(
    key: str, run: Pytest, folder: Path
) -> None:
    (folder / "record" / "fiji.yml").write_text(f"{key}\n", encoding="utf-8")
    assert outcomes(run("record")) == {"failed": 1, "passed": 24}


@pytest.mark.parametrize("name", ["FJI.yaml", "FJI.YAML"])
def test_a_file_called_as_a_record_beside_records_is_not_passed_over(
    name: str, run: Pytest, folder: Path
) -> None:
    (folder / "record" / name).write_text("contry: FJI\n", encoding="utf-8")
    assert outcomes(run("record")) == {"failed": 1, "passed": 24}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_called_as_a_record_fails_once_and_is_not_waited_for(
    run: Pytest, folder: Path
) -> None:
    os.mkfifo(folder / "record" / "FJI.yaml")
    (folder / "record" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    ran = run("record")
    assert "record/FJI.yaml: error RM101 cannot be read: it is not an ordinary file" in ran.stdout
    assert ran.stdout.count("::FJI::read") == 1
    assert ran.returncode == 1


def test_files_of_other_formats_are_ignored(run: Pytest, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    (folder / "other" / "empty.yaml").write_text("", encoding="utf-8")
    (folder / "other" / "format.yaml").write_text("format: openapi\n", encoding="utf-8")
    (folder / "other" / "USA.yaml").write_text("country: USA\n", encoding="utf-8")
    (folder / "other" / "near.yaml").write_text("format: recogniser-config\n", encoding="utf-8")
    nested = "services:\n  country: {}\n  timeline: {}\n"
    (folder / "record" / "docker.yml").write_text(nested, encoding="utf-8")
    assert run("other").returncode == 5  # pytest: nothing was collected
    assert outcomes(run("record")) == {"passed": 24}


def test_invalid_register_fails_its_item(run: Pytest, folder: Path) -> None:
    register = folder / "record" / "sources.yaml"
    register.write_text(register.read_text("utf-8") + "  Bad Name: {}\n", encoding="utf-8")
    ran = run("record/sources.yaml")
    assert outcomes(ran) == {"failed": 1}
    assert "FAILED record/sources.yaml::sources::register" in ran.stdout


def test_register_extends_the_shipped_one_only_beside_scenarios(run: Pytest, folder: Path) -> None:
    shipped = (ROOT / "seeds" / "sources.yaml").read_bytes()
    (folder / "alone").mkdir()
    (folder / "alone" / "register-by-another-name.yaml").write_bytes(shipped)
    assert outcomes(run("alone")) == {"passed": 1}
    (folder / "record" / "sources.yaml").write_bytes(
        shipped.replace(b"language: ru", b"language: en")
    )
    ran = run("record/sources.yaml")
    assert outcomes(ran) == {"failed": 1}
    assert "RM304 the register has " in ran.stdout
    assert " of these names already, with other content: " in ran.stdout


def test_claims_are_checked_against_scenarios_beside_them(run: Pytest, folder: Path) -> None:
    (folder / "record" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    ran = run("record/claims.yaml", "-v", "-rs")
    assert outcomes(ran) == {"passed": 1, "skipped": 1}
    assert "claims::2022-01-31 none de_jure_recognition PASSED" in ran.stdout
    assert "no scenario beside this file can check it" in ran.stdout


def test_claim_fails_if_scenarios_beside_it_are_unreadable(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    (folder / "record" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    wrong = story(RUSSIA.replace("because", "becuase", 1))
    (folder / "record" / "RUS.yaml").write_text(wrong, encoding="utf-8")
    ran = run("record/claims.yaml")
    assert outcomes(ran) == {"failed": 2}
    assert "RM201 unknown key 'becuase'" in ran.stdout


def test_second_file_of_a_country_fails(run: Pytest, folder: Path) -> None:
    again = (folder / "record" / "RUS.yaml").read_bytes()
    (folder / "record" / "RUS.yml").write_bytes(again)
    ran = run("record")
    assert outcomes(ran) == {"failed": 1, "passed": 24}
    assert "RM211 RUS has a file already" in ran.stdout


@pytest.mark.parametrize(
    "head",
    ["# licence\n" * 1000, '"', " "],
    ids=["a long comment before it", "in quotes", "one blank before every line"],
)
def test_format_line_is_recognised_in_any_spelling(
    run: Pytest, folder: Path, story: Callable[..., str], head: str
) -> None:
    told = story(RUSSIA)
    if head == '"':
        told = told.replace("format:", '"format" :')
    elif head == " ":
        told = "".join(f" {line}\n" for line in told.splitlines())
    else:
        told = head + told
    (folder / "record" / "RUS.yaml").write_text(told, encoding="utf-8")
    assert outcomes(run("record/RUS.yaml")) == {"passed": 23}


def test_warnings_are_shown_for_passing_checks(
    run: Pytest, folder: Path, story: Callable[..., str]
) -> None:
    unsure = story(RUSSIA.replace("2021-07-08", "2021-07-08..2022-02-01"))
    unsure = unsure.replace("{ban: in_force, below: de_jure_recognition}", "{stage: engaged}")
    (folder / "record" / "RUS.yaml").write_text(unsure, encoding="utf-8")
    ran = run("record/RUS.yaml", "-rP", "-k", "status")
    assert outcomes(ran) == {"passed": 1, "deselected": 22}
    assert "\nrecord/RUS.yaml:16:5: note RM652 the status stage engaged" in ran.stdout


def test_false_claim_fails(run: Pytest, folder: Path) -> None:
    told = CLAIMS.replace("stage: de_jure_recognition", "stage: engaged")
    (folder / "record" / "claims.yaml").write_text(told, encoding="utf-8")
    ran = run("record/claims.yaml")
    assert outcomes(ran) == {"failed": 1, "skipped": 1}
    assert "RM661 the claim 'none engaged' does not hold: see Russia" in ran.stdout


def test_shipped_record_passes(run_apart: Pytest) -> None:
    ran = run_apart(str(ROOT / "scenarios"), str(ROOT / "seeds"), "-q")
    assert ran.returncode == 0, ran.stdout
    assert outcomes(ran)["passed"] > 300


def test_plugin_imports_nothing_without_files_of_our_formats(
    run_apart: Pytest, folder: Path
) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    (folder / "other" / "test_imports.py").write_text(
        "import sys\n"
        "def test_imports():\n"
        "    ours = [m for m in sys.modules if m.split('.')[0] == 'recognition_model']\n"
        "    assert ours == [] and 'recognition_model_pytest' in sys.modules\n",
        encoding="utf-8",
    )
    assert outcomes(run_apart("other")) == {"passed": 1}


def test_plugin_uses_no_private_pytest_names() -> None:
    for name in ("recognition_model_pytest/items.py", "recognition_model_pytest/__init__.py"):
        text = (ROOT / "src" / name).read_text(encoding="utf-8")
        assert not re.search(r"(^|[^l])_pytest\b|pytest\._", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("collective.yaml", CLAIMS.replace("format:", "fromat:")),
        ("fiji.yaml", "  fromat: recognition-scenario/1\n  country: FJI\n  timeline: []\n"),
        ("bom.yaml", "\ufefffromat: recognition-scenario/1\ncountry: FJI\n"),
    ],
)
def test_damaged_claims_and_indented_files_beside_scenarios_fail(
    run: Pytest, folder: Path, name: str, text: str
) -> None:
    (folder / "record" / name).write_text(text, encoding="utf-8")
    assert outcomes(run("record")) == {"failed": 1, "passed": 24}


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere.yaml")])
def test_folder_or_broken_link_called_like_a_scenario_fails(
    run: Pytest, folder: Path, make: Callable[[Path], None]
) -> None:
    make(folder / "record" / "FJI.yaml")
    ran = run("record")
    assert outcomes(ran) == {"failed": 1, "passed": 24}
    assert "record/FJI.yaml: error RM101 cannot be read" in ran.stdout


# --- another rule table -------------------------------------------------------------------------

CLAIM = """
    - act: engage
      date: 2021-07-08
      evidence: [$host]
    - refuse: accept_ambassador
      date: 2024-05-27
      because: not-attested
      evidence: [$taliban]
"""


@pytest.fixture
def claim(folder: Path, story: Callable[..., str]) -> Path:
    """The folder with a record in which a rule turns, and a rules file beside it."""
    (folder / "record" / "RUS.yaml").write_text(story(CLAIM), encoding="utf-8")
    (folder / "mine.yaml").write_text(
        "format: recognition-rules/1\ntitle: Mine\nbase: shipped\n"
        "change: {R04: {needs: claimed}}\ninvariants: {off: [RM612]}\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("asked", ["option", "setting"])
def test_record_is_checked_by_the_rule_table_asked_for(
    asked: str, run: Pytest, claim: Path
) -> None:
    assert outcomes(run("record")).keys() == {"passed"}
    options = ["--recognition-rules", "mine.yaml"] if asked == "option" else []
    if asked == "setting":
        text = "[pytest]\nrecognition_rules = mine.yaml\n"
        (claim / "pytest.ini").write_text(text, encoding="utf-8")
    ran = run("record", *options)
    assert outcomes(ran)["failed"] == 1
    assert "RM653 accept_ambassador 2024-05-27 should be refused" in ran.stdout
    assert re.search(r"scenario files are checked by: Mine \(rules [0-9a-f]{12}\)", ran.stdout)
    ids = listed(run("record", *options, "--collect-only", "-q"))
    assert not any("RM612" in one for one in ids)
    assert any("RM611" in one for one in ids)


def test_wrong_rule_table_ends_the_run_with_its_mistake(run: Pytest, claim: Path) -> None:
    assert claim
    ran = run("record", "--recognition-rules", "trustin")
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "did you mean trusting?" in ran.stdout + ran.stderr
