"""The answer for one day: the possible states, and what the answer rests on."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable, Renamed
from recognition_model.core.basis import NEAR, Basis, Entry
from recognition_model.core.changes import Spell, cause_of
from recognition_model.core.stages import Ban, Stage, State


@frozen(kw_only=True, repr=False)
class Position(Readable):
    """The state of a relationship at the end of `day`.

    `spells` are the possible spells: one if the dates leave no doubt, none if `day` is before the
    start. `begun` is false if the start may be after `day`; then `certain` is false too.

    `basis` says what the answer rests on, None before the start. `last_entry` is the last entry
    that counts on or before the day, `days_since` its age in days, `next_entry` the first that
    counts later. `within_record` says whether the day lies between the start and
    `documented_until`. `start_assumed` says whether the start is assumed, and nothing has attested
    a stage since.
    """

    day: date
    spells: tuple[Spell, ...]
    begun: bool
    within_record: bool
    documented_until: date
    reviewed: date | None = None
    basis: Basis | None = None
    last_entry: Entry | None = None
    next_entry: Entry | None = None
    days_since: int | None = None
    start_assumed: bool = False

    standing = Renamed("state")
    standings = Renamed("states")
    documented = Renamed("within_record")

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The possible states, earliest first, each once."""
        return tuple(dict.fromkeys(spell.state for spell in self.spells))

    @property
    def dates_agree(self) -> bool:
        """Whether every reading of the dates gives the same state."""
        return self.begun and len(self.states) == 1

    @property
    def certain(self) -> bool:
        """Whether the dates leave one state, and evidence is near the day."""
        return self.dates_agree and self.basis is Basis.EVIDENCED

    @property
    def state(self) -> State | None:
        """The state, or None if several are possible or none is documented."""
        return self.states[0] if self.dates_agree else None

    @property
    def stage(self) -> Stage | None:
        """The stage, or None if several are possible or none is documented."""
        stages = {state.stage for state in self.states}
        return stages.pop() if self.begun and len(stages) == 1 else None

    @property
    def ban(self) -> Ban | None:
        """The ban, or None if several are possible or none is documented."""
        bans = {state.ban for state in self.states}
        return bans.pop() if self.begun and len(bans) == 1 else None

    @property
    def searched_until(self) -> date | None:
        """The last day of a search that went beyond the end of the data; None without one."""
        later = self.reviewed is not None and self.reviewed > self.documented_until
        return self.reviewed if later else None

    @property
    def doubt(self) -> str:
        """Which dates leave several states, in words; empty if they leave one."""
        if not self.spells or self.dates_agree:
            return ""
        dates = [str(spell.begins) for spell in self.spells[self.begun :] if spell.change]
        reasons = []
        if not self.begun:
            reasons.append(f"the record begins {self.spells[0].begins}")
        if dates:
            acts = "the act is dated" if len(dates) == 1 else "the acts are dated"
            reasons.append(f"{acts} {', '.join(dates)}")
        return "; ".join(reasons)

    def in_words(self) -> str:
        """Return the answer in words.

        For example `engaged`, `engaged or delisted: the act is dated 2025-04`, `not documented`,
        `engaged, last heard 1999-12-31, then nothing until 2021-06-21`.
        """
        if not self.spells:
            return "not documented"
        stages = dict.fromkeys(self.words_of(spell) for spell in self.spells)
        words = " or ".join(stages if self.begun else ["not documented", *stages])
        if self.basis is Basis.SILENT and self.dates_agree:
            words = f"{words}, {self._silence}"
        elif self.day > self.documented_until:
            words = f"{words}{self._after_the_end}"
        return f"{words}: {self.doubt}" if self.doubt else words

    def words_of(self, spell: Spell) -> str:
        """Return the stage of a possible spell for a reader, as it stands on this day."""
        if spell.assumed and not self.start_assumed:
            return str(spell.stage)  # a status has attested it since
        return spell.in_words

    @property
    def _after_the_end(self) -> str:
        """What follows after the end of the data: how old the evidence was, and the end."""
        until, assumed = self.documented_until, self.start_assumed and self.spells[0].assumed
        end = until.toordinal() - self.day.toordinal()
        old = self.days_since is None or self.days_since + end > NEAR
        heard = f", last heard {self.last_entry.date}" if old and self.last_entry else ""
        if assumed or not self.dates_agree:
            heard = ""
        if self.basis is Basis.REVIEWED:
            return f"{heard} (documented until {until}; no change found by {self.reviewed})"
        last = "the data end" if assumed or heard else "last documented"
        reviewed = f", reviewed {self.reviewed}" if self.reviewed else ""
        return f"{heard} ({last} {until}{reviewed})"

    @property
    def _silence(self) -> str:
        """How long nothing was heard: the entries around the day."""
        until = f"until {self.next_entry.date}" if self.next_entry else "since"
        if self.last_entry is None:
            return f"nothing heard {until}" if self.next_entry else "nothing heard at all"
        return f"last heard {self.last_entry.date}, then nothing {until}"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the answer in words and every possible state with its evidence."""
        return {
            "day": self.day.isoformat(),
            "words": self.in_words(),
            "basis": self.basis.value if self.basis else None,
            "certain": self.certain,
            "dates_agree": self.dates_agree,
            "within_record": self.within_record,
            "documented_until": self.documented_until.isoformat(),
            "reviewed": self.reviewed.isoformat() if self.reviewed else None,
            "last_entry": self.last_entry.to_dict() if self.last_entry else None,
            "next_entry": self.next_entry.to_dict() if self.next_entry else None,
            "days_since": self.days_since,
            "standings": [
                {
                    "stage": spell.stage.value,
                    "ban": spell.ban.value,
                    "since": spell.begins.text,
                    **cause_of(spell),
                    "evidence": [e.id for e in spell.change.evidence] if spell.change else [],
                }
                for spell in self.spells
            ],
        }

    def __str__(self) -> str:
        return self.in_words()
