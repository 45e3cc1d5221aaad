"""`recognition-model replay`: run scenario files through the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

import recognition_model.analysis.claims as collective_claims
from recognition_model.analysis.claims import ClaimCheck
from recognition_model.analysis.lint import lint
from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples, known_by
from recognition_model.cli.render import doctrine_in_words, evidence_list, wrapped
from recognition_model.core.changes import Change
from recognition_model.core.countries import named
from recognition_model.core.diagnostics import Finding, in_order
from recognition_model.core.scenario import ActStep, Start, Step
from recognition_model.core.stages import ban_in_words
from recognition_model.core.wording import escape_invisible, plural
from recognition_model.engine.outcomes import Outcome, Replay, StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.engine.replay import replay as run
from recognition_model.io.loader import load_folder
from recognition_model.report.sentences import HOLDS_IN_WORDS, claim_answer


@click.command(
    "replay",
    epilog=examples(
        "recognition-model replay",
        "recognition-model replay my-record --known-by 2025-12-31",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@known_by
@as_format
def command(paths: tuple[Path, ...], known_by: date | None, fmt: str) -> Answer:
    """Replay scenario files through the rules, and report every finding.

    A path is a scenario file or a folder of them. Without a path, replay the shipped record.
    """
    folder = load_folder(paths)
    replays = [run(scenario, known_by=known_by) for scenario in folder.scenarios]
    checks = [
        check
        for collective in folder.collectives
        for check in collective_claims.check(collective, replays, known_by=known_by)
    ]
    other = [*folder.findings, *(found for check in checks for found in check.findings)]
    if known_by is None:  # lint checks the files as they are, not as known by a day
        other += lint(folder, replays)
    findings = in_order([*other, *(found for replay in replays for found in replay.findings)])
    if fmt == "json":
        data = {
            "format": "recognition-replay/1",
            "replays": [replay.to_dict() for replay in replays],
            "claims": [check.to_dict() for check in checks],
            "findings": [found.to_dict() for found in other],
        }
        return Answer(data=data, findings=findings)
    parts = [replay_in_words(replay) for replay in replays]
    if checks:
        parts.append(claims_in_words(checks))
    parts.append(summary(replays, findings))
    return Answer(text="\n\n".join(parts), findings=findings)


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
    indent = " " * (dates + 6)
    lines += doctrine_in_words(doctrine) if doctrine else []
    for row in rows:
        deed = click.style(
            f"{row.deed:<{deeds}}", bold=row.moves or None, strikethrough=row.struck or None
        )
        lines.append(f"  {row.date:<{dates}}  {deed}  {escape_invisible(row.what)}".rstrip())
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
            plural(len(replays), "country", "countries"),
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
    return _Row(step.date.text, "signal", outcome.signal, why)


def _contradiction(entry: Change | Step) -> str:
    return f"in doubt: {entry.contradiction}" if entry.contradiction else ""


def _start_reasons(start: Start) -> tuple[str, ...]:
    return (f"assumed: {start.assumed}" if start.assumed else "", evidence_list(start.evidence))
