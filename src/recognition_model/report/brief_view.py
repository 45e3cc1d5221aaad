"""View model of a brief: plain values shown with the same words in HTML and Markdown.

In every text, invisible characters are already made visible. No text is escaped yet.
"""

from __future__ import annotations

from attrs import frozen

from recognition_model.analysis.edition import Edition
from recognition_model.analysis.stamp import Stamp
from recognition_model.core.stages import Stage
from recognition_model.report.view import FigureView, FindingView, Ref, Reference, Row


@frozen(kw_only=True)
class ChangeView:
    """A change of stage or ban, with its evidence.

    `deed` is the act, `before` and `after` are the states. `perhaps` says that the dates leave open
    whether it falls into the window. `known_on` is the first day of the window on which the public
    record had it, and empty if there is none. `instead` is what the record had until then, `gone`
    says that it had the change then and has it no more. `doubt` is what the file says against it.
    """

    anchor: str
    date: str
    country: str
    deed: str
    before: str
    after: str
    stage: Stage
    who: str
    refs: tuple[Ref, ...]
    against: tuple[Ref, ...] = ()
    note: str = ""
    doubt: str = ""
    perhaps: bool = False
    known_on: str = ""
    instead: str = ""
    gone: bool = False


@frozen(kw_only=True)
class BriefRow:
    """Where one country stood on the last day. `words` has the stage, and a ban in force.

    `until` is the last day of its data, and that of a later search if the data end sooner.
    """

    code: str
    name: str
    words: str
    until: str
    row: Row


@frozen(kw_only=True)
class Brief:
    """A whole brief. `changed` happened in the window, `known` only became known in it.

    `limits` say what the lists leave open. `rows` are the countries with any dealings or a ban on
    `until`, `others` are sentences on those without. `not_drawn` says which figures are missing,
    and why. `command` makes the brief again.
    """

    title: str
    lede: str
    since: str
    until: str
    days: str
    known_by: str
    changed: tuple[ChangeView, ...]
    known: tuple[ChangeView, ...]
    limits: tuple[str, ...]
    headline: str
    rows: tuple[BriefRow, ...]
    others: tuple[str, ...]
    figures: tuple[FigureView, ...]
    not_drawn: tuple[str, ...]
    findings: tuple[FindingView, ...]
    sources: tuple[Reference, ...]
    csl: str
    bibtex: str
    citation: str
    command: str
    edition: Edition
    stamp: Stamp
