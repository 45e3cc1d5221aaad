"""Bibliographies: sources as CSL-JSON and BibTeX, in the order given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from recognition_model.core.dates import When
from recognition_model.core.evidence import Source, SourceType
from recognition_model.core.wording import without_marks
from recognition_model.exports.evidence import cited
from recognition_model.exports.formats import Job

_BIBLATEX = {
    SourceType.ARTICLE_NEWSPAPER: "article",
    SourceType.ARTICLE_JOURNAL: "article",
    SourceType.ARTICLE_MAGAZINE: "article",
    SourceType.BOOK: "book",
    SourceType.BILL: "legislation",
    SourceType.ENTRY_ENCYCLOPEDIA: "inreference",
    SourceType.LEGAL_CASE: "jurisdiction",
    SourceType.LEGISLATION: "legislation",
    SourceType.TREATY: "legal",
    SourceType.REPORT: "report",
    SourceType.POST: "online",
    SourceType.POST_WEBLOG: "online",
    SourceType.WEBPAGE: "online",
}
# biblatex needs babel's language names instead of codes; other languages get no `langid`.
_BABEL = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "ru": "russian",
    "tr": "turkish",
    "uk": "ukrainian",
}
_IN_A_JOURNAL = {"article": "journaltitle"}
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped or not
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_UNSAFE = re.compile(r"[\\{}]")


def csl(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Convert sources to CSL-JSON. Authors are `literal`: the register does not split names."""
    return [_item(source) for source in sources]


def csl_json(sources: Iterable[Source]) -> str:
    """Write a CSL-JSON file for reference managers."""
    return json.dumps(csl(sources), indent=2, ensure_ascii=False) + "\n"


def bibtex(sources: Iterable[Source]) -> str:
    """Write a BibTeX file (biblatex types and fields, UTF-8) with source names as keys."""
    return "\n".join(_entry(source) for source in sources)


def _item(source: Source) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": source.id,
        "type": source.type.value,
        "title": without_marks(source.title),
        "publisher": without_marks(source.publisher),
    }
    if source.type.value.startswith("article"):
        item["container-title"] = without_marks(source.publisher)
    if source.author:
        item["author"] = [{"literal": without_marks(source.author)}]
    item["issued"] = _csl_date(source.issued)
    if source.public != source.issued:
        item["available-date"] = _csl_date(source.public)
    if source.seen:
        item["accessed"] = _csl_date(source.seen)
    item["language"] = source.language
    note = without_marks(source.note or "")
    optional = {"URL": source.url, "archive_location": source.archive, "note": note}
    return item | {key: value for key, value in optional.items() if value}


def _csl_date(when: When) -> dict[str, Any]:
    """Convert a date to `date-parts`, marked `circa` if it is uncertain.

    CSL cannot express an interval open on one side; such a date becomes a `literal`.
    """
    ends = when.text.rstrip("~?").split("..")
    if not all(ends):
        return {"literal": when.text}
    dated: dict[str, Any] = {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}
    # `a..b` is one day within an interval; without `circa`, CSL would read it as a duration.
    return dated | ({"circa": True} if ends != [when.text] else {})


def _entry(source: Source) -> str:
    kind = _BIBLATEX.get(source.type, "misc")
    fields = {
        "author": f"{{{_latex(source.author)}}}" if source.author else "",
        "title": f"{{{_latex(source.title)}}}",
        _IN_A_JOURNAL.get(kind, "publisher"): _latex(source.publisher),
        "date": _edtf(source.issued),
        "urldate": source.seen.text if source.seen and source.seen.exact else "",
        "langid": _BABEL.get(source.language.partition("-")[0], ""),
        "url": _address(source.url),
        "eprint": _address(source.archive),
        "eprinttype": "archive" if source.archive else "",
        "note": _latex(source.note or ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{source.id},", *lines, "}", ""])


def _latex(text: str) -> str:
    """Put a text on one line and escape LaTeX's special characters."""
    return "".join(_LATEX.get(char, char) for char in " ".join(without_marks(text).split()))


def _edtf(when: When) -> str:
    """Write a date as ISO 8601-2 for biblatex: our notation with a slash between two ends."""
    return when.text.replace("..", "/")


def _address(url: str | None) -> str:
    """Quote braces and backslashes in a URL, which biblatex reads verbatim."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url or "")


def write_csl(job: Job) -> bytes:
    """The sources of a job as CSL-JSON."""
    return csl_json(_listed(job)).encode()


def write_bibtex(job: Job) -> bytes:
    """The sources of a job as BibTeX."""
    return bibtex(_listed(job)).encode()


def _listed(job: Job) -> Sequence[Source]:
    """The register that a job names, or else the sources that its replays cite."""
    return cited(job.replays) if job.register is None else job.register
