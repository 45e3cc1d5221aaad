"""`recognition-model verify`: look up every located passage in texts you hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import as_format, examples
from recognition_model.cli.progress import watched
from recognition_model.cli.render import aligned
from recognition_model.cli.selection import Selection, reads_record
from recognition_model.core.locators import Found

if TYPE_CHECKING:
    from recognition_model.analysis.verify import Verification
    from recognition_model.core.passages import Passages


@click.command(
    "verify",
    epilog=examples(
        "recognition-model verify --texts texts --scenarios my-record",
        "recognition-model verify --texts texts --scenarios my-record --format json",
    ),
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    required=True,
    help="Look in this folder for copies of the sources' texts.",
)
@reads_record
@as_format
def command(texts: Path, record: Selection, fmt: str) -> Answer:
    """Look up every cited passage in the copies of texts that you hold.

    A match proves that the copy contains the passage. It does not prove that the passage supports
    the claim.
    """
    from recognition_model.analysis.verify import verify

    folder = record.load()
    result = verify(folder, texts, workers=os.cpu_count() or 1, watch=_watched)
    findings = [*folder.findings, *result.findings]
    if fmt == "json":
        return Answer(
            data={"format": "recognition-verify/1", **result.to_dict()}, findings=findings
        )
    return Answer(text=verification_in_words(result), findings=findings)


def _watched(found: Iterable[Passages], total: int) -> Iterator[Passages]:
    return watched(found, "Searching a text", total)


def verification_in_words(result: Verification) -> str:
    """Write how many passages were found, for each source and in total."""
    rows = []
    for source in dict.fromkeys(item.source.id for item in result.items):
        items = [item for item in result.items if item.source.id == source]
        counts = [
            f"{count} {found.value}"
            for found in Found
            if (count := sum(item.found is found for item in items))
        ]
        rows.append((f"{source}:", ", ".join(counts)))
    return "\n".join(filter(None, [aligned(rows), str(result)]))
