"""The choices that a file lists, as options and universes, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Any

from attrs import frozen

from recognition_model.analysis.robustness.choices import (
    EVERYTHING,
    Choice,
    Choices,
    Open,
    titles_of,
)
from recognition_model.core.choice_files import CHOICES, EACH, NOTHING, Reports
from recognition_model.core.evidence import Voice
from recognition_model.core.scenario import Scenario
from recognition_model.engine.rules import RULES
from recognition_model.engine.universes import Grade
from recognition_model.io.choices_files import Chosen

Key = tuple[str, Hashable]
"""A choice, and the value of an option."""
Labelled = tuple[tuple[Choice, str], ...]
"""Choices, each with the label of an option."""
AS_SHIPPED: Mapping[str, Hashable] = {
    "rules": RULES,
    "voice": Voice.PRESS,
    "grade": EVERYTHING,
    "refused": False,
    "without": None,
    "fuzz": 1,
    "lag": 0,
}


@frozen(kw_only=True)
class Reasoned:
    """The choices of a file for some scenarios.

    `reasons` are those of the options, by choice and label. `unlike` are the first options that are
    not the shipped ones, and `universes` those of each listed universe. `uncited` are sources that
    the file leaves out, but that no entry asked about cites.
    """

    chosen: Chosen
    choices: Choices
    reasons: Mapping[tuple[Choice, str], str]
    unlike: Labelled
    universes: tuple[Labelled, ...]
    uncited: tuple[str, ...]


def reasoned_choices(
    chosen: Chosen, scenarios: Iterable[Scenario], kept: Collection[str]
) -> Reasoned:
    """The options and universes of a file that can change anything in these scenarios.

    `each` source is every one that they cite, but for those in `kept`.
    """
    found = Open.of(scenarios)
    values: dict[str, tuple[Any, ...]]
    reasons: Mapping[Key, str] = {}
    rows: tuple[tuple[int, ...], ...] = ()
    uncited: tuple[str, ...] = ()
    if chosen.file.universes:
        values, rows = _universes(chosen)
        left_out = [name for name in values["without"] if name is not None]
        uncited = tuple(sorted({*left_out} - found.cited(tried=True)))
    else:
        values, reasons, uncited = _options(chosen, found, kept)
    tables = values["rules"]
    choices = Choices(
        tables=tables,
        titles=tuple(titles_of(tables)),
        voices=values["voice"],
        grades=values["grade"],
        refused=values["refused"],
        without=values["without"],
        fuzz=values["fuzz"],
        lags=values["lag"],
        listed=rows,
    )
    labels = choices.labels
    others = [
        [(value != AS_SHIPPED[choice.value], (choice, label)) for value, label in pairs]
        for choice, of in labels.items()
        for pairs in [list(zip(values[choice.value], of, strict=True))]
    ]
    unlike = [
        tuple(
            mine
            for of, at in zip(others, row, strict=True)
            for differs, mine in [of[at]]
            if differs
        )
        for row in (rows or [(0,) * len(others)])
    ]
    return Reasoned(
        chosen=chosen,
        choices=choices,
        reasons={
            (choice, label): reasons.get((choice.value, value), "")
            for choice, of in labels.items()
            for value, label in zip(values[choice.value], of, strict=True)
        },
        unlike=unlike[0],
        universes=tuple(unlike) if rows else (),
        uncited=uncited,
    )


def _options(
    chosen: Chosen, found: Open, kept: Collection[str]
) -> tuple[dict[str, tuple[Any, ...]], dict[Key, str], tuple[str, ...]]:
    """The options of every choice with their reasons, and sources that are not cited."""
    listed = chosen.file.choices
    values: dict[str, tuple[Any, ...]] = {key: (AS_SHIPPED[key],) for key in CHOICES}
    reasons: dict[Key, str] = {}
    for choice, options in listed.options() if listed else ():
        mine = [(_value(chosen, choice, one.option), one.reason) for one in options]
        values[choice] = tuple(value for value, _ in mine)
        reasons |= {(choice, value): reason for value, reason in mine}
    for choice, concerns in _CONCERNS.items():
        if not concerns(found):
            values[choice] = values[choice][:1]
    cited = found.cited(tried=True in values["refused"]) - {*kept}
    values["without"], uncited = _sources(values["without"], cited)
    for name in values["without"]:
        reasons.setdefault(("without", name), reasons.get(("without", EACH), ""))
    return values, reasons, uncited


_CONCERNS: Mapping[str, Callable[[Open], bool]] = {
    "refused": lambda found: found.reports,
    "fuzz": lambda found: found.fuzzy,
    "lag": lambda found: found.lagged,
}


def _sources(
    listed: tuple[str | None, ...], cited: frozenset[str]
) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    """The sources to leave out. To leave out one that is not cited is to leave out nothing."""
    names: list[str | None] = []
    for name in listed:
        names += sorted(cited) if name == EACH else [name]
    uncited = tuple(name for name in names if name is not None and name not in cited)
    effective = (None if name in uncited else name for name in names)
    return tuple(dict.fromkeys(effective)) or (None,), uncited


def _universes(
    chosen: Chosen,
) -> tuple[dict[str, tuple[Any, ...]], tuple[tuple[int, ...], ...]]:
    """The options of every choice over all universes, and the places of those of each."""
    rows = [
        {
            key: AS_SHIPPED[key] if given is None else _value(chosen, key, given)
            for key in CHOICES
            for given in [getattr(universe, key)]
        }
        for universe in chosen.file.universes
    ]
    values = {key: tuple(dict.fromkeys(row[key] for row in rows)) for key in CHOICES}
    return values, tuple(tuple(values[key].index(row[key]) for key in CHOICES) for row in rows)


def _value(chosen: Chosen, choice: str, option: Any) -> Hashable:
    """What an option of a file stands for."""
    if choice == "rules":
        return chosen.table(option)
    if choice == "grade":
        return Grade.parse(option)
    if choice == "refused":
        return option is Reports.TRIED
    if choice == "without":
        return None if option == NOTHING else str(option)
    return option if isinstance(option, Voice) else int(option)
