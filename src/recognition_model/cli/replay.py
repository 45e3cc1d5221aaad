"""`recognition-model replay`: run scenario files through the rules."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from attrs import evolve

import recognition_model.analysis.claims as collective_claims
from recognition_model.analysis.lint import lint
from recognition_model.cli.answer import Answer
from recognition_model.cli.here import files_here
from recognition_model.cli.options import Country, examples, known_by
from recognition_model.cli.page import Block, Paragraph
from recognition_model.cli.render import (
    first_findings,
)
from recognition_model.cli.replay_page import claims_in_words, overview, replay_in_words, summary
from recognition_model.cli.selection import (
    Selection,
    against_option,
    organisations_option,
    positions,
    record_options,
    rules_option,
)
from recognition_model.cli.smallest import Wanted, smallest_answer, smallest_options
from recognition_model.core.countries import UnknownCountry, code_of, counted, is_known
from recognition_model.core.diagnostics import in_order
from recognition_model.core.folder import Folder
from recognition_model.core.organisations import RecordKind
from recognition_model.engine.outcomes import Replay
from recognition_model.io.loader import load_folder

STDIN = "<standard input>"
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
        page: list[Block] = [overview(shown, findings, hidden), Paragraph(total)]
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
