"""Which keys of a file hold free text: those whose attribute is a plain `str`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, get_args

import attrs

from recognition_model.core.authority import Authority
from recognition_model.core.base import keys_of
from recognition_model.core.claims import Collective
from recognition_model.core.evidence import Source
from recognition_model.core.scenario import STEP_OF, Scenario, Step


@cache
def records() -> tuple[Any, ...]:
    """Every class that a mapping in a file can become, each once."""
    return tuple(dict.fromkeys(_reached(Scenario, Collective, Authority, Source)))


@cache
def free_text_keys() -> frozenset[str]:
    """The keys that hold free text in some mapping: note, claim, title and others."""
    return frozenset(key for cls in records() for key in _free_keys(cls))


@cache
def all_keys() -> frozenset[str]:
    """Every key of a file."""
    keys = {key for cls in records() for key in keys_of(cls)}
    return frozenset(keys | {"format", "sources"})


@cache
def keys_together(key: str) -> frozenset[str]:
    """The keys that can stand in a mapping beside a key."""
    return frozenset(k for cls in records() if key in keys_of(cls) for k in keys_of(cls))


def holds_free_text(key: str, keys: Collection[str]) -> bool:
    """Whether a key holds free text in a mapping with these keys.

    `because` is a text beside `act` and a word beside `refuse`; the class that shares most keys
    with the mapping decides.
    """
    if key not in free_text_keys():
        return False
    likely = max(
        (cls for cls in records() if key in keys_of(cls)),
        key=lambda cls: len(keys_of(cls).keys() & set(keys)),
    )
    return key in _free_keys(likely)


@cache
def _free_keys(cls: Any) -> frozenset[str]:
    kinds = {key: get_args(a.type) or (a.type,) for key, a in keys_of(cls).items()}
    return frozenset(key for key, kind in kinds.items() if str in kind)


def _reached(*classes: Any) -> Iterator[Any]:
    for cls in classes:
        if cls is Step:
            yield from _reached(*STEP_OF.values())
            continue
        yield cls
        for attribute in keys_of(cls).values():
            kinds = get_args(attribute.type) or (attribute.type,)
            yield from _reached(*filter(_is_record, kinds))


def _is_record(kind: Any) -> bool:
    return attrs.has(kind) and all("key" in a.metadata for a in attrs.fields(kind))
