"""Leads as plain data, and what became of those that were judged."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from support.leads import ALONE, NEAR
from support.pictured import PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.lead_verdicts import (
    Judged,
    LeadVerdict,
    Precision,
    recall,
    unjudged,
)
from recognition_model.analysis.screening import MOST_URLS, Lead, screen
from recognition_model.core.crosswalks import Crosswalk, EventMeaning, TalibanActor
from recognition_model.core.dealings import Dealing
from recognition_model.core.event_codes import CodeList
from recognition_model.core.signals import Family

MEANS = Crosswalk(
    title="Two codes",
    codes=CodeList.CAMEO,
    reference="Made up",
    taliban=(TalibanActor(code="AFGINSTAL", why="The code book says so."),),
    events=(
        EventMeaning(codes=("042",), family=Family.VISIT, why="Somebody travels."),
        EventMeaning(codes=("05",), act=rm.Act.ENGAGE, why="Dealings begin."),
    ),
)
FIJI = record(
    act("engage", "2022-03-01"),
    rm.SignalStep(
        signal="visit_made",
        date=rm.When.parse("2022-05-01"),
        evidence=(PRESS,),
        family=Family.VISIT,
    ),
)

FOLDER = rm.Folder(scenarios=(FIJI.scenario,))


def dealing(day: str, code: str, rows: int = 1) -> Dealing:
    return Dealing(
        country="FJI",
        day=date.fromisoformat(day),
        code=code,
        actor="GOV",
        by_taliban=False,
        rows=rows,
        mentions=2 * rows,
        sources=1,
    )


def judged(lead: Lead, verdict: LeadVerdict, day: date) -> Judged:
    return Judged(country=lead.country, day=day, matter=lead.matter, verdict=verdict)


def test_lead_as_plain_data_has_its_days_its_place_in_the_record_and_the_rules_verdict() -> None:
    assert NEAR.to_dict() == {
        "lead": "FJI/2022-03-03/recognise",
        "country": "FJI",
        "first_day": "2022-03-03",
        "last_day": "2022-03-04",
        "rows": 3,
        "mentions": 12,
        "sources": 2,
        "codes": ["054", "055"],
        "urls": ["https://example.org/1", "https://example.org/2"],
        "family": None,
        "act": "recognise",
        "nearest_date": "2022-03-01",
        "nearest_entry": "dealings begin (engaged)",
        "distance_days": 2,
        "standing": "near",
        "rules": "refused",
        "rules_say": "not attested",
        "score": 0.5,
    }


def test_lead_is_judged_by_a_verdict_on_one_of_its_days_alone() -> None:
    later = evolve(NEAR, first=date(2023, 1, 1), last=date(2023, 1, 2))
    told = judged(NEAR, LeadVerdict.ENTRY_MADE, date(2022, 3, 4))
    assert unjudged([NEAR, later, ALONE], [told]) == (later, ALONE)
    assert unjudged([NEAR, later, ALONE], []) == (NEAR, later, ALONE)


def test_precision_counts_entries_made_and_duplicates_as_right() -> None:
    told = [judged(ALONE, verdict, ALONE.first) for verdict in LeadVerdict]
    found = Precision.of(told)
    assert (found.right, found.judged) == (2, 4)


def test_dealings_of_a_week_are_one_lead_with_what_the_record_has_near_it() -> None:
    coded = [
        dealing("2022-05-20", "042"),
        dealing("2022-05-22", "042", 2),
        dealing("2022-05-21", "99"),
    ]
    found = screen(coded, MEANS, FOLDER)
    (lead,) = found.leads
    assert (lead.id, str(lead.last)) == ("FJI/2022-05-20/visit", "2022-05-22")
    assert (lead.rows, lead.mentions, lead.sources, lead.codes) == (3, 6, 2, ("042",))
    assert lead.nearest is not None
    assert (lead.nearest.what, lead.distance, lead.standing.value) == ("visit made", 19, "not")
    assert lead.score == 1  # log2(1 + 3), and half of it with an entry within thirty days
    assert found.unmapped == {"99": 1}


def test_recall_counts_entries_with_a_dealing_of_their_kind_within_three_days() -> None:
    coded = [
        *(dealing("2022-01-01", "99"), dealing("2022-12-31", "99")),
        *(dealing("2022-03-04", "05"), dealing("2022-05-05", "042")),
    ]
    found = recall(coded, MEANS, FOLDER)
    assert found.to_dict() == {
        "visit": {"found": 0, "entries": 1},  # four days
        "engage": {"found": 1, "entries": 1},  # three days
    }
    assert str(found) == "1 of 2"


def test_recall_counts_no_entry_outside_the_days_of_the_data() -> None:
    assert str(recall([dealing("2022-05-05", "042")], MEANS, FOLDER)) == "0 of 0"
    assert str(recall([], MEANS, FOLDER)) == "0 of 0"


@pytest.mark.parametrize(
    ("day", "word", "told", "score"),
    [
        # On 1 June 2022 Fiji is engaged: R04 takes an ambassador on an official word alone.
        ("2022-06-15", "official", ("taken", "R04: engaged to ambassador accepted"), 2.0),
        ("2022-06-15", "reported", ("refused", "not-attested"), 1.0),
        ("2021-09-15", "official", ("refused", "wrong-stage"), 1.0),
    ],
)
def test_rules_say_what_they_would_make_of_the_act_of_a_lead(
    day: str, word: str, told: tuple[str, str], score: float
) -> None:
    means = EventMeaning(
        codes=("054",),
        act=rm.Act.ACCEPT_AMBASSADOR,
        attestation=rm.Attestation(word),
        why="Somebody accepts.",
    )
    coded = [dealing(day, "054")]
    (lead,) = screen(coded, evolve(MEANS, events=(means,)), FOLDER).leads
    assert (lead.rules.value, lead.rules_say) == told
    assert lead.score == score  # log2(1 + 1), twice where a rule takes the act


def test_lead_that_is_worth_most_comes_first_and_leads_of_a_score_by_country_and_day() -> None:
    coded = [
        dealing("2024-01-01", "042"),
        evolve(dealing("2024-03-01", "042", 7), country="TON"),
        evolve(dealing("2024-01-01", "042"), country="CHL"),
        dealing("2024-06-01", "042", 7),
    ]
    found = [(lead.id, lead.score) for lead in screen(coded, MEANS, FOLDER).leads]
    assert found == [  # log2(1 + 7) is 3
        ("FJI/2024-06-01/visit", 3),
        ("TON/2024-03-01/visit", 3),
        ("CHL/2024-01-01/visit", 1),
        ("FJI/2024-01-01/visit", 1),
    ]


def test_addresses_of_a_lead_are_in_the_order_of_the_alphabet_and_not_too_many() -> None:
    urls = tuple(f"https://example.org/{letter}" for letter in "cab")
    more = tuple(f"https://example.org/{number}" for number in range(20))
    coded = [evolve(dealing(f"2024-01-0{n}", "042"), urls=u) for n, u in ((1, urls), (2, more))]
    (lead,) = screen(coded, MEANS, FOLDER).leads
    assert lead.urls == tuple(sorted({*urls, *more}))[:MOST_URLS]
    assert len(lead.urls) == MOST_URLS
