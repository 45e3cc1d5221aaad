"""What an edit means: what turns between two versions of a record, and what does not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.analysis.edits import Edits
from recognition_model.analysis.entry_edits import entry_edits
from recognition_model.analysis.source_edits import source_edits
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.claims import Claim, ClaimKind
from recognition_model.core.diagnostics import Place, finding
from recognition_model.core.evidence import Reliability, TextFile
from recognition_model.core.scenario import Assertion, Doctrine

DENMARK, FIJI, SAMOA = "DNK", "FJI", "WSM"


def folder(*replays: rm.Replay, **more: object) -> rm.Folder:
    """A folder with the scenarios of made-up replays."""
    return evolve(rm.Folder(scenarios=tuple(r.scenario for r in replays)), **more)


def meant(old: Iterable[rm.Replay], new: Iterable[rm.Replay]) -> Edits:
    return rm.edits(folder(*old), folder(*new))


def ambassador(day: str, country: str = FIJI, **head: str) -> rm.Replay:
    return record(
        act("engage", "2022-01-01"), act("accept_ambassador", day), country=country, **head
    )


# --- the shipped record --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> rm.Folder:
    return rm.load_folder()


@pytest.fixture(scope="module")
def ten_days(shipped: rm.Folder) -> Edits:
    """Uzbekistan's ambassador, put ten days before all of the sources that tell of him."""

    def moved(step: rm.Step) -> rm.Step:
        if isinstance(step, rm.ActStep) and step.act is rm.Act.ACCEPT_AMBASSADOR:
            assert step.date.text == "2024-10-09"
            return evolve(step, date=rm.When.parse("2024-09-29"))
        return step

    scenarios = tuple(
        evolve(one, timeline=tuple(map(moved, one.timeline))) if one.country == "UZB" else one
        for one in shipped.scenarios
    )
    return rm.edits(shipped, evolve(shipped, scenarios=scenarios))


def test_ambassador_moved_ten_days_turns_ten_country_days(ten_days: Edits) -> None:
    assert ten_days.days == {"any": 10, "stage": 10, "ban": 0, "basis": 0}
    assert [row for row in ten_days.rows() if row["days"]] == [
        {
            "country": "UZB",
            "name": "Uzbekistan",
            "part": "stage",
            "from": "2024-09-29",
            "to": "2024-10-08",
            "days": 10,
            "before": ["engaged"],
            "after": ["ambassador_accepted"],
        }
    ]


def test_ambassador_moved_before_his_sources_gives_one_new_warning(ten_days: Edits) -> None:
    (new,) = ten_days.findings_new
    assert (new.code, new.place.file.rpartition("/")[2]) == ("RM709", "UZB.yaml")
    assert "bakhtar-2024-10" in new.message
    assert ten_days.findings_gone == ()
    assert not ten_days.errors


def test_what_the_edit_of_one_country_does_not_touch_is_told(
    ten_days: Edits, shipped: rm.Folder
) -> None:
    assert len(ten_days.untouched) == len(shipped.scenarios) - 1
    assert "UZB" not in ten_days.untouched
    (country,) = ten_days.countries
    assert list(map(str, country.entries)) == [
        "act accept_ambassador 2024-09-29, was act accept_ambassador 2024-10-09: date changed"
    ]
    assert list(map(str, country.arrivals)) == [
        "first ambassador accepted since Taliban rule ended on 2001-12-07:"
        " 2024-09-29, was 2024-10-09"
    ]


def test_record_means_nothing_against_itself(shipped: rm.Folder) -> None:
    same = rm.edits(shipped, rm.load_folder())
    assert same.nothing
    assert len(same.untouched) == len(shipped.scenarios)
    assert str(same) == "0 country-days turn in 0 countries; findings: 0 new, 0 gone"


# --- days and entries ----------------------------------------------------------------------------


def test_entry_that_differs_and_turns_no_day_is_named() -> None:
    old = record(act("engage", "2022-01-01", OFFICIAL))
    new = record(act("engage", "2022-01-01", OFFICIAL, PRESS))
    found = meant([old], [new])
    assert found.days["any"] == 0
    assert not found.nothing
    assert found.turned == ()
    (country,) = found.unturned
    assert list(map(str, country.entries)) == ["act engage 2022-01-01: evidence changed"]
    assert str(country) == "FJI: 0 days turn, 1 entry differs"


def test_date_written_otherwise_turns_no_day() -> None:
    old = record(act("engage", "2022-01"))
    new = record(act("engage", "2022-01-01..2022-01-31"))
    (country,) = meant([old], [new]).unturned
    assert [edit.keys for edit in country.entries] == [("date",)]


def signal(word: str, day: str) -> rm.SignalStep:
    return rm.SignalStep(signal=word, date=rm.When.parse(day), evidence=(OFFICIAL,))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([], [signal("visit", "2022-01-01")], "added: signal visit 2022-01-01"),
        ([signal("visit", "2022-01-01")], [], "removed: signal visit 2022-01-01"),
        (
            [signal("visit", "2022-01-01")],
            [signal("charge_accepted", "2022-01-01")],
            "signal charge_accepted 2022-01-01, was signal visit 2022-01-01: signal changed",
        ),
        (
            [act("engage", "2022-01-01")],
            [evolve(act("engage", "2022-01-01"), rank=rm.core.scenario.Rank.DEPRECATED)],
            "act engage 2022-01-01: rank changed",
        ),
        (
            [signal("visit", "2022-01-01")],
            [evolve(signal("visit", "2022-01-01"), note="Two men.", contradiction="Or one.")],
            "signal visit 2022-01-01: note, contradiction changed",
        ),
    ],
)
def test_entry_is_added_removed_or_changed(
    before: list[rm.Step], after: list[rm.Step], told: str
) -> None:
    (edit,) = entry_edits(record(*before).scenario, record(*after).scenario)
    assert str(edit) == told


def test_entries_in_another_order_moved_within_the_file() -> None:
    one, other = signal("visit", "2022-01"), signal("letter", "2022-01")
    (edit,) = entry_edits(record(one, other).scenario, record(other, one).scenario)
    assert edit.keys == ("its place in the file",)


def test_entry_is_paired_with_the_nearest_of_its_kind() -> None:
    noted = evolve(signal("visit", "2022-03-01"), note="Two men.")
    old = record(signal("visit", "2022-01-01"), noted)
    new = record(signal("visit", "2022-02-01"), evolve(noted, note="Three men."))
    assert [str(edit) for edit in entry_edits(old.scenario, new.scenario)] == [
        "signal visit 2022-02-01, was signal visit 2022-01-01: date changed",
        "signal visit 2022-03-01: note changed",
    ]


def test_days_of_the_head_are_named() -> None:
    old, new = record(until="2025-06-30"), record(until="2025-07-01", reviewed="2025-08-01")
    assert [str(edit) for edit in entry_edits(old.scenario, new.scenario)] == [
        "documented-until 2025-07-01, was documented-until 2025-06-30: documented-until changed",
        "added: reviewed 2025-08-01",
    ]
    assert [edit.after for edit in entry_edits(new.scenario, old.scenario)] == [
        "documented-until 2025-06-30",
        None,
    ]


def test_start_title_and_doctrine_are_named() -> None:
    old = record().scenario
    new = evolve(
        old,
        title="Another title",
        start=evolve(old.start, assumed="For another reason."),
        doctrine=Doctrine(says="Recognises states.", evidence=(OFFICIAL,)),
    )
    assert sorted(map(str, entry_edits(old, new))) == [
        "added: doctrine",
        "start hostile 2021-08-15: assumed changed",
        "title: title changed",
    ]


def test_source_described_otherwise_changes_no_entry_that_cites_it() -> None:
    renamed = evolve(YEARBOOK, title="Another title")
    old = record(act("engage", "2022-01-01", OFFICIAL))
    new = record(act("engage", "2022-01-01", evolve(OFFICIAL, source=renamed)))
    assert entry_edits(old.scenario, new.scenario) == ()
    found = rm.edits(
        folder(old, sources={"yearbook": YEARBOOK, "gone": YEARBOOK}),
        folder(new, sources={"yearbook": renamed, "new": YEARBOOK}),
    )
    assert found.sources.to_dict() == {
        "added": ["new"],
        "removed": ["gone"],
        "changed": [
            {
                "id": "yearbook",
                "values": [{"key": "title", "before": YEARBOOK.title, "after": "Another title"}],
            }
        ],
    }
    assert str(found.sources) == "1 source added, 1 source removed, 1 source changed"
    assert found.untouched == (FIJI,)
    assert not found.nothing


def test_values_of_a_source_that_differ_are_named_by_their_keys() -> None:
    copy = TextFile(name="b.txt", size=10, sha256="0" * 64)
    old = evolve(YEARBOOK, id="b-1", reliability=Reliability("B"), note=None, file=None)
    new = evolve(old, reliability=Reliability("E"), note="Read twice. " * 50, file=copy)
    (source,) = source_edits({"b-1": old}, {"b-1": new}).changed
    reliability, note, *file = source.to_dict()["values"]
    assert reliability == {"key": "reliability", "before": "B", "after": "E"}
    assert note == {"key": "note", "before": None, "after": "Read twice. " * 50}
    assert file == [
        {"key": "file.name", "before": None, "after": "b.txt"},
        {"key": "file.size", "before": None, "after": 10},
        {"key": "file.sha256", "before": None, "after": "0" * 64},
    ]
    assert str(source).startswith(
        "b-1: reliability was B, is E; note was not given, is Read twice."
    )
    assert len(str(source)) < 300


def test_differences_besides_days_are_rows_in_words() -> None:
    old, new = ambassador("2024-05-01", SAMOA), ambassador("2024-07-01", SAMOA)
    other = ambassador("2024-06-01", DENMARK)
    gone, come = (
        finding("RM709", f"told {word}", Place("FJI.yaml", 7, 5)) for word in ("late", "early")
    )
    unread = finding("RM110", "not valid YAML", Place("record/TON.yaml", 3, 1))
    press = evolve(YEARBOOK, id="press", reliability=Reliability("B"))
    weak = evolve(press, reliability=Reliability("E"))
    found = rm.edits(
        folder(
            record(),
            old,
            other,
            collectives=claims(claimed(day="2024-05-15")),
            findings=(gone,),
            sources={"press": press, "gone": YEARBOOK},
        ),
        folder(
            new,
            other,
            collectives=claims(claimed(day="2024-06-30")),
            findings=(come, unread),
            sources={"press": weak, "new": YEARBOOK},
        ),
    )
    rows = [
        (row["part"], row["country"], row["before"], row["after"])
        for row in found.rows()
        if not row["from"]
    ]
    stage = "ambassador accepted since Taliban rule ended on 2001-12-07"
    assert [row for row in rows if not row[0].startswith(("finding", "claim"))] == [
        ("arrival", SAMOA, f"first {stage}: 2024-05-01", f"first {stage}: 2024-07-01"),
        (
            "entry",
            SAMOA,
            "act accept_ambassador 2024-05-01",
            "act accept_ambassador 2024-07-01: date changed",
        ),
        ("country_removed", FIJI, "Fiji", None),
        ("not_compared", None, None, "record/TON.yaml"),
        ("order", None, f"{stage}: Samoa before Denmark", f"{stage}: Samoa after Denmark"),
        ("source_added", None, None, "new"),
        ("source_removed", None, "gone", None),
        ("source_changed", None, "press: reliability B", "press: reliability E"),
    ]
    for row in (
        ("claim", None, "none ambassador_accepted 2024-05-15: in none", None),
        ("claim", None, None, "none ambassador_accepted 2024-06-30: in none"),
        ("finding_new", None, None, "FJI.yaml:7:5: RM709 told early"),
        ("finding_gone", None, "FJI.yaml:7:5: RM709 told late", None),
    ):
        assert row in rows


def test_country_with_a_record_on_one_side_is_added_or_removed() -> None:
    found = meant([record(country=FIJI), record(country=SAMOA)], [record(country=DENMARK)])
    assert (found.added, found.removed) == ((DENMARK,), (FIJI, SAMOA))
    assert found.days["any"] == 0


# --- order ---------------------------------------------------------------------------------------


def test_order_that_reverses_is_told_for_each_pair_once() -> None:
    old = [ambassador("2024-05-01", FIJI), ambassador("2024-06-01", SAMOA)]
    new = [ambassador("2024-07-01", FIJI), ambassador("2024-06-01", SAMOA)]
    (pair,) = meant(old, new).order
    assert pair.to_dict() == {
        "stage": "ambassador_accepted",
        "since": "2001-12-08",  # the day after the first emirate
        "first": FIJI,
        "second": SAMOA,
        "before": "before",
        "after": "after",
    }
    assert str(pair) == (
        "ambassador accepted since Taliban rule ended on 2001-12-07: Fiji after Samoa;"
        " it was: Fiji before Samoa"
    )


@pytest.mark.parametrize(
    ("before", "after", "order"),
    [
        ("2024-05-01", "2024-05", [("before", "open")]),
        ("2024-05", "2024-05-15", [("open", "same day")]),
        ("2024-05-01", "2024-05-15", [("before", "same day")]),
        ("2024-05-01", "2024-05-02", []),  # still before the other
        ("2024-05", "2024-05-01..2024-05-20", []),  # still open
    ],
)
def test_order_turns_only_if_what_is_sure_of_it_changes(
    before: str, after: str, order: list[tuple[str, str]]
) -> None:
    other = ambassador("2024-05-15", SAMOA)
    found = meant([ambassador(before), other], [ambassador(after), other])
    assert [(pair.before, pair.after) for pair in found.order] == order


def test_pair_of_two_touched_countries_is_told_once() -> None:
    found = meant(
        [ambassador("2024-04-01", FIJI), ambassador("2024-05-01", SAMOA)],
        [ambassador("2024-06-01", FIJI), ambassador("2024-05-02", SAMOA)],
    )
    assert [(pair.first, pair.second) for pair in found.order] == [(FIJI, SAMOA)]


def test_pairs_of_untouched_countries_are_not_compared() -> None:
    others = [ambassador("2024-05-01", SAMOA), ambassador("2024-05-01", DENMARK)]
    found = meant([ambassador("2024-04-01"), *others], [ambassador("2024-06-01"), *others])
    assert [(pair.first, pair.second) for pair in found.order] == [(FIJI, SAMOA), (FIJI, DENMARK)]


def test_arrival_on_one_side_only_is_no_order() -> None:
    other = ambassador("2024-05-01", SAMOA)
    found = meant([record(act("engage", "2022-01-01")), other], [ambassador("2024-04-01"), other])
    assert found.order == ()
    (country,) = found.countries
    assert [str(arrival) for arrival in country.arrivals] == [
        "first ambassador accepted since Taliban rule ended on 2001-12-07:"
        " 2024-04-01, was not documented"
    ]


def test_order_of_the_first_emirate_stays_apart_from_the_second() -> None:
    def twice(first: str, country: str) -> rm.Replay:
        (last,) = (p.last for p in PERIODS_OF_RULE if p.last)
        return record(
            act("engage", first),
            act("lapse", last.isoformat()),
            act("engage", "2021-09-01"),
            country=country,
            begins="1996-09-27",
        )

    other = twice("1997-05-01", SAMOA)
    found = meant([twice("1997-04-01", FIJI), other], [twice("1997-06-01", FIJI), other])
    assert [(pair.stage, pair.since) for pair in found.order] == [(rm.Stage.ENGAGED, None)]


# --- claims --------------------------------------------------------------------------------------


def claimed(stage: rm.Stage = rm.Stage.AMBASSADOR_ACCEPTED, day: str = "2024-06-30") -> Claim:
    return Claim(claim=ClaimKind.NONE, stage=stage, date=rm.When.parse(day), evidence=(PRESS,))


def claims(*several: Claim) -> tuple[rm.Collective, ...]:
    return (rm.Collective(title="Claims", claims=several),)


def test_claim_that_no_longer_holds_is_told() -> None:
    found = rm.edits(
        folder(ambassador("2024-07-01"), collectives=claims(claimed())),
        folder(ambassador("2024-06-01"), collectives=claims(claimed())),
    )
    (turned,) = found.claims
    assert str(turned) == "none ambassador_accepted 2024-06-30: in none, was in all"
    assert "RM661" in [one.code for one in found.findings_new]


def test_claim_that_holds_as_before_is_not_told() -> None:
    found = rm.edits(
        folder(ambassador("2024-07-01"), collectives=claims(claimed())),
        folder(ambassador("2024-07-02"), collectives=claims(claimed())),
    )
    assert found.claims == ()


def test_claim_that_is_added_or_removed_is_told() -> None:
    country = ambassador("2024-07-01")
    recognised = claimed(rm.Stage.DE_JURE_RECOGNITION)
    found = rm.edits(
        folder(country, collectives=claims(claimed())),
        folder(country, collectives=claims(recognised)),
    )
    assert sorted(map(str, found.claims)) == [
        "added: none de_jure_recognition 2024-06-30: in all",
        "removed: none ambassador_accepted 2024-06-30: in all",
    ]


# --- findings ------------------------------------------------------------------------------------


def with_findings(*found: rm.Finding) -> rm.Folder:
    return folder(record(), findings=found)


@pytest.mark.parametrize("before", ["HEAD~1:record/FJI.yaml", "HEAD~1:FJI.yaml", r"C:\\FJI.yaml"])
def test_finding_on_another_line_is_the_same(before: str) -> None:
    def early(file: str, line: int) -> rm.Finding:
        message = f"2022-01-01 cannot come after 2022-02-01 in line {line - 6}"
        return finding("RM406", message, Place(file, line, 11))

    old, new = early(before, 20), early("record/FJI.yaml", 24)
    found = rm.edits(with_findings(old), with_findings(new))
    assert (found.findings_new, found.findings_gone) == ((), ())
    assert found.errors == (new,)


def test_finding_that_names_another_file_is_the_same_wherever_that_file_is() -> None:
    def twice(folder_name: str) -> rm.Finding:
        message = f"FJI has a file already: {folder_name}FJI.yaml"
        return finding("RM211", message, Place(f"{folder_name}fiji.yaml", 1, 1))

    found = rm.edits(with_findings(twice("HEAD~1:record/")), with_findings(twice("/home/me/")))
    assert (found.findings_new, found.findings_gone) == ((), ())


def test_finding_that_names_another_date_is_the_same() -> None:
    def alone(day: str) -> rm.Replay:  # one source, whatever the date
        return record(act("engage", day))

    found = meant([alone("2022-01-01")], [alone("2022-02")])
    assert "RM701" in [one.code for one in rm.lint(folder(), [alone("2022-02")])]
    assert (found.findings_new, found.findings_gone) == ((), ())


def test_second_finding_of_the_same_words_is_new() -> None:
    one, two = (finding("RM709", "told late", Place("FJI.yaml", line, 5)) for line in (7, 9))
    found = rm.edits(with_findings(one), with_findings(one, two))
    assert found.findings_new == (two,)
    assert rm.edits(with_findings(one, two), with_findings(one)).findings_gone == (two,)


def test_findings_of_the_replay_are_new_and_gone() -> None:
    told = evolve(OFFICIAL, announcement=True)
    old = record(act("recognise", "2022-01-01", told))
    new = record(act("engage", "2022-01-01", told))
    found = meant([old], [new])
    assert [one.code for one in found.findings_gone] == ["RM501"]
    assert "RM501" not in [one.code for one in found.findings_new]
    assert not found.errors
    assert [one.code for one in meant([new], [old]).errors] == ["RM501"]


def test_files_with_errors_are_named_as_not_compared() -> None:
    broken = finding("RM110", "not valid YAML", Place("HEAD~1:record/WSM.yaml", 3, 1))
    found = rm.edits(with_findings(broken), with_findings())
    assert found.unusable == ("HEAD~1:record/WSM.yaml",)
    assert found.findings_gone == (broken,)
    assert not found.errors  # the errors of the old side are no fault of the new one


def test_registers_are_checked_only_where_both_were_read_completely() -> None:
    place = {"never-cited": Place("sources.yaml", 3, 3)}
    sources = {"never-cited": evolve(YEARBOOK, id="never-cited")}
    read = folder(record(), sources=sources, registered=place)
    unread = folder(record(), sources=sources)
    assert rm.edits(unread, read).findings_new == ()
    empty = {"cited": Place("sources.yaml", 3, 3)}
    cited = {"cited": YEARBOOK}
    before = folder(record(), sources=cited, registered=empty)
    assert [one.code for one in rm.edits(before, read).findings_new] == ["RM705"]


# --- as data -------------------------------------------------------------------------------------


def test_edits_are_plain_data() -> None:
    status = rm.StatusStep(
        status=Assertion(stage=rm.Stage.ENGAGED),
        date=rm.When.parse("2022-06-01"),
        evidence=(OFFICIAL,),
    )
    old = record(act("engage", "2022-01-01"), status)
    new = record(act("engage", "2022-01-03"), until="2025-07-01")
    found = meant([old], [new])
    data = json.loads(json.dumps(found.to_dict()))
    assert data["format"] == "recognition-edits/1"
    (country,) = data["countries"]
    assert country["days"]["stage"] == 2
    assert country["turned"][0]["from"] == "2022-01-01"
    assert [entry["after"] for entry in country["entries"]] == [
        "documented-until 2025-07-01",
        "act engage 2022-01-03",
        None,
    ]
    assert date.fromisoformat(country["turned"][0]["to"]) == date(2022, 1, 2)
