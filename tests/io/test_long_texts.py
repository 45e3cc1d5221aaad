"""A text of any length in a file gives short messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from support import slips

import recognition_model as rm
from recognition_model.io.strict_yaml import parse

LONGEST = 300
LETTERS = "x" * 200_000
TEXTS = [LETTERS, "word " * 4_000, "1" * 20_000, "е" * 10_000, "2021-" * 4_000, "' \\" * 5_000]
SIGNAL = """\
  - signal: visit
    date: 2022-02-05
    contradiction: Another paper gives another day.
    evidence:
      - source: example-2
        at: {paragraph: 2, letters: 40, digest: lt1-0123456789abcdef0123456789abcdef}
        voice: press
        credibility: 2
        bearing: disputes
        recalled: true
        claim: They came.
  - refuse: delist
    because: no-ban-in-force
    date: 2022-03-01
    evidence:
      - {source: example-2, voice: press, credibility: 2, claim: The list.}
  - act: recognise
    rank: deprecated
    because: Nobody confirmed it.
    date: 2022-04-01
    evidence:
      - {source: example-2, voice: press, credibility: 2, claim: Recognised.}
"""
SCENARIO: dict[str, Any] = json.loads(json.dumps(parse(slips.SCENARIO + SIGNAL, "").root))
REGISTER: dict[str, Any] = json.loads(json.dumps(parse(slips.REGISTER, "").root))


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value of a tree."""
    below = tree.items() if isinstance(tree, dict) else enumerate(tree)
    if isinstance(tree, dict | list):
        for key, value in below:
            yield (*path, key)
            yield from places(value, (*path, key))


def spoilt(tree: dict[str, Any], path: tuple[Any, ...], text: str, *, key: bool) -> dict[str, Any]:
    """A tree with one value, or the key of one value, replaced by a text."""
    tree = deepcopy(tree)
    *way, last = path
    inner = tree
    for step in way:
        inner = inner[step]
    if key:
        inner[text] = inner.pop(last)
    else:
        inner[last] = text
    return tree


def findings(folder: Path, scenario: Any, register: Any) -> list[rm.Finding]:
    (folder / "FRA.yaml").write_text(json.dumps(scenario, indent=1), encoding="utf-8")
    (folder / "sources.yaml").write_text(json.dumps(register, indent=1), encoding="utf-8")
    read = rm.load_folder(folder, {})
    replays = [rm.replay(scenario) for scenario in read.scenarios]
    return [
        *read.findings,
        *(found for replay in replays for found in replay.findings),
        *rm.lint(read, replays),
    ]


def test_files_to_be_spoilt_are_valid(tmp_path: Path) -> None:
    assert not [one for one in findings(tmp_path, SCENARIO, REGISTER) if one.is_error]


@pytest.mark.parametrize("path", list(places(SCENARIO)), ids=lambda path: "/".join(map(str, path)))
def test_long_text_in_a_scenario_gives_short_messages(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    for text in TEXTS:
        for key in (False, True) if isinstance(path[-1], str) else (False,):
            for one in findings(tmp_path, spoilt(SCENARIO, path, text, key=key), REGISTER):
                assert len(one.message) < LONGEST, one.code
                assert len(one.hint) < LONGEST, one.code


@pytest.mark.parametrize("path", list(places(REGISTER)), ids=lambda path: "/".join(map(str, path)))
def test_long_text_in_a_register_gives_short_messages(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    for text in TEXTS:
        for key in (False, True):
            for one in findings(tmp_path, SCENARIO, spoilt(REGISTER, path, text, key=key)):
                assert len(one.message) < LONGEST, one.code
                assert len(one.hint) < LONGEST, one.code


def test_long_name_of_a_source_and_its_citations_give_short_messages(tmp_path: Path) -> None:
    register = spoilt(REGISTER, ("sources", "example-1"), LETTERS, key=True)
    cited = ("timeline", 0, "evidence", 0, "source")
    found = findings(tmp_path, spoilt(SCENARIO, cited, LETTERS, key=False), register)
    assert all(len(one.message) < LONGEST and len(one.hint) < LONGEST for one in found)


@pytest.mark.parametrize(
    "line",
    [
        f"{LETTERS}: 1\n{LETTERS}: 2",
        f"title: &{LETTERS} x",
        f"title: *{LETTERS}",
        f"title: !{LETTERS} x",
        f"title: !<tag:{LETTERS}> x",
        f"%{LETTERS}",
        f"title: '{LETTERS}",
        f"title: {{{LETTERS}",
        f"title: [{LETTERS}: x",
        f"? [{LETTERS}]\n: x",
        f'title: "\\{LETTERS}"',
        f"title: @{LETTERS}",
    ],
    ids=lambda line: line.replace(LETTERS, "long"),
)
def test_long_text_in_broken_yaml_gives_short_messages(line: str, tmp_path: Path) -> None:
    path = tmp_path / "FRA.yaml"
    path.write_text(f"format: recognition-scenario/1\n{line}\n", encoding="utf-8")
    found = rm.load_folder(path, {}).findings
    assert any(one.is_error for one in found)
    assert all(len(one.message) < LONGEST and len(one.hint) < LONGEST for one in found)


def test_many_unknown_keys_give_few_findings(tmp_path: Path) -> None:
    path = slips.write(tmp_path)
    more = "".join(f"key-{number}: x\n" for number in range(50_000))
    path.write_text(slips.SCENARIO + more, encoding="utf-8")
    found = rm.load_folder(path, {}).findings
    assert [one.code for one in found] == ["RM201"] * 21
    assert found[-1].message == "49,980 more unknown keys in this mapping"
