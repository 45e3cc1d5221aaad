"""The SQL of a scan: rows between a country and the Taliban, counted by day and code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recognition_model.core.crosswalks import Crosswalk, TalibanActor
from recognition_model.core.dealings import MOST_URLS
from recognition_model.core.event_layouts import EventLayout, Side

_HOME = {False: "AFG", True: "Afghanistan"}


def quoted(text: str) -> str:
    """Write a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def column(name: str) -> str:
    """Write the name of a column for SQL; `''` where the data lack it."""
    return '"' + name.replace('"', '""') + '"' if name else "''"


_FEW_ACTORS = 10  # with more, rows are held in memory once


def query(
    source: str,
    layout: EventLayout,
    crosswalk: Crosswalk,
    since: date | None = None,
    until: date | None = None,
    *,
    others: bool,
) -> str:
    """Return the query over a table expression.

    Its rows are country, day, code, type of the country's actor, whether the Taliban come first,
    rows, mentions, sources and URLs. With `others`, one row without a country counts all other rows
    in the same pass. Rows of dealings with an impossible day have no day.
    """
    home = _HOME[layout.by_name]
    parsed = f"try_strptime(CAST({column(layout.day)} AS VARCHAR), {quoted(layout.day_format)})"
    sides = [(1, layout.first), (2, layout.second)]
    picked = ",\n".join(
        f"        {_code(side, layout)} AS code_{at}, {_text(side.name)} AS name_{at},"
        f" {_text(side.group)} AS group_{at}, {_text(side.country)} AS country_{at},"
        f" {_type(side, layout)} AS type_{at}"
        for at, side in sides
    )
    maybe = _maybe(crosswalk.taliban, layout, home)
    window = [f"day >= DATE '{since}'"] if since else []
    window += [f"day <= DATE '{until}'"] if until else []
    inside = f"(day IS NULL OR ({' AND '.join(window)}))" if window else "true"
    tests = [_taliban(crosswalk.taliban, at, side) for at, side in sides]
    urls = f"list_slice(list_sort(list_distinct(list(nullif(url, '')))), 1, {MOST_URLS})"
    keep = "" if others else " WHERE taliban > 0"
    where = "" if others else f" WHERE {maybe}"
    # DuckDB copies the tests of the actors into each column, and plans for the square of them.
    apart = "MATERIALIZED " if len(crosswalk.taliban) > _FEW_ACTORS else ""
    # Every name and value in it is quoted above.
    return f"""
WITH rows AS (SELECT *, {f"coalesce({maybe}, false)" if others else "true"} AS maybe
    FROM {source}{where}),
events AS (
    SELECT maybe, CASE WHEN maybe THEN CAST({parsed} AS DATE) END AS day,
{picked},
        {_event_code(layout)} AS code,
        {_number(layout.mentions)} AS mentions,
        {_number(layout.sources)} AS sources,
        {_text(layout.url)} AS url
    FROM rows
), sided AS {apart}(
    SELECT *, CASE WHEN NOT maybe OR NOT {inside} THEN 0
        WHEN ({tests[0]}) AND country_2 NOT IN ('', {quoted(home)}) THEN 1
        WHEN ({tests[1]}) AND country_1 NOT IN ('', {quoted(home)}) THEN 2
        ELSE 0 END AS taliban
    FROM events
)
SELECT
    CASE taliban WHEN 1 THEN country_2 WHEN 2 THEN country_1 END AS country,
    CASE WHEN taliban > 0 THEN day END AS day,
    CASE WHEN taliban > 0 THEN code END AS code,
    CASE taliban WHEN 1 THEN type_2 WHEN 2 THEN type_1 END AS actor,
    CASE WHEN taliban > 0 THEN taliban = 1 END AS by_taliban,
    count(*), sum(mentions), sum(sources), {urls}
FROM sided{keep} GROUP BY 1, 2, 3, 4, 5"""  # noqa: S608


def _text(name: str) -> str:
    return f"coalesce({column(name)}, '')"


def _number(name: str) -> str:
    return f"coalesce(TRY_CAST({column(name)} AS BIGINT), 0)"


def _event_code(layout: EventLayout) -> str:
    if not layout.mode:
        return _text(layout.code)
    mode = _text(layout.mode)
    return f"{_text(layout.code)} || CASE WHEN {mode} = '' THEN '' ELSE '/' || {mode} END"


def _type(side: Side, layout: EventLayout) -> str:
    if not layout.types:
        return _text(side.type)
    cases = " ".join(
        f"WHEN contains({_text(side.type)}, {quoted(word)}) THEN {quoted(code)}"
        for word, code in layout.types.items()
    )
    return f"CASE {cases} ELSE '' END"


def _code(side: Side, layout: EventLayout) -> str:
    """The code of an actor, or else one made of country and type, as CAMEO makes it."""
    if side.code:
        return _text(side.code)
    country = _text(side.country)
    if layout.by_name:
        country = f"CASE WHEN {country} = {quoted(_HOME[True])} THEN {quoted(_HOME[False])} END"
    return f"coalesce({country} || {_type(side, layout)}, '')"


def _maybe(actors: Sequence[TalibanActor], layout: EventLayout, home: str) -> str:
    """A test that is quick and does not ask for the day: it lets through more than `_taliban`.

    The Taliban come first, for few rows have them. A test of both sides and their countries at once
    would read the countries of all rows.
    """
    sides = (layout.first, layout.second)
    taliban = [test for side in sides for test in _maybe_taliban(actors, side, layout)]
    others = " OR ".join(_other(side, home) for side in sides)
    return f"({' OR '.join(taliban) or 'false'}) AND ({others})"


def _maybe_taliban(
    actors: Sequence[TalibanActor], side: Side, layout: EventLayout
) -> Iterator[str]:
    codes = ", ".join(quoted(actor.code) for actor in actors if actor.code)
    groups = ", ".join(quoted(actor.group) for actor in actors if actor.group)
    # The bare column, where there is one: a reader of Parquet can then skip whole blocks.
    code = column(side.code) if side.code else _code(side, layout)
    if codes:
        yield f"{code} IN ({codes})"
    if side.group and groups:
        yield f"{column(side.group)} IN ({groups})"
    if side.name and not side.code:
        for actor in actors:
            if actor.name:
                yield f"contains(lower({_text(side.name)}), {quoted(actor.name.lower())})"


def _taliban(actors: Sequence[TalibanActor], at: int, side: Side) -> str:
    found = []
    for actor in actors:
        if actor.name and side.code:
            continue
        if actor.code:
            test = f"code_{at} = {quoted(actor.code)}"
        elif actor.group:
            test = f"group_{at} = {quoted(actor.group)}"
        else:
            test = f"contains(lower(name_{at}), {quoted(actor.name.lower())})"
        days = [f"day >= DATE '{actor.since}'"] if actor.since else []
        days += [f"day <= DATE '{actor.until}'"] if actor.until else []
        # A dated code with an impossible day may be theirs: the row is reported, not lost.
        dated = f"(day IS NULL OR ({' AND '.join(days)}))" if days else ""
        found.append(f"({test} AND {dated})" if dated else test)
    return " OR ".join(found) or "false"


def _other(side: Side, home: str) -> str:
    return f"({column(side.country)} <> '' AND {column(side.country)} <> {quoted(home)})"
