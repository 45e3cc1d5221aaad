"""Verifying: every located passage is looked for in the copies of the texts that a folder holds.

The sources are made up, and so are the texts, which the tests write.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

import recognition_model as rm
from recognition_model.analysis.verify import MAX_TEXT, Verification, verify
from recognition_model.core import passages
from recognition_model.core.diagnostics import Place, finding
from recognition_model.core.locators import Found
from recognition_model.core.passages import Job, Passages
from recognition_model.io.processes import in_processes

# Paragraphs: 1 the heading, 2 and 4 the envoy, 3 the ban.
GAZETTE = """\
The Example Gazette

The envoy came.
The ban stays!
The envoy came.
"""


def digest(letters: str) -> str:
    """The digest of letters folded by hand, made apart from the code."""
    return "lt1-" + sha256(letters.encode()).hexdigest()[:32]


HEADING, BAN, ENVOY, LEFT = (
    digest(letters)
    for letters in ("theexamplegazette", "thebanstays", "theenvoycame", "theenvoyleft")
)
AT_BAN = f"{{paragraph: 3, letters: 11, digest: {BAN}}}"

SCENARIO = """\
format: recognition-scenario/1
country: FJI
title: A made-up record
start: {{stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}}
documented-until: 2023-01-01
timeline:
{entries}
"""
REGISTER = """\
format: recognition-sources/1
sources:
"""
ENTRY = (
    "  - {{signal: visit, date: 2024, evidence: "
    "[{{source: {source}, at: {at}, voice: press, credibility: 3, claim: An example.}}]}}"
)
SOURCE = (
    "  {name}: {{type: report, publisher: The Example, title: An example, issued: 2023,"
    " language: en, reliability: C{file}}}\n"
)

Record = Callable[..., rm.Folder]
Texts = Callable[..., Path]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the test's own folder, so that places are relative."""
    monkeypatch.chdir(tmp_path)


def file_of(name: str, data: bytes) -> str:
    """The `file:` of a source: which copy its locators were made on."""
    return f", file: {{name: {name}, size: {len(data)}, sha256: {sha256(data).hexdigest()}}}"


def record(*located: tuple[str, str], **files: str) -> rm.Folder:
    """A record whose signals point into sources: (source, locator) from line 7 on."""
    entries = "\n".join(ENTRY.format(source=source, at=at) for source, at in located)
    Path("FJI.yaml").write_text(SCENARIO.format(entries=entries or "  []"), encoding="utf-8")
    names = dict.fromkeys(source for source, _ in located)
    sources = "".join(SOURCE.format(name=name, file=files.get(name, "")) for name in names)
    Path("sources.yaml").write_text(REGISTER + (sources or "  {}\n"), encoding="utf-8")
    folder = rm.load_folder(["FJI.yaml"], {})
    assert folder.findings == ()
    return folder


def texts(**held: str | bytes) -> Path:
    """A folder of copies: a name (without `.txt`) and what it holds."""
    folder = Path("texts")
    folder.mkdir()
    for name, content in held.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.txt").write_bytes(data)
    return folder


def told(result: Verification) -> list[str]:
    return [f"{found.severity} {found}" for found in result.findings]


# --- how a passage is found ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "found", "paragraphs"),
    [
        (AT_BAN, Found.MATCH, (3,)),
        (f"{{letters: 11, digest: {BAN}}}", Found.MATCH, (3,)),
        (f"{{paragraph: 1, letters: 11, digest: {BAN}}}", Found.MOVED, (3,)),
        (f"{{paragraph: 4, letters: 12, digest: {ENVOY}}}", Found.MATCH, (4,)),
        (f"{{paragraph: 3, letters: 12, digest: {ENVOY}}}", Found.AMBIGUOUS, (2, 4)),
        (f"{{letters: 12, digest: {ENVOY}}}", Found.AMBIGUOUS, (2, 4)),
        (f"{{paragraph: 2, letters: 12, digest: {LEFT}}}", Found.ABSENT, ()),
        (f"{{paragraph: 3, letters: 12, digest: {BAN}}}", Found.ABSENT, ()),  # it has 11
    ],
)
def test_verify_finds_passage_in_its_paragraph(
    at: str, found: Found, paragraphs: tuple[int, ...]
) -> None:
    (item,) = verify(record(("gazette", at)), texts(gazette=GAZETTE)).items
    assert (item.found, item.paragraphs) == (found, paragraphs)
    assert (item.source.id, item.place.line) == ("gazette", 7)


def test_missing_copy_is_not_a_finding_if_another_copy_exists() -> None:
    folder = record(("gazette", AT_BAN), ("wire", AT_BAN))
    result = verify(folder, texts(gazette=GAZETTE))
    assert [(item.source.id, item.found) for item in result.items] == [
        ("gazette", Found.MATCH),
        ("wire", Found.NO_COPY),
    ]
    assert result.findings == ()


@pytest.mark.parametrize(
    ("at", "finding"),
    [
        (
            f"{{paragraph: 2, letters: 12, digest: {LEFT}}}",
            f"error FJI.yaml:7:5: RM311 gazette {LEFT} is not in the copy",
        ),
        (
            f"{{paragraph: 1, letters: 12, digest: {ENVOY}}}",
            f"error FJI.yaml:7:5: RM312 gazette {ENVOY} is in paragraphs 2, 4",
        ),
        (
            f"{{paragraph: 1, letters: 11, digest: {BAN}}}",
            f"note FJI.yaml:7:5: RM313 gazette {BAN} is in paragraph 3, not 1",
        ),
    ],
    ids=["RM311", "RM312", "RM313"],
)
def test_displaced_passage_is_reported_with_source_and_paragraphs(at: str, finding: str) -> None:
    assert told(verify(record(("gazette", at)), texts(gazette=GAZETTE))) == [finding]


def test_match_gives_no_finding() -> None:
    assert verify(record(("gazette", AT_BAN)), texts(gazette=GAZETTE)).findings == ()


def test_verify_checks_locators_of_every_kind_of_entry() -> None:
    folder = record(("gazette", AT_BAN), ("gazette", f"{{letters: 17, digest: {HEADING}}}"))
    start = f"evidence: [{{source: gazette, at: {AT_BAN}, voice: press, credibility: 3, claim: x}}]"
    scenario = Path("FJI.yaml").read_text(encoding="utf-8").replace("assumed: Made up.", start)
    Path("FJI.yaml").write_text(scenario, encoding="utf-8")
    Path("claims.yaml").write_text(
        f"""\
format: recognition-collective/1
title: Made up
claims:
  - {{claim: unattributed, group: some islands, date: 2024, {start}}}
""",
        encoding="utf-8",
    )
    folder = rm.load_folder(["FJI.yaml", "claims.yaml"], {})
    assert folder.findings == ()
    items = verify(folder, texts(gazette=GAZETTE)).items
    assert [(item.place.file, item.place.line) for item in items] == [
        ("FJI.yaml", 4),
        ("FJI.yaml", 7),
        ("FJI.yaml", 8),
        ("claims.yaml", 4),
    ]
    assert {item.found for item in items} == {Found.MATCH}


def test_verify_skips_evidence_without_locator() -> None:
    folder = record(("gazette", AT_BAN))
    scenario = Path("FJI.yaml").read_text(encoding="utf-8")
    bare = "  - {signal: visit, date: 2024, evidence: [{source: gazette, voice: press,"
    Path("FJI.yaml").write_text(f"{scenario}{bare} credibility: 3, claim: x}}]}}\n", "utf-8")
    folder = rm.load_folder(["FJI.yaml"], {})
    assert len(folder.scenarios[0].timeline) == 2
    assert len(verify(folder, texts(gazette=GAZETTE)).items) == 1


@pytest.mark.parametrize(
    "copy",
    [
        GAZETTE.replace("\n", "\r\n"),
        "\ufeff" + GAZETTE,
        GAZETTE.replace("ban", "BAN").replace("!", " …"),
        GAZETTE.replace("\n", "\n\n   \n"),
    ],
    ids=["line ends", "byte-order mark", "case and punctuation", "blank lines"],
)
def test_encoding_and_line_ends_of_a_copy_do_not_matter(copy: str) -> None:
    (item,) = verify(record(("gazette", AT_BAN)), texts(gazette=copy)).items
    assert (item.found, item.paragraphs) == (Found.MATCH, (3,))


@pytest.mark.timeout(120)
def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_LEAST", 10)
    monkeypatch.setattr(passages, "_AT_ONCE", 10)
    sent: list[int] = []

    def counted(work: Callable[..., object], jobs: list[Job], workers: int) -> Iterable[object]:
        sent.append(len(jobs))
        return in_processes(work, jobs, workers)

    monkeypatch.setattr("recognition_model.io.processes.in_processes", counted)
    inside_words = f"{{letters: 9, digest: {digest('heenvoyca')}}}"
    folder = record(
        *(("gazette", at) for at in (AT_BAN, inside_words, f"{{letters: 12, digest: {LEFT}}}"))
    )
    seen: list[int] = []

    def watch(found: Iterable[Passages], total: int) -> Iterable[Passages]:
        for one in found:
            seen.append(total)
            yield one

    several = verify(folder, texts(gazette=GAZETTE), workers=2, watch=watch)
    assert [item.found for item in several.items] == [Found.MATCH, Found.AMBIGUOUS, Found.ABSENT]
    assert several.items == verify(folder, Path("texts")).items
    assert (seen, sent) == ([5] * 5, [5])  # the 44 windows of 9 letters, in tens


def test_long_list_of_paragraphs_is_cut_short_in_its_message() -> None:
    folder = record(("gazette", f"{{letters: 12, digest: {ENVOY}}}"))
    (found,) = verify(folder, texts(gazette="The envoy came.\n" * 1000)).findings
    assert found.message.endswith(" 39, 40 and 960 more")


def test_unreadable_copy_is_reported_and_others_are_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(path: Path, limit: int) -> bytes:
        if path.name == "000.txt":
            raise rm.RecordError([finding("RM101", "cannot be read", Place(str(path)))])
        return path.read_bytes()[:limit]

    monkeypatch.setattr("recognition_model.analysis.verify.read_bytes", refused)
    files = {"gazette": file_of("000.txt", GAZETTE.encode())}
    folder = record(("gazette", AT_BAN), ("wire", AT_BAN), **files)
    result = verify(folder, texts(**{"000": GAZETTE, "wire": GAZETTE}))
    assert [item.found for item in result.items] == [Found.NO_COPY, Found.MATCH]
    assert told(result) == ["error texts/000.txt: RM101 cannot be read"]


def test_a_changed_word_of_the_copy_makes_its_passage_absent() -> None:
    folder = record(("gazette", AT_BAN))
    (item,) = verify(folder, texts(gazette=GAZETTE.replace("stays", "stayed"))).items
    assert item.found is Found.ABSENT


# --- which file is the copy ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gazette", "000_0123", "anything"])
def test_copy_is_found_by_source_name_file_name_or_digest(name: str) -> None:
    files = {"gazette": file_of("000_0123.txt", GAZETTE.encode())}
    folder = record(("gazette", AT_BAN), **files)
    held = {"aaa": "Something else.", name: GAZETTE, "zzz": "Something else."}
    result = verify(folder, texts(**held))
    assert [item.found for item in result.items] == [Found.MATCH]
    assert result.findings == ()


def test_digest_match_needs_all_bytes_but_no_file_name() -> None:
    folder = record(("gazette", AT_BAN), gazette=file_of("000.txt", GAZETTE.encode()))
    same_size = GAZETTE.replace("stays", "rests")
    assert len(same_size) == len(GAZETTE)
    result = verify(folder, texts(anything=same_size))
    assert [item.found for item in result.items] == [Found.NO_COPY]
    Path("texts/copy.html").write_bytes(GAZETTE.encode())
    assert [item.found for item in verify(folder, Path("texts")).items] == [Found.MATCH]


def test_another_text_under_the_sources_name_is_used_and_noted() -> None:
    folder = record(("gazette", AT_BAN), gazette=file_of("000.txt", GAZETTE.encode()))
    result = verify(folder, texts(gazette=f"An advertisement.\n{GAZETTE}"))
    assert [(item.found, item.paragraphs) for item in result.items] == [(Found.MOVED, (4,))]
    assert told(result) == [
        f"note FJI.yaml:7:5: RM313 gazette {BAN} is in paragraph 4, not 3",
        "note texts/gazette.txt: RM315 is not the copy of gazette for which its locators were made",
    ]


def test_another_text_under_the_registers_name_is_used_and_noted() -> None:
    folder = record(("gazette", AT_BAN), gazette=file_of("000.txt", GAZETTE.encode()))
    result = verify(folder, texts(**{"000": GAZETTE.upper()}))
    assert [item.found for item in result.items] == [Found.MATCH]
    assert told(result) == [
        "note texts/000.txt: RM315 is not the copy of gazette for which its locators were made"
    ]


def test_registered_copy_takes_precedence_over_others() -> None:
    folder = record(("gazette", AT_BAN), gazette=file_of("zzz.txt", GAZETTE.encode()))
    result = verify(folder, texts(gazette="A summary.", zzz=GAZETTE))
    assert [item.found for item in result.items] == [Found.MATCH]
    assert result.findings == ()


def test_other_copy_is_noted_once_per_source() -> None:
    files = {"gazette": file_of("000.txt", GAZETTE.encode())}
    folder = record(("gazette", AT_BAN), ("gazette", AT_BAN), **files)
    assert [found.code for found in verify(folder, texts(gazette=GAZETTE + "\n")).findings] == [
        "RM315"
    ]


def test_copies_of_two_sources_are_kept_apart() -> None:
    other = GAZETTE.replace("ban", "law")
    folder = record(("gazette", AT_BAN), ("wire", AT_BAN))
    items = verify(folder, texts(gazette=GAZETTE, wire=other)).items
    assert [(item.source.id, item.found) for item in items] == [
        ("gazette", Found.MATCH),
        ("wire", Found.ABSENT),
    ]


def test_verify_ignores_subfolders() -> None:
    folder = record(("gazette", AT_BAN), ("wire", AT_BAN))
    held = texts(wire=GAZETTE)
    (held / "gazette.txt").mkdir()
    (held / "gazette.txt" / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    assert [item.found for item in verify(folder, held).items] == [Found.NO_COPY, Found.MATCH]


# --- what cannot be checked ------------------------------------------------------------------


@pytest.mark.parametrize("held", [{}, {"something-else": GAZETTE}], ids=["empty", "other texts"])
def test_folder_without_copies_is_reported(
    held: dict[str, str],
) -> None:
    result = verify(record(("gazette", AT_BAN), ("wire", AT_BAN)), texts(**held))
    assert {item.found for item in result.items} == {Found.NO_COPY}
    assert told(result) == ["error texts: RM314 contains no copy of a source with a locator"]


def test_binary_copy_is_reported_and_others_are_checked() -> None:
    folder = record(("gazette", AT_BAN), ("wire", AT_BAN))
    result = verify(folder, texts(gazette=b"caf\xe9", wire=GAZETTE))
    assert [item.found for item in result.items] == [Found.NO_COPY, Found.MATCH]
    assert told(result) == ["error texts/gazette.txt:1:4: RM102 not UTF-8 text: the byte 0xe9"]


@pytest.mark.parametrize("goes_by", ["its name", "its name and its bytes"])
def test_oversized_copy_is_reported_and_others_are_checked(
    goes_by: str,
) -> None:
    large = b"x" * (MAX_TEXT + 1)
    files = {"gazette": file_of("000.txt", large)} if "bytes" in goes_by else {}
    folder = record(("gazette", AT_BAN), ("wire", AT_BAN), **files)
    result = verify(folder, texts(gazette=large, wire=GAZETTE))
    assert [item.found for item in result.items] == [Found.NO_COPY, Found.MATCH]
    assert told(result) == ["error texts/gazette.txt: RM113 more than 33,554,432 bytes"]


@pytest.mark.parametrize(
    ("path", "why"), [("nowhere", "No such file or directory"), ("FJI.yaml", "Not a directory")]
)
def test_unreadable_folder_raises_error_with_its_name(path: str, why: str) -> None:
    folder = record(("gazette", AT_BAN))
    with pytest.raises(rm.RecordError) as caught:
        verify(folder, Path(path))
    assert str(caught.value) == f"{path}: RM101 cannot be read: {why}"
    assert caught.value.unreadable


# --- as data ---------------------------------------------------------------------------------


def test_verification_to_dict_has_one_item_per_locator() -> None:
    folder = record(
        ("gazette", f"{{paragraph: 1, letters: 11, digest: {BAN}}}"),
        ("wire", f"{{letters: 12, digest: {ENVOY}}}"),
    )
    data = verify(folder, texts(gazette=GAZETTE)).to_dict()
    assert json.loads(json.dumps(data)) == {
        "items": [
            {
                "source": "gazette",
                "file": "FJI.yaml",
                "line": 7,
                "paragraph": 1,
                "letters": 11,
                "digest": BAN,
                "found": "moved",
                "paragraphs": [3],
            },
            {
                "source": "wire",
                "file": "FJI.yaml",
                "line": 8,
                "letters": 12,
                "digest": ENVOY,
                "found": "no copy held",
                "paragraphs": [],
            },
        ],
        "findings": [
            {
                "code": "RM313",
                "severity": "note",
                "message": f"gazette {BAN} is in paragraph 3, not 1",
                "hint": "",
                "file": "FJI.yaml",
                "line": 7,
                "column": 5,
            }
        ],
    }


def test_verification_and_items_print_as_one_line() -> None:
    folder = record(("gazette", AT_BAN), ("wire", f"{{letters: 12, digest: {ENVOY}}}"))
    result = verify(folder, texts(gazette=GAZETTE))
    assert repr(result) == (
        "<Verification 1 match, 0 moved, 0 ambiguous, 0 absent, 1 no copy held>"
    )
    assert [repr(item) for item in result.items] == [
        f"<Item gazette {AT_BAN}: match>",
        f"<Item wire {{letters: 12, digest: {ENVOY}}}: no copy held>",
    ]
