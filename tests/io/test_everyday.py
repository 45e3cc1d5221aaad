"""An everyday word in a file leads to the word, the key or the source that was meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import pytest

import recognition_model as rm
from recognition_model.core.base import keys_of
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.scenario import ActStep, Scenario
from recognition_model.core.searches import Search
from recognition_model.core.stages import Act
from recognition_model.core.types import SHAPES, FindingCode, LanguageTag, RuleCode
from recognition_model.core.wording import did_you_mean
from recognition_model.io.advice import AS_SIGNAL, Known, hint_for
from recognition_model.io.choices_reader import ChoicesReader
from recognition_model.io.crosswalk_reader import CrosswalkReader
from recognition_model.io.everyday import _LANGUAGES, CONTACTS, KEYS
from recognition_model.io.key_advice import hint_for_key, hint_for_source
from recognition_model.io.nodes import MapNode, Text
from recognition_model.io.rules_reader import RulesReader
from recognition_model.io.scale_reader import ScaleReader
from recognition_model.io.vocabulary import shipped_vocabulary

READERS = (CrosswalkReader, RulesReader, ScaleReader, ChoicesReader)
CLASSES = dict.fromkeys(
    (*(cls for reader in READERS for cls in reader.classes), Source, Scenario, Search)
)


def hint(code: str, text: str, cls: Any, key: str, kind: Any) -> str:
    """What is said of a text at a key of a class."""
    return hint_for(code, Text(text), "", cls, key, kind, Known({}, shipped_vocabulary()))


@pytest.mark.parametrize("key", KEYS)
def test_everyday_name_of_a_key_leads_to_the_key_in_every_mapping_that_has_it(key: str) -> None:
    told = []
    for cls in CLASSES:
        keys = keys_of(cls)
        # What is a key of the mapping itself stands for itself.
        names = {*KEYS[key]} - keys.keys() if key in keys else set()
        for name in names:
            meant = [one for one in keys if name in KEYS.get(one, ())]
            said = hint_for_key(name.title(), MapNode(), keys)
            told.append((name, said in [did_you_mean([one]) for one in meant]))
    assert told
    assert [name for name, right in told if not right] == []


@pytest.mark.parametrize(
    ("cls", "key", "meant"),
    [
        (ActStep, "sources", "evidence"),
        (ActStep, "when", "date"),
        (Source, "website", "url"),
        (Source, "journal", "publisher"),
        (Scenario, "searched", "reviewed"),
        (Search, "keywords", "searched"),
    ],
)
def test_everyday_name_of_a_key_is_asked_about(cls: type[Any], key: str, meant: str) -> None:
    assert hint_for_key(key, MapNode(), keys_of(cls)) == f"did you mean {meant}?"


def test_key_of_evidence_in_a_source_is_said_to_belong_there_and_no_other_key_is() -> None:
    keys = keys_of(Source)
    belongs = "`voice` belongs to an item of `evidence:`, in the scenario"
    assert hint_for_key("voice", MapNode(), keys) == belongs
    assert hint_for_key("headline", MapNode(), keys) == "did you mean title?"


@pytest.mark.parametrize("name", _LANGUAGES)
def test_language_by_its_english_name_gives_a_tag(name: str) -> None:
    said = hint("RM209", f" {name.title()}", Source, "language", LanguageTag)
    assert said == f"write {_LANGUAGES[name]}"
    assert SHAPES[LanguageTag].fits(_LANGUAGES[name])


@pytest.mark.parametrize(
    ("language", "tag"),
    [("French", "fr"), ("Persian", "fa"), ("Farsi", "fa"), ("Dari", "prs"), ("Pashto", "ps")],
)
def test_two_names_of_one_language_give_one_tag(language: str, tag: str) -> None:
    assert hint("RM209", language, Source, "language", LanguageTag) == f"write {tag}"


@pytest.mark.parametrize("word", sorted(CONTACTS))
def test_contact_that_is_written_as_an_act_is_said_to_be_a_signal(word: str) -> None:
    said = hint("RM204", word.replace(" ", "-").title(), ActStep, "act", Act)
    assert said == f"it moves nothing: {AS_SIGNAL}; the first dealings are `act: engage`"


@pytest.mark.parametrize(
    ("right", "words"),
    [("true", ("yes", "On", "1", "Y")), ("false", ("no", "Off", "0", "N"))],
)
def test_yes_and_no_are_true_and_false(right: str, words: tuple[str, ...]) -> None:
    said = {word: hint("RM204", word, Evidence, "announcement", bool) for word in words}
    assert said == dict.fromkeys(words, f"write {right}")


@pytest.mark.parametrize(
    ("kind", "text", "code"), [(RuleCode, "r-08", "R08"), (FindingCode, "rm-617", "RM617")]
)
def test_code_in_small_letters_with_a_hyphen_is_shown_as_it_is_written(
    kind: Any, text: str, code: str
) -> None:
    assert hint("RM209", text, None, "off", kind) == f"write {code}"


def test_publisher_in_place_of_a_source_gives_three_of_its_sources(
    register: Mapping[str, rm.Source],
) -> None:
    first = next(iter(register.values()))
    wire = {
        name: attrs.evolve(first, id=name, publisher="Made-up Wire", title=f"Title {name}")
        for name in ("w-2", "w-1", "w-5", "w-4", "w-3")
    }
    assert hint_for_source("made-up wire", {}, wire) == (
        "a source is cited by its name, not its publisher: w-2, w-1, w-5 and 2 more"
    )
