"""Report in GitHub Markdown (tables, footnotes), with figures and sources in separate files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.core.basis import Basis
from recognition_model.core.diagnostics import Finding
from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.report.build import Watch, page_of
from recognition_model.report.sentences import GRADES, VOICES
from recognition_model.report.view import Page

_MARKUP = re.compile(r"[\\`*\[\]|~!$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(r"^(\s*)([#=+-]|\d+(?=[.)](?:\s|$)))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Text that GitHub turns into a link, a mention or an emoji without markup; a zero-width joiner is
# inserted at these points.
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)|(?<=:)(?=[a-z0-9_+-]+:)", re.IGNORECASE)


def markdown_report(
    replays: Sequence[Replay],
    path: Path,
    *,
    claims: Sequence[ClaimCheck] = (),
    findings: Sequence[Finding] = (),
    watch: Watch = iter,
    left_out: Iterable[str] = (),
    workers: int = 1,
) -> dict[Path, bytes]:
    """Build the files of a report at `path`; other arguments as for `page_of`.

    The files are the Markdown, one SVG per figure in a folder beside it, and the sources as
    CSL-JSON and BibTeX, at `sources_of(path)`. This function writes nothing and makes no folder.
    """
    page = page_of(
        replays,
        claims=claims,
        findings=findings,
        watch=watch,
        left_out=left_out,
        inline=False,
        workers=workers,
    )
    pictures = [*page.pictures, *(country.picture for country in page.countries)]
    folder = pictures_of(path)
    beside = {drawn.name: folder / f"{path.stem}-{drawn.name}.svg" for drawn in pictures}
    beside |= sources_of(path)
    links = {name: quote(file.relative_to(path.parent).as_posix()) for name, file in beside.items()}
    files = {beside[drawn.name]: drawn.svg.encode() for drawn in pictures}
    files |= {beside["csl"]: page.csl.encode(), beside["bibtex"]: page.bibtex.encode()}
    return files | {path: page_as_markdown(page, links).encode()}


def pictures_of(path: Path) -> Path:
    """The folder for the pictures of a report at `path`."""
    return path.with_name(f"{path.stem}_pictures")


def sources_of(path: Path) -> dict[str, Path]:
    """The files for the sources of a report at `path`: `csl` and `bibtex`.

    Their names say whose they are: `paper.bib` beside `paper.md` is the user's own.
    """
    endings = {"csl": "json", "bibtex": "bib"}
    return {kind: path.with_name(f"{path.stem}_sources.{end}") for kind, end in endings.items()}


def page_as_markdown(page: Page, links: dict[str, str]) -> str:
    """Render a report as Markdown; `links` maps each figure, `csl` and `bibtex` to its path."""
    return markdown(
        "report.md.j2",
        page=page,
        links=links,
        stages=tuple(Stage),
        bases=tuple(Basis),
        bans=tuple(Ban),
        voices=tuple(VOICES.items()),
        grades=GRADES,
    )


def markdown(template: str, **values: object) -> str:
    """Fill in a template; escape every value that is not Markdown already."""
    environment = Environment(
        loader=PackageLoader("recognition_model.report"),
        undefined=StrictUndefined,
        # Macros then return Markup, which is not escaped a second time.
        autoescape=True,
        finalize=_escape_value,
        keep_trailing_newline=True,
    )
    environment.filters |= {"raw": Markup, "words": humanize}
    return f"{environment.get_template(template).render(**values).rstrip()}\n"


def escaped(text: str) -> str:
    """Escape a text so that Markdown shows it as is, on one line, without markup or links."""
    plain = _MARKUP.sub(r"\\\g<0>", " ".join(text.split("\n"))).translate(_ENTITIES)
    plain = _LINKED.sub("&#8288;", plain)
    return _LINE_START.sub(_escape_line_start, plain)


def _escape_line_start(found: re.Match[str]) -> str:
    """Escape a character that would start a heading or a list."""
    space, sign = found.groups()
    return f"{space}\\{sign}" if not sign.isdigit() else f"{space}{sign}&#8203;"


def _escape_value(value: object) -> Markup:
    """Escape the value of a template expression, unless it is Markdown already.

    Jinja's `Markup` marks text that needs no escaping; here that text is Markdown.
    """
    return value if isinstance(value, Markup) else Markup(escaped(str(value)))  # noqa: S704
