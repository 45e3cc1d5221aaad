"""A picture as the bytes of a file. The same figure gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen
from matplotlib.figure import Figure

from recognition_model.analysis.stamp import STAMP
from recognition_model.plots.text import FAMILY

DECIMALS = re.compile(r"-?\d+\.\d{3,}")
"""A number with more than hundredths."""
_TAG = re.compile(r"<[a-z][^<>]*>")
_LENGTHS = re.compile(r'(\s(?:d|transform|x|y)=")([^"]*)"')


@frozen(kw_only=True)
class About:
    """What a file says about its picture. `stamp` is JSON."""

    title: str
    description: str
    stamp: str


def as_svg(figure: Figure, about: About, *, fluid: bool) -> bytes:
    """Return an SVG with a role, a title and a description for screen readers."""
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = rounded(stream.getvalue().decode())
    head = (
        f'<title id="picture-title">{escape(about.title)}</title>'
        f'<desc id="picture-desc">{escape(about.description)}</desc>\n '
        f'<metadata id="{STAMP}">{escape(about.stamp, quote=False)}</metadata>\n '
    )
    marks = ' role="img" lang="en" aria-labelledby="picture-title picture-desc"'
    # For systems without DejaVu Sans: Verdana has the same width.
    text = text.replace(f"'{FAMILY}'", f"'{FAMILY}', Verdana, sans-serif")
    if fluid:
        text = re.sub(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"', r'\1 width="100%"', text)
    text = re.sub(r"<title>.*?</title>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"(<svg\b[^>]*?)>\s*", rf"\1{marks}>\n ", text, count=1)
    at = text.index(">", text.index("<svg")) + 1
    return f"{text[:at]}\n {head}{text[at:].lstrip()}".encode()


def as_png(figure: Figure, about: About, *, dpi: int) -> bytes:
    """Return a PNG with so many dots per inch."""
    stream = io.BytesIO()
    metadata = {"Software": None, "Title": about.title, "Description": about.description}
    metadata[STAMP] = about.stamp
    quick = {"compress_level": 3}  # and no larger
    figure.savefig(stream, format="png", dpi=dpi, metadata=metadata, pil_kwargs=quick)
    return stream.getvalue()


def as_pdf(figures: Sequence[Figure], about: About) -> bytes:
    """Return a PDF with a page for each figure."""
    from matplotlib.backends.backend_pdf import PdfPages

    stream = io.BytesIO()
    metadata = {
        "CreationDate": None,
        "Title": about.title,
        "Subject": about.description,
        "Keywords": f"{STAMP} {about.stamp}",
    }
    with PdfPages(stream, metadata=metadata) as pages:
        for figure in figures:
            pages.savefig(figure)
    return stream.getvalue()


def rounded(svg: str) -> str:
    """Round the lengths of an SVG to hundredths of a point: it becomes smaller, and looks alike.

    These are the data of paths, and where texts and marks stand. Scales and texts stay as they are.
    """

    def places(found: re.Match[str]) -> str:
        kept = re.split(r"(scale\([^)]*\)|matrix\([^)]*\))", found[2])
        kept[::2] = [DECIMALS.sub(hundredths, part) for part in kept[::2]]
        return f'{found[1]}{"".join(kept)}"'

    return _TAG.sub(lambda tag: _LENGTHS.sub(places, tag[0]), svg)


def hundredths(found: re.Match[str]) -> str:
    """Write a number that `DECIMALS` found with two decimals at most."""
    short = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
