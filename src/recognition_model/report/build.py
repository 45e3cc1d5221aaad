"""Build the view model of a report from replays: contents, order and source numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from urllib.parse import quote

from attrs import evolve

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.headline import headline
from recognition_model.analysis.stamp import Stamp
from recognition_model.analysis.why import why
from recognition_model.core.anchors import source_anchor
from recognition_model.core.basis import basis_in_words
from recognition_model.core.citations import Citations
from recognition_model.core.claims import Collective
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.organisations import RecordKind
from recognition_model.core.position import Position
from recognition_model.core.scenario import Scenario
from recognition_model.core.signals import Family
from recognition_model.core.stages import State
from recognition_model.core.wording import escape_invisible, humanize, without_marks
from recognition_model.engine.outcomes import Replay, of_countries, step_of
from recognition_model.engine.refusals import NextAct, next_acts
from recognition_model.exports.bibliography import bibtex, csl_json
from recognition_model.exports.citation import citation_of_file
from recognition_model.io.provenance import digest_of
from recognition_model.plots.layout import Links
from recognition_model.report.as_of import as_json, as_of
from recognition_model.report.atlas import map_view
from recognition_model.report.entries import (
    Footnotes,
    claim_views,
    doubts_of,
    entries_of,
    move_in_words,
)
from recognition_model.report.figures import (
    NOT_DRAWN,
    collecting_rarely,
    figures_of_all,
    histories,
    words_of_countries,
)
from recognition_model.report.grounds import chain_of, rests_on
from recognition_model.report.sentences import (
    KINDS,
    VOICES,
    answer,
    bans_in_words,
    start_basis,
)
from recognition_model.report.view import (
    ActView,
    ChainLink,
    Cited,
    Country,
    FigureView,
    FindingView,
    NextActsView,
    Page,
    Reference,
    Row,
    Standing,
)

Watch = Callable[[Sequence[Replay]], Iterable[Replay]]
NO_PAGES: Mapping[str, str] = MappingProxyType({})
_HTTP = re.compile(r"https?://[^\s<>\"]+", re.ASCII)


def page_of(
    replays: Sequence[Replay],
    *,
    claims: Sequence[ClaimCheck] = (),
    findings: Sequence[Finding] = (),
    watch: Watch = iter,
    left_out: Iterable[str] = (),
    inline: bool = True,
    workers: int = 1,
) -> Page:
    """Build a whole report; `findings` are those that belong to no replay.

    Countries are sorted by name. Their figures are for one page, with links in it, or each for a
    file of its own if `inline` is false. `left_out` names files that could not be used because of
    errors: the report says so. `watch` receives the replays and yields them back, so it can show
    progress. With more than one of `workers`, as many processes draw the figures of countries.
    Raises `ValueError` for no replays, for replays known by different days, and for an organisation
    beside others: report on it alone.
    """
    if len({replay.known_by for replay in replays}) != 1:
        raise ValueError("a report needs at least one replay, all known by the same day")
    if len(replays) > 1 and len(of_countries(replays)) < len(replays):
        raise ValueError("a report is about countries, or about one organisation")
    replays = sorted(replays, key=_by_name)
    citations = citations_of(replays, claims)
    footnotes = Footnotes(citations)
    undrawn = [_undrawn(replay, footnotes) for replay in replays]
    with collecting_rarely():
        drawn = histories(
            replays, [one.entries for one in undrawn], citations, inline=inline, workers=workers
        )
        countries = tuple(
            evolve(one, picture=picture)
            for one, picture, _ in zip(undrawn, drawn, watch(replays), strict=True)
        )
    told_of_many = claim_views(claims, footnotes)
    known_by = replays[0].known_by
    edition = _edition(replays, claims, left_out)
    links = Links(countries={one.code: f"#{one.code}" for one in countries}) if inline else None
    pictures, not_drawn = figures_of_all(
        replays, links=links, words=words_of_countries(countries), left_out=edition.left_out
    )
    title = f"Where {_who_stands(replays)} towards the Taliban government"
    data = as_json(as_of(replays, citations))
    stamp = Stamp(kind="report", name="report", title=title, edition=edition, data=digest_of(data))
    cited = citation_of_file(stamp)
    return Page(
        title=title,
        finding=without_marks(finding_of(replays) or countries[0].picture.title),
        known_by=str(known_by) if known_by else "",
        until=str(max(replay.history.documented_until for replay in replays)),
        pictures=pictures,
        notes=_notes([*pictures, *(country.picture for country in countries)]),
        left_out=not_drawn,
        countries=countries,
        map=map_view(countries) if len(countries) > 1 else None,
        families=_families(countries),
        basis=_basis(replays),
        claims=told_of_many,
        findings=findings_of(findings),
        sources=tuple(reference_view(source, footnotes) for source in citations.sources),
        csl=csl_json(citations.sources),
        bibtex_entries=tuple(bibtex([source]) for source in citations.sources),
        data=data,
        edition=edition,
        stamp=stamp,
        cite=(without_marks(cited.text), cited.bibtex),
    )


def report_data(replays: Sequence[Replay]) -> str:
    """The data of the page's script, as JSON: what a report of these replays says on each day."""
    ordered = sorted(replays, key=_by_name)
    return as_json(as_of(ordered, citations_of(ordered)))


def citations_of(replays: Sequence[Replay], claims: Sequence[ClaimCheck] = ()) -> Citations:
    """Number the sources of a report, in the order in which it cites them."""
    evidence = [item for replay in replays for item in _evidence(replay)]
    return Citations.of([*evidence, *(e for check in claims for e in check.claim.evidence)])


def _edition(
    replays: Sequence[Replay], claims: Sequence[ClaimCheck], left_out: Iterable[str]
) -> Edition:
    told = tuple(check.claim for check in claims)
    collectives = [Collective(title="The claims of a report", claims=told)] if told else []
    return edition_of(replays, dates="all", collectives=collectives, left_out=left_out)


def _who_stands(replays: Sequence[Replay]) -> str:
    one = len(replays) == 1
    return f"{in_prose(replays[0].country)} stands" if one else f"{len(replays)} countries stand"


def finding_of(replays: Sequence[Replay]) -> str:
    """Say where the countries of a report stand; empty for one, whose figure says it.

    A report on some countries says nothing about the others.
    """
    if len(replays) == 1:
        return ""
    return headline(replays)


def _notes(figures: Iterable[FigureView]) -> tuple[str, ...]:
    """List the sentences on how to read the figures that hold for several of them."""
    times = Counter(note for figure in figures for note in figure.notes)
    return tuple(note for note, count in times.items() if count > 1)


def _families(countries: Iterable[Country]) -> tuple[str, ...]:
    """List the families of the signals shown, in the order of the vocabulary."""
    there = {entry.family for country in countries for entry in country.entries}
    return tuple(family.value for family in Family if family.value in there)


def _basis(replays: Sequence[Replay]) -> str:
    """Say on what the rows of the table rest; empty for one country, whose row says it."""
    if len(replays) == 1:
        return ""
    histories = [replay.history for replay in replays]
    return basis_in_words(history.on(history.documented_until).basis for history in histories)


def _by_name(replay: Replay) -> tuple[str, str]:
    return name_of(replay.country), replay.country


def _evidence(replay: Replay) -> list[Evidence]:
    """List the evidence shown for a replay, in file order."""
    later = (item for outcome in replay.outcomes for item in step_of(outcome).evidence)
    doctrine = replay.scenario.doctrine
    first = doctrine.evidence if doctrine else ()
    return [*first, *replay.scenario.start.evidence, *later]


def country_view(replay: Replay, footnotes: Footnotes, *, inline: bool = True) -> Country:
    """Build the view of one country: its row, answer, entries, doubts, next acts and findings.

    Its figure links to the entries of the same page, or stands alone if `inline` is false.
    """
    one = _undrawn(replay, footnotes)
    (drawn,) = histories([replay], [one.entries], footnotes.citations, inline=inline)
    return evolve(one, picture=drawn)


def _undrawn(replay: Replay, footnotes: Footnotes) -> Country:
    """Build the view of one country, with a figure that is still empty."""
    scenario: Scenario = replay.scenario
    footnotes.where = name_of(replay.country)
    position = replay.history.on(replay.history.documented_until)
    told = why(replay)
    row = row_of(replay, position, footnotes, chain_of(told))
    doctrine, doctrine_at = scenario.doctrine, f"{replay.country}/doctrine"
    before, after = answer(replay)
    entries = entries_of(replay, footnotes)
    # If nothing was known by this day, there are no next acts.
    states = position.states if replay.history.documented else ()
    return Country(
        code=replay.country,
        name=name_of(replay.country),
        title=name_of(replay.country) if replay.title is None else without_marks(replay.title),
        file=escape_invisible(_file(scenario.file)),
        row=row,
        answer=(before, row.ref, after),
        grounds=without_marks(rests_on(told)),
        doctrine=without_marks(doctrine.says) if doctrine else "",
        doctrine_proofs=footnotes.proofs(doctrine.evidence, doctrine_at) if doctrine else (),
        doctrine_anchor=doctrine_at,
        picture=NOT_DRAWN,
        entries=entries,
        hidden=replay.not_yet_public,
        known_by=str(replay.known_by or ""),
        doubts=doubts_of(replay, footnotes),
        outlooks=tuple(_next_acts(state, replay.kind, alone=len(states) == 1) for state in states),
        findings=findings_of(replay.findings),
    )


def standing_view(replay: Replay, footnotes: Footnotes) -> Standing:
    """Build the row of a country in the table, as of the last day of its data."""
    position = replay.history.on(replay.history.documented_until)
    row = row_of(replay, position, footnotes, chain_of(why(replay)))
    return Standing(code=replay.country, name=name_of(replay.country), row=row)


def row_of(
    replay: Replay, position: Position, footnotes: Footnotes, chain: tuple[ChainLink, ...]
) -> Row:
    """Fill the cells that the page's script fills for any other day."""
    spell = position.spells[-1] if position.spells else None
    since = str(spell.begins) if spell and position.dates_agree else ""
    who, ref = (f"{start_basis(replay.scenario.start)} at the start" if spell else "", None)
    if spell and spell.change:
        act = "" if position.dates_agree else f"{humanize(spell.change.act)}: "
        best = spell.change.best
        who = f"{act}{VOICES[best.voice]}, {best.grade}" if best else f"{act}no evidence"
        ref = footnotes.ref(best.source.id) if best else None
    stages = dict.fromkeys(state.stage for state in position.states)
    return Row(
        words=humanize(position.in_words()),
        stages=tuple(stages),
        basis=position.basis,
        ban=bans_in_words(position),
        since=since,
        who=who,
        ref=ref,
        until=str(position.documented_until),
        sort=(
            max(stage.rank for stage in stages) if position.begun else -1,
            replay.history.bounds[-1][0],
        ),
        chain=chain,
    )


def _next_acts(state: State, kind: RecordKind, *, alone: bool) -> NextActsView:
    acts = sorted(next_acts(state, kind=kind), key=lambda act: (bool(act.only_if), not act.open))
    return NextActsView(
        given="" if alone else humanize(state),
        acts=tuple(_act(act, state) for act in acts),
    )


def _act(act: NextAct, state: State) -> ActView:
    unmet = tuple(humanize(attempt) for attempt in act.attempts if attempt.unmet)
    opened = (move_in_words(act, state),) if act.rule else ()
    return ActView(
        act=humanize(act.act),
        only_if=act.only_if,
        open=act.open,
        what=opened or unmet or ("no rule covers it",),
        needs=humanize(act.suffices),
    )


def findings_of(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    return tuple(
        FindingView(
            code=found.code,
            severity=found.severity.value,
            place=escape_invisible(str(evolve(found.place, file=_file(found.place.file)))),
            message=escape_invisible(found.message),
            hint=escape_invisible(found.hint),
        )
        for found in findings
    )


def _file(path: str) -> str:
    """Give a file's name without its folder, which is not part of the record."""
    return PurePath(path).name


def reference_view(
    source: Source, footnotes: Footnotes, pages: Mapping[str, str] = NO_PAGES
) -> Reference:
    """Build the view of a source, with links to the entries that cite it.

    `pages` gives the address of the page of each section, where they are on pages of their own.
    """
    cited: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for where, anchor in footnotes.cited[source.id]:
        dated = anchor.split("/")[1]
        cited[where].append((f"{pages.get(where, '')}#{anchor}", dated))
    return Reference(
        number=footnotes.citations.numbers[source.id],
        id=source.id,
        anchor=source_anchor(source.id),
        author=without_marks(source.author or ""),
        title=without_marks(source.title),
        publisher=without_marks(source.publisher),
        issued=source.issued.text,
        public="" if source.public == source.issued else source.public.text,
        seen=source.seen.text if source.seen else "",
        kind=KINDS.get(source.type, source.type.value),
        language=source.language,
        url=_link(source.url),
        archive=_link(source.archive),
        grade=source.reliability.value,
        reliability=humanize(source.reliability.name.lower()),
        note=without_marks(source.note or ""),
        cited=tuple(Cited(where=where, links=tuple(links)) for where, links in cited.items()),
    )


def _link(url: str | None) -> str:
    """Make a URL safe to link to: http or https only (else empty), other characters quoted."""
    if url is None or not _HTTP.match(url):
        return ""
    return "".join(c if c.isprintable() and c not in '<>" ' else quote(c) for c in url)
