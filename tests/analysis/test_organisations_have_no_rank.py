"""Questions about countries leave organisations out, whoever asks them."""

from __future__ import annotations

import pytest
from support.pictured import OFFICIAL, act, crowd, record

import recognition_model as rm
from recognition_model.analysis.claims import check
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.plots import PictureError, picture

UNION = record(act("engage", "2021-09-01"), country="EUE")
FIJI = record(act("engage", "2022-01-05"))
FOLDER = rm.Folder(scenarios=(FIJI.scenario,), organisations=(UNION.scenario,))


def test_order_ranks_no_organisation() -> None:
    order = rm.precedence([FIJI, UNION], stage="engaged")
    assert [event.country for event in order.events] == ["FJI"]


def test_waits_have_no_organisation() -> None:
    table = rm.waits([FIJI, UNION])
    at = [column.name for column in table.fields].index("country")
    assert {row[at] for row in table.rows} == {"FJI"}


@pytest.mark.parametrize("unit", ["day", "month", "year"])
def test_panel_has_no_organisation(unit: str) -> None:
    assert {row[0] for row in rm.panel([FIJI, UNION], unit).iter_rows()} == {"FJI"}


def test_claim_that_a_country_was_first_is_not_held_against_an_organisation() -> None:
    claim = Claim(
        claim=ClaimKind.FIRST,
        stage=rm.Stage.ENGAGED,
        country="FJI",
        date=rm.When.parse("2022-02-01"),
        evidence=(OFFICIAL,),
    )
    (one,) = check(Collective(title="Made up", claims=(claim,)), [FIJI, UNION])
    assert (one.over, one.against, one.findings) == (("FJI",), (), ())


@pytest.mark.parametrize("kind", ["swimmer", "share", "network", "time-to-stage"])
def test_picture_of_many_countries_has_no_organisation(kind: str) -> None:
    some = crowd(12)
    options = {"stage": rm.Stage.ENGAGED} if kind == "time-to-stage" else {}
    assert picture(kind, [*some, UNION], **options).tables == picture(kind, some, **options).tables
    with pytest.raises(PictureError, match=r"shows countries, not European Union \(EUE\)"):
        picture(kind, [UNION])


def test_folder_means_its_countries_to_questions_and_all_to_events() -> None:
    assert {event.country for event in rm.events(FOLDER)} == {"FJI", "EUE"}
    assert {event.country for event in rm.events(FOLDER, "EU")} == {"EUE"}
    assert [turn.country for turn in rm.changes(FOLDER, "2021").happened] == ["FJI"]
    assert {row[0] for row in rm.panel(FOLDER).iter_rows()} == {"FJI"}


def test_coverage_counts_organisations_apart() -> None:
    assert str(rm.coverage([FIJI, UNION])).startswith("1 country and 1 organisation, ")


def test_next_acts_of_an_organisation_are_few() -> None:
    state = UNION.history.last.state
    assert [one.act.value for one in rm.next_acts(state, kind=UNION.kind)] == [
        "ban",
        "engage",
        "break_off",
        "lapse",
    ]
    assert len(rm.next_acts(state)) == len(rm.Act)


def test_report_of_several_refuses_an_organisation() -> None:
    from recognition_model.report.build import page_of

    with pytest.raises(ValueError, match="or about one organisation"):
        page_of([FIJI, UNION])


def test_lint_knows_the_sources_that_organisations_cite() -> None:
    folder = rm.Folder(
        organisations=(UNION.scenario,),
        sources={OFFICIAL.source.id: OFFICIAL.source},
        registered={OFFICIAL.source.id: rm.Place("sources.yaml", 3, 1, "")},
    )
    assert "RM705" not in {one.code for one in rm.lint(folder, [UNION])}
