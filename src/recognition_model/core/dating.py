"""Which day of an act its date is, and which day counts: one line of data for each act."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from recognition_model.core.base import Ranked, Readable
from recognition_model.core.stages import Act


class DatedBy(Ranked):
    """Which day of an act a date is."""

    DECIDED = "decided", "The day on which an authority decided it, such as a court's judgement."
    ANNOUNCED = "announced", "The day on which an authority made it public."
    IN_FORCE = "in-force", "The day from which it was in force in law."
    DONE = "done", "The day on which it was done, such as credentials handed over."
    REPORTED = "reported", "The day of a report. No source gives a day of the act itself."


@frozen(kw_only=True, repr=False)
class DayOfAct(Readable):
    """Which day of an act counts, in words too, and which other days a file may give instead."""

    counts: DatedBy
    rule: str
    others: tuple[DatedBy, ...]

    @property
    def permitted(self) -> tuple[DatedBy, ...]:
        """The days that a file may give, the one that counts first."""
        return (self.counts, *self.others)

    def __str__(self) -> str:
        return f"{self.counts}: {self.rule}"


_BY_WORD = (DatedBy.DECIDED, DatedBy.ANNOUNCED, DatedBy.REPORTED)
_BESIDE_ANNOUNCED = (DatedBy.DECIDED, DatedBy.IN_FORCE, DatedBy.DONE, DatedBy.REPORTED)

DAYS_OF_ACTS: Mapping[Act, DayOfAct] = MappingProxyType(
    {
        Act.BAN: DayOfAct(
            counts=DatedBy.IN_FORCE,
            rule="The day from which the ban is in force; for a judgement that takes effect at"
            " once, the day of the judgement.",
            others=_BY_WORD,
        ),
        Act.ENGAGE: DayOfAct(
            counts=DatedBy.DONE,
            rule="The day of the first dealing: the talk held, or the diplomat admitted.",
            others=_BY_WORD,
        ),
        Act.DELIST: DayOfAct(
            counts=DatedBy.IN_FORCE,
            rule="The day from which the ban is lifted or suspended; for a court's decision that"
            " takes effect at once, the day of the decision.",
            others=_BY_WORD,
        ),
        Act.ACCEPT_AMBASSADOR: DayOfAct(
            counts=DatedBy.DONE,
            rule="The day on which the host's authority takes the credentials, copies included.",
            others=_BY_WORD,
        ),
        Act.RECOGNISE: DayOfAct(
            counts=DatedBy.ANNOUNCED,
            rule="The day on which the host announces the recognition.",
            others=_BESIDE_ANNOUNCED,
        ),
        Act.WITHDRAW_RECOGNITION: DayOfAct(
            counts=DatedBy.ANNOUNCED,
            rule="The day on which the host announces that it takes the recognition back.",
            others=_BESIDE_ANNOUNCED,
        ),
        Act.DOWNGRADE: DayOfAct(
            counts=DatedBy.DONE,
            rule="The day on which the ambassador's acceptance ends.",
            others=(*_BY_WORD, DatedBy.IN_FORCE),
        ),
        Act.BREAK_OFF: DayOfAct(
            counts=DatedBy.DONE,
            rule="The day on which relations end: a party severs them, or war begins.",
            others=(*_BY_WORD, DatedBy.IN_FORCE),
        ),
        Act.LAPSE: DayOfAct(
            counts=DatedBy.DONE,
            rule="The day on which the Taliban ceased to govern.",
            others=(),
        ),
    }
)
"""The codebook's word on which day counts. A file that has another day says so: `dated-by:`."""

_IN_WORDS: Mapping[DatedBy, str] = MappingProxyType(
    {
        DatedBy.DECIDED: "the day of the decision",
        DatedBy.ANNOUNCED: "the day of the announcement",
        DatedBy.IN_FORCE: "the day from which it was in force",
        DatedBy.DONE: "the day on which it was done",
        DatedBy.REPORTED: "the day of a report",
    }
)


def dating_in_words(act: Act, dated_by: DatedBy | None) -> str:
    """Say which day a date is if it is not the day that counts for the act; empty if it is.

    None is the day that counts.
    """
    counts = DAYS_OF_ACTS[act].counts
    if dated_by is None or dated_by is counts:
        return ""
    return f"the date is {_IN_WORDS[dated_by]}, not {_IN_WORDS[counts]}"
