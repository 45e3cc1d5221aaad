"""When a country reached a stage within some days, and how sure that is."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from recognition_model.core.changes import Spell
from recognition_model.core.history import History
from recognition_model.core.stages import Stage

How = Literal["surely", "perhaps", "assumed"]


class Arrival(NamedTuple):
    """The spell in which a country reached a stage, and how sure it is that it began in the days.

    `earlier` is another one that perhaps did, or is only assumed, before it.
    """

    spell: Spell
    how: How
    earlier: Spell | None = None


def arrival(history: History, stage: Stage, since: date, until: date) -> Arrival | None:
    """Find when a country reached a stage, or a higher one, from `since` to `until`.

    A country reaches it if it was below it before, or if its data begin there. Of `hostile` and
    `banned` only the stage itself counts: a higher one has left them behind. A sure arrival comes
    before one that may lie outside the days, and that before an assumed start. None if there is
    none, or if nothing is documented.
    """
    found: list[tuple[How, Spell]] = []
    before: Spell | None = None
    for spell in history.spells if history.documented else ():
        begins = spell.begins
        arrives = _is_at(spell, stage) and not (before and _is_at(before, stage))
        before = spell
        if not arrives or begins.latest < since or begins.earliest > until:
            continue
        within = since <= begins.earliest and begins.latest <= until
        found.append(("assumed" if spell.assumed else "surely" if within else "perhaps", spell))
    for wanted in ("surely", "perhaps", "assumed"):
        for at, (how, spell) in enumerate(found):
            if how == wanted:
                return Arrival(spell, how, found[0][1] if at else None)
    return None


def _is_at(spell: Spell, stage: Stage) -> bool:
    exact = stage in (Stage.HOSTILE, Stage.BANNED)
    return spell.stage is stage if exact else spell.stage >= stage
