"""The page in a real browser: figures with links, what is behind a mark, what may be taken away."""

from __future__ import annotations

import csv
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.browser import cells

import recognition_model as rm
from recognition_model.analysis.stamp import Stamp
from recognition_model.exports.bibliography import bibtex, csl_json
from recognition_model.exports.citation import citation_of_file
from recognition_model.io.stamped import stamp_in
from recognition_model.plots import picture
from recognition_model.report.build import page_of


def taken(page: Any, figure: str, button: str) -> Path:
    """The file that a button below a figure gives, under the name that it has."""
    place = page.locator(f"[id='figure-{figure}']")
    details = place.locator("details.cite")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    with page.expect_download() as loading:
        details.locator("button", has_text=button).click()
    path = Path(loading.value.path()).with_name(loading.value.suggested_filename)
    loading.value.save_as(path)
    return path


def test_drawings_are_inline_and_break_no_policy(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        assert opened.said == []
        assert opened.page.locator("figure svg").count() == 8
        assert opened.page.locator("svg [style], svg style, img").count() == 0


def test_table_of_a_figure_is_taken_as_csv(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    (russia,) = [replay for replay in six if replay.country == "RUS"]
    with six_page() as opened:
        path = taken(opened.page, "history-RUS", "Table (CSV)")
    assert path.name == "history-RUS.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows == [[str(cell) for cell in row] for row in picture("history", [russia]).table]


def test_drawing_taken_as_svg_stands_alone_with_its_stamp(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        path = taken(opened.page, "history-RUS", "SVG")
        title = opened.page.get_attribute("[id='figure-history-RUS'] svg", "aria-label")
        text = path.read_text(encoding="utf-8")
        opened.page.goto(path.as_uri())
        assert opened.page.evaluate("document.documentElement.namespaceURI").endswith("/svg")
    assert "<a " not in text
    assert f'<title id="picture-title">{title}</title>' in text
    stamp = Stamp.from_dict(stamp_in(path))
    assert (stamp.kind, stamp.name, stamp.title) == ("picture", "history", title)


def test_drawing_taken_as_png_has_300_dots_per_inch_and_its_stamp(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        path = taken(opened.page, "history-RUS", "PNG")
        box = opened.page.get_attribute("[id='figure-history-RUS'] svg", "viewBox").split()
    data = path.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    # 72 points and 300 dots are an inch; 11811 dots are a metre.
    assert (width, height) == tuple(round(float(points) * 300 / 72) for points in box[2:])
    assert struct.unpack(">II", data[data.index(b"pHYs") + 4 :][:8]) == (11811, 11811)
    assert Stamp.from_dict(stamp_in(path)).name == "history"


def test_citation_is_that_of_the_command(six_page: Callable[..., Any]) -> None:
    with six_page(permissions=["clipboard-read", "clipboard-write"]) as opened:
        page = opened.page
        bib = taken(page, "history-RUS", "BibTeX").read_text(encoding="utf-8")
        stamp = Stamp.from_dict(stamp_in(taken(page, "history-RUS", "SVG")))
        cited = citation_of_file(stamp)
        assert bib == cited.bibtex
        figure = page.locator("[id='figure-history-RUS'] details.cite")
        assert figure.locator(".citation").inner_text() == cited.text
        figure.locator("button", has_text="Copy citation").click()
        page.wait_for_function("document.querySelector('.status').textContent === 'copied'")
        assert page.evaluate("navigator.clipboard.readText()") == cited.text


def test_sources_are_taken_as_the_library_writes_them(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page() as opened:
        page = opened.page
        files = {}
        for label in ("CSL-JSON", "BibTeX"):
            with page.expect_download() as loading:
                page.click(f"#sources button >> text={label}")
            path = Path(loading.value.path())
            files[loading.value.suggested_filename] = path.read_text(encoding="utf-8")
        ids = page.evaluate("[...document.querySelectorAll('ol.sources > li')].map((li) => li.id)")
    register = rm.load_folder().sources
    sources = [register[name.removeprefix("src-")] for name in ids]
    assert files == {"sources.json": csl_json(sources), "sources.bib": bibtex(sources)}
    assert json.loads(files["sources.json"])


def test_marks_of_a_figure_are_one_tab_stop_with_arrow_keys(six_page: Callable[..., Any]) -> None:
    here = "() => document.activeElement.getAttribute('href')"
    with six_page() as opened:
        page = opened.page
        figure = page.locator("#figure-swimmer svg")
        links = figure.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        assert links
        stops = figure.locator("a[tabindex='0']")
        assert stops.count() == 1
        stops.focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(here) == links[1]
        page.keyboard.press("End")
        page.keyboard.press("ArrowRight")
        assert page.evaluate(here) == links[0]
        assert stops.count() == 1


def test_what_is_behind_a_mark_is_shown_and_closed_by_escape(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        page.focus("#map a[data-country=RUS]")
        popover = page.locator("#popover")
        told = popover.inner_text()
        row = cells(page)["RUS"]
        assert told.startswith("Russia")
        for part in ("words", "since", "who"):
            assert row[part] in told
        assert page.get_attribute("#map a[data-country=RUS]", "aria-describedby") == "popover"
        page.keyboard.press("Escape")
        assert popover.is_hidden()
        assert page.evaluate("document.activeElement.dataset.country") == "RUS"


def test_page_without_scripts_says_where_else_the_files_are(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page(java_script_enabled=False) as opened:
        page = opened.page
        assert "recognition-model export bibtex" in page.inner_text("#sources p")
        page.locator("[id='figure-history-RUS'] details.cite summary").click()
        (russia,) = [one for one in page_of(six).countries if one.code == "RUS"]
        shown = page.locator("[id='figure-history-RUS'] .citation").inner_text()
        assert shown == russia.picture.citation
