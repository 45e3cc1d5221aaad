"""The right form that a message shows is accepted by the reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from enum import Enum
from typing import Any, get_origin

import attrs
import pytest

import recognition_model as rm
from recognition_model.core.base import keys_of
from recognition_model.core.claims import ClaimKind
from recognition_model.core.evidence import Bearing, Reliability, Source, SourceType, Voice
from recognition_model.core.likeness import bare
from recognition_model.core.scenario import STEP_OF, Assertion, Rank, Scenario, Start, Step
from recognition_model.core.stages import Act, Ban, Reason, Stage
from recognition_model.io.advice import example_of
from recognition_model.io.crosswalk_reader import CrosswalkReader
from recognition_model.io.everyday import KEYS, meant
from recognition_model.io.rules_reader import RulesReader
from recognition_model.io.scale_reader import ScaleReader
from recognition_model.io.strict_yaml import parse

READERS = (CrosswalkReader, RulesReader, ScaleReader)
SOURCE = "name-of-a-source"
ENUMS = (Voice, Stage, Ban, Act, Bearing, Rank, Reason, ClaimKind, SourceType, Reliability)


def kinds() -> list[tuple[str, Any]]:
    """Every key of every mapping in a file, with its type; not those that hold named entries."""
    classes = [cls for reader in READERS for cls in reader.classes]
    return [
        (f"{cls.__name__}.{key}", attribute.type)
        for cls in dict.fromkeys((*classes, Source))
        for key, attribute in keys_of(cls).items()
        if get_origin(attribute.type) is not Mapping
    ]


@pytest.mark.parametrize(("name", "kind"), kinds(), ids=[name for name, _ in kinds()])
def test_every_example_of_a_value_is_read_without_a_problem(
    name: str, kind: Any, register: Mapping[str, rm.Source]
) -> None:
    reader = CrosswalkReader({SOURCE: next(iter(register.values()))})
    root = parse(f"key: {example_of(kind)}\n", "example.yaml").root
    assert isinstance(root, dict), name
    (node,) = root.values()
    read = reader._converter.get_structure_hook(kind)
    value = read(node, kind)
    assert value is not None


@pytest.mark.parametrize("cls", [Assertion, Start, *STEP_OF.values()])
def test_example_of_a_mapping_has_its_required_keys(cls: type[Any]) -> None:
    root = parse(example_of(cls), "example.yaml").root
    assert isinstance(root, dict)
    required = {key for key, a in keys_of(cls).items() if a.default is attrs.NOTHING}
    assert required <= root.keys()
    if issubclass(cls, Step):
        assert next(iter(root)) in STEP_OF


def test_example_keeps_the_values_given() -> None:
    assert example_of(Assertion, ban="lifted") == "{ban: lifted}"
    start = "{stage: banned, ban: none, date: 2021-08-26, assumed: A sentence.}"
    assert example_of(Start, stage="banned") == start


@pytest.mark.parametrize("kind", ENUMS)
def test_no_everyday_word_is_a_word_of_the_files_or_of_two_members(kind: type[Enum]) -> None:
    """Two types of sources share a few words, such as paper; no other words are shared."""
    from recognition_model.io import everyday

    words = {bare(str(member.value)) for member in kind}
    for member in kind:
        given = everyday._WORDS.get(member, "").split(",") if member in everyday._WORDS else []
        for word in given:
            assert bare(word) not in words, word
            assert member in meant(kind, word)
            if kind is not SourceType:
                assert meant(kind, word) == (member,), word


def test_everyday_keys_name_known_keys() -> None:
    classes = (*CrosswalkReader.classes, *RulesReader.classes, Source, Scenario)
    known = {key for cls in classes for key in keys_of(cls)}
    assert known >= KEYS.keys()


def test_module_of_hints_is_not_loaded_for_files_without_errors() -> None:
    script = (
        "import json, sys, recognition_model as rm\n"
        "folder = rm.load_folder()\n"
        "[rm.replay(scenario) for scenario in folder.scenarios]\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('recognition_model')]))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = json.loads(ran.stdout)
    assert "recognition_model.io.reader" in loaded
    assert not {"recognition_model.io.advice", "recognition_model.io.everyday"} & {*loaded}
