"""Types of arguments (days and countries) and the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from recognition_model.core.countries import CODES, ORGANISATIONS, UnknownCountry, code_of, name_of
from recognition_model.core.dates import DATE_READINGS, DateError, day_of, exact_day
from recognition_model.core.stages import Stage
from recognition_model.core.wording import did_you_mean, near_words

Command = TypeVar("Command", bound=Callable[..., Any] | click.Command)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """A day; of a month or a year the `first` or the `last` day, or an error without `end`."""

    name = "date"

    def __init__(self, end: Literal["first", "last"] | None = None) -> None:
        self.end = end

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            if isinstance(value, date):
                return value
            return day_of(value, self.end) if self.end else exact_day(value)
        except DateError as error:
            self.fail(f"{error} ({error.hint})", param, ctx)


class Days(click.ParamType):  # type: ignore[type-arg]  # as above
    """Some days with commas between them, in order, each later than the one before."""

    name = "days"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, ...]:
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in str(value).split(",")]
        days = tuple(Day("last").convert(part, param, ctx) for part in parts)
        if not self.least <= len(days) <= self.most:
            self.fail(f"{self.least} to {self.most} days are possible, not {len(days)}", param, ctx)
        if any(one >= other for one, other in pairwise(days)):
            self.fail("each day must be later than the one before", param, ctx)
        return days


class Country(click.ParamType):  # type: ignore[type-arg]  # as above
    """A country or organisation by its code or English name, as its alpha-3 code.

    A shell completes those that the command would read, or `every` one.
    """

    name = "country"

    def __init__(self, *, every: bool = False) -> None:
        self.every = every

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in ("and", "or", "vs"):  # a word between two countries
            self.fail(f"leave out `{value}`", param, ctx)
        try:
            return code_of(value)
        except UnknownCountry as unknown:
            self.fail(f"{unknown}: {unknown.hint}", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        from recognition_model.cli.selection import selection_in

        every = (*CODES, *ORGANISATIONS) if self.every else selection_in(ctx).countries()
        codes = sorted(every)
        wanted = incomplete.upper()
        return [
            CompletionItem(code, help=name_of(code))
            for code in codes
            if code.startswith(wanted) or name_of(code).upper().startswith(wanted)
        ]


def one_country(*, name: str = "country", required: bool = True) -> Callable[[Command], Command]:
    """Make the argument for a country; more than one is an error that shows how to ask."""

    def only(ctx: click.Context, _param: click.Parameter, codes: tuple[str, ...]) -> str | None:
        if len(codes) > 1:
            command = f"{ctx.info_name} {name_of(codes[0])}"
            raise click.UsageError(f"one country at a time: `{command}`", ctx)
        return codes[0] if codes else None

    shown = "COUNTRY" if required else "[COUNTRY]"
    return click.argument(
        name, nargs=-1, type=Country(), required=required, metavar=shown, callback=only
    )


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
table_format = click.option(
    "--format",
    "fmt",
    type=click.Choice(["text", "json", "csv", "md"]),
    default="text",
    help="Print text, JSON, CSV or Markdown.",
)


def first_day(name: str, text: str) -> Callable[[Command], Command]:
    """Make an option for a day; a year or a month means its first day."""
    return click.option(name, type=Day("first"), help=text)


def last_day(name: str, text: str) -> Callable[[Command], Command]:
    """Make an option for a day; a year or a month means its last day."""
    return click.option(name, type=Day("last"), help=text)


def one_day(name: str, text: str) -> Callable[[Command], Command]:
    """Make an option for the day on which somebody did something: one full day."""
    return click.option(name, type=Day(), help=text)


known_by = last_day("--known-by", "Count only evidence that was public by this day.")
on_day = last_day("--on", "Ask about this day. Default: the last documented day of each country.")
read_at = click.option(
    "--dates",
    type=click.Choice(DATE_READINGS),
    default="all",
    help="Read uncertain dates at their earliest or latest day, or in all ways.",
)


class StageWord(click.ParamType):  # type: ignore[type-arg]  # as above
    """A stage by its word; a space, `-` and `_` are the same."""

    name = "stage"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Stage:
        if isinstance(value, Stage):
            return value
        words = [stage.value for stage in Stage]
        word = str(value).lower().replace(" ", "_").replace("-", "_")
        if word not in words:
            near = did_you_mean(near_words(word, words)) or f"one of {', '.join(words)}"
            self.fail(f"unknown stage {value!r}: {near}", param, ctx)
        return Stage[word.upper()]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        fits = [stage for stage in Stage if stage.value.startswith(incomplete.lower())]
        return [CompletionItem(stage.value, help=stage.meaning) for stage in fits]


class SuggestedText(click.ParamType):  # type: ignore[type-arg]  # as above
    """A text; a shell completes the `words` that fit the options given so far."""

    name = "word"

    def __init__(self, words: Callable[[click.Context], Iterable[str]]) -> None:
        self.words = words

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        fits = sorted(word for word in self.words(ctx) if word.startswith(incomplete))
        return [CompletionItem(word) for word in fits]


def stage_option(text: str) -> Callable[[Command], Command]:
    """Make the option `--stage`."""
    return click.option("--stage", type=StageWord(), help=text)


def to_file(text: str) -> Callable[[Command], Command]:
    """Make the option for the file to write, with its help text."""
    return click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=text)
