"""Claims about many countries at once, checked over all their replays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from recognition_model.countries import name_of
from recognition_model.dates import Holds, Verdict, When, exact_day
from recognition_model.diagnostics import Finding, finding
from recognition_model.replay import Replay
from recognition_model.scenario import Claim, ClaimKind, Collective
from recognition_model.stages import Readable, Standing


@frozen(kw_only=True, repr=False)
class ClaimCheck(Readable):
    """A collective claim, how far it holds, and the countries it was checked over.

    `verdict` is None for a claim that nothing can check. `documented` are those of `over` whose
    record reaches the claim's day: what the others did by then is not known. `against` are the
    countries that speak, or may speak, against it.
    """

    claim: Claim
    verdict: Verdict | None
    over: tuple[str, ...]
    documented: tuple[str, ...]
    against: tuple[str, ...]
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, object]:
        """Plain data; `holds` is null for a claim that nothing can check."""
        return {
            "claim": self.claim.label,
            "date": self.claim.date.text,
            "holds": None if self.verdict is None else self.verdict.holds.value,
            "over": list(self.over),
            "documented": list(self.documented),
            "against": list(self.against),
            "line": self.claim.place.line,
            "evidence": [item.id for item in self.claim.evidence],
        }

    def __str__(self) -> str:
        return f"{self.claim}: {self.verdict}"


def check(
    collective: Collective, replays: Sequence[Replay], *, known_by: date | str | None = None
) -> tuple[ClaimCheck, ...]:
    """Check every claim that could be known by `known_by`, over the replays given."""
    cut = date.max if known_by is None else exact_day(known_by)
    return tuple(
        _check(claim, replays)
        for claim in collective.claims
        if any(item.source.public.latest <= cut for item in claim.evidence)
        and claim.date.earliest <= cut
    )


def _check(claim: Claim, replays: Sequence[Replay]) -> ClaimCheck:
    if claim.claim is ClaimKind.UNATTRIBUTED:
        return ClaimCheck(
            claim=claim, verdict=None, over=(), documented=(), against=(), findings=()
        )
    wanted = set(claim.among) | ({claim.country} if claim.country else set())
    chosen = [r for r in replays if not claim.among or r.country in wanted]
    over = tuple(r.country for r in chosen)
    until = claim.date.latest
    documented = tuple(r.country for r in chosen if r.history.documented_until >= until)
    judge = _none if claim.claim is ClaimKind.NONE else _first
    verdict, against = judge(claim, chosen)
    findings = [
        finding("RM663", f"{claim.label}: {name_of(code)} ({code}) is not replayed", claim.place)
        for code in sorted(wanted - set(over))
    ]
    if not verdict.certain and claim.country in (None, *over):
        code = "RM662" if verdict.possible else "RM661"
        how = "holds in some readings of the dates" if verdict.possible else "does not hold"
        names = ", ".join(name_of(c) for c in against)
        because = f": see {names}" if names else ""
        findings.append(finding(code, f"the claim {claim.label!r} {how}{because}", claim.place))
    return ClaimCheck(
        claim=claim,
        verdict=verdict,
        over=over,
        documented=documented,
        against=against,
        findings=tuple(findings),
    )


def _none(claim: Claim, replays: Sequence[Replay]) -> tuple[Verdict, tuple[str, ...]]:
    """Nobody had reached the stage by the claim's day, of all that is documented."""
    last = When.of(claim.date.latest)
    reached: list[str] = []
    maybe: list[str] = []
    for replay in replays:
        entered = _entered(claim, replay)
        if entered is None or last.before(entered).certain:
            continue
        (reached if entered.latest <= claim.date.earliest else maybe).append(replay.country)
    if reached:
        return Verdict(Holds.IN_NONE), tuple(reached)
    return Verdict(Holds.IN_SOME if maybe else Holds.IN_ALL), tuple(maybe)


def _first(claim: Claim, replays: Sequence[Replay]) -> tuple[Verdict, tuple[str, ...]]:
    """Nobody reached the stage on an earlier day than the country named. A tie is no defeat."""
    entries = {r.country: entered for r in replays if (entered := _entered(claim, r)) is not None}
    own = entries.pop(claim.country or "", None)
    if own is None:
        return Verdict(Holds.IN_NONE), (claim.country,) if claim.country else ()
    earlier = {country: entered.before(own) for country, entered in entries.items()}
    surely = tuple(country for country, before in earlier.items() if before.certain)
    maybe = tuple(country for country, before in earlier.items() if before.possible)
    if surely:
        return Verdict(Holds.IN_NONE), surely
    return Verdict(Holds.IN_SOME if maybe else Holds.IN_ALL), maybe


def _entered(claim: Claim, replay: Replay) -> When | None:
    """When the country reached the claim's stage, counting from the claim's `since`."""
    stage = claim.stage
    since = claim.since.earliest if claim.since else date.min

    def reached(standing: Standing) -> bool:
        return stage is not None and standing.stage >= stage

    return replay.history.first_day(reached, since)
