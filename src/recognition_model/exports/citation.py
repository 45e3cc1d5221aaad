"""How to cite the record, one country's part, one entry, or a file made from them.

A citation names the data release, or else the digest of the record, so that a reader can find the
same data. `CITATION.cff` of the repository gives the same title, creators and licence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import frozen

from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.recorded import known_entries
from recognition_model.analysis.stamp import Stamp
from recognition_model.core.base import Readable
from recognition_model.core.citing import CREATORS, LICENCE, PROGRAM, TITLE
from recognition_model.core.countries import name_of, named
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.bibliography import bibtex, csl
from recognition_model.exports.latex import escape_address, escape_latex
from recognition_model.exports.references import Reference
from recognition_model.io.provenance import digest_of

_WHAT = {
    "picture": "figure",
    "report": "report",
    "table": "data table",
    "package": "data set",
}


@frozen(kw_only=True, repr=False)
class Citation(Readable):
    """A citation: as text, as BibTeX and as CSL.

    `key` is its key in a bibliography. `part` is the part of the record that is cited, and empty
    for the record itself; `medium` says what a file is. `creators` is empty for what a user's own
    files say. `evidence` are the items behind an entry, whose sources are cited with it.
    """

    key: str
    part: str
    medium: str
    creators: tuple[str, ...]
    day: date | None
    version: str
    note: str
    licensed: bool
    evidence: tuple[Evidence, ...] = ()

    @property
    def title(self) -> str:
        """The title of the whole that is cited."""
        return TITLE if self.creators else "Own files for recognition_model"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources cited, each once, in the order of the entry."""
        return tuple({item.source.id: item.source for item in self.evidence}.values())

    @property
    def text(self) -> str:
        """The citation as a sentence of a list of references."""
        year = f" ({self.day.year})" if self.day else ""
        who = f"{', '.join(self.creators)}{year}. " if self.creators else ""
        medium = f" [{self.medium}]" if self.medium and self.part else ""
        quoted = self.part.replace("“", "‘").replace("”", "’")
        part = f"“{quoted}”{medium}. In: " if self.part else ""
        whole = "" if self.part else " [data set]"
        licence = f" {LICENCE.name}, {LICENCE.url}." if self.licensed else ""
        return f"{who}{part}{self.title}{whole}. {self.version}. {self.note}.{licence}"

    @property
    def source_texts(self) -> tuple[str, ...]:
        """Each source as a sentence, with the paragraphs that the entry rests on."""
        return tuple(
            _source_text(source, [e for e in self.evidence if e.source.id == source.id])
            for source in self.sources
        )

    @property
    def bibtex(self) -> str:
        """The citation and its sources as a BibTeX file, with biblatex's types."""
        who = " and ".join(f"{{{escape_latex(name)}}}" for name in self.creators)
        title = f"{self.part}. In: {self.title}" if self.part else self.title
        fields = {
            "author": who,
            "key": "" if who else escape_latex(PROGRAM),
            "title": f"{{{escape_latex(title)}}}",
            "date": self.day.isoformat() if self.day else "",
            "year": f"{self.day.year:04}" if self.day else "",
            "type": self.medium or "data set",
            "note": escape_latex(f"{self.version}. {self.note}"),  # classic styles know no version
            "addendum": escape_latex(LICENCE.name) if self.licensed else "",
            "license": escape_address(LICENCE.url) if self.licensed else "",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        entry = "\n".join([f"@{self._entry_type}{{{self.key},", *lines, "}", ""])
        return "\n".join(filter(None, [entry, bibtex(self.sources)]))

    @property
    def _entry_type(self) -> str:
        return "misc" if self.medium in ("figure", "report") else "dataset"

    @property
    def csl(self) -> list[dict[str, Any]]:
        """The citation and its sources as items of CSL-JSON."""
        day = self.day
        item: dict[str, Any] = {
            "id": self.key,
            "type": {"figure": "figure", "report": "report"}.get(self.medium, "dataset"),
            "title": self.part or self.title,
            "container-title": self.title if self.part else "",
            "author": [{"literal": name} for name in self.creators],
            "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
            "version": self.version,
            "note": f"{self.note}. {LICENCE.name}" if self.licensed else self.note,
        }
        return [{key: value for key, value in item.items() if value}, *csl(self.sources)]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-citation/1`."""
        sources = zip(self.sources, self.source_texts, strict=True)
        return {
            "format": "recognition-citation/1",
            "text": self.text,
            "creators": list(self.creators),
            "day": self.day.isoformat() if self.day else None,
            "part": self.part or None,
            "title": self.title,
            "version": self.version,
            "note": self.note,
            "licence": LICENCE.name if self.licensed else None,
            "sources": [{"id": source.id, "text": text} for source, text in sources],
        }

    def __str__(self) -> str:
        return self.text


def citation_of_record(replays: Sequence[Replay], *, day: date | None = None) -> Citation:
    """Say how to cite the whole record.

    `day` is the day of the data, which replays known by an earlier day do not have.
    """
    edition = edition_of(replays)
    count = "1 country" if len(replays) == 1 else f"{len(replays)} countries"
    return _citation(edition, key="recognition-record", day=day, note=f"{count}, {_reach(replays)}")


def citation_of_country(replay: Replay, *, day: date | None = None) -> Citation:
    """Say how to cite one country's part of the record; `day` as for `citation_of_record`."""
    entries = len(replay.scenario.timeline)
    return _citation(
        edition_of([replay]),
        key=f"recognition-record-{replay.country}",
        day=day,
        part=named(replay.country),
        note=f"{entries} entries, {_reach([replay])}",
    )


def citation_of_entry(replay: Replay, number: int, *, day: date | None = None) -> Citation:
    """Say how to cite one entry with its sources; 0 is the start of the record.

    `day` is as for `citation_of_record`. Raises `ValueError` if the record has no such entry, or
    did not have it by the day known.
    """
    country = named(replay.country)
    if number == 0:
        start = replay.scenario.start
        what, evidence = f"start {start.stage} {start.date.in_words}", start.evidence
    else:
        entries = {at: step for at, step, _ in known_entries(replay)}
        if number not in entries:
            most = max(entries, default=0)
            raise ValueError(f"{country} has no entry {number}: its entries are 0 to {most}")
        step = entries[number]
        what, evidence = f"{step.label} {step.date.in_words}", step.evidence
    return _citation(
        edition_of([replay]),
        key=f"recognition-record-{replay.country}-{number}",
        day=day,
        part=f"{country}, entry {number}: {what}",
        note=_capital(_reach([replay])),
        evidence=evidence,
    )


def citation_of_file(stamp: Stamp) -> Citation:
    """Say how to cite a figure, report, table or package, from its stamp."""
    edition = stamp.edition
    more = [f"made with {PROGRAM} {edition.program}, {edition.rules_in_words}"]
    more += [f"dates: {edition.dates}"] if edition.dates else []
    more += [f"as known by {edition.known_by}"] if edition.known_by else []
    more += [edition.without.rstrip(".")] if edition.left_out else []
    return _citation(
        edition,
        key=f"recognition-{stamp.kind}-{stamp.name}-{digest_of(edition.version)}",
        part=stamp.title,
        medium=_WHAT[stamp.kind],
        note=_capital("; ".join(more)),
    )


def _citation(
    edition: Edition,
    *,
    key: str,
    note: str,
    part: str = "",
    medium: str = "",
    evidence: tuple[Evidence, ...] = (),
    day: date | None = None,
) -> Citation:
    ours = not edition.own
    return Citation(
        key=key,
        part=part,
        medium=medium,
        creators=CREATORS if ours else (),
        day=edition.day or day,
        version=_version(edition, whole=not part),
        note=note,
        licensed=ours,
        evidence=evidence,
    )


def _version(edition: Edition, *, whole: bool) -> str:
    """The release with the digest of what is cited, or the digest alone."""
    if not edition.record:
        return _capital(edition.rules_in_words.replace("rules", "rule table", 1))
    if edition.own:
        return _capital(edition.record_in_words)
    countries = tuple(edition.countries)
    of = name_of(countries[0]) if len(countries) == 1 else f"{len(countries)} countries"
    record = f"record {edition.record}" if whole else f"record of {of} {edition.record}"
    if edition.release is not None:
        return f"Data release {edition.release} of {edition.day} ({record})"
    return f"Unreleased version, {record}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _reach(replays: Sequence[Replay]) -> str:
    ends = [replay.history.documented_until for replay in replays]
    known = next((replay.known_by for replay in replays if replay.known_by), None)
    cut = f", as known by {known}" if known else ""
    return f"data to {max(ends)}{cut}" if ends else f"no data{cut}"


def _source_text(source: Source, items: Sequence[Evidence]) -> str:
    """A source as a sentence: author, date, title, publisher, address, and where in it."""
    told = Reference.of(source)
    who = told.author or told.publisher
    published = f" {told.publisher}." if told.author and told.author != told.publisher else ""
    address = f" {source.url}." if source.url else ""
    archive = f" Archived: {source.archive}." if source.archive else ""
    seen = f" Read {source.seen.in_words}." if source.seen else ""
    places = [f"#{item.at.paragraph}" for item in items if item.at and item.at.paragraph]
    where = f" Paragraph {', '.join(dict.fromkeys(places))}." if places else ""
    against = " Disputes the entry." if any(not item.supports for item in items) else ""
    issued = source.issued.in_words
    return without_marks(
        f"{who} ({issued}). {told.title}.{published}{address}{archive}{seen}{where}{against}"
    )


def as_csl_json(citation: Citation) -> str:
    """Write a citation and its sources as a CSL-JSON file."""
    return json.dumps(citation.csl, indent=2, ensure_ascii=False) + "\n"
