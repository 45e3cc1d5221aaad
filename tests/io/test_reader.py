"""From text to records: all errors of a file together, each with its place and a hint."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.core.base import file_key, keys_of
from recognition_model.core.claims import Claim, ClaimKind
from recognition_model.core.dates import When
from recognition_model.core.scenario import (
    ActStep,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
)
from recognition_model.io.reader import Reader
from recognition_model.io.strict_yaml import parse

FindingsOf = Callable[..., list[rm.Finding]]
Story = Callable[..., str]


def places(found: list[rm.Finding]) -> list[tuple[str, int, int]]:
    return [(one.code, one.place.line, one.place.column) for one in found]


# --- a file without mistakes -----------------------------------------------------------------


def test_complete_file_becomes_a_scenario(
    scenario_from: Callable[..., Scenario], register: Mapping[str, rm.Source]
) -> None:
    scenario = scenario_from("""
        format: recognition-scenario/1
        country: RUS
        title: A made-up record
        start:
          stage: banned
          ban: in_force
          date: 2003-02
          evidence:
            - {source: decree-2003, voice: host, credibility: 1, claim: The ban.}
        documented-until: 2026-01-15
        timeline:
          - act: engage
            date: 2022-03-31?
            note: A diplomat came.
            contradiction: Another date is given elsewhere.
            evidence:
              - source: wire-2024
                at: {paragraph: 9, letters: 412, digest: lt1-0123456789abcdef0123456789abcdef}
                voice: press
                credibility: 2
                announcement: true
                claim: He came.
              - {source: wire-2022, voice: host, credibility: 6, bearing: disputes, claim: No.}
          - act: recognise
            rank: deprecated
            because: A false report.
            date: 2023
            evidence:
              - {source: wire-2024, voice: press, credibility: 5, claim: Recognised.}
          - status: {stage: engaged, ban: in_force, at-least: banned, below: de_jure_recognition}
            date: 2024-05..2024-06
            evidence:
              - {source: wire-2024, voice: taliban, credibility: 3, claim: Dealings.}
          - signal: charge_accepted
            date: 2024-06-01
            evidence:
              - {source: wire-2024, voice: other_state, credibility: 4, claim: A visit.}
          - refuse: delist
            because: not-attested
            date: 2024-07-01
            evidence:
              - {source: wire-2024, voice: press, credibility: 3, claim: Delisted.}
        """)
    assert (scenario.country, scenario.title) == ("RUS", "A made-up record")
    assert scenario.documented_until == date(2026, 1, 15)
    assert scenario.start.state == rm.State(rm.Stage.BANNED, rm.Ban.IN_FORCE)
    assert (scenario.start.date, scenario.start.assumed) == (When.parse("2003-02"), None)
    assert [item.source for item in scenario.start.evidence] == [register["decree-2003"]]

    act, deprecated, status, signal, refuse = scenario.timeline
    assert isinstance(act, ActStep)
    assert (act.act, act.date, act.deprecated) == (rm.Act.ENGAGE, When.parse("2022-03-31?"), False)
    assert act.note == "A diplomat came."
    assert act.contradiction == "Another date is given elsewhere."
    told, denied = act.evidence
    assert told.source is register["wire-2024"]
    assert told.at == rm.Locator(412, "lt1-0123456789abcdef0123456789abcdef", 9)
    assert (told.id, told.grade, told.voice) == ("wire-2024#9", "C2", rm.Voice.PRESS)
    assert (told.supports, told.announcement, told.claim) == (True, True, "He came.")
    assert (denied.id, denied.supports, denied.announcement) == ("wire-2022", False, False)
    assert act.attestation is rm.Attestation.NONE  # the host itself disputes it

    assert isinstance(deprecated, ActStep)
    assert (deprecated.deprecated, deprecated.because) == (True, "A false report.")
    assert isinstance(status, StatusStep)
    assert (status.status.stage, status.status.ban) == (rm.Stage.ENGAGED, rm.Ban.IN_FORCE)
    assert status.status.at_least is rm.Stage.BANNED
    assert status.status.below is rm.Stage.DE_JURE_RECOGNITION
    assert isinstance(signal, SignalStep)
    assert signal.signal == "charge_accepted"
    assert isinstance(refuse, RefuseStep)
    assert (refuse.refuse, refuse.because.value) == (rm.Act.DELIST, "not-attested")
    assert [step.label for step in scenario.timeline] == [
        "act engage",
        "act recognise",
        "status stage engaged, ban in_force, at least banned, below de_jure_recognition",
        "signal charge_accepted",
        "refuse delist",
    ]
    assert [step.kind for step in scenario.timeline] == ["act", "act", "status", "signal", "refuse"]
    assert [(step.place.line, step.place.column) for step in scenario.timeline] == [
        (12, 5), (24, 5), (30, 5), (34, 5), (38, 5)
    ]  # fmt: skip
    assert scenario.place.line == 1


def test_file_of_claims_becomes_claims(
    findings_of: FindingsOf, tmp_path: Path, register: Mapping[str, rm.Source]
) -> None:
    assert not findings_of(
        """
        format: recognition-collective/1
        title: Made-up claims
        claims:
          - claim: none
            stage: de_jure_recognition
            since: 2021-08-15
            date: 2022-01-31
            note: Nobody yet.
            evidence:
              - {source: wire-2022, voice: press, credibility: 2, claim: Nobody.}
          - claim: first
            stage: de_jure_recognition
            country: RUS
            among: [CHN, KAZ]
            date: 2025-07
            evidence:
              - {source: yearbook-2026, voice: press, credibility: 2, claim: The first.}
          - claim: unattributed
            group: most neighbours
            date: 2024
            evidence:
              - {source: wire-2024, voice: other_state, credibility: 3, claim: Most of them.}
        """,
        "collective.yaml",
    )
    (claims,) = rm.load_folder([tmp_path], register).collectives
    none, first, unattributed = claims.claims
    assert claims.title == "Made-up claims"
    assert (none.claim, none.stage) == (ClaimKind.NONE, rm.Stage.DE_JURE_RECOGNITION)
    assert (none.since, none.date) == (When.parse("2021-08-15"), When.parse("2022-01-31"))
    assert (none.country, none.among, none.note) == (None, (), "Nobody yet.")
    assert (first.country, first.among, first.since) == ("RUS", ("CHN", "KAZ"), None)
    assert (unattributed.group, unattributed.stage) == ("most neighbours", None)
    assert [claim.label for claim in claims.claims] == [
        "none de_jure_recognition",
        "first RUS de_jure_recognition",
        "unattributed most neighbours",
    ]
    assert [claim.place.line for claim in claims.claims] == [4, 11, 18]


def test_schema_and_reader_use_the_same_keys() -> None:
    keys = {"country", "kind", "title", "doctrine", "start", "documented-until", "reviewed"}
    keys |= {"review-every", "coder", "timeline"}
    assert set(keys_of(Scenario)) == keys
    assert file_key(keys_of(Scenario)["documented-until"]) == "documented-until"
    assert "place" not in keys_of(Start)
    assert {"claim", "among", "since"} < set(keys_of(Claim))


def test_coder_is_read_from_the_head_with_its_place(
    scenario_from: Callable[..., Scenario], story: Story
) -> None:
    scenario = scenario_from(story("[]", until="2026-01-15\ncoder: A. B."))
    assert scenario.coder == "A. B."
    assert scenario.day_places["coder"].line == 6


@pytest.mark.parametrize(
    ("written", "code"),
    [("coder: ''", "RM208"), ("coder: [A. B.]", "RM203"), ("coded-by: A. B.", "RM201")],
)
def test_coder_that_is_no_text_or_has_another_key_is_an_error(
    findings_of: FindingsOf, story: Story, written: str, code: str
) -> None:
    (found,) = findings_of(story("[]", until=f"2026-01-15\n{written}"))
    assert found.code == code


# --- every mistake at once -------------------------------------------------------------------


def test_ten_errors_give_ten_findings_in_line_order(findings_of: FindingsOf) -> None:
    found = findings_of("""
        format: recognition-scenario/1
        country: Russland
        titel: A made-up record
        start: {stage: hostil, ban: none, date: 1996-09-27, assumed: Made up.}
        documented-until: 2026
        timeline:
          - act: engage
            date: 2022-13
            evidence:
              - {source: wire-2032, voice: press, credibility: 0, claim: An example.}
          - signal: visit
            date: 2022-05
          - status: {stage: engaged, at-most: banned}
            date: 2022-06
            evidence:
              - {source: wire-2024, voice: press, credibility: 3, claim: [An, example]}
        """)
    assert places(found) == [
        ("RM205", 2, 10),
        ("RM201", 3, 1),
        ("RM204", 4, 16),
        ("RM405", 5, 19),
        ("RM402", 8, 11),
        ("RM301", 10, 18),
        ("RM209", 10, 60 - 4),
        ("RM302", 11, 5),
        ("RM201", 13, 30),
        ("RM203", 16, 66),
    ]


def test_misspelt_key_is_one_finding(
    findings_of: FindingsOf,
) -> None:
    (found,) = findings_of("""
        format: recognition-scenario/1
        country: RUS
        title: A made-up record
        start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}
        documented_until: 2026-01-15
        timeline: []
        """)
    assert (found.code, found.hint) == ("RM201", "did you mean documented-until?")


def test_key_with_a_space_gets_the_intended_key_as_hint(findings_of: FindingsOf) -> None:
    (found,) = findings_of("""
        format: recognition-scenario/1
        country: RUS
        title: A made-up record
        start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}
        documented until: 2026-01-15
        timeline: []
        """)
    assert (found.code, found.hint) == ("RM201", "did you mean documented-until?")


def test_unquoted_comma_in_braces_gets_a_hint(findings_of: FindingsOf, story: Story) -> None:
    evidence = "{source: wire-2024, voice: press, credibility: 3, claim: First, it is told.}"
    (found,) = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert (found.code, found.message) == ("RM201", "unknown key 'it is told.'")
    assert found.hint == "inside { }, quote a text that contains a comma"


@pytest.mark.parametrize(
    ("key", "value", "hint"),
    [
        ("act", "acept_ambassador", "did you mean accept_ambassador?"),
        ("act", "Engage", "did you mean engage?"),
        ("act", "xyzzy", "one of ban, engage, delist, accept_ambassador, recognise, "
         "withdraw_recognition, downgrade, break_off, lapse"),
        ("rank", "depreciated", "did you mean deprecated?"),
    ],
)  # fmt: skip
def test_misspelt_word_gets_nearest_word_or_all_words_as_hint(
    key: str, value: str, hint: str, findings_of: FindingsOf, story: Story
) -> None:
    lines = {"act": "engage", "rank": "normal", "date": "2022"} | {key: value}
    entry = "\n  ".join(f"{name}: {word}" for name, word in lines.items())
    (found,) = findings_of(story(f"- {entry}\n  evidence: [$press]\n"))
    assert (found.code, found.message) == ("RM204", f"{value!r} is not known here")
    assert found.hint == hint


@pytest.mark.parametrize(
    ("country", "hint"),
    [
        ("NO", "write NOR (Norway)"),
        ("no", "write NOR (Norway)"),
        ("RU", "write RUS (Russia)"),
        ("rus", "write RUS (Russia)"),
        ("Russia", "write RUS (Russia)"),
        ("UK", "write GBR (United Kingdom)"),
        ("Russsia", "did you mean RUS (Russia)?"),
        ("Atlantis-on-Sea", "write an alpha-3 code such as RUS"),
    ],
)
def test_country_name_gets_its_code_as_hint(
    country: str, hint: str, findings_of: FindingsOf, story: Story
) -> None:
    (found,) = findings_of(story("[]", country=country), "record.yaml")
    assert (found.code, found.place.line, found.place.column) == ("RM205", 2, 10)
    assert found.message == f"{country!r} is not an ISO 3166-1 alpha-3 country code"
    assert found.hint == hint


def test_norway_needs_no_quotes(scenario_from: Callable[..., Scenario], story: Story) -> None:
    assert scenario_from(story("[]", country="NOR"), "NOR.yaml").country == "NOR"


@pytest.mark.parametrize("value", ["0", "7", "-1", "3.5", "3a", "٣", "1e0", "1_0", "9" * 60])
def test_a_credibility_is_a_digit_from_one_to_six(
    value: str, findings_of: FindingsOf, story: Story
) -> None:
    evidence = f"{{source: wire-2024, voice: press, credibility: {value}, claim: x}}"
    (found,) = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert (found.code, found.message) == ("RM209", f"{value!r} is not a whole number from 1 to 6")


@pytest.mark.parametrize("value", range(1, 7))
def test_every_credibility_grade_is_accepted(
    value: int, scenario_from: Callable[..., Scenario], story: Story
) -> None:
    evidence = f"{{source: wire-2024, voice: press, credibility: {value}, claim: x}}"
    scenario = scenario_from(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert scenario.timeline[0].evidence[0].credibility == value


DIGEST = "lt1-0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("locator", "codes"),
    [
        (f"{{letters: 4, digest: {DIGEST}}}", []),
        (f"{{letters: 4, digest: {DIGEST[:-1]}}}", ["RM303"]),
        (f"{{letters: 4, digest: {DIGEST}0}}", ["RM303"]),
        (f"{{letters: 4, digest: {DIGEST.upper()}}}", ["RM303"]),
        (f"{{letters: 4, digest: lt2{DIGEST[3:]}}}", ["RM303"]),
        (f'{{letters: 4, digest: "{DIGEST}\\nx"}}', ["RM303"]),
        ("{letters: 4}", ["RM202"]),
        (f"{{letters: 10000, digest: {DIGEST}}}", []),
        (f"{{letters: 10001, digest: {DIGEST}}}", ["RM209"]),
        (f"{{digest: {DIGEST}}}", ["RM202"]),
        (f"{{paragraph: 0, letters: 4, digest: {DIGEST}}}", ["RM209"]),
        (f"{{paragraph: first, letters: few, digest: {DIGEST}}}", ["RM209", "RM209"]),
        (f"{{letters: 4, digest: {DIGEST}, page: 4}}", ["RM201"]),
        (DIGEST, ["RM203"]),
        ("", ["RM203"]),
    ],
)
def test_a_locator_has_letters_and_a_digest(
    locator: str, codes: list[str], findings_of: FindingsOf, story: Story
) -> None:
    evidence = f"{{source: wire-2024, at: {locator}, voice: press, credibility: 3, claim: x}}"
    found = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert [one.code for one in found] == codes


def test_a_locator_of_a_long_passage_is_told_to_be_shorter(
    findings_of: FindingsOf, story: Story
) -> None:
    at = f"{{letters: 10001, digest: {DIGEST}}}"
    evidence = f"{{source: wire-2024, at: {at}, voice: press, credibility: 3, claim: x}}"
    (found,) = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert found.message == "'10001' is not a whole number from 1 to 10000"
    assert found.hint == "cite a shorter passage"


def test_evidence_that_disputes_is_evidence(
    scenario_from: Callable[..., Scenario], story: Story
) -> None:
    scenario = scenario_from(story("- act: engage\n  date: 2022\n  evidence: [$press, $denial]\n"))
    (step,) = scenario.timeline
    assert [item.supports for item in step.evidence] == [True, False]
    assert step.attestation is rm.Attestation.NONE


def test_a_bearing_is_one_of_two_words(findings_of: FindingsOf, story: Story) -> None:
    evidence = "{source: wire-2024, voice: press, credibility: 3, bearing: doubts, claim: x}"
    (found,) = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert (found.code, found.hint) == ("RM204", "one of supports, disputes")


@pytest.mark.parametrize("word", ["yes", "True", "1", "on"])
def test_announcement_accepts_only_true_or_false(
    word: str, findings_of: FindingsOf, story: Story
) -> None:
    evidence = (
        f"{{source: wire-2024, voice: press, credibility: 3, announcement: {word}, claim: x}}"
    )
    (found,) = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: [{evidence}]\n"))
    assert (found.code, found.message) == ("RM204", f"{word!r} is not known here")


@pytest.mark.parametrize(
    ("evidence", "code", "column"),
    [
        ("[]", "RM302", 13),
        ("wire-2024", "RM203", 13),
        ("x", "RM203", 13),
        ("{source: wire-2024, voice: press, credibility: 3, claim: x}", "RM203", 13),
        ("{}", "RM203", 13),
        ("[wire-2024]", "RM203", 14),
        ("[[]]", "RM203", 14),
        ("['']", "RM203", 14),
    ],
)
def test_evidence_must_be_a_list_of_mappings(
    evidence: str, code: str, column: int, findings_of: FindingsOf, story: Story
) -> None:
    found = findings_of(story(f"- signal: visit\n  date: 2024\n  evidence: {evidence}\n"))
    # Two columns on: the story indents its timeline.
    assert places(found) == [(code, 9, column + 2)]


def test_empty_evidence_is_missing(findings_of: FindingsOf, story: Story) -> None:
    (found,) = findings_of(story("- signal: visit\n  date: 2024\n  evidence:\n"))
    assert found.code in {"RM302", "RM208"}
    assert (found.place.line, found.place.column) == (9, 14)


def test_missing_evidence_is_reported_beside_other_errors(
    findings_of: FindingsOf, story: Story
) -> None:
    entry = "- act: recognize\n  date: 2022\n  evidence: []\n"
    assert [found.code for found in findings_of(story(entry))] == ["RM204", "RM302"]


@pytest.mark.parametrize("among", ["BLR", "", "{BLR: KAZ}"])
def test_countries_of_a_claim_must_be_a_list(among: str, findings_of: FindingsOf) -> None:
    found = findings_of(
        "format: recognition-collective/1\n"
        "title: A made-up claim\n"
        "claims:\n"
        "  - claim: first\n"
        "    stage: engaged\n"
        "    country: RUS\n"
        f"    among: {among}\n"
        "    date: 2024\n"
        "    evidence: [{source: wire-2024, voice: press, credibility: 3, claim: x}]\n",
        "collective.yaml",
    )
    assert [(one.place.line, one.code in ("RM203", "RM208")) for one in found] == [(7, True)]


def test_alias_is_not_reported_as_missing_value(findings_of: FindingsOf, story: Story) -> None:
    found = findings_of(
        story("""
        - signal: visit
          date: 2024
          note: &note An example.
          evidence: &proof [$press]
        - signal: visit
          date: 2024
          note: *note
          evidence: *proof
        """)
    )
    assert places(found) == [
        ("RM115", 9, 11),
        ("RM115", 10, 15),
        ("RM115", 13, 11),
        ("RM115", 14, 15),
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("just words", "a mapping is needed here, not a text"),
        ("[act, engage]", "a mapping is needed here, not a list"),
        ("", "a mapping is needed here, not a text"),
    ],
)
def test_timeline_entry_must_be_a_mapping(
    entry: str, message: str, findings_of: FindingsOf, story: Story
) -> None:
    (found,) = findings_of(story(f"- {entry}\n"))
    assert (found.code, found.place.line, found.message) == ("RM203", 7, message)


def test_entry_must_have_exactly_one_kind(findings_of: FindingsOf, story: Story) -> None:
    none, three = findings_of(
        story("""
        - date: 2024
          evidence: [$press]
        - {signal: visit, act: engage, refuse: engage, date: 2024, evidence: [$press]}
        """)
    )
    assert (none.code, none.place.line) == ("RM207", 7)
    assert none.hint == "begin it with `act:`, `status:`, `signal:` or `refuse:`"
    assert none.message == "an entry is one of act, status, signal, refuse; this has none"
    assert (three.code, three.place.line) == ("RM207", 9)
    assert three.message.endswith("this has signal and act and refuse")


@pytest.mark.parametrize(
    ("claim", "key"),
    [("none", "stage"), ("first", "stage"), ("first", "country"), ("unattributed", "group")],
)
def test_a_claim_needs_the_keys_of_its_kind(claim: str, key: str, findings_of: FindingsOf) -> None:
    has = {"stage": "engaged", "country": "RUS", "group": "neighbours"}
    lines = "".join(f"    {name}: {value}\n" for name, value in has.items() if name != key)
    (found,) = findings_of(
        f"format: recognition-collective/1\ntitle: Made up\nclaims:\n  - claim: {claim}\n{lines}"
        "    date: 2024\n"
        "    evidence: [{source: wire-2024, voice: press, credibility: 3, claim: x}]\n",
        "collective.yaml",
    )
    assert (found.code, found.place.line) == ("RM202", 4)
    assert found.message == f"a {claim!r} claim needs the key {key!r}"


@pytest.mark.parametrize(
    ("root", "kind"),
    [("just words", "a text"), ("[format, country]", "a list"), ("- a\n", "a list")],
)
def test_file_must_be_a_mapping(root: str, kind: str, findings_of: FindingsOf) -> None:
    (found,) = findings_of(root)
    assert found.code == "RM203"
    assert found.message == f"the file must be a mapping, not {kind}"


@pytest.mark.parametrize("said", ["recognition-scenario/9", "''", "[recognition-scenario/1]", "{}"])
def test_file_of_unknown_format_has_one_finding(said: str, findings_of: FindingsOf) -> None:
    (found,) = findings_of(f"format: {said}\nnonsense: true\n")
    assert (found.code, found.place.line, found.place.column) == ("RM206", 1, 9)
    assert found.message.startswith("the format ")
    assert found.message.endswith(" is not known here")
    assert found.hint == "write format: recognition-scenario/1 or recognition-collective/1"


def test_register_given_as_scenario_gets_a_hint(findings_of: FindingsOf) -> None:
    (found,) = findings_of("format: recognition-sources/1\nsources: {}\n", "RUS.yaml")
    assert found.code == "RM206"
    assert found.hint == "a register is read beside the scenarios, as sources.yaml"


def test_start_may_have_evidence_instead_of_assumed(
    scenario_from: Callable[..., Scenario], story: Story
) -> None:
    shown = story("[]").replace("assumed: Made up.", "evidence: [$press]")
    proof = "{source: wire-2022, voice: press, credibility: 3, claim: x}"
    scenario = scenario_from(shown.replace("$press", proof))
    assert scenario.start.assumed is None
    assert [item.id for item in scenario.start.evidence] == ["wire-2022"]


def test_deprecated_act_may_be_out_of_order(
    scenario_from: Callable[..., Scenario], story: Story
) -> None:
    scenario = scenario_from(
        story("""
        - act: engage
          date: 2022
          evidence: [$press]
        - act: recognise
          rank: deprecated
          because: A false report.
          date: 1999
          evidence: [$press]
        """)
    )
    assert [step.date.text for step in scenario.timeline] == ["2022", "1999"]


def test_an_entry_before_the_start_is_out_of_order(findings_of: FindingsOf, story: Story) -> None:
    (found,) = findings_of(story("- act: engage\n  date: 1995\n  evidence: [$press]\n"))
    assert (found.code, found.place.line) == ("RM406", 7)
    assert found.message == "1995 stands after 1996-09-27 in line 4"


def test_only_entries_out_of_order_are_reported(findings_of: FindingsOf, story: Story) -> None:
    days = ["2022-05", "2021", "2022-06-01", "2022-05", "2022"]
    told = "".join(f"- {{signal: visit, date: {day}, evidence: [$press]}}\n" for day in days)
    assert [(one.code, one.place.line, one.message) for one in findings_of(story(told))] == [
        ("RM406", 8, "2021 stands after 2022-05 in line 7"),
        ("RM406", 10, "2022-05 stands after 2022-06-01 in line 9"),
    ]


def test_entry_after_the_end_of_the_record_is_the_one_out_of_order(
    findings_of: FindingsOf, story: Story
) -> None:
    days = ["2024-05-01", "2022-05-01"]
    told = "".join(f"- {{signal: visit, date: {day}, evidence: [$press]}}\n" for day in days)
    found = [one for one in findings_of(story(told, until="2023-01-15")) if one.code == "RM406"]
    assert [(one.place.line, one.message) for one in found] == [
        (7, "2024-05-01 stands before 2022-05-01 in line 8")
    ]


def test_quoted_spaces_are_stripped_and_are_not_a_value(
    findings_of: FindingsOf, scenario_from: Callable[..., Scenario], story: Story
) -> None:
    told = story('- {act: " engage ", date: "2022 ", note: " x ", evidence: [$press]}\n')
    (step,) = scenario_from(told).timeline
    assert (step.label, step.date.text, step.note) == ("act engage", "2022", "x")
    (found,) = findings_of(told.replace('" engage "', '"  "'))
    assert (found.code, found.message) == ("RM208", "a value is missing here")


def test_dates_that_can_be_in_order_are_accepted(
    scenario_from: Callable[..., Scenario], story: Story
) -> None:
    dates = ["2024-05", "2024", "2024-05-20", "2024-05"]
    told = "".join(f"- signal: visit\n  date: {day}\n  evidence: [$press]\n" for day in dates)
    assert [step.date.text for step in scenario_from(story(told)).timeline] == dates


# --- a register ------------------------------------------------------------------------------


def read_register(text: str, known: Mapping[str, rm.Source]) -> tuple[dict[str, Any], list[Any]]:
    reader = Reader(known)
    sources = reader.sources(parse(text, "sources.yaml"))
    return sources, places(reader.findings)


SOURCE = """\
format: recognition-sources/1
sources:
  my-report:
    type: report
    publisher: The Example
    title: "My report"
    issued: 2024-05
    language: de-AT
    reliability: D
"""


def test_source_is_read_with_all_keys(register: Mapping[str, rm.Source]) -> None:
    text = SOURCE + (
        "    public: 2024-06-02\n    url: https://example.org/a\n    archive: http://example.org/b\n"
        "    author: N. N.\n    seen: 2025-01-01\n    note: An example.\n"
        f"    file: {{name: a.txt, size: 12, sha256: {'0a' * 32}}}\n"
    )
    sources, found = read_register(text, register)
    assert found == []
    assert sources.keys() - register.keys() == {"my-report"}
    source = sources["my-report"]
    assert (source.id, source.type.value, source.reliability.value) == ("my-report", "report", "D")
    assert (source.issued.text, source.public.text) == ("2024-05", "2024-06-02")
    assert (source.url, source.archive) == ("https://example.org/a", "http://example.org/b")
    assert (source.author, source.language, source.note) == ("N. N.", "de-AT", "An example.")
    assert source.seen == When.parse("2025-01-01")
    assert source.file is not None
    assert (source.file.name, source.file.size, source.file.sha256) == ("a.txt", 12, "0a" * 32)


def test_public_defaults_to_issued() -> None:
    sources, _ = read_register(SOURCE, {})
    assert sources["my-report"].public == When.parse("2024-05")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("my-report:", "My_Report:", ("RM209", 3, 3)),
        ("type: report", "type: repport", ("RM204", 4, 11)),
        ("reliability: D", "reliability: G", ("RM204", 9, 18)),
        ("reliability: D", "reliability: d", ("RM204", 9, 18)),
        ("language: de-AT", "language: German", ("RM209", 8, 15)),
        ("issued: 2024-05", "issued: May", ("RM401", 7, 13)),
        ("publisher: The Example", "url: example.org", ("RM209", 5, 10)),
        ('title: "My report"', "titel: x", ("RM201", 6, 5)),
        ("    reliability: D\n", "    file: {name: a, size: 1, sha256: 0}\n", ("RM209", 9, 38)),
        ("sources:\n", "sources: {}\nsauces:\n", ("RM201", 3, 1)),
    ],
)
def test_error_in_a_register_is_reported_at_its_place(
    old: str, new: str, place: tuple[str, int, int]
) -> None:
    assert old in SOURCE
    _, found = read_register(SOURCE.replace(old, new), {})
    assert place in found


@pytest.mark.parametrize("text", ["sources: []", "sources: words", "sources:"])
def test_sources_must_be_a_mapping(text: str) -> None:
    _, found = read_register(f"format: recognition-sources/1\n{text}\n", {})
    assert [(code, line) for code, line, _ in found] in ([("RM203", 2)], [("RM208", 2)])


@pytest.mark.parametrize(
    ("issued", "public", "codes"),
    [
        ("2024-05", "2024-05-01", []),
        ("2024-05-27", "2024-05", []),  # it may have been the 27th
        ("2024-05-27", "2024-06", []),
        ("2024-05-27", "2024-05-26", ["RM305"]),
        ("2024-05", "2024-04", ["RM305"]),
        ("2024", "2023?", ["RM305"]),
    ],
)
def test_public_before_issued_is_a_finding(issued: str, public: str, codes: list[str]) -> None:
    text = SOURCE.replace("issued: 2024-05", f"issued: {issued}\n    public: {public}")
    _, found = read_register(text, {})
    assert [code for code, *_ in found] == codes


def test_one_bad_source_does_not_hide_the_good_ones() -> None:
    more = SOURCE.split("sources:\n")[1].replace("my-report", "other")
    sources, found = read_register(SOURCE.replace("D\n", "Z\n") + more, {})
    assert list(sources) == ["other"]
    assert found == [("RM204", 9, 18)]


# --- any file at all -------------------------------------------------------------------------

PROOF = {"source": "yearbook-2026", "voice": "press", "credibility": "3", "claim": "An example."}
WHOLE: dict[str, Any] = {
    "format": "recognition-scenario/1",
    "country": "RUS",
    "title": "A made-up record",
    "start": {"stage": "hostile", "ban": "none", "date": "1996-09-27", "assumed": "Made up."},
    "documented-until": "2026-01-15",
    "timeline": [
        {"act": "ban", "date": "2003-02-14", "note": "x", "evidence": [PROOF | {"voice": "host"}]},
        {
            "act": "recognise",
            "rank": "deprecated",
            "because": "x",
            "date": "2004",
            "evidence": [PROOF | {"bearing": "disputes"}],
        },
        {"status": {"ban": "in_force", "below": "engaged"}, "date": "2010", "evidence": [PROOF]},
        {"signal": "visit", "date": "2015..2016", "evidence": [PROOF, PROOF]},
        {
            "refuse": "recognise",
            "because": "ban-in-force",
            "date": "2024-05-27",
            "evidence": [PROOF | {"at": {"paragraph": "3", "letters": "40", "digest": DIGEST}}],
        },
    ],
}
CLAIMS: dict[str, Any] = {
    "format": "recognition-collective/1",
    "title": "Made-up claims",
    "claims": [
        {
            "claim": "first",
            "stage": "engaged",
            "country": "RUS",
            "among": ["BLR", "KAZ"],
            "since": "2021",
            "date": "2024",
            "evidence": [PROOF],
        },
        {"claim": "unattributed", "group": "neighbours", "date": "2024", "evidence": [PROOF]},
    ],
}
WORDS = st.sampled_from(
    [
        "",
        "x",
        "none",
        "2024",
        "2024-05-27",
        "host",
        "act",
        "status",
        "evidence",
        "engaged",
        "wire-2024",
    ]
)
VALUES = st.recursive(
    WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=4,
)


def paths_of(tree: Any) -> list[tuple[Any, ...]]:
    """The path to every value inside a tree."""
    below = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [(), *((key, *path) for key, value in below for path in paths_of(value))]


@st.composite
def damaged(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    """A complete file with up to three values replaced, removed, renamed or duplicated."""
    tree = deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths_of(tree)[1:] or [()]))
        if not path:
            break
        *way, last = path
        parent = tree
        for key in way:
            parent = parent[key]
        how = draw(st.sampled_from(["replace", "replace", "remove", "rename", "double"]))
        if how == "replace":
            parent[last] = draw(VALUES)
        elif how == "double" and isinstance(parent, list):
            parent.append(deepcopy(parent[last]))
        elif how == "rename" and isinstance(parent, dict):
            parent[draw(WORDS)] = parent.pop(last)
        else:
            del parent[last]
    return tree


def read(tree: Any, register: Mapping[str, rm.Source]) -> tuple[Any, list[rm.Finding]]:
    """Read a tree as a file; JSON is YAML, and one value a line gives each a line of its own."""
    reader = Reader(register)
    record = reader.document(parse(json.dumps(tree, indent=1), "RUS.yaml"))
    return record, reader.findings


def test_files_to_be_damaged_are_valid(register: Mapping[str, rm.Source]) -> None:
    for whole, entries in ((WHOLE, 5), (CLAIMS, 2)):
        record, found = read(whole, register)
        assert found == []
        assert len(getattr(record, "timeline", ()) or getattr(record, "claims", ())) == entries


@given(tree=damaged(WHOLE))
@example(tree=WHOLE | {"timeline": [WHOLE["timeline"][3] | {"evidence": "words"}]})
@example(tree=WHOLE | {"timeline": [WHOLE["timeline"][3] | {"evidence": PROOF}]})
@example(tree=WHOLE | {"start": WHOLE["start"] | {"evidence": "words"}})
def test_damaged_scenario_loses_nothing_silently(
    tree: dict[str, Any], register: Mapping[str, rm.Source]
) -> None:
    record, found = read(tree, register)
    assert all(1 <= one.place.line <= json.dumps(tree, indent=1).count("\n") + 1 for one in found)
    assert all(one.place.text for one in found)
    if any(one.is_error for one in found):
        assert record is None
        return
    if isinstance(record, rm.Collective):  # the damage may have made it one
        assert len(record.claims) == len(tree["claims"])
        return
    assert isinstance(record, Scenario)
    assert len(record.timeline) == len(tree["timeline"])
    for step, entry in zip(record.timeline, tree["timeline"], strict=True):
        assert step.kind in entry
        assert [item.id.partition("#")[0] for item in step.evidence] == [
            item["source"].strip() for item in entry["evidence"]
        ]
    assert len(record.start.evidence) == len(tree["start"].get("evidence", []))


@given(tree=damaged(CLAIMS))
@example(tree=CLAIMS | {"claims": [CLAIMS["claims"][0] | {"among": "BLR"}]})
@example(tree=CLAIMS | {"claims": [CLAIMS["claims"][0] | {"evidence": "words"}]})
def test_damaged_claims_lose_nothing_silently(
    tree: dict[str, Any], register: Mapping[str, rm.Source]
) -> None:
    record, found = read(tree, register)
    if any(one.is_error for one in found):
        assert record is None
        return
    assert isinstance(record, rm.Collective)
    assert len(record.claims) == len(tree["claims"])
    for claim, entry in zip(record.claims, tree["claims"], strict=True):
        assert list(claim.among) == [code.strip() for code in entry.get("among", [])]
        assert len(claim.evidence) == len(entry["evidence"])


@given(sources=st.dictionaries(WORDS | st.just("my-report"), VALUES, max_size=3) | VALUES)
def test_any_register_gives_sources_or_findings(
    sources: Any, register: Mapping[str, rm.Source]
) -> None:
    text = json.dumps({"format": "recognition-sources/1", "sources": sources})
    merged, found = read_register(text, register)
    assert merged.keys() >= register.keys()
    assert not merged.keys() - register.keys()  # none of these is a whole source
    assert found or sources == {}


def test_order_of_findings_is_independent_of_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "RUS.yaml"
    path.write_text("format: recognition-scenario/1\nflag: white\ntimeline: [{act: engage}]\n")
    script = (
        "import recognition_model as rm, sys\n"
        "for one in rm.load_folder([sys.argv[1]], {}).findings: print(one)\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(told) == 1
    assert told.pop().count("RM202") == 5  # country, title, start, documented-until; date
