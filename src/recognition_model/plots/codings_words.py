"""What a picture of two codings says in words: its title, its notes, its list, its table."""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.analysis.agreement.event_rows import COLUMNS, rows_of
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots import history_words
from recognition_model.plots.bars import basis_note
from recognition_model.plots.codings_view import CODED, DATED, CodingsView, Shown, coders_of
from recognition_model.plots.finding import finding
from recognition_model.plots.page import Options, Table
from recognition_model.plots.page_texts import coding_digest
from recognition_model.plots.view import why_not_shown

MOST_LISTED = 30
"""So many events that differ are listed below a picture; its table has all."""


def both_of(replays: Sequence[Replay], options: Options) -> tuple[Replay, ...]:
    """Return the coding that is drawn first, and the other one if there is one."""
    return (replays[0], options.against) if options.against else (replays[0],)


def why_not(replays: Sequence[Replay], options: Options) -> str:
    """Return why two codings cannot be drawn; empty if they can."""
    both = both_of(replays, options)
    if len(both) < 2:
        return "a picture of two codings needs the other one: `against`"
    one, other = both
    if one.country != other.country:
        return f"the two codings must be of one country, not of {one.country} and {other.country}"
    reasons = [
        why_not_shown(coding, options)
        or ("" if coding.history.documented else "nothing is documented")
        for coding in both
    ]
    return reasons[0] if all(reasons) else ""


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return the finding: how many events both coded alike, and what differs in how many."""
    shown = CodingsView.of(replays[0], options)
    who, total = in_prose(replays[0].country), len(shown.events)
    cut = " shown" if options.since or options.until else ""
    events = f"{plural(total, 'event', 'events')}{cut}"
    if not total:
        said = f"Neither coding of {who} has an entry{' on these days' if cut else ''}"
    elif not shown.differing:
        said = f"Two codings of {who} agree on {'the' if total == 1 else 'all'} {events}"
        said = said.replace("the 1 event", "the only event")
    else:
        same = total - len(shown.differing)
        how_many = f"{same or 'none'} of {events}"
        return f"Two codings of {who} agree on {how_many}: {', '.join(_parts(shown))}"
    if shown.days:
        days = plural(shown.days, "day", "days")
        said += f", but stage or ban differ on {days}"
    return said


def _parts(shown: CodingsView) -> list[str]:
    """Count what differs: dates, other variables, events in one coding only."""
    pairs = [event.pair for event in shown.differing]
    dated = [pair for pair in pairs if pair.found == "both" and "date" in pair.differs]
    others = [pair for pair in pairs if set(pair.differs) - {"date"}]
    parts = []
    if dated:
        apart = [abs(pair.days or 0) for pair in dated if pair.dates == "apart"]
        by = ""
        if apart:
            up_to = "" if len(set(apart)) == 1 and len(apart) == len(dated) else "up to "
            by = f" by {up_to}{plural(max(apart), 'day', 'days')}"
        parts.append(f"{_differ(len(dated))} in date{by}")
    if others:
        found = {name for pair in others for name in pair.differs}
        names = [words for name, words in _VARIABLES.items() if name in found]
        listed = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
        parts.append(f"{_differ(len(others))} in {listed}")
    for side in "AB":
        if count := sum(pair.found == side.lower() for pair in pairs):
            parts.append(f"{count} {'is' if count == 1 else 'are'} only in {side}")
    return parts


_VARIABLES = {
    "kind": "kind",
    "what": "the act or signal",
    "voice": "voice",
    "grade": "grade",
    "rule": "rule",
}
"""What two codings of an event may differ in, beside the date, in words."""


def _differ(count: int) -> str:
    return f"{count} {'differs' if count == 1 else 'differ'}"


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return what is shown."""
    who = in_prose(replays[0].country)
    return f"Stages and entries of {who} in two codings, matched event by event"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences of every caption: what is shown, and what B was made from."""
    shown = CodingsView.of(replays[0], options)
    said = []
    if shown.differing:
        numbers = "; its number leads to the list" if options.layout.sources else ""
        said.append(f"Words below the lanes say what differs in an event{numbers}.")
    if shown.runs:
        days = plural(shown.days, "day", "days")
        said.append(f"Stage or ban differ on {days} (grey).")
    if options.against:
        said.append(f"B is the record {coding_digest(options.against)}.")
    return said


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences on how to read this picture."""
    shown = CodingsView.of(replays[0], options)
    within = plural(options.within, "day", "days")
    lines = [
        f"Entries with the same word match if they are at most {within} apart. Entries with"
        " different words match only on the same date, or close together and from the same"
        " source.",
        "The number of days is the distance between the two dates. The words kind, what, voice,"
        " grade and rule name what else differs. A stroke marks where the data of a coding end.",
        *basis_note([piece for row in shown.rows for piece in shown.axis.overlapping(row.pieces)]),
    ]
    if any(moment and not moment.exact for one in shown.events for moment in one.moments):
        lines.append("A date known only to an interval is drawn at its middle.")
    return [*lines, note] if (note := shown.axis.note()) else lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe both codings and list every event that differs."""
    shown = CodingsView.of(replays[0], options)
    both = both_of(replays, options)
    ends = " ".join(
        f"{side} says: {finding(one, options.until)}."
        for side, one in zip(coders_of(*both), both, strict=True)
    )
    told = " ".join(f"{event.in_words}." for event in shown.differing)
    name = name_of(replays[0].country)
    return f"Two step charts of {name} on one axis, and a lane of entries for each. {ends} {told}"


def keys(replays: Sequence[Replay], options: Options) -> list[tuple[str, str]]:
    """Return the numbered list of the events that differ."""
    differing = CodingsView.of(replays[0], options).differing
    listed = [(str(event.number), event.in_words) for event in differing[:MOST_LISTED]]
    if more := len(differing) - len(listed):
        listed.append(("…", f"and {more} more, in the table of the picture only"))
    return listed


def labels_of(event: Shown, options: Options) -> list[str]:
    """Return the words at an event that differs, from all of them to the fewest.

    Its number is among them where there is a list. There may be no words at all.
    """
    said = event.words.split(", ") if event.words and event.look in (DATED, CODED) else []
    listed = options.layout.sources and (event.number or 0) <= MOST_LISTED
    number = f"({event.number})" if listed and event.number else ""
    labels = [", ".join(said)] if said else []
    labels += [", ".join([*said[:most], "…"]) for most in range(len(said) - 1, 0, -1)]
    return [label for label in (*(f"{one} {number}".strip() for one in labels), number) if label]


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each event shown, with both codings of it."""
    shown = CodingsView.of(replays[0], options)
    rows: Table = [COLUMNS]
    for row in rows_of(event.pair for event in shown.events):
        rows.append(tuple(_cell(row[column]) for column in COLUMNS))
    return rows


def _cell(value: object) -> str | int:
    if isinstance(value, tuple):
        return " ".join(value)
    return value if isinstance(value, int) else str(value if value is not None else "")


def side_tables(replays: Sequence[Replay], options: Options) -> dict[str, Table]:
    """Return the stages of both codings, by the name `stages`."""
    both = both_of(replays, options)
    rows: Table = []
    for side, one in zip("ab", both, strict=False):
        head, *told = history_words.table_of_all([one])
        rows += [] if rows else [("coding", *head)]
        rows += [(side, *row) for row in told]
    return {"stages": rows}
