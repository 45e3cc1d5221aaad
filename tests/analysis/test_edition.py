"""The edition of an output: one version for everything that it was made from."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.edition import Edition, edition_of, left_out_in_words, rules_digest
from recognition_model.core.claims import Collective
from recognition_model.core.signals import Family
from recognition_model.io.loader import load_folder
from recognition_model.io.releases import releases

# The expression that semver.org suggests for Semantic Versioning 2.0.0.
SEMVER = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?"
)
STEPS = act("engage", "2022-03", PRESS), act("accept_ambassador", "2023-01-01")
FIJI = record(*STEPS)
STRICT = rm.RuleTable(evolve(rule, needs=rm.Attestation.OFFICIAL) for rule in rm.RULES)
VISIT = rm.SignalStep(signal="visit", date=rm.When.parse("2022-05-01"), evidence=(PRESS,))
SEEN = evolve(OFFICIAL, source=evolve(OFFICIAL.source, seen=rm.When.parse("2026-03-05")))


def strictly(replay: rm.Replay) -> rm.Replay:
    return rm.replay(replay.scenario, rules=STRICT)


EDITIONS: dict[str, Callable[[], Edition]] = {
    "record": lambda: edition_of([FIJI]),
    "another day": lambda: edition_of([record(act("engage", "2022-04", PRESS), STEPS[1])]),
    "two countries": lambda: edition_of([FIJI, record(*STEPS, country="TON")]),
    "earliest": lambda: edition_of([FIJI], dates="earliest"),
    "latest": lambda: edition_of([FIJI], dates="latest"),
    "all": lambda: edition_of([FIJI], dates="all"),
    "other rules": lambda: edition_of([strictly(FIJI)]),
    "known by": lambda: edition_of([record(*STEPS, known_by="2025-06-30")]),
    "known by another": lambda: edition_of([record(*STEPS, known_by="2025-07-01")]),
    "option": lambda: edition_of([FIJI], options={"unit": "day"}),
    "another option": lambda: edition_of([FIJI], options={"unit": "month"}),
    "left out": lambda: edition_of([FIJI], left_out=["TON.yaml"]),
    "another left out": lambda: edition_of([FIJI], left_out=["WSM.yaml"]),
    "claims": lambda: edition_of([FIJI], collectives=[Collective(title="None", claims=())]),
    "rules alone": lambda: edition_of([], rules=rm.RULES),
    "program": lambda: evolve(edition_of([FIJI]), program="9.9.9"),
    "release": lambda: evolve(edition_of([FIJI]), release=3),
}


def test_two_editions_never_share_a_version() -> None:
    versions: dict[str, list[str]] = {}
    for name, made in EDITIONS.items():
        versions.setdefault(made().version, []).append(name)
    assert [names for names in versions.values() if len(names) > 1] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_version_is_a_semantic_version(name: str) -> None:
    assert SEMVER.fullmatch(EDITIONS[name]().version)


@pytest.mark.parametrize("name", EDITIONS)
def test_edition_reads_back_from_its_plain_data(name: str) -> None:
    edition = EDITIONS[name]()
    assert Edition.from_dict(edition.to_dict()) == edition


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "recognition-edition/2"},
        {"dates": "middle"},
        {"known_by": "yesterday"},
        {"countries": None},
        {"release": "one"},
    ],
    ids=str,
)
def test_edition_refuses_other_data(wrong: dict[str, Any]) -> None:
    data = EDITIONS["record"]().to_dict()
    with pytest.raises(ValueError, match=r".+"):
        Edition.from_dict({**data, **wrong})
    del data["rules"]
    with pytest.raises(ValueError, match="rules"):
        Edition.from_dict(data)


def test_version_ignores_the_order_of_replays_and_of_left_out_files() -> None:
    tonga = record(*STEPS, country="TON")
    assert (
        edition_of([FIJI, tonga], left_out=["a.yaml", "b.yaml"]).version
        == edition_of([tonga, FIJI], left_out=["b.yaml", "a.yaml"]).version
    )


def test_countries_known_by_different_days_have_another_version_when_the_days_change_places() -> (
    None
):
    def mixed(fiji: str, tonga: str) -> str:
        told = record(*STEPS, known_by=fiji), record(*STEPS, country="TON", known_by=tonga)
        return edition_of(told).version

    # Both records end before these days, and their evidence is older: only the days differ.
    assert mixed("2025-07-01", "2025-07-02") != mixed("2025-07-02", "2025-07-01")


def test_countries_with_different_rules_have_another_version_when_the_rules_change_places() -> None:
    tonga = record(*STEPS, country="TON")
    one, other = edition_of([FIJI, strictly(tonga)]), edition_of([strictly(FIJI), tonga])
    assert one.version != other.version
    assert one.record == other.record


def test_family_of_a_signal_is_part_of_the_record() -> None:
    said = [
        edition_of([record(evolve(VISIT, family=family))]).record
        for family in (Family.VISIT, Family.CONTACT)
    ]
    assert len(set(said)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"needs": rm.Attestation.NONE},
        {"after": rm.Stage.HOSTILE},
        {"code": "R99"},
        {"why": "Another reason."},
        {"ban_becomes": rm.Ban.IN_FORCE},
    ],
    ids=str,
)
def test_digest_of_rules_changes_with_any_part_of_a_rule(change: dict[str, Any]) -> None:
    first, *others = rm.RULES
    other = rm.RuleTable([evolve(rm.RULES["R08"], **change)])
    assert rules_digest(other) != rules_digest(rm.RuleTable([rm.RULES["R08"]]))
    assert rules_digest(rm.RuleTable([first, *others])) == rules_digest(rm.RULES)


def test_shipped_record_has_no_own_files_and_a_copy_has() -> None:
    shipped = [rm.replay(one) for one in load_folder().scenarios[:2]]
    assert edition_of(shipped).own == ()
    latest = max(release.number for release in releases())
    starts = ("0.0.0-unreleased+record.", f"{latest}.0.0+record.")
    assert edition_of(shipped).version.startswith(starts)
    assert edition_of([FIJI]).version.startswith("0.0.0-own+record.")
    both = edition_of([*shipped, FIJI])
    assert both.version.startswith("0.0.0-with.own+record.")
    assert both.in_words.endswith(f"(with own files: FJI), rules {rules_digest(rm.RULES)}")
    assert "(own files)" in edition_of([FIJI]).in_words


def test_day_of_an_unreleased_edition_is_the_newest_in_its_data() -> None:
    # The source is of 1997, the record ends on 2025-06-30.
    assert edition_of([FIJI]).day == date(2025, 6, 30)
    assert edition_of([record(*STEPS, reviewed="2025-09-01")]).day == date(2025, 9, 1)
    assert edition_of([record(act("engage", "2022-03", SEEN))]).day == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), ""),
        (("CHN.yaml",), "Left out because of errors: China (CHN) in CHN.yaml."),
        (
            ("chn.yml", "notes.yaml"),
            "Left out because of errors: China (CHN) in chn.yml, notes.yaml.",
        ),
    ],
)
def test_left_out_files_are_named_with_their_countries(files: tuple[str, ...], words: str) -> None:
    assert left_out_in_words(files) == words


def test_edition_without_replays_has_the_rules_of_the_package() -> None:
    assert edition_of([]).rules == rules_digest(rm.RULES)


def test_local_version_of_the_program_is_part_of_the_version() -> None:
    plain, local = (evolve(edition_of([FIJI]), program=one).version for one in ("1.0", "1.0+g1"))
    assert plain.endswith(".program.1.0")
    assert local.endswith(".program.1.0.local.g1")
    assert SEMVER.fullmatch(local)


# --- the rule table -----------------------------------------------------------------------------


def test_table_of_another_title_is_named_in_version_words_and_data() -> None:
    table = rm.RuleTable(rm.RULES.rules[:3], title="My rules (2)")
    edition = edition_of([], rules=table)
    assert edition.rules_title == "My rules (2)"
    assert f".rules.{table.digest}.table.My-rules--2--" in edition.version.replace("+", ".")
    assert edition.in_words.endswith(f"rules {table.digest} (My rules (2))")
    assert Edition.from_dict(edition.to_dict()) == edition


def test_shipped_table_is_named_by_its_digest_alone() -> None:
    edition = edition_of([])
    assert (edition.rules, edition.rules_title) == (rm.RULES.digest, "")
    assert ".table." not in edition.version
    assert edition.in_words.endswith(f"rules {rm.RULES.digest}")
    assert edition.to_dict()["rules_title"] is None


def test_table_without_a_title_is_said_to_have_none() -> None:
    assert edition_of([], rules=rm.RuleTable(rm.RULES.rules[:3])).rules_title == (
        "a table without a title"
    )


def test_edition_of_a_file_that_is_older_than_titles_is_read() -> None:
    data = edition_of([]).to_dict()
    del data["rules_title"]
    assert Edition.from_dict(data) == edition_of([])


def test_edition_in_words_ends_with_the_dates_and_the_day_of_knowledge() -> None:
    known = record(*STEPS, known_by="2025-06-30")
    assert str(edition_of([FIJI], dates="latest")).endswith(", dates latest")
    assert str(edition_of([known], dates="all")).endswith(", dates all, known by 2025-06-30")
    assert str(edition_of([FIJI])) == edition_of([FIJI]).in_words


def test_edition_of_what_was_known_by_a_day_has_no_day_of_its_data() -> None:
    assert edition_of([record(*STEPS, known_by="2025-06-30")]).day is None
    assert edition_of([FIJI]).day is not None
