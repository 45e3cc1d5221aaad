"""The codebook as a page: how its parts are written in Markdown and in HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

import recognition_model as rm
from recognition_model.exports import export
from recognition_model.exports.codebook_pages import Section, html, markdown

PARTS = (
    Section(title="A book", level=1, says=("One `word`.", "Two.")),
    Section(title="A table", says=("Three.",), columns=("name", "meaning"), rows=(("a", "b|c"),)),
)


def test_markdown_has_headings_paragraphs_and_tables_apart() -> None:
    assert markdown(PARTS) == (
        "# A book\n"
        "\n"
        "One `word`.\n"
        "\n"
        "Two.\n"
        "\n"
        "## A table\n"
        "\n"
        "Three.\n"
        "\n"
        "| name | meaning |\n"
        "| --- | --- |\n"
        "| a | b\\|c |\n"
        "\n"
    )


def test_html_heads_each_row_with_its_first_cell() -> None:
    page = html(PARTS)
    assert '<h1 id="a-book">A book</h1>\n<p>One <code>word</code>.</p>\n<p>Two.</p>\n' in page
    assert '<tr><th scope="col">name</th><th scope="col">meaning</th></tr>' in page
    assert '<tr><th scope="row">a</th><td>b|c</td></tr>' in page


def test_part_without_rows_has_no_table() -> None:
    part = Section(title="Words", columns=("name",))
    assert part.rows == ()
    assert markdown([part]) == "## Words\n\n"
    assert "<table>" not in html([part])


class Cells(HTMLParser):
    """Collects the texts of the cells of all tables."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag in ("td", "th"):
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1] += data


@pytest.mark.parametrize("ending", ["md", "html"])
def test_cell_without_a_value_is_empty(ending: str) -> None:
    words = rm.load_folder().vocabulary
    page = export("codebook", [], ending, vocabulary=words).decode()
    if ending == "md":
        lines = [line for line in page.splitlines() if line.startswith("| ")]
        cells = [cell.strip() for line in lines for cell in line.split("|")[1:-1]]
    else:
        reader = Cells()
        reader.feed(page)
        cells = reader.found
    assert "" in cells
    assert "None" not in cells
