"""The shipped record as a report, made once for all test files, and a browser to open it in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.browser import HOSTILE, opener

import recognition_model as rm
from recognition_model.analysis.claims import check
from recognition_model.report.build import page_of as report_of
from recognition_model.report.html import html_report, page_as_html
from recognition_model.report.view import Page


@pytest.fixture(scope="session")
def page(shipped: tuple[rm.Replay, ...]) -> Page:
    """The report of the shipped record and its claims, as plain values."""
    claims = [c for told in rm.load_folder().collectives for c in check(told, shipped)]
    return report_of(shipped, claims=claims)


@pytest.fixture(scope="session")
def html(page: Page) -> str:
    """That report as `html_report` writes it."""
    return page_as_html(page)


SIX = ("ARE", "CHN", "GBR", "KAZ", "RUS", "UZB")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        told = f"no browser on the path: one of {', '.join(names)}"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def shipped_page(
    browser: Any, html: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Any]:
    """The page of the whole record, which takes seconds to open."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html, encoding="utf-8")
    return opener(browser, path)


@pytest.fixture(scope="session")
def six(shipped: tuple[rm.Replay, ...]) -> tuple[rm.Replay, ...]:
    """Six countries of the record."""
    return tuple(replay for replay in shipped if replay.country in SIX)


@pytest.fixture(scope="session")
def six_page(
    browser: Any, six: tuple[rm.Replay, ...], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Any]:
    """The page of six countries, with everything that the page of the whole record has."""
    claims = [c for told in rm.load_folder().collectives for c in check(told, six)]
    page = report_of(six, claims=claims)
    steps = [step for replay in six for step in replay.scenario.timeline]
    assert {type(step) for step in steps} == {
        rm.ActStep,
        rm.SignalStep,
        rm.StatusStep,
        rm.RefuseStep,
    }
    assert any(step.date.earliest != step.date.latest for step in steps)
    kinds = {
        kind for one in page.countries for doubt in one.doubts for kind in doubt.kinds.split("; ")
    }
    assert kinds == {"in doubt", "disputed", "denied", "refused, as expected", "deprecated"}
    assert any(one.doctrine for one in page.countries)
    assert len(page.claims) == len(claims) > 0
    path = tmp_path_factory.mktemp("six") / "report.html"
    path.write_text(page_as_html(page), encoding="utf-8")
    return opener(browser, path)


@pytest.fixture
def page_of(browser: Any, tmp_path: Path) -> Callable[..., Any]:
    """The page of some replays, ready to be opened."""

    def made(replays: Iterable[rm.Replay]) -> Any:
        path = tmp_path / "report.html"
        path.write_text(html_report(list(replays)), encoding="utf-8")
        return opener(browser, path)

    return made


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> rm.Folder:
    """A folder with an attack in every text that its files may hold."""
    place = tmp_path_factory.mktemp("hostile")
    text = json.dumps(HOSTILE)
    proof = f"{{source: bad, voice: press, credibility: 5, claim: {text}}}"
    against = f"{{source: bad, voice: host, credibility: 5, bearing: disputes, claim: {text}}}"
    said = f"date: 2022-01-01, note: {text}, contradiction: {text}, evidence: [{proof}, {against}]"
    (place / "sources.yaml").write_text(
        "format: recognition-sources/1\nsources:\n  bad:\n    {type: webpage, language: en,"
        f" issued: 2022-01-01, reliability: E, publisher: {text}, title: {text}, author: {text},"
        f" note: {text}, url: \"https://x.example/?a='javascript:alert(1)'&b=`\","
        ' archive: "http://x.example/(javascript:alert(1))"}\n',
        encoding="utf-8",
    )
    (place / "FJI.yaml").write_text(
        f"format: recognition-scenario/1\ncountry: FJI\ntitle: {text}\n"
        f"start: {{stage: hostile, ban: none, date: 1996-09-27, assumed: {text},"
        f" evidence: [{proof}]}}\ndocumented-until: 2026-01-15\ntimeline:\n"
        f"  - {{act: engage, {said}}}\n"
        f"  - {{act: engage, rank: deprecated, because: {text}, {said}}}\n"
        f"  - {{signal: visit, {said}}}\n"
        f"  - {{status: {{stage: engaged}}, {said}}}\n"
        f"  - {{refuse: recognise, because: not-attested, {said}}}\n",
        encoding="utf-8",
    )
    folder = rm.load_folder([place])
    assert folder.findings == ()
    return folder


@pytest.fixture
def hostile(hostile_folder: rm.Folder) -> rm.Replay:
    """The record of that folder."""
    return rm.replay(hostile_folder.scenarios[0])
