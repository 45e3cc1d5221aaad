"""Tables of imputed records: the rows of every draw, one draw after the other.

A column `draw` in front numbers the draws. Each draw is a whole record in which every uncertain
date of the start and of a change is one day; `analysis.imputed` draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from attrs import evolve

from recognition_model.exports.given import Given
from recognition_model.exports.table_rows import Run, Runs
from recognition_model.exports.table_schema import Field, Kind, Table

DRAW = Field(
    name="draw",
    description="Number of the imputed record, from 1. In each, every uncertain date of a start or"
    " a change is one day, drawn from its possible days; rows of the same number belong together.",
    kind=Kind.COUNT,
    required=True,
    minimum=1,
    unit="number in order",
    example="1",
)
Names = tuple[str, ...]


def drawn_table(build: Callable[[Given], Table], drawn: Collection[str], given: Given) -> Table:
    """Build the table of every draw that is asked for. `drawn` names the tables made like this.

    Its rows are made when they are read: no more than one record is in memory at a time. Raises
    what `imputations` raises.
    """
    from recognition_model.analysis.imputed import imputations  # loads NumPy

    def tables() -> Iterator[Table]:
        for record in imputations(given.replays, given.draws or 1, given.seed):
            yield build(evolve(given, replays=record, draws=None))

    def runs() -> Iterator[Run]:
        for number, made in enumerate(tables(), start=1):
            for run in made.runs.make():
                yield Run((number, *run.first), run.length)

    next(tables())  # what cannot be drawn is an error now, not when the rows are read
    empty = build(evolve(given, replays=(), draws=None))
    return evolve(
        empty,
        description=f"{empty.description} {given.draws} imputed records, drawn with the seed"
        f" {given.seed}.",
        fields=(DRAW, *empty.fields),
        key=("draw", *empty.key),
        links=dict(_link(*link, drawn) for link in empty.links.items()),
        rows=Runs(
            runs, lambda: sum(map(len, tables())), tuple(at + 1 for at in empty.runs.counting)
        ),
    )


def _link(
    mine: Names, other: tuple[str, Names], drawn: Collection[str]
) -> tuple[Names, tuple[str, Names]]:
    """Make a link to a table that is drawn too lead to the row of the same draw."""
    name, theirs = other
    return (("draw", *mine), (name, ("draw", *theirs))) if name in drawn else (mine, other)
