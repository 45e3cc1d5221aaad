"""The pages of a site, what is in them, and which of their links lead nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

ADDRESSES = ("href", "src", "xlink:href")
PAGES_OF_ALL = (  # those that every site has, beside those of its countries
    *("index.html", "histories.html", "compare.html", "changes.html", "claims.html"),
    *("sources.html", "signals.html", "codebook.html", "figures.html", "search.html", "404.html"),
)


@frozen
class Read:
    """What a page has: its elements by name, with their attributes."""

    elements: list[tuple[str, dict[str, str]]] = field(factory=list)

    def all(self, name: str) -> list[dict[str, str]]:
        return [found for element, found in self.elements if element == name]

    @property
    def ids(self) -> list[str]:
        return [found["id"] for _, found in self.elements if "id" in found]


def read(page: bytes) -> Read:
    """Parse a page."""
    found = Read()

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.elements.append((tag, {key: value or "" for key, value in attrs}))

    Parser().feed(page.decode())
    return found


def links(page: Read) -> Iterator[str]:
    """Every address in a page."""
    for _, found in page.elements:
        yield from (found[key] for key in ADDRESSES if key in found)


def broken_links(files: Mapping[str, bytes], codes: Collection[str]) -> tuple[int, set[str]]:
    """Follow every link of every page within the folder: how many, and which lead nowhere.

    A link to compare.html names codes instead of a place in it.
    """
    pages = {path: read(data) for path, data in files.items() if path.endswith(".html")}
    ids = {path: {*page.ids} for path, page in pages.items()}
    checked, broken = 0, set()
    for path, page in pages.items():
        for link in links(page):
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            checked += 1
            target = normpath(join(dirname(path), parts.path)) if parts.path else path
            wanted = unquote(parts.fragment)
            there = target in files and not parts.scheme and not parts.netloc
            if target == "compare.html" != path:
                there &= {*wanted.split(",")} <= {*codes, ""}
            elif wanted:
                there &= wanted in ids.get(target, ())
            if not there:
                broken.add(f"{path} -> {link}")
    return checked, broken
