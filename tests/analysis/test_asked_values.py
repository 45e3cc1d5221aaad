"""What the questions over many countries return: plain values, as the rest of the library."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

import recognition_model as rm
from recognition_model.analysis.register import by_publisher
from recognition_model.core.windows import Window


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    """One value of every class, from the shipped record of Russia and a made-up address."""
    folder = rm.load_folder()
    russia = [scenario for scenario in folder.scenarios if scenario.country == "RUS"]
    turns = rm.changes(russia, "2025")
    cited = rm.cited_sources(folder, country="RUS")
    made = [rm.events(russia)[0], turns, turns.happened[0], turns.became_known[0], cited[0]]
    made += [cited[0].cited_by[0], by_publisher(cited)[0], Window(turns.since)]
    made += [rm.new_source("https://example.org/x", turns.since, {})]
    return {type(value).__name__: value for value in made}


KINDS = ["CitedSource", "Citation", "Event", "Publisher", "SourceDraft", "Turn", "Turns", "Window"]


def test_values_below_cover_every_class(values: dict[str, Any]) -> None:
    assert sorted(values) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_value_cannot_be_changed_and_can_be_sent_and_compared(
    kind: str, values: dict[str, Any]
) -> None:
    value = values[kind]
    for attribute in attrs.fields(type(value)):
        with pytest.raises(AttributeError):
            setattr(value, attribute.name, None)
        assert not isinstance(getattr(value, attribute.name), list | dict | set)
    assert len({value, value}) == 1
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own


@pytest.mark.parametrize("kind", KINDS)
def test_repr_of_value_is_one_line_with_its_class(kind: str, values: dict[str, Any]) -> None:
    told = repr(values[kind])
    assert told.startswith(f"<{kind} ")
    assert "\n" not in told
