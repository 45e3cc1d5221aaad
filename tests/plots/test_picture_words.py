"""What pictures of every kind say: the columns of their tables, and their descriptions."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from support.drawn import everything_said
from support.pictured import OFFICIAL, act, crowd, doubtful, enough, five, record, refused

import recognition_model as rm
from recognition_model.plots import PLOTS, Picture, picture
from recognition_model.plots.spans import position_in_words

STAGES = ("hostile", "banned", "engaged", "delisted", "ambassador_accepted", "de_jure_recognition")
HISTORY = (
    "country entry what date earliest latest stage in_words ban attestation evidence begin end"
    " basis"
)
COLUMNS = {
    "history": HISTORY,
    "histories": HISTORY,
    "compare": HISTORY,
    "codings": (
        "country name found dates days differs date_a date_b kind_a kind_b what_a what_b voice_a"
        " voice_b grade_a grade_b rule_a rule_b file_a file_b line_a line_b"
    ),
    "swimmer": (
        "country name stage in_words ban from from_earliest from_latest to last_documented begin"
        " end basis"
    ),
    "share": " ".join(
        [
            "panel from to of within_record carried_forward",
            *(f"{one}_within_record {one}_carried_forward {one}_assumed" for one in STAGES),
            *(f"{one}_or_below_min {one}_or_below_max" for one in STAGES),
        ]
    ),
    "network": ("before after moves refused country_years_before moves_per_country_year lapses"),
    "rules": "rule act before after ban_must_be ban_becomes needs",
    "timeline": "date country name kind what family denied entry note",
    "time-to-stage": (
        "days at_risk reached censored share share_low share_high lapsed at_risk_evidenced"
        " at_risk_silent at_risk_assumed countries"
    ),
    "map": "country name day stage words basis documented_until drawn_as",
    "robustness": "block answer universes choice option share holds_in",
}
STEPS = "A step chart of Fiji over six stages, from hostile to de jure recognition. It begins"
DESCRIBED = {
    "history": STEPS,
    "histories": "A strip of stages over time for 2 countries. Fiji: dealings since 1 Jan 2022",
    "compare": "Step lines on one axis of six stages: Fiji, Norway. Fiji began official dealings",
    "codings": "Two step charts of Fiji on one axis, and a lane of entries for each. A says: Fiji",
    "swimmer": "A row of coloured bars for each of 2 countries. Last documented as engaged: Fiji",
    "share": "Stacked areas by stage of 5 countries from 15 August 2021 to 30 June 2025.",
    "network": "A matrix and a ladder of 2 moves between stages of 2 countries: no dealings to",
    "rules": "A graph of 12 rules over six stages. R01: ban from no dealings or engaged or",
    "timeline": "A chronology of 2 countries. Changes: Fiji: dealings begin, 2022-01-01, Norway",
    "time-to-stage": "A step chart of the share of 2 countries that reached “ambassador accepted”",
    "map": "Map of the world. As last documented, engaged: Fiji, Norway.",
    "robustness": "Answers to the question “first ambassador_accepted since 2021-08-15” in",
}


def begun(country: str) -> rm.Replay:
    return record(act("engage", "2022-01-01"), country=country)


def drawn(kind: str, *replays: rm.Replay, **more: Any) -> Picture:
    """A picture of as many of the records as its kind takes, with all of their days."""
    shown = list(replays[:1] if PLOTS[kind].one else replays)
    if kind == "share":
        shown += five()[len(shown) :]
    if kind == "codings":
        more["against"] = record(act("engage", "2022-01-05"), country=shown[0].country)
    if kind == "timeline":
        more = {"since": date.min, **more}
    return picture(kind, shown if kind != "rules" else [], **more)


@pytest.mark.parametrize("kind", PLOTS)
def test_table_has_the_columns_that_its_readers_know(kind: str) -> None:
    heading, *_ = drawn(kind, begun("FJI"), begun("NOR")).table
    assert " ".join(map(str, heading)) == COLUMNS[kind]


@pytest.mark.parametrize("kind", PLOTS)
def test_description_says_what_is_drawn_of_whom_after_the_title(kind: str) -> None:
    shown = drawn(kind, begun("FJI"), begun("NOR"))
    assert shown.description.startswith(f"{shown.title}. {DESCRIBED[kind]}")


MADE = {
    "many": lambda: crowd(6),
    "in doubt": lambda: [doubtful(), record(act("engage", "2022-01-01"), country="NOR")],
    "claims": lambda: [
        record(act("engage", "..2022-03-05"), refused("recognise"), refused("engage")),
        record(act("ban", "2022"), act("engage", "2023-05.."), country="NOR"),
    ],
    "lapse": lambda: [
        record(act("engage", "1999"), act("lapse", "2001-12"), begins="1996-09", country=code)
        for code in ("FJI", "TON")
    ],
}


@pytest.mark.parametrize("told", MADE)
@pytest.mark.parametrize("kind", PLOTS)
def test_no_picture_says_none_for_a_value_it_lacks(kind: str, told: str) -> None:
    """`None` may begin a title: `None of 2 countries`."""
    shown = drawn(kind, *enough(kind, *MADE[told]()))
    said = " ".join(everything_said(shown, figure) for figure in shown.figures())
    assert not re.findall(r".{0,30}\bNone\b(?! of \d).{0,30}", said)
    assert not re.findall(r".{0,30}\b(?:nan|inf|True|False)\b.{0,30}", said)


@pytest.mark.parametrize("stage", STAGES)
def test_stage_of_a_start_is_called_assumed_only_where_nothing_attests_it(stage: str) -> None:
    assumed = record(stage=rm.Stage(stage))
    start = evolve(assumed.scenario.start, assumed=None, evidence=(OFFICIAL,))
    attested = rm.replay(evolve(assumed.scenario, start=start))
    told = [position_in_words(replay.history.on("2021-08-15")) for replay in (assumed, attested)]
    name = stage.replace("_", " ")
    first = "no dealings documented" if stage == "hostile" else name
    assert told == [f"{first} (assumed)", name]
