"""Build the view model of a report from replays: contents, order and source numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from attrs import evolve

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.headline import headline
from recognition_model.analysis.stamp import Stamp
from recognition_model.core.basis import basis_in_words
from recognition_model.core.citations import Citations
from recognition_model.core.claims import Collective
from recognition_model.core.countries import in_prose, name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Evidence
from recognition_model.core.signals import Family
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay, of_countries, step_of
from recognition_model.exports.bibliography import bibtex, csl_json
from recognition_model.exports.citation import citation_of_file
from recognition_model.io.provenance import digest_of
from recognition_model.plots.layout import Links
from recognition_model.report.as_of import as_json, as_of
from recognition_model.report.atlas import map_view
from recognition_model.report.country_views import undrawn_view
from recognition_model.report.entries import Footnotes, claim_views
from recognition_model.report.figures import (
    collecting_rarely,
    figures_of_all,
    histories,
    words_of_countries,
)
from recognition_model.report.findings import findings_of
from recognition_model.report.references import reference_view
from recognition_model.report.view import Country, FigureView, Page

Watch = Callable[[Sequence[Replay]], Iterable[Replay]]


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
    undrawn = [undrawn_view(replay, footnotes) for replay in replays]
    with collecting_rarely():
        drawn = histories(
            replays, [one.entries for one in undrawn], citations, inline=inline, workers=workers
        )
        countries = tuple(
            evolve(one, picture=picture)
            for one, picture, _ in zip(undrawn, drawn, watch(replays), strict=True)
        )
    claim_list = claim_views(claims, footnotes)
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
        claims=claim_list,
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
