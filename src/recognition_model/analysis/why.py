"""Why a country stands where it does on a day: the chain behind one answer.

What would have turned the answer is worked out by replaying the scenario without one entry.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from attrs import evolve, frozen

from recognition_model.analysis.recorded import (
    RecordedEntry,
    StateActs,
    acts_data,
    known_entries,
    recorded_entries,
    start_data,
    state_data,
)
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading, exact_day
from recognition_model.core.evidence import Attestation, Bearing, Voice
from recognition_model.core.position import Position
from recognition_model.core.scenario import ActStep, Scenario, Start, Step
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.refusals import Refusal, next_acts
from recognition_model.engine.replay import replay as run
from recognition_model.engine.rules import RULES, RuleTable

MOST_REPLAYED = 20_000
"""How many entries are replayed to find out what would turn an answer."""


@frozen(kw_only=True, repr=False)
class Link(Readable):
    """A change that leads to the answer; `surely` on or before the day, in every reading."""

    entry: RecordedEntry
    change: Change
    surely: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain data, and whether it surely lies on or before the day."""
        return {**self.entry.to_dict(), "surely": self.surely}

    def __str__(self) -> str:
        return str(self.change)


How = Literal["left out", "official"]


@frozen(kw_only=True, repr=False)
class Otherwise(Readable):
    """The answer that the scenario would give for the day if one entry were different.

    `how` says what is different: the entry is left out, or a refused act has an official voice.
    `turns` says whether the answer differs: a possible state, its beginning, the entry or the rule
    that began it, the basis of the day or the last date heard; for a day after the end of the data
    also the last documented answer, which `last_documented` gives. `refused` are the other acts, up
    to the day, that the rules would then refuse.
    """

    entry: RecordedEntry
    how: How
    position: Position
    last_documented: Position
    turns: bool
    refused: tuple[RecordedEntry, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the entry, what is different, and the answer then, as plain data."""
        return {
            "line": self.entry.line,
            "what": self.entry.label,
            "date": self.entry.step.date.text,
            "how": self.how,
            "turns": self.turns,
            "words": self.position.in_words(),
            "standings": [
                {
                    **state_data(spell.state),
                    "since": spell.begins.text,
                    "rule": spell.change.rule if spell.change else None,
                    "line": spell.change.place.line if spell.change else None,
                }
                for spell in self.position.spells
            ],
            "basis": self.position.basis.value if self.position.basis else None,
            "last_entry": self.position.last_entry.to_dict() if self.position.last_entry else None,
            "refused": [entry.line for entry in self.refused],
        }

    def __str__(self) -> str:
        return f"{self.entry} {self.how}: {self.position}"


@frozen(kw_only=True, repr=False)
class Why(Readable):
    """The chain behind the answer for one day.

    `links` are the changes that lead to the answer, in order. `heard` are the other entries that
    count towards its basis, `set_aside` those that the replay did not take, `undated` those that
    may lie after the day; `later` counts the rest. `otherwise` gives the answer without each link
    and without the last entry heard, and with an official voice for each act that lacks only that.
    In a record of several hundred entries only the last of these are asked; `untried` counts the
    rest. `acts` lists every act, open or closed, for each state that is possible on the day.
    """

    replay: Replay
    dates: DateReading
    position: Position
    links: tuple[Link, ...]
    heard: tuple[RecordedEntry, ...]
    set_aside: tuple[RecordedEntry, ...]
    undated: tuple[RecordedEntry, ...]
    later: int
    otherwise: tuple[Otherwise, ...]
    untried: int
    acts: StateActs

    @property
    def country(self) -> str:
        return self.replay.country

    @property
    def day(self) -> date:
        return self.position.day

    @property
    def start(self) -> Start:
        return self.replay.scenario.start

    @property
    def last_heard(self) -> RecordedEntry | None:
        """The last entry that counts on or before the day; None if it is the start, or none."""
        last = self.position.last_entry
        told = [*(link.entry for link in self.links), *self.heard, *self.set_aside]
        return next((entry for entry in told if last and entry.in_basis is last), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole chain as plain data."""
        return {
            "format": "recognition-why/1",
            "country": self.country,
            "name": name_of(self.country),
            "kind": self.replay.kind.value,
            "file": self.replay.scenario.file,
            "known_by": self.replay.known_by.isoformat() if self.replay.known_by else None,
            "dates": self.dates,
            **self.position.to_dict(),
            "start": start_data(self.start),
            "links": [link.to_dict() for link in self.links],
            "heard": [entry.to_dict() for entry in self.heard],
            "set_aside": [entry.to_dict() for entry in self.set_aside],
            "undated": [entry.to_dict() for entry in self.undated],
            "later": self.later,
            "not_yet_public": self.replay.not_yet_public,
            "otherwise": [one.to_dict() for one in self.otherwise],
            "untried": self.untried,
            "acts": acts_data(self.acts),
        }

    def __str__(self) -> str:
        changes = plural(len(self.links), "change", "changes")
        return f"{self.country} on {self.day}: {self.position}; {changes}"


def why(
    replay: Replay | Scenario,
    on: date | str | None = None,
    *,
    known_by: date | str | None = None,
    dates: DateReading = "all",
    rules: RuleTable | None = None,
    otherwise: bool = True,
) -> Why:
    """Give the chain behind the answer for a day, by default the last documented one.

    Takes a scenario, or its replay as `replay` returns it; `known_by` is for a scenario. `rules` is
    another table than that of the replay, or than the shipped one. Without `otherwise`, nothing is
    replayed with one entry different: quicker where only the chain is wanted.

    Raises `DateError` if a day is not a single day, `TypeError` for anything else than a scenario
    or replay, and for `known_by` with a replay.
    """
    if isinstance(replay, Scenario):
        replay = run(replay, known_by=known_by, rules=rules or RULES)
    elif not isinstance(replay, Replay):
        raise TypeError(f"why takes a Replay or a Scenario, not {replay!r}")
    elif known_by is not None:
        raise TypeError("known_by is for a scenario; a replay has it already")
    rules = rules or replay.rules
    seen = replay.read(dates)
    history = seen.history
    position = history.on(history.documented_until if on is None else exact_day(on))
    entries = recorded_entries(seen)
    changed = [entry for entry in entries if isinstance(entry.outcome, Change)]
    last_spell = position.spells[-1] if position.spells else history.spells[0]
    leading = next(i for i, spell in enumerate(history.spells) if spell is last_spell)
    links = tuple(
        Link(entry=entry, change=change, surely=latest <= position.day.toordinal())
        for entry, change, (_, latest) in zip(
            changed[:leading], history.changes, history.bounds[1:], strict=False
        )
    )
    others = [entry for entry in entries if not isinstance(entry.outcome, Change)]
    aside = [e for e in others if e.set_aside and e.earliest <= position.day]
    counting = [e for e in others if e.counts_from is not None and e not in aside]
    heard = [e for e in counting if e.counts_from and e.counts_from <= position.day]
    undated = [e for e in counting if e not in heard and e.earliest <= position.day]
    last = [e for e in others if e.in_basis and e.in_basis is position.last_entry]
    refused = [(e, e.outcome) for e in aside if isinstance(e.outcome, Refusal)]
    known = [*links, *aside, *heard, *undated]
    already = frozenset(
        number for number, _, outcome in known_entries(replay) if isinstance(outcome, Refusal)
    )
    variant = _Variants(replay, already, _gist(seen, position.day), position.day, dates, rules)
    without = [*changed[:leading], *last]
    spoken = [(entry, act) for entry, act in refused if _lacks_voice(act, rules)]
    most = max(1, MOST_REPLAYED // max(1, len(replay.scenario.timeline))) if otherwise else 0
    return Why(
        replay=seen,
        dates=dates,
        position=position,
        links=links,
        heard=tuple(heard),
        set_aside=tuple(aside),
        undated=tuple(undated),
        later=len(entries) - len(known),
        otherwise=(
            *(variant.left_out(entry) for entry in without[max(0, len(without) - most) :]),
            *(variant.official(*one) for one in spoken[: max(0, most - len(without))]),
        ),
        untried=max(0, len(without) + len(spoken) - most),
        acts=tuple((state, next_acts(state, rules, kind=replay.kind)) for state in position.states),
    )


def _lacks_voice(refusal: Refusal, rules: RuleTable) -> bool:
    """Whether an official voice is all that a refused act lacks, and the country does not deny it.

    While the country itself disputes an act, no voice suffices.
    """
    evidence = refusal.step.evidence
    denied = any(not item.supports and item.voice is Voice.HOST for item in evidence)
    taken = rules.taking(refusal.state, refusal.act, Attestation.OFFICIAL)
    return taken is not None and bool(evidence) and not denied


@frozen
class _Variants:
    """Replays of a scenario with one entry different, and the answers for one day."""

    replay: Replay
    already: frozenset[int]  # refused: the numbers of these entries
    gist: tuple[object, ...]
    day: date
    dates: DateReading
    rules: RuleTable

    def left_out(self, entry: RecordedEntry) -> Otherwise:
        return self._answer(entry, "left out", ())

    def official(self, entry: RecordedEntry, refusal: Refusal) -> Otherwise:
        """Give the entry as an act that the country itself attests."""
        step = entry.step
        said = evolve(step.evidence[0], voice=Voice.HOST, bearing=Bearing.SUPPORTS)
        spoken = ActStep(date=step.date, act=refusal.act, evidence=(said,), place=step.place)
        return self._answer(entry, "official", (spoken,))

    def _answer(self, entry: RecordedEntry, how: How, instead: tuple[Step, ...]) -> Otherwise:
        numbers, scenario = self.replay.numbers, self.replay.scenario
        at = numbers.index(entry.number)
        steps = scenario.timeline
        varied = evolve(scenario, timeline=(*steps[:at], *instead, *steps[at + 1 :]))
        kept = (*numbers[:at], *numbers[at : at + len(instead)], *numbers[at + 1 :])
        again = evolve(run(varied, rules=self.rules, invariants=(), nearest=False), numbers=kept)
        seen = again.read(self.dates)
        last_day = min(self.day, seen.history.documented_until)
        return Otherwise(
            entry=entry,
            how=how,
            position=seen.history.on(self.day),
            last_documented=seen.history.on(last_day),
            turns=_gist(seen, self.day) != self.gist,
            refused=tuple(
                one
                for one in _refusals(again)
                if one.number not in self.already and one.earliest <= self.day
            ),
        )


def _refusals(replay: Replay) -> list[RecordedEntry]:
    if not any(isinstance(outcome, Refusal) for outcome in replay.outcomes):
        return []
    return [one for one in recorded_entries(replay) if isinstance(one.outcome, Refusal)]


def _gist(seen: Replay, day: date) -> tuple[object, ...]:
    """All that the answer for a day says, with the entry and the rule that began each spell."""
    position = seen.history.on(day)
    known = known_entries(seen)
    numbers = [0, *(number for number, _, outcome in known if isinstance(outcome, Change))]
    begun_by = dict(zip(map(id, seen.history.spells), numbers, strict=True))
    spells = tuple(
        (
            spell.state,
            spell.begins.text,
            begun_by[id(spell)],
            spell.change.rule if spell.change else None,
        )
        for spell in position.spells
    )
    last = position.last_entry.date.text if position.last_entry else None
    words = position.in_words()
    if day <= seen.history.documented_until:
        return position.begun, spells, position.basis, last, words
    # After the end of the data, the sentence of a report gives the last documented state.
    at_end = seen.history.on(seen.history.documented_until).in_words()
    return position.begun, spells, position.basis, last, words, at_end
