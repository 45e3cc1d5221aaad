"""One draft from two codings, to adjudicate in an editor.

What both have in the same words stands once. Where they differ both readings stand, between the
markers that git leaves at a merge conflict, which editors know. Such a file cannot be read as a
record (RM121) until somebody has decided: nothing is chosen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from recognition_model.analysis.agreement.compared import CountryAgreement
from recognition_model.analysis.agreement.pairs import Pair
from recognition_model.core.base import keys_of
from recognition_model.core.dates import nearest_day
from recognition_model.core.evidence import Source, Sources
from recognition_model.core.scenario import Format, Scenario
from recognition_model.core.wording import shortened
from recognition_model.io.writer import scenario_parts, source_parts

_OPENS, _BETWEEN, _CLOSES = "<" * 7, "=" * 7, ">" * 7
_ABOUT = (
    "# A draft from two codings. Where they differ both readings stand, each below a marker line.",
    "# Keep one, or join the two, and delete the markers. Comments of the two files are not here.",
)


def merged_text(country: CountryAgreement) -> str:
    """Write the draft of one country. Without any difference it is a scenario file."""
    labels = [_label(side, one) for side, one in (("A", country.a), ("B", country.b))]
    coder = ", ".join(dict.fromkeys(filter(None, (country.a.coder, country.b.coder)))) or None
    (head, _), (other, _) = (
        scenario_parts(evolve(one, coder=coder)) for one in (country.a, country.b)
    )
    lines = [*_ABOUT]
    for key in ("format", *keys_of(Scenario)):
        lines += _both(head.get(key, []), other.get(key, []), labels, key)
    entries = [line for block in _entries(country, labels) for line in block]
    lines += ["timeline:", *entries] if entries else ["timeline: []"]
    return "".join(f"{line}\n" for line in lines)


def conflicts(text: str) -> int:
    """Count the places of a draft where somebody has to decide."""
    return sum(line.startswith(_OPENS) for line in text.splitlines())


def merged_register(a: Sources, b: Sources, shipped: Sources) -> str:
    """Write the sources that the two codings add to the shipped register; empty without any."""
    ours, theirs = (source_parts(_own(one, shipped)) for one in (a, b))
    lines: list[str] = []
    for name in {**ours, **theirs}:
        mine, yours = ours.get(name), theirs.get(name)
        lines += _both(mine or yours or [], yours or mine or [], ("A", "B"), name)
    if not lines:
        return ""
    head = (f"format: {Format.SOURCES.value}", "sources:")
    return "".join(f"{line}\n" for line in (*head, *lines))


def _own(sources: Sources, shipped: Sources) -> Iterator[Source]:
    return (one for name, one in sources.items() if shipped.get(name) != one)


def _label(side: str, scenario: Scenario) -> str:
    return f"{side}: {shortened(' '.join(scenario.coder.split()))}" if scenario.coder else side


def _both(
    mine: Sequence[str], yours: Sequence[str], labels: Sequence[str], what: str
) -> Iterator[str]:
    """Give lines once if both have them, else both between markers."""
    if mine == yours:
        yield from mine
        return
    yield f"{_OPENS} {labels[0]} ({what})"
    yield from mine
    yield _BETWEEN
    yield from yours
    yield f"{_CLOSES} {labels[1]}"


def _entries(country: CountryAgreement, labels: Sequence[str]) -> Iterator[list[str]]:
    """Give the lines of each event, in the order of A's file with B's own entries among them."""
    (_, ours), (_, theirs) = (scenario_parts(one) for one in (country.a, country.b))
    for pair in _in_file_order(country.pairs):
        mine = ours[pair.a.number - 1] if pair.a else []
        yours = theirs[pair.b.number - 1] if pair.b else []
        yield [*_both(mine, yours, labels, _difference(pair))]


def _difference(pair: Pair) -> str:
    if pair.found != "both":
        return f"only in {pair.found.upper()}"
    return f"differs: {', '.join(pair.differs or pair.keys) or 'the texts'}"


def _in_file_order(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Order events by A's file; B's own keep their place in B's, by date between A's own."""
    of_a = sorted((pair for pair in pairs if pair.a), key=_number_in_a)
    waiting = sorted((pair for pair in pairs if not pair.a), key=_number_in_b)
    for place, pair in enumerate(of_a):
        following = next((_number_in_b(one) for one in of_a[place:] if one.b), None)
        while waiting and (following is None or _number_in_b(waiting[0]) < following):
            if not pair.b and _day(waiting[0]) >= _day(pair):
                break
            yield waiting.pop(0)
        yield pair
    yield from waiting


def _number_in_a(pair: Pair) -> int:
    return pair.a.number if pair.a else 0


def _number_in_b(pair: Pair) -> int:
    return pair.b.number if pair.b else 0


def _day(pair: Pair) -> int:
    return nearest_day(pair.either.step.date.earliest).toordinal()
