"""A question about universes on the command line, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recognition_model.cli.options import Country
from recognition_model.cli.selection import Selection
from recognition_model.core.folder import Folder
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.kinds import KINDS

if TYPE_CHECKING:
    from recognition_model.analysis.robustness.outcome import Robustness


class Subject(Country):
    """A country; for a picture that asks a question, a word of it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if ctx is not None and _asks(ctx):
            return str(value)
        return super().convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        if not _asks(ctx) or ctx.params.get("countries"):
            return super().shell_complete(ctx, param, incomplete)
        from click.shell_completion import CompletionItem

        from recognition_model.analysis.robustness.question_words import USAGE

        return [CompletionItem(word) for word in USAGE if word.startswith(incomplete)]


def _asks(ctx: click.Context) -> bool:
    kind = KINDS.get(str(ctx.params.get("kind")))
    return kind is not None and kind.asks


@contextmanager
def asking() -> Iterator[None]:
    """Turn what is wrong with a question, or with the dates of a record, into errors of click."""
    from recognition_model.analysis.readings import NoConsistentReading
    from recognition_model.analysis.robustness.questions import QuestionError

    try:
        yield
    except QuestionError as error:
        raise click.UsageError(f"{error}: {error.hint}" if error.hint else str(error)) from None
    except NoConsistentReading as error:
        raise click.ClickException(str(error)) from None


def answered(
    words: Sequence[str], choices: Path | None, record: Selection, known_by: date | None
) -> tuple[Folder, list[Replay], Robustness]:
    """Ask a question in every universe: the folder, the replays asked about, and the answer."""
    from recognition_model.analysis.robustness.question_words import question_of
    from recognition_model.analysis.robustness.survey import robustness
    from recognition_model.io.choices_files import load_choices
    from recognition_model.plots import FIRST

    with asking():
        question = question_of(" ".join(words) or FIRST)
        countries = () if question.wants_all else question.countries
        folder, replays = record.replayed(countries, known_by)
        chosen = load_choices(choices, folder) if choices is not None else None
        known = folder.known_by(known_by) if known_by else folder
        return folder, replays, robustness(known, question, chosen=chosen, blocks=True)
