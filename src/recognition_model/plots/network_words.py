"""The picture of moves in words: its finding, its caption and its description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recognition_model.analysis.deeds import brief_stage
from recognition_model.core.basis import IN_WORDS
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.wording import in_words, join_limited, percent, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import Options
from recognition_model.plots.moves import Moves, Pair, moves
from recognition_model.plots.spans import uncertain

_MOST_NAMED = 20  # countries that the topic names
_FEW_NAMED = 2  # countries that the title names


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the most frequent move; of one or two countries, which they are."""
    counted = moves(replays)
    codes = [replay.country for replay in replays]
    said = _found(counted)
    if len(codes) > _FEW_NAMED:
        return said[0].upper() + said[1:]
    who = " and ".join(map(in_prose, codes))
    return f"{who[0].upper()}{who[1:]}: {said}"


def _found(counted: Moves) -> str:
    total, top = counted.made.total(), counted.most_frequent
    if not total:
        lapses = plural(counted.lapsed.total(), "lapse", "lapses")
        refused = _not_counted(counted)
        return f"no move between stages is documented, {lapses if counted.lapsed else refused}"
    before, after = map(brief_stage, top[0])
    count = counted.made[top[0]]
    if total == 1:
        return f"the one documented move led from {before} to {after}"
    if len(top) > 1:
        each = "each once" if count == 1 else f"none more often than {in_words(count)} times"
        only_up = all(after > before for before, after in counted.made)
        highest = brief_stage(max(after for _, after in counted.made))
        up = f", up to {highest}" if only_up and count == 1 else ""
        return f"{in_words(total)} documented moves between stages, {each}{up}"
    if 2 * count > total:
        return f"most moves led from {before} to {after}: {count} of {total}"
    return f"the most frequent move led from {before} to {after}: {count} of {total}"


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return whose moves are shown, and what else."""
    names = sorted(name_of(replay.country) for replay in replays)
    who = f"{len(names)} countries" if len(names) > _MOST_NAMED else join_limited(names)
    counted = moves(replays)
    also = [plural(counted.lapsed.total(), "lapse", "lapses")] if counted.lapsed else []
    also += [_not_counted(counted, "")] if counted.refused else []
    apart = f"; not among them {' and '.join(also)}" if also else ""
    return f"{plural(counted.made.total(), 'move', 'moves')} between stages: {who}{apart}"


def _not_counted(counted: Moves, verb: str = "{} ") -> str:
    total = counted.refused.total()
    said = verb.format("was" if total == 1 else "were")
    return f"{plural(total, 'claim', 'claims')} {said}not counted"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return what the shades and numbers are."""
    red = " Red: claims not counted." if moves(replays).refused else ""
    return [
        "Darker: more moves. Rates (from five moves): per country-year. Diagonal: years there."
        f"{red}"
    ]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    counted = moves(replays)
    left = (
        [plural(counted.held, "claim", "claims") + " of a stage already reached"]
        if counted.held
        else []
    )
    left += (
        [plural(counted.beyond, "change", "changes") + " that may have happened after the data end"]
        if counted.beyond
        else []
    )
    middle = "; dates known only to an interval count from their middle"
    return [
        "A rate is the number of moves divided by the years that countries are documented at the"
        f" stage they left (on the diagonal){middle if uncertain(replays) else ''}.",
        *(
            ["Claims not counted: moves that no rule permits, or nothing attests."]
            if counted.refused
            else []
        ),
        *([_LAPSES] if counted.lapsed else []),
        *_years_by_basis(replays),
        *([f"Not shown: {'; '.join(left)}."] if left else []),
    ]


_LAPSES = "Lapsed: ended as the Taliban ceased to govern; no rate counts these."


def _years_by_basis(replays: Sequence[Replay]) -> list[str]:
    """Say how many of the country-years rest on near evidence, on old evidence, on assumptions."""
    spells = [spell for replay in replays for spell in replay.history.spells]
    days = {basis: sum(spell.days_on(basis) for spell in spells) for basis in IN_WORDS}
    whole = sum(days.values())
    if not whole:
        return []
    parts = ", ".join(f"{percent(days[basis], whole)} {what}" for basis, what in IN_WORDS.items())
    return [f"Of these country-years: {parts}."]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe all moves with their counts."""
    shown = moves(replays)
    made, lapsed, refused = map(_listed, (shown.made, shown.lapsed, shown.refused))
    ended = f" Lapsed when the Taliban ceased to govern: {lapsed}." if lapsed else ""
    return (
        f"A matrix and a ladder of {plural(shown.made.total(), 'move', 'moves')} between stages of"
        f" {plural(len(replays), 'country', 'countries')}: {made or 'none'}."
        f"{ended} Claims not counted: {refused or 'none'}."
    )


def _listed(counts: Counter[Pair]) -> str:
    return ", ".join(
        f"{brief_stage(before)} to {brief_stage(after)} {count}"
        for (before, after), count in sorted(counts.items(), key=lambda item: item[0])
    )


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why these replays cannot be drawn; empty if they can."""
    if not moves(replays).empty:
        return ""
    names = join_limited(sorted(name_of(replay.country) for replay in replays), _MOST_NAMED)
    return f"no move between stages and no claim of one is documented: {names}"
