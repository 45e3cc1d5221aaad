"""The parts of one replay that a picture of some days shows, each with its number in the file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change
from recognition_model.core.citations import Citations
from recognition_model.core.dates import Holds, When, closed
from recognition_model.core.evidence import Evidence, strongest_first
from recognition_model.core.organisations import STAGES_OF_ORGANISATIONS, RecordKind
from recognition_model.core.scenario import ActStep, RefuseStep, SignalStep
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay, StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.engine.rules import RULES
from recognition_model.plots.page import Options
from recognition_model.plots.spans import DayRange, Piece, Span, number, pieces, stretches
from recognition_model.plots.timeline import Timeline

LEADS = {rule.act: rule.after for rule in reversed(tuple(RULES))}
"""The stage that each act leads to, by its first rule."""
SAID, UNSURE, UNCONFIRMED, DENIED = "said", "unsure", "unconfirmed", "denied"
"""What a dated entry other than an act amounts to."""
_MARGIN = 0.045  # of the days drawn, on a side where no day was asked for


@frozen
class Claimed:
    """An act without effect: `kind` is refused, permitted (against expectation) or deprecated.

    `number` is that of its entry in the file.
    """

    kind: str
    step: ActStep | RefuseStep
    act: Act
    number: int

    @property
    def moment(self) -> DayRange:
        return moment_of(self.step.date)

    @property
    def told_by(self) -> tuple[Evidence, ...]:
        """The strongest evidence for the claim, if there is any."""
        return strongest_first(self.step.evidence)[:1]


@frozen
class Dated:
    """A status or a signal: when it was, what it amounts to, and its number in the file."""

    moment: DayRange
    look: str
    number: int


@frozen
class Changed:
    """A change as drawn, with its number in the file."""

    span: Span
    change: Change
    number: int


@frozen
class HistoryView:
    """The parts of a replay within the days of `axis`."""

    replay: Replay
    stages: tuple[Stage, ...]
    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    axis: Timeline
    changed: tuple[Changed, ...]
    evidence: tuple[Dated, ...]
    claimed: tuple[Claimed, ...]

    @classmethod
    def of(cls, replay: Replay, options: Options) -> HistoryView:
        spans = stretches(replay.history)
        cut = pieces(replay, spans)
        axis = _axis(replay, spans, cut, options)
        claimed = [one for one in claims_of(replay) if _on(axis, one.moment)]
        of_organisation = replay.kind is RecordKind.ORGANISATION
        return cls(
            replay=replay,
            stages=STAGES_OF_ORGANISATIONS if of_organisation else tuple(Stage),
            spans=spans,
            pieces=tuple(axis.overlapping(cut)),
            axis=axis,
            changed=tuple(one for one in _changes_of(replay, spans) if _on(axis, one.span.begins)),
            evidence=tuple(one for one in _dated_of(replay) if _on(axis, one.moment)),
            claimed=tuple(sorted(claimed, key=lambda one: (one.moment.at, one.number))),
        )

    @property
    def changes(self) -> tuple[Span, ...]:
        """The spells shown that began with a change."""
        return tuple(one.span for one in self.changed)

    @property
    def begun(self) -> bool:
        """Whether any day shown is documented."""
        axis, spans = self.axis, self.spans
        return bool(spans) and spans[0].begins.at < axis.last and self._ends > axis.first

    @property
    def drawn(self) -> tuple[float, float]:
        """The first day drawn, uncertain or not, and the last: documented, or else reviewed."""
        first, _ = self.spans[0].begins.drawn()
        return self.axis.inside(first), self.axis.inside(self._ends)

    @property
    def _ends(self) -> float:
        return self.pieces[-1].ends if self.pieces else self.spans[-1].ends.at

    def name(self, stage: Stage) -> str:
        """What a stage is called on the days shown; its plain name where no day shown has it."""
        pieces = [one for one in self.pieces if one.stage is stage]
        heard = [one for one in pieces if one.basis is not Basis.REVIEWED] or pieces
        named = list(dict.fromkeys(one.words for one in heard))
        if stage is Stage.HOSTILE:
            return _lowest(named)
        return named[0] if len(named) == 1 else humanize(stage)

    @property
    def banned(self) -> bool:
        """Whether a ban was in force on a day shown."""
        return any(
            span.ban is Ban.IN_FORCE
            and span.begins.at < self.axis.last
            and span.ends.at > self.axis.first
            for span in self.spans
        )

    @property
    def moments(self) -> list[DayRange]:
        """The days of everything drawn: the start, changes, statuses, signals, claims."""
        begins = [span.begins for span in self.spans[:1] if self.axis.shows(span.begins)]
        begins += [span.begins for span in self.changes]
        begins += [one.moment for one in self.evidence]
        return [*begins, *(one.moment for one in self.claimed)]

    def citations(self, options: Options) -> Citations:
        """Return the source numbers of the page, or else numbers for the changes and claims."""
        return self._numbered if options.citations is None else options.citations

    @cached_property
    def _numbered(self) -> Citations:
        cited = [item for one in self.changed for item in one.change.evidence]
        return Citations.of([*cited, *(item for one in self.claimed for item in one.told_by)])


def _lowest(named: Sequence[str]) -> str:
    """Name the lowest stage: what it is called, or else what its names say in brackets."""
    if len(named) == 1 and named[0].startswith(_NONE):
        return named[0]
    reasons = [name[name.index("(") + 1 : -1] for name in named if "(" in name]
    return f"{_NONE} ({', '.join(reasons)})" if reasons else _NONE


_NONE = "no dealings"


def claims_of(replay: Replay) -> list[Claimed]:
    """Return the acts of a replay without effect, by kind."""
    claims = []
    for outcome, at in zip(replay.outcomes, replay.numbers, strict=True):
        if isinstance(outcome, Refusal):
            claims.append(Claimed("refused", outcome.step, outcome.act, at))
        elif isinstance(outcome, UnexpectedlyPermitted):
            claims.append(Claimed("permitted", outcome.step, outcome.step.refuse, at))
        elif isinstance(outcome, ActStep):
            claims.append(Claimed("deprecated", outcome, outcome.act, at))
    kinds = ("refused", "permitted", "deprecated")
    return sorted(claims, key=lambda claim: kinds.index(claim.kind))


def why_not_shown(replay: Replay, options: Options) -> str:
    """Return why the days asked for show nothing of a replay; empty if they show something."""
    history = replay.history
    if not history.documented:
        return ""
    if options.since and options.since > history.documented_until:
        return (
            f"the record of {replay.country} ends on {history.documented_until}:"
            f" from {options.since} on there is nothing to show"
        )
    begins = closed(history.begins.earliest)
    if options.until and begins and options.until < begins:
        return (
            f"the record of {replay.country} begins on {begins}:"
            f" up to {options.until} there is nothing to show"
        )
    return ""


def moment_of(when: When) -> DayRange:
    """Return a date as a range of days to draw."""
    return DayRange.of(when.earliest, when.latest)


def _on(axis: Timeline, moment: DayRange) -> bool:
    """Whether a date is on an axis: one of its possible days, or its known end if one is open.

    The axis ends before its last number.
    """
    if moment.half_open:
        return axis.first <= moment.at < axis.last
    return axis.first <= moment.latest and moment.earliest < axis.last


def _changes_of(replay: Replay, spans: Sequence[Span]) -> list[Changed]:
    numbers = [
        at
        for outcome, at in zip(replay.outcomes, replay.numbers, strict=True)
        if isinstance(outcome, Change)
    ]
    return [
        Changed(span, span.change, at)
        for span, at in zip(spans[1:], numbers, strict=False)  # without spans if undocumented
        if span.change
    ]


_HELD = {Holds.IN_ALL: SAID, Holds.IN_SOME: UNSURE, Holds.IN_NONE: UNCONFIRMED}


def _dated_of(replay: Replay) -> list[Dated]:
    found = []
    for outcome, at in zip(replay.outcomes, replay.numbers, strict=True):
        if isinstance(outcome, StatusCheck):
            look = _HELD[outcome.verdict.holds]
            found.append(Dated(moment_of(outcome.step.date), look, at))
        elif isinstance(outcome, SignalStep):
            found.append(Dated(moment_of(outcome.date), DENIED if outcome.denied else SAID, at))
    return found


def _axis(
    replay: Replay, spans: tuple[Span, ...], cut: tuple[Piece, ...], options: Options
) -> Timeline:
    """Return the time axis: the days asked for, or else all days drawn with a margin.

    The margin shows where the record begins and ends. It is a part of the days on the axis.
    """
    moves = [span.begins.at for span in spans[1:]]
    if spans:
        first, _ = spans[0].begins.drawn(beyond=365)
        last = cut[-1].ends if cut else spans[-1].ends.at
    else:
        last = number(replay.history.documented_until) + 30.0
        first = last - 395
    since = number(options.since) if options.since else None
    until = number(options.until) + 1 if options.until else None
    first = first if since is None else since
    last = last if until is None else until
    if last <= first:  # the days asked for lie outside the record
        first, last = (first, first + 365) if since is not None else (last - 365, last)
    axis = Timeline.over(first, last, moves, even=options.even, sizes=options.sizes)
    lead = (last - first if axis.fold is None else last - axis.fold) * _MARGIN
    if since is None and spans:
        first -= max(lead / axis.squeeze, 1)
    if until is None and spans:
        last += max(lead, 1)
    return Timeline.over(first, last, moves, even=options.even, sizes=options.sizes)
