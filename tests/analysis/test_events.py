"""`events`: a chronology over all countries, checked by hand and by a script over the YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.fixtures import Story, Write
from support.paths import ROOT

import recognition_model as rm
from recognition_model.analysis.deeds import DEEDS, set_aside
from recognition_model.analysis.events import KINDS, Event, least_grade
from recognition_model.core.scenario import KIND_OF
from recognition_model.core.windows import Window
from recognition_model.engine.outcomes import step_of
from recognition_model.testing import dates, scenarios

Told = Callable[..., tuple[Event, ...]]

FIJI = """
    - act: engage
      date: 2022-02-01..2022-02-03
      note: Envoys meet in Nadi.
      evidence:
        - {source: wire-2022, voice: press, credibility: 4, claim: A meeting in Nadi.}
        - {source: yearbook-2026, voice: taliban, credibility: 2, recalled: true, claim: Talks.}
    - act: accept_ambassador
      date: 2022-09
      rank: deprecated
      because: The chargé was taken for one.
      evidence: [$press]
    - status: {stage: engaged, ban: none}
      date: 2023-01-01
      evidence: [$other]
    - status: {below: engaged}
      date: 2023-02-01
      evidence: [$press]
    - signal: charge_accepted
      date: 2024-03
      evidence: [$host]
    - refuse: recognise
      date: 2024-05-27
      because: not-attested
      evidence: [$press]
    - act: accept_ambassador
      date: 2024-06-01
      evidence: [$taliban]
    - signal: visit
      date: 2024-12-31..2025-01-02
      note: A delegation comes to Côte d'Azur.
      evidence: [$press, $denial]
"""


@pytest.fixture
def fiji(write: Write, story: Story, register: dict[str, rm.Source]) -> Path:
    """A record with every kind of entry, one that fails and one that the rules refuse."""
    return write(story(FIJI, country="FJI"), "FJI.yaml")


@pytest.fixture
def told(fiji: Path, register: dict[str, rm.Source]) -> Told:
    """The events of Fiji's record, as asked."""
    return lambda **asked: rm.events([rm.load(fiji, register)], **asked)


def whats(found: tuple[Event, ...]) -> list[str]:
    return [event.what for event in found]


# --- what is told --------------------------------------------------------------------------------


def test_events_tell_in_words_what_the_replay_uses_in_order_of_dates(told: Told) -> None:
    assert [(str(e.date), e.kind, e.what) for e in told()] == [
        ("2022-02-01..2022-02-03", "act", "dealings begin (engaged)"),
        ("2023-01-01", "status", "still engaged, no ban documented"),
        ("2024-03", "signal", "charge accepted"),
        ("2024-12-31..2025-01-02", "signal", "denied: visit"),
    ]


def test_events_with_all_entries_say_first_why_one_is_set_aside(told: Told) -> None:
    aside = [event for event in told(all_entries=True) if not event.counted]
    assert [(event.set_aside, event.what) for event in aside] == [
        ("struck out", "struck out: ambassador accepted"),
        ("does not hold", "does not hold: below engaged"),
        ("rejected", "rejected: recognised de jure (not attested)"),
        ("refused by the rules", "refused by the rules: ambassador accepted (not attested)"),
    ]


def test_naming_the_kind_refuse_shows_rejected_reports_alone(told: Told) -> None:
    assert whats(told(kinds=["refuse"])) == ["rejected: recognised de jure (not attested)"]
    assert "struck out: ambassador accepted" not in whats(told(kinds=["refuse", "act"]))


def test_event_names_its_sources_strongest_first(told: Told) -> None:
    first, *_ = told()
    assert first.sources == ("yearbook-2026", "wire-2022")  # the Taliban's word, then the press's
    assert first.best is not None
    assert first.best.source.publisher == "The Example Yearbook"


def test_event_that_a_host_disputes_counts_and_says_so(told: Told) -> None:
    *_, visit = told()
    assert (visit.counted, visit.disputed, visit.attestation) == (True, True, rm.Attestation.NONE)


def test_signal_that_a_party_denies_is_told_as_denied_and_counted(told: Told) -> None:
    *_, accepted, visit = told()
    assert [(e.what, e.denied, e.counted) for e in (accepted, visit)] == [
        ("charge accepted", False, True),
        ("denied: visit", True, True),
    ]
    assert (visit.to_dict()["denied"], accepted.to_dict()["denied"]) == (True, False)


@pytest.mark.parametrize(
    ("families", "found"),
    [
        ("visit", ["denied: visit"]),
        (["visit", "accreditation"], ["charge accepted", "denied: visit"]),
        (["humanitarian"], []),
    ],
)
def test_families_leave_only_their_signals(
    families: str | list[str], found: list[str], told: Told
) -> None:
    assert whats(told(families=families)) == found


def test_unknown_family_is_a_value_error_with_a_hint(told: Told) -> None:
    with pytest.raises(ValueError, match=r"'visits' is no family of signals: did you mean visit\?"):
        told(families="visits")


def test_match_finds_a_signal_by_an_old_word_for_it(told: Told) -> None:
    known = rm.shipped_vocabulary()
    (old, *_) = known.words["charge_accepted"].aliases
    assert old not in FIJI
    assert whats(told(match=old)) == ["charge accepted"]
    assert whats(told(match=old, vocabulary=rm.Vocabulary.of([known.words["visit"]]))) == []


def test_dealings_under_a_ban_are_told_with_the_ban(replay_of: Callable[..., rm.Replay]) -> None:
    timeline = "- {act: engage, date: 2022, evidence: [$press]}"
    replay = replay_of(timeline, stage="banned", ban="in_force")
    assert whats(rm.events([replay])) == ["dealings begin (engaged, ban in force)"]


def test_every_act_has_words_for_what_happened() -> None:
    assert set(DEEDS) == set(rm.Act)


def test_event_as_data_has_the_keys_of_the_format(told: Told) -> None:
    data = told()[0].to_dict()
    assert (data["date"], data["earliest"], data["latest"]) == (
        "2022-02-01..2022-02-03",
        "2022-02-01",
        "2022-02-03",
    )
    assert (data["country"], data["kind"], data["word"]) == ("FJI", "act", "engage")
    assert (data["note"], data["line"], data["in_window"]) == ("Envoys meet in Nadi.", 7, "surely")
    assert data["sources"] == ["yearbook-2026", "wire-2022"]
    assert (data["voice"], data["grade"], data["counted"]) == ("taliban", "B2", True)


# --- what is asked for ---------------------------------------------------------------------------


def test_window_marks_what_only_overlaps_it(told: Told) -> None:
    found = told(since="2022-02-02", until="2024")
    assert [(e.what, e.in_window) for e in found] == [
        ("dealings begin (engaged)", "perhaps"),
        ("still engaged, no ban documented", "surely"),
        ("charge accepted", "surely"),
        ("denied: visit", "perhaps"),
    ]


def test_year_and_month_mean_their_first_and_last_day(told: Told) -> None:
    assert whats(told(since="2024-03", until="2024-03")) == ["charge accepted"]
    assert whats(told(since="2024", until="2024")) == ["charge accepted", "denied: visit"]


def test_act_that_its_order_keeps_out_of_the_window_is_left_out(
    replay_of: Callable[..., rm.Replay],
) -> None:
    # Dealings are broken off some day in 2022, but after they began in July.
    replay = replay_of("""
        - {act: engage, date: 2022-07-01, evidence: [$press]}
        - {act: break_off, date: 2022, evidence: [$host]}
    """)
    assert whats(rm.events([replay], until="2022-06-30")) == []
    sure = rm.events([replay], since="2022-07-01", until="2022-12-31")
    assert [e.in_window for e in sure] == ["surely", "surely"]


BY_2023 = """
    - {act: engage, date: 2021-09-01, evidence: [$press]}
    - {signal: visit, date: ..2023-01-01, evidence: [$press]}
    - {refuse: recognise, because: not-attested, date: 2020..2022, evidence: [$press]}
    - {status: {stage: engaged}, date: 2022-06-01.., evidence: [$host]}
    - {signal: talks, date: 2023-12-31, evidence: [$press]}
"""


def test_every_kind_of_entry_is_narrowed_by_the_order_of_its_file(
    replay_of: Callable[..., rm.Replay],
) -> None:
    # The refusal stands between 2021-09-01 and its own last day, and the visit before it.
    found = rm.events([replay_of(BY_2023)], all_entries=True)
    assert [(e.word, e.date.text, str(e.earliest), str(e.latest)) for e in found] == [
        ("engage", "2021-09-01", "2021-09-01", "2021-09-01"),
        ("visit", "..2023-01-01", "2021-09-01", "2022-12-31"),
        ("recognise", "2020..2022", "2021-09-01", "2022-12-31"),
        ("stage engaged", "2022-06-01..", "2022-06-01", "2023-12-31"),
        ("talks", "2023-12-31", "2023-12-31", "2023-12-31"),
    ]
    data = found[1].to_dict()
    assert (data["date"], data["earliest"], data["latest"]) == (
        "..2023-01-01",
        "2021-09-01",
        "2022-12-31",
    )


def test_nothing_is_told_of_days_before_an_entry_can_lie(
    replay_of: Callable[..., rm.Replay],
) -> None:
    replay = replay_of(BY_2023)
    assert rm.events([replay], until="2021-08-31", all_entries=True) == ()
    assert [e.word for e in rm.events([replay], since="2023-01-01", until="2023")] == [
        "stage engaged",
        "talks",
    ]
    (visit,) = rm.events([replay], since="2021-09", until="2022", kinds=["signal"])
    assert visit.in_window == "surely"


def test_start_narrows_the_entries_after_it(replay_of: Callable[..., rm.Replay]) -> None:
    replay = replay_of("- {signal: visit, date: ..2001, evidence: [$press]}")  # start 1996-09-27
    assert rm.events([replay], until="1996-09-26") == ()
    (visit,) = rm.events([replay], since="1996-09-27", until="2001")
    assert (visit.in_window, str(visit.earliest)) == ("surely", "1996-09-27")


def test_struck_out_act_keeps_its_own_days(replay_of: Callable[..., rm.Replay]) -> None:
    replay = replay_of("""
        - {signal: visit, date: 2022-05-01, evidence: [$press]}
        - {act: engage, date: 2022, rank: deprecated, because: No., evidence: [$press]}
    """)
    _, struck = sorted(rm.events([replay], all_entries=True), key=lambda e: e.place.line)
    assert (str(struck.earliest), str(struck.latest)) == ("2022-01-01", "2022-12-31")


def test_window_that_ends_before_it_begins_is_refused(told: Told) -> None:
    with pytest.raises(ValueError, match="ends on 2023-12-31, before it begins on 2024-01-01"):
        told(since="2024", until="2023")


@pytest.mark.parametrize(
    ("match", "found"),
    [
        ("nadi", ["dealings begin (engaged)"]),  # note
        ("A MEETING in Nadi", ["dealings begin (engaged)"]),  # claim
        ("cote d'azur", ["denied: visit"]),  # accents and the apostrophe
        ("charge_accepted", ["charge accepted"]),
        ("charge accepted", ["charge accepted"]),
        ("another example", []),  # the title of a source that only others cite
        ("an example of a report", ["dealings begin (engaged)"]),  # title
    ],
)
def test_match_looks_in_texts_without_regard_to_case_or_accents(
    told: Told, match: str, found: list[str]
) -> None:
    assert whats(told(match=match)) == found


def test_match_looks_in_names_of_countries_publishers_and_reasons(told: Told) -> None:
    assert len(told(match="fiji")) == len(told()) == 4
    assert len(told(match="example yearbook")) == 4
    assert whats(told(match="chargé was taken", all_entries=True)) == [
        "struck out: ambassador accepted"
    ]


def test_match_of_marks_alone_is_refused(told: Told) -> None:
    with pytest.raises(ValueError, match="nothing to look for"):
        told(match="'")


def test_voice_asks_for_a_supporting_item_of_it(told: Told) -> None:
    assert whats(told(voice="host")) == ["charge accepted"]  # the host's denial supports nothing
    assert whats(told(voice=rm.Voice.TALIBAN)) == ["dealings begin (engaged)"]


def test_least_grade_asks_for_one_item_with_letter_and_digit(told: Told) -> None:
    assert whats(told(min_grade="b2")) == ["dealings begin (engaged)"]  # B2, beside C4
    assert len(told(min_grade="B3")) == 4
    assert told(min_grade="A5") == ()


def test_voice_and_least_grade_must_meet_in_one_item(told: Told) -> None:
    assert whats(told(voice="press", min_grade="C4")) == [
        "dealings begin (engaged)",
        "denied: visit",
    ]
    assert told(voice="press", min_grade="B2") == ()  # the B2 of the dealings is the Taliban's


def test_what_cannot_be_judged_reaches_no_least_grade(
    replay_of: Callable[..., rm.Replay],
) -> None:
    item = "{source: yearbook-2026, voice: press, credibility: %s, recalled: true, claim: x}"
    one = "- {signal: visit, date: 2024, evidence: [%s]}"
    unjudged, improbable = (replay_of(one % (item % digit)) for digit in (6, 5))
    assert len(rm.events([unjudged])) == 1
    assert rm.events([unjudged], min_grade="E5") == ()
    assert len(rm.events([improbable], min_grade="E5")) == 1


@pytest.mark.parametrize("text", ["B", "2", "F1", "B6", "G2", "", "B22"])
def test_text_that_is_no_least_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="as in B2"):
        least_grade(text)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"kinds": ["signals"]}, "'signals' is no kind of entry: did you mean signal?"),
        ({"voice": "hosts"}, "'hosts' is no voice: did you mean host?"),
        ({"voice": "zzz"}, "one of host, taliban, other_state, press"),
        ({"countries": ["TUV"]}, r"not in the record: Tuvalu \(TUV\)"),
    ],
)
def test_unknown_word_is_refused_with_a_hint(told: Told, asked: Any, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        told(**asked)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"match": 3}, "match takes a text, not 3"),
        ({"min_grade": 3}, "a least grade takes a text, not 3"),
        ({"voice": 3}, "voice takes a text, not 3"),
        ({"kinds": 3}, "kinds takes a text or several, not 3"),
        ({"kinds": [3]}, r"kinds takes a text or several, not \[3\]"),
        ({"countries": None}, "countries takes a text or several, not None"),
        ({"since": 3}, "a date is a date or a text"),
    ],
)
def test_value_of_another_type_is_refused_by_the_name_of_its_argument(
    told: Told, asked: Any, why: str
) -> None:
    with pytest.raises(TypeError, match=why):
        told(**asked)


@pytest.mark.parametrize("record", [3, "FJI", [3], None])
def test_what_is_no_record_is_refused_with_what_a_record_is(record: Any) -> None:
    for ask in (rm.events, lambda record: rm.changes(record, "2025")):
        with pytest.raises(TypeError, match="a record is a Folder, or several scenarios"):
            ask(record)


def test_one_scenario_without_brackets_is_refused(fiji: Path, register: Any) -> None:
    scenario = rm.load(fiji, register)
    for one in (scenario, rm.replay(scenario)):
        with pytest.raises(TypeError, match="a record is a Folder, or several scenarios"):
            rm.events(one)  # type: ignore[arg-type]


def test_one_country_and_one_kind_may_be_given_as_a_text(told: Told) -> None:
    assert told(countries="Fiji") == told(countries=["FJI"]) == told()
    assert whats(told(kinds="act")) == ["dealings begin (engaged)"]
    assert whats(told(kinds="ACT ")) == whats(told(kinds=["act"]))


def test_events_known_by_a_day_rest_on_what_was_public(told: Told) -> None:
    (only,) = told(known_by="2022-03-01")  # the yearbook came out in 2026
    assert (only.what, only.sources, only.note) == ("dealings begin (engaged)", ("wire-2022",), "")


def test_replays_keep_the_day_they_were_made_for(fiji: Path, register: Any) -> None:
    scenario = rm.load(fiji, register)
    early = rm.replay(scenario, known_by="2022-03-01")
    assert len(rm.events([early])) == len(rm.events([early], known_by="2022-03-01")) == 1
    with pytest.raises(ValueError, match="known_by=2022-03-01"):
        rm.events([rm.replay(scenario)], known_by="2022-03-01")


def test_several_countries_come_in_one_order(
    replay_of: Callable[..., rm.Replay],
) -> None:
    one = "- {signal: visit, date: %s, evidence: [$press]}"
    replays = [
        replay_of(one % day, country=code)
        for code, day in [("TUV", "2024-01-01"), ("FJI", "2024"), ("KIR", "2023-12-31")]
    ]
    assert [e.country for e in rm.events(replays)] == ["KIR", "FJI", "TUV"]
    assert [e.country for e in rm.events(replays, ["Tuvalu", "kir"])] == ["KIR", "TUV"]
    same_day = [replay_of(one % "2024", country=code) for code in ("GBR", "TUV")]
    assert [e.country for e in rm.events(same_day)] == ["TUV", "GBR"]  # Tuvalu, United Kingdom


# --- properties ----------------------------------------------------------------------------------


@given(scenarios())
def test_events_without_filters_are_the_entries_that_the_replay_uses(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    used = Counter(
        ("act" if isinstance(o, rm.Change) else o.kind if isinstance(o, rm.Step) else "status",
         step_of(o).date, step_of(o).note)
        for o in replay.outcomes
        if not set_aside(o)
    )  # fmt: skip
    found = rm.events([scenario])
    assert Counter((e.kind, e.date, e.note) for e in found) == used
    every = rm.events([scenario], all_entries=True)
    assert Counter((e.kind, e.date) for e in every) == Counter(
        (KIND_OF[type(step)], step.date) for step in scenario.timeline
    )
    assert sum(e.counted for e in every) == len(found)


@given(scenarios(), st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_two_windows_beside_each_other_share_only_what_is_uncertain(
    scenario: rm.Scenario, middle: date, length: int
) -> None:
    first, last = middle - timedelta(days=length), middle + timedelta(days=length + 1)
    replay = rm.replay(scenario)

    def keyed(**window: date) -> dict[Any, str]:
        found = rm.events([replay], **window)
        return {(e.date, e.what, e.note, e.evidence): e.in_window for e in found}

    before = keyed(since=first, until=middle)
    after = keyed(since=middle + timedelta(days=1), until=last)
    both = keyed(since=first, until=last)
    assert both.keys() == before.keys() | after.keys()
    for key, where in both.items():
        sides = {before.get(key), after.get(key)}
        assert sides != {"surely"}
        assert not ("surely" in sides and "perhaps" in sides)
        if "surely" in sides:
            assert where == "surely"
        if where == "surely" and "surely" not in sides:
            assert before.get(key) == after.get(key) == "perhaps"


@given(dates(), st.dates(), st.dates())
def test_a_window_holds_surely_exactly_what_every_reading_puts_in_it(
    when: rm.When, one: date, other: date
) -> None:
    window = Window(min(one, other), max(one, other))
    verdict = when.within(min(one, other), max(one, other))
    held = window.holds(when.earliest.toordinal(), when.latest.toordinal())
    assert held == ("surely" if verdict.certain else "perhaps" if verdict.possible else None)


def test_open_window_holds_open_dates_surely() -> None:
    when = rm.When.parse("..2012-06-27")
    days = when.earliest.toordinal(), when.latest.toordinal()
    assert Window().holds(*days) == "surely"
    assert Window(None, date(2012, 6, 27)).holds(*days) == "surely"
    assert Window(date(1, 1, 1), None).holds(*days) == "perhaps"


# --- the shipped record, counted by a script that knows only YAML ---------------------------------


def days_of(part: str) -> tuple[date, date]:
    """The first and the last day of a year, month or day; `~` adds one of them on both sides."""
    written = part.rstrip("~?")
    first = date(*[*map(int, written.split("-")), 1, 1][:3])
    longest = {4: 366, 7: 31, 10: 1}[len(written)]
    last = max(
        day
        for day in (first + timedelta(days=more) for more in range(longest))
        if day.isoformat().startswith(written)
    )
    if not part.endswith("~"):
        return first, last
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return days_of(str(before)[: len(written)])[0], days_of(str(after)[: len(written)])[1]


def ends_of(text: str) -> tuple[date, date]:
    """The first and the last day of a date of a file."""
    first, dots, last = text.partition("..")
    last = last if dots else first
    return days_of(first)[0] if first else date.min, days_of(last)[1] if last else date.max


def in_order(file: dict[str, Any]) -> list[tuple[str, date, date]]:
    """Kind, first and last day of each entry that is not struck out, in the order of the file."""
    entries = [e for e in file["timeline"] if e.get("rank") != "deprecated"]
    ends = [ends_of(str(e["date"])) for e in [file["start"], *entries]]
    firsts = list(accumulate((first for first, _ in ends), max))
    lasts = list(accumulate((last for _, last in reversed(ends)), min))[::-1]
    kinds = ["start", *(next(kind for kind in KINDS if kind in e) for e in entries)]
    return list(zip(kinds, firsts, lasts, strict=True))[1:]


def test_second_half_of_2025_has_the_entries_that_its_files_have() -> None:
    written: Counter[tuple[str, str]] = Counter()
    for path in sorted((ROOT / "scenarios").glob("[A-Z]*.yaml")):
        for kind, first, last in in_order(yaml.safe_load(path.read_text(encoding="utf-8"))):
            if kind in {"act", "signal"} and date(2025, 7, 1) <= first and last < date(2026, 1, 1):
                written[path.stem, kind] += 1
    found = rm.events(rm.load_folder(), since="2025-07", until="2025-12", kinds=["act", "signal"])
    sure = Counter((e.country, e.kind) for e in found if e.in_window == "surely")
    assert sure == written
    assert ("AUT", "signal") in written  # its visit "by 2026-02-12" follows that of September


def test_no_shipped_entry_can_lie_before_the_taliban() -> None:
    assert rm.events(rm.load_folder(), since="1980", until="1990") == ()


def test_kinds_of_events_are_the_kinds_of_entries() -> None:
    assert KINDS == ("act", "status", "signal", "refuse")


def test_families_that_are_no_texts_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match=r"^families takes a text or several, not 5$"):
        rm.events(rm.Folder(), families=5)  # type: ignore[arg-type]
