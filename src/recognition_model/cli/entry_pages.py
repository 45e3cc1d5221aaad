"""Entries, evidence, acts and sources as pages: for the commands that show a record to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from recognition_model.analysis.recorded import RecordedEntry, StateActs
from recognition_model.cli.page import Block, Content, Heading, Inline, Paragraph, Styled, Table
from recognition_model.core.citations import Citations
from recognition_model.core.dating import dating_in_words
from recognition_model.core.evidence import Evidence
from recognition_model.core.scenario import ActStep, Start
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import StatusCheck, UnexpectedlyPermitted
from recognition_model.engine.refusals import Refusal
from recognition_model.report.entries import deed_of, move_in_words, result_of, state_in_words
from recognition_model.report.grounds import place
from recognition_model.report.sentences import SPEAKERS

INDENT = 2
DETAIL = 4


def start_blocks(start: Start, citations: Citations) -> Iterator[Block]:
    """Write the start of a record, with why it is assumed and its evidence."""
    assumed = start.assumed is not None
    yield Heading(f"{start.date.in_words}: start", level=3)
    state = state_in_words(start.state, assumed=assumed)
    yield Paragraph(f"{state}; {place(start.place)}", INDENT)
    if start.assumed:
        yield Paragraph((Styled("assumed:", "muted"), f" {start.assumed}"), INDENT)
    yield from evidence_blocks(start.evidence, citations)


def hindsight_blocks(
    known_by: date | None, start: Start | None, entries: Iterable[RecordedEntry]
) -> Iterator[Block]:
    """Say of a page known by a day that the authors' own words on it are later than that day.

    These are why the start is assumed, if it is shown, and why an act is struck out. Notes and
    contradictions are left out of such a page.
    """
    struck = any(isinstance(entry.outcome, ActStep) for entry in entries)
    if known_by and (struck or (start and start.assumed)):
        yield Paragraph(
            "Notes on assumed starts and struck-out acts were written later, by the record's"
            " authors."
        )


def entry_blocks(entry: RecordedEntry, citations: Citations) -> Iterator[Block]:
    """Write an entry: date, what it claims, what the replay made of it, note, doubt, evidence."""
    step, outcome = entry.step, entry.outcome
    deprecated = isinstance(outcome, ActStep)
    deed = Styled(deed_of(outcome), "struck" if deprecated else "")
    yield Heading((f"{step.date.in_words}: ", deed), level=3)
    result: Inline = result_of(outcome)
    if entry.set_aside:
        result = Styled(str(result), "bad")
    yield Paragraph((result, f"; {place(step.place)}"), INDENT)
    if isinstance(step, ActStep) and (dating := dating_in_words(step.act, step.dated_by)):
        yield Paragraph(dating, INDENT)
    yield from (Paragraph(reason, INDENT) for reason in reasons_of(entry))
    if step.note:
        yield Paragraph(step.note, INDENT)
    if step.contradiction:
        yield Paragraph((Styled("in doubt:", "doubt"), f" {step.contradiction}"), INDENT)
    yield from evidence_blocks(step.evidence, citations)


def reasons_of(entry: RecordedEntry) -> Iterator[Content]:
    """Say why an entry was set aside: every unmet condition of every rule, and what it needs."""
    outcome = entry.outcome
    if isinstance(outcome, Refusal):
        yield f"not met: {humanize(outcome.in_words())}"
        yield humanize(outcome.suffices)
    elif isinstance(outcome, ActStep):
        yield f"struck out: {outcome.because}"
    elif isinstance(outcome, UnexpectedlyPermitted):
        yield f"{outcome.rule.code}: {outcome.rule.why}"
    elif isinstance(outcome, StatusCheck) and not outcome.verdict.possible:
        yield "the history of this record says otherwise"


def evidence_blocks(evidence: Iterable[Evidence], citations: Citations) -> Iterator[Block]:
    """Write each item of evidence: its claim, publisher, date, voice and grade."""
    for item in evidence:
        source = item.source
        number = citations.numbers[source.id]
        told: list[Inline] = [item.claim, " ", Styled(source.publisher, link=source.url or "")]
        told.append(f" [{number}], {source.issued.in_words}; {SPEAKERS[item.voice]};")
        told.append(f" {item.grade_in_words}")
        if item.announcement:
            told.append("; announced before")
        if not item.supports:
            told += ["; ", Styled("disputes it", "bad")]
        yield Paragraph(tuple(told), DETAIL, 2)


def acts_blocks(acts: StateActs) -> Iterator[Block]:
    """Write a table of the acts open and closed, for each state that is possible."""
    for state, some in acts:
        if len(acts) > 1:
            yield Paragraph(f"if {humanize(state)}:")
        rows = []
        for act in sorted(some, key=lambda act: (bool(act.only_if), not act.open)):
            what = move_in_words(act, state) or humanize(act.in_words())
            needs = f"only if {act.only_if}; {act.suffices}" if act.only_if else act.suffices
            word = Styled("open", "good") if act.open else Styled("closed", "muted")
            rows.append((humanize(act.act), word, what, humanize(needs)))
        yield Table(("Act", "", "Leads to, or is not met", "Needs"), tuple(rows))


def sources_blocks(citations: Citations) -> Iterator[Block]:
    """List the sources by number, with their addresses."""
    if not citations.sources:
        return
    yield Heading("Sources")
    for number, source in enumerate(citations.sources, start=1):
        told: list[Inline] = [f"{source.publisher}, {source.title}, {source.issued.in_words}"]
        if source.url:
            told += [": ", Styled(source.url, link=source.url)]
        yield Paragraph(tuple(told), 0, 5, label=f"[{number}]")
