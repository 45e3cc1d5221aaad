"""`recognition-model robustness`: whether an answer survives every reasonable choice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.options import examples, known_by, table_format
from recognition_model.cli.page import Block, Paragraph, Styled, Table
from recognition_model.cli.precedence import in_percent
from recognition_model.cli.progress import waiting
from recognition_model.cli.selection import Selection, reads_record
from recognition_model.core.evidence import Voice
from recognition_model.core.wording import did_you_mean, join_limited, near_words, plural
from recognition_model.engine.rules import RULES

if TYPE_CHECKING:
    from recognition_model.analysis.robustness.outcome import Option, Robustness, Turning
    from recognition_model.engine.rules import RuleTable
    from recognition_model.engine.universes import Grade

KEPT = ("rules", "voice", "grade", "refused", "without", "fuzz", "lag")
_MOST_ANSWERS = 6
_MOST_SOURCES = 5
_MOST_TURNINGS = 6


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
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option(
    "--rules",
    "tables",
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
    help="Up to how many days the day that counts may lie from another one that `dated-by` gives."
    " Default: 0,30.",
)
@click.option(
    "--keep",
    type=click.Choice(KEPT),
    multiple=True,
    help="Leave this choice as shipped. May be repeated.",
)
@click.option(
    "--draws",
    type=click.IntRange(1, 100_000),
    default=1_000,
    help="Draw this many readings of the dates, where they are too many to count. Default: 1000.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, help="Start the random draws from this seed."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    default=1,
    metavar="N",
    help="Answer in N processes at once. The answer is the same.",
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
    draws: int,
    seed: int,
    workers: int,
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
    present period of Taliban rule is meant; without a stage, ambassador_accepted.
    """
    from recognition_model.analysis.readings import NoConsistentReading
    from recognition_model.analysis.robustness.questions import QuestionError, question_of
    from recognition_model.analysis.robustness.survey import robustness

    try:
        question = question_of(" ".join(words))
        countries = () if question.wants_all else question.countries
        folder, replays = record.replayed(countries, known_by)
        findings = findings_of(folder, replays)
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
                draws=draws,
                seed=seed,
                workers=workers,
            )
    except QuestionError as error:
        raise click.UsageError(f"{error}: {error.hint}" if error.hint else str(error)) from None
    except NoConsistentReading as error:
        raise click.ClickException(str(error)) from None
    return in_format(
        fmt,
        data=found.to_dict,
        columns=_COLUMNS,
        rows=lambda: (option.to_dict() for option in found.options),
        page=lambda: robustness_page(found),
        findings=findings,
    )


def _tables(names: tuple[str, ...]) -> list[RuleTable] | None:
    """The shipped table and those that are named, each once; None if none is named."""
    from recognition_model.io.rules_files import load_rules

    return list(dict.fromkeys([RULES, *map(load_rules, names)])) if names else None


_COLUMNS = ("choice", "option", "universes", "holds", "share", "answer", "turns", "fewest")
_ASSUMED = (
    "Every combination of choices counts the same. That is an assumption, not knowledge: a share"
    " says how much room the choices leave, not how likely something was."
)


def robustness_page(found: Robustness) -> list[Block]:
    """Write the answer, where it holds, what turns it, and how much each choice matters."""
    page: list[Block] = [
        Paragraph(Styled(f"{found.in_words}.", "strong")),
        Paragraph(f"{_where_it_holds(found)}; {_carried(found)}."),
    ]
    page += _limits(found)
    if found.share_as_shipped < 1:
        share = in_percent(found.share_as_shipped)
        page.append(
            Paragraph(f"With the shipped choices it holds in {share} of the readings of the dates.")
        )
    page += _turnings(found)
    if len(found.answers) > 1:
        page.append(Table(("Answer", "Universes"), tuple(_answers(found))))
    if options := tuple(_options(found)):
        page.append(Table(("Choice", "Option", "Holds in", "Turned by"), options))
    return [*page, *_no_choice(found), Paragraph(_counted(found)), Paragraph(_ASSUMED)]


def _where_it_holds(found: Robustness) -> str:
    universes = plural(found.universes, "universe", "universes")
    if found.universes > 1:
        universes = f"{found.universes:,} universes"
    return f"It holds in {in_percent(found.share)} of {universes}"


def _limits(found: Robustness) -> Iterator[Block]:
    """Say what the answer of a day rests on, and whose data end before it."""
    if found.basis is not None:
        yield Paragraph(f"Basis of the day: {found.basis}. {found.basis.meaning}")
    if found.ended and found.basis is None:
        ended = plural(len(found.ended), "country", "countries")
        codes = join_limited(found.ended, _MOST_SOURCES)
        yield Paragraph(f"The data of {ended} end before this day: {codes}.")


def _carried(found: Robustness) -> str:
    from recognition_model.analysis.robustness.choices import Choice

    if len(found.of(Choice.WITHOUT)) < 2:
        return "no source was left out"
    carried = found.carried_by
    if not carried:
        return "no single source carries it"
    if len(carried) == 1:
        return f"a single source carries it: {carried[0]}"
    names = join_limited(carried, _MOST_SOURCES)
    return f"each of {len(carried)} sources carries it alone: {names}"


def _turnings(found: Robustness) -> Iterator[Block]:
    """Say which smallest change turns the answer."""
    if not found.turned_by:
        if found.drawn:
            yield Paragraph("No combination that was drawn turns the answer.")
        else:
            yield Paragraph("No combination of choices turns the answer.")
        return
    size = len(found.turned_by[0].changes)
    one = "another choice alone turns" if size == 1 else f"{size} other choices together turn"
    shown = found.turned_by[:_MOST_TURNINGS]
    yield Paragraph(f"The smallest change: {one} the answer.")
    for turning in shown:
        yield Paragraph(_turning(turning), indent=2, hang=2)
    if found.turnings > len(shown):
        yield Paragraph(f"and {found.turnings - len(shown):,} more", indent=2)


def _turning(turning: Turning) -> str:
    changes = " and ".join(f"{choice} {label}" for choice, label in turning.changes)
    return f"{changes}: {turning.answer}"


def _answers(found: Robustness) -> Iterator[tuple[str, str]]:
    for answer, share in found.answers[:_MOST_ANSWERS]:
        yield answer, in_percent(share)
    if len(found.answers) > _MOST_ANSWERS:
        others = found.answers[_MOST_ANSWERS:]
        share = sum((share for _, share in others), Fraction(0))
        yield plural(len(others), "other answer", "other answers"), in_percent(share)


def _options(found: Robustness) -> Iterator[tuple[str, str, str, str]]:
    """A row for each option; of sources only those that turn the answer or make it rarest."""
    from recognition_model.analysis.robustness.choices import MEANINGS, Choice

    for choice in sorted(Choice, key=lambda one: (-found.spread(one), [*Choice].index(one))):
        options = found.of(choice)
        if len(options) == 1:
            continue
        shown = _chosen(options) if choice is Choice.WITHOUT else options
        for place, option in enumerate(shown):
            name = f"{choice}: {MEANINGS[choice]}" if not place else ""
            yield name, option.label, in_percent(option.share), _turned_by(option)
        if others := [option for option in options if option not in shown]:
            shares = sorted(option.share for option in others)
            ends = dict.fromkeys(map(in_percent, (shares[0], shares[-1])))
            yield "", plural(len(others), "other", "others"), " to ".join(ends), ""


def _turned_by(option: Option) -> str:
    """Say what it takes to turn the answer with this option."""
    if option.turns:
        return f"this alone: {option.answer}"
    if option.fewest is None:
        return "nothing"
    return plural(option.fewest, "change", "changes")


def _no_choice(found: Robustness) -> Iterator[Block]:
    """Name the choices that have no second option."""
    from recognition_model.analysis.robustness.choices import MEANINGS, Choice

    single = [MEANINGS[choice] for choice in Choice if len(found.of(choice)) == 1]
    if single:
        yield Paragraph(f"Nothing to choose: {', '.join(single)}.")


def _chosen(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Nothing left out, and the sources that turn the answer or without which it is rarest."""
    first, *sources = options
    low = sorted(sources, key=lambda option: (not option.turns, option.share, option.label))
    shown = [option for option in low if option.turns or option.share < first.share]
    return (first, *shown[:_MOST_SOURCES])


def _counted(found: Robustness) -> str:
    """Say what was counted and what was drawn."""
    combinations = plural(found.combinations, "combination", "combinations")
    if found.combinations > 1:
        combinations = f"{found.combinations:,} combinations"
    if found.drawn:
        text = f"{combinations} of choices, drawn from {found.possible:,} with seed {found.seed}"
    else:
        text = f"{combinations} of choices"
    if found.readings > 1:
        return (
            f"A universe is one of {text}, with one of {found.readings:,} readings of the dates,"
            f" drawn with seed {found.seed}."
        )
    if not found.readings:
        return f"A universe is one of {text}; every reading of its dates was counted."
    return f"A universe is one of {text}; no uncertain date bears on the answer."
