"""The page of `robustness`: tables and sentences for made-up results."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from recognition_model.analysis.robustness.choices import Choice
from recognition_model.analysis.robustness.outcome import FromFile, Option, Robustness, Turning
from recognition_model.cli.plain import plain
from recognition_model.cli.robustness_page import robustness_page


def option(
    label: str,
    share: str = "1",
    *,
    choice: Choice = Choice.WITHOUT,
    turns: bool = False,
    fewest: int | None = None,
) -> Option:
    """An option, of the source that is left out unless another choice is given."""
    return Option(
        choice=choice,
        label=label,
        universes=4,
        share=Fraction(share),
        answer="no" if turns else "yes",
        turns=turns,
        fewest=1 if turns else fewest,
    )


FOUND = Robustness(
    question="first FJI engaged",
    answer="yes",
    in_words="Fiji (FJI) is the first country at engaged",
    combinations=16,
    possible=16,
    readings=1,
    drawn=False,
    seed=None,
    share=Fraction(1, 2),
    share_as_shipped=Fraction(1),
    answers=(("yes", Fraction(1, 2)), ("no", Fraction(1, 2))),
    options=(
        *(option("as shipped", choice=one) for one in Choice if one is not Choice.WITHOUT),
        option("nothing", "3/4", fewest=2),
        option("weak-turns", "1/2", turns=True),
        option("rare", "1/4", fewest=2),
        option("same", "3/4"),
        option("turns", "0", turns=True),
    ),
    turned_by=(Turning(changes=((Choice.WITHOUT, "turns"),), answer="no"),),
    turnings=3,
)


def lines(found: Robustness) -> list[str]:
    return plain(robustness_page(found), 80).splitlines()


def test_sources_that_turn_the_answer_come_first_then_those_that_make_it_rare() -> None:
    told = lines(FOUND)
    at = next(number for number, line in enumerate(told) if line.startswith("Choice "))
    assert [
        line.removeprefix("without: source left out").split() for line in told[at + 1 : at + 6]
    ] == [
        ["nothing", "75", "%", "2", "changes"],
        ["turns", "0", "%", "this", "alone:", "no"],
        ["weak-turns", "50", "%", "this", "alone:", "no"],
        ["rare", "25", "%", "2", "changes"],
        ["1", "other", "75", "%"],
    ]


def test_smallest_changes_stand_two_columns_in_with_how_many_more_there_are() -> None:
    told = lines(FOUND)
    at = told.index("The smallest change: another choice alone turns the answer.")
    assert told[at + 1 : at + 3] == ["  without turns: no", "  and 2 more"]


def test_choices_file_that_lists_no_universe_has_no_table_of_universes() -> None:
    file = FromFile(title="Mine", digest="1a2b3c4d5e6f", unlike=(), listed=(), uncited=())
    told = lines(evolve(FOUND, chosen=file))
    assert "Reasons, as Mine (choices 1a2b3c4d5e6f) gives them:" in told
    assert [line for line in told if line.startswith("Universe")] == []
