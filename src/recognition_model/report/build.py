"""A report as plain values, from replays: what is told, in which order, under which number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from attrs import evolve

from recognition_model.analysis.claims import ClaimCheck
from recognition_model.core.citations import Citations
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import Finding
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.history import Position
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import State
from recognition_model.core.wording import escape_invisible, humanize
from recognition_model.engine.outcomes import Replay, step_of
from recognition_model.engine.refusals import NextAct, next_acts
from recognition_model.exports.bibliography import bibtex, csl_json
from recognition_model.io.provenance import digest, version
from recognition_model.report.as_of import as_json, as_of
from recognition_model.report.entries import Footnotes, claim_told, doubts_of, entries_of
from recognition_model.report.sentences import KINDS, VOICES, answer, bans_in_words, in_prose
from recognition_model.report.view import (
    ActView,
    Cited,
    Country,
    FigureView,
    FindingView,
    NextActsView,
    Page,
    Ref,
    Reference,
    Row,
)

Watch = Callable[[Sequence[Replay]], Iterable[Replay]]
_HTTP = re.compile(r"https?://[^\s<>\"]+", re.ASCII)


def page_of(
    replays: Sequence[Replay],
    *,
    claims: Sequence[ClaimCheck] = (),
    findings: Sequence[Finding] = (),
    watch: Watch = iter,
) -> Page:
    """A whole report of replays; `findings` are those that belong to none of them.

    Countries come by last documented stage, the highest first, then by the day it was reached,
    then by name. `watch` is given the replays and yields them back, to show how far it is.
    Raises `ValueError` for no replay at all, and for replays known by different days.
    """
    if len({replay.known_by for replay in replays}) != 1:
        raise ValueError("a report is of one replay or more, all known by the same day")
    replays = sorted(replays, key=_state_order)
    told = [item for replay in replays for item in _told(replay)]
    citations = Citations.of([*told, *(e for check in claims for e in check.claim.evidence)])
    teller = Footnotes(citations)
    countries = tuple(_country(replay, teller) for replay in watch(replays))
    claimed = tuple(claim_told(check, teller) for check in claims)
    known_by = replays[0].known_by
    return Page(
        title=f"Where {_whom(replays)} towards the Taliban government",
        known_by=str(known_by) if known_by else "",
        until=str(max(replay.history.documented_until for replay in replays)),
        pictures=tuple(_drawn(kind, replays) for kind in ("swimmer", "share")),
        countries=countries,
        claims=claimed,
        findings=_noticed(findings),
        sources=tuple(_reference(source, teller) for source in citations.sources),
        csl=csl_json(citations.sources),
        bibtex=bibtex(citations.sources),
        data=as_json(as_of(replays, citations)),
        version=version(),
        digest=digest(replay.scenario for replay in replays),
    )


def _whom(replays: Sequence[Replay]) -> str:
    one = len(replays) == 1
    return f"{in_prose(replays[0].country)} stands" if one else f"{len(replays)} countries stand"


def _state_order(replay: Replay) -> tuple[bool, int, int, str]:
    """As the page's script sorts by stage: the highest first, then the first day, then the name."""
    history = replay.history
    earliest, _ = history.bounds[-1]
    stage = -history.last.stage.rank
    return not history.documented, stage, earliest, name_of(replay.country)


def _told(replay: Replay) -> list[Evidence]:
    """The evidence shown of a replay, in the order of the file."""
    later = (item for outcome in replay.outcomes for item in step_of(outcome).evidence)
    doctrine = replay.scenario.doctrine
    first = doctrine.evidence if doctrine else ()
    return [*first, *replay.scenario.start.evidence, *later]


def _country(replay: Replay, teller: Footnotes) -> Country:
    scenario: Scenario = replay.scenario
    teller.where = name_of(replay.country)
    position = replay.history.on(replay.history.documented_until)
    row = _row(replay, position, teller)
    doctrine = scenario.doctrine
    before, after = answer(replay)
    # The record ends with what nobody could know; of nothing, nothing can follow.
    states = position.states if replay.history.documented else ()
    return Country(
        code=replay.country,
        name=name_of(replay.country),
        # A title is written with hindsight, as notes are.
        title=name_of(replay.country) if replay.known_by else escape_invisible(scenario.title),
        file=escape_invisible(_file(scenario.file)),
        row=row,
        answer=(before, row.ref, after),
        doctrine=escape_invisible(doctrine.says) if doctrine else "",
        doctrine_proofs=teller.proofs(doctrine.evidence) if doctrine else (),
        picture=_drawn("history", [replay], citations=teller.citations),
        entries=entries_of(replay, teller),
        hidden=replay.not_yet_public,
        doubts=doubts_of(replay, teller),
        outlooks=tuple(_outlook(state, alone=len(states) == 1) for state in states),
        findings=_noticed(replay.findings),
    )


def _row(replay: Replay, position: Position, teller: Footnotes) -> Row:
    """The same cells that the page's script fills for any other day."""
    spell = position.spells[-1] if position.spells else None
    since = str(spell.begins) if spell and position.certain else ""
    who, ref = ("assumed at the start" if spell else "", None)
    if spell and spell.change:
        act = "" if position.certain else f"{humanize(spell.change.act)}: "
        best = spell.change.best
        who = f"{act}{VOICES[best.voice]}, {best.grade}" if best else f"{act}nobody"
        ref = Ref(teller.citations.numbers[best.source.id]) if best else None
    stages = dict.fromkeys(state.stage for state in position.states)
    return Row(
        words=humanize(position.in_words()),
        stages=tuple(stages),
        ban=bans_in_words(position),
        since=since,
        who=who,
        ref=ref,
        until=str(position.documented_until),
        sort=(
            max(stage.rank for stage in stages) if position.begun else -1,
            replay.history.bounds[-1][0],
        ),
    )


def _outlook(state: State, *, alone: bool) -> NextActsView:
    acts = sorted(next_acts(state), key=lambda act: not act.open)
    return NextActsView(
        given="" if alone else humanize(state),
        acts=tuple(_next(act, state) for act in acts),
    )


def _next(act: NextAct, state: State) -> ActView:
    unmet = tuple(humanize(attempt) for attempt in act.attempts if attempt.unmet)
    opened = (f"{act.rule.code} to {humanize(act.rule.move(state))}",) if act.rule else ()
    return ActView(
        act=humanize(act.act),
        open=act.open,
        what=opened or unmet or ("no rule is about it",),
        needs=humanize(act.suffices),
    )


def _noticed(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
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
    """A file's name alone: where somebody keeps it is no part of the record."""
    return PurePath(path).name


def _drawn(kind: str, replays: Sequence[Replay], **options: Any) -> FigureView:
    from recognition_model.plots import picture

    drawn = picture(kind, replays, **options)
    one = kind == "history"
    return FigureView(
        name=f"{kind}-{replays[0].country}" if one else kind,
        title=escape_invisible(drawn.title),
        description=escape_invisible(drawn.description),
        caption=escape_invisible(drawn.caption),
        svg=drawn.svg(),
    )


def _reference(source: Source, teller: Footnotes) -> Reference:
    cited: dict[str, list[str]] = defaultdict(list)
    for where, anchor in teller.cited[source.id]:
        cited[where].append(anchor)
    return Reference(
        number=teller.citations.numbers[source.id],
        id=source.id,
        author=escape_invisible(source.author or ""),
        title=escape_invisible(source.title),
        publisher=escape_invisible(source.publisher),
        issued=source.issued.text,
        public="" if source.public == source.issued else source.public.text,
        seen=source.seen.text if source.seen else "",
        kind=KINDS.get(source.type, source.type.value),
        language=source.language,
        url=_link(source.url),
        archive=_link(source.archive),
        grade=source.reliability.value,
        reliability=humanize(source.reliability.name.lower()),
        note=escape_invisible(source.note or ""),
        cited=tuple(Cited(where=where, anchors=tuple(at)) for where, at in cited.items()),
    )


def _link(url: str | None) -> str:
    """An address that is safe to link to, what hides in it made plain; none but http and https."""
    if url is None or not _HTTP.match(url):
        return ""
    return "".join(c if c.isprintable() and c not in '<>" ' else quote(c) for c in url)
