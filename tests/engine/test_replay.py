"""A scenario through the rules: changes, refusals, checks, and what could be known by a day."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model import Act, Attestation, Ban, Bearing, Evidence, Stage, State, Voice, When
from recognition_model.core.dates import first_out_of_order
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.scenario import (
    ActStep,
    Assertion,
    Rank,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
    Step,
)
from recognition_model.core.stages import Reason
from recognition_model.engine.outcomes import UnexpectedlyPermitted
from recognition_model.engine.refusals import next_acts
from recognition_model.engine.replay import MOST_ACTS_REORDERED
from recognition_model.engine.rules import RULES, RuleTable

ReplayOf = Callable[..., rm.Replay]

# --- scenarios of any kind -------------------------------------------------------------------

STATES = [
    State(Stage.HOSTILE, Ban.NONE),
    State(Stage.HOSTILE, Ban.LIFTED),
    State(Stage.BANNED, Ban.IN_FORCE),
    State(Stage.ENGAGED, Ban.NONE),
    State(Stage.ENGAGED, Ban.IN_FORCE),
    State(Stage.ENGAGED, Ban.LIFTED),
    State(Stage.DELISTED, Ban.LIFTED),
    State(Stage.AMBASSADOR_ACCEPTED, Ban.NONE),
    State(Stage.AMBASSADOR_ACCEPTED, Ban.LIFTED),
    State(Stage.DE_JURE_RECOGNITION, Ban.NONE),
    State(Stage.DE_JURE_RECOGNITION, Ban.LIFTED),
]
BEGINS, FIRST, LAST = date(2002, 1, 1), date(2002, 3, 1), date(2025, 12, 31)
DAYS = st.dates(FIRST, LAST)


def source(public: When) -> rm.Source:
    return rm.Source(
        id=f"made-up-{public.text.strip('~?.')}",
        type=SourceType.ARTICLE_NEWSPAPER,
        publisher="The Example",
        title="An example",
        issued=public,
        language="en",
        reliability=Reliability.FAIRLY_RELIABLE,
    )


def evidence(
    voice: Voice = Voice.HOST,
    public: When | None = None,
    bearing: Bearing = Bearing.SUPPORTS,
    credibility: int = 3,
) -> Evidence:
    return Evidence(
        source=source(public or When.of(LAST)),
        voice=voice,
        credibility=credibility,
        bearing=bearing,
        claim="An example.",
    )


def as_exact_as(day: date, precision: str) -> When:
    """A date that may mean this day."""
    return When.parse({"day": f"{day}", "month": f"{day:%Y-%m}", "year": f"{day:%Y}"}[precision])


WHENS = st.builds(as_exact_as, DAYS, st.sampled_from(["day", "day", "month", "year"]))
ITEMS = st.builds(
    evidence,
    voice=st.sampled_from([Voice.HOST, *Voice]),
    public=WHENS,
    bearing=st.sampled_from([Bearing.SUPPORTS, Bearing.SUPPORTS, Bearing.DISPUTES]),
    credibility=st.integers(1, 6),
)
PROOFS = st.lists(ITEMS, min_size=1, max_size=3).map(tuple)
ASSERTIONS = st.builds(
    Assertion,
    stage=st.none() | st.sampled_from(Stage),
    ban=st.none() | st.sampled_from(Ban),
    at_least=st.none() | st.sampled_from(Stage),
    below=st.none() | st.sampled_from(Stage),
)


@st.composite
def steps(draw: st.DrawFn, state: State, day: date) -> Step:
    """One entry, often an act that some rule would take from the state given."""
    common = {
        "date": as_exact_as(day, draw(st.sampled_from(["day", "day", "month", "year"]))),
        "evidence": draw(PROOFS),
    }
    likely = sorted({rule.act for rule in RULES if state.stage in rule.before})
    kind = draw(st.sampled_from(["likely", "likely", "act", "refuse", "status", "signal", "old"]))
    if kind == "likely":
        host = evidence(Voice.HOST, public=common["date"])
        return ActStep(act=draw(st.sampled_from(likely)), **common | {"evidence": (host,)})
    if kind == "act":
        return ActStep(act=draw(st.sampled_from(Act)), **common)
    if kind == "old":
        act = draw(st.sampled_from(likely))
        return ActStep(act=act, rank=Rank.DEPRECATED, because="A false report.", **common)
    if kind == "refuse":
        act, because = draw(st.sampled_from(Act)), draw(st.sampled_from(Reason))
        return RefuseStep(refuse=act, because=because, **common)
    if kind == "status":
        return StatusStep(status=draw(ASSERTIONS), **common)
    return SignalStep(signal="visit", **common)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A whole record: entries whose dates can be in file order."""
    state = start = draw(st.sampled_from(STATES))
    timeline = []
    for number, day in enumerate(sorted(draw(st.lists(DAYS, max_size=8)))):
        step = evolve(draw(steps(state, day)), place=rm.Place("RUS.yaml", 7 + 4 * number, 5))
        timeline.append(step)
        if isinstance(step, ActStep) and not step.deprecated:
            rule = RULES.taking(state, step.act, step.attestation)
            state = rule.move(state) if rule else state
    return Scenario(
        country="RUS",
        title="A made-up record",
        start=Start(stage=start.stage, ban=start.ban, date=When.of(BEGINS), assumed="Made up."),
        documented_until=LAST,
        timeline=tuple(timeline),
        place=rm.Place("RUS.yaml", 1, 1),
    )


def one_act(act: Act, proof: tuple[Evidence, ...], start: State) -> Scenario:
    return Scenario(
        country="RUS",
        title="One act",
        start=Start(stage=start.stage, ban=start.ban, date=When.of(BEGINS)),
        documented_until=LAST,
        timeline=(ActStep(act=act, date=When.parse("2024-05-27"), evidence=proof),),
    )


def acts(scenario: Scenario) -> list[ActStep]:
    return [s for s in scenario.timeline if isinstance(s, ActStep) and not s.deprecated]


def codes(replay: rm.Replay) -> list[str]:
    return [found.code for found in replay.findings]


@given(scenarios())
def test_generated_scenarios_are_valid_files(scenario: Scenario) -> None:
    assert first_out_of_order([scenario.start.date, *(s.date for s in scenario.timeline)]) is None


# --- what always holds -----------------------------------------------------------------------


@given(scenarios())
def test_acts_and_only_acts_become_changes_or_refusals(scenario: Scenario) -> None:
    replay = rm.replay(scenario)
    became = {}
    for outcome in replay.outcomes:
        if isinstance(outcome, rm.Change):
            became[outcome.place.line] = "change"
        elif isinstance(outcome, rm.Refusal):
            became[outcome.step.place.line] = "refusal"
        elif isinstance(outcome, UnexpectedlyPermitted):
            became[outcome.step.place.line] = "permitted"
        elif isinstance(outcome, rm.StatusCheck):
            became[outcome.step.place.line] = "status"
        else:
            became[outcome.place.line] = outcome.kind
    assert len(became) == len(replay.outcomes)
    assert list(became) == sorted(became)
    not_refused = {found.place.line for found in replay.findings if found.code == "RM653"}
    for step in scenario.timeline:
        outcome = became.pop(step.place.line, "nothing")
        if isinstance(step, ActStep):
            assert outcome in ({"act"} if step.deprecated else {"change", "refusal"})
        elif isinstance(step, RefuseStep):
            taken = step.place.line in not_refused
            assert outcome == ("permitted" if taken else "refusal")
        else:
            assert outcome == step.kind
    assert became == {}


@given(scenarios())
def test_change_carries_the_data_of_its_act(scenario: Scenario) -> None:
    by_line = {step.place.line: step for step in acts(scenario)}
    for change in rm.replay(scenario).changes:
        step = by_line[change.place.line]
        assert (change.act, change.date) == (step.act, step.date)
        assert (change.evidence, change.attestation) == (step.evidence, step.attestation)


@given(scenarios())
def test_each_change_starts_from_the_previous_state(scenario: Scenario) -> None:
    replay = rm.replay(scenario)
    reached = [scenario.start.state, *(change.after for change in replay.changes)]
    assert [change.before for change in replay.changes] == reached[:-1]
    assert replay.history.last.state == reached[-1]
    for refusal in replay.refusals:
        before = [c for c in replay.changes if c.place.line < refusal.step.place.line]
        assert refusal.state == reached[len(before)]


@given(scenarios(), scenarios())
def test_replay_is_independent_of_other_replays(scenario: Scenario, other: Scenario) -> None:
    first = rm.replay(scenario)
    rm.replay(other)
    again = rm.replay(evolve(scenario, timeline=tuple(map(evolve, scenario.timeline))))
    assert again == first
    assert json.dumps(again.to_dict()) == json.dumps(first.to_dict())


@given(scenarios(), st.data())
def test_a_prefix_of_the_timeline_replays_to_a_prefix_of_the_changes(
    scenario: Scenario, data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, len(scenario.timeline)))
    part = rm.replay(evolve(scenario, timeline=scenario.timeline[:size]))
    whole = rm.replay(scenario)
    assert part.changes == whole.changes[: len(part.changes)]
    assert part.refusals == whole.refusals[: len(part.refusals)]
    assert len(part.outcomes) <= size


@given(scenarios())
def test_only_acts_change_the_state(scenario: Scenario) -> None:
    bare = rm.replay(evolve(scenario, timeline=tuple(acts(scenario))))
    whole = rm.replay(scenario)
    assert evolve(whole.history, entries=()) == evolve(bare.history, entries=())
    assert [r for r in whole.refusals if isinstance(r.step, ActStep)] == list(bare.refusals)


@given(scenarios(), st.data())
def test_deprecated_acts_are_shown_without_effect(scenario: Scenario, data: st.DataObject) -> None:
    timeline = list(scenario.timeline)
    added = data.draw(st.integers(1, 3))
    for number in range(added):
        act, at = data.draw(st.sampled_from(Act)), data.draw(st.integers(0, len(timeline)))
        false = ActStep(
            act=act,
            date=data.draw(WHENS),
            rank=Rank.DEPRECATED,
            because="A false report.",
            evidence=(evidence(),),
            place=rm.Place("RUS.yaml", 900 + number, 5),
        )
        timeline.insert(at, false)
    with_them, without = rm.replay(evolve(scenario, timeline=tuple(timeline))), rm.replay(scenario)
    assert len(with_them.deprecated) == len(without.deprecated) + added
    shown = with_them.to_dict() | {"deprecated": []}
    assert shown == without.to_dict() | {"deprecated": []}


@given(scenarios())
def test_act_without_supporting_voice_moves_nothing(scenario: Scenario) -> None:
    for change in rm.replay(scenario).changes:
        assert any(item.supports for item in change.evidence)
        assert not any(i.voice is Voice.HOST and not i.supports for i in change.evidence)


@given(scenarios())
def test_replay_data_is_json_with_the_documented_keys(scenario: Scenario) -> None:
    replay = rm.replay(scenario)
    plain = replay.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain.keys() >= {
        "country", "file", "stage", "ban", "documented_until",
        "spells", "changes", "refusals", "findings",
    }  # fmt: skip
    wanted = {
        "spells": {"stage", "ban", "from", "to"},
        "changes": {"date", "act", "rule", "before", "after", "line", "evidence"},
        "refusals": {"date", "act", "unmet", "line", "expected"},
        "findings": {"code", "severity", "message", "file", "line", "column"},
    }
    for part, keys in wanted.items():
        for entry in plain[part]:
            assert entry.keys() >= keys
    assert len(plain["spells"]) == len(plain["changes"]) + 1
    assert len(plain["refusals"]) == len(replay.refusals)
    assert len(plain["statuses"]) == len(replay.statuses)
    assert len(plain["signals"]) == len(replay.signals)
    assert (plain["stage"], plain["ban"]) == (
        replay.history.last.stage.value,
        replay.history.last.ban.value,
    )


# --- weaker evidence -------------------------------------------------------------------------


@given(st.sampled_from(STATES), st.sampled_from(Act), PROOFS, ITEMS)
def test_removing_or_disputing_evidence_never_permits_an_act(
    start: State, act: Act, proof: tuple[Evidence, ...], extra: Evidence
) -> None:
    here = rm.replay(one_act(act, proof, start))
    more = rm.replay(one_act(act, (*proof, extra), start))
    if extra.supports:
        # Support taken away, from `more` to `here`, opens nothing.
        assert not here.changes or more.history.last.state == here.history.last.state
    else:
        # A dispute added, from `here` to `more`, opens nothing.
        assert not more.changes or more.history.last.state == here.history.last.state


@given(st.sampled_from(STATES), st.sampled_from(Act), st.tuples(*[st.sampled_from(Voice)] * 2))
def test_weaker_voice_never_permits_more(
    start: State, act: Act, voices: tuple[Voice, Voice]
) -> None:
    order = {Voice.PRESS: 1, Voice.OTHER_STATE: 2, Voice.TALIBAN: 2, Voice.HOST: 3}
    weak, strong = sorted(voices, key=order.__getitem__)
    if rm.replay(one_act(act, (evidence(weak),), start)).changes:
        assert rm.replay(one_act(act, (evidence(strong),), start)).changes


@given(st.sampled_from(STATES), st.sampled_from(Act), PROOFS, st.integers(1, 6))
def test_credibility_does_not_affect_replay(
    start: State, act: Act, proof: tuple[Evidence, ...], credibility: int
) -> None:
    graded = tuple(evolve(item, credibility=credibility) for item in proof)
    before, after = (rm.replay(one_act(act, items, start)) for items in (proof, graded))
    assert before.history.last.state == after.history.last.state


# --- what could be known by a day ------------------------------------------------------------


@st.composite
def later(draw: st.DrawFn, day: date) -> Evidence:
    """Evidence that was not certainly public on a day."""
    exact = When.of(day + timedelta(days=draw(st.integers(1, 4000))))
    straddling = When.parse(f"{day}..")
    item = draw(ITEMS)
    return evolve(item, source=source(draw(st.sampled_from([exact, straddling]))))


@given(scenarios(), DAYS, st.data())
def test_later_sources_do_not_change_known_by(
    scenario: Scenario, day: date, data: st.DataObject
) -> None:
    timeline = [
        evolve(step, evidence=(*step.evidence, *data.draw(st.lists(later(day), max_size=1))))
        for step in scenario.timeline
    ]
    for number in range(data.draw(st.integers(0, 3))):
        step = data.draw(steps(data.draw(st.sampled_from(STATES)), data.draw(DAYS)))
        hidden = evolve(
            step,
            evidence=tuple(data.draw(st.lists(later(day), min_size=1, max_size=2))),
            place=rm.Place("RUS.yaml", 900 + number, 5),
        )
        timeline.insert(data.draw(st.integers(0, len(timeline))), hidden)
    fuller = evolve(scenario, timeline=tuple(timeline))
    assert rm.replay(fuller, known_by=day).to_dict() == rm.replay(scenario, known_by=day).to_dict()


@given(scenarios())
def test_known_by_the_last_publication_is_everything(scenario: Scenario) -> None:
    end = date(2026, 12, 31)
    known, whole = rm.replay(scenario, known_by=end), rm.replay(scenario)
    assert (known.history, known.outcomes) == (whole.history, whole.outcomes)
    assert known.not_yet_public == 0
    assert [(f.code, f.message, f.place) for f in known.findings] == [
        (f.code, f.message, f.place) for f in whole.findings
    ]


@given(scenarios(), DAYS)
def test_known_by_ends_on_its_day_and_has_only_notes(scenario: Scenario, day: date) -> None:
    replay = rm.replay(scenario, known_by=day)
    assert replay.history.documented_until == day
    assert replay.ok
    assert all(found.severity is rm.Severity.NOTE for found in replay.findings)
    assert all(change.date.earliest <= day for change in replay.changes)
    for change in replay.changes:
        assert all(item.source.public.latest <= day for item in change.evidence)
    assert len(replay.outcomes) + replay.not_yet_public == len(scenario.timeline)


@given(scenarios(), DAYS)
def test_known_by_accepts_date_or_text(scenario: Scenario, day: date) -> None:
    assert rm.replay(scenario, known_by=day.isoformat()) == rm.replay(scenario, known_by=day)


@pytest.mark.parametrize("day", ["2024-05", "2024", "soon", "2024-05-27?"])
def test_known_by_must_be_a_single_day(day: str) -> None:
    scenario = one_act(Act.BAN, (evidence(),), STATES[0])
    with pytest.raises(rm.DateError):
        rm.replay(scenario, known_by=day)


PUBLISHED_IN_STEPS = """
    - act: engage
      date: 2022-01-10
      evidence:
        - {source: wire-2022, voice: press, credibility: 3, claim: Talks.}
        - {source: wire-2024, voice: host, credibility: 3, claim: Talks.}
    - act: accept_ambassador
      date: 2023-03-03
      evidence:
        - {source: gazette-2024-05, voice: host, credibility: 1, claim: Credentials.}
"""


@pytest.mark.parametrize(
    ("known_by", "stages", "hidden"),
    [
        ("2022-01-31", ["hostile"], 2),
        ("2022-02-01", ["hostile", "engaged"], 1),
        ("2024-05-30", ["hostile", "engaged"], 1),  # the gazette of May may still come tomorrow
        ("2024-05-31", ["hostile", "engaged", "ambassador_accepted"], 0),
    ],
)
def test_evidence_counts_once_its_source_is_certainly_public(
    known_by: str, stages: list[str], hidden: int, replay_of: ReplayOf
) -> None:
    replay = replay_of(PUBLISHED_IN_STEPS, known_by=known_by)
    assert [spell.stage.value for spell in replay.history.spells] == stages
    assert replay.not_yet_public == hidden
    assert replay.to_dict()["known_by"] == known_by


def test_invariant_that_fails_is_a_note_once_everything_is_known(replay_of: ReplayOf) -> None:
    # The wire is of 2022: what happens in 2023 it cannot have seen.
    told = """
        - act: engage
          date: 2023-03-03
          evidence: [{source: wire-2022, voice: host, credibility: 3, claim: Talks.}]
    """
    now, then = replay_of(told), replay_of(told, known_by="2024-01-01")
    assert [(f.code, f.severity) for f in now.findings] == [("RM605", rm.Severity.ERROR)]
    assert [(f.code, f.severity) for f in then.findings] == [("RM605", rm.Severity.NOTE)]
    assert [v.invariant.code for v in then.violations] == ["RM605"]


def test_known_by_judges_an_act_by_voices_public_so_far(replay_of: ReplayOf) -> None:
    early = replay_of(PUBLISHED_IN_STEPS, known_by="2024-05-31").changes[0]
    late = replay_of(PUBLISHED_IN_STEPS, known_by="2024-06-01").changes[0]
    assert (early.attestation, len(early.evidence)) == (Attestation.REPORTED, 1)
    assert (late.attestation, len(late.evidence)) == (Attestation.OFFICIAL, 2)


def test_announced_act_has_not_happened_by_the_day(replay_of: ReplayOf) -> None:
    told = """
        - act: engage
          date: 2022-02-02
          evidence:
            - source: wire-2022
              voice: host
              credibility: 3
              announcement: true
              claim: Talks are to begin.
    """
    assert not replay_of(told, known_by="2022-02-01").changes
    assert replay_of(told, known_by="2022-02-02").changes


def test_act_possibly_before_the_day_counts(replay_of: ReplayOf) -> None:
    told = """
        - act: engage
          date: 2022-02
          evidence: [{source: wire-2022, voice: press, credibility: 3, claim: Talks.}]
    """
    history = replay_of(told, known_by="2022-02-10").history
    assert history.on("2022-02-10").states == (STATES[0], STATES[3])
    assert history.on("2022-02-10").state is None


def test_refusal_under_known_by_is_a_note(replay_of: ReplayOf) -> None:
    told = """
        - act: accept_ambassador
          date: 2022-01-10
          evidence: [{source: wire-2022, voice: press, credibility: 3, claim: Credentials.}]
    """
    (now,) = replay_of(told).findings
    (then,) = replay_of(told, known_by="2023-01-01").findings
    assert (now.code, now.severity) == ("RM501", rm.Severity.ERROR)
    assert then == evolve(now, severity=rm.Severity.NOTE)


def test_stage_is_unknown_before_the_record_begins(replay_of: ReplayOf) -> None:
    plain = replay_of(PUBLISHED_IN_STEPS, known_by="1996-09-26").to_dict()
    assert (plain["stage"], plain["ban"], plain["changes"]) == (None, None, [])
    assert plain["documented_until"] == "1996-09-26"


def test_known_by_before_the_record_has_no_findings(replay_of: ReplayOf) -> None:
    assert replay_of(PUBLISHED_IN_STEPS, known_by="1996-09-26").findings == ()


@given(scenarios(), st.dates(date(1990, 1, 1), LAST))
def test_no_spell_ends_before_it_begins(scenario: Scenario, day: date) -> None:
    for spell in rm.replay(scenario, known_by=day).to_dict()["spells"]:
        assert When.parse(spell["from"]).earliest <= When.parse(spell["to"]).latest


# --- refusals --------------------------------------------------------------------------------


def test_refusal_names_every_rule_and_unmet_condition(replay_of: ReplayOf) -> None:
    replay = replay_of(
        "- act: recognise\n  date: 2022-03-31\n  evidence: [$press]\n",
        stage="banned",
        ban="in_force",
    )
    (refusal,) = replay.refusals
    assert refusal.in_words() == (
        "R05 stage must be ambassador_accepted (is banned)"
        " and ban must be none or lifted (is in_force)"
        " and attestation must be official (is reported); "
        "R06 stage must be engaged or delisted (is banned)"
        " and ban must be none or lifted (is in_force)"
        " and attestation must be official (is reported)"
    )
    assert refusal.reasons == {Reason.WRONG_STAGE, Reason.BAN_IN_FORCE, Reason.NOT_ATTESTED}
    assert not refusal.expected
    assert refusal.act is Act.RECOGNISE
    assert refusal.to_dict()["unmet"][:3] == [
        {
            "rule": "R05",
            "reason": "wrong-stage",
            "condition": "stage",
            "needs": ["ambassador_accepted"],
            "found": "banned",
        },
        {
            "rule": "R05",
            "reason": "ban-in-force",
            "condition": "ban",
            "needs": ["none", "lifted"],
            "found": "in_force",
        },
        {
            "rule": "R05",
            "reason": "not-attested",
            "condition": "attestation",
            "needs": ["official"],
            "found": "reported",
        },
    ]


@pytest.mark.parametrize(
    ("start", "act", "given", "suffices"),
    [
        (
            "engaged none", "accept_ambassador",
            "{source: wire-2024, voice: press, credibility: 3, claim: x}",
            "it needs an official voice of the country; the best given is press, C3 (wire-2024)",
        ),
        (
            "engaged none", "accept_ambassador",
            "{source: wire-2024, voice: press, credibility: 1, claim: x},"
            " {source: yearbook-2026, voice: taliban, credibility: 5, claim: x}",
            "it needs an official voice of the country;"
            " the best given is taliban, B5 (yearbook-2026)",
        ),
        (
            "engaged none", "accept_ambassador", "$host, $denial",
            "the host disputes it (yearbook-2026): while it does, no voice suffices",
        ),
        (
            "hostile none", "engage",
            "{source: wire-2024, voice: taliban, credibility: 3, bearing: disputes, claim: x}",
            "it needs a report; nothing supports it",
        ),
        (
            "engaged none", "break_off", "$press",
            "it needs the word of either side or of another state;"
            " the best given is press, B3 (yearbook-2026)",
        ),
        ("engaged in_force", "recognise", "$host", "the ban must be lifted first (R03)"),
        ("engaged none", "delist", "$host", "there must be a ban in force (R01)"),
        (
            "hostile none", "recognise", "$host",
            "the stage must be ambassador_accepted first (R04); or"
            " the stage must be engaged or delisted first (R02)",
        ),
        (
            "hostile none", "withdraw_recognition", "$host",
            "the stage must be de_jure_recognition first (R05, R06)",
        ),
        (
            "engaged in_force", "accept_ambassador", "$taliban",
            "the ban must be lifted first (R03) and it needs an official voice of the country;"
            " the best given is taliban, B3 (yearbook-2026)",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_what_would_have_sufficed(
    start: str, act: str, given: str, suffices: str, replay_of: ReplayOf
) -> None:
    stage, ban = start.split()
    replay = replay_of(
        f"- act: {act}\n  date: 2022-03-31\n  evidence: [{given}]\n", stage=stage, ban=ban
    )
    (refusal,) = replay.refusals
    assert refusal.suffices == suffices
    (found,) = replay.findings
    assert (found.code, found.place.line) == ("RM501", 7)
    assert suffices in found.hint
    assert not replay.ok


@given(st.sampled_from(STATES), st.sampled_from(Act), PROOFS)
def test_every_rule_tried_by_a_refusal_has_an_unmet_condition(
    start: State, act: Act, proof: tuple[Evidence, ...]
) -> None:
    replay = rm.replay(one_act(act, proof, start))
    assume(replay.refusals)
    (refusal,) = replay.refusals
    assert [attempt.rule for attempt in refusal.attempts] == [r for r in RULES if r.act is act]
    assert all(attempt.unmet for attempt in refusal.attempts)
    assert refusal.reasons
    assert refusal.suffices
    for attempt in refusal.attempts:
        assert f"{attempt.rule.code} " in refusal.in_words()


def test_refusal_says_that_no_rule_covers_the_act() -> None:
    scenario = one_act(Act.ENGAGE, (evidence(),), STATES[0])
    replay = rm.replay(scenario, rules=RuleTable(()))
    (found,) = replay.findings
    assert found.message == "engage 2024-05-27 is refused: no rule covers engage"


def test_expected_refusal_says_that_no_rule_covers_the_act() -> None:
    expected = RefuseStep(
        refuse=Act.ENGAGE,
        because=Reason.WRONG_STAGE,
        date=When.parse("2024-05-27"),
        evidence=(evidence(),),
    )
    scenario = evolve(one_act(Act.ENGAGE, (), STATES[0]), timeline=(expected,))
    (found,) = rm.replay(scenario, rules=RuleTable(())).findings
    assert found.code == "RM654"
    assert "no rule covers engage" in found.message
    assert "for :" not in found.message


# --- expected refusals -----------------------------------------------------------------------

KABULOV = """
    - refuse: recognise
      date: 2024-05-27
      because: {}
      evidence: [$host]
"""


def test_expected_refusal_is_not_a_finding(replay_of: ReplayOf) -> None:
    replay = replay_of(KABULOV.format("ban-in-force"), stage="engaged", ban="in_force")
    assert replay.findings == ()
    (refusal,) = replay.refusals
    assert (refusal.expected, refusal.act) == (True, Act.RECOGNISE)
    assert refusal.to_dict()["expected"] is True
    assert replay.changes == ()


@pytest.mark.parametrize("because", ["wrong-stage", "no-ban-in-force", "not-attested"])
def test_a_refusal_for_another_reason_than_expected_is_a_finding(
    because: str, replay_of: ReplayOf
) -> None:
    replay = replay_of(KABULOV.format(because), stage="engaged", ban="in_force")
    (found,) = replay.findings
    assert (found.code, found.place.line) == ("RM654", 7)
    assert found.hint == "write because: ban-in-force"
    (refusal,) = replay.refusals
    assert not refusal.expected


def test_unexpectedly_permitted_act_is_a_finding_without_effect(
    replay_of: ReplayOf,
) -> None:
    replay = replay_of(KABULOV.format("ban-in-force"), stage="engaged", ban="lifted")
    (found,) = replay.findings
    assert (found.code, found.place.line) == ("RM653", 7)
    assert found.message == "recognise 2024-05-27 should be refused (ban-in-force); R06 permits it"
    assert found.hint == (
        "the state here is engaged, ban lifted, since the start, 2002-01-01 (line 4);"
        " the evidence is official"
    )
    assert replay.changes == ()
    (permitted,) = replay.permitted
    assert (permitted.rule.code, permitted.step.refuse) == ("R06", Act.RECOGNISE)
    (plain,) = replay.to_dict()["permitted"]
    assert (plain["act"], plain["rule"], plain["line"]) == ("recognise", "R06", 7)
    assert replay.history.last.stage is Stage.ENGAGED


def test_expected_reason_may_be_any_of_several(replay_of: ReplayOf) -> None:
    for because in ("ban-in-force", "not-attested"):
        told = KABULOV.format(because).replace("$host", "$press")
        assert replay_of(told, stage="engaged", ban="in_force").findings == ()
    told = KABULOV.format("wrong-stage").replace("$host", "$press")
    (found,) = replay_of(told, stage="engaged", ban="in_force").findings
    assert found.message.startswith(
        "recognise 2024-05-27 is refused, but for ban-in-force and not-attested: "
    )
    assert found.hint.startswith("the ban must be lifted first (R03) and it needs an official")


def test_false_report_is_refused_as_not_attested(replay_of: ReplayOf) -> None:
    told = KABULOV.format("not-attested").replace("$host", "$press, $denial")
    assert replay_of(told, stage="engaged").findings == ()


def test_expected_refusal_is_tried_at_its_position(replay_of: ReplayOf) -> None:
    delisting = "- act: delist\n  date: 2024-05\n  evidence: [$host]\n"
    expected = (
        "- refuse: recognise\n  because: ban-in-force\n  date: 2024-05\n  evidence: [$host]\n"
    )
    before = replay_of(expected + delisting, stage="engaged", ban="in_force")
    after = replay_of(delisting + expected, stage="engaged", ban="in_force")
    assert codes(before) == []
    assert codes(after) == ["RM653"]


# --- acts of one day -------------------------------------------------------------------------


def day_of(*acts: str, day: str = "2024-05-27") -> str:
    return "".join(f"- act: {act}\n  date: {day}\n  evidence: [$host]\n" for act in acts)


def test_acts_of_one_day_run_in_file_order(replay_of: ReplayOf) -> None:
    replay = replay_of(
        day_of("engage", "delist", "accept_ambassador", "recognise"), stage="banned", ban="in_force"
    )
    assert replay.findings == ()
    assert [change.rule for change in replay.changes] == ["R02", "R03", "R04", "R05"]
    assert replay.history.on("2024-05-27").stage is Stage.DE_JURE_RECOGNITION
    assert replay.history.on("2024-05-26").stage is Stage.BANNED


def test_hint_names_the_nearest_legal_record_unless_that_leaves_out_this_act_alone(
    replay_of: ReplayOf,
) -> None:
    told = """
        - {act: engage, date: 2024-05-27, evidence: [$host]}
        - {act: accept_ambassador, date: 2025-07, evidence: [$host]}
    """
    (found,) = replay_of(told, stage="banned", ban="in_force").findings
    nearest = (
        "; nearest legal record: with a documented delist (R03) between 2024-05-27 and 2025-07"
    )
    assert (found.code, found.hint.endswith(nearest)) == ("RM501", True)
    alone = "- {act: accept_ambassador, date: 2025-07, evidence: [$press]}\n"
    (found,) = replay_of(alone).findings
    assert found.code == "RM501"
    assert "nearest" not in found.hint


def test_hint_names_an_order_of_the_day_that_works(replay_of: ReplayOf) -> None:
    replay = replay_of(day_of("accept_ambassador", "engage"))
    (found,) = replay.findings
    assert (found.code, found.place.line) == ("RM502", 7)
    assert found.message == (
        "accept_ambassador 2024-05-27 works only in another order:"
        " R04 stage must be engaged or delisted (is hostile)"
    )
    assert found.hint == "put the acts of this day in the order engage, accept_ambassador"


def test_orders_are_tried_from_the_state_at_the_start_of_the_day(replay_of: ReplayOf) -> None:
    # From engaged, where the day began, this order works; from hostile, where the record did, none.
    told = day_of("engage", day="2022-01-01") + day_of("downgrade", "accept_ambassador")
    (found,) = replay_of(told).findings
    assert (found.code, found.place.line) == ("RM502", 10)
    assert found.hint == "put the acts of this day in the order accept_ambassador, downgrade"


def test_no_order_is_named_if_none_works(replay_of: ReplayOf) -> None:
    assert codes(replay_of(day_of("recognise", "withdraw_recognition"))) == ["RM501", "RM501"]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("2024-05-27", "2024-05-27", "RM502"),
        ("2024-05-27?", "2024-05-27?", "RM502"),
        ("2024-05-27", "2024-05-28", "RM501"),
        ("2024-05", "2024-05", "RM501"),
    ],
)
def test_only_acts_of_one_exact_day_are_reordered(
    first: str, second: str, code: str, replay_of: ReplayOf
) -> None:
    told = day_of("accept_ambassador", day=first) + day_of("engage", day=second)
    assert codes(replay_of(told)) == [code]


def test_deprecated_act_is_not_reordered(replay_of: ReplayOf) -> None:
    false = "  rank: deprecated\n  because: A false report.\n"
    told = day_of("accept_ambassador") + day_of("engage") + false
    assert codes(replay_of(told)) == ["RM501"]


def test_too_many_acts_on_one_day_are_not_reordered(replay_of: ReplayOf) -> None:
    many = ["accept_ambassador", "engage", "downgrade", "accept_ambassador", "downgrade"]
    assert len(many) == MOST_ACTS_REORDERED + 1
    # Refused are the first and the third; engage, accept, downgrade, accept would do for four.
    assert codes(replay_of(day_of(*many))) == ["RM501", "RM501"]
    assert codes(replay_of(day_of(*many[:-1]))) == ["RM502", "RM502"]


@given(
    st.sampled_from(STATES),
    st.lists(
        st.sampled_from([act for act in Act if act is not Act.LAPSE]),
        min_size=2,
        max_size=MOST_ACTS_REORDERED,
    ),
)
def test_order_named_by_a_finding_works(start: State, day: list[Act]) -> None:
    def told(order: list[Act]) -> Scenario:
        when = When.parse("2024-05-27")
        timeline = tuple(ActStep(act=act, date=when, evidence=(evidence(),)) for act in order)
        return evolve(one_act(Act.BAN, (), start), timeline=timeline)

    for found in rm.replay(told(day)).findings:
        if found.code == "RM502":
            named = found.hint.removeprefix("put the acts of this day in the order ").split(", ")
            order = [Act(word) for word in named]
            assert sorted(order) == sorted(day)
            again = rm.replay(told(order))
            assert len(again.changes) == len(day)
            assert again.ok


# --- statuses --------------------------------------------------------------------------------


def status(asserted: str, day: str) -> str:
    return f"- status: {asserted}\n  date: {day}\n  evidence: [$press]\n"


def verdict(replay: rm.Replay) -> tuple[str, list[str]]:
    (check,) = replay.statuses
    return check.verdict.holds.value, codes(replay)


@pytest.mark.parametrize(
    ("asserted", "expected"),
    [
        ("{stage: hostile}", ("in all", [])),  # where the day began
        ("{stage: banned, ban: in_force}", ("in all", [])),
        ("{stage: engaged}", ("in all", [])),
        ("{stage: delisted, ban: lifted}", ("in all", [])),  # where it ended
        ("{stage: delisted, ban: none}", ("in none", ["RM651"])),
        ("{stage: hostile, ban: in_force}", ("in none", ["RM651"])),
        ("{at-least: ambassador_accepted}", ("in none", ["RM651"])),
        ("{below: banned}", ("in all", [])),
    ],
)
def test_a_status_is_met_by_any_state_held_on_its_day(
    asserted: str, expected: tuple[str, list[str]], replay_of: ReplayOf
) -> None:
    told = day_of("ban", "engage", "delist") + status(asserted, "2024-05-27")
    assert verdict(replay_of(told)) == expected


def test_state_on_a_day_is_the_state_at_its_end(replay_of: ReplayOf) -> None:
    history = replay_of(day_of("ban", "engage", "delist")).history
    assert history.on("2024-05-27").state == State(Stage.DELISTED, Ban.LIFTED)


def test_status_before_an_act_of_its_day_can_hold(
    replay_of: ReplayOf,
) -> None:
    told = status("{stage: engaged}", "2024-05-27") + day_of("engage")
    assert verdict(replay_of(told)) == ("in all", [])


@pytest.mark.parametrize(
    ("act", "asserted", "day", "expected"),
    [
        ("2024-05", "{stage: engaged}", "2024-05-15", ("in some", ["RM652"])),
        ("2024-05", "{stage: hostile}", "2024-05-15", ("in some", ["RM652"])),
        ("2024-05", "{below: delisted}", "2024-05-15", ("in all", [])),
        ("2024-05", "{at-least: delisted}", "2024-05-15", ("in none", ["RM651"])),
        ("2024-05", "{stage: engaged}", "2024-05-31", ("in all", [])),
        ("2024-05", "{stage: hostile}", "2024-05-01", ("in all", [])),
        ("2024-05", "{stage: hostile}", "2024-05-02", ("in some", ["RM652"])),
        ("2024-05-15", "{stage: engaged}", "2024-05", ("in some", ["RM652"])),
        ("2024-05-15", "{stage: hostile}", "2024-05", ("in some", ["RM652"])),
        ("2024-05-15", "{below: delisted}", "2024-05", ("in all", [])),
        ("2024-05-15", "{stage: engaged}", "2024-06", ("in all", [])),
        ("2024-05-15", "{stage: hostile}", "2024-06", ("in none", ["RM651"])),
    ],
)
def test_a_status_over_uncertain_dates_has_three_answers(
    act: str, asserted: str, day: str, expected: tuple[str, list[str]], replay_of: ReplayOf
) -> None:
    told = day_of("engage", day=act) + status(asserted, day)
    assert verdict(replay_of(told)) == expected


def test_status_in_some_readings_is_a_note_and_replay_is_ok(replay_of: ReplayOf) -> None:
    replay = replay_of(day_of("engage", day="2024-05") + status("{stage: engaged}", "2024-05-15"))
    assert [found.severity for found in replay.findings] == [rm.Severity.NOTE]
    assert replay.ok
    assert replay.to_dict()["statuses"][0]["holds"] == "in some"


# --- the rest of a replay --------------------------------------------------------------------


def test_replay_of_an_earlier_day_has_no_title(replay_of: ReplayOf) -> None:
    scenario = replay_of(day_of("engage")).scenario
    known = rm.replay(scenario, known_by="2025-01-01")
    assert (known.title, known.to_dict()["title"]) == (None, None)


def test_replay_groups_outcomes_by_kind(replay_of: ReplayOf) -> None:
    replay = replay_of(
        day_of("engage", "recognise")
        + "- {signal: visit, date: 2024-06, note: A note., evidence: [$press]}\n"
        + "- {act: ban, rank: deprecated, because: False., date: 2001, evidence: [$press]}\n"
        + status("{stage: hostile}", "2025-01-01")
    )
    assert [change.rule for change in replay.changes] == ["R02", "R06"]
    assert [step.signal for step in replay.signals] == ["visit"]
    assert [(step.act, step.because) for step in replay.deprecated] == [(Act.BAN, "False.")]
    assert [check.step.status.stage for check in replay.statuses] == [Stage.HOSTILE]
    assert not replay.ok
    plain = replay.to_dict()
    assert (plain["country"], plain["name"], plain["title"]) == (
        "RUS",
        "Russia",
        "A made-up record",
    )
    assert plain["signals"][0]["signal"] == "visit"
    assert plain["signals"][0]["note"] == "A note."
    assert plain["deprecated"][0]["because"] == "False."
    assert plain["changes"][0]["evidence"] == ["yearbook-2026"]
    assert [(s["stage"], s["from"], s["to"]) for s in plain["spells"]] == [
        ("hostile", "1996-09-27", "2024-05-27"),
        ("engaged", "2024-05-27", "2024-05-27"),
        ("de_jure_recognition", "2024-05-27", "2026-01-15"),
    ]


def test_note_of_an_act_stays_with_its_change(replay_of: ReplayOf) -> None:
    replay = replay_of("""
        - act: engage
          date: 2022-03-31
          note: A diplomat came.
          contradiction: Another day is given elsewhere.
          evidence: [$press]
        """)
    (change,) = replay.changes
    assert (change.note, change.contradiction) == (
        "A diplomat came.",
        "Another day is given elsewhere.",
    )
    (plain,) = replay.to_dict()["changes"]
    assert plain["note"] == change.note
    assert plain["contradiction"] == change.contradiction


def test_findings_are_in_file_order(replay_of: ReplayOf) -> None:
    replay = replay_of(
        status("{stage: banned}", "2023-01-01")
        + day_of("recognise", day="2023-01-02")
        + status("{stage: banned}", "2023-01-03")
        + day_of("engage", day="2023-01-04"),
        until="2023-01-03",
    )
    assert [(found.code, found.place.line) for found in replay.findings] == [
        ("RM651", 7), ("RM501", 10), ("RM651", 13), ("RM608", 16)
    ]  # fmt: skip


def test_repr_of_replay_is_one_line_without_address(replay_of: ReplayOf) -> None:
    replay = replay_of(day_of("engage"))
    assert repr(replay) == (
        "<Replay RUS: engaged, no ban documented since 2024-05-27, documented until 2026-01-15;"
        " 1 changes, 0 refusals, 0 findings>"
    )


def test_notebook_view_escapes_text_of_the_file(replay_of: ReplayOf) -> None:
    replay = replay_of(day_of("recognise"))
    shown = evolve(
        replay, findings=(evolve(replay.findings[0], message="<script>alert(1)</script>"),)
    )
    assert "<script>" not in shown._repr_html_()
    assert "&lt;script&gt;" in shown._repr_html_()


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-01-15", []), ("2026-01", []), ("2026-01-16", ["RM655"]), ("2026-02", ["RM655"])],
)
@pytest.mark.parametrize(
    "entry", ["signal: visit", "status: {below: banned}", "refuse: delist\n  because: wrong-stage"]
)
def test_entry_after_the_end_of_the_record_is_a_finding(
    entry: str, day: str, expected: list[str], replay_of: ReplayOf
) -> None:
    told = f"- {entry}\n  date: {day}\n  evidence: [$host]\n"
    found = [code for code in codes(replay_of(told)) if code != "RM654"]
    assert found == expected


def test_entries_after_the_end_are_reported_together_with_the_day_that_would_cover_them(
    replay_of: ReplayOf,
) -> None:
    days = ("2026-01-15", "2026-01-16", "2026-03", "2026-02-01..2026-04-01")
    told = "".join(f"- {{signal: visit, date: {day}, evidence: [$host]}}\n" for day in days)
    (found,) = replay_of(told).findings
    assert (found.code, found.place.line) == ("RM655", 8)
    assert found.message == (
        "3 entries lie after documented-until 2026-01-15: signal visit 2026-01-16 to signal visit"
        " 2026-02-01..2026-04-01 in line 10"
    )
    assert found.hint == (
        "write `documented-until: 2026-03-01` or a later day, or correct the dates of the entries"
    )


def test_violations_are_findings_at_their_change(replay_of: ReplayOf) -> None:
    replay = replay_of(day_of("engage"), until="2024-05-26")
    assert [(v.invariant.code, v.at) for v in replay.violations] == [("RM608", 0)]
    (found,) = replay.findings
    assert (found.code, found.place.line) == ("RM608", 7)
    assert found.message == replay.violations[0].message


# --- what could come next --------------------------------------------------------------------


def open_acts(state: State) -> dict[str, str]:
    return {n.act.value: n.rule.code for n in next_acts(state) if n.rule is not None}


@pytest.mark.parametrize(
    ("state", "open_to"),
    [
        (STATES[0], {"ban": "R01", "engage": "R02"}),
        (STATES[2], {"engage": "R02", "delist": "R03"}),
        (STATES[4], {"delist": "R03", "break_off": "R10", "lapse": "R12"}),
        (
            STATES[6],
            {
                "ban": "R01",
                "accept_ambassador": "R04",
                "recognise": "R06",
                "break_off": "R09",
                "lapse": "R11",
            },
        ),
        (STATES[9], {"withdraw_recognition": "R07", "break_off": "R09", "lapse": "R11"}),
    ],
)
def test_open_acts_are_those_that_a_rule_takes(state: State, open_to: dict[str, str]) -> None:
    assert open_acts(state) == open_to


def test_every_next_act_is_open_or_closed_with_reasons() -> None:
    for state in STATES:
        found = next_acts(state)
        assert [each.act for each in found] == list(Act)
        for each in found:
            plain: Mapping[str, Any] = each.to_dict()
            assert plain["open"] is (each.rule is not None)
            assert bool(plain["unmet"]) is not plain["open"]
            assert plain["suffices"] == each.suffices != ""


@given(scenarios())
def test_open_acts_are_those_that_replay_takes(scenario: Scenario) -> None:
    state = rm.replay(scenario).history.last.state
    proof = (evidence(Voice.HOST),)
    taken = {
        change.act.value: change.rule
        for act in Act
        for change in rm.replay(one_act(act, proof, state)).changes
    }
    assert open_acts(state) == taken


def test_replay_checks_only_the_invariants_given(replay_of: ReplayOf) -> None:
    scenario = replay_of("- {act: engage, date: 2022, evidence: [$press]}").scenario

    def check(history: rm.History) -> list[tuple[int | None, str]]:
        return [(at, f"{change.act} happened") for at, change in enumerate(history.changes)]

    still = evolve(rm.INVARIANTS[0], check=check, monitor=None)
    assert [str(v) for v in rm.replay(scenario, invariants=[still]).violations] == [
        "RM601 engage happened"
    ]
    assert rm.replay(scenario, invariants=[]).violations == ()


def test_replay_known_by_holds_the_scenario_as_known_then(replay_of: ReplayOf) -> None:
    decree = "{source: decree-2003, voice: host, credibility: 1, claim: An example.}"
    told = replay_of(
        f"""
        - {{signal: visit, date: 2003-01-01, evidence: [$press]}}
        - {{act: engage, date: 2003-02-14, evidence: [{decree}], note: Written later.}}
        """,
        known_by="2010-01-01",
    )
    assert told.numbers == (2,)  # the yearbook of 2026, the visit's source, was not public
    (step,) = told.scenario.timeline
    assert (step.note, str(told.scenario.documented_until)) == ("", "2010-01-01")
    assert told.not_yet_public == 1


def test_violation_of_an_unregistered_invariant_is_a_finding(replay_of: ReplayOf) -> None:
    scenario = replay_of("- {act: engage, date: 2022, evidence: [$press]}").scenario
    mine = rm.Invariant(
        code="X1",
        name="nothing_happens",
        why="Nothing happens.",
        check=lambda _: [(0, "something happened")],
        broken_by=lambda: rm.replay(scenario).history,
    )
    (found,) = rm.replay(scenario, invariants=[mine]).findings
    assert (found.code, found.message, found.is_error, found.unreadable) == (
        "X1",
        "something happened",
        True,
        False,
    )


def test_replay_built_by_hand_numbers_its_entries_from_1(replay_of: ReplayOf) -> None:
    made = replay_of(
        """
        - {signal: visit, date: 2021-09-01, evidence: [$press]}
        - {act: engage, date: 2022, evidence: [$press]}
        """
    )
    copy = rm.Replay(scenario=made.scenario, history=made.history, outcomes=made.outcomes)
    assert copy.numbers == (1, 2)
    assert rm.export("csv", [copy], "csv", only="entries").count(b"\r\n") == 3


def test_scenario_is_known_by_a_day_written_as_text(replay_of: ReplayOf) -> None:
    scenario = replay_of("- {act: engage, date: 2022, evidence: [$press]}").scenario
    assert scenario.known_by("2023-01-01") == scenario.known_by(date(2023, 1, 1))


def test_replay_numbers_the_entries_from_1_as_in_the_file(replay_of: ReplayOf) -> None:
    assert replay_of(PUBLISHED_IN_STEPS).numbers == (1, 2)


def test_replay_of_anything_but_a_scenario_names_it() -> None:
    with pytest.raises(TypeError, match="replay takes a Scenario, as `load` returns, not 'RUS'"):
        rm.replay("RUS")  # type: ignore[arg-type]
