"""`recognition-model compare`: countries side by side, and their changes on one time line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import click

from recognition_model.analysis.comparison import Arrival, Compared, Comparison, Move, compare
from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.options import Country, examples, known_by, on_day, table_format
from recognition_model.cli.page import Block, Content, Heading, Paragraph, Styled, Table, text_of
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.cli.streams import width
from recognition_model.core.countries import name_of
from recognition_model.core.organisations import STAGES_OF_ORGANISATIONS
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize
from recognition_model.report.entries import state_in_words
from recognition_model.report.sentences import SPEAKERS, bans_in_words

ABSENT = "not documented"
NOT_OF_ORGANISATIONS = "for countries only"
HEADS = 14  # columns of the screen for the names of the rows
ROOMY, NARROWEST = 20, 11  # columns of the screen for a country, to hold sentences or words
COLUMNS = ("country", "what", "date", "words")


@click.command(
    "compare",
    epilog=examples(
        "recognition-model compare Russia China",
        "recognition-model compare RUS CHN ARE --on 2024-05-28",
    ),
)
@click.argument("countries", nargs=-1, required=True, type=Country())
@on_day
@known_by
@reads_record
@rules_option
@table_format
def command(
    countries: tuple[str, ...],
    on: date | None,
    known_by: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Put countries side by side: stages reached, ban, doctrine, basis, and what each needs next.

    A time line of their changes follows. Without --on, each country stands as on the last day of
    its own data. More countries than fit the width follow one another. The CSV has a line for each
    cell.
    """
    codes = list(dict.fromkeys(countries))
    if len(codes) < 2:
        raise click.UsageError("compare needs two countries or more")
    folder, replays = record.replayed(codes, known_by)
    told = compare(replays, on)
    room = (width() - HEADS) // len(codes) - 2 if fmt != "md" else ROOMY
    return in_format(
        fmt,
        data=told.to_dict,
        columns=COLUMNS,
        rows=lambda: rows_of(told),
        page=lambda: [*page_of(told, room)],
        findings=findings_of(folder, replays),
    )


def rows_of(told: Comparison) -> Iterator[dict[str, Any]]:
    """Give a flat row for each cell: the times that stages were reached, then the other rows."""
    for one in told.countries:
        for stage, arrivals in one.reached:
            for arrival in arrivals:
                cell = {"what": stage, "date": arrival.spell.begins, "words": _arrival(arrival)}
                yield {"country": one.country, **cell}
        for name, cell_of in (*_SHORT.items(), *_LONG.items()):
            yield {
                "country": one.country,
                "what": name.replace(" ", "_"),
                "date": one.position.day,
                "words": text_of(cell_of(one)),
            }


def page_of(told: Comparison, room: int) -> Iterator[Block]:
    """Write the comparison as tables, or one country after another if there is little room."""
    day = f"on {told.on}" if told.on else "each on the last day of its own data"
    known = f", as known by {told.known_by}" if told.known_by else ""
    names = [name_of(one.country) for one in told.countries]
    yield Heading(f"{', '.join(names[:-1])} and {names[-1]}, {day}{known}", level=1)
    if room >= NARROWEST:
        yield from _side_by_side(told, names, long=room >= ROOMY)
    else:
        yield from _one_by_one(told)
    yield Heading("Changes on one time line")
    if not told.timeline:
        yield Paragraph(ABSENT)
    elif room >= NARROWEST:
        yield Table(
            ("Date", *names), tuple(_across(move, told.countries) for move in told.timeline)
        )
    else:
        lines = ((_dated(m), name_of(m.country), _change(m)) for m in told.timeline)
        yield Table(("Date", "Country", "Change"), tuple(lines))


def _side_by_side(told: Comparison, names: Sequence[str], *, long: bool) -> Iterator[Block]:
    """Write a column for each country; sentences have rows only if the columns are roomy."""
    shown = {**_SHORT, **_LONG} if long else _SHORT
    rows: list[tuple[Content, ...]] = [
        (_head(stage), *(_reached(one, stage) for one in told.countries)) for stage in Stage
    ]
    rows += [(name, *(cell(one) for one in told.countries)) for name, cell in shown.items()]
    yield Table(("", *names), tuple(rows))
    if not long:
        for name, cell in _LONG.items():
            yield Heading(name.capitalize())
            for one in told.countries:
                yield Paragraph(cell(one), 0, 2, label=f"{name_of(one.country)}:")


def _one_by_one(told: Comparison) -> Iterator[Block]:
    for one in told.countries:
        yield Heading(name_of(one.country))
        for stage in Stage:
            yield Paragraph(_reached(one, stage), 2, 22, label=f"{_head(stage)}:")
        for name, cell in {**_SHORT, **_LONG}.items():
            yield Paragraph(cell(one), 2, 22, label=f"{name}:")


def _head(stage: Stage) -> str:
    """Name the row of a stage."""
    return "no dealings (hostile)" if stage is Stage.HOSTILE else humanize(stage)


def _reached(one: Compared, stage: Stage) -> Content:
    """Say when a country reached a stage, each time."""
    arrivals = dict(one.reached)[stage]
    if one.replay.scenario.of_organisation and stage not in STAGES_OF_ORGANISATIONS:
        return Styled(NOT_OF_ORGANISATIONS, "muted")
    if not arrivals:
        return Styled(ABSENT, "muted")
    return "; again ".join(map(_arrival, arrivals))


def _arrival(arrival: Arrival) -> str:
    """Say when a spell began, and at an absence of dealings whether it is assumed or what ended."""
    spell = arrival.spell
    words = spell.begins.in_words
    if spell.stage is Stage.HOSTILE:
        words = f"{words}: {spell.in_words}"
    elif spell.assumed:
        words = f"{words} (assumed)"
    return words if arrival.surely else f"perhaps {words}"


def _stage(one: Compared) -> str:
    return humanize(one.position.in_words())


def _ban(one: Compared) -> str:
    return bans_in_words(one.position) or ABSENT


def _basis(one: Compared) -> str:
    position = one.position
    heard = f", last heard {position.last_entry.date.in_words}" if position.last_entry else ""
    return f"{position.basis}{heard}" if position.basis else ABSENT


def _voice(one: Compared) -> str:
    best = one.best
    return f"{SPEAKERS[best.voice]} ({best.grade})" if best else ABSENT


def _data_end(one: Compared) -> str:
    return str(one.position.documented_until)


def _doctrine(one: Compared) -> str:
    doctrine = one.replay.scenario.doctrine
    return doctrine.says if doctrine else ABSENT


def _next(one: Compared) -> str:
    """Say what each act that leads upward needs, for each state that is possible."""
    states = []
    for state, acts in one.upward:
        given = f"if {humanize(state)}: " if len(one.upward) > 1 else ""
        told = [
            f"{humanize(act.act)}{f' is open ({act.rule.code})' if act.rule else ''}:"
            f" {humanize(act.suffices)}"
            for act in acts
        ]
        states.append(given + ("; ".join(told) or "no stage is higher"))
    return ". ".join(states) or ABSENT


_SHORT: dict[str, Callable[[Compared], Content]] = {
    "stage": lambda one: Styled(_stage(one), "strong"),
    "ban": _ban,
    "basis": _basis,
    "voice and grade": _voice,
    "data end": _data_end,
}
_LONG: dict[str, Callable[[Compared], Content]] = {"doctrine": _doctrine, "next": _next}


def _across(move: Move, countries: Iterable[Compared]) -> tuple[Content, ...]:
    """Write a change into the column of its country."""
    cells = (_change(move) if one.country == move.country else "" for one in countries)
    return (_dated(move), *cells)


def _dated(move: Move) -> str:
    when = move.change.date.in_words
    return when if move.surely else f"perhaps {when}"


def _change(move: Move) -> str:
    change = move.change
    after = state_in_words(change.after, entered_by=change.act)
    return f"{humanize(change.act)} ({change.rule}): {after}"
