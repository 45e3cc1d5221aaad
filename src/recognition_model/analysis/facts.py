"""The facts of a record in short: what a data release keeps, so that a later one can be compared.

Evidence is kept by the names of its sources. Notes, claims and the text of a doctrine are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Self

from attrs import frozen

from recognition_model.analysis.turned_days import days_of_change
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.countries import named
from recognition_model.core.evidence import Evidence
from recognition_model.core.position import Position
from recognition_model.core.scenario import ActStep, SignalStep
from recognition_model.core.stages import Ban, Stage, ban_in_words
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import (
    Outcome,
    Replay,
    StatusCheck,
    UnexpectedlyPermitted,
    step_of,
)
from recognition_model.engine.refusals import Refusal

NOT_BEGUN = "not_begun"
"""Stands among the stages and bans of a day on which the record may not have begun."""


@frozen(kw_only=True, repr=False)
class EntryFact(Readable):
    """One entry: what it is, its date as written, what the replay made of it, who attests it.

    `became` is the rule that took an act, or `refused`, `permitted`, `struck_out`, `holds` or
    `fails`; `denied` for a signal, `assumed` for an assumed start. It is empty where nothing is
    replayed.
    """

    what: str
    date: str
    became: str = ""
    attestation: str = ""
    sources: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, without what is empty."""
        values = {
            "what": self.what,
            "date": self.date,
            "became": self.became,
            "attestation": self.attestation,
            "sources": list(self.sources),
        }
        return {key: value for key, value in values.items() if value}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave."""
        return cls(
            what=str(data["what"]),
            date=str(data.get("date", "")),
            became=str(data.get("became", "")),
            attestation=str(data.get("attestation", "")),
            sources=tuple(map(str, data.get("sources", ()))),
        )

    @property
    def named(self) -> str:
        """The entry by what it is and its date."""
        return f"{self.what} {self.date}".strip()

    def __str__(self) -> str:
        more = ", ".join(filter(None, (self.became.replace("_", " "), self.attestation)))
        return f"{self.named} ({more})" if more else self.named


@frozen(kw_only=True, repr=False)
class StateRun(Readable):
    """The possible stages and bans from a day on, lowest first."""

    first: date
    stages: tuple[str, ...]
    bans: tuple[str, ...]

    @property
    def same_as(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What two runs must share to be one."""
        return self.stages, self.bans

    @property
    def in_words(self) -> str:
        """Stages and bans in words: `engaged or delisted, ban in force or lifted`."""
        stages = " or ".join(map(humanize, self.stages)).replace("not begun", "not documented")
        bans = [ban_in_words(ban) for ban in Ban if ban.value in self.bans]
        return f"{stages}, {' or '.join(bans)}" if bans else stages

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "first": self.first.isoformat(),
            "stages": list(self.stages),
            "bans": list(self.bans),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave."""
        return cls(
            first=date.fromisoformat(data["first"]),
            stages=tuple(map(str, data["stages"])),
            bans=tuple(map(str, data["bans"])),
        )

    def __str__(self) -> str:
        return f"from {self.first}: {self.in_words}"


@frozen(kw_only=True, repr=False)
class CountryFacts(Readable):
    """The facts of one country: where its record begins and ends, its states and its entries."""

    country: str
    documented_until: date
    states: tuple[StateRun, ...]
    entries: tuple[EntryFact, ...]

    def on(self, day: date) -> StateRun:
        """The possible states of a day. Before the first of them, the record has not begun."""
        found = StateRun(first=date.min, stages=(NOT_BEGUN,), bans=(NOT_BEGUN,))
        for run in self.states:
            if run.first > day:
                break
            found = run
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "documented_until": self.documented_until.isoformat(),
            "states": [run.to_dict() for run in self.states],
            "entries": [entry.to_dict() for entry in self.entries],
        }

    @classmethod
    def from_dict(cls, country: str, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave."""
        return cls(
            country=country,
            documented_until=date.fromisoformat(data["documented_until"]),
            states=tuple(map(StateRun.from_dict, data["states"])),
            entries=tuple(map(EntryFact.from_dict, data["entries"])),
        )

    def __str__(self) -> str:
        return f"{named(self.country)}: {len(self.entries)} entries until {self.documented_until}"


def facts_of(replay: Replay) -> CountryFacts:
    """The facts of a replay."""
    return CountryFacts(
        country=replay.country,
        documented_until=replay.history.documented_until,
        states=tuple(_states(replay)),
        entries=tuple(_entries(replay)),
    )


def _states(replay: Replay) -> Iterator[StateRun]:
    """The runs of days with the same possible states, up to the end of the data."""
    history = replay.history
    last: StateRun | None = None
    for ordinal in sorted(set(days_of_change(history))):
        day = date.fromordinal(ordinal)
        if day > history.documented_until:
            break
        run = _run(day, history.on(day))
        if last is None or run.same_as != last.same_as:
            yield run
            last = run


def _run(day: date, position: Position) -> StateRun:
    unknown = () if position.begun and position.spells else (NOT_BEGUN,)
    stages = {spell.stage for spell in position.spells}
    bans = {spell.ban for spell in position.spells}
    return StateRun(
        first=day,
        stages=(*unknown, *(one.value for one in Stage if one in stages)),
        bans=(*unknown, *(one.value for one in Ban if one in bans)),
    )


def _entries(replay: Replay) -> Iterator[EntryFact]:
    start, doctrine = replay.scenario.start, replay.scenario.doctrine
    if doctrine:
        yield EntryFact(what="doctrine", date="", sources=_sources(doctrine.evidence))
    yield EntryFact(
        what=f"start {start.stage}, ban {start.ban}",
        date=start.date.text,
        became="" if start.assumed is None else "assumed",
        sources=_sources(start.evidence),
    )
    for outcome in replay.outcomes:
        step = step_of(outcome)
        label = f"act {step.act}" if isinstance(step, Change) else step.label
        yield EntryFact(
            what=label,
            date=step.date.text,
            became=_became(outcome),
            attestation=step.attestation.value,
            sources=_sources(step.evidence),
        )


def _became(outcome: Outcome) -> str:
    if isinstance(outcome, Change):
        return outcome.rule
    if isinstance(outcome, Refusal):
        return "refused"
    if isinstance(outcome, UnexpectedlyPermitted):
        return "permitted"
    if isinstance(outcome, StatusCheck):
        return "holds" if outcome.verdict.possible else "fails"
    if isinstance(outcome, ActStep):
        return "struck_out"
    if isinstance(outcome, SignalStep) and outcome.denied:
        return "denied"
    return ""


def _sources(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    return tuple(sorted({item.source.id for item in evidence}))
