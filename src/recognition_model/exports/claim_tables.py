"""Tables of the claims about many countries: each with its verdict, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from recognition_model.analysis.claims import ClaimCheck, check
from recognition_model.core.dates import When
from recognition_model.exports.categories import CLAIM_KINDS, HOLDS, STAGES
from recognition_model.exports.evidence import item_cells, item_fields
from recognition_model.exports.given import Given
from recognition_model.exports.long_tables import day_cells
from recognition_model.exports.table_schema import (
    Cell,
    Row,
    Table,
    dated,
    numbered,
    text,
    words,
)

_CODES = "ISO 3166-1 alpha-3 codes, separated by spaces"
_NUMBER = numbered("number", "Number of the claim, in the order of its file.")


def claims(given: Given) -> Table:
    """Build the table of claims, a row for each, checked over the replays given."""
    fields = (
        _NUMBER,
        text("kind", "Kind of claim.", required=True, categories=CLAIM_KINDS),
        text("stage", "The stage reached: this one or a higher one.", categories=STAGES),
        text("country", "The country said to be first. ISO 3166-1 alpha-3.", pattern="[A-Z]{3}"),
        text("among", f"The countries that it compares; all if empty. {_CODES}."),
        text("group_named", "The group of countries, as the source names it; no member counts."),
        *dated("since", "From when on it looks"),
        *dated("date", "The day for which the source makes the claim", required=True),
        text(
            "holds",
            "Whether the replays bear it out. Empty if they cannot check it.",
            categories=HOLDS,
        ),
        text("checked_over", f"The countries over which it was checked. {_CODES}."),
        text(
            "documented",
            f"Those of `checked_over` whose data reach its day. {_CODES}.",
        ),
        text("against", f"The countries that contradict it, or may do so. {_CODES}."),
        text("sources", "Names of the sources in the register, separated by spaces."),
        text("note", "What is claimed, in the words of the record's authors."),
        text("contradiction", "How sources contradict each other or leave a doubt."),
    )
    return Table(
        name="claims",
        title="Claims",
        description="What a source says of many countries at once, and whether the replays agree.",
        fields=fields,
        key=("number",),
        rows=tuple(_row(number, one) for number, one in _checked(given)),
    )


def claim_evidence(given: Given) -> Table:
    """Build the table of the evidence of claims, a row for each item."""
    rows: list[Row] = [
        (number, at, *item_cells(item))
        for number, one in _checked(given)
        for at, item in enumerate(one.claim.evidence, start=1)
    ]
    return Table(
        name="claim_evidence",
        title="Evidence of claims",
        description="Evidence for each claim about many countries: who says so, and where.",
        fields=(_NUMBER, *item_fields("claim")),
        key=("number", "item"),
        links={("number",): ("claims", ("number",)), ("source",): ("sources", ("source",))},
        rows=tuple(rows),
    )


def _checked(given: Given) -> Iterator[tuple[int, ClaimCheck]]:
    """Yield the claims that could be known, checked, with their numbers."""
    known_by = max((day for replay in given.replays if (day := replay.known_by)), default=None)
    all_claims = [(one, claim) for one in given.collectives for claim in one.claims]
    for number, (collective, claim) in enumerate(all_claims, start=1):
        alone = evolve(collective, claims=(claim,))
        for checked in check(alone, given.replays, known_by=known_by):
            yield number, checked


def _row(number: int, checked: ClaimCheck) -> Row:
    claim, verdict = checked.claim, checked.verdict
    row: tuple[Cell, ...] = (number, claim.claim.value, str(claim.stage) if claim.stage else None)
    row += (claim.country, words(claim.among), claim.group)
    row += (*_days(claim.since), *_days(claim.date))
    row += (None if verdict is None else str(verdict.holds),)
    row += (words(checked.over), words(checked.documented), words(checked.against))
    row += (words(dict.fromkeys(item.source.id for item in claim.evidence)),)
    return (*row, claim.note or None, claim.contradiction or None)


def _days(when: When | None) -> tuple[Cell, Cell, Cell]:
    return day_cells(when) if when else (None, None, None)
