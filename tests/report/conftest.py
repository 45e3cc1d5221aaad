"""The shipped record as a report, made once for all test files."""

import pytest

import recognition_model as rm
from recognition_model.analysis.claims import check
from recognition_model.report.build import page_of
from recognition_model.report.html import page_as_html
from recognition_model.report.view import Page


@pytest.fixture(scope="session")
def shipped() -> tuple[rm.Replay, ...]:
    """The shipped record, replayed."""
    return tuple(rm.replay(scenario) for scenario in rm.load_folder().scenarios)


@pytest.fixture(scope="session")
def page(shipped: tuple[rm.Replay, ...]) -> Page:
    """The report of the shipped record and its claims, as plain values."""
    claims = [c for told in rm.load_folder().collectives for c in check(told, shipped)]
    return page_of(shipped, claims=claims)


@pytest.fixture(scope="session")
def html(page: Page) -> str:
    """That report as `html_report` writes it."""
    return page_as_html(page)
