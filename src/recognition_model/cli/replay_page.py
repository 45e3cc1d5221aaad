"""`replay` as text: a table of all countries, or each entry of a country with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.cli.page import Content, Style, Styled, Table
from recognition_model.cli.render import (
    columns,
    doctrine_in_words,
    evidence_list,
    wrapped,
)
from recognition_model.cli.streams import width
from recognition_model.core.changes import Change
from recognition_model.core.countries import counted, named
from recognition_model.core.diagnostics import BESIDE, Finding
from recognition_model.core.scenario import ActStep, Start, Step
from recognition_model.core.stages import ban_in_words
from recognition_model.core.wording import escape_invisible, humanize, plural
from recognition_model.engine.outcomes import Outcome, Replay, StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.report.sentences import HOLDS_IN_WORDS, claim_answer

ROOM_FOR_TEXT = 26  # columns; with less, what follows an entry begins further left


def overview(
    replays: Sequence[Replay], findings: Sequence[Finding], hidden: Sequence[Replay] = ()
) -> Table:
    """List the countries, a line each: the last stage, the number of changes and of findings.

    Files whose errors keep them from being used follow. `hidden` are replays without a line.
    """
    found = Counter(one.place.file for one in findings)
    rows: list[tuple[Content, ...]] = []
    for replay in replays:
        history = replay.history
        stage = "not documented"
        if history.documented:
            position = history.on(history.documented_until)
            stages = dict.fromkeys(position.words_of(spell) for spell in position.spells)
            stage = humanize(" or ".join(stages))
        count = found[replay.scenario.file]
        style: Style = "" if not count else "doubt" if replay.ok else "bad"
        name = Styled(named(replay.country), "strong")
        rows.append((name, stage, str(len(replay.changes)), Styled(str(count or ""), style)))
    used = {replay.scenario.file for replay in (*replays, *hidden)}
    unused = {one.place.file for one in findings if one.is_error} - used
    for file in sorted(unused):
        if Path(file).is_dir() or Path(file).name in BESIDE:
            continue
        name = Styled(escape_invisible(file), "strong")
        rows.append((name, Styled("not used", "bad"), "", Styled(str(found[file]), "bad")))
    return Table(("Country", "Last stage", "Changes", "Findings"), tuple(rows))


def replay_in_words(replay: Replay) -> str:
    """Write a country's replayed timeline: date, entry, result and evidence of each step."""
    until = replay.history.documented_until
    known = f", as known by {replay.known_by}" if replay.known_by else ""
    state = f"not documented{known}"
    if replay.history.documented:
        position = replay.history.on(until)
        last = position.spells[-1]
        stage = position.in_words() if position.dates_agree else position.words_of(last)
        state = f"{stage}, {ban_in_words(last.ban)}; last documented {until}{known}"
    start, doctrine = replay.scenario.start, replay.scenario.doctrine
    rows = [_Row(start.date.text, "start", str(start.state), _start_reasons(start))]
    rows += [_row(outcome) for outcome in replay.outcomes]
    name = named(replay.country)
    lines = [f"{click.style(name, bold=True)}: {state}", escape_invisible(replay.scenario.file)]
    dates = max(len(row.date) for row in rows)
    deeds = max(len(row.deed) for row in rows)
    room = width()
    indent = " " * (dates + 6 if dates + deeds + ROOM_FOR_TEXT <= room else 6)
    lines += wrapped(doctrine_in_words(doctrine), " " * 6, "  ") if doctrine else []
    for row in rows:
        what = escape_invisible(row.what)
        fits = dates + deeds + columns(what) + 6 <= room
        deed = f"{row.deed:<{deeds}}" if fits else row.deed
        if row.moves or row.struck:
            deed = click.style(deed, bold=row.moves or None, strikethrough=row.struck or None)
        lines.append(f"  {row.date:<{dates}}  {deed}{f'  {what}' if fits else ''}".rstrip())
        lines += [] if fits else wrapped(what, indent)
        for why in filter(None, row.why):
            lines += wrapped(why, indent)
    if replay.not_yet_public:
        count = replay.not_yet_public
        lines.append(f"  {plural(count, 'entry', 'entries')} not public by {replay.known_by}")
    return "\n".join(lines)


def claims_in_words(checks: Sequence[ClaimCheck]) -> str:
    """Write claims about many countries, each with its answer and its evidence."""
    lines = [click.style("Claims about many countries", bold=True)]
    for check in checks:
        claim = check.claim
        answer = claim_answer(check) + ("; in doubt" if claim.contradiction else "")
        text = claim.label + (f" since {claim.since}" if claim.since else "")
        text += f" among {', '.join(claim.among)}" if claim.among else ""
        lines += wrapped(f"{text}: {answer}", " " * 16, f"  {claim.date.text:<12}  ")
        lines += wrapped(evidence_list(claim.evidence), " " * 16)
    return "\n".join(lines)


def summary(replays: Sequence[Replay], findings: Sequence[Finding]) -> str:
    """Write the last line of a replay: counts of countries, changes, refusals and findings."""
    refusals = [refusal for replay in replays for refusal in replay.refusals]
    expected = sum(refusal.expected for refusal in refusals)
    changes = sum(len(replay.changes) for replay in replays)
    errors = sum(found.is_error for found in findings)
    found = plural(len(findings), "finding", "findings")
    return ", ".join(
        [
            counted(replay.country for replay in replays),
            plural(changes, "change", "changes"),
            f"{plural(len(refusals), 'refusal', 'refusals')} ({expected} expected)",
            found if errors == len(findings) else f"{found} ({plural(errors, 'error', 'errors')})",
        ]
    )


class _Row(NamedTuple):
    """One entry of a timeline, ready to print."""

    date: str
    deed: str
    what: str
    why: tuple[str, ...]
    moves: bool = False
    struck: bool = False


def _row(outcome: Outcome) -> _Row:
    if isinstance(outcome, Change):
        said = f"{outcome.attestation}: {evidence_list(outcome.evidence)}"
        deed = f"{outcome.rule} {outcome.act}"
        reasons = (said, _contradiction(outcome))
        return _Row(outcome.date.text, deed, str(outcome.after), reasons, moves=True)
    step = outcome if isinstance(outcome, Step) else outcome.step
    reason = outcome.because if isinstance(outcome, ActStep) else ""
    why = (reason, evidence_list(step.evidence), _contradiction(step))
    if isinstance(outcome, Refusal):
        expected = "as expected" if outcome.expected else "not expected"
        what = f"{expected}: {', '.join(sorted(map(str, outcome.reasons)))}"
        return _Row(step.date.text, f"refused {outcome.act}", what, why)
    if isinstance(outcome, UnexpectedlyPermitted):
        what = f"{outcome.rule.code} permits it"
        return _Row(step.date.text, f"not refused {outcome.step.refuse}", what, why)
    if isinstance(outcome, StatusCheck):
        what = f"{outcome.step.status}: {HOLDS_IN_WORDS[outcome.verdict.holds]}"
        return _Row(step.date.text, "status", what, why)
    if isinstance(outcome, ActStep):
        return _Row(step.date.text, f"{outcome.act}", "deprecated, not replayed", why, struck=True)
    what = f"{outcome.signal}, denied" if outcome.denied else outcome.signal
    return _Row(step.date.text, "signal", what, why)


def _contradiction(entry: Change | Step) -> str:
    return f"in doubt: {entry.contradiction}" if entry.contradiction else ""


def _start_reasons(start: Start) -> tuple[str, ...]:
    return (f"assumed: {start.assumed}" if start.assumed else "", evidence_list(start.evidence))
