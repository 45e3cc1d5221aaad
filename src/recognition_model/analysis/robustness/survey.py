"""Go over the universes: in which does the answer of the shipped choices hold?

The result of a combination of choices depends only on what it makes of each country. So each
country is run once through all its own choices, and equal cases of all countries are answered once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import evolve, frozen

from recognition_model.analysis.asked import last_days
from recognition_model.analysis.robustness.choices import (
    DRAWN_COMBINATIONS,
    MOST_COMBINATIONS,
    Choices,
    Places,
    choices_of,
)
from recognition_model.analysis.robustness.joint_answers import Shares, answers_of
from recognition_model.analysis.robustness.lanes import Gathered, Lane, lanes_of
from recognition_model.analysis.robustness.outcome import Robustness
from recognition_model.analysis.robustness.question_words import question_of
from recognition_model.analysis.robustness.questions import (
    Question,
    QuestionError,
    StageOn,
)
from recognition_model.analysis.robustness.reasoned import Reasoned, reasoned_choices
from recognition_model.analysis.robustness.summary import BLOCK, Summary
from recognition_model.core.basis import Basis
from recognition_model.core.countries import named
from recognition_model.core.evidence import Voice
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RuleTable
from recognition_model.engine.universes import Grade
from recognition_model.io.choices_files import Chosen
from recognition_model.io.loader import authority_sources
from recognition_model.io.rules_files import load_rules, shipped_rules

DRAWS = 1_000
VOICES = (Voice.PRESS, Voice.OTHER_STATE, Voice.HOST)
GRADES = tuple(map(Grade.parse, ("F6", "C3", "B2")))
FUZZ = (1, 2, 3)
LAGS = (0, 30)


def robustness(
    record: Folder | Iterable[Scenario],
    question: Question | str,
    *,
    tables: Sequence[RuleTable] | None = None,
    voices: Iterable[Voice] = VOICES,
    grades: Iterable[Grade | str] = GRADES,
    fuzz: Iterable[int] = FUZZ,
    lags: Iterable[int] = LAGS,
    tried: bool = True,
    sources: bool = True,
    chosen: Chosen | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    workers: int = 1,
    scheduler: str | None = None,
    blocks: bool = False,
) -> Robustness:
    """Ask a question in every universe, and say in which the answer of the shipped choices holds.

    A question is `first [COUNTRY] STAGE [since DAY]`, `stage COUNTRY DAY`, `order COUNTRY...
    [STAGE] [since DAY]` or `share STAGE DAY`. A universe is one combination of these choices, with
    one reading of the uncertain dates:

    - one of the `tables`, of which the first counts as the shipped one; by default that table and
      its variants;
    - the weakest of `voices` and of `grades` believed;
    - whether reports that the files refuse as not attested are `tried` as acts;
    - a source left out, if `sources` is true, but none that attests when the Taliban governed;
    - the width of `~` in units (`fuzz`);
    - up to how many days the day that counts may lie from another that `dated-by` gives (`lags`).

    With a file of `chosen` choices, its options or universes stand in the place of all these, and
    its first ones in that of the shipped choices.

    Every combination counts the same. Its readings are counted exactly where they are few, and
    otherwise `draws` of them are drawn with `seed`; combinations are drawn where there are more
    than `MOST_COMBINATIONS`. A share says how much room the choices leave, not how likely something
    was.

    With more than one of `workers`, as many processes answer what the dates leave open; with a
    `scheduler`, the Dask cluster at this address does. The result is the same. With `blocks`, it
    has what a picture shows too.

    Raises `QuestionError` for a question that cannot be asked, `NoConsistentReading` for a record
    whose entries cannot be kept in order, and `TooManyReadings` for one whose dates leave too many
    days to count.
    """
    survey = survey_of(
        record,
        question,
        tables=tables,
        voices=voices,
        grades=grades,
        fuzz=fuzz,
        lags=lags,
        tried=tried,
        sources=sources,
        chosen=chosen,
    )
    return survey.result(
        draws=draws, seed=seed, workers=workers, scheduler=scheduler, blocks=blocks
    )


def survey_of(
    record: Folder | Iterable[Scenario],
    question: Question | str,
    *,
    tables: Sequence[RuleTable] | None = None,
    voices: Iterable[Voice] = VOICES,
    grades: Iterable[Grade | str] = GRADES,
    fuzz: Iterable[int] = FUZZ,
    lags: Iterable[int] = LAGS,
    tried: bool = True,
    sources: bool = True,
    chosen: Chosen | None = None,
) -> Survey:
    """Run every country through all its choices. The arguments are as in `robustness`."""
    asked = question_of(question) if isinstance(question, str) else question
    scenarios = _asked_about(record, asked)
    kept = authority_sources(record.authorities if isinstance(record, Folder) else ())
    listed = reasoned_choices(chosen, scenarios, kept) if chosen else None
    choices = (
        listed.choices
        if listed
        else choices_of(
            scenarios,
            tables=shipped_tables() if tables is None else tables,
            voices=voices,
            grades=[Grade.parse(one) if isinstance(one, str) else one for one in grades],
            fuzz=fuzz,
            lags=lags,
            tried=tried,
            sources=sources,
            kept=kept,
        )
    )
    return Survey(
        question=asked,
        choices=choices,
        reasoned=listed,
        basis=_basis(scenarios, asked, choices.tables[0]),
        ended=tuple(code for code, day in last_days(scenarios) if asked.on and day < asked.on),
        countries=tuple(one.country for one in scenarios),
        lanes=lanes_of(scenarios, choices, asked),
    )


@frozen(kw_only=True, eq=False)
class Survey:
    """A question, the choices, and every country after all its own choices."""

    question: Question
    choices: Choices
    reasoned: Reasoned | None = None
    basis: Basis | None
    ended: tuple[str, ...]
    countries: tuple[str, ...]
    lanes: tuple[Lane, ...]

    def answers(self, combinations: Places, *, draws: int = DRAWS, seed: int = 0) -> list[Shares]:
        """The answers of some combinations of choices, each with its share of readings."""
        gathered = Gathered(self.lanes)
        numbers = gathered.cases_of(combinations)
        shares = answers_of(gathered.cases(self.question, self.countries), draws, seed).shares
        return [shares[number] for number in numbers.tolist()]

    def result(
        self,
        *,
        draws: int = DRAWS,
        seed: int = 0,
        workers: int = 1,
        scheduler: str | None = None,
        blocks: bool = False,
    ) -> Robustness:
        """Go over all combinations, or over drawn ones if they are too many."""
        choices, gathered = self.choices, Gathered(self.lanes)
        whole = choices.count <= MOST_COMBINATIONS
        numbers = (
            choices.numbers
            if whole
            else np.random.default_rng(seed).integers(0, choices.count, DRAWN_COMBINATIONS)
        )
        singles = choices.singles()
        single_cases = gathered.cases_of(singles)
        parts = (numbers[at : at + BLOCK] for at in range(0, numbers.size, BLOCK))
        cases = [gathered.cases_of(choices.combinations(part)) for part in parts]
        met = gathered.cases(self.question, self.countries)
        found = Summary(
            question=self.question,
            choices=choices,
            numbers=numbers,
            cases=np.concatenate(cases),
            singles=singles,
            single_cases=single_cases,
            answers=answers_of(met, draws, seed, workers=workers, scheduler=scheduler),
            reasoned=self.reasoned,
        ).result(seed=seed, drawn=not whole, blocks=blocks)
        return evolve(found, basis=self.basis, ended=self.ended)


def shipped_tables() -> tuple[RuleTable, ...]:
    """The rule table and its variants that ship."""
    return tuple(map(load_rules, shipped_rules()))


def _asked_about(record: Folder | Iterable[Scenario], question: Question) -> list[Scenario]:
    every = list(record.all_scenarios if isinstance(record, Folder) else record)
    by_code: dict[str, Scenario] = {one.country: one for one in every}
    absent = [code for code in question.countries if code not in by_code]
    if absent:
        raise QuestionError(f"not in the record: {', '.join(map(named, absent))}", "")
    if not question.wants_all:
        return [by_code[code] for code in question.countries]
    countries = [one for one in every if not one.of_organisation]
    if not countries:
        raise QuestionError("the record has no country", "")
    return countries


def _basis(scenarios: list[Scenario], question: Question, table: RuleTable) -> Basis | None:
    """What the answer about one country and a day rests on."""
    if not isinstance(question, StageOn):
        return None
    return replay(scenarios[0], rules=table, invariants=()).history.on(question.day).basis
