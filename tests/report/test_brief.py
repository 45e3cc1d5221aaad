"""A brief: what changed in some days, and where all countries stood on the last of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from support.browser import ATTACKS, HOSTILE, assert_accessible, opener
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.core.diagnostics import Place
from recognition_model.engine.rules import RULES
from recognition_model.report.brief import brief_of
from recognition_model.report.brief_files import html_brief, markdown_brief
from recognition_model.report.brief_view import Brief
from recognition_model.report.brief_window import brief_digest, window_of

LATE = evolve(YEARBOOK, id="late", public=rm.When.parse("2024-07-01"))
NEXT_YEAR = evolve(YEARBOOK, id="next-year", public=rm.When.parse("2025-02-01"))


def told_in(source: rm.Source) -> rm.Evidence:
    return evolve(OFFICIAL, source=source)


CHILE = record(
    act("engage", "2022-05-01"),
    evolve(act("recognise", "2024-06-01"), note="A decree.", contradiction="The day may be 2."),
    country="CHL",
)
FIJI = record(
    act("ban", "2021-09-01"), act("engage", "2024-03-05", PRESS, told_in(LATE)), country="FJI"
)
PERU = record(act("engage", "2023-02-03", told_in(LATE)), country="PER", until="2024-10-31")
TONGA = record(country="TON", until="2024-06-30")
SAMOA = record(country="WSM", until="2025-06-30")
ALL = (CHILE, FIJI, PERU, TONGA, SAMOA)


def brief(
    *records: rm.Replay,
    since: str = "2024-01-01",
    until: str | None = "2024-12-31",
    known_by: str | None = None,
    inline: bool = True,
) -> Brief:
    """A brief on these records, by default on all and on 2024."""
    window = window_of(
        [one.scenario for one in records or ALL],
        date.fromisoformat(since),
        until and date.fromisoformat(until),
        known_by and date.fromisoformat(known_by),
    )
    return brief_of(window, inline=inline)


# --- contents -------------------------------------------------------------------------------------


def test_title_is_the_finding_and_the_lede_says_of_what() -> None:
    told = brief()
    assert told.title == (
        "Chile recognised the Taliban government on 1 June 2024; Fiji began official dealings"
    )
    assert told.lede == (
        "What changed in the relations of 5 countries with the Taliban in 2024, and who stood where"
        " on 31 December 2024."
    )


@pytest.mark.parametrize("until", [None, "2025-06-30", "2030-12-31"])
def test_brief_ends_with_the_data_and_says_so(until: str | None) -> None:
    told = brief(since="2025-05-01", until=until)
    assert told.until == "2025-06-30"
    assert told.title == ("No change of stage or ban is documented between 1 May and 30 June 2025")
    assert told.lede.endswith(
        " between 1 May and 30 June 2025, and who stood where on 30 June 2025, when the data end."
    )
    assert "2030" not in html_brief(brief(since="2025-05-01", until=until))


def test_what_happened_is_listed_by_date_with_its_word_doubt_and_sources() -> None:
    fiji, chile = brief().changed
    assert (fiji.date, fiji.country, fiji.deed) == ("2024-03-05", "Fiji", "dealings begin")
    assert (fiji.before, fiji.after) == ("banned", "engaged, ban in force")
    assert (fiji.who, fiji.known_on) == ("its own authorities, B2", "2024-03-05")
    assert [ref.source for ref in fiji.refs] == ["late", "yearbook"]
    assert (chile.date, chile.deed, chile.before, chile.after) == (
        *("2024-06-01", "recognised de jure"),
        *("engaged", "de jure recognition"),
    )
    assert (chile.note, chile.doubt) == ("A decree.", "The day may be 2.")
    assert chile.anchor == "CHL/2024-06-01/recognise"


def test_what_only_became_known_is_listed_apart() -> None:
    (peru,) = brief().known
    assert (peru.date, peru.country, peru.known_on) == ("2023-02-03", "Peru", "2024-07-01")


def test_change_that_was_not_public_in_the_days_is_listed_without_a_day_of_knowledge() -> None:
    late = record(act("engage", "2024-05-01", told_in(NEXT_YEAR)))
    (change,) = brief(late).changed
    assert change.known_on == ""
    assert "; not public in these days" in html_brief(brief(late))


def test_date_that_may_lie_outside_the_days_is_called_perhaps() -> None:
    told = brief(record(act("engage", "2023-12-01..2024-01-31")))
    assert told.changed[0].perhaps
    assert told.limits[0].startswith("“Perhaps”: the dates leave open")


def test_rows_are_the_countries_with_dealings_the_highest_stage_first() -> None:
    told = brief()
    assert [(row.name, row.words, row.row.since, row.until) for row in told.rows] == [
        ("Chile", "de jure recognition", "2024-06-01", "2025-06-30"),
        ("Peru", "engaged", "2023-02-03", "2024-10-31"),
        ("Fiji", "engaged; ban in force", "2024-03-05", "2025-06-30"),
    ]
    assert told.headline == "31 December 2024: Chile recognises the Taliban government"


def test_rows_say_where_countries_stood_on_the_last_day_and_not_later() -> None:
    assert [(row.name, row.words) for row in brief(until="2024-05-31").rows] == [
        ("Chile", "engaged, last heard 2022-05-01, then nothing until 2024-06-01"),
        ("Peru", "engaged"),
        ("Fiji", "engaged; ban in force"),
    ]


def test_countries_without_dealings_are_counted_by_what_their_records_say() -> None:
    assert brief().others == (
        "No dealings documented (assumed), but the data end sooner: 1 (Tonga).",
        "No dealings documented (assumed): 1 (Samoa).",
    )


def test_data_that_end_before_the_days_do_are_named() -> None:
    assert brief().limits == (
        "The data of 2 of 5 countries end before 2024-12-31, so silence about them does not mean"
        " that nothing happened: Peru, Tonga.",
    )


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    assert [(source.number, source.id) for source in brief().sources] == [
        (1, "late"),
        (2, "yearbook"),
    ]


def test_without_an_end_the_days_last_until_the_end_of_the_data() -> None:
    told = brief(until=None)
    assert (told.since, told.until) == ("2024-01-01", "2025-06-30")


def test_nothing_changed_is_a_finding() -> None:
    told = brief(since="2025-03-01", until="2025-03-31")
    assert told.title == "No change of stage or ban is documented in March 2025"
    assert (told.changed, told.known) == ((), ())


def test_known_by_a_day_counts_what_was_public_then() -> None:
    told = brief(until="2024-06-30", known_by="2024-06-30")
    assert [(one.country, one.who) for one in told.changed] == [
        ("Fiji", "the press, B3"),
        ("Chile", "its own authorities, B2"),
    ]
    assert told.lede.endswith("on 30 June 2024, as known by 30 June 2024.")
    assert "Peru" not in [row.name for row in told.rows]


def test_one_country_has_its_history_in_place_of_the_map() -> None:
    assert [figure.name for figure in brief(CHILE).figures] == ["timeline", "history"]
    assert [figure.name for figure in brief().figures] == ["timeline", "map"]


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2025-07-01", None, "the data end on 2025-06-30, before the first day of the brief"),
        ("2024-02-01", "2024-01-01", "the window ends on 2024-01-01, before it begins"),
    ],
)
def test_days_without_data_are_refused(since: str, until: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        brief(since=since, until=until)


def test_organisation_is_reported_on_alone() -> None:
    union = record(act("engage", "2024-03-05"), country="EUE")
    assert brief(union).title.startswith("The European Union began official dealings")
    with pytest.raises(ValueError, match="or about one organisation"):
        brief(union, FIJI)


def test_same_record_gives_the_same_brief_and_a_change_another_digest() -> None:
    days = date(2024, 1, 1), date(2024, 12, 31)
    window = window_of([CHILE.scenario], *days)
    assert html_brief(brief_of(window)) == html_brief(brief_of(window))
    other = record(act("engage", "2022-05-01"), act("recognise", "2024-06-02"), country="CHL")
    assert brief_digest(window) != brief_digest(window_of([other.scenario], *days))


def test_digest_does_not_depend_on_the_folder_of_the_files() -> None:
    def digest(file: str) -> str:
        step = evolve(act("engage", "2024-05-01"), place=Place(file, 7))
        days = date(2024, 1, 1), date(2024, 12, 31)
        return brief_digest(window_of([record(step).scenario], *days))

    assert digest("here/FJI.yaml") == digest("there/FJI.yaml")


def test_brief_names_the_figures_that_the_font_cannot_write() -> None:
    rules = evolve(RULES, title="規則")
    days = (date(2024, 1, 1), date(2024, 12, 31))
    told = brief_of(window_of([CHILE.scenario], *days, rules=rules))
    reason = "the font has no letter for"
    assert told.figures == ()
    assert [line.partition(reason)[0] for line in told.not_drawn] == [
        "The figure “timeline” is left out: ",
        "The figure “history” is left out: ",
    ]
    assert html_brief(told).count(f"is left out: {reason}") == 2


# --- as a page and as Markdown --------------------------------------------------------------------


class Ids(HTMLParser):
    """The ids of a page, and the fragments that it links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        told = dict(attrs)
        self.ids += filter(None, [told.get("id")])
        for name in ("href", "xlink:href", "aria-labelledby", "aria-describedby"):
            value = told.get(name) or ""
            if name.startswith("aria"):
                self.links |= {*value.split()}
            elif value.startswith("#"):
                self.links.add(value[1:])


def test_every_link_of_the_page_leads_somewhere_and_ids_are_unique() -> None:
    read = Ids(html_brief(brief()))
    assert read.links - {*read.ids} == set()
    assert len(read.ids) == len({*read.ids})
    assert {"CHL/2024-06-01/recognise", "PER", "src-late"} <= {*read.ids}


def test_page_has_no_script_and_a_policy_that_allows_none() -> None:
    page = html_brief(brief())
    assert "script" not in Ids(page).tags
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy
    assert "script-src" not in policy


def test_page_says_how_it_was_made_and_how_to_cite_it() -> None:
    page = html_brief(brief())
    assert "recognition-model report --since 2024-01-01 --until 2024-12-31</code>" in page
    assert "Cite as:" in page
    assert 'name="recognition-stamp"' in page


def test_hostile_texts_stay_texts() -> None:
    bad = evolve(YEARBOOK, title=HOSTILE, publisher=HOSTILE, url=None)
    step = evolve(act("engage", "2024-03-05", told_in(bad)), note=HOSTILE, contradiction=HOSTILE)
    page = html_brief(brief(record(step)))
    assert not [attack for attack in ATTACKS if "<" in attack and attack in page]
    assert "script" not in Ids(page).tags


def test_markdown_has_its_figures_and_sources_beside_it(tmp_path: Path) -> None:
    files = markdown_brief(brief(inline=False), tmp_path / "b.md")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in files) == [
        "b.md",
        "b_pictures/b-map.svg",
        "b_pictures/b-timeline.svg",
        "b_sources.bib",
        "b_sources.json",
    ]
    text = files[tmp_path / "b.md"].decode()
    assert text.startswith("# Chile recognised the Taliban government on 1 June 2024; Fiji")
    assert (
        "| 2024-06-01 | Chile | **recognised de jure**, from engaged to de jure recognition."
        " A decree. In doubt: The day may be 2. | its own authorities, B2[^2]; known by"
        " 2024-06-01 |"
    ) in text
    assert "| Fiji | engaged; ban in force | 2024-03-05 | host, B2[^1] | 2025-06-30 |" in text
    cited, defined = {*re.findall(r"\[\^(\d+)\](?!:)", text)}, {*re.findall(r"\[\^(\d+)\]:", text)}
    assert cited == defined == {"1", "2"}
    assert "](<b_pictures/b-map.svg>)" in text


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def on_2025(
    browser: Any, shipped: tuple[rm.Replay, ...], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Any]:
    """Opens the brief of the shipped record on 2025."""
    return _opener(browser, shipped, tmp_path_factory, "2025-01-01", "2025-12-31")


def _opener(
    browser: Any,
    shipped: tuple[rm.Replay, ...],
    folder: pytest.TempPathFactory,
    since: str,
    until: str,
) -> Callable[..., Any]:
    path = folder.mktemp("brief") / "brief.html"
    path.write_text(html_brief(brief(*shipped, since=since, until=until)), encoding="utf-8")
    return opener(browser, path)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_brief_of_a_year_has_two_to_four_printed_pages(on_2025: Callable[..., Any]) -> None:
    with on_2025() as opened:
        assert 2 <= pages_of(opened.page.pdf(prefer_css_page_size=True)) <= 4
        assert opened.said == []
        assert [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []


def test_brief_of_a_month_has_two_to_four_printed_pages(
    browser: Any, shipped: tuple[rm.Replay, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened_on = _opener(browser, shipped, tmp_path_factory, "2025-07-01", "2025-07-31")
    with opened_on() as opened:
        assert 2 <= pages_of(opened.page.pdf(prefer_css_page_size=True)) <= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_brief_passes_axe_and_fits_the_window(
    on_2025: Callable[..., Any], scheme: str, width: int
) -> None:
    with on_2025(width, color_scheme=scheme) as opened:
        assert_accessible(opened)
        assert opened.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
