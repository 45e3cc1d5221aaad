"""The words for signals: every word of the record has a meaning, and no word has two."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml
from support.paths import ROOT

import recognition_model as rm


def read(name: str) -> dict[str, Any]:
    """Read a file of the repository as plain text, before the reader replaces an alias."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - every scalar is text


VOCABULARY = read("seeds/signals.yaml")
WORDS = VOCABULARY["signals"]
ALIASES = [alias for meaning in WORDS.values() for alias in meaning.get("aliases", ())]
ENTRIES = [
    (path.stem, entry)
    for path in sorted((ROOT / "scenarios").glob("[A-Z][A-Z][A-Z].yaml"))
    for entry in read(f"scenarios/{path.name}")["timeline"]
    if "signal" in entry
]
USES = Counter(entry["signal"] for _, entry in ENTRIES)
FAMILIES = """
    contact visit mission accreditation predecessor_mission statement listing economic humanitarian
    consular security force multilateral doctrine
""".split()  # noqa: SIM905 - a list reads better whole
USED_ONCE = {
    "visit": "no known direction, or both: what is left beside visit_made and visit_received",
    "listing_considered": "towards a stricter listing, the opposite of ban_easing",
}
# The words of the record before they had meanings, frozen. Files of users may still have them.
BEFORE = """
    agreement_signed agrement aid_exempted ambassador_announced ambassador_arrived
    ambassador_claimed ambassador_mission_ended ambassador_sent armed_conflict base_lent
    channel_given_up charge_accepted charge_claimed charge_expelled charge_mission charge_named
    charge_received charge_sent charge_turned_away consul_claimed consul_general_claimed
    consular_staff_accepted consular_work_conceded consular_work_resumed consulate_agreed
    consulate_handed_over contacts_claimed contacts_confirmed contacts_denied
    cooperation_intended credentials_originals credentials_presented_in_kabul
    de_facto_authority_acknowledged delisting_filed delisting_law_signed delisting_proposed
    delisting_restated delisting_review_started diplomat_accredited diplomats_refused doctrine
    downgrade_declared downgrade_reported economic_project effective_control_acknowledged
    embassy_closed embassy_closing embassy_closure_denied embassy_handed_over embassy_planned
    embassy_reopened embassy_reopening_claimed embassy_restored first_secretary_accepted
    hostility_ended humanitarian_aid humanitarian_office humanitarian_office_planned
    listing_review mission_disowned mission_self_aligned missions_claimed office_ordered_closed
    predecessor_accreditation_ended predecessor_accreditation_kept predecessor_mission_closed
    predecessor_mission_closing prisoners_returned recognition_anniversary_passed_over
    recognition_lapsing recognition_left_open recognition_outlook recognition_rationale
    recognition_urged recognition_withheld regional_consultations relations_reviewed
    returns_sought sanctions_ordered special_envoy_named staff_withdrawn talks_called_off
    talks_in_third_country talks_resumed talks_ruled_out technical_mission technical_talks
    third_party_consultation trade ultimatum un_seat_withheld venue visas_granted visit
    withdrawal_announced
""".split()  # noqa: SIM905 - a list reads better whole
# A denial is evidence that disputes a claim; an alias would turn it into the claim.
DENIALS = {"embassy_closure_denied"}
# Entries that a party to the relation disputes and does not support, from the claims by hand.
DENIED = {
    ("ARE", "2023-02-05..2023-02-08"): "mission_vacated",
    ("CHN", "1999-02"): "visit_made",
    ("DEU", "2025-11-10"): "consular_work_under_kabul",
    ("IND", "2018-11-09"): "group_talks",
    ("IND", "2023-11-23..2023-11-24"): "predecessor_mission_closed",
    ("IRN", "2013-06-02"): "visit_received",
    ("ITA", "2021-09-03"): "mission_planned",
    ("NOR", "..2011-01-31"): "contact_unspecified",
    ("PAK", "2009-07-10..2009-07-11"): "contact_unspecified",
}


def voices(entry: dict[str, Any], bearing: str) -> set[str]:
    """Whose evidence supports an entry, or disputes it."""
    items = entry["evidence"]
    return {item["voice"] for item in items if item.get("bearing", "supports") == bearing}


def test_every_signal_of_the_record_is_a_word_with_a_meaning() -> None:
    assert [(country, e["date"]) for country, e in ENTRIES if e["signal"] not in WORDS] == []


def test_every_word_is_used_and_only_two_are_used_once() -> None:
    assert set(WORDS) == set(USES)
    assert {word for word, uses in USES.items() if uses == 1} == set(USED_ONCE)


def test_vocabulary_has_between_35_and_50_words() -> None:
    assert VOCABULARY["format"] == "recognition-signals/1"
    assert 35 <= len(WORDS) <= 50


@pytest.mark.parametrize("word", WORDS)
def test_example_of_a_word_is_an_entry_with_that_word(word: str) -> None:
    example = WORDS[word]["example"]
    assert set(example) == {"country", "date"}
    assert example["date"] in {
        entry["date"]
        for country, entry in ENTRIES
        if (country, entry["signal"]) == (example["country"], word)
    }


@pytest.mark.parametrize("word", WORDS)
def test_word_says_what_it_means_and_what_it_is_not(word: str) -> None:
    meaning = WORDS[word]
    assert set(meaning) <= {
        *("family", "meaning", "deed", "is-not", "example", "aliases", "cameo", "plover")
    }
    assert meaning["deed"] in {"host", "taliban", "either", "both", "other"}
    assert meaning["meaning"].endswith(".")
    assert meaning["is-not"].endswith(".")
    acts = {act.value for act in rm.Act}
    named = {
        name
        for names in re.findall(r"\(([a-z_, ]+)\)", meaning["is-not"])
        for name in names.split(", ")
        if "_" in name
    }
    assert named <= {*WORDS, *acts} - {word}


@pytest.mark.parametrize("family", FAMILIES)
def test_record_uses_a_word_of_every_family(family: str) -> None:
    assert any(USES[word] for word, one in WORDS.items() if one["family"] == family)


def test_words_stand_in_the_order_of_their_families_and_have_no_other_family() -> None:
    told = [meaning["family"] for meaning in WORDS.values()]
    assert told == sorted(told, key=FAMILIES.index)


def test_old_words_are_words_or_aliases_and_there_are_no_other_aliases() -> None:
    assert len(BEFORE) == len({*BEFORE}) == 95
    assert {*BEFORE} - {*WORDS, *ALIASES} == DENIALS
    assert {*ALIASES} <= {*BEFORE}


def test_alias_leads_to_one_word_and_is_no_word() -> None:
    assert len(ALIASES) == len({*ALIASES})
    assert not {*ALIASES} & {*WORDS}


@pytest.mark.parametrize("word", WORDS)
def test_cameo_codes_have_three_or_four_digits_under_one_of_twenty_roots(word: str) -> None:
    for code in WORDS[word].get("cameo", ()):
        assert re.fullmatch(r"0[1-9]\d{1,2}|1\d{2,3}|20\d{1,2}", code), code


def test_signals_that_a_party_denies_are_the_ones_denied_in_the_sources() -> None:
    told = {
        (country, entry["date"]): entry["signal"]
        for country, entry in ENTRIES
        if {"host", "taliban"} & (voices(entry, "disputes") - voices(entry, "supports"))
    }
    assert told == DENIED
    assert told == {
        (scenario.country, step.date.text): step.signal
        for scenario in rm.load_folder().all_scenarios
        for step in scenario.timeline
        if isinstance(step, rm.SignalStep) and step.denied
    }


def test_general_denial_of_contact_is_disputed_by_nobody() -> None:
    denials = [entry for _, entry in ENTRIES if entry["signal"] == "contact_denied"]
    assert denials
    assert not any(voices(entry, "disputes") for entry in denials)
