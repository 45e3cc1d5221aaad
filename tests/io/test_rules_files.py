"""Rules files: what they mean, and what is said of a wrong one."""

from itertools import product
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.fixtures import ScenarioFrom, Story

import recognition_model as rm
from recognition_model.core.stages import STATES
from recognition_model.engine.rule_faults import idle_rules
from recognition_model.io.rules_files import rules_text, shipped_rules
from recognition_model.testing import rule_tables, scenarios, texts

some = settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
CLAIMED, OFFICIAL = rm.Attestation.CLAIMED, rm.Attestation.OFFICIAL
HEAD = "format: recognition-rules/1\ntitle: Mine\n"


def table(tmp_path: Path, text: str) -> rm.RuleTable:
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return rm.load_rules(path)


def findings(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(rm.RecordError) as raised:
        table(tmp_path, text)
    return [f"{one.place.line}:{one.place.column} {one.code}" for one in raised.value.findings]


# --- what a file means -------------------------------------------------------------------------


def test_change_replaces_only_the_keys_it_names(tmp_path: Path) -> None:
    changed = table(tmp_path, "base: shipped\nchange: {R04: {needs: claimed}}\n")
    assert changed["R04"] == evolve(rm.RULES["R04"], needs=CLAIMED)
    assert [r for r in changed if r.code != "R04"] == [r for r in rm.RULES if r.code != "R04"]
    assert changed.title == "Mine"


def test_added_rule_stands_last_and_removed_rule_is_gone(tmp_path: Path) -> None:
    text = """\
base: shipped
add:
  R13:
    act: recognise
    before: [hostile]
    after: de_jure_recognition
    ban-must-be: [none]
    needs: official
    why: At once.
    reference: a case
remove: [R11]
"""
    codes = [rule.code for rule in table(tmp_path, text)]
    assert codes == [*(f"R{n:02d}" for n in range(1, 11)), "R12", "R13"]


def test_removed_code_may_be_given_to_another_rule(tmp_path: Path) -> None:
    text = """\
base: shipped
add:
  R08:
    act: downgrade
    before: [ambassador_accepted]
    after: hostile
    ban-must-be: [none, lifted]
    needs: official
    why: A made-up reason.
    reference: none
remove: [R08]
"""
    assert table(tmp_path, text)["R08"].after is rm.Stage.HOSTILE


def test_ban_becomes_same_undoes_what_the_base_says(tmp_path: Path) -> None:
    changed = table(tmp_path, "base: shipped\nchange: {R03: {ban-becomes: same}}\n")
    assert changed["R03"].ban_becomes is None


def test_whole_table_has_the_rules_of_the_file_alone(tmp_path: Path) -> None:
    text = """\
rules:
  X1:
    act: engage
    before: [hostile, banned]
    after: engaged
    ban-must-be: [none, in_force, lifted]
    needs: reported
    why: A made-up reason.
    reference: none
"""
    (rule,) = table(tmp_path, text)
    assert (rule.code, rule.act, rule.needs) == ("X1", rm.Act.ENGAGE, rm.Attestation.REPORTED)


def test_a_table_without_a_title_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("format: recognition-rules/1\nbase: shipped\n", "utf-8")
    table = rm.load_rules(tmp_path / "own.yaml")
    assert table.in_words == f"a table without a title (rules {rm.RULES.digest})"


def test_title_and_what_is_off_are_part_of_a_table(tmp_path: Path) -> None:
    one = table(tmp_path, "base: shipped\ninvariants: {off: [RM617, RM612]}\n")
    assert one.off == ("RM612", "RM617")
    assert one.rules == rm.RULES.rules
    assert one != rm.RULES


def test_digest_depends_on_rules_and_on_what_is_off_but_not_on_the_title(tmp_path: Path) -> None:
    digests = {
        table(tmp_path, text).digest
        for text in (
            "base: shipped\nremove: [R12]\n",
            "base: shipped\nchange: {R04: {needs: claimed}}\n",
            "base: shipped\ninvariants: {off: [RM617]}\n",
        )
    }
    assert len(digests | {rm.RULES.digest}) == 4
    assert evolve(rm.RULES, title="Another").digest == rm.RULES.digest


def test_shipped_table_is_known_by_its_name() -> None:
    assert rm.load_rules("shipped") is rm.RULES


# --- the variants that ship --------------------------------------------------------------------


def test_strict_needs_an_official_voice_for_all_but_the_lapse() -> None:
    strict = rm.load_rules("strict")
    needs = {rule.code: rule.needs for rule in strict}
    assert {code for code, need in needs.items() if need is not OFFICIAL} == {"R11", "R12"}
    assert strict.off == ()


def test_trusting_never_needs_more_than_a_claim() -> None:
    trusting = rm.load_rules("trusting")
    assert all(rule.needs <= CLAIMED for rule in trusting)
    claimed = {rule.code for rule in trusting if rule.needs is CLAIMED}
    assert claimed == {"R01", *(f"R{n:02d}" for n in range(3, 11))}


def test_no_lapse_has_no_rule_for_it_and_its_invariant_is_off() -> None:
    without = rm.load_rules("no-lapse")
    assert without.of(rm.Act.LAPSE) == ()
    assert len(without) == len(rm.RULES) - 2
    assert without.off == ("RM617",)


@pytest.mark.parametrize("act", rm.Act)
def test_strict_permits_nothing_that_trusting_refuses(act: rm.Act) -> None:
    strict, trusting = rm.load_rules("strict"), rm.load_rules("trusting")
    permitted = 0
    for state, word in product(STATES, rm.Attestation):
        if strict.taking(state, act, word) is not None:
            permitted += 1
            assert trusting.taking(state, act, word) is not None
    assert permitted


def test_shipped_table_has_no_idle_rule() -> None:
    assert list(idle_rules(rm.RULES.rules)) == []


# --- written and read back ---------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_rules())
def test_written_table_reads_back_equal(name: str, tmp_path: Path) -> None:
    path = tmp_path / "written.yaml"
    path.write_text(rules_text(rm.load_rules(name)), encoding="utf-8")
    read = rm.load_rules(path)
    assert read == rm.load_rules(name)
    assert read.digest == rm.load_rules(name).digest


def test_written_table_without_a_title_has_no_title_when_read_back(tmp_path: Path) -> None:
    untitled = evolve(rm.RULES, title="")
    path = tmp_path / "written.yaml"
    path.write_text(rules_text(untitled), encoding="utf-8")
    assert "title:" not in path.read_text(encoding="utf-8")
    assert rm.load_rules(path) == untitled


@pytest.mark.parametrize("lacking", [{"why": ""}, {"reference": " "}])
def test_table_with_a_rule_without_its_reason_is_not_written(lacking: dict[str, str]) -> None:
    first, *others = rm.RULES
    with pytest.raises(ValueError, match="has `why` and `reference`; not so: R01"):
        rules_text(rm.RuleTable([evolve(first, **lacking), *others]))


def written(tables: rm.RuleTable, folder: Path) -> rm.RuleTable:
    """Write a table and read it back; a table that no file may have is not tried."""
    assume(len(tables) and not list(idle_rules(tables.rules)))
    path = folder / "drawn.yaml"
    path.write_text(rules_text(tables), encoding="utf-8")
    return rm.load_rules(path)


@some
@given(drawn=rule_tables(), title=st.just("") | texts())
def test_any_written_table_reads_back_equal(
    drawn: rm.RuleTable, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawn = evolve(drawn, title=title, off=("RM602", "RM617"))
    assert written(drawn, tmp_path_factory.mktemp("tables")) == drawn


@some
@given(drawn=rule_tables(), scenario=scenarios())
def test_any_table_read_from_a_file_replays_any_scenario(
    drawn: rm.RuleTable, scenario: rm.Scenario, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = written(drawn, tmp_path_factory.mktemp("tables"))
    replay = rm.replay(scenario, rules=table)
    assert replay.rules == table
    acts = [s for s in scenario.timeline if isinstance(s, rm.ActStep) and not s.deprecated]
    unexpected = [refusal for refusal in replay.refusals if not refusal.expected]
    taken = len(replay.changes)
    assert taken + sum(isinstance(one.step, rm.ActStep) for one in unexpected) == len(acts)


@some
@given(scenario=scenarios())
def test_tables_that_ship_replay_any_scenario(scenario: rm.Scenario) -> None:
    # The acts are legal by the shipped table, and trusting takes every one of those.
    taken = {n: rm.replay(scenario, rules=rm.load_rules(n)).changes for n in shipped_rules()}
    assert [one.act for one in taken["trusting"]] == [one.act for one in taken["shipped"]]
    assert all(one.act is not rm.Act.LAPSE for one in taken["no-lapse"])


def test_dealings_that_outlast_the_emirate_break_nothing_without_the_lapse(
    scenario_from: ScenarioFrom, story: Story
) -> None:
    text = """
    - {act: engage, date: 1999-05-12, evidence: [$host]}
    - {act: lapse, date: 2001-12-07, evidence: [$press]}
    """
    scenario = scenario_from(story(text, country="FJI"), "FJI.yaml")
    table = rm.load_rules("no-lapse")
    codes = [found.code for found in rm.replay(scenario, rules=table).findings]
    assert codes == ["RM501"]  # the lapse, which no rule takes
    again = rm.replay(scenario, rules=evolve(table, off=()))
    assert {found.code for found in again.findings} == {"RM501", "RM617"}


# --- what is said of a wrong file ---------------------------------------------------------------


def test_all_mistakes_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    text = """\
base: shipped
chance: {}
change:
  R04: {needs: the Taliban}
  R05: {before: [engagd]}
  R99: {needs: claimed}
add:
  R13: {act: engage}
  r14: {act: engage, before: [hostile], after: banned, ban-must-be: [none], needs: none}
remove: [R01, R77]
invariants: {off: [RM700]}
"""
    found = findings(tmp_path, text)
    assert "4:1 RM201" in found  # `chance`
    assert "6:16 RM204" in found  # a voice instead of an attestation
    assert "7:18 RM204" in found  # a stage misspelt
    assert "8:3 RM231" in found
    assert "10:8 RM202" in found  # keys that are missing
    assert "11:3 RM209" in found  # no code of a rule
    assert "12:15 RM231" in found
    assert "13:20 RM233" in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1 RM230"),
        ("base: shipped\nrules: {}\n", "3:1 RM230"),
        ("rules: {}\n", "3:1 RM212"),
        ("base: other\n", "3:7 RM204"),
        ("base: shipped\nchange: [R04]\n", "4:9 RM203"),
        ("base: shipped\nchange: {R04: {}}\n", "4:15 RM212"),
        ("base: shipped\nchange: {R04: {before: [engaged, engaged]}}\n", "4:24 RM212"),
        ("base: shipped\ninvariants: {off: [RM617, RM617]}\n", "4:27 RM212"),
        ("base: shipped\noff: [RM612]\n", "4:1 RM201"),
    ],
)
def test_mistake_is_reported_at_its_place(text: str, place: str, tmp_path: Path) -> None:
    assert place in findings(tmp_path, text)


def test_word_that_a_list_names_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(rm.RecordError) as raised:
        table(tmp_path, "base: shipped\nchange: {R04: {before: [banned, engaged, engaged]}}\n")
    (found,) = raised.value.findings
    assert (found.message, found.hint) == ("`before:` names engaged twice", "remove one of the two")


def test_table_has_at_most_two_hundred_rules(tmp_path: Path) -> None:
    def findings_of(count: int) -> list[str]:
        rules = "".join(f"  R{100 + n}: a word\n" for n in range(count))
        return findings(tmp_path, f"rules:\n{rules}")

    assert {one.split()[1] for one in findings_of(200)} == {"RM203"}  # each is read
    assert findings_of(201) == ["204:3 RM113"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("change: {R04: claimed}", "below its code, as `R04: {needs: claimed}`"),
        ("change: {R04: {needs: press}}", "did you mean reported?"),
        ("change: {R04: {needs: the Taliban}}", "did you mean claimed?"),
        ("change: {R04: {attestation: claimed}}", "did you mean needs?"),
        ("change: {R04: {to: delisted}}", "did you mean after?"),
        ("off: [RM612]", "write it below `invariants:`, as `invariants: {off: [RM617]}`"),
        ("remove: R11", "write `remove: [R11]`"),
        ("change: {r4: {needs: claimed}}", "write R4"),
        ("change: {R04: {before: engaged}}", "write `before: [engaged]`"),
    ],
)
def test_hint_says_what_to_write(text: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(rm.RecordError) as raised:
        table(tmp_path, f"base: shipped\n{text}\n")
    assert [hint in found.hint for found in raised.value.findings] == [True]


def test_two_errors_of_one_rule_do_not_make_a_third(tmp_path: Path) -> None:
    # R04 could not be read, so that nothing is said of R13, which overlaps the shipped R04.
    text = """\
base: shipped
change:
  R04: {before: [engagd]}
add:
  R13:
    act: accept_ambassador
    before: [engaged]
    after: ambassador_accepted
    ban-must-be: [none, lifted]
    needs: official
    why: A made-up reason.
    reference: none
"""
    assert findings(tmp_path, text) == ["5:18 RM204"]


def test_unknown_name_gets_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(rm.RecordError) as raised:
        rm.load_rules("trustin")
    (found,) = raised.value.findings
    assert (found.code, found.hint) == ("RM101", "did you mean trusting?")


def test_scenario_is_no_rules_file(tmp_path: Path) -> None:
    path = tmp_path / "FJI.yaml"
    path.write_text("format: recognition-scenario/1\ncountry: FJI\n", encoding="utf-8")
    with pytest.raises(rm.RecordError) as raised:
        rm.load_rules(path)
    (found,) = raised.value.findings
    assert (found.code, found.hint) == ("RM206", "write format: recognition-rules/1")
