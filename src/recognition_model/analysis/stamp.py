"""The stamp of a file: what it shows, and the edition that it was made from.

A picture or a report holds its stamp in its metadata. A table or a package has the edition in its
descriptor or its metadata, and gets its stamp from there. Both can be cited and checked later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, Self, get_args

from attrs import frozen

from recognition_model.analysis.edition import Edition
from recognition_model.core.base import Readable
from recognition_model.io.stamped import STAMP as STAMP

FORMAT = "recognition-stamp/1"
Shown = Literal["picture", "report", "table", "package"]


@frozen(kw_only=True, repr=False)
class Stamp(Readable):
    """What a file shows, from which edition.

    `name` is the kind of picture or the name of the table; `title` is the heading. `data` is the
    digest of the data shown, if the file does not hold them as they are.
    """

    kind: Shown
    name: str
    title: str
    edition: Edition
    data: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-stamp/1`."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "name": self.name,
            "title": self.title,
            "data": self.data,
            "edition": self.edition.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave. Raises `ValueError` if it is no stamp."""
        if data.get("format") != FORMAT or data.get("kind") not in get_args(Shown):
            raise ValueError(f"not in the format {FORMAT}")
        try:
            return cls(
                kind=data["kind"],
                name=str(data["name"]),
                title=str(data["title"]),
                data=None if data["data"] is None else str(data["data"]),
                edition=Edition.from_dict(data["edition"]),
            )
        except (KeyError, AttributeError) as error:
            raise ValueError(f"not in the format {FORMAT}: {error}") from None

    def as_json(self) -> str:
        """One line of JSON in ASCII, for the metadata of a file."""
        return json.dumps(self.to_dict())

    def as_comment(self) -> str:
        """The same for a comment of HTML or Markdown, which two hyphens would end."""
        return self.as_json().replace("--", "-\\u002d").replace(">", "\\u003e")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.edition}"
