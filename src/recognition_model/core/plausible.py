"""Implausible dates: far in the past, or long after the newest source.

No clock is read. What counts is the newest day on which a source of the registers was public or
seen. That day may itself be a slip: it counts only if another source or another date of the files
lies within `REACH` of it. If no source's day has such a neighbour, the newest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, islice
from typing import NamedTuple

from recognition_model.core.authority import Authority
from recognition_model.core.claims import Collective
from recognition_model.core.dates import DateError, When, closed, nearest_day
from recognition_model.core.diagnostics import Finding, Place, finding
from recognition_model.core.evidence import Source, Sources
from recognition_model.core.scenario import Scenario

FIRST_YEAR = 1893
"""The year in which the Durand line was drawn. No relation with the Taliban is older."""
REACH = timedelta(days=366)
"""How long after the newest source a date may lie."""

UNTIL, REVIEWED = "documented-until", "reviewed"
NAMED_AFTER = timedelta(days=7)
"""How far the day in the name of a source may be from the day on which it was issued."""
_DAY_OF_NAME = re.compile(r"-((?:19|20)\d\d-\d\d-\d\d)(?:-\d{1,2})?$")

_FIRST = date(FIRST_YEAR, 1, 1)
_FIRST_GUESS = date(1994, 1, 1)  # the year in which the Taliban appeared


class _Dated(NamedTuple):
    what: str
    when: When
    place: Place


class Newest(NamedTuple):
    """The newest source, and the day on which it was public or last seen."""

    source: str
    day: date


def implausible_dates(
    records: Iterable[Scenario | Collective | Authority],
    sources: Sources,
    places: Mapping[str, Place],
) -> Iterator[Finding]:
    """Report every date before 1893, or more than 366 days after the newest source.

    `places` names the sources of `sources` that have a place in a register. Each end of an
    interval is judged by itself, and only if the whole day, month or year written is out of reach.
    """
    in_files = [dated for record in records for dated in _dates_of(record)]
    newest = newest_source(sources.values(), [_day(dated.when) for dated in in_files])
    last = date.max if newest is None or newest.day > date.max - REACH else newest.day + REACH
    registered = (
        dated for name, place in places.items() for dated in _dates_in(sources[name], place)
    )
    for dated in (*in_files, *registered):
        if dated.when.earliest < _FIRST or dated.when.latest > last:
            for point in dated.when.text.split(".."):
                if point:
                    yield from _judged(dated, point.rstrip("~?"), last, newest)


def sources_at_odds(sources: Sources, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Report sources that were seen before they were issued, or are named after another day."""
    for name, place in places.items():
        source = sources[name]
        if source.seen and source.seen.latest < source.issued.earliest:
            message = f"issued {source.issued}, but seen {source.seen} already"
            yield finding("RM715", message, place, "correct the one that is wrong")
        elif (day := _named_day(name)) and not any(
            _is_near(when, day) for when in (source.issued, source.public)
        ):
            message = f"the name says {day}, `issued:` says {source.issued}"
            yield finding("RM715", message, place, "correct the one that is wrong")


def _named_day(name: str) -> date | None:
    """The day at the end of the name of a source; None without one."""
    written = _DAY_OF_NAME.search(name)
    try:
        return date.fromisoformat(written[1]) if written else None
    except ValueError:
        return None


def _is_near(when: When, day: date) -> bool:
    return when.earliest <= day + NAMED_AFTER and when.latest >= day - NAMED_AFTER


def newest_source(sources: Iterable[Source], others: Sequence[date]) -> Newest | None:
    """Find the newest day on which a source was public or seen; None without a source.

    Pass over days that no other source and none of `others` is within `REACH` of.
    """
    days = [
        Newest(source.id, _day(when))
        for source in sources
        for when in (source.public, source.seen)
        if when
    ]
    days.sort(key=lambda one: one.day, reverse=True)
    for at, newest in enumerate(days):
        older = (one.day for one in days[at + 1 :] if one.source != newest.source)
        if any(abs(newest.day - day) <= REACH for day in (*islice(older, 1), *others)):
            return newest
    return days[0] if days else None


def _day(when: When) -> date:
    """Give the first possible day; for an open start, the last."""
    return closed(when.earliest) or nearest_day(when.latest)


def _dates_of(record: Scenario | Collective | Authority) -> Iterator[_Dated]:
    if isinstance(record, Collective):
        for claim in record.claims:
            yield _Dated(claim.label, claim.date, claim.place)
            if claim.since:
                yield _Dated(f"{claim.label} since", claim.since, claim.place)
        return
    if isinstance(record, Authority):
        for told in record.days:
            yield _Dated("day", When.of(told.date), told.place)
        return
    yield _Dated("start", record.start.date, record.start.place)
    for step in record.timeline:
        yield _Dated(step.label, step.date, step.place)
    for what, day in ((UNTIL, record.documented_until), (REVIEWED, record.reviewed)):
        if day is not None:
            yield _Dated(what, When.of(day), record.day_places.get(what, record.place))


def _dates_in(source: Source, place: Place) -> Iterator[_Dated]:
    yield _Dated("issued", source.issued, place)
    if source.public is not source.issued:
        yield _Dated("public", source.public, place)
    if source.seen:
        yield _Dated("seen", source.seen, place)


def _judged(dated: _Dated, point: str, last: date, newest: Newest | None) -> Iterator[Finding]:
    """Report a day, month or year that lies wholly before the first or after the last."""
    when = When.parse(point)
    if when.latest < _FIRST:
        why = f"lies before {FIRST_YEAR}, when the Durand line was drawn"
    elif newest is not None and when.earliest > last:
        days = (nearest_day(when.earliest) - newest.day).days
        why = f"lies {days:,} days after {newest.day}, when the newest source was public or seen"
        why += f" ({newest.source})"
    else:
        return
    meant = _perhaps(point, last)
    hint = f"perhaps {meant} is meant" if meant else _other_calendar(point)
    if dated.what == UNTIL and not meant:
        hint = "write the last day that your sources cover"
    yield finding("RM408", f"{dated.what} {point} {why}", dated.place, hint)


def _other_calendar(point: str) -> str:
    from recognition_model.core.date_hints import other_calendar  # only implausible dates need it

    return other_calendar([point[:4]]) or "check the year against the source"


def _perhaps(point: str, last: date) -> str:
    """The one date with two digits of the year swapped, or with its century, that may be meant.

    Empty if there is none since 1994, or more than one.
    """
    if point.startswith("00"):
        guesses = {f"20{point[2:]}"} if _plausible(f"20{point[2:]}", last) else {f"19{point[2:]}"}
    else:
        guesses = set()
        for one, other in combinations(range(4), 2):
            digits = list(point)
            digits[one], digits[other] = digits[other], digits[one]
            guesses.add("".join(digits))
    found = [guess for guess in guesses if _plausible(guess, last)]
    return found[0] if len(found) == 1 else ""


def _plausible(point: str, last: date) -> bool:
    try:
        return _FIRST_GUESS <= When.parse(point).earliest <= last
    except DateError:
        return False
