"""What a verification found, as text."""

from __future__ import annotations

from recognition_model.locators import Found
from recognition_model.report.text import aligned
from recognition_model.verifying import Verification


def verification_in_words(result: Verification) -> str:
    """How many passages matched, source by source, and in all."""
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
