"""Scan event files for `screen`: one after the other, or on a cluster; with the same result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import click
from attrs import evolve, frozen

from recognition_model.cli.progress import watched
from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.dealings import Scan
from recognition_model.core.event_layouts import LAYOUTS, EventLayout
from recognition_model.io.event_files import (
    EventFileError,
    NeedsDuckDB,
    ScanOne,
    event_files,
    scanner,
)


@frozen
class ScanJob:
    """How every file is scanned. It travels to the workers of a cluster, with the layout's name."""

    crosswalk: Crosswalk
    layout: str | None = None
    since: date | None = None
    until: date | None = None

    def scan_alone(self, path: Path) -> Scan:
        """Scan one file on one thread. Raises `EventFileError`."""
        with scanner(threads=1) as scan:
            return self.scan(scan, path)

    def scan(self, scan: ScanOne, path: Path) -> Scan:
        """Scan one file by what scans many. Raises `EventFileError`."""
        layout: EventLayout | None = LAYOUTS[self.layout] if self.layout else None
        return scan(path, self.crosswalk, layout, self.since, self.until)


def scanned(
    files: Sequence[Path],
    job: ScanJob,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
) -> tuple[Scan, list[str]]:
    """Scan all files. One that cannot be used is named, and the others count.

    Raises `UsageError` if no file can be used, or no cluster.
    """
    from recognition_model.io.cluster import ClusterError, NeedsDask

    try:
        found = event_files(files)
        if workers or scheduler:
            results: Iterable[tuple[Path, Scan | Exception]] = _on_cluster(
                found, job, workers, scheduler
            )
        else:
            results = _here(found, job)
        scans: list[Scan] = []
        broken: list[tuple[Path, str]] = []
        for path, result in results:
            if isinstance(result, EventFileError):
                broken.append((path, f"error: {told(result)}"))
            elif isinstance(result, Exception):
                raise result
            else:
                scans.append(result)
    except EventFileError as error:
        raise click.UsageError(told(error)) from None
    except (ClusterError, NeedsDask, NeedsDuckDB) as error:
        raise click.UsageError(str(error)) from None
    lines = [line for _, line in sorted(broken)]
    if not scans:
        raise click.UsageError("\n".join(lines))
    return Scan.joined(scans), lines


def told(error: Exception) -> str:
    """Say what is wrong with a file, and what would mend it."""
    hint = getattr(error, "hint", "")
    return f"{error} ({hint})" if hint else str(error)


def _here(files: Sequence[Path], job: ScanJob) -> Iterator[tuple[Path, Scan | Exception]]:
    with scanner() as scan:
        for path in watched(files, "Reading"):
            try:
                yield path, job.scan(scan, path)
            except EventFileError as error:
                yield path, error


def _on_cluster(
    files: Sequence[Path], job: ScanJob, workers: int | None, scheduler: str | None
) -> Iterator[tuple[Path, Scan | Exception]]:
    from recognition_model.io.cluster import cluster, mapped

    absolute = [path.resolve() for path in files]
    named = dict(zip(absolute, files, strict=True))
    with cluster(workers=workers, scheduler=scheduler) as client:
        results = mapped(client, job.scan_alone, absolute)
        for path, result in watched(results, "Reading", len(files)):
            yield named[path], _as_given(result, path, named[path])


def _as_given(result: Scan | Exception, path: Path, given: Path) -> Scan | Exception:
    """Name a file as the user did: a worker knows it by its whole path."""
    if isinstance(result, Scan):
        examples = tuple(evolve(one, file=str(given)) for one in result.examples)
        return evolve(result, examples=examples)
    if isinstance(result, EventFileError):
        return EventFileError(given, result.why.replace(str(path), str(given)), result.hint)
    return result
