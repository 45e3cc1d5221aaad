"""`recognition-model precedence`: which country was first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING, Any

import click

from recognition_model.cli.answer import Answer, findings_of, in_format
from recognition_model.cli.options import (
    Country,
    SuggestedText,
    examples,
    first_day,
    known_by,
    stage_option,
    table_format,
)
from recognition_model.cli.page import Block, Paragraph, Table
from recognition_model.cli.progress import waiting
from recognition_model.cli.selection import (
    Selection,
    countries_alone,
    reads_record,
    rules_option,
    signal_words,
)
from recognition_model.cli.words import family_word
from recognition_model.core.countries import name_of, named
from recognition_model.core.folder import Folder
from recognition_model.core.signals import Family
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, in_percent

if TYPE_CHECKING:
    from recognition_model.analysis.precedence import AskedSignals, FirstTime, Order, Shares


@click.command(
    "precedence",
    epilog=examples(
        "recognition-model precedence",
        "recognition-model precedence --stage de_jure_recognition --since 2021-08-15",
        "recognition-model precedence --signal visit_made,visit_received",
    ),
)
@click.argument("countries", nargs=-1, type=Country())
@stage_option("Compare when this stage was reached. Default: ambassador_accepted.")
@click.option(
    "--signal",
    type=SuggestedText(signal_words),
    help="Compare when this signal was first given, instead of a stage: a word, an old word for it,"
    " or a family; several with commas between. What a party denies does not count.",
)
@click.option(
    "--family",
    type=family_word(),
    help="Compare when the first signal of this family was given, planned ones too.",
)
@first_day("--since", "Count only first times from this day on.")
@click.option(
    "--draws",
    type=click.IntRange(1, 1_000_000),
    help="Estimate from this many random draws instead of counting exactly.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, help="Start the random draws from this seed."
)
@known_by
@reads_record
@rules_option
@table_format
def command(
    countries: tuple[str, ...],
    stage: Stage | None,
    signal: str | None,
    family: str | None,
    since: date | None,
    draws: int | None,
    seed: int,
    known_by: date | None,
    record: Selection,
    fmt: str,
) -> Answer:
    """Show which country was first, in how many readings of the uncertain dates.

    A country is first if it reached the stage, or a higher one, before all others; the answer names
    the stage that it reached. Without a country, compare all countries. Shares are exact unless
    --draws is given or there are too many readings to count. A country without a documented date
    has no rank.
    """
    from recognition_model.analysis.precedence import asked_signals, first_times, order

    given = {"--stage": stage, "--signal": signal, "--family": family}
    if len(both := [name for name, value in given.items() if value is not None]) > 1:
        raise click.UsageError(f"{' or '.join(both)}, not {'both' if len(both) == 2 else 'all'}")
    countries_alone(countries, "it has no rank")
    folder, replays = record.replayed(countries, known_by)
    asked = asked_signals(signal, family, folder.vocabulary)
    if asked is not None:
        _check_signals(asked, folder, record)
    wanted = stage or Stage.AMBASSADOR_ACCEPTED
    with waiting("Counting"):
        events = first_times(replays, stage=wanted, signals=asked, since=since or date.min)
        ranked = order(events, draws, seed)
    return in_format(
        fmt,
        data=lambda: {"format": "recognition-precedence/1", **precedence_data(events, ranked)},
        columns=_COLUMNS,
        rows=lambda: _as_rows(events, ranked),
        page=lambda: precedence_page(events, ranked),
        findings=findings_of(folder, replays),
        notes=_also_a_family(asked, signal),
    )


_COLUMNS = ("country", "name", "what", "reached", "earliest", "latest", "first", "why")


def _as_rows(events: Sequence[FirstTime], ranked: Order) -> Iterator[dict[str, Any]]:
    """Give each event with its share of readings in which it is the first."""
    first = {event.country: row[0] for event, row in zip(ranked.events, ranked.shares, strict=True)}
    for event in events:
        share = first.get(event.country)
        yield {
            "country": event.country,
            "name": name_of(event.country),
            "what": event.what,
            "reached": event.reached,
            "earliest": event.days.earliest if event.days else None,
            "latest": event.days.latest if event.days else None,
            "first": None if share is None else float(share),
            "why": event.why,
        }


def _check_signals(asked: AskedSignals, folder: Folder, record: Selection) -> None:
    """Raise `UsageError` for signals that the record does not have.

    Of the shipped record only the files of the countries asked for are loaded. Another file may
    have the word; then these countries have not given that signal.
    """
    from recognition_model.analysis.precedence import check_signals

    try:
        check_signals(asked, folder.scenarios)
    except ValueError:
        whole = folder if record.instead else record.load()
        try:
            check_signals(asked, whole.scenarios)
        except ValueError as error:
            raise click.UsageError(str(error)) from None


def _also_a_family(asked: AskedSignals | None, signal: str | None) -> list[str]:
    """Say of the name of a family, given as a signal, which words it means."""
    if asked is None or signal is None or asked.words == (asked.what,):
        return []
    if asked.what not in {str(family) for family in Family}:
        return []
    return [f"note: {asked.what} is a family: {', '.join(asked.words)}"]


MOST_LISTED = 5  # countries without a day; more share a line
_LONGEST = 9  # characters of a fraction that is still easy to read
_ASSUMED = (
    "All days that the dates leave, in the order of each file, count the same. That is an"
    " assumption, not knowledge: a share says how much room the dates leave."
)


def precedence_page(events: Sequence[FirstTime], order: Order) -> list[Block]:
    """Write the days of each event, then the order: as a pair for two events, else by rank.

    Many countries without a documented day share one line.
    """
    from recognition_model.analysis.precedence import pair_shares

    without = [event for event in events if not event.days]
    many = len(without) > MOST_LISTED
    rows = [
        (named(e.country), _what(e), str(e.days or e.why))
        for e in (sorted(order.events, key=_earliest) if many else events)
    ]
    page: list[Block] = [Table(("", "", ""), tuple(rows))]
    if many:
        names = ", ".join(name_of(event.country) for event in without)
        page.append(Paragraph(f"{len(without)} countries without a documented day: {names}"))
    if len(order.events) == 2 and order.draws is None:
        one, other = (name_of(event.country) for event in order.events)
        shares = pair_shares(*order.events)
        page += [
            Paragraph(f"{one} before {other}: {share_in_words(shares.before)}"),
            Paragraph(f"on the same day: {share_in_words(shares.same)}"),
            Paragraph(f"{one} after {other}: {share_in_words(shares.after)}"),
        ]
    elif order.events:
        ranks = tuple((named(e.country), _ranks(row)) for e, row in _by_rank(order))
        page.append(Table(("", ""), ranks))
    if len(order.events) < 2:
        page.append(Paragraph("nothing to compare: fewer than two have a documented date"))
        return page
    if order.draws is not None:
        error = 100 * 0.5 / sqrt(order.draws)
        page.append(
            Paragraph(
                f"shares of {order.draws} draws, seed {order.seed}; standard error at most"
                f" {error:.2g} points"
            )
        )
    return [*page, Paragraph(_ASSUMED)]


def _earliest(event: FirstTime) -> tuple[date, str]:
    return (event.days.earliest if event.days else date.max), event.country


def _what(event: FirstTime) -> str:
    """Name the stage or signal asked for, or the higher stage that was reached instead."""
    asked = humanize(event.what)
    if not event.beyond:
        return asked
    recognised = event.reached is Stage.DE_JURE_RECOGNITION
    return f"{'recognised' if recognised else humanize(event.reached)}, beyond {asked}"


def share_in_words(share: Fraction) -> str:
    """Write a share as `2/3 (66.7 %)`; omit a long fraction, and never round to 0 or 100 %."""
    text = in_percent(share)
    return f"{share} ({text})" if share.denominator > 1 and len(str(share)) <= _LONGEST else text


def precedence_data(events: Sequence[FirstTime], order: Order) -> dict[str, Any]:
    """Return events, pairs and ranks as plain data, with shares as fractions and numbers."""
    from recognition_model.analysis.precedence import pair_shares

    pairs = combinations(order.events, 2) if order.draws is None else ()
    return {
        "draws": order.draws,
        "seed": order.seed,
        "events": [
            {
                "country": event.country,
                "name": name_of(event.country),
                "what": event.what,
                "reached": str(event.reached) if event.reached else None,
                "earliest": event.days.earliest.isoformat() if event.days else None,
                "latest": event.days.latest.isoformat() if event.days else None,
                "why": event.why,
            }
            for event in events
        ],
        "pairs": [
            {"first": a.country, "second": b.country, **_shares(pair_shares(a, b))}
            for a, b in pairs
        ],
        "ranks": [
            {"country": event.country, "shares": [_number(share) for share in row]}
            for event, row in zip(order.events, order.shares, strict=True)
        ],
    }


def _shares(shares: Shares) -> dict[str, Any]:
    return {name: _number(getattr(shares, name)) for name in ("before", "same", "after")}


def _number(share: Fraction) -> dict[str, Any]:
    return {"exact": str(share), "number": float(share)}


def _by_rank(order: Order) -> list[tuple[FirstTime, tuple[Fraction, ...]]]:
    rows = zip(order.events, order.shares, strict=True)
    return sorted(rows, key=lambda row: sum(at * share for at, share in enumerate(row[1])))


def _ranks(row: Sequence[Fraction]) -> str:
    return ", ".join(
        f"rank {rank}: {share_in_words(share)}" for rank, share in enumerate(row, 1) if share
    )
