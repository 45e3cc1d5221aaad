"""Picture of moves between stages, with rates per country-year, or of the rule table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path

from recognition_model.core.basis import IN_WORDS
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, percent, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES
from recognition_model.plots.labels import spread
from recognition_model.plots.page import WIDTH, Margins, Options, Table, drawing
from recognition_model.plots.palette import INK, PAPER, QUIET, REFUSED, ink_on
from recognition_model.plots.rule_graph import (
    _CELL,
    _HIGH,
    _MARGIN,
    _NAMES,
    _RULES_HIGH,
    Pair,
    _boxes,
    _centre,
    _graph,
    _level,
    _terms,
)
from recognition_model.plots.spans import is_open, stretches, uncertain
from recognition_model.plots.text import SMALL, SMALLEST
from recognition_model.plots.view import LEADS

_YEAR = 365.2425
_FEW = 5
_LAPSE = "◇"
_SHORT = ("hostile", "banned", "engaged", "delisted", "ambassador", "de jure")


@frozen
class Moves:
    """Documented and refused moves between stages, and the country-years spent in each stage.

    Not among the moves: `lapsed` counts the ends of all dealings when the Taliban ceased to govern,
    which no country decided; `beyond` counts changes that may have happened after the data end;
    `held` counts refused claims of a stage that the country had already reached.
    """

    made: Counter[Pair]
    lapsed: Counter[Pair]
    refused: Counter[Pair]
    years: dict[Stage, float]
    beyond: int
    held: int

    def rate(self, pair: Pair) -> float | None:
        """Moves per country-year in the first stage; None if no country was at that stage."""
        years = self.years[pair[0]]
        return self.made[pair] / years if years else None


def moves(replays: Sequence[Replay]) -> Moves:
    """Count the moves in some replays."""
    made: Counter[Pair] = Counter()
    lapsed: Counter[Pair] = Counter()
    refused: Counter[Pair] = Counter()
    days = dict.fromkeys(Stage, 0.0)
    beyond = held = 0
    for replay in replays:
        spans = stretches(replay.history)
        for before, span in pairwise(spans):
            if span.begins.latest < spans[-1].ends.at or is_open(span.begins.latest):
                (lapsed if span.lapsed else made)[before.stage, span.stage] += 1
            else:
                beyond += 1
        for span in spans:
            days[span.stage] += max(span.ends.at - span.begins.at, 0)
        for refusal in replay.refusals:
            pair = refusal.state.stage, LEADS[refusal.act]
            held += pair[0] is pair[1]
            refused[pair] += pair[0] is not pair[1]
    years = {stage: spent / _YEAR for stage, spent in days.items()}
    return Moves(made, lapsed, +refused, years, beyond, held)


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw the matrix and the ladder of moves, or the rule table, into an axes."""
    ax.set_axis_off()
    if options.rules:
        ax.set_xlim(0, WIDTH - 2 * _MARGIN)
        ax.set_ylim(0, _RULES_HIGH)
        _graph(ax)
        return ax
    counted = moves(replays)
    ax.set_xlim(0, WIDTH - 2 * _MARGIN)
    ax.set_ylim(-0.5, _HIGH - 0.5)
    _matrix(ax, counted)
    _ladder(ax, counted)
    return ax


def _matrix(ax: Axes, counted: Moves) -> None:
    """Draw the matrix. Rows: stage left; columns: stage entered; diagonal: country-years."""
    rates = [rate for pair in counted.made if (rate := counted.rate(pair)) is not None]
    most = max(rates, default=1.0)
    top = 6 * _CELL
    for stage in Stage:
        y = top - (stage.rank + 0.5) * _CELL
        ax.text(
            _NAMES - 1.5, y, humanize(stage), ha="right", va="center", fontsize=SMALL, color=INK
        )
        x = _NAMES + (stage.rank + 0.5) * _CELL
        ax.text(x, top + 1.5, _SHORT[stage.rank], ha="center", fontsize=SMALLEST, color=INK)
    ax.text(
        _NAMES,
        top + 7.2,
        "moves per country-year (and their number)",
        fontsize=SMALL,
        color=INK,
        fontweight="bold",
    )
    ax.text(_NAMES - 1.5, top + 1.5, "from \\ to", ha="right", fontsize=SMALLEST, color=QUIET)
    for pair in product(Stage, Stage):
        _cell(ax, counted, pair, most)
    for pair, count in counted.refused.items():
        _refused_mark(ax, pair, count)
    for pair, count in counted.lapsed.items():
        x, y = _corner(pair)
        look: dict[str, Any] = {"ha": "right", "va": "bottom", "fontsize": SMALLEST, "color": QUIET}
        ax.text(x + _CELL - 0.9, y + 0.7, f"{_LAPSE}{count}", zorder=4, **look)


def _corner(pair: Pair) -> tuple[float, float]:
    """Return the lower left corner of a cell of the matrix."""
    before, after = pair
    return _NAMES + after.rank * _CELL, (len(Stage) - before.rank - 1) * _CELL


def _cell(ax: Axes, counted: Moves, pair: Pair, most: float) -> None:
    """Draw a cell: rate and number of moves, darker for a higher rate; `most` is the highest."""
    before, after = pair
    x, y = _corner(pair)
    rate = counted.rate(pair)
    fill, text, ink = PAPER, "0" if rate is not None else "–", "#767676"
    if before is after:
        fill, text, ink = "#f0f0f0", f"{counted.years[before]:.1f} y", QUIET
    elif counted.made[pair] and rate is not None:
        level = round(245 - 205 * rate / most)
        fill = f"#{level:02x}{level:02x}{level:02x}"
        text, ink = f"{rate:.2f}\n({counted.made[pair]})", ink_on(fill)
    ax.add_patch(
        Rectangle((x, y), _CELL, _CELL, facecolor=fill, edgecolor="#c4c4c4", linewidth=0.5)
    )
    ax.text(
        x + _CELL / 2,
        y + _CELL / 2,
        text,
        ha="center",
        va="center",
        fontsize=SMALLEST,
        color=ink,
        linespacing=1.2,
    )


def _refused_mark(ax: Axes, pair: Pair, count: int) -> None:
    """Draw a dashed frame in a cell, with the number of refused claims of this move."""
    x, y = _corner(pair)
    ax.add_patch(
        Rectangle(
            (x + 0.5, y + 0.5),
            _CELL - 1,
            _CELL - 1,
            facecolor="none",
            edgecolor=REFUSED,
            linewidth=1.1,
            linestyle=(0, (3, 1.5)),
            zorder=3,
        )
    )
    ax.text(
        x + _CELL - 1.1,
        y + _CELL - 1.2,
        f"✗{count}",
        ha="right",
        va="top",
        fontsize=SMALLEST,
        color=REFUSED,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3},
        zorder=4,
    )


def _ladder(ax: Axes, counted: Moves) -> None:
    """Draw six boxes, the highest stage on top; moves up on the right, back on the left."""
    middle = WIDTH - 2 * _MARGIN - 23.5
    _boxes(ax, middle, 18.0, 5.2, 6 * _CELL, _SHORT)
    heading: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "fontweight": "bold"}
    ax.text(middle, 6 * _CELL + 7.2, "back (left), up (right)", color=INK, **heading)
    most = max([*counted.made.values(), *counted.lapsed.values()], default=1)
    arrows = [(pair, count, False) for pair, count in counted.made.items()]
    arrows += [(pair, count, True) for pair, count in counted.lapsed.items()]
    for side in (1, -1):
        here = [arrow for arrow in arrows if (arrow[0][1] > arrow[0][0]) == (side == 1)]
        here.sort(key=lambda arrow: (_centre(arrow[0]), arrow[0][0].rank, arrow[2]))
        wanted = [_centre(pair) for pair, _, _ in here]
        ys = spread(wanted, 3.2, 1.5, 6 * _CELL - 1.5)
        for (pair, count, lapsed), y in zip(here, ys, strict=True):
            begin, end = (_level(stage) for stage in pair)
            edge = middle + side * 9.0
            turn = edge + side * (3.0 + 2.6 * abs(pair[1].rank - pair[0].rank) + 4.0 * lapsed)
            path = Path([(edge, begin), (turn, begin), (turn, end), (edge, end)], _CUBIC)
            ax.add_patch(
                FancyArrowPatch(
                    path=path,
                    arrowstyle="-|>",
                    mutation_scale=6,
                    linewidth=0.6 + 1.8 * count / most,
                    linestyle=(0, (1, 1)) if lapsed else "-",
                    color=QUIET if lapsed else INK,
                    zorder=2,
                )
            )
            ax.text(
                edge + (turn - edge) * 0.75,
                y,
                f"{_LAPSE}{count}" if lapsed else str(count),
                ha="center",
                va="center",
                fontsize=SMALL,
                color=QUIET if lapsed else INK,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.4},
                zorder=5,
            )


_CUBIC = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]


def height(replays: Sequence[Replay], options: Options) -> float:
    return _RULES_HIGH if options.rules else _HIGH


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    return Margins(left=_MARGIN, right=_MARGIN, above=0, below=2)


def keys(replays: Sequence[Replay], options: Options) -> list[tuple[str, str]]:
    """Return the rules by code; nothing for a matrix."""
    return [(rule.code, f"{humanize(rule.act)}: {_terms(rule)}") for rule in RULES if options.rules]


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return which moves are shown."""
    if options.rules:
        return "The rule table: every move between stages that a rule permits"
    return "Documented and refused moves between stages"


def _years_by_basis(replays: Sequence[Replay]) -> list[str]:
    """Say how many of the country-years rest on near evidence, on old evidence, on assumptions."""
    spells = [spell for replay in replays for spell in replay.history.spells]
    days = {basis: sum(spell.days_on(basis) for spell in spells) for basis in IN_WORDS}
    whole = sum(days.values())
    if not whole:
        return []
    parts = ", ".join(f"{percent(days[basis], whole)} {what}" for basis, what in IN_WORDS.items())
    return [f"Of these country-years: {parts}."]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    if options.rules:
        return [
            "Each line is a rule. It leads from the stages with a dot to the stage with the arrow,"
            " up on the right, back on the left. Solid: the country itself must say so; dashed: the"
            " Taliban or another state may say so too; dotted: a press report is enough."
        ]
    counted = moves(replays)
    few = any(0 < made < _FEW for made in counted.made.values())
    left = (
        [plural(counted.held, "refused claim", "refused claims") + " of a stage already reached"]
        if counted.held
        else []
    )
    left += (
        [plural(counted.beyond, "change", "changes") + " that may have happened after the data end"]
        if counted.beyond
        else []
    )
    warning = f" Do not compare rates based on fewer than {_FEW} moves."
    middle = "; dates known only to an interval count from their middle"
    return [
        "A rate is the number of moves divided by the years that countries are documented at the"
        f" stage they left (on the diagonal){middle if uncertain(replays) else ''}."
        + (warning if few else ""),
        "Dashed, with ✗ and a number: claimed moves that the rules refused.",
        *([_LAPSES] if counted.lapsed else []),
        *_years_by_basis(replays),
        *([f"Not shown: {'; '.join(left)}."] if left else []),
    ]


_LAPSES = (
    f"With {_LAPSE} and a number: lapses, as the Taliban ceased to govern; no rate counts them."
)


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe all moves with their counts, or all rules."""
    if options.rules:
        lines = [
            f"{rule.code}: {humanize(rule.act)} from {' or '.join(map(humanize, rule.before))} to"
            f" {humanize(rule.after)}, {_terms(rule)}"
            for rule in RULES
        ]
        return (
            f"A graph of {plural(len(lines), 'rule', 'rules')} over six stages. {'. '.join(lines)}."
        )
    shown = moves(replays)
    made, lapsed, refused = (
        ", ".join(
            f"{humanize(before)} to {humanize(after)} {count}"
            for (before, after), count in sorted(some.items(), key=_by_rank)
        )
        for some in (shown.made, shown.lapsed, shown.refused)
    )
    ended = f" Lapsed when the Taliban ceased to govern: {lapsed}." if lapsed else ""
    return (
        f"A matrix and a ladder of {plural(shown.made.total(), 'move', 'moves')} between stages of"
        f" {plural(len(replays), 'country', 'countries')}: {made or 'none'}."
        f"{ended} Refused: {refused or 'none'}."
    )


def _by_rank(item: tuple[Pair, int]) -> tuple[int, int]:
    return item[0][0].rank, item[0][1].rank


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each pair of stages, or for each move that a rule permits."""
    if options.rules:
        rows: Table = [("rule", "act", "before", "after", "ban_must_be", "ban_becomes", "needs")]
        return rows + [
            (
                rule.code,
                rule.act.value,
                before.value,
                rule.after.value,
                " ".join(rule.bans),
                rule.ban_becomes.value if rule.ban_becomes else "same",
                rule.needs.value,
            )
            for rule in RULES
            for before in rule.before
        ]
    counted = moves(replays)
    rows = [
        (
            "before",
            "after",
            "moves",
            "refused",
            "country_years_before",
            "moves_per_country_year",
            "lapses",
        )
    ]
    for before in Stage:
        for after in Stage:
            rate = counted.rate((before, after)) if before is not after else None
            rows.append(
                (
                    before.value,
                    after.value,
                    counted.made[before, after],
                    counted.refused[before, after],
                    round(counted.years[before], 2),
                    "" if rate is None else round(rate, 4),
                    counted.lapsed[before, after],
                )
            )
    return rows
