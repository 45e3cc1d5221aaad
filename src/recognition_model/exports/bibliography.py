"""Bibliographies: sources as CSL-JSON and BibTeX, in the order given.

BibTeX entries have biblatex's types and fields, and beside them what the classic styles (plain,
plainnat) need: `year` and `month`, `journal`, and `key` where there is no author. The key has the
year because natbib makes the whole label of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from recognition_model.core.evidence import Source, SourceType
from recognition_model.exports.evidence import cited
from recognition_model.exports.formats import Job
from recognition_model.exports.latex import escape_address, escape_latex
from recognition_model.exports.references import CitedDate, Reference


@frozen
class _EntryType:
    """A type of entry. `subtype` tells apart the types of ours that share one.

    `published` is the field for the publisher.
    """

    name: str
    published: str
    subtype: str = ""


_ENTRY_TYPES = {
    SourceType.ARTICLE_NEWSPAPER: _EntryType("article", "journal", "newspaper"),
    SourceType.ARTICLE_JOURNAL: _EntryType("article", "journal"),
    SourceType.ARTICLE_MAGAZINE: _EntryType("article", "journal", "magazine"),
    SourceType.BOOK: _EntryType("book", "publisher"),
    SourceType.BILL: _EntryType("legislation", "howpublished", "bill"),
    SourceType.BROADCAST: _EntryType("misc", "howpublished", "broadcast"),
    SourceType.DOCUMENT: _EntryType("misc", "howpublished"),
    SourceType.ENTRY_ENCYCLOPEDIA: _EntryType("inreference", "booktitle"),
    SourceType.HEARING: _EntryType("misc", "howpublished", "hearing"),
    SourceType.INTERVIEW: _EntryType("misc", "howpublished", "interview"),
    SourceType.LEGAL_CASE: _EntryType("jurisdiction", "howpublished"),
    SourceType.LEGISLATION: _EntryType("legislation", "howpublished"),
    SourceType.POST: _EntryType("online", "organization", "post"),
    SourceType.POST_WEBLOG: _EntryType("online", "organization", "weblog"),
    SourceType.REPORT: _EntryType("report", "institution"),
    SourceType.SPEECH: _EntryType("misc", "howpublished", "speech"),
    SourceType.TREATY: _EntryType("legal", "howpublished"),
    SourceType.WEBPAGE: _EntryType("online", "organization"),
}
_BRACED = frozenset({"booktitle", "institution", "organization", "publisher"})
"""Fields with a second pair of braces. biblatex splits the lists among them at ` and `, and styles
change the letters of a title to small ones."""
_CONTAINED = frozenset(
    {
        SourceType.ARTICLE_NEWSPAPER,
        SourceType.ARTICLE_JOURNAL,
        SourceType.ARTICLE_MAGAZINE,
        SourceType.ENTRY_ENCYCLOPEDIA,
        SourceType.POST_WEBLOG,
    }
)
"""Types that CSL names by what contains them: a newspaper, an encyclopedia, a weblog."""
# biblatex needs babel's language names instead of codes; other languages get no `langid`.
_BABEL = {
    "ar": "arabic",
    "cs": "czech",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "ja": "japanese",
    "kk": "kazakh",
    "ky": "kyrgyz",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "ps": "pashto",
    "pt": "portuguese",
    "ru": "russian",
    "sk": "slovak",
    "sr": "serbian",
    "te": "telugu",
    "tg": "tajik",
    "tl": "filipino",
    "tr": "turkish",
    "uk": "ukrainian",
    "ur": "urdu",
    "uz": "uzbek",
}
# Classic styles print the word as it is; the names of `calendar` change with the locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def csl(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Convert sources to CSL-JSON. Authors are `literal`: the register does not split names."""
    return [_item(Reference.of(source)) for source in sources]


def csl_json(sources: Iterable[Source]) -> str:
    """Write a CSL-JSON file for reference managers."""
    return json.dumps(csl(sources), indent=2, ensure_ascii=False) + "\n"


def bibtex(sources: Iterable[Source]) -> str:
    """Write a BibTeX file (biblatex types and fields, UTF-8) with source names as keys."""
    return "\n".join(_entry(Reference.of(source)) for source in sources)


def _item(reference: Reference) -> dict[str, Any]:
    source, author = reference.source, reference.author
    named = "container-title" if source.type in _CONTAINED else "publisher"
    dates = {
        "issued": reference.issued,
        "available-date": reference.public,
        "accessed": reference.seen,
    }
    item = {
        "id": source.id,
        "type": source.type.value,
        "title": reference.title,
        named: reference.publisher,
        "author": [{"literal": author}] if author else None,
        **{name: _csl_date(when) for name, when in dates.items() if when},
        "language": source.language,
        "URL": source.url,
        "archive": urlsplit(source.archive).hostname if source.archive else None,
        "archive_location": source.archive,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(when: CitedDate) -> dict[str, Any]:
    """Convert a date to `date-parts`, marked `circa` if it is uncertain, or to a `literal`."""
    if not when.parts:
        return {"literal": when.words}
    return {"date-parts": [list(when.parts)]} | ({"circa": True} if when.mark else {})


def _entry(reference: Reference) -> str:
    source, issued = reference.source, reference.issued
    kind = _ENTRY_TYPES[source.type]
    publisher = escape_latex(reference.publisher)
    year, month = f"{issued.parts[0]:04}" if issued.parts else issued.words, issued.parts[1:2]
    fields = {
        "author": f"{{{escape_latex(reference.author)}}}" if reference.author else "",
        "key": "" if reference.author else f"{publisher} {year}",
        "title": f"{{{escape_latex(reference.title)}}}",
        kind.published: f"{{{publisher}}}" if kind.published in _BRACED else publisher,
        "type": "Report" if kind.name == "report" else "",  # biblatex requires it
        "entrysubtype": kind.subtype,
        "date": issued.text,
        "year": year,
        "month": _MONTHS[month[0] - 1] if month else "",
        "sortyear": "" if issued.parts else f"{issued.first_year:04}",
        "urldate": reference.seen.text if reference.seen else "",
        "langid": _BABEL.get(source.language.partition("-")[0], ""),
        "url": escape_address(source.url),
        "eprint": escape_address(source.archive),
        "eprinttype": "archive" if source.archive else "",
        "note": escape_latex(reference.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind.name}{{{source.id},", *lines, "}", ""])


def write_csl(job: Job) -> bytes:
    """The sources of a job as CSL-JSON."""
    return csl_json(_listed(job)).encode()


def write_bibtex(job: Job) -> bytes:
    """The sources of a job as BibTeX."""
    return bibtex(_listed(job)).encode()


def _listed(job: Job) -> Sequence[Source]:
    """The register that a job names, or else the sources that its replays cite."""
    return cited(job.replays, job.given.collectives) if job.register is None else job.register
