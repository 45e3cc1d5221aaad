"""Make the files of a site: those of one country, those that all share, or all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from recognition_model.engine.outcomes import Replay
from recognition_model.io.processes import in_processes
from recognition_model.io.provenance import digest_of
from recognition_model.report.site.country_page import CountryPart, country_part
from recognition_model.report.site.figure_choices import Figures
from recognition_model.report.site.figures import figure_files, kinds_of_all
from recognition_model.report.site.plan import Site
from recognition_model.report.site.shared_pages import figures_page, shared_pages

FEW = 4
"""Up to this many countries are made in one process."""

Watch = Callable[[Sequence[object], Iterable[Mapping[str, bytes]]], Iterable[Mapping[str, bytes]]]
"""Receives what is to be done and the files as they are made; yields the files back."""


def country_files(site: Site, code: str, *, figures: Figures = "none") -> dict[str, bytes]:
    """Make the files of one country: its page, its data, its bare figure, its figures as files.

    They depend on its replay, on the countries before and after it, and on the address of the site.
    """
    return _country_files(_part(site, code), figures)


def shared_files(
    site: Site, *, figures: Figures = "none", drawn: Iterable[str] = ()
) -> dict[str, bytes]:
    """Make the files that show all countries, and the style and scripts of all pages.

    `drawn` are the paths of the figures of single countries, for the page that lists figures.
    """
    made: dict[str, bytes] = {}
    for kind in kinds_of_all(site.countries) if figures != "none" else ():
        made |= figure_files(kind, site.countries, figures, site.left_out)
    return {**shared_pages(site), **figures_page(site, [*made, *drawn]), **made}


def key_of(site: Site, code: str) -> str:
    """Return a digest of everything a country's files depend on except the program."""
    part = _part(site, code)
    return digest_of("\n".join([part.edition.version, repr(part.replay), repr(part.frame_of)]))


def site_files(
    site: Site,
    *,
    figures: Figures = "svg",
    workers: int | None = None,
    watch: Watch = lambda _, done: done,
) -> Iterator[tuple[str, bytes]]:
    """Make all files of a site, each with its path. The order is not fixed; the bytes are.

    Countries are made by `workers` processes, by default one for each core. `watch` receives the
    list of what is to be made, and what is made as it comes.
    """
    parts: list[CountryPart | str] = [_part(site, code) for code in site.codes]
    kinds = kinds_of_all(site.countries) if figures != "none" else ()
    todo = [*kinds, *parts]
    cores = min(workers or os.cpu_count() or 1, len(todo))
    made = (
        _one_by_one(site, todo, figures)
        if cores == 1 or len(parts) <= FEW
        else _by_processes(site, todo, figures, cores)
    )
    yield from shared_pages(site).items()
    drawn: list[str] = []
    for files in watch(todo, made):
        drawn += files
        yield from files.items()
    yield from figures_page(site, drawn).items()


def _part(site: Site, code: str) -> CountryPart:
    before, after = site.neighbours(code)
    return CountryPart(
        replay=site.of_code[code],
        before=before,
        after=after,
        address=site.address,
        feed=site.has_feed,
    )


def _country_files(part: CountryPart, figures: Figures) -> dict[str, bytes]:
    drawn = dict(figure_files("history", [part.replay], figures))
    return {**country_part(part, drawn), **drawn}


def _one_by_one(
    site: Site, todo: Sequence[CountryPart | str], figures: Figures
) -> Iterator[dict[str, bytes]]:
    return (_make(part, site.countries, figures, site.left_out) for part in todo)


def _by_processes(
    site: Site, todo: Sequence[CountryPart | str], figures: Figures, cores: int
) -> Iterator[dict[str, bytes]]:
    """Make the parts in several processes. The figures of all come first: they take longest."""
    of_all = site.countries, figures, site.left_out
    jobs = [(part, *of_all) if isinstance(part, str) else (part, (), figures, ()) for part in todo]
    return in_processes(_make, jobs, cores)


def _make(
    part: CountryPart | str,
    replays: Sequence[Replay],
    figures: Figures,
    left_out: tuple[str, ...],
) -> dict[str, bytes]:
    """Make the files of one part: of a country, or of a figure of all countries."""
    if isinstance(part, str):
        return dict(figure_files(part, replays, figures, left_out))
    return _country_files(part, figures)
