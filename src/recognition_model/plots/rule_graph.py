"""Picture of the rule table: a row for each rule, with an arrow from stage to stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from recognition_model.analysis.deeds import brief_stage
from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize, in_words, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import Rule, RuleTable
from recognition_model.plots.interface import Margins, Options, Table, drawing
from recognition_model.plots.labels import in_lines, legend, legend_height, room
from recognition_model.plots.ladder import NAMES
from recognition_model.plots.layout import Sizes
from recognition_model.plots.palette import FAINT, INK, PAPER, QUIET, STAGE_COLOURS, ink_on
from recognition_model.plots.text import widest

# Lengths in mm on the layout `page`; `Options.scale` makes them larger or smaller.
_SIZES = Sizes()
_MARGIN = 2.0
_ROW, _LEAST_ROW = 6.2, 4.6
_EDGE = 0.4  # keeps the frames of the outer boxes whole
_LINES = {
    Attestation.OFFICIAL: "-",
    Attestation.CLAIMED: (0, (4, 2)),
    Attestation.REPORTED: (0, (1, 1.2)),
    Attestation.NONE: "-",
}
_SAYS = {
    Attestation.OFFICIAL: "the country itself must say so",
    Attestation.CLAIMED: "the Taliban or another state may",
    Attestation.REPORTED: "a press report will do",
    Attestation.NONE: "no word is needed",
}
narrowest = 90.0
"""The width in mm that the drawing needs at the scale of a page."""


@frozen
class _Columns:
    """Where the columns of stages are, in mm on the layout `page` from the left of the axes."""

    left: float
    step: float

    @classmethod
    def of(cls, wide: float, rules: RuleTable) -> _Columns:
        names = (_name(rule, rules) for rule in rules)
        left = widest(names, _SIZES.small) + 3
        return cls(left, (wide - left - _EDGE) / len(Stage))

    @property
    def upright(self) -> bool:
        """Whether the names of the stages stand upright: they do not fit beside each other."""
        return self.step < widest(NAMES, _SIZES.smallest) + 2

    @property
    def head(self) -> float:
        """The height of the names of the stages, with a gap below."""
        return (widest(NAMES, _SIZES.smallest) + 2 if self.upright else 4.8) + 3.2

    def at(self, stage: Stage) -> float:
        return self.left + (stage.rank + 0.5) * self.step


def _name(rule: Rule, rules: RuleTable) -> str:
    """Return the code and the act, with the ban that there must or may be."""
    act = f"{rule.code}  {humanize(rule.act)}{_apart(rule, rules)}"
    if len(rule.ban_must_be) == len(Ban):
        return f"{act}, ban or not"
    return act if Ban.NONE in rule.ban_must_be else f"{act}, under a ban"


def _apart(rule: Rule, rules: RuleTable) -> str:
    """Tell two rules for one act under the same bans apart: by the ambassador."""
    if not any(one is not rule and _of_act(one) == _of_act(rule) for one in rules):
        return ""
    accepted = Stage.AMBASSADOR_ACCEPTED in rule.before
    return ", from ambassador" if accepted else ", no ambassador"


def _of_act(rule: Rule) -> tuple[object, ...]:
    return rule.act, frozenset(rule.ban_must_be)


@drawing
def draw(replays: Sequence[Replay], ax: Axes, options: Options) -> Axes:
    """Draw a row for each rule: rings at the stages where it starts, an arrow to its stage."""
    ax.set_axis_off()
    wide, high = (side / options.scale for side in room(ax))
    ax.set_xlim(0, wide)
    ax.set_ylim(0, high)
    columns, sizes = _Columns.of(wide, options.rules), options.sizes
    low = high - columns.head
    row = low / len(options.rules)
    _heads(ax, columns, high - _EDGE, sizes)
    for at in range(len(options.rules)):
        _row(ax, options.rules, at, columns, (low - (at + 0.5) * row, row), sizes)
    if options.legend:
        legend(ax, _entries(options), most=room(ax)[0], size=sizes.small)
    return ax


def _heads(ax: Axes, columns: _Columns, high: float, sizes: Sizes) -> None:
    """Draw the stages as boxes above their columns, with a faint line down."""
    tall = columns.head - 3.2
    for stage in Stage:
        x, y = columns.at(stage), high - tall
        ax.plot([x, x], [0, y], color=FAINT, linewidth=0.7, zorder=0.5)
        box = FancyBboxPatch(
            (x - columns.step / 2 + 0.5, y),
            columns.step - 1,
            tall,
            boxstyle="round,pad=0,rounding_size=0.8",
            facecolor=STAGE_COLOURS[stage],
            edgecolor=INK,
            linewidth=0.6,
        )
        ax.add_patch(box)
        look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": sizes.smallest}
        look |= {"rotation": 90 if columns.upright else 0, "color": ink_on(STAGE_COLOURS[stage])}
        ax.text(x, y + tall / 2, NAMES[stage.rank], **look)


def _row(
    ax: Axes,
    rules: RuleTable,
    at: int,
    columns: _Columns,
    place: tuple[float, float],
    sizes: Sizes,
) -> None:
    """Draw the rule at a place of the table. Each row has a line of the kind that its evidence
    asks for."""
    rule, (y, tall) = rules.rules[at], place
    scale = sizes.smallest / _SIZES.smallest
    look: dict[str, Any] = {"va": "center", "fontsize": sizes.small, "color": INK}
    ax.text(0, y, _name(rule, rules), **look)
    if at:
        ax.plot([0, ax.get_xlim()[1]], [y + tall / 2] * 2, color=FAINT, linewidth=0.4, zorder=0.4)
    target = columns.at(rule.after)
    starts = [columns.at(stage) for stage in rule.before]
    for side in (-1, 1):  # the arrow ends at the edge of the stage that it leads to
        here = [x for x in starts if (target - x) * side > 0]
        if not here:
            continue
        far = min(here) if side > 0 else max(here)
        tip = target - side * 1.0
        line = _look(rule.needs, scale)
        ax.plot([far, tip], [y, y], zorder=2, **line)
        mark: dict[str, Any] = {"color": line["color"], "linestyle": "none", "zorder": 3}
        ax.plot([tip], [y], marker=">" if side > 0 else "<", markersize=5 * scale, **mark)
        ring: dict[str, Any] = {"markerfacecolor": PAPER, "markeredgewidth": 1.1 * scale}
        ax.plot(here, [y] * len(here), marker="o", markersize=4 * scale, **mark, **ring)


def _look(needs: Attestation, scale: float) -> dict[str, Any]:
    """Return the look of a line: heavy where only the country's own word will do."""
    own = needs is Attestation.OFFICIAL
    heavy = (1.7 if own else 1.1) * scale
    return {"color": INK if own else QUIET, "linewidth": heavy, "linestyle": _LINES[needs]}


def _entries(options: Options) -> list[tuple[Any, str]]:
    """Return the legend: one line for each kind of evidence that rules need, and how many do."""
    needed = Counter(rule.needs for rule in options.rules)
    return [
        (Line2D([], [], **_look(needs, options.scale)), f"{_SAYS[needs]}: {needed[needs]}")
        for needs in sorted(needed, reverse=True)
    ]


def _wide(options: Options) -> float:
    return options.layout.width - 2 * _MARGIN * options.scale


def height(replays: Sequence[Replay], options: Options) -> float:
    return (_columns(options).head + len(options.rules) * _ROW) * options.scale


def least(replays: Sequence[Replay], options: Options) -> float:
    """Return the height with rows as low as their letters allow."""
    return (_columns(options).head + len(options.rules) * _LEAST_ROW) * options.scale


def _columns(options: Options) -> _Columns:
    return _Columns.of(_wide(options) / options.scale, options.rules)


def margins(replays: Sequence[Replay], options: Options) -> Margins:
    """Return margins with room for the legend above."""
    side, size = _MARGIN * options.scale, options.sizes.small
    lines = in_lines((text for _, text in _entries(options)), size, _wide(options))
    above = legend_height(len(lines), size) + 2 * options.scale if options.legend else 0.0
    return Margins(left=side, right=side, above=above, below=2 * options.scale)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return how many rules there are, and how many need the country's own word."""
    own = sum(rule.needs is Attestation.OFFICIAL for rule in options.rules)
    count = len(options.rules)
    permit = "rule permits" if count == 1 else "rules permit"
    need = "needs" if own == 1 else "need"
    return (
        f"{in_words(count).capitalize()} {permit} a move between six stages;"
        f" {in_words(own)} {need} the country's own word"
    )


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what the rows are."""
    return "The rule table: from the stages with a ring to the stage with the arrow"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return what happens to a claim that no rule takes."""
    return [
        "Each row is a rule for one kind of act. Where it names no ban, none may be in force. A"
        " claimed act that no rule takes is not counted and moves nothing."
    ]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe all rules."""
    lines = [
        f"{rule.code}: {humanize(rule.act)} from {' or '.join(map(brief_stage, rule.before))} to"
        f" {brief_stage(rule.after)}, {_terms(rule)}"
        for rule in options.rules
    ]
    return f"A graph of {plural(len(lines), 'rule', 'rules')} over six stages. {'. '.join(lines)}."


def _terms(rule: Rule) -> str:
    """Return in words the ban that a rule needs and leaves, and the evidence it needs."""
    every = len(rule.ban_must_be) == len(Ban)
    must = "any ban" if every else f"ban {' or '.join(map(humanize, rule.bans))}"
    becomes = f", becomes {humanize(rule.ban_becomes)}" if rule.ban_becomes else ""
    return f"{must}{becomes}; {rule.needs}"


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each move that a rule permits."""
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
        for rule in options.rules
        for before in rule.before
    ]
