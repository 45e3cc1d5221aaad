"""Scan files of coded events for dealings with the Taliban. The only module that knows DuckDB."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from recognition_model.core.countries import UnknownCountry, code_of, is_country
from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.dealings import MOST_SHOWN, BadRow, Dealing, Scan
from recognition_model.core.event_layouts import (
    LAYOUTS,
    EventLayout,
    layout_by_count,
    layout_by_header,
)
from recognition_model.core.wording import plural
from recognition_model.io.drafts import scratch_folder
from recognition_model.io.event_query import query, quoted

ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".parquet")
_PACKED = (".gz", ".zip")
_HEAD = 1 << 16


class EventFileError(ValueError):
    """A file of events that cannot be used. The message says why; `hint` what would mend it."""

    def __init__(self, path: Path | str, why: str, hint: str = "") -> None:
        super().__init__(f"{path}: {why}")
        self.path = str(path)
        self.why = why
        self.hint = hint

    def __reduce__(self) -> tuple[type[EventFileError], tuple[str, str, str]]:
        return type(self), (self.path, self.why, self.hint)  # it travels to another process


class NeedsDuckDB(ImportError):
    """Raised if events are to be scanned and DuckDB is not installed."""

    def __init__(self) -> None:
        super().__init__("screening needs DuckDB: pip install 'recognition-model[events]'")


def event_files(paths: Iterable[Path]) -> list[Path]:
    """Return the event files among some paths: files as they are, folders with all below them.

    Raises `EventFileError` for a path that does not exist, a file of another kind and a folder
    without event files.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and _kind(one))
            if not inside:
                hint = f"event files end in {', '.join(ENDINGS)}, packed or not"
                raise EventFileError(path, "there is no event file in this folder", hint)
            found += inside
        elif not path.exists():
            raise EventFileError(path, "there is no such file or folder")
        elif not _kind(path):
            hint = f"event files end in {', '.join(ENDINGS)}, or in these with .gz or .zip"
            raise EventFileError(path, "this is no event file by its ending", hint)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _kind(path: Path) -> str:
    """The ending of a file, `.csv` for any packed one; empty if it is none of ours."""
    ending = path.suffix.lower()
    if ending in _PACKED:
        return ".csv"
    return ending if ending in ENDINGS else ""


class ScanOne(Protocol):
    """Scans one file."""

    def __call__(
        self,
        path: Path,
        crosswalk: Crosswalk,
        layout: EventLayout | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Scan:
        """Scan a file. Without a layout it is recognised by its header or number of columns.

        Raises `EventFileError` if the file cannot be read to its end, changes while it is read, or
        has no layout or codes that fit.
        """


@contextmanager
def scanner(*, threads: int | None = None, memory: str = "1GB") -> Iterator[ScanOne]:
    """Open what scans many files, one after the other: it takes longer to open than a small file.

    `threads` and `memory` bound what DuckDB takes. Raises `NeedsDuckDB`.
    """
    with (
        scratch_folder() as folder,
        _database(threads, memory, str(folder)) as database,
    ):
        yield partial(_scan_file, database, folder)


def _scan_file(
    database: Any,
    folder: Path,
    path: Path,
    crosswalk: Crosswalk,
    layout: EventLayout | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Scan:
    before = _state(path)
    scans = []
    try:
        for part in _unpacked(path, folder):
            scans.append(_scan(database, part, path, crosswalk, layout, since, until))
            if part != path:
                part.unlink()
    except OSError as error:
        raise EventFileError(path, f"it cannot be read: {error.strerror or error}") from None
    if _state(path) != before:
        raise EventFileError(path, "the file changed while it was read", "read it again")
    return Scan.joined(scans)


def _state(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError as error:
        raise EventFileError(path, f"it cannot be read: {error.strerror}") from None
    return told.st_size, told.st_mtime_ns


def _unpacked(path: Path, folder: Path) -> Iterator[Path]:
    """Yield the files in a zip archive, written into a folder; any other file as it is."""
    if path.suffix.lower() != ".zip":
        yield path
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for number, name in enumerate(sorted(archive.namelist())):
                if name.endswith("/") or Path(name).name.startswith("."):
                    continue
                target = folder / f"{number}{_kind(Path(name)) or '.csv'}"
                with archive.open(name) as packed, target.open("wb") as stream:
                    while piece := packed.read(1 << 20):
                        stream.write(piece)
                yield target
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise EventFileError(path, f"the archive is damaged: {error}", "fetch it again") from None
    except RuntimeError as error:  # a password, or a way of packing that Python does not know
        raise EventFileError(path, f"it cannot be unpacked: {error}", "unpack it first") from None


@contextmanager
def _database(threads: int | None, memory: str, folder: str) -> Iterator[Any]:
    try:
        import duckdb
    except ImportError:
        raise NeedsDuckDB from None
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "temp_directory": folder,
        "autoinstall_known_extensions": "false",
    }
    if threads:
        settings["threads"] = threads
    database = duckdb.connect(":memory:", config=settings)
    try:
        yield database
    finally:
        database.close()


def _scan(
    database: Any,
    part: Path,
    path: Path,
    crosswalk: Crosswalk,
    layout: EventLayout | None,
    since: date | None,
    until: date | None,
) -> Scan:
    import duckdb

    try:
        _forget_rejected(database)
        chosen = layout or _layout_of(database, part, path, crosswalk.layout)
        if chosen.codes is not crosswalk.codes:
            raise EventFileError(
                path,
                f"the layout {chosen.name} has codes of {chosen.codes}, the crosswalk of"
                f" {crosswalk.codes}",
                f"take a crosswalk for {chosen.codes}: --map {chosen.codes}",
            )
        source = _source(database, part, path, chosen)
        packed = _kind(part) == ".parquet"
        asked = query(source, chosen, crosswalk, since, until, others=not packed)
        found = _asked(database, asked)
        if packed:  # it knows its number of rows, so that the others need not be read
            (rows,) = _asked(database, f"SELECT count(*) FROM {source}")[0]  # noqa: S608 - quoted
            found.append((None,) * 5 + (rows - sum(row[5] for row in found), 0, 0, None))
        bad, examples = _rejected(database, path) if _kind(part) != ".parquet" else (0, ())
    except duckdb.Error as error:
        why = str(error).split("\n", 1)[0].replace(str(part), path.name)
        raise EventFileError(
            path, f"it cannot be read to its end: {why}", "fetch it again"
        ) from None
    return _told(found, crosswalk, path, bad, examples, by_name=chosen.by_name)


def _source(database: Any, part: Path, path: Path, layout: EventLayout) -> str:
    """Return the table expression for a file, after checking that it has the columns."""
    if _kind(part) == ".parquet":
        there = _columns(database, part)
        lacking = [name for name in layout.used if name not in there]
        if lacking:
            raise EventFileError(path, f"it lacks the columns {', '.join(lacking)}")
        return f"read_parquet({quoted(str(part))})"
    names = layout.columns
    if layout.header:
        names = _heading(part, layout)
        lacking = [name for name in layout.used if name not in names]
        if lacking:
            raise EventFileError(path, f"it lacks the columns {', '.join(lacking)}")
    typed = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({quoted(str(part))}, delim={quoted(layout.delimiter)},"
        f" quote={quoted(layout.quote)}, escape={quoted(layout.quote)},"
        f" header={str(layout.header).lower()}, columns={{{typed}}}, auto_detect=false,"
        " ignore_errors=true, store_rejects=true, rejects_limit=0)"
    )


def _layout_of(
    database: Any, part: Path, path: Path, own: EventLayout | None = None
) -> EventLayout:
    """Find the layout of a file. One of the user's own is for files that no known one fits."""
    if _kind(part) == ".parquet":
        names = _columns(database, part)
        found = layout_by_header(names)
    else:
        names = tuple(_first_line(part).split("\t"))
        found = layout_by_header(names) or layout_by_count(len(names))
    if found is None and own is not None:
        if not own.header and _kind(part) != ".parquet":
            names = _heading(part, own)
            if len(names) != len(own.columns):
                raise EventFileError(
                    path,
                    f"it has {plural(len(names), 'column', 'columns')}, and `names:` of the"
                    f" crosswalk {len(own.columns)}",
                )
        return own
    if found is None:
        raise EventFileError(
            path,
            f"its layout is not known: {len(names)} columns",
            f"name one with --layout ({', '.join(LAYOUTS)}), or give `columns:` in the crosswalk",
        )
    return found


def _columns(database: Any, part: Path) -> tuple[str, ...]:
    """Return the names of the columns of a Parquet file."""
    described = _asked(database, f"DESCRIBE SELECT * FROM read_parquet({quoted(str(part))})")  # noqa: S608 - quoted
    return tuple(row[0] for row in described)


def _asked(database: Any, sql: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = database.execute(sql).fetchall()
    return found


def _heading(path: Path, layout: EventLayout) -> tuple[str, ...]:
    """Return the values of the first line."""
    line = _first_line(path)
    if not layout.quote:
        return tuple(line.split(layout.delimiter))
    return tuple(next(csv.reader([line], delimiter=layout.delimiter)))


def _first_line(path: Path) -> str:
    import gzip

    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            line = re.split(b"[\r\n]", stream.readline(_HEAD), maxsplit=1)[0]
            return line.decode("utf-8", "replace").lstrip("\ufeff")
    except (OSError, EOFError) as error:
        raise EventFileError(path, f"it cannot be read: {error}") from None


def _rejected(database: Any, path: Path) -> tuple[int, tuple[BadRow, ...]]:
    """Count the rows that DuckDB could not read as rows, and give some of them."""
    ((count,),) = _asked(database, "SELECT count(DISTINCT line) FROM reject_errors")
    first = "SELECT line, min(error_type) FROM reject_errors GROUP BY line ORDER BY line"
    shown = _asked(database, first)[:MOST_SHOWN]
    told = (
        BadRow(file=str(path), line=line, why=f"{str(why).lower().replace('_', ' ')}")
        for line, why in shown
    )
    return int(count), tuple(told)


def _forget_rejected(database: Any) -> None:
    """Forget the rows of another file, perhaps of one that could not be read to its end."""
    for table in ("reject_errors", "reject_scans"):
        database.execute(f"DROP TABLE IF EXISTS {table}")


def _told(
    found: list[tuple[Any, ...]],
    crosswalk: Crosswalk,
    path: Path,
    bad: int,
    examples: tuple[BadRow, ...],
    *,
    by_name: bool,
) -> Scan:
    aliases = {alias.code: str(alias.country) for alias in crosswalk.countries}
    dealings: list[Dealing] = []
    unknown: dict[str, int] = {}
    rows = bad
    for country, day, code, actor, by_taliban, count, mentions, sources, urls in found:
        rows += count
        if country is None:
            continue
        alpha3 = aliases.get(country) or _alpha3(country, by_name=by_name)
        if alpha3 is None:
            unknown[country] = unknown.get(country, 0) + count
        elif day is None:
            bad += count
            rows_in_words = plural(count, "row", "rows")
            why = f"{rows_in_words} of {alpha3} with an impossible date"
            examples = (*examples, BadRow(file=str(path), line=0, why=why))
        else:
            dealings.append(
                Dealing(
                    country=alpha3,
                    day=day,
                    code=code,
                    actor=actor,
                    by_taliban=by_taliban,
                    rows=count,
                    mentions=int(mentions),
                    sources=int(sources),
                    urls=tuple(urls or ()),
                )
            )
    found_here = Scan(
        dealings=tuple(dealings), rows=rows, bad=bad, examples=examples, unknown_countries=unknown
    )
    return Scan.joined([found_here])


def _alpha3(country: str, *, by_name: bool) -> str | None:
    if not by_name:
        return country if is_country(country) else None
    try:
        return code_of(country)
    except UnknownCountry:
        return None
