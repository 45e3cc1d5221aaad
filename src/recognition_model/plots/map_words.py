"""What a map says in words: its topic, its caption, its description, and its table."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.analysis.headline import headline, names_in_words
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.day_words import day_in_words
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, in_words, join_limited, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.interface import Options, Table
from recognition_model.plots.map_day import (
    Form,
    MapDay,
    MapView,
    Stand,
    lowest_in_words,
    reach,
)
from recognition_model.plots.shapes import NO_POSITION

_MAPS = (2, 4)
_FEW = 3  # states that a small map names


def view_of(replays: Sequence[Replay], options: Options) -> MapView:
    """Return what the map of some options shows."""
    days = options.days or (options.on or options.until,)
    return MapView.of(replays, days, region=options.region, rungs=options.rungs)


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return who recognises the Taliban government, and who has accepted its ambassador."""
    view = view_of(replays, options)
    if options.measure:
        return _levels(view, options)
    if len(view.maps) == 1:
        shown = [replay for replay in replays if view.shapes.has(replay.country)]
        where = "in the region" if options.region else ""
        return headline(shown, options.on or options.until, where=where)
    parts = []
    for day in sorted(options.days):
        count = len(MapDay.of(replays, day).by_stage[max(Stage)])
        parts.append(f"{count or 'none'} on {day_in_words(day)}")
    return f"States that recognise the Taliban government: {', '.join(parts)}"


def _levels(view: MapView, options: Options) -> str:
    """Return how many countries stand on the highest levels of a scale, on each day."""
    title, highest = options.measure.title if options.measure else "", options.rungs[-1]
    if len(view.maps) == 1:
        (one,) = view.maps
        counts = ", ".join(f"{rung} {len(one.by_stage[rung])}" for rung in options.rungs[:-3:-1])
        when = day_in_words(one.day) if one.day else "as last documented"
        return f"{title}, {when}: {counts}"
    parts = []
    for one in view.maps:
        count = len(one.by_stage[highest])
        parts.append(f"{count or 'none'} on {day_in_words(one.day)}" if one.day else str(count))
    return f"{title}, {highest}: {', '.join(parts)}"


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is shown: how many countries, which part of the world, which day."""
    view = view_of(replays, options)
    shown, all_of = len(view.maps[0].stands), plural(len(replays), "country", "countries")
    of = "Levels" if options.measure else "Relations with the Taliban"
    countries = f"{shown} of {all_of} in the region" if options.region else all_of
    if len(view.maps) > 1:
        return f"{of}: {countries}; numbers in the order of the days"
    day = view.maps[0].day
    if day is None:
        return f"{of}: {countries}, as last documented, {_last_days(view)}"
    said = f"{of}: {countries} on {day_in_words(day)}"
    if not view.ended:
        return said
    ends = "ends" if view.ended == 1 else "end"
    return f"{said}; {plural(view.ended, 'record', 'records')} {ends} before that day"


def findings(stands: Sequence[Stand], options: Options) -> list[str]:
    """Say who stands at the two highest stages on a small map, the longest words first."""
    if options.measure:
        counts = [(rung, sum(one.stage is rung for one in stands)) for rung in options.rungs]
        said = [f"{rung} {count}" for rung, count in counts[:-3:-1]]
        return [", ".join(said), said[0]]
    recognise, accept = (
        [one.country for one in stands if one.stage is stage] for stage in list(Stage)[:-3:-1]
    )
    few = f"{names_in_words(recognise)} " if 0 < len(recognise) <= _FEW else ""
    count = f"{in_words(len(recognise)) if recognise else 'none'} "
    shorter = few.replace("the United Arab Emirates", "the UAE")
    verb = "recognises" if len(recognise) < 2 else "recognise"
    more = f", {len(accept)} accepted an ambassador" if accept else ""
    said = [
        f"{who}{verb}{rest}"
        for who in (few or count, shorter or count, count)
        for rest in (more, "")
    ]
    return [f"{text[0].upper()}{text[1:]}" for text in dict.fromkeys(said)]


def _last_days(view: MapView) -> str:
    """Say on which days the countries are last documented."""
    days = sorted({stand.position.day for stand in view.maps[0].stands})
    if len(days) == 1:
        return f"on {day_in_words(days[0])}"
    between = f"between {day_in_words(days[0])} and {day_in_words(days[-1])}"
    return f"{between}, depending on the country"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of every caption."""
    scale = [f"Scale: {options.measure.in_words}."] if options.measure else []
    return [*scale, NO_POSITION, "Light grey: no record shown, which is not “no”."]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences on how to read the map."""
    view = view_of(replays, options)
    forms, step = {stand.form for one in view.maps for stand in one.stands}, options.ladder
    last = any(one.day is None for one in view.maps)
    day = "its last documented day" if last else "the day"
    lines = [f"The colour is the {options.ladder} in force at the end of {day}."]
    if Form.PALE in forms:
        lines.append(
            "Pale with an outline: the start is assumed, or no dated entry lies within two years"
            " before that day."
        )
    if view.ended:
        lines.append(
            f"Striped in white: the record ends before that day, and its last documented {step} is"
            " drawn; level lines where a later search found no change. Such a country is pale if"
            f" that {step} was assumed, or silent for two years."
        )
    if Form.STRIPED in forms:
        lines.append(
            f"Two colours: the dates leave several {step}s; the lowest and highest are drawn."
        )
    if Form.LATER in forms:
        lines.append("Darker grey: the record begins after that day.")
    lines.append("A dot stands for a place that is too small to see.")
    crimea = "Crimea, a part of Russia in them, is drawn with Ukraine."
    return [*lines, f"Shapes: {view.shapes.source}. {crimea}"]


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe who stands where, and what it rests on."""
    view = view_of(replays, options)
    where = "the region around Afghanistan" if options.region else "the world"
    lines = [f"Map of {where}."]
    if len(view.maps) > 1:
        lines = [f"{len(view.maps)} maps of {where}, one for each day."]
    for one in view.maps:
        at = f"On {day_in_words(one.day)}, " if one.day else "As last documented, "
        for stage, stands in one.by_stage.items():
            if stands:
                name = lowest_in_words([one]) if stage is one.rungs[0] else humanize(stage)
                lines.append(f"{at}{name}: {_listed(stands)}.")
                at = ""
        for form, stands in one.by_form.items():
            if stands and form is not Form.SOLID:
                lines.append(f"{form.meaning}: {_listed(stands)}.")
    lines = [f"{line[0].upper()}{line[1:]}" for line in lines]
    return " ".join([*lines, "No record of any other country is shown.", NO_POSITION])


def _listed(stands: Sequence[Stand]) -> str:
    return join_limited(sorted(name_of(stand.country) for stand in stands))


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each country and day: its stage and how it is drawn."""
    heading = ("country", "name", "day", options.ladder, "words", "basis", "documented_until")
    rows: Table = [(*heading, "drawn_as")]
    for one in view_of(replays, options).maps:
        for stand in one.stands:
            position = stand.position
            rows.append(
                (
                    stand.country,
                    name_of(stand.country),
                    position.day.isoformat(),
                    " or ".join(stage.value for stage in stand.stages),
                    stand.words,
                    position.basis.value if position.basis else "",
                    position.documented_until.isoformat(),
                    stand.drawn_as,
                )
            )
    return rows


def nothing_to_show(replays: Sequence[Replay], options: Options) -> str:
    """Return why the map would show nothing or mislead; empty if it would not."""
    days, (fewest, most) = options.days, _MAPS
    if days and options.on:
        return "--on draws one map and --days several: give one of them"
    if days and not fewest <= len(days) <= most:
        return f"--days takes {fewest} to {most} days, not {len(days)}"
    if len(set(days)) < len(days):
        return "--days names a day twice"
    view = view_of(replays, options)
    if not view.maps[0].stands:
        names = join_limited([in_prose(one.country) for one in replays], 3)
        return f"the map of the region does not show {names}: leave out --region"
    last = reach(replays)
    for one in view.maps:
        if one.day and one.day > last:
            return f"no record reaches {one.day}: the last one ends on {last}"
        if not one.begun:
            by = one.day or "the end of its data"
            return f"no record has begun by {by}: the map would be empty"
    return ""
