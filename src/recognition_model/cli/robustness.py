"""`recognition-model robustness`: whether an answer survives every reasonable choice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.options import examples, known_by, table_format
from recognition_model.cli.progress import waiting
from recognition_model.cli.questions import asking
from recognition_model.cli.selection import RulesName, Selection, reads_record
from recognition_model.core.evidence import Voice
from recognition_model.core.wording import did_you_mean, near_words
from recognition_model.engine.rules import RULES

if TYPE_CHECKING:
    from recognition_model.engine.rules import RuleTable
    from recognition_model.engine.universes import Grade

KEPT = ("rules", "voice", "grade", "refused", "without", "fuzz", "lag")


class Grades(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """Grades of evidence with commas between: B2,C3."""

    name = "grades"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Grade, ...]:
        from recognition_model.engine.universes import Grade

        if isinstance(value, tuple):
            return value
        try:
            return tuple(Grade.parse(part.strip()) for part in str(value).split(","))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Voices(click.ParamType):  # type: ignore[type-arg]  # as above
    """Voices with commas between: host,press."""

    name = "voices"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Voice, ...]:
        if isinstance(value, tuple):
            return value
        voices = {voice.value: voice for voice in Voice}
        words = [part.strip().lower() for part in str(value).split(",")]
        for word in words:
            if word not in voices:
                near = did_you_mean(near_words(word, voices)) or f"one of {', '.join(voices)}"
                self.fail(f"unknown voice {word!r}: {near}", param, ctx)
        return tuple(voices[word] for word in words)


class Numbers(click.ParamType):  # type: ignore[type-arg]  # as above
    """Whole numbers with commas between, none below `least` or above `most`."""

    name = "numbers"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in str(value).split(",")]
        for part in parts:
            if not (part.isascii() and part.isdigit() and len(part) <= len(str(self.most))):
                self.fail(f"{part!r} is not a whole number from {self.least} on", param, ctx)
            if not self.least <= int(part) <= self.most:
                self.fail(f"{part} is not between {self.least} and {self.most}", param, ctx)
        return tuple(map(int, parts))


@click.command(
    "robustness",
    epilog=examples(
        "recognition-model robustness first CHN ambassador_accepted since 2021-08-15",
        "recognition-model robustness stage RUS 2024-05-28",
        "recognition-model robustness order CHN ARE UZB RUS --keep without",
        "recognition-model robustness share engaged 2024-01-01 --format csv",
        "recognition-model robustness stage RUS 2024-05-28 --choices mine.yaml",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option(
    "--rules",
    "tables",
    type=RulesName(),
    multiple=True,
    metavar="NAME or FILE",
    help="Ask with this rule table beside the shipped one: strict, trusting, no-lapse, or a rules"
    " file of yours. May be repeated. Default: all that ship.",
)
@click.option(
    "--voice",
    "voices",
    type=Voices(),
    default="press,other_state,host",
    help="The weakest voices to believe: all voices at least as strong count, others do not."
    " Default: press,other_state,host.",
)
@click.option(
    "--grade",
    "grades",
    type=Grades(),
    default="F6,C3,B2",
    help="The weakest grades to believe, in both parts: B2 leaves C1 and A3 out."
    " Default: F6,C3,B2.",
)
@click.option(
    "--fuzz",
    type=Numbers(0, 100),
    default="1,2,3",
    help="The widths of ~, in units of the date's own precision. Default: 1,2,3.",
)
@click.option(
    "--lag",
    type=Numbers(0, 3650),
    default="0,30",
    help="Accept another day that `dated-by` gives, at most this many days from the day that"
    " counts. Default: 0,30.",
)
@click.option(
    "--keep",
    type=click.Choice(KEPT),
    multiple=True,
    help="Leave this choice as shipped. May be repeated.",
)
@click.option(
    "--choices",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Use the choices that this file lists, each with a reason, instead of the options above."
    " `schema choices` describes the file.",
)
@click.option(
    "--draws",
    type=click.IntRange(1, 100_000),
    default=1_000,
    help="Draw this many readings of the dates if there are too many to count. Default: 1000.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, help="Start the random draws from this seed."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    metavar="N",
    help="Use N processes at once for what the dates leave open. The answer is the same.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Use a running Dask cluster for what the dates leave open: tcp://scheduler:8786.",
)
@known_by
@reads_record
@table_format
def command(
    words: tuple[str, ...],
    tables: tuple[str, ...],
    voices: tuple[Voice, ...],
    grades: tuple[Grade, ...],
    fuzz: tuple[int, ...],
    lag: tuple[int, ...],
    keep: tuple[str, ...],
    file: Path | None,
    draws: int,
    seed: int,
    workers: int | None,
    dask: str | None,
    known_by: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Show whether an answer survives every reasonable choice.

    QUESTION is one of:

    \b
      first [COUNTRY] STAGE [since DAY]              who was first there?
      stage COUNTRY DAY                              which stage, on a day?
      order COUNTRY COUNTRY... [STAGE] [since DAY]   who before whom?
      share STAGE DAY                                how many there or higher?

    Each is asked in every universe: one combination of choices about rules, voices, grades,
    reports, sources and dates, with one reading of the uncertain dates. Without `since`, the
    question is about the present period of Taliban rule. Without a stage, it is about
    ambassador_accepted.
    """
    from recognition_model.analysis.robustness.question_words import question_of
    from recognition_model.analysis.robustness.survey import robustness
    from recognition_model.cli.robustness_page import robustness_page
    from recognition_model.io.choices_files import load_choices
    from recognition_model.io.cluster import ClusterError, NeedsDask

    if file is not None:
        _alone(click.get_current_context())
    if workers and dask:
        raise click.UsageError("--workers cannot be used with --dask: that cluster has its own")
    try:
        with asking():
            question = question_of(" ".join(words))
            countries = () if question.wants_all else question.countries
            folder, replays = record.replayed(countries, known_by)
            findings = findings_of(folder, replays)
            chosen = load_choices(file, folder) if file is not None else None
            with waiting("Going over the universes"):
                found = robustness(
                    folder.known_by(known_by) if known_by else folder,
                    question,
                    tables=(RULES,) if "rules" in keep else _tables(tables),
                    voices=() if "voice" in keep else voices,
                    grades=() if "grade" in keep else grades,
                    fuzz=() if "fuzz" in keep else fuzz,
                    lags=() if "lag" in keep else lag,
                    tried="refused" not in keep,
                    sources="without" not in keep,
                    chosen=chosen,
                    draws=draws,
                    seed=seed,
                    workers=workers or 1,
                    scheduler=dask,
                )
    except (ClusterError, NeedsDask) as error:
        raise click.UsageError(str(error)) from None
    return in_format(
        fmt,
        data=found.to_dict,
        columns=(*_COLUMNS, "reason") if chosen else _COLUMNS,
        rows=lambda: (option.to_dict() for option in found.options),
        page=lambda: robustness_page(found),
        findings=findings,
    )


def _alone(ctx: click.Context) -> None:
    """Refuse options that say what a choices file says. Raises `UsageError`."""
    for option, key in _IN_FILE.items():
        if ctx.get_parameter_source(option) is not ParameterSource.DEFAULT:
            flag = "--rules" if option == "tables" else f"--{option.removesuffix('s')}"
            hint = f"list it in the file, under `{key}:`" if key else _KEEP
            raise click.UsageError(f"{flag} cannot be used with --choices: {hint}")


def _tables(names: tuple[str, ...]) -> list[RuleTable] | None:
    """The shipped table and those that are named, each once; None if none is named."""
    from recognition_model.io.rules_files import load_rules

    return list(dict.fromkeys([RULES, *map(load_rules, names)])) if names else None


_IN_FILE = {
    "tables": "rules",
    "voices": "voice",
    "grades": "grade",
    "fuzz": "fuzz",
    "lag": "lag",
    "keep": "",
}
"""Options that say what a choices file says, with its key for that."""
_KEEP = "a choice that the file does not list stays as shipped"
_COLUMNS = ("choice", "option", "universes", "holds", "share", "answer", "turns", "fewest")
