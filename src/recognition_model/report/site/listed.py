"""Views of what the site lists: sources with what cites them, words for signals, corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from recognition_model.analysis.register import Citation, CitedSource
from recognition_model.core.anchors import START
from recognition_model.core.citations import Citations
from recognition_model.core.countries import name_of
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Family, SignalMeaning, Vocabulary
from recognition_model.engine.outcomes import step_of
from recognition_model.report.entries import Footnotes, deed_of
from recognition_model.report.references import reference_view
from recognition_model.report.site.plan import Site
from recognition_model.report.view import Reference

_At = tuple[str, str, int]
"""Where an entry is: its country, its file and its line."""


@frozen(kw_only=True)
class Link:
    """An address within the site, and the words for it."""

    to: str
    words: str


@frozen(kw_only=True)
class CitingSource:
    """A source as the page of sources shows it, with links to the entries that cite it.

    `elsewhere` counts the citations that no page of the site shows.
    """

    source: CitedSource
    view: Reference
    links: tuple[Link, ...]
    elsewhere: int


@frozen(kw_only=True)
class Word:
    """A word for signals: its meaning if it has one, and how often each country uses it."""

    word: str
    meaning: SignalMeaning | None
    uses: int
    countries: tuple[Link, ...]


def citing_sources(site: Site) -> tuple[CitingSource, ...]:
    """List the sources of a site in the order of their ids, each with what cites it."""
    rows = dict(found for code in site.codes for found in _links_of(site, code))
    ordered = sorted(site.sources, key=lambda one: one.source.id)
    numbers: dict[str, int] = {one.source.id: number for number, one in enumerate(ordered, start=1)}
    footnotes = Footnotes(Citations(tuple(one.source for one in ordered), numbers))
    return tuple(_citing(one, rows, footnotes) for one in ordered)


def _links_of(site: Site, code: str) -> Iterator[tuple[_At, Link]]:
    """Yield where each entry of a country is, with the link to its row on the page."""
    replay, anchors = site.of_code[code], site.anchors[code]
    start = replay.scenario.start
    rows = [(START, start.place, f"start, {start.date.text}")]
    rows += [
        (number, step.place, f"{deed_of(outcome)}, {step.date.text}")
        for number, outcome in zip(replay.numbers, replay.outcomes, strict=True)
        for step in [step_of(outcome)]
    ]
    for number, place, words in rows:
        link = Link(to=f"{code}.html#{anchors[number]}", words=f"{name_of(code)}: {words}")
        yield (code, place.file, place.line), link


def _citing(one: CitedSource, rows: Mapping[_At, Link], footnotes: Footnotes) -> CitingSource:
    links: dict[str, Link] = {}
    elsewhere = 0
    for cited in one.cited_by:
        link = _link(cited, rows)
        if link is None:
            elsewhere += 1
        else:
            links.setdefault(link.to, link)
    return CitingSource(
        source=one,
        view=reference_view(one.source, footnotes),
        links=tuple(links.values()),
        elsewhere=elsewhere,
    )


def _link(cited: Citation, rows: Mapping[_At, Link]) -> Link | None:
    """The link to what cites a source; None if no page shows it."""
    code, place = cited.country, cited.place
    if cited.kind == "claim":
        return Link(to="claims.html", words=f"a claim about many countries ({cited.grade})")
    if cited.kind == "doctrine" and code:
        to = f"{code}.html#{code}/doctrine"
        return Link(to=to, words=f"{name_of(code)}: doctrine ({cited.grade})")
    row = rows.get((code, place.file, place.line))
    return Link(to=row.to, words=f"{row.words} ({cited.grade})") if row else None


def words_by_family(site: Site) -> list[tuple[Family | None, list[Word]]]:
    """List the words for signals, family by family; words without a meaning come last."""
    vocabulary, uses = site.folder.vocabulary, _uses_by_country(site)
    words = [*vocabulary.families, *(word for word in uses if word not in vocabulary.families)]
    listed: list[tuple[Family | None, list[Word]]] = []
    for family in (*Family, None):
        some = [w for w in words if vocabulary.families.get(w) is family]
        if some:
            listed.append((family, [_word(w, vocabulary, uses.get(w, {})) for w in some]))
    return listed


def _word(word: str, vocabulary: Vocabulary, uses: Mapping[str, list[str]]) -> Word:
    return Word(
        word=word,
        meaning=vocabulary.words.get(word),
        uses=sum(map(len, uses.values())),
        countries=tuple(
            Link(to=f"{code}.html#{anchors[0]}", words=_times(code, len(anchors)))
            for code, anchors in uses.items()
        ),
    )


def _times(code: str, count: int) -> str:
    return name_of(code) if count == 1 else f"{name_of(code)} ({count})"


def _uses_by_country(site: Site) -> dict[str, dict[str, list[str]]]:
    """Return the entries that use each word for signals: by word, by country, their names."""
    uses: dict[str, dict[str, list[str]]] = {}
    for replay in site.replays:
        for number, step in zip(replay.numbers, replay.scenario.timeline, strict=True):
            if isinstance(step, SignalStep):
                word = site.folder.vocabulary.canonical(step.signal) or str(step.signal)
                anchor = site.anchors[replay.country][number]
                uses.setdefault(word, {}).setdefault(replay.country, []).append(anchor)
    return uses
