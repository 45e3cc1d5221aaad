"""What a survey of the universes finds, as values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import frozen

from recognition_model.analysis.robustness.blocks import Block
from recognition_model.analysis.robustness.choices import MEANINGS, Choice
from recognition_model.core.base import Readable
from recognition_model.core.basis import Basis


@frozen(kw_only=True, repr=False)
class Option(Readable):
    """One option of a choice, and the universes that have it.

    `share` is the share of them in which the answer holds. `answer` is the answer where this option
    is the only one that is not the first of its choice, None if no universe is like that; `turns`
    says that it is another answer. `fewest` is how many choices, this one included, must at least
    be changed to turn the answer; None if that is not possible. `reason` is the one that a choices
    file gives.
    """

    choice: Choice
    label: str
    universes: int
    share: Fraction
    answer: str | None
    turns: bool
    fewest: int | None
    reason: str | None = None

    @property
    def holds(self) -> Fraction:
        """In how many universes the answer holds; a part of one where its dates leave it open."""
        return self.universes * self.share

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "choice": self.choice.value,
            "option": self.label,
            "universes": self.universes,
            "holds": number(self.holds),
            "share": float(self.share),
            "answer": self.answer,
            "turns": self.turns,
            "fewest": self.fewest,
        } | ({} if self.reason is None else {"reason": self.reason})

    def __str__(self) -> str:
        return f"{self.choice} {self.label}: {float(self.share):.3f}"


@frozen(kw_only=True, repr=False)
class Turning(Readable):
    """Choices that together turn the answer, all others being the shipped ones."""

    changes: tuple[tuple[Choice, str], ...]
    answer: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "changes": [{"choice": one.value, "option": label} for one, label in self.changes],
            "answer": self.answer,
        }

    def __str__(self) -> str:
        return f"{', '.join(f'{one} {label}' for one, label in self.changes)}: {self.answer}"


@frozen(kw_only=True, repr=False)
class ListedAnswer(Readable):
    """A universe that a choices file lists: its answer, and in what share of it the answer holds.

    `options` are those that are not the shipped ones. `answer` is that of most readings of the
    dates; `share` is the share of readings with the answer that is put to the test.
    """

    name: str
    reason: str
    options: tuple[tuple[Choice, str], ...]
    answer: str
    share: Fraction

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "name": self.name,
            "reason": self.reason,
            "options": [{"choice": one.value, "option": label} for one, label in self.options],
            "answer": self.answer,
            "share": float(self.share),
        }

    def __str__(self) -> str:
        return f"{self.name}: {self.answer}"


@frozen(kw_only=True, repr=False)
class FromFile(Readable):
    """The choices file whose universes were gone over.

    `unlike` are its first options that are not the shipped ones. `listed` are the universes that it
    lists one by one. `uncited` are sources that it leaves out, but that no entry asked about cites.
    """

    title: str
    digest: str
    unlike: tuple[tuple[Choice, str], ...]
    listed: tuple[ListedAnswer, ...]
    uncited: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The title with the digest: `Cautious (choices 1a2b3c4d5e6f)`."""
        return f"{self.title} (choices {self.digest})"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "title": self.title,
            "digest": self.digest,
            "unlike_shipped": [
                {"choice": one.value, "option": label} for one, label in self.unlike
            ],
            "listed": [one.to_dict() for one in self.listed],
            "uncited": list(self.uncited),
        }

    def __str__(self) -> str:
        return self.in_words


@frozen(kw_only=True, repr=False)
class Robustness(Readable):
    """In what share of the universes the answer of the shipped choices holds.

    `answer` is the one that most readings of the dates give under the shipped choices, and
    `share_as_shipped` the share of these readings that do. `readings` is how many readings of the
    dates were drawn for every combination of choices: 1 where no uncertain date bears on the
    answer, 0 where all readings were counted. `drawn` says that the combinations were drawn too.
    `seed` is None where nothing was drawn.

    `basis` is that of the day asked about, for a question about one country and a day, under the
    shipped choices. `ended` are the countries whose data, and later searches, end before that day.

    `turned_by` are the smallest changes of choices that turn the answer, at most `MOST_TURNINGS` of
    the `turnings` that there are. `chosen` is the choices file, if one was given: then its first
    options, or its first universe, stand in the place of the shipped choices. `blocks` are the
    universes in the order in which a picture shows them, if they were asked for.
    """

    question: str
    answer: str
    in_words: str
    combinations: int
    possible: int
    readings: int
    drawn: bool
    seed: int | None
    share: Fraction
    share_as_shipped: Fraction
    basis: Basis | None = None
    ended: tuple[str, ...] = ()
    answers: tuple[tuple[str, Fraction], ...]
    options: tuple[Option, ...]
    turned_by: tuple[Turning, ...]
    turnings: int
    chosen: FromFile | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def universes(self) -> int:
        """Every combination of choices with every reading that was drawn for it."""
        return self.combinations * (self.readings or 1)

    @property
    def holds(self) -> Fraction:
        """In how many universes the answer holds; a part of one where its dates leave it open."""
        return self.universes * self.share

    @property
    def always(self) -> bool:
        """Whether the answer holds in every universe."""
        return self.share == 1

    @property
    def carried_by(self) -> tuple[str, ...]:
        """The sources that carry the answer: to leave out a single one of them turns it."""
        return tuple(o.label for o in self.options if o.choice is Choice.WITHOUT and o.turns)

    def of(self, choice: Choice) -> tuple[Option, ...]:
        """The options of a choice."""
        return tuple(option for option in self.options if option.choice is choice)

    def spread(self, choice: Choice) -> Fraction:
        """How much a choice matters: the difference between its highest and its lowest share."""
        shares = [option.share for option in self.of(choice)]
        return max(shares) - min(shares)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: `recognition-robustness/1`."""
        return {
            "format": "recognition-robustness/1",
            "question": self.question,
            "answer": self.answer,
            "basis": self.basis and self.basis.value,
            "ended": list(self.ended),
            "universes": self.universes,
            "holds": number(self.holds),
            "share": float(self.share),
            "share_as_shipped": float(self.share_as_shipped),
            "combinations": self.combinations,
            "possible_combinations": self.possible,
            "readings": self.readings or None,
            "drawn": self.drawn or self.readings > 1,
            "seed": self.seed,
            "answers": [
                {"answer": answer, "share": float(share)} for answer, share in self.answers
            ],
            "choices": [
                {
                    "choice": choice.value,
                    "meaning": MEANINGS[choice],
                    "spread": float(self.spread(choice)),
                    "options": [option.to_dict() for option in self.of(choice)],
                }
                for choice in Choice
            ],
            "carried_by": list(self.carried_by),
            "turnings": self.turnings,
            "turned_by": [turning.to_dict() for turning in self.turned_by],
        } | ({"chosen": self.chosen.to_dict()} if self.chosen else {})

    def __str__(self) -> str:
        return (
            f"{self.question}: {self.answer}, in {float(100 * self.share):.1f} % of"
            f" {self.universes:,} universes"
        )


def number(value: Fraction) -> int | float:
    """A whole number as such, any other as a decimal."""
    return int(value) if value.denominator == 1 else float(value)
