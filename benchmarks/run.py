"""How fast: three ratios, each measured side by side in one run; then universes against replays.

    python benchmarks/run.py [--runs 15]

Ratios, because machines differ and are noisy; the two sides take turns, and the median of the
pairwise ratios is printed with its range. README.md has the targets and the results.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import transitions
import yaml
from robustness import main as universes

import recognition_model as rm
from recognition_model.io.loader import record_root

MOVES = (
    ("engage", "hostile", "engaged"),
    ("accept_ambassador", "engaged", "ambassador_accepted"),
    ("recognise", "ambassador_accepted", "de_jure_recognition"),
    ("withdraw_recognition", "de_jure_recognition", "engaged"),
    ("break_off", "engaged", "hostile"),
)
HEAD = """\
format: recognition-scenario/1
country: NLD
title: A made-up record for a benchmark
start: {stage: hostile, ban: none, date: 1900-01-01, assumed: It is made up.}
documented-until: 2020-01-01
timeline:
"""
ENTRY = """\
  - act: {act}
    date: {day}
    note: A made-up deed.
    evidence:
      - source: tass-2022-01-31
        at: {{paragraph: 9, letters: 46, digest: lt1-df670958cd55d2b4aea7e036fe7ebd0a}}
        voice: host
        credibility: 1
        announcement: false
        claim: A made-up claim, as long as such a claim tends to be.
"""


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(
    name: str, aim: str, ours: Callable[[], object], other: Callable[[], object], runs: int
) -> None:
    ours(), other()
    pairs = [(timed(ours), timed(other)) for _ in range(runs)]
    ratios = sorted(a / b for a, b in pairs)
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{name:<34} {statistics.median(ratios):6.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        f"   aim {aim:<16} {mine * 1e3:8.1f} ms against {theirs * 1e3:.1f} ms"
    )


LOADING = """
import attrs, cattrs, click, transitions, yaml
for path in {paths}:
    with open(path, "rb") as file:
        yaml.load(file, yaml.CSafeLoader)
"""


def start_up(runs: int) -> None:
    """The process of `replay` against one that imports the libraries and loads the same YAML."""
    # Without this, neither side keeps its compiled modules.
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, *arguments]
        quiet = subprocess.DEVNULL
        return lambda: subprocess.run(
            command, check=True, stdout=quiet, stderr=quiet, env=surroundings
        )

    files = [*record_root("scenarios").glob("*.yaml"), *record_root("seeds").glob("*.yaml")]
    ours = run("-m", "recognition_model", "replay")
    other = run("-c", LOADING.format(paths=[str(path) for path in files]))
    compare("replay of the record, process", "at most 1.3", ours, other, runs)


def loading(runs: int) -> None:
    """A scenario of a thousand lines, with the place of every value, against PyYAML alone."""
    register = rm.read_sources()
    lines = HEAD.count("\n")
    text = HEAD
    for index in range((1000 - lines) // ENTRY.count("\n")):
        text += ENTRY.format(act=MOVES[index % 5][0], day=_day(index))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "NLD.yaml")
        path.write_text(text, encoding="utf-8")
        compare(
            f"loading {text.count(chr(10))} lines",
            "at most 2",
            lambda: rm.load(path, register),
            lambda: yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader),
            runs,
        )


def events(runs: int, count: int = 20_000) -> None:
    """The same moves by `replay`, evidence and history included, and by a bare machine."""
    source = rm.read_sources()["tass-2022-01-31"]
    evidence = rm.Evidence(source=source, voice=rm.Voice.HOST, credibility=1, claim="Made up.")
    start = rm.Start(
        stage=rm.Stage.HOSTILE,
        ban=rm.Ban.NONE,
        date=rm.When.parse("1900-01-01"),
        assumed="Made up.",
    )
    steps = tuple(
        rm.ActStep(
            act=rm.Act(MOVES[index % 5][0]), date=rm.When.parse(_day(index)), evidence=(evidence,)
        )
        for index in range(count)
    )
    scenario = rm.Scenario(
        country="NLD",
        title="Made up",
        start=start,
        documented_until=date(2020, 1, 1),
        timeline=steps,
    )

    class Bare:
        pass

    bare = Bare()
    machine = transitions.Machine(
        bare, states=[s.value for s in rm.Stage], initial="hostile", auto_transitions=False
    )
    for trigger, before, after in MOVES:
        machine.add_transition(trigger, before, after)
    triggers = [getattr(bare, MOVES[index % 5][0]) for index in range(count)]

    def plain() -> None:
        for trigger in triggers:
            trigger()

    assert len(rm.replay(scenario).changes) == count
    name = "bare transitions against replay"
    compare(name, "at least 0.5", plain, lambda: rm.replay(scenario), runs)


def _day(index: int) -> str:
    return (date(1900, 1, 1) + timedelta(days=1 + index)).isoformat()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    chosen = parser.parse_args().runs
    start_up(chosen)
    loading(chosen)
    events(chosen)
    universes(chosen)
