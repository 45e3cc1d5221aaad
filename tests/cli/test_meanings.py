"""The meanings that `explain` gives: each is a sentence, and none is of a word nobody meets."""

from __future__ import annotations

import re

import click
from support.paths import ROOT

from recognition_model.cli.app import SUMMARIES, load_command
from recognition_model.cli.meanings import meanings
from recognition_model.cli.scale_meanings import scale_meanings
from recognition_model.core.event_layouts import LAYOUTS
from recognition_model.core.glossary import Meaning

PACKAGE = ROOT / "src" / "recognition_model"
TABLES_OF_MEANINGS = ("meanings.py", "scale_meanings.py")
VALUES = "Values of options"


def of_group(group: str) -> list[Meaning]:
    return [one for one in meanings() if one.group == group]


def test_every_meaning_ends_as_a_sentence_does() -> None:
    assert [one.label for one in meanings() if not (one.text and one.text.endswith("."))] == []


def test_value_of_an_option_is_labelled_with_an_option_or_command_that_takes_it() -> None:
    taken = {("layout", name) for name in LAYOUTS}  # `--layout` is checked by the command itself
    taken |= {("without", "nothing"), ("without", "each")}  # of a choices file
    for name in SUMMARIES:
        for param in load_command(name).params:
            of = param.opts[-1].removeprefix("--") if isinstance(param, click.Option) else name
            words = param.type.choices if isinstance(param.type, click.Choice) else ()
            taken |= {(of, str(word)) for word in words}
    told = {(one.label.removesuffix(f" {one.word}"), one.word) for one in of_group(VALUES)}
    assert ("for", "web") in told
    assert told - taken == set()


def test_key_of_json_that_has_a_meaning_is_a_word_of_the_code() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.name not in TABLES_OF_MEANINGS
    )
    words = set(re.findall(r"\w+", code))
    told = of_group("Keys of JSON output")
    assert [one.label for one in told if one.word not in words] == []


def test_scales_that_ship_are_explained_with_their_levels_in_a_group_of_their_own() -> None:
    told = {one.label: one.text for one in scale_meanings() if one.group == "Scales"}
    assert told["scale relations"].startswith("How the country deals with the Taliban")
    assert told["level charge of representation"].startswith("The country has accepted a head")
