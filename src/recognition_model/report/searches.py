"""The log of searches as a Markdown page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from recognition_model.core.countries import counted, is_organisation, name_of
from recognition_model.core.searches import SearchLog
from recognition_model.core.wording import plural
from recognition_model.report.markdown import markdown


def searches_in_markdown(
    log: SearchLog, with_file: Collection[str], *, only: Collection[str] = ()
) -> str:
    """Write the page: countries with a file, countries without one, each search in full.

    `with_file` are the countries of the record; those among them without a search are named. `only`
    are the countries to write of, if not all.
    """
    wanted = set(only) or {*log.countries, *with_file}
    searched = sorted(wanted & {*log.countries}, key=name_of)
    countries = [code for code in searched if not is_organisation(code)]
    organisations = [code for code in searched if is_organisation(code)]
    sections = [
        ("Countries with a file", [code for code in countries if code in with_file]),
        ("Countries without a file", [code for code in countries if code not in with_file]),
        *([("Organisations", organisations)] if organisations else []),
    ]
    return markdown(
        "searches.md.j2",
        sections=[(title, [_country(log, code) for code in codes]) for title, codes in sections],
        counted=_counted(log, countries, organisations, with_file),
        unsearched=", ".join(name_of(code) for code in _unsearched(wanted, log, with_file)),
        plural=plural,
        parties=counted,
        name=name_of,
    )


def _country(log: SearchLog, code: str) -> dict[str, Any]:
    searches = log.of(code)
    found, its_own = log.found_for(code)
    return {
        "code": code,
        "name": name_of(code),
        "reviewed": searches[0].reviewed,
        "seen": max(one.seen for one in searches),
        "found": found if its_own else f"up to {found}",
        "searches": searches,
    }


def _counted(
    log: SearchLog,
    countries: Collection[str],
    organisations: Collection[str],
    with_file: Collection[str],
) -> list[tuple[str, int]]:
    searches = [one for one in log.searches if {*one.countries} & {*countries, *organisations}]
    sources = {source.id for one in searches for source in one.found}
    fruitless = [code for code in countries if not any(one.found for one in log.of(code))]
    return [
        ("Searches", len(searches)),
        ("Countries searched for", len(countries)),
        ("— with a file", sum(code in with_file for code in countries)),
        ("— without a file", sum(code not in with_file for code in countries)),
        ("— for which nothing was found", len(fruitless)),
        *([("Organisations searched for", len(organisations))] if organisations else []),
        ("Sources found", len(sources)),
    ]


def _unsearched(wanted: set[str], log: SearchLog, with_file: Collection[str]) -> list[str]:
    return sorted((wanted & {*with_file}) - {*log.countries}, key=name_of)
