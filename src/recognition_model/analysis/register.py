"""The register of sources to search: every source, with what cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import field, frozen

from recognition_model.analysis.asked import replays_of, text_of
from recognition_model.analysis.deeds import set_aside
from recognition_model.analysis.recorded import known_entries
from recognition_model.core.base import Readable
from recognition_model.core.countries import code_of, name_of
from recognition_model.core.dates import When, exact_day
from recognition_model.core.diagnostics import Place
from recognition_model.core.evidence import CREDIBILITIES, Evidence, Reliability, Source
from recognition_model.core.folder import Folder
from recognition_model.core.glossary import fold
from recognition_model.engine.outcomes import Replay


@frozen(kw_only=True, repr=False)
class Citation(Readable):
    """One citation of a source: where, in what, and with which voice and grade.

    `kind` is that of the entry (`act`, `signal`, ...), or `start`, `doctrine`, `claim` (about many
    countries) or `authority` (when the Taliban governed). `country` is empty for the last two,
    `date` is None for a doctrine. `set_aside` says why the replay does not use the entry; it is
    empty if it does.
    """

    country: str
    kind: str
    date: When | None
    evidence: Evidence = field(eq=False)
    place: Place
    set_aside: str = ""

    @property
    def grade(self) -> str:
        return self.evidence.grade

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as one item of `cited_by`."""
        return {
            "country": self.country or None,
            "kind": self.kind,
            "date": self.date.text if self.date else None,
            "voice": self.evidence.voice.value,
            "grade": self.grade,
            "bearing": self.evidence.bearing.value,
            "set_aside": self.set_aside or None,
            "file": self.place.file,
            "line": self.place.line,
        }

    def __str__(self) -> str:
        day = self.date.text if self.date else ""
        return " ".join(filter(None, [self.country, self.kind, day]))


@frozen(kw_only=True, repr=False)
class CitedSource(Readable):
    """A source of the register, and every citation of it in the order of the record."""

    source: Source
    cited_by: tuple[Citation, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries whose files cite it, in the order of the record."""
        return tuple(dict.fromkeys(one.country for one in self.cited_by if one.country))

    @property
    def grades(self) -> tuple[str, ...]:
        """Its grades in the record, best first; the letter alone if nothing cites it."""
        return tuple(sorted({one.grade for one in self.cited_by})) or (
            self.source.reliability.value,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as one item of `sources` in `recognition-sources-list/1`."""
        source = self.source
        return {
            "id": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "type": source.type.value,
            "author": source.author,
            "issued": source.issued.text,
            "public": source.public.text,
            "language": source.language,
            "reliability": source.reliability.value,
            "url": source.url,
            "archive": source.archive,
            "cited_by": [one.to_dict() for one in self.cited_by],
        }

    def __str__(self) -> str:
        return f"{self.source.id}: {self.source.publisher}, {self.source.issued}"


@frozen(kw_only=True, repr=False)
class Publisher(Readable):
    """One publisher of a list of sources: its sources, their citations, and the countries."""

    name: str
    sources: tuple[CitedSource, ...]

    @property
    def citations(self) -> int:
        return sum(len(one.cited_by) for one in self.sources)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries whose files cite its sources, in the order of their names."""
        return tuple(sorted({code for one in self.sources for code in one.countries}, key=name_of))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as one item of `publishers`."""
        return {
            "publisher": self.name,
            "count": len(self.sources),
            "sources": [one.source.id for one in self.sources],
            "citations": self.citations,
            "countries": list(self.countries),
        }

    def __str__(self) -> str:
        return f"{self.name}: {len(self.sources)} sources"


def cited_sources(
    folder: Folder,
    *,
    publisher: str = "",
    country: str | None = None,
    grade: str | None = None,
    uncited: bool = False,
    known_by: date | str | None = None,
) -> tuple[CitedSource, ...]:
    """List the sources of a folder by publisher, date and name, each with what cites it.

    These are the sources of the registers read with the folder, and every other source that it
    cites. Scenarios cite them, claims about many countries, and the file that tells when the
    Taliban governed.

    `publisher` is a part of the publisher's name, without regard to case or accents. `country`:
    only sources that its file cites. `grade` is the letter of a source (`B`), or letter and digit
    of a citation (`B2`). `uncited`: only sources that nothing cites. `known_by`: only sources that
    were surely public by that day. Raises `ValueError` for a grade that is none, and for `uncited`
    with `country` or with the digit of a citation; `TypeError` for another type of value.
    """
    if not isinstance(folder, Folder):
        raise TypeError(f"cited_sources takes a Folder, as `load_folder` returns, not {folder!r}")
    wanted = None if grade is None else known_grade(grade)
    of = None if country is None else code_of(text_of("country", country))
    part = fold(text_of("publisher", publisher))
    if uncited and (of or len(wanted or "") > 1):
        raise ValueError("a source that nothing cites has neither a country nor a digit")
    by = date.max if known_by is None else exact_day(known_by)
    cited: dict[str, list[Citation]] = {}
    for citation in _citations(folder):
        cited.setdefault(citation.evidence.source.id, []).append(citation)
    found = [
        CitedSource(source=source, cited_by=tuple(cited.get(name, ())))
        for name, source in folder.sources.items()
        if name in cited or name in folder.registered
    ]
    kept = [
        one
        for one in found
        if part in fold(one.source.publisher)
        and (of is None or of in one.countries)
        and (wanted is None or _has_grade(one, wanted))
        and not (uncited and one.cited_by)
        and (known_by is None or one.source.public.latest <= by)
    ]
    return tuple(sorted(kept, key=_by_publisher))


def by_publisher(sources: Iterable[CitedSource]) -> tuple[Publisher, ...]:
    """Group sources by publisher: most sources first, then by name.

    Publishers are compared as written: `Dawn (AFP)` is another one than `Dawn`.
    """
    groups: dict[str, list[CitedSource]] = {}
    for one in sources:
        groups.setdefault(one.source.publisher, []).append(one)
    publishers = [Publisher(name=name, sources=tuple(group)) for name, group in groups.items()]
    return tuple(sorted(publishers, key=lambda one: (-len(one.sources), fold(one.name), one.name)))


def known_grade(text: str) -> str:
    """Return a grade in capitals: a letter A to F, or a letter and a digit 1 to 6.

    Raises `ValueError` for another text.
    """
    grade = text_of("a grade", text).strip().upper()
    letters = {one.value for one in Reliability}
    digits = {"", *map(str, CREDIBILITIES)}
    if grade[:1] in letters and grade[1:] in digits:
        return grade
    hint = "write a letter A to F, as in B, or a letter and a digit 1 to 6, as in B2"
    raise ValueError(f"{text!r} is no grade: {hint}")


def _by_publisher(one: CitedSource) -> tuple[str, int, str]:
    source = one.source
    return fold(source.publisher), source.issued.earliest.toordinal(), source.id


def _has_grade(one: CitedSource, grade: str) -> bool:
    if len(grade) == 1:
        return one.source.reliability.value == grade
    return any(citation.grade == grade for citation in one.cited_by)


def _citations(folder: Folder) -> Iterator[Citation]:
    for replay in replays_of(folder, organisations=True):
        yield from _of_replay(replay)
    for collective in folder.collectives:
        for claim in collective.claims:
            yield from _cites("", "claim", claim.date, claim.evidence, claim.place)
    for authority in folder.authorities:
        for day in authority.days:
            yield from _cites("", "authority", When.of(day.date), day.evidence, day.place)


def _of_replay(replay: Replay) -> Iterator[Citation]:
    code, start, doctrine = replay.country, replay.scenario.start, replay.scenario.doctrine
    if doctrine is not None:
        yield from _cites(code, "doctrine", None, doctrine.evidence, doctrine.place)
    yield from _cites(code, "start", start.date, start.evidence, start.place)
    for _, step, outcome in known_entries(replay):
        aside = set_aside(outcome)
        yield from _cites(code, step.kind, step.date, step.evidence, step.place, aside)


def _cites(
    country: str,
    kind: str,
    when: When | None,
    evidence: Iterable[Evidence],
    place: Place,
    aside: str = "",
) -> Iterator[Citation]:
    for item in evidence:
        yield Citation(
            country=country, kind=kind, date=when, evidence=item, place=place, set_aside=aside
        )
