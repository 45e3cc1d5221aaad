"""When the Taliban governed in Kabul: the periods of rule, which end every formal step.

`seeds/authority.yaml` gives the evidence of each day. A test holds the two equal.
"""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from datetime import date

from attrs import frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Evidence

Day = date  # `AuthorityDay` has a field of that name


@frozen(kw_only=True, repr=False)
class PeriodOfRule(Readable):
    """A period in which the Taliban governed, from `first` to `last`, both included.

    From `closing`, the loss of the capital, the authority was falling; on `last` it ceased to
    govern. Both are None while the period lasts.
    """

    first: date = doc("The first day: they hold the capital.")
    closing: date | None = doc("The day on which they lost the capital.", default=None)
    last: date | None = doc("The day on which they lost their last seat of power.", default=None)

    def __str__(self) -> str:
        return f"{self.first} to {self.last or 'now'}"


PERIODS_OF_RULE = (
    PeriodOfRule(
        first=date(1996, 9, 27), closing=date(2001, 11, 13), last=date(2001, 12, 7)
    ),  # Kabul taken, Kabul lost, Kandahar lost
    PeriodOfRule(first=date(2021, 8, 15)),  # Kabul taken again
)


@frozen(kw_only=True, repr=False)
class AuthorityDay(Readable):
    """What happened on a day that begins, closes or ends a period of rule, and who says so."""

    date: Day = doc("The day.")
    note: str = doc("What happened, in our own words.")
    evidence: tuple[Evidence, ...] = doc("Who says so, and where.")
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.date}: {self.note}"


@frozen(kw_only=True, repr=False)
class Authority(Readable):
    """A file that tells when the Taliban governed, and gives the evidence for each day."""

    title: str = doc("A heading for reports.")
    periods: tuple[PeriodOfRule, ...] = doc("The periods of rule, in order.")
    days: tuple[AuthorityDay, ...] = doc("The days on which this rests, in order.")
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every piece of evidence, in the order of the file."""
        return tuple(item for day in self.days for item in day.evidence)

    def __str__(self) -> str:
        return f"{self.title!r}, {len(self.periods)} periods"
