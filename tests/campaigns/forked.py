"""Tests of this project, run upon a mutant in a process forked for it.

One process collects the tests once, measures in a fork which lines each of them reaches, and then
forks for every mutant: the fork gives the changed function its new code, and runs the tests that
reach the changed line, the fastest first, until one fails. What stands outside of functions, what
no test reaches, what did its work when the tests were collected, and what keeps its answers is
tried in a fork that has imported nothing of the package, with the changed source in place of the
module: the tests that reach the module first. Property tests try the same examples each time, and
do not shrink.

A process that a test starts sees no mutant. A mutant of the pytest plugin is also in the pytest
that runs the tests.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from campaigns.campaign import KEPT, ROOT
from campaigns.code_mutations import Mutant

SRC = ROOT / "src"
PLUGIN = "recognition_model_pytest"
QUIET = "ignore::pytest.PytestAssertRewriteWarning"
OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", QUIET)
MOST_SECONDS = 20.0  # of tests for one mutant, as they took when all was well
SLOWEST = 5.0  # seconds of the processor for a test, beside four times what it took
EXAMPLES = 10  # of a property test
MORE_MEMORY = 3 << 30
MOST_WAIT = 600.0  # for all of them, asleep or not
NOT_CHANGED = 77  # the function cannot be given other code
BROKEN = 76  # this program fails, not a test
NOT_SURE = 78  # no test reaches it, or tests may rest on what it did before
Living = dict[tuple[str, str, int], list[FunctionType]]
PRELOADED = (
    "attrs",
    "cattrs",
    "click",
    "iso3166",
    "jinja2",
    "numpy",
    "rich",
    "transitions",
    "yaml",
)


def full_name(module: str) -> str:
    """The name by which a module is imported; `core.dates` is one of `recognition_model`."""
    return module if module.partition(".")[0] == PLUGIN else f"recognition_model.{module}"


def file_of(module: str) -> Path:
    path = SRC.joinpath(*full_name(module).split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


class Verdict(str):
    """`killed`, `timeout` or `survived`, and the test that failed."""

    by: str = ""

    @classmethod
    def of(cls, kind: str, by: str = "") -> Verdict:
        made = cls(kind)
        made.by = by
        return made


class Same:
    """A plugin: the same examples of property tests each time, without shrinking."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        settings.register_profile(
            "mutants",
            settings.get_profile("again"),
            max_examples=EXAMPLES,
            phases=(Phase.explicit, Phase.generate),
            report_multiple_bugs=False,
        )
        settings.load_profile("mutants")


class Serving(Same):
    """A plugin: instead of running the tests it collected, try one mutant after another."""

    def __init__(self, line: Connection, kept: Path) -> None:
        self.line, self.kept = line, kept
        self.called: set[CodeType] = set()  # while modules and tests are imported
        sys.setprofile(self._notes)

    def _notes(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(SRC)):
            self.called.add(frame.f_code)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        _import_all()
        sys.setprofile(None)
        items = session.items
        if not self.kept.exists():
            _in_fork(lambda _: _measure(items, self.kept), None)
        if not self.kept.exists():
            failed = self.kept.with_suffix(".failed")
            name = failed.read_text(encoding="utf-8") if failed.exists() else "a test"
            self.line.send({})
            self.line.send(f"{name} fails with nothing changed")
            return True
        reach = json.loads(self.kept.read_text(encoding="utf-8"))
        self.line.send(dict(zip((i.nodeid for i in items), reach["seconds"], strict=True)))
        living, keeping, shared = _living(), cached(), _shared(items)
        gc.freeze()
        while (mutant := self.line.recv()) is not None:
            chosen = _reaching(mutant, reach, items, shared)
            tests = [(items[i], reach["seconds"][i]) for i in chosen]
            code, said = _in_fork(lambda told: _tried(mutant, tests, living, told), MOST_WAIT)  # noqa: B023
            early = any(one.co_qualname == mutant.function for one in self.called)
            kept = (str(file_of(mutant.module)), mutant.function) in keeping
            if not tests or (code == 0 and (early or kept)):
                code = NOT_SURE
            self.line.send((code, said))
        return True


class Quickest(Same):
    """A plugin: the quickest tests first, and no more of them than there is time for.

    Those that reach the module at all go before the others.
    """

    def __init__(self, seconds: Mapping[str, float], reaching: Collection[str], told: int) -> None:
        self.seconds, self.reaching, self.told = seconds, reaching, told

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(
            key=lambda one: (one.nodeid not in self.reaching, self.seconds.get(one.nodeid, 0))
        )
        total = 0.0
        for place, item in enumerate(items):
            total += self.seconds.get(item.nodeid, 0)
            if total > MOST_SECONDS:
                del items[place + 1 :]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self.told, report.nodeid.encode())
            os._exit(1)


class Tests:
    """The tests of some folders, ready to be run upon mutants."""

    def __init__(self, paths: Sequence[str], name: str) -> None:
        for library in PRELOADED:
            importlib.import_module(library)
        self.paths, self.kept = paths, KEPT / f"{name}.reach.json"
        self.line, theirs = Pipe()
        self.server = os.fork()
        if not self.server:
            self.line.close()
            _quiet()
            plugin = Serving(theirs, self.kept)
            os.chdir(ROOT)
            pytest.main([*OPTIONS, *paths], plugins=[plugin])
            theirs.close()
            os._exit(0)
        theirs.close()
        # EOFError: they cannot be collected
        self.seconds: Mapping[str, float] = self.line.recv()
        if not self.seconds:
            raise RuntimeError(self.line.recv())
        self.lines = json.loads(self.kept.read_text(encoding="utf-8"))["lines"]

    def close(self) -> None:
        self.line.send(None)
        os.waitpid(self.server, 0)

    def upon(self, mutant: Mutant, near: Sequence[str]) -> Verdict:
        """Run tests upon a mutant. `near` are the files tried when nothing else fails."""
        if mutant.inside:
            self.line.send(mutant)
            code, said = self.line.recv()
            if code not in (NOT_CHANGED, NOT_SURE):
                return _verdict(code, said)
        for paths in dict.fromkeys((tuple(near), tuple(self.paths))):
            if paths:
                code, said = _in_fork(lambda told: self._anew(mutant, paths, told), MOST_WAIT)  # noqa: B023
                if code != 0:
                    return _verdict(code, said)
        return Verdict.of("survived")

    def _anew(self, mutant: Mutant, paths: Sequence[str], told: int) -> None:
        names = [*self.seconds]
        lines = self.lines.get(str(file_of(mutant.module).relative_to(SRC)), {})
        reaching = {names[place] for places in lines.values() for place in places}
        sys.meta_path.insert(0, Instead(mutant))
        os.chdir(ROOT)
        signal.setitimer(signal.ITIMER_PROF, 2 * SLOWEST + 4 * MOST_SECONDS)
        # pytest imports a plugin by its own finder, before all others, to rewrite its assertions.
        plain = ["--assert=plain"] if mutant.module.startswith(PLUGIN) else []
        code = pytest.main(
            [*OPTIONS, *plain, "-x", *paths], plugins=[Quickest(self.seconds, reaching, told)]
        )
        os._exit(int(code != 0))


class Instead(SourceFileLoader):
    """Finds one module, and loads a mutant for it."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(full_name(mutant.module), str(file_of(mutant.module)))
        self.mutant = mutant

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_code(self, _: str) -> CodeType:
        return compile(self.mutant.source, self.path, "exec", dont_inherit=True)


def _verdict(code: int | None, said: str) -> Verdict:
    if code == BROKEN:
        raise RuntimeError("a mutant could not be tried")
    if code in (None, -signal.SIGPROF):
        return Verdict.of("timeout")
    return Verdict.of("killed", said) if code else Verdict.of("survived")


def _in_fork(work: Callable[[int], None], limit: float | None) -> tuple[int | None, str]:
    """Do it in a fork. Its code, None if it takes longer than the limit; and what it says."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = BROKEN
        try:
            os.setpgid(0, 0)
            os.close(ours)
            _quiet()
            work(theirs)
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    begun = time.monotonic()
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            break
        if limit is not None and time.monotonic() - begun > limit:
            code = None
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            break
        time.sleep(0.005)
    os.set_blocking(ours, False)
    said = b""
    with contextlib.suppress(BlockingIOError):
        said = os.read(ours, 10_000)
    os.close(ours)
    return code, said.decode()


def _quiet() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _each(
    items: Sequence[pytest.Item], usual: Sequence[float] = ()
) -> Iterator[tuple[pytest.Item, bool, float]]:
    """Run tests: each, whether it failed, and the seconds it took, with those of its processes.

    SIGPROF ends the process when a test takes many times the seconds that are usual for it.
    """
    for number, item in enumerate(items):
        following = items[number + 1] if number + 1 < len(items) else None
        begun = _spent()
        if usual:
            signal.setitimer(signal.ITIMER_PROF, SLOWEST + 4 * usual[number])
        reports = runtestprotocol(item, nextitem=following, log=False)
        yield item, any(one.failed for one in reports), _spent() - begun


def _spent() -> float:
    """Seconds of the processor, also those of processes that were started and have ended."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def _measure(items: Sequence[pytest.Item], kept: Path) -> None:
    """Write down the lines that each test reaches, and the time it takes."""
    kept.parent.mkdir(exist_ok=True)
    measured = coverage.Coverage(data_file=None, source=[str(SRC)], config_file=False)
    measured.start()
    seconds = []
    measured.switch_context("0")
    for number, (item, failed, took) in enumerate(_each(items), start=1):
        if failed:
            kept.with_suffix(".failed").write_text(item.nodeid, encoding="utf-8")
            os._exit(1)
        seconds.append(round(took, 4))
        measured.switch_context(str(number))
    measured.stop()
    data = measured.get_data()
    lines: dict[str, Any] = {}
    for name in data.measured_files():
        contexts = data.contexts_by_lineno(name).items()
        reached = {line: sorted(int(c) for c in found if c) for line, found in contexts}
        lines[str(Path(name).relative_to(SRC))] = reached
    draft = kept.with_suffix(".new")
    draft.write_text(json.dumps({"seconds": seconds, "lines": lines}), encoding="utf-8")
    draft.replace(kept)


def _import_all() -> None:
    """Import all modules, so that a mutant's functions are there to be changed."""
    for file in sorted(SRC.rglob("*.py")):
        if file.stem not in ("__init__", "__main__"):
            name = ".".join(file.relative_to(SRC).with_suffix("").parts)
            with contextlib.suppress(ImportError):  # of an extra that is not installed
                importlib.import_module(name)


def _shared(items: Sequence[pytest.Item]) -> list[set[int]]:
    """The fixtures that each test shares with others, by their identity."""
    return [
        {
            id(one[-1])
            for one in getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
            if one[-1].scope != "function"
        }
        for item in items
    ]


def _reaching(
    mutant: Mutant, reach: Mapping[str, Any], items: Sequence[pytest.Item], shared: list[set[int]]
) -> list[int]:
    """The places of the tests that reach a mutant's line, those of its module's name first.

    A fixture that tests share is made for the first of them alone. So the tests that share one
    with a test that reaches the line come last.
    """
    name = mutant.module.rpartition(".")[2]
    lines = reach["lines"].get(str(file_of(mutant.module).relative_to(SRC)), {})
    found = lines.get(str(mutant.line), ())
    if not found:  # a line within an expression
        code = next(_codes(mutant.function, file_of(mutant.module).read_text(encoding="utf-8")))
        within = {line for _, _, line in code.co_lines() if line}
        found = sorted({i for line in within for i in lines.get(str(line), ())})
    namesake, direct = f"test_{name}", set(found)
    made = {one for place in found for one in shared[place]}
    found = sorted(
        {*found, *(place for place, mine in enumerate(shared) if not made.isdisjoint(mine))},
        key=lambda i: (
            i not in direct,
            not items[i].path.stem.startswith(namesake),
            reach["seconds"][i],
        ),
    )
    chosen, total = [], 0.0
    for place in found:
        total += reach["seconds"][place]
        chosen.append(place)
        if total > MOST_SECONDS:
            break
    return sorted(chosen, key=lambda i: reach["seconds"][i])


def _tried(
    mutant: Mutant, tests: Sequence[tuple[pytest.Item, float]], living: Living, told: int
) -> None:
    """Give the changed function its new code, and run tests until one fails."""
    soft = resource.getrlimit(resource.RLIMIT_AS)[1]
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MORE_MEMORY, soft))
    if not _changed(mutant, living):
        os._exit(NOT_CHANGED)
    for item, failed, _ in _each(*zip(*tests, strict=True)):
        if failed:
            os.write(told, item.nodeid.encode())
            os._exit(1)


def _living() -> Living:
    """The functions of the package that exist, by file, name and first line."""
    found: Living = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename.startswith(str(SRC)):
            code = one.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
    return found


def cached() -> set[tuple[str, str]]:
    """The functions that keep their answers, by file and name.

    Only the first test that asks one of them reaches its lines; the others rest on its answer.
    """
    keeping = type(functools.cache(int))
    found = [one.__wrapped__ for one in gc.get_objects() if type(one) is keeping]
    codes = [one.__code__ for one in found if isinstance(one, FunctionType)]
    return {(one.co_filename, one.co_qualname) for one in codes}


def _changed(mutant: Mutant, living: Living) -> bool:
    """Give every living copy of the changed function its new code. Whether there is one."""
    path = str(file_of(mutant.module))
    before = list(_codes(mutant.function, Path(path).read_text(encoding="utf-8"), path))
    after = list(_codes(mutant.function, mutant.source, path))
    done = False
    for old, new in zip(before, after, strict=True):
        for function in living.get((path, old.co_qualname, old.co_firstlineno), ()):
            if old != new:
                if function.__code__.co_freevars != new.co_freevars:
                    return False
                function.__code__ = new
                done = True
    return done


def _codes(function: str, source: str, path: str = "") -> Iterator[CodeType]:
    """The code of a function in a source; of several with one name, each."""
    waiting = [compile(source, path, "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop(0)
        if code.co_qualname == function:
            yield code
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
