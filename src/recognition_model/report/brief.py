"""Build a brief: what changed in some days, and where all countries stand on the last of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from attrs import evolve

from recognition_model.analysis.deeds import DEEDS, brief_state
from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.headline import headline
from recognition_model.analysis.silence import ends_sooner
from recognition_model.analysis.stamp import Stamp
from recognition_model.analysis.turns import Turn, Turns
from recognition_model.core.anchors import entry_anchors
from recognition_model.core.basis import Basis
from recognition_model.core.citations import Citations
from recognition_model.core.countries import name_of
from recognition_model.core.day_words import day_in_words
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Evidence
from recognition_model.core.position import Position
from recognition_model.core.scenario import ActStep
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.core.wording import humanize, join_limited, without_marks
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.bibliography import bibtex, csl_json
from recognition_model.exports.citation import citation_of_file
from recognition_model.plots.layout import Links
from recognition_model.report.brief_view import Brief, BriefRow, ChangeView
from recognition_model.report.brief_window import BriefWindow, brief_digest
from recognition_model.report.country_views import row_of
from recognition_model.report.entries import Footnotes
from recognition_model.report.figures import figure_view
from recognition_model.report.findings import findings_of
from recognition_model.report.references import reference_view
from recognition_model.report.sentences import SPEAKERS, bans_in_words
from recognition_model.report.view import FigureView
from recognition_model.report.window_words import days_in_words, finding_of

NAME = "brief"
"""The name of a brief in its stamp."""

TALLEST = 95.0
"""The height of the timeline of a brief in mm, if it can be laid out as low as that."""

_POINTS = 72 / 25.4  # in a mm
_HEIGHT = re.compile(r'viewBox="0 0 [0-9.]+ ([0-9.]+)"')
_Entry = tuple[str, Act, str, int]
"""An act in a file: its country, what it is, its date and its line."""


def brief_of(
    window: BriefWindow,
    *,
    countries: Sequence[str] = (),
    findings: Iterable[Finding] = (),
    left_out: Iterable[str] = (),
    inline: bool = True,
) -> Brief:
    """Build a brief. `findings` are those of reading the files, `countries` those asked for.

    `left_out` names files that could not be used because of errors. Its figures are for one page,
    with links in it, or each for a file of its own if `inline` is false.
    """
    found = window.found
    at = [(replay, replay.history.on(window.until)) for replay in window.replays]
    shown = sorted((one for one in at if _has_dealings(one[1])), key=_stage_order)
    happened, known = found.happened, _only_known(found)
    citations = Citations.of(
        [
            *(item for turn in (*happened, *known) for item in turn.evidence),
            *(best for _, position in shown for best in _best(position)),
        ]
    )
    footnotes = Footnotes(citations)
    views = _Changes(window, footnotes)
    changed, became_known = (tuple(map(views.view, turns)) for turns in (happened, known))
    rows = tuple(_standing(replay, position, footnotes) for replay, position in shown)
    edition = _edition(window, left_out)
    links = _links(views, rows) if inline else {}
    figures, not_drawn = _figures(window, edition.left_out, links)
    title = finding_of(found, window.until)
    stamp = Stamp(kind="report", name=NAME, title=title, edition=edition, data=brief_digest(window))
    return Brief(
        title=title,
        lede=_lede(window),
        since=str(window.since),
        until=str(window.until),
        days=days_in_words(window.since, window.until),
        known_by=str(window.known_by or ""),
        changed=changed,
        known=became_known,
        limits=tuple(_limits(window)),
        headline=headline(window.replays, window.until),
        rows=rows,
        others=tuple(_others(at)),
        figures=figures,
        not_drawn=not_drawn,
        findings=findings_of([*findings, *(f for r in window.replays for f in r.findings)]),
        sources=tuple(reference_view(source, footnotes) for source in citations.sources),
        csl=csl_json(citations.sources),
        bibtex=bibtex(citations.sources),
        citation=without_marks(citation_of_file(stamp).text),
        command=_command(window, countries),
        edition=edition,
        stamp=stamp,
    )


def _edition(window: BriefWindow, left_out: Iterable[str]) -> Edition:
    days = {"since": window.since, "until": window.until}
    return edition_of(window.replays, dates="all", left_out=left_out, options=days)


def _lede(window: BriefWindow) -> str:
    days = days_in_words(window.since, window.until)
    known = f", as known by {day_in_words(window.known_by)}" if window.known_by else ""
    ends = ", when the data end" if window.ends_with_data else ""
    return (
        f"What changed in the relations of {window.of} with the Taliban {days}, and who stood where"
        f" on {day_in_words(window.until)}{ends}{known}."
    )


def _command(window: BriefWindow, countries: Sequence[str]) -> str:
    known = ["--known-by", str(window.known_by)] if window.known_by else []
    days = ["--since", str(window.since), "--until", str(window.until)]
    return " ".join(["recognition-model report", *countries, *days, *known])


# --- what changed ---------------------------------------------------------------------------------


def _only_known(found: Turns) -> tuple[Turn, ...]:
    """The changes that became known in the window, and are not among those that happened in it."""
    happened = {_entry_of(turn) for turn in found.happened}
    return tuple(
        turn for turn in found.became_known if turn.gone or _entry_of(turn) not in happened
    )


def _entry_of(turn: Turn) -> _Entry:
    return turn.country, turn.change.act, turn.date.text, turn.change.place.line


class _Changes:
    """The views of changes, with the names of their entries.

    `shown` are the addresses of those viewed, by country and number; `words` say what is there.
    """

    def __init__(self, window: BriefWindow, footnotes: Footnotes) -> None:
        self._footnotes = footnotes
        known = (turn for turn in window.found.became_known if not turn.gone)
        self._known = {_entry_of(turn): turn for turn in known}
        self._names: dict[_Entry, tuple[int, str]] = {}
        self.shown: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self.words: dict[str, str] = {}
        for scenario in window.scenarios:
            names = entry_anchors(scenario)
            for number, step in enumerate(scenario.timeline, start=1):
                if isinstance(step, ActStep):
                    entry = scenario.country, step.act, step.date.text, step.place.line
                    self._names[entry] = number, names[number]

    def view(self, turn: Turn) -> ChangeView:
        """Build the view of one change."""
        change, known = turn.change, self._known.get(_entry_of(turn), turn)
        number, anchor = self._names[_entry_of(turn)]
        self.shown[turn.country][number] = f"#{anchor}"
        self.words[f"#{anchor}"] = f"{name_of(turn.country)}: {DEEDS[change.act]} {turn.date.text}"
        footnotes, best = self._footnotes, change.best
        footnotes.where = name_of(turn.country)
        footnotes.proofs(turn.evidence, anchor)
        return ChangeView(
            anchor=anchor,
            date=turn.date.text,
            country=name_of(turn.country),
            deed=DEEDS[change.act],
            before=brief_state(turn.before, assumed=turn.before_assumed),
            after=brief_state(turn.after),
            stage=turn.after.stage,
            who=f"{SPEAKERS[best.voice]}, {best.grade}" if best else "no evidence",
            refs=_refs(footnotes, (item for item in turn.evidence if item.supports)),
            against=_refs(footnotes, (item for item in turn.evidence if not item.supports)),
            note=without_marks(change.note),
            doubt=without_marks(change.contradiction),
            perhaps=turn.in_window == "perhaps",
            known_on=str(known.known_on or ""),
            instead=_instead(turn.was) if turn.was else "",
            gone=turn.gone,
        )


def _refs(footnotes: Footnotes, evidence: Iterable[Evidence]) -> tuple[Any, ...]:
    return tuple(footnotes.ref(name) for name in dict.fromkeys(e.source.id for e in evidence))


def _instead(was: Turn) -> str:
    before = brief_state(was.before, assumed=was.before_assumed)
    return f"until then known as from {before} to {brief_state(was.after)}"


def _limits(window: BriefWindow) -> list[str]:
    found = window.found
    said = ends_sooner(found.last_days, window.until, window.since)
    if any(turn.in_window == "perhaps" for turn in (*found.happened, *found.became_known)):
        said.insert(0, "“Perhaps”: the dates leave open whether it falls into these days.")
    return said


# --- who stands where -----------------------------------------------------------------------------


def _has_dealings(position: Position) -> bool:
    return any(state.stage is not Stage.HOSTILE for state in position.states)


def _best(position: Position) -> Iterable[Evidence]:
    """The evidence that a row of the table names."""
    change = position.spells[-1].change
    return [change.best] if change and change.best else []


def _stage_order(one: tuple[Replay, Position]) -> tuple[int, Any, str]:
    """Sort by stage (highest first), then by the first day of its spell, then by name."""
    replay, position = one
    rank = max(state.stage.rank for state in position.states)
    begins = position.spells[-1].begins.earliest.toordinal()
    return -rank, begins, name_of(replay.country)


def _standing(replay: Replay, position: Position, footnotes: Footnotes) -> BriefRow:
    """Build a row of the table. Its words are those of the last day that the data cover."""
    covered = replay.history.on(min(position.day, position.documented_until))
    words = humanize(covered.in_words())
    in_force = [state for state in position.states if state.ban is Ban.IN_FORCE]
    if any(state.stage is not Stage.BANNED for state in in_force):
        words = f"{words}; {bans_in_words(position)}"
    searched = position.searched_until if position.basis is Basis.REVIEWED else None
    return BriefRow(
        code=replay.country,
        name=name_of(replay.country),
        words=words,
        until=f"{position.documented_until}{f', searched to {searched}' if searched else ''}",
        row=row_of(replay, position, footnotes, ()),
    )


def _others(at: Sequence[tuple[Replay, Position]]) -> list[str]:
    """Count the countries without dealings on the day, by what their records say, and name them."""
    without = [(replay, position) for replay, position in at if not _has_dealings(position)]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for replay, position in without:
        groups[_why_none(position)].append(name_of(replay.country))
    counts = Counter({words: len(names) for words, names in groups.items()})
    return [
        f"{words[:1].upper()}{words[1:]}: {count} ({join_limited(sorted(groups[words]))})."
        for words, count in counts.most_common()
    ]


def _why_none(position: Position) -> str:
    """Say of a country without dealings on what that rests."""
    if not position.spells:
        return "the record begins later"
    words = humanize(position.words_of(position.spells[-1]))
    if position.basis is Basis.REVIEWED:
        return f"{words}, and a later search found no change"
    return f"{words}, but the data end sooner" if position.basis is Basis.BEYOND else words


# --- figures --------------------------------------------------------------------------------------


def _links(views: _Changes, rows: Iterable[BriefRow]) -> dict[str, Any]:
    """Link each mark of a figure to the row of its change, and each country to its row.

    These are the options `links` and `words` of a figure.
    """
    countries = {one.code: f"#{one.code}" for one in rows}
    standing = {f"#{one.code}": f"{one.name}: {one.words}" for one in rows}
    return {
        "links": Links(entries=views.shown, countries=countries),
        "words": {**views.words, **standing},
    }


def _figures(
    window: BriefWindow, left_out: tuple[str, ...], links: Mapping[str, Any]
) -> tuple[tuple[FigureView, ...], tuple[str, ...]]:
    """Draw the timeline, and the map or the history of one country; say which cannot be drawn."""
    from recognition_model.plots import PictureError

    many = len(window.replays) > 1
    asked: list[tuple[str, dict[str, Any]]] = [
        ("timeline", {"since": window.since, "until": window.until}),
        ("map", {"on": window.until}) if many else ("history", {}),
    ]
    drawn, missing = [], []
    for kind, options in asked:
        try:
            figure = _drawn(kind, window.replays, left_out=left_out, **options, **links)
            drawn.append(evolve(figure, name=kind))
        except PictureError as error:
            missing.append(f"The figure “{kind}” is left out: {error}.")
    return tuple(drawn), tuple(missing)


def _drawn(kind: str, replays: Sequence[Replay], **options: Any) -> FigureView:
    """Draw a figure; a timeline that is too tall is laid out again, if it can be lower."""
    from recognition_model.plots import PictureError
    from recognition_model.plots.layout import layout_for

    figure = figure_view(kind, replays, **options)
    found = _HEIGHT.search(figure.svg)
    if kind == "timeline" and found and float(found[1]) > TALLEST * _POINTS:
        name = "web" if "links" in options else "page"
        with suppress(PictureError):
            lower = layout_for(name, sources=False, height=TALLEST)
            return figure_view(kind, replays, **options, layout=lower)
    return figure
