"""Names that mean something to the machine's library, YAML, HTML or a spreadsheet."""

from __future__ import annotations

import pydoc
from html import escape

import jinja2
import pytest
import transitions
import yaml

from recognition_model import Act, Stage
from recognition_model.testing import SHARP_NAMES


class Model:
    """What the library adds its methods to."""


def machine(model: Model) -> transitions.Machine:
    """A machine as the library makes it unless told otherwise."""
    made = transitions.Machine(model, states=[str(stage) for stage in Stage], initial="hostile")
    for act in Act:
        made.add_transition(str(act), "*", "engaged")
    return made


def meanings(name: str) -> list[str]:
    """What a name means, and to whom."""
    model = Model()
    library = machine(model)
    template = jinja2.Environment(autoescape=True).from_string(name)
    found = {
        "a method of a model": hasattr(model, name),
        "a name of a machine": hasattr(library, name),
        "a name of Python": pydoc.locate(name) is not None,
        "another value in YAML": "{" not in name and not isinstance(yaml.safe_load(name), str),
        "a template": template.render() != name,
        "HTML": escape(name) != name,
        "a formula": name.startswith("="),
    }
    return [what for what, holds in found.items() if holds]


@pytest.mark.parametrize("name", SHARP_NAMES)
def test_every_sharp_name_means_something(name: str) -> None:
    assert meanings(name)


def test_plain_name_means_nothing() -> None:
    assert meanings("visit") == []


def test_sharp_names_include_every_method_that_the_library_adds() -> None:
    model = Model()
    machine(model)
    added = {name for name in vars(model) if name.startswith(("to_", "is_", "may_"))}
    assert {"to_hostile", "is_hostile", "may_to_hostile", "may_engage"} <= added
    assert added - {"may_trigger"} <= set(SHARP_NAMES)
