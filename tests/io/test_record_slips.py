"""Everyday slips in what a scenario or a register says: each message mends the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from support import slips

import recognition_model as rm
from recognition_model.io.loader import record_root


class Slip(NamedTuple):
    """A slip: `right` is what the message asks for, in the place of `wrong`."""

    name: str
    old: str
    wrong: str
    code: str
    line: int
    words: str
    right: str


ONE, TWO = "example-1, voice: host, credibility: 1", "example-2, voice: host, credibility: 1"
SCENARIO_SLIPS = [
    *(
        Slip(f"voice {word}", "voice: host", f"voice: {word}", "RM204", 11,
             "the country's own government is `host`", "voice: host")
        for word in ("government", "mfa", "MFA", "official", "state", "ministry", "Embassy")
    ),
    *(
        Slip(f"voice {word}", "voice: host", f"voice: {word}", "RM204", 11, words, right)
        for word, words, right in [
            ("newspaper", "the outlet's own word is `press`", "voice: press"),
            ("media", "the outlet's own word is `press`", "voice: press"),
            ("emirate", "are `taliban`", "voice: taliban"),
            ("taliban government", "are `taliban`", "voice: taliban"),
            ("UN", "an international body is `other_state`", "voice: other_state"),
            ("foreign", "another state or an international body is", "voice: other_state"),
            ("France", "if FRA is the country of this file, write host", "voice: host"),
            ("hоst", "did you mean host?; the 'о' in it is CYRILLIC SMALL LETTER O",
             "voice: host"),
            ("French foreign ministry", "own government is `host`; another state", "voice: host"),
            ("the Ministry of Examples", "the country's own government is `host`", "voice: host"),
            ("Taliban foreign ministry", "are `taliban`", "voice: taliban"),
            ("The Example Gazette", "the outlet's own word is `press`", "voice: press"),
            ("TASS", "the outlet's own word is `press`", "voice: press"),
            ("host; press", "one item of evidence has one voice: make two items", "voice: host"),
            ("'host, press'", "one item of evidence has one voice: make two items", "voice: host"),
            ("ministry and newspaper", "one item of evidence has one voice", "voice: host"),
            ("xyzzy", "one of host, taliban, other_state, press", "voice: host"),
        ]
    ),
    Slip("credibility B1", f"{ONE}", "example-1, voice: host, credibility: B1", "RM209", 11,
         "write 1; the letter is the source's `reliability`", ONE),
    Slip("credibility in words", f"{TWO}", "example-2, voice: host, credibility: probably true",
         "RM209", 15, "write 2", "example-2, voice: host, credibility: 2"),
    Slip("credibility is a letter", f"{TWO}", "example-2, voice: host, credibility: A",
         "RM209", 15, "a digit from 1 to 6; the letter is the source's", TWO),
    Slip("credibility out of range", f"{TWO}", "example-2, voice: host, credibility: high",
         "RM209", 15, "1 confirmed, 2 probably true", TWO),
    Slip("act: accept ambassador", "act: engage", "act: accept ambassador", "RM204", 7,
         "did you mean accept_ambassador?", "act: engage"),
    Slip("act: recognized", "act: engage", "act: recognized", "RM204", 7, "did you mean recognise?",
         "act: engage"),
    Slip("act: visit", "- status: {stage: engaged}", "- act: visit", "RM204", 12,
         "it moves nothing: write `signal: visit`", "- signal: visit"),
    Slip("visit: as a kind", "- status: {stage: engaged}", "- visit: Kabul", "RM207", 12,
         "write `signal: visit`, or another word for what happened", "- signal: visit"),
    Slip("engage: as a kind", "- act: engage", "- engage: yes", "RM207", 7,
         "begin it with `act: engage`", "- act: engage"),
    Slip("stage: as a kind", "- status: {stage: engaged}", "- stage: engaged", "RM207", 12,
         "begin it with `status: {stage: engaged}`", "- status: {stage: engaged}"),
    Slip("no kind", "- act: engage\n    date", "- date", "RM207", 7,
         "begin it with `act:`, `status:`, `signal:` or `refuse:`", "- act: engage\n    date"),
    Slip("status: engaged", "status: {stage: engaged}", "status: engaged", "RM203", 12,
         "write `status: {stage: engaged}`", "status: {stage: engaged}"),
    Slip("status: in force", "status: {stage: engaged}", "status: not banned", "RM203", 12,
         "write `status: {ban: none}`", "status: {ban: none}"),
    Slip("stage: recognised", "{stage: engaged}", "{stage: recognised}", "RM204", 12,
         "did you mean de_jure_recognition?", "{below: de_jure_recognition}"),
    Slip("ban: no", "ban: none", "ban: no", "RM204", 4, "did you mean none?", "ban: none"),
    Slip("start: hostile", "start: {stage: hostile, ban: none, date: 2021-08-15, assumed: made up}",
         "start: hostile", "RM203", 4,
         "`start: {stage: hostile, ban: none, date: 2021-08-26, assumed: A sentence.}`",
         "start: {stage: hostile, ban: none, date: 2021-08-15, assumed: made up}"),
    Slip("evidence without a dash", "evidence:\n      - {source: example-2, voice: host,",
         "evidence: {source: example-2, voice: host,", "RM203", 14,
         "begin each entry of the list with `- `: `- source: example-2`",
         "evidence:\n      - {source: example-2, voice: host,"),
    Slip("evidence as a text",
         "evidence:\n      - {source: example-2, voice: host, credibility: 1, claim: Still so.}",
         "evidence: ANTARA, 2 Sept", "RM203", 14,
         "as in `- {source: name-of-a-source, voice: host, credibility: 2, claim: A sentence.}`",
         "evidence:\n      - {source: example-2, voice: host, credibility: 2, claim: A sentence.}"),
    Slip("evidence as names", "- {source: example-2, voice: host, credibility: 1, claim: "
         "Still so.}", "- example-2", "RM203", 15,
         "write each as in `- {source: name-of-a-source, voice: host, credibility: 2, claim: A",
         "- {source: example-2, voice: host, credibility: 2, claim: A sentence.}"),
    Slip("title as a list", "title: France, a made-up record", "title: [France, made up]", "RM203",
         3, "put the text in double quotes", 'title: "[France, made up]"'),
    Slip("voice in a list", "voice: host", "voice: [host]", "RM203", 11, "write `voice: host`",
         "voice: host"),
    Slip("date without a value", "date: 2022-01-05", "date:", "RM208", 13,
         "add a value, as in `date: 2021-08-26`", "date: 2022-01-05"),
    Slip("title that is a comment", "title: France, a made-up record", "title: #️⃣ France",
         "RM208", 3, "what follows a # is a comment: put the text in quotes",
         "title: '#️⃣ France'"),
    Slip("claim in the entry", "note: Envoys hold talks.", "claim: Envoys hold talks.", "RM201", 9,
         "`claim` belongs to an item of `evidence:`", "note: Envoys hold talks."),
    Slip("note in the evidence", "claim: Still so.", "claim: Still so., note: x", "RM201", 15,
         "`note` belongs to the entry", "claim: Still so."),
    Slip("publisher in the evidence", "claim: Still so.", "publisher: x, claim: Still so.", "RM201",
         15, "`publisher` belongs to the source, in sources.yaml", "claim: Still so."),
    Slip("when:", "date: 2022-01-05", "when: 2022-01-05", "RM201", 13, "did you mean date?",
         "date: 2022-01-05"),
    Slip("quote:", "claim: Still so.", "quote: Still so.", "RM201", 15, "did you mean claim?",
         "claim: Still so."),
    Slip("Cyrillic key", "note: Envoys", "nоte: Envoys", "RM201", 9,
         "did you mean note?; the 'о' in it is CYRILLIC SMALL LETTER O", "note: Envoys"),
    Slip("signal of two words", "- status: {stage: engaged}", "- signal: Big Visit", "RM209", 12,
         "write big_visit", "- signal: big_visit"),
    Slip("signal with an accent", "- status: {stage: engaged}", "- signal: chargé_accepted",
         "RM209", 12, "write charge_accepted", "- signal: charge_accepted"),
    Slip("signal with an accent and a slip", "- status: {stage: engaged}",
         "- signal: chargé_acceptd", "RM209", 12, "did you mean charge_accepted?",
         "- signal: charge_accepted"),
    Slip("signal with letters of another country", "- status: {stage: engaged}",
         "- signal: Ümbau Zürich", "RM209", 12, "write umbau_zurich", "- signal: umbau_zurich"),
    Slip("act: mission opened", "- status: {stage: engaged}", "- act: mission opened", "RM204",
         12, "it moves nothing: write `signal: mission_opened`", "- signal: mission_opened"),
    Slip("voice in a list of two", "voice: host", "voice: [host, press]", "RM203", 11,
         "one item of evidence has one voice: make two items of it", "voice: host"),
    Slip("no because", "- status: {stage: engaged}", "- refuse: delist", "RM202", 12,
         "add `because: not-attested`, or another of wrong-stage, ban-in-force",
         "- refuse: delist\n    because: no-ban-in-force"),
    Slip("no claim", ", claim: Still so.", "", "RM202", 15, "add `claim: A sentence.`",
         ", claim: A sentence."),
    Slip("no format", "format: recognition-scenario/1\n", "", "RM202", 1,
         "add `format: recognition-scenario/1`", "format: recognition-scenario/1\n"),
    Slip("no start", "start: {stage: hostile, ban: none, date: 2021-08-15, assumed: made up}\n", "",
         "RM202", 1,
         "add `start: {stage: engaged, ban: none, date: 2021-08-26, assumed: A sentence.}`",
         "start: {stage: hostile, ban: none, date: 2021-08-26, assumed: A sentence.}\n"),
    Slip("no documented-until", "documented-until: 2023-06-30\n", "", "RM202", 1,
         "add `documented-until: 2021-08-26`", "documented-until: 2022-08-26\n"),
    Slip("country by the Olympic code", "country: FRA", "country: GER", "RM205", 2,
         "did you mean DEU (Germany)?", "country: FRA"),
    Slip("refuse: visit", "- status: {stage: engaged}",
         "- refuse: visit\n    because: not-attested", "RM204", 12,
         "only acts are refused; a denied contact is `signal: contact_denied`",
         "- signal: contact_denied"),
    Slip("because in a sentence", "- status: {stage: engaged}",
         "- refuse: recognise\n    because: The ministry denied it", "RM204", 13,
         "one of wrong-stage, ban-in-force, no-ban-in-force, not-attested; the denial goes into"
         " `note:` or into an item of evidence with `bearing: disputes`",
         "- refuse: delist\n    because: no-ban-in-force"),
    Slip("announcement: yes", "announcement: true", "announcement: yes", "RM204", 11, "write true",
         "announcement: true"),
    Slip("source by its address", "source: example-1", "source: https://example.org/envoys",
         "RM301", 11, "that is the address of example-1: cite that name", "source: example-1"),
    Slip("source by its address, another form", "source: example-1",
         "source: http://www.example.org/envoys/", "RM301", 11,
         "that is the address of example-1: cite that name", "source: example-1"),
    Slip("source by its title", "source: example-1", "source: Envoys meet in Kabul", "RM301", 11,
         "that is the title of example-1: cite that name", "source: example-1"),
    Slip("source by its publisher", "source: example-1", "source: The Example Gazette", "RM301", 11,
         "a source is cited by its name, not its publisher: example-1", "source: example-1"),
    Slip("source by an unknown address", "source: example-1", "source: https://example.org/other",
         "RM301", 11, "add it to the sources.yaml beside this file with this `url:`",
         "source: example-1"),
    Slip("source misspelt", "source: example-1", "source: exmaple-1", "RM301", 11,
         "did you mean example-1?", "source: example-1"),
    Slip("source with a Cyrillic letter", "source: example-1", "source: еxample-1",
         "RM301", 11, "did you mean example-1", "source: example-1"),
    Slip("source with an en dash", "source: example-1", "source: example–1",
         "RM301", 11, "the '–' in it is EN DASH (U+2013), not '-'", "source: example-1"),
    Slip("a second meeting as engage", "- status: {stage: engaged}", "- act: engage", "RM501", 12,
         "a further contact is a `signal:` (visit_received, contact_unspecified), which"
         " moves nothing",
         "- signal: visit"),
    Slip("an ambassador on the Taliban's word",
         "- status: {stage: engaged}\n    date: 2022-01-05\n    evidence:\n"
         "      - {source: example-2, voice: host,",
         "- act: accept_ambassador\n    date: 2022-01-05\n    evidence:\n"
         "      - {source: example-2, voice: taliban,", "RM501", 12,
         "if it stays a claim: `refuse: accept_ambassador` with `because: not-attested`, or a `sig",
         "- refuse: accept_ambassador\n    because: not-attested\n    date: 2022-01-05\n"
         "    evidence:\n      - {source: example-2, voice: taliban,"),
    Slip("a status that fails", "{stage: engaged}", "{stage: banned}", "RM651", 12,
         "engaged since 2021-11-18 (line 7): correct that entry, or this one", "{stage: engaged}"),
    Slip("a year too late in the first entry", "date: 2021-11-18", "date: 2024-11-18", "RM406", 7,
         "correct its date, or move it", "date: 2021-11-18"),
    Slip("a year too early in the first entry", "date: 2021-11-18", "date: 2012-11-18", "RM406", 7,
         "correct its date, or move it", "date: 2021-11-18"),
    Slip("source unlike any other", "source: example-1", "source: minanews-2021-08-27", "RM301", 11,
         "add it to the sources.yaml beside this file", "source: example-1"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SCENARIO_SLIPS, ids=lambda slip: slip.name)
def test_slip_in_a_scenario_is_reported_at_its_line_with_a_remedy_that_works(
    slip: Slip, tmp_path: Path
) -> None:
    found = slips.told_of(tmp_path, slip.old, slip.wrong)
    (first,) = [one for one in found if one.is_error]
    assert (first.code, first.place.line) == (slip.code, slip.line)
    assert slip.words in first.hint
    mended = slips.told_of(tmp_path, slip.old, slip.right)
    assert not [str(one) for one in mended if one.is_error]


REGISTER_SLIPS = [
    Slip("type: newspaper", "type: article-newspaper", "type: newspaper", "RM204", 4,
         "did you mean article-newspaper?", "type: article-newspaper"),
    Slip("type: press release", "type: webpage", "type: press release", "RM204", 12,
         "did you mean webpage?", "type: webpage"),
    Slip("type: paper", "type: webpage", "type: paper", "RM204", 12,
         "did you mean article-journal or document?", "type: document"),
    Slip("reliability: B2", "reliability: B", "reliability: B2", "RM204", 9,
         "write B; the digit is the `credibility` of the evidence", "reliability: B"),
    Slip("reliability: 2", "reliability: B", "reliability: 2", "RM204", 9,
         "write a letter from A to F; the digit is the `credibility`", "reliability: B"),
    Slip("reliability in words", "reliability: B", "reliability: usually reliable", "RM204", 9,
         "write B", "reliability: B"),
    Slip("reliability: b", "reliability: B", "reliability: b", "RM204", 9, "did you mean B?",
         "reliability: B"),
    Slip("language: English", "language: en", "language: English", "RM209", 8, "write en",
         "language: en"),
    Slip("language: EN_us", "language: en", "language: EN_us", "RM209", 8, "write en-us",
         "language: en-us"),
    Slip("url without http", "url: https://example.org/envoys", "url: www.example.org/envoys",
         "RM209", 10, "write https://www.example.org/envoys", "url: https://www.example.org/envoys"),
    Slip("url in brackets", "url: https://example.org/envoys", "url: <https://example.org/envoys>",
         "RM209", 10, "write https://example.org/envoys", "url: https://example.org/envoys"),
    Slip("url that is none", "url: https://example.org/envoys", "url: the web", "RM209", 10,
         "write an http or https address", "url: https://example.org/envoys"),
    Slip("name in capitals", "  example-1:", "  Example 1:", "RM209", 3, "write example-1",
         "  example-1:"),
    Slip("published:", "issued: 2021-11-18", "published: 2021-11-18", "RM201", 7,
         "did you mean issued?", "issued: 2021-11-18"),
    Slip("link:", "url: https://example.org/envoys", "link: https://example.org/envoys", "RM201",
         10, "did you mean url?", "url: https://example.org/envoys"),
    Slip("voice in the register", "reliability: B", "reliability: B\n    voice: host", "RM201", 10,
         "`voice` belongs to an item of `evidence:`, in the scenario", "reliability: B"),
    Slip("no format of a register", "format: recognition-sources/1\n", "", "RM202", 1,
         "add `format: recognition-sources/1`", "format: recognition-sources/1\n"),
    Slip("no reliability", "    reliability: B\n", "", "RM202", 4,
         "add `reliability: B`, or another of A, B, C, D, E, F", "    reliability: B\n"),
    Slip("sources as a list", "sources:\n", "sources: []\nsourcez:\n", "RM203", 2,
         "write the name of each source below it", "sources:\n"),
    Slip("sources is misspelt", "sources:\n", "Sources:\n", "RM201", 2, "did you mean sources?",
         "sources:\n"),
    Slip("an unquoted colon", "title: Envoys meet in Kabul", "title: Envoys: meet", "RM110", 6, "",
         "title: 'Envoys: meet'"),
    Slip("another format", "recognition-sources/1", "recognition-sources/2", "RM206", 1,
         "write format: recognition-sources/1", "recognition-sources/1"),
]  # fmt: skip


@pytest.mark.parametrize("slip", REGISTER_SLIPS, ids=lambda slip: slip.name)
def test_slip_in_a_register_is_reported_once_and_first_with_a_remedy_that_works(
    slip: Slip, tmp_path: Path
) -> None:
    found = slips.told_of(tmp_path, register=(slip.old, slip.wrong))
    first = found[0]
    assert first.place.file.endswith("sources.yaml")
    assert (first.code, first.place.line) == (slip.code, slip.line)
    assert slip.words in first.hint
    assert "RM301" not in {one.code for one in found}
    mended = slips.told_of(tmp_path, register=(slip.old, slip.right))
    assert not [str(one) for one in mended if one.is_error]


@pytest.mark.parametrize("content", [b"\xff\xfes\0", b"- a list\n", b"", b"sources: 5\n"])
def test_sources_of_an_unreadable_register_are_not_reported_again(
    content: bytes, tmp_path: Path
) -> None:
    slips.write(tmp_path, "voice: host", "voice: mfa")
    (tmp_path / "sources.yaml").write_bytes(content)
    first, *others = rm.load_folder(tmp_path).findings
    assert first.place.file.endswith("sources.yaml")
    assert "RM301" not in {one.code for one in others}
    assert ("RM204", 11) in {(one.code, one.place.line) for one in others}  # nothing else is hidden


def test_record_that_cites_an_unreadable_register_is_not_used(tmp_path: Path) -> None:
    slips.write(tmp_path, register=("title: Envoys", "title: Envoys: "))
    folder = rm.load_folder(tmp_path)
    assert folder.scenarios == ()
    assert [one.code for one in folder.findings] == ["RM110"]


def test_name_of_the_users_register_is_suggested_before_a_shipped_one(tmp_path: Path) -> None:
    shipped = rm.read_sources()["tass-2022-01-31"]
    slips.write(tmp_path, "source: example-1", "source: tass-2022-01-3")
    path = tmp_path / "sources.yaml"
    path.write_text(slips.REGISTER.replace("example-1:", "tass-2022-01-32:"), encoding="utf-8")
    found = {one.code: one.hint for one in rm.load_folder(tmp_path).findings}
    assert found["RM301"] == f"did you mean tass-2022-01-32 or {shipped.id}?"


# --- a source that the register has already ------------------------------------------------------


def findings_of_register(tmp_path: Path, text: str) -> list[rm.Finding]:
    """The findings of errors or of code RM304 in a register beside the valid scenario."""
    slips.write(tmp_path)
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    return [one for one in rm.load_folder(tmp_path).findings if one.is_error or one.code == "RM304"]


def shipped_register() -> str:
    return (record_root("seeds") / "sources.yaml").read_text(encoding="utf-8")


def test_copy_of_the_shipped_register_gives_one_warning(tmp_path: Path) -> None:
    own = slips.REGISTER.split("sources:\n")[1]
    (found,) = findings_of_register(tmp_path, f"{shipped_register()}\n{own}")
    first, second, third, *others = rm.read_sources()
    assert (found.code, found.severity) == ("RM304", rm.Severity.WARNING)
    assert found.message == (
        f"the register has {len(others) + 3:,} of these sources already, with the same content:"
        f" {first}, {second}, {third} and {len(others):,} more"
    )
    assert found.hint == "cite them: no entry is needed here"


def test_one_source_copied_from_the_shipped_register_needs_no_entry(tmp_path: Path) -> None:
    name, entry, *_ = re.split(r"^  (?=\S)", shipped_register(), flags=re.MULTILINE)[1:3]
    del name
    (found,) = findings_of_register(tmp_path, f"{slips.REGISTER}  {entry}")
    assert found.message.startswith(f"the register has '{entry.partition(':')[0]}' already")
    assert (found.hint, found.is_error) == ("cite it: no entry is needed here", False)


@pytest.mark.parametrize(("names", "count"), [(1, 1), (3, 3), (4, 1), (40, 1)])
def test_names_with_other_content_are_errors_one_by_one_or_counted(
    names: int, count: int, tmp_path: Path
) -> None:
    taken = [*rm.read_sources()][:names]
    entry = slips.REGISTER.split("  example-2:\n")[1]
    found = findings_of_register(
        tmp_path, slips.REGISTER + "".join(f"  {name}:\n{entry}" for name in taken)
    )
    assert len(found) == count
    for one in found:
        assert (one.code, one.is_error) == ("RM304", True)
        assert (
            one.hint
            == "if it is the same document, cite it: no entry is needed; if not, rename yours"
        )
    if count < names:
        assert found[0].message.startswith(f"the register has {names} of these names already")
        assert taken[2] in found[0].message
        assert taken[3] not in found[0].message
