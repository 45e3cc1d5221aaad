"""What a choices file says: the choices that a researcher finds reasonable, each with a reason."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Iterator
from enum import Enum
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable, doc, keys_of
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Voice
from recognition_model.core.types import FuzzWidth, GradeText, LagDays, SourceName

NOTHING = "nothing"
"""In the place of a source: none is left out."""
EACH = "each"
"""In the place of a source: each one that the entries asked about cite, in turn."""


class Reports(Enum):
    """What is made of reports that a file refuses as not attested."""

    KEPT_OUT = "kept-out"
    TRIED = "tried"


def _place() -> Any:
    return doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)


def _reason() -> Any:
    return doc("Why this is reasonable, in one sentence.")


_SAYS = {
    "rules": "The rule table: shipped, strict, trusting or no-lapse; or a rules file, by its path"
    " from the folder of this file.",
    "voice": "The weakest voice that is believed.",
    "grade": "The weakest grade that is believed, in both its parts.",
    "refused": "Reports that a file refuses as not attested: kept-out, or tried as acts.",
    "without": "The source that is left out, or nothing.",
    "fuzz": "The width of ~, in units of the date's own precision.",
    "lag": "Up to how many days the day that counts may lie from another that `dated-by` gives.",
}


@frozen(kw_only=True, repr=False)
class ListedTable(Readable):
    """A rule table that is reasonable, and why."""

    option: str = doc(_SAYS["rules"])
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return self.option


@frozen(kw_only=True, repr=False)
class ListedVoice(Readable):
    """A weakest voice that is reasonable, and why."""

    option: Voice = doc(_SAYS["voice"])
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return str(self.option)


@frozen(kw_only=True, repr=False)
class ListedGrade(Readable):
    """A weakest grade that is reasonable, and why."""

    option: GradeText = doc(_SAYS["grade"])
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return self.option


@frozen(kw_only=True, repr=False)
class ListedReports(Readable):
    """A way with refused reports that is reasonable, and why."""

    option: Reports = doc(_SAYS["refused"])
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return self.option.value


@frozen(kw_only=True, repr=False)
class ListedSource(Readable):
    """A source that may reasonably be left out, and why."""

    option: SourceName = doc(
        "A source that is left out; nothing; or each, for every source that the entries asked about"
        " cite, in turn."
    )
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return self.option


@frozen(kw_only=True, repr=False)
class ListedFuzz(Readable):
    """A width of ~ that is reasonable, and why."""

    option: FuzzWidth = doc(_SAYS["fuzz"])
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return str(self.option)


@frozen(kw_only=True, repr=False)
class ListedLag(Readable):
    """A number of days to the day that counts that is reasonable, and why."""

    option: LagDays = doc(_SAYS["lag"])
    reason: str = _reason()
    place: Place = _place()

    def __str__(self) -> str:
        return str(self.option)


Listed = (
    ListedTable | ListedVoice | ListedGrade | ListedReports | ListedSource | ListedFuzz | ListedLag
)


def _options(key: str) -> Any:
    return doc(f"{_SAYS[key]} Without this key: as shipped.", default=())


@frozen(kw_only=True, repr=False)
class ListedChoices(Readable):
    """The options of each choice. All their combinations are universes."""

    rules: tuple[ListedTable, ...] = _options("rules")
    voice: tuple[ListedVoice, ...] = _options("voice")
    grade: tuple[ListedGrade, ...] = _options("grade")
    refused: tuple[ListedReports, ...] = _options("refused")
    without: tuple[ListedSource, ...] = _options("without")
    fuzz: tuple[ListedFuzz, ...] = _options("fuzz")
    lag: tuple[ListedLag, ...] = _options("lag")
    place: Place = _place()

    def options(self) -> Iterator[tuple[str, tuple[Listed, ...]]]:
        """Yield each choice that the file makes, with its options."""
        for key in CHOICES:
            if options := getattr(self, key):
                yield key, options

    def __str__(self) -> str:
        return ", ".join(f"{key} {len(options)}" for key, options in self.options())


def _one(key: str) -> Any:
    return doc(f"{_SAYS[key]} Without this key: as shipped.", default=None)


@frozen(kw_only=True, repr=False)
class ListedUniverse(Readable):
    """One universe that is reasonable, and why: one option of every choice."""

    name: str = doc("Its name in outputs.")
    reason: str = _reason()
    rules: str | None = _one("rules")
    voice: Voice | None = _one("voice")
    grade: GradeText | None = _one("grade")
    refused: Reports | None = _one("refused")
    without: SourceName | None = _one("without")
    fuzz: FuzzWidth | None = _one("fuzz")
    lag: LagDays | None = _one("lag")
    place: Place = _place()

    def __str__(self) -> str:
        return self.name


@frozen(kw_only=True, repr=False)
class ChoicesFile(Readable):
    """The choices that a researcher finds reasonable: options of choices, or whole universes.

    The first option of every choice, or the first universe, gives the answer that is put to the
    test.
    """

    title: str = doc("A title, which names the file in every output made with it.")
    choices: ListedChoices | None = doc(
        "The options of each choice, each with its reason. All their combinations are universes.",
        default=None,
    )
    universes: tuple[ListedUniverse, ...] = doc(
        "The universes one by one, each with its reason.", default=()
    )
    place: Place = _place()

    def __str__(self) -> str:
        return self.title


CHOICES = tuple(keys_of(ListedChoices))
"""The keys of the choices, in their order."""
