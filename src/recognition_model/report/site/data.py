"""The data of each page as JSON beside it, for others to build on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from recognition_model.analysis.corrections import Corrections
from recognition_model.analysis.dossier import dossier
from recognition_model.analysis.edition import Edition
from recognition_model.core.anchors import source_anchor
from recognition_model.core.citing import LICENCE
from recognition_model.core.countries import name_of
from recognition_model.core.signals import Vocabulary
from recognition_model.engine.outcomes import Replay
from recognition_model.report.site.listed import CitingSource
from recognition_model.report.site.news import News


def as_file(data: dict[str, Any]) -> bytes:
    """Write data as a JSON file."""
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def country_data(
    replay: Replay, *, heading: str, answer: str, edition: Edition, names: dict[int, str]
) -> dict[str, Any]:
    """Return what the page of a country shows: `recognition-site-country/1`.

    `names` are those of the rows of its entries. It has no folder names of the coder's machine.
    """
    told = dossier(replay).to_dict()
    return {
        "format": "recognition-site-country/1",
        **_head(f"{replay.country}.html", heading, edition),
        "answer": answer,
        **told,
        "file": _file(told["file"]),
        "start": {**told["start"], "anchor": names[0]},
        "entries": [
            {**one, "file": _file(one["file"]), "anchor": names[one["entry"]]}
            for one in told["entries"]
        ],
        "findings": [{**one, "file": _file(one["file"])} for one in told["findings"]],
    }


def index_data(replays: Iterable[Replay], *, heading: str, edition: Edition) -> dict[str, Any]:
    """Return where each country stands on the last day of its data: `recognition-site-index/1`."""
    return {
        "format": "recognition-site-index/1",
        **_head("index.html", heading, edition),
        "countries": [_standing(one) for one in replays],
    }


def histories_data(replays: Iterable[Replay], edition: Edition) -> dict[str, Any]:
    """Return the spells of each country: `recognition-site-histories/1`."""
    return {
        "format": "recognition-site-histories/1",
        **_head("histories.html", "Histories", edition),
        "countries": [
            {**_named(one), "spells": [_plain(row) for row in one.history.rows()]}
            for one in replays
        ],
    }


def sources_data(sources: Iterable[CitingSource], edition: Edition) -> dict[str, Any]:
    """Return every source with what cites it: `recognition-site-sources/1`."""
    return {
        "format": "recognition-site-sources/1",
        **_head("sources.html", "Sources", edition),
        "sources": [
            {
                "anchor": source_anchor(one.source.source.id),
                **_without_files(one.source.to_dict()),
                "pages": [link.to for link in one.links],
            }
            for one in sources
        ],
    }


def signals_data(vocabulary: Vocabulary, uses: dict[str, int], edition: Edition) -> dict[str, Any]:
    """Return the words for signals with their meanings and uses: `recognition-site-signals/1`."""
    return {
        "format": "recognition-site-signals/1",
        **_head("signals.html", "Words for signals", edition),
        "signals": [
            {**one.to_dict(), "uses": uses[word]} for word, one in vocabulary.words.items()
        ],
    }


def changes_data(
    news: Sequence[News], corrections: Corrections, edition: Edition
) -> dict[str, Any]:
    """Return what became known when, and what was corrected: `recognition-site-changes/1`."""
    return {
        "format": "recognition-site-changes/1",
        **_head("changes.html", "Changes", edition),
        "news": [
            {
                "known_on": one.known.isoformat(),
                "country": one.country,
                "name": name_of(one.country),
                "entry": one.number,
                "anchor": one.anchor,
                "page": one.page,
                "date": one.date,
                "what": one.what,
                "note": one.note,
                "moves": one.moves,
                "best": one.best.source.id,
            }
            for one in news
        ],
        "corrections": corrections.to_dict()["corrections"],
    }


def _head(page: str, heading: str, edition: Edition) -> dict[str, Any]:
    return {
        "page": page,
        "heading": heading,
        "version": edition.version,
        "licence": None if edition.own else LICENCE.name,
    }


def _named(replay: Replay) -> dict[str, Any]:
    return {
        "country": replay.country,
        "name": name_of(replay.country),
        "kind": replay.kind.value,
        "page": f"{replay.country}.html",
    }


def _standing(replay: Replay) -> dict[str, Any]:
    history = replay.history
    return {**_named(replay), **history.on(history.documented_until).to_dict()}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value if _is_plain(value) else str(value) for key, value in row.items()}


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | list | dict)


def _without_files(source: dict[str, Any]) -> dict[str, Any]:
    cited = [{**one, "file": _file(one["file"])} for one in source["cited_by"]]
    return {**source, "cited_by": cited}


def _file(path: str | None) -> str | None:
    return path and path.replace("\\", "/").rpartition("/")[2]
