"""Report as a single HTML page, readable without network, server or scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.resources import files

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
    environment = Environment(
        loader=PackageLoader("recognition_model.report"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"b64": _base64, "sha": _sha, "raw": Markup, "words": humanize}
    environment.filters["dated"] = _dated
    return environment.get_template("report.html.j2").render(
        page=page,
        style=Markup(_part("style.css")),  # noqa: S704 - our own file
        script=Markup(_part("report.js")),  # noqa: S704 - our own file
        stages=tuple(Stage),
        bases=tuple(Basis),
        bans=tuple(Ban),
        voices=tuple(VOICES.items()),
        grades=GRADES,
    )


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
