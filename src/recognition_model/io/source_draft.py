"""Begin an entry of a register from a web address. Nothing is looked up on the network.

What the address cannot tell is left without a value, so that reading the register names it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.evidence import Source, Sources, SourceType
from recognition_model.core.scenario import Format
from recognition_model.core.types import NO_DATE
from recognition_model.core.web_addresses import (
    archived_page,
    comparable,
    day_in_path,
    host_of,
    page_address,
    without_tracking,
)
from recognition_model.io.advice import outlet
from recognition_model.io.known_sources import is_placeholder
from recognition_model.io.loader import read_sources
from recognition_model.io.nodes import MapNode, Node, Text
from recognition_model.io.scaffold_texts import IN_QUOTES
from recognition_model.io.strict_yaml import parse

LEFT_OPEN = ("title", "issued", "language", "reliability")
"""The keys that only a reader of the source can fill in."""

_SHORT_LABELS = {"ac", "co", "com", "edu", "go", "gov", "net", "or", "org"}


class KnownSource(ValueError):
    """An address that a register has already, as the source `id`."""

    def __init__(self, name: str) -> None:
        told = f"that is {name}: cite that name"
        if is_placeholder(name):
            told = f"the register has it already, as {name}: put its date into that name"
        super().__init__(told)
        self.id = name


class NotAppendable(ValueError):
    """A register that an entry cannot be added to without changing what it has."""


@frozen(kw_only=True, repr=False)
class SourceDraft(Readable):
    """The beginning of a register's entry: its name, its address and its lines.

    `dropped` are the tracking parameters that were left out of the address. `archive` is the
    address of a copy, if that was given; `url` is then the page of which it is one.
    """

    id: str
    url: str
    archive: str = ""
    lines: tuple[str, ...]
    dropped: tuple[str, ...] = ()

    def text(self, indent: int = 2) -> str:
        """Return the entry, its name indented by so many spaces."""
        return "".join(f"{' ' * indent}{line}\n" for line in self.lines)

    def __str__(self) -> str:
        return f"{self.id}: {self.url}"


def new_source(
    url: str,
    seen: date,
    sources: Sources | None = None,
    *,
    own: Mapping[str, str] | None = None,
) -> SourceDraft:
    """Begin the entry of a source from its web address.

    The publisher, the type and the name follow the sources of `sources` (default: the shipped
    register) from the same host, else the host's name. `seen` is the day on which it was read.
    `own` gives the addresses of another register by source name; its names are taken. Raises
    `AddressError` for a text that is no http or https address, `KnownSource` for an address that
    a register has. From an address of web.archive.org, the archived page is taken as the page.
    """
    known = read_sources() if sources is None else sources
    page = archived_page(given := page_address(url))
    archive = given if page else ""
    address, dropped = without_tracking(page or given)
    taken = {name: source.url or "" for name, source in known.items()} | dict(own or {})
    wanted = {comparable(address), comparable(given)}
    for name, other in taken.items():
        if other and comparable(other) in wanted:
            raise KnownSource(name)
    host = host_of(address)
    same = [source for source in known.values() if source.url and host_of(source.url) == host]
    day = day_in_path(address)
    name = _free(f"{_prefix(same, host)}-{day or NO_DATE}", taken)
    return SourceDraft(
        id=name,
        url=address,
        archive=archive,
        lines=tuple(_lines(name, address, archive, same, host, day, seen)),
        dropped=dropped,
    )


def addresses_in(text: str, file: str) -> dict[str, str]:
    """Return the addresses of a register's text by source name, also of unfinished entries.

    The address is empty where an entry has none. Raises `RecordError` for a text that is no YAML.
    """
    sources = _sources_of(_root(text, file))
    return {
        str(name): str(entry.get(Text("url"), "")) if isinstance(entry, MapNode) else ""
        for name, entry in (sources.items() if isinstance(sources, MapNode) else ())
    }


def new_register_with(draft: SourceDraft) -> str:
    """Return the text of a register that has only this entry."""
    return f"format: {Format.SOURCES.value}\n\nsources:\n{draft.text()}"


def add_source(text: str, draft: SourceDraft, file: str = "sources.yaml") -> str:
    """Return the text of a register with the entry added behind its sources.

    All else stays as it is, with its comments, line ends, and a starter's guide below. Raises
    `RecordError` for a text that is no YAML, `NotAppendable` where the sources stand in braces or
    are not the last of the file.
    """
    root = _root(text, file)
    end = "\r\n" if "\r\n" in text else "\n"
    if root is None:  # only comments, if a register may follow
        added = _ended(text, end) + new_register_with(draft).replace("\n", end)
        document = parse(added, file)
        if draft.id in (_sources_of(document.root) or {}) and not document.findings:
            return added
    if not isinstance(root, MapNode) or root.get(Text("format")) != Format.SOURCES.value:
        raise NotAppendable(f"it is no register: its format is not {Format.SOURCES.value}")
    sources = _sources_of(root)
    indent, before = 2, ""
    if sources is None:
        before = "sources:\n"
    elif isinstance(sources, MapNode) and not sources:
        text = _without_braces(text, sources)
    elif isinstance(sources, MapNode):
        indent, before = next(iter(sources)).column - 1, "\n"
    entry = (before + draft.text(indent)).replace("\n", end)
    for above, below in (_at_last_value(text, indent), (text, "")):
        added = f"{_ended(above, end)}{entry}{below}"
        if _only_adds(root, parse(added, file).root, draft.id):
            return added
    raise NotAppendable("an entry at its end would not be one of its sources")


def _at_last_value(text: str, indent: int) -> tuple[str, str]:
    """Split a text behind its last value: below are only empty lines and comments.

    Comments directly below the value that are indented like the entries stay with it.
    """
    lines = text.splitlines(keepends=True)
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    while at < len(lines) and lines[at].startswith(" " * indent) and lines[at].strip():
        at += 1
    return "".join(lines[:at]), "".join(lines[at:])


def _root(text: str, file: str) -> Node | None:
    """Return what a text holds, None if nothing or only comments."""
    document = parse(text, file)
    errors = [found for found in document.findings if found.is_error]
    if errors and {found.code for found in errors} != {"RM112"}:
        raise RecordError(errors)
    return document.root


def _sources_of(root: Node | None) -> Node | None:
    return root.get(Text("sources")) if isinstance(root, MapNode) else None


def _ended(text: str, end: str) -> str:
    return text if not text or text.endswith("\n") else text + end


def _without_braces(text: str, node: MapNode) -> str:
    """Remove the braces of an empty `sources: {}`."""
    lines = text.splitlines(keepends=True)
    line, at = lines[node.line - 1], node.column - 1
    close = line.find("}", at)
    if close < 0:
        raise NotAppendable("its empty braces stand on several lines: write `sources: {}`")
    lines[node.line - 1] = line[:at].rstrip(" ") + line[close + 1 :]
    return "".join(lines)


def _only_adds(old: MapNode, new: Node | None, name: str) -> bool:
    """Whether a parsed register is the old one with one more source."""
    sources = _sources_of(new)
    if not isinstance(new, MapNode) or not isinstance(sources, MapNode) or name not in sources:
        return False
    rest = {key: value for key, value in sources.items() if key != name}
    return new | {Text("sources"): rest} == old | {Text("sources"): _sources_of(old) or {}}


# --- the entry -----------------------------------------------------------------------------------


def _prefix(same: list[Source], host: str) -> str:
    """Return how names of the register begin for this host, else the name in the host."""
    begins = [match[0] for s in same if (match := re.match(r"[a-z0-9-]+?(?=-\d{4})", s.id))]
    if begins:
        return _most_common(begins)[0]
    labels = host.split(".")[:-1] or [host]
    while len(labels) > 1 and labels[-1] in _SHORT_LABELS:
        labels.pop()
    return re.sub("[^a-z0-9]+", "-", labels[-1].lower()).strip("-") or "source"


def _free(name: str, taken: Iterable[str]) -> str:
    """Return the name with a number behind it if it is taken."""
    taken, number, free = set(taken), 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _lines(
    name: str, url: str, archive: str, same: list[Source], host: str, day: str, seen: date
) -> Iterator[str]:
    def told(value: Callable[[Source], str]) -> str:
        if not same:
            return ""
        most, count = _most_common(map(value, same))
        return f"; {most} in {count} of {len(same)} from {host}"

    if is_placeholder(name):
        yield "# Name it by publisher and date, as in tass-2022-01-31, and fill in what is empty."
    else:
        yield "# Fill in what is empty."
    yield f"{name}:"
    publisher = _most_common(outlet(s.publisher) for s in same)[0] if same else host
    kind = _most_common(s.type.value for s in same)[0] if same else SourceType.WEBPAGE.value
    yield f"  type: {kind}"
    yield f"  publisher: {json.dumps(publisher, ensure_ascii=False)}"
    yield f"  # The title as printed, or one of your own in [brackets]. {IN_QUOTES}"
    yield "  title:"
    yield f"  issued:  # the date printed on it{f'; the address has {day}' if day else ''}"
    yield f"  language:  # such as en{told(lambda s: s.language)}"
    yield f"  url: {json.dumps(url, ensure_ascii=False)}"
    if archive:
        yield f"  archive: {json.dumps(archive, ensure_ascii=False)}"
    yield f"  reliability:  # A to F{told(lambda s: s.reliability.value)}"
    yield f"  seen: {seen.isoformat()}"


def _most_common(words: Iterable[str]) -> tuple[str, int]:
    return Counter(words).most_common(1)[0]
