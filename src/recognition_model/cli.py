"""The command line: arguments in, exit code out. Each command makes one `Answer`."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click
from attrs import frozen

import recognition_model.collective as collective_claims
from recognition_model.codes import CODES
from recognition_model.countries import UnknownCountry, code_of, name_of, named
from recognition_model.dates import DateError, exact_day
from recognition_model.diagnostics import Finding, RecordError, in_order
from recognition_model.evidence import Attestation, Bearing, Voice
from recognition_model.history import Position
from recognition_model.loading import Folder, load_folder, read_sources, read_text, record_root
from recognition_model.locators import Copy, Locator
from recognition_model.outcomes import Replay
from recognition_model.refusals import next_acts
from recognition_model.replay import replay as run
from recognition_model.report import text
from recognition_model.report.frames import finding_in_words
from recognition_model.rules import RULES, Reason
from recognition_model.scenario import STEP_OF, Scenario
from recognition_model.shapes import told_of
from recognition_model.stages import Act, Ban, Ranked, Stage
from recognition_model.values import did_you_mean, near_words
from recognition_model.wording import visible

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
_COMPLETE = "_RECOGNITION_MODEL_COMPLETE"


@frozen
class Answer:
    """What a command says: text or data for standard output, findings for standard error."""

    text: str = ""
    data: dict[str, Any] | None = None
    findings: Sequence[Finding] = ()
    fell_short: bool = False

    @property
    def code(self) -> int:
        """0 clean, 1 findings or short of what was to be shown, 2 something unreadable."""
        if any(found.unreadable for found in self.findings):
            return UNUSABLE
        if self.fell_short:
            return FINDINGS
        return FINDINGS if any(found.is_error for found in self.findings) else CLEAN


class NotInRecord(click.UsageError):
    """A country without a usable record; `findings` may say why there is none."""

    def __init__(self, absent: Iterable[str], folder: Folder) -> None:
        names = ", ".join(named(code) for code in absent)
        have = ", ".join(named(s.country) for s in folder.scenarios) or "none"
        unused = any(found.is_error for found in folder.findings)
        told = "; files with the findings above were not used" if unused else ""
        own = "" if folder.scenarios and unused else " (for files of your own: --scenarios)"
        super().__init__(f"not in the record: {names}{told}{own}. Countries with a record: {have}")
        self.findings = folder.findings


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """A day, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return exact_day(value)
        except DateError as error:
            hint = error.hint if error.code == "RM402" else "write one day, as YYYY-MM-DD"
            self.fail(f"{error} ({hint})", param, ctx)


class Country(click.ParamType):  # type: ignore[type-arg]  # as above
    """A country by alpha-3 or alpha-2 code or English name, as its alpha-3 code."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return code_of(value)
        except UnknownCountry as unknown:
            self.fail(f"{unknown}: {unknown.hint}", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        codes = sorted(path.stem for path in record_root("scenarios").glob("[A-Z]*.yaml"))
        wanted = incomplete.upper()
        return [
            CompletionItem(code, help=name_of(code))
            for code in codes
            if code.startswith(wanted) or name_of(code).upper().startswith(wanted)
        ]


class Word(click.ParamType):  # type: ignore[type-arg]  # as above
    """A code or word that `explain` knows."""

    name = "code"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        wanted = incomplete.lower()
        return [CompletionItem(w) for w in _explainable() if w.lower().startswith(wanted)]


as_format = click.option(
    "--format", "fmt", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
known_by = click.option(
    "--known-by", type=Day(), help="Count only evidence that was public by this day."
)
on_day = click.option("--on", type=Day(), help="The day asked about; default: the last documented.")
record_at = click.option(
    "--scenarios",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Scenario files or folders to use instead of the shipped record.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recognition-model", message="%(prog)s %(version)s")
def cli() -> None:
    """Where does a country stand towards the Taliban government, since when, and who says so?

    Exit codes: 0 clean, 1 findings, 2 usage or unreadable input.
    """


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
    parts.append(text.summary(replays, len(findings)))
    return Answer(text="\n\n".join(parts), findings=findings)


@cli.command()
@click.argument("countries", nargs=-1, type=Country())
@on_day
@known_by
@record_at
@as_format
def status(
    countries: tuple[str, ...],
    on: date | None,
    known_by: date | None,
    paths: tuple[Path, ...],
    fmt: str,
) -> Answer:
    """Where countries stand, since when, and who says so; default: all."""
    folder = load_folder(paths)
    rows = _positions(folder, countries, on, known_by)
    findings = [*folder.findings, *(found for replay, _ in rows for found in replay.findings)]
    if fmt == "json":
        data = {
            "format": "recognition-status/1",
            "known_by": known_by.isoformat() if known_by else None,
            "countries": [
                {"country": replay.country, "name": name_of(replay.country), **position.to_dict()}
                for replay, position in rows
            ],
        }
        return Answer(data=data, findings=findings)
    return Answer(text=text.status_in_words(rows), findings=findings)


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
    folder = load_folder(paths)
    ((replay, position),) = _positions(folder, (country,), on, known_by)
    findings = [*folder.findings, *replay.findings]
    acts = [(spell, act) for spell in position.spells for act in next_acts(spell.standing)]
    if fmt == "json":
        data = {
            "format": "recognition-next/1",
            "country": country,
            "name": name_of(country),
            **position.to_dict(),
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


def _positions(
    folder: Folder, countries: Iterable[str], on: date | None, known_by: date | None
) -> list[tuple[Replay, Position]]:
    """Each country's replay and its position on a day, the last documented unless given."""
    by_code: dict[str, Scenario] = {s.country: s for s in folder.scenarios}
    wanted = list(dict.fromkeys(countries)) or list(by_code)
    absent = [code for code in wanted if code not in by_code]
    if absent:
        raise NotInRecord(absent, folder)
    rows = []
    for code in wanted:
        replay = run(by_code[code], known_by=known_by)
        rows.append((replay, replay.history.on(on or replay.history.documented_until)))
    return rows


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
    told = "\n".join(finding_in_words(found) for found in answer.findings)
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
        _write(f"cannot write: {error.strerror or error}", sys.stderr)
        return UNUSABLE
