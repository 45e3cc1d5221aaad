"""Report as a single HTML page, readable without network, server or scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any

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
from recognition_model.report.view import Page

STYLES = ("style",)
SCRIPTS = ("base", "position", "table")
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?[~?]?", re.ASCII)


def html_report(
    replays: Sequence[Replay],
    *,
    claims: Sequence[ClaimCheck] = (),
    findings: Sequence[Finding] = (),
    watch: Watch = iter,
    left_out: Iterable[str] = (),
) -> str:
    """Write one page about the countries replayed; arguments as for `page_of`.

    The same input gives the same text: the page contains no time stamp.
    """
    return page_as_html(
        page_of(replays, claims=claims, findings=findings, watch=watch, left_out=left_out)
    )


def page_as_html(page: Page) -> str:
    """Render a report as HTML with style, script, data and figures inline; escape all text."""
    return rendered(
        "report.html.j2", page=page, style=style(*STYLES), script=script(*SCRIPTS), words=words()
    )


def rendered(template: str, **values: Any) -> str:
    """Fill in a template, with the filters that the parts of a page use; escape all text."""
    environment = Environment(
        loader=PackageLoader("recognition_model.report"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"b64": _base64, "sha": _sha, "raw": Markup, "words": humanize}
    environment.filters["dated"] = _dated
    return environment.get_template(template).render(**values)


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
    return files("recognition_model.report").joinpath("templates", name).read_text("utf-8")


def _dated(text: str) -> Markup:
    """Keep dates from breaking at their hyphens; allow a break between the ends of an interval."""
    safe = str(escape(text))
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', safe).replace("..", "..<wbr>"))  # noqa: S704


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _sha(text: str) -> str:
    """Hash a style or script, in the form used by a Content-Security-Policy."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
