"""View model of a report: plain values shown with the same words in HTML and Markdown.

In every text, invisible characters are already made visible. No text is escaped yet.
"""

from __future__ import annotations

from attrs import frozen

from recognition_model.analysis.edition import Edition
from recognition_model.analysis.stamp import Stamp
from recognition_model.core.basis import Basis
from recognition_model.core.stages import Stage


@frozen
class Ref:
    """A footnote mark: the source's number and id, the paragraph, and the address to link to."""

    number: int
    source: str
    href: str
    at: str = ""


@frozen(kw_only=True)
class Proof:
    """One item of evidence: its claim, voice, grade and source."""

    claim: str
    voice: str
    grade: str
    ref: Ref
    disputes: bool = False
    announces: bool = False


@frozen(kw_only=True)
class Entry:
    """One entry of a country's scenario and its result. `stage` is the one it led to, if any.

    `basis` is what the stage of a start rests on, if it is only assumed. `anchor` names its row,
    `line` is its line in the file. `family` is the family of a signal, empty for all others.
    """

    date: str
    deed: str
    result: str
    stage: Stage | None = None
    basis: Basis | None = None
    note: str = ""
    reasons: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    struck: bool = False
    anchor: str = ""
    line: int = 0
    family: str = ""


@frozen(kw_only=True)
class Doubt:
    """An entry that is refused, deprecated, contradicted or disputed, with the reasons."""

    date: str
    deed: str
    kinds: str
    reasons: tuple[str, ...]
    against: tuple[Proof, ...] = ()
    anchor: str = ""


@frozen(kw_only=True)
class ActView:
    """An act, open or closed: where it leads or its unmet conditions, and the evidence needed.

    `only_if` says what must happen in the world besides; it is empty for most acts.
    """

    act: str
    only_if: str
    open: bool
    what: tuple[str, ...]
    needs: str


@frozen(kw_only=True)
class NextActsView:
    """Acts that could follow a state. `given` names the state if several are possible."""

    given: str
    acts: tuple[ActView, ...]


@frozen(kw_only=True)
class FindingView:
    """A finding: code, severity, place, message and hint."""

    code: str
    severity: str
    place: str
    message: str
    hint: str


@frozen(kw_only=True)
class FigureView:
    """A figure: its SVG, its content in words and as a table, and how to cite it.

    The SVG is ready for a page, or stands alone if it is for a file. `stamp` says in JSON what the
    figure was made from, `notes` how to read it.
    """

    name: str
    title: str
    description: str
    caption: str
    notes: tuple[str, ...]
    svg: str
    csv: str
    citation: str
    bibtex: str
    stamp: str


@frozen(kw_only=True)
class ChainLink:
    """One entry behind an answer, in a few words, and the anchor of its row."""

    text: str
    anchor: str


@frozen(kw_only=True)
class Row:
    """One row of the table of countries. `sort` is the stage's rank and the first day (ordinal).

    `chain` lists the entries that made the answer.
    """

    words: str
    stages: tuple[Stage, ...]
    basis: Basis | None
    ban: str
    since: str
    who: str
    ref: Ref | None
    until: str
    sort: tuple[int, int]
    chain: tuple[ChainLink, ...]


@frozen(kw_only=True)
class Standing:
    """A country with its row of the table."""

    code: str
    name: str
    row: Row


@frozen(kw_only=True)
class Country(Standing):
    """The section on one country. `answer` is a sentence: text, source, text.

    `grounds` says on what the answer rests. `hidden` counts entries that were not public by
    `known_by`.
    """

    title: str
    file: str
    answer: tuple[str, Ref | None, str]
    grounds: str
    doctrine: str
    doctrine_proofs: tuple[Proof, ...]
    doctrine_anchor: str
    picture: FigureView
    entries: tuple[Entry, ...]
    hidden: int
    known_by: str
    doubts: tuple[Doubt, ...]
    outlooks: tuple[NextActsView, ...]
    findings: tuple[FindingView, ...]


@frozen(kw_only=True)
class ClaimView:
    """A claim about many countries, how far it holds, and which countries contradict it."""

    anchor: str
    date: str
    claim: str
    holds: str
    note: str
    reasons: tuple[str, ...]
    proofs: tuple[Proof, ...]


@frozen(kw_only=True)
class Cited:
    """Citations of a source in one section: address and date of each entry that cites it."""

    where: str
    links: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class Reference:
    """A source in the bibliography. `url` and `archive` are http(s) URLs or empty."""

    number: int
    id: str
    anchor: str
    author: str
    title: str
    publisher: str
    issued: str
    public: str
    seen: str
    kind: str
    language: str
    url: str
    archive: str
    grade: str
    reliability: str
    note: str
    cited: tuple[Cited, ...]


@frozen(kw_only=True)
class Land:
    """A country on a map: its shape or dot, how it looks, and what is said of it."""

    code: str
    href: str
    words: str
    look: str
    path: str
    dot: tuple[int, int] | None


@frozen(kw_only=True)
class MapView:
    """A map. `others` are the shapes without a record, as one path; `counts` are by stage.

    The last count is of the countries that may be at several stages.
    """

    width: int
    height: int
    others: str
    home: str
    lands: tuple[Land, ...]
    counts: tuple[int, ...]
    note: str
    source: str


@frozen(kw_only=True)
class Page:
    """A whole report. `left_out` says which pictures cannot be drawn, and why.

    `title` says what the report is about, `finding` where the countries stand. `families` are
    those of its signals, `notes` say how to read several figures, `cite` says how to cite it: as
    text and as BibTeX.
    """

    title: str
    finding: str
    known_by: str
    until: str
    pictures: tuple[FigureView, ...]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    countries: tuple[Country, ...]
    map: MapView | None
    families: tuple[str, ...]
    basis: str
    claims: tuple[ClaimView, ...]
    findings: tuple[FindingView, ...]
    sources: tuple[Reference, ...]
    csl: str
    bibtex_entries: tuple[str, ...]
    data: str
    edition: Edition
    stamp: Stamp
    cite: tuple[str, str]

    @property
    def bibtex(self) -> str:
        """The sources as a BibTeX file."""
        return "\n".join(self.bibtex_entries)
