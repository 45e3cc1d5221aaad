"""Claims about many countries as tables, with verdicts worked out by hand."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.exports import Table, table

NEWS = evolve(PRESS, source=evolve(YEARBOOK, id="news", issued=rm.When.parse("2024-06-01")))
FIRST = Claim(
    claim=ClaimKind.FIRST,
    country="FJI",
    stage=rm.Stage.ENGAGED,
    date=rm.When.parse("2023-01-01"),
    evidence=(PRESS, OFFICIAL),
)
NONE = Claim(
    claim=ClaimKind.NONE,
    stage=rm.Stage.ENGAGED,
    date=rm.When.parse("2022-04-15"),
    evidence=(NEWS,),
    note="Nobody dealt with them.",
)
GROUP = Claim(
    claim=ClaimKind.UNATTRIBUTED,
    group="some islands",
    date=rm.When.parse("..2022"),
    evidence=(PRESS,),
)
CLAIMS = Collective(title="Made up", claims=(FIRST, NONE, GROUP))
FIJI = record(act("engage", "2022-04"))
TONGA = record(act("engage", "2022-05-01"), country="TON")


def cells(of: Table, *names: str) -> list[tuple[object, ...]]:
    at = [[field.name for field in of.fields].index(name) for name in names]
    return [tuple(row[i] for i in at) for row in of.rows]


def test_claims_have_their_verdicts_over_the_replays_given() -> None:
    told = ("number", "kind", "country", "group_named", "date", "holds", "checked_over", "against")
    made = table("claims", [FIJI, TONGA], collectives=[CLAIMS])
    assert cells(made, *told) == [
        (1, "first", "FJI", None, "2023-01-01", "in all", "FJI TON", None),
        (2, "none", None, None, "2022-04-15", "in some", "FJI TON", "FJI"),
        (3, "unattributed", None, "some islands", "..2022", None, None, None),
    ]
    assert cells(made, "sources", "note")[:2] == [
        ("yearbook", None),
        ("news", "Nobody dealt with them."),
    ]


def test_claim_about_a_country_that_is_not_given_is_not_checked() -> None:
    made = table("claims", [TONGA], collectives=[CLAIMS])
    assert cells(made, "number", "holds") == [(1, None), (2, "in all"), (3, None)]


def test_evidence_of_claims_has_a_row_for_each_item_whose_source_is_listed() -> None:
    made = table("claim_evidence", [FIJI], collectives=[CLAIMS])
    assert cells(made, "number", "item", "source", "voice") == [
        (1, 1, "yearbook", "press"),
        (1, 2, "yearbook", "host"),
        (2, 1, "news", "press"),
        (3, 1, "yearbook", "press"),
    ]
    assert cells(table("sources", [FIJI], collectives=[CLAIMS]), "source") == [
        ("news",),
        ("yearbook",),
    ]


@pytest.mark.parametrize("name", ["claims", "claim_evidence"])
def test_claim_not_yet_public_is_left_out_and_the_others_keep_their_numbers(name: str) -> None:
    early = rm.replay(FIJI.scenario, known_by="2023-06-30")
    made = table(name, [early], collectives=[CLAIMS])
    assert {number for (number,) in cells(made, "number")} == {1, 3}
    assert cells(table("sources", [early], collectives=[CLAIMS]), "source") == [("yearbook",)]


def test_no_table_has_two_columns_of_one_name() -> None:
    for name in rm.exports.TABLES:
        names = [field.name for field in table(name, []).fields]
        assert len(set(names)) == len(names), name
