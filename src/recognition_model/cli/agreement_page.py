"""The page of `agreement`: measures first, then the events on which somebody has to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recognition_model.analysis.agreement.coefficients import FORMULAS, Coefficient
from recognition_model.analysis.agreement.compared import Agreement, CountryAgreement
from recognition_model.analysis.agreement.measures import UNITS, Measure
from recognition_model.analysis.agreement.pairs import Coded, Pair
from recognition_model.cli.finding_formats import path_from_here
from recognition_model.cli.page import Block, Content, Heading, Paragraph, Styled, Table
from recognition_model.core.countries import counted, named
from recognition_model.core.wording import escape_invisible, humanize, join_limited, percent, plural

UNDEFINED = "undefined"
_NAMES = {"observed": "same", "kappa": "kappa", "alpha": "alpha", "ac1": "AC1"}


def page_of(
    told: Agreement, shown: Sequence[CountryAgreement], paths: tuple[str, str]
) -> Iterator[Block]:
    """Write the agreement of two codings; of the events, only those of the countries `shown`."""
    yield Heading("Agreement of two codings", level=1)
    for side, path, coders in zip("AB", paths, told.coders, strict=True):
        by = f", coded by {join_limited(coders)}" if coders else ""
        yield Paragraph(f"{escape_invisible(path)}{by}", label=f"{side}:", hang=3)
    countries = counted(one.country for one in told.countries)
    yield Paragraph(f"{countries} in both. {_intervals(told)}")
    yield from _left_out(told)
    units = [unit for unit in UNITS if any(one.unit == unit for one in told.measures)]
    for unit in units:
        measures = [one for one in told.measures if one.unit == unit]
        yield from _events(told, measures) if unit == "event" else _units(unit, measures)
    yield from _to_decide(told, shown)


def _intervals(told: Agreement) -> str:
    if not told.draws:
        return "No intervals were asked for."
    if len(told.countries) < 2:
        return "No intervals: they need two countries or more."
    return (
        f"Intervals: the middle 95 % of {told.draws:,} draws of countries with replacement"
        f" (seed {told.seed})."
    )


def _left_out(told: Agreement) -> Iterator[Block]:
    for side, codes, unusable in (
        ("A", told.only_a, told.unusable_a),
        ("B", told.only_b, told.unusable_b),
    ):
        if codes:
            yield Paragraph(f"Only in {side}, not compared: {join_limited([*map(named, codes)])}.")
        if unusable:
            names = join_limited([*map(escape_invisible, unusable)])
            text = f"Not used from {side}, because of errors or two files: {names}."
            yield Paragraph(Styled(text, "doubt"))


def _events(told: Agreement, measures: Sequence[Measure]) -> Iterator[Block]:
    found, *variables = measures
    pairs = told.pairs
    both, only_a, only_b = (sum(p.found == side for p in pairs) for side in ("both", "a", "b"))
    yield Heading("Where: did both find the same event?")
    yield Table(
        ("in both", "only A", "only B", "entries with a match"),
        ((f"{both:,}", f"{only_a:,}", f"{only_b:,}", _share(found.observed)),),
    )
    yield Heading(f"What: are the {both:,} events in both coded alike?")
    yield _table("events", variables)
    dates = told.dates
    yield Paragraph(
        f"Dates: {dates['same']:,} the same, {dates['overlap']:,} overlap, {dates['apart']:,} apart"
        + (
            f"; in days, {dates['median_days']:g} at the median and {dates['most_days']:,} at most."
            if dates["apart"]
            else "."
        )
    )
    yield Paragraph(
        "Entries are matched by word and date, so agreement on kind, what and date is high by"
        " construction: read it with the share of entries that have a match."
    )
    yield from _reasons(variables)


def _units(unit: str, measures: Sequence[Measure]) -> Iterator[Block]:
    yield Heading(f"States, {unit} by {unit}")
    yield _table(f"{unit}s", measures)
    yield Paragraph(
        f"Only {unit}s that both document count. States last, so wrong dates hardly lower these"
        " numbers: read the events first."
    )
    yield from _reasons(measures)


def _table(units: str, measures: Sequence[Measure]) -> Table:
    """Write a row for each variable and, under it, one of its intervals."""
    rows: list[tuple[Content, ...]] = []
    for one in measures:
        found: list[Coefficient] = [getattr(one, name) for name in FORMULAS]
        left_out = f"{one.left_out:,}" if one.left_out else ""
        head = (humanize(one.variable), f"{one.units:,}", left_out)
        rows.append((*head, *(_number(coefficient) for coefficient in found)))
        if any(map(_wide, found)):
            rows.append(("", "", "", *map(_interval, found)))
    return Table(("", units, "left out", *_NAMES.values()), tuple(rows))


def _number(found: Coefficient) -> Content:
    return Styled(UNDEFINED, "muted") if found.value is None else _decimals(found.value, 3)


def _share(found: Coefficient) -> Content:
    interval = f" ({_interval(found)})" if _wide(found) else ""
    return f"{_number(found)}{interval}"


def _wide(found: Coefficient) -> bool:
    """Whether it has an interval wider than a point."""
    return found.low is not None and found.low != found.high


def _interval(found: Coefficient) -> Content:
    if found.low is None or found.high is None:
        return ""
    return Styled(f"{_decimals(found.low, 2)}–{_decimals(found.high, 2)}", "muted")


def _decimals(value: float, places: int) -> str:
    """Round a number, but never to a 1 that it does not reach."""
    text = f"{value:.{places}f}"
    return f">{1 - 10**-places:.{places}f}" if value < 1 and float(text) == 1 else text


def _reasons(measures: Iterable[Measure]) -> Iterator[Block]:
    """Say why coefficients are undefined, and intervals missing, each reason once."""
    undefined: dict[str, list[str]] = {}
    without: dict[str, list[str]] = {}
    for one in measures:
        for name, shown in _NAMES.items():
            found: Coefficient = getattr(one, name)
            what = f"{shown} of {humanize(one.variable)}"
            if found.undefined:
                undefined.setdefault(found.undefined, []).append(what)
            elif found.no_interval.startswith("it is undefined"):
                without.setdefault(found.no_interval, []).append(what)
    for reason, names in undefined.items():
        yield Paragraph(f"Undefined: {', '.join(names)}: {reason}.", hang=2)
    for reason, names in without.items():
        yield Paragraph(f"No interval: {', '.join(names)}: {reason}.", hang=2)


def _to_decide(told: Agreement, shown: Sequence[CountryAgreement]) -> Iterator[Block]:
    every = [one for one in told.countries if one.differing or one.days or one.head]
    wanted = [one for one in shown if one in every]
    yield Heading("To adjudicate")
    if not every:
        yield Paragraph("Nothing: the two agree on every event and every state.")
        return
    if len(wanted) < len(every):
        text = f"The {plural(len(wanted), 'country', 'countries')} with the most differences, of"
        yield Paragraph(f"{text} {len(every)}.")
    for one in wanted:
        yield from _country(one)
    agree = sum(len(one.pairs) - len(one.differing) for one in told.countries)
    total = sum(len(one.pairs) for one in told.countries)
    yield Paragraph(f"{agree:,} of {total:,} events ({percent(agree, total)}) need no decision.")


def _country(one: CountryAgreement) -> Iterator[Block]:
    count, total = len(one.differing), plural(len(one.pairs), "event", "events")
    differs = "differs" if count == 1 else "differ"
    days = f"; {one.days:,} {'day differs' if one.days == 1 else 'days differ'} in stage or ban"
    heading = f"{named(one.country)}: {count} of {total} {differs}{days if one.days else ''}"
    yield Heading(heading, level=3)
    for edit in one.head:
        yield Paragraph(f"In the head: {', '.join(edit.keys)}", 2, 2)
        if edit.before != edit.after:
            yield Paragraph(edit.before or "not given", 4, 3, label="A:")
            yield Paragraph(edit.after or "not given", 4, 3, label="B:")
    for pair in one.differing:
        yield Paragraph((f"{pair.either.step.date} ", _difference(pair)), 2, 2)
        for side, entry in (("A", pair.a), ("B", pair.b)):
            if entry:
                yield Paragraph(_entry(entry), 4, 3, label=f"{side}:")


def _difference(pair: Pair) -> Styled:
    if pair.found != "both":
        return Styled(f"only in {pair.found.upper()}", "bad")
    dates = "date overlaps"
    if pair.days:
        later = "B" if pair.days > 0 else "A"
        dates = f"date {plural(abs(pair.days), 'day', 'days')} later in {later}"
    return Styled(", ".join(dates if name == "date" else name for name in pair.differs), "doubt")


def _entry(one: Coded) -> str:
    spoken = f"{one.voice} {one.grade}" if one.voice else "no item supports it"
    rule = f", {humanize(one.rule)}" if one.rule else ""
    place = f"{path_from_here(one.step.place)}:{one.step.place.line}"
    return f"{one.step.date} {one.named}: {spoken}{rule} ({place})"
