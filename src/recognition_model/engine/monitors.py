"""An invariant: a check of whole histories and, where possible, a monitor of single changes.

A monitor sees one change at a time and remembers little, so `prove` can check it against every
possible sequence of acts. An invariant about dates has no monitor.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from attrs import field, frozen

from recognition_model.core.base import Readable, docstring_of
from recognition_model.core.changes import Change
from recognition_model.core.codes import Code, register
from recognition_model.core.diagnostics import Place
from recognition_model.core.history import History
from recognition_model.core.stages import State

Check = Callable[[History], Iterable[tuple[int | None, str]]]
Seen = tuple[Hashable, str]

REMEDY = (
    "Check the start, the evidence and the order of the acts; if all are right, a rule is wrong."
)


class Monitor(NamedTuple):
    """An invariant checked change by change.

    `begins` takes the start, `after` the memory and the next change. Each returns the new memory
    and what is wrong, in words, or "". The memory must have few possible values (dates count as
    one).
    """

    begins: Callable[[State], Seen]
    after: Callable[[Any, Change], Seen]

    def check(self, history: History) -> Iterator[tuple[int | None, str]]:
        """Check a whole history."""
        after = self.after
        memory, wrong = self.begins(history.start)
        if wrong:
            yield None, wrong
        for at, change in enumerate(history.changes):
            memory, wrong = after(memory, change)
            if wrong:
                yield at, wrong


@frozen(kw_only=True, repr=False)
class Invariant(Readable):
    """A property that every history must have.

    `check` yields (index of the change, or None for the whole history; what is wrong). `monitor`
    does the same change by change; it is None for an invariant about dates. `kept_by_rules` is
    false if no rule could break the invariant. `broken_by` makes a history that breaks it, and
    `module` is where the function stands that was decorated.
    """

    code: str
    name: str
    why: str
    check: Check
    broken_by: Callable[[], History] = field(eq=False)
    monitor: Monitor | None = None
    kept_by_rules: bool = True
    remedy: str = REMEDY
    module: str = field(default="", eq=False)

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Send the name of a decorated function to another process, which has the same one."""
        home = sys.modules.get(self.module)
        if getattr(home, self.name, None) is self:
            return _named, (self.module, self.name)
        return super().__reduce__()

    def violations(self, history: History) -> tuple[Violation, ...]:
        """Find every place where a history breaks the invariant."""
        return tuple(
            Violation(self, at, message, _place_of(history, at))
            for at, message in self.check(history)
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@frozen(repr=False)
class Violation(Readable):
    """One violation of an invariant, with its place."""

    invariant: Invariant
    at: int | None
    message: str
    place: Place

    def __str__(self) -> str:
        return f"{self.invariant.code} {self.message}"


def violations_of(history: History, invariants: Iterable[Invariant]) -> tuple[Violation, ...]:
    """Find every violation of these invariants by a history."""
    return tuple(v for invariant in invariants for v in invariant.violations(history))


def invariant(
    code: str, broken_by: Callable[[], History], remedy: str = REMEDY
) -> Callable[[Check], Invariant]:
    """Make an invariant about a whole history, as dates need: decorates `check(history)`.

    The function's name is the invariant's name, its docstring says why, and `broken_by` makes a
    history that breaks it. The code is added to `CODES`, for `explain`. `replay` checks it if it is
    among the `invariants` given. Raises `ValueError` if the code is taken.
    """

    def registered(check: Check) -> Invariant:
        return _register(code, check, remedy, check=check, broken_by=broken_by)

    return registered


def state_invariant(
    code: str, broken_by: Callable[[], History]
) -> Callable[[Callable[[State], str]], Invariant]:
    """Make an invariant about single states: `fault_of(state)` returns what is wrong, or ""."""

    def registered(fault_of: Callable[[State], str]) -> Invariant:
        check, monitor = _memoryless(fault_of, lambda change: fault_of(change.after))
        return _register(code, fault_of, REMEDY, check=check, broken_by=broken_by, monitor=monitor)

    return registered


def change_invariant(
    code: str, broken_by: Callable[[], History]
) -> Callable[[Callable[[Change], str]], Invariant]:
    """Make an invariant about single changes: `fault_of(change)` returns what is wrong, or ""."""

    def registered(fault_of: Callable[[Change], str]) -> Invariant:
        check, monitor = _memoryless(lambda _: "", fault_of)
        return _register(code, fault_of, REMEDY, check=check, broken_by=broken_by, monitor=monitor)

    return registered


def sequence_invariant(
    code: str,
    broken_by: Callable[[], History],
    remembers: Callable[[State], Hashable],
    *,
    kept_by_rules: bool = True,
) -> Callable[[Callable[[Any, Change], Seen]], Invariant]:
    """Make an invariant with a memory.

    `after(memory, change)` returns the next memory and what is wrong, or "". `remembers(start)` is
    the first memory.
    """

    def registered(after: Callable[[Any, Change], Seen]) -> Invariant:
        monitor = Monitor(begins=lambda start: (remembers(start), ""), after=after)
        return _register(
            code,
            after,
            REMEDY,
            check=monitor.check,
            broken_by=broken_by,
            monitor=monitor,
            kept_by_rules=kept_by_rules,
        )

    return registered


def _memoryless(
    at_start: Callable[[State], str], after: Callable[[Change], str]
) -> tuple[Check, Monitor]:
    """The check and the monitor of an invariant that remembers nothing."""

    # Does what `monitor.check` does in two thirds of the time; every replay runs it.
    def check(history: History) -> Iterator[tuple[int | None, str]]:
        if wrong := at_start(history.start):
            yield None, wrong
        for at, change in enumerate(history.changes):
            if wrong := after(change):
                yield at, wrong

    monitor = Monitor(
        begins=lambda start: (None, at_start(start)),
        after=lambda _, change: (None, after(change)),
    )
    return check, monitor


def _register(code: str, named: Callable[..., Any], remedy: str, **parts: Any) -> Invariant:
    name = getattr(named, "__name__", code)
    why = " ".join(docstring_of(named).split())
    register(Code(code, name.replace("_", "-"), why, remedy))
    module = getattr(named, "__module__", "")
    return Invariant(code=code, name=name, why=why, remedy=remedy, module=module, **parts)


def _named(module: str, name: str) -> Any:
    return getattr(import_module(module), name)


def _place_of(history: History, at: int | None) -> Place:
    return history.place if at is None else history.changes[at].place
