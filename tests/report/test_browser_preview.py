"""A preview in a real browser: a page shows itself anew when its file is saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.browser import Opened, assert_accessible, visited
from support.fixtures import Story
from support.previewed import edit, reading_of, two_countries

from recognition_model.report.preview.pages import SitePages
from recognition_model.report.preview.server import PreviewServer
from recognition_model.report.site.plan import site_of


@pytest.fixture
def files(tmp_path: Path, story: Story) -> Path:
    return two_countries(tmp_path, story)


@pytest.fixture
def opened(browser: Any, files: Path) -> Iterator[Opened]:
    """The page of Fiji in a preview of the files."""
    pages = SitePages(reading_of(files), site_of)
    server = PreviewServer(pages)
    threads = [
        threading.Thread(target=pages.keep, args=(lambda _: None,), daemon=True),
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    with visited(browser, f"{server.address}FJI.html") as found:
        yield found
    pages.ended.set()
    server.shutdown()
    server.server_close()
    for thread in threads:
        thread.join()


def shows(opened: Opened, text: str) -> None:
    opened.page.wait_for_function(
        "text => document.body.innerText.includes(text)", arg=text, timeout=20_000
    )


def test_page_shows_a_saved_change_and_its_findings_by_itself(opened: Opened, files: Path) -> None:
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    shows(opened, "2022-05-12")
    edit(files / "FJI.yaml", "act: engage", "act: engag")
    shows(opened, "FJI.yaml cannot be used as it is now.")
    shows(opened, "did you mean engage?")
    assert_accessible(opened)
    edit(files / "FJI.yaml", "act: engag", "act: engage")
    opened.page.wait_for_selector("#preview .stale", state="detached", timeout=20_000)
    assert opened.said == []
    address = opened.page.url.removesuffix("FJI.html")
    assert [url for url in opened.asked if not url.startswith((address, "data:"))] == []


def test_page_keeps_its_place_when_it_shows_a_change(opened: Opened, files: Path) -> None:
    opened.page.evaluate("scrollTo(0, 400)")
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    shows(opened, "2022-05-12")
    opened.page.wait_for_function("scrollY > 300", timeout=20_000)
