"""Views of all entries with their results, and of the doubtful ones with the reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from attrs import evolve

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.core.anchors import START, source_anchor
from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change
from recognition_model.core.citations import Citations
from recognition_model.core.claims import Claim, ClaimKind
from recognition_model.core.countries import name_of, named
from recognition_model.core.dates import Holds
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import ActStep, SignalStep, Start
from recognition_model.core.stages import Act, State, ban_in_words, stage_in_words
from recognition_model.core.wording import humanize, without_marks
from recognition_model.engine.outcomes import (
    Outcome,
    Replay,
    StatusCheck,
    UnexpectedlyPermitted,
    step_of,
)
from recognition_model.engine.refusals import NextAct, Refusal
from recognition_model.report.grounds import anchors_of
from recognition_model.report.sentences import HOLDS_IN_WORDS, SPEAKERS, VOICES, claim_answer
from recognition_model.report.view import ClaimView, Doubt, Entry, Proof, Ref


class Footnotes:
    """Number the footnotes of evidence, and record which entries cite each source.

    `where` is the part of the report being built. `sources` is the address of the page that lists
    the sources, and empty if it is the same page.
    """

    def __init__(self, citations: Citations, sources: str = "") -> None:
        self.citations = citations
        self.where = ""
        self.cited: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self._sources = sources

    def proofs(self, evidence: Iterable[Evidence], cited_at: str = "") -> tuple[Proof, ...]:
        """Build views of evidence; record that what has the name `cited_at` cites its sources."""
        return tuple(
            Proof(
                claim=without_marks(item.claim),
                voice=VOICES[item.voice],
                grade=item.grade,
                ref=self._cite(item, cited_at),
                disputes=not item.supports,
                announces=item.announcement,
            )
            for item in evidence
        )

    def ref(self, source_id: str, at: str = "") -> Ref:
        """Make the footnote mark of a source."""
        href = f"{self._sources}#{source_anchor(source_id)}"
        return Ref(self.citations.numbers[source_id], source_id, href, at)

    def _cite(self, item: Evidence, cited_at: str) -> Ref:
        once = self.cited[item.source.id]
        if cited_at:
            once[self.where, cited_at] = None
        at = f"§{item.at.paragraph}" if item.at and item.at.paragraph else ""
        return self.ref(item.source.id, at)


def entries_of(replay: Replay, footnotes: Footnotes) -> tuple[Entry, ...]:
    """Build views of the start and of every entry, in file order."""
    anchors = anchors_of(replay)
    later = zip(replay.numbers, replay.outcomes, strict=True)
    return (
        _start(replay.scenario.start, anchors[START], footnotes),
        *(_entry(outcome, anchors[number], footnotes) for number, outcome in later),
    )


def doubts_of(replay: Replay, footnotes: Footnotes) -> tuple[Doubt, ...]:
    """Build views of entries that are refused, deprecated, contradicted, disputed or failed."""
    anchors = anchors_of(replay)
    numbered = zip(replay.numbers, replay.outcomes, strict=True)
    return tuple(
        evolve(doubt, anchor=anchors[number])
        for number, outcome in numbered
        for doubt in _doubt(outcome, footnotes)
    )


def claim_views(checks: Iterable[ClaimCheck], footnotes: Footnotes) -> tuple[ClaimView, ...]:
    """Build views of claims about many countries, each with a name of its own."""
    footnotes.where = "Claims"
    views, times = [], Counter[str]()
    for check in checks:
        claim = check.claim
        about = "-".join(filter(None, [claim.claim.value, claim.country]))
        name = f"claim/{claim.date}/{about}"
        times[name] += 1
        named_so = name if times[name] == 1 else f"{name}-{times[name]}"
        views.append(_claim_view(check, named_so, footnotes))
    return tuple(views)


def _claim_view(check: ClaimCheck, anchor: str, footnotes: Footnotes) -> ClaimView:
    """Build the view of a claim about many countries and how far it holds."""
    claim = check.claim
    against = ", ".join(name_of(code) for code in check.against)
    possible = check.verdict is not None and check.verdict.possible
    contradicted = "possibly contradicted by" if possible else "contradicted by"
    return ClaimView(
        anchor=anchor,
        date=claim.date.text,
        claim=_claim_text(claim),
        holds=claim_answer(check),
        note=without_marks(claim.note),
        reasons=_reasons((contradicted, against), ("in doubt", without_marks(claim.contradiction))),
        proofs=footnotes.proofs(claim.evidence, anchor),
    )


def _claim_text(claim: Claim) -> str:
    """Write a claim out: `No country at de jure recognition or higher since 2021-08-15`."""
    since = f" since {claim.since}" if claim.since else ""
    stage = humanize(claim.stage) if claim.stage else ""
    if claim.claim is ClaimKind.NONE:
        return f"No country at {stage} or higher{since}"
    if claim.claim is ClaimKind.FIRST:
        among = f" among {', '.join(map(name_of, claim.among))}" if claim.among else ""
        return f"{named(claim.country or '')} first at {stage} or higher{since}{among}"
    return f"About a group: {without_marks(claim.group or '')}"


def _start(start: Start, anchor: str, footnotes: Footnotes) -> Entry:
    return Entry(
        anchor=anchor,
        date=start.date.text,
        deed="start",
        result=state_in_words(start.state, assumed=start.assumed is not None),
        stage=start.stage,
        basis=Basis.ASSUMED if start.assumed is not None else None,
        reasons=_reasons(("assumed", without_marks(start.assumed or ""))),
        proofs=footnotes.proofs(start.evidence, anchor),
        line=start.place.line,
    )


def _entry(outcome: Outcome, anchor: str, footnotes: Footnotes) -> Entry:
    step = step_of(outcome)
    because = without_marks(step.because) if isinstance(step, ActStep) else ""
    contradiction = without_marks(step.contradiction)
    signal = isinstance(step, SignalStep) and step.family
    return Entry(
        anchor=anchor,
        family=str(signal or ""),
        date=step.date.text,
        deed=deed_of(outcome),
        result=result_of(outcome),
        stage=outcome.after.stage if isinstance(outcome, Change) else None,
        note=without_marks(step.note),
        reasons=_reasons(("deprecated because", because), ("in doubt", contradiction)),
        proofs=footnotes.proofs(step.evidence, anchor),
        struck=isinstance(outcome, ActStep),
        line=step.place.line,
    )


def deed_of(outcome: Outcome) -> str:
    """Name what an entry claims: its act (with the rule that permitted it), signal or status.

    For a lapse, which is no deed of the country, it says what happened.
    """
    if isinstance(outcome, Change):
        lapsed = outcome.act is Act.LAPSE
        act = "lapse: the Taliban ceased to govern" if lapsed else humanize(outcome.act)
        return f"{act} ({outcome.rule})"
    if isinstance(outcome, Refusal):
        return humanize(outcome.act)
    if isinstance(outcome, UnexpectedlyPermitted):
        return humanize(outcome.step.refuse)
    if isinstance(outcome, StatusCheck):
        return f"status: {humanize(outcome.step.status)}"
    if isinstance(outcome, SignalStep):
        return f"signal: {humanize(outcome.signal)}"
    return humanize(outcome.act)


def result_of(outcome: Outcome) -> str:
    """Say what the replay made of an entry."""
    if isinstance(outcome, Change):
        after = state_in_words(outcome.after, entered_by=outcome.act)
        return f"{after}; attested: {outcome.attestation}"
    if isinstance(outcome, Refusal):
        reasons = ", ".join(sorted(reason.value.replace("-", " ") for reason in outcome.reasons))
        return f"refused, {'as' if outcome.expected else 'not'} expected: {reasons}"
    if isinstance(outcome, UnexpectedlyPermitted):
        return f"expected to be refused, but permitted by {outcome.rule.code}"
    if isinstance(outcome, StatusCheck):
        return HOLDS_IN_WORDS[outcome.verdict.holds]
    if isinstance(outcome, SignalStep):
        by = denied_in_words(outcome)
        return f"denied by {by}; does not change the state" if by else "does not change the state"
    return "deprecated, not replayed"


def denied_in_words(signal: SignalStep) -> str:
    """Say which parties deny a signal; empty if none does."""
    return " and ".join(SPEAKERS[voice] for voice in signal.denied_by)


def state_in_words(state: State, *, entered_by: Act | None = None, assumed: bool = False) -> str:
    """Say a state for a reader: `ambassador accepted, no ban documented`."""
    stage = stage_in_words(state.stage, entered_by=entered_by, assumed=assumed)
    return f"{humanize(stage)}, {ban_in_words(state.ban)}"


def move_in_words(act: NextAct, state: State) -> str:
    """Say where an act leads by its rule: `R11 to no dealings (lapsed), no ban documented`.

    Empty if no rule takes it.
    """
    if act.rule is None:
        return ""
    return f"{act.rule.code} to {state_in_words(act.rule.move(state), entered_by=act.act)}"


def _doubt(outcome: Outcome, footnotes: Footnotes) -> Iterator[Doubt]:
    step = step_of(outcome)
    against = [item for item in step.evidence if not item.supports]
    kinds, reasons = [], []
    if isinstance(outcome, Refusal):
        kinds.append("refused, as expected" if outcome.expected else "refused, not expected")
        reasons += [
            ("why", humanize(outcome.in_words())),
            ("needed", humanize(outcome.suffices)),
        ]
    elif isinstance(outcome, UnexpectedlyPermitted):
        kinds.append("expected to be refused, but permitted")
        reasons.append(("permitted by", f"{outcome.rule.code}: {outcome.rule.why}"))
    elif isinstance(outcome, ActStep):
        kinds.append("deprecated")
        reasons.append(("because", without_marks(outcome.because)))
    elif isinstance(outcome, StatusCheck) and outcome.verdict.holds is not Holds.IN_ALL:
        kinds.append(HOLDS_IN_WORDS[outcome.verdict.holds])
    if step.contradiction:
        kinds.append("in doubt")
        reasons.append(("in doubt", without_marks(step.contradiction)))
    if against and not isinstance(outcome, ActStep):
        denied = isinstance(outcome, SignalStep) and outcome.denied
        kinds.append("denied" if denied else "disputed")
    if kinds:
        yield Doubt(
            date=step.date.text,
            deed=deed_of(outcome),
            kinds="; ".join(kinds),
            reasons=_reasons(*reasons),
            against=footnotes.proofs(against),
        )


def _reasons(*reasons: tuple[str, str]) -> tuple[str, ...]:
    """Join each non-empty reason to its heading."""
    return tuple(f"{head}: {text}" for head, text in reasons if text)
