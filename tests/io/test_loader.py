"""Files and folders: all problems are reported together, and only `load` raises."""

import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import slips

import recognition_model as rm
from recognition_model.io.files import read_text
from recognition_model.io.loader import record_root
from recognition_model.io.strict_yaml import MAX_BYTES

Story = Callable[..., str]
Write = Callable[..., Path]
Register = Mapping[str, rm.Source]

ENGAGED = "- act: engage\n  date: 2022\n  evidence: [$press]\n"
OWN = """\
format: recognition-sources/1
sources:
  own-report:
    type: report
    publisher: The Example
    title: A report of my own
    issued: 2025-05
    language: en
    reliability: C
"""
BY_OWN = (
    "- act: engage\n  date: 2022\n"
    "  evidence: [{source: own-report, voice: press, credibility: 3, claim: x}]\n"
)


def told(folder: rm.Folder) -> list[tuple[str, str]]:
    return [(found.code, Path(found.place.file).name) for found in folder.findings]


# --- one file --------------------------------------------------------------------------------


def test_a_scenario_is_loaded_from_its_file(write: Write, story: Story, register: Register) -> None:
    path = write(story(ENGAGED))
    scenario = rm.load(path, register)
    assert (scenario.country, len(scenario.timeline)) == ("RUS", 1)
    assert scenario.file == str(path)
    assert rm.load(str(path), register) == scenario


def test_scenario_with_errors_raises_one_error_with_all_findings(
    write: Write, story: Story, register: Register
) -> None:
    path = write(story("- act: engaje\n  date: 2022-02-30\n  evidence: []\n- nonsense\n"))
    with pytest.raises(rm.RecordError) as caught:
        rm.load(path, register)
    found = caught.value.findings
    assert [(one.code, one.place.line) for one in found] == [
        ("RM204", 7), ("RM402", 8), ("RM302", 9), ("RM203", 10)
    ]  # fmt: skip
    assert str(caught.value).splitlines() == [str(one) for one in found]
    assert not caught.value.unreadable


def test_missing_evidence_is_reported_beside_bad_values(
    write: Write, story: Story, register: Register
) -> None:
    folder = rm.load_folder([write(story("- act: engaje\n  date: 2022\n"))], register)
    assert told(folder) == [("RM302", "RUS.yaml"), ("RM204", "RUS.yaml")]


def test_warning_alone_raises_nothing(write: Write, story: Story, register: Register) -> None:
    path = write(story(ENGAGED), "BLR.yaml")
    assert rm.load(path, register).country == "RUS"
    (found,) = rm.load_folder([path], register).findings
    assert (found.code, found.severity) == ("RM210", rm.Severity.WARNING)


@pytest.mark.parametrize("name", ["rus.yaml", "RUS.yml", "my record.yaml"])
def test_file_name_without_country_has_no_warning(
    name: str, write: Write, story: Story, register: Register
) -> None:
    assert not rm.load_folder([write(story(ENGAGED), name)], register).findings


@pytest.mark.parametrize("name", ["russia.yaml", "RU.yaml"])
def test_file_named_by_country_name_gets_the_code_as_hint(
    name: str, write: Write, story: Story, register: Register
) -> None:
    (found,) = rm.load_folder([write(story(ENGAGED), name)], register).findings
    assert (found.code, found.hint) == ("RM210", "rename it RUS.yaml")


def test_missing_path_is_unreadable(tmp_path: Path, register: Register) -> None:
    with pytest.raises(rm.RecordError) as caught:
        rm.load(tmp_path / "RUS.yaml", register)
    (found,) = caught.value.findings
    assert (found.code, found.place.file) == ("RM101", str(tmp_path / "RUS.yaml"))
    assert found.message.startswith("cannot be read: ")
    assert caught.value.unreadable


def test_file_without_read_permission_is_unreadable(
    write: Write, story: Story, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(story(ENGAGED))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    (found,) = rm.load_folder([path], register).findings
    assert (found.code, found.message) == ("RM101", "cannot be read: Permission denied")


def test_a_link_that_leads_nowhere_is_called_so(
    tmp_path: Path, write: Write, story: Story, register: Register
) -> None:
    write(story(ENGAGED))
    (tmp_path / "OMN.yaml").symlink_to("nix.yaml")
    (found,) = rm.load_folder([tmp_path], register).findings
    assert (found.code, Path(found.place.file).name) == ("RM101", "OMN.yaml")
    assert found.hint == "it is a link that leads nowhere: to nix.yaml"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["RUS.yaml", "sources.yaml"])
def test_a_pipe_in_a_folder_is_a_finding_and_not_waited_for(
    name: str, tmp_path: Path, write: Write, story: Story, register: Register
) -> None:
    write(story(ENGAGED, country="FJI"), "FJI.yaml")
    os.mkfifo(tmp_path / name)
    folder = rm.load_folder([tmp_path], register)
    (found,) = folder.findings
    assert (found.code, found.message) == ("RM101", "cannot be read: it is not an ordinary file")
    assert found.place.file == str(tmp_path / name)
    assert [scenario.country for scenario in folder.scenarios] == ["FJI"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_is_named_is_read(tmp_path: Path, story: Story, register: Register) -> None:
    pipe = tmp_path / "RUS.yaml"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(pipe.write_text, story(ENGAGED), "utf-8")
        assert rm.load(pipe, register).country == "RUS"
        writing.result()


@pytest.mark.parametrize("name", ["sources.yaml", "sources.yml"])
def test_a_register_that_is_a_link_to_nowhere_is_a_finding(
    name: str, tmp_path: Path, write: Write, story: Story, register: Register
) -> None:
    write(story(ENGAGED))
    (tmp_path / name).symlink_to("nix.yaml")
    assert told(rm.load_folder([tmp_path], register)) == [("RM101", name)]


def test_a_folder_whose_files_may_not_be_opened_is_told_as_unreadable(
    tmp_path: Path, write: Write, story: Story, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(story(ENGAGED))

    def denied_inside(method: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Path, *args: Any, **more: Any) -> Any:
            if path.parent == tmp_path:
                raise PermissionError(13, "Permission denied")
            return method(path, *args, **more)

        return asked

    for name in ("stat", "is_file", "is_dir", "open", "exists"):  # a folder without x
        monkeypatch.setattr(Path, name, denied_inside(getattr(Path, name)))
    (found,) = rm.load_folder([tmp_path], register).findings
    assert (found.code, found.message) == ("RM101", "cannot be read: Permission denied")


def test_folder_instead_of_file_is_unreadable(tmp_path: Path, register: Register) -> None:
    (tmp_path / "RUS.yaml").mkdir()
    folder = rm.load_folder([tmp_path], register)
    assert told(folder) == [("RM101", "RUS.yaml")]


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "it looks binary"),
        (b"\xff\xfe" + "format: x".encode("utf-16-le"), "it looks like UTF-16: save it as UTF-8"),
        (b"\xfe\xff" + "format: x".encode("utf-16-be"), "it looks like UTF-16: save it as UTF-8"),
        ("format: x".encode("utf-16-le"), "it looks binary"),
    ],
)
def test_binary_file_is_not_text(
    content: bytes, hint: str, write: Write, register: Register
) -> None:
    folder = rm.load_folder([write(content)], register)
    assert told(folder) == [("RM102", "RUS.yaml")]
    assert folder.findings[0].hint == hint


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "with a byte order mark"])
def test_finding_names_first_byte_that_is_not_utf8(
    mark: bytes, end: str, write: Write, register: Register
) -> None:
    path = write(mark + f"format: x{end}title: Ein später Fall{end}".encode("latin-1"))
    (found,) = rm.load_folder([path], register).findings
    assert (found.code, found.place.line, found.place.column) == ("RM102", 2, 14)
    assert found.message == "not UTF-8 text: the byte 0xe4"
    assert found.hint == "save it as UTF-8"


def test_leading_byte_order_mark_is_ignored(write: Write, story: Story, register: Register) -> None:
    text = story(ENGAGED)
    plain = rm.load(write(text, "RUS.yaml"), register)
    marked = rm.load(write(b"\xef\xbb\xbf" + text.encode(), "RUS.yml"), register)
    assert marked == plain
    assert marked.place.column == 1


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_accepted(
    end: str, write: Write, story: Story, register: Register
) -> None:
    text = story(ENGAGED)
    plain = rm.load(write(text, "RUS.yaml"), register)
    other = rm.load(write(text.replace("\n", end).encode(), "RUS.yml"), register)
    assert other == plain
    assert [step.place.line for step in other.timeline] == [7]


def test_file_over_two_mebibytes_is_a_finding(
    write: Write, story: Story, register: Register
) -> None:
    text = story(ENGAGED).encode()
    full = text + b"#" * (MAX_BYTES - len(text))
    assert not rm.load_folder([write(full)], register).findings
    (found,) = rm.load_folder([write(full + b"#")], register).findings
    assert (found.code, found.message) == ("RM113", "more than 2,097,152 bytes")


def test_load_rejects_a_file_of_claims(write: Write, register: Register) -> None:
    path = write("format: recognition-collective/1\ntitle: Made up\nclaims: []\n")
    with pytest.raises(rm.RecordError, match=r"RM206 holds 0 scenarios, not one"):
        rm.load(path, register)


# --- a folder --------------------------------------------------------------------------------


def test_folder_sorts_scenarios_by_country_name(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    for country in ("RUS", "ARE", "GBR", "AUT"):
        write(story(ENGAGED, country=country), f"{country}.yaml")
    write("format: recognition-collective/1\ntitle: Made up\nclaims: []\n", "collective.yml")
    write("nothing that anybody reads", "notes.txt")
    folder = rm.load_folder([tmp_path], register)
    assert not folder.findings
    # Austria, Russia, United Arab Emirates, United Kingdom
    assert [scenario.country for scenario in folder.scenarios] == ["AUT", "RUS", "ARE", "GBR"]
    assert [claims.title for claims in folder.collectives] == ["Made up"]


def test_folder_without_scenarios_is_a_finding(tmp_path: Path, register: Register) -> None:
    (tmp_path / "sources.yaml").write_text(OWN)
    (tmp_path / "notes.txt").write_text("nothing")
    folder = rm.load_folder([tmp_path], register)
    assert told(folder) == [("RM103", tmp_path.name)]
    assert folder.scenarios == ()


def test_missing_folder_is_a_finding_and_the_rest_is_read(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    folder = rm.load_folder([tmp_path / "nowhere", write(story(ENGAGED))], register)
    assert told(folder) == [("RM101", "nowhere")]
    assert [scenario.country for scenario in folder.scenarios] == ["RUS"]


def test_one_bad_file_does_not_hide_the_good_ones(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(ENGAGED), "RUS.yaml")
    write(story("- nonsense\n", country="BLR"), "BLR.yaml")
    write(b"\0", "KAZ.yaml")
    folder = rm.load_folder([tmp_path], register)
    assert told(folder) == [("RM203", "BLR.yaml"), ("RM102", "KAZ.yaml")]
    assert [scenario.country for scenario in folder.scenarios] == ["RUS"]


def test_text_that_is_nowhere_written_is_loaded_by_its_name(
    story: Story, register: dict[str, rm.Source]
) -> None:
    folder = rm.load_folder(sources=register, texts={"RUS.yaml": story("[]"), "FJI.yaml": "a: b"})
    assert [(one.country, one.file) for one in folder.scenarios] == [("RUS", "RUS.yaml")]
    assert {found.place.file for found in folder.findings} == {"FJI.yaml"}


def test_path_given_twice_is_read_once(write: Write, tmp_path: Path, story: Story) -> None:
    path = write(story(ENGAGED).replace("yearbook-2026", "own-report"))
    (tmp_path / "sources.yaml").write_text(OWN)
    folder = rm.load_folder([path, tmp_path, path], {})
    assert not folder.findings
    assert len(folder.scenarios) == 1


def test_second_file_for_a_country_is_a_finding(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(ENGAGED), "RUS.yaml")
    write(story("[]"), "russia-again.yaml")
    folder = rm.load_folder([tmp_path], register)
    assert told(folder) == [("RM211", "russia-again.yaml")]
    assert folder.findings[0].message == f"RUS has a file already: {tmp_path / 'RUS.yaml'}"


def test_no_path_means_the_shipped_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: Story, register: Register
) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "RUS.yaml").write_text(story(ENGAGED))
    monkeypatch.setattr("recognition_model.io.loader.record_root", lambda name: tmp_path / name)
    folder = rm.load_folder(sources=register)
    assert [Path(scenario.file).name for scenario in folder.scenarios] == ["RUS.yaml"]


def test_shipped_record_is_inside_the_package_or_beside_src() -> None:
    package = Path(rm.__file__).parent
    for name in ("scenarios", "seeds"):
        assert record_root(name) in (package / name, package.parents[1] / name)
        assert record_root(name).is_dir()


# --- registers -------------------------------------------------------------------------------


def test_a_folders_own_register_adds_to_the_one_given(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(BY_OWN + "  note: x\n- signal: visit\n  date: 2022\n  evidence: [$press]\n"))
    write(OWN, "sources.yaml")
    folder = rm.load_folder([tmp_path], register)
    assert not folder.findings
    assert set(folder.sources) == {*register, "own-report"}
    (scenario,) = folder.scenarios
    assert [step.evidence[0].source.title for step in scenario.timeline] == [
        "A report of my own",
        "An example that looks back",
    ]
    assert rm.load(tmp_path / "RUS.yaml", register) == scenario


def test_register_of_a_folder_applies_only_there(
    tmp_path: Path, story: Story, register: Register
) -> None:
    for country in ("RUS", "BLR"):
        (tmp_path / country).mkdir()
        (tmp_path / country / f"{country}.yaml").write_text(story(BY_OWN, country=country))
    (tmp_path / "RUS" / "sources.yaml").write_text(OWN)
    folder = rm.load_folder([tmp_path / "RUS", tmp_path / "BLR"], register)
    assert told(folder) == [("RM301", "BLR.yaml")]
    assert [scenario.country for scenario in folder.scenarios] == ["RUS"]


def test_register_given_with_its_records_is_read_once(
    write: Write, story: Story, register: Register
) -> None:
    record, own = write(story(BY_OWN)), write(OWN, "sources.yaml")
    folder = rm.load_folder([record, own], register)  # as of `replay *.yaml`
    assert (folder.findings, len(folder.scenarios)) == ((), 1)
    assert told(rm.load_folder([own], register)) == [("RM206", "sources.yaml")]


@pytest.mark.parametrize("title", ["A report of my own", "Another report"])
def test_folders_share_a_source_name_only_for_the_same_document(
    title: str, tmp_path: Path, story: Story, register: Register
) -> None:
    for country, here in (("RUS", "A report of my own"), ("BLR", title)):
        (tmp_path / country).mkdir()
        (tmp_path / country / f"{country}.yaml").write_text(story(BY_OWN, country=country))
        (tmp_path / country / "sources.yaml").write_text(OWN.replace("A report of my own", here))
    folder = rm.load_folder([tmp_path / "RUS", tmp_path / "BLR"], register)
    same = title == "A report of my own"
    assert told(folder) == ([] if same else [("RM304", "sources.yaml")])


def test_redefined_source_is_a_finding(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(ENGAGED))
    write(OWN.replace("own-report", "yearbook-2026"), "sources.yaml")
    folder = rm.load_folder([tmp_path], register)
    assert told(folder) == [("RM304", "sources.yaml")]
    assert folder.sources["yearbook-2026"] == register["yearbook-2026"]
    (scenario,) = folder.scenarios
    assert scenario.timeline[0].evidence[0].source == register["yearbook-2026"]
    with pytest.raises(rm.RecordError, match="RM304"):
        rm.load(tmp_path / "RUS.yaml", register)


def test_bad_register_is_reported_once_per_folder(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    for country in ("RUS", "BLR", "KAZ"):
        write(story(ENGAGED, country=country), f"{country}.yaml")
    write("sources: [", "sources.yaml")
    assert told(rm.load_folder([tmp_path], register)) == [("RM110", "sources.yaml")]


def test_record_citing_a_bad_source_is_not_read(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(BY_OWN + "- signal: visit\n  date: 2023\n  evidence: [$press]\n"))
    write(OWN.replace("type: report", "type: rapport"), "sources.yaml")
    folder = rm.load_folder([tmp_path], register)
    assert told(folder) == [("RM204", "sources.yaml")]  # once, and not again where it is cited
    assert folder.scenarios == ()
    with pytest.raises(rm.RecordError, match="RM204"):
        rm.load(tmp_path / "RUS.yaml", register)


def test_sources_yml_is_a_register(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(BY_OWN))
    write(OWN, "sources.yml")
    folder = rm.load_folder([tmp_path], register)
    assert not folder.findings
    assert len(folder.scenarios) == 1


def test_editor_backup_files_are_ignored(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    write(story(ENGAGED))
    write("neither: this", ".RUS.yaml")
    write("nor: that", "RUS.yaml~")
    assert not rm.load_folder([tmp_path], register).findings


def test_circular_link_is_unreadable(tmp_path: Path, register: Register) -> None:
    (tmp_path / "RUS.yaml").symlink_to("RUS.yaml")
    assert told(rm.load_folder([tmp_path], register)) == [("RM101", "RUS.yaml")]
    assert told(rm.load_folder([tmp_path / "RUS.yaml"], register)) == [("RM101", "RUS.yaml")]


def test_file_reached_by_two_paths_is_read_once(
    write: Write, tmp_path: Path, story: Story, register: Register
) -> None:
    path = write(story(ENGAGED))
    (tmp_path / "inside").mkdir()
    folder = rm.load_folder([path, tmp_path / "inside" / ".." / "RUS.yaml"], register)
    assert not folder.findings
    assert len(folder.scenarios) == 1


def test_register_can_be_read_alone(write: Write, register: Register) -> None:
    own = rm.read_sources(write(OWN, "sources.yaml"))
    assert list(own) == ["own-report"]
    both = rm.read_sources(write(OWN, "sources.yaml"), register)
    assert set(both) == {*register, "own-report"}


def test_register_with_errors_raises_all_findings(write: Write) -> None:
    path = write(OWN.replace("type: report", "type: rapport").replace("en\n", "English!\n"))
    with pytest.raises(rm.RecordError) as caught:
        rm.read_sources(path)
    assert [(one.code, one.place.line) for one in caught.value.findings] == [
        ("RM204", 4), ("RM209", 8)
    ]  # fmt: skip


def test_returned_register_is_read_only(write: Write) -> None:
    own = rm.read_sources(write(OWN, "sources.yaml"))
    assert isinstance(own, MappingProxyType)
    assert isinstance(rm.load_folder([write("[]")], own).sources, MappingProxyType)


# --- any file at all -------------------------------------------------------------------------

TEMPLATE = """\
format: recognition-scenario/1
country: RUS
title: A made-up record
start: {stage: hostile, ban: none, date: 1996-09-27, assumed: Made up.}
documented-until: 2026-01-15
timeline:
  - act: ban
    date: 2003-02-14
    evidence:
      - {source: yearbook-2026, voice: host, credibility: 1, claim: An example.}
  - status: {ban: in_force, below: de_jure_recognition}
    date: 2022-01..2022-03
    evidence:
      - source: yearbook-2026
        at: {paragraph: 9, letters: 412, digest: lt1-0123456789abcdef0123456789abcdef}
        voice: press
        credibility: 2
        claim: An example.
  - refuse: recognise
    because: ban-in-force
    date: 2024~
    evidence: []
"""
BITS = (
    st.sampled_from(
        [
            ": ",
            "- ",
            " ",
            "  ",
            "\n",
            "\t",
            "{",
            "}",
            "[",
            "]",
            "'",
            '"',
            "&a ",
            "*a",
            "!a ",
            "#",
            "|",
        ]
    )
    | st.sampled_from(
        ["<<: ", "? ", "---\n", ",", "act: ", "evidence: ", "2024", "..", "~", ">", "\\", "%", "é"]
    )
    | st.sampled_from("\ufeff\x0c\u202e\u2028\x85\r\uffff")
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The template with bits put in, stretches cut out, and lines doubled, moved or dropped."""
    text = TEMPLATE
    for _ in range(draw(st.integers(1, 4))):
        how = draw(st.sampled_from(["insert", "cut", "double", "drop", "swap"]))
        at = draw(st.integers(0, len(text)))
        lines = text.splitlines(keepends=True) or [""]
        line, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        if how == "insert":
            text = text[:at] + draw(BITS) + text[at:]
        elif how == "cut":
            text = text[:at] + text[at + draw(st.integers(1, 12)) :]
        else:
            if how == "double":
                lines.insert(other, lines[line])
            elif how == "drop":
                del lines[line]
            else:
                lines[line], lines[other] = lines[other], lines[line]
            text = "".join(lines)
    return text


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "RUS.yaml"


def check_that_only_record_errors_come(path: Path, register: Register) -> None:
    folder = rm.load_folder([path], register)  # must not raise
    errors = [found for found in folder.findings if found.is_error]
    assert bool(errors) is not bool(folder.scenarios or folder.collectives)
    for found in folder.findings:
        assert "\n" not in found.message
        assert json.dumps(found.to_dict())
    if folder.scenarios:
        assert rm.load(path, register) == folder.scenarios[0]
        return
    with pytest.raises(rm.RecordError) as caught:
        rm.load(path, register)
    assert caught.value.findings
    if errors:
        assert list(caught.value.findings) == errors


@given(text=mutated())
@example(text=TEMPLATE)
@example(text=TEMPLATE.replace("evidence: []", "evidence: words"))
@example(text=TEMPLATE.replace("made-up", "made\x0cup"))
@example(text=TEMPLATE.replace("made-up", "made\uffffup"))
def test_a_mutated_scenario_raises_record_errors_or_nothing(
    text: str, somewhere: Path, register: Register
) -> None:
    somewhere.write_bytes(text.encode())
    check_that_only_record_errors_come(somewhere, register)


@given(
    content=st.binary(max_size=40)
    | st.text(max_size=40).map(lambda t: t.encode("utf-8", "replace"))
)
@example(content=b"\xef\xbb\xbf\xff")
@example(content=b"\xef\xbb\xbf")
@example(content=b"a: \xed\xa0\x80")  # a lone surrogate, as some programs write it
def test_a_file_of_any_bytes_raises_record_errors_or_nothing(
    content: bytes, somewhere: Path, register: Register
) -> None:
    somewhere.write_bytes(content)
    check_that_only_record_errors_come(somewhere, register)


@given(text=mutated())
def test_a_mutated_register_raises_record_errors_or_nothing(
    text: str, somewhere: Path, register: Register
) -> None:
    somewhere.write_bytes(text.replace("scenario/1", "sources/1").encode())
    with pytest.raises(rm.RecordError):  # a scenario's keys are none of a register's
        rm.read_sources(somewhere, register)


@given(text=st.text(max_size=60))
def test_text_reads_back_as_written(text: str, somewhere: Path) -> None:
    somewhere.write_bytes(text.encode())
    if "\0" in text:
        with pytest.raises(rm.RecordError, match="RM102"):
            read_text(somewhere)
    else:
        assert read_text(somewhere) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "name", ["Sources.yaml", "source.yaml", "SOURCES.YML", "my-sources.yml", "sources.yaml.txt"]
)
def test_register_under_another_name_is_reported_first_and_hides_its_sources(
    name: str, tmp_path: Path
) -> None:
    slips.write(tmp_path, "voice: host", "voice: mfa")
    (tmp_path / "sources.yaml").rename(tmp_path / name)
    if (tmp_path / "sources.yaml").exists() or (tmp_path / "sources.yml").exists():
        pytest.skip("this file system takes large letters for small ones")
    for paths in ([tmp_path], [tmp_path / "FRA.yaml"], [tmp_path / "FRA.yaml", tmp_path / name]):
        first, *others = rm.load_folder(paths).findings
        assert (first.code, Path(first.place.file).name) == ("RM307", name)
        assert first.hint == "name it sources.yaml"
        assert [one.code for one in others] == ["RM204"]  # what is not hidden
    (tmp_path / name).rename(tmp_path / "sources.yaml")
    assert [one.code for one in rm.load_folder(tmp_path).findings] == ["RM204"]


@pytest.mark.parametrize("copy", ["FRA copy.yaml", "A.yaml", "Frankreich.yaml", "fra2.yaml"])
def test_copy_of_a_country_is_blamed_by_whatever_name_it_stands_first(
    copy: str, tmp_path: Path
) -> None:
    text = slips.write(tmp_path).read_text(encoding="utf-8")
    (tmp_path / copy).write_text(text, encoding="utf-8")
    (found,) = rm.load_folder(tmp_path).findings
    assert (found.code, Path(found.place.file).name) == ("RM211", copy)
    assert found.hint.startswith("if this is a copy, move it out of the folder")
