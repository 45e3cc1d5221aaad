"""`recognition-model replay`: run scenario files through the rules."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click
from attrs import evolve

import recognition_model.analysis.claims as collective_claims
from recognition_model.analysis.claims import ClaimCheck
from recognition_model.analysis.lint import lint
from recognition_model.cli.answer import Answer
from recognition_model.cli.here import files_here
from recognition_model.cli.options import Country, examples, known_by
from recognition_model.cli.page import Block, Content, Paragraph, Style, Styled, Table
from recognition_model.cli.render import (
    columns,
    doctrine_in_words,
    evidence_list,
    first_findings,
    wrapped,
)
from recognition_model.cli.selection import (
    Selection,
    against_option,
    organisations_option,
    positions,
    record_options,
    rules_option,
)
from recognition_model.cli.smallest import Wanted, smallest_answer, smallest_options
from recognition_model.cli.streams import width
from recognition_model.core.changes import Change
from recognition_model.core.countries import UnknownCountry, code_of, counted, is_known, named
from recognition_model.core.diagnostics import BESIDE, Finding, in_order
from recognition_model.core.folder import Folder
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import ActStep, Start, Step
from recognition_model.core.stages import ban_in_words
from recognition_model.core.wording import escape_invisible, humanize, plural
from recognition_model.engine.outcomes import Outcome, Replay, StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.io.loader import load_folder
from recognition_model.report.sentences import HOLDS_IN_WORDS, claim_answer

STDIN = "<standard input>"
ROOM_FOR_TEXT = 26  # columns; with less, what follows an entry begins further left
MACHINE_FORMATS = ("github", "sarif")


class Target(Country):
    """A path, - for standard input, or a country."""

    name = "target"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if text == "-" or _names_path(text):
            return text
        try:
            return code_of(text)
        except UnknownCountry:  # reading the path will say that there is none
            return text

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        files = CompletionItem(incomplete, type="file")
        return [*super().shell_complete(ctx, param, incomplete), files]


def _names_path(text: str) -> bool:
    """Whether a text is no country: it has a sign that none has, or such a file exists."""
    return any(sign in text for sign in (".", "/", os.sep)) or os.path.lexists(text)


@click.command(
    "replay",
    epilog=examples(
        "recognition-model replay",
        "recognition-model replay Russia",
        "recognition-model replay my-record --known-by 2025-12-31",
    ),
)
@click.argument("what", nargs=-1, metavar="[PATH or COUNTRY]...", type=Target())
@click.option("--full", is_flag=True, help="Show every entry of every country.")
@click.option("--all", "every", is_flag=True, help="Show more than 50 findings in a file.")
@click.option("--strict", is_flag=True, help="Warn of sources without an archived copy too.")
@known_by
@record_options
@rules_option
@against_option
@organisations_option
@smallest_options
@click.option(
    "--format",
    "fmt",
    type=click.Choice(["text", "json", *MACHINE_FORMATS]),
    default="text",
    help="Print text, JSON, or the findings for a pull request: github or sarif.",
)
def command(
    what: tuple[str, ...],
    full: bool,  # noqa: FBT001 - click calls with names
    every: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
    known_by: date | None,
    record: Selection,
    against: str | None,
    smallest: Wanted | None,
    fmt: str,
) -> Answer:
    """Replay scenario files through the rules, and report every finding.

    A path is a scenario file, a folder of them, or - for standard input. A country is that of the
    record. Without any, replay the scenario files of the current folder if there are some, and
    otherwise the shipped record. A named file or country is shown entry by entry. Files of
    organisations are checked too, and shown with --with-organisations or if they are named.

    With --rules and --against, show instead which answers and entries two rule tables turn. With
    --smallest, print instead the smallest record that shows a finding, for a report of a fault.
    """
    if smallest is not None:
        others = {"--full": full, "--all": every, "--known-by": known_by, "--against": against}
        others |= {"--format": fmt != "text"}
        return smallest_answer(smallest, what, record, strict=strict, others=others)
    folder, countries, notes = _asked(what, record)
    if against is not None:
        from recognition_model.cli.rule_differences import differences, differing_days

        if fmt in MACHINE_FORMATS or full or every or strict:
            raise click.UsageError(
                "--against prints text or JSON, and needs no --full, --all, --strict"
            )
        turned = differences(folder, record, against, countries, known_by)
        return evolve(differing_days(turned, folder, fmt, None), notes=notes)
    found = positions(folder, countries, None, known_by, organisations=True, rules=record.rules)
    replays = [replay for replay, _ in found]  # of organisations too: all files are checked
    shown = _shown(replays, (*what, *countries), record)
    checks = [
        check
        for collective in (() if countries else folder.collectives)
        for check in collective_claims.check(collective, replays, known_by=known_by)
    ]
    hidden = [replay for replay in replays if replay not in shown]
    other = [*folder.findings, *(found for check in checks for found in check.findings)]
    if known_by is None:  # lint checks the files as they are, not as known by a day
        other += lint(folder, replays, strict=strict)
    findings = in_order([*other, *(found for replay in replays for found in replay.findings)])
    if fmt in MACHINE_FORMATS:
        from recognition_model.cli.finding_formats import in_machine_format

        told = [found for found in first_findings(findings) if found.code]
        return in_machine_format(fmt, told if fmt == "github" and not every else findings)
    if fmt == "json":
        data = {
            "format": "recognition-replay/1",
            "replays": [replay.to_dict() for replay in shown],
            "claims": [check.to_dict() for check in checks],
            "findings": [
                one.to_dict()
                for found in (other, *(one.findings for one in hidden))
                for one in found
            ],
        }
        return Answer(
            data=data, findings=findings, notes=notes, every_finding=every, every_warning=True
        )
    total = summary(shown, findings)
    checked = (
        f"{counted(one.country for one in hidden)} checked too: --with-organisations shows them"
    )
    if not full and all(Path(word).is_dir() for word in what):
        page: list[Block] = [_overview(shown, findings, hidden), Paragraph(total)]
        page += [Paragraph(checked)] if hidden else []
        return Answer(
            page=page, findings=findings, notes=notes, every_finding=every, every_warning=True
        )
    parts = [replay_in_words(replay) for replay in shown]
    if checks:
        parts.append(claims_in_words(checks))
    text = "\n\n".join([*parts, total, *([checked] if hidden else [])])
    return Answer(
        text=text, findings=findings, notes=notes, every_finding=every, every_warning=True
    )


def _shown(replays: Sequence[Replay], named: Iterable[str], record: Selection) -> list[Replay]:
    """Leave out organisations that are neither asked for nor named, and that have no error."""
    named = {STDIN, *named, *(str(Path(word)) for word in named)}
    shown = [
        replay
        for replay in replays
        if replay.kind is RecordKind.COUNTRY
        or record.organisations
        or not named.isdisjoint((replay.country, replay.scenario.file))
        or not replay.ok
    ]
    return shown or [*replays]


def _asked(what: Sequence[str], record: Selection) -> tuple[Folder, list[str], list[str]]:
    """Load the files and the countries asked for; return the countries, and what was not read."""
    countries = [word for word in what if is_known(word) and not os.path.lexists(word)]
    paths = [Path(word) for word in what if word not in {"-", *countries}]
    texts = {STDIN: _read_stdin()} if "-" in what else {}
    if paths or texts:
        folder = load_folder([*record.instead, *paths], beside=record.beside, texts=texts)
        return folder, countries, []
    here = files_here() if record.shipped else None
    if here is None or here.folder != Path():
        return record.load(countries), countries, record.unread()
    if not countries:
        return load_folder(here.folder), [], []
    chosen = Selection((here.folder,)) if here.whole else Selection(beside=(here.folder,))
    return chosen.load(countries), countries, []


def _read_stdin() -> str:
    from recognition_model.cli.standard_input import read_stdin

    return read_stdin()


def _overview(
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
