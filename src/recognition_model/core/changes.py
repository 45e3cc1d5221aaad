"""Changes of state, and the spells between them."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from recognition_model.core.base import Readable, Renamed
from recognition_model.core.basis import Basis, Entry
from recognition_model.core.dates import When
from recognition_model.core.dating import DatedBy
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Attestation, Evidence, strongest
from recognition_model.core.stages import Act, Ban, Stage, State, stage_in_words


@frozen(kw_only=True, repr=False)
class Change(Readable):
    """One change of state that a rule permitted. `rule` is the code of the rule.

    `dated_by` says which day of the act the date is. None is the day that counts for the act.
    """

    date: When
    act: Act
    rule: str
    before: State
    after: State
    attestation: Attestation
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    contradiction: str = ""
    dated_by: DatedBy | None = None
    place: Place = field(default=NOWHERE, eq=False)

    @property
    def best(self) -> Evidence | None:
        """The evidence with the strongest voice, then the best grade; None if not attested.

        Evidence from after the act comes before announcements of the act.
        """
        if self.attestation is Attestation.NONE:
            return None
        return strongest(self.evidence)

    def __str__(self) -> str:
        return f"{self.act} {self.date}: {self.before.stage} to {self.after.stage} ({self.rule})"


@frozen(kw_only=True, repr=False)
class Spell(Readable):
    """A period in one state. It begins on `begins`; the next spell begins on `ends`.

    The last spell ends at `documented_until`: the data stop there, but the state may go on.
    `assumed` says that it is the start, and that the start is assumed. The `days_` count its days
    by basis, every date read at its latest possible day.
    """

    state: State
    begins: When
    ends: When
    change: Change | None = None
    last: bool = False
    assumed: bool = False
    days_evidenced: int = 0
    days_silent: int = 0
    days_assumed: int = 0

    standing = Renamed("state")

    @property
    def stage(self) -> Stage:
        return self.state.stage

    @property
    def ban(self) -> Ban:
        return self.state.ban

    @property
    def origin(self) -> str:
        """`assumed` for an assumed start, `evidenced` for any other spell."""
        return str(Basis.ASSUMED if self.assumed else Basis.EVIDENCED)

    def days_on(self, basis: Basis) -> int:
        """Return how many of its days have a basis, one of `basis.WITHIN`."""
        days: int = getattr(self, f"days_{basis}")
        return days

    @property
    def in_words(self) -> str:
        """The stage for a reader; `hostile` says whether it is assumed, or what ended."""
        act = self.change.act if self.change else None
        return stage_in_words(self.stage, entered_by=act, assumed=self.assumed)

    def __str__(self) -> str:
        return f"{self.state}, {self.begins} to {self.ends}"


def entry_of(change: Change) -> Entry:
    """A change as an entry that counts, and that attests a stage."""
    return Entry(date=change.date, what=f"act {change.act}", attests_stage=True, place=change.place)


def cause_of(spell: Spell) -> dict[str, Any]:
    """Return the change that began a spell as plain data; None for the first spell."""
    change = spell.change
    return {
        "act": change.act.value if change else None,
        "rule": change.rule if change else None,
        "attestation": change.attestation.value if change else None,
    }
