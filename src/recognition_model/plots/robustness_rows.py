"""The rows of a picture of universes: answers, and the options of choices; and its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve, frozen

from recognition_model.analysis.robustness.blocks import Block
from recognition_model.analysis.robustness.choices import MEANINGS, Choice
from recognition_model.analysis.robustness.outcome import Option, Robustness
from recognition_model.core.wording import in_percent, plural
from recognition_model.plots.interface import Options
from recognition_model.plots.layout import Sizes
from recognition_model.plots.text import broken, drawable, widest, width

ROW, LEAST_ROW = 4.4, 3.3
"""The height of a row in mm on the layout `page`, and the least that its letters allow."""
_SIZES = Sizes()
GAP = 2.0
"""Between columns, in mm."""
_BETWEEN = 0.7  # between the blocks of two answers
_NARROW, _NARROW_ONE = 8.0, 1.4  # mm of a block of many universes, and of a single one, or more
_LEAST_NAME, _MOST_NAME, _MOST_OPTION = 16.0, 0.24, 0.3  # mm; of the width
_MOST_SOURCES = 5
OTHERS = "other answers"


@frozen(kw_only=True)
class Row:
    """A row: its label, what stands at its right, and how often each block has it.

    `name` is that of the choice, in lines, at the first of its `of` rows.
    """

    label: str
    said: str
    shares: tuple[float, ...]
    name: str = ""
    of: int = 1


def found_in(options: Options) -> Robustness:
    """The answer that is shown. `why_not` says that there must be one."""
    assert options.found is not None  # noqa: S101 - as said above
    return options.found


def one_by_one(blocks: Sequence[Block]) -> bool:
    """Whether a block is a single combination of choices."""
    return all(share in (0.0, 1.0) for block in blocks for _, share in block.shares)


def answer_rows(found: Robustness) -> list[Row]:
    """A row for each answer, the one that is put to the test first."""
    shares = dict(found.answers)
    rows = []
    answers = [*dict.fromkeys(block.answer for block in found.blocks)]
    for answer in answers:
        others = [share for one, share in shares.items() if one not in answers]
        share = shares[answer] if answer else sum(others, start=0 * found.share)
        label = answer.replace("_", " ") or plural(len(others), "other answer", OTHERS)
        mine = tuple(float(block.answer == answer) for block in found.blocks)
        rows.append(Row(label=label, said=in_percent(share), shares=mine))
    return rows


def choice_rows(found: Robustness, sources: int = _MOST_SOURCES) -> list[list[Row]]:
    """The rows of each choice that has several options, those that matter most first.

    Of sources only some have a row: those that turn the answer or make it rarest.
    """
    groups = []
    for choice in sorted(Choice, key=lambda one: (-found.spread(one), [*Choice].index(one))):
        options = found.of(choice)
        if len(options) < 2:
            continue
        shown = _sources(options, sources) if choice is Choice.WITHOUT else options
        rows = [
            Row(
                label=_label(option, at),
                said=in_percent(option.share),
                shares=_shares(found, [option]),
            )
            for at, option in enumerate(shown, start=1)
        ]
        if others := [option for option in options if option not in shown]:
            low, *_, high = sorted(option.share for option in [*others, *others])
            ends = in_percent(low).removesuffix(" %"), in_percent(high)
            said = ends[1] if low == high else "–".join(ends)
            label = plural(len(others), "other", "others")
            rows.append(Row(label=label, said=said, shares=_shares(found, others)))
        groups.append([evolve(rows[0], name=MEANINGS[choice], of=len(rows)), *rows[1:]])
    return groups


def _sources(options: Sequence[Option], most: int) -> list[Option]:
    first, *others = options
    low = sorted(others, key=lambda option: (not option.turns, option.share, option.label))
    shown = [option for option in low if option.turns or option.share < first.share]
    return [first, *shown[:most]]


def _label(option: Option, number: int) -> str:
    return drawable(option.label, f"option {number}")


def _shares(found: Robustness, options: Sequence[Option]) -> tuple[float, ...]:
    keys = [(option.choice, option.label) for option in options]
    return tuple(sum(block.of_options.get(key, 0.0) for key in keys) for block in found.blocks)


def fitting(found: Robustness, most: int) -> tuple[list[Row], str]:
    """The rows of as many choices as fit, and a line on those left out, which takes a row."""
    groups = choice_rows(found)
    if sum(map(len, groups)) > most:
        groups = choice_rows(found, 1)
    kept = [*groups]
    while len(kept) > 1 and sum(map(len, kept)) + (len(kept) < len(groups)) > most:
        kept.pop()
    names = [group[0].name for group in groups[len(kept) :]]
    matter = "it matters" if len(names) == 1 else "they matter"
    line = f"not shown, because {matter} less: {', '.join(names)}" if names else ""
    return [row for group in kept for row in group], line


@frozen(kw_only=True)
class Columns:
    """Where the columns are, in mm on the layout `page` from the left of the axes.

    `blocks` are the left and the right end of each block.
    """

    option: float
    plot: float
    end: float
    blocks: tuple[tuple[float, float], ...]

    @classmethod
    def of(
        cls, wide: float, answers: Sequence[Row], rows: Sequence[Row], blocks: Sequence[Block]
    ) -> Columns:
        """Make room for the texts, and give the rest to the blocks."""
        option = _name_width(rows, wide * _MOST_NAME) + GAP
        labels = widest([*(row.label for row in rows), "Option"], _SIZES.small)
        most = wide * (_MOST_NAME + _MOST_OPTION)
        names = min(widest((row.label for row in answers), _SIZES.small), most)
        plot = max(option + min(labels, wide * _MOST_OPTION), names) + GAP
        said = [*(row.said for row in (*answers, *rows)), "holds in"]
        end = wide - widest(said, _SIZES.small) - GAP
        return cls(option=option, plot=plot, end=end, blocks=tuple(placed(blocks, plot, end)))


def name_lines(row: Row, most: float) -> list[str]:
    """The name of a choice in lines."""
    return broken(row.name, _SIZES.small, most)


def shortened_to(label: str, most: float) -> str:
    """A label that is at most so wide, in mm on the layout `page`: without its middle, if need be.

    Names of sources often differ only at their end.
    """
    if width(label, _SIZES.small) <= most:
        return label
    for kept in range(len(label) - 1, 1, -1):
        short = f"{label[: (kept + 1) // 2]}…{label[len(label) - kept // 2 :]}"
        if width(short, _SIZES.small) <= most:
            return short
    return "…"


def _name_width(rows: Sequence[Row], most: float) -> float:
    """The least width with which the name of every choice fits beside its rows, or the most."""
    least = _LEAST_NAME
    while least < most and any(len(name_lines(row, least)) > row.of for row in rows):
        least += 1
    return min(least, most)


def placed(blocks: Sequence[Block], left: float, right: float) -> Iterator[tuple[float, float]]:
    """The ends of blocks that are as wide as their universes are many, but never too narrow."""
    gaps = [_BETWEEN * (one.answer != other.answer) for one, other in pairwise(blocks)]
    room = right - left - sum(gaps)
    least = min(_NARROW_ONE if one_by_one(blocks) else _NARROW, room / (2 * len(blocks)))
    widths = [block.universes for block in blocks]
    wide = list(range(len(blocks)))
    while True:  # what is too narrow takes its room from the others
        spare = room - least * (len(blocks) - len(wide))
        whole = sum(blocks[at].universes for at in wide)
        widths = [spare * block.universes / whole if whole else least for block in blocks]
        kept = [at for at in wide if widths[at] >= least]
        if len(kept) == len(wide):
            break
        wide = kept
    x = left
    for at, gap in enumerate([*gaps, 0.0]):
        here = widths[at] if at in wide else least
        yield x, x + here
        x += here + gap
