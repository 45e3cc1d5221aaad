"""How far two codings agree: by hand on a made-up country, and on any scenario."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.codings import FIRST, SECOND

import recognition_model as rm
from recognition_model.analysis.agreement.coefficients import NO_UNITS, ONE_VALUE, OPEN_LIST
from recognition_model.analysis.agreement.draft import conflicts, merged_text
from recognition_model.analysis.agreement.measures import NO_NEGATIVES, UNITS
from recognition_model.core.organisations import RecordKind
from recognition_model.io.reader import Reader
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import scenario_text
from recognition_model.testing import scenarios

Compared = Callable[..., rm.Agreement]


def test_events_are_told_apart_by_what_differs(compared: Compared) -> None:
    assert [(p.found, p.dates, p.days, p.differs) for p in compared().pairs] == [
        ("both", "apart", 10, ("date",)),
        ("both", "overlap", 0, ("date", "voice")),
        ("b", None, None, ()),
        ("both", "same", 0, ()),
    ]


def test_where_is_the_share_of_entries_with_a_match(compared: Compared) -> None:
    found = compared().measure("event", "found")
    assert (found.units, found.observed.value) == (7, 6 / 7)
    assert {c.undefined for c in (found.kappa, found.alpha, found.ac1)} == {NO_NEGATIVES}


def test_what_is_measured_over_the_events_of_both(compared: Compared) -> None:
    # host and host twice, press and taliban once: p_o 2/3, chance 4/9, so (6/9 - 4/9) / (5/9).
    voice = compared().measure("event", "voice")
    assert (voice.units, voice.left_out, voice.observed.value) == (3, 0, 2 / 3)
    assert voice.kappa.value == 2 / 5
    # Six values, four of them host: 1 - (2/6) / ((30 - 4 * 3) / 30).
    assert voice.alpha.value == pytest.approx(1 - (2 / 6) / (18 / 30))
    # Shares 4/6, 1/6 and 1/6 of four values: chance (8/36 + 5/36 + 5/36) / 3.
    chance = 18 / 36 / 3
    assert voice.ac1.value == pytest.approx((2 / 3 - chance) / (1 - chance))


def test_dates_are_counted_and_their_distance_told(compared: Compared) -> None:
    assert compared().dates == {
        "same": 1,
        "overlap": 1,
        "apart": 1,
        "median_days": 10,
        "most_days": 10,
    }
    day = compared().measure("event", "date")
    assert (day.observed.value, day.ac1.undefined) == (1 / 3, OPEN_LIST)


def test_rule_is_compared_where_both_have_an_act(compared: Compared) -> None:
    doubted = SECOND.replace("2024-01-15, evidence: [$host]", "2024-01-15, evidence: [$press]")
    found = compared(FIRST, doubted)
    assert found.pairs[-1].differs == ("voice", "rule")
    assert found.pairs[-1].b is not None
    assert found.pairs[-1].b.rule == "refused"
    rule = found.measure("event", "rule")
    assert (rule.units, rule.left_out, rule.observed.value) == (2, 0, 1 / 2)


def test_same_source_has_its_voice_and_credibility_compared(compared: Compared) -> None:
    found = compared()
    assert found.measure("event", "source_voice").observed.value == 2 / 3
    assert found.measure("event", "source_credibility").observed.value == 1


@pytest.mark.parametrize(
    ("unit", "units", "unlike"),
    [
        # From 1996-09-27 to 2026-01-15: 3 days of September 1996 to 2026-01-15.
        ("day", 10_703, 10),
        # Month by month from 1996-09 to 2025-12; no month ends between 2022-03-01 and 03-11.
        ("month", 352, 0),
        ("year", 30, 0),
    ],
)
def test_states_are_compared_unit_by_unit(
    compared: Compared, unit: str, units: int, unlike: int
) -> None:
    stage = compared(units=[unit]).measure(unit, "stage")  # type: ignore[arg-type]
    assert stage.units == units
    assert stage.observed.value == (units - unlike) / units


def test_month_with_an_act_in_one_coding_alone_is_told(compared: Compared) -> None:
    later = SECOND.replace("2022-03-11", "2022-04-11")
    act = compared(FIRST, later, units=["month"]).measure("month", "act")
    assert (act.units, act.observed.value) == (352, 350 / 352)
    # Two acts each, one of them in the same month: chance-corrected by hand.
    chance = (2 * 2 + 350 * 350) / 352**2
    assert act.kappa.value == pytest.approx((350 / 352 - chance) / (1 - chance))


def test_unit_that_the_dates_leave_open_is_left_out(compared: Compared) -> None:
    wide = SECOND.replace("date: 2022-03-11", "date: 2022-02..2022-05")
    stage = compared(FIRST, wide, units=["month"]).measure("month", "stage")
    # At the ends of February, March and April it is open; at that of May it has happened.
    assert (stage.units, stage.left_out) == (352 - 3, 3)
    # The act may lie in any of four months.
    act = compared(FIRST, wide, units=["month"]).measure("month", "act")
    assert (act.units, act.left_out, act.observed.value) == (352 - 4, 4, 1)


def test_days_that_differ_are_counted_for_each_country(compared: Compared) -> None:
    (country,) = compared().countries
    assert (country.days, len(country.differing)) == (10, 3)


def test_worst_countries_have_the_most_events_that_differ(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    def folder(*timelines: str) -> rm.Folder:
        codes = ("FJI", "TUV", "NRU")
        made = [story(t, country=c) for c, t in zip(codes, timelines, strict=True)]
        return rm.Folder(
            scenarios=tuple(
                scenario_from(text, f"{code}.yaml") for code, text in zip(codes, made, strict=True)
            )
        )

    one_later = FIRST.replace("2022-03-01", "2022-03-02")
    found = rm.agreement(folder(FIRST, FIRST, FIRST), folder(one_later, SECOND, FIRST))
    assert [one.country for one in found.worst(10)] == ["TUV", "FJI"]
    assert [one.country for one in found.worst(1)] == ["TUV"]


def test_country_of_one_coding_is_named_and_not_compared(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    fiji, tuvalu = (
        scenario_from(story(FIRST, country=code), f"{code}.yaml") for code in ("FJI", "TUV")
    )
    found = rm.agreement(rm.Folder(scenarios=(fiji, tuvalu)), rm.Folder(scenarios=(tuvalu,)))
    assert ([one.country for one in found.countries], found.only_a) == (["TUV"], ("FJI",))


def test_country_with_two_files_in_one_coding_is_not_compared(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    one, other = (scenario_from(story(text)) for text in (FIRST, SECOND))
    found = rm.agreement(rm.Folder(scenarios=(one, other)), rm.Folder(scenarios=(one,)))
    assert (found.countries, found.unusable_a, found.only_b) == ((), ("RUS",), ())
    assert found.measure("event", "found").observed.undefined == NO_UNITS


def test_heads_are_compared_but_not_who_coded(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    one, other = (
        scenario_from(story(FIRST, until=f"{until}\ncoder: {coder}"))
        for until, coder in (("2026-01-15", "A. B."), ("2026-01-14", "C. D."))
    )
    found = rm.agreement(rm.Folder(scenarios=(one,)), rm.Folder(scenarios=(other,)))
    (country,) = found.countries
    assert [(edit.before, edit.after) for edit in country.head] == [
        ("documented-until 2026-01-15", "documented-until 2026-01-14")
    ]
    assert found.coders == (("A. B.",), ("C. D.",))


@pytest.mark.parametrize("wrong", [{"units": ["week"]}, {"within": -1}, {"draws": -1}])
def test_wrong_choice_is_an_error(compared: Compared, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="are"):
        compared(**wrong)


# --- any scenario --------------------------------------------------------------------------------

COUNTRIES = scenarios(kind=RecordKind.COUNTRY).map(lambda one: evolve(one, country="RUS"))


@st.composite
def codings(draw: st.DrawFn) -> tuple[rm.Scenario, rm.Scenario]:
    """Two codings of one country: unlike, or one made from the other with entries changed."""
    one = draw(COUNTRIES)
    if draw(st.booleans()):
        return one, draw(COUNTRIES)
    dates = st.sampled_from([step.date for step in one.timeline] or [one.start.date])
    kept = [step for step in one.timeline if draw(st.integers(0, 3))]
    again = draw(st.lists(st.sampled_from(kept), max_size=2)) if kept else []
    changed = [
        evolve(step, date=draw(dates)) if draw(st.booleans()) else step for step in (*kept, *again)
    ]
    return one, evolve(one, timeline=tuple(changed))


def of(*made: rm.Scenario) -> rm.Folder:
    return rm.Folder(scenarios=made)


@given(COUNTRIES)
def test_coding_compared_with_itself_agrees_in_everything(scenario: rm.Scenario) -> None:
    found = rm.agreement(of(scenario), of(scenario), units=UNITS)
    assert all(pair.same and not pair.keys for pair in found.pairs)
    assert len(found.pairs) == len(scenario.timeline)
    for one in found.measures:
        assert one.observed.value == (1 if one.units else None)
        for coefficient in (one.kappa, one.alpha, one.ac1):
            assert coefficient.value == 1 or coefficient.undefined in {
                *(NO_UNITS, ONE_VALUE, OPEN_LIST, NO_NEGATIVES)
            }


@given(codings())
def test_order_of_the_two_codings_changes_only_their_names(
    two: tuple[rm.Scenario, rm.Scenario],
) -> None:
    one, other = two
    there = rm.agreement(of(one), of(other), units=UNITS)
    back = rm.agreement(of(other), of(one), units=UNITS)
    assert back.measures == there.measures
    mirrored = [(p.b, p.a, p.days and -p.days, p.dates, p.differs, p.keys) for p in back.pairs]
    assert mirrored == [(p.a, p.b, p.days, p.dates, p.differs, p.keys) for p in there.pairs]
    assert [c.days for c in back.countries] == [c.days for c in there.countries]


@given(COUNTRIES, COUNTRIES)
def test_every_entry_of_either_coding_is_in_one_event(one: rm.Scenario, other: rm.Scenario) -> None:
    pairs = rm.agreement(of(one), of(other)).pairs
    for side, coded in (("a", one), ("b", other)):
        numbers = sorted(entry.number for p in pairs if (entry := getattr(p, side)))
        assert numbers == list(range(1, len(coded.timeline) + 1))


def resolved(text: str, side: str) -> str:
    """A draft in which somebody kept one side everywhere."""
    kept, now = [], ""
    for line in text.splitlines():
        if line.startswith("<<<<<<< "):
            now = "A"
        elif line == "=======" and now == "A":
            now = "B"
        elif line.startswith(">>>>>>> ") and now == "B":
            now = ""
        elif now in ("", side) and not line.startswith("#"):
            kept.append(line)
    return "".join(f"{line}\n" for line in kept)


@given(codings())
def test_draft_with_one_side_kept_is_that_coding(two: tuple[rm.Scenario, rm.Scenario]) -> None:
    one, other = (evolve(coded, coder=None) for coded in two)
    (country,) = rm.agreement(of(one), of(other)).countries
    text = merged_text(country)
    if one.timeline or not other.timeline:
        assert resolved(text, "A") == scenario_text(one)
    of_b, alone = (sorted(t.splitlines()) for t in (resolved(text, "B"), scenario_text(other)))
    if other.timeline or not one.timeline:
        assert of_b == alone


@given(codings())
def test_draft_reads_as_a_record_only_where_nothing_differs(
    two: tuple[rm.Scenario, rm.Scenario],
) -> None:
    one, other = two
    (country,) = rm.agreement(of(one), of(other)).countries
    text = merged_text(country)
    document = parse(text, "RUS.yaml")
    codes = [found.code for found in document.findings]
    assert codes == (["RM121"] if conflicts(text) else [])
    if not conflicts(text):
        reader = Reader({e.source.id: e.source for e in one.evidence})
        assert reader.scenario(document) is not None


@given(COUNTRIES, st.data())
def test_draft_of_a_coding_with_itself_is_that_coding(
    scenario: rm.Scenario, data: st.DataObject
) -> None:
    coders = data.draw(st.sampled_from([(None, None), ("A", None), ("A", "A")]))
    one, other = (evolve(scenario, coder=coder) for coder in coders)
    (country,) = rm.agreement(of(one), of(other)).countries
    text = merged_text(country)
    assert conflicts(text) == 0
    assert resolved(text, "A") == scenario_text(one)


def test_draft_names_both_coders_and_why_both_readings_stand(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    one, other = (
        scenario_from(story(timeline, until=f"2026-01-15\ncoder: {coder}"))
        for timeline, coder in ((FIRST, "A. B."), (SECOND, "C. D."))
    )
    (country,) = rm.agreement(of(one), of(other)).countries
    lines = merged_text(country).splitlines()
    assert 'coder: "A. B., C. D."' in lines
    assert [line for line in lines if line.startswith(("<<<<<<<", ">>>>>>>"))] == [
        "<<<<<<< A: A. B. (differs: date)",
        ">>>>>>> B: C. D.",
        "<<<<<<< A: A. B. (differs: date, voice)",
        ">>>>>>> B: C. D.",
        "<<<<<<< A: A. B. (only in B)",
        ">>>>>>> B: C. D.",
    ]
