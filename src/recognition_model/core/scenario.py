"""One country's or organisation's scenario as written in its file, before any replay."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Self

from attrs import evolve, frozen

from recognition_model.core.base import Readable, Renamed, doc
from recognition_model.core.countries import ORGANISATIONS, named
from recognition_model.core.dates import When, exact_day
from recognition_model.core.dating import DatedBy
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import (
    Attestation,
    Evidence,
    Voice,
    attestation_of,
    known,
    parties_denying,
)
from recognition_model.core.organisations import RecordKind
from recognition_model.core.signals import Family
from recognition_model.core.stages import STATES, Act, Ban, Reason, Stage, State
from recognition_model.core.types import Count, CountryCode, SignalWord

Day = date  # `Step` has a field of that name


class Format(Enum):
    """The values of `format:`, which name the kind of file and its version."""

    SCENARIO = "recognition-scenario/1"
    COLLECTIVE = "recognition-collective/1"
    SOURCES = "recognition-sources/1"
    AUTHORITY = "recognition-authority/1"
    SIGNALS = "recognition-signals/1"
    CHECKED = "recognition-checked/1"
    SEARCHES = "recognition-searches/1"
    CROSSWALK = "recognition-crosswalk/1"
    RULES = "recognition-rules/1"
    SCALE = "recognition-scale/1"
    CHOICES = "recognition-choices/1"


class Rank(Enum):
    """Whether an act is replayed. A deprecated act is shown, but never replayed."""

    NORMAL = "normal"
    DEPRECATED = "deprecated"


def _place() -> Any:
    return doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class Start(Readable):
    """The state at the start of a scenario. If it is assumed, `assumed` says why."""

    stage: Stage = doc("The stage at the start.")
    ban: Ban = doc("none (none documented), in_force or lifted.")
    date: When = doc("When the scenario begins.")
    assumed: str | None = doc("Why this start is assumed, if no source gives it.", default=None)
    evidence: tuple[Evidence, ...] = doc("Evidence for the start, if there is any.", default=())
    place: Place = _place()

    standing = Renamed("state")

    @property
    def state(self) -> State:
        return State(self.stage, self.ban)

    def __str__(self) -> str:
        return f"{self.state} from {self.date}"


@frozen(kw_only=True, repr=False)
class Step(Readable):
    """One dated entry of a timeline."""

    date: When = doc("When it happened: 2024, 2024-05, 2024-05-27, with ~ or ?, or a..b.")
    evidence: tuple[Evidence, ...] = doc("Who says so, and where.")
    note: str = doc("What happened, in our own words.", default="")
    contradiction: str = doc(
        "How sources contradict each other, or what stays in doubt, and how you decided.",
        default="",
    )
    place: Place = _place()

    @property
    def attestation(self) -> Attestation:
        """The attestation of the evidence."""
        return attestation_of(self.evidence)

    @property
    def kind(self) -> str:
        return KIND_OF[type(self)]

    @property
    def label(self) -> str:
        """The kind and the subject: `act delist`, `status below de_jure_recognition`."""
        return self.kind

    def known_by(self, day: Day) -> Self | None:
        """The entry as it could be known by a day: on evidence then public, without notes.

        None while no evidence was public, or the day lies before the entry's date. Notes and
        contradictions are written with hindsight.
        """
        evidence = known(self.evidence, day)
        if not evidence or self.date.earliest > day:
            return None
        return evolve(self, evidence=evidence, note="", contradiction="")

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes common to all entries as plain data."""
        return {
            "date": self.date.text,
            "line": self.place.line,
            "evidence": [item.id for item in self.evidence],
            "note": self.note,
            "contradiction": self.contradiction,
        }

    def __str__(self) -> str:
        return f"{self.label} {self.date}"


@frozen(kw_only=True, repr=False)
class ActStep(Step):
    """An act that changes the state, if a rule permits it."""

    act: Act = doc("The kind of act claimed.")
    dated_by: DatedBy | None = doc(
        "Which day of the act the date is. Without this key it is the day that counts for the act.",
        default=None,
    )
    rank: Rank = doc("deprecated: shown struck out, never replayed.", default=Rank.NORMAL)
    because: str = doc("Why it is deprecated.", default="")

    @property
    def deprecated(self) -> bool:
        return self.rank is Rank.DEPRECATED

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the day of the act that the date is."""
        return {**super().to_dict(), "dated_by": self.dated_by and self.dated_by.value}

    @property
    def label(self) -> str:
        return f"act {self.act}"


@frozen(kw_only=True, repr=False)
class Assertion(Readable):
    """What a source says the state was. Every part given must hold."""

    stage: Stage | None = doc("It was exactly this stage.", default=None)
    ban: Ban | None = doc("The ban was exactly this.", default=None)
    at_least: Stage | None = doc("It was this stage or a higher one.", default=None)
    below: Stage | None = doc("It was a lower stage than this.", default=None)

    def holds(self, state: State) -> bool:
        return (
            (self.stage is None or state.stage is self.stage)
            and (self.ban is None or state.ban is self.ban)
            and (self.at_least is None or state.stage >= self.at_least)
            and (self.below is None or state.stage < self.below)
        )

    @property
    def possible(self) -> bool:
        """Whether it has any part, and some state satisfies all of them."""
        says = (self.stage, self.ban, self.at_least, self.below) != (None,) * 4
        return says and any(map(self.holds, STATES))

    def __str__(self) -> str:
        parts = [
            f"stage {self.stage}" if self.stage else "",
            f"ban {self.ban}" if self.ban else "",
            f"at least {self.at_least}" if self.at_least else "",
            f"below {self.below}" if self.below else "",
        ]
        return ", ".join(filter(None, parts))


@frozen(kw_only=True, repr=False)
class StatusStep(Step):
    """A dated assertion about the state, checked on replay."""

    status: Assertion = doc("What the source says the state was on that day.")

    @property
    def label(self) -> str:
        return f"status {self.status}"


@frozen(kw_only=True, repr=False)
class SignalStep(Step):
    """A dated event that does not change the state: a proposal, a visit, a ceremony."""

    signal: SignalWord = doc("A word for the event: ban_easing, charge_accepted, visit_received.")
    family: Family | None = doc(
        "The family of the word; None if no vocabulary has it.", key=False, default=None, eq=False
    )

    @property
    def denied(self) -> bool:
        """Whether the host or the Taliban dispute it, and have no item that supports it."""
        return bool(self.denied_by)

    @property
    def denied_by(self) -> tuple[Voice, ...]:
        """The parties that deny it: host, Taliban or both."""
        return parties_denying(self.evidence)

    @property
    def label(self) -> str:
        return f"signal {self.signal}"


@frozen(kw_only=True, repr=False)
class RefuseStep(Step):
    """An act that the rules must refuse at this place, for the reason given.

    Its evidence is what such an act would rest on: the false report itself, or a statement by the
    host that the act is not yet possible.
    """

    refuse: Act = doc("The act that the rules must refuse here.")
    because: Reason = doc("The condition that is not met.")

    @property
    def label(self) -> str:
        return f"refuse {self.refuse}"


KIND_OF: dict[type[Step], str] = {
    ActStep: "act",
    StatusStep: "status",
    SignalStep: "signal",
    RefuseStep: "refuse",
}
STEP_OF: dict[str, type[Step]] = {kind: cls for cls, kind in KIND_OF.items()}


@frozen(kw_only=True, repr=False)
class Doctrine(Readable):
    """A country's policy on recognising governments, if it may never reach the last stage."""

    says: str = doc("The doctrine in our own words, such as: recognises states, not governments.")
    evidence: tuple[Evidence, ...] = doc("Who says so, and where.")
    place: Place = _place()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what it says and the ids of its evidence."""
        return {"says": self.says, "evidence": [item.id for item in self.evidence]}

    def __str__(self) -> str:
        return self.says


@frozen(kw_only=True, repr=False)
class Scenario(Readable):
    """One country's or organisation's scenario: a start and a timeline of dated entries."""

    country: CountryCode = doc(
        f"ISO 3166-1 alpha-3 code; of an organisation {' or '.join(map(named, ORGANISATIONS))}."
    )
    kind: RecordKind = doc(
        "organisation, for the file of one. Without this key it is a country.",
        default=RecordKind.COUNTRY,
    )
    title: str = doc("A heading for reports.")
    doctrine: Doctrine | None = doc(
        "The country's policy on recognising governments at all.", default=None
    )
    start: Start = doc("The state at the start of the scenario.")
    documented_until: date = doc("The last day that the sources of this file speak of.")
    reviewed: date | None = doc(
        "The day up to which you searched, and found no further change.", default=None
    )
    review_every: Count | None = doc(
        "After how many days the record should be searched again. Without this key it follows from"
        " how often the country moves.",
        default=None,
    )
    coder: str | None = doc(
        "Who coded this file. `agreement` names the coders of the files that it compares.",
        default=None,
    )
    timeline: tuple[Step, ...] = doc("Entries in the order in which they happened.")
    place: Place = _place()
    day_places: Mapping[str, Place] = doc(
        "Places of the keys of the head that are no entries: `title:`, `coder:` and the days.",
        key=False,
        factory=dict,
        eq=False,
        repr=False,
    )

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every piece of evidence, in the order of the file."""
        doctrine = self.doctrine.evidence if self.doctrine else ()
        later = (item for step in self.timeline for item in step.evidence)
        return (*doctrine, *self.start.evidence, *later)

    @property
    def file(self) -> str:
        return self.place.file

    @property
    def of_organisation(self) -> bool:
        """Whether it is the scenario of an organisation, not of a country."""
        return self.kind is RecordKind.ORGANISATION

    def known_by(self, day: date | str) -> "Scenario":
        """The scenario as it could be known by a day, which ends then at the latest.

        Only evidence whose source was surely public by then counts; entries and a doctrine
        without any are left out. The title stays.
        """
        scenario, _ = self.cut_at(exact_day(day))
        return scenario

    def cut_at(self, day: date) -> tuple["Scenario", tuple[int, ...]]:
        """The scenario known by a day, and the places of its entries in the file, from 1."""
        numbered = enumerate(self.timeline, start=1)
        entries = [(n, entry) for n, step in numbered if (entry := step.known_by(day))]
        scenario = self.with_timeline_cut_at(day, tuple(entry for _, entry in entries))
        return scenario, tuple(number for number, _ in entries)

    def with_timeline_cut_at(self, day: date, timeline: tuple[Step, ...]) -> "Scenario":
        """The scenario known by a day, with a timeline that was cut at that day already."""
        doctrine, start = self.doctrine, self.start
        says = known(doctrine.evidence, day) if doctrine else ()
        reviewed = self.reviewed
        if reviewed and reviewed > day:  # it looked no further than the data, as known by the day
            reviewed = day if day > self.documented_until else None
        return evolve(
            self,
            doctrine=evolve(doctrine, evidence=says) if doctrine and says else None,
            start=evolve(start, evidence=known(start.evidence, day)),
            documented_until=min(self.documented_until, day),
            reviewed=reviewed,
            timeline=timeline,
        )

    def __str__(self) -> str:
        return f"{self.country}: {self.title!r}, {len(self.timeline)} entries"
