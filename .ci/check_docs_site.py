"""The documentation site, as a browser sees it: `python .ci/check_docs_site.py FOLDER`.

Nothing that a page loads lies on another host, every link inside the site has its target, every
page of `docs` is there, and every public name has an entry that can be linked to.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

import recognition_model as rm

DOCS = Path(__file__).parents[1] / "docs"
PACKAGES = ("batch", "exports", "plots", "testing")
LOADED = {"audio", "embed", "iframe", "image", "img", "link", "object", "script", "source", "use"}
LINKS = ("data", "href", "poster", "src", "srcset", "xlink:href")
IN_CSS = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?:https?:)?//""")


class Page(HTMLParser):
    """What a page loads, where its links lead, and the ids that links can lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in LINKS and value:
                (self.loads if tag in LOADED else self.links).append(value)


@cache
def page_of(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def of_other_hosts(site: Path) -> Iterator[str]:
    """What pages and their styles load from elsewhere."""
    for path in sorted(site.rglob("*.html")):
        for address in page_of(path).loads:
            if urlsplit(address).netloc:
                yield f"{path.relative_to(site)} loads {address}"
    for path in sorted([*site.rglob("*.css"), *site.rglob("*.svg"), *site.rglob("*.html")]):
        if IN_CSS.search(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)} has a style that loads from elsewhere"


def broken_links(site: Path) -> Iterator[str]:
    """Links inside the site to a page or an id that is not there."""
    for path in sorted(site.rglob("*.html")):
        for address in {*page_of(path).links, *page_of(path).loads}:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_relative_to(site) or not target.is_file():
                yield f"{path.relative_to(site)} links to {address}, which is not there"
            elif anchor and target.suffix == ".html" and anchor not in page_of(target).ids:
                yield f"{path.relative_to(site)} links to {address}, an unknown id"


def missing_pages(site: Path) -> Iterator[str]:
    """Markdown pages of `docs` that the site lacks."""
    for path in sorted(DOCS.rglob("*.md")):
        if not (site / path.relative_to(DOCS)).with_suffix(".html").is_file():
            yield f"{path.relative_to(DOCS)} is not on the site"


def missing_names(site: Path) -> Iterator[str]:
    """Public names without an entry."""
    entries = {one for path in site.glob("api/*.html") for one in page_of(path).ids}
    modules = [rm, *(import_module(f"recognition_model.{name}") for name in PACKAGES)]
    for module in modules:
        for name in module.__all__:
            homes = (module.__name__, "recognition_model", "recognition_model.exports")
            if not entries & {f"{home}.{name}" for home in homes}:
                yield f"{module.__name__}.{name} is on no page"


def main(site: Path) -> int:
    checks = (of_other_hosts, broken_links, missing_pages, missing_names)
    wrong = [line for check in checks for line in check(site)]
    print("\n".join(wrong) or f"{len([*site.rglob('*.html')])} pages: as they should be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
