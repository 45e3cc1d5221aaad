"""One country's record to read: the answer for a day, every entry, and what could follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from recognition_model.analysis.recorded import (
    RecordedEntry,
    StateActs,
    acts_data,
    evidence_data,
    recorded_entries,
    start_data,
)
from recognition_model.core.base import Readable
from recognition_model.core.countries import name_of
from recognition_model.core.dates import exact_day
from recognition_model.core.position import Position
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.refusals import next_acts
from recognition_model.engine.rules import RuleTable


@frozen(kw_only=True, repr=False)
class Dossier(Readable):
    """A country's record as it stands on a day.

    `entries` are those that can lie on or before the day, in file order; `later` counts the rest.
    `acts` lists every act, open or closed, for each state that is possible on the day.
    """

    replay: Replay
    position: Position
    entries: tuple[RecordedEntry, ...]
    later: int
    acts: StateActs

    @property
    def country(self) -> str:
        return self.replay.country

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record as plain data."""
        scenario, known_by = self.replay.scenario, self.replay.known_by
        start, doctrine = scenario.start, scenario.doctrine
        return {
            "country": self.country,
            "name": name_of(self.country),
            "kind": self.replay.kind.value,
            "title": self.replay.title,
            "file": scenario.file,
            "coder": scenario.coder,
            "known_by": known_by.isoformat() if known_by else None,
            **self.position.to_dict(),
            "doctrine": {
                "says": doctrine.says,
                "evidence": [evidence_data(item) for item in doctrine.evidence],
            }
            if doctrine
            else None,
            "start": start_data(start),
            "entries": [entry.to_dict() for entry in self.entries],
            "later": self.later,
            "not_yet_public": self.replay.not_yet_public,
            "acts": acts_data(self.acts),
            "findings": [found.to_dict() for found in self.replay.findings],
        }

    def __str__(self) -> str:
        return (
            f"{self.country} on {self.position.day}: {self.position}; {len(self.entries)} entries"
        )


def dossier(
    replay: Replay, on: date | str | None = None, *, rules: RuleTable | None = None
) -> Dossier:
    """Give a country's record as it stands on a day, by default the last documented one.

    Without `on`, every entry is listed. `rules` is another table than that of the replay. Raises
    `DateError` if `on` is not a single day, `TypeError` for anything else than a replay.
    """
    if not isinstance(replay, Replay):
        raise TypeError(f"dossier takes a Replay, as `replay` returns it, not {replay!r}")
    day = None if on is None else exact_day(on)
    position = replay.history.on(day or replay.history.documented_until)
    table = rules or replay.rules
    entries = recorded_entries(replay)
    kept = tuple(entry for entry in entries if day is None or entry.earliest <= day)
    return Dossier(
        replay=replay,
        position=position,
        entries=kept,
        later=len(entries) - len(kept),
        acts=tuple((state, next_acts(state, table, kind=replay.kind)) for state in position.states),
    )
