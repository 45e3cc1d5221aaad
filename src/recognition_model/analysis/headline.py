"""The one sentence on where all countries stand: the heading of a map, a report and a site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from recognition_model.core.countries import in_prose
from recognition_model.core.day_words import day_in_words
from recognition_model.core.stages import Stage
from recognition_model.core.wording import in_words
from recognition_model.engine.outcomes import Replay

_FEW = 3
_DEALING = (Stage.ENGAGED, Stage.DELISTED)


def headline(replays: Sequence[Replay], day: date | None = None, *, where: str = "") -> str:
    """Say who recognises the Taliban government, and who has accepted its ambassador.

    With a day it begins with that day; without, it is about the last documented day of each
    country. Where the data of a country end before the day, its last documented stage counts. A
    country whose stage the dates leave open counts at the lowest of them; a stage that is only
    assumed counts for none. Few countries are named, many counted. `where` says which are meant:
    `in the region`.
    """
    at: dict[Stage, list[str]] = {stage: [] for stage in Stage}
    for replay in replays:
        stage = _stage(replay, day)
        if stage is not None:
            at[stage].append(replay.country)
    none = _none_of([replay.country for replay in replays], where)
    said = _sentence(at, len(replays), none)
    said = f"{day_in_words(day)}: {said}" if day else said
    return f"{said[0].upper()}{said[1:]}"


def _stage(replay: Replay, day: date | None) -> Stage | None:
    """Return the stage on a day or the last documented one; the lowest where dates leave several.

    It is None where nothing but an assumption says that a country stood above the lowest stage.
    """
    history = replay.history
    if not history.documented:
        return None
    until = history.documented_until
    position = history.on(min(day, until) if day else until)
    lowest = min((spell.stage for spell in position.spells), default=None)
    assumed = position.start_assumed and lowest is not min(Stage)
    return None if assumed else lowest


def _sentence(at: dict[Stage, list[str]], records: int, none: str) -> str:
    recognise, accept = at[Stage.DE_JURE_RECOGNITION], at[Stage.AMBASSADOR_ACCEPTED]
    parts = []
    if recognise:
        verb = "recognises" if len(recognise) == 1 else "recognise"
        parts.append(f"{who_in_words(recognise)} {verb} the Taliban government")
    else:
        parts.append(f"{none} documented to recognise the Taliban government")
    if accept:
        verb = "has" if len(accept) == 1 else "have"
        parts.append(f"{who_in_words(accept)} {verb} accepted its ambassador")
    elif not recognise:
        dealing = [code for stage in _DEALING for code in at[stage]]
        verb = "deals" if len(dealing) == 1 else "deal"
        if not dealing:
            return f"{none} documented to deal officially with the Taliban"
        parts.append(f"{who_in_words(dealing, records)} {verb} officially with the Taliban")
    return "; ".join(parts)


def _none_of(codes: Sequence[str], where: str) -> str:
    """Say of whom something is not documented: of these countries, and not of the whole world."""
    if len(codes) == 1:
        return f"{in_prose(codes[0])} is not"
    return " ".join(filter(None, [f"none of {len(codes)} countries", where, "is"]))


def who_in_words(codes: Sequence[str], of: int | None = None, *, noun: str = "states") -> str:
    """Name few countries, and count many: `Russia`, `China and Qatar`, `seven states`.

    With `of`, the number of all, it says: `seven of 60 states`, `all seven states`.
    """
    if len(codes) <= _FEW:
        return names_in_words(codes)
    count = in_words(len(codes))
    if of is None:
        return f"{count} {noun}"
    return f"all {count} {noun}" if of == len(codes) else f"{count} of {of} {noun}"


def names_in_words(codes: Iterable[str]) -> str:
    """Name countries in a sentence, in order of the alphabet: `China, Qatar and Russia`."""
    names = sorted((in_prose(code) for code in codes), key=lambda name: name.removeprefix("the "))
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), names[-1]])
