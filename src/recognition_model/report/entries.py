"""Every entry of a record with what came of it, and those in doubt with the reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.core.citations import Citations
from recognition_model.core.claims import Claim, ClaimKind
from recognition_model.core.countries import name_of, named
from recognition_model.core.dates import Holds
from recognition_model.core.evidence import Evidence
from recognition_model.core.history import Change
from recognition_model.core.scenario import ActStep, SignalStep, Start
from recognition_model.core.wording import many, visible, words
from recognition_model.engine.outcomes import Outcome, Permitted, Replay, StatusCheck, step_of
from recognition_model.engine.refusals import Refusal
from recognition_model.report.sentences import HOLDS_IN_WORDS, VOICES
from recognition_model.report.view import ClaimTold, Doubt, Entry, Proof, Ref


class Teller:
    """Tells evidence with its footnotes, and remembers who cited which source, and where.

    `where` is the part of the report being told.
    """

    def __init__(self, citations: Citations) -> None:
        self.citations = citations
        self.where = ""
        self.cited: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._times: Counter[int] = Counter()

    def proofs(self, evidence: Iterable[Evidence], *, again: bool = False) -> tuple[Proof, ...]:
        """Evidence as told; `again` where it stands elsewhere already, with the way back there."""
        return tuple(
            Proof(
                claim=visible(item.claim),
                voice=VOICES[item.voice],
                grade=item.grade,
                ref=self._ref(item, again=again),
                disputes=not item.supports,
                announces=item.announcement,
            )
            for item in evidence
        )

    def _ref(self, item: Evidence, *, again: bool) -> Ref:
        number = self.citations.numbers[item.source.id]
        at = f"§{item.at.paragraph}" if item.at and item.at.paragraph else ""
        if again:
            return Ref(number, at)
        self._times[number] += 1
        anchor = f"ref-{number}-{self._times[number]}"
        self.cited[item.source.id].append((self.where, anchor))
        return Ref(number, at, anchor)


def entries_of(replay: Replay, teller: Teller) -> tuple[Entry, ...]:
    """The start and every entry of the file, in its order."""
    start = replay.scenario.start
    return (_start(start, teller), *(_entry(outcome, teller) for outcome in replay.outcomes))


def doubts_of(replay: Replay, teller: Teller) -> tuple[Doubt, ...]:
    """The entries refused, deprecated, contradicted, disputed, or asserted and not borne out."""
    return tuple(doubt for outcome in replay.outcomes for doubt in _doubt(outcome, teller))


def claim_told(check: ClaimCheck, teller: Teller) -> ClaimTold:
    """A claim about many countries and how far the replays bear it out."""
    teller.where = "Claims"
    claim = check.claim
    if claim.group is not None:
        holds = "said of a group, counted for no member"
    elif check.verdict is None:
        holds = "not checked: no record here can"
    else:
        over = many(len(check.over), "country", "countries")
        holds = f"{HOLDS_IN_WORDS[check.verdict.holds]}, over {over}, "
        holds += f"{len(check.documented)} documented until then"
    against = ", ".join(name_of(code) for code in check.against)
    return ClaimTold(
        date=claim.date.text,
        claim=_claimed(claim),
        holds=holds,
        note=visible(claim.note),
        reasons=_said(("speaks against it", against), ("in doubt", visible(claim.contradiction))),
        proofs=teller.proofs(claim.evidence),
    )


def _claimed(claim: Claim) -> str:
    """`No country at de jure recognition or higher since 2021-08-15`, and so on."""
    since = f" since {claim.since}" if claim.since else ""
    stage = words(claim.stage) if claim.stage else ""
    if claim.claim is ClaimKind.NONE:
        return f"No country at {stage} or higher{since}"
    if claim.claim is ClaimKind.FIRST:
        among = f" among {', '.join(map(name_of, claim.among))}" if claim.among else ""
        return f"{named(claim.country or '')} the first at {stage} or higher{since}{among}"
    return f"Of a group: {visible(claim.group or '')}"


def _start(start: Start, teller: Teller) -> Entry:
    return Entry(
        date=start.date.text,
        deed="start",
        result=words(start.standing),
        stage=start.stage,
        reasons=_said(("assumed", visible(start.assumed or ""))),
        proofs=teller.proofs(start.evidence),
    )


def _entry(outcome: Outcome, teller: Teller) -> Entry:
    step = step_of(outcome)
    because = visible(step.because) if isinstance(step, ActStep) else ""
    contradiction = visible(step.contradiction)
    return Entry(
        date=step.date.text,
        deed=deed_of(outcome),
        result=_result(outcome),
        stage=outcome.after.stage if isinstance(outcome, Change) else None,
        note=visible(step.note),
        reasons=_said(("deprecated because", because), ("in doubt", contradiction)),
        proofs=teller.proofs(step.evidence),
        struck=isinstance(outcome, ActStep),
    )


def deed_of(outcome: Outcome) -> str:
    """What an entry claims, in words: its act, with the rule that took it, signal or status."""
    if isinstance(outcome, Change):
        return f"{words(outcome.act)} ({outcome.rule})"
    if isinstance(outcome, Refusal):
        return words(outcome.act)
    if isinstance(outcome, Permitted):
        return words(outcome.step.refuse)
    if isinstance(outcome, StatusCheck):
        return f"status: {words(outcome.step.status)}"
    if isinstance(outcome, SignalStep):
        return f"signal: {words(outcome.signal)}"
    return words(outcome.act)


def _result(outcome: Outcome) -> str:
    if isinstance(outcome, Change):
        return f"{words(outcome.after)}; attested: {outcome.attestation}"
    if isinstance(outcome, Refusal):
        reasons = ", ".join(sorted(reason.value.replace("-", " ") for reason in outcome.reasons))
        return f"refused, {'as' if outcome.expected else 'not'} expected: {reasons}"
    if isinstance(outcome, Permitted):
        return f"expected to be refused, and {outcome.rule.code} takes it"
    if isinstance(outcome, StatusCheck):
        return HOLDS_IN_WORDS[outcome.verdict.holds]
    return "moves nothing" if isinstance(outcome, SignalStep) else "deprecated, not replayed"


def _doubt(outcome: Outcome, teller: Teller) -> Iterator[Doubt]:
    step = step_of(outcome)
    against = [item for item in step.evidence if not item.supports]
    kinds, reasons = [], []
    if isinstance(outcome, Refusal):
        kinds.append("refused, as expected" if outcome.expected else "refused, not expected")
        reasons += [("why", words(outcome.in_words())), ("it would take", words(outcome.suffices))]
    elif isinstance(outcome, Permitted):
        kinds.append("expected to be refused, and taken")
        reasons.append(("taken by", f"{outcome.rule.code}: {outcome.rule.why}"))
    elif isinstance(outcome, ActStep):
        kinds.append("deprecated")
        reasons.append(("because", visible(outcome.because)))
    elif isinstance(outcome, StatusCheck) and outcome.verdict.holds is not Holds.IN_ALL:
        kinds.append(HOLDS_IN_WORDS[outcome.verdict.holds])
    if step.contradiction:
        kinds.append("in doubt")
        reasons.append(("in doubt", visible(step.contradiction)))
    if against and not isinstance(outcome, ActStep):
        kinds.append("disputed")
    if kinds:
        yield Doubt(
            date=step.date.text,
            deed=deed_of(outcome),
            kinds="; ".join(kinds),
            reasons=_said(*reasons),
            against=teller.proofs(against, again=True),
        )


def _said(*reasons: tuple[str, str]) -> tuple[str, ...]:
    """Reasons with their heads, those of them that there are."""
    return tuple(f"{head}: {text}" for head, text in reasons if text)
