"""Corrections between two versions of a record: what turned about days that were in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, PRESS, act, record

import recognition_model as rm
from recognition_model.analysis.facts import CountryFacts, facts_of
from recognition_model.analysis.turned_facts import Correction, corrections_between
from recognition_model.io.releases import Release, ReleaseError, release_text, released_facts
from recognition_model.io.releases import releases as read_releases
from recognition_model.testing import scenarios

GAZETTE = evolve(OFFICIAL, source=evolve(OFFICIAL.source, id="gazette"))
ENGAGED = act("engage", "2022-03-01")
ACCEPTED = act("accept_ambassador", "2023-01-01")
VISIT = rm.SignalStep(signal="visit", date=rm.When.parse("2022-05-01"), evidence=(PRESS,))


def turned(old: rm.Replay, new: rm.Replay) -> tuple[Correction, ...]:
    return corrections_between({"FJI": facts_of(old)}, {"FJI": facts_of(new)})


def said(found: tuple[Correction, ...]) -> list[tuple[Any, ...]]:
    return [(c.kind, c.fact, c.days_in_words, c.days, c.old, c.new) for c in found]


NO_BAN = "no ban documented"
CASES: dict[str, tuple[rm.Replay, rm.Replay, list[tuple[Any, ...]]]] = {
    "later date": (
        record(ENGAGED),
        record(act("engage", "2022-05-01")),
        [
            # March has 31 days and April 30.
            (
                *("correction", "state", "2022-03-01 to 2022-04-30", 61),
                *(f"engaged, {NO_BAN}", f"hostile, {NO_BAN}"),
            ),
            (
                *("correction", "entry", "", None),
                *("act engage 2022-03-01 (R02, official)", "act engage 2022-05-01 (R02, official)"),
            ),
        ],
    ),
    "narrower date": (
        record(act("engage", "2022-03")),
        record(act("engage", "2022-03-10")),
        [
            (
                *("correction", "state", "2022-03-01 to 2022-03-09", 9),
                *(f"hostile or engaged, {NO_BAN}", f"hostile, {NO_BAN}"),
            ),
            # On the 31st it had happened in either.
            (
                *("correction", "state", "2022-03-10 to 2022-03-30", 21),
                *(f"hostile or engaged, {NO_BAN}", f"engaged, {NO_BAN}"),
            ),
            (
                *("correction", "entry", "", None),
                *("act engage 2022-03 (R02, official)", "act engage 2022-03-10 (R02, official)"),
            ),
        ],
    ),
    "entry after the end of the data": (
        record(ENGAGED, until="2022-12-31"),
        record(ENGAGED, ACCEPTED, until="2023-06-30"),
        [],
    ),
    "signal within the data": (
        record(ENGAGED),
        record(ENGAGED, VISIT),
        [("addition", "entry", "", None, None, "signal visit 2022-05-01 (reported)")],
    ),
    "act within the data": (
        record(ENGAGED, until="2023-01-02"),
        record(ENGAGED, ACCEPTED, until="2023-01-02"),
        [
            (
                *("correction", "state", "2023-01-01 to 2023-01-02", 2),
                *(f"engaged, {NO_BAN}", f"ambassador accepted, {NO_BAN}"),
            ),
            (
                *("addition", "entry", "", None),
                *(None, "act accept_ambassador 2023-01-01 (R04, official)"),
            ),
        ],
    ),
    "entry taken out": (
        record(ENGAGED, VISIT),
        record(ENGAGED),
        [("correction", "entry", "", None, "signal visit 2022-05-01 (reported)", None)],
    ),
    "act struck out": (
        record(ENGAGED, until="2022-03-01"),
        record(evolve(ENGAGED, rank=rm.core.scenario.Rank.DEPRECATED), until="2022-03-01"),
        [
            (
                *("correction", "state", "2022-03-01", 1),
                *(f"engaged, {NO_BAN}", f"hostile, {NO_BAN}"),
            ),
            (
                *("correction", "entry", "", None, "act engage 2022-03-01 (R02, official)"),
                "act engage 2022-03-01 (struck out, official)",
            ),
        ],
    ),
    "stronger voice": (
        record(act("engage", "2022-03-01", PRESS)),
        record(act("engage", "2022-03-01", PRESS, OFFICIAL)),
        [
            (
                *("correction", "entry", "", None, "act engage 2022-03-01 (R02, reported)"),
                "act engage 2022-03-01 (R02, official)",
            )
        ],
    ),
    "another source of the same voice": (
        record(act("engage", "2022-03-01", OFFICIAL)),
        record(act("engage", "2022-03-01", GAZETTE, OFFICIAL)),
        [],
    ),
    "earlier end of the data": (
        record(ENGAGED, until="2025-06-30"),
        record(ENGAGED, until="2025-05-31"),
        [("correction", "documented_until", "", None, "2025-06-30", "2025-05-31")],
    ),
    "earlier start": (
        record(ENGAGED, begins="2021-08-15"),
        record(ENGAGED, begins="2021-08-10"),
        [
            ("addition", "state", "2021-08-10 to 2021-08-14", 5, None, f"hostile, {NO_BAN}"),
            (
                *("correction", "start", "", None, "start hostile, ban none 2021-08-15 (assumed)"),
                "start hostile, ban none 2021-08-10 (assumed)",
            ),
        ],
    ),
    "nothing": (record(ENGAGED, VISIT), record(ENGAGED, VISIT), []),
}


@pytest.mark.parametrize("name", CASES)
def test_corrections_and_additions_of_a_country(name: str) -> None:
    old, new, expected = CASES[name]
    assert said(turned(old, new)) == expected


def test_changed_entry_is_the_one_with_the_sources_of_the_old() -> None:
    visits = [
        evolve(VISIT, date=rm.When.parse(day), evidence=(evolve(PRESS, source=source),))
        for day, source in (("2022-05-02", OFFICIAL.source), ("2022-05-20", GAZETTE.source))
    ]
    old = record(evolve(VISIT, evidence=(evolve(PRESS, source=GAZETTE.source),)))
    first, second = turned(old, record(*visits))
    # The visit of the 2nd is nearer in time, but rests on another source.
    assert (first.old, first.new) == (
        "signal visit 2022-05-01 (reported)",
        "signal visit 2022-05-20 (reported)",
    )
    assert (second.kind, second.new) == ("addition", "signal visit 2022-05-02 (reported)")


def test_state_names_the_sources_of_the_acts_that_turned_it() -> None:
    new = record(act("engage", "2022-05-01", GAZETTE), VISIT)
    state, *_ = turned(record(ENGAGED), new)
    assert state.sources == ("gazette",)


def test_country_taken_out_is_a_correction_and_a_new_one_is_neither() -> None:
    fiji = {"FJI": facts_of(record(ENGAGED))}
    (gone,) = corrections_between(fiji, {})
    assert (gone.fact, gone.new) == ("country", None)
    assert corrections_between({}, fiji) == ()


@settings(max_examples=examples(15))
@given(scenarios(), st.data())
def test_state_corrections_cover_exactly_the_days_that_turn(
    scenario: rm.Scenario, data: st.DataObject
) -> None:
    """Day by day against `History.on`, of a record and the same without one entry."""
    steps = list(scenario.timeline)
    if steps:
        steps.pop(data.draw(st.integers(0, len(steps) - 1)))
    old, new = rm.replay(scenario), rm.replay(evolve(scenario, timeline=tuple(steps)))
    found = {
        day
        for one in corrections_between(*({"RUS": facts_of(side)} for side in (old, new)))
        if one.fact == "state" and one.first and one.last
        for day in range(one.first.toordinal(), one.last.toordinal() + 1)
    }
    end = old.history.documented_until
    first = max(end - timedelta(days=400), date(1900, 1, 1))
    for ordinal in range(first.toordinal(), end.toordinal() + 1):
        assert (ordinal in found) == (states(old, ordinal) != states(new, ordinal))


def states(replay: rm.Replay, ordinal: int) -> tuple[bool, set[Any], set[Any]]:
    position = replay.history.on(date.fromordinal(ordinal))
    spells = position.spells
    whole = position.begun and bool(spells)
    return whole, {spell.stage for spell in spells}, {spell.ban for spell in spells}


@settings(max_examples=examples(25))
@given(scenarios())
def test_facts_read_back_from_a_release_file(
    tmp_path_factory: pytest.TempPathFactory, scenario: rm.Scenario
) -> None:
    facts = facts_of(rm.replay(scenario))
    folder = tmp_path_factory.mktemp("releases")
    write(folder, 1, {facts.country: facts})
    plain = released_facts(1, folder)
    read = {code: CountryFacts.from_dict(code, one) for code, one in plain.items()}
    assert read == {facts.country: facts}
    assert corrections_between(read, {facts.country: facts}) == ()


def write(folder: Path, number: int, facts: dict[str, CountryFacts], *told: Correction) -> None:
    release = Release(
        number=number,
        day=date(2026, number, 1),
        record="0" * 12,
        rules="1" * 12,
        program="0.1.0",
        countries=dict.fromkeys(facts, "2" * 12),
    )
    text = release_text(
        release, [one.to_dict() for one in told], {code: f.to_dict() for code, f in facts.items()}
    )
    (folder / f"{number}.yaml").write_text(text, "utf-8")


def test_correction_reads_back_from_a_release_file(tmp_path: Path) -> None:
    told = evolve(
        turned(*CASES["later date"][:2])[0],
        reason='The gazette says: "from 1 May"; {sic}',
        sources=("gazette",),
    )
    write(tmp_path, 1, {"FJI": facts_of(record())})
    write(tmp_path, 2, {"FJI": facts_of(record(ENGAGED))}, told)
    first, second = read_releases(tmp_path)
    assert (first.number, second.number, first.corrections) == (1, 2, ())
    assert [Correction.from_dict(one) for one in second.corrections] == [told]


@pytest.mark.parametrize(
    "text",
    [
        "format: recognition-release/1\nnumber: first\n",
        "",
        "format: recognition-release/2\n",
        "format: recognition-release/1\nnumber: 1\n",
        "a: [\n",
    ],
)
def test_file_that_is_no_release_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "1.yaml").write_text(text, "utf-8")
    with pytest.raises(ReleaseError, match=r"1\.yaml"):
        read_releases(tmp_path)


def test_release_that_is_no_text_or_no_file_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "2.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ReleaseError, match=r"2\.yaml: not UTF-8"):
        read_releases(tmp_path)
    (tmp_path / "2.yaml").unlink()
    (tmp_path / "3.yaml").mkdir()
    with pytest.raises(ReleaseError, match=r"3\.yaml"):
        read_releases(tmp_path)


def test_correction_of_a_country_that_is_gone_is_listed(tmp_path: Path) -> None:
    gone = Correction(country="TON", fact="country", old="Tonga", new=None, reason="No sources.")
    write(tmp_path, 1, {"FJI": facts_of(record(ENGAGED))})
    write(tmp_path, 2, {"FJI": facts_of(record(ENGAGED))}, gone)
    found = rm.corrections([record(ENGAGED)], releases_in=tmp_path)
    assert [(one.country, one.fact, one.release) for one in found.items] == [("TON", "country", 2)]


def test_folder_without_releases_has_no_corrections_and_no_other_rules(tmp_path: Path) -> None:
    found = rm.corrections([record(ENGAGED)], releases_in=tmp_path)
    assert (found.items, found.rules_differ) == ((), False)
    with pytest.raises(ValueError, match=r"^there is no data release 1; releases: none$"):
        rm.corrections([record(ENGAGED)], since=1, releases_in=tmp_path)
