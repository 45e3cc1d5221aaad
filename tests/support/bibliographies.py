"""Bibliographies in tests: a source, and entries of BibTeX as a reader of it has them."""

import re

from pybtex.database import Entry, parse_string

from recognition_model.core.dates import When
from recognition_model.core.evidence import Reliability, Source, SourceType
from recognition_model.core.types import LanguageTag, SourceName
from recognition_model.exports.bibliography import bibtex

SOURCE = Source(
    id=SourceName("example-2024"),
    type=SourceType.ARTICLE_NEWSPAPER,
    publisher="The Example",
    title="An example",
    issued=When.parse("2024-05-27"),
    language=LanguageTag("en"),
    reliability=Reliability.USUALLY_RELIABLE,
)
# The inverse of what BibTeX is given, written apart from it.
UNLATEX = {
    r"\textbackslash{}": "\\",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{rf"\{char}": char for char in "%&#$_{}"},
    "{}": "",
}
_COMMAND = re.compile("|".join(map(re.escape, UNLATEX)))


def read_back(text: str) -> str:
    """What LaTeX would print for an escaped text."""
    return _COMMAND.sub(lambda found: UNLATEX[found[0]], text)


def whole(text: str) -> str:
    """A text in braces of its own, read back; fails if it has none, as a list could split it."""
    assert text.startswith("{")
    assert text.endswith("}")
    return read_back(text[1:-1])


def entry(source: Source) -> Entry:
    """A source's entry, as pybtex reads it."""
    ((key, found),) = parse_string(bibtex([source]), "bibtex").entries.items()
    assert key == source.id
    return found


def fields(source: Source) -> dict[str, str]:
    """The fields of a source's entry, as pybtex reads them."""
    found = entry(source)
    people = {role: " and ".join(map(str, who)) for role, who in found.persons.items()}
    return {**{name.lower(): value for name, value in found.fields.items()}, **people}
