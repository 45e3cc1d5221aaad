"""The command line: arguments in, exit code out. Each command makes one `Answer`."""

from __future__ import annotations

import gc
import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

import recognition_model.collective as collective_claims
from recognition_model.answers import (
    CLEAN,
    FINDINGS,
    UNUSABLE,
    Answer,
    findings_of,
    positions,
    record_of,
    replayed,
)
from recognition_model.arguments import (
    Country,
    Day,
    as_format,
    known_by,
    on_day,
    read_at,
    record_at,
)
from recognition_model.codes import CODES
from recognition_model.countries import name_of
from recognition_model.dates import End
from recognition_model.diagnostics import RecordError, in_order
from recognition_model.evidence import Attestation, Bearing, Voice
from recognition_model.filing import export_command, new_command, plot_command, report_command
from recognition_model.lint import lint
from recognition_model.loading import (
    load_folder,
    read_sources,
    read_text,
)
from recognition_model.locators import Copy, Locator
from recognition_model.outcomes import Replay
from recognition_model.refusals import next_acts
from recognition_model.replay import replay as run
from recognition_model.report import text
from recognition_model.report.frames import finding_in_words
from recognition_model.rules import RULES, Reason
from recognition_model.scenario import STEP_OF
from recognition_model.shapes import told_of
from recognition_model.stages import Act, Ban, Ranked, Stage
from recognition_model.values import did_you_mean, near_words
from recognition_model.wording import visible

_COMPLETE = "_RECOGNITION_MODEL_COMPLETE"


class Word(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """A code or word that `explain` knows."""

    name = "code"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        wanted = incomplete.lower()
        return [CompletionItem(w) for w in _explainable() if w.lower().startswith(wanted)]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recognition-model", message="%(prog)s %(version)s")
def cli() -> None:
    """Where does a country stand towards the Taliban government, since when, and who says so?

    Exit codes: 0 clean or warnings only, 1 errors, 2 usage or unreadable input.
    """


for command in (new_command, plot_command, export_command, report_command):
    cli.add_command(command)


@cli.command("replay")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@known_by
@as_format
def replay_command(paths: tuple[Path, ...], known_by: date | None, fmt: str) -> Answer:
    """Replay scenario files, or those of a folder; default: the record that ships."""
    folder = load_folder(paths)
    replays = [run(scenario, known_by=known_by) for scenario in folder.scenarios]
    checks = [
        check
        for collective in folder.collectives
        for check in collective_claims.check(collective, replays, known_by=known_by)
    ]
    other = [*folder.findings, *(found for check in checks for found in check.findings)]
    if known_by is None:  # a second look is taken at the files as they are, not at a past day
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
    parts = [text.replay_in_words(replay) for replay in replays]
    if checks:
        parts.append(text.claims_in_words(checks))
    parts.append(text.summary(replays, findings))
    return Answer(text="\n\n".join(parts), findings=findings)


@cli.command()
@click.argument("countries", nargs=-1, type=Country())
@on_day
@known_by
@read_at
@record_at
@as_format
def status(
    countries: tuple[str, ...],
    on: date | None,
    known_by: date | None,
    dates: End,
    paths: tuple[Path, ...],
    fmt: str,
) -> Answer:
    """Where countries stand, since when, and who says so; default: all."""
    folder = record_of(countries, paths)
    rows = positions(folder, countries, on, known_by, dates)
    findings = findings_of(folder, (replay for replay, _ in rows))
    if fmt == "json":
        data = {
            "format": "recognition-status/1",
            "known_by": known_by.isoformat() if known_by else None,
            "dates": dates,
            "countries": [
                {
                    "country": replay.country,
                    "name": name_of(replay.country),
                    **position.to_dict(),
                    "doctrine": _doctrine(replay),
                }
                for replay, position in rows
            ],
        }
        return Answer(data=data, findings=findings)
    return Answer(text=text.status_in_words(rows, dates), findings=findings)


@cli.command("next")
@click.argument("country", type=Country())
@on_day
@known_by
@record_at
@as_format
def next_command(
    country: str, on: date | None, known_by: date | None, paths: tuple[Path, ...], fmt: str
) -> Answer:
    """What could happen next, what could not, and what it would take."""
    folder = record_of((country,), paths)
    ((replay, position),) = positions(folder, (country,), on, known_by)
    findings = [*folder.findings, *replay.findings]
    acts = [(spell, act) for spell in position.spells for act in next_acts(spell.standing)]
    if fmt == "json":
        data = {
            "format": "recognition-next/1",
            "country": country,
            "name": name_of(country),
            **position.to_dict(),
            "doctrine": _doctrine(replay),
            "acts": [
                {
                    "stage": spell.stage.value,
                    "ban": spell.ban.value,
                    **act.to_dict(),
                }
                for spell, act in acts
            ],
        }
        return Answer(data=data, findings=findings)
    return Answer(text=text.next_in_words(replay, position, acts), findings=findings)


@cli.command()
@as_format
def rules(fmt: str) -> Answer:
    """The rule table."""
    if fmt == "json":
        return Answer(
            data={"format": "recognition-rules/1", "rules": [rule.to_dict() for rule in RULES]}
        )
    return Answer(text=text.rules_in_words(RULES))


@cli.command("prove")
@record_at
@as_format
def prove_command(paths: tuple[Path, ...], fmt: str) -> Answer:
    """What holds of the rule table itself.

    Explores everything it can do, proves the promises over all sequences of acts, and asks of
    every mistake in one cell of the table who would notice it. Exit code 1 where anything falls
    short.
    """
    from recognition_model.prove import prove
    from recognition_model.report.proof import proof_in_words

    folder = load_folder(paths)
    if not folder.scenarios:
        return Answer(findings=folder.findings, fell_short=True)
    proof = prove(folder=folder)
    told = {"data": proof.to_dict()} if fmt == "json" else {"text": proof_in_words(proof)}
    return Answer(**told, findings=folder.findings, fell_short=not proof.ok)


@cli.command()
@click.argument("code", type=Word())
@as_format
def explain(code: str, fmt: str) -> Answer:
    """What a rule code (R06), a finding code (RM501) or a word of the record means."""
    known = _explainable()
    wanted = code.upper() if code.upper() in known else code.lower()
    if wanted not in known:
        near = did_you_mean(
            near for word in (wanted, code.upper()) for near in near_words(word, known, most=3)
        )
        hint = f": {near}" if near else ""
        raise click.UsageError(f"nothing is called {code!r}{hint}")
    if fmt == "json":
        data = {"format": "recognition-explain/1", "code": wanted, "text": known[wanted]}
        return Answer(data=data)
    return Answer(text=known[wanted])


@cli.command("schema")
@click.argument(
    "name", type=click.Choice(["scenario", "collective", "sources"]), default="scenario"
)
def schema_command(name: str) -> Answer:
    """The JSON Schema of a kind of file, for an editor."""
    from recognition_model.schema import schema

    return Answer(data=schema(name))


@cli.command("coverage")
@click.argument("countries", nargs=-1, type=Country())
@record_at
@as_format
def coverage_command(countries: tuple[str, ...], paths: tuple[Path, ...], fmt: str) -> Answer:
    """What the record covers, how well, and what it leaves open, as Markdown; default: all.

    Countries by stages and grades, the weakest step of each path, changes on one source, what was
    turned down, contradictions, and what is not known. Claims about many countries at once are
    counted where none is named.
    """
    from recognition_model.coverage import coverage

    folder, replays = replayed(countries, paths, None)
    if not replays:
        return Answer(findings=folder.findings, fell_short=True)
    covered = coverage(replays, () if countries else folder.collectives)
    findings = findings_of(folder, replays)
    if fmt == "json":
        return Answer(data=covered.to_dict(), findings=findings)
    from recognition_model.report.coverage import coverage_in_markdown

    return Answer(text=coverage_in_markdown(covered).rstrip(), findings=findings)


@cli.command("precedence")
@click.argument("countries", nargs=-1, type=Country())
@click.option("--stage", type=click.Choice(list(map(str, Stage))), help="First to which stage.")
@click.option("--signal", help="First to give which signal, instead of a stage.")
@click.option("--since", type=Day(), help="The day from which first times count.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draw so often, do not count.")
@click.option("--seed", type=click.IntRange(0), default=0, help="The seed of the draws.")
@known_by
@record_at
@as_format
def precedence_command(
    countries: tuple[str, ...],
    stage: str | None,
    signal: str | None,
    since: date | None,
    draws: int | None,
    seed: int,
    known_by: date | None,
    paths: tuple[Path, ...],
    fmt: str,
) -> Answer:
    """Which country was first, in how many readings of the uncertain dates; default: all.

    First to come to a stage or beyond it (ambassador_accepted unless given), or to give a signal.
    Shares are exact, unless --draws are asked for or there is too much to count. A country for
    which nothing is documented has no place.
    """
    from recognition_model.report.precedence import precedence_data, precedence_in_words
    from recognition_model.uncertainty import first_reached, first_signal, order

    if stage and signal:
        raise click.UsageError("--stage or --signal, not both")
    folder, replays = replayed(countries, paths, known_by)
    wanted = Stage[(stage or str(Stage.AMBASSADOR_ACCEPTED)).upper()]
    first = since or date.min
    events = [
        first_signal(replay, signal, first) if signal else first_reached(replay, wanted, first)
        for replay in replays
    ]
    ranked = order(events, draws, seed)
    findings = findings_of(folder, replays)
    if fmt == "json":
        data = {"format": "recognition-precedence/1", **precedence_data(events, ranked)}
        return Answer(data=data, findings=findings)
    return Answer(text=precedence_in_words(events, ranked), findings=findings)


@cli.command("verify")
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    required=True,
    help="A folder with copies of the sources' texts.",
)
@record_at
@as_format
def verify_command(texts: Path, paths: tuple[Path, ...], fmt: str) -> Answer:
    """Look for every located passage in copies of the texts you hold.

    A match proves that the passage stands in that copy, not that it supports the claim.
    """
    from recognition_model.report.verification import verification_in_words
    from recognition_model.verifying import verify

    folder = load_folder(paths)
    result = verify(folder, texts)
    findings = [*folder.findings, *result.findings]
    if fmt == "json":
        return Answer(
            data={"format": "recognition-verify/1", **result.to_dict()}, findings=findings
        )
    return Answer(text=verification_in_words(result), findings=findings)


@cli.command()
@click.argument("source")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--sources", "register", type=click.Path(path_type=Path), help="A register of your own."
)
@as_format
def locate(source: str, file: Path | None, register: Path | None, fmt: str) -> Answer:
    """Make a locator for the passage on standard input, a passage of SOURCE.

    With FILE, a copy of the source's text, the passage is looked up there and its paragraph
    given.
    """
    known = read_sources()
    if register is not None:
        known = read_sources(register, known)
    if source not in known:
        near = did_you_mean(near_words(source, known, most=3))
        hint = f": {near}" if near else ""
        own = " (for a register of your own: --sources)" if register is None else ""
        raise click.UsageError(f"the source {source!r} is not in the register{hint}{own}")
    copy = Copy(read_text(file)) if file is not None else None
    passage = _passage()
    try:
        locators = [Locator.of(passage)] if copy is None else copy.locate(passage)
    except ValueError as error:
        raise click.UsageError(f"no passage on standard input: {error}") from None
    if not locators:
        raise click.ClickException(f"the passage does not stand in {visible(str(file))}")
    if fmt == "json":
        return Answer(
            data={
                "format": "recognition-locator/1",
                "source": source,
                "locators": [locator.to_dict() for locator in locators],
            }
        )
    return Answer(text="\n".join(f"at: {locator}" for locator in locators))


def _passage() -> str:
    """All of standard input, as UTF-8."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        click.echo("Paste the passage; end with Ctrl-D on a line of its own.", err=True)
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("the passage on standard input is not UTF-8 text") from None
    except OSError as error:
        said = f"standard input cannot be read: {error.strerror or error}"
        raise click.UsageError(said) from None


def _doctrine(replay: Replay) -> dict[str, Any] | None:
    """What the country holds of recognition as such, as plain data."""
    doctrine = replay.scenario.doctrine
    return doctrine.to_dict() if doctrine else None


def _explainable() -> dict[str, str]:
    """Everything `explain` knows, by code or word."""
    known = {
        code.code: f"{code.code} {code.name} ({code.severity})\n{code.meaning}\n{code.remedy}"
        for code in CODES.values()
    }
    for rule in RULES:
        lines = [
            f"{rule.code} {rule.act}: from {', '.join(map(str, rule.before))} to {rule.after}",
            f"ban must be {', '.join(rule.bans)};"
            f" becomes {rule.ban_becomes or 'the same'}; needs {rule.needs}",
            rule.why,
            f"See: {rule.reference}.",
        ]
        known[rule.code] = "\n".join(lines)
    for step, kind_of_step in STEP_OF.items():
        known[step] = f"entry {step}: {told_of(kind_of_step)}"
    kinds: tuple[type[Ranked], ...] = (Stage, Ban, Act, Voice, Attestation, Bearing, Reason)
    for kind in kinds:
        for member in kind:
            line = f"{kind.__name__.lower()} {member}: {member.meaning}"
            known[str(member)] = "\n".join(filter(None, [known.get(str(member)), line]))
    return known


@cli.result_callback()
@click.pass_context
def _finish(ctx: click.Context, answer: Answer) -> None:
    ctx.exit(_end(answer))


def _end(answer: Answer) -> int:
    """Findings to standard error, the answer to standard output; the exit code."""
    told = "\n".join([*(finding_in_words(found) for found in answer.findings), *answer.notes])
    output = answer.text
    if answer.data is not None:
        import json

        output = json.dumps(answer.data, indent=2)
    _write(told, sys.stderr)
    return answer.code if _write(output, sys.stdout) else UNUSABLE


def _write(told: str, stream: TextIO | None) -> bool:
    """Write lines to a stream; False where it takes no more, and that is not its reader's wish."""
    if not told or stream is None:
        return True
    try:
        click.echo(told, file=stream, color=False if os.environ.get("NO_COLOR") else None)
        stream.flush()
    except BrokenPipeError:  # the reader has seen enough, `| head`: that changes no result
        _close(stream)
    except OSError as error:
        _close(stream)
        if stream is sys.stdout:
            _write(f"cannot write: {error.strerror or error}", sys.stderr)
        return False
    return True


def _close(stream: TextIO) -> None:
    """Point a stream nowhere, so that nothing complains when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line; end with its exit code and no traceback for what a user did."""
    gc.set_threshold(100_000)  # a short run makes no cycles worth looking for
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = _run()
    gc.freeze()  # nor at the end: a last collection would take a tenth of the whole run
    sys.exit(code)


def _run() -> int:
    try:
        return int(cli.main(standalone_mode=False) or CLEAN)
    except RecordError as error:
        return _end(Answer(findings=error.findings))
    except click.ClickException as error:
        _end(Answer(findings=getattr(error, "findings", ())))
        told = io.StringIO()
        error.show(told)
        _write(told.getvalue().rstrip(), sys.stderr)
        return UNUSABLE if isinstance(error, click.UsageError) else FINDINGS
    except (KeyboardInterrupt, click.Abort):
        return 130
    except SystemExit as ended:  # click's own: completion is done, or nobody reads --help
        return int(ended.code or CLEAN) if _COMPLETE in os.environ else CLEAN
    except OSError as error:
        what = f" {visible(str(error.filename))}" if error.filename else ""
        _write(f"cannot write{what}: {error.strerror or error}", sys.stderr)
        return UNUSABLE
