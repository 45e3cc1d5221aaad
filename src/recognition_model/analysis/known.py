"""Since when the public could know of a change."""

from __future__ import annotations

from datetime import date

from recognition_model.core.changes import Change
from recognition_model.core.dates import closed
from recognition_model.core.evidence import attestation_of, known
from recognition_model.engine.outcomes import Replay


def known_from(replay: Replay, change: Change) -> date | None:
    """Return the first day on which public evidence sufficed for the rule that took a change.

    An item of evidence counts from the day on which its source was surely public, and no item
    counts before the change can have happened. None if no day is sure: the dates of the sources
    are open. Only the evidence of this change counts: an earlier change, on which this one builds,
    may have become known later.
    """
    needed = replay.rules[change.rule].needs
    first = closed(change.date.earliest)
    public = {day for item in change.evidence if (day := closed(item.source.public.latest))}
    for day in sorted({day if first is None else max(day, first) for day in public}):
        if attestation_of(known(change.evidence, day)) >= needed:
            return day
    return None
