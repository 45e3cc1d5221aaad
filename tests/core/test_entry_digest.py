"""The digest of an entry: it changes with what the entry claims, and with nothing else."""

import json
from collections.abc import Callable
from hashlib import sha256

import pytest

import recognition_model as rm
from recognition_model.core.checks import canonical_entry, entry_digest, entry_name

VISIT = """
    - signal: visit_made
      date: 2022-05-01
      evidence:
        - {source: wire-2022, voice: press, credibility: 3, claim: An envoy came.}
        - source: yearbook-2026
          at: {paragraph: 4, letters: 12, digest: lt1-0123456789abcdef0123456789abcdef}
          voice: host
          credibility: 2
          recalled: true
          claim: He came in May.
"""
# Written by hand after the description in `core.checks`; items are in the order of their JSON.
CANONICAL = (
    '{"country":"RUS","date":"2022-05-01","evidence":['
    '{"bearing":"supports","claim":"An envoy came.","credibility":3,"source":"wire-2022",'
    '"voice":"press"},'
    '{"bearing":"supports","claim":"He came in May.","credibility":2,'
    '"digest":"lt1-0123456789abcdef0123456789abcdef","letters":12,"recalled":true,'
    '"source":"yearbook-2026","voice":"host"}],'
    '"kind":"signal","says":{"signal":"visit_made"}}'
)

Told = Callable[..., rm.Replay]


def digests(replay: rm.Replay) -> list[str]:
    return [entry_digest(replay.country, step) for step in replay.scenario.timeline]


def test_digest_is_that_of_the_documented_text(replay_of: Told) -> None:
    json.loads(CANONICAL)
    assert digests(replay_of(VISIT)) == [f"en1-{sha256(CANONICAL.encode()).hexdigest()[:32]}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("evidence:\n", "note: It rained.\n      evidence:\n"),
        ("evidence:\n", "contradiction: Two days are told.\n      evidence:\n"),
        ("    - signal", "    # a comment\n    - signal"),
        ("An envoy came.", '"An   envoy came."'),
        ("paragraph: 4, ", "paragraph: 5, "),
        ("paragraph: 4, ", ""),
        ("    - signal", "    - {signal: visit, date: 2021, evidence: [$press]}\n    - signal"),
    ],
)
def test_digest_does_not_change_with_notes_layout_or_place(
    before: str, after: str, replay_of: Told
) -> None:
    assert before in VISIT
    assert digests(replay_of(VISIT))[0] == digests(replay_of(VISIT.replace(before, after)))[-1]


def test_digest_does_not_change_with_the_order_of_evidence(replay_of: Told) -> None:
    head, first, second = (
        VISIT.partition("        - {source: wire-2022")[0],
        *(VISIT.partition("        - {source")[2].split("        - source")),
    )
    turned = f"{head}        - source{second}        - {{source{first}"
    assert digests(replay_of(turned)) == digests(replay_of(VISIT))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2022-05-01", "2022-05"),
        ("visit_made", "visit_received"),
        ("voice: press", "voice: taliban"),
        ("credibility: 3", "credibility: 2"),
        ("wire-2022", "wire-2024"),
        ("An envoy came.", "An envoy went."),
        ("letters: 12", "letters: 13"),
        ("lt1-0", "lt1-1"),
        ("recalled: true", "recalled: false"),
        ("voice: host", "voice: host, bearing: disputes"),
    ],
)
def test_digest_changes_with_what_the_entry_claims(
    before: str, after: str, replay_of: Told
) -> None:
    changed = VISIT.replace(before, after)
    if ", bearing" in after:
        changed = VISIT.replace(before, "voice: host\n          bearing: disputes")
    assert changed != VISIT
    assert digests(replay_of(changed)) != digests(replay_of(VISIT))


def test_digest_differs_between_countries(replay_of: Told) -> None:
    (russian,) = replay_of(VISIT).scenario.timeline
    assert entry_digest("RUS", russian) != entry_digest("BLR", russian)


ACTS = """
    - {act: engage, date: 2022-02-01, evidence: [$press]}
    - {act: engage, date: 2022-02-01, dated-by: reported, evidence: [$press]}
    - {act: engage, date: 2022-02-01, rank: deprecated, because: False., evidence: [$press]}
    - {refuse: engage, date: 2022-02-01, because: wrong-stage, evidence: [$press]}
    - {refuse: engage, date: 2022-02-01, because: not-attested, evidence: [$press]}
    - {status: {stage: engaged}, date: 2022-02-01, evidence: [$press]}
    - {status: {at-least: engaged}, date: 2022-02-01, evidence: [$press]}
    - {status: {ban: none}, date: 2022-02-01, evidence: [$press]}
"""


def test_text_that_is_digested_says_what_differs_from_a_plain_act(replay_of: Told) -> None:
    replay = replay_of(ACTS)
    texts = [canonical_entry(replay.country, step) for step in replay.scenario.timeline]
    assert [json.loads(text)["says"] for text in texts] == [
        {"act": "engage"},
        {"act": "engage", "dated-by": "reported"},
        {"act": "engage", "rank": "deprecated"},
        {"refuse": "engage", "because": "wrong-stage"},
        {"refuse": "engage", "because": "not-attested"},
        {"stage": "engaged"},
        {"at-least": "engaged"},
        {"ban": "none"},
    ]


def test_entries_that_say_different_things_have_different_digests(replay_of: Told) -> None:
    assert len({*digests(replay_of(ACTS))}) == 8


def test_reason_of_a_deprecation_is_a_note(replay_of: Told) -> None:
    other = ACTS.replace("because: False.", "because: Another paper denied it.")
    assert digests(replay_of(other)) == digests(replay_of(ACTS))


def test_entry_is_named_by_its_word_and_date(replay_of: Told) -> None:
    names = [entry_name(step) for step in replay_of(ACTS + VISIT).scenario.timeline]
    assert [names[8], names[0], names[3], names[6]] == [
        "visit_made 2022-05-01",
        "engage 2022-02-01",
        "refuse engage 2022-02-01",
        "status at least engaged 2022-02-01",
    ]
