"""The entries of two codings of one country, each with the one that tells of the same event.

Entries that claim the same are matched first: an uncertain date has no distance from many others.
The rest is matched so that the total cost is the lowest. A pair costs the days between its dates,
half of `within` more if its words differ and three quarters more if its kinds do; an entry that
stays alone costs half of `within`. So two entries with the same word are matched up to `within`
days apart, unless others fit better. Entries with different words or kinds are matched only if
they have the same date, or a source in common and dates at most `NEAR` days apart. Between
matchings of equal cost decide, in this order: more pairs, the fit of the intervals, fewer keys that
differ, the order in the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Literal

from attrs import evolve, frozen

from recognition_model.analysis.agreement.matching import cheapest_matching, equal_items
from recognition_model.analysis.entry_edits import differing_keys
from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.checks import entry_digest, entry_word
from recognition_model.core.dates import When, nearest_day
from recognition_model.core.evidence import Evidence, strongest_first, supporting_sources
from recognition_model.core.scenario import ActStep, SignalStep, Step
from recognition_model.engine.outcomes import Outcome, Replay, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal

WITHIN = 183
"""Days between two entries with the same word, up to which they can tell of the same event."""
MOST_PAIRS = 40_000
"""So many pairs of entries of one country may be the same event: to match more takes too long."""
NEAR = 7
REFUSED, STRUCK_OUT = "refused", "struck_out"
"""What became of an act that no rule took, or that its coder struck out."""
VARIABLES = ("date", "kind", "what", "voice", "grade", "rule")
"""What a coder decides about an event, and what is compared."""
_BASE = 1 << 48  # above any sum of one criterion

Dates = Literal["same", "overlap", "apart"]


@frozen(kw_only=True, repr=False)
class Coded(Readable):
    """One entry of a coding. `number` is its place in the file, from 1.

    `rule` is the code of the rule that took an act, `refused` or `struck_out`; None for an entry
    that is no act.
    """

    country: str
    number: int
    step: Step
    rule: str | None = None

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def what(self) -> str:
        """The word of the entry: the act, the signal, what a status says."""
        return entry_word(self.step)

    @property
    def named(self) -> str:
        """Kind and word, each once: `act engage`, `status below recognition`."""
        return self.what if self.what.startswith(f"{self.kind} ") else f"{self.kind} {self.what}"

    @cached_property
    def best(self) -> Evidence | None:
        """The strongest item that supports the entry."""
        first = next(iter(strongest_first(self.step.evidence)), None)
        return first if first is not None and first.supports else None

    @property
    def voice(self) -> str | None:
        return self.best.voice.value if self.best else None

    @property
    def grade(self) -> str | None:
        return self.best.grade if self.best else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "entry": self.number,
            "date": self.step.date.text,
            "kind": self.kind,
            "what": self.what,
            "voice": self.voice,
            "grade": self.grade,
            "rule": self.rule,
            "sources": list(supporting_sources(self.step.evidence)),
            "file": self.step.place.file,
            "line": self.step.place.line,
        }

    def __str__(self) -> str:
        return f"{self.country} {self.number} {self.step}"


@frozen(kw_only=True, repr=False)
class Pair(Readable):
    """One event in two codings; None on the side that does not have it.

    `days` are those from the date in `a` to that in `b`, 0 if the intervals meet. `differs` lists
    the variables that were coded differently, `keys` all keys of the file with different values.
    """

    a: Coded | None = None
    b: Coded | None = None
    dates: Dates | None = None
    days: int | None = None
    differs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def either(self) -> Coded:
        """The entry of `a`, or that of `b` if `a` has none."""
        one = self.a or self.b
        assert one is not None  # noqa: S101 - a pair has a side
        return one

    @property
    def country(self) -> str:
        return self.either.country

    @property
    def found(self) -> str:
        """Which coding has the event: `both`, `a` or `b`."""
        return "both" if self.a and self.b else "a" if self.a else "b"

    @property
    def same(self) -> bool:
        """Whether both have the event and coded it alike; texts may differ."""
        return self.found == "both" and not self.differs

    def to_dict(self) -> dict[str, Any]:
        """Return plain data of an event that both codings have."""
        return {
            "country": self.country,
            "dates": self.dates,
            "days": self.days,
            "differs": list(self.differs),
            "keys": list(self.keys),
            "a": self.a.to_dict() if self.a else None,
            "b": self.b.to_dict() if self.b else None,
        }

    def __str__(self) -> str:
        if self.found != "both":
            return f"{self.either}: only in {self.found.upper()}"
        return f"{self.a}, {self.b}: {', '.join(self.differs) or 'same'}"


def coded_entries(replay: Replay) -> tuple[Coded, ...]:
    """List the entries of a coding in file order, with their dates as the replay reads them."""
    scenario = replay.scenario
    return tuple(
        Coded(
            country=scenario.country,
            number=number,
            step=evolve(step, date=_date(outcome)),
            rule=_rule(step, outcome),
        )
        for number, (step, outcome) in enumerate(
            zip(scenario.timeline, replay.outcomes, strict=True), start=1
        )
    )


def _date(outcome: Outcome) -> When:
    return outcome.date if isinstance(outcome, Change | SignalStep | ActStep) else outcome.step.date


def _rule(step: Step, outcome: Outcome) -> str | None:
    if isinstance(outcome, Change):
        return outcome.rule
    if isinstance(outcome, UnexpectedlyPermitted):
        return outcome.rule.code
    if isinstance(outcome, Refusal):
        return REFUSED
    return STRUCK_OUT if isinstance(step, ActStep) else None


class TooManyPairs(ValueError):
    """Raised if so many entries may be the same event that they cannot be matched in time."""


def paired(a: Sequence[Coded], b: Sequence[Coded], within: int = WITHIN) -> tuple[Pair, ...]:
    """Match the entries of two codings of one country; `paired(b, a)` mirrors `paired(a, b)`.

    Pairs are in the order of their days. Raises `TooManyPairs` if the entries that are not alike
    can be paired in more than `MOST_PAIRS` ways.
    """
    ours, theirs = _contents(a), _contents(b)
    alike = equal_items(ours, theirs)
    taken = set(alike.values())
    rest = (
        [i for i in range(len(a)) if i not in alike],
        [j for j in range(len(b)) if j not in taken],
    )
    left, right = [a[i] for i in rest[0]], [b[j] for j in rest[1]]
    if theirs < ours:  # so that no tie depends on which coding comes first
        found = {i: j for j, i in cheapest_matching(_costs(right, left, within)).items()}
    else:
        found = cheapest_matching(_costs(left, right, within))
    matched = alike | {rest[0][i]: rest[1][j] for i, j in found.items()}
    taken = set(matched.values())
    pairs = [pair_of(one, b[matched[i]]) for i, one in enumerate(a) if i in matched]
    pairs += [Pair(a=one) for i, one in enumerate(a) if i not in matched]
    pairs += [Pair(b=one) for j, one in enumerate(b) if j not in taken]
    return tuple(sorted(pairs, key=_by_day))


def pair_of(a: Coded, b: Coded) -> Pair:
    """Compare two entries that tell of the same event."""
    dates, days = distance(a.step.date, b.step.date)
    of_acts = a.rule is not None and b.rule is not None
    differ = {
        "date": dates != "same",
        "kind": a.kind != b.kind,
        "what": a.what != b.what,
        "voice": a.voice != b.voice,
        "grade": a.grade != b.grade,
        "rule": of_acts and a.rule != b.rule,
    }
    return Pair(
        a=a,
        b=b,
        dates=dates,
        days=days,
        differs=tuple(name for name in VARIABLES if differ[name]),
        keys=tuple(sorted(differing_keys(a.step, b.step))),
    )


def distance(a: When, b: When) -> tuple[Dates, int]:
    """Say how two dates lie to each other, and how many days the second is surely later."""
    (begin, end), (other, last) = _bounds(a), _bounds(b)
    if (begin, end) == (other, last):
        return "same", 0
    if other > end:
        return "apart", other - end
    return ("apart", last - begin) if last < begin else ("overlap", 0)


def _bounds(when: When) -> tuple[int, int]:
    return nearest_day(when.earliest).toordinal(), nearest_day(when.latest).toordinal()


def _contents(entries: Sequence[Coded]) -> list[str]:
    return [entry_digest(one.country, one.step) for one in entries]


@frozen
class _Side:
    """What the cost of a pair needs to know of an entry, looked up once."""

    step: Step
    kind: str
    what: str
    begin: int
    end: int
    sources: frozenset[str]

    @classmethod
    def of(cls, one: Coded) -> _Side:
        sources = frozenset(item.source.id for item in one.step.evidence)
        return cls(one.step, one.kind, one.what, *_bounds(one.step.date), sources)


def _costs(a: Sequence[Coded], b: Sequence[Coded], within: int) -> dict[tuple[int, int], int]:
    """The cost of each possible pair, against two entries that stay alone: 0 or less.

    Days count four times, so that every part of a cost is whole.
    """
    others = [_Side.of(one) for one in b]
    costs = {}
    for i, one in enumerate(map(_Side.of, a)):
        for j, other in enumerate(others):
            days = max(0, other.begin - one.end, one.begin - other.end)
            if days > within:
                continue
            more = 0
            if one.kind != other.kind:
                more = 3 * within
            elif one.what != other.what:
                more = 2 * within
            fit = abs(one.begin - other.begin) + abs(one.end - other.end)
            if 4 * days + more > 4 * within:
                continue
            if more and fit and (days > NEAR or one.sources.isdisjoint(other.sources)):
                continue
            keys = len(differing_keys(one.step, other.step))
            criteria = (4 * days + more - 4 * within, -1, fit, keys, (i - j) ** 2, i + j)
            cost = 0
            for criterion in criteria:
                cost = cost * _BASE + criterion
            costs[i, j] = cost
            if len(costs) > MOST_PAIRS:
                raise TooManyPairs(
                    f"{a[i].country}: {len(a):,} and {len(b):,} entries that differ are too many"
                    f" to match: over {MOST_PAIRS:,} pairs of them may be the same event"
                )
    return costs


def _by_day(pair: Pair) -> tuple[tuple[int, int], list[int], list[str]]:
    """Sort by the first possible day, then by the places in the files, alike for either order."""
    sides = [one for one in (pair.a, pair.b) if one]
    first = min(_bounds(one.step.date) for one in sides)
    return first, sorted(one.number for one in sides), sorted(_contents(sides))
