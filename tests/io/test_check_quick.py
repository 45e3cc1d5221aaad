"""Lines that `checked` writes are read by their layout, as the reader reads them."""

import pytest

from recognition_model.core.checks import CheckFile
from recognition_model.core.diagnostics import Finding
from recognition_model.io.check_quick import quick_checks
from recognition_model.io.reader import Reader
from recognition_model.io.shipped import record_root
from recognition_model.io.strict_yaml import parse

DIGEST = "en1-" + "0f" * 16
HEAD = """\
# mine
format: recognition-checked/1
samples:
  "spring": {seed: 7, size: 9, population: 9, record: a record, on: 2026-05-01}
checked:
"""


def line(rest: str, *, on: str = "2026-05-02", country: str = "RUS") -> str:
    return (
        f'  - {{country: {country}, entry: "visit 2024", digest: {DIGEST}, on: {on}, by: other,'
        f" result: {rest}}}\n"
    )


def fully(text: str) -> tuple[CheckFile | None, list[Finding]]:
    reader = Reader({})
    made = reader.checks(parse(text, "checked.yaml"))
    return made, reader.findings


def quickly(text: str) -> tuple[CheckFile | None, list[Finding]]:
    quick, rest = quick_checks(text, "checked.yaml")
    reader = Reader({})
    made = reader.checks(parse(rest, "checked.yaml"), quick)
    return made, reader.findings


def places(made: CheckFile | None) -> list[tuple[int, int, str]]:
    return [(c.place.line, c.place.column, c.place.text) for c in made.checked] if made else []


QUICK = [
    line("agrees, against: [a-source]"),
    line('agrees, against: [a-source, b-2024], pages: ["https://example.org/a,b#c"]'),
    line('corrected, against: [a], sample: "spring", was: en1-' + "1f" * 16 + ', found: "No: #1."'),
    line("not-found", country="CHN"),
]
SLOW = [
    line("agrees, against: [a, b, ]"),
    line('wrong, against: [a], found: "caf\N{LATIN SMALL LETTER E WITH ACUTE}"'),
    line('wrong, against: [a], found: "a \\"word\\""'),
    line("wrong, against: [a], found: 'one'"),
    line('wrong, against: [a], found: " one "'),
    "  - country: RUS\n    entry: visit 2024\n    digest: " + DIGEST + "\n    on: 2026-05-02\n"
    "    by: coder\n    result: not-found\n",
    line("not-found").replace("  - ", "  -  "),
]
WRONG = [
    line("agrees"),
    line("wrong, against: [a]"),
    line("agreed, against: [a]"),
    line("not-found", country="XXX"),
    line("not-found", on="2026-02-30"),
    line('not-found, sample: "autumn"'),
    line("not-found, with: me"),
]


@pytest.mark.parametrize("own", QUICK)
def test_line_as_written_is_read_by_its_layout(own: str) -> None:
    quick, rest = quick_checks(HEAD + own, "checked.yaml")
    assert len(quick) == 1
    assert rest == HEAD.replace("checked:", "checked: []") + "\n"


@pytest.mark.parametrize("own", [*SLOW, *WRONG[:5], *WRONG[6:]])
def test_other_line_is_left_to_the_reader(own: str) -> None:
    assert quick_checks(HEAD + own, "checked.yaml") == ((), HEAD + own)


@pytest.mark.parametrize("own", [*QUICK, *SLOW, *WRONG])
def test_both_ways_read_the_same_and_find_the_same(own: str) -> None:
    text = HEAD + QUICK[0] + own + "  # a comment\n" + QUICK[3]
    made, findings = quickly(text)
    slow, expected = fully(text)
    assert made == slow
    assert places(made) == places(slow)
    assert findings == expected
    assert bool(findings) is (own in WRONG)


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("checked:", "checked: []"),
        HEAD.replace("checked:", "checked:  # below") + QUICK[0],
        HEAD + QUICK[0].replace("  - ", "- "),
        (HEAD + QUICK[0]).replace("\n", "\r\n"),
        "checked:\n" + QUICK[0] + "format: recognition-checked/1\n",
        (HEAD + QUICK[0]).replace("# mine\n", "# mine\r# and yours\r"),  # two lines more to YAML
        HEAD,
        "",
    ],
)
def test_file_of_another_layout_is_read_the_same(text: str) -> None:
    quick, full = quickly(text), fully(text)
    assert quick == full
    assert places(quick[0]) == places(full[0])


def test_shipped_list_is_read_the_same() -> None:
    text = (record_root("seeds") / "checked.yaml").read_text(encoding="utf-8")
    assert len(quick_checks(text, "checked.yaml")[0]) > 50
    assert quickly(text) == fully(text)
    assert quickly(text)[0] is not None
