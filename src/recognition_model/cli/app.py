"""The group of commands: loads a command, prints its answer and sets the exit code."""

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

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMPLETE = "_RECOGNITION_MODEL_COMPLETE"


# Every command by its section of the help, with a summary of at most 45 characters. Its module has
# the same name, holds the click command as `command`, and is imported only when the command runs.
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
    """Import a command's module, and return its click command."""
    command: click.Command = import_module(f"recognition_model.cli.{name}").command
    return command


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported when needed."""

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
    """Print findings to standard error and the answer to standard output; return the exit code."""
    messages = "\n".join([*(finding_in_words(found) for found in answer.findings), *answer.notes])
    output = answer.text
    if answer.data is not None:
        import json

        output = json.dumps(answer.data, indent=2)
    _write(messages, sys.stderr)
    return answer.code if _write(output, sys.stdout) else UNUSABLE


def _write(text: str, stream: TextIO | None) -> bool:
    """Write text to a stream; False on an error, unless the reader has closed a pipe."""
    if not text or stream is None:
        return True
    try:
        click.echo(text, file=stream, color=False if os.environ.get("NO_COLOR") else None)
        stream.flush()
    except BrokenPipeError:  # the reader stopped, as `| head` does: no error
        _close(stream)
    except OSError as error:
        _close(stream)
        if stream is sys.stdout:
            _write(f"cannot write: {error.strerror or error}", sys.stderr)
        return False
    return True


class _Closed(io.TextIOBase):
    """Standard output that was closed before the start: writing to it is an error."""

    encoding = "utf-8"

    def write(self, text: str, /) -> int:
        raise OSError(EBADF, "standard output is closed")


def _close(stream: TextIO) -> None:
    """Redirect a stream to the null device, so that the interpreter exits without an error."""
    if not isinstance(stream, _Closed):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line and exit with its code, without a traceback for a user's mistake."""
    if sys.stdout is None:  # `>&-`
        sys.stdout = _Closed()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = _run()
    gc.freeze()  # the last collection would take a tenth of the run
    sys.exit(code)


def _run() -> int:
    try:
        return int(cli.main(standalone_mode=False) or CLEAN)
    except RecordError as error:
        return _end(Answer(findings=error.findings))
    except click.ClickException as error:
        _end(Answer(findings=getattr(error, "findings", ())))
        message = io.StringIO()
        error.show(message)
        _write(message.getvalue().rstrip(), sys.stderr)
        return UNUSABLE if isinstance(error, click.UsageError) else FINDINGS
    except (KeyboardInterrupt, click.Abort):
        return 130
    except SystemExit as ended:  # from click: after completion, or --help into a closed pipe
        return int(ended.code or CLEAN) if _COMPLETE in os.environ else CLEAN
    except OSError as error:
        from recognition_model.io.atomic import NotWritten

        # Without a file name it comes from click, which could not print the help.
        verb = "write" if isinstance(error, NotWritten) or not error.filename else "read"
        what = f" {escape_invisible(str(error.filename))}" if error.filename else ""
        _write(f"cannot {verb}{what}: {error.strerror or error}", sys.stderr)
        return UNUSABLE
