"""Verdicts on leads are read from a table, and a row that is no verdict is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition_model.io.lead_verdicts import VerdictsError, is_of_leads, verdict_rows


def table(folder: Path, text: str) -> Path:
    path = folder / "done.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("mark", "sep"), [("", ","), ("\ufeff", ";")])
def test_rows_with_a_verdict_are_given_with_their_lines(
    mark: str, sep: str, tmp_path: Path
) -> None:
    rows = ["country,lead,verdict", "RUS,a1, news ", "CHN,b2,", 'IRN," c3",not-news']
    path = table(tmp_path, mark + "\n".join(row.replace(",", sep) for row in rows))
    assert [*verdict_rows(path)] == [("a1", "news", f"{path}:2"), ("c3", "not-news", f"{path}:4")]
    assert is_of_leads(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lead,note\na1,news\n", "1: the column 'verdict' is missing"),
        ("", "1: the column 'lead' is missing"),
        ("lead,verdict\na1,news\nb2\n", "3: the row has more or fewer cells than the heading"),
        ("lead,verdict\na1,news,\n", "2: the row has more or fewer cells than the heading"),
        ("lead,verdict\n ,news\n", "2: the verdict 'news' names no lead"),
    ],
)
def test_row_that_is_no_verdict_is_told_with_its_file_and_line(
    text: str, told: str, tmp_path: Path
) -> None:
    path = table(tmp_path, text)
    with pytest.raises(VerdictsError) as raised:
        list(verdict_rows(path))
    assert str(raised.value) == f"{path}:{told}"


def test_table_without_the_columns_is_not_of_leads(tmp_path: Path) -> None:
    assert not is_of_leads(table(tmp_path, "lead,note\n"))
    assert not is_of_leads(table(tmp_path, 'lead,"verdict\n'))
