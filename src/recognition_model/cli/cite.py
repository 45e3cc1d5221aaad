"""`recognition-model cite`: how to cite the record, a country, an entry, or a file made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.stamp import Stamp
from recognition_model.cli.answer import Answer
from recognition_model.cli.corrections import correction_in_words
from recognition_model.cli.options import examples, known_by
from recognition_model.cli.page import Block, Heading, Paragraph, Styled
from recognition_model.cli.selection import Selection, reads_record, rules_option
from recognition_model.core.countries import UnknownCountry, code_of, named
from recognition_model.core.folder import Folder
from recognition_model.core.wording import escape_invisible, join_limited
from recognition_model.engine.outcomes import Replay
from recognition_model.io.stamped import BESIDE, ENDINGS, NoStampError, stamp_in

if TYPE_CHECKING:
    from recognition_model.exports.citation import Citation
    from recognition_model.report.remake import FileCheck

RECORD = "record"
_ENTRY = re.compile(r"(?P<country>[^/\\]+)/(?P<number>\d+)")
_LINE = re.compile(r"(?:.*[/\\])?(?P<country>[A-Za-z]{3})\.ya?ml:(?P<line>\d+)(?::\d+)?")


@click.command(
    "cite",
    epilog=examples(
        "recognition-model cite",
        "recognition-model cite RUS/3 --format bibtex",
        "recognition-model cite Kazakhstan --format csl",
    ),
)
@click.argument("what", metavar="[WHAT]", default=RECORD)
@click.option(
    "--check",
    is_flag=True,
    help="Say what changed since a file was made, and whether it would differ now.",
)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(["text", "json", "bibtex", "csl"]),
    default="text",
    help="Print text, JSON, BibTeX or CSL-JSON.",
)
@known_by
@reads_record
@rules_option
def command(
    what: str,
    check: bool,  # noqa: FBT001 - click calls with names
    fmt: str,
    known_by: date | None,
    record: Selection,
) -> Answer:
    """Print how to cite the record, a country's part of it, an entry, or a file made from it.

    WHAT is `record` (the default), a country, an entry or a file. An entry is written as the
    country and its number, RUS/3, as tables number it, with 0 for the start; or as a line of its
    file, RUS.yaml:54. It is cited with its sources. A file is a picture, a report or a table that
    this program made; it says itself what it was made from.

    With --check, the file is made again from the record as it is now. The exit code is 1 if its
    data would differ.
    """
    path = Path(what)
    if path.suffix.lower().removeprefix(".") in ENDINGS and not _LINE.fullmatch(what):
        if known_by is not None:
            raise click.UsageError("--known-by cannot be used with a file, which names its own day")
        return _of_file(path, record, fmt, check=check)
    if path.suffix and path.is_file():
        reads = ", ".join(f".{ending}" for ending in ENDINGS)
        ending = escape_invisible(path.suffix)
        raise click.UsageError(f"cite cannot read {ending} files; it reads {reads}")
    if check:
        raise click.UsageError(f"--check needs a file: {', '.join(f'.{e}' for e in ENDINGS)}")
    return _of_record(what, record, fmt, known_by)


def _of_record(what: str, record: Selection, fmt: str, known_by: date | None) -> Answer:
    from recognition_model.exports import citation

    if what == RECORD:
        folder, replays = record.replayed((), known_by)
        day = _day_of_data(record, (), known_by)
        if not replays:
            return Answer(findings=folder.findings, fell_short=True)
        return _answer(citation.citation_of_record(replays, day=day), folder, fmt)
    country, number, line = _named(what)
    folder, (replay,) = record.replayed((country,), known_by)
    day = _day_of_data(record, (country,), known_by)
    if line is not None:
        number = _entry_at(replay, line, what)
    if number is None:
        return _answer(citation.citation_of_country(replay, day=day), folder, fmt)
    try:
        return _answer(citation.citation_of_entry(replay, number, day=day), folder, fmt)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _day_of_data(
    record: Selection, countries: tuple[str, ...], known_by: date | None
) -> date | None:
    """The day of the data behind what was known by a day; None without such a day."""
    if known_by is None:
        return None
    return edition_of(record.replayed(countries)[1]).day


def _named(what: str) -> tuple[str, int | None, int | None]:
    """The country that is named, with the number or the line of an entry."""
    numbered, placed = _ENTRY.fullmatch(what), _LINE.fullmatch(what)
    found = numbered or placed
    try:
        country = code_of(found["country"] if found else what)
    except UnknownCountry as error:
        hint = "; WHAT is `record`, a country, an entry (RUS/3) or a file that this program wrote"
        raise click.UsageError(f"{error}{hint}") from None
    number = int(numbered["number"]) if numbered else None
    return country, number, int(placed["line"]) if placed else None


def _entry_at(replay: Replay, line: int, what: str) -> int:
    """The number of the entry that holds a line of the file."""
    starts = [(replay.scenario.start.place.line, 0)]
    steps = zip(replay.numbers, replay.scenario.timeline, strict=True)
    starts += [(step.place.line, number) for number, step in steps]
    before = [number for first, number in sorted(starts) if 0 < first <= line]
    with Path(replay.scenario.file).open("rb") as file:
        last = sum(1 for _ in file)
    if not before or line > last:
        raise click.UsageError(f"no entry is at {escape_invisible(what)}")
    return before[-1]


def _answer(cited: Citation, folder: Folder | None, fmt: str) -> Answer:
    from recognition_model.exports.citation import as_csl_json

    findings = folder.findings if folder else ()
    if fmt == "json":
        return Answer(data=cited.to_dict(), findings=findings)
    if fmt == "bibtex":
        return Answer(text=cited.bibtex.rstrip("\n"), findings=findings)
    if fmt == "csl":
        return Answer(text=as_csl_json(cited).rstrip("\n"), findings=findings)
    return Answer(page=[*_page(cited)], findings=findings)


def _page(cited: Citation) -> Iterator[Block]:
    yield Paragraph(cited.text)
    if cited.sources:
        yield Heading("Sources", 3)
        yield from map(Paragraph, cited.source_texts)


# --- files ---------------------------------------------------------------------------------------


def _of_file(path: Path, record: Selection, fmt: str, *, check: bool) -> Answer:
    from recognition_model.exports.citation import citation_of_file

    try:
        stamp, described = _stamp_of(path)
    except NoStampError as error:
        raise click.UsageError(escape_invisible(str(error))) from None
    if not check:
        return _answer(citation_of_file(stamp), None, fmt)
    if fmt not in ("text", "json"):
        raise click.UsageError("--check prints text or JSON")
    from recognition_model.report.remake import check_file

    folder = record.load()
    try:
        found = check_file(path, stamp, folder, described, rules=record.rules)
    except NoStampError as error:
        raise click.UsageError(escape_invisible(str(error))) from None
    turned = found.differs is not False
    if fmt == "json":
        return Answer(data=found.to_dict(), findings=folder.findings, fell_short=turned)
    page = [*_check_page(path, found)]
    return Answer(page=page, findings=folder.findings, fell_short=turned)


def _stamp_of(path: Path) -> tuple[Stamp, Mapping[str, Any]]:
    """The stamp of a file, and the descriptor of a table or package. Raises `NoStampError`."""
    if path.suffix.lower() == ".parquet":
        return _stamp_of_parquet(path)
    told = stamp_in(path)
    try:
        if "resources" not in told:
            return Stamp.from_dict(told), {}
        edition, resources = Edition.from_dict(told["edition"]), told["resources"]
        one_table = path.suffix.lower().removeprefix(".") in BESIDE
        if one_table and [one["path"] for one in resources] != [path.name]:
            raise NoStampError(f"the descriptor beside {path.name} describes another file")
        for resource in resources:
            _check_texts(resource, "name", "path", "format", "title")
        stamp = Stamp(
            kind="table" if one_table else "package",
            name=str(resources[0]["name"]) if one_table else "tables",
            title=str(resources[0]["title"] if one_table else told["title"]),
            edition=edition,
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        if isinstance(error, NoStampError):
            raise
        raise NoStampError(f"what {path.name} says it was made from cannot be read") from None
    return stamp, told


def _check_texts(told: Mapping[str, Any], *names: str) -> None:
    """Raise `KeyError` or `TypeError` if one of the values is absent or no text."""
    for name in names:
        if not isinstance(told[name], str):
            raise TypeError(f"{name} is no text")


def _stamp_of_parquet(path: Path) -> tuple[Stamp, Mapping[str, Any]]:
    import json

    from recognition_model.exports.arrow import NeedsPyArrow, metadata_in

    data = path.read_bytes()
    try:
        told = metadata_in(data)
        edition = Edition.from_dict(json.loads(told["edition"]))
    except NeedsPyArrow as missing:
        raise click.UsageError(str(missing)) from None
    except (KeyError, ValueError, OSError, AttributeError):
        raise NoStampError(f"{path.name} does not say what it was made from") from None
    name = edition.options.get("table", "")
    stamp = Stamp(kind="table", name=name, title=told.get("title", name), edition=edition)
    return stamp, {"resources": [{"name": name, "format": "parquet", "path": path.name}]}


_VERDICTS = {
    True: "Made now, its data would differ.",
    False: "Made now, its data would be the same.",
    None: "This program cannot make it again",
}


def _check_page(path: Path, found: FileCheck) -> Iterator[Block]:
    """Say what a file was made from, whether it would differ, and what was corrected since."""
    yield Paragraph(Styled(f"{escape_invisible(path.name)}: {found.stamp.title}", "strong"))
    yield Paragraph(f"Made from: {found.stamp.edition}.")
    yield Paragraph("Compared with: the same." if found.same else f"Compared with: {found.now}.")
    verdict = _VERDICTS[found.differs]
    why = f": {found.why_not}." if found.why_not else ""
    yield Paragraph(Styled(verdict if found.differs is not None else f"{verdict}{why}", "strong"))
    yield from map(Paragraph, _reasons(found))
    if found.corrections:
        number = found.stamp.edition.release
        yield Heading(f"Corrected and added since data release {number}", 3)
        for one in found.corrections:
            added = "Added: " if one.kind == "addition" else ""
            yield Paragraph((added, *correction_in_words(one)))


def _reasons(found: FileCheck) -> Iterator[str]:
    """What is not the same as when the file was made."""
    made = found.stamp.edition
    if found.parts and found.stamp.kind == "package":
        yield f"Tables that would differ: {', '.join(found.parts)}."
    if found.claims_not_compared:
        yield "The claims about many countries in it are not compared."
    if found.touched:
        yield "The file was changed after it was made."
    if found.changed:
        codes = [named(code) for code in found.changed]
        yield f"The record differs for {join_limited(codes, 12)}."
    if found.gone:
        yield f"Not in the record now: {join_limited([named(c) for c in found.gone], 12)}."
    if found.other_rules:
        yield f"The rule table is another one: {found.now.rules}, was {made.rules}."
    if found.other_program:
        yield f"The program is {found.now.program}, was {made.program}; it may show data otherwise."
    if made.release is None and not found.same:
        own = "files of a user" if made.own else "a version of the record between releases"
        yield f"It was made from {own}, whose facts are not kept. The changes cannot be listed."
    elif found.unknown_release:
        yield (
            f"This program does not know data release {made.release}; what was corrected cannot be"
            " listed."
        )
    elif made.release is not None and not found.corrections and found.changed:
        yield "No fact about days that were in the data was corrected; see `changes` for new ones."
