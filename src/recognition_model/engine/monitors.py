"""An invariant: a check of whole histories and, where possible, a monitor of single changes.

A monitor sees one change at a time and remembers little, so that `prove` can hold it against every
sequence of acts there is. An invariant about dates has none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.codes import Code, register
from recognition_model.core.diagnostics import Place
from recognition_model.core.history import Change, History
from recognition_model.core.stages import State

Check = Callable[[History], Iterable[tuple[int | None, str]]]
Seen = tuple[Hashable, str]

REMEDY = "Check the start, the evidence and the order of the acts; if they stand, a rule is wrong."


class Monitor(NamedTuple):
    """An invariant watched change by change.

    `begins` sees the start, `after` what it remembered and the next change. Each gives what to
    remember, of which there may be few values in all (dates count as one), and what is wrong, in
    words, or nothing.
    """

    begins: Callable[[State], Seen]
    after: Callable[[Any, Change], Seen]

    def check(self, history: History) -> Iterator[tuple[int | None, str]]:
        """The same invariant over a whole history."""
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
    """An invariant: `check` yields (index of the change, or None for the whole; what is wrong).

    `monitor` says the same change by change, and is None where the invariant is about dates.
    `kept_by_rules` is false where no rule could break it.
    """

    code: str
    name: str
    why: str
    check: Check
    broken_by: Callable[[], History] = field(eq=False)
    monitor: Monitor | None = None
    kept_by_rules: bool = True

    def violations(self, history: History) -> tuple[Violation, ...]:
        """Every place where a history breaks the invariant."""
        return tuple(
            Violation(self, at, message, _place_of(history, at))
            for at, message in self.check(history)
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@frozen(repr=False)
class Violation(Readable):
    """One broken invariant, with its place."""

    invariant: Invariant
    at: int | None
    message: str
    place: Place

    def __str__(self) -> str:
        return f"{self.invariant.code} {self.message}"


def violations_of(history: History, invariants: Iterable[Invariant]) -> tuple[Violation, ...]:
    """Every violation of some invariants by a history."""
    return tuple(v for invariant in invariants for v in invariant.violations(history))


def invariant(
    code: str, broken_by: Callable[[], History], remedy: str = REMEDY
) -> Callable[[Check], Invariant]:
    """Make an invariant of `check(history)`: about whole histories, as dates need.

    The function's name is the invariant's name, its docstring the why, and `broken_by` makes a
    history that breaks it. Its code gets an explanation among `CODES`; `replay` asks it where it is
    among the `invariants` given. Raises `ValueError` where the code is taken.
    """

    def registered(check: Check) -> Invariant:
        return _register(code, check, remedy, check=check, broken_by=broken_by)

    return registered


def state_invariant(
    code: str, broken_by: Callable[[], History]
) -> Callable[[Callable[[State], str]], Invariant]:
    """An invariant about each state by itself: `said(state)` gives what is wrong, or ""."""

    def registered(said: Callable[[State], str]) -> Invariant:
        monitor = Monitor(
            begins=lambda start: (None, said(start)),
            after=lambda _, change: (None, said(change.after)),
        )

        # As `monitor.check`, in two thirds of the time: every replay asks.
        def check(history: History) -> Iterator[tuple[int | None, str]]:
            if wrong := said(history.start):
                yield None, wrong
            for at, change in enumerate(history.changes):
                if wrong := said(change.after):
                    yield at, wrong

        return _register(code, said, REMEDY, check=check, broken_by=broken_by, monitor=monitor)

    return registered


def change_invariant(
    code: str, broken_by: Callable[[], History]
) -> Callable[[Callable[[Change], str]], Invariant]:
    """An invariant about each change by itself: `said(change)` gives what is wrong, or ""."""

    def registered(said: Callable[[Change], str]) -> Invariant:
        monitor = Monitor(begins=lambda _: (None, ""), after=lambda _, change: (None, said(change)))

        # As `monitor.check`, in two thirds of the time: every replay asks.
        def check(history: History) -> Iterator[tuple[int | None, str]]:
            for at, change in enumerate(history.changes):
                if wrong := said(change):
                    yield at, wrong

        return _register(code, said, REMEDY, check=check, broken_by=broken_by, monitor=monitor)

    return registered


def sequence_invariant(
    code: str,
    broken_by: Callable[[], History],
    remembers: Callable[[State], Hashable],
    *,
    kept_by_rules: bool = True,
) -> Callable[[Callable[[Any, Change], Seen]], Invariant]:
    """An invariant with a memory: `said(memory, change)` gives the next memory, and what is wrong
    or "". `remembers(start)` is the first memory."""

    def registered(said: Callable[[Any, Change], Seen]) -> Invariant:
        monitor = Monitor(begins=lambda start: (remembers(start), ""), after=said)
        return _register(
            code,
            said,
            REMEDY,
            check=monitor.check,
            broken_by=broken_by,
            monitor=monitor,
            kept_by_rules=kept_by_rules,
        )

    return registered


def _register(code: str, named: Callable[..., Any], remedy: str, **parts: Any) -> Invariant:
    name = getattr(named, "__name__", code)
    why = " ".join((named.__doc__ or "").split())
    register(Code(code, name.replace("_", "-"), why, remedy))
    return Invariant(code=code, name=name, why=why, **parts)


def _place_of(history: History, at: int | None) -> Place:
    return history.place if at is None else history.changes[at].place
