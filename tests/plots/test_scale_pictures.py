"""Pictures of a scale: its levels stand in the place of stages, and every page names the scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from matplotlib.colors import to_hex
from support.drawn import texts_of
from support.pictured import act, five, legible_in, status

import recognition_model as rm
from recognition_model.io.scale_files import shipped_scales
from recognition_model.plots import LAYOUTS, PictureError, counts, picture
from recognition_model.plots.kinds import KINDS
from recognition_model.plots.palette import STAGE_COLOURS, luminance
from recognition_model.plots.rungs import rungs_of, with_levels
from recognition_model.plots.spans import number

REPRESENTATION = rm.load_scale("representation")
SCALED = [kind for kind, known in KINDS.items() if known.scaled]
ON = date(2025, 6, 30)


def mission(day: str) -> rm.SignalStep:
    """People sent by Kabul work in the embassy."""
    step = status(day, stage=rm.Stage.ENGAGED)
    return rm.SignalStep(
        signal="embassy_run_by_kabul",
        family=rm.Family.MISSION,
        date=step.date,
        evidence=step.evidence,
    )


def told(**options: str) -> list[rm.Replay]:
    """Five countries with dealings from 2022 and a mission from 2023."""
    return five(act("engage", "2022-01-01"), mission("2023-01-01"), **options)


# --- levels in the place of stages -------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_scales())
def test_replay_with_levels_says_what_the_level_history_says(
    name: str, shipped: Sequence[rm.Replay]
) -> None:
    scale = rm.load_scale(name)
    for replay in shipped:
        drawn, levels = with_levels(replay, scale).history, rm.levels_of(replay, scale)
        for day in ("1996-12-31", "2001-12-07", "2015-10-01", "2022-03-01", "2025-12-31"):
            one, other = drawn.on(day), levels.on(day)
            assert [state.stage.value for state in one.states] == [x.level for x in other.levels]
            assert (one.basis, one.begun) == (other.basis, other.begun)
            assert one.basis is replay.history.on(day).basis


def test_colours_of_levels_run_from_dark_to_light() -> None:
    for name in shipped_scales():
        colours = [rung.colour for rung in rungs_of(rm.load_scale(name))]  # type: ignore[attr-defined]
        lights = [luminance(colour) for colour in colours]
        assert lights == sorted(lights)
        assert len(set(colours)) == len(colours)
        stages = [*STAGE_COLOURS.values()]
        assert (colours[0], colours[-1]) == (stages[0], stages[-1])


def test_picture_of_a_stage_has_stages_still() -> None:
    assert rungs_of(None) == tuple(rm.Stage)


# --- every kind --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_scales())
@pytest.mark.parametrize("kind", SCALED)
def test_page_names_the_scale_in_title_and_caption(
    kind: str, name: str, shipped: Sequence[rm.Replay]
) -> None:
    scale = rm.load_scale(name)
    shown = picture(kind, shipped, measure=scale)
    assert shown.title.startswith(scale.title)
    texts = " ".join(text for figure in shown.figures() for text in texts_of(figure))
    assert scale.in_words in " ".join(texts.split())
    assert f".scale.{scale.mark}." in shown.edition.version


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", SCALED)
def test_picture_of_the_record_is_legible_in_every_layout(
    kind: str, layout: str, shipped: Sequence[rm.Replay]
) -> None:
    legible_in(layout, kind, shipped, measure=REPRESENTATION)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SCALED])
def test_other_kinds_refuse_a_scale(kind: str) -> None:
    replays = [] if KINDS[kind].rules else told()[: KINDS[kind].most or 5]
    with pytest.raises(PictureError, match="cannot show a scale"):
        picture(kind, replays, measure=REPRESENTATION)


# --- share -------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2001-08-20", "2022-03-01", "2024-12-31"])
def test_share_counts_the_levels_of_the_histories(day: str, shipped: Sequence[rm.Replay]) -> None:
    # Days on which no date within the record is uncertain are counted one by one.
    on = date.fromisoformat(day)
    sure = [
        replay
        for replay in shipped
        if rm.levels_of(replay, REPRESENTATION).on(on).level
        and replay.history.documented_until >= on
    ]
    wanted = Counter(rm.levels_of(one, REPRESENTATION).on(on).level for one in sure)
    drawn = [with_levels(replay, REPRESENTATION) for replay in sure]
    rows = [counts.Row.of(replay) for replay in drawn]
    counted = counts.counts(rows, number(on), number(on + timedelta(1)), len(wanted) and 5)
    found = counted.stages[0].tolist()
    assert found == [wanted[level] for level in REPRESENTATION.levels]


def test_share_has_a_column_for_each_level() -> None:
    heading = picture("share", told(), measure=REPRESENTATION).table[0]
    assert "charge_within_record" in heading
    assert "ambassador_or_below_max" in heading
    assert not any("engaged" in str(column) for column in heading)


def test_share_counts_what_is_assumed_apart() -> None:
    shown = picture("share", five(), measure=REPRESENTATION)
    assert "none (assumed)" in " ".join(texts_of(shown.figures()[0]))
    assert shown.title.endswith("all on the lowest level")


# --- swimmer -----------------------------------------------------------------------------------


def test_swimmer_groups_countries_by_level(shipped: Sequence[rm.Replay]) -> None:
    shown = picture("swimmer", shipped, measure=REPRESENTATION)
    texts = texts_of(shown.figures()[0])
    levels = Counter(
        rm.levels_of(replay, REPRESENTATION).on(replay.history.documented_until).level
        for replay in shipped
    )
    of = len(shipped)
    for level in REPRESENTATION.levels[1:]:
        assert f"{level.in_words}, {levels[level]} of {of}" in texts


def test_swimmer_table_has_levels_and_no_ban() -> None:
    heading, *rows = picture("swimmer", told(), measure=REPRESENTATION).table
    assert "ban" not in heading
    at = heading.index("level")
    assert [row[at] for row in rows if row[0] == rows[0][0]][:3] == ["none", "contact", "mission"]


def test_bars_of_a_level_have_its_colour() -> None:
    figure = picture("swimmer", told()[:1], measure=REPRESENTATION).figures()[0]
    named = {one.get_gid(): one for ax in figure.axes for one in ax.collections}
    colours = {to_hex(named[f"stage-{rank}"].get_facecolor()[0]) for rank in (2, 3)}
    rungs = rungs_of(REPRESENTATION)
    assert colours == {rungs[1].colour, rungs[2].colour}  # type: ignore[attr-defined]


def test_few_countries_are_named_with_their_levels() -> None:
    shown = picture("swimmer", told()[:1], measure=REPRESENTATION)
    name = rm.core.countries.name_of(shown.replays[0].country)
    assert shown.title == f"{REPRESENTATION.title}: {name}, mission"


# --- map ---------------------------------------------------------------------------------------


def test_map_has_the_level_of_each_country_on_the_day(shipped: Sequence[rm.Replay]) -> None:
    heading, *rows = picture("map", shipped, measure=REPRESENTATION, on=ON).table
    at = heading.index("level")
    by_country = {replay.country: rm.levels_of(replay, REPRESENTATION) for replay in shipped}
    for row in rows:
        levels = by_country[str(row[0])].on(ON).levels
        ranked = sorted((one.level for one in levels), key=REPRESENTATION.rank)
        assert row[at] == " or ".join(ranked)


def test_several_maps_count_the_highest_level(shipped: Sequence[rm.Replay]) -> None:
    days = (date(2001, 8, 20), date(2025, 12, 31))
    shown = picture("map", shipped, measure=rm.load_scale("relations"), days=days)
    assert shown.title.endswith("recognised: 3 on 20 August 2001, 1 on 31 December 2025")


# --- time to a level ---------------------------------------------------------------------------


def test_waits_for_a_level_are_those_of_the_level_histories(shipped: Sequence[rm.Replay]) -> None:
    origin, high = date(2021, 8, 15), REPRESENTATION.rank("mission")
    shown = picture("time-to-stage", shipped, measure=REPRESENTATION, level="mission")
    heading, *rows = shown.tables["waits"]
    at = {name: heading.index(name) for name in ("country", "event", "right", "left", "target")}
    found = {str(row[at["country"]]): row for row in rows}
    for replay in shipped:
        history = rm.levels_of(replay, REPRESENTATION)
        days = [
            bounds
            for spell, bounds in zip(history.spells, history.bounds, strict=True)
            if REPRESENTATION.rank(spell.level.level) >= high and bounds[1] > origin.toordinal()
        ]
        if replay.country not in found:
            continue
        row = found[replay.country]
        assert row[at["target"]] == "mission"
        if row[at["event"]]:
            first, last = days[0]
            assert row[at["right"]] == last - origin.toordinal()
            assert row[at["left"]] == max(first - origin.toordinal(), 0)
        else:
            assert days == []
    reached = sum(bool(row[at["event"]]) for row in rows)
    assert shown.title.startswith(f"{REPRESENTATION.title}: {reached} of {len(rows)} countries")
    assert "reached “mission” or beyond" in shown.title


def test_waits_for_a_level_have_words_of_levels_and_no_ban(shipped: Sequence[rm.Replay]) -> None:
    shown = picture("time-to-stage", shipped, measure=REPRESENTATION, level="charge")
    heading, *rows = shown.tables["waits"]
    assert "ban" not in heading
    for column in ("target", "level", "reached"):
        words = {row[heading.index(column)] for row in rows} - {""}
        assert words <= set(REPRESENTATION.names)


def test_without_a_level_the_time_to_the_highest_is_measured(
    shipped: Sequence[rm.Replay],
) -> None:
    shown = picture("time-to-stage", shipped, measure=rm.load_scale("relations"))
    assert "reached “recognised” after" in shown.title


def test_level_that_the_scale_lacks_is_an_error(shipped: Sequence[rm.Replay]) -> None:
    with pytest.raises(PictureError, match="no scale with the level 'consul'"):
        picture("time-to-stage", shipped, measure=REPRESENTATION, level="consul")
