"""The codebook as a page: in Markdown and in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from attrs import frozen

from recognition_model.analysis.edition import Edition
from recognition_model.core.wording import plural, without_marks
from recognition_model.engine.invariants import INVARIANTS
from recognition_model.exports.catalogue import package_tables, table_of
from recognition_model.exports.codebook import READINGS, Variable, variables
from recognition_model.exports.column_history import BECAME, LATEST
from recognition_model.exports.formats import Job
from recognition_model.exports.given import Given
from recognition_model.exports.table_schema import Categories, Table


@frozen(kw_only=True)
class Section:
    """A part of the page: heading, paragraphs, and a table if it has rows."""

    title: str
    level: int = 2
    says: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def anchor(self) -> str:
        """Its name for links into the page."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


def sections(given: Given, tables: Sequence[Table], edition: Edition) -> Iterator[Section]:
    """Yield the parts of the codebook of these tables, made from what is given."""
    made = {table.name: table for table in tables}
    described = [*variables(tables)]
    yield Section(
        title="Codebook: relations with the Taliban",
        level=1,
        says=(
            "This page describes every variable and every value of the tables that"
            " recognition_model exports.",
            "An empty cell means that nothing is known, or that the column does not apply. It"
            " never means no.",
            READINGS[given.dates],
            f"Version: {edition.version}.",
        ),
    )
    yield Section(
        title="Tables",
        columns=("table", "a row is", "key", "refers to"),
        rows=tuple(
            (
                table.name,
                table.description,
                ", ".join(table.key),
                ", ".join(dict.fromkeys(name for name, _ in table.links.values())),
            )
            for table in tables
        ),
    )
    for table in tables:
        yield _table(table, [one for one in described if one.table is table])
    yield Section(title="Lists of values")
    lists = {one.categories.name: one.categories for one in described if one.categories}
    for name, listed in lists.items():
        used = [f"{one.table.name}.{one.name}" for one in described if one.categories == listed]
        yield _list(name, listed, used)
    yield _words("Rules", made["rules"])
    yield Section(
        title="Invariants",
        says=("What must hold of every history. A breach is a finding of a replay.",),
        columns=("code", "invariant", "why"),
        rows=tuple((one.code, one.name, one.why) for one in INVARIANTS),
    )
    yield _words("Signals", made["signals"])
    yield _changed(described)


def _table(table: Table, described: Sequence[Variable]) -> Section:
    return Section(
        title=f"Table {table.name}",
        level=3,
        says=(table.description,),
        columns=("variable", "type", "unit", "meaning", "coding rule", "values", "example"),
        rows=tuple(
            (
                one.name,
                one.type,
                one.field.unit,
                one.field.description,
                one.field.rule,
                one.categories.name if one.categories else one.refers_to,
                one.example,
            )
            for one in described
        ),
    )


def _list(name: str, listed: Categories, used: Sequence[str]) -> Section:
    order = ("The list is ordered; the numbers are places, not distances.",) * listed.ordered
    heads = ("place", "value", "meaning") if listed.ordered else ("value", "meaning")
    rows = [(word, meaning) for word, meaning in listed.meanings.items()]
    return Section(
        title=f"List {name}",
        level=3,
        says=(*filter(None, (listed.rule,)), *order, f"Used in {', '.join(used)}."),
        columns=heads,
        rows=tuple((str(at), *row) if listed.ordered else row for at, row in enumerate(rows)),
    )


def _words(title: str, table: Table) -> Section:
    return Section(
        title=title,
        says=(table.description,),
        columns=tuple(column.name for column in table.fields),
        rows=tuple(tuple("" if c is None else str(c) for c in row) for row in table.rows),
    )


def _changed(described: Iterable[Variable]) -> Section:
    new = [(f"{one.table.name}.{one.name}", "new") for one in described if one.new]
    gone = [(f"{table}.{name}", became) for (table, name), became in BECAME.items()]
    said = f"{plural(len(new), 'column', 'columns')} came with release {LATEST} of the data."
    return Section(
        title="What changed since the release before",
        says=(said,),
        columns=("column", "what became of it"),
        rows=(*gone, *new),
    )


# --- Markdown ------------------------------------------------------------------------------------

_MARKUP = re.compile(r"([\\`*\[\]|~<>]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")


def markdown(parts: Iterable[Section]) -> str:
    """Write the parts as GitHub Markdown."""
    return "\n".join(line for part in parts for line in _markdown(part)) + "\n"


def _markdown(part: Section) -> Iterator[str]:
    yield from (f"{'#' * part.level} {_marked(part.title)}", "")
    for said in part.says:
        yield from (_marked(said), "")
    if part.rows:
        yield f"| {' | '.join(part.columns)} |"
        yield f"|{' --- |' * len(part.columns)}"
        yield from (f"| {' | '.join(map(_marked, row))} |" for row in part.rows)
        yield ""


def _marked(said: str) -> str:
    code = re.split(r"(`[^`]*`)", " ".join(without_marks(said).split()))
    return "".join(one if one.startswith("`") else _MARKUP.sub(r"\\\1", one) for one in code)


# --- HTML ----------------------------------------------------------------------------------------

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid #ccc; padding: 0.3rem 0.6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; min-width: 4rem; }
th[scope=row] { font-family: ui-monospace, monospace; font-weight: 600; white-space: nowrap; }
code { font-family: ui-monospace, monospace; }
nav ul { columns: 16rem; }
@media print { body { max-width: none; } .wide { overflow: visible; } }
"""


def html(parts: Iterable[Section]) -> str:
    """Write the parts as one HTML page without scripts or other files."""
    parts = tuple(parts)
    title = escape(parts[0].title)
    links = "".join(
        f'<li><a href="#{part.anchor}">{escape(part.title)}</a></li>' for part in parts[1:]
    )
    body = "".join(map(_html, parts[:1])) + f'<nav aria-label="Contents"><ul>{links}</ul></nav>'
    body += "".join(map(_html, parts[1:]))
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n<main>\n{body}</main>\n</html>\n"
    )


def _html(part: Section) -> str:
    level = part.level
    said = "".join(f"<p>{_coded(one)}</p>\n" for one in part.says)
    heading = f'<h{level} id="{part.anchor}">{escape(part.title)}</h{level}>\n{said}'
    if not part.rows:
        return heading
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in part.columns)
    rows = "".join(
        f'<tr><th scope="row">{_coded(row[0])}</th>'
        + "".join(f"<td>{_coded(cell)}</td>" for cell in row[1:])
        + "</tr>\n"
        for row in part.rows
    )
    table = f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"
    return (
        f'{heading}<div class="wide" tabindex="0" role="region" aria-labelledby="{part.anchor}">'
        f"{table}</div>\n"
    )


def _coded(said: str) -> str:
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(without_marks(said)))


def write(job: Job) -> bytes:
    """The codebook that a job asks for: a page, or a table in CSV."""
    if job.ending == "csv":
        return table_of("codebook", job.given).csv()
    pages = {"md": markdown, "html": html}
    given = job.given
    return pages[job.ending](sections(given, package_tables(given), given.edition())).encode()
