"""Report as a single HTML page, readable without network, server or scripts."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.core.basis import Basis
from recognition_model.core.diagnostics import Finding
from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.report.build import Watch, page_of
from recognition_model.report.sentences import GRADES, VOICES
from recognition_model.report.view import FigureView, Page

STYLES = ("base", "table", "country", "figure", "controls", "map", "print")
SCRIPTS = (
    *("base", "position", "address", "table", "map"),
    *("find", "marks", "files", "print", "begin", "start", "fit"),
)
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?[~?]?", re.ASCII)


def html_report(
    replays: Sequence[Replay],
    *,
    claims: Sequence[ClaimCheck] = (),
    findings: Sequence[Finding] = (),
    watch: Watch = iter,
    left_out: Iterable[str] = (),
    workers: int = 1,
) -> str:
    """Write one page about the countries replayed; arguments as for `page_of`.

    The same input gives the same text: the page contains no time stamp.
    """
    return page_as_html(
        page_of(
            replays,
            claims=claims,
            findings=findings,
            watch=watch,
            left_out=left_out,
            workers=workers,
        )
    )


def page_as_html(page: Page) -> str:
    """Render a report as HTML with style, script, data and figures inline; escape all text."""
    return rendered(
        "report.html.j2",
        page=page,
        files=_files_of(page),
        style=style(*STYLES),
        script=script(*SCRIPTS),
        words=words(),
    )


def rendered(template: str, **values: Any) -> str:
    """Fill in a template, with the filters that the parts of a page use; escape all text."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    """The templates, compiled once a process."""
    environment = Environment(
        loader=PackageLoader("recognition_model.report"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"dated": _dated, "day_cell": _day_cell, "host": _host}
    environment.filters |= {"packed": packed, "raw": Markup, "sha": _sha, "words": humanize}
    return environment


def words() -> Mapping[str, Any]:
    """Give the legend of words for the part `reading`."""
    return {
        "stages": tuple(Stage),
        "bases": tuple(Basis),
        "bans": tuple(Ban),
        "voices": tuple(VOICES.items()),
        "grades": GRADES,
    }


def style(*names: str) -> Markup:
    """Join style sheets of `templates/css` into the text of one style element."""
    return Markup("".join(_part(f"css/{name}.css") for name in names))  # noqa: S704 - our own files


def script(*names: str) -> Markup:
    """Join scripts of `templates/js`, which share their names, into one that leaves none behind."""
    parts = "".join(_part(f"js/{name}.js") for name in names)
    return Markup(f'"use strict";\n(() => {{\n{parts}}})();\n')  # noqa: S704 - our own files


def _part(name: str) -> str:
    """Read a style sheet or script, without indents and lines that are only comments."""
    text = files("recognition_model.report").joinpath("templates", name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _dated(text: str) -> Markup:
    """Keep dates from breaking at their hyphens; allow a break between the ends of an interval."""
    safe = str(escape(text))
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', safe).replace("..", "..<wbr>"))  # noqa: S704


def _day_cell(text: str) -> Markup:
    """Write a date for a narrow column: the end of an interval in a line of its own."""
    return Markup(str(escape(text)).replace("..", "..<br>"))  # noqa: S704 - escaped


def _host(url: str) -> str:
    """Name the server of an address, which says in few letters where a link leads."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _files_of(page: Page) -> dict[str, Any]:
    """Give what a reader may take away beside the figures themselves, by name."""
    figures = [*page.pictures, *(country.picture for country in page.countries)]
    taken = {one.name: takeaways(one) for one in figures}
    # An item beside its entry: what both say is then packed once.
    sources = [list(pair) for pair in zip(json.loads(page.csl), page.bibtex_entries, strict=True)]
    return {**taken, "report": {"bib": page.cite[1]}, "sources": sources}


def takeaways(drawn: FigureView) -> dict[str, str]:
    """Give the table of a figure, its citation as BibTeX, and its stamp."""
    return {"csv": drawn.csv, "bib": drawn.bibtex, "stamp": drawn.stamp}


def packed(data: Any) -> Markup:
    """Write data, which the script unpacks when a reader asks: JSON, deflated, in base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(b64encode(zlib.compress(text.encode(), 9)).decode())  # noqa: S704 - base64


def _sha(text: str) -> str:
    """Hash a style or script, in the form used by a Content-Security-Policy."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
