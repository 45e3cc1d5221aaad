"""Lines are added to a list of checked entries without a change to what is there."""

from datetime import date

import pytest

import recognition_model as rm
from recognition_model.core.checks import Check, CheckedBy, CheckFile, CheckResult, Sample
from recognition_model.io.check_lines import NotAddedError, with_lines
from recognition_model.io.reader import Reader
from recognition_model.io.strict_yaml import parse

DIGEST = "en1-" + "0f" * 16
ONE = Check(
    country="RUS",
    entry="visit_made 2026-01-02",
    digest=DIGEST,
    on=date(2026, 5, 2),
    by=CheckedBy.OTHER,
    result=CheckResult.CORRECTED,
    against=("yearbook-2026",),
    pages=("https://example.org/a?b=1#c",),
    sample="spring",
    was="en1-" + "1f" * 16,
    found='The day: "Monday". # not {Tuesday}: \N{LATIN SMALL LETTER E WITH ACUTE}',
)
PLAIN = Check(
    country="RUS",
    entry="visit 2024",
    digest=DIGEST,
    on=date(2026, 5, 3),
    by=CheckedBy.CODER,
    result=CheckResult.NOT_FOUND,
)
SAMPLE = Sample(name="spring", seed=7, size=2, population=9, record="a record", on=date(2026, 5, 1))


def read(text: str) -> CheckFile:
    reader = Reader({})
    made = reader.checks(parse(text, "checked.yaml"))
    assert made is not None, reader.findings
    return made


def test_new_file_reads_back_as_what_was_added() -> None:
    made = read(with_lines("", [ONE, PLAIN], [SAMPLE]))
    assert made.checked == (ONE, PLAIN)
    assert made.samples == {"spring": SAMPLE}


def test_sample_may_be_written_before_any_check() -> None:
    text = with_lines("", [], [SAMPLE])
    assert read(text).checked == ()
    assert read(with_lines(text, [ONE])).checked == (ONE,)


@pytest.mark.parametrize(
    "text",
    [
        "# mine\nformat: recognition-checked/1   # ours\nchecked:  # below\n  # first\n{}# last\n",
        "format: recognition-checked/1\nchecked:\n\n{}\n\n",
        "format: recognition-checked/1\nchecked:\n{}",
        "format: recognition-checked/1\nchecked: []  # none yet\n",
    ],
)
@pytest.mark.parametrize("indent", ["", "  ", "      "])
def test_lines_that_were_there_stay(text: str, indent: str) -> None:
    old = (
        f"{indent}- {{country: RUS, entry: visit 2023, digest: {DIGEST}, on: 2026-05-01,"
        " by: coder, result: not-found}"
    )
    if "{}" in text:
        text = text.replace("{}", f"{old}\n")
    made = with_lines(text, [PLAIN])
    assert read(made).checked[-1] == PLAIN
    there = text.replace("checked: []", "checked:").splitlines()
    assert made.splitlines()[: len(there)] == there
    assert len(read(made).checked) == 1 + text.count("country: RUS")


def test_second_sample_is_added_beside_the_first() -> None:
    text = with_lines("", [], [SAMPLE]).replace("samples:", "samples:  # drawn")
    other = Sample(name="autumn", seed=8, size=1, population=9, record="r", on=date(2026, 9, 1))
    made = with_lines(text, [ONE], [other])
    assert read(made).samples == {"spring": SAMPLE, "autumn": other}
    assert "samples:  # drawn\n" in made


@pytest.mark.parametrize(
    "text",
    [
        # `checked:` is not the last key, or has its entries in brackets.
        f"format: recognition-checked/1\nchecked:\n- {{country: RUS, entry: v, digest: {DIGEST},"
        " on: 2026-05-01, by: coder, result: not-found}\nsamples: {}\n",
        f"format: recognition-checked/1\nchecked: [{{country: RUS, entry: v, digest: {DIGEST},"
        " on: 2026-05-01, by: coder, result: not-found}]\n",
    ],
)
def test_layout_that_cannot_be_added_to_raises(text: str) -> None:
    read(text)
    with pytest.raises((NotAddedError, rm.RecordError)):
        with_lines(text, [PLAIN])


def test_file_in_braces_cannot_be_added_to() -> None:
    with pytest.raises(NotAddedError, match="`checked:` must stand alone on its line"):
        with_lines("{format: recognition-checked/1, checked: []}\n", [PLAIN])


def test_file_with_errors_is_not_added_to() -> None:
    with pytest.raises(rm.RecordError, match="RM201 unknown key 'chekced'"):
        with_lines("format: recognition-checked/1\nchekced: []\nchecked: []\n", [PLAIN])


def test_entry_that_its_sample_has_already_is_not_added() -> None:
    text = with_lines("", [ONE], [SAMPLE])
    with pytest.raises(rm.RecordError, match="RM228"):
        with_lines(text, [ONE])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("result: wrong, against: [a]", "a check with the result wrong needs the key 'found'"),
        ("result: agrees", "a check with the result agrees needs the key 'against'"),
        ("result: agreed, against: [a]", "'agreed' is not known here"),
        ("result: agrees, against: [a], on: 2026", "duplicate key 'on'"),
        ("result: agrees, against: [a], with: me", "unknown key 'with'"),
    ],
)
def test_reader_tells_what_is_wrong_with_a_line(line: str, said: str) -> None:
    reader = Reader({})
    text = (
        "format: recognition-checked/1\nchecked:\n  - {country: RUS, entry: visit 2024,"
        f" digest: {DIGEST}, on: 2026-05-01, by: other, {line}}}\n"
    )
    assert reader.checks(parse(text, "checked.yaml")) is None
    assert said in reader.findings[0].message
    assert reader.findings[0].place.line == 3


def test_samples_that_are_no_mapping_are_a_finding() -> None:
    reader = Reader({})
    text = "format: recognition-checked/1\nsamples: [spring]\nchecked: []\n"
    assert reader.checks(parse(text, "checked.yaml")) is None
    assert [found.code for found in reader.findings] == ["RM203"]
