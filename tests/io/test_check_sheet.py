"""Verdicts in CSV and in YAML are read alike."""

import pytest

from recognition_model.io.check_sheet import SheetError, sheet_rows

CSV = """\
country,entry,result,against,found
RUS,3,agrees,tass-2022-01-31; https://example.org/a,
CHN,12,wrong,a-source,"The day, not the month"
"""
YAML = """\
- {country: RUS, entry: 3, result: agrees, against: [tass-2022-01-31, "https://example.org/a"]}
- country: CHN
  entry: 12
  result: wrong
  against: a-source
  found: The day, not the month
"""


def test_sheet_in_csv_and_list_in_yaml_give_the_same_rows() -> None:
    rows = sheet_rows(CSV, "sheet.csv")
    assert rows == sheet_rows(YAML, "verdicts.yaml") == sheet_rows(YAML, "standard input")
    assert rows[0] == {
        "country": "RUS",
        "entry": "3",
        "result": "agrees",
        "against": "tass-2022-01-31; https://example.org/a",
    }
    assert rows[0].listed("against") == ["tass-2022-01-31", "https://example.org/a"]
    assert rows[1]["found"] == "The day, not the month"
    assert [row.where for row in rows] == ["sheet.csv:2", "sheet.csv:3"]


def test_sheet_may_have_semicolons_between_its_columns() -> None:
    sheet = 'country;entry;result;against\nRUS;3;agrees;"a-source; b-source"\n'
    (row,) = sheet_rows(sheet, "sheet.csv")
    assert (row["entry"], row.listed("against")) == ("3", ["a-source", "b-source"])


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("country,resutl\nRUS,agrees\n", "s.csv", "s.csv:2: unknown column 'resutl': did you mean"),
        ("country,result\nRUS\n", "s.csv", "s.csv:2: the row has more or fewer cells"),
        ("country\nRUS,agrees\n", "s.csv", "s.csv:2: the row has more or fewer cells"),
        ('country,result\n"RUS,agrees\n', "s.csv", "s.csv:"),
        ("country: RUS\n", "s.yaml", "s.yaml: not a list of mappings"),
        ("- RUS\n", "s.yaml", "s.yaml:1: not a mapping"),
        ("- {country: [RUS, CHN]}\n", "s.yaml", "s.yaml:1: 'country' is not a text"),
        ("- {country: RUS, country: CHN}\n", "s.yaml", "duplicate key 'country'"),
    ],
)
def test_sheet_that_cannot_be_used_is_named_with_its_line(text: str, name: str, said: str) -> None:
    with pytest.raises(SheetError) as raised:
        sheet_rows(text, name)
    assert said in str(raised.value)
