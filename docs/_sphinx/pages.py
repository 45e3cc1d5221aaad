"""What the site adds to the Markdown pages, which stay plain for readers on a code host.

A page that is an index (`index.md`, or the `README.md` of a folder) becomes a table of contents:
each heading with its links to pages, in their order. A link out of `docs` leads to the repository.
Where pyproject.toml names none, it becomes the name of the file; the README is the start page.
"""

from __future__ import annotations

import os.path
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
HEADING_OR_PAGE = re.compile(r"(?m)^#+ (.+)$|\[([^\]]+)\]\(([\w/-]+)\.md\)")
LINK_UP = re.compile(r"\[([^\]]+)\]\((\.\./[^)]+)\)")


def contents(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading of an index, with the links to pages below it, as a toctree has them."""
    heading, pages = "", list[str]()
    for title, words, page in HEADING_OR_PAGE.findall(text):
        if page:
            pages.append(f"{words} <{page}>")
            continue
        if pages:
            yield heading, pages
        heading, pages = title, []
    if pages:
        yield heading, pages


def table_of_contents(text: str) -> str:
    """The directives that put the pages of an index below it."""
    return "".join(
        "\n".join(["", "```{toctree}", ":hidden:", f":caption: {heading}", "", *pages, "```", ""])
        for heading, pages in contents(text)
    )


def outward(docname: str, text: str, repository: str | None) -> str:
    """A page's text with its links out of `docs` led to the repository."""

    def led(link: re.Match[str]) -> str:
        words, target = link.groups()
        place = os.path.normpath(Path("docs", docname).parent / target)
        if place.startswith("docs/"):
            return link[0]
        if place == "README.md":
            up = "../" * docname.count("/")
            return f"[{words}]({up}index.md)"
        return (
            f"[{words}]({repository}/blob/main/{place})" if repository else f"{words} (`{place}`)"
        )

    return LINK_UP.sub(led, text)


def read(app: Sphinx, docname: str, source: list[str]) -> None:
    """Change the text of a page before it is parsed."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    text = outward(docname, source[0], project.get("urls", {}).get("Repository"))
    if docname.rpartition("/")[2] in (app.config.root_doc, "README"):
        text += table_of_contents(text)
    source[0] = text


def for_keyboards_and_readers(html: str) -> str:
    """A page's HTML that a keyboard can scroll everywhere, and a screen reader reads in order."""

    def no_list(entry: re.Match[str]) -> str:
        return re.sub(r"<(/?)d[ld]>", r"<\1span>", entry[0])  # a list of parts without names

    html = re.sub(r"<pre>", '<pre tabindex="0">', html)
    html = html.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    html = html.replace('role="heading">', 'role="heading" aria-level="2">')
    return re.sub(r'(?s)<dt class="sig .*?</dt>', no_list, html)


def mend(_: Sphinx, __: str, ___: str, context: dict[str, Any], ____: object) -> None:
    for part in ("body", "furo_navigation_tree"):
        if part in context:
            context[part] = for_keyboards_and_readers(context[part])


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", read)
    app.connect("html-page-context", mend, priority=900)  # after the theme
    return {"parallel_read_safe": True}
