"""The columns of a user's own event data as a layout."""

from __future__ import annotations

from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_columns import (
    ActorColumns,
    CountriesBy,
    Delimiter,
    EventColumns,
)
from recognition_model.core.event_layouts import EventLayout, Side

COLUMNS = EventColumns(
    day="when",
    day_format="%d.%m.%Y",
    code="what",
    mode="how",
    actor=ActorColumns(country="c1", code="a1", name="n1", group="g1", type="t1"),
    recipient=ActorColumns(country="c2"),
    mentions="times",
    sources="papers",
    url="link",
    countries_by=CountriesBy.NAME,
    delimiter=Delimiter.SEMICOLON,
)


def test_layout_takes_every_column_from_the_file_that_names_it() -> None:
    used = ("when", "what", "how", "times", "papers", "link", "c1", "a1", "n1", "g1", "t1", "c2")
    assert COLUMNS.used == used
    assert COLUMNS.layout(CodeList.PLOVER) == EventLayout(
        name="columns",
        columns=used,
        header=True,
        codes=CodeList.PLOVER,
        day="when",
        day_format="%d.%m.%Y",
        code="what",
        mode="how",
        first=Side(country="c1", code="a1", name="n1", group="g1", type="t1"),
        second=Side(country="c2", code="", name="", group="", type=""),
        mentions="times",
        sources="papers",
        url="link",
        by_name=True,
        delimiter=";",
        quote='"',
    )


def test_file_without_a_header_line_has_its_columns_named_in_their_order() -> None:
    plain = EventColumns(
        day="d",
        code="e",
        actor=ActorColumns(country="a"),
        recipient=ActorColumns(country="b"),
        delimiter=Delimiter.TAB,
        names=("a", "b", "c", "d", "e"),
    )
    layout = plain.layout(CodeList.CAMEO)
    assert (layout.columns, layout.header) == (("a", "b", "c", "d", "e"), False)
    assert (layout.day_format, layout.by_name) == ("%Y-%m-%d", False)
    assert (layout.delimiter, layout.quote) == ("\t", "")
