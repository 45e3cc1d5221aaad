"""Names for the entries of a record and its sources that last, for links into a page.

An entry is named by country, date and what it says: `RUS/2025-07-03/recognise`. A new entry
elsewhere in the file does not change that name. A source is named by its id: `src-rg-2025-07-03`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from recognition_model.core.scenario import ActStep, RefuseStep, Scenario, SignalStep, Step

START = 0
"""The number of the start among the entries of a file, which count from 1."""


def entry_anchors(scenario: Scenario, numbers: tuple[int, ...] = ()) -> Mapping[int, str]:
    """Return the name of each entry by its number in the file; the start has the number 0.

    `numbers` are the numbers of the entries where the scenario holds only some of a file's.
    The second entry of a day that says the same ends in `-2`.
    """
    country = scenario.country
    names = {START: f"{country}/{scenario.start.date}/start"}
    times: Counter[str] = Counter()
    for number, step in zip(
        numbers or range(1, len(scenario.timeline) + 1), scenario.timeline, strict=True
    ):
        name = f"{country}/{step.date}/{_says(step)}"
        times[name] += 1
        names[number] = name if times[name] == 1 else f"{name}-{times[name]}"
    return names


def source_anchor(source_id: str) -> str:
    """Return the name of a source: `src-` and its id."""
    return f"src-{source_id}"


def _says(step: Step) -> str:
    if isinstance(step, ActStep):
        return str(step.act.value)
    if isinstance(step, SignalStep):
        return str(step.signal)
    if isinstance(step, RefuseStep):
        return f"refuse-{step.refuse.value}"
    return step.kind
