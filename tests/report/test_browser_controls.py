"""The page in a real browser, by its controls: days, sorting, search, filters, address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.browser import cells

import recognition_model as rm


def test_tab_key_reaches_every_control_in_page_order(
    six_page: Callable[..., Any],
) -> None:
    here = """() => { const one = document.activeElement;
        return one.closest("#map") ? "map" : one.id || one.textContent.trim(); }"""
    with six_page() as opened:
        walked = []
        for _ in range(60):
            opened.page.keyboard.press("Tab")
            walked.append(opened.page.evaluate(here))
            outlined = opened.page.evaluate(
                "() => getComputedStyle(document.activeElement).outlineStyle"
            )
            assert outlined != "none", walked[-1]
    stops = list(dict.fromkeys(walked))
    assert stops[0] == "Skip to the record"
    bar = ["Contents", "q", "Top"]
    controls = ["earlier", "day-range", "later", "day", "known-by"]
    controls += ["stage", "country", "family", "reset"]
    heads = ["Country", "Stage", "Ban", "Since", "Who says so", "Documented until"]
    # The map, with six countries, is one stop.
    assert stops[1 : stops.index("Country")] == [*bar, *controls, "map"]
    assert stops[stops.index("Country") :][: len(heads)] == heads


def test_skip_link_leads_past_contents(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        opened.page.keyboard.press("Tab")
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id") == "main"


def test_arrow_key_moves_slider_by_one_day(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        page = opened.page
        page.focus("#day-range")
        page.fill("#day", "2025-07-02")
        page.focus("#day-range")
        assert cells(page)["RUS"]["words"] == "delisted"
        page.keyboard.press("ArrowRight")
        assert page.input_value("#day") == "2025-07-03"
        assert page.get_attribute("#day-range", "aria-valuetext") == "2025-07-03"
        assert cells(page)["RUS"]["words"] == "de jure recognition"
        told = page.text_content("#as-of-answer")
        # Russia; China, the Emirates and Uzbekistan, the last as last documented.
        assert told.startswith("On 2025-07-03: de jure recognition 1, ambassador accepted 3, ")


def test_step_button_goes_to_next_day_of_possible_change(
    page_of: Callable[..., Any], replay_of: Callable[..., rm.Replay]
) -> None:
    told = replay_of(
        "- {act: engage, date: 2021-09-07, evidence: [$host]}\n"
        "- {act: accept_ambassador, date: 2024-05, evidence: [$host]}\n"
    )
    with page_of([told])() as opened:
        days = []
        for button in ["earlier"] * 5 + ["later"] * 2:
            opened.page.click(f"#{button}")
            days.append(opened.page.input_value("#day"))
        assert days == [
            *("2024-05-31", "2024-05-01", "2021-09-07", "1996-09-27", "1996-09-27"),
            *("2021-09-07", "2024-05-01"),
        ]
        opened.page.click("#reset")
        assert opened.page.input_value("#day") == ""
        assert cells(opened.page)["RUS"]["words"] == "ambassador accepted"


def test_heading_sorts_table_and_announces_it(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        head = page.locator("#table thead th").first
        asked = "() => [...document.querySelectorAll('#table tbody th')].map((th) => th.innerText)"
        names = page.evaluate(asked)
        assert (head.get_attribute("aria-sort"), names) == ("ascending", sorted(names))
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == "descending"
        assert page.evaluate(asked) == sorted(names, reverse=True)
        stage = page.locator("#table thead th", has_text="Stage")
        stage.locator("button").press("Enter")
        assert stage.get_attribute("aria-sort") == "descending"
        # Recognised; ambassadors of December 2023, January 2024 and 2025; delisted; engaged.
        assert page.evaluate(asked) == [
            *("Russia", "China", "United Arab Emirates", "Uzbekistan", "Kazakhstan"),
            "United Kingdom",
        ]


# --- what is shown is in the address -------------------------------------------------------------


def waited(page: Any) -> str:
    """The fragment of the address, when the reader has paused long enough for it to follow."""
    page.wait_for_timeout(400)
    return str(page.evaluate("location.hash"))


def shown(page: Any) -> list[str]:
    """The codes of the countries in the table that are not hidden."""
    rows = "[...document.querySelectorAll('#table tbody tr')].filter((row) => !row.hidden)"
    return sorted(page.evaluate(f"{rows}.map((row) => row.dataset.country)"))


def test_address_holds_what_is_shown_and_reload_keeps_it(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        page.fill("#day", "2024-05-28")
        page.fill("#known-by", "2024-06-30")
        page.select_option("#stage", "engaged")
        page.fill("#q", "visit")
        page.click("#table thead button >> text=Since")
        assert waited(page) == (
            "#on=2024-05-28&known-by=2024-06-30&stage=engaged&q=visit&sort=since"
        )
        before = (cells(page), shown(page), page.inner_text("#found"))
        page.reload()
        assert (cells(page), shown(page), page.inner_text("#found")) == before
        assert page.input_value("#day") == "2024-05-28"
        assert page.input_value("#known-by") == "2024-06-30"
        assert page.input_value("#stage") == "engaged"
        assert page.input_value("#q") == "visit"
        page.click("#reset")
        assert (waited(page), "#" in page.url) == ("", False)
        assert len(shown(page)) == 6
        assert opened.said == []


def test_page_opens_as_its_address_says(six_page: Callable[..., Any]) -> None:
    with six_page(fragment="#on=2025-07-02&country=RUS&family=listing") as opened:
        page = opened.page
        assert cells(page)["RUS"]["words"] == "delisted"
        assert shown(page) == ["RUS"]
        assert page.input_value("#family") == "listing"
        families = page.evaluate(
            "() => [...document.querySelectorAll('#RUS .entries tbody tr')]"
            ".filter((row) => !row.hidden).map((row) => row.dataset.family)"
        )
        assert set(families) == {"listing"}


@pytest.mark.parametrize("fragment", ["#on=2024-02-31&stage=none&sort=up&q=%E0", "#", "#=", "#%"])
def test_page_opens_whole_at_an_address_that_says_nothing_known(
    six_page: Callable[..., Any], fragment: str
) -> None:
    with six_page(fragment=fragment) as opened:
        assert opened.said == []
        assert cells(opened.page)["RUS"]["words"] == "de jure recognition"


def test_back_and_forward_go_through_what_was_shown(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        page.fill("#day", "2025-07-02")
        waited(page)
        page.fill("#day", "2003-02-14")
        waited(page)
        page.go_back()
        assert page.input_value("#day") == "2025-07-02"
        assert cells(page)["RUS"]["words"] == "delisted"
        page.go_back()
        assert (page.input_value("#day"), waited(page)) == ("", "")
        page.go_forward()
        page.go_forward()
        assert cells(page)["RUS"]["words"] == "banned"


TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


def test_address_of_an_entry_leads_to_its_row_at_once(six_page: Callable[..., Any]) -> None:
    name = "RUS/2025-07-03/recognise"
    with six_page(fragment=f"#{name}") as opened:
        assert 0 <= opened.page.evaluate(TOP, name) < 200
        opened.page.evaluate("document.querySelector('#sources').scrollIntoView()")
        opened.page.locator(".cited a[href='#RUS/2018-11-09/engage']").first.click()
        assert 0 <= opened.page.evaluate(TOP, "RUS/2018-11-09/engage") < 200


def test_link_to_an_entry_shows_what_a_filter_hides_and_keeps_the_day(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        page = opened.page
        name = page.get_attribute("#CHN .moves >> nth=-1", "id")
        page.fill("#day", "2024-05-28")
        page.fill("#q", "moscow")
        waited(page)
        assert page.locator("[id='CHN']").is_hidden()
        page.evaluate("(id) => { location.hash = id; }", name)
        page.wait_for_function(
            "(id) => document.getElementById(id).getBoundingClientRect().height", arg=name
        )
        assert 0 <= page.evaluate(TOP, name) < 200
        assert (page.input_value("#q"), page.input_value("#day")) == ("", "2024-05-28")
        page.reload()
        assert page.input_value("#day") == "2024-05-28"
        assert 0 <= page.evaluate(TOP, name) < 200


def test_day_that_is_none_is_refused_in_words(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        page.fill("#day", "28.05.2024")
        page.press("#day", "Enter")
        page.press("#day", "Tab")
        assert page.get_attribute("#day", "aria-invalid") == "true"
        assert page.inner_text("#day-error") == ("Write a day as 2024-05-28, not as “28.05.2024”.")
        assert cells(page)["RUS"]["words"] == "de jure recognition"
        page.fill("#day", "2025-07-02")
        assert page.get_attribute("#day", "aria-invalid") is None
        assert page.inner_text("#day-error") == ""


# --- search and filters --------------------------------------------------------------------------


def test_search_finds_claims_notes_and_titles_of_sources(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    def texts(step: rm.Step) -> str:
        told = [step.note, *(item.claim for item in step.evidence)]
        return " ".join([*told, *(item.source.title for item in step.evidence)]).lower()

    with six_page() as opened:
        page = opened.page
        for word in ("ambassador", "embargo", "ташкент", "zzzz"):
            page.fill("#q", word)
            page.wait_for_timeout(50)
            for replay in six:
                rows = page.evaluate(
                    "(code) => [...document.querySelectorAll(`[id='${code}'] .entries tbody tr`)]"
                    ".map((row) => !row.hidden && !row.closest('section').hidden)",
                    replay.country,
                )[1:]
                for found, step in zip(rows, replay.scenario.timeline, strict=True):
                    assert found or word not in texts(step), (word, step)
        assert (page.inner_text("#found"), shown(page)) == ("Nothing found", [])


def test_search_takes_every_word_without_accents_and_counts_aloud(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        page = opened.page
        page.fill("#q", "rüssia RECOGNISE")
        page.wait_for_timeout(50)
        assert "RUS" in shown(page)
        visible = page.locator("section.country .entries tbody tr:visible").count()
        told = f"{visible} entries in {len(shown(page))} of 6 countries"
        assert page.inner_text("#found") == told
        assert page.get_attribute("#found", "role") == "status"
        page.press("#q", "Enter")
        assert page.inner_text("#found") == f"match 1 of {visible}"
        assert page.locator(".here").count() == 1
        page.fill("#q", "kazakhstan")
        page.wait_for_timeout(50)
        assert "KAZ" in shown(page)
        hidden = "() => document.querySelectorAll('#KAZ .entries tbody tr[hidden]').length"
        assert page.evaluate(hidden) == 0


def test_filter_by_stage_follows_the_day(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        page.select_option("#stage", "delisted")
        assert shown(page) == ["KAZ"]
        page.fill("#day", "2025-07-02")
        assert shown(page) == ["KAZ", "RUS"]
        assert page.inner_text("#found") == "2 of 6 countries"
        assert page.locator("section.country:visible").count() == 2


# --- the map -------------------------------------------------------------------------------------


def test_map_follows_the_slider_as_the_table_does(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    classes = """() => Object.fromEntries([...document.querySelectorAll("#map a")].map((a) =>
        [a.dataset.country, a.getAttribute("class")]))"""
    with six_page() as opened:
        page = opened.page
        assert page.evaluate(classes)["RUS"] == "s5"
        page.fill("#day", "2025-07-02")
        assert page.evaluate(classes)["RUS"] == "s3"
        page.fill("#day", "2026-06-23")
        assert page.evaluate(classes)["RUS"] == "s5 dotted"
        page.fill("#day", "1996-09-27")
        assert page.evaluate(classes)["RUS"] == "s0 pale"
        assert page.locator("#map a[data-country=RUS]").get_attribute("aria-label") == (
            "Russia: no dealings documented (assumed)"
        )
        stages = [replay.history.on("1996-09-27").stage for replay in six]
        count = page.inner_text("#map [data-stage='0'] .count")
        assert count == str(stages.count(rm.Stage.HOSTILE))


def test_country_on_the_map_leads_to_its_section(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        page.focus("#map a[data-country=KAZ]")
        page.keyboard.press("Enter")
        assert 0 <= page.evaluate(TOP, "KAZ") < 200
        assert page.evaluate("location.hash") == "#KAZ"


# --- the first screen ----------------------------------------------------------------------------


def test_first_row_of_table_is_on_first_screen(shipped_page: Callable[..., Any]) -> None:
    with shipped_page(1280, height=720) as opened:
        asked = "document.querySelector('#table tbody tr').getBoundingClientRect().bottom"
        assert opened.page.evaluate(asked) < 720


def test_country_names_stay_in_view_on_a_phone(six_page: Callable[..., Any]) -> None:
    with six_page(375) as opened:
        page = opened.page
        page.evaluate("document.querySelector('#standings .scroll').scrollLeft = 300")
        left = "document.querySelector('#table tbody th').getBoundingClientRect().left"
        assert 0 <= page.evaluate(left) < 30
        caption = "document.querySelector('#table .caption').getBoundingClientRect()"
        assert page.evaluate(f"{caption}.left") >= 0
        assert page.evaluate(f"{caption}.right") <= 375
