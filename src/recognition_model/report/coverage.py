"""Coverage of the record as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recognition_model.analysis.coverage import ChangeCoverage, CountryCoverage, Coverage
from recognition_model.core.basis import Basis, basis_in_words
from recognition_model.core.countries import name_of
from recognition_model.core.evidence import Evidence, Reliability
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import ActStep
from recognition_model.core.stages import Stage
from recognition_model.core.types import RANGES, Credibility
from recognition_model.core.wording import humanize, join_limited, plural
from recognition_model.engine.outcomes import step_of
from recognition_model.engine.refusals import Refusal
from recognition_model.report.checks import checks_in_words, sample_in_words
from recognition_model.report.entries import deed_of
from recognition_model.report.markdown import markdown
from recognition_model.report.sentences import GRADES, SPEAKERS, VOICES


def coverage_in_markdown(covered: Coverage) -> str:
    """Write the page: tables of countries, stages and grades, weak evidence, open questions."""
    countries = covered.countries
    return markdown(
        "coverage.md.j2",
        coverage=covered,
        counted=counted(covered),
        basis=basis_in_words(
            _last_basis(one) for one in countries if not one.replay.scenario.of_organisation
        ),
        whom=whom_it_covers(covered),
        links=[(one, link) for one in countries for link in one.links],
        still=_names(one for one in countries if not one.links),
        stages=tuple(Stage),
        items=dict(covered.grades),
        letters=[grade.value for grade in Reliability],
        figures=range(1, (RANGES[Credibility][1] or 1) + 1),
        grades=GRADES,
        name=name_of,
        cell=_cell,
        plural=plural,
        path=_path,
        change=_change,
        deed=deed_of,
        step=step_of,
        why=_why,
        against=_against,
        assumptions=_assumptions(covered),
        unknown={one: list(_unknown(one)) for one in countries},
        names=_names,
        turned_down=any(one.turned_down for one in countries),
        contradicted=any(one.contradicted for one in countries),
        checks_in_words=checks_in_words(covered.checks),
        sample_in_words=sample_in_words,
        no_ban=_names(one for one in countries if one.ban_unknown),
    )


def whom_it_covers(covered: Coverage) -> str:
    """The heading of a table of all that is covered: countries, organisations or both."""
    kinds = {one.replay.kind for one in covered.countries}
    if kinds == {RecordKind.ORGANISATION}:
        return "Organisations"
    return "Countries and organisations" if len(kinds) > 1 else "Countries"


def _names(countries: Iterable[CountryCoverage]) -> str:
    return ", ".join(name_of(one.country) for one in countries)


def counted(covered: Coverage) -> list[tuple[str, int]]:
    """Count what the record has, each with its label."""
    countries = covered.countries
    organisations = sum(one.replay.scenario.of_organisation for one in countries)
    return [
        ("Countries", len(countries) - organisations),
        *([("Organisations", organisations)] if organisations else []),
        ("Changes of stage", sum(len(one.links) for one in countries)),
        ("— with one source", sum(len(one.single) for one in countries)),
        (
            "— not confirmed by the country’s own authorities",
            sum(len(one.unconfirmed) for one in countries),
        ),
        ("— without an exact day", sum(len(one.undated) for one in countries)),
        ("Starts assumed", sum(one.replay.history.assumed for one in countries)),
        (
            "— with no stage attested since",
            sum(_last_basis(one) is Basis.ASSUMED for one in countries),
        ),
        ("Signals", sum(len(one.replay.signals) for one in countries)),
        ("Entries refused or deprecated", sum(len(one.turned_down) for one in countries)),
        (
            "Entries with a contradiction or doubt",
            sum(len(one.contradicted) for one in countries),
        ),
        ("Claims about groups (not counted for any member)", len(covered.of_groups)),
        ("Sources cited", covered.sources),
        ("— published on the web, with no archived copy", covered.not_archived),
    ]


def _last_basis(one: CountryCoverage) -> Basis | None:
    history = one.replay.history
    return history.on(history.documented_until).basis


def _cell(one: CountryCoverage, stage: Stage) -> list[str]:
    """List what led to a stage, including a start there; empty if nothing is documented."""
    start = one.replay.scenario.start
    lines = [_change(link) for link in one.to(stage)]
    if start.stage is stage:
        lines.insert(0, f"{start.date} start{', assumed' if start.assumed else ''}")
    return lines


def _change(link: ChangeCoverage) -> str:
    count = plural(len(link.sources), "source", "sources")
    best = link.change.best
    return (
        f"{link.change.date} {link.grade} {VOICES[best.voice] if best else 'no evidence'}, {count}"
    )


def _path(one: CountryCoverage) -> str:
    return ", ".join(f"{humanize(link.change.act)} {link.grade}" for link in one.links)


def _why(outcome: Refusal | ActStep) -> str:
    if isinstance(outcome, ActStep):
        return f"deprecated: {outcome.because.rstrip('.')}"
    return f"refused: {', '.join(sorted(humanize(reason) for reason in outcome.reasons))}"


def _against(evidence: tuple[Evidence, ...], *, every: bool = False) -> str:
    return join_limited([item.source.id for item in evidence if every or not item.supports])


def _assumptions(covered: Coverage) -> dict[str, list[CountryCoverage]]:
    """Group the countries by what is assumed about their start."""
    alike: dict[str, list[CountryCoverage]] = {}
    for one in covered.countries:
        assumed = one.replay.scenario.start.assumed
        if assumed:
            alike.setdefault(assumed, []).append(one)
    return alike


def _unknown(one: CountryCoverage) -> Iterator[str]:
    """Say what the record leaves open about a country, except its start and ban."""
    for link in one.undated:
        act = humanize(link.change.act)
        yield f"The date of “{act}” is known only as {link.change.date}."
    for link in one.unconfirmed:
        best = link.change.best
        evidence = f"is reported by {SPEAKERS[best.voice]}" if best else "has no evidence"
        yield (
            f"“{humanize(link.change.act)}” of {link.change.date} {evidence};"
            " no confirmation by the country’s own authorities is documented."
        )
    if one.silence:
        begins, ends = one.silence.begins, one.silence.ends
        yield (
            f"The longest gap between dated entries, the start included, is from {begins} to"
            f" {ends}; whether anything happened then is not known."
        )
