"""Histories: the states of one relationship in order, and questions about given days.

Dates are intervals. A reading puts every change on one day of its interval, in order. An answer
holds in all readings, in some, or in none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, groupby
from typing import Any

from attrs import evolve, field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.basis import WITHIN, Attested, BasisSpan, Entry
from recognition_model.core.changes import Change, Spell, cause_of, entry_of
from recognition_model.core.countries import name_of
from recognition_model.core.dates import (
    OPEN_END,
    OPEN_START,
    DateReading,
    Holds,
    OpenEnd,
    Verdict,
    When,
    closed,
    end_of,
    exact_day,
    is_open,
    nearest_day,
    propagate_order,
)
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.position import Position
from recognition_model.core.stages import State, ban_in_words


@frozen(kw_only=True, repr=False)
class History(Readable):
    """A start and the changes after it, up to the last documented day.

    `entries` are the dated entries of the scenario in file order, from which the basis of a day
    follows; without any given, they are the start and the changes. `assumed` says that the start
    is assumed.
    """

    country: str
    start: State
    begins: When
    changes: tuple[Change, ...] = ()
    documented_until: date
    reviewed: date | None = None
    assumed: bool = False
    entries: tuple[Entry, ...] = field()
    place: Place = field(default=NOWHERE, eq=False)

    @entries.default
    def _start_and_changes(self) -> tuple[Entry, ...]:
        start = Entry(date=self.begins, what=f"start {self.start.stage}", counts=not self.assumed)
        return (start, *map(entry_of, self.changes))

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        """The states in order, each ending where the next begins."""
        states = self._states
        dates = [*self._dates, When.of(self.documented_until)]
        causes = [None, *self.changes]
        last = len(states) - 1
        days = self._days_by_basis
        return tuple(
            Spell(
                state=state,
                begins=dates[i],
                ends=dates[i + 1],
                change=causes[i],
                last=i == last,
                assumed=self.assumed and not i,
                **days[i],
            )
            for i, state in enumerate(states)
        )

    @property
    def last(self) -> Spell:
        """The last documented spell. It need not be the present one: the data end here."""
        return self.spells[-1]

    @property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """The earliest and the latest day on which each spell can have begun, as ordinals.

        The order of the changes can make these intervals narrower than the dates. An open side has
        the ordinal of its `OpenEnd`; `dates.end_of` converts an ordinal back.
        """
        return tuple(zip(*self._bounds, strict=True))

    @cached_property
    def attested(self) -> Attested:
        """When the country was heard of."""
        return Attested(
            begins=self._bounds[0][0],
            assumed=self.assumed,
            entries=self.entries,
            documented_until=self.documented_until,
            reviewed=self.reviewed,
        )

    @property
    def basis_spans(self) -> tuple[BasisSpan, ...]:
        """The basis of every day from the earliest start on: spans in order, without a gap."""
        return self.attested.spans

    @property
    def documented(self) -> bool:
        """Whether the start can be on or before the last documented day."""
        return self.begins.earliest <= self.documented_until

    def read(self, dates: DateReading) -> History:
        """Return the history with every date at the earliest or latest day its order allows.

        A date that is open on that side is left unchanged; `all` leaves every date unchanged.
        Either result is only one of many readings, and no more likely than the others.
        """
        if dates == "all":
            return self
        begins, *moved = [
            evolve(when, earliest=end_of(first), latest=end_of(last)).read(dates)
            for when, (first, last) in zip(self._dates, self.bounds, strict=True)
        ]
        order = zip(*propagate_order([entry.date for entry in self.entries]), strict=True)
        others = [
            evolve(entry, date=evolve(entry.date, earliest=first, latest=last).read(dates))
            for entry, (first, last) in zip(self.entries, order, strict=True)
        ]
        return self._moved(begins, moved, others)

    def dated(self, days: Sequence[int]) -> History:
        """Return the history with the start and the changes on given days, as ordinals.

        All other entries keep their dates.
        """
        begins, *moved = [When.of(date.fromordinal(day)) for day in days]
        start = evolve(self.entries[0], date=begins)
        return self._moved(begins, moved, [start, *self.entries[1:]])

    def _moved(self, begins: When, moved: Sequence[When], others: Sequence[Entry]) -> History:
        """Return the history with other dates. `others` are all entries, moved as wanted."""
        pairs = zip(self.changes, moved, strict=True)
        changes = tuple(evolve(change, date=when) for change, when in pairs)
        entries, left = [], [*zip(self.changes, changes, strict=True)]
        for entry, other in zip(self.entries, others, strict=True):
            if left and entry == entry_of(left[0][0]):
                entries.append(entry_of(left.pop(0)[1]))
            else:
                entries.append(other)
        return evolve(self, begins=begins, changes=changes, entries=tuple(entries))

    def begin_days(self, dates: DateReading) -> list[int]:
        """List the day on which each spell begins, as ordinals, with every date read at one end.

        The order of the entries narrows the dates first. A date with an open side is read at its
        known end. Raises `ValueError` for `all`, which is not a single reading.
        """
        if dates == "all":
            raise ValueError("one reading is the earliest or the latest")
        first = [pair if dates == "earliest" else pair[::-1] for pair in self.bounds]
        return list(accumulate((other if is_open(day) else day for day, other in first), max))

    def on(self, day: date | str) -> Position:
        """Return the state at the end of a day. Raises `DateError` if `day` is not a single day."""
        day = exact_day(day)
        earliest, latest = self._bounds
        wanted = day.toordinal()
        # A spell is possible from its earliest day to the day before the next one's latest.
        first, after = bisect_right(latest, wanted, lo=1) - 1, bisect_right(earliest, wanted)
        possible = self.spells[first:after]
        possible = possible if self.documented else ()  # the data end before the start
        last_entry, next_entry, since = self.attested.around(wanted)
        return Position(
            day=day,
            spells=possible,
            begun=self.documented and latest[0] <= wanted,
            within_record=day <= self.documented_until and bool(possible),
            documented_until=self.documented_until,
            reviewed=self.reviewed,
            basis=self.attested.on(wanted),
            last_entry=last_entry,
            next_entry=next_entry,
            days_since=since,
            start_assumed=self.attested.start_assumed(wanted),
        )

    def held(self, when: When, wanted: Callable[[State], bool]) -> Verdict:
        """Was a wanted state held at some time during a day? Witness: (that day,).

        On a day with changes, every state of that day counts as held, including the first and the
        last one.
        """
        from_, until = self._places
        begin, end = when.earliest.toordinal(), when.latest.toordinal()
        window = self._places_during(when)
        fits = [wanted(state) for state in self._distinct]
        kinds = self._kinds
        good = [k for k in window if k and fits[kinds[k - 1]]]
        if not good:
            return Verdict(Holds.IN_NONE)
        witness = (nearest_day(end_of(max(from_[good[0]], begin))),)
        # A reading makes it false if the states held on the day are exactly the places i to j, all
        # unwanted: the changes up to i fall before the day, those up to j on it, the rest after.
        # That day is from `low` to `high`, from from_[j] on, and before until[j].
        ahead = iter([*good, len(from_)])
        wrong_until = next(ahead)
        for i in window:
            while wrong_until < i:
                wrong_until = next(ahead)
            low, high = max(begin, from_[i] + 1), min(end, until[i])
            j = max(i, bisect_right(until, low))
            if low <= high and j < wrong_until and from_[j] <= high:
                return Verdict(Holds.IN_SOME, witness)
        return Verdict(Holds.IN_ALL, witness)

    def during(self, when: When) -> tuple[Spell, ...]:
        """The spells that are possible at some time during a day, the first and last included."""
        places = self.places_during(when)
        return self.spells[places.start : places.stop]

    def places_during(self, when: When) -> range:
        """The places in `spells` of those of `during`."""
        places = self._places_during(when)
        return range(max(0, places.start - 1), places.stop - 1)

    def states_during(self, when: When) -> tuple[State, ...]:
        """The states of `during`, each once, in the order of their first spells."""
        kinds = dict.fromkeys(map(self._kinds.__getitem__, self.places_during(when)))
        return tuple(self._distinct[kind] for kind in kinds)

    def ever(self, wanted: Callable[[State], bool], since: date | OpenEnd, until: When) -> Holds:
        """Was a wanted state held at any time from `since` to the day `until`?"""
        earliest, latest = self._bounds
        never = OPEN_END.toordinal()
        answer = Holds.IN_NONE
        held = groupby(range(len(self.spells)), key=lambda i: wanted(self.spells[i].state))
        for is_wanted, stretch in held:
            if not is_wanted:
                continue
            places = list(stretch)
            first, after = places[0], places[-1] + 1
            soon = earliest[after] if after < len(earliest) else never
            late = latest[after] if after < len(latest) else never
            if latest[first] <= until.earliest.toordinal() and soon >= since.toordinal():
                return Holds.IN_ALL
            if earliest[first] <= until.latest.toordinal() and late >= since.toordinal():
                answer = Holds.IN_SOME
        return answer

    def first_day(
        self, wanted: Callable[[State], bool], since: date | OpenEnd = OPEN_START
    ) -> When | None:
        """Return when a wanted state was first entered, on or after `since`; None if never.

        An entry that may be before or after `since` is returned with its whole interval.
        """
        earliest, latest = self._bounds
        held = False
        for i, spell in enumerate(self.spells):
            entered = wanted(spell.state) and not held
            held = wanted(spell.state)
            if entered and latest[i] >= since.toordinal():
                return When(spell.begins.text, end_of(earliest[i]), end_of(latest[i]))
        return None

    def rows(self) -> list[dict[str, Any]]:
        """Return a flat row for each spell, for a data frame. Dates are `date`s, None if open."""
        return [
            {
                "country": self.country,
                "stage": spell.stage.value,
                "ban": spell.ban.value,
                "from": spell.begins.text,
                "from_earliest": closed(spell.begins.earliest),
                "from_latest": closed(spell.begins.latest),
                "to": spell.ends.text,
                "to_earliest": closed(spell.ends.earliest),
                "to_latest": closed(spell.ends.latest),
                "last_documented": spell.last,
                "origin": spell.origin,
                "days_evidenced": spell.days_evidenced,
                "days_silent": spell.days_silent,
                "days_assumed": spell.days_assumed,
                **cause_of(spell),
                "evidence": " ".join(e.id for e in spell.change.evidence) if spell.change else "",
            }
            for spell in self.spells
        ]

    def __str__(self) -> str:
        moves = " > ".join(f"{spell.stage} {spell.begins}" for spell in self.spells)
        return f"{self.country}: {moves}; documented until {self.documented_until}"

    def _repr_html_(self) -> str:
        from html import escape

        def cell(key: str, value: object) -> str:
            text = escape(str(value))
            return text.replace(" ", "<br>") if key == "evidence" else text

        head = ("from", "to", "stage", "ban", "act", "rule", "evidence")
        rows = [
            row | {"ban": ban_in_words(spell.ban), "to": f"{row['to']} (end of the record)"}
            if spell.last
            else row | {"ban": ban_in_words(spell.ban)}
            for row, spell in zip(self.rows(), self.spells, strict=True)
        ]
        cells = "".join(
            "<tr>" + "".join(f"<td>{cell(key, row[key] or '')}</td>" for key in head) + "</tr>"
            for row in rows
        )
        titles = "".join(f'<th scope="col">{key}</th>' for key in head)
        return (
            '<table style="white-space: nowrap">'
            f"<caption>{escape(name_of(self.country))}, "
            f"documented until {self.documented_until}</caption>"
            f"<thead><tr>{titles}</tr></thead><tbody>{cells}</tbody></table>"
        )

    @cached_property
    def _days_by_basis(self) -> list[dict[str, Any]]:
        """For each spell, its days by basis, with every date read at its latest possible day."""
        first = self._bounds[1]  # may lie beyond the data, where no day has one of these bases
        ends = [*(day - 1 for day in first[1:]), self.documented_until.toordinal()]
        named = {basis: f"days_{basis}" for basis in WITHIN}
        counted = []
        for begins, end in zip(first, ends, strict=True):
            days = dict.fromkeys(named.values(), 0)
            for span in self.basis_spans if begins <= end else ():
                if span.basis in named:
                    days[named[span.basis]] += span.days_within(begins, end)
            counted.append(days)
        return counted

    def _places_during(self, when: When) -> range:
        """The places that are possible at some time during a day."""
        from_, until = self._places
        first = bisect_left(until, when.earliest.toordinal())
        return range(first, bisect_right(from_, when.latest.toordinal()))

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """The earliest first and the latest last day of each place, as ordinals.

        Place 0 is the time before the start, when no state is held; spell k has place k + 1.
        """
        earliest, latest = self._bounds
        before, after = OPEN_START.toordinal() - 1, OPEN_END.toordinal() + 1
        return [before, *earliest], [*latest, after]

    @cached_property
    def _states(self) -> list[State]:
        return [self.start, *(change.after for change in self.changes)]

    @cached_property
    def _distinct(self) -> list[State]:
        """The states that are ever held, each once."""
        return [*dict.fromkeys(self._states)]

    @cached_property
    def _kinds(self) -> list[int]:
        """For each spell, the place of its state in `_distinct`."""
        places = {state: place for place, state in enumerate(self._distinct)}
        return [places[state] for state in self._states]

    @cached_property
    def _dates(self) -> list[When]:
        return [self.begins, *(change.date for change in self.changes)]

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Earliest and latest first day of each spell, in order, as ordinals."""
        earliest, latest = propagate_order(self._dates)
        return [d.toordinal() for d in earliest], [d.toordinal() for d in latest]
