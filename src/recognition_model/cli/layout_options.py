"""The options of `plot` about the page: its size, its letters, its title and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from recognition_model.core.wording import without_marks
from recognition_model.plots.layout import (
    CAPTIONS,
    FONT_SIZES,
    HEIGHTS,
    LAYOUTS,
    RESOLUTIONS,
    WIDTHS,
    Layout,
    layout_for,
)

NAMES = ("target", "title", "caption", "width", "height", "dpi", "font_size", "no_sources")


def layout_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about the page to a command."""
    options = (
        click.option(
            "--for",
            "target",
            type=click.Choice(list(LAYOUTS)),
            help="Lay it out for a report page of 160 mm, a journal column of 89 mm, a slide of"
            " 16:9, or a web page. Default: page.",
        ),
        click.option("--title", metavar="TEXT", help="Use this title instead of the finding."),
        click.option(
            "--caption",
            type=click.Choice(CAPTIONS),
            help="Say below the picture how to read it (full), only where it comes from (short),"
            " or nothing.",
        ),
        _number("--width", WIDTHS, "MM", "Make the page this wide."),
        _number("--height", HEIGHTS, "MM", "Make the page this high."),
        _number("--font-size", FONT_SIZES, "PT", "Make the smallest letters this large."),
        click.option(
            "--dpi",
            type=click.IntRange(*RESOLUTIONS),
            metavar="N",
            help="Draw a PNG with this many dots per inch. Default: 300.",
        ),
        click.option("--no-sources", is_flag=True, help="Do not list the sources of a history."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _number(name: str, bounds: tuple[float, float], unit: str, text: str) -> Callable[..., Any]:
    return click.option(name, type=click.FloatRange(*bounds), metavar=unit, help=text)


def chosen_title(text: str | None) -> str:
    """Return the title that a user chose, or nothing; `UsageError` if it is empty."""
    if text is None:
        return ""
    title = without_marks(" ".join(text.split()))
    if not title:
        raise click.UsageError("--title is empty")
    return title


def chosen_layout(asked: Mapping[str, Any], ending: str) -> Layout:
    """Return the layout for a file with an ending; `UsageError` for an option that does nothing."""
    target = asked["target"] or "page"
    if asked["dpi"] and ending != "png":
        raise click.UsageError("--dpi is for .png: the other pictures are made of lines")
    if target == "web" and ending != "svg":
        raise click.UsageError(f"--for web draws an .svg, not a .{ending}")
    changes = {name: asked[name] for name in ("caption", "width", "height", "dpi", "font_size")}
    if asked["no_sources"]:
        changes["sources"] = False
    return layout_for(target, **changes)
