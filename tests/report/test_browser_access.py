"""The page in a real browser: nothing from outside, for everybody, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.browser import HOSTILE, NARROW, WIDE, assert_accessible, opener

import recognition_model as rm
from recognition_model.core.countries import name_of
from recognition_model.report.html import html_report


def test_page_opens_from_disk_without_requests_or_console_errors(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        assert opened.said == []
        assert {url.partition(":")[0] for url in opened.asked} <= {"file", "data"}
        broken = "() => [...document.images].filter((one) => !one.naturalWidth).length"
        assert opened.page.evaluate(broken) == 0


def test_page_of_six_countries_passes_axe(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        assert_accessible(opened)


@pytest.mark.nightly
def test_page_of_whole_record_passes_axe(shipped_page: Callable[..., Any]) -> None:
    with shipped_page() as opened:
        assert_accessible(opened)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, 768, 375])
def test_page_passes_axe_at_every_width_in_light_and_dark(
    page_of: Callable[..., Any], shipped: tuple[rm.Replay, ...], width: int, scheme: str
) -> None:
    opens = page_of(replay for replay in shipped if replay.country in ("KAZ", "USA"))
    with opens(width, color_scheme=scheme) as opened:
        asked = "getComputedStyle(document.body).backgroundColor"
        dark = opened.page.evaluate(asked) != "rgb(255, 255, 255)"
        assert dark is (scheme == "dark")
        opened.page.click("#contents summary")
        opened.page.focus("#map a[data-country=USA]")
        assert opened.page.is_visible("#popover")
        assert_accessible(opened)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_narrow_page_passes_axe(
    browser: Any, shipped: tuple[rm.Replay, ...], tmp_path: Path, *, scripts: bool
) -> None:
    text = html_report([replay for replay in shipped if replay.country in ("KAZ", "USA")])
    if not scripts:  # as a browser shows it that runs none, but axe is one itself
        text = re.sub(r"<script>.*</script>", "", text, flags=re.DOTALL)
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    with opener(browser, path)(NARROW) as opened:
        assert opened.page.is_visible("form") is scripts
        assert_accessible(opened)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_page_does_not_scroll_sideways(six_page: Callable[..., Any], width: int) -> None:
    with six_page(width) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") == width


def test_page_respects_reduced_motion(six_page: Callable[..., Any]) -> None:
    asked = "getComputedStyle(document.documentElement).scrollBehavior"
    with six_page(reduced_motion="reduce") as opened:
        assert opened.page.evaluate(asked) == "auto"


def test_page_without_scripts_shows_whole_tables_and_no_controls(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page(java_script_enabled=False) as opened:
        page = opened.page
        assert not page.is_visible("form")
        assert page.locator("button:visible").count() == 0
        assert page.locator("#table tbody tr").count() == len(six)
        assert page.locator("section.country").count() == len(six)
        assert page.locator("#table td", has_text="de jure recognition").is_visible()


def test_printed_pdf_has_pages_and_bookmark_per_country_and_no_controls(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page() as opened:
        printed = opened.page.pdf(prefer_css_page_size=True, outline=True, tagged=True)
        opened.page.emulate_media(media="print")
        assert not opened.page.is_visible("form")
        assert not opened.page.is_visible("nav")
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") > len(six)
    for replay in six:
        assert f"({name_of(replay.country)} {replay.country})".encode() in printed


def test_markup_in_any_text_is_shown_as_text(
    page_of: Callable[..., Any], hostile: rm.Replay
) -> None:
    with page_of([hostile])() as opened:
        page = opened.page
        page.fill("#day", "2022-01-01")
        page.wait_for_timeout(100)
        assert opened.said == []
        assert {url.partition(":")[0] for url in opened.asked} <= {"file", "data"}
        body = page.text_content("main")
        # Title, assumption, ten claims and more of evidence, five notes, five contradictions twice.
        assert body.count(HOSTILE) > 25
        assert page.locator("main script, main img[src=x], [onerror], [onfocus]").count() == 0
        links = page.evaluate("() => [...document.links].map((link) => link.protocol)")
        assert set(links) == {"file:", "http:", "https:"}
        assert set(page.evaluate("() => [...document.scripts].map((one) => one.src)")) == {""}
