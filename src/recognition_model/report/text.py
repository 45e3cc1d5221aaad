"""Replays, positions and rules as plain text: aligned, dated, with the evidence ids."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import click

from recognition_model.collective import ClaimCheck
from recognition_model.countries import named
from recognition_model.dates import End, Holds
from recognition_model.diagnostics import Finding
from recognition_model.evidence import Evidence
from recognition_model.history import Change, Position, Spell
from recognition_model.outcomes import Outcome, Permitted, Replay, StatusCheck
from recognition_model.refusals import NextAct, Refusal
from recognition_model.report.frames import columns
from recognition_model.rules import RuleTable
from recognition_model.scenario import ActStep, Doctrine, Start, Step
from recognition_model.stages import ban_in_words
from recognition_model.wording import many, read_in_words, visible

WIDTH = 100
HOLDS_IN_WORDS = {
    Holds.IN_ALL: "holds",
    Holds.IN_SOME: "holds in some readings of the dates",
    Holds.IN_NONE: "does not hold",
}


def replay_in_words(replay: Replay) -> str:
    """One country's timeline as the rules took it: date, deed, what came of it, evidence."""
    until = replay.history.documented_until
    known = f", as known by {replay.known_by}" if replay.known_by else ""
    standing = f"not documented{known}"
    if replay.history.documented:
        standing = f"{replay.history.last.standing}; last documented {until}{known}"
    start, doctrine = replay.scenario.start, replay.scenario.doctrine
    rows = [_Row(start.date.text, "start", str(start.standing), _start_reasons(start))]
    rows += [_row(outcome) for outcome in replay.outcomes]
    name = named(replay.country)
    lines = [f"{click.style(name, bold=True)}: {standing}", visible(replay.scenario.file)]
    dates = max(len(row.date) for row in rows)
    deeds = max(len(row.deed) for row in rows)
    indent = " " * (dates + 6)
    lines += doctrine_in_words(doctrine) if doctrine else []
    for row in rows:
        deed = click.style(
            f"{row.deed:<{deeds}}", bold=row.moves or None, strikethrough=row.struck or None
        )
        lines.append(f"  {row.date:<{dates}}  {deed}  {visible(row.what)}".rstrip())
        for why in filter(None, row.why):
            lines += wrapped(why, indent)
    if replay.not_yet_public:
        count = replay.not_yet_public
        lines.append(f"  {many(count, 'entry', 'entries')} not public by {replay.known_by}")
    return "\n".join(lines)


def claims_in_words(checks: Sequence[ClaimCheck]) -> str:
    """Collective claims, each with its answer and what it was checked over."""
    lines = [click.style("Claims about many countries", bold=True)]
    for check in checks:
        claim = check.claim
        if claim.group is not None:
            answer = "said of a group, counted for no member"
        elif check.verdict is None:
            answer = "not checked: no record here can"
        else:
            over = many(len(check.over), "country", "countries")
            far = f"{len(check.documented)} documented until then"
            answer = f"{HOLDS_IN_WORDS[check.verdict.holds]}, over {over}, {far}"
        if claim.contradiction:
            answer += "; in doubt"
        told = claim.label + (f" since {claim.since}" if claim.since else "")
        told += f" among {', '.join(claim.among)}" if claim.among else ""
        lines += wrapped(f"{told}: {answer}", " " * 16, f"  {claim.date.text:<12}  ")
        lines += wrapped(_listed(claim.evidence), " " * 16)
    return "\n".join(lines)


def summary(replays: Sequence[Replay], findings: Sequence[Finding]) -> str:
    """The last line of a replay: countries, changes, refusals, findings."""
    refusals = [refusal for replay in replays for refusal in replay.refusals]
    expected = sum(refusal.expected for refusal in refusals)
    changes = sum(len(replay.changes) for replay in replays)
    errors = sum(found.is_error for found in findings)
    found = many(len(findings), "finding", "findings")
    return ", ".join(
        [
            many(len(replays), "country", "countries"),
            many(changes, "change", "changes"),
            f"{many(len(refusals), 'refusal', 'refusals')} ({expected} expected)",
            found if errors == len(findings) else f"{found} ({many(errors, 'error', 'errors')})",
        ]
    )


def status_in_words(rows: Sequence[tuple[Replay, Position]], dates: End = "all") -> str:
    """Where each country stood: the answer, since when, who says so, how far the record goes.

    Below a country with a doctrine of recognition stands what it is. A last line tells how the
    dates have been read, if otherwise than in all ways.
    """
    told: list[str] = []
    table = []
    for replay, position in rows:
        until = f"documented until {position.documented_until}"
        spell = position.spells[-1] if position.spells else None
        since = f"since {spell.begins}" if spell and position.certain else ""
        table.append(
            (
                named(replay.country),
                position.in_words(),
                bans_in_words(position),
                since,
                _who_says(spell, certain=position.certain) if spell else "",
                until,
            )
        )
    lines = aligned(table).splitlines()
    for (replay, _), line in zip(rows, lines, strict=True):
        told.append(line)
        if doctrine := replay.scenario.doctrine:
            told += doctrine_in_words(doctrine)
    if dates != "all":
        told.append(read_in_words(dates))
    return "\n".join(told)


def doctrine_in_words(doctrine: Doctrine) -> list[str]:
    """A country's doctrine of recognition, as lines, with who says so."""
    told = f"doctrine: {doctrine.says} ({_listed(doctrine.evidence)})"
    return wrapped(told, " " * 6, "  ")


def next_in_words(replay: Replay, position: Position, acts: Sequence[tuple[Spell, NextAct]]) -> str:
    """What could happen next and what could not, for every standing possible on that day."""
    name = named(replay.country)
    ban = f" ({bans_in_words(position)})" if position.spells else ""
    lines = [f"{click.style(name, bold=True)} on {position.day}: {position.in_words()}{ban}"]
    if doctrine := replay.scenario.doctrine:
        lines += doctrine_in_words(doctrine)
    for spell in position.spells:
        mine = [act for of, act in acts if of is spell]
        if len(position.spells) > 1:
            lines.append(f"if {spell.standing}:")
        opened = [
            (
                f"  open    {act.act}",
                f"{act.rule.code} to {act.rule.move(spell.standing)}",
                act.suffices,
            )
            for act in mine
            if act.rule is not None
        ]
        closed = [
            (f"  closed  {act.act}", act.in_words(), act.suffices)
            for act in mine
            if act.rule is None
        ]
        for label, what, suffices in [*opened, *closed]:
            lines += wrapped(what, " " * 34, f"{label:<32}")
            lines += wrapped(suffices, " " * 34)
    return "\n".join(lines)


def rules_in_words(table: RuleTable) -> str:
    """The rule table."""
    rows = [("code", "act", "before", "after", "ban must be", "ban becomes", "needs")]
    rows += [
        (
            rule.code,
            rule.act.value,
            ", ".join(stage.value for stage in rule.before),
            rule.after.value,
            ", ".join(rule.bans),
            rule.ban_becomes.value if rule.ban_becomes else "same",
            rule.needs.value,
        )
        for rule in table
    ]
    return aligned(rows)


class _Row(NamedTuple):
    """One entry of a timeline as it is printed."""

    date: str
    deed: str
    what: str
    why: tuple[str, ...]
    moves: bool = False
    struck: bool = False


def _row(outcome: Outcome) -> _Row:
    if isinstance(outcome, Change):
        said = f"{outcome.attestation}: {_listed(outcome.evidence)}"
        deed = f"{outcome.rule} {outcome.act}"
        told = (said, _contradiction(outcome))
        return _Row(outcome.date.text, deed, str(outcome.after), told, moves=True)
    step = outcome if isinstance(outcome, Step) else outcome.step
    reason = outcome.because if isinstance(outcome, ActStep) else ""
    why = (reason, _listed(step.evidence), _contradiction(step))
    if isinstance(outcome, Refusal):
        expected = "as expected" if outcome.expected else "not expected"
        what = f"{expected}: {', '.join(sorted(map(str, outcome.reasons)))}"
        return _Row(step.date.text, f"refused {outcome.act}", what, why)
    if isinstance(outcome, Permitted):
        what = f"{outcome.rule.code} takes it"
        return _Row(step.date.text, f"not refused {outcome.step.refuse}", what, why)
    if isinstance(outcome, StatusCheck):
        what = f"{outcome.step.status}: {HOLDS_IN_WORDS[outcome.verdict.holds]}"
        return _Row(step.date.text, "status", what, why)
    if isinstance(outcome, ActStep):
        return _Row(step.date.text, f"{outcome.act}", "deprecated, not replayed", why, struck=True)
    return _Row(step.date.text, "signal", outcome.signal, why)


def _contradiction(told: Change | Step) -> str:
    return f"in doubt: {told.contradiction}" if told.contradiction else ""


def _start_reasons(start: Start) -> tuple[str, ...]:
    return (f"assumed: {start.assumed}" if start.assumed else "", _listed(start.evidence))


def _listed(evidence: Iterable[Evidence]) -> str:
    return ", ".join(map(str, evidence))


def bans_in_words(position: Position) -> str:
    """The bans possible: `ban in force`, or `ban in force or ban lifted`."""
    return " or ".join(dict.fromkeys(ban_in_words(s.ban) for s in position.standings))


def _who_says(spell: Spell, *, certain: bool) -> str:
    """The strongest voice for the change that began a spell: `host in rg-2025-07-03 (A1)`."""
    if spell.change is None:
        return "assumed at the start"
    best = spell.change.best
    if best is None:
        return "nobody"
    said = f"{best.voice} in {best.id} ({best.grade})"
    return said if certain else f"{spell.change.act}: {said}"


def wrapped(told: str, indent: str, first: str | None = None) -> list[str]:
    """A text in lines of at most WIDTH columns, `first` standing for the first indent."""
    return textwrap.wrap(
        visible(told),
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, two spaces apart."""
    if not rows:
        return ""
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
