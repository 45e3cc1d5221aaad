"""The strategies and the state machine with which users test their own tables."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from support.effort import examples
from support.paths import ROOT

import recognition_model as rm
import recognition_model.testing.state_machine as relationship
from recognition_model import (
    INVARIANTS,
    RULES,
    Act,
    ActStep,
    Attestation,
    Ban,
    RuleTable,
    Stage,
    State,
)
from recognition_model.analysis.model_checking import moves, reachable
from recognition_model.core.authority import PERIODS_OF_RULE, PeriodOfRule
from recognition_model.core.evidence import attestation_of
from recognition_model.core.organisations import RecordKind
from recognition_model.core.scenario import RefuseStep, SignalStep, StatusStep
from recognition_model.io.characters import hides
from recognition_model.io.writer import register_text, scenario_text
from recognition_model.testing import (
    SHARP_NAMES,
    IllegalHistory,
    NearMiss,
    RelationshipMachine,
    acts,
    dates,
    days,
    edges,
    evidence,
    illegal_histories,
    legal_histories,
    near_miss_dates,
    periods_of_rule,
    scenarios,
    states,
)
from recognition_model.testing.evidence_strategies import FILLERS

some = settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
# To find one is enough; the smallest is not wanted.
short = settings(max_examples=500, phases=[Phase.generate])
search = settings(some, max_examples=3000, phases=[Phase.generate])


# --- dates --------------------------------------------------------------------------------------


@given(days().flatmap(lambda day: st.tuples(st.just(day), dates(on=day))))
def test_date_drawn_on_a_day_contains_it(drawn: tuple[date, rm.When]) -> None:
    day, when = drawn
    assert when.earliest <= day <= when.latest
    assert rm.When.parse(when.text) == when


@given(near_miss_dates())
def test_near_miss_is_rejected_with_its_code(miss: NearMiss) -> None:
    with pytest.raises(rm.DateError) as refused:
        rm.When.parse(miss.text)
    assert refused.value.code == miss.code
    assert refused.value.hint


@pytest.mark.parametrize("code", ["RM401", "RM402", "RM403", "RM404"])
def test_every_kind_of_near_miss_is_drawn(code: str) -> None:
    assert find(near_miss_dates(), lambda miss: miss.code == code, settings=search).code == code


@given(dates())
def test_edges_are_the_days_just_inside_and_outside_a_date(when: rm.When) -> None:
    for day, inside in edges(when):
        assert when.within(day, day).possible is inside


@given(dates(within=(date(2001, 11, 13), date(2001, 12, 7))))
def test_date_drawn_within_two_days_lies_between_them(when: rm.When) -> None:
    assert date(2001, 11, 13) <= when.earliest <= when.latest <= date(2001, 12, 7)


def test_date_drawn_within_two_days_need_not_be_exact() -> None:
    within = (date(2001, 11, 13), date(2001, 12, 7))
    assert not find(dates(within=within), lambda when: not when.exact, settings=search).exact


# --- evidence and acts --------------------------------------------------------------------------


@pytest.mark.parametrize("level", Attestation, ids=str)
def test_evidence_has_requested_attestation(level: Attestation) -> None:
    @some
    @given(evidence(level, public_from=date(2020, 2, 2)))
    def amounts(items: tuple[rm.Evidence, ...]) -> None:
        assert items
        assert attestation_of(items) is level
        assert all(item.source.public.earliest >= date(2020, 2, 2) for item in items)

    amounts()


@some
@given(acts())
def test_act_evidence_fits_some_reading_of_its_date(step: ActStep) -> None:
    assert step.evidence
    for item in step.evidence:
        assert item.source.public.latest >= step.date.earliest


@some
@given(evidence(public_from=date(2020, 2, 2)))
def test_recalled_evidence_was_public_more_than_three_days_later(
    items: tuple[rm.Evidence, ...],
) -> None:
    for item in items:
        assert not item.recalled or item.source.public.earliest > date(2020, 2, 5)


def test_texts_leave_out_every_letter_that_a_file_may_not_have() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    drawn = (char for char in every if unicodedata.category(char)[0] not in "CZ")
    assert {char for char in drawn if hides(char)} == set(FILLERS)


def test_recalled_evidence_is_drawn() -> None:
    assert find(evidence(), lambda items: any(item.recalled for item in items), settings=search)


# --- periods of rule ----------------------------------------------------------------------------


@given(periods_of_rule())
def test_periods_of_rule_follow_one_another_and_only_the_last_may_run_on(
    periods: tuple[PeriodOfRule, ...],
) -> None:
    days = [day for one in periods for day in (one.first, one.closing, one.last)]
    open_end = days[-2:] == [None, None]
    known = days[:-2] if open_end else days
    assert None not in known
    assert known == sorted(known)
    assert all(one.last < two.first for one, two in pairwise(periods) if one.last)


@pytest.mark.parametrize("running", [True, False])
def test_last_period_of_rule_may_run_on_or_not(*, running: bool) -> None:
    periods = find(periods_of_rule(), lambda p: (p[-1].last is None) is running, settings=search)
    assert (periods[-1].closing is None) is running


def outlasting(history: rm.History, periods: Sequence[PeriodOfRule]) -> list[rm.Spell]:
    """Spells of dealings that surely began in time and may go on after the end of a period."""
    wrong = []
    for period in periods:
        if period.last is None or history.documented_until <= period.last:
            continue
        possible = history.on(period.last).spells
        for spell, (_, latest) in zip(history.spells, history.bounds, strict=True):
            sure = latest <= period.last.toordinal()
            if sure and spell in possible and spell.stage >= Stage.ENGAGED:
                wrong.append(spell)
    return wrong


def out_of_place(history: rm.History, periods: Sequence[PeriodOfRule]) -> list[rm.Change]:
    """Lapses that may lie outside the closing days of every period."""
    closing = [(period.closing, period.last) for period in periods if period.last]
    return [
        change
        for change in history.changes
        if change.act is Act.LAPSE
        and not any(a <= change.date.earliest and change.date.latest <= b for a, b in closing)
    ]


@some
@given(st.data(), periods_of_rule())
def test_no_dealings_of_a_legal_history_outlast_a_period_of_rule(
    data: st.DataObject, periods: tuple[PeriodOfRule, ...]
) -> None:
    history = data.draw(legal_histories(periods=periods))
    assert outlasting(history, periods) == []
    assert out_of_place(history, periods) == []


@some
@given(scenarios())
def test_no_dealings_of_a_scenario_outlast_the_periods_of_rule(
    scenario: rm.Scenario,
) -> None:
    history = rm.replay(scenario).history
    assert outlasting(history, PERIODS_OF_RULE) == []
    assert out_of_place(history, PERIODS_OF_RULE) == []


@settings(some, max_examples=examples(500))
@given(scenarios(start=State(Stage.ENGAGED, Ban.NONE), most=1, begins=date(2001, 11, 1)))
def test_lapse_in_the_autumn_of_2001_lies_wholly_in_the_closing_days(scenario: rm.Scenario) -> None:
    assert out_of_place(rm.replay(scenario).history, PERIODS_OF_RULE) == []


def test_without_periods_dealings_may_outlast_and_a_lapse_may_have_any_day() -> None:
    def free(history: rm.History) -> bool:
        return bool(outlasting(history, PERIODS_OF_RULE) and out_of_place(history, PERIODS_OF_RULE))

    assert free(find(legal_histories(periods=()), free, settings=search))


@pytest.mark.parametrize("act", [Act.LAPSE, Act.BREAK_OFF, Act.BAN])
def test_dealings_of_the_first_period_of_rule_may_end_by_any_act(act: Act) -> None:
    engaged = State(Stage.ENGAGED, Ban.NONE)
    scenario = find(
        scenarios(start=engaged, most=1, begins=date(2001, 6, 1), exact=True),
        lambda s: s.documented_until > date(2001, 12, 7) and act in acts_of(s),
        settings=search,
    )
    assert [found for found in rm.replay(scenario).findings if found.is_error] == []


def acts_of(scenario: rm.Scenario) -> set[Act]:
    return {s.act for s in scenario.timeline if isinstance(s, ActStep) and not s.deprecated}


WITHOUT_LAPSE = RuleTable(tuple(rule for rule in RULES if rule.act is not Act.LAPSE))
ONLY_UP = RuleTable((RULES["R02"], RULES["R06"]))


@pytest.mark.parametrize("table", [WITHOUT_LAPSE, ONLY_UP], ids=["no lapse", "no way down"])
def test_table_without_a_lapse_gives_clean_scenarios(table: RuleTable) -> None:
    @some
    @given(scenarios(table))
    def clean(scenario: rm.Scenario) -> None:
        replay = rm.replay(scenario, rules=table)
        assert [found for found in replay.findings if found.is_error] == []
        assert outlasting(replay.history, PERIODS_OF_RULE) == []

    clean()


# --- histories ----------------------------------------------------------------------------------


@some
@given(legal_histories())
def test_legal_history_contains_only_permitted_changes(history: rm.History) -> None:
    for change in history.changes:
        rule = RULES.taking(change.before, change.act, change.attestation)
        assert rule is not None
        assert (rule.code, rule.move(change.before)) == (change.rule, change.after)
    assert [v for invariant in INVARIANTS for v in invariant.violations(history)] == []


def scenario_of(history: rm.History, *more: ActStep) -> rm.Scenario:
    told = [ActStep(act=c.act, date=c.date, evidence=c.evidence) for c in history.changes]
    return rm.Scenario(
        country="RUS",
        title="Made up",
        start=rm.Start(stage=history.start.stage, ban=history.start.ban, date=history.begins),
        documented_until=date(2100, 1, 1),
        timeline=(*told, *more),
    )


@some
@given(illegal_histories())
def test_the_act_after_an_illegal_history_is_refused_for_the_reasons_given(
    illegal: IllegalHistory,
) -> None:
    replay = rm.replay(scenario_of(illegal.history, illegal.step))
    (refusal,) = replay.refusals
    assert refusal.reasons == illegal.reasons
    assert (refusal.act, refusal.step.date) == (illegal.step.act, illegal.step.date)
    assert len(replay.changes) == len(illegal.history.changes)


@pytest.mark.parametrize("rule", RULES.rules, ids=str)
def test_every_rule_fires_in_some_legal_history(rule: rm.Rule) -> None:
    fires = find(
        legal_histories(start=State(Stage.HOSTILE, Ban.NONE)),
        lambda history: any(change.rule == rule.code for change in history.changes),
        settings=search,
    )
    assert rule.code in {change.rule for change in fires.changes}


@pytest.mark.parametrize("reason", rm.engine.rules.Reason, ids=str)
def test_every_reason_keeps_some_act_from_a_history(reason: rm.engine.rules.Reason) -> None:
    assert (
        reason
        in find(illegal_histories(), lambda one: reason in one.reasons, settings=search).reasons
    )


def test_strategies_follow_a_changed_table() -> None:
    alone = RuleTable((RULES["R02"],))
    assert find(states(alone), lambda s: s.stage is Stage.ENGAGED, settings=search).ban is Ban.NONE

    @some
    @given(legal_histories(alone))
    def only_engages(history: rm.History) -> None:
        assert {change.act for change in history.changes} <= {Act.ENGAGE}
        assert len(history.changes) <= 1

    only_engages()


# --- whole records ------------------------------------------------------------------------------


@some
@given(scenarios() | scenarios(kind=RecordKind.ORGANISATION))
def test_a_scenario_replays_without_an_error_and_every_refusal_is_expected(
    scenario: rm.Scenario,
) -> None:
    replay = rm.replay(scenario)
    assert [found for found in replay.findings if found.is_error] == []
    assert all(refusal.expected for refusal in replay.refusals)
    assert not replay.permitted


@some
@given(scenarios() | scenarios(kind=RecordKind.ORGANISATION))
def test_a_scenario_written_to_a_file_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, scenario: rm.Scenario
) -> None:
    folder = tmp_path_factory.mktemp("record")
    sources = {item.source.id: item.source for item in scenario.evidence}
    (folder / f"{scenario.country}.yaml").write_text(scenario_text(scenario), encoding="utf-8")
    (folder / "sources.yaml").write_text(register_text(sources.values()), encoding="utf-8")
    read = rm.load_folder(folder, sources={})
    assert {found.code for found in read.findings} <= {"RM408"}  # sources years apart
    assert read.all_scenarios == (scenario,)
    assert read.organisations == ((scenario,) if scenario.of_organisation else ())
    assert dict(read.sources) == sources


@pytest.mark.parametrize("kind", [StatusStep, SignalStep, RefuseStep])
def test_every_kind_of_entry_is_drawn(kind: type[rm.Step]) -> None:
    scenario = find(
        scenarios(), lambda s: any(isinstance(one, kind) for one in s.timeline), settings=search
    )
    assert any(isinstance(one, kind) for one in scenario.timeline)


@pytest.mark.parametrize(
    ("assumed", "evidenced"), [(True, False), (True, True), (False, True)], ids=str
)
def test_every_ground_of_a_start_is_drawn(*, assumed: bool, evidenced: bool) -> None:
    def fits(scenario: rm.Scenario) -> bool:
        start = scenario.start
        return (start.assumed is not None, bool(start.evidence)) == (assumed, evidenced)

    assert fits(find(scenarios(most=0), fits, settings=search))


@pytest.mark.parametrize("given_", [True, False])
def test_reviewed_is_given_or_not(*, given_: bool) -> None:
    scenario = find(
        scenarios(most=0), lambda s: (s.reviewed is not None) is given_, settings=search
    )
    assert scenario.reviewed is None or scenario.reviewed >= scenario.documented_until


@some
@given(scenarios(exact=True))
def test_exact_scenario_has_single_days_only(scenario: rm.Scenario) -> None:
    assert all(step.date.exact for step in scenario.timeline)
    assert [found for found in rm.replay(scenario).findings if found.is_error] == []


def test_sharp_name_as_signal_changes_no_state() -> None:
    def sharp(scenario: rm.Scenario) -> bool:
        return any(
            isinstance(one, SignalStep) and one.signal.startswith("to_")
            for one in scenario.timeline
        )

    scenario = find(scenarios(most=0), sharp, settings=search)
    assert rm.replay(scenario).changes == ()


@pytest.mark.parametrize("name", SHARP_NAMES)
def test_sharp_name_is_rejected_as_act(name: str, findings_of, story) -> None:  # type: ignore[no-untyped-def]
    entry = f"- act: {json.dumps(name)}\n  date: 2024-05-27\n  evidence: [$host]\n"
    (found,) = findings_of(story(entry))
    assert found.code == "RM204"


# --- the state machine --------------------------------------------------------------------------

TestRelationship = RelationshipMachine.TestCase
TestRelationship.settings = settings(
    max_examples=examples(20), stateful_step_count=20, deadline=None
)

HOLE = evolve(
    RULES["R06"],
    code="X01",
    before=(Stage.HOSTILE,),
    why="Made up: recognition at once.",
)


class WithAHole(RelationshipMachine):
    table = RuleTable((*RULES, HOLE))


@pytest.mark.parametrize("table", [WITHOUT_LAPSE, ONLY_UP], ids=["no lapse", "no way down"])
def test_state_machine_passes_over_a_table_without_a_lapse(table: RuleTable) -> None:
    mine = type("Mine", (RelationshipMachine,), {"table": table})
    run_state_machine_as_test(mine, settings=settings(max_examples=examples(20)))


def test_state_machine_carries_no_dealings_past_the_end_of_a_period_of_rule() -> None:
    histories: list[rm.History] = []

    class Watching(RelationshipMachine):
        def teardown(self) -> None:
            histories.append(self.history)

    run_state_machine_as_test(Watching, settings=settings(max_examples=examples(50)))
    assert [spell for one in histories for spell in outlasting(one, PERIODS_OF_RULE)] == []
    assert [change for one in histories for change in out_of_place(one, PERIODS_OF_RULE)] == []
    acts = {(c.act, c.date.earliest > date(2001, 12, 7)) for one in histories for c in one.changes}
    assert {(Act.LAPSE, False), (Act.ENGAGE, False), (Act.ENGAGE, True)} <= acts


def test_state_machine_without_periods_lets_dealings_lapse_on_any_day() -> None:
    class Forbidden(RelationshipMachine):
        periods = ()
        monitored = (evolve(INVARIANTS[0], code="X04", check=_no_late_lapse, monitor=None),)

    with pytest.raises(AssertionError, match=r"X04 .*: lapsed later"):
        run_state_machine_as_test(Forbidden, settings=short)


def _no_late_lapse(history: rm.History) -> list[tuple[int | None, str]]:
    late = [at for at, change in enumerate(history.changes) if change.act is Act.LAPSE]
    return [(at, "lapsed later") for at in late if history.changes[at].date.text > "2001-12-07"]


def test_state_machine_finds_broken_table_and_names_the_invariant() -> None:
    with pytest.raises(AssertionError) as caught:
        run_state_machine_as_test(WithAHole, settings=short)
    told = str(caught.value)
    assert "RM615 dealings_come_before_credentials_and_recognition: recognise" in told
    assert "Vienna Convention" in told
    assert "hostile to de_jure_recognition (X01)" in told


def test_state_machine_finds_machine_that_disagrees_with_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The engine of another table stands in for a machine gone wrong."""
    other = RuleTable((evolve(RULES["R02"], after=Stage.DELISTED), *RULES.rules[2:]))
    engine = relationship._engine(other)
    monkeypatch.setattr(relationship, "_engine", lambda _: engine)
    with pytest.raises(AssertionError, match="the machine fires"):
        run_state_machine_as_test(RelationshipMachine, settings=short)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_dates_on_first_and_last_possible_day_can_be_drawn(day: date) -> None:
    when = find(dates(on=day), lambda _: True, settings=search)
    assert when.earliest <= day <= when.latest


def test_days_from_a_late_day_on_can_be_drawn() -> None:
    late = date(2030, 1, 1)
    assert find(days(late), lambda _: True, settings=search) == late


def test_user_invariant_is_checked() -> None:
    class Patient(RelationshipMachine):
        monitored = (evolve(INVARIANTS[0], code="X02", check=_never_twice, monitor=None),)

    with pytest.raises(AssertionError, match=r"X02 .*: engaged a second time"):
        run_state_machine_as_test(Patient, settings=short)


def _never_twice(history: rm.History) -> list[tuple[int | None, str]]:
    engaged = [at for at, change in enumerate(history.changes) if change.act is Act.ENGAGE]
    return [(at, "engaged a second time") for at in engaged[1:]]


@pytest.mark.parametrize(("what", "given_"), [("table", RuleTable(())), ("monitored", ())])
def test_state_machine_rejects_empty_rules_or_invariants(what: str, given_: object) -> None:
    empty = type("Empty", (RelationshipMachine,), {what: given_})
    with pytest.raises(ValueError, match="nothing would be tested"):
        empty()


def test_state_machine_reaches_every_reachable_state() -> None:
    seen: set[State] = set()

    class Watching(RelationshipMachine):
        def teardown(self) -> None:
            seen.update(change.after for change in self.history.changes)

    run_state_machine_as_test(Watching, settings=settings(max_examples=400))
    everywhere = set(reachable(RULES))
    assert everywhere - seen <= {State(Stage.HOSTILE, Ban.NONE)}


def test_only_the_module_for_testing_loads_hypothesis() -> None:
    program = (
        "import pkgutil, sys, importlib, recognition_model as rm\n"
        "for m in pkgutil.iter_modules(rm.__path__, 'recognition_model.'):\n"
        "    if m.name.split('.')[1] not in ('testing', '__main__'):\n"
        "        importlib.import_module(m.name)\n"
        "assert 'hypothesis' not in sys.modules\n"
        "import recognition_model.testing\n"
        "assert 'hypothesis' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def test_every_state_has_an_act_to_refuse_and_one_to_take() -> None:
    """What the strategies rest on: they never draw from nothing."""
    for state in reachable(RULES):
        tried = list(moves(RULES, state))
        assert any(move.rule is None for move in tried)
        assert any(move.rule is not None for move in tried)


def test_old_name_promises_is_used_and_warns_wherever_it_is_set() -> None:
    class Mixin:
        promises = (evolve(INVARIANTS[0], code="X03", check=_never_twice, monitor=None),)

    class Mixed(Mixin, RelationshipMachine):
        pass

    with pytest.warns(DeprecationWarning, match=r"Mixed\.promises is now Mixed\.monitored"):
        machine = Mixed()
    assert [one.code for one in machine.monitored] == ["X03"]
    assert RelationshipMachine.promises is RelationshipMachine.monitored
