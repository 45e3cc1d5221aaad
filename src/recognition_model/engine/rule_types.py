"""The types that the fields of a rule must have, and what is said of another."""

from __future__ import annotations

from enum import Enum
from typing import Any

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act, Ban, Stage

_TYPES: dict[str, type[Any]] = {
    "act": Act,
    "after": Stage,
    "needs": Attestation,
    "why": str,
    "reference": str,
}
_GROUPS: dict[str, tuple[type[Any], type[Any], str]] = {
    "before": (tuple, Stage, "({},)"),
    "ban_must_be": (frozenset, Ban, "{{{}}}"),
}


def as_tuple(value: Any) -> Any:
    """A list as a tuple, anything else as it is."""
    return tuple(value) if isinstance(value, list) else value


def as_frozenset(value: Any) -> Any:
    """A set, list or tuple as a frozenset, anything else as it is."""
    return frozenset(value) if isinstance(value, set | list | tuple) else value


def wrong_field(rule: Any) -> str:
    """Say which field of a rule has the wrong type, and what to write; empty if none has."""
    if not isinstance(rule.code, str):
        return wrong_type("the code of a rule", str, rule.code)
    for name, kind in _TYPES.items():
        value = getattr(rule, name)
        if not isinstance(value, kind):
            return wrong_type(f"{rule.code}: `{name}`", kind, value)
    if rule.ban_becomes is not None and not isinstance(rule.ban_becomes, Ban):
        return wrong_type(f"{rule.code}: `ban_becomes`", Ban, rule.ban_becomes)
    for name, (group, kind, form) in _GROUPS.items():
        values = getattr(rule, name)
        if not isinstance(values, group):
            wanted = f"a {group.__name__} of {kind.__name__}"
            what = f"{rule.code}: `{name}`"
            return wrong_type(what, kind, values, wanted=wanted, form=form)
        for value in values:
            if not isinstance(value, kind):
                return wrong_type(f"{rule.code}: each of `{name}`", kind, value)
    return ""


def wrong_type(
    what: str, kind: type[Any], value: object, *, wanted: str = "", form: str = "{}"
) -> str:
    """Say that a value is no member of an enum, or of another type, and what to write.

    `wanted` names something else than one member, and `form` is how a member is written there.
    """
    article = "an" if kind.__name__[0] in "AEIOU" else "a"
    message = f"{what} must be {wanted or f'{article} {kind.__name__}'}, not {value!r}"
    if isinstance(value, str) and issubclass(kind, Enum):
        value = kind._value2member_map_.get(value)
    if isinstance(value, kind) and isinstance(value, Enum):
        message += f"; write {form.format(f'{kind.__name__}.{value.name}')}"
    return message
