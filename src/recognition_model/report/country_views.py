"""Views of a country: its section of a report or page, and its row in the table of countries."""

from __future__ import annotations

from attrs import evolve

from recognition_model.analysis.why import why
from recognition_model.core.countries import name_of
from recognition_model.core.organisations import RecordKind
from recognition_model.core.position import Position
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import State
from recognition_model.core.wording import escape_invisible, humanize, without_marks
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.refusals import NextAct, next_acts
from recognition_model.report.entries import Footnotes, doubts_of, entries_of, move_in_words
from recognition_model.report.figures import NOT_DRAWN, histories
from recognition_model.report.findings import bare_name, findings_of
from recognition_model.report.grounds import chain_of, rests_on
from recognition_model.report.sentences import VOICES, answer, bans_in_words, start_basis
from recognition_model.report.view import (
    ActView,
    ChainLink,
    Country,
    NextActsView,
    Row,
    Standing,
)


def country_view(replay: Replay, footnotes: Footnotes) -> Country:
    """Build the view of one country. Its figure links to the entries of the same page."""
    one = undrawn_view(replay, footnotes)
    (drawn,) = histories([replay], [one.entries], footnotes.citations, inline=True)
    return evolve(one, picture=drawn)


def undrawn_view(replay: Replay, footnotes: Footnotes) -> Country:
    """Build the view of one country: its row, answer, entries, doubts, next acts and findings.

    Its figure is still empty.
    """
    scenario: Scenario = replay.scenario
    footnotes.where = name_of(replay.country)
    position = replay.history.on(replay.history.documented_until)
    reasons = why(replay)
    row = row_of(replay, position, footnotes, chain_of(reasons))
    doctrine, doctrine_at = scenario.doctrine, f"{replay.country}/doctrine"
    before, after = answer(replay)
    entries = entries_of(replay, footnotes)
    # If nothing was known by this day, there are no next acts.
    states = position.states if replay.history.documented else ()
    return Country(
        code=replay.country,
        name=name_of(replay.country),
        title=name_of(replay.country) if replay.title is None else without_marks(replay.title),
        file=escape_invisible(bare_name(scenario.file)),
        row=row,
        answer=(before, row.ref, after),
        grounds=without_marks(rests_on(reasons)),
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
    row = row_of(replay, position, footnotes, chain_of(why(replay, otherwise=False)))
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
