"""A site of six countries and an organisation, as files by their paths."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import recognition_model as rm
from recognition_model.report.site.build import site_files
from recognition_model.report.site.plan import Site, site_of

CODES = ("ARE", "CHN", "KAZ", "PAK", "RUS", "UZB", "EUE")


@pytest.fixture(scope="session")
def site() -> Site:
    """Six countries and an organisation of the record."""
    return site_of(rm.load_folder(), CODES)


@pytest.fixture(scope="session")
def built(site: Site) -> Mapping[str, bytes]:
    """All files of the site, without files of figures."""
    return dict(site_files(site, figures="none", workers=1))
