"""Pictures of replays. Each kind has a function `draw(replays, ax) -> ax`.

    from recognition_model.plots import history, picture

    picture("history", [replay]).svg()          # the page with heading, key and caption
    history.draw([replay], ax)                  # only the drawing, into any axes

The functions open no window and do not change the global state of pyplot. matplotlib is loaded
with the first picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from recognition_model.core.countries import named
from recognition_model.core.dates import DateReading
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.plots.kinds import KINDS, PictureError

if TYPE_CHECKING:
    from recognition_model.analysis.robustness.outcome import Robustness
    from recognition_model.io.choices_files import Chosen
    from recognition_model.plots.interface import Options, Plot
    from recognition_model.plots.layout import LAYOUTS, Layout, Links
    from recognition_model.plots.page import ENDINGS, Picture

_MODULES = frozenset(kind.module for kind in KINDS.values())
_HOMES = {
    "ENDINGS": "page",
    "LAYOUTS": "layout",
    "Layout": "layout",
    "Links": "layout",
    "Options": "interface",
    "Picture": "page",
    "Plot": "interface",
}
"""The module of each name that is loaded when it is asked for."""


class _Plots(Mapping[str, "Plot"]):
    """Every kind of picture by its word; a module is loaded when its kind is asked for."""

    def __getitem__(self, name: str) -> Plot:
        from recognition_model.plots.interface import Plot

        return Plot.of(name)

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


FIRST = "first ambassador_accepted"
"""The question of a picture of universes, if no other is asked."""
PLOTS: Mapping[str, Plot] = _Plots()
"""Every kind of picture, by the word that `plot` takes."""


def picture(
    kind: str,
    replays: Sequence[Replay],
    *,
    dates: DateReading = "all",
    left_out: Iterable[str] = (),
    **options: Any,
) -> Picture:
    """Make a picture of some replays. `options` are the fields of `Options`.

    With `dates` set to `earliest` or `latest`, uncertain dates are read at that day and the caption
    says so; with `all` they are drawn at their middle, with their range. `left_out` names files
    that could not be used because of errors: the caption says so. A picture of many countries
    leaves organisations out.
    `layout` is one of `LAYOUTS`, or your own. A picture of universes takes a `question` too, by
    default who first accepted an ambassador, and a file of `choices`; or `found`, the answer of
    `robustness` with its `blocks`.
    Raises `KeyError` for an unknown kind, `ValueError` if there are no replays, or more or fewer
    than the kind shows, and `PictureError` if the picture would show nothing or mislead.
    """
    from recognition_model.plots.interface import Options
    from recognition_model.plots.page import Picture
    from recognition_model.plots.rungs import with_levels
    from recognition_model.plots.text import letters_lacking

    of_kind = KINDS[kind]
    if not replays and not of_kind.rules:
        raise ValueError("a picture needs at least one replay")
    if of_kind.rules:
        options = {"rules": replays[0].rules, **options} if replays else options
        replays = ()
    elif not of_kind.one:
        of_organisations = named(replays[0].country)
        replays = of_countries(replays)
        if not replays:
            raise PictureError(f"the picture {kind!r} shows countries, not {of_organisations}")
    if wrong := of_kind.wrong_number(len(replays)):
        raise ValueError(f"the picture {kind!r} shows {wrong}, not {len(replays)}")
    read = tuple(replay.read(dates) for replay in replays)
    if other := options.get("against"):
        options = {**options, "against": other.read(dates)}
    if scale := options.get("measure"):
        if not of_kind.scaled:
            raise PictureError(f"the picture {kind!r} cannot show a scale")
        read = tuple(with_levels(replay, scale) for replay in read)
    if of_kind.asks and "found" not in options:
        options["found"] = _asked(
            read, options.pop("question", FIRST), options.pop("choices", None)
        )
    drawn = Picture(
        plot=PLOTS[kind],
        replays=read,
        options=Options(**options),
        dates=dates,
        left_out=tuple(left_out),
    )
    if reason := drawn.plot.why_not(drawn.replays, drawn.options):
        raise PictureError(reason)
    if lacking := letters_lacking(drawn.options.title):
        raise PictureError(f"the font has no letter for {lacking}: write the title without it")
    if lacking := letters_lacking(drawn.edition.rules_title):
        named_so = "give the rule table a title without it"
        raise PictureError(f"the font has no letter for {lacking}: {named_so}")
    return drawn


def _asked(replays: Sequence[Replay], question: str, choices: Chosen | None) -> Robustness:
    """Ask a question in every universe of some records."""
    from recognition_model.analysis.readings import NoConsistentReading
    from recognition_model.analysis.robustness.questions import QuestionError
    from recognition_model.analysis.robustness.survey import robustness

    try:
        scenarios = [replay.scenario for replay in replays]
        return robustness(scenarios, question, chosen=choices, blocks=True)
    except (QuestionError, NoConsistentReading) as error:
        raise PictureError(str(error)) from None


if not TYPE_CHECKING:  # a type checker must see every name that is not there

    def __getattr__(name: str) -> Any:
        if name in _HOMES:
            return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ENDINGS",
    "LAYOUTS",
    "PLOTS",
    "Layout",
    "Links",
    "Options",
    "Picture",
    "PictureError",
    "Plot",
    "picture",
]
