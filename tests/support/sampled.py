"""A sample of checked entries with so many checks of each result."""

from __future__ import annotations

from attrs import evolve

from recognition_model.analysis.checks import SampleChecks
from recognition_model.core.checks import Check, CheckedBy, CheckResult, Sample

SAMPLE = Sample(
    name="spring", seed=7, size=60, population=537, record="a made-up record", on="2026-05-01"
)
VISIT = Check(
    country="RUS",
    entry="visit 2024",
    digest="en1-" + "0" * 32,
    on="2026-05-02",
    by=CheckedBy.OTHER,
    result=CheckResult.AGREES,
    found="The day.",
)


def checks_with(**counts: int) -> SampleChecks:
    """A sample of sixty with so many checks of each result."""
    found = [
        evolve(VISIT, result=result)
        for result in CheckResult
        for _ in range(counts.get(result.value.replace("-", "_"), 0))
    ]
    return SampleChecks(sample=SAMPLE, checks=tuple(found))
