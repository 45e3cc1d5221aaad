"""The picture of universes: it says what `robustness` says, on every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve
from matplotlib.colors import to_hex
from support.pictured import OFFICIAL, act, legible_in, record

import recognition_model as rm
from recognition_model.analysis.robustness.blocks import Block
from recognition_model.analysis.robustness.choices import Choice
from recognition_model.core.evidence import Voice
from recognition_model.plots import PLOTS, Options, Picture, PictureError, picture
from recognition_model.plots.robustness_rows import (
    answer_rows,
    choice_rows,
    fitting,
    placed,
    shortened_to,
)
from recognition_model.plots.text import width

FIRST = "first ambassador_accepted since 2021-08-15"


def two(second: str = "2022-03-01") -> list[rm.Replay]:
    """Fiji first, on the Taliban's word in the almanac; Tuvalu after it, on its own word."""
    almanac = evolve(OFFICIAL.source, id="almanac")
    claimed = evolve(OFFICIAL, voice=Voice.TALIBAN, source=almanac)
    engaged = act("engage", "2021-09-01")
    return [
        record(engaged, act("accept_ambassador", "2022-01-01", claimed), country="FJI"),
        record(engaged, act("accept_ambassador", second), country="TUV"),
    ]


def texts(shown: Picture) -> list[str]:
    """What stands in the drawing."""
    (figure,) = shown.figures()
    return [text.get_text() for text in figure.axes[0].texts]


def choices(folder: Path, text: str) -> rm.Chosen:
    path = folder / "mine.yaml"
    path.write_text(f"format: recognition-choices/1\ntitle: Made up\n{text}", encoding="utf-8")
    return rm.load_choices(path)


THREE = """\
universes:
  - {name: usual, reason: As most do.}
  - {name: trusting, reason: They know., rules: trusting}
  - {name: hosts, reason: Only hosts know., rules: trusting, voice: host}
"""


@pytest.mark.parametrize("layout", ["page", "column", "slide", "web"])
@pytest.mark.parametrize(
    "question",
    [
        "first CHN ambassador_accepted since 2021-08-15",
        "order CHN ARE UZB RUS",
        "stage KAZ 2023-12-30",
        "share engaged 2024-01-01",
    ],
)
def test_questions_about_the_shipped_record_are_legible_in_every_layout(
    answered: dict[str, tuple[list[rm.Replay], rm.Robustness]], question: str, layout: str
) -> None:
    replays, found = answered[question]
    shown = legible_in(layout, "robustness", replays, found=found)
    assert shown.title.startswith(found.in_words)
    said = " ".join([shown.title, shown.topic, shown.full_caption, shown.description])
    assert "probab" not in said


@pytest.fixture(scope="module")
def answered() -> dict[str, tuple[list[rm.Replay], rm.Robustness]]:
    """Questions about the shipped record, each with its replays and its answer."""
    found = {}
    replays = [rm.replay(one) for one in rm.load_folder().scenarios]
    for question, codes in {
        "first CHN ambassador_accepted since 2021-08-15": (),
        "order CHN ARE UZB RUS": ("CHN", "ARE", "UZB", "RUS"),
        "stage KAZ 2023-12-30": ("KAZ",),
        "share engaged 2024-01-01": (),
    }.items():
        mine = [one for one in replays if not codes or one.country in codes]
        asked = rm.robustness([one.scenario for one in mine], question, blocks=True)
        found[question] = mine, asked
    return found


def test_title_says_where_the_answer_holds_and_what_carries_it(tmp_path: Path) -> None:
    shown = picture("robustness", two(), question=FIRST, choices=choices(tmp_path, THREE))
    # Where the word of the Taliban is enough and believed, Fiji is first.
    assert shown.title == (
        "Tuvalu (TUV) is the first at ambassador accepted since 2021-08-15; this holds in 66.7 % of"
        " 3 universes, and no source was left out"
    )
    assert shown.topic == f"Answers to “{FIRST}”, by the choices of each universe"
    assert "Made up (choices " in shown.caption
    assert "mine.yaml" not in shown.svg()


def test_rows_have_answers_options_and_where_the_answer_holds(tmp_path: Path) -> None:
    shown = picture("robustness", two(), question=FIRST, choices=choices(tmp_path, THREE))
    assert texts(shown) == [
        *("Answer", "", "share"),
        *("TUV", "66.7 %", "FJI", "33.3 %"),
        *("Choice", "Option", "holds in"),
        *("rule table", "The shipped rule table", "100 %", "Trusting", "50 %"),
        *("weakest voice", "believed", "press", "50 %", "host", "100 %"),
    ]


def test_universe_has_a_mark_at_each_of_its_options(tmp_path: Path) -> None:
    found = rm.robustness(
        [one.scenario for one in two()], FIRST, chosen=choices(tmp_path, THREE), blocks=True
    )
    rows = {row.label: row.shares for group in choice_rows(found) for row in group}
    # The blocks: the usual universe and that of hosts, for Tuvalu; the trusting one, for Fiji.
    assert rows == {
        "The shipped rule table": (1, 0, 0),
        "Trusting": (0, 1, 1),
        "press": (1, 0, 1),
        "host": (0, 1, 0),
    }
    assert [(row.label, row.shares) for row in answer_rows(found)] == [
        ("TUV", (1, 1, 0)),
        ("FJI", (0, 0, 1)),
    ]


def test_universes_in_which_the_answer_holds_have_one_colour_and_others_another(
    tmp_path: Path,
) -> None:
    """In the rows of answers and of options: two universes are for Tuvalu, the third for Fiji."""
    shown = picture("robustness", two(), question=FIRST, choices=choices(tmp_path, THREE))
    (figure,) = shown.figures()
    colours: dict[float, list[str]] = {}
    for box in figure.axes[0].patches:
        middle = round(box.get_x() + box.get_width() / 2, 3)
        colours.setdefault(middle, []).append(to_hex(box.get_facecolor()))
    usual, hosts, trusting = (colours[x] for x in sorted(colours))
    assert [len(one) for one in (usual, hosts, trusting)] == [3, 3, 3]  # an answer, two options
    assert set(usual) == set(hosts)
    assert (len(set(usual)), len(set(trusting))) == (1, 1)
    assert set(usual) != set(trusting)


def test_table_has_a_row_for_each_block_and_option(tmp_path: Path) -> None:
    shown = picture("robustness", two(), question=FIRST, choices=choices(tmp_path, THREE))
    heading, *rows = shown.table
    assert heading == ("block", "answer", "universes", "choice", "option", "share", "holds_in")
    assert rows == [
        (block, answer, 1, choice, option, share, holds)
        for block, answer, marked in (
            (1, "TUV", {"The shipped rule table", "press"}),
            (2, "TUV", {"Trusting", "host"}),
            (3, "FJI", {"Trusting", "press"}),
        )
        for choice, option, holds in (
            ("rules", "The shipped rule table", 1.0),
            ("rules", "Trusting", 0.5),
            ("voice", "press", 0.5),
            ("voice", "host", 1.0),
        )
        for share in [float(option in marked)]
    ]


def test_part_of_a_universe_is_a_narrower_block() -> None:
    # Of four days, three lie on or before the one asked about.
    replays = two("2022-03-01..2022-03-04")[1:]
    shown = picture("robustness", replays, question="stage TUV 2022-03-03")
    universes = [(answer, count) for _, answer, count, *_ in shown.table[1:]]
    assert universes[0][0] == "ambassador_accepted"
    by_answer = {answer: 0.0 for answer, _ in universes}
    for block in shown.options.found.blocks:  # type: ignore[union-attr]
        by_answer[block.answer] += block.universes
    whole = sum(by_answer.values())
    assert by_answer["ambassador_accepted"] / whole == shown.options.found.share  # type: ignore[union-attr]


def test_caption_says_what_a_share_is_not_and_names_the_source() -> None:
    caption = picture("robustness", two(), question="stage TUV 2022-05-01").caption
    assert "not how likely something was" in caption
    assert f"A single source carries it: {OFFICIAL.source.id}." in caption
    assert "wider than its share" not in caption  # two answers, half of the universes each
    full = picture("robustness", two(), question="stage TUV 2022-05-01").full_caption
    assert "a mark at each of its options" in full or "the denser the marks" in full


def test_caption_says_that_the_block_of_a_rare_answer_is_wider_than_its_share(
    answered: dict[str, tuple[list[rm.Replay], rm.Robustness]],
) -> None:
    replays, found = answered["order CHN ARE UZB RUS"]
    assert "wider than its share" in picture("robustness", replays, found=found).caption


def test_low_page_leaves_out_the_choices_that_matter_least(
    answered: dict[str, tuple[list[rm.Replay], rm.Robustness]],
) -> None:
    replays, found = answered["order CHN ARE UZB RUS"]
    every = [row.label for group in choice_rows(found) for row in group]
    rows, line = fitting(found, len(every))
    assert [row.label for row in rows] == every
    assert line == ""
    rows, line = fitting(found, 10)
    assert len(rows) <= 9  # the line below takes the last
    assert [row.name for row in rows if row.name] == ["source left out", "rule table"]
    assert line == (
        "not shown, because they matter less: weakest grade believed, reports refused as not"
        " attested, weakest voice believed, days to the day that counts"
    )
    shown = legible_in("slide", "robustness", replays, found=found)
    assert any(text.startswith("not shown, because ") for text in texts(shown))


def test_blocks_are_as_wide_as_their_universes_but_never_too_narrow() -> None:
    def block(answer: str, universes: float) -> Block:
        return Block(answer=answer, universes=universes, shares=())

    shares = (((Choice.VOICE, "press"), 0.5),)
    many = [evolve(block("a", 75), shares=shares), evolve(block("b", 25), shares=shares)]
    # Of 100.7 mm, 0.7 are between the answers.
    ends = [round(end, 6) for ends in placed(many, 10, 110.7) for end in ends]
    assert ends == [10, 85, 85.7, 110.7]
    many = [evolve(block("a", 999), shares=shares), evolve(block("b", 1), shares=shares)]
    ends = [round(end, 6) for ends in placed(many, 0, 100.7) for end in ends]
    assert ends == [0, 92, 92.7, 100.7]


def test_long_label_loses_its_middle() -> None:
    name = "the-long-name-of-a-newspaper-2024-01-31"
    short = shortened_to(name, 30)
    assert re.fullmatch(r"the-long.*….*-01-31", short)
    assert width(short, 7.5) <= 30
    assert shortened_to("short", 30) == "short"
    assert shortened_to(name, 0) == "…"


def test_without_an_answer_there_is_nothing_to_draw() -> None:
    assert "none is given" in PLOTS["robustness"].why_not(two(), Options())
    found = rm.robustness([one.scenario for one in two()], "stage TUV 2022-05-01")
    with pytest.raises(PictureError, match="with its blocks"):
        picture("robustness", two(), found=found)


def test_question_that_cannot_be_asked_is_an_error_of_the_picture() -> None:
    with pytest.raises(PictureError, match="unknown question 'stge'"):
        picture("robustness", two(), question="stge TUV 2022-05-01")


def test_title_of_a_choices_file_needs_letters_of_the_font(tmp_path: Path) -> None:
    chosen = choices(tmp_path, THREE)
    strange = evolve(chosen, file=evolve(chosen.file, title="Made \U0001f9ed up"))
    with pytest.raises(PictureError, match="give the choices file a title without it"):
        picture("robustness", two(), question=FIRST, choices=strange)
