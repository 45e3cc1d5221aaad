"""The sums over all combinations: shares, what each choice does, and what turns the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.analysis.robustness.blocks import Block, Counting
from recognition_model.analysis.robustness.choices import Choice, Choices, Places
from recognition_model.analysis.robustness.joint_answers import Answers, Shares
from recognition_model.analysis.robustness.outcome import (
    FromFile,
    ListedAnswer,
    Option,
    Robustness,
    Turning,
)
from recognition_model.analysis.robustness.questions import Question
from recognition_model.analysis.robustness.reasoned import Reasoned

MOST_TURNINGS = 20
BLOCK = 1 << 17


@frozen(kw_only=True, eq=False)
class Summary:
    """Every combination by its number, with its case, and the answers of the cases."""

    question: Question
    choices: Choices
    numbers: Places
    cases: Places
    singles: Places
    single_cases: Places
    answers: Answers
    reasoned: Reasoned | None = None

    def result(self, *, seed: int, drawn: bool, blocks: bool = False) -> Robustness:
        """Count where the answer of the shipped choices holds."""
        shares = self.answers.shares
        shipped = shares[self.single_cases[0]]
        answer = most_of(shipped)
        held = [mine.get(answer, Fraction(0)) for mine in shares]
        given = [
            answer if mine.get(answer) == max(mine.values()) else most_of(mine) for mine in shares
        ]
        turned = np.array([one != answer for one in given])
        turned_by, turnings = self._turned(turned, given)
        sums = np.bincount(self.cases, minlength=len(shares)).tolist()
        every = _over_all(sums, shares)
        return Robustness(
            question=str(self.question),
            answer=answer,
            in_words=self.question.in_words(answer),
            combinations=self.numbers.size,
            possible=self.choices.count,
            readings=self.answers.readings,
            drawn=drawn,
            seed=seed if drawn or self.answers.readings > 1 else None,
            share=_mean(zip(sums, held, strict=True)),
            share_as_shipped=shipped[answer],
            answers=every,
            options=tuple(self._options(held, given, answer, turned)),
            turned_by=turned_by,
            turnings=turnings,
            chosen=self._from_file(given, held) if self.reasoned else None,
            blocks=self._in_blocks([answer, *(one for one, _ in every)]) if blocks else (),
        )

    def _in_blocks(self, answers: Iterable[str]) -> tuple[Block, ...]:
        """Put the universes into blocks of one answer; each answer counts at its first place."""
        counting = Counting(
            choices=self.choices,
            numbers=self.numbers,
            cases=self.cases,
            shares=self.answers.shares,
            readings=self.answers.readings,
        )
        return tuple(counting.blocks([*dict.fromkeys(answers)]))

    def _from_file(self, given: Sequence[str], held: Sequence[Fraction]) -> FromFile:
        """Say what the choices file is, and what each universe that it lists answers."""
        assert self.reasoned is not None  # noqa: S101 - the caller asks
        file = self.reasoned.chosen.file
        cases = self.cases.tolist() if file.universes else []
        return FromFile(
            title=self.reasoned.chosen.title,
            digest=self.reasoned.chosen.digest,
            unlike=self.reasoned.unlike,
            listed=tuple(
                ListedAnswer(
                    name=universe.name,
                    reason=universe.reason,
                    options=options,
                    answer=given[case],
                    share=held[case],
                )
                for universe, options, case in zip(
                    file.universes, self.reasoned.universes, cases, strict=True
                )
            ),
            uncited=self.reasoned.uncited,
        )

    def _options(
        self,
        held: Sequence[Fraction],
        given: Sequence[str],
        answer: str,
        turned: NDArray[np.bool_],
    ) -> Iterator[Option]:
        """The share of every option of every choice, what it does alone, and what turns it."""
        alone = {
            (int(at), int(row[at])): given[case]
            for row, case in zip(self.singles[1:], self.single_cases[1:].tolist(), strict=True)
            for at in np.flatnonzero(row)
        }
        numbers = {share: number for number, share in enumerate(dict.fromkeys(held))}
        of_case = np.array([numbers[share] for share in held])
        fewest = self._fewest(turned)
        reasons = self.reasoned.reasons if self.reasoned else {}
        for at, (choice, labels) in enumerate(self.choices.labels.items()):
            counts = np.zeros((len(labels), len(numbers)), np.int64)
            for block in self._blocks():
                places = np.unravel_index(self.numbers[block], self.choices.shape)[at]
                np.add.at(counts, (places, of_case[self.cases[block]]), 1)
            for place, (label, sums) in enumerate(zip(labels, counts.tolist(), strict=True)):
                if not any(sums):
                    continue  # none was drawn
                mine = alone.get((at, place)) if place else answer
                least = int(fewest[at][place])
                yield Option(
                    choice=choice,
                    label=label,
                    universes=sum(sums) * (self.answers.readings or 1),
                    share=_mean(zip(sums, numbers, strict=True)),
                    answer=mine,
                    turns=mine not in (answer, None),
                    fewest=None if least > len(self.choices.shape) else least,
                    reason=reasons.get((choice, label)),
                )

    def _fewest(self, turned: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
        """For each option the fewest choices changed in a combination that turns the answer."""
        none = len(self.choices.shape) + 1
        found = [np.full(size, none) for size in self.choices.shape]
        parts = [(self.singles, self.single_cases)]
        blocks = (
            (self.choices.combinations(self.numbers[b]), self.cases[b]) for b in self._blocks()
        )
        for rows, cases in (*parts, *blocks):
            rows = rows[turned[cases]]
            changed = (rows != 0).sum(axis=1)
            for at, least in enumerate(found):
                np.minimum.at(least, rows[:, at], changed)
        return found

    def _turned(
        self, turned: NDArray[np.bool_], given: Sequence[str]
    ) -> tuple[tuple[Turning, ...], int]:
        """The combinations with another answer that differ least from the shipped choices."""
        rows, cases = self.singles[1:], self.single_cases[1:]
        rows, cases = rows[turned[cases]], cases[turned[cases]]
        if not len(rows):
            rows, cases = self._nearest(turned)
        shown = tuple(
            Turning(changes=self._changes(row), answer=given[case])
            for row, case in zip(rows[:MOST_TURNINGS], cases[:MOST_TURNINGS].tolist(), strict=True)
        )
        return shown, len(rows)

    def _nearest(self, turned: NDArray[np.bool_]) -> tuple[Places, Places]:
        """As `_turned`, for combinations that differ in more than one choice."""
        best = len(self.choices.shape) + 1
        found: list[tuple[Places, Places]] = []
        for block in self._blocks():
            cases = self.cases[block]
            numbers, cases = self.numbers[block][turned[cases]], cases[turned[cases]]
            if not numbers.size:
                continue
            numbers, first = np.unique(numbers, return_index=True)
            rows = self.choices.combinations(numbers)
            changed = (rows != 0).sum(axis=1)
            least = int(changed.min())
            if least > best:
                continue
            found = found if least == best else []
            best = least
            found.append((rows[changed == least], cases[first][changed == least]))
        if not found:
            return self.singles[:0], self.single_cases[:0]
        rows = np.concatenate([one for one, _ in found])
        cases = np.concatenate([other for _, other in found])
        rows, first = np.unique(rows, axis=0, return_index=True)
        return rows, cases[first]

    def _changes(self, row: Places) -> tuple[tuple[Choice, str], ...]:
        options = zip(self.choices.labels.items(), row.tolist(), strict=True)
        return tuple((choice, labels[place]) for (choice, labels), place in options if place)

    def _blocks(self) -> list[slice]:
        return [slice(at, at + BLOCK) for at in range(0, self.numbers.size, BLOCK)]


def most_of(shares: Shares) -> str:
    """The answer of most readings; of several, the first in the alphabet."""
    return min(shares, key=lambda answer: (-shares[answer], answer))


def _mean(counted: Iterable[tuple[int, Fraction]]) -> Fraction:
    """The mean of shares, each with how often it is met."""
    whole, sure, open_ = 0, 0, Fraction(0)
    for count, share in counted:
        whole += count
        if share == 1:
            sure += count
        elif share and count:
            open_ += count * share
    return (sure + open_) / whole


def _over_all(counts: Sequence[int], shares: Sequence[Shares]) -> tuple[tuple[str, Fraction], ...]:
    """Every answer with its share of all universes, the most frequent first."""
    sums: Shares = {}
    for count, mine in zip(counts, shares, strict=True):
        for answer, share in mine.items():
            sums[answer] = sums.get(answer, Fraction(0)) + count * share
    whole = sum(counts)
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return tuple((answer, total / whole) for answer, total in ordered if total)
