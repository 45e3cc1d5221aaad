"""The answer of `coverage --checked`: what was checked against the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from recognition_model.cli.answer import Answer, in_format
from recognition_model.cli.page import Block, Content, Heading, Paragraph, Styled, Table
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.organisations import kind_of

if TYPE_CHECKING:
    from recognition_model.analysis.checks import CheckCoverage, CountryChecks

_COLUMNS = (
    *("country", "name", "kind", "changes", "changes_by_other", "changes_by_coder"),
    *(
        "changes_not_found",
        "changes_wrong",
        "signals",
        "signals_by_other",
        "entries",
        "entries_by_other",
    ),
    "lapsed",
)
_HEADS = ("Country", "Changes", "by others", "by coder", "Signals", "by others", "Lapsed")


def checks_answer(checks: CheckCoverage, fmt: str, findings: Sequence[Finding]) -> Answer:
    """Answer in a format how many entries were checked, by whom, and what samples say."""
    return in_format(
        fmt,
        data=checks.to_dict,
        columns=_COLUMNS,
        rows=lambda: map(_as_row, checks.countries),
        page=lambda: checks_page(checks),
        findings=findings,
    )


def checks_page(checks: CheckCoverage) -> Sequence[Block]:
    """Write a sentence on all countries, a line for each, and each sample with its error rate."""
    from recognition_model.report.checks import checks_in_words, sample_in_words

    blocks: list[Block] = [
        Paragraph(checks_in_words(checks)),
        Heading("Countries"),
        Table(_HEADS, tuple(tuple(_cells(one)) for one in checks.countries)),
    ]
    for sample in checks.samples:
        blocks += [Heading(f"Sample {sample.sample.name}"), Paragraph(sample_in_words(sample))]
        blocks += [
            Paragraph(f"{name_of(c.country)}, {c.entry}: {c.found}", indent=2, hang=2)
            for c in sample.errors
        ]
    return blocks


def _cells(one: CountryChecks) -> Iterator[Content]:
    yield Styled(name_of(one.country), "strong")
    yield str(one.changes.total)
    yield str(one.changes.by_other or "")
    yield str(one.changes.by_coder or "")
    yield str(one.signals.total)
    yield str(one.signals.by_other or "")
    yield Styled(str(len(one.lapsed) or ""), "doubt")


def _as_row(one: CountryChecks) -> dict[str, Any]:
    return {
        "country": one.country,
        "name": name_of(one.country),
        "kind": kind_of(one.country),
        "changes": one.changes.total,
        "changes_by_other": one.changes.by_other,
        "changes_by_coder": one.changes.by_coder,
        "changes_not_found": one.changes.not_found,
        "changes_wrong": one.changes.wrong,
        "signals": one.signals.total,
        "signals_by_other": one.signals.by_other,
        "entries": one.entries.total,
        "entries_by_other": one.entries.by_other,
        "lapsed": len(one.lapsed),
    }
