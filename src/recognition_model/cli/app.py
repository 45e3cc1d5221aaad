"""The group of commands: loads a command, prints its answer and sets the exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from recognition_model.cli import output, streams
from recognition_model.cli.answer import CLEAN, FINDINGS, UNUSABLE, Answer
from recognition_model.cli.render import (
    few_warnings,
    finding_in_words,
    first_findings,
    note_in_words,
)
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.wording import escape_invisible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMPLETE = ("_RECOGNITION_MODEL_COMPLETE", "_RECOG_COMPLETE")  # of each entry point


# Every command by its section of the help, with a summary of at most 45 characters. Its module has
# the same name, holds the click command as `command`, and is imported only when the command runs.
COMMANDS: dict[str, dict[str, str]] = {
    "Ask": {
        "status": "Show where countries stand on a day",
        "show": "Show one country's record to read",
        "why": "Show which entries made an answer",
        "compare": "Put countries side by side",
        "events": "List what happened, over all countries",
        "changes": "Show what happened, or what an edit means",
        "next": "Show which acts are open and what others need",
        "precedence": "Show which country was first",
        "sources": "Search the sources, and what cites them",
        "searches": "List what was searched, and what came of it",
        "corrections": "Show what later data releases correct",
        "cite": "Print how to cite record, entry or figure",
    },
    "Check": {
        "replay": "Check scenario files and show what happened",
        "verify": "Look up cited passages in texts you hold",
        "checked": "Write down checks against the sources",
        "coverage": "Show what the record covers and what it lacks",
        "prove": "Check the rule table itself",
        "robustness": "Show if an answer survives every choice",
        "agreement": "Compare two codings, event by event",
    },
    "Write": {
        "plot": "Draw a picture: SVG, PDF or PNG",
        "report": "Write a report: HTML or Markdown",
        "site": "Write a folder of pages to publish",
        "export": "Write data for other programs",
    },
    "Data": {
        "screen": "Look in coded event data for what is missing",
    },
    "Author": {
        "new": "Begin a scenario file for a country",
        "source": "Begin a source's entry from its address",
        "reviewed": "Note that files were searched again",
        "locate": "Make a locator from a passage",
        "schema": "Print the JSON Schema for an editor",
        "rules": "Print the rule table",
        "explain": "Explain a word, a rule or a finding code",
    },
}
SUMMARIES = {name: text for section in COMMANDS.values() for name, text in section.items()}


def load_command(name: str) -> click.Command:
    """Import a command's module, and return its click command with the options of all commands."""
    command: click.Command = import_module(f"recognition_model.cli.{name}").command
    if not any(option.name == "color" for option in command.params):
        command.params.append(_color_option())
    return command


def _color_option() -> click.Option:
    return click.Option(
        ["--color"],
        type=click.Choice(streams.COLOUR_CHOICES),
        expose_value=False,
        callback=_choose_colour,
        help="Use colours: auto (on a terminal, the default), always or never.",
    )


def _choose_colour(_: click.Context, __: click.Parameter, choice: Any) -> None:
    if choice is not None:
        streams.choose_colour(choice)


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


@click.group(cls=Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="recognition-model", message="%(prog)s %(version)s")
def cli() -> None:
    """Where does a country stand towards the Taliban government, since when, and who says so?

    `recog` is a short name for `recognition-model`.

    Exit codes: 0 clean or warnings only, 1 errors, 2 usage or unreadable input.
    """


@cli.result_callback()
@click.pass_context
def _finish(ctx: click.Context, answer: Answer) -> None:
    ctx.exit(_end(answer))


def _end(answer: Answer) -> int:
    """Print findings to standard error and the answer to standard output; return the exit code."""
    shown = list(answer.findings) if answer.every_finding else first_findings(answer.findings)
    notes = list(answer.notes)
    if not answer.every_warning:
        shown, hidden = few_warnings(shown)
        notes += hidden
    messages = "\n".join([*map(finding_in_words, shown), *map(note_in_words, notes)])
    text = answer.text
    if answer.data is not None:
        import json

        text = json.dumps(answer.data, indent=2)
    elif answer.page:
        text = output.page_as_text(answer.page)
    output.write(messages, sys.stderr)
    if answer.raw:
        return answer.code if output.write_bytes(answer.raw) else UNUSABLE
    return answer.code if output.write(text, sys.stdout, paged=answer.paged) else UNUSABLE


def main() -> None:
    """Run the command line and exit with its code, without a traceback for a user's mistake."""
    if sys.stdout is None:  # `>&-`
        sys.stdout = streams.Closed()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            # A pipe or a file gets UTF-8 and \n on every system; a terminal what it can show.
            piped = {} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}
            stream.reconfigure(errors="backslashreplace", **piped)
    streams.choose_colour("auto")
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
        lines = message.getvalue().rstrip().split("\n")  # click repeats an argument as it is
        output.write("\n".join(map(escape_invisible, lines)), sys.stderr)
        return UNUSABLE if isinstance(error, click.UsageError) else FINDINGS
    except (KeyboardInterrupt, click.Abort):
        return 130
    except SystemExit as ended:  # from click: after completion, or --help into a closed pipe
        completing = any(name in os.environ for name in _COMPLETE)
        return int(ended.code or CLEAN) if completing else CLEAN
    except OSError as error:
        from recognition_model.io.atomic import NotWritten

        # Without a file name it comes from click, which could not print the help.
        verb = "write" if isinstance(error, NotWritten) or not error.filename else "read"
        what = f" {escape_invisible(str(error.filename))}" if error.filename else ""
        output.write(f"cannot {verb}{what}: {error.strerror or error}", sys.stderr)
        return UNUSABLE


cli.params.append(_color_option())
