"""What a swimmer says in words: its finding, its caption, its description and its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from recognition_model.analysis.headline import names_in_words, who_in_words
from recognition_model.core.basis import basis_in_words
from recognition_model.core.day_words import day_in_words
from recognition_model.core.stages import Act, Stage
from recognition_model.core.wording import humanize, in_words, join_limited, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.plots.bars import basis_note
from recognition_model.plots.page import Options, Table
from recognition_model.plots.paths import Paths, Row, time_axis
from recognition_model.plots.spans import basis_rows, number, spell_in_words, stretches
from recognition_model.plots.spans import pieces as pieces_of

_FEW = 4  # so many countries are named in the title
_NAMED = 6  # and so many in the topic


def title(replays: Sequence[Replay], options: Options) -> str:
    """Return where the countries stand on the last day shown, or on their last documented day."""
    rows = Paths.of(options.among or replays, options).documented
    if options.measure:
        said = level_counts(rows, options, named=len(rows) <= _FEW)
    else:
        said = _named(rows) if len(rows) <= _FEW else _counted(rows)
    if options.until:
        return f"{day_in_words(options.until)}: {said}"
    return f"{said[0].upper()}{said[1:]}"


def _counted(rows: Sequence[Row]) -> str:
    """Say how many countries deal with the Taliban, and who recognises their government."""
    attested = [row for row in rows if row.stage and not row.assumed]
    dealing = [row for row in attested if row.stage and row.stage >= Stage.ENGAGED]
    recognise = [row.country for row in attested if row.stage is Stage.DE_JURE_RECOGNITION]
    if all(row.assumed for row in rows):
        return f"no dealings of {len(rows)} countries with the Taliban are documented"
    if not dealing:
        return f"none of {len(rows)} countries is documented as dealing with the Taliban"
    have = "has" if len(dealing) == 1 else "have"
    all_of = len(dealing) == len(rows)
    of = f"all {in_words(len(rows))}" if all_of else f"{len(dealing)} of {len(rows)}"
    said = f"{of} countries {have} documented dealings with the Taliban"
    if not recognise:
        return f"{said}; none is documented to recognise its government"
    verb = "recognises" if len(recognise) == 1 else "recognise"
    return f"{said}; {who_in_words(recognise)} {verb} its government"


def _named(rows: Sequence[Row]) -> str:
    """Say where each of a few countries stands."""
    parts = [_sentence([*together]) for _, together in groupby(rows, key=lambda row: row.label)]
    return "; ".join(parts)


def _sentence(rows: Sequence[Row]) -> str:
    """Say where countries of one group stand."""
    who, one, first = names_in_words(row.country for row in rows), len(rows) == 1, rows[0]
    if first.stage is None:
        return f"the stage of {who} is in doubt"
    if first.assumed:
        lowest = first.stage is min(Stage)
        dealings = (
            "no dealings" if lowest else f"{humanize(first.stage)} is assumed, and no dealings"
        )
        return f"{dealings} of {who} with the Taliban are documented"
    change = first.end.spells[-1].change
    act = change.act if change else None
    ended = ENDED.get(act) if first.stage is min(Stage) else None
    verb = ended or _STANDS[first.stage]
    return f"{who} {verb[0] if one else verb[1]}"


ENDED: dict[Act | None, tuple[str, str]] = {
    Act.BREAK_OFF: (
        "has broken off its dealings with the Taliban",
        "have broken off their dealings with the Taliban",
    ),
    Act.LAPSE: (
        "had dealings with the Taliban, which lapsed",
        "had dealings with the Taliban, which lapsed",
    ),
}
_STANDS: dict[Stage, tuple[str, str]] = {
    Stage.HOSTILE: (
        "has no formal dealings with the Taliban",
        "have no formal dealings with the Taliban",
    ),
    Stage.BANNED: ("has banned the Taliban", "have banned the Taliban"),
    Stage.ENGAGED: (
        "has documented dealings with the Taliban",
        "have documented dealings with the Taliban",
    ),
    Stage.DELISTED: (
        "has lifted its ban of the Taliban",
        "have lifted their bans of the Taliban",
    ),
    Stage.AMBASSADOR_ACCEPTED: (
        "has accepted an ambassador of the Taliban",
        "have accepted ambassadors of the Taliban",
    ),
    Stage.DE_JURE_RECOGNITION: (
        "recognises the Taliban government",
        "recognise the Taliban government",
    ),
}


def topic(replays: Sequence[Replay], options: Options) -> str:
    """Return whose paths are shown, on which days, and their order."""
    every = options.among or replays
    of = Paths.of(every, options)
    rows = of.documented
    few = len(rows) <= _NAMED
    who = names_in_words(row.country for row in rows) if few else f"{len(rows)} countries"
    paths = "Path of" if len(rows) == 1 else "Paths of"
    since = f" from {day_in_words(options.since, short=True)}" if options.since else ""
    until = f" until {day_in_words(options.until, short=True)}" if options.until else ""
    step = options.ladder
    by = f"{step} on that day" if options.until else f"last documented {step}"
    ordered = f", by {by}" if len(rows) > 1 else ""
    known = {replay.known_by for replay in every if replay.known_by is not None}
    as_known = f", as known by {day_in_words(max(known), short=True)}" if known else ""
    narrower = time_axis(of, options).narrower()
    folded = f"; {narrower}" if narrower else ""
    split = _scale(options) if options.measure else _split(rows)
    return f"{paths} {who}{since}{until}{ordered}{as_known}{folded}{split}"


def level_counts(rows: Sequence[Row], options: Options, *, named: bool) -> str:
    """Say how many countries stand on each level above the lowest, or where each of a few stands.

    What is only assumed does not count.
    """
    title = options.measure.title if options.measure else ""
    if named:
        return f"{title}: {'; '.join(f'{row.name}, {row.label}' for row in rows)}"
    stages = [row.stage for row in rows if row.stage and not row.assumed]
    counts = [(stages.count(rung), rung) for rung in reversed(options.rungs[1:])]
    parts = [f"{humanize(rung)} {count}" for count, rung in counts if count]
    return f"{title}, {len(rows)} countries: {', '.join(parts) or 'all on the lowest level'}"


def _scale(options: Options) -> str:
    """Name the levels of the scale, the lowest first."""
    return f". Levels: {', '.join(map(humanize, options.rungs))}"


def _split(rows: Sequence[Row]) -> str:
    """Say how the countries with dealings, which the title counts, are spread over the stages."""
    stages = [row.stage for row in rows if row.stage and not row.assumed]
    counts = [(stages.count(stage), stage) for stage in Stage if stage >= Stage.ENGAGED]
    parts = [f"{count} {humanize(stage)}" for count, stage in counts if count]
    if len(rows) <= _FEW or len(parts) < 2:
        return ""
    dealing = sum(count for count, _ in counts)
    return f". Of the {dealing} with dealings: {', '.join(parts)}"


def brief(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentence of every caption."""
    ends = f"A row ends where the country's data end; its {options.ladder} may go on."
    return [ends, *([f"Scale: {options.measure.in_words}."] if options.measure else [])]


def notes(replays: Sequence[Replay], options: Options) -> list[str]:
    """Return the sentences on how to read this picture."""
    paths = Paths.of(options.among or replays, options)
    rows = paths.documented
    lines = []
    if any(not span.begins.exact for row in rows for span in row.spans):
        lines.append(
            "If a change is dated only to an interval, colours are paler and meet at its middle."
        )
    lines += basis_note(piece for row in rows for piece in row.pieces)
    for group in paths.listed:
        if group.documented:
            lines.append("Countries with nothing but an assumed start are listed by name.")
    told = basis_in_words(row.end.basis for row in rows)
    when = "On the last day shown" if options.until else "Where their data end"
    lines += [f"{when}, {told[0].lower()}{told[1:]}"] if told else []
    note = time_axis(paths, options).note()
    return [*lines, note] if note else lines


def describe(replays: Sequence[Replay], options: Options) -> str:
    """Describe which countries are at which stage."""
    paths = Paths.of(options.among or replays, options)
    rows = paths.documented
    lines = [f"A row of coloured bars for each of {plural(len(rows), 'country', 'countries')}."]
    by = f"on {day_in_words(options.until)}" if options.until else "last documented"
    for group in (*paths.drawn, *paths.listed):
        names = [row.name + _since(row) for row in group.rows]
        plain = group.rows[0].stage is None or group.rows[0].assumed
        head = group.label if plain else f"{by} as {group.label}"
        lines.append(f"{head[0].upper()}{head[1:]}: {join_limited(names)}.")
    back = _moved(rows, options, lapsed=False)
    if back:
        lines.append(f"Moves to a lower {options.ladder}: {join_limited(back)}.")
    if lapsed := _moved(rows, options, lapsed=True):
        lines.append(f"Dealings lapsed when the Taliban ceased to govern: {join_limited(lapsed)}.")
    return " ".join(lines)


def _since(row: Row) -> str:
    """Return in brackets when a country reached its stage, if anything says so."""
    since = row.since()
    if not since:
        return ""
    return f" ({since})" if since.startswith("by ") else f" (since {since})"


def _moved(rows: Iterable[Row], options: Options, *, lapsed: bool) -> list[str]:
    """List the countries that stepped back, or whose dealings lapsed, on the days shown."""
    since, until = options.since or date.min, options.until or date.max
    return sorted(
        {
            row.name
            for row in rows
            for span in row.spans
            if (span.lapsed if lapsed else span.back)
            and number(since) <= span.begins.at < number(until) + 1
        }
    )


def table(replays: Sequence[Replay], options: Options) -> Table:
    """Return a row for each spell, from the top row down, then one for each basis of a country.

    Only days shown are told: a spell that goes on ends there with the last of them.
    """
    table: Table = [
        (
            "country",
            "name",
            options.ladder,
            "in_words",
            *([] if options.measure else ["ban"]),
            "from",
            "from_earliest",
            "from_latest",
            "to",
            "last_documented",
            "begin",
            "end",
            "basis",
        ),
    ]
    for row in Paths.of(replays, options).every:
        who = row.country, row.name
        history = row.replay.history
        spans = stretches(history)
        cut = pieces_of(row.replay, spans)
        for span, spell, data in zip(spans, history.spells, history.rows(), strict=False):
            if span not in row.spans:
                continue
            goes_on = options.until is not None and span.ends.latest > number(options.until)
            table.append(
                (
                    *who,
                    spell.stage.value,
                    spell_in_words(span, cut),
                    *([] if options.measure else [spell.ban.value]),
                    spell.begins.text,
                    str(data["from_earliest"] or ""),
                    str(data["from_latest"] or ""),
                    str(options.until) if goes_on else spell.ends.text,
                    "yes" if span == row.spans[-1] else "no",
                    *("",) * 3,
                )
            )
        table += [
            (*who, *("",) * (7 if options.measure else 8), first, last, basis.value)
            for first, last, basis in basis_rows(row.replay, options.since, options.until)
        ]
    return table
