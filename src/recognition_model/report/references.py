"""Views of sources, for the list of sources of a report or page."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import quote

from recognition_model.core.anchors import source_anchor
from recognition_model.core.evidence import Source
from recognition_model.core.wording import humanize, without_marks
from recognition_model.report.entries import Footnotes
from recognition_model.report.sentences import KINDS
from recognition_model.report.view import Cited, Reference

_HTTP = re.compile(r"https?://[^\s<>\"]+", re.ASCII)


def reference_view(source: Source, footnotes: Footnotes) -> Reference:
    """Build the view of a source, with links to the entries of the page that cite it."""
    cited: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for where, anchor in footnotes.cited[source.id]:
        dated = anchor.split("/")[1]
        cited[where].append((f"#{anchor}", dated))
    return Reference(
        number=footnotes.citations.numbers[source.id],
        id=source.id,
        anchor=source_anchor(source.id),
        author=without_marks(source.author or ""),
        title=without_marks(source.title),
        publisher=without_marks(source.publisher),
        issued=source.issued.text,
        public="" if source.public == source.issued else source.public.text,
        seen=source.seen.text if source.seen else "",
        kind=KINDS.get(source.type, source.type.value),
        language=source.language,
        url=_link(source.url),
        archive=_link(source.archive),
        grade=source.reliability.value,
        reliability=humanize(source.reliability.name.lower()),
        note=without_marks(source.note or ""),
        cited=tuple(Cited(where=where, links=tuple(links)) for where, links in cited.items()),
    )


def _link(url: str | None) -> str:
    """Make a URL safe to link to: http or https only (else empty), other characters quoted."""
    if url is None or not _HTTP.match(url):
        return ""
    return "".join(c if c.isprintable() and c not in '<>" ' else quote(c) for c in url)
