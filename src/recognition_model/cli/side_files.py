"""Side files, which a command writes beside the file that the user named."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from pathlib import Path

import click

from recognition_model.core.wording import escape_invisible, join_limited

force_option = click.option(
    "--force", is_flag=True, help="Replace existing files beside the main one."
)


def side_file(output: Path, what: str) -> Path:
    """Return the path of a side file: `paper.md` and `sources.bib` give `paper_sources.bib`."""
    return output.with_name(f"{output.stem}_{what}")


def is_stream(output: Path) -> bool:
    """Whether a file is a pipe or a device, beside which nothing is written."""
    return output == Path("-") or (output.exists() and not output.is_file())


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Raise `UsageError` if a side file already exists, unless the user forces it."""
    there = [] if force else [escape_invisible(str(p)) for p in paths if os.path.lexists(p)]
    if there:
        exist, them = ("exists", "it") if len(there) == 1 else ("exist", "them")
        hint = f"nothing was written (--force replaces {them})"
        raise click.UsageError(f"{join_limited(there, 8)} already {exist}; {hint}")


def left_over(paths: Iterable[Path], written: Container[Path], message: str) -> list[str]:
    """Make a note of files of an earlier run that this one has not written.

    They are never removed: another document of the user may need them. `message` has a {} for them.
    """
    left = [p for p in paths if p not in written and os.path.lexists(p)]
    files = join_limited([escape_invisible(str(path)) for path in left], 8)
    return [f"note: {message.format(files)}; left as is"] if left else []


def describes(path: Path, output: Path) -> bool:
    """Whether a file is the descriptor that an earlier export wrote beside this output."""
    import json

    try:
        described = json.loads(path.read_bytes())
        resources = [one["path"] for one in described["resources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return "edition" in described and resources == [output.name]
