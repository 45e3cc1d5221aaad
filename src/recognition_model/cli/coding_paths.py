"""The paths of codings on the command line: a folder, a file, or the word `shipped`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recognition_model.io.loader import record_root

SHIPPED = "shipped"


class Coding(click.Path):
    """A folder or a file; `shipped` is the record of this package, unless a path has the name."""

    name = "path"

    def __init__(self) -> None:
        super().__init__(path_type=Path, exists=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == SHIPPED and not Path(SHIPPED).exists():
            return record_root("scenarios")
        return super().convert(value, param, ctx)


def path_of(coding: Path) -> str:
    """Name a coding as on the command line; a path inside the package would say nothing."""
    return SHIPPED if coding == record_root("scenarios") else str(coding)
