"""The documents chosen by coverage: Atheris draws the numbers that decide about each document.

A case is the same function as in the campaign by structure. Only its generator differs: it takes
its numbers from the bytes that Atheris gives, and from a generator seeded with these bytes when
they are used up. So a byte that changes changes one choice in the document. Atheris keeps the
bytes that reach new code of the package. They are in `.campaigns/fuzz-coverage`, for the next run.
Without Atheris the documents are drawn by structure alone, and the run says so.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from argparse import Namespace
from random import Random

from campaigns import campaign
from campaigns.campaign import KEPT, Found, State

NAME = "fuzz-coverage"
LARGEST = 4096  # bytes


class Drawn(Random):
    """A generator that takes its numbers from bytes as long as there are some."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0
        super().__init__(data)

    def getrandbits(self, k: int) -> int:
        count = (k + 7) // 8
        if self._at + count > len(self._data):
            return super().getrandbits(k)
        taken = self._data[self._at : self._at + count]
        self._at += count
        return int.from_bytes(taken) >> (8 * count - k)

    def random(self) -> float:
        if self._at + 2 > len(self._data):
            return super().random()
        return self.getrandbits(16) / 65536


def run(asked: Namespace) -> int:
    """Run by coverage as the options ask; by structure where Atheris is not installed."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        print("BY STRUCTURE ALONE: Atheris is not installed", file=sys.stderr)
        from campaigns import reader

        return campaign.run("fuzz-reader", reader.case, asked)
    with atheris.instrument_imports(include=["recognition_model"], enable_loader_override=False):
        from campaigns import reader
    state = State(NAME, asked.seed, KEPT / f"{NAME}-{asked.seed}.json")
    before, begun = state.seconds, time.monotonic()

    def one(data: bytes) -> None:
        try:
            kind = reader.case(state.done, Drawn(data))
        except Found as found:
            kind = "found"
            campaign.keep(state, state.done, found)
        state.done += 1
        state.kinds[kind] += 1
        state.seconds = before + time.monotonic() - begun
        late = state.seconds - before > 60 * asked.minutes
        enough = asked.cases is not None and state.done >= asked.cases
        if late or enough or state.found >= campaign.MOST_FOUND:
            state.save()
            print(state, flush=True)
            os._exit(int(state.found > 0))  # libFuzzer takes any other end for a crash

    corpus = KEPT / NAME / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    options = [f"-seed={asked.seed}", f"-max_len={LARGEST}", "-timeout=60", "-rss_limit_mb=0"]
    atheris.Setup([sys.argv[0], *options, "-len_control=0", str(corpus)], one)
    atheris.Fuzz()
    return int(state.found > 0)
