"""Make everything anew that follows from the code and the record: `python tools/make_pages.py`.

The schemas of `src`, docs/coverage.md, and what the other `make_*.py` of this folder make. Two are
left out: `make_constraints.py` asks a package index, and `make_snapshot.py` renews what tests
compare answers with.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import recognition_model as rm
from recognition_model.io.json_schema import NAMES, schema_text
from recognition_model.report.coverage import coverage_in_markdown

ROOT = Path(__file__).parents[1]
PAGES = ("make_reference", "make_glossary", "make_searches", "make_gallery")


def main() -> None:
    """Write the schemas, the coverage page and the pages of the other scripts."""
    for name in NAMES:
        path = ROOT / "src" / "recognition_model" / "schemas" / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
    folder = rm.load_folder()
    replays = [rm.replay(one) for one in folder.scenarios]
    covered = rm.coverage(replays, folder.collectives, folder.checks)
    text = coverage_in_markdown(covered).rstrip() + "\n"
    (ROOT / "docs" / "coverage.md").write_text(text, encoding="utf-8")
    for name in PAGES:
        runpy.run_path(str(ROOT / "tools" / f"{name}.py"), run_name="__main__")


if __name__ == "__main__":
    main()
