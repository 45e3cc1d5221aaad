"""Universes per second against a loop that changes the record and replays it.

    python benchmarks/robustness.py [--runs 5]

For some questions about the shipped record: the whole survey on arrays, from reading the question
to the table of choices, and a loop over drawn universes, in each of which every scenario that the
question is about is really changed and replayed. Both sides take turns; the median of the ratios is
printed with its range. Memory is what the survey allocates at its peak.
"""

from __future__ import annotations

import argparse
import statistics
import time
import tracemalloc
from collections.abc import Iterator, Sequence

import numpy as np
from attrs import evolve

import recognition_model as rm
from recognition_model.analysis.robustness.survey import survey_of
from recognition_model.core.scenario import Scenario, Step
from recognition_model.engine.universes import Grade, deeds_of

QUESTIONS = (
    "first CHN ambassador_accepted since 2021-08-15",
    "order CHN ARE UZB RUS",
    "stage RUS 2024-05-28",
    "share engaged 2024-01-01",
    "order FRA NLD GBR IND USA RUS CAN JPN IRN CHN UZB NOR KOR DEU QAT engaged since 2001-12-08",
)
REPLAYED = 20  # universes of the loop
Universe = tuple[rm.RuleTable, rm.Voice, Grade, str | None]


def tables() -> tuple[rm.RuleTable, ...]:
    """The shipped table, and one in which the word of the Taliban is enough."""
    claimed = rm.Attestation.CLAIMED
    rules = (evolve(rule, needs=min(rule.needs, claimed)) for rule in rm.RULES)
    return rm.RULES, rm.RuleTable(rules)


def changed(scenario: Scenario, voice: rm.Voice, grade: Grade, without: str | None) -> Scenario:
    """The scenario with the evidence that a universe believes."""
    deeds = {id(deed) for deed in deeds_of(scenario)}

    def steps() -> Iterator[Step]:
        for step in scenario.timeline:
            if id(step) not in deeds:
                yield step
                continue
            left = tuple(
                item
                for item in step.evidence
                if item.voice <= voice and grade.admits(item) and item.source.id != without
            )
            if left:
                yield evolve(step, evidence=left)

    return evolve(scenario, timeline=tuple(steps()))


def replayed(scenarios: Sequence[Scenario], universes: Sequence[Universe]) -> None:
    for table, *belief in universes:
        for scenario in scenarios:
            rm.replay(changed(scenario, *belief), rules=table, invariants=())


def main(runs: int) -> None:
    record = rm.load_folder()
    by_code = {one.country: one for one in record.all_scenarios}
    both = tables()
    rng = np.random.default_rng(2025)
    for question in QUESTIONS:
        survey = survey_of(record, question, tables=both)
        choices = survey.choices
        scenarios = [by_code[code] for code in survey.countries]
        universes = [
            (
                both[rng.integers(2)],
                choices.voices[rng.integers(len(choices.voices))],
                choices.grades[rng.integers(len(choices.grades))],
                choices.without[rng.integers(len(choices.without))],
            )
            for _ in range(REPLAYED)
        ]
        ratios, rates = [], []
        for _ in range(runs):
            begin = time.perf_counter()
            found = rm.robustness(record, question, tables=both)
            middle = time.perf_counter()
            replayed(scenarios, universes)
            end = time.perf_counter()
            rates.append(found.universes / (middle - begin))
            ratios.append(rates[-1] / (REPLAYED / (end - middle)))
        tracemalloc.start()
        rm.robustness(record, question, tables=both)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(
            f"{question[:47]:<48}{found.universes:>10,} universes"
            f" {statistics.median(rates):>10,.0f}/s"
            f" {statistics.median(ratios):>8,.0f} x ({min(ratios):,.0f} to {max(ratios):,.0f})"
            f" {most / 1e6:6.1f} MB"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    main(parser.parse_args().runs)
