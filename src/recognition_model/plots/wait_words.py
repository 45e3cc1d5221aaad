"""The picture of the time to a stage in words: its finding, its caption, its description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from recognition_model.analysis.deeds import brief_stage
from recognition_model.analysis.survival import Point, kaplan_meier, median
from recognition_model.analysis.wait_ends import Ended
from recognition_model.analysis.waits import Cohort, CountryWait, cohort
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.basis import basis_in_words
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.day_words import day_in_words
from recognition_model.core.deeds_in_words import did, done
from recognition_model.core.stages import Act, Stage
from recognition_model.core.wording import join_limited, percent, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import Options
from recognition_model.plots.spans import uncertain

_YEAR = 365.2425
_SHORT = 100  # days that are told as days, not as years
FEWEST, _MANY = 5, 10
"""A curve stops where fewer countries wait, if there were many at first."""
_MOST_NAMED = 8  # countries that the topic names
_ACTS = {
    Stage.ENGAGED: Act.ENGAGE,
    Stage.DELISTED: Act.DELIST,
    Stage.AMBASSADOR_ACCEPTED: Act.ACCEPT_AMBASSADOR,
    Stage.DE_JURE_RECOGNITION: Act.RECOGNISE,
}
"""The act that a country does to reach a stage."""


def waits(replays: Sequence[Replay], options: Options) -> Cohort:
    """Measure each country's wait from `options.origin` until it first reached the stage."""
    return cohort(replays, options.target, options.origin, without_assumed=options.without_assumed)


def drawn_of(points: Sequence[Point], waiting: int) -> tuple[Point, ...]:
    """Return the points that are drawn: all, or until fewer than five of many countries wait."""
    if waiting < _MANY:
        return tuple(points)
    last = max((at for at, point in enumerate(points) if point.at_risk >= FEWEST), default=-1)
    return tuple(points[: last + 1])


def after_the_stop(counted: Cohort) -> int:
    """Count the countries that reached the stage after the end of the curve."""
    points = kaplan_meier(counted.drawn)
    shown = drawn_of(points, len(counted.drawn))
    return sum(point.reached for point in points[len(shown) :])


def seen(counted: Cohort, points: Sequence[Point]) -> str:
    """Say how many were seen to reach the stage by the last of some points, and the estimate."""
    share = percent(*(1 - points[-1].waiting).as_integer_ratio())
    reached = sum(point.reached for point in points)
    return f"{reached} of {len(counted.waits)} seen; estimate {share}"


def long(days: float) -> str:
    """Write a number of days: `28 days`, `2.3 years`."""
    if days < _SHORT:
        return plural(round(days), "day", "days")
    return f"{days / _YEAR:.1f} years"


def _stage(options: Options) -> str:
    beyond = "" if options.target is options.rungs[-1] else " or beyond"
    return f"“{brief_stage(options.target)}”{beyond}"


def _nobody(replays: Sequence[Replay], options: Options) -> str:
    """Say that no country was at risk, if that is so."""
    if waits(replays, options).waits:
        return ""
    name = brief_stage(options.target)
    known = " for more than an assumption" if options.without_assumed else ""
    return f"no country is documented{known} below “{name}” on {options.origin} or later"


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why these replays cannot be drawn; empty if they can."""
    if options.level and (options.measure is None or options.level not in options.measure.names):
        return f"no scale with the level {options.level!r} is given"
    return _nobody(replays, options)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return how many countries reached the stage while their data go on, or when one did."""
    found = _found(replays, options)
    return f"{options.measure.title}: {found}" if options.measure else found


def _found(replays: Sequence[Replay], options: Options) -> str:
    counted = waits(replays, options)
    reached = [one for one in counted.waits if one.wait.reached]
    act = _ACTS.get(options.target)
    further = any(_further(one, options) for one in reached)
    deed = did(act, short=True) if act else f"reached {_stage(options)}"
    if act and further:
        deed += " or went further"
    if len(counted.waits) == 1:
        name = in_prose(counted.waits[0].country)
        name = name[0].upper() + name[1:]
        if reached:
            return f"{name} {deed} {long(reached[0].wait.days)} after {_origin(options)}"
        deed = done(act, short=True) if act else deed
        return f"{name} is not documented to have {deed} since {_origin(options)}"
    many = plural(len(counted.waits), "country", "countries")
    when = f"after {_origin(options)}, by the end of their data"
    return f"{len(reached) or 'None'} of {many} {deed} {when}"


def _further(one: CountryWait, options: Options) -> bool:
    """Whether the change that ended a wait led beyond the stage."""
    return one.change is not None and one.change.after.stage > options.target


def _origin(options: Options) -> str:
    return day_in_words(options.origin)


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return who is counted, and from when."""
    stage, day = brief_stage(options.target), day_in_words(options.origin)
    beyond = "" if options.target is options.rungs[-1] else " or beyond"
    told = f"Share of the countries below “{stage}” on {day} that reached it{beyond}"
    names = sorted(name_of(one.country) for one in waits(replays, options).waits)
    return told if len(names) > _MOST_NAMED else f"{told}: {join_limited(names)}"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return why the curve does not end at the share seen, and why it ends where it does."""
    scale = [f"Scale: {options.measure.in_words}."] if options.measure else []
    return [*scale, *_why_it_ends(replays, options)]


def _why_it_ends(replays: Sequence[Replay], options: Options) -> list[str]:
    counted = waits(replays, options)
    if len(counted.waits) == 1:
        return ["The country leaves the count on the last day of its data."]
    if _all_at_end(counted):
        reached_it = f"the last country still counted reached the {options.ladder}"
        return [f"The curve ends at 100 % because {reached_it}."]
    points = _shown(counted)
    reached = sum(point.reached for point in points)
    told = "Kaplan–Meier estimate; a country leaves the count on the last day of its data."
    if points and 1 - points[-1].waiting > Fraction(reached, len(counted.waits)):
        told = "Estimate (Kaplan–Meier): higher than seen, as records end."
    if len(points) < len(kaplan_meier(counted.drawn)):
        later = after_the_stop(counted)
        told += f" It stops where fewer than five wait{f'; {later} followed' if later else ''}."
    return [told]


def _shown(counted: Cohort) -> tuple[Point, ...]:
    return drawn_of(kaplan_meier(counted.drawn), len(counted.drawn))


def _all_at_end(counted: Cohort) -> bool:
    """Whether the curve ends at 100 % although not all countries reached the stage."""
    points = _shown(counted)
    reached = sum(wait.reached for wait in counted.drawn)
    return bool(points) and not points[-1].waiting and reached < len(counted.waits)


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return who is counted and on what basis, who is not, and what the estimate assumes."""
    counted = waits(replays, options)
    notes = [
        f"n = {len(counted.waits)}: countries below the {options.ladder} on {options.origin}, as"
        " far as known.",
        *filter(None, [basis_in_words(one.basis for one in counted.waits)]),
        "A country leaves the count after the last day of its data. The estimate assumes that the"
        f" end of the data has nothing to do with the {options.ladder}.",
    ]
    if len(_shown(counted)) < len(kaplan_meier(counted.drawn)):
        notes.append(
            "The curve stops where fewer than five countries wait: from there on, one country would"
            " move it far."
        )
    if later := _names(one for one in counted.waits if one.at_risk_from):
        begin = "Counted from the first day of their data, which begin later"
        notes.append(f"{begin}: {join_limited(later, 12)}.")
    if lapsed := _names(one for one in counted.waits if one.ended is Ended.LAPSED):
        notes.append(
            f"Lapsed before the {options.ladder}, and taken as if their data had ended:"
            f" {join_limited(lapsed, 12)}."
        )
    notes += _ungoverned(counted)
    if cut := _names(one for one in counted.waits if one.narrowed):
        notes.append(
            "The date that ends the wait may be after the end of the data, and is taken as not"
            f" after it: {join_limited(cut, 12)}."
        )
    if _all_at_end(counted):
        reached = sum(wait.reached for wait in counted.drawn)
        notes.append(f"{reached} of {len(counted.waits)} reached it.")
    for why in dict.fromkeys(why for _, why in counted.outside):
        names = [name_of(code) for code, reason in counted.outside if reason == why]
        reason = why.replace("stage", options.ladder)
        notes.append(f"Left out ({reason}): {join_limited(names, 12)}.")
    if uncertain(replays):
        notes.append(
            "Dates known only to an interval are read at their middle; the table of the waits has"
            " both ends."
        )
    return notes


def _ungoverned(counted: Cohort) -> Iterator[str]:
    """Say when the Taliban did not govern while countries were at risk."""
    for one, other in pairwise(PERIODS_OF_RULE):
        if one.last is None:
            continue
        first, last = one.last + timedelta(1), other.first - timedelta(1)
        if any(
            wait.origin_latest <= last and wait.origin_latest + timedelta(wait.end.days) >= first
            for wait in counted.waits
        ):
            yield (
                f"From {first} to {last} the Taliban did not govern; countries without dealings"
                " that lapsed stay in the count."
            )


def _names(chosen: Iterable[CountryWait]) -> list[str]:
    return [name_of(one.country) for one in chosen]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe how many countries reached the stage, and when."""
    counted = waits(replays, options)
    points = kaplan_meier(counted.drawn)
    if not points:
        return (
            f"An empty chart: no country documented on {options.origin} had yet to reach"
            f" {_stage(options)}."
        )
    reached = sorted(
        (one.wait.days, name_of(one.country)) for one in counted.waits if one.wait.reached
    )
    lapsed = _names(one for one in counted.waits if one.ended is Ended.LAPSED)
    count = plural(len(counted.waits), "country", "countries")
    names = join_limited([f"{name} after {long(days)}" for days, name in reached])
    shown = drawn_of(points, len(counted.drawn))
    half = median(shown)
    stops = f" after {long(shown[-1].days)}" if len(shown) < len(points) else ""
    told = [
        f"A step chart of the share of {count} that reached {_stage(options)} after"
        f" {options.origin}.",
        f"{len(reached)} did" + (f": {names}." if names else "."),
        f"Lapsed before: {join_limited(lapsed)}." if lapsed else "",
        f"The estimate ends{stops} at {percent(*(1 - shown[-1].waiting).as_integer_ratio())}.",
        f"Half by {long(half)}." if half is not None else "Half is never reached.",
    ]
    return " ".join(filter(None, told))
