"""What a share says in words: its finding, its caption and its description."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.core.countries import name_of
from recognition_model.core.day_words import day_in_words
from recognition_model.core.stages import Stage
from recognition_model.core.wording import in_words, join_limited, percent, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.counts import Panel, panels, uncounted
from recognition_model.plots.page import Options
from recognition_model.plots.share_layout import alike, lines_of, reaching
from recognition_model.plots.spans import day_of, uncertain


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return how many countries deal with the Taliban on the last day shown, and how.

    What is only assumed does not count.
    """
    last = panels(replays, options)[-1]
    if options.measure:
        return _levels(last, options)
    if last.counted.carried[-1].any():
        return f"By their last records (to {_day(last.last)}), {_finding(last)}"
    return f"{_day(last.last)}: {_finding(last)}"


_DO = {  # what one country does, and what several do; the Taliban are named once
    Stage.ENGAGED: ("deals officially with {them}", "deal officially with {them}"),
    Stage.DELISTED: ("has lifted its ban{of}", "have lifted their bans{of}"),
    Stage.AMBASSADOR_ACCEPTED: ("accepts {their} ambassador", "accept {their} ambassador"),
    Stage.DE_JURE_RECOGNITION: ("recognises {their} government", "recognise {their} government"),
}
_NAMED = {"them": "the Taliban", "of": " of the Taliban", "their": "the Taliban’s"}
_AGAIN = {"them": "them", "of": "", "their": "its"}


def _finding(panel: Panel) -> str:
    parts = panel.counted.parts[-1]
    attested = parts[:, :, 0].sum(axis=1)
    said: list[str] = []
    for stage, (one, many) in _DO.items():
        count = int(attested[stage.rank])
        if not count:
            continue
        does = (one if count == 1 else many).format_map(_AGAIN if said else _NAMED)
        if said:
            more = f"{in_words(count)} more" if len(said) == 1 else in_words(count)
            said.append(f"{more} {does}")
        else:
            of = f"all {panel.of}" if count == panel.of else f"{count} of {panel.of}"
            said.append(f"{of} countries {does}")
    if said:
        return ", ".join(said)
    if parts[:, :, 1].sum() == panel.of:
        return f"no dealings of {panel.of} countries with the Taliban are documented"
    return f"none of {panel.of} countries is documented as dealing with the Taliban"


def _levels(panel: Panel, options: Options) -> str:
    """Return how many countries stand on each level above the lowest, by attested records."""
    attested = panel.counted.parts[-1][:, :, 0].sum(axis=1)
    counts = [(int(attested[rung.rank]), rung) for rung in reversed(options.rungs[1:])]
    parts = [f"{rung} {count}" for count, rung in counts if count]
    title = options.measure.title if options.measure else ""
    last = "by their last records" if panel.counted.carried[-1].any() else _day(panel.last)
    return f"{title}, {panel.of} countries {last}: {', '.join(parts) or 'all on the lowest level'}"


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is counted, and on which days."""
    shown = panels(replays, options)
    first, last = day_of(shown[0].first), day_of(shown[-1].last)
    known = {replay.known_by for replay in replays if replay.known_by is not None}
    as_known = f", as known by {day_in_words(max(known), short=True)}" if known else ""
    days = f"{day_in_words(first, short=True)} to {day_in_words(last, short=True)}"
    narrower = next((said for panel in shown if (said := panel.axis.narrower())), "")
    folded = f"; {narrower}" if narrower else ""
    by = f"{options.ladder} of {options.measure.title!r}" if options.measure else options.ladder
    return f"Countries by last documented {by}, {days}{as_known}{folded}"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentence of every caption: which countries are counted."""
    shown = panels(replays, options)
    scale = [f"Scale: {options.measure.in_words}."] if options.measure else []
    if len(shown) > 1:
        return [*scale, "Each panel counts the countries with a record on its first day."]
    count = plural(shown[0].of, "country", "countries")
    return [*scale, f"Counted are the {count} with a record on {_day(shown[0].first)}."]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    shown = panels(replays, options)
    lines = [_differ(shown)] if len(shown) > 1 else []
    if left_out := uncounted(replays, shown):
        names = join_limited([name_of(country) for country in left_out], 3)
        lines.append(f"Not counted, because the record begins later: {names}.")
    parts = sum(panel.counted.parts.sum(axis=(0, 1)) for panel in shown)
    if parts[1].any():
        lines.append(
            f"Pale stripes: the record has ended, and its last {options.ladder} is carried forward"
            f" to {_day(shown[-1].last)}, never backward."
        )
    if parts[:, 1].any():
        lines.append("Hollow: the start is assumed; no source attests it.")
    if uncertain(replays):
        lines.append("Dates known only to an interval count from its middle.")
    when = "each country's last documented day" if parts[1].any() else "the last day shown"
    lines.append(f"Basis on {when}. {shown[-1].basis}")
    lines.append("How old the evidence is between changes is not shown.")
    return [*lines, *dict.fromkeys(note for panel in shown if (note := panel.axis.note()))]


def _day(number: float) -> str:
    return day_in_words(day_of(number))


def _differ(shown: Sequence[Panel]) -> str:
    """Say how two panels differ."""
    first, later = shown
    scales = (
        "A country is as high in both, and each has its own scale of days."
        if alike(shown)
        else "Each has its own scales."
    )
    return (
        f"The first panel counts the {first.of} countries with a record on {_day(first.first)}, the"
        f" second these and {later.of - first.of} whose records begin by {_day(later.first)}."
        f" {scales}"
    )


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the panels, and the counts on the last day shown."""
    shown = panels(replays, options)
    spans = [
        f"of {plural(p.of, 'country', 'countries')} from {_day(p.first)} to {_day(p.last)}"
        for p in shown
    ]
    last = shown[-1]
    lines = [line for line in reversed(lines_of(last, options)) if line.count]
    stages = ", ".join(
        f"{line.name} {line.count} of {last.of} ({percent(line.count, last.of)})" for line in lines
    )
    return (
        f"Stacked areas by {options.ladder} {' and '.join(spans)}."
        f" {_day(last.last)}, the last day shown: {reaching(last)} as last documented."
        f" {stages[:1].upper()}{stages[1:]}."
    )
