"""Many at once: eight processes that write one target, threads that share one rule table.

`nox -s crowd -- --minutes 5`. A case lets eight processes write the same report, the same site,
the same export, or the same new record at the same time. Afterwards the target has the bytes that
one process alone writes, the user's other files are untouched, and no draft is left. A process may
refuse because another was first: it ends with 2, says so, and changes nothing. Of eight `new`, one
makes the file and seven refuse. In a case of threads, a pool replays a thousand
scenarios through one rule table and gives what a loop gives.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from random import Random

import recognition_model as rm
from campaigns.campaign import Found, parser, run
from campaigns.runs import FIXED, OURS, digests

WRITERS = 8
SCENARIOS = 1000
TARGETS: Mapping[str, tuple[str, ...]] = {
    "report": ("report", "OMN", "RUS", "-o", "out.html"),
    "pages": ("report", "OMN", "RUS", "-o", "out.md"),
    "site": ("site", "OMN", "RUS", "--figures", "none", "-o", "out"),
    "export": ("export", "csv", "-o", "out.zip"),
    "picture": ("plot", "history", "RUS", "-o", "out.svg", "--table"),
    "new": ("new", "FJI", "-o", "."),
}

REPLACES = {"pages": ("--force",)}
"""What else a command needs to replace what it wrote before."""
_alone: dict[str, dict[str, str]] = {}


def start(words: tuple[str, ...], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "recognition_model", *words],
        cwd=folder,
        env=os.environ | FIXED,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def alone(kind: str) -> dict[str, str]:
    """What one process writes."""
    if kind not in _alone:
        with tempfile.TemporaryDirectory() as folder:
            process = start(TARGETS[kind], Path(folder))
            _, err = process.communicate()
            if process.returncode:
                raise Found(f"{kind} alone ends with {process.returncode}", err)
            _alone[kind] = digests(Path(folder))
    return _alone[kind]


def late(code: int, err: str) -> bool:
    """Whether a process refused, and said that another one was first."""
    return code == 2 and bool(re.search(r"already exists?|changed while it was written", err))


def writers(kind: str, random: Random, count: int = WRITERS) -> str:
    """Let processes write one target at the same time, over an older one or over none."""
    expected = dict(alone(kind))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes.txt").write_text(OURS, encoding="utf-8")
        older = kind != "new" and random.random() < 0.5
        if older:
            start(TARGETS[kind], folder).communicate()
        words = (*TARGETS[kind], *(REPLACES.get(kind, ()) if older else ()))
        processes = [start(words, folder) for _ in range(count)]
        ends = [(*process.communicate(), process.returncode) for process in processes]
        told = "\n".join(f"{code}: {out}{err}" for out, err, code in ends)
        codes = sorted(code for _, _, code in ends)
        first = codes.count(0)
        if first != 1 if kind == "new" else not first:
            raise Found(f"{count} writers of {kind} end with {codes}", told)
        if not all(code == 0 or late(code, err) for _, err, code in ends):
            raise Found(f"{count} writers of {kind} end with {codes}", told)
        found = digests(folder)
        if found.pop("notes.txt", "") != sha256(OURS.encode()).hexdigest():
            raise Found(f"{count} writers of {kind} touched a file of the user", told)
        if found != expected:
            other = sorted(found.items() ^ expected.items())
            raise Found(f"{count} writers of {kind} leave something else", f"{other}\n{told}")
        empty = [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
        if empty:
            raise Found(f"{count} writers of {kind} leave empty folders", str(empty))
    return f"{kind} {'over an older one' if older else 'anew'}"


def threads(random: Random, count: int = SCENARIOS) -> str:
    """Let a pool of threads replay many scenarios through one table."""
    table = rm.RULES
    scenarios = [*rm.load_folder().all_scenarios]
    drawn = [random.choice(scenarios) for _ in range(count)]
    with ThreadPoolExecutor(WRITERS) as pool:
        found = list(pool.map(lambda one: rm.replay(one, rules=table), drawn))
    for scenario, result in zip(drawn, found, strict=True):
        if result != rm.replay(scenario, rules=table):
            raise Found(f"threads give another replay of {scenario.country}")
    return "threads"


def case(number: int, random: Random) -> str:
    """One case: each kind in turn."""
    kinds = (*TARGETS, "threads")
    kind = kinds[number % len(kinds)]
    return threads(random) if kind == "threads" else writers(kind, random)


if __name__ == "__main__":
    sys.exit(run("crowd", case, parser(__doc__).parse_args()))
