"""The pages that show all countries, and the style and scripts that all pages load."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from recognition_model.analysis.corrections import corrections
from recognition_model.core.citations import Citations
from recognition_model.core.countries import name_of
from recognition_model.core.wording import plural
from recognition_model.exports.bibliography import bibtex, csl_json
from recognition_model.exports.catalogue import package_tables
from recognition_model.exports.codebook_pages import sections
from recognition_model.exports.given import Given
from recognition_model.io.provenance import digest_of
from recognition_model.report.entries import Footnotes, claim_views
from recognition_model.report.html import STYLES, script, style, words
from recognition_model.report.site.data import (
    as_file,
    changes_data,
    histories_data,
    signals_data,
    sources_data,
)
from recognition_model.report.site.feed import FEED, atom, site_map
from recognition_model.report.site.figures import PRESETS, drawn_in, kinds_of_all
from recognition_model.report.site.frame import MISSING, Frame, made_from, page
from recognition_model.report.site.index_page import index_files
from recognition_model.report.site.ladders import HEIGHT, WIDTH, axis_of, ladder_of
from recognition_model.report.site.listed import citing_sources, words_by_family
from recognition_model.report.site.news import newest_first, news_of
from recognition_model.report.site.plan import Site
from recognition_model.report.site.search_texts import SEARCH, search_script

FIGURES = "figures.html"
_OF_COUNTRY = (
    *("base", "address", "marks", "files", "print"),
    *("site_page", "site_country", "fit"),
)
NEWEST = 100
"""How many entries the page of changes lists."""


def shared_groups(site: Site) -> dict[str, Callable[[], dict[str, bytes]]]:
    """Give what makes the files that are not of one country alone, group by group, by name."""
    return {
        "assets": lambda: dict(_assets()),
        "index": lambda: index_files(site),
        "histories": lambda: dict(_histories(site)),
        "changes": lambda: dict(_changes(site)),
        "claims": lambda: dict(_claims(site)),
        "sources": lambda: dict(_sources(site)),
        "signals": lambda: dict(_signals(site)),
        "codebook": lambda: dict(_codebook(site)),
        "others": lambda: dict(_others(site)),
        "search": lambda: {SEARCH: search_script(site)},
    }


def shared_pages(site: Site) -> dict[str, bytes]:
    """Make every file that is not of one country alone, but for figures."""
    made: dict[str, bytes] = {}
    for make in shared_groups(site).values():
        made |= make()
    if site.address:
        pages = [path for path in made if path.endswith(".html") and path != MISSING]
        pages.append(FIGURES)
        pages += [f"{code}.html" for code in site.codes]
        made["sitemap.xml"] = site_map(sorted(pages), site.address)
    return made


def _frame(site: Site, path: str, title: str, about: str, *scripts: str, data: str = "") -> Frame:
    return Frame(
        path=path,
        title=title,
        about=about,
        address=site.address,
        feed=site.has_feed,
        scripts=("page.js", *scripts),
        foot=made_from(site),
        data=data,
    )


def _histories(site: Site) -> Iterator[tuple[str, bytes]]:
    axis = axis_of(site.replays)
    shown = {
        "axis": axis,
        "ladders": [ladder_of(one, axis) for one in site.replays],
        "width": WIDTH,
        "height": HEIGHT,
        "words": words(),
    }
    many = plural(len(site.replays), "history", "histories")
    frame = _frame(
        site,
        "histories.html",
        f"{many} on one axis",
        "The stages of every country over time, as small step lines on one axis.",
        data="histories.json",
    )
    yield frame.path, page("histories.html.j2", frame, **shown)
    frame = _frame(
        site,
        "compare.html",
        "Compare histories",
        "Up to six histories above each other on one axis.",
        "compare.js",
        data="histories.json",
    )
    yield frame.path, page("compare.html.j2", frame, **shown)
    yield "histories.json", as_file(histories_data(site.replays, site.edition))


def _changes(site: Site) -> Iterator[tuple[str, bytes]]:
    news = newest_first([one for replay in site.replays for one in news_of(replay)])
    # Of a record cut to a day, what is missing would count as corrected.
    corrected = corrections(() if site.known_by else site.replays)
    frame = _frame(
        site,
        "changes.html",
        "What became known, and what was corrected",
        "The newest entries by the day on which they became known, and corrections by release.",
        data="changes.json",
    )
    yield (
        frame.path,
        page(
            "changes.html.j2",
            frame,
            news=news[:NEWEST],
            moves=[one for one in news if one.moves],
            corrected=corrected,
            feed=FEED if news else "",
            known_by=str(site.known_by or ""),
            codes=site.codes,
            names={one.country: name_of(one.country) for one in corrected.items},
        ),
    )
    yield "changes.json", as_file(changes_data(news, corrected, site.edition))
    if news:
        yield (
            FEED,
            atom(
                news,
                address=site.address,
                own=bool(site.edition.own),
                origin=_origin(site),
            ),
        )


def _origin(site: Site) -> str:
    """Tell the feeds of different records apart: by the folders of own files and the countries.

    What the files say is not part of it, so that a feed keeps its name. It is empty for all of the
    record that comes with the program.
    """
    files = [one.scenario.file for one in site.replays if one.country in site.edition.own]
    folders = sorted({str(Path(os.path.realpath(file)).parent) for file in files})
    told = [*folders, *(() if site.whole else site.codes)]
    return digest_of("\n".join(told)) if told else ""


def _claims(site: Site) -> Iterator[tuple[str, bytes]]:
    evidence = [item for check in site.claims for item in check.claim.evidence]
    footnotes = Footnotes(Citations.of(evidence), "sources.html")
    frame = _frame(
        site,
        "claims.html",
        "Claims about many countries",
        "Claims about many countries at once, checked against the records.",
    )
    yield frame.path, page("claims.html.j2", frame, claims=claim_views(site.claims, footnotes))


def _sources(site: Site) -> Iterator[tuple[str, bytes]]:
    listed = citing_sources(site)
    noun = "source" if len(listed) == 1 else "sources"
    frame = _frame(
        site,
        "sources.html",
        f"{len(listed):,} {noun}",
        "Every source by its id, with the entries that cite it.",
        "filter.js",
        data="sources.json",
    )
    yield frame.path, page("sources.html.j2", frame, sources=listed)
    yield "sources.json", as_file(sources_data(listed, site.edition))
    bare = [one.source.source for one in listed]
    yield "sources.bib", bibtex(bare).encode()
    yield "sources-csl.json", csl_json(bare).encode()


def _signals(site: Site) -> Iterator[tuple[str, bytes]]:
    families = words_by_family(site)
    frame = _frame(
        site,
        "signals.html",
        "Words for signals",
        "Every word for dated events that move no stage: family, meaning and use.",
        data="signals.json",
    )
    yield frame.path, page("signals.html.j2", frame, families=families)
    uses = {one.word: one.uses for _, listed in families for one in listed}
    yield "signals.json", as_file(signals_data(site.folder.vocabulary, uses, site.edition))


def _codebook(site: Site) -> Iterator[tuple[str, bytes]]:
    given = Given(
        replays=site.countries or site.organisations,
        organisations=site.organisations if site.countries else (),
        collectives=site.folder.collectives if site.whole else (),
        vocabulary=site.folder.vocabulary,
        left_out=site.left_out,
    )
    tables = package_tables(given)
    parts = tuple(sections(given, tables, given.edition()))
    frame = _frame(
        site,
        "codebook.html",
        parts[0].title,
        "Every variable and every value of the tables.",
        data="codebook.csv",
    )
    yield frame.path, page("codebook.html.j2", frame, parts_of=parts)
    yield "codebook.csv", next(one for one in tables if one.name == "codebook").csv()


def figures_page(site: Site, paths: Iterable[str]) -> dict[str, bytes]:
    """Make the page that lists the figures, from the paths of their files."""
    drawn = drawn_in(paths)
    histories = {f"history-{one.country}": one.country for one in site.replays}
    of_all = [drawn[kind] for kind in kinds_of_all(site.countries) if kind in drawn]
    of_one = [(code, drawn[name]) for name, code in histories.items() if name in drawn]
    frame = _frame(
        site,
        FIGURES,
        "Figures to take away",
        "Every figure in three layouts, with its data and its words.",
    )
    return {
        frame.path: page(
            "figures.html.j2",
            frame,
            of_all=of_all,
            of_one=of_one,
            layouts=PRESETS,
            first=site.codes[0],
            names={one.country: name_of(one.country) for one in site.replays},
        )
    }


def _others(site: Site) -> Iterator[tuple[str, bytes]]:
    frame = _frame(
        site,
        "search.html",
        "Search entries and sources",
        "Search the notes and claims of all entries, and all sources.",
        "minisearch.js",
        SEARCH,
        "search.js",
    )
    yield frame.path, page("search.html.j2", frame)
    frame = _frame(site, MISSING, "There is no such page", "")
    yield frame.path, page("404.html.j2", frame)


def _assets() -> Iterator[tuple[str, bytes]]:
    yield "style.css", str(style(*STYLES, "site")).encode()
    yield "page.js", str(script("site_page", "fit")).encode()
    yield "country.js", str(script(*_OF_COUNTRY)).encode()
    for name in ("compare", "filter", "search"):
        yield f"{name}.js", str(script(f"site_{name}")).encode()
    for name in ("minisearch.js", "minisearch.LICENSE.txt"):
        yield name, _own(name).encode()
    yield ".nojekyll", b""


def _own(name: str) -> str:
    place = files("recognition_model.report").joinpath("templates", "site", name)
    return place.read_text("utf-8")
