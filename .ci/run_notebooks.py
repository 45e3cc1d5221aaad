"""Run the notebooks of `docs/notebooks` from top to bottom. `nox -s notebooks` runs this.

Every result in them that the program gives too has an `assert`. They are kept without outputs:
what they show would grow old.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import nbclient
import nbformat

FOLDER = Path(__file__).parents[1] / "docs" / "notebooks"


def main() -> None:
    paths = sorted(FOLDER.glob("*.ipynb"))
    assert paths, "no notebooks"
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert not any(cell.outputs or cell.execution_count for cell in code), (
            f"{path.name} has outputs: clear them"
        )
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            client = nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3")
            client.execute(cwd=folder)
        print(f"{path.name}: {len(code)} cells in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
