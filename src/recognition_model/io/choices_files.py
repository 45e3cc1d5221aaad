"""Choices files of a user: the choices that are reasonable, with the rule tables that they name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.choice_files import CHOICES, ChoicesFile
from recognition_model.core.diagnostics import RecordError, in_order
from recognition_model.core.folder import Folder
from recognition_model.core.hashing import sha256_digits
from recognition_model.engine.rules import DIGEST_LETTERS, RuleTable
from recognition_model.io.choices_reader import ChoicesReader
from recognition_model.io.files import read_document
from recognition_model.io.loader import authority_sources, read_sources


@frozen(kw_only=True, repr=False)
class Chosen(Readable):
    """A choices file, and the rule tables that it names, each with this name."""

    file: ChoicesFile
    tables: tuple[tuple[str, RuleTable], ...]

    def table(self, name: str) -> RuleTable:
        """The rule table that the file names so. Raises `KeyError` for another name."""
        return dict(self.tables)[name]

    @property
    def title(self) -> str:
        """Its title."""
        return self.file.title

    @property
    def digest(self) -> str:
        """The first 48 bits of SHA-256 over all that it says, in hexadecimal.

        A rule table counts with its own digest, not with the path of its file.
        """
        text = json.dumps(self.to_dict(), ensure_ascii=False)
        return sha256_digits(text.encode("utf-8", "surrogatepass"))[:DIGEST_LETTERS]

    @property
    def in_words(self) -> str:
        """The title with the digest, as outputs name it: `Cautious (choices 1a2b3c4d5e6f)`."""
        return f"{self.title} (choices {self.digest})"

    def identity(self) -> dict[str, Any]:
        """Return what tells it from others, as plain data: title and digest."""
        return {"title": self.title, "digest": self.digest}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, with the keys of a file; a rule table by its digest."""
        choices = self.file.choices
        return {
            "title": self.title,
            "choices": {
                key: [{"option": self._plain(key, o.option), "reason": o.reason} for o in options]
                for key, options in (choices.options() if choices else ())
            },
            "universes": [
                {"name": one.name, "reason": one.reason}
                | {
                    key: self._plain(key, value)
                    for key in CHOICES
                    if (value := getattr(one, key)) is not None
                }
                for one in self.file.universes
            ],
        }

    def _plain(self, choice: str, option: Any) -> str | int:
        if choice == "rules":
            return self.table(option).digest
        return option if isinstance(option, int) else str(getattr(option, "value", option))

    def __str__(self) -> str:
        return self.in_words


def load_choices(path: str | os.PathLike[str], folder: Folder | None = None) -> Chosen:
    """Read a choices file: the choices that a researcher finds reasonable, each with a reason.

    Its sources are those of the `folder`, by default those that ship. A rules file that it names
    is looked up from its own folder. Raises `RecordError` with every finding of a file with errors,
    or one that cannot be read.
    """
    reader = ChoicesReader(
        read_sources() if folder is None else folder.sources,
        kept=authority_sources(folder.authorities if folder else ()),
        folder=Path(path).parent,
    )
    file = reader.choices(read_document(Path(path)))
    if file is None:
        raise RecordError(in_order(reader.findings))
    return Chosen(file=file, tables=tuple(reader.tables.items()))
