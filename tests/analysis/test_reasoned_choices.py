"""`robustness` over a file of reasonable choices: its combinations or its universes, no more."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.robustness.choices import Choice
from recognition_model.analysis.robustness.survey import GRADES, survey_of
from recognition_model.io.loader import load_folder

SHIPPED = load_folder()
HEAD = "format: recognition-choices/1\ntitle: Made up\n"
DEFAULTS = {
    "rules": ("shipped", "no-lapse", "strict", "trusting"),
    "voice": ("press", "other_state", "host"),
    "grade": ("F6", "C3", "B2"),
    "refused": ("kept-out", "tried"),
    "without": ("nothing", "each"),
    "fuzz": ("1", "2", "3"),
    "lag": ("0", "30"),
}


def loaded(folder: Path, text: str) -> rm.Chosen:
    path = folder / "mine.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return rm.load_choices(path)


def options(folder: Path, **listed: tuple[str, ...]) -> rm.Chosen:
    """A file that lists options, each with itself as its reason."""
    lines = ["choices:"]
    for choice, words in listed.items():
        lines.append(f"  {choice}:")
        lines += [f"    - {{option: {word}, reason: Why {word}.}}" for word in words]
    return loaded(folder, "\n".join(lines) + "\n")


def universes(folder: Path, *rows: dict[str, str]) -> rm.Chosen:
    """A file that lists universes, called u1, u2 and so on."""
    lines = ["universes:"]
    for number, row in enumerate(rows, start=1):
        parts = {"name": f"u{number}", "reason": f"Why u{number}.", **row}
        lines.append(f"  - {{{', '.join(f'{key}: {word}' for key, word in parts.items())}}}")
    return loaded(folder, "\n".join(lines) + "\n")


def plain(found: rm.Robustness) -> dict[str, Any]:
    """The answer as plain data, without what only a file gives."""
    data = found.to_dict()
    data.pop("chosen", None)
    for choice in data["choices"]:
        for option in choice["options"]:
            option.pop("reason", None)
    return data


@pytest.mark.parametrize(
    "question", ["stage RUS 2024-05-28", "order CHN ARE UZB RUS", "stage KAZ 2023-12-30"]
)
def test_file_with_the_default_options_gives_the_answer_without_a_file(
    question: str, tmp_path: Path
) -> None:
    found = rm.robustness(SHIPPED, question, chosen=options(tmp_path, **DEFAULTS))
    assert plain(found) == plain(rm.robustness(SHIPPED, question))


def test_universes_that_are_all_combinations_give_the_answer_of_the_combinations(
    tmp_path: Path,
) -> None:
    words = {"rules": ("shipped", "trusting"), "voice": ("press", "host"), "grade": ("F6", "B2")}
    words |= {"without": ("nothing", "global-times-2024-01-31"), "fuzz": ("1", "3")}
    rows = [dict(zip(words, row, strict=True)) for row in product(*words.values())]
    for question in ("stage KAZ 2023-12-30", "first ambassador_accepted since 2021-08-15"):
        one = rm.robustness(SHIPPED, question, chosen=universes(tmp_path, *rows))
        every = rm.robustness(SHIPPED, question, chosen=options(tmp_path, **words))
        assert one.combinations == 32
        assert (one.share, one.answers) == (every.share, every.answers)
        for choice in Choice:
            for option in every.of(choice):
                (mine,) = (o for o in one.of(choice) if o.label == option.label)
                assert (mine.share, mine.answer) == (option.share, option.answer)


def accepted(country: str, when: str, *evidence: rm.Evidence) -> rm.Scenario:
    steps = act("engage", "2021-09-01", *evidence), act("accept_ambassador", when, *evidence)
    return record(*steps, country=country).scenario


def two() -> list[rm.Scenario]:
    """Fiji first, on the Taliban's word; Tuvalu after it, on its own word in another source."""
    claimed = evolve(OFFICIAL, voice=rm.Voice.TALIBAN, source=evolve(OFFICIAL.source, id="almanac"))
    engaged = act("engage", "2021-09-01")
    fiji = record(engaged, act("accept_ambassador", "2022-01-01", claimed), country="FJI").scenario
    return [fiji, accepted("TUV", "2022-03-01")]


FIRST = "first ambassador_accepted since 2021-08-15"


def test_first_options_give_the_answer_that_is_tested(tmp_path: Path) -> None:
    chosen = options(tmp_path, rules=("trusting", "shipped"))
    found = rm.robustness(two(), FIRST, chosen=chosen)
    # Where the word of the Taliban is enough, Fiji is first; otherwise Tuvalu.
    assert (found.answer, found.universes, found.share) == ("FJI", 2, Fraction(1, 2))
    assert found.chosen is not None
    assert found.chosen.unlike == ((Choice.RULES, "Trusting"),)
    assert [(o.label, o.reason) for o in found.of(Choice.RULES)] == [
        ("Trusting", "Why trusting."),
        (rm.RULES.title, "Why shipped."),
    ]
    assert [one.answer for one in found.turned_by] == ["TUV"]


def test_choice_that_the_file_does_not_list_stays_as_shipped(tmp_path: Path) -> None:
    found = rm.robustness(two(), FIRST, chosen=options(tmp_path, voice=("press", "host")))
    assert found.combinations == 2
    for choice, label in {
        Choice.RULES: rm.RULES.title,
        Choice.GRADE: str(GRADES[0]),
        Choice.REFUSED: "kept out",
        Choice.WITHOUT: "nothing",
        Choice.FUZZ: "1",
        Choice.LAG: "0",
    }.items():
        assert [option.label for option in found.of(choice)] == [label]


def test_listed_universe_has_its_name_reason_options_and_answer(tmp_path: Path) -> None:
    chosen = universes(tmp_path, {}, {"rules": "trusting"}, {"rules": "trusting", "voice": "host"})
    found = rm.robustness(two(), FIRST, chosen=chosen)
    assert found.chosen is not None
    told = [(one.name, one.reason, one.options, one.answer) for one in found.chosen.listed]
    # Nothing is left of Fiji's ambassador if only hosts are believed.
    assert told == [
        ("u1", "Why u1.", (), "TUV"),
        ("u2", "Why u2.", ((Choice.RULES, "Trusting"),), "FJI"),
        ("u3", "Why u3.", ((Choice.RULES, "Trusting"), (Choice.VOICE, "host")), "TUV"),
    ]
    # Of the four combinations of these options, three are listed.
    assert (found.universes, found.possible, found.share) == (3, 3, Fraction(2, 3))
    # No universe has the voice of hosts alone as its only change.
    assert [(o.label, o.answer) for o in found.of(Choice.VOICE)] == [
        ("press", "TUV"),
        ("host", None),
    ]
    assert found.chosen.unlike == ()


def test_smallest_change_is_one_between_listed_universes(tmp_path: Path) -> None:
    found = rm.robustness(
        two(), FIRST, chosen=universes(tmp_path, {}, {"rules": "trusting", "grade": "C3"})
    )
    # The rules alone would turn it too, but that universe is not listed.
    assert [one.changes for one in found.turned_by] == [
        ((Choice.RULES, "Trusting"), (Choice.GRADE, "C3"))
    ]


def test_source_that_no_entry_cites_is_named_and_changes_nothing(tmp_path: Path) -> None:
    chosen = options(tmp_path, without=("global-times-2024-01-31", "nothing"))
    found = rm.robustness(two(), FIRST, chosen=chosen)
    assert found.chosen is not None
    assert found.chosen.uncited == ("global-times-2024-01-31",)
    assert [(o.label, o.reason) for o in found.of(Choice.WITHOUT)] == [("nothing", "Why nothing.")]
    assert found.combinations == 1


def test_each_source_is_every_one_that_is_cited_but_for_those_always_kept(tmp_path: Path) -> None:
    kept = evolve(OFFICIAL, source=evolve(OFFICIAL.source, id="guardian-1996-09-28"))
    scenarios = [accepted("TUV", "2022-03-01", OFFICIAL, kept, PRESS)]
    chosen = options(tmp_path, without=("nothing", "each"))
    survey = survey_of(scenarios, "stage TUV 2022-05-01", chosen=chosen)
    assert survey.choices.without == (None, *sorted({OFFICIAL.source.id, PRESS.source.id}))
    found = survey.result()
    assert {o.reason for o in found.of(Choice.WITHOUT)[1:]} == {"Why each."}


def test_choice_that_changes_nothing_in_the_question_keeps_its_first_option(tmp_path: Path) -> None:
    chosen = options(tmp_path, fuzz=("3", "1"), lag=("30", "0"), refused=("tried", "kept-out"))
    survey = survey_of(two(), FIRST, chosen=chosen)
    choices = survey.choices
    assert (choices.fuzz, choices.lags, choices.refused) == ((3,), (30,), (True,))
