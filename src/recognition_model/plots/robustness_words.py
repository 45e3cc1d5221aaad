"""The words of a picture of universes: its title, its caption and its description."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recognition_model.analysis.robustness.choices import MEANINGS, Choice
from recognition_model.analysis.robustness.found_words import carried, counted, holds_in
from recognition_model.analysis.robustness.outcome import Robustness
from recognition_model.core.wording import in_percent
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import Options
from recognition_model.plots.robustness_rows import answer_rows, found_in, one_by_one
from recognition_model.plots.text import letters_lacking

_RARE = Fraction(1, 10)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the answer, where it holds, and whether a single source carries it."""
    found = found_in(options)
    return f"{found.in_words}; this holds in {holds_in(found)}, and {carried(found, named=False)}"


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return the question."""
    return f"Answers to “{found_in(options).question}”, by the choices of each universe"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return what a universe is, and what a share of them is not."""
    found = found_in(options)
    texts = [
        counted(found),
        "Every combination counts the same: a share says how much room the choices leave, not how"
        " likely something was.",
    ]
    if len(found.answers) > 1 and min(share for _, share in found.answers) < _RARE:
        texts.append("The block of a rare answer is drawn wider than its share.")
    if found.chosen and found.chosen.unlike:
        unlike = " and ".join(f"{choice} {label}" for choice, label in found.chosen.unlike)
        texts.append(f"The answer is that of its first options, not the shipped ones: {unlike}.")
    if found.carried_by:
        texts.append(f"{carried(found)[0].upper()}{carried(found)[1:]}.")
    return texts


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return how to read the picture."""
    found = found_in(options)
    marks = (
        "Below, a column is one combination of choices, with a mark at each of its options."
        if one_by_one(found.blocks)
        else "Below, the denser the marks, the more universes of the answer have the option."
    )
    return [
        "Above, the more universes have an answer, the wider it is.",
        marks,
        "The number at the right of an option says in what share of its universes the answer of"
        " the first row holds. The choices that matter most stand first.",
    ]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the answers, and how much each choice matters."""
    found = found_in(options)
    answers = "; ".join(f"{row.label}, {row.said}" for row in answer_rows(found))
    ranges = [
        f"{MEANINGS[choice]}, {in_percent(min(shares))} to {in_percent(max(shares))}"
        for choice in sorted(Choice, key=lambda one: -found.spread(one))
        for shares in [[option.share for option in found.of(choice)]]
        if len(shares) > 1
    ]
    by_choice = f" Share in which the first answer holds, by choice: {'; '.join(ranges)}."
    matters = by_choice if ranges else ""
    return (
        f"Answers to the question “{found.question}” in {found.universes:,} universes: {answers}."
        f"{matters}"
    )


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why there is nothing to draw, or what the font cannot write."""
    found = options.found
    if found is None or not found.blocks:
        return "the picture needs the answer of `robustness` with its blocks, and none is given"
    if lacking := letters_lacking(_own_words(found)):
        return f"the font has no letter for {lacking}: give the choices file a title without it"
    return ""


def _own_words(found: Robustness) -> str:
    return found.chosen.title if found.chosen else ""
