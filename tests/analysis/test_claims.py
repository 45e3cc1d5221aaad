"""Claims about many countries at once, over records of one recognition each."""

import json
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model import Act, Ban, Evidence, Stage, Voice, When
from recognition_model.analysis.claims import ClaimCheck, check
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.scenario import ActStep, Scenario, Start

RECOGNITION = Stage.DE_JURE_RECOGNITION


def evidence(public: str = "2026-01-01") -> Evidence:
    source = rm.Source(
        id="made-up",
        type=SourceType.BOOK,
        publisher="The Example Yearbook",
        title="An example",
        issued=When.parse(public),
        language="en",
        reliability=Reliability.FAIRLY_RELIABLE,
    )
    return Evidence(source=source, voice=Voice.HOST, credibility=3, claim="An example.")


def record(country: str, *acts: tuple[str, str], stage: Stage = Stage.ENGAGED) -> rm.Replay:
    """A country engaged since the first fall of Kabul, and its acts since."""
    scenario = Scenario(
        country=country,
        title="A made-up record",
        start=Start(stage=stage, ban=Ban.NONE, date=When.parse("1996-09-27"), assumed="Made up."),
        documented_until=date(2026, 1, 1),
        timeline=tuple(
            ActStep(act=Act(act), date=When.parse(day), evidence=(evidence(),)) for day, act in acts
        ),
    )
    replay = rm.replay(scenario)
    assert not replay.refusals
    return replay


def recognised(country: str, day: str) -> rm.Replay:
    return record(country, (day, "recognise"))


def claim(
    kind: ClaimKind,
    stage: Stage | None = RECOGNITION,
    day: str = "2026-01-01",
    public: str = "2026-01-01",
    **more: object,
) -> Claim:
    return Claim(
        claim=kind,
        stage=stage,
        date=When.parse(day),
        evidence=(evidence(public),),
        place=rm.Place("collective.yaml", 4, 5),
        **more,
    )


def nobody(day: str, since: str | None = None, **more: object) -> Claim:
    return claim(ClaimKind.NONE, day=day, since=since and When.parse(since), **more)


def first(country: str, since: str | None = None, **more: object) -> Claim:
    return claim(ClaimKind.FIRST, country=country, since=since and When.parse(since), **more)


def checked(one: Claim, *replays: rm.Replay) -> ClaimCheck:
    (answer,) = check(Collective(title="Made up", claims=(one,)), replays)
    return answer


def answer(one: Claim, *replays: rm.Replay) -> tuple[str | None, list[str], tuple[str, ...]]:
    """How far it holds, the codes of what was found, and who speaks against it."""
    found = checked(one, *replays)
    holds = None if found.verdict is None else found.verdict.holds.value
    return holds, [finding.code for finding in found.findings], found.against


# --- none ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recognised_on", "claimed_for", "expected"),
    [
        ("2025-07-03", "2022-01-31", ("in all", [], ())),
        ("2022-02-01", "2022-01-31", ("in all", [], ())),
        ("2022-01-31", "2022-01-31", ("in none", ["RM661"], ("RUS",))),  # by that day it had
        ("2021", "2022-01-31", ("in none", ["RM661"], ("RUS",))),
        ("2022", "2022-01-31", ("in some", ["RM662"], ("RUS",))),
        ("2022-01", "2022-01-31", ("in none", ["RM661"], ("RUS",))),
        ("2022-01-31", "2022-01", ("in some", ["RM662"], ("RUS",))),
        ("2022-01-31", "2022-02", ("in none", ["RM661"], ("RUS",))),
        ("2022-02-01..", "2022-01-31", ("in all", [], ())),
        ("..2022-02-01", "2022-01-31", ("in some", ["RM662"], ("RUS",))),
    ],
)
def test_none_claim_holds_by_date_of_recognition(
    recognised_on: str, claimed_for: str, expected: tuple[str, list[str], tuple[str, ...]]
) -> None:
    assert answer(nobody(claimed_for), recognised("RUS", recognised_on)) == expected


def test_none_claim_holds_if_no_country_reached_the_stage() -> None:
    assert answer(nobody("2022"), record("RUS"), record("BLR")) == ("in all", [], ())


def test_certain_counterexample_outweighs_possible_ones() -> None:
    given = [recognised("BLR", "2022"), recognised("RUS", "2021"), recognised("KAZ", "2020")]
    assert answer(nobody("2022-01-31"), *given) == ("in none", ["RM661"], ("RUS", "KAZ"))


def test_a_higher_stage_counts_as_having_reached_the_lower() -> None:
    ambassadors = claim(ClaimKind.NONE, Stage.AMBASSADOR_ACCEPTED, "2022-01-31")
    holds, codes, against = answer(ambassadors, recognised("RUS", "2021-09-01"))
    assert (holds, codes, against) == ("in none", ["RM661"], ("RUS",))


def test_stage_that_ended_before_since_does_not_count() -> None:
    pakistan = record("PAK", ("1997-05-25", "recognise"), ("2001-11-22", "break_off"))
    assert answer(nobody("2022-01-31", since="2021-08-15"), pakistan) == ("in all", [], ())
    assert answer(nobody("2022-01-31"), pakistan) == ("in none", ["RM661"], ("PAK",))


def test_stage_that_lasts_beyond_since_counts() -> None:
    old = recognised("PAK", "1997-05-25")
    assert answer(nobody("2022-01-31", since="2021-08-15"), old) == ("in none", ["RM661"], ("PAK",))


@pytest.mark.parametrize(
    ("broken_off", "holds"),
    [("2021-08-14", "in all"), ("2021-08", "in some"), ("2021-08-15", "in none")],
)
def test_stage_that_ended_on_the_since_day_counts(broken_off: str, holds: str) -> None:
    over = record("PAK", ("1997-05-25", "recognise"), (broken_off, "break_off"))
    assert answer(nobody("2022", since="2021-08-15"), over)[0] == holds


def test_successive_higher_stages_count_as_one_period() -> None:
    climbed = record("RUS", ("2020", "accept_ambassador"), ("2021", "recognise"))
    on_a_day = claim(
        ClaimKind.NONE, Stage.AMBASSADOR_ACCEPTED, "2021-08-15", since=When.parse("2021-08-15")
    )
    assert answer(on_a_day, climbed) == ("in none", ["RM661"], ("RUS",))


def test_none_claim_can_be_limited_to_some_countries() -> None:
    given = [recognised("RUS", "2021"), record("BLR")]
    holds = checked(nobody("2022-01-31", among=("BLR",)), *given)
    assert holds.over == ("BLR",)
    assert holds.findings == ()


# --- first -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("2025-07-03", "2025-07-04", ("in all", [], ())),
        ("2025-07-03", "2025-07-03", ("in all", [], ())),  # a tie is no defeat
        ("2025-07-03", "2025-07-02", ("in none", ["RM661"], ("BLR",))),
        ("2025-07", "2025-08", ("in all", [], ())),
        ("2025-07", "2025-07", ("in some", ["RM662"], ("BLR",))),
        ("2025-07-03", "2025-07", ("in some", ["RM662"], ("BLR",))),
        ("2025-07-01", "2025-07", ("in all", [], ())),
        ("2025-07", "2025-07-31", ("in all", [], ())),
        ("2025-07", "2025-06", ("in none", ["RM661"], ("BLR",))),
        ("2025", "..2024", ("in none", ["RM661"], ("BLR",))),
    ],
)
def test_first_claim_holds_if_no_country_was_earlier(
    own: str, other: str, expected: tuple[str, list[str], tuple[str, ...]]
) -> None:
    assert answer(first("RUS"), recognised("RUS", own), recognised("BLR", other)) == expected


def test_first_claim_holds_if_no_country_followed() -> None:
    assert answer(first("RUS"), recognised("RUS", "2025"), record("BLR")) == ("in all", [], ())


def test_first_claim_fails_if_country_never_reached_the_stage() -> None:
    assert answer(first("RUS"), record("RUS"), record("BLR")) == ("in none", ["RM661"], ("RUS",))


def test_failed_first_claim_names_only_certainly_earlier_countries() -> None:
    given = [
        recognised("RUS", "2025-07-03"),
        recognised("BLR", "2025-07"),
        recognised("KAZ", "2025-06"),
        recognised("CHN", "2024"),
    ]
    found = checked(first("RUS"), *given)
    assert found.against == ("KAZ", "CHN")
    (finding,) = found.findings
    assert finding.message == (
        "the claim 'first RUS de_jure_recognition' does not hold: see Kazakhstan, China"
    )
    assert finding.place.line == 4


def test_first_claim_among_countries_ignores_the_others() -> None:
    given = [recognised("RUS", "2025"), recognised("BLR", "2026"), recognised("KAZ", "2024")]
    found = checked(first("RUS", among=("BLR",)), *given)
    assert found.over == ("RUS", "BLR")
    assert found.findings == ()


def test_first_since_a_day_ignores_earlier_periods() -> None:
    pakistan = record("PAK", ("1997-05-25", "recognise"), ("2001-11-22", "break_off"))
    russia = recognised("RUS", "2025-07-03")
    assert answer(first("RUS", since="2021-08-15"), russia, pakistan) == ("in all", [], ())
    assert answer(first("RUS"), russia, pakistan) == ("in none", ["RM661"], ("PAK",))


def test_a_second_recognition_is_the_one_that_counts_since_a_day() -> None:
    twice = record(
        "PAK",
        ("1997-05-25", "recognise"),
        ("2001-11-22", "break_off"),
        ("2025-01-01", "engage"),
        ("2025-08-01", "recognise"),
    )
    russia = recognised("RUS", "2025-07-03")
    assert answer(first("RUS", since="2021-08-15"), russia, twice) == ("in all", [], ())
    assert answer(first("PAK", since="2021-08-15"), russia, twice) == (
        "in none",
        ["RM661"],
        ("RUS",),
    )


def test_first_since_a_day_ignores_countries_already_there() -> None:
    given = [recognised("RUS", "2025-07-03"), recognised("PAK", "1997-05-25")]
    assert answer(first("RUS", since="2021-08-15"), *given) == ("in all", [], ())
    assert answer(first("PAK", since="2021-08-15"), *given)[0] == "in none"


def test_country_possibly_there_before_since_may_not_be_first() -> None:
    given = [recognised("RUS", "2025-07-03"), recognised("PAK", "2021")]
    # Had it come before the fifteenth of August, it would not count.
    expected = ("in some", ["RM662"], ("PAK",))
    assert answer(first("RUS", since="2021-08-15"), *given) == expected


@given(
    st.lists(st.dates(date(2021, 1, 1), date(2021, 1, 9)), min_size=1, max_size=5),
)
def test_only_the_earliest_exact_dates_are_first(days: list[date]) -> None:
    codes = ["RUS", "BLR", "KAZ", "CHN", "PAK"][: len(days)]
    given = [recognised(code, day.isoformat()) for code, day in zip(codes, days, strict=True)]
    for code, day in zip(codes, days, strict=True):
        expected = "in all" if day == min(days) else "in none"
        assert answer(first(code), *given)[0] == expected


# --- unattributed ----------------------------------------------------------------------------


def test_claim_about_a_group_is_not_checked() -> None:
    group = claim(ClaimKind.UNATTRIBUTED, Stage.AMBASSADOR_ACCEPTED, group="most neighbours")
    found = checked(group, record("RUS"), record("KAZ"))
    assert (found.verdict, found.over, found.against, found.findings) == (None, (), (), ())


# --- countries that are not there ------------------------------------------------------------


def test_claim_naming_an_unreplayed_country_is_not_checked() -> None:
    found = checked(first("RUS"), recognised("BLR", "2020"))
    (finding,) = found.findings
    assert (finding.code, finding.place.line) == ("RM663", 4)
    assert finding.message == "first RUS de_jure_recognition: Russia (RUS) is not replayed"


def test_unreplayed_countries_are_reported_and_the_others_checked() -> None:
    missing = ["UZB", "CHN", "TJK", "KAZ", "PAK", "IRN"]
    claimed = first("RUS", among=("BLR", *missing))
    found = checked(claimed, recognised("RUS", "2025-07-03"), recognised("BLR", "2024"))
    *unchecked, failed = found.findings
    assert [finding.code for finding in unchecked] == ["RM663"] * 6
    named = [finding.message.partition("(")[2][:3] for finding in unchecked]
    assert named == sorted(missing)
    assert failed.code == "RM661"
    assert found.against == ("BLR",)


def test_claim_beyond_all_records_is_reported_as_unchecked() -> None:
    for replays in ([], [record("RUS")]):  # documented until the first of January 2026
        found = checked(nobody("2026-01-02"), *replays)
        assert found.verdict is None
        (finding,) = found.findings
        assert (finding.code, finding.severity) == ("RM663", rm.Severity.WARNING)
        message = "none de_jure_recognition: no replayed scenario reaches 2026-01-02"
        assert finding.message == message
    assert answer(first("RUS"))[:2] == (None, ["RM663"])


def test_a_claim_is_broken_by_a_record_that_does_not_reach_its_day() -> None:
    assert answer(nobody("2026-01-02"), recognised("RUS", "2025")) == (
        "in none",
        ["RM661"],
        ("RUS",),
    )


def test_findings_with_known_by_are_notes() -> None:
    claims = Collective(title="Made up", claims=(nobody("2022-01-31", public="2022-02-01"),))
    (found,) = check(claims, [recognised("RUS", "2021")], known_by="2023-01-01")
    assert [(f.code, f.severity) for f in found.findings] == [("RM661", rm.Severity.NOTE)]


@pytest.mark.parametrize(
    ("own", "claimed_for", "expected"),
    [
        ("2025-07-03", "2025-07-03", ("in all", [], ())),
        ("2025-07-03", "2025-07-02", ("in none", ["RM661"], ("RUS",))),
        ("2025-07", "2025-07-15", ("in some", ["RM662"], ("RUS",))),
    ],
)
def test_first_claim_needs_arrival_by_its_date(
    own: str, claimed_for: str, expected: tuple[str | None, list[str], tuple[str, ...]]
) -> None:
    assert answer(first("RUS", day=claimed_for), recognised("RUS", own)) == expected


# --- which claims are checked ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("known_by", "labels"),
    [
        (None, ["none engaged", "none delisted", "none banned"]),
        ("2022-02-01", ["none engaged"]),
        ("2022-01-31", []),
        ("2024-05-30", ["none engaged"]),
        (date(2024, 5, 31), ["none engaged", "none delisted"]),
        ("2025-12-31", ["none engaged", "none delisted"]),
        # The claim for June may have come to be told by then.
        ("2026-06-01", ["none engaged", "none delisted", "none banned"]),
    ],
)
def test_known_by_drops_claims_not_yet_public(
    known_by: date | str | None, labels: list[str]
) -> None:
    claims = (
        claim(ClaimKind.NONE, Stage.ENGAGED, "2022-01-31", public="2022-02-01"),
        claim(ClaimKind.NONE, Stage.DELISTED, "2022-01-31", public="2024-05"),
        claim(ClaimKind.NONE, Stage.BANNED, "2026-06", public="2020"),
    )
    found = check(Collective(title="Made up", claims=claims), [], known_by=known_by)
    assert [one.claim.label for one in found] == labels


def test_claims_are_answered_in_the_order_of_their_file() -> None:
    claims = (first("RUS"), nobody("2022"), first("BLR"))
    given = [recognised("RUS", "2025"), recognised("BLR", "2026")]
    found = check(Collective(title="Made up", claims=claims), given)
    assert [one.claim for one in found] == list(claims)


def test_documented_lists_records_reaching_the_claim_day() -> None:
    given = [recognised("RUS", "2025-07-03"), recognised("BLR", "2025-08-01")]
    by_the_end = checked(nobody("2026-01-01", since="2025-09-01"), *given)
    a_day_later = checked(nobody("2026-01-02", since="2025-09-01"), *given)
    assert by_the_end.documented == ("RUS", "BLR")
    assert a_day_later.documented == ()


def test_an_answer_as_plain_data_is_json() -> None:
    given: Sequence[rm.Replay] = [recognised("RUS", "2025-07-03"), recognised("BLR", "2025-07")]
    group = claim(ClaimKind.UNATTRIBUTED, None, group="most neighbours")
    plain = [checked(one, *given).to_dict() for one in (first("RUS"), group)]
    assert json.loads(json.dumps(plain)) == plain
    assert plain[0] == {
        "claim": "first RUS de_jure_recognition",
        "date": "2026-01-01",
        "holds": "in some",
        "over": ["RUS", "BLR"],
        "documented": ["RUS", "BLR"],
        "against": ["BLR"],
        "line": 4,
        "evidence": ["made-up"],
    }
    assert (plain[1]["holds"], plain[1]["over"]) == (None, [])
