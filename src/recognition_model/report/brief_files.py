"""A brief as one HTML page without scripts, or as Markdown with files beside it."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

from recognition_model.report.brief_view import Brief
from recognition_model.report.html import STYLES, rendered, style
from recognition_model.report.markdown import markdown, pictures_of, sources_of


def html_brief(brief: Brief) -> str:
    """Render a brief as a page that needs no network, no server and no script."""
    return rendered(
        "brief.html.j2",
        brief=brief,
        style=style(*STYLES, "brief"),
        csl=_address("application/json", brief.csl),
        bibtex=_address("application/x-bibtex", brief.bibtex),
    )


def _address(kind: str, text: str) -> str:
    """Write a text as an address that holds it."""
    return f"data:{kind};charset=utf-8;base64,{b64encode(text.encode()).decode()}"


def markdown_brief(brief: Brief, path: Path) -> dict[Path, bytes]:
    """Build the files of a brief at `path`: the Markdown, its figures, its sources.

    They lie where those of a report do. This function writes nothing and makes no folder.
    """
    folder = pictures_of(path)
    beside = {one.name: folder / f"{path.stem}-{one.name}.svg" for one in brief.figures}
    beside |= sources_of(path)
    links = {name: quote(file.relative_to(path.parent).as_posix()) for name, file in beside.items()}
    files = {beside[one.name]: one.svg.encode() for one in brief.figures}
    files |= {beside["csl"]: brief.csl.encode(), beside["bibtex"]: brief.bibtex.encode()}
    text = markdown("brief.md.j2", brief=brief, links=links)
    return files | {path: text.encode()}
