"""What was found, in sentences: for the page of the command and for the title of a picture."""

from __future__ import annotations

from recognition_model.analysis.robustness.choices import Choice
from recognition_model.analysis.robustness.outcome import Robustness
from recognition_model.core.wording import in_percent, join_limited, plural

MOST_SOURCES = 5


def holds_in(found: Robustness) -> str:
    """Say in what share of how many universes the answer holds: `99.7 % of 964 universes`."""
    universes = plural(found.universes, "universe", "universes")
    if found.universes > 1:
        universes = f"{found.universes:,} universes"
    return f"{in_percent(found.share)} of {universes}"


def carried(found: Robustness, *, named: bool = True) -> str:
    """Say which sources carry the answer alone: by their names, if these are `named`."""
    alone = [one for one in found.of(Choice.WITHOUT)[1:] if one.answer is not None]
    if not alone:
        return "no source was left out"
    by = found.carried_by
    if not by:
        if found.chosen is None:
            return "no single source carries it"
        if len(alone) == 1:
            return "the one source left out does not carry it"
        return f"none of the {len(alone):,} sources left out carries it alone"
    if len(by) == 1:
        return f"a single source carries it{f': {by[0]}' if named else ''}"
    names = f": {join_limited(by, MOST_SOURCES)}" if named else ""
    return f"each of {len(by)} sources carries it alone{names}"


def counted(found: Robustness) -> str:
    """Say what was counted and what was drawn."""
    of = "combinations of choices"
    if found.chosen:
        of = f"{of} that {found.chosen.in_words} lists"
    if found.chosen and found.chosen.listed:
        text = f"one of the {found.combinations:,} that {found.chosen.in_words} lists"
    elif found.possible == 1:
        text = "the one combination of choices"
    elif found.drawn:
        text = (
            f"one of {found.combinations:,} {of}, drawn from"
            f" {found.possible:,} with seed {found.seed}"
        )
    else:
        text = f"one of {found.combinations:,} {of}"
    if found.readings > 1:
        return (
            f"A universe is {text}, with one of {found.readings:,} readings of the dates, drawn"
            f" with seed {found.seed}."
        )
    if not found.readings:
        return f"A universe is {text}; every reading of its dates was counted."
    return f"A universe is {text}; no uncertain date bears on the answer."
