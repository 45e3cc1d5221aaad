"""What a bibliography says of a source, before it is written as CSL-JSON or as BibTeX.

Both formats are made from the same `Reference`, so that they agree. Neither can say "one day
between two days": a range is read as the time that something lasted. Such a date becomes the one
year or month that covers it, marked as approximate, and a note gives the bounds.
"""

from __future__ import annotations

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.dates import When, closed
from recognition_model.core.evidence import Source
from recognition_model.core.wording import without_marks


@frozen(kw_only=True, repr=False)
class CitedDate(Readable):
    """A date as a bibliography can give it.

    `parts` are the year, the month and the day, as far as known. They are empty if no year covers
    the date; then `words` stand for it. `mark` is `~` (approximate), `?` (doubtful) or empty.
    `words` are empty if the parts say all that is known.
    """

    parts: tuple[int, ...]
    mark: str
    words: str
    first_year: int = field(eq=False)

    @classmethod
    def of(cls, when: When) -> CitedDate:
        """Give a date of the register as a year, a month or a day."""
        text = when.text.rstrip("~?")
        mark = when.text[len(text) :]
        words = in_words(when) if mark or ".." in text else ""
        earliest, latest = closed(when.earliest), closed(when.latest)
        known = earliest or latest
        first_year = known.year if known else 1
        if ".." in text:
            text = _unit_of(when)
            exact = text and _bounds(When.parse(text)) == _bounds(when)
            mark, words = ("", "") if exact else ("~" if text else "", words)
        parts = tuple(int(part) for part in text.split("-")) if text else ()
        return cls(parts=parts, mark=mark, words=words, first_year=first_year)

    @property
    def text(self) -> str:
        """The parts as in ISO 8601-2, with the mark: `2024-05~`. Empty without parts."""
        year, *rest = self.parts or (0,)
        return "-".join([f"{year:04}", *(f"{n:02}" for n in rest)]) + self.mark if year else ""

    def __str__(self) -> str:
        return self.text or self.words


def _unit_of(when: When) -> str:
    """The shortest of a day, a month and a year that covers a date; empty if none does."""
    earliest, latest = closed(when.earliest), closed(when.latest)
    if earliest is None or latest is None or earliest.year != latest.year:
        return ""
    if earliest == latest:
        return earliest.isoformat()
    return earliest.isoformat()[: 7 if earliest.month == latest.month else 4]


def _bounds(when: When) -> tuple[object, object]:
    return when.earliest, when.latest


def in_words(when: When) -> str:
    """Write a date so that no reader takes an interval for a duration."""
    first, _, last = when.text.partition("..")
    return f"between {first} and {last}" if first and last else when.in_words


@frozen(kw_only=True, repr=False)
class Reference(Readable):
    """A source as both bibliographies give it: texts without direction marks, dates, one note."""

    source: Source
    title: str
    publisher: str
    author: str
    issued: CitedDate
    public: CitedDate | None
    seen: CitedDate | None
    note: str

    @classmethod
    def of(cls, source: Source) -> Reference:
        """Give a source of the register. The author stays one name: the register splits none."""
        issued = CitedDate.of(source.issued)
        public = CitedDate.of(source.public) if source.public != source.issued else None
        seen = CitedDate.of(source.seen) if source.seen else None
        said = [
            f"Date: {issued.words}." if issued.words else "",
            f"First public: {in_words(source.public)}." if public else "",
            f"Last read: {seen.words}." if seen and seen.words else "",
        ]
        return cls(
            source=source,
            title=_one_line(source.title),
            publisher=_one_line(source.publisher),
            author=_one_line(source.author or ""),
            issued=issued,
            public=public,
            seen=seen,
            note=_joined(_one_line(source.note or ""), " ".join(filter(None, said))),
        )

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}, {self.issued}"


def _joined(note: str, more: str) -> str:
    """Put sentences behind a note, which need not end with a full stop."""
    stop = "" if note.endswith((".", "!", "?")) else "."
    return f"{note}{stop} {more}" if note and more else note or more


def _one_line(text: str) -> str:
    """Drop marks without a glyph, and write a text on one line."""
    return " ".join(without_marks(text).split())
