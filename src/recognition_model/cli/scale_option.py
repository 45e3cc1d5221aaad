"""The option `--scale`: a scale that ships, by its name, or a file of the user."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from recognition_model.core.diagnostics import RecordError
from recognition_model.core.folder import Folder
from recognition_model.core.wording import did_you_mean, near_words

if TYPE_CHECKING:
    from recognition_model.core.scales import Scale

Command = TypeVar("Command", bound=Callable[..., Any])


class _ScaleName(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """The name of a scale, or the path of a file; a shell completes the names that ship."""

    name = "scale"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        from recognition_model.io.scale_files import shipped_scales

        return [CompletionItem(name) for name in shipped_scales() if name.startswith(incomplete)]


def scale_option(text: str) -> Callable[[Command], Command]:
    """Make the option; `text` says what the command does with the scale."""
    return click.option("--scale", type=_ScaleName(), metavar="FILE|NAME", help=f"{text} {_WHICH}")


_WHICH = "NAME: representation, listing or relations."


def known_level(word: str, scale: Scale) -> str:
    """Return the word of a level of a scale; a space, `-` and `_` are the same.

    Raises `UsageError` with suggestions for any other word.
    """
    plain = word.lower().replace(" ", "_").replace("-", "_")
    if plain in scale.names:
        return plain
    near = did_you_mean(near_words(plain, scale.names)) or f"one of {', '.join(scale.names)}"
    raise click.UsageError(f"the scale {scale.name} has no level {word!r}: {near}")


def chosen_scale(name: str | None, folder: Folder) -> Scale | None:
    """Read the scale of the option, its words checked against the vocabulary of a folder.

    Raises `UsageError` with every finding of a file that is no scale.
    """
    if name is None:
        return None
    try:
        return read_scale(name, folder)
    except RecordError as error:
        found = (f"{one} ({one.hint})" if one.hint else str(one) for one in error.findings)
        raise click.UsageError("\n".join(found)) from None


def read_scale(name: str, folder: Folder) -> Scale:
    """Read a scale by its name or from a file, its words checked against those of a folder.

    Raises `UsageError` where there is neither, and `RecordError` for a file with mistakes.
    """
    from recognition_model.io.scale_files import load_scale, shipped_scales

    if name not in shipped_scales() and not Path(name).is_file():
        near = did_you_mean(near_words(name, shipped_scales()))
        known = f"{', '.join(shipped_scales())} ship with the program"
        raise click.UsageError(f"no scale {name!r}: {near or known}")
    return load_scale(name, folder.vocabulary)
