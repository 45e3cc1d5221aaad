"""Convert nodes to single values: a text, a date, a word. Raises `ValueProblem` with the node."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, get_origin

from recognition_model.core.countries import UnknownCountry, code_of, is_known, name_of
from recognition_model.core.dates import DateError, When, exact_day
from recognition_model.core.types import CountryCode, Shape
from recognition_model.core.wording import shortened, shown
from recognition_model.io.nodes import ListNode, MapNode, Node, Text

T = TypeVar("T")


class ValueProblem(Exception):
    """A problem with one node. cattrs collects it in a group and continues with the next value.

    Without a hint, the reader makes one from the key of the node, and sets `advised`. `wanted` is
    what a node of the wrong kind should be.
    """

    def __init__(
        self, code: str, message: str, node: Node, hint: str = "", wanted: str = ""
    ) -> None:
        super().__init__(message)
        self.code, self.node, self.hint, self.wanted = code, node, hint, wanted
        self.advised = False


def wrong_kind(node: Node, wanted: str, what: str = "", hint: str = "") -> ValueProblem:
    """The problem of a node that is a text, list or mapping but should be something else."""
    if isinstance(node, Text) and not node and wanted == "a list":
        return ValueProblem("RM208", "a value is missing here", node, "write [] for an empty list")
    found = {Text: "a text", ListNode: "a list", MapNode: "a mapping"}.get(type(node), "a text")
    needed = f"{what} {wanted}" if what else f"{wanted} is needed here"
    return ValueProblem("RM203", f"{needed}, not {found}", node, hint, wanted)


def as_text(node: Node) -> str:
    """Convert a node to text without surrounding spaces; it must not be empty."""
    if not isinstance(node, Text):
        raise wrong_kind(node, "a text")
    text = node.strip()
    if not text:
        raise ValueProblem("RM208", "a value is missing here", node)
    return text


def as_free_text(node: Node) -> str:
    """Convert a node to a text in words, with advice on quotes where YAML reads something else."""
    try:
        return as_text(node)
    except ValueProblem as bad:
        bad.hint = _how_to_quote(node) or bad.hint
        raise


def _how_to_quote(node: Node) -> str:
    """Advise how to write what stands in the file as one text; empty if nothing stands there."""
    from recognition_model.io.text_slips import quote_hint, rest_of_value

    line, start = node.place.text, node.place.column - 1
    rest = line[start:].lstrip(": ")
    if isinstance(node, Text) and rest.startswith(("|", ">")):
        return f"{rest[0]} announces a text on the lines below: indent it, or quote this one"
    if rest.startswith(("[", "{", ",")):
        text = rest_of_value(line, start, flow="{" in line[:start])
        return quote_hint(text) if text.strip(", ") else ""
    return ""


def as_items(node: Node) -> ListNode:
    """Return a node that must be a list."""
    if not isinstance(node, ListNode):
        raise wrong_kind(node, "a list")
    return node


def as_when(node: Node, read: Callable[[str], T] = When.parse) -> T:  # type: ignore[assignment]
    """Convert a node to a date with `read`."""
    written = _set_of_dates(node)
    text = written or as_text(node)
    try:
        return read(text)
    except DateError as error:
        if written and not error.rewrites:
            raise wrong_kind(node, "a text") from None
        message = str(error).replace(repr(text), shown(text)).replace(text, shortened(text))
        hint = error.hint.replace(text, shortened(text))
        raise ValueProblem(error.code, message, node, hint) from None


def _set_of_dates(node: Node) -> str:
    """Write a node as a set of dates: EDTF's `[a, b]` and `{a, b}` are no text in YAML."""
    if isinstance(node, Text) or (isinstance(node, MapNode) and any(node.values())):
        return ""
    parts = [part for part in node if isinstance(part, Text)]
    return f"[{', '.join(parts)}]" if len(parts) == len(node) else ""


def as_day(node: Node) -> date:
    """Convert a node to a single day."""
    return as_when(node, exact_day)


def as_country(node: Node) -> CountryCode:
    """Convert a node to the alpha-3 code of a country or an organisation."""
    text = as_text(node)
    if is_known(text):
        return CountryCode(text)
    try:
        code = code_of(text)
        hint = f"write {code} ({name_of(code)})"
    except UnknownCountry as unknown:
        hint = unknown.hint if unknown.suggestions else "write an alpha-3 code such as RUS"
    raise ValueProblem(
        "RM205", f"{shown(text)} is not an ISO 3166-1 alpha-3 country code", node, hint
    )


def as_shaped(shape: Shape) -> Callable[[Any, Any], Any]:
    """Make a hook for text that must have a shape, such as a source's name."""

    def hook(node: Node, _: Any) -> str:
        text = as_text(node)
        if not shape.fits(text):
            hint = "" if shape.code == "RM209" else shape.hint
            raise ValueProblem(shape.code, f"{shown(text)} is no {shape.name}", node, hint)
        return text

    return hook


def as_number(least: int, most: int | None) -> Callable[[Any, Any], Any]:
    """Make a hook for whole numbers from `least` to `most`; None means no upper limit."""
    span = f"from {least} to {most}" if most else f"of {least} or more"

    def hook(node: Node, _: Any) -> int:
        text = as_text(node)
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= (most or int(text)):
            raise ValueProblem("RM209", f"{shown(text)} is not a whole number {span}", node)
        return int(text)

    return hook


def is_tuple(kind: Any) -> bool:
    """Whether a type is a parametrised tuple."""
    origin: Any = get_origin(kind)
    return origin is tuple


def as_choice(node: Node, choices: Mapping[str, T]) -> T:
    """Convert a node to the value of one of these words."""
    text = as_text(node)
    if text not in choices:
        raise ValueProblem("RM204", f"{shown(text)} is not known here", node)
    return choices[text]


def as_word(node: Any, kind: Any) -> Any:
    """Convert a node to a member of an enum."""
    return as_choice(node, kind._value2member_map_)


def leaves(error: Exception) -> Iterator[Exception]:
    """Yield the single exceptions of nested groups."""
    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error
