"""The sums over all combinations: shares, what each choice does, and what turns the answer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from recognition_model.analysis.robustness.choices import Choice, Choices, Places
from recognition_model.analysis.robustness.joint_answers import Answers, Shares
from recognition_model.analysis.robustness.outcome import Option, Robustness, Turning
from recognition_model.analysis.robustness.questions import Question

MOST_TURNINGS = 20
_BLOCK = 1 << 17


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

    def result(self, *, seed: int, drawn: bool) -> Robustness:
        """Count where the answer of the shipped choices holds."""
        shares = self.answers.shares
        shipped = shares[self.single_cases[0]]
        answer = most_of(shipped)
        held = [mine.get(answer, Fraction(0)) for mine in shares]
        given = [
            answer if mine.get(answer) == max(mine.values()) else most_of(mine) for mine in shares
        ]
        sums = np.bincount(self.cases, minlength=len(shares)).tolist()
        options = self._options(held, given, answer)
        turned_by, turnings = self._turned(np.array([one != answer for one in given]), given)
        return Robustness(
            question=str(self.question),
            answer=answer,
            in_words=self.question.in_words(answer),
            combinations=self.numbers.size,
            possible=self.choices.count,
            readings=self.answers.readings,
            drawn=drawn,
            seed=seed if drawn or self.answers.readings > 1 else None,
            share=_mean(sums, held),
            share_as_shipped=shipped[answer],
            answers=_over_all(sums, shares),
            options=options,
            turned_by=turned_by,
            turnings=turnings,
        )

    def _options(
        self, held: Sequence[Fraction], given: Sequence[str], answer: str
    ) -> tuple[Option, ...]:
        """The share of every option of every choice, and what it does alone."""
        alone = {
            (int(at), int(row[at])): given[case]
            for row, case in zip(self.singles[1:], self.single_cases[1:].tolist(), strict=True)
            for at in np.flatnonzero(row)
        }
        count, readings = len(held), self.answers.readings or 1
        found = []
        for at, (choice, labels) in enumerate(self.choices.labels.items()):
            counts = np.zeros(len(labels) * count, np.int64)
            for block in self._blocks():
                places = np.unravel_index(self.numbers[block], self.choices.shape)[at]
                keys = places * count + self.cases[block]
                counts += np.bincount(keys, minlength=counts.size)
            for place, (label, sums) in enumerate(
                zip(labels, counts.reshape(len(labels), count).tolist(), strict=True)
            ):
                mine = alone.get((at, place), answer)
                if not any(sums):
                    continue  # none was drawn
                found.append(
                    Option(
                        choice=choice,
                        label=label,
                        universes=sum(sums) * readings,
                        share=_mean(sums, held),
                        answer=mine,
                        turns=mine != answer,
                    )
                )
        return tuple(found)

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
        return [slice(at, at + _BLOCK) for at in range(0, self.numbers.size, _BLOCK)]


def most_of(shares: Shares) -> str:
    """The answer of most readings; of several, the first in the alphabet."""
    return min(shares, key=lambda answer: (-shares[answer], answer))


def _mean(counts: Sequence[int], held: Sequence[Fraction]) -> Fraction:
    """The mean share, with each case counted as often as it is met."""
    sure = sum(count for count, share in zip(counts, held, strict=True) if share == 1)
    open_ = sum(
        count * share for count, share in zip(counts, held, strict=True) if count and 0 < share < 1
    )
    return (sure + Fraction(open_)) / sum(counts)


def _over_all(counts: Sequence[int], shares: Sequence[Shares]) -> tuple[tuple[str, Fraction], ...]:
    """Every answer with its share of all universes, the most frequent first."""
    sums: Shares = {}
    for count, mine in zip(counts, shares, strict=True):
        for answer, share in mine.items():
            sums[answer] = sums.get(answer, Fraction(0)) + count * share
    whole = sum(counts)
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return tuple((answer, total / whole) for answer, total in ordered if total)
