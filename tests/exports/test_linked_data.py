"""Linked data: what is derived from what, typed dates, rules, and what was not used."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.core.scenario import Assertion, Rank
from recognition_model.core.signals import Family
from recognition_model.core.stages import Reason
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.exports import export

Node = dict[str, Any]
DENIAL = evolve(OFFICIAL, bearing=rm.Bearing.DISPUTES, claim="It did not happen.")
TALIBAN = evolve(PRESS, voice=rm.Voice.TALIBAN)
OTHERS_DENIAL = evolve(PRESS, bearing=rm.Bearing.DISPUTES)


def nodes_of(*replays: rm.Replay) -> dict[str, Node]:
    document = json.loads(export("jsonld", replays, "jsonld"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    for node in nodes.values():
        assert set(node) - {"@id", "@type"} <= set(document["@context"])
    return nodes


def signal(word: str, day: str, *evidence: rm.Evidence) -> rm.SignalStep:
    return rm.SignalStep(
        signal=word, family=Family.VISIT, date=rm.When.parse(day), evidence=evidence
    )


def status(day: str, **parts: Any) -> rm.StatusStep:
    when = rm.When.parse(day)
    return rm.StatusStep(status=Assertion(**parts), date=when, evidence=(PRESS,))


def struck_out(word: str, day: str) -> rm.ActStep:
    return evolve(act(word, day), rank=Rank.DEPRECATED, because="A misreading.")


REFUSED = rm.RefuseStep(
    refuse=rm.Act.RECOGNISE,
    because=Reason.NOT_ATTESTED,
    date=rm.When.parse("2022-06..2022-08"),
    evidence=(TALIBAN, OTHERS_DENIAL),
)
MIXED = record(
    act("engage", "2021-10..2021-11", PRESS, OTHERS_DENIAL),
    signal("visit", "2022-01~", PRESS),
    signal("visit", "2022-02-03", PRESS, DENIAL),
    status("2022-03", stage=rm.Stage.ENGAGED),
    struck_out("delist", "2022-04-01"),
    REFUSED,
    status("2022-10", ban=rm.Ban.IN_FORCE),
    act("recognise", "2023-01-01", PRESS),
)


@pytest.fixture(scope="module")
def mixed() -> dict[str, Node]:
    return nodes_of(MIXED)


def test_change_is_derived_from_supporting_evidence_alone(mixed: dict[str, Node]) -> None:
    change = mixed["#change/FJI/1"]
    assert change["derivedFrom"] == ["#evidence/FJI/1/1"]
    assert change["disputedBy"] == ["#evidence/FJI/1/2"]
    assert mixed["#evidence/FJI/1/2"]["bearing"] == "disputes"


def test_date_has_its_earliest_and_latest_day_as_typed_values(mixed: dict[str, Node]) -> None:
    context = json.loads(export("jsonld", [MIXED], "jsonld"))["@context"]
    change, visit = mixed["#change/FJI/1"], mixed["#signal/FJI/2"]
    assert (change["date"], change["dateEarliest"], change["dateLatest"]) == (
        "2021-10..2021-11",
        "2021-10-01",
        "2021-11-30",
    )
    assert (visit["dateEarliest"], visit["dateLatest"]) == ("2021-12-01", "2022-02-28")
    assert context["dateEarliest"] == {"@id": "rm:dateEarliest", "@type": "xsd:date"}


def test_open_end_of_a_date_has_no_day() -> None:
    source = evolve(YEARBOOK, issued=rm.When.parse("2021.."), public=rm.When.parse("2021-01-01"))
    replay = record(act("engage", "2021-10-01", evolve(OFFICIAL, source=source)))
    node = nodes_of(replay)["#source/yearbook"]
    assert (node["issued"], node["issuedEarliest"]) == ("2021..", "2021-01-01")
    assert "issuedLatest" not in node


def test_country_has_an_address_outside_the_file() -> None:
    kosovo = record(country="XKX")
    nodes = nodes_of(MIXED, kosovo)
    office = "http://publications.europa.eu/resource/authority/country/"
    assert nodes["#country/FJI"]["sameCountry"] == f"{office}FJI"
    assert nodes["#country/XKX"]["sameCountry"] == f"{office}1A0"
    assert nodes["#change/FJI/1"]["place"] == "#country/FJI"


def test_rules_are_the_plan_of_a_replay(mixed: dict[str, Node]) -> None:
    plan = mixed[mixed["#replay/FJI"]["association"]["plan"]]
    assert plan["@type"] == ["prov:Entity", "prov:Plan", "prov:Collection"]
    assert len(plan["member"]) == len(RULES) == 12
    assert mixed[f"{plan['@id']}/R03"] == {
        "@id": f"{plan['@id']}/R03",
        "@type": ["prov:Entity", "rm:Rule"],
        "partOf": plan["@id"],
        "code": "R03",
        "permits": "delist",
        "stagesBefore": ["banned", "engaged"],
        "stageAfter": "delisted",
        "bansBefore": ["in_force"],
        "banBecomes": "lifted",
        "needs": "official",
        "description": RULES["R03"].why,
        "reference": RULES["R03"].reference,
    }
    assert mixed["#change/FJI/1"]["permittedBy"] == f"{plan['@id']}/R02"


def test_each_rule_table_has_a_plan_with_its_own_digest() -> None:
    strict = RuleTable(tuple(evolve(rule, needs=rm.Attestation.OFFICIAL) for rule in RULES))
    scenario = evolve(MIXED.scenario, country="TON")
    nodes = nodes_of(MIXED, rm.replay(scenario, rules=strict))
    plans = [nodes[f"#replay/{code}"]["association"]["plan"] for code in ("FJI", "TON")]
    assert nodes[plans[0]]["digest"] != nodes[plans[1]]["digest"]
    assert [nodes[f"{plan}/R02"]["needs"] for plan in plans] == ["reported", "official"]


def test_signal_and_denied_signal_have_different_types_and_keys(mixed: dict[str, Node]) -> None:
    visit, denied = mixed["#signal/FJI/2"], mixed["#signal/FJI/3"]
    assert visit["@type"] == ["prov:Entity", "rm:Signal"]
    assert (visit["signal"], visit["family"]) == ("visit", "visit")
    assert visit["derivedFrom"] == ["#evidence/FJI/2/1"]
    assert denied["@type"] == ["prov:Entity", "rm:DeniedSignal"]
    assert (denied["deniedSignal"], denied["deniedFamily"]) == ("visit", "visit")
    assert not {"signal", "family"} & set(denied)
    assert denied["disputedBy"] == ["#evidence/FJI/3/2"]


def test_status_says_what_it_asserts_and_whether_it_holds(mixed: dict[str, Node]) -> None:
    node = mixed["#status/FJI/4"]
    assert node["@type"] == ["prov:Entity", "rm:Status"]
    assert (node["stageOn"], node["holds"]) == ("engaged", "in all")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"stage": rm.Stage.ENGAGED}, {"stageOn": "engaged"}),
        ({"ban": rm.Ban.NONE}, {"banOn": "none"}),
        ({"at_least": rm.Stage.ENGAGED}, {"stageAtLeast": "engaged"}),
        ({"below": rm.Stage.DELISTED}, {"stageBelow": "delisted"}),
    ],
)
def test_each_part_of_a_status_has_a_key_of_its_own(
    parts: dict[str, Any], said: dict[str, str]
) -> None:
    node = nodes_of(record(act("engage", "2021-10-01"), status("2022-03-01", **parts)))
    keys = {"stageOn", "banOn", "stageAtLeast", "stageBelow"}
    assert {key: value for key, value in node["#status/FJI/2"].items() if key in keys} == said


def test_evidence_says_where_its_passage_stands_and_how_to_check_it() -> None:
    passage = rm.Locator(paragraph=4, letters=120, digest="lt1:0123456789abcdef")
    node = nodes_of(record(act("engage", "2021-10-01", evolve(OFFICIAL, at=passage))))
    told = node["#evidence/FJI/1/1"]
    assert (told["paragraph"], told["letters"]) == (4, 120)
    assert told["digest"] == "lt1:0123456789abcdef"


def test_every_word_and_every_type_has_a_prefix_that_the_context_explains(
    mixed: dict[str, Node],
) -> None:
    context = json.loads(export("jsonld", [MIXED], "jsonld"))["@context"]
    known = {name for name, iri in context.items() if str(iri).endswith(("#", "/"))} | {"rm"}
    words = {name: one for name, one in context.items() if name not in {*known, "@version"}}
    names = [one["@id"] if isinstance(one, dict) else one for one in words.values()]
    for node in mixed.values():
        names += [node["@type"]] if isinstance(node["@type"], str) else node["@type"]
    assert {name.partition(":")[0] for name in names} <= known
    assert context["plan"] == {"@id": "prov:hadPlan", "@type": "@id"}


def test_expected_refusal_cites_its_evidence_and_names_the_reason(mixed: dict[str, Node]) -> None:
    node = mixed["#refuse/FJI/6"]
    assert node["@type"] == ["prov:Entity", "rm:ExpectedRefusal"]
    assert (node["refuses"], node["because"]) == ("recognise", "not-attested")
    assert (node["dateEarliest"], node["dateLatest"]) == ("2022-06-01", "2022-08-31")
    assert node["cites"] == ["#evidence/FJI/6/1"]
    assert node["disputedBy"] == ["#evidence/FJI/6/2"]
    assert "derivedFrom" not in node


def test_what_was_not_used_has_a_type_of_its_own_and_a_reason(mixed: dict[str, Node]) -> None:
    aside = {name: node for name, node in mixed.items() if node["@type"] == "rm:SetAside"}
    assert {name: node["setAsideBecause"] for name, node in aside.items()} == {
        "#set-aside/FJI/5": "struck out",
        "#set-aside/FJI/7": "does not hold",
        "#set-aside/FJI/8": "refused by the rules",
    }
    assert {node["partOf"] for node in aside.values()} == {"#scenario/FJI"}
    assert aside["#set-aside/FJI/5"]["because"] == "A misreading."
    assert aside["#set-aside/FJI/5"]["claimedAct"] == "delist"
    assert aside["#set-aside/FJI/8"]["unmet"] == ["not-attested"]
    assert aside["#set-aside/FJI/8"]["claimedDateEarliest"] == "2023-01-01"


def test_what_was_not_used_is_found_by_no_query_for_facts(mixed: dict[str, Node]) -> None:
    facts = {"act", "signal", "family", "stageOn", "banOn", "refuses", "rule", "after", "before"}
    days = {"date", "dateEarliest", "dateLatest", "derivedFrom", "generatedBy", "permittedBy"}
    aside = [node for node in mixed.values() if node["@type"] == "rm:SetAside"]
    assert len(aside) == 3
    for node in aside:
        assert not (facts | days) & set(node)


def test_nothing_is_derived_from_evidence_that_was_not_used(mixed: dict[str, Node]) -> None:
    unused = {f"#evidence/FJI/{entry}/1" for entry in (5, 7, 8)}
    assert unused <= set(mixed)
    for node in mixed.values():
        assert not unused & {*node.get("derivedFrom", ()), *node.get("used", ())}


def test_known_by_a_day_only_what_was_public_is_in_it() -> None:
    late = evolve(YEARBOOK, id="late", issued=rm.When.parse("2022-05-01"), public=None)
    replay = record(
        act("engage", "2021-10-01"),
        signal("visit", "2022-01-01", evolve(PRESS, source=late)),
        known_by="2022-02-01",
    )
    nodes = nodes_of(replay)
    assert nodes["#replay/FJI"]["knownBy"] == date(2022, 2, 1).isoformat()
    assert "#signal/FJI/2" not in nodes
    assert "#source/late" not in nodes
