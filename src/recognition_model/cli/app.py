"""The group of commands: loads the one that runs, prints its answer, sets the exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from errno import EBADF
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

import click

from recognition_model.cli.answer import CLEAN, FINDINGS, UNUSABLE, Answer
from recognition_model.cli.render import finding_in_words
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.wording import escape_invisible
from recognition_model.io.atomic import NotWritten

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMPLETE = "_RECOGNITION_MODEL_COMPLETE"


# Every command: its section of the help, and what it does in at most 45 letters. Its module is
# named as it is, holds the click command as `command`, and is imported only when it runs.
COMMANDS: dict[str, dict[str, str]] = {
    "Ask": {
        "status": "Show where countries stand on a day",
        "next": "Show which acts are open and what others need",
        "precedence": "Show which country was first",
    },
    "Check": {
        "replay": "Check scenario files and show what happened",
        "verify": "Look up cited passages in texts you hold",
        "coverage": "Show what the record covers and what it lacks",
        "prove": "Check the rule table itself",
    },
    "Write": {
        "plot": "Draw a picture: SVG, PDF or PNG",
        "report": "Write a report: HTML or Markdown",
        "export": "Write data for other programs",
    },
    "Author": {
        "new": "Begin a scenario file for a country",
        "locate": "Make a locator from a passage",
        "schema": "Print the JSON Schema for an editor",
        "rules": "Print the rule table",
        "explain": "Explain a word, a rule or a finding code",
    },
}
SUMMARIES = {name: text for section in COMMANDS.values() for name, text in section.items()}


def load_command(name: str) -> click.Command:
    """Import one command's module and give its click command."""
    command: click.Command = import_module(f"recognition_model.cli.{name}").command
    return command


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load_command(cmd_name) if cmd_name in SUMMARIES else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, SUMMARIES))
        for section, commands in COMMANDS.items():
            with formatter.section(section):
                formatter.write_dl([(f"{name:{width}}", text) for name, text in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete command names without importing their modules."""
        from click.shell_completion import CompletionItem

        fits = [name for name in SUMMARIES if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=SUMMARIES[name]) for name in fits]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recognition-model", message="%(prog)s %(version)s")
def cli() -> None:
    """Where does a country stand towards the Taliban government, since when, and who says so?

    Exit codes: 0 clean or warnings only, 1 errors, 2 usage or unreadable input.
    """


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


class _Closed(io.TextIOBase):
    """Standard output that was closed before the start: an answer is not lost without a word."""

    encoding = "utf-8"

    def write(self, text: str, /) -> int:
        raise OSError(EBADF, "standard output is closed")


def _close(stream: TextIO) -> None:
    """Point a stream nowhere, so that nothing complains when the interpreter ends."""
    if not isinstance(stream, _Closed):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line; end with its exit code and no traceback for what a user did."""
    gc.set_threshold(100_000)  # a short run makes no cycles worth looking for
    if sys.stdout is None:  # `>&-`
        sys.stdout = _Closed()
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
        # Without a name it is click's own: the help could not be printed.
        verb = "write" if isinstance(error, NotWritten) or not error.filename else "read"
        what = f" {escape_invisible(str(error.filename))}" if error.filename else ""
        _write(f"cannot {verb}{what}: {error.strerror or error}", sys.stderr)
        return UNUSABLE
