"""What all campaigns share: numbered cases, a seed, a limit of time, and a state to go on from.

A case is a function of its number and of a generator that the seed and the number determine, so
any case can be run again by itself: `--only NUMBER`. A campaign writes how far it came into
`.campaigns/NAME.json` and goes on from there; another seed begins anew. What it finds is kept in
`.campaigns/NAME/`, a file for each finding, and the campaign ends with 1.
"""

from __future__ import annotations

import json
import platform
import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".campaigns"
SAVED_EVERY = 5.0  # seconds
MOST_FOUND = 20  # then a campaign stops: the first findings are mended before it goes on


class Found(Exception):
    """A case shows a fault: a sentence, what is needed to see it again, the kind to count it as."""

    def __init__(self, sentence: str, evidence: str = "", kind: str = "found") -> None:
        super().__init__(sentence)
        self.sentence, self.evidence, self.kind = sentence, evidence, kind


Case = Callable[[int, Random], str]
"""A case: its number and its generator in, the kind of its outcome out. May raise `Found`."""


class State:
    """How far a campaign came: cases done, outcomes by kind, findings, seconds."""

    def __init__(self, name: str, seed: int, file: Path) -> None:
        self.name, self.seed, self.file = name, seed, file
        self.done, self.seconds, self.found = 0, 0.0, 0
        self.kinds: Counter[str] = Counter()
        if file.exists():
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["seed"] == seed and kept["version"] == versions():
                self.done, self.seconds, self.found = kept["done"], kept["seconds"], kept["found"]
                self.kinds = Counter(kept["kinds"])

    def save(self) -> None:
        self.file.parent.mkdir(exist_ok=True)
        kept = {
            "campaign": self.name,
            "seed": self.seed,
            "version": versions(),
            "done": self.done,
            "seconds": round(self.seconds, 1),
            "found": self.found,
            "kinds": dict(sorted(self.kinds.items())),
        }
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.file)

    def __str__(self) -> str:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in self.kinds.most_common())
        minutes = self.seconds / 60
        return (
            f"{self.name}: {self.done:,} cases, seed {self.seed}, {minutes:.1f} minutes, "
            f"{self.found} found ({versions()})\n  {kinds}"
        )


def versions() -> str:
    """The program and what it ran on, in one line."""
    ours, yaml = version("recognition-model"), version("PyYAML")
    return f"recognition_model {ours}, Python {platform.python_version()}, PyYAML {yaml}"


def parser(description: str | None) -> ArgumentParser:
    """The options that all campaigns have."""
    made = ArgumentParser(description=description)
    made.add_argument("--minutes", type=float, default=10.0, help="stop after this time")
    made.add_argument("--cases", type=int, help="stop after this many cases in all")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--only", type=int, metavar="NUMBER", help="run one case, and nothing else")
    made.add_argument("--fresh", action="store_true", help="do not go on from the last run")
    return made


def run(name: str, case: Case, asked: Namespace, most: int = MOST_FOUND) -> int:
    """Run a campaign as its options ask. 1 if anything was found, else 0."""
    if asked.only is not None:
        print(case(asked.only, generator(name, asked.seed, asked.only)))
        return 0
    file = KEPT / f"{name}-{asked.seed}.json"
    if asked.fresh:
        file.unlink(missing_ok=True)
        shutil.rmtree(KEPT / name, ignore_errors=True)
    state = State(name, asked.seed, file)
    begun = saved = time.monotonic()
    before = state.seconds
    while within(state, asked, begun):
        number = state.done
        try:
            kind = case(number, generator(name, asked.seed, number))
        except Found as found:
            kind = found.kind
            keep(state, number, found)
        state.done += 1
        state.kinds[kind] += 1
        state.seconds = before + time.monotonic() - begun
        if time.monotonic() - saved > SAVED_EVERY:
            state.save()
            saved = time.monotonic()
        if state.found >= most:
            break
    state.save()
    print(state, flush=True)
    return int(state.found > 0)


def within(state: State, asked: Namespace, begun: float) -> bool:
    """Whether there is time for another case, and a case left."""
    if asked.cases is not None and state.done >= asked.cases:
        return False
    return time.monotonic() - begun < 60 * asked.minutes


def generator(name: str, seed: int, number: int) -> Random:
    """The generator of one case."""
    return Random(f"{name}/{seed}/{number}")  # noqa: S311


def keep(state: State, number: int, found: Found) -> None:
    """Write down what a case showed, and say it."""
    state.found += 1
    folder = KEPT / state.name
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{state.seed}-{number}.txt"
    file.write_text(
        f"{found.sentence}\n\n{found.evidence}\n", encoding="utf-8", errors="surrogateescape"
    )
    print(f"case {number}: {found.sentence} (see {file.relative_to(ROOT)})", file=sys.stderr)
