"""Write docs/searches.md from the log of searches: `python tools/make_searches.py`."""

from __future__ import annotations

from pathlib import Path

import recognition_model as rm
from recognition_model.core.searches import SearchLog
from recognition_model.report.searches import searches_in_markdown


def searches() -> str:
    """The whole page."""
    folder = rm.load_folder()
    log = SearchLog.of_all(folder.searches.values())
    return searches_in_markdown(log, {scenario.country for scenario in folder.scenarios})


if __name__ == "__main__":
    path = Path(__file__).parents[1] / "docs" / "searches.md"
    path.write_text(searches(), encoding="utf-8")
