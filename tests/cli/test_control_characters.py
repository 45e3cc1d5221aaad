"""Control characters of files, paths and arguments never reach the terminal."""

import re
import unicodedata
from pathlib import Path

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run


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
def test_control_characters_in_files_do_not_reach_terminal(
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
def test_control_characters_in_paths_do_not_reach_terminal(
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


def test_control_characters_in_register_are_shown(run: Run, put: Put) -> None:
    put(CLEAN)
    register = Path("record") / "sources.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("The Example Yearbook", HIDING), encoding="utf-8")
    ran = run("replay", "record")
    assert "record/sources.yaml" in ran.err
    assert "error RM118" in ran.err
    assert controls(ran.out + ran.err) == []


@pytest.mark.parametrize(
    "args",
    [["status", "\x1b[31m"], ["explain", "\x1b[31m"], ["\x1b[31m"], ["changes", "\x07"]],
    ids=" ".join,
)
def test_control_characters_in_arguments_are_not_echoed(args: list[str], run: Run) -> None:
    ran = run(*args)
    assert ran.code == 2
    assert controls(ran.out + ran.err) == []
