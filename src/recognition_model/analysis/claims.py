"""Checks of claims about many countries against their replays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from attrs import evolve, frozen

from recognition_model.core.base import Readable
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.core.codes import Severity
from recognition_model.core.countries import name_of, named
from recognition_model.core.dates import OPEN_START, Holds, OpenEnd, Verdict, When, exact_day
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.folder import Folder
from recognition_model.core.stages import State
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable


@frozen(kw_only=True, repr=False)
class ClaimCheck(Readable):
    """A collective claim, how far it holds, and the countries it was checked over.

    `verdict` is None if the claim cannot be checked. `documented` lists those of `over` whose
    record reaches the claim's day. `against` lists the countries that contradict the claim, or
    may do so.
    """

    claim: Claim
    verdict: Verdict | None
    over: tuple[str, ...]
    documented: tuple[str, ...]
    against: tuple[str, ...]
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, object]:
        """Convert to plain data; `holds` is null if the claim cannot be checked."""
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
    """Check every claim over the replays given, but for those of organisations.

    With `known_by`, check only claims that could be known by that day, on the evidence then
    public. Findings are then notes, as in a replay.
    """
    replays = of_countries(replays)
    if known_by is None:
        return tuple(_check(claim, replays) for claim in collective.claims)
    cut = exact_day(known_by)
    claims = [known for claim in collective.claims if (known := claim.known_by(cut))]
    return tuple(_as_notes(_check(claim, replays)) for claim in claims)


def check_about(
    folder: Folder,
    countries: Collection[str],
    *,
    known_by: date | None = None,
    rules: RuleTable = RULES,
) -> tuple[ClaimCheck, ...]:
    """Check the claims of a folder over all its countries.

    With `countries` give only the claims that name one of these.
    """
    replays = [replay(one, known_by=known_by, rules=rules) for one in folder.scenarios]
    return tuple(
        checked
        for collective in folder.collectives
        for checked in check(collective, replays, known_by=known_by)
        if not countries or {checked.claim.country, *checked.claim.among} & set(countries)
    )


def _as_notes(check: ClaimCheck) -> ClaimCheck:
    notes = tuple(evolve(found, severity=Severity.NOTE) for found in check.findings)
    return evolve(check, findings=notes)


def _check(claim: Claim, replays: Sequence[Replay]) -> ClaimCheck:
    mentioned = {*claim.among, *([claim.country] if claim.country else [])}
    chosen = [r for r in replays if not claim.among or r.country in mentioned]
    over = () if claim.claim is ClaimKind.UNATTRIBUTED else tuple(r.country for r in chosen)
    until = claim.date.latest
    documented = tuple(r.country for r in chosen if r.history.documented_until >= until)
    findings = [
        finding("RM663", f"{claim.label}: {named(code)} is not replayed", claim.place)
        for code in sorted(mentioned - {r.country for r in replays})
    ]
    verdict: Verdict | None = None
    against: tuple[str, ...] = ()
    if claim.claim is ClaimKind.FIRST and claim.country in over:
        verdict, against = _first(claim, chosen)
    elif claim.claim is ClaimKind.NONE:
        verdict, against = _none(claim, chosen)
        if verdict.certain and not documented:
            verdict = None
            message = f"{claim.label}: no replayed scenario reaches {claim.date}"
            findings.append(finding("RM663", message, claim.place))
    if verdict is not None and not verdict.certain:
        code = "RM662" if verdict.possible else "RM661"
        how = "holds in some readings of the dates" if verdict.possible else "does not hold"
        names = ", ".join(name_of(c) for c in against)
        because = f": see {names}" if names else ""
        findings.append(finding(code, f"the claim {claim.label!r} {how}{because}", claim.place))
    return ClaimCheck(
        claim=claim,
        verdict=verdict,
        over=over,
        documented=documented if over else (),
        against=against,
        findings=tuple(findings),
    )


def _none(claim: Claim, replays: Sequence[Replay]) -> tuple[Verdict, tuple[str, ...]]:
    """Check that no documented country was at the stage from `since` to the claim's day."""
    held = {r.country: r.history.ever(_at_stage(claim), _since(claim), claim.date) for r in replays}
    surely = tuple(country for country, holds in held.items() if holds is Holds.IN_ALL)
    maybe = tuple(country for country, holds in held.items() if holds is Holds.IN_SOME)
    if surely:
        return Verdict(Holds.IN_NONE), surely
    return Verdict(Holds.IN_SOME if maybe else Holds.IN_ALL), maybe


def _first(claim: Claim, replays: Sequence[Replay]) -> tuple[Verdict, tuple[str, ...]]:
    """Check that the country reached the stage by the claim's day, and no other did earlier.

    A tie does not contradict the claim.
    """
    entries = {r.country: entered for r in replays if (entered := _entered(claim, r)) is not None}
    country = claim.country or ""
    own = entries.pop(country, None)
    if own is None or own.earliest > claim.date.latest:
        return Verdict(Holds.IN_NONE), (country,)
    earlier = {other: entered.before(own) for other, entered in entries.items()}
    since = _since(claim)
    surely = tuple(
        other
        for other, before in earlier.items()
        if before.certain and entries[other].earliest >= since
    )
    maybe = tuple(other for other, before in earlier.items() if before.possible)
    if surely:
        return Verdict(Holds.IN_NONE), surely
    if own.latest > claim.date.latest or own.earliest < since:
        maybe += (country,)
    return Verdict(Holds.IN_SOME if maybe else Holds.IN_ALL), maybe


def _entered(claim: Claim, replay: Replay) -> When | None:
    """Date the country's arrival at the claim's stage, on or after the claim's `since`."""
    return replay.history.first_day(_at_stage(claim), _since(claim))


def _at_stage(claim: Claim) -> Callable[[State], bool]:
    stage = claim.stage
    return lambda state: stage is not None and state.stage >= stage


def _since(claim: Claim) -> date | OpenEnd:
    return claim.since.earliest if claim.since else OPEN_START
