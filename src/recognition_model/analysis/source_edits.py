"""The sources of the registers that were added, removed or changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable, keys_of
from recognition_model.core.evidence import Source, Sources, TextFile
from recognition_model.core.wording import plural, shortened

_ABSENT = "not given"


@frozen(kw_only=True, repr=False)
class ValueEdit(Readable):
    """A value of a source that differs, by its key in the file; None where it is not given."""

    key: str
    before: str | int | None
    after: str | int | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"key": self.key, "before": self.before, "after": self.after}

    def __str__(self) -> str:
        return f"{self.key} was {_shown(self.before)}, is {_shown(self.after)}"


@frozen(kw_only=True, repr=False)
class SourceEdit(Readable):
    """A source whose description in a register changed."""

    id: str
    values: tuple[ValueEdit, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"id": self.id, "values": [value.to_dict() for value in self.values]}

    def __str__(self) -> str:
        return f"{self.id}: {'; '.join(map(str, self.values))}"


@frozen(kw_only=True, repr=False)
class SourceEdits(Readable):
    """The sources that were added to the registers, removed from them or changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[SourceEdit, ...] = ()

    @property
    def sides(self) -> Iterator[tuple[str, str | None, str | None]]:
        """What happened to each source, what was and what is, in words."""
        yield from (("source_added", None, name) for name in self.added)
        yield from (("source_removed", name, None) for name in self.removed)
        for source in self.changed:
            was = "; ".join(f"{value.key} {_text(value.before)}" for value in source.values)
            now = "; ".join(f"{value.key} {_text(value.after)}" for value in source.values)
            yield "source_changed", f"{source.id}: {was}", f"{source.id}: {now}"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [source.to_dict() for source in self.changed],
        }

    def __str__(self) -> str:
        counts = [
            (len(self.added), "added"),
            (len(self.removed), "removed"),
            (len(self.changed), "changed"),
        ]
        parts = [f"{plural(n, 'source', 'sources')} {what}" for n, what in counts if n]
        return ", ".join(parts) or "no source differs"


def source_edits(old: Sources, new: Sources) -> SourceEdits:
    """Compare two registers, source by source, in the order of their names."""
    return SourceEdits(
        added=tuple(sorted(name for name in new if name not in old)),
        removed=tuple(sorted(name for name in old if name not in new)),
        changed=tuple(
            SourceEdit(id=name, values=tuple(_differing(old[name], new[name])))
            for name in sorted(new)
            if name in old and old[name] != new[name]
        ),
    )


def _differing(old: Source, new: Source) -> Iterator[ValueEdit]:
    before, after = _values(old), _values(new)
    for key in {**before, **after}:
        was, now = before.get(key), after.get(key)
        if was != now:
            yield ValueEdit(key=key, before=was, after=now)


def _values(record: Source | TextFile) -> dict[str, str | int]:
    """The values that are given, by their keys; those of `file` as `file.sha256`."""
    values: dict[str, str | int] = {}
    for key, attribute in keys_of(type(record)).items():
        value = getattr(record, attribute.name)
        if isinstance(value, TextFile):
            values |= {f"{key}.{inner}": plain for inner, plain in _values(value).items()}
        elif value is not None:
            plain = value.value if isinstance(value, Enum) else value
            values[key] = plain if isinstance(plain, int) else str(plain)
    return values


def _text(value: str | int | None) -> str:
    return _ABSENT if value is None else str(value)


def _shown(value: str | int | None) -> str:
    return shortened(_text(value))
