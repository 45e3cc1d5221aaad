"""What is wrong with a scale: a state without a level, an entry of two levels, a way to nowhere.

These checks look at the scale and the vocabulary alone, and so hold for every record.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.diagnostics import MOST_FINDINGS
from recognition_model.core.scales import Entering, Entries, Leaving, Level, Move, Scale
from recognition_model.core.signals import Vocabulary
from recognition_model.core.stages import STATES
from recognition_model.core.wording import did_you_mean, near_words, plural, shown


@frozen(kw_only=True, repr=False)
class Fault(Readable):
    """One mistake. `at` is its place in the file: the keys and the numbers of a list's entries."""

    code: str
    message: str
    hint: str = ""
    at: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


def faults_of(scale: Scale, vocabulary: Vocabulary) -> tuple[Fault, ...]:
    """List what is wrong with a scale, whatever the record; empty for one that can be used.

    What the words of the file mean is checked first: with an unknown word or level, nothing else
    is.
    """
    found = (*_few(scale), *_twice(scale), *_unknown(scale, vocabulary))
    return found or (*_without_level(scale), *_ambiguous(scale, vocabulary), *_idle(scale))


def _few(scale: Scale) -> Iterator[Fault]:
    if len(scale.levels) < 2:
        has = plural(len(scale.levels), "level", "levels")
        message = f"a scale has two levels or more; this has {has}"
        yield Fault(code="RM250", message=message, hint="add a level", at=("levels",))


def _twice(scale: Scale) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for number, level in enumerate(scale.levels):
        if level.level in lines:
            message = f"the level {shown(level.level)} stands in line {lines[level.level]} already"
            hint = "give each level its own word, or make one of them"
            yield Fault(code="RM251", message=message, hint=hint, at=("levels", number, "level"))
        lines.setdefault(level.level, level.place.line)


def _unknown(scale: Scale, vocabulary: Vocabulary) -> Iterator[Fault]:
    searched: dict[str, tuple[str, str]] = {}
    for number, level in enumerate(scale.levels):
        for key, at, by in _parts(level):
            place = ("levels", number, key, at)
            for n, word in enumerate(by.signals):
                if word not in vocabulary.families:
                    if word not in searched:
                        few = len(searched) < MOST_FINDINGS  # no more are listed
                        searched[word] = _unknown_word(word, vocabulary, near=few)
                    message, hint = searched[word]
                    at_word = (*place, "signals", n)
                    yield Fault(code="RM252", message=message, hint=hint, at=at_word)
            named: list[tuple[tuple[str | int, ...], str]] = []
            named += [(("to",), by.to)] if isinstance(by, Leaving) else []
            if isinstance(by, Entering):
                named += [(("only-from", n), name) for n, name in enumerate(by.only_from)]
            for end, name in named:
                if name not in scale.names:
                    near = did_you_mean(near_words(name, scale.names))
                    message = f"the scale has no level {shown(name)}"
                    hint = near or f"write one of {', '.join(scale.names)}"
                    yield Fault(code="RM253", message=message, hint=hint, at=(*place, *end))


def _unknown_word(word: str, vocabulary: Vocabulary, *, near: bool) -> tuple[str, str]:
    """Say what is wrong with a word, and what helps; with `near`, name words like it."""
    now = vocabulary.canonical(word)
    if now is not None:
        return f"the word {word} is now {now}", f"write {now}"
    every = (*vocabulary.families, *vocabulary.aliases) if near else ()
    like = did_you_mean(vocabulary.canonical(one) or one for one in near_words(word, every))
    message = f"{shown(word)} is not in the vocabulary of signals"
    return message, like or "`explain signals` lists the words"


def _without_level(scale: Scale) -> Iterator[Fault]:
    lacking = [state for state in STATES if not scale.held_in(state)]
    if not lacking:
        return
    more = f", and in {plural(len(lacking) - 1, 'other state', 'other states')}"
    message = f"no level can be held in the state {lacking[0]}{more if lacking[1:] else ''}"
    hint = "name the stage or the ban in the `held-in:` of a level, or leave `held-in:` out there"
    yield Fault(code="RM254", message=message, hint=hint, at=("levels",))


def _ambiguous(scale: Scale, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Report each part that leads from a level, in some state, where another part does too."""
    told: set[tuple[str | int, ...]] = set()
    named = {word for one in scale.levels for _, _, by in _parts(one) for word in by.signals}
    meeting: dict[tuple[str, str], bool] = {}
    for level in scale.levels:
        taken: dict[str, dict[str, Move]] = {}  # of each symbol, the first move to each level
        for move in scale.moves(level):
            for symbol in _symbols(move.by, named, vocabulary):
                others = taken.setdefault(symbol, {})
                for after, other in others.items():
                    pair = move.after, after
                    if pair not in meeting:
                        meeting[pair] = _meet(scale, *pair)
                    if not meeting[pair]:
                        continue
                    if move.at not in told:
                        told.add(move.at)
                        where = f"to {after} in line {other.by.place.line}"
                        message = f"{symbol} leads from {level.level} to {move.after}, and {where}"
                        hint = "an entry leads to one level: take it out of one of the two"
                        yield Fault(code="RM255", message=message, hint=hint, at=move.at)
                    break
                others.setdefault(move.after, move)


def _meet(scale: Scale, one: str, other: str) -> bool:
    """Whether some state can be held at both levels."""
    ends = [scale.named(name).held_in for name in (one, other)]
    return any(all(end.takes(state) for end in ends) for state in STATES)


def _symbols(by: Entries, named: Container[str], vocabulary: Vocabulary) -> list[str]:
    """What can be meant by a part of the file: each signal and each act, as often as named."""
    of_families = [
        word for one in by.families for word in vocabulary.in_family(one) if word not in named
    ]
    words = [*by.signals, *of_families]
    return [*(f"signal {word}" for word in words), *(f"act {act}" for act in by.acts)]


def _idle(scale: Scale) -> Iterator[Fault]:
    """Report levels that nothing leads to, and parts that cannot lead anywhere."""
    given = {scale.at_first(state).level for state in STATES if scale.held_in(state)}
    for number, level in enumerate(scale.levels):
        here: tuple[str | int, ...] = ("levels", number)
        if level.level not in given and not level.entered_by and level.level not in _aims(scale):
            message = f"nothing leads to the level {level.level}"
            hint = "add `entered-by:`; a state alone gives the lowest level that it can hold"
            yield Fault(code="RM256", message=message, hint=hint, at=here)
        for key, at, by in _parts(level):
            place = (*here, key, at)
            only_from = by.only_from if isinstance(by, Entering) else ()
            if isinstance(by, Leaving) and by.to == level.level:
                message = f"it leads from {level.level} back to {level.level}"
                hint = "name another level in `to:`, or remove the entry"
                yield Fault(code="RM257", message=message, hint=hint, at=(*place, "to"))
            elif level.level in only_from:
                message = f"it leads from {level.level} to {level.level}"
                hint = f"take {level.level} out of `only-from:`"
                yield Fault(code="RM257", message=message, hint=hint, at=(*place, "only-from"))
            elif isinstance(by, Entering) and not number and not only_from:
                message = f"no level is lower than {level.level}, from which it could lead there"
                hint = "name the higher levels in `only-from:`"
                yield Fault(code="RM257", message=message, hint=hint, at=place)


def _aims(scale: Scale) -> set[str]:
    return {leaving.to for level in scale.levels for leaving in level.left_by}


def _parts(level: Level) -> Iterator[tuple[str, int, Entries]]:
    """Yield what enters and what leaves a level: the key, the number in its list, the part."""
    yield from (("entered-by", at, by) for at, by in enumerate(level.entered_by))
    yield from (("left-by", at, by) for at, by in enumerate(level.left_by))
