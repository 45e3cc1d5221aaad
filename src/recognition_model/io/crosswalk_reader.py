"""Read crosswalks: what `io.reader` does for the files of a record, for the codes of event data.

It stands apart because only `screen` and the schemas need it, and every command reads the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from attrs import define

from recognition_model.core.base import keys_of
from recognition_model.core.crosswalks import CountryAlias, Crosswalk, EventMeaning, TalibanActor
from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_columns import ActorColumns, EventColumns
from recognition_model.core.scenario import Format
from recognition_model.core.wording import shown
from recognition_model.io.converters import ValueProblem, as_word
from recognition_model.io.event_code_problems import code_problems
from recognition_model.io.node_reader import FILE_CLASSES, LIMITS
from recognition_model.io.nodes import Document, MapNode, Text
from recognition_model.io.reader import Reader
from recognition_model.io.validation import CHECKS, Checks

_SOME_DAY = datetime(2024, 5, 27)  # noqa: DTZ001 - day, month and year differ


def _names_one_actor(actor: TalibanActor, node: MapNode) -> None:
    given = [key for key in ("code", "group", "name") if Text(key) in node]
    if len(given) != 1:
        has = " and ".join(given) or "none"
        message = f"an actor has one of code, group and name; this has {has}"
        raise ValueProblem("RM212", message, node, "write one entry for each")
    if actor.since is not None and actor.until is not None and actor.until < actor.since:
        message = f"it ends on {actor.until}, before it begins on {actor.since}"
        raise ValueProblem("RM403", message, node[Text("until")], "swap `since` and `until`")


def _means_something(meaning: EventMeaning, node: MapNode) -> None:
    if meaning.family is None and meaning.act is None:
        message = "these codes mean nothing here: they have neither `family` nor `act`"
        raise ValueProblem("RM212", message, node, "add `family:` or `act:`, or remove the entry")
    if (meaning.act is None) != (meaning.attestation is None):
        message = "`act` and `attestation` go together"
        hint = "add the other, or remove both; what a machine read in the press is `reported`"
        raise ValueProblem("RM202", message, node, hint)


def _columns_are_there(columns: EventColumns, node: MapNode) -> None:
    if not columns.names:
        return
    twice = {name for name in columns.names if columns.names.count(name) > 1}
    if twice:
        message = f"the column {shown(min(twice))} stands in `names:` twice"
        raise ValueProblem("RM212", message, node[Text("names")], "give each column its own name")
    lacking = [name for name in columns.used if name not in columns.names]
    if lacking:
        message = f"`names:` lacks the column {shown(lacking[0])}"
        raise ValueProblem("RM212", message, node[Text("names")], "name all columns in their order")


def _format_has_a_day(columns: EventColumns, node: MapNode) -> None:
    try:
        written = _SOME_DAY.strftime(columns.day_format)
        whole = datetime.strptime(written, columns.day_format).date() == _SOME_DAY.date()  # noqa: DTZ007 - a day
    except ValueError:
        whole = False
    if not whole:
        message = f"{shown(columns.day_format)} gives no day with its month and year"
        hint = "write signs of strptime, as %Y-%m-%d or %Y%m%d"
        raise ValueProblem("RM212", message, node.get(Text("day-format"), node), hint)


@define(eq=False, repr=False)
class CrosswalkReader(Reader):
    """Reads crosswalks; what is wrong with them becomes `findings`."""

    classes: ClassVar[tuple[type[Any], ...]] = (
        *FILE_CLASSES,
        *(TalibanActor, CountryAlias, EventMeaning, ActorColumns, EventColumns),
    )
    mapping_checks: ClassVar[Checks] = {
        **CHECKS,
        TalibanActor: (_names_one_actor,),
        EventMeaning: (_means_something,),
        EventColumns: (_columns_are_there, _format_has_a_day),
    }

    limits: ClassVar[Mapping[type[Any], tuple[int, str, str]]] = {
        **LIMITS,
        TalibanActor: (200, "actors", "name a `group:` in place of its codes"),
    }

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._converter.register_structure_hook(CodeList, as_word)

    def crosswalk(self, document: Document) -> Crosswalk | None:
        """Read what the codes of event data mean. None if there are errors."""
        before = self._errors
        root = self._open(document, Format.CROSSWALK, keys_of(Crosswalk))
        if root is None:
            return None
        values: dict[str, Any] = {
            "title": self._value(root, "title", str),
            "codes": self._value(root, "codes", CodeList),
            "reference": self._value(root, "reference", str),
            "taliban": tuple(self._list(root, "taliban", TalibanActor)),
            "countries": tuple(self._list(root, "countries", CountryAlias)),
            "events": tuple(self._list(root, "events", EventMeaning)),
            "columns": self._value(root, "columns", EventColumns),
        }
        if values["codes"] is not None:
            for bad in code_problems(root, values["codes"]):
                self._add(bad)
        if self._errors > before:
            return None
        return Crosswalk(**values, place=root.place)
