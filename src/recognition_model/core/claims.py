"""Collective claims: what a source says about many countries at once."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import evolve, frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import Place
from recognition_model.core.evidence import Evidence, known
from recognition_model.core.scenario import Day, _place
from recognition_model.core.stages import Stage
from recognition_model.core.types import CountryCode


class ClaimKind(Enum):
    """The three kinds of collective claim; see `Claim`."""

    NONE = "none"
    FIRST = "first"
    UNATTRIBUTED = "unattributed"


NEEDED_KEYS: Mapping[ClaimKind, tuple[str, ...]] = MappingProxyType(
    {
        ClaimKind.NONE: ("stage",),
        ClaimKind.FIRST: ("stage", "country"),
        ClaimKind.UNATTRIBUTED: ("group",),
    }
)
"""The keys that a kind of claim needs beside those that every claim needs."""


@frozen(kw_only=True, repr=False)
class Claim(Readable):
    """A claim about many countries at once, checked against all their replays.

    - `none`: no country was at `stage` or higher at any time from `since` to `date`.
    - `first`: `country` had reached `stage` by `date`, and no other country (of `among`, if given)
      reached it earlier, counting only from `since` on.
    - `unattributed`: what a source says of a group of countries (`group`). It is recorded, but
      never applied to the group's members.
    """

    claim: ClaimKind = doc("none, first or unattributed.")
    date: When = doc("The day for which the source makes the claim.")
    evidence: tuple[Evidence, ...] = doc("Who says so, and where.")
    stage: Stage | None = doc("The stage reached: this one or a higher one.", default=None)
    since: When | None = doc("Ignore everything before this date.", default=None)
    country: CountryCode | None = doc("The country that was first: an alpha-3 code.", default=None)
    among: tuple[CountryCode, ...] = doc("The countries compared; all if not given.", default=())
    group: str | None = doc("The group of countries, as the source names it.", default=None)
    note: str = doc("What is claimed, in our own words.", default="")
    contradiction: str = doc(
        "How sources contradict each other here, or what stays in doubt.", default=""
    )
    place: Place = _place()

    @property
    def label(self) -> str:
        """`first RUS de_jure_recognition`, `none de_jure_recognition`, `unattributed …`."""
        words = [self.claim.value, self.country, self.stage and self.stage.value, self.group]
        return " ".join(word for word in words if word)

    def known_by(self, day: Day) -> "Claim | None":
        """The claim as it could be known by a day: on evidence then public, without notes."""
        evidence = known(self.evidence, day)
        if not evidence or self.date.earliest > day:
            return None
        return evolve(self, evidence=evidence, note="", contradiction="")

    def __str__(self) -> str:
        return f"{self.label} {self.date}"


@frozen(kw_only=True, repr=False)
class Collective(Readable):
    """A file of claims about many countries."""

    title: str = doc("A heading for reports.")
    claims: tuple[Claim, ...] = doc("The claims, in order of date.")
    place: Place = _place()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every piece of evidence, in the order of the file."""
        return tuple(item for claim in self.claims for item in claim.evidence)

    def __str__(self) -> str:
        return f"{self.title!r}, {len(self.claims)} claims"
