"""Proof of a scale: over every state, every entry that could be, and every entry of a record.

`core.scale_faults` checks the file as it is read. This looks at what the scale does: it tries all
levels, states and entries one by one, and walks through replays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.changes import Change
from recognition_model.core.level_history import label_of, levels_of
from recognition_model.core.scale_faults import Fault, faults_of
from recognition_model.core.scales import Mover, Scale
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Vocabulary
from recognition_model.core.stages import STATES, Act, State
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.vocabulary import shipped_vocabulary


@frozen(kw_only=True, repr=False)
class KeptOut(Readable):
    """An entry that names a level which its state does not allow, so that nothing moved."""

    country: str
    what: str
    date: str
    line: int
    level: str
    state: State

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "country": self.country,
            "what": self.what,
            "date": self.date,
            "line": self.line,
            "level": self.level,
            "state": str(self.state),
        }

    def __str__(self) -> str:
        return f"{self.country}: {self.what} {self.date}, not {self.level} while {self.state}"


@frozen(kw_only=True, repr=False)
class ScaleProof(Readable):
    """Result of `prove_scale`.

    `faults` are mistakes of the scale, whatever the record. `cases` counts the combinations tried
    of a level, the state after an entry, and the entry. `entries` counts the acts and signals of
    the replays, `moves` those that moved a level. `ambiguous` names entries that lead to two
    levels, `unheld` levels that the state of the time does not allow: both are empty for a scale
    that can be used. `reached` has the countries that ever stood on each level, and `kept_out` the
    entries that the state kept from counting.
    """

    scale: Scale
    faults: tuple[Fault, ...]
    cases: int
    entries: int
    moves: int
    ambiguous: tuple[str, ...]
    unheld: tuple[str, ...]
    reached: Mapping[str, tuple[str, ...]] = field(eq=False)
    kept_out: tuple[KeptOut, ...]

    @property
    def ok(self) -> bool:
        """Whether every state has a level, and no entry leads to two."""
        return not (self.faults or self.ambiguous or self.unheld)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-scale-proof/1`."""
        return {
            "format": "recognition-scale-proof/1",
            "scale": self.scale.name,
            "digest": self.scale.digest,
            "ok": self.ok,
            "faults": [str(fault) for fault in self.faults],
            "cases": self.cases,
            "entries": self.entries,
            "moves": self.moves,
            "ambiguous": list(self.ambiguous),
            "unheld": list(self.unheld),
            "reached": [
                {"level": level, "countries": list(codes)} for level, codes in self.reached.items()
            ],
            "kept_out": [one.to_dict() for one in self.kept_out],
        }

    def __str__(self) -> str:
        answer = "total and unambiguous" if self.ok else "not usable"
        entries = plural(self.entries, "entry", "entries")
        return f"{self.scale.title}: {answer} over {self.cases:,} cases and {entries}"


def prove_scale(
    scale: Scale,
    replays: Iterable[Replay] = (),
    *,
    vocabulary: Vocabulary | None = None,
    rules: RuleTable = RULES,
) -> ScaleProof:
    """Check that a scale is total and unambiguous, over everything possible and over replays.

    `vocabulary` has the words for signals, by default those that ship. `rules` say to which states
    an act can lead.
    """
    known = shipped_vocabulary() if vocabulary is None else vocabulary
    faults = faults_of(scale, known)
    replays = tuple(replays)
    ambiguous, cases = ((), 0) if faults else _try_all(scale, known, rules)
    found, unheld, kept_out = list(ambiguous), [], []
    entries = moves = 0
    reached: dict[str, list[str]] = {name: [] for name in scale.names}
    for replay in replays if not faults else ():
        level, state = scale.at_first(replay.history.start), replay.history.start
        for entry in replay.outcomes:
            if not isinstance(entry, Change | SignalStep):
                continue
            entries += 1
            state = entry.after if isinstance(entry, Change) else state
            aims = _aims(scale, level.level, entry, state)
            where = f"{replay.country} line {entry.place.line}: {label_of(entry)}"
            if len(aims) > 1:
                found.append(f"{where} leads to {' and '.join(sorted(aims))}")
            barred = _aims(scale, level.level, entry, None) - aims
            kept_out += [_kept_out(replay.country, entry, aim, state) for aim in sorted(barred)]
            after = scale.after(level, entry, state)
            moves += after is not level
            level = after
            if not level.held_in.takes(state):
                unheld.append(f"{where}: {level.level} cannot be held in {state}")
        for name in Counter(spell.level.level for spell in levels_of(replay, scale).spells):
            reached[name].append(replay.country)
    return ScaleProof(
        scale=scale,
        faults=faults,
        cases=cases,
        entries=entries,
        moves=moves,
        ambiguous=tuple(found),
        unheld=tuple(unheld),
        reached={name: tuple(sorted(codes)) for name, codes in reached.items()},
        kept_out=tuple(kept_out),
    )


def _try_all(scale: Scale, known: Vocabulary, rules: RuleTable) -> tuple[tuple[str, ...], int]:
    """Try every signal in every state, and every act in the states that a rule leads to."""
    from recognition_model.core.dates import When

    found, cases = [], 0
    when = When.parse("2021-08-15")
    for level in scale.levels:
        for word, family in known.families.items():
            signal = SignalStep(date=when, evidence=(), signal=word, family=family)  # type: ignore[arg-type]
            for state in STATES:
                cases += 1
                aims = _aims(scale, level.level, signal, state)
                if len(aims) > 1:
                    found.append(f"signal {word} in {state} leads to {' and '.join(sorted(aims))}")
        for act, after in sorted(_ends(rules), key=str):
            cases += 1
            named = {move.after for move in scale.moves(level) if act in move.by.acts}
            aims = {aim for aim in named if scale.named(aim).held_in.takes(after)}
            if len(aims) > 1:
                found.append(f"act {act} to {after} leads to {' and '.join(sorted(aims))}")
    return tuple(dict.fromkeys(found)), cases


def _ends(rules: RuleTable) -> set[tuple[Act, State]]:
    """Every act with each state that a rule can lead to by it."""
    return {
        (rule.act, rule.move(State(stage, ban)))
        for rule in rules
        for stage in rule.before
        for ban in rule.ban_must_be
    }


def _aims(scale: Scale, level: str, entry: Mover, state: State | None) -> set[str]:
    """The levels to which a scale leads by an entry; with a state, those that it allows."""
    aims = {move.after for move in scale.moves(scale.named(level)) if scale.fits(move.by, entry)}
    if state is None:
        return set(aims)
    return {aim for aim in aims if scale.named(aim).held_in.takes(state)}


def _kept_out(country: str, entry: Mover, level: str, state: State) -> KeptOut:
    return KeptOut(
        country=country,
        what=label_of(entry),
        date=entry.date.text,
        line=entry.place.line,
        level=level,
        state=state,
    )
