"""The entries of a scenario that were added, removed or changed between two versions of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from attrs import fields, frozen

from recognition_model.core.base import Readable, keys_of
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import Doctrine, Scenario, Start, Step

_Entry = Start | Doctrine | Step
MOVED = "its place in the file"


@frozen(kw_only=True, repr=False)
class EntryEdit(Readable):
    """An entry or a day of the head that differs between two versions of a scenario.

    `before` and `after` name it, with its date, as it was and as it is; None if it was added or
    removed. `keys` are the keys in the file whose values differ. `line` is its line in the new
    file, or in the old one if it was removed.
    """

    before: str | None
    after: str | None
    keys: tuple[str, ...] = ()
    line: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "before": self.before,
            "after": self.after,
            "keys": list(self.keys),
            "line": self.line,
        }

    @property
    def sides(self) -> tuple[str | None, str | None]:
        """What was and what is, which names the keys that changed; None if there was none."""
        if self.before is None or self.after is None:
            return self.before, self.after
        return self.before, f"{self.after}: {', '.join(self.keys)} changed"

    def __str__(self) -> str:
        if self.before is None:
            return f"added: {self.after}"
        if self.after is None:
            return f"removed: {self.before}"
        changed = ", ".join(self.keys)
        if self.before == self.after:
            return f"{self.after}: {changed} changed"
        return f"{self.after}, was {self.before}: {changed} changed"


def entry_edits(old: Scenario, new: Scenario) -> tuple[EntryEdit, ...]:
    """List what differs between two versions of a scenario, in the order of the new file.

    Sources count by name: a change in the register is no change of the entries that cite it.
    Removed entries come last.
    """
    edits = [*_head(old, new)]
    edits += _one(old.doctrine, new.doctrine)
    edits += _one(old.start, new.start)
    removed, added = _unmatched(old.timeline, new.timeline)
    for before, after in _paired(removed, added):
        edits.append(_edit(before, after))
    gone = [edit for edit in edits if edit.after is None]
    kept = [edit for edit in edits if edit.after is not None]
    return (*sorted(kept, key=lambda edit: edit.line), *gone)


def _head(old: Scenario, new: Scenario) -> Iterable[EntryEdit]:
    """Compare the values of the head that are no entries: the title and the days."""
    for key, attribute in keys_of(Scenario).items():
        before, after = (getattr(scenario, attribute.name) for scenario in (old, new))
        if key in ("timeline", "start", "doctrine") or before == after:
            continue
        title = key in ("title", "coder")
        place = new.day_places.get(key) or old.day_places.get(key, new.place)
        yield EntryEdit(
            before=None if before is None else key if title else f"{key} {before}",
            after=None if after is None else key if title else f"{key} {after}",
            keys=(key,),
            line=place.line,
        )


def _one(old: Start | Doctrine | None, new: Start | Doctrine | None) -> list[EntryEdit]:
    if old is None or new is None:
        return [] if old is new else [_edit(old, new)]
    return [_edit(old, new)] if _values(old) != _values(new) else []


def _unmatched(old: Sequence[Step], new: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """Return the entries of each timeline that the other does not have in the same order."""
    before, after = ([_key(step) for step in steps] for steps in (old, new))
    matched = SequenceMatcher(None, before, after, autojunk=False)
    removed: list[Step] = []
    added: list[Step] = []
    for tag, i, until_i, j, until_j in matched.get_opcodes():
        if tag != "equal":
            removed += old[i:until_i]
            added += new[j:until_j]
    return removed, added


def _paired(
    removed: Sequence[Step], added: Sequence[Step]
) -> Iterable[tuple[Step | None, Step | None]]:
    """Pair each removed entry with the added one that it became: the same act, or the same day."""
    left = list(added)
    for before in removed:
        like = [after for after in left if after.label == before.label] or [
            after for after in left if after.kind == before.kind and after.date == before.date
        ]
        after = min(like, key=lambda one: len(differing_keys(before, one)), default=None)
        if after is not None:
            left = [one for one in left if one is not after]
        yield before, after
    for after in left:
        yield None, after


def _edit(before: _Entry | None, after: _Entry | None) -> EntryEdit:
    keys = differing_keys(before, after) or (MOVED,) if before and after else ()
    shown = after or before
    return EntryEdit(
        before=_named(before) if before else None,
        after=_named(after) if after else None,
        keys=keys,
        line=shown.place.line if shown else 0,
    )


def _named(entry: _Entry) -> str:
    if isinstance(entry, Step):
        return str(entry)
    return f"start {entry.stage} {entry.date}" if isinstance(entry, Start) else "doctrine"


def differing_keys(before: _Entry, after: _Entry) -> tuple[str, ...]:
    """List the keys in the file whose values differ; evidence counts by the names of sources."""
    old, new = _values(before), _values(after)
    return tuple(key for key in {**old, **new} if old.get(key) != new.get(key))


def _values(entry: _Entry) -> dict[str, Hashable]:
    """The values of an entry by their keys in the file; evidence names its source only."""
    return {
        key: tuple(map(_evidence, value)) if key == "evidence" else value
        for key, attribute in keys_of(type(entry)).items()
        for value in [getattr(entry, attribute.name)]
    }


def _evidence(item: Evidence) -> tuple[Hashable, ...]:
    values = (getattr(item, attribute.name) for attribute in fields(Evidence))
    return item.source.id, *(value for value in values if value is not item.source)


def _key(step: Step) -> Hashable:
    return type(step), *_values(step).items()
