"""Countries that are missing from an output, because their files have errors."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

import click

from recognition_model.analysis.edition import country_of_file, left_out_in_words
from recognition_model.core.countries import is_organisation
from recognition_model.core.folder import Folder

partial_option = click.option(
    "--partial",
    is_flag=True,
    help="Write the other countries if a file has errors. By default, nothing is written then.",
)


def left_out(
    folder: Folder, countries: Collection[str] = (), *, organisations: bool = True
) -> tuple[str, ...]:
    """Name the files that could not be used and may be about these countries; without any, all.

    The name of a file says what country it is about. If it does not, it may be any. Files of
    organisations count only if the output holds `organisations`.
    """
    names = dict.fromkeys(PurePath(file).name for file in folder.unused)
    about = {name: country_of_file(name) for name in names}
    kept = [name for name in names if organisations or not is_organisation(about[name] or "")]
    return tuple(name for name in kept if not countries or about[name] in {None, *countries})


def left_out_line(files: Collection[str]) -> list[str]:
    """The line of standard output that names what was left out; none if nothing was."""
    return [left_out_in_words(tuple(files))] if files else []
