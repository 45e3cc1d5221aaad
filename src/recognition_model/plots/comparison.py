"""What several histories say together, in one sentence: the title of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recognition_model.core.basis import Basis
from recognition_model.core.changes import Spell
from recognition_model.core.countries import in_prose
from recognition_model.core.day_words import day_in_words, when_in_words
from recognition_model.core.stages import Act, Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.finding import last_day
from recognition_model.plots.path_words import ENDED

_DOES = {
    Stage.BANNED: ("bans the Taliban", "ban the Taliban"),
    Stage.ENGAGED: ("deals officially with the Taliban", "deal officially with the Taliban"),
    Stage.DELISTED: (
        "has taken the Taliban off its list of banned organisations",
        "have taken the Taliban off their lists of banned organisations",
    ),
    Stage.AMBASSADOR_ACCEPTED: (
        "has accepted a Taliban ambassador",
        "have accepted a Taliban ambassador",
    ),
    Stage.DE_JURE_RECOGNITION: (
        "recognises the Taliban government",
        "recognise the Taliban government",
    ),
}
_NO_MORE = "has no dealings with the Taliban any more", "have no dealings with the Taliban any more"

_MOST, _FEW = 2, 4  # stages that a title names; so few countries are all named


def comparison(replays: Sequence[Replay], until: date | None = None) -> str:
    """Say where some countries stood on the last day shown, the highest stages first.

    It names up to four countries; of more it names those at the two highest of their stages. Where
    all are at one stage, it says who reached that first in its whole history, if the dates leave no
    doubt. With `until` the sentence begins with that day.
    """
    at: dict[Stage, list[tuple[Replay, Spell]]] = {stage: [] for stage in reversed(Stage)}
    unsure: list[Replay] = []
    assumed: list[Replay] = []
    for replay in replays:
        position = replay.history.on(last_day(replay, until))
        if position.stage is None:
            unsure.append(replay)
        elif position.basis is Basis.ASSUMED and position.stage is not Stage.HOSTILE:
            assumed.append(replay)
        else:
            at[position.stage].append((replay, position.spells[-1]))
    parts = [
        _part(stage, [replay for replay, _ in there])
        for stage, there in at.items()
        if there and stage is not Stage.HOSTILE
    ]
    if assumed:
        parts.append(f"where {names_in_turn(assumed)} stood is only assumed")
    if unsure:
        parts.append(f"where {names_in_turn(unsure)} stood is in doubt")
    parts += _without_dealings(at[Stage.HOSTILE])
    alike = next((stage for stage, there in at.items() if len(there) == len(replays)), None)
    if alike not in (None, Stage.HOSTILE) and (first := _first(alike, replays, until)):
        parts.append(first)
    said = "; ".join(parts if len(replays) <= _FEW else parts[:_MOST])
    if at[Stage.DE_JURE_RECOGNITION]:  # the Taliban government has been named
        said = said.replace("a Taliban ambassador", "its ambassador")
    said = f"{day_in_words(until)}: {said}" if until else said
    return f"{said[0].upper()}{said[1:]}"


def _part(stage: Stage, there: Sequence[Replay]) -> str:
    one, many = _DOES[stage]
    return f"{names_in_turn(there)} {one if len(there) == 1 else many}"


def _without_dealings(there: Sequence[tuple[Replay, Spell]]) -> list[str]:
    """Say who ended its dealings and how, and of whom none are documented."""
    ended: dict[Act | None, list[Replay]] = {}
    for replay, spell in there:
        ended.setdefault(spell.change.act if spell.change else None, []).append(replay)
    none = ended.pop(None, [])
    parts = []
    for act, left in ended.items():
        one, many = ENDED.get(act, _NO_MORE)
        parts.append(f"{names_in_turn(left)} {one if len(left) == 1 else many}")
    if none:
        parts.append(f"no dealings of {names_in_turn(none)} with the Taliban are documented")
    return parts


def _first(stage: Stage, replays: Sequence[Replay], until: date | None) -> str:
    """Say who reached a stage before all others; nothing if the records leave that open.

    The first time in the whole history counts, even if the country left the stage since. A higher
    stage shows that a country dealt with the Taliban, but not that it did the act of a lower one.
    """
    reached: list[tuple[Replay, Spell]] = []
    for replay in replays:
        last = last_day(replay, until)
        spells = (one for one in replay.history.spells if one.begins.earliest <= last)
        first = next(one for one in spells if one.stage >= stage)
        if first.change is None or (first.stage is not stage and stage is not Stage.ENGAGED):
            return ""
        reached.append((replay, first))
    (replay, spell), *others = sorted(reached, key=lambda one: one[1].begins.latest)
    if not all(other.begins.earliest > spell.begins.latest for _, other in others):
        return ""
    return f"{in_prose(replay.country)} was first, {when_in_words(spell.begins)}"


def names_in_turn(replays: Sequence[Replay]) -> str:
    """Name countries in a sentence, in the order given: `Russia, China and Qatar`."""
    *names, last = [in_prose(replay.country) for replay in replays]
    return f"{', '.join(names)} and {last}" if names else last
