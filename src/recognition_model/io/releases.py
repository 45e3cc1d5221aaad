"""The numbered releases of the shipped record, as kept in `seeds/releases/`.

A release file is made by `tools/make_release.py`. Its head says what the release is and what it
corrects; the facts below are read only where two releases are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.io.shipped import record_root
from recognition_model.io.strict_yaml import parse

FORMAT = "recognition-release/1"
FOLDER = "releases"
_FACTS = "\nfacts:\n"


class ReleaseError(ValueError):
    """A release file that cannot be used; the message names it."""


@frozen(kw_only=True, repr=False)
class Release(Readable):
    """A numbered release of the record, without its facts.

    `day` is when it was released. `record` is the digest of all its scenarios, `countries` gives
    the digest of each; `rules` is the digest of the table that its states were computed with.
    """

    number: int
    day: date
    record: str
    rules: str
    program: str
    countries: Mapping[str, str]
    corrections: tuple[Mapping[str, Any], ...] = ()

    def holds(self, countries: Mapping[str, str]) -> bool:
        """Whether these countries are exactly as in this release, by their digests."""
        return bool(countries) and countries.items() <= self.countries.items()

    def __str__(self) -> str:
        return f"data release {self.number} of {self.day}"


def release_text(
    release: Release,
    corrections: Iterable[Mapping[str, Any]],
    facts: Mapping[str, Mapping[str, Any]],
) -> str:
    """The text of a release file: its head, its corrections, and the facts of each country.

    Long values are written as JSON, which is YAML too: one line for each fact.
    """
    lines = [
        "# Made by tools/make_release.py. Never edited: a later release corrects it.",
        f"format: {FORMAT}",
        f"number: {release.number}",
        f"day: {release.day}",
        f"record: {_quoted(release.record)}",
        f"rules: {_quoted(release.rules)}",
        f"program: {_quoted(release.program)}",
        "countries:",
        *(f"  {code}: {_quoted(digest)}" for code, digest in release.countries.items()),
    ]
    corrected = [f"  - {_json(one)}" for one in corrections]
    lines += ["corrections:", *corrected] if corrected else ["corrections: []"]
    lines.append("facts:")
    for code, data in facts.items():
        lines.append(f"  {code}:")
        for key, value in data.items():
            if isinstance(value, list):
                lines += [f"    {key}:", *(f"      - {_json(one)}" for one in value)]
            else:
                lines.append(f"    {key}: {value}")
    return "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    return json.dumps(text)


def _json(value: Mapping[str, Any]) -> str:
    kept = {key: one for key, one in value.items() if one not in (None, "", [])}
    return json.dumps(kept, ensure_ascii=False)


def released_facts(number: int, folder: Path | None = None) -> Mapping[str, Any]:
    """The facts of a release by country, as plain data. Raises `ReleaseError`."""
    path = (folder or record_root("seeds") / FOLDER) / f"{number}.yaml"
    _, _, facts = _text(path).partition(_FACTS)
    return _plain(f"facts:\n{facts}", path)["facts"]  # type: ignore[no-any-return]


def releases(folder: Path | None = None) -> tuple[Release, ...]:
    """List the releases, the oldest first; of another folder than the shipped one if given.

    Raises `ReleaseError`.
    """
    where = folder or record_root("seeds") / FOLDER
    paths = sorted(where.glob("*.yaml")) if where.is_dir() else []
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


@cache
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[Release, ...]:
    """Read the heads of files, again only if one of them was written since."""
    return tuple(sorted((_release(path) for path, _ in files), key=lambda one: one.number))


def _release(path: Path) -> Release:
    head, _, _ = _text(path).partition(_FACTS)
    data = _plain(head, path)
    if data.get("format") != FORMAT:
        raise ReleaseError(f"{path.name}: format is not {FORMAT}")
    try:
        return Release(
            number=int(data["number"]),
            day=date.fromisoformat(data["day"]),
            record=str(data["record"]),
            rules=str(data["rules"]),
            program=str(data["program"]),
            countries=MappingProxyType({str(k): str(v) for k, v in data["countries"].items()}),
            corrections=tuple(data.get("corrections", ())),
        )
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise ReleaseError(f"{path.name}: no usable head of a release ({error})") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReleaseError(f"{path.name}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ReleaseError(f"{path.name}: not UTF-8") from None


def _plain(text: str, path: Path) -> dict[str, Any]:
    document = parse(text, str(path))
    if document.findings or not isinstance(document.root, dict):
        raise ReleaseError("; ".join(map(str, document.findings)) or f"{path.name}: no mapping")
    plain: dict[str, Any] = _without_places(document.root)
    return plain


def _without_places(node: Any) -> Any:
    """The data of a node: built-in mappings, lists and texts."""
    if isinstance(node, dict):
        return {str(key): _without_places(value) for key, value in node.items()}
    return [_without_places(one) for one in node] if isinstance(node, list) else str(node)
