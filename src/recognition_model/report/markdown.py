"""The report as Markdown (GitHub's: tables and footnotes), its pictures and sources beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.core.diagnostics import Finding
from recognition_model.core.stages import Ban, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.report.build import Watch, page_of
from recognition_model.report.sentences import GRADES, VOICES
from recognition_model.report.view import Page

_MARKUP = re.compile(r"[\\`*\[\]|~!$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AT_THE_START = re.compile(r"^(\s*)([#=+-]|\d+(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What GitHub makes a link, a mention or a picture of without any markup: a joiner that takes no
# room stands in between.
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)|(?<=:)(?=[a-z0-9_+-]+:)", re.IGNORECASE)


def markdown_report(
    replays: Sequence[Replay],
    path: Path,
    *,
    claims: Sequence[ClaimCheck] = (),
    findings: Sequence[Finding] = (),
    watch: Watch = iter,
) -> dict[Path, bytes]:
    """The files of a report to be written at `path`; other arguments as those of `page_of`.

    They are the Markdown itself, one SVG for each picture in a folder beside it, and the sources
    as CSL-JSON and BibTeX, at `sources_of(path)`. Nothing is written, and no folder is made.
    """
    page = page_of(replays, claims=claims, findings=findings, watch=watch)
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
    """A report as Markdown; `links`: where each picture and `csl` and `bibtex` are to be found."""
    return markdown(
        "report.md.j2",
        page=page,
        links=links,
        stages=tuple(Stage),
        bans=tuple(Ban),
        voices=tuple(VOICES.items()),
        grades=GRADES,
    )


def markdown(template: str, **values: object) -> str:
    """A template filled in: whatever is no Markdown already is escaped."""
    environment = Environment(
        loader=PackageLoader("recognition_model.report"),
        undefined=StrictUndefined,
        # What macros give is then Markup, and escaped no second time.
        autoescape=True,
        finalize=_finished,
        keep_trailing_newline=True,
    )
    environment.filters |= {"raw": Markup, "words": humanize}
    return f"{environment.get_template(template).render(**values).rstrip()}\n"


def escaped(text: str) -> str:
    """A text as Markdown that shows it: nothing in it is markup, a link or a line of its own."""
    plain = _MARKUP.sub(r"\\\g<0>", " ".join(text.split("\n"))).translate(_ENTITIES)
    plain = _LINKED.sub("&#8288;", plain)
    return _AT_THE_START.sub(_not_at_the_start, plain)


def _not_at_the_start(found: re.Match[str]) -> str:
    """A heading's or a list's sign; behind a number it is the dot that makes the list."""
    space, sign = found.groups()
    return f"{space}\\{sign}" if not sign.isdigit() else f"{space}{sign}&#8203;"


def _finished(value: object) -> Markup:
    """What every expression of the template passes through: escaped, unless it is Markdown already.

    Markup is jinja's word for what needs no escaping; here it is Markdown.
    """
    return value if isinstance(value, Markup) else Markup(escaped(str(value)))  # noqa: S704
