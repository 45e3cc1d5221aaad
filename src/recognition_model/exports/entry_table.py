"""The table of entries, in which no word of a used entry stands for one that was not used.

The replay uses an act that changed the state, a status that holds in some reading, and a signal
that no party denies. Every other entry has a kind of its own, and its words stand in `claimed`:
`kind`, `subject`, `act`, `signal`, `family` and the columns of a status select used entries alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from recognition_model.analysis.recorded import counted_from, known_entries, outcome_of
from recognition_model.core.changes import Change
from recognition_model.core.scenario import (
    ActStep,
    Assertion,
    RefuseStep,
    SignalStep,
    StatusStep,
    Step,
)
from recognition_model.engine.outcomes import Outcome, Replay, StatusCheck
from recognition_model.exports.categories import (
    ACTS,
    ATTESTATIONS,
    BANS,
    FAMILIES,
    KINDS,
    OUTCOMES,
    REASONS,
    STAGES,
)
from recognition_model.exports.long_tables import CODE, DATED_BY, RECORD_KIND, day_cells
from recognition_model.exports.table_schema import (
    Cell,
    Field,
    Kind,
    Row,
    Table,
    dated,
    numbered,
    text,
)

USED = ("act", "status", "signal")
"""The kinds of the entries that the replay used."""

_USED_ONLY = "Empty for an entry that the replay did not use."


def kind_of(step: Step, outcome: Outcome) -> str:
    """Return the kind of an entry in exports, one of the words of `KINDS`."""
    if isinstance(step, ActStep):
        if step.deprecated:
            return "struck_out"
        return "act" if isinstance(outcome, Change) else "refused"
    if isinstance(outcome, StatusCheck) and not outcome.verdict.possible:
        return "failed"
    if isinstance(step, SignalStep) and step.denied:
        return "denied"
    return step.kind


def subject_of(step: Step) -> str:
    """Return the act, status or signal of an entry, in the words of its file."""
    return step.label.removeprefix(f"{step.kind} ")


def entries(replays: Sequence[Replay], *, alone: bool = False) -> Table:
    """Build the table of timeline entries, with the outcome of each.

    `alone` says that it has records that the table of countries lacks: then it does not refer to
    that.
    """
    return Table(
        name="entries",
        title="Entries",
        description="All dated entries: acts, statuses and signals that the replay used; and those"
        " that it did not, each under a kind of its own.",
        fields=_fields(),
        key=("country", "entry"),
        links={} if alone else {("country",): ("countries", ("country",))},
        rows=tuple(row for replay in replays for row in _rows(replay)),
    )


def _fields() -> tuple[Field, ...]:
    return (
        CODE,
        RECORD_KIND,
        numbered("entry", "Number in the file, counted from 1 in each country."),
        text("kind", "Kind of entry.", required=True, categories=KINDS),
        text("subject", f"The act, status or signal. {_USED_ONLY}", example="recognise"),
        text("claimed", "Of an entry that the replay did not use: its act, status or signal."),
        *dated("date", "When it happened", required=True),
        DATED_BY,
        text("act", f"Of an act: which. {_USED_ONLY}", categories=ACTS),
        text("signal", f"Of a signal: its word. {_USED_ONLY}", example="visit"),
        text(
            "family",
            "Of a signal: the family of its word. Empty if no vocabulary has the word, and for an"
            " entry that the replay did not use.",
            categories=FAMILIES,
        ),
        text("status_stage", f"Of a status: the stage it names. {_USED_ONLY}", categories=STAGES),
        text("status_ban", f"Of a status: the ban it names. {_USED_ONLY}", categories=BANS),
        text(
            "status_at_least",
            f"Of a status: the lowest stage it allows. {_USED_ONLY}",
            categories=STAGES,
        ),
        text(
            "status_below",
            f"Of a status: the stage below which it was. {_USED_ONLY}",
            categories=STAGES,
        ),
        text("attestation", "Level of attestation of its evidence.", categories=ATTESTATIONS),
        text(
            "outcome",
            "What the replay made of an act or a status. Empty for other entries.",
            categories=OUTCOMES,
        ),
        text(
            "expected_because",
            "Of an act that the file expects the rules to refuse: the condition not met.",
            categories=REASONS,
        ),
        text("because", "Why it was refused or is struck out, in words."),
        Field(
            name="deprecated",
            description="Whether the file marks it as not to be believed; it is never replayed.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="counts",
            description="Whether it counts towards the basis of a day: an act that changed the"
            " state, a status that holds in some reading, a signal, denied or not, or a refusal"
            " that the file expects and an authority of the country supports; not if it lies after"
            " the end of the record.",
            kind=Kind.FLAG,
            required=True,
        ),
        Field(
            name="counts_from",
            description="The day from which it counts: its latest possible day, given the order of"
            " the file and the end of the record.",
            kind=Kind.DAY,
        ),
        text("note", "What happened, in the words of the record's authors."),
        text("contradiction", "How sources contradict each other or leave a doubt."),
    )


def _rows(replay: Replay) -> list[Row]:
    days = counted_from(replay)
    rows: list[Row] = []
    for number, step, outcome in known_entries(replay):
        kind = kind_of(step, outcome)
        used = step if kind in USED else None
        day, said = days.get(number), subject_of(step)
        act = step if isinstance(step, ActStep) else None
        row: tuple[Cell, ...] = (replay.country, replay.kind.value, number, kind)
        row += (said, None) if used else (None, said)
        row += (*day_cells(step.date), str(act.dated_by) if act and act.dated_by else None)
        row += (said if isinstance(used, ActStep) else None, *_signal(used), *_status(used))
        word, because = outcome_of(outcome)
        row += (str(step.attestation), word)
        row += (str(step.because) if isinstance(step, RefuseStep) else None, because)
        row += (act is not None and act.deprecated, day is not None, day)
        rows.append((*row, step.note or None, step.contradiction or None))
    return rows


def _signal(step: Step | None) -> tuple[str | None, str | None]:
    if not isinstance(step, SignalStep):
        return None, None
    return step.signal, str(step.family) if step.family else None


def _status(step: Step | None) -> tuple[str | None, ...]:
    status = step.status if isinstance(step, StatusStep) else Assertion()
    parts = (status.stage, status.ban, status.at_least, status.below)
    return tuple(str(part) if part else None for part in parts)
