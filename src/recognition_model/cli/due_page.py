"""The answer of `coverage --due`: which files should be searched again."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.analysis.reviews import LONGEST, SHORTEST, ReviewDue
from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.page import Block, Content, Paragraph, Styled, Table
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.wording import plural

COLUMNS = (
    *("country", "name", "kind", "reviewed", "documented_until", "days_since_review"),
    *("entries_per_year", "review_every", "due"),
)
_HEADS = (
    *("Country", "Reviewed", "Documented until", "Days since"),
    *("Entries a year", "Review every", "Due"),
)


def due_answer(found: Sequence[ReviewDue], fmt: str, findings: Sequence[Finding]) -> Answer:
    """Answer in a format, with the most urgent country first."""
    return in_format(
        fmt,
        data=lambda: {
            "format": "recognition-due/1",
            "on": found[0].on.isoformat() if found else None,
            "reviews": [one.to_dict() for one in found],
        },
        columns=COLUMNS,
        rows=lambda: (one.to_dict() for one in found),
        page=lambda: due_page(found),
        findings=findings,
    )


def due_page(found: Sequence[ReviewDue]) -> list[Block]:
    """Write a line for each of one or more files, and the rule below."""
    due = sum(one.due >= 1 for one in found)
    return [
        Table(_HEADS, tuple(map(_cells, found))),
        Paragraph(""),
        Paragraph(
            f"{plural(due, 'file is', 'files are')} due on {found[0].on}. Due is the days since the"
            " last review, or since the end of the data, divided by the days of “Review every”:"
            " 1 or more is due."
        ),
        Paragraph(
            "The interval is the mean time between entries that count in the last five years of"
            f" the file, within {SHORTEST} and {LONGEST} days; * marks one that the file gives"
            " itself."
        ),
    ]


def _cells(one: ReviewDue) -> tuple[Content, ...]:
    return (
        Styled(name_of(one.country), "strong"),
        str(one.reviewed or ""),
        str(one.documented_until),
        str(one.days_since),
        f"{one.entries_per_year:.1f}",
        f"{one.review_every}{'*' if one.own else ''}",
        Styled(f"{one.due:.2f}", "bad" if one.due >= 1 else ""),
    )
