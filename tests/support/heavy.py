"""The worst records that fit into 2 MB: each strains one thing that a reader or an answer does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import count, cycle, islice
from pathlib import Path

MOST = 2_000_000
"""Bytes of all files of a case together."""

Files = dict[str, str]
_CASES: dict[str, Callable[[], Files]] = {}

HEAD = """\
format: recognition-scenario/1
country: {country}
title: A made-up record
start: {{stage: hostile, ban: none, date: {start}, assumed: Made up.}}
documented-until: {until}
timeline:
"""
SOURCE = (
    "  {name}: {{type: report, publisher: The Example, title: {title}, issued: {issued},"
    " language: en, reliability: B}}\n"
)
REGISTER = "format: recognition-sources/1\nsources:\n"
S = SOURCE.format(name="s", title="An example", issued="2024-12-31")


def case(make: Callable[[], Files]) -> Callable[[], Files]:
    _CASES[make.__name__] = make
    return make


def names() -> list[str]:
    """The names of all cases."""
    return list(_CASES)


def write(name: str, folder: Path) -> None:
    """Write the files of a case into a folder."""
    files = _CASES[name]()
    assert sum(len(text.encode()) for text in files.values()) <= MOST * 1.05, name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def write_small(folder: Path) -> None:
    """Write another coding of the country of the cases."""
    folder.mkdir()
    text = HEAD.format(country="FJI", start="1996-09-27", until="2024-12-31")
    (folder / "FJI.yaml").write_text(text + entry("act: engage", "2022"), encoding="utf-8")
    (folder / "sources.yaml").write_text(REGISTER + S, encoding="utf-8")


def until_full(pieces: Iterable[str], most: int = MOST, number: int | None = None) -> str:
    """Join pieces until so many bytes are reached, or so many pieces."""
    kept, size = [], 0
    for piece in islice(pieces, number):
        size += len(piece.encode())
        if size > most:
            break
        kept.append(piece)
    return "".join(kept)


def entry(what: str, day: object, evidence: str = "", more: str = "") -> str:
    said = evidence or "{source: s, voice: host, credibility: 2, claim: x}"
    return f"- {{{what}, date: {day}, evidence: [{said}]{more}}}\n"


def days(begin: str = "1997-01-01", step: int = 1) -> Iterator[date]:
    first, last = date.fromisoformat(begin), date(2024, 12, 31)
    span = (last - first).days + 1
    return (first + timedelta(days=number * step % span) for number in count())


def record(
    timeline: Iterable[str],
    *,
    most: int = MOST - 1000,
    number: int | None = 1_000,
    start: str = "1996-09-27",
    until: str = "2024-12-31",
    sources: str = S,
) -> Files:
    """A country with a long timeline, and another one to compare it with."""
    head = HEAD.format(country="FJI", start=start, until=until)
    other = HEAD.format(country="TUV", start="1996-09-27", until="2024-12-31")
    return {
        "rec/FJI.yaml": head + until_full(timeline, most, number),
        "rec/TUV.yaml": other
        + entry("act: engage", "2022")
        + entry("signal: visit_made", "2023-05"),
        "rec/sources.yaml": REGISTER + sources,
    }


# --- many entries --------------------------------------------------------------------------------


@case
def many_signals() -> Files:
    sorted_days = sorted(islice(days(step=9), 1_000))
    return record(
        entry("signal: visit_made", day, more=f", note: n{i}") for i, day in enumerate(sorted_days)
    )


@case
def signals_of_one_day() -> Files:
    return record(entry("signal: visit_made", "2022-01-05") for _ in count())


@case
def signals_of_any_day() -> Files:
    return record(entry("signal: visit_made", "1996-09-27..2024-12-31") for _ in count())


@case
def acts_to_and_fro() -> Files:
    acts = cycle(("act: engage", "act: break_off"))
    return record(
        entry(act, day) for act, day in zip(acts, sorted(islice(days(step=9), 1_000)), strict=False)
    )


@case
def acts_of_one_day() -> Files:
    acts = cycle(("act: engage", "act: break_off"))
    return record(entry(act, "2022-01-05") for act in acts)


@case
def acts_of_any_day() -> Files:
    acts = cycle(("act: engage", "act: break_off"))
    return record(entry(act, "1996-09-27..2024-12-31") for act in acts)


@case
def acts_that_overlap() -> Files:
    acts = cycle(("act: engage", "act: break_off"))
    starts = sorted(islice(days(step=9), 1_000))
    return record(
        entry(act, f"{day}..{min(day + timedelta(days=3000), date(2024, 12, 31))}")
        for act, day in zip(acts, starts, strict=False)
    )


@case
def acts_refused() -> Files:
    return record(entry("act: recognise", day) for day in sorted(islice(days(step=9), 1_000)))


@case
def acts_struck_out() -> Files:
    more = ", rank: deprecated, because: A false report."
    return record(entry("act: engage", "2022", more=more) for _ in range(1_000))


@case
def refusals_expected() -> Files:
    return record(
        entry("refuse: recognise", "2022", more=", because: wrong-stage") for _ in range(1_000)
    )


@case
def statuses_of_any_day() -> Files:
    return record(
        entry("status: {at-least: hostile}", "1996-09-27..2024-12-31") for _ in range(1_000)
    )


@case
def statuses_that_fail() -> Files:
    return record(entry("status: {stage: de_jure_recognition}", "2022") for _ in range(1_000))


@case
def out_of_order() -> Files:
    acts = cycle(("act: engage", "act: break_off"))
    return record(
        entry(act, day)
        for act, day in zip(acts, sorted(islice(days(step=9), 1_000), reverse=True), strict=False)
    )


@case
def much_evidence() -> Files:
    items = ", ".join("{source: s, voice: host, credibility: 2, claim: x}" for _ in range(19_000))
    return record([entry("act: engage", "2022", items)])


@case
def evidence_of_many_sources() -> Files:
    names_ = [f"n{number}" for number in range(5_000)]
    items = ", ".join(f"{{source: {n}, voice: host, credibility: 2, claim: x}}" for n in names_)
    sources = "".join(SOURCE.format(name=n, title=n, issued="2024-12-31") for n in names_)
    return record([entry("act: engage", "2022", items)], sources=S + sources)


# --- long texts and lines ------------------------------------------------------------------------


def _texts(filling: str) -> Files:
    long = (filling * 600_000)[:600_000]
    evidence = f"{{source: s, voice: host, credibility: 2, claim: '{long}'}}"
    made = record([entry("act: engage", "2022", evidence, f", note: '{long}'")])
    made["rec/FJI.yaml"] = made["rec/FJI.yaml"].replace("A made-up record", f"'{long}'")
    return made


@case
def long_texts() -> Files:
    return _texts("word and ")


@case
def long_words() -> Files:
    return _texts("w")


@case
def long_texts_of_marks() -> Files:
    return _texts("*_`[](<&>|\\#~@$")


@case
def long_texts_in_persian() -> Files:
    return _texts("ab ") | {
        "rec/KIR.yaml": HEAD.format(country="KIR", start="1996-09-27", until="2024-12-31")
        + entry("act: engage", "2022", more=f", note: '{'می‌رود ' * 5_000}'")
    }


@case
def long_values() -> Files:
    long = "q" * 150_000
    made = record(
        [
            entry(
                f"signal: {long}",
                long,
                f"{{source: {long}, voice: {long}, credibility: {long}, claim: x}}",
                f", {long}: {long}",
            )
        ]
    )
    made["rec/FJI.yaml"] = (
        made["rec/FJI.yaml"]
        .replace("country: FJI", f"country: {long}")
        .replace("hostile", long)
        .replace("until: 2024-12-31", f"until: {long}")
    )
    return made


@case
def long_title_of_a_source() -> Files:
    return record(
        [entry("act: engage", "2022")],
        sources=SOURCE.format(name="s", title="'" + "title " * 300_000 + "'", issued="2024-12-31"),
    )


@case
def lines_in_one_text() -> Files:
    note = "".join("      word\n" for _ in range(150_000))
    return record(
        [
            "  - act: engage\n    date: 2022\n    note: |\n"
            + note
            + "    evidence:\n      - {source: s, voice: host, credibility: 2, claim: x}\n"
        ]
    )


# --- what a reader stumbles over -----------------------------------------------------------------


def _only(text: str) -> Files:
    return record([entry("act: engage", "2022")], number=1) | {"rec/FJI.yaml": text}


def _head() -> str:
    return HEAD.format(country="FJI", start="1996-09-27", until="2024-12-31")


@case
def deep() -> Files:
    return _only("[" * 999_000 + "]" * 999_000)


@case
def deep_mappings() -> Files:
    return _only("{a: " * 400_000)


@case
def many_unknown_keys() -> Files:
    return _only(_head() + "  []\n" + until_full((f"key{n}: 1\n" for n in count()), number=90_000))


@case
def many_unknown_keys_alike() -> Files:
    return _only(
        _head()
        + "  []\n"
        + until_full((f"documented-unti{n}: 1\n" for n in count()), number=90_000)
    )


@case
def many_repeated_keys() -> Files:
    return _only(_head() + "  []\n" + "title: x\n" * 95_000)


@case
def many_unknown_signals() -> Files:
    return record((entry(f"signal: visit_mad{n}", "2022") for n in count()), number=1_000)


@case
def many_bad_values() -> Files:
    return record(
        (
            entry(
                "signal: Visit Made",
                "2nd of May 2022",
                "{source: S 1, voice: hots, credibility: 9, claim: ''}",
            )
            for n in count()
        ),
        number=1_000,
    )


@case
def many_unknown_sources() -> Files:
    sources = (SOURCE.format(name=f"tass-{n:06}", title="t", issued="2024-12-31") for n in count())
    said = "{{source: tass-x{:05}, voice: host, credibility: 2, claim: x}}, "
    items = "".join(said.format(n) for n in range(8_000))
    return record([entry("act: engage", "2022", items)], sources=S + until_full(sources, 900_000))


@case
def too_many_entries() -> Files:
    return record((entry("signal: visit_made", "2022-01-05") for _ in count()), number=11_000)


@case
def many_evidence_not_lists() -> Files:
    return record(
        (f"- {{act: engage, date: 2022, evidence: x, evidense: y, nte: {n}}}\n" for n in count()),
        number=1_000,
    )


@case
def many_anchors() -> Files:
    return _only(_head() + until_full(f"- &a{n} x\n" for n in count()))


@case
def many_aliases() -> Files:
    return _only(_head() + "- &a x\n" + "- *a\n" * 190_000)


@case
def laughs() -> Files:
    lines = ["a0: &a0 [x, x]\n"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)]
    return _only(_head() + "  []\n" + "".join(lines))


@case
def many_tags() -> Files:
    return _only(_head() + "- !t x\n" * 190_000)


@case
def many_hidden_characters() -> Files:
    return _only(_head() + "  []\n# " + "\u202e" * 600_000)


@case
def many_marks() -> Files:
    return _only(_head() + "  []\n# " + "\u00ad\n# " * 390_000)


@case
def many_odd_indents() -> Files:
    return _only(_head() + "\u00a0\u00a0- x\n" * 190_000)


@case
def many_tabs() -> Files:
    return _only(_head() + "\t- x\n" * 390_000)


@case
def many_comments() -> Files:
    return _only(_head() + "".join(f"- x{n} # y\n" for n in range(120_000)))


@case
def many_lines_before_a_comment() -> Files:
    return _only(_head() + ("- x\n" + "  y\n" * 390 + "  y # z\n") * 1_200)


@case
def many_documents() -> Files:
    return _only(_head() + "  []\n" + "---\na: 1\n" * 200_000)


@case
def many_conflicts() -> Files:
    return _only(_head() + "<<<<<<< a\n=======\n>>>>>>> b\n" * 60_000)


@case
def open_quote() -> Files:
    return _only(_head() + "- note: 'never ends\n" + "  word: and word\n" * 110_000)


@case
def open_brackets() -> Files:
    return _only(_head() + "- {act: engage, date: 2022\n" * 70_000)


@case
def colons_in_texts() -> Files:
    return _only(_head() + "- act: engage\n  note: this: is: wrong\n" * 50_000)


@case
def empty_lines() -> Files:
    return _only(_head() + "\n" * 1_900_000)


@case
def one_line() -> Files:
    return _only(_head() + "- [" + "x, " * 180_000 + "x]\n")


@case
def long_line_without_end() -> Files:
    return _only("x" * 1_999_000)


@case
def long_line_with_errors() -> Files:
    keys = ", ".join(f"k{n}: v" for n in range(60_000))
    return _only(_head() + f"- {{act: engage, date: 2022, evidence: [], {keys}}}\n")


@case
def keys_that_are_lists() -> Files:
    return _only(_head() + "  []\n" + "? [a]\n: b\n" * 60_000)


# --- odd dates -----------------------------------------------------------------------------------


@case
def wrong_century() -> Files:
    return record([entry("act: engage", "2022-01-05")], start="0021-08-15", until="9999-12-31")


@case
def far_end() -> Files:
    return record([entry("act: engage", "2022-01-05")], until="9999-12-31")


@case
def far_sources() -> Files:
    far = SOURCE.format(name="s", title="t", issued="9999-01-01")
    far += SOURCE.format(name="t", title="u", issued="9999-02-01")
    return record(
        [entry("act: engage", "9998"), entry("act: break_off", "9999-03")],
        until="9999-12-31",
        start="0001-01-01",
        sources=far,
    )


# --- many files and kinds of files ---------------------------------------------------------------


@case
def many_countries() -> Files:
    from recognition_model.core.countries import CODES as ALL  # type: ignore[attr-defined]

    files: Files = {"rec/sources.yaml": REGISTER + S}
    for code in sorted(ALL)[:190]:
        lines = [
            entry("act: engage", "2021~"),
            entry("signal: visit_made", "2022..2024"),
            *(entry("signal: visit_received", day) for day in islice(days("2022-02-01"), 80)),
        ]
        files[f"rec/{code}.yaml"] = HEAD.format(
            country=code, start="1996-09-27", until="2024-12-31"
        ) + "".join(lines)
    return files


@case
def many_small_files() -> Files:
    return record([entry("act: engage", "2022")]) | {
        f"rec/x{n}.yaml": f"format: recognition-scenario/1\ncountry: X{n}\n" for n in range(3_000)
    }


@case
def many_sources() -> Files:
    return record(
        [entry("act: engage", "2022")],
        sources=S
        + until_full(
            (
                SOURCE.format(
                    name=f"source-of-{n}-2024-12-31", title=f"A title {n}", issued="2024-12-31"
                )
                for n in count()
            ),
            1_990_000,
            14_000,
        ),
    )


@case
def sources_of_one_address() -> Files:
    line = (
        "  s{n}: {{type: report, publisher: The Example, title: An example, issued: 2024-12-31,"
        " language: en, reliability: B, url: 'https://example.org/a'}}\n"
    )
    return record(
        [entry("act: engage", "2022")],
        sources=S + until_full((line.format(n=n) for n in count()), 1_900_000, 12_000),
    )


@case
def many_claims() -> Files:
    said = "evidence: [{source: s, voice: host, credibility: 2, claim: x}]"
    kinds = cycle(
        (
            "  - {claim: none, stage: de_jure_recognition, since: 2021-08-15, date: 2022-01-31, "
            f"{said}}}\n",
            "  - {claim: first, country: FJI, stage: engaged, since: 1996, date: 2024-01-31, "
            f"{said}}}\n",
            f"  - {{claim: unattributed, group: some, date: ..2022-01-31, {said}}}\n",
        )
    )
    head = "format: recognition-collective/1\ntitle: Made up\nclaims:\n"
    return record([entry("act: engage", "2022")]) | {
        "rec/claims.yaml": head + until_full(kinds, 1_900_000, 1_000)
    }


@case
def many_words_for_signals() -> Files:
    lines = (
        f"  made_up_{n}: {{family: contact, meaning: Made up {n}., is-not: x, deed: both, "
        f"aliases: [old_{n}]}}\n"
        for n in count()
    )
    return record(
        (entry(f"signal: made_up_{n % 12_000}", "2022") for n in count()),
        most=800_000,
        number=1_000,
    ) | {
        "rec/signals.yaml": "format: recognition-signals/1\nsignals:\n"
        + until_full(lines, 1_100_000)
    }


@case
def many_checks() -> Files:
    line = (
        '  - {country: FJI, entry: "engage 2022", digest: en1-0123456789abcdef0123456789abcdef,'
        " on: 2024-11-26, by: other, result: agrees, against: [s]}\n"
    )
    return record([entry("act: engage", "2022")]) | {
        "rec/checked.yaml": "format: recognition-checked/1\nchecked:\n" + line * 12_000
    }


@case
def many_searches() -> Files:
    line = (
        "  - {{countries: [FJI], reviewed: 2024-12-30, seen: 2024-12-31, where: pages {n},"
        " searched: words {n}, found: [s]}}\n"
    )
    return record([entry("act: engage", "2022")]) | {
        "rec/searches.yaml": "format: recognition-searches/1\nsearches:\n"
        + "".join(line.format(n=n) for n in range(14_000))
    }
