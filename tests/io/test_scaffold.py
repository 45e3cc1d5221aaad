"""The starter file replays unchanged for every country, and so does its example."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import recognition_model as rm
from recognition_model.core.base import keys_of
from recognition_model.core.countries import CODES, UnknownCountry, name_of
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.scenario import Assertion, Doctrine
from recognition_model.core.stages import Reason
from recognition_model.io.scaffold import new_register, new_scenario

# One plain name, and those with an accent, a comma, an apostrophe in the standard's name, brackets.
COUNTRIES = ["IDN", "ALA", "BES", "CIV", "FLK", "XKX"]
ORGANISATIONS = ["EUE", "UNO"]


def with_the_example(text: str) -> str:
    """Follow the instructions at the top of the guide."""
    first, *lines = text.splitlines(keepends=True)
    (mark,) = (number for number, line in enumerate(lines) if set(line) == set("# =\n"))
    return first + "".join(line.removeprefix("#: ") for line in lines[mark:])


def without_the_guide(text: str) -> str:
    """Delete everything from the mark on."""
    above, _, below = text.partition(f"\n# {'=' * 98}\n")
    assert below.startswith("# GUIDE. Delete everything from the line above to the end ")
    return above


def as_prose(text: str) -> str:
    """The comments of a file on one line, so that tests can search for a sentence."""
    return re.sub(r"[\s#:]+", " ", text)


@pytest.fixture
def example_of(tmp_path: Path) -> Callable[..., rm.Scenario]:
    """Load a country's starter with its example enabled, cut to this many entries."""

    def loaded(country: str, entries: int = 6) -> rm.Scenario:
        head, *timeline = re.split(r"(?m)^(?=  - )", with_the_example(new_scenario(country)))
        assert len(timeline) == 6
        path = tmp_path / f"{country}.yaml"
        path.write_text(head + "".join(timeline[:entries]), encoding="utf-8")
        sources = with_the_example(new_register())
        (tmp_path / "sources.yaml").write_text(sources, encoding="utf-8")
        return rm.load(path)

    return loaded


# --- as it is ----------------------------------------------------------------------------------


def test_the_starter_of_every_country_replays_without_a_finding_or_a_change(tmp_path: Path) -> None:
    for code in (*CODES, *ORGANISATIONS):
        (tmp_path / f"{code}.yaml").write_text(new_scenario(code), encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(new_register(), encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert folder.findings == ()
    assert {scenario.country for scenario in folder.scenarios} == set(CODES)
    assert [scenario.country for scenario in folder.organisations] == ORGANISATIONS
    for scenario in folder.all_scenarios:
        replay = rm.replay(scenario)
        assert (replay.findings, replay.changes, replay.refusals) == ((), (), ())
        assert scenario.title == f"{name_of(scenario.country)}, not yet looked up"


def test_starter_of_an_organisation_says_that_it_is_one() -> None:
    assert "\ncountry: EUE\nkind: organisation\ntitle: European Union, " in new_scenario("EU")
    assert "\nkind:" not in new_scenario("FJI", bare=True)


def test_starter_asserts_only_an_assumed_start(tmp_path: Path) -> None:
    path = tmp_path / "FJI.yaml"
    path.write_text(new_scenario("FJI"), encoding="utf-8")
    scenario = rm.load(path)
    assert (str(scenario.start.state), scenario.start.evidence) == (
        "hostile, no ban documented",
        (),
    )
    assert scenario.start.assumed == (
        "Nothing has been looked up yet. This start is a placeholder."
    )
    assert scenario.start.date.text == scenario.documented_until.isoformat() == "2021-08-15"
    assert (scenario.timeline, scenario.doctrine) == ((), None)


def test_starter_accepts_country_code_or_name() -> None:
    assert new_scenario("fj") == new_scenario("Fiji") == new_scenario("FJI")
    assert "\ncountry: FJI\n" in new_scenario("Fiji")
    with pytest.raises(UnknownCountry, match="'Fidji'") as caught:
        new_scenario("Fidji")
    assert ("FJI", "Fiji") in caught.value.suggestions


def test_starter_register_has_no_source(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(new_register(), encoding="utf-8")
    assert rm.read_sources(path, {}) == {}


# --- without its guide, and with a schema ------------------------------------------------------


@pytest.mark.parametrize("country", [*COUNTRIES, *ORGANISATIONS])
def test_starter_without_its_guide_is_the_bare_one(country: str) -> None:
    assert without_the_guide(new_scenario(country)) == new_scenario(country, bare=True)
    assert without_the_guide(new_register()) == new_register(bare=True)


def test_bare_starter_of_every_country_replays_without_a_finding(tmp_path: Path) -> None:
    for code in (*CODES, *ORGANISATIONS):
        text = new_scenario(code, bare=True, schema="schemas/scenario.json")
        (tmp_path / f"{code}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(new_register(bare=True), encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert (folder.findings, len(folder.all_scenarios)) == ((), len(CODES) + 2)
    assert all(rm.replay(scenario).findings == () for scenario in folder.all_scenarios)


def test_bare_starter_is_short_and_ends_with_its_timeline() -> None:
    lines = new_scenario("FJI", bare=True, schema="schemas/scenario.json").splitlines()
    assert len(lines) == 13
    assert lines[0] == "# yaml-language-server: $schema=schemas/scenario.json"
    assert lines[-1] == "timeline: []"
    assert "#" not in "".join(lines[2:])


@pytest.mark.parametrize("bare", [False, True])
def test_starter_names_a_schema_only_if_given_one(bare: bool) -> None:  # noqa: FBT001
    for make in (lambda **more: new_scenario("FJI", **more), new_register):
        plain, named = make(bare=bare), make(bare=bare, schema="s.json")
        assert named == "# yaml-language-server: $schema=s.json\n" + plain
        assert "$schema" not in plain


def test_example_keeps_the_schema_of_its_first_line() -> None:
    text = with_the_example(new_scenario("FJI", schema="schemas/scenario.json"))
    assert text.startswith("# yaml-language-server: $schema=schemas/scenario.json\n")


@pytest.mark.parametrize("text", [new_scenario("FJI"), new_register()], ids=["record", "register"])
@pytest.mark.parametrize("tried", [False, True], ids=["as it is", "with its example"])
def test_no_comment_follows_a_free_text_on_its_line(text: str, tried: bool) -> None:  # noqa: FBT001
    text = with_the_example(text) if tried else text
    keys = "title|assumed|says|note|contradiction|because|claim|publisher|author|group|name"
    free = re.findall(rf"(?m)^[ -]*(?:{keys}): +(.*)$", text)
    assert free or not tried
    assert [line for line in free if " #" in line and not line.startswith("not-attested")] == []


# --- with its example --------------------------------------------------------------------------


@pytest.mark.parametrize("country", COUNTRIES)
def test_example_replays_as_its_comments_say(
    country: str, example_of: Callable[..., rm.Scenario]
) -> None:
    scenario = example_of(country)
    replay = rm.replay(scenario)
    assert replay.findings == ()
    assert [(c.rule, c.date.text, str(c.after.stage)) for c in replay.changes] == [
        ("R02", "2021-11-18", "engaged"),
        ("R04", "2023-02", "ambassador_accepted"),
    ]
    (refusal,) = replay.refusals
    assert (refusal.expected, refusal.act, {r.value for r in refusal.reasons}) == (
        True,
        rm.Act.RECOGNISE,
        {"not-attested"},
    )
    (status,) = replay.statuses
    assert status.verdict.certain
    assert [step.label for step in scenario.timeline] == [
        "act engage",
        "act accept_ambassador",
        "signal visit",
        "refuse recognise",
        "status at least engaged, below de_jure_recognition",
        "act accept_ambassador",
    ]
    assert [getattr(step, "deprecated", False) for step in scenario.timeline] == [
        *(False, True, False, False, False, False)
    ]
    assert str(scenario.doctrine) == "It recognises states, never governments."


@pytest.mark.parametrize("country", ORGANISATIONS)
def test_example_of_an_organisation_has_only_its_acts_and_stages(
    country: str, example_of: Callable[..., rm.Scenario]
) -> None:
    scenario = example_of(country)
    replay = rm.replay(scenario)
    assert (replay.findings, scenario.of_organisation) == ((), True)
    assert [(c.rule, str(c.after.stage)) for c in replay.changes] == [
        ("R02", "engaged"),
        ("R01", "banned"),
    ]
    assert [step.label for step in scenario.timeline] == [
        "act engage",
        "act break_off",
        "signal visit",
        "refuse ban",
        "status stage engaged, ban none",
        "act ban",
    ]
    text = new_scenario(country)
    assert "R01 permits it, and the stage becomes banned." in text
    assert "de_jure_recognition" not in text
    assert "ambassador" not in text.replace("a diplomat below ambassador admitted", "")


@pytest.mark.parametrize("entries", range(1, 7))
def test_example_replays_up_to_each_of_its_entries(
    entries: int, example_of: Callable[..., rm.Scenario]
) -> None:
    replay = rm.replay(example_of("FJI", entries))
    assert replay.findings == ()
    assert len(replay.scenario.timeline) == entries


def test_comments_state_the_results_of_the_example() -> None:
    results = re.findall(r"^# Result: (.*)$", new_scenario("FJI"), re.MULTILINE)
    assert results == [
        "R02 permits it, and the stage becomes engaged.",
        "it is shown, and the stage does not change.",
        "refused, as expected.",
        "the status holds.",
        "R04 permits it, and the stage becomes ambassador_accepted.",
    ]


def test_example_source_has_issued_and_public_dates(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(with_the_example(new_register()), encoding="utf-8")
    (source,) = rm.read_sources(path, {}).values()
    assert (source.id, source.reliability.value) == ("example-2023", "C")
    assert (source.issued.text, source.public.text) == ("2023-05", "2023-06-30")


@pytest.mark.parametrize("text", [new_scenario("FJI"), new_register()], ids=["record", "register"])
def test_overlooked_mark_gives_duplicate_key_finding(text: str, tmp_path: Path) -> None:
    half = "".join(line.removeprefix("#: ") for line in text.splitlines(keepends=True))
    (tmp_path / "FJI.yaml").write_text(half, encoding="utf-8")
    codes = {found.code for found in rm.load_folder(tmp_path).findings}
    assert "RM114" in codes


# --- what it explains --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [rm.Stage, rm.Ban, rm.Act, rm.Voice, rm.Attestation, Reason])
def test_starter_explains_every_word(kind: Any) -> None:
    told = as_prose(new_scenario("FJI"))
    for member in kind:
        assert as_prose(f" {member.value} {member.meaning}") in told


@pytest.mark.parametrize(
    "told",
    [
        "The ban is lifted, or suspended by the authority that may. R03: official.",
        "de jure. R05, R06: official.",
        "Relations are severed. R09, R10: claimed.",
        "a diplomat below ambassador admitted. R02: reported.",
        "An authority of the country itself. Counts as official.",
        "Another state, or an international body. Counts as claimed.",
        "2022-03-05 that day",
        "2022-03 some day from 2022-03-01 to 2022-03-31",
        "2022-03~ some day from 2022-02-01 to 2022-04-30 (approximate)",
        "2022-03? some day from 2022-03-01 to 2022-03-31 (doubtful)",
        "2022-03..2022-05 some day from 2022-03-01 to 2022-05-31",
        "..2022-03 some day to 2022-03-31",
    ],
)
def test_starter_explains_acts_voices_and_dates(
    told: str,
) -> None:
    assert as_prose(told) in as_prose(new_scenario("FJI"))


RECORDS = [rm.Scenario, rm.Start, Doctrine, rm.ActStep, rm.StatusStep, rm.SignalStep]
RECORDS += [rm.RefuseStep, Assertion, rm.Evidence]


@pytest.mark.parametrize("record", RECORDS)
def test_starter_has_every_key(record: Any) -> None:
    text = new_scenario("FJI")
    for key in keys_of(record):
        assert re.search(rf"(^|[ {{]){key}(:| )", text, re.MULTILINE), key


def test_starter_register_explains_every_key_and_word() -> None:
    text = as_prose(new_register())
    for key, attribute in keys_of(rm.Source).items():
        assert re.search(rf" {key} ", text), key
        assert as_prose(attribute.metadata["doc"]) in text
    assert all(kind.value in text for kind in SourceType)
    assert all(grade.name.lower().replace("_", " ") in text for grade in Reliability)


@pytest.mark.parametrize("text", [*map(new_scenario, (*COUNTRIES, *ORGANISATIONS)), new_register()])
def test_starter_is_printable_and_at_most_100_columns(text: str) -> None:
    lines = text.split("\n")
    assert lines.pop() == ""
    assert all(line.isprintable() and line == line.rstrip() for line in lines)
    assert max(map(len, lines)) <= 100
