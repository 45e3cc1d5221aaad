"""What a history says in words: its title, its notes, its list of sources, its table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from recognition_model.core.basis import ON_ITS_LAST_DAY, Basis
from recognition_model.core.changes import Change
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.dates import When, closed
from recognition_model.core.day_words import when_in_words
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import SignalStep, Step
from recognition_model.core.stages import Act, ban_in_words
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.bars import basis_note
from recognition_model.plots.finding import finding, last_day
from recognition_model.plots.page import Options, Table
from recognition_model.plots.spans import (
    basis_rows,
    day_of,
    pieces,
    position_in_words,
    spell_in_words,
    stretches,
    surely,
)
from recognition_model.plots.text import drawable
from recognition_model.plots.view import LEADS, Changed, HistoryView, claims_of, why_not_shown


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the finding: where the country stood on the last day shown, and since when."""
    shown = HistoryView.of(replays[0], options)
    return finding(replays[0], options.until, reports=bool(shown.claimed))


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is shown."""
    who = in_prose(replays[0].country)
    whose = f"{who}'" if who.endswith("s") else f"{who}'s"
    return f"Stage of {whose} relations with the Taliban, by dated evidence"


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why the days asked for show nothing; empty if they show something."""
    return why_not_shown(replays[0], options)


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentence of every caption: what is shown."""
    shown = HistoryView.of(replays[0], options)
    reach = ", as far as dated evidence reaches"
    if shown.evidence and not shown.changed:
        reach = "; ticks are dated entries that move no stage"
    said = f"The stage in force on each day{reach}"
    if options.layout.sources and options.citations is None and (shown.changed or shown.claimed):
        said += "; small numbers name the sources above"
    elif options.citations is not None and (shown.changed or shown.claimed):
        said += "; small numbers refer to the list of sources"
    return [f"{said}."]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences on how to read this picture, as far as they concern what it shows."""
    replay = replays[0]
    shown = HistoryView.of(replay, options)
    lines = []
    if any(not moment.exact and not moment.half_open for moment in shown.moments):
        lines.append(
            "A date known only to an interval is drawn at its middle, with a dashed riser and a bar"
            " over its possible days."
        )
    if any(moment.half_open for moment in shown.moments):
        lines.append("A date that is open on one side is drawn at its known end, with an arrow.")
    ends = options.until is None or options.until >= replay.history.documented_until
    if replay.history.documented and ends:
        lines.append("A stroke marks where the data end, at the last documented stage.")
        basis = replay.history.on(replay.history.documented_until).basis
        lines += [ON_ITS_LAST_DAY[basis]] if basis in ON_ITS_LAST_DAY else []
    lines += basis_note(shown.pieces)
    if shown.claimed:
        lines.append(
            "Crosses are claims that change nothing: the rules refuse them, or the record sets"
            " them aside."
        )
    if ends and shown.spans and not surely(shown.spans):
        lines.append("The last change may have happened after the data end.")
    if any(span.lapsed for span in shown.changes):
        lines.append("Dealings lapse where the Taliban cease to govern.")
    starts = any(p.basis is Basis.ASSUMED and p.span.change is None for p in shown.pieces)
    if starts and (start := replay.scenario.start.assumed):
        lines.append(f"The stage at the start is assumed: {drawable(start, 'see the record')}")
    if doctrine := replay.scenario.doctrine:
        lines.append(f"Doctrine of recognition: {drawable(doctrine.says, 'see the record')}")
    return [*lines, note] if (note := shown.axis.note()) else lines


def source_line(source: Source) -> str:
    """Return a source as the list below a picture names it: publisher, date in words, title.

    The title comes last, so that a right-to-left title cannot reorder the date.
    """
    publisher = source.publisher
    if publisher.startswith("unnamed"):
        publisher = f"U{publisher[1:]}"
    untitled = _UNTITLED.fullmatch(source.title)
    title = f"[untitled, {untitled[1]}]" if untitled else source.title
    when = when_in_words(source.issued)
    if not when.startswith(("on or", "in or")):
        when = when.removeprefix("on ").removeprefix("in ")
    return drawable(f"{publisher}, {when}: {title}", source.id)


_UNTITLED = re.compile(r"\[(?:[^\]]* )?(item \d+[^\]]*)\]")
"""A title made for a source that has none: `[Kommersant item 7992307]`."""


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe what is shown: start, every change, last stage, silences, other entries."""
    replay = replays[0]
    history = replay.history
    name = name_of(replay.country)
    if not history.documented:
        return f"A step chart of {name}: nothing is documented by {history.documented_until}."
    shown = HistoryView.of(replay, options)
    cut = pieces(replay, shown.spans)
    words = [spell_in_words(span, cut) for span in shown.spans]
    of_organisation = replay.kind is RecordKind.ORGANISATION
    steps = "three stages, from hostile to engaged" if of_organisation else _SIX
    lines = [f"A step chart of {name} over {steps}."]
    if options.since and options.since > history.begins.earliest:
        before = history.on(options.since)
        lines.append(f"On {options.since}: {humanize(before.in_words())}.")
    else:
        lines.append(f"It begins on {history.begins}: {words[0]}.")
    spans = [(at, one.span) for at, one in _places(shown)]
    lines += [
        _change_in_words(span.change, words[at - 1], words[at]) for at, span in spans if span.change
    ]
    if not spans:
        lines.append("No change is documented.")
    lines.append(_end_in_words(replay, options))
    lines += _silences(replay, shown)
    return " ".join([*lines, *_also(shown)])


def _places(shown: HistoryView) -> list[tuple[int, Changed]]:
    """Return the changes shown, each with its place among the spells."""
    among = {id(span): at for at, span in enumerate(shown.spans)}
    return [(among[id(one.span)], one) for one in shown.changed]


def _end_in_words(replay: Replay, options: Options) -> str:
    """Say where the last day shown, or that of the data, leaves the country."""
    history = replay.history
    day = last_day(replay, options.until)
    position = history.on(day)
    if not position.dates_agree:
        return f"Stage on {day}, in doubt: {humanize(position.in_words())}."
    spell = position.spells[-1]
    last = "Last documented stage" if day == history.documented_until else "Stage"
    return f"{last}, on {day}: {position_in_words(position)}, {ban_in_words(spell.ban)}."


def _silences(replay: Replay, shown: HistoryView) -> list[str]:
    """Return a sentence for each silence and search on the days shown."""
    first, last = day_of(shown.axis.first), day_of(shown.axis.last - 1)
    lines = []
    for begin, end, basis in basis_rows(replay):
        begins = max(begin, first.isoformat()) if begin else ""
        ends = min(end, last.isoformat())
        if basis in _BASES and begins <= ends:
            lines.append(f"{_BASES[basis]} from {begins or 'the beginning'} to {ends}.")
    return lines


def _also(shown: HistoryView) -> list[str]:
    """Count the other entries shown."""
    at = {one.number for one in shown.evidence}
    replay = shown.replay
    outcomes = [o for o, n in zip(replay.outcomes, replay.numbers, strict=True) if n in at]
    signals = [one for one in outcomes if isinstance(one, SignalStep)]
    kinds = Counter(one.kind for one in shown.claimed)
    counts = [
        (len(outcomes) - len(signals), "status assertion", "status assertions"),
        (len(signals), "signal", "signals"),
        (kinds["refused"], "act refused by the rules", "acts refused by the rules"),
        (
            kinds["permitted"],
            "act permitted against expectation",
            "acts permitted against expectation",
        ),
        (kinds["deprecated"], "deprecated act", "deprecated acts"),
    ]
    also = [plural(*count) for count in counts if count[0]]
    denied = sum(one.denied for one in signals)
    also += [f"{denied} of the signals denied by a party"] if denied else []
    return [f"Also shown: {', '.join(also)}."] if also else []


_SIX = "six stages, from hostile to de jure recognition"
_BASES = {
    Basis.SILENT: "Silent, with no entry within two years,",
    Basis.REVIEWED: "Searched after the data end, with no change found,",
}


def _change_in_words(change: Change, before: str, after: str) -> str:
    bans = ""
    if change.before.ban is not change.after.ban:
        bans = f", {ban_in_words(change.after.ban)}"
    if change.act is Act.LAPSE:
        bans += ", as the Taliban ceased to govern"
    return f"{change.date}: from {before} to {after}{bans} ({change.rule}, {change.attestation})."


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each entry: kind, date, the stage it leads to or claims, evidence.

    Then a row for each basis of the record, with its first and last day.
    """
    return table_of_all(replays[:1])


def table_of_all(replays: Iterable[Replay]) -> Table:
    """Return the rows of several histories, one after the other, below one heading."""
    return [_HEADING, *(row for replay in replays for row in _rows(replay))]


_HEADING = (
    "country",
    "entry",
    "what",
    "date",
    "earliest",
    "latest",
    "stage",
    "in_words",
    "ban",
    "attestation",
    "evidence",
    "begin",
    "end",
    "basis",
)


def _rows(replay: Replay) -> Table:
    history = replay.history
    spans = stretches(history)
    cut = pieces(replay, spans)
    words = [spell_in_words(span, cut) for span in spans]
    rows: Table = []

    def row(
        entry: str,
        what: str = "",
        when: When | None = None,
        stage: str = "",
        words: str = "",
        ban: str = "",
        attestation: str = "",
        evidence: Sequence[Evidence] = (),
        bases: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        dates = (when.text, *_bounds_of(when)) if when else ("", "", "")
        ids = " ".join(item.id for item in evidence)
        told = stage, words, ban, attestation, ids
        rows.append((replay.country, entry, what, *dates, *told, *bases))

    if history.documented:
        start = history.start
        row("start", "", history.begins, start.stage.value, words[0], start.ban.value)
    for change, named_after in zip(replay.changes, words[1:], strict=False):
        after = change.after.stage.value, named_after, change.after.ban.value
        what, said = f"{change.rule} {change.act}", change.attestation.value
        row("change", what, change.date, *after, said, change.evidence)
    for claimed in claims_of(replay):
        step, stage = claimed.step, LEADS[claimed.act]
        claim = stage.value, humanize(stage), "", step.attestation.value
        row(claimed.kind, claimed.act.value, step.date, *claim, step.evidence)
    others: list[tuple[str, Step, str]] = [
        ("status", check.step, str(check.step.status)) for check in replay.statuses
    ]
    others += [
        ("denied signal" if step.denied else "signal", step, step.signal) for step in replay.signals
    ]
    for entry, other, what in others:
        said = other.attestation.value
        row(entry, what, other.date, attestation=said, evidence=other.evidence)
    end = history.on(history.documented_until)
    last = (history.last.stage.value, position_in_words(end)) if history.documented else ("", "")
    row("record ends", "", When.of(history.documented_until), *last)
    for first, until, basis in basis_rows(replay):
        row("basis", bases=(first, until, basis.value))
    return rows


def _bounds_of(when: When) -> tuple[str, str]:
    """Return the first and the last day of an interval; empty for an open side."""
    first, last = closed(when.earliest), closed(when.latest)
    return first.isoformat() if first else "", last.isoformat() if last else ""
