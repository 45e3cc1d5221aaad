"""The installed command in a shell: streams, terminals, exit codes, encodings, completion."""

import json
import os
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import BashComplete
from support.commands import (
    BANNED,
    CLEAN,
    ENVOY,
    NOT_ATTESTED,
    SEED,
    TOLD_OF_NOT_ATTESTED,
    TWO,
    UNREADABLE,
)
from support.fixtures import Put, Run
from support.paths import ROOT

import recognition_model as rm
from recognition_model.cli.app import SUMMARIES, cli, load_command

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "recognition-model")


COMMANDS = ["replay", "status", "next", "precedence", "rules", "explain", "schema"]


COMMANDS += ["verify", "locate"]


FILES = ["plot", "report", "new"]


posix_only = pytest.mark.skipif(os.name != "posix", reason="pipes and terminals as POSIX has them")


full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


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


def test_version_option_prints_package_version() -> None:
    ran = command("--version")
    assert (ran.returncode, ran.stdout.decode(), ran.stderr) == (
        0,
        f"recognition-model {version('recognition-model')}\n",
        b"",
    )


def test_recog_is_the_same_command() -> None:
    short = [str(Path(SCRIPT).with_name("recog")), "status", "RUS", "--format", "json"]
    ran = subprocess.run(short, check=False, capture_output=True, env=environment(), timeout=60)
    whole = command("status", "RUS", "--format", "json")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, whole.stdout, whole.stderr)


def test_help_lists_commands_and_exit_codes(run: Run) -> None:
    ran = run("--help")
    assert (ran.code, ran.err) == (0, "")
    for name in COMMANDS + FILES:
        assert re.search(rf"^  {name}\s+\S", ran.out, re.MULTILINE)
    assert "0 clean or warnings only, 1 errors, 2 usage or unreadable input" in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize("name", sorted({*COMMANDS, *SUMMARIES}))
def test_every_command_has_help(name: str, run: Run) -> None:
    ran = run(name, "-h")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: ")
    sentence = next(line for line in ran.out.splitlines() if re.match("  [^ ]", line))
    assert sentence.strip()[0].isupper()


# `schema` prints JSON and nothing else; all others that print are asked how.
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "schema"])
def test_every_printing_command_has_json_format(name: str, run: Run) -> None:
    ran = run(name, "--help")
    assert re.search(r"--format \[text\|json[|a-z]*\]", ran.out)


def test_explain_json_contains_printed_text(run: Run) -> None:
    ran = run("explain", "R06", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    data = json.loads(ran.out)
    assert data["format"] == "recognition-explain/1"
    assert data["code"] == "R06"
    assert "A government may be recognised with no ambassador's step before." in data["text"]


def test_command_exits_with_0_1_and_2(put: Put) -> None:
    clean, found = put(CLEAN), put(NOT_ATTESTED, country="TUV", **BANNED)
    assert command("replay", clean).returncode == 0
    with_findings = command("replay", found)
    assert with_findings.returncode == 1
    assert with_findings.stderr.decode() == TOLD_OF_NOT_ATTESTED.replace("FJI", "TUV")
    assert command("replay", "nowhere").returncode == 2
    assert command("nosuch").returncode == 2
    assert command().returncode == 2


def test_module_runs_like_command_without_warnings(put: Put) -> None:
    path = put(NOT_ATTESTED, **BANNED)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "recognition_model", "replay", str(path)],
        check=False,
        capture_output=True,
        env=environment(),
    )
    by_command = command("replay", path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, by_command.stdout, by_command.stderr)


def test_output_to_pipe_has_no_colour(put: Put) -> None:
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
def test_output_to_terminal_has_colour_unless_no_color_is_set(put: Put) -> None:
    path = put(NOT_ATTESTED, **BANNED)
    coloured = on_a_terminal("replay", path)
    assert b"\x1b[31m" in coloured  # the error, red, on standard error
    assert b"\x1b[1mFiji (FJI)" in coloured  # the heading, bold, on standard output
    assert on_a_terminal("replay", path, NO_COLOR="") == coloured  # empty is not set
    plain = on_a_terminal("replay", path, NO_COLOR="1")
    assert b"\x1b" not in plain
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == plain


@posix_only
def test_locate_on_terminal_prompts_on_stderr() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    os.write(ours, b"The envoy came.\n\x04")  # Ctrl-D on a line of its own
    ran = command("locate", SEED, stdin=theirs)
    os.close(theirs)
    os.close(ours)
    assert ran.stdout.decode() == f"at: {{letters: 12, digest: {ENVOY}}}\n"
    assert b"Paste the passage" in ran.stderr


def to_a_reader_that_has_gone(*args: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command into a pipe that its reader has closed."""
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
def test_closed_pipe_does_not_change_exit_code(args: list[str]) -> None:
    ran = to_a_reader_that_has_gone(*args)
    assert (ran.returncode, ran.stderr) == (0, b"")


@posix_only
def test_closed_pipe_keeps_findings_and_exit_code(put: Put) -> None:
    ran = to_a_reader_that_has_gone("replay", put(NOT_ATTESTED, **BANNED))
    assert (ran.returncode, ran.stderr.decode()) == (1, TOLD_OF_NOT_ATTESTED)
    ran = to_a_reader_that_has_gone("replay", "nowhere")
    assert (ran.returncode, ran.stderr.decode()) == (2, UNREADABLE["nowhere"])


@posix_only
@pytest.mark.parametrize(
    ("args", "code"), [(["nosuch"], 2), (["replay", "nowhere"], 2), (["replay", "record"], 1)]
)
def test_closed_stderr_pipe_does_not_change_exit_code(args: list[str], code: int, put: Put) -> None:
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
def test_closed_stdout_exits_2_and_other_closed_streams_change_nothing(
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
def test_unwritable_stdout_is_reported_and_exits_2(args: list[str]) -> None:
    ran = in_a_shell('exec "$@" >/dev/full', *args)
    assert (ran.returncode, ran.stderr.decode()) == (
        2,
        "cannot write: No space left on device\n",
    )


@posix_only
@full_disk
@pytest.mark.parametrize("args", [["nosuch"], ["replay", "nowhere"]], ids=" ".join)
def test_unwritable_stderr_still_exits_2(args: list[str]) -> None:
    assert in_a_shell('exec "$@" 2>/dev/full', *args).returncode == 2


@posix_only
def test_unreadable_stdin_is_reported_as_input() -> None:
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
def test_piped_output_is_utf_8_whatever_the_encoding(encoding: str, odd_letters: Path) -> None:
    ran = command("replay", odd_letters, env=environment(PYTHONIOENCODING=encoding))
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert f"in doubt: {ODD}" in ran.stdout.decode()


@encodings
def test_json_is_equal_in_every_encoding(encoding: str, odd_letters: Path) -> None:
    env = environment(PYTHONIOENCODING=encoding)
    ran = command("replay", odd_letters, "--format", "json", env=env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    (replay,) = json.loads(ran.stdout.decode(encoding))["replays"]
    assert replay["changes"][0]["contradiction"] == ODD


def test_findings_in_a_pipe_are_utf_8_whatever_the_encoding(put: Put) -> None:
    path = put("- {act: reconnaître, date: 2022, evidence: [$press]}\n")
    ran = command("replay", path, env=environment(PYTHONIOENCODING="ascii"))
    assert ran.returncode == 1
    assert "error RM204 'reconnaître' is not known here\n" in ran.stderr.decode()


@pytest.mark.parametrize(
    "args", [["replay"], ["status", "Russia"], ["next", "Russia"]], ids=["replay", "status", "next"]
)
def test_asking_loads_no_library_for_drawing_or_testing(args: list[str]) -> None:
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


def completions(*args: str) -> list[str]:
    """What the shell offers for the last word."""
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    return [item.value for item in complete.get_completions(list(args[:-1]), args[-1])]


# --- completion, and the documents ----------------------------------------------------------------


def test_completion_offers_codes_of_recorded_countries() -> None:
    with_a_record = sorted(scenario.country for scenario in rm.load_folder().all_scenarios)
    assert completions("status", "") == with_a_record
    assert completions("status", "ru") == ["RUS"]
    assert completions("next", "K") == ["KAZ", "KGZ", "KOR", "KWT"]
    assert completions("next", "X") == []
    assert completions("status", "RUS", "NO") == ["NOR"]


def test_completion_of_new_offers_every_country() -> None:
    assert completions("new", "gre") == ["GRC", "GRD", "GRL"]  # Greece, Grenada, Greenland
    assert len(completions("new", "")) == 252  # those of ISO 3166-1, Kosovo, two organisations
    assert completions("new", "europ") == ["EUE"]


def test_completion_of_explain_offers_codes_and_words() -> None:
    assert completions("explain", "RM65") == ["RM651", "RM652", "RM653", "RM654", "RM655"]
    assert completions("explain", "R0") == [f"R0{number}" for number in range(1, 10)]
    assert completions("explain", "accept") == ["accept_ambassador"]


def test_completion_of_explain_ignores_case() -> None:
    assert completions("explain", "r10") == ["R10"]


def test_completion_offers_commands_options_and_formats() -> None:
    assert {*COMMANDS, *FILES} <= set(completions(""))
    assert "--known-by" in completions("replay", "--k")
    assert completions("replay", "--format", "") == ["text", "json", "github", "sarif"]
    assert completions("robustness", "first", "--rules", "s") == ["shipped", "strict", "s"]
    assert completions("schema", "s") == ["scenario", "sources", "signals", "searches", "scale"]


@posix_only
def test_completion_works_in_installed_command(tmp_path: Path) -> None:
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
def test_documents_describe_every_command(name: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert re.search(rf"(recognition-model |`){name}\b", told)


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_documents_describe_every_option(name: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for parameter in load_command(name).params:
        for option in parameter.opts:
            assert not option.startswith("--") or option in told, option
