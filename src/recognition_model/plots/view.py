"""The parts of one replay that a picture of some days shows."""

from __future__ import annotations

from attrs import frozen

from recognition_model.core.citations import Citations
from recognition_model.core.dates import Holds, When
from recognition_model.core.scenario import ActStep, RefuseStep
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES
from recognition_model.plots.page import Options
from recognition_model.plots.spans import DayRange, Piece, Span, is_open, number, pieces, stretches
from recognition_model.plots.timeline import Timeline

LEADS = {rule.act: rule.after for rule in reversed(tuple(RULES))}
"""The stage that each act leads to, by its first rule."""


@frozen
class Claimed:
    """An act without effect: `kind` is refused, permitted (against expectation) or deprecated."""

    kind: str
    step: ActStep | RefuseStep
    act: Act

    @property
    def moment(self) -> DayRange:
        return moment_of(self.step.date)


@frozen
class HistoryView:
    """The parts of a replay within the days of `axis`. A signal has whether it is denied."""

    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    axis: Timeline
    changes: tuple[Span, ...]
    statuses: tuple[tuple[DayRange, Holds], ...]
    signals: tuple[tuple[DayRange, bool], ...]
    claimed: tuple[Claimed, ...]

    @classmethod
    def of(cls, replay: Replay, options: Options) -> HistoryView:
        spans = stretches(replay.history)
        cut = pieces(replay, spans)
        axis = _axis(replay, spans, cut, options)
        statuses = ((moment_of(c.step.date), c.verdict.holds) for c in replay.statuses)
        signals = ((moment_of(s.date), s.denied) for s in replay.signals)
        return cls(
            spans=spans,
            pieces=tuple(one for one in cut if one.begins < axis.last and one.ends > axis.first),
            axis=axis,
            changes=tuple(span for span in spans[1:] if axis.shows(span.begins)),
            statuses=tuple(status for status in statuses if axis.shows(status[0])),
            signals=tuple(signal for signal in signals if axis.shows(signal[0])),
            claimed=tuple(one for one in claims_of(replay) if axis.shows(one.moment)),
        )

    @property
    def begun(self) -> bool:
        """Whether any day shown is documented."""
        axis, spans = self.axis, self.spans
        return bool(spans) and spans[0].begins.at < axis.last and self._ends > axis.first

    @property
    def drawn(self) -> tuple[float, float]:
        """The first day drawn, uncertain or not, and the last: documented, or else reviewed."""
        begins = self.spans[0].begins
        first = begins.at if is_open(begins.earliest) else begins.earliest
        return self.axis.inside(first), self.axis.inside(self._ends)

    @property
    def _ends(self) -> float:
        return self.pieces[-1].ends if self.pieces else self.spans[-1].ends.at

    def names(self, stage: Stage) -> list[str]:
        """What a stage is called on the days shown; its plain name where no day shown has it."""
        named = list(dict.fromkeys(one.words for one in self.pieces if one.stage is stage))
        many = len(named) > 1 and stage is not Stage.HOSTILE
        return named if named and not many else [humanize(stage)]

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
        begins += [moment for moment, _ in self.statuses]
        begins += [moment for moment, _ in self.signals]
        return [*begins, *(one.moment for one in self.claimed)]

    def citations(self, options: Options) -> Citations:
        """Return the source numbers of the page, or else numbers for the changes shown."""
        if options.citations is not None:
            return options.citations
        changes = (span.change for span in self.changes if span.change)
        return Citations.of(item for change in changes for item in change.evidence)


def claims_of(replay: Replay) -> list[Claimed]:
    """Return the acts of a replay without effect, by kind."""
    claims = [Claimed("refused", refusal.step, refusal.act) for refusal in replay.refusals]
    claims += [Claimed("permitted", one.step, one.step.refuse) for one in replay.permitted]
    return claims + [Claimed("deprecated", step, step.act) for step in replay.deprecated]


def moment_of(when: When) -> DayRange:
    """Return a date as a range of days to draw."""
    return DayRange.of(when.earliest, when.latest)


def _axis(
    replay: Replay, spans: tuple[Span, ...], cut: tuple[Piece, ...], options: Options
) -> Timeline:
    """Return the time axis: all days drawn, with a margin that shows where they end."""
    moves = [span.begins.at for span in spans[1:]]
    if spans:
        first, last = spans[0].begins, cut[-1].ends if cut else spans[-1].ends.at
        early = first.at - 365 if is_open(first.earliest) else first.earliest
        axis = Timeline.over(early, last, moves, even=options.even)
        lead = (last - early if axis.fold is None else last - axis.fold) * 0.045
        begins, ends = early - max(lead / axis.squeeze, 1), last + max(lead, 1)
    else:
        until = number(replay.history.documented_until)
        begins, ends = until - 365.0, until + 30.0
    if options.since:
        begins = number(options.since)
        ends = ends if ends > begins else begins + 365
    if options.until:
        ends = number(options.until) + 1
        begins = begins if begins < ends else ends - 365
    return Timeline.over(begins, ends, moves, even=options.even)
