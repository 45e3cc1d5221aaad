"""The site in a real browser: from disk and from a server, with and without scripts.

No page may say anything on the console or ask for anything outside its folder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from support.browser import assert_accessible, opener, visited
from support.site_links import PAGES_OF_ALL

import recognition_model as rm
from recognition_model.analysis.headline import headline
from recognition_model.io.folders import write_folder
from recognition_model.report.site.build import site_files
from recognition_model.report.site.plan import Site, site_of

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

PAGES = (*PAGES_OF_ALL, "RUS.html", "EUE.html", "embed/history-RUS.html")
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def folder(built: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of six countries and an organisation, on disk."""
    target = tmp_path_factory.mktemp("site") / "pages"
    write_folder(target, built.items())
    return target


@pytest.fixture(scope="session")
def opened(browser: Any, folder: Path) -> Open:
    """Open a page of the site from disk."""
    return lambda page, **options: opener(browser, folder / page)(**options)


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[str]:
    """The address of the site on a server, below a path."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = partial(Quiet, directory=folder.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/pages/"
        server.shutdown()


# --- nothing from outside, nothing amiss ---------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_from_disk_without_a_word_or_a_request_outside(
    opened: Open, folder: Path, page: str
) -> None:
    with opened(page) as found:
        assert found.said == []
        inside = folder.as_uri()
        assert all(url.startswith((inside, "data:", "blob:")) for url in found.asked)
        assert found.page.evaluate("getComputedStyle(document.querySelector('main')).display")
        styled = found.page.evaluate("document.styleSheets.length")
        assert styled == 1


@pytest.mark.parametrize("page", ["index.html", "RUS.html", "search.html#q=Kabulov"])
def test_page_works_from_a_server_below_a_path(browser: Any, served: str, page: str) -> None:
    with visited(browser, served + page) as found:
        assert found.said == []
        assert all(url.startswith((served, "data:")) for url in found.asked)
        assert found.page.evaluate("document.styleSheets[0].cssRules.length") > 50
        if page.startswith("search"):
            assert found.page.locator("#results li").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_page_passes_axe(opened: Open, page: str, scheme: str) -> None:
    with opened(page, color_scheme=scheme) as found:
        assert_accessible(found)


@pytest.mark.parametrize("width", [1280, 768, 375])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_not_wider_than_its_window(opened: Open, page: str, width: int) -> None:
    with opened(page, width=width) as found:
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert found.page.evaluate(wide) <= 0


@pytest.mark.parametrize("page", ["RUS.html", "sources.html", "changes.html", "compare.html"])
def test_page_has_its_content_without_scripts(opened: Open, page: str) -> None:
    with opened(page, java_script_enabled=False) as found:
        assert found.page.locator("main").inner_text().count("2025-07-03") > 0
        assert found.page.locator("main form:visible").count() == 0


# --- the index -----------------------------------------------------------------------------------


def test_index_is_headed_by_the_sentence_of_the_day(opened: Open, site: Site) -> None:
    with opened("index.html") as found:
        assert found.page.locator("h1").inner_text() == headline(site.countries)


def test_day_in_the_address_fills_table_map_and_counts(opened: Open, site: Site) -> None:
    with opened("index.html", fragment="#on=2000-01-01") as found:
        row = found.page.locator('tr[data-country="PAK"] .words').inner_text()
        position = site.of_code["PAK"].history.on("2000-01-01")
        assert row == position.in_words().replace("_", " ")
        assert "s5" in found.page.locator('#map a[data-country="PAK"]').get_attribute("class")
        count = found.page.locator('.legend [data-stage="5"] .count').inner_text()
        recognised = [
            one
            for one in site.countries
            if (on := one.history.on("2000-01-01")).begun
            and on.states
            and on.states[0].stage is rm.Stage.DE_JURE_RECOGNITION
        ]
        assert int(count) == len(recognised) > 0
        assert found.page.input_value("#day") == "2000-01-01"


def test_count_shows_only_the_countries_of_its_stage_and_again_all(opened: Open) -> None:
    with opened("index.html") as found:
        chip = found.page.locator('.legend [data-stage="5"] button')
        chip.click()
        assert found.page.locator("tbody tr:visible").all_inner_texts()[0].startswith("Russia")
        assert found.page.locator("#table tbody tr:visible").count() == 1
        assert chip.get_attribute("aria-pressed") == "true"
        found.page.wait_for_url("**#stage=de_jure_recognition")
        chip.click()
        assert found.page.locator("#table tbody tr:visible").count() == 6


def test_search_box_shows_rows_with_its_words_and_keeps_them_in_the_address(opened: Open) -> None:
    with opened("index.html") as found:
        found.page.fill("#q", "pak")
        assert found.page.locator("#table tbody tr:visible").count() == 1
        assert found.page.locator("#found").inner_text() == "1 of 6 countries"
        found.page.wait_for_url("**#q=pak")
        found.page.reload()
        assert found.page.input_value("#q") == "pak"
        assert found.page.locator("#table tbody tr:visible").count() == 1


def test_links_of_the_table_lead_to_pages_of_countries_and_sources(opened: Open) -> None:
    with opened("index.html", fragment="#on=2025-12-01") as found:
        row = found.page.locator('tr[data-country="RUS"]')
        assert row.locator(".who a").get_attribute("href") == "sources.html#src-rg-2025-07-03"
        links = row.locator(".why a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        assert "RUS.html#RUS/2025-07-03/recognise" in links
        row.locator("th a").click()
        found.page.wait_for_url("**/RUS.html")


def test_slider_plays_from_change_to_change_and_stops(opened: Open) -> None:
    with opened("index.html") as found:
        assert found.page.locator("#ticks path").count() > 10
        found.page.click("#play")
        assert found.page.locator("#play").inner_text() == "Stop"
        first = found.page.input_value("#day")
        playwright.expect(found.page.locator("#day")).not_to_have_value(first)
        assert found.page.input_value("#day") > first
        found.page.click("#play")
        assert found.page.locator("#play").inner_text() == "Play"


def test_index_shows_every_country_without_scripts(opened: Open) -> None:
    with opened("index.html", java_script_enabled=False) as found:
        assert found.page.locator("#table tbody tr").count() == 6
        assert found.page.locator("#map a").count() == 6


# --- a country -----------------------------------------------------------------------------------


def test_link_to_an_entry_brings_its_row_into_view(opened: Open) -> None:
    with opened("RUS.html", fragment="#RUS/2025-07-03/recognise") as found:
        row = found.page.locator('[id="RUS/2025-07-03/recognise"]')
        assert row.bounding_box()["y"] < 900
        assert row.evaluate("(row) => row.matches(':target')")


def test_query_embed_leaves_the_figure_alone(opened: Open, folder: Path) -> None:
    with opened("RUS.html", fragment="?embed") as found:
        assert found.page.locator("#history figure").is_visible()
        for gone in ("header", "footer", "#entries", "#sources", ".site-nav", "#history h2"):
            assert found.page.locator(gone).first.is_hidden(), gone
        assert found.page.locator("figure svg").bounding_box()["y"] < 40


def test_marks_of_a_figure_alone_lead_to_the_page_of_the_country(opened: Open) -> None:
    with opened("embed/history-RUS.html") as found:
        links = found.page.locator("figure svg a").evaluate_all(
            "all => all.map((a) => a.getAttribute('href') ?? a.getAttribute('xlink:href'))"
        )
        assert "../RUS.html#RUS/2025-07-03/recognise" in links
        assert all(link.startswith("../RUS.html#RUS/") for link in links)


# --- histories beside each other -----------------------------------------------------------------


def test_compare_shows_the_countries_of_the_address_in_its_order(opened: Open) -> None:
    with opened("compare.html", fragment="#UZB,RUS") as found:
        assert found.page.locator("#compared > li:visible").evaluate_all(
            "all => all.map((one) => one.id)"
        ) == ["UZB", "RUS"]
        found.page.select_option("#add", "CHN")
        found.page.wait_for_url("**#UZB,RUS,CHN")
        found.page.locator("#RUS .remove").click()
        found.page.wait_for_url("**#UZB,CHN")
        assert found.page.locator("#chosen").inner_text() == "Uzbekistan, China"


@pytest.mark.parametrize("fragment", ["#%", "#%FF,RUS"])
def test_compare_bears_an_address_that_is_no_text(opened: Open, fragment: str) -> None:
    with opened("compare.html", fragment=fragment) as found:
        assert found.page.locator("#compared > li:visible").evaluate_all(
            "all => all.map((one) => one.id)"
        ) == (["RUS"] if "RUS" in fragment else [])
        assert found.page.locator("#choose").is_visible()
        assert found.said == []


def test_compare_takes_six_at_most_and_ignores_what_is_no_country(opened: Open) -> None:
    with opened("compare.html", fragment="#ARE,CHN,KAZ,PAK,RUS,UZB,EUE,<script>,RUS") as found:
        assert found.said == []
        assert found.page.locator("#compared > li:visible").count() == 6
        assert found.page.locator("#add").is_disabled()


# --- search --------------------------------------------------------------------------------------


def test_search_finds_entries_and_sources_by_words_and_accents(opened: Open) -> None:
    with opened("search.html", fragment="#q=recognise+2025-07-03") as found:
        hrefs = found.page.locator("#results a").evaluate_all(
            "all => all.map((a) => a.getAttribute('href'))"
        )
        assert "RUS.html#RUS/2025-07-03/recognise" in hrefs
        found.page.fill("#q", "Kábulov")
        assert found.page.locator("#results li").count() > 3
        found.page.click('[data-kind="source"]')
        found.page.wait_for_url("**&kind=source")
        kinds = found.page.locator("#results .grade").all_inner_texts()
        assert kinds
        assert all(one.endswith(", source") for one in kinds)
        found.page.fill("#q", "xyzzyxyzzy")
        assert found.page.locator("#found").inner_text() == "0 found"


def test_result_of_a_search_leads_to_its_row(opened: Open) -> None:
    with opened("search.html", fragment="#q=recognise+2025-07-03&kind=entry") as found:
        found.page.locator('#results a[href="RUS.html#RUS/2025-07-03/recognise"]').click()
        found.page.wait_for_url("**/RUS.html#RUS/2025-07-03/recognise")


def test_filter_of_sources_shows_those_with_all_words(opened: Open) -> None:
    with opened("sources.html", fragment="#q=rg-2025-07-03") as found:
        shown = found.page.locator("#listed-sources > li:visible")
        assert shown.evaluate_all("all => all.map((one) => one.id)") == ["src-rg-2025-07-03"]


# --- hostile texts -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, hostile_folder: rm.Folder) -> Path:
    """A site of a record with an attack in every text that a file may hold."""
    target = tmp_path_factory.mktemp("attacked") / "pages"
    write_folder(target, site_files(site_of(hostile_folder), figures="svg", workers=1))
    return target


@pytest.mark.parametrize("page", [*PAGES_OF_ALL, "FJI.html", "embed/history-FJI.html"])
def test_hostile_texts_stay_texts(browser: Any, attacked: Path, page: str) -> None:
    with opener(browser, attacked / page)() as found:
        assert found.said == []
        outside = [u for u in found.asked if not u.startswith((attacked.as_uri(), "data:"))]
        assert outside == []
        assert found.page.locator("[onerror], [onfocus], [autofocus]").count() == 0
        bad = "() => [...document.links].filter((a) => a.protocol === 'javascript:').length"
        assert found.page.evaluate(bad) == 0


def test_hostile_text_is_found_and_shown_as_text(browser: Any, attacked: Path) -> None:
    with opener(browser, attacked / "search.html")(fragment="#q=script+alert") as found:
        assert found.said == []
        assert found.page.locator("#results li").count() > 0
        assert "<script>alert(1)</script>" in found.page.locator("#results").inner_text()
