"""The smallest record that shows a finding: what is left out, kept and replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.fixtures import Story
from support.paths import FINDINGS, REGISTER

import recognition_model as rm
from recognition_model.analysis.trials import Trials, trials
from recognition_model.core.diagnostics import BESIDE
from recognition_model.io.atomic import NotWritten
from recognition_model.io.strict_yaml import parse

MADE_UP = rm.read_sources(REGISTER)
# Codes of golden cases that no file shows to `replay`: those of other kinds of files, of texts, of
# options, of a rule table with a mistake, and of an empty folder.
OTHERS = {
    *("RM101", "RM103", "RM213", "RM223", "RM224", "RM311", "RM312", "RM313", "RM314", "RM315"),
    *(f"RM{number}" for number in (*range(230, 237), *range(250, 258), *range(270, 276))),
    *(f"RM{number}" for number in range(610, 617)),
    *("RM602", "RM603", "RM604", "RM606", "RM607"),
}
FOLDERS = [
    pytest.param(path, id=path.name[:5], marks=[pytest.mark.nightly] if at % 6 else [])
    for at, path in enumerate(
        path for path in sorted(FINDINGS.iterdir()) if path.is_dir() and path.name[:5] not in OTHERS
    )
]


def found_in(path: Path) -> list[rm.Finding]:
    return [*rm.findings_in(path, sources=MADE_UP, strict=True)]


def golden(folder: Path) -> tuple[str, Path]:
    """The code of a golden folder, and its first file that shows it alone, or else the folder."""
    code = folder.name[:5]
    files = [path for path in sorted(folder.glob("*.y*ml")) if path.name not in BESIDE]
    for path in (*files, folder):
        if any(one.code == code for one in found_in(path)):
            return code, path
    raise AssertionError(f"nothing in {folder} shows {code}")


def of_code(code: str, found: list[rm.Finding], folder: Path) -> set[tuple[str, str]]:
    """The findings of a code by their files and their words, without numbers and paths."""
    return {
        (Path(one.place.file).name, re.sub(r"\d[\d,]*", "", one.message.replace(f"{folder}/", "")))
        for one in found
        if one.code == code
    }


def errors(found: list[rm.Finding]) -> set[str]:
    return {one.code for one in found if one.is_error}


def written(files: Mapping[str, str], folder: Path) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def smaller(node: Any) -> Iterator[Any]:
    """A value of YAML without each of its parts, written a second time and plainly."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield {k: v for k, v in node.items() if k != key}
            yield from ({**node, key: less} for less in smaller(value))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield [*node[:at], *node[at + 1 :]]
            yield from ([*node[:at], less, *node[at + 1 :]] for less in smaller(value))


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_more_can_be_left_out_of_a_golden_case(folder: Path, tmp_path: Path) -> None:
    code, path = golden(folder)
    first = next(one for one in found_in(path) if one.code == code)
    allowed = {*errors(found_in(path)), code}
    record = rm.smallest(path, code, sources=MADE_UP, strict=True)
    assert record.is_smallest
    assert record.letters <= record.letters_before
    (kept,) = of_code(code, [record.finding], tmp_path)
    before = path.parent if path.is_file() else path
    assert kept in of_code(code, [first], before)

    def still(files: Mapping[str, str], name: str) -> bool:
        folder = written(files, tmp_path / name)
        found = found_in(folder / record.asked if record.asked else folder)
        return kept in of_code(code, found, folder) and errors(found) <= allowed

    assert still(record.files, "smallest")
    number = 0
    for name, text in record.files.items():
        root = parse(text, name).root
        plain = {**record.files, name: json.dumps(root)}
        number += 1
        if root is not None and still(plain, f"plain-{number}"):
            others = [{**record.files, name: json.dumps(less)} for less in smaller(root)]
        else:  # the finding is one of form, and its file was taken by lines or as it is written
            lines = text.split("\n")
            others = [
                {**record.files, name: "\n".join([*lines[:at], *lines[at + 1 :]])}
                for at in range(len(lines))
                if lines[at].strip()
            ]
        for files in others:
            number += 1
            assert not still(files, f"less-{number}"), files[name]


@pytest.mark.parametrize("folder", [one for one in FOLDERS if not one.marks])
def test_anonymous_record_shows_the_code(folder: Path, tmp_path: Path) -> None:
    code, path = golden(folder)
    record = rm.smallest(path, code, sources=MADE_UP, strict=True, anonymous=True)
    there = written(record.files, tmp_path / "anonymous")
    found = found_in(there / record.asked if record.asked else there)
    assert code in {one.code for one in found}
    assert errors(found) <= {*errors(found_in(path)), code}


# --- which finding, and by which other findings it may be accompanied ----------------------------

TWICE = """
- {act: recognise, date: 2022-02-01, evidence: [$press]}
- {act: engage, date: 2022-02-02, evidence: [$press]}
- {act: delist, date: 2022-02-03, evidence: [$host]}
"""


def shrunk(text: str, code: str, folder: Path, **options: Any) -> rm.SmallestRecord:
    path = folder / "RUS.yaml"
    path.write_text(text, encoding="utf-8")
    return rm.smallest(path, code, sources=MADE_UP, **options)


def acts(record: rm.SmallestRecord) -> list[str]:
    return re.findall(r"act: (\w+)", record.files["RUS.yaml"])


def test_of_two_findings_with_a_code_the_first_is_kept(story: Story, tmp_path: Path) -> None:
    record = shrunk(story(TWICE), "RM501", tmp_path)
    assert record.first_of == 2
    assert acts(record) == ["recognise"]


def test_refusal_is_kept_with_its_reasons(story: Story, tmp_path: Path) -> None:
    # Without the engage before it, the delist would be refused for its stage too.
    _, engage, delist = TWICE.strip().splitlines()
    record = shrunk(story(f"{engage}\n{delist}\n"), "RM501", tmp_path)
    assert record.finding.message.startswith("delist")
    assert acts(record) == ["engage", "delist"]


def test_no_error_comes_that_the_file_did_not_have(tmp_path: Path) -> None:
    text = (FINDINGS / "RM201-unknown-key" / "RUS.yaml").read_text(encoding="utf-8")
    record = shrunk(text, "RM201", tmp_path)
    assert [one.code for one in record.findings] == ["RM201"]
    assert record.files["RUS.yaml"] == (  # all that a scenario must have, and the key
        "format: recognition-scenario/1\n"
        "country: RUS\n"
        "tittle: A made-up record\n"
        "start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}\n"
        "documented-until: 2026-01-15\n"
        "timeline: []\n"
    )


def test_source_beside_the_file_stays_only_if_it_is_needed(story: Story, tmp_path: Path) -> None:
    own = "type: book, publisher: P, title: T, issued: 2024-01-01, language: en, reliability: B"
    (tmp_path / "sources.yaml").write_text(
        f"format: recognition-sources/1\nsources:\n  one: {{{own}}}\n  two: {{{own}, note: N}}\n",
        encoding="utf-8",
    )
    text = story("- {act: recognise, date: 2022-02-01, evidence: [$press]}\n")
    assert set(shrunk(text, "RM501", tmp_path).files) == {"RUS.yaml"}
    record = shrunk(text.replace("yearbook-2026", "two"), "RM501", tmp_path)
    assert record.files["sources.yaml"] == (
        f"format: recognition-sources/1\nsources:\n  two: {{{own}}}\n"
    )


def test_name_of_the_file_is_the_one_that_it_gets(tmp_path: Path) -> None:
    path = FINDINGS / "RM210-file-name" / "BLR.yaml"
    assert set(rm.smallest(path, "RM210", sources=MADE_UP).files) == {"BLR.yaml"}
    with pytest.raises(rm.NotShown):
        rm.smallest(path, "RM210", name="small.yaml", sources=MADE_UP)


def test_search_that_ends_at_its_bound_says_so(story: Story, tmp_path: Path) -> None:
    record = shrunk(story(TWICE), "RM501", tmp_path, most=4)
    assert (record.trials, record.is_smallest) == (4, False)
    assert "RM501" in {one.code for one in record.findings}


def test_code_that_is_not_shown_is_an_error_with_those_that_are(
    story: Story, tmp_path: Path
) -> None:
    with pytest.raises(
        rm.NotShown, match=r"RUS\.yaml shows RM501 \(2\), RM701, not RM502$"
    ) as told:
        shrunk(story(TWICE), "RM502", tmp_path)
    assert told.value.codes == {"RM501": 2, "RM701": 1}
    with pytest.raises(rm.NotShown, match=r"^unknown finding code 'RM50' \(did you mean RM501"):
        shrunk(story(TWICE), "RM50", tmp_path)


def test_file_that_is_not_there_is_a_record_error(tmp_path: Path) -> None:
    with pytest.raises(rm.RecordError, match="RM101"):
        rm.smallest(tmp_path / "nowhere.yaml", "RM501")


def test_rules_of_the_user_are_asked(story: Story, tmp_path: Path) -> None:
    text = story("- {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    record = shrunk(text, "RM501", tmp_path, rules=rm.load_rules("strict"))
    assert acts(record) == ["engage"]
    with pytest.raises(rm.NotShown):
        shrunk(text, "RM501", tmp_path)


def test_record_that_cannot_be_written_for_a_trial_names_its_file(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    tried = Trials(gone, MADE_UP, rm.RULES, strict=False)
    with pytest.raises(NotWritten) as raised:
        tried.findings({"RUS.yaml": "a: b"}, "RUS.yaml")
    assert raised.value.filename == str(gone / "RUS.yaml")


def test_folder_for_trials_is_removed() -> None:
    with trials(sources=MADE_UP) as tried:
        folder = tried._folder
        assert folder.is_dir()
    assert not folder.exists()


def test_record_as_plain_data_has_its_files_and_its_finding(story: Story, tmp_path: Path) -> None:
    record = shrunk(story(TWICE), "RM501", tmp_path)
    data = record.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["files"] == record.files
    assert (data["finding"]["code"], data["finding"]["line"]) == ("RM501", 7)
    assert str(record).startswith("1 file, RUS.yaml:7:5: RM501 recognise")


# --- anonymous -----------------------------------------------------------------------------------

OWN = """\
format: recognition-sources/1
sources:
  spy-2024-05-06:
    type: book
    publisher: Secret Press
    title: "The secret: a title"
    author: Somebody
    issued: 2024-05-06
    language: ru
    url: https://secret.example/path
    reliability: B
"""
HIDDEN = """\
format: recognition-scenario/1
country: NOR
title: Secret title
coder: Secret coder
start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Secret reason.}
documented-until: 2026-01-15
timeline:
  - act: recognise
    date: 2024-05-06
    note: Secret note
    evidence:
      - source: spy-2024-05-06
        at: {paragraph: 3, letters: 40, digest: lt1-0123456789abcdef0123456789abcdef}
        voice: press
        credibility: 3
        claim: Secret claim
"""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    (tmp_path / "sources.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "NOR.yaml").write_text(HIDDEN, encoding="utf-8")
    return tmp_path / "NOR.yaml"


def test_anonymous_record_names_nothing_and_keeps_dates_and_grades(secret: Path) -> None:
    record = rm.smallest(secret, "RM501", anonymous=True, sources=MADE_UP)
    assert record.files == {
        "BVT.yaml": (
            "format: recognition-scenario/1\n"
            "country: BVT\n"
            "title: Title 2\n"
            "start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Assumed 1}\n"
            "documented-until: 2026-01-15\n"
            "timeline:\n"
            "  - act: recognise\n"
            "    date: 2024-05-06\n"
            "    evidence:\n"
            "      - source: source-1-2024-05-06\n"
            "        voice: press\n"
            "        credibility: 3\n"
            "        claim: Claim 1\n"
        ),
        "sources.yaml": (
            "format: recognition-sources/1\n"
            "sources:\n"
            "  source-1-2024-05-06:\n"
            "    type: book\n"
            "    publisher: Publisher 1\n"
            "    title: Title 1\n"
            "    issued: 2024-05-06\n"
            "    language: en\n"
            "    reliability: B\n"
        ),
    }
    assert (record.asked, record.named) == ("BVT.yaml", ())
    assert record.finding.code == "RM501"


def test_text_that_the_finding_needs_stays_and_is_named(secret: Path) -> None:
    text = HIDDEN.replace("digest: lt1-0123456789abcdef", "digest: lt1-0123456789ABCDEF")
    secret.write_text(text, encoding="utf-8")
    record = rm.smallest(secret, "RM303", anonymous=True, sources=MADE_UP)
    assert "lt1-0123456789ABCDEF" in record.files["BVT.yaml"]
    assert record.named == ("digest 'lt1-0123456789ABCDEF0123456789abcdef'",)


def test_equal_texts_stay_equal_and_different_ones_different(secret: Path) -> None:
    twice = HIDDEN + HIDDEN.partition("timeline:\n")[2].replace("recognise", "delist")
    secret.write_text(twice.replace("act: delist", "signal: visit"), encoding="utf-8")
    same = HIDDEN.partition("timeline:\n")[2].replace("act: recognise", "signal: visit")
    secret.write_text(HIDDEN.partition("  - act")[0] + same + same, encoding="utf-8")
    record = rm.smallest(secret, "RM714", anonymous=True, sources=MADE_UP)
    assert record.files["BVT.yaml"].count("claim: Claim 1\n") == 2
    assert record.named == ()


def test_source_of_the_register_that_ships_keeps_its_name(story: Story, tmp_path: Path) -> None:
    record = shrunk(story(TWICE), "RM501", tmp_path, anonymous=True)
    assert record.named == ("shipped source 'yearbook-2026'",)


def test_letters_of_a_file_that_is_no_yaml_are_masked_but_for_its_keys(tmp_path: Path) -> None:
    text = (FINDINGS / "RM110-syntax" / "RUS.yaml").read_text(encoding="utf-8")
    record = shrunk(text, "RM110", tmp_path, anonymous=True)
    assert record.files["RUS.yaml"].strip() == "title: x xxxx-xx: xxxxxx"
