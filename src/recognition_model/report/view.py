"""What a report is made of: plain values that the page and the Markdown show in the same words.

Every text is ready to be shown, its invisible characters made visible; nothing is escaped yet.
"""

from __future__ import annotations

from attrs import frozen

from recognition_model.core.stages import Stage


@frozen
class Ref:
    """A footnote mark: the source's number, the paragraph, a name to come back to or none."""

    number: int
    at: str = ""
    anchor: str = ""


@frozen(kw_only=True)
class Proof:
    """One piece of evidence: what is said, in whose voice, how graded, and where."""

    claim: str
    voice: str
    grade: str
    ref: Ref
    disputes: bool = False
    announces: bool = False


@frozen(kw_only=True)
class Entry:
    """One entry of a country's record and what came of it. `stage`: the one it led to, if any."""

    date: str
    deed: str
    result: str
    stage: Stage | None = None
    note: str = ""
    reasons: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    struck: bool = False


@frozen(kw_only=True)
class Doubt:
    """An entry that was refused, deprecated, contradicted or disputed, and every reason."""

    date: str
    deed: str
    kinds: str
    reasons: tuple[str, ...]
    against: tuple[Proof, ...] = ()


@frozen(kw_only=True)
class ActView:
    """An act, open or closed: the conditions unmet rule by rule, and what it would take."""

    act: str
    open: bool
    what: tuple[str, ...]
    needs: str


@frozen(kw_only=True)
class NextActsView:
    """What could happen next from one state. `given` names it where several are possible."""

    given: str
    acts: tuple[ActView, ...]


@frozen(kw_only=True)
class FindingView:
    """A finding: its code and severity, the place, the message and the way out."""

    code: str
    severity: str
    place: str
    message: str
    hint: str


@frozen(kw_only=True)
class FigureView:
    """A picture: the standalone SVG, and its contents in words."""

    name: str
    title: str
    description: str
    caption: str
    svg: str


@frozen(kw_only=True)
class Row:
    """One line of the table of countries. `sort`: keys by column, larger for later or higher."""

    words: str
    stages: tuple[Stage, ...]
    ban: str
    since: str
    who: str
    ref: Ref | None
    until: str
    sort: tuple[int, int]


@frozen(kw_only=True)
class Country:
    """All that is told of one country. `answer` is one sentence, the source in its middle."""

    code: str
    name: str
    title: str
    file: str
    row: Row
    answer: tuple[str, Ref | None, str]
    doctrine: str
    doctrine_proofs: tuple[Proof, ...]
    picture: FigureView
    entries: tuple[Entry, ...]
    hidden: int
    doubts: tuple[Doubt, ...]
    outlooks: tuple[NextActsView, ...]
    findings: tuple[FindingView, ...]


@frozen(kw_only=True)
class ClaimView:
    """A claim about many countries, how far it holds, and who speaks against it."""

    date: str
    claim: str
    holds: str
    note: str
    reasons: tuple[str, ...]
    proofs: tuple[Proof, ...]


@frozen(kw_only=True)
class Cited:
    """One country's citations of a source: the names to go back to."""

    where: str
    anchors: tuple[str, ...]


@frozen(kw_only=True)
class Reference:
    """A source in the bibliography. `url` and `archive` are http or https addresses, or empty."""

    number: int
    id: str
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
class Page:
    """A whole report."""

    title: str
    known_by: str
    until: str
    pictures: tuple[FigureView, ...]
    countries: tuple[Country, ...]
    claims: tuple[ClaimView, ...]
    findings: tuple[FindingView, ...]
    sources: tuple[Reference, ...]
    csl: str
    bibtex: str
    data: str
    version: str
    digest: str
