"""The array of `recognition_model.batch` against other ways to run the same rule table.

    python benchmarks/batch.py [--events 10000000] [--runs 5]

All in one run, in events per second and as ratios: the `transitions` machine, a plain loop over a
dict, and a copy of the same bytes, which is as fast as memory goes. Sequences are short (10 acts),
long (1,000) and skewed (a few hold most of the acts). Memory is what the call allocates at its
peak, over the symbols themselves.
"""

from __future__ import annotations

import argparse
import statistics
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from recognition_model.analysis.model_checking import NO_RELATIONS
from recognition_model.engine.batch import STATES, SYMBOLS, Bytes, Compiled, Sequences
from recognition_model.engine.machine import Machine
from recognition_model.engine.rules import RULES

FEWER = 100  # the slow ways run on one event in so many


def shapes(symbols: Bytes, rng: np.random.Generator) -> dict[str, Sequences]:
    count = symbols.size
    skewed = np.cumsum((rng.pareto(1.1, count // 10) * 5 + 1).astype(np.intp))
    skewed = skewed[skewed < count]
    return {
        "short (10)": Sequences(symbols, [*range(0, count, 10), count]),
        "long (1,000)": Sequences(symbols, [*range(0, count, 1000), count]),
        "skewed": Sequences(symbols, np.concatenate([[0], skewed, [count]])),
        "one": Sequences(symbols, [0, count]),
    }


def rate(work: Callable[[], object], events: int, runs: int) -> float:
    """Events per second, the median of several runs."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return events / statistics.median(times)


def peak(work: Callable[[], object], events: int) -> float:
    """Bytes allocated at the peak, per event."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / events


def machine_rate(symbols: Bytes, runs: int) -> float:
    relationship = Machine(RULES).relationship(NO_RELATIONS)
    moves = [SYMBOLS[symbol] for symbol in symbols[: symbols.size // FEWER].tolist()]

    def walk() -> None:
        for act, attestation in moves:
            relationship.attempt(act, attestation)

    return rate(walk, len(moves), runs)


def dict_rate(symbols: Bytes, runs: int) -> float:
    steps = {
        (state, symbol): rule.move(state) if rule else state
        for state in STATES
        for symbol in SYMBOLS
        for rule in [RULES.taking(state, *symbol)]
    }
    numbered = {
        (STATES.index(state), SYMBOLS.index(symbol)): STATES.index(after)
        for (state, symbol), after in steps.items()
    }
    told = symbols[: symbols.size // 10].tolist()

    def walk() -> None:
        state = 0
        for symbol in told:
            state = numbered[state, symbol]

    return rate(walk, len(told), runs)


def main(events: int, runs: int) -> None:
    rng = np.random.default_rng(2025)
    symbols = rng.integers(0, len(SYMBOLS), events, dtype=np.uint8)
    compiled = Compiled()
    others = {
        "transitions": machine_rate(symbols, runs),
        "dict": dict_rate(symbols, runs),
        "copy": rate(symbols.copy, events, runs),
    }
    print(f"{events:,} events; events per second of: ", end="")
    print(", ".join(f"{name} {value:.3g}" for name, value in others.items()))
    columns = ("events/s", "transitions x", "dict x", "copy /", "bytes")
    print(" " * 21 + "".join(f"{column:>15}" for column in columns))
    for name, sequences in shapes(symbols, rng).items():
        for what, call in (("last", compiled.last), ("trace", compiled.trace)):

            def work(
                call: Callable[..., object] = call, sequences: Sequences = sequences
            ) -> object:
                return call(sequences, NO_RELATIONS)

            mine = rate(work, events, runs)
            print(
                f"{name:<14}{what:<7}{mine:>15.3g}{mine / others['transitions']:>15,.0f}"
                f"{mine / others['dict']:>15.0f}{others['copy'] / mine:>15.0f}"
                f"{peak(work, events):>15.1f}"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    main(chosen.events, chosen.runs)
