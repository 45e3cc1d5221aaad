"""Types of arguments (days and countries) and the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from recognition_model.core.countries import CODES, UnknownCountry, code_of, name_of
from recognition_model.core.dates import DATE_READINGS, DateError, exact_day
from recognition_model.io.loader import record_root

Command = TypeVar("Command", bound=Callable[..., Any] | click.Command)


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
    """A country by alpha-3 or alpha-2 code or English name, as its alpha-3 code.

    A shell completes the countries of the shipped record, or `every` country.
    """

    name = "country"

    def __init__(self, *, every: bool = False) -> None:
        self.every = every

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return code_of(value)
        except UnknownCountry as unknown:
            self.fail(f"{unknown}: {unknown.hint}", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        recorded = (path.stem for path in record_root("scenarios").glob("[A-Z]*.yaml"))
        codes = sorted(CODES if self.every else recorded)
        wanted = incomplete.upper()
        return [
            CompletionItem(code, help=name_of(code))
            for code in codes
            if code.startswith(wanted) or name_of(code).upper().startswith(wanted)
        ]


_EXAMPLES = "\b\nExamples:"


def help_with_words(first: str, words: Mapping[str, str], last: str) -> str:
    """Help that explains each word of an argument: `first`, the words, `last`."""
    explained = " ".join(f"{word}: {text}." for word, text in words.items())
    return f"{first}\n\n{explained}\n\n{last}"


def examples(*lines: str) -> str:
    """Make the end of a command's help: examples to copy, under a heading."""
    return "\n".join([_EXAMPLES, *(f"  {line}" for line in lines)])


def examples_of(command: click.Command) -> list[str]:
    """Return the examples at the end of a command's help, ready for a shell."""
    _, _, lines = (command.epilog or "").partition(_EXAMPLES)
    return [line.strip() for line in lines.splitlines() if line.strip()]


as_format = click.option(
    "--format",
    "fmt",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Print text or JSON.",
)
known_by = click.option(
    "--known-by", type=Day(), help="Count only evidence that was public by this day."
)
on_day = click.option(
    "--on", type=Day(), help="Ask about this day. Default: the last documented day."
)
read_at = click.option(
    "--dates",
    type=click.Choice(DATE_READINGS),
    default="all",
    help="Read uncertain dates at their earliest or latest day, or in all ways.",
)


def to_file(text: str) -> Callable[[Command], Command]:
    """Make the option for the file to write, with its help text."""
    return click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=text)


scenarios_option = click.option(
    "--scenarios",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Read this file or folder instead of the shipped record. May be repeated.",
)
