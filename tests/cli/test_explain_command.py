"""`explain` and the help of commands: every word is known, every example works."""

from __future__ import annotations

import io
import json
import shlex
import shutil
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result
from support.coded import FORTY, write
from support.commands import keys_of
from support.paths import REGISTER, ROOT

import recognition_model as rm
from recognition_model.analysis.lead_verdicts import LeadVerdict
from recognition_model.cli import main
from recognition_model.cli.agreement import COLUMNS
from recognition_model.cli.app import SUMMARIES, cli, load_command
from recognition_model.cli.options import examples_of
from recognition_model.core.basis import Basis
from recognition_model.core.claims import ClaimKind
from recognition_model.core.codes import Severity
from recognition_model.core.countries import named
from recognition_model.core.dates import Holds
from recognition_model.core.event_layouts import LAYOUTS
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.locators import Found, Locator
from recognition_model.core.scenario import KIND_OF, Rank
from recognition_model.core.stages import Reason
from recognition_model.exports import TABLES, table
from recognition_model.exports.lead_table import leads_table
from recognition_model.io.json_schema import NAMES, json_schema
from recognition_model.report.preview.server import PreviewServer

ENUMS: list[type[Enum]] = [rm.Stage, rm.Ban, rm.Act, rm.Voice, rm.Attestation, rm.Bearing, Reason]
ENUMS += [Severity, Holds, ClaimKind, Rank, Found, SourceType, Reliability, Basis]
PROSE = """voice, attestation, state, spell, change, refusal, record, reading, evidence, locator,
contradiction, documented-until, assumed, doctrine, claim, grade, basis, invariant, violation,
warning, known by, precedence, replay, coverage, prove, mutant, known gap, counterexample, panel,
draw, rank, deprecated, in doubt, agrément, credentials, chargé d'affaires, de facto, de jure,
accreditation, recognition, delisting, designation, lapse, B2, F6, last heard, lapsed, broken off,
data end, its own authorities, no dealings documented"""
PASSAGE = "The office was opened on the first day of the month."


def explain(*words: str) -> Result:
    return CliRunner().invoke(cli, ["explain", *words])


def text_of(word: str) -> str:
    """What `explain --format json` says of a word; empty for an unknown one."""
    from recognition_model.cli.explain import meanings_of

    return "\n".join(map(str, meanings_of(word)))


def keys_and_values(schema: Any) -> Iterator[str]:
    """Every key and every allowed value of a JSON Schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from keys_and_values(item)
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from map(str, schema.get("enum", []))
        yield from [schema["const"]] if "const" in schema else []
        for name, item in schema.items():
            yield from keys_and_values(list(item.values()) if name == "properties" else item)


def printed(*args: str) -> Any:
    ran = CliRunner(catch_exceptions=False).invoke(cli, [*args, "--format", "json"])
    return json.loads(ran.stdout)


def asked_words() -> Iterator[tuple[str, str]]:
    """Words that a user meets, each with the place where it is met."""
    for name in NAMES:
        yield from ((f"schema {name}", word) for word in keys_and_values(json_schema(name)))
    for name in TABLES:
        for field in table(name, []).fields:
            yield from ((f"table {name}", word) for word in (field.name, *field.values))
    for kind in ENUMS:
        yield from ((kind.__name__, member.value) for member in kind)
    yield from (("prose", word.strip()) for word in PROSE.replace("\n", " ").split(","))
    yield from (("entry", word) for word in KIND_OF.values())
    yield from (("finding", code) for code in rm.CODES)
    yield from (("rule", rule.code) for rule in rm.RULES)
    yield from (("credibility", str(digit)) for digit in range(1, 7))
    for name in SUMMARIES:
        yield "command", name
        for param in load_command(name).params:
            if isinstance(param, click.Option):
                yield f"option of {name}", param.opts[-1]
            if isinstance(param.type, click.Choice):
                yield from ((f"value of {param.name}", str(one)) for one in param.type.choices)


def test_explain_knows_words_of_schemas_tables_enums_codes_and_options() -> None:
    asked = list(asked_words())
    assert len(asked) > 300
    assert [(place, word) for place, word in asked if not text_of(word)] == []


def test_explain_knows_words_of_leads() -> None:
    fields = leads_table(()).fields
    words = [word for field in fields for word in (field.name, *field.values)]
    words += [verdict.value for verdict in LeadVerdict] + [*LAYOUTS]
    assert [word for word in words if not text_of(word)] == []


def test_explain_knows_words_of_agreement() -> None:
    folder = str(ROOT / "docs" / "examples" / "refused.yaml")
    told = printed("agreement", folder, folder, "--unit", "event", "--unit", "year")
    words = [*keys_of(told), *COLUMNS, *(one["variable"] for one in told["measures"])]
    assert {"kappa", "undefined", "voice_a", "source_voice"} < set(words)
    assert [word for word in words if not text_of(word)] == []


def test_explain_knows_json_keys_of_status_and_replay() -> None:
    refused = str(ROOT / "docs" / "examples" / "refused.yaml")
    keys = {*keys_of(printed("status")), *keys_of(printed("replay"))}
    keys |= set(keys_of(printed("replay", refused)))
    assert {"standings", "refusals", "unmet", "suffices", "next_best", "hint"} <= keys
    assert [key for key in sorted(keys) if not text_of(key)] == []


@pytest.mark.parametrize(
    "args",
    [
        *(
            ["next", "RUS"],
            ["coverage"],
            ["coverage", "--checked"],
            ["checked", "--draw", "3", "--seed", "7"],
            ["precedence"],
            ["precedence", "RUS", "KAZ"],
            ["rules"],
            ["status", "--rules", "strict", "--against", "shipped"],
        ),
        *(["events", "RUS", "--all"], ["changes", "--since", "2024-09"]),
        *(["sources", "--publisher", "taz"], ["sources", "--group-by", "publisher"]),
        *(["why", "RUS"], ["show", "RUS"], ["compare", "RUS", "CHN"]),
        *(["corrections", "RUS"], ["cite"], ["cite", "RUS/3"]),
        *(["searches", "KGZ"], ["coverage", "--due"]),
        ["robustness", "stage", "RUS", "2024-05-28"],
        ["prove", "--scale", "representation"],
    ],
)
def test_explain_knows_json_keys_of_other_commands(args: list[str]) -> None:
    keys = set(keys_of(printed(*args)))
    assert [key for key in sorted(keys) if not text_of(key)] == []


def test_explain_knows_json_keys_of_choices_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CHOICES.replace("fuzz: 2", "without: 24kg-341654"), encoding="utf-8")
    keys = set(keys_of(printed("robustness", "stage", "RUS", "2024-05-28", "--choices", str(path))))
    assert {"chosen", "unlike_shipped", "listed", "uncited", "reason"} <= keys
    assert [key for key in sorted(keys) if not text_of(key)] == []


@pytest.mark.parametrize(
    "phrase",
    [
        "ban in force",
        "ban lifted",
        "no ban documented",
        "not documented",
        "assumed at the start",
        "documented until",
        "nearest legal record",
        "stage engaged",
    ],
)
def test_explain_knows_phrases_that_status_and_replay_print(phrase: str) -> None:
    assert text_of(phrase)


def test_plural_without_meaning_gets_meanings_of_singular() -> None:
    assert explain("violations").stdout == explain("violation").stdout != ""


def test_plural_that_is_a_key_gets_meanings_of_singular_too() -> None:
    printed = explain("invariants").stdout
    assert printed.startswith(explain("invariant").stdout)
    assert "key invariants of a rules file" in printed


@pytest.mark.parametrize(
    "word", ["documented_until", "documented-until", "Documented Until", "DOCUMENTED_until"]
)
def test_explain_ignores_case_spaces_underscores_and_hyphens(word: str) -> None:
    ran = explain(word)
    assert ran.exit_code == 0
    assert ran.stdout == explain("documented", "until").stdout


def test_unknown_word_gives_suggestion_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["recognition-model", "explain", "banx"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "unknown word 'banx': did you mean ban?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("R02", "R04"), ("R02", "R04")),
        (("RM707", "RM655"), ("RM707", "RM655")),
        (("host", "voice"), ("host", "voice")),
        (("in", "doubt", "R04"), ("in doubt", "R04")),
    ],
)
def test_words_that_are_no_phrase_are_explained_one_by_one(
    words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    ran = explain(*words)
    assert ran.exit_code == 0
    assert ran.stdout == "".join(explain(part).stdout for part in parts)


def test_unknown_one_of_several_words_is_named() -> None:
    ran = explain("R02", "banx")
    assert ran.exit_code == 2
    assert "unknown word 'banx': did you mean ban?" in ran.output


@pytest.mark.parametrize("word", ["charge", "chargé", "Charge"])
def test_first_word_of_a_term_gives_the_term_and_the_signals_with_it(word: str) -> None:
    lines = explain(word).stdout.splitlines()
    assert lines[0].startswith("chargé d'affaires: ")
    told = [line for line in lines[1:] if not line.startswith("  ")]
    assert [line for line in told if not line.startswith(("signal charge_", "old word"))] == []
    assert len(lines) > 1


@pytest.mark.parametrize("word", ["signal", "signals"])
def test_word_signal_lists_the_signals_with_their_entries(word: str) -> None:
    steps = [step for s in rm.load_folder().all_scenarios for step in s.timeline]
    visits = sum(isinstance(step, rm.SignalStep) and step.signal == "visit" for step in steps)
    told = explain(word).stdout
    assert f", visit {visits}," in " ".join(told.split())
    assert "  visit: visit_made " in told
    assert max(len(line) for line in told.splitlines() if line[0] == " ") <= 80


def test_grade_in_json_has_same_keys_as_word() -> None:
    assert json.loads(explain("b2", "--format", "json").stdout) == {
        "format": "recognition-explain/1",
        "code": "B2",
        "text": "grade B2: reliability B: usually reliable; credibility 2: probably true",
    }


def uses_of(word: str) -> list[str]:
    """The countries of the record's entries with a word."""
    return [
        scenario.country
        for scenario in rm.load_folder().all_scenarios
        for step in scenario.timeline
        if isinstance(step, rm.SignalStep) and step.signal == word
    ]


def test_signal_is_explained_by_meaning_family_example_and_use() -> None:
    one = rm.shipped_vocabulary().words["charge_accepted"]
    used = uses_of("charge_accepted")
    assert one.example is not None
    assert explain("charge_accepted").stdout.splitlines() == [
        f"signal charge_accepted: {one.meaning}",
        "  family: accreditation; deed: host",
        f"  not: {one.is_not}",
        f"  example: {named(one.example.country)}, {one.example.date}",
        f"  old words: {', '.join(one.aliases)}",
        f"  CAMEO {', '.join(one.cameo)}; PLOVER {', '.join(map(str, one.plover))}",
        f"  used in {len(used)} entries of the record, in {len(set(used))} countries;"
        " signals move no stage",
    ]


@pytest.mark.parametrize("asked", ["contacts_confirmed", "Contacts confirmed"])
def test_old_word_is_explained_by_the_present_one(asked: str) -> None:
    first, second, *_ = explain(asked).stdout.splitlines()
    assert first == "old word contacts_confirmed: files may still have it for contact_unspecified."
    assert second.startswith("signal contact_unspecified: ")


def test_family_is_explained_with_its_words_and_their_entries() -> None:
    first, *rest = explain("consular").stdout.splitlines()
    assert first == "family consular: Visas, papers and services for citizens, and returns of" + (
        " migrants."
    )
    counts = {w: len(uses_of(w)) for w in ("consular_work_under_kabul", "returns_sought")}
    assert rest[0].strip() == ", ".join(f"{word} {count}" for word, count in counts.items())


def test_word_that_is_key_family_and_signal_gets_all_meanings() -> None:
    told = explain("doctrine").stdout
    assert "key doctrine of a scenario: " in told
    assert "family doctrine: The country's general policy" in told
    assert "signal doctrine: " in told


def test_explain_without_word_lists_all_words_in_80_columns() -> None:
    lines = explain().stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert {"Stages", "Voices", "Rules", "Findings", "Signals of the record"} <= set(lines)
    text = " ".join(" ".join(lines).split())
    assert all(word in text for word in json.loads(explain("--format", "json").stdout)["words"])


def test_explain_list_in_json_has_each_word_once() -> None:
    data = json.loads(explain("--format", "json").stdout)
    assert data.keys() == {"format", "words"}
    assert data["format"] == "recognition-explain/1"
    assert len(set(data["words"])) == len(data["words"])
    assert {"banned", "R06", "RM501", "in doubt", "visit"} <= set(data["words"])


def test_completions_of_explain_are_single_known_words() -> None:
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    offered = [item.value for item in complete.get_completions(["explain"], "")]
    listed = json.loads(explain("--format", "json").stdout)["words"]
    assert len(offered) >= len(listed)
    assert [word for word in offered if not text_of(word) or shlex.split(word) != [word]] == []


# --- examples in help ---------------------------------------------------------------------------

CHOICES = """\
format: recognition-choices/1
title: Two
universes:
  - {name: plain, reason: A date with ~ is read as written., fuzz: 0}
  - {name: wide, reason: A date with ~ may be two weeks off., fuzz: 2}
"""
EXAMPLES = [line for name in SUMMARIES for line in examples_of(load_command(name))]


@pytest.mark.parametrize("name", SUMMARIES)
def test_help_ends_with_two_examples_or_more(name: str) -> None:
    lines = CliRunner().invoke(cli, [name, "--help"]).stdout.rstrip().splitlines()
    examples = examples_of(load_command(name))
    assert len(examples) >= 2
    shown = [line.strip() for line in lines[-len(examples) - 1 :]]
    assert shown == ["Examples:", *examples]
    assert all(
        line.split()[:2] == ["recognition-model", name] for line in map(str.strip, lines[-2:])
    )
    assert max(map(len, lines[-2:])) <= 80


@pytest.fixture
def my_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: Callable[..., str]) -> Path:
    """A folder with what the examples name: a record with a locator, its text, coded events."""
    monkeypatch.chdir(tmp_path)
    for name in ("my-record", "texts"):
        Path(name).mkdir()
    made = story("- {signal: visit, date: 2024, evidence: [$press]}")
    located = made.replace("{source:", f"{{at: {Locator.of(PASSAGE)}, source:")
    Path("my-record/RUS.yaml").write_text(located, encoding="utf-8")
    Path("my-record/sources.yaml").write_bytes(REGISTER.read_bytes())
    shutil.copytree("my-record", "my-record-of-june")
    for copy in ("texts/yearbook-2026.txt", "copy.txt", "passage.txt"):
        Path(copy).write_text(PASSAGE, encoding="utf-8")
    Path("events").mkdir()
    for coded in ("20260118.export.CSV.zip", "events/some.csv"):
        write(Path(coded), *FORTY)
    Path("done.csv").write_text("lead,verdict\n", encoding="utf-8")
    Path("mine.yaml").write_text(CHOICES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES)
def test_help_example_exits_0(
    example: str,
    my_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if example.split()[1] == "screen":
        pytest.importorskip("duckdb")
    # A preview would go on until Ctrl-C; tests/cli/test_site_preview.py looks at its pages.
    monkeypatch.setattr(PreviewServer, "serve_forever", lambda _: None)
    line, _, stdin = example.partition(" | ")[0].partition(" < ")
    data = (my_folder / stdin).read_bytes() if stdin else b""
    if line.split()[1] == "reviewed":  # it changes the files of the current folder
        monkeypatch.chdir(my_folder / "my-record")
    monkeypatch.setattr("sys.argv", shlex.split(line))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()
    assert ended.value.code == 0, shown.err
    assert shown.out
