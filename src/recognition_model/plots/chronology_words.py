"""The picture of what happened between two days in words: its finding, topic and caption."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recognition_model.analysis.headline import who_in_words
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.dates import When
from recognition_model.core.day_words import day_in_words, when_in_words
from recognition_model.core.deeds_in_words import did
from recognition_model.core.stages import Act
from recognition_model.core.wording import in_words, join_limited, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.happened import Event, Window, events, running
from recognition_model.plots.interface import Options

_MOST_NAMED = 8  # countries that the topic names
_PARTS = 4  # of the list of changes in a title


def _between(window: Window) -> str:
    if window.first == window.last:
        return f"on {day_in_words(window.first)}"
    if (window.first, window.last) == (
        date(window.first.year, 1, 1),
        date(window.first.year, 12, 31),
    ):
        return f"in {window.first.year}"
    return when_in_words(When.parse(f"{window.first}..{window.last}"))


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why these replays cannot be drawn; empty if they can."""
    window = Window.of(replays, options)
    end = max(replay.history.documented_until for replay in replays)
    if window.first > window.last:
        if options.until is None:
            return f"the record ends on {end}, before {window.first}"
        return f"{window.first} is later than {window.last}"
    if events(replays, window):
        return ""
    names = join_limited([name_of(replay.country) for replay in replays], _MOST_NAMED)
    return (
        f"no change of stage, claim or signal is documented {_between(window)}: {names}."
        " Choose other days with --since and --until"
    )


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return how often stages changed, and what changed."""
    window = Window.of(replays, options)
    shown = events(replays, window)
    changes = [event for event in shown if event.kind == "change"]
    when = _between(window)
    if not changes:
        said = f"{when}, no stage changed{_instead(shown)}"
        if len(replays) == 1:
            return f"{_capital(in_prose(replays[0].country))}: {said}"
        return _capital(said)
    sure = [event for event in changes if event.surely_in(window)]
    parts = _parts(sure or changes)
    if sure:
        parts += [f"perhaps {part}" for part in _parts([e for e in changes if e not in sure])]
    among = ", among them" if len(parts) > _PARTS else ""
    times = f"{_times(len(sure), len(changes))}{among}"
    return f"{_capital(when)}, {times}: {'; '.join(parts[:_PARTS])}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _times(sure: int, most: int) -> str:
    if sure == most:
        return "one stage changed" if most == 1 else f"stages changed {in_words(most)} times"
    if not sure:
        return (
            "perhaps one stage changed" if most == 1 else f"up to {in_words(most)} stages changed"
        )
    return f"stages changed {in_words(sure)} to {in_words(most)} times"


def _instead(shown: Sequence[Event]) -> str:
    told = []
    for kind, one, more in (
        ("refused", "claim was not counted", "claims were not counted"),
        ("signal", "signal is documented", "signals are documented"),
    ):
        if count := sum(event.kind == kind for event in shown):
            told.append(f"{in_words(count)} {one if count == 1 else more}")
    return f"; {' and '.join(told)}"


def _parts(changes: Sequence[Event]) -> list[str]:
    """List what countries did, the highest stage first; what the same countries did together."""
    by_act: dict[Act, list[str]] = {}
    for event in sorted(changes, key=lambda one: -(one.stage.rank if one.stage else 0)):
        if event.act is not None and event.country not in by_act.setdefault(event.act, []):
            by_act[event.act].append(event.country)
    deeds: dict[tuple[str, ...], list[Act]] = {}
    for act, codes in by_act.items():
        deeds.setdefault(tuple(sorted(codes)), []).append(act)
    order = [event.act for event in changes]
    return [
        f"{who_in_words(codes, noun='countries')}"
        f" {_joined([did(act, short=True) for act in sorted(acts, key=order.index)])}"
        for codes, acts in deeds.items()
    ]


def _joined(words: Sequence[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is shown of which countries, and how many records end before the last day."""
    window = Window.of(replays, options)
    names = sorted(name_of(replay.country) for replay in replays)
    whose = f"{len(names)} countries" if len(names) > _MOST_NAMED else join_limited(names)
    short = sum(replay.history.documented_until < window.last for replay in replays)
    ends = day_in_words(window.last)
    told = f"; {plural(short, 'record ends', 'records end')} before {ends}" if short else ""
    lead = "" if window.chosen else "The last 12 months of the record. "
    return f"{lead}Changes, claims and signals: {whose}{told}"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return what stands without a label, and that there is less to see as records end."""
    told = ["Small marks: entries without a label."]
    if running(replays, Window.of(replays, options)):
        told.append("Grey at the foot: records not yet ended.")
    return told


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of the caption on how to read this picture."""
    shown = events(replays, Window.of(replays, options))
    lines = ["A change has the colour of the stage that it leads to."]
    if any(event.kind == "refused" for event in shown):
        lines.append("A claim is not counted where no rule permits it, or nothing attests it.")
    if any(not event.moment.exact for event in shown):
        lines.append(
            "A date known only to an interval is drawn at its middle, with a bar over its possible"
            " days."
        )
    lines.append("Statuses and entries that are marked as deprecated are not shown.")
    return lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe the changes and the other claims one by one, and count the signals."""
    window = Window.of(replays, options)
    shown = events(replays, window)
    told = []
    for kind, name in (("change", "Changes"), ("refused", "Claims not counted")):
        here = [f"{event.label}, {event.when.text}" for event in shown if event.kind == kind]
        told.append(f"{name}: {join_limited(here) if here else 'none'}.")
    signals = sum(event.kind == "signal" for event in shown)
    count = plural(len(replays), "country", "countries")
    run = [left for _, left in running(replays, window)]
    ends = f" Records that have not ended: {run[0]} at first, {run[-1]} at last." if run else ""
    return f"A chronology of {count}. {' '.join(told)} Signals: {signals}.{ends}"
