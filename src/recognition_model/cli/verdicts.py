"""Turn verdicts on entries into checks: which entry is meant, and what the list will say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import click

from recognition_model.analysis.sampling import NumberedEntry, numbered_entries
from recognition_model.core.base import Ranked
from recognition_model.core.checks import (
    NEEDED_BY_RESULTS,
    Check,
    CheckedBy,
    CheckResult,
    entry_name,
    entry_word,
)
from recognition_model.core.countries import UnknownCountry, code_of, named
from recognition_model.core.dates import DateError, exact_day
from recognition_model.core.folder import Folder
from recognition_model.core.types import (
    SHAPES,
    CountryCode,
    EntryDigest,
    SampleName,
    SourceName,
    WebAddress,
)
from recognition_model.core.wording import did_you_mean, near_words, plural
from recognition_model.io.check_sheet import Row

RESULTS = {result.value: result for result in CheckResult}
BY = {one.value: one for one in CheckedBy}
MOST_ROWS = 10
"""How many wrong rows a message names."""
_Word = TypeVar("_Word", bound=Ranked)


def judged(folder: Folder, rows: Sequence[Row]) -> list[tuple[NumberedEntry, Check]]:
    """Make a check of each row. Raises `UsageError` with what is wrong in the first rows."""
    found: list[tuple[NumberedEntry, Check]] = []
    wrong: list[str] = []
    for row in rows:
        try:
            found.append(_judged(folder, row))
        except ValueError as error:
            wrong.append(f"{row.where}: {error}" if row.where else str(error))
    if wrong:
        more = len(wrong) - MOST_ROWS
        last = [f"and {plural(more, 'more row', 'more rows')}"] if more > 0 else []
        raise click.UsageError("\n".join([*wrong[:MOST_ROWS], *last]))
    return found


def _judged(folder: Folder, row: Row) -> tuple[NumberedEntry, Check]:
    entry = entry_meant(folder, row)
    drawn = row.get("digest", entry.digest)
    against = row.listed("against")
    pages = [one for one in against if one.startswith(("http://", "https://"))]
    names = [one for one in against if one not in pages]
    for name in names:
        if name not in folder.sources:
            hint = did_you_mean(near_words(name, folder.sources))
            raise ValueError(f"the source {name!r} is not in the register; {hint}".rstrip("; "))
    for page in pages:
        if not SHAPES[WebAddress].fits(page):
            raise ValueError(f"{page!r} is not a web address")
    sample = row.get("sample")
    if sample is not None and not SHAPES[SampleName].fits(sample):
        raise ValueError(f"{sample!r} is not a name for a sample: {SHAPES[SampleName].hint}")
    check = Check(
        country=CountryCode(entry.country),
        entry=entry_name(entry.step),
        digest=EntryDigest(entry.digest),
        on=_day(row),
        by=_word(row, "by", BY),
        result=_word(row, "result", RESULTS),
        against=tuple(map(SourceName, names)),
        pages=tuple(map(WebAddress, pages)),
        sample=SampleName(sample) if sample else None,
        was=EntryDigest(drawn) if drawn != entry.digest else None,
        found=" ".join(row["found"].split()) if "found" in row else None,
    )
    if check.lacks:
        needs = NEEDED_BY_RESULTS[check.lacks].partition(", or")[0].replace("`found:`", "`found`")
        raise ValueError(f"the result {check.result} needs `{check.lacks}`: {needs}")
    if check.result is CheckResult.CORRECTED and row.get("digest") == entry.digest:
        raise ValueError("the entry is as it was drawn: correct it first, or write `wrong`")
    return entry, check


def entry_meant(folder: Folder, row: Row) -> NumberedEntry:
    """Find the entry of a row: by its digest, else by date and word, else by its number.

    Raises `ValueError` if there is none, or more than one.
    """
    if "country" not in row:
        raise ValueError("the country is missing")
    try:
        country = code_of(row["country"])
    except UnknownCountry as unknown:
        raise ValueError(f"{unknown}: {unknown.hint}") from None
    scenario = next((one for one in folder.all_scenarios if one.country == country), None)
    if scenario is None:
        raise ValueError(f"not in the record: {named(country)}")
    entries = numbered_entries(scenario)
    same = [one for one in entries if one.digest == row.get("digest")]
    if same:
        return same[0]
    if "date" in row:
        dated = [one for one in entries if one.step.date.text == row["date"]]
        fits = [one for one in dated if entry_word(one.step) == row.get("word", "")] or [
            one for one in dated if "word" not in row
        ]
        return _only(fits, dated or entries, f"{row.get('word', 'entry of')} {row['date']}")
    if not row.get("entry", "").isdecimal():
        raise ValueError("name the entry by its number, or by its date")
    number = int(row["entry"])
    return _only([one for one in entries if one.number == number], entries, f"entry {number}")


def _only(
    found: Sequence[NumberedEntry], near: Sequence[NumberedEntry], asked: str
) -> NumberedEntry:
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{one.number} {entry_name(one.step)}" for one in found)
        raise ValueError(f"{asked} is more than one entry: give the number ({several})")
    names = {entry_name(one.step): one for one in near}
    likely = [f"{names[name].number} {name}" for name in near_words(asked, names, most=3)]
    last = "the file has no entries"
    if near:
        last = f"the last is {near[-1].number} {entry_name(near[-1].step)}"
    raise ValueError(f"no {asked}: {did_you_mean(likely) or last}")


def _word(row: Row, column: str, words: Mapping[str, _Word]) -> _Word:
    word = row.get(column, "").replace("_", "-")
    if word not in words:
        hint = did_you_mean(near_words(word, words)) if word else ""
        raise ValueError(f"{column} must be one of {', '.join(words)}; {hint}".rstrip("; "))
    return words[word]


def _day(row: Row) -> date:
    try:
        return exact_day(row.get("on", ""))
    except DateError as error:
        raise ValueError(f"the day of the check is missing or wrong: {error}") from None
