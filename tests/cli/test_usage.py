"""Wrong usage and unreadable input: messages and exit codes."""

import json
from pathlib import Path

import pytest
from support.commands import BANNED, CLEAN, NOT_ATTESTED, SEED, TOLD_OF_NOT_ATTESTED, UNREADABLE
from support.fixtures import Put, Ran, Run


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
        (["next", "FJI"], "Countries in the record: "),
        (["status", "--on", "2024-02-30"], "there is no such date as 2024-02-30"),
        (
            ["status", "--on", "2024-05?"],
            "2024-05? is not a single day",
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
def test_wrong_usage_is_explained_and_exits_2(args: list[str], why: str, run: Run) -> None:
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_country_without_record_lists_available_ones(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("next", "Tuvalu", "--scenarios", path)
    assert ran.err.endswith(
        "Error: not in the record: Tuvalu (TUV) "
        "(for your own files: --with; `new TUV` begins one). "
        "Countries in the record: Fiji (FJI)\n"
    )


@pytest.fixture
def unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read: an empty folder, a binary file, another encoding, two-byte text."""
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    Path("latin.yaml").write_bytes(b"format: caf\xe9\n")
    Path("wide.yaml").write_bytes("format: x\n".encode("utf-16"))


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("path", UNREADABLE)
def test_unreadable_file_is_a_finding_and_exits_2(path: str, run: Run) -> None:
    assert run("replay", path) == Ran(
        2,
        "0 countries, 0 changes, 0 refusals (0 expected), 1 finding\n",
        UNREADABLE[path],
    )


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("args", [["replay"], ["status", "--scenarios"]], ids=["replay", "status"])
def test_unreadable_file_leaves_json_valid(args: list[str], run: Run) -> None:
    ran = run(args[0], "--format", "json", *args[1:], "nowhere")
    assert ran.code == 2
    assert json.loads(ran.out)["format"] == f"recognition-{args[0]}/1"
    assert ran.err == UNREADABLE["nowhere"]


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("path", ["nowhere", "latin.yaml", "wide.yaml"])
def test_locate_with_unreadable_copy_exits_2(path: str, run: Run) -> None:
    ran = run("locate", SEED, path, stdin="The envoy came.")
    assert ran == Ran(2, "", UNREADABLE[path])


def test_locate_with_folder_as_copy_exits_2(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy.parent, stdin="The envoy came.")
    assert ran == Ran(2, "", ".: error RM101 cannot be read: Is a directory\n")


@pytest.mark.parametrize("name", ["status", "next"])
def test_country_with_broken_file_gets_its_findings(name: str, run: Run, put: Put) -> None:
    path = put("- {act: engag, date: 2022, evidence: [$press]}\n")
    ran = run(name, "FJI", "--scenarios", path)
    assert ran.code in (1, 2)
    assert "record/FJI.yaml:7:11: error RM204 'engag' is not known here" in ran.err


@pytest.mark.parametrize("name", ["status", "next"])
def test_country_in_missing_path_gets_finding(name: str, run: Run, put: Put) -> None:
    ran = run(name, "FJI", "--scenarios", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert UNREADABLE["nowhere"] in ran.err


def test_interrupt_exits_130_without_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("recognition_model.cli.selection.load_folder", interrupted)
    ran = run("replay")
    assert (ran.code, ran.out, ran.err.strip()) == (130, "", "")


def test_read_error_is_not_reported_as_write_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "rx/sources.yaml")

    monkeypatch.setattr("recognition_model.cli.selection.load_folder", denied)
    ran = run("replay")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "cannot read rx/sources.yaml: Permission denied\n"


def test_new_in_unreadable_folder_is_write_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_answer_from_record_with_refused_act_includes_finding(
    args: list[str], run: Run, put: Put
) -> None:
    ran = run(*args, put(NOT_ATTESTED, **BANNED))
    assert ran.code == 1
    assert ran.err == TOLD_OF_NOT_ATTESTED
    assert ran.out.startswith("Fiji (FJI)")


def test_help_lists_the_commands_by_what_they_are_for(run: Run) -> None:
    lines = run("--help").out.splitlines()
    heads = [line for line in lines if line.endswith(":") and not line.startswith("  ")]
    assert heads == ["Options:", "Ask:", "Check:", "Write:", "Data:", "Author:"]
    section = lines[lines.index("Check:") + 1 : lines.index("Write:")]
    assert [line.split()[0] for line in section if line] == [
        *("replay", "verify", "checked", "coverage", "prove", "robustness", "agreement")
    ]
