"""What the search of a site looks through: every entry and every source, as one script.

A script works from disk, where a page may not fetch a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recognition_model.analysis.register import CitedSource
from recognition_model.core.anchors import source_anchor
from recognition_model.core.countries import name_of
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay, step_of
from recognition_model.report.as_of import as_json
from recognition_model.report.entries import deed_of
from recognition_model.report.site.plan import Site

SEARCH = "search-data.js"


def search_script(site: Site) -> bytes:
    """Write the texts as a script that gives them to the page under one name."""
    texts = [*_of_pages(site), *_of_entries(site), *map(_of_source, site.sources)]
    return f"globalThis.recognitionSearch={as_json(texts, ascii_only=False)};\n".encode()


def _of_pages(site: Site) -> Iterator[dict[str, Any]]:
    for one in site.replays:
        yield _text(f"{one.country}.html", "country", name_of(one.country), one.country, "")


def _of_entries(site: Site) -> Iterator[dict[str, Any]]:
    for one in site.replays:
        yield from _of_replay(one, site)


def _of_replay(replay: Replay, site: Site) -> Iterator[dict[str, Any]]:
    name, anchors = name_of(replay.country), site.anchors[replay.country]
    for number, outcome in zip(replay.numbers, replay.outcomes, strict=True):
        step = step_of(outcome)
        claims = [without_marks(item.claim) for item in step.evidence]
        yield _text(
            f"{replay.country}.html#{anchors[number]}",
            "entry",
            f"{name}: {deed_of(outcome)}",
            step.date.text,
            " ".join(filter(None, [without_marks(step.note), *claims])),
        )


def _of_source(cited: CitedSource) -> dict[str, Any]:
    source = cited.source
    told = [source.publisher, source.author or "", source.id, source.note or ""]
    return _text(
        f"sources.html#{source_anchor(source.id)}",
        "source",
        without_marks(source.title),
        source.issued.text,
        without_marks(" ".join(filter(None, told))),
    )


def _text(to: str, kind: str, title: str, date: str, text: str) -> dict[str, Any]:
    return {"to": to, "kind": kind, "title": title, "date": date, "text": text}
