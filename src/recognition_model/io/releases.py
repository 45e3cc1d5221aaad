"""The numbered releases of the shipped record, as kept in `seeds/releases/`.

A release file is made by `tools/make_release.py`. Its head says what the release is and what it
corrects; the facts below are read only where two releases are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def releases(folder: Path | None = None) -> tuple[Release, ...]:
    """List the releases, the oldest first; of another folder than the shipped one if given.

    Raises `ReleaseError`.
    """
    return _read(folder or record_root("seeds") / FOLDER)


@cache
def _read(folder: Path) -> tuple[Release, ...]:
    return tuple(sorted(map(_release, _files(folder)), key=lambda one: one.number))


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob("*.yaml") if folder.is_dir() else iter(())


def _release(path: Path) -> Release:
    head, _, _ = path.read_text(encoding="utf-8").partition(_FACTS)
    data = _plain(head, path)
    try:
        if data["format"] != FORMAT:
            raise ReleaseError(f"{path.name}: format is not {FORMAT}")
        return Release(
            number=int(data["number"]),
            day=date.fromisoformat(data["day"]),
            record=str(data["record"]),
            rules=str(data["rules"]),
            program=str(data["program"]),
            countries=MappingProxyType({str(k): str(v) for k, v in data["countries"].items()}),
            corrections=tuple(data.get("corrections", ())),
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise ReleaseError(f"{path.name}: no usable head of a release ({error})") from None


def _plain(text: str, path: Path) -> dict[str, Any]:
    document = parse(text, str(path))
    if document.findings or not isinstance(document.root, dict):
        raise ReleaseError("; ".join(map(str, document.findings)) or f"{path.name}: no mapping")
    return {str(key): value for key, value in document.root.items()}
