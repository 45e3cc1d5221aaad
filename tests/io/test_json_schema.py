"""JSON Schemas for editors: the shipped ones match the generated ones and accept a valid file.

Files are read here as an editor reads them, with YAML's own types: plain digits are numbers.
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from support.paths import REGISTER, ROOT

import recognition_model as rm
from recognition_model.core.base import keys_of
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.core.scenario import STEP_OF, Assertion, Scenario, Start
from recognition_model.io.choices_reader import ChoicesReader
from recognition_model.io.crosswalk_reader import CrosswalkReader
from recognition_model.io.files import read_document
from recognition_model.io.json_schema import NAMES, json_schema
from recognition_model.io.loader import record_root
from recognition_model.io.reader import Reader
from recognition_model.io.rules_reader import RulesReader
from recognition_model.io.scaffold import new_register, new_scenario
from recognition_model.io.scale_reader import ScaleReader

SHIPPED = Path(rm.__file__).parent / "schemas"
FILES = [
    *sorted(record_root("scenarios").glob("*.yaml")),
    *sorted(record_root("seeds").glob("*.yaml")),
    *sorted((record_root("seeds") / "crosswalks").glob("*.yaml")),
    *sorted((record_root("seeds") / "rules").glob("*.yaml")),
    *sorted((record_root("seeds") / "scales").glob("*.yaml")),
]
KIND_OF_FORMAT = {
    "recognition-scenario/1": "scenario",
    "recognition-collective/1": "collective",
    "recognition-sources/1": "sources",
    "recognition-authority/1": "authority",
    "recognition-signals/1": "signals",
    "recognition-checked/1": "checked",
    "recognition-searches/1": "searches",
    "recognition-crosswalk/1": "crosswalk",
    "recognition-rules/1": "rules",
    "recognition-scale/1": "scale",
    "recognition-choices/1": "choices",
}


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors have it: whole numbers, true and false, and all else text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own name and way


Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("[0-9]+$"), list("0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))


def as_an_editor_reads(text: str) -> Any:
    return Editor(text).get_single_data()


VALIDATORS = {name: Draft202012Validator(json_schema(name)) for name in NAMES}


def test_editor_yaml_converts_digits_and_booleans_but_not_dates() -> None:
    assert as_an_editor_reads("{a: 2024, b: true, c: 2024-05, d: '1', e: no, f: 2024-05-27}") == {
        "a": 2024,
        "b": True,
        "c": "2024-05",
        "d": "1",
        "e": "no",
        "f": "2024-05-27",
    }


# --- what ships ------------------------------------------------------------------------------


def test_each_kind_of_file_has_a_schema() -> None:
    assert {path.name for path in SHIPPED.iterdir()} == {f"{name}.json" for name in NAMES}
    assert set(NAMES) == set(KIND_OF_FORMAT.values())


@pytest.mark.parametrize("name", NAMES)
def test_shipped_schema_matches_the_classes(name: str) -> None:
    text = (SHIPPED / f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(text) == json_schema(name)
    assert text.endswith("}\n")


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid_and_fresh_on_each_call(name: str) -> None:
    made = json_schema(name)
    Draft202012Validator.check_schema(made)
    made["properties"].clear()
    assert json_schema(name)["properties"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_file_is_valid_for_an_editor(path: Path) -> None:
    read = as_an_editor_reads(path.read_text(encoding="utf-8"))
    errors = VALIDATORS[KIND_OF_FORMAT[read["format"]]].iter_errors(read)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("text", [new_scenario("FJI"), new_register()], ids=["record", "register"])
@pytest.mark.parametrize("tried", [False, True], ids=["as it is", "with its example"])
def test_starter_is_valid_for_an_editor(text: str, tried: bool) -> None:  # noqa: FBT001
    if tried:
        _, _, guide = text.partition(f"# {'=' * 98}\n")
        text = "\n".join(line.removeprefix("#: ") for line in guide.splitlines())
    read = as_an_editor_reads(text)
    errors = VALIDATORS[KIND_OF_FORMAT[read["format"]]].iter_errors(read)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    "path", sorted(record_root("scenarios").glob("*.yaml")), ids=lambda path: path.stem
)
def test_first_line_of_a_record_names_its_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named is not None
    kind = KIND_OF_FORMAT[as_an_editor_reads(text)["format"]]
    # The path holds in a clone, where the files are edited.
    in_the_clone = ROOT / "scenarios" / named[1]
    assert in_the_clone.resolve().is_file()
    assert in_the_clone.name == f"{kind}.json"
    assert json.loads(in_the_clone.read_text(encoding="utf-8")) == json_schema(kind)


def every_mapping(node: Any) -> list[dict[str, Any]]:
    """Every schema of a mapping, at any depth."""
    if isinstance(node, list):
        return [found for entry in node for found in every_mapping(entry)]
    if not isinstance(node, dict):
        return []
    inner = [found for value in node.values() for found in every_mapping(value)]
    return [*inner, node] if node.get("type") == "object" else inner


@pytest.mark.parametrize("name", NAMES)
def test_no_mapping_allows_additional_keys(name: str) -> None:
    mappings = every_mapping(json_schema(name))
    assert len(mappings) >= (2 if name == "searches" else 3)
    for mapping in mappings:
        if "oneOf" in mapping or "anyOf" in mapping:  # one of those that allow none
            (either,) = (mapping[word] for word in ("oneOf", "anyOf") if word in mapping)
            assert {tuple(arm) for arm in either} == {("$ref",)}
        elif "properties" in mapping:
            assert mapping["additionalProperties"] is False
        else:  # the names of sources are their author's own
            assert mapping["additionalProperties"].keys() == {"$ref"}


@pytest.mark.parametrize("name", NAMES)
def test_every_key_has_a_description(name: str) -> None:
    for mapping in every_mapping(json_schema(name)):
        for key, value in mapping.get("properties", {}).items():
            assert value.get("description") or value.get("doNotSuggest"), key


@pytest.mark.parametrize("record", [Scenario, Start, Assertion, *STEP_OF.values()])
def test_a_schema_knows_every_key_that_the_reader_knows(record: type[Any]) -> None:
    made = json_schema("scenario")
    names = ["Start-assumed", "Start-evidence"] if record is Start else [record.__name__]
    for known in [made] if record is Scenario else [made["$defs"][name] for name in names]:
        assert known["properties"].keys() - {"format"} == keys_of(record).keys()


def test_the_schema_of_claims_knows_every_key_that_the_reader_knows() -> None:
    made = json_schema("collective")
    assert made["properties"].keys() - {"format"} == keys_of(Collective).keys()
    for kind in ClaimKind:
        assert made["$defs"][f"Claim-{kind.value}"]["properties"].keys() == keys_of(Claim).keys()


# --- good files, and ways to spoil them --------------------------------------------------------

EVIDENCE = {"source": "yearbook-2026", "voice": "press", "credibility": 3, "claim": "An example."}
GOOD: dict[str, dict[str, Any]] = {
    "scenario": {
        "format": "recognition-scenario/1",
        "country": "FJI",
        "title": "A made-up record",
        "start": {"stage": "hostile", "ban": "none", "date": "1996-09-27", "assumed": "Made up."},
        "documented-until": "2026-01-15",
        "timeline": [
            {"act": "engage", "date": "2022-02-01..2022-02-03", "evidence": [EVIDENCE]},
            {
                "act": "recognise",
                "date": 2023,
                "rank": "deprecated",
                "because": "Nobody else has it.",
                "evidence": [
                    {
                        **EVIDENCE,
                        "at": {"paragraph": 3, "letters": 11, "digest": "lt1-" + "0f" * 16},
                        "bearing": "disputes",
                        "announcement": True,
                    }
                ],
            },
            {"status": {"at-least": "engaged"}, "date": "2024-01~", "evidence": [EVIDENCE]},
            {"signal": "visit", "date": "..2024-03", "evidence": [EVIDENCE]},
            {
                "refuse": "recognise",
                "date": "2024-05-27",
                "because": "not-attested",
                "evidence": [EVIDENCE],
            },
        ],
    },
    "collective": {
        "format": "recognition-collective/1",
        "title": "Made-up claims",
        "claims": [
            {
                "claim": "first",
                "country": "FJI",
                "among": ["FJI", "TUV"],
                "stage": "engaged",
                "since": 2021,
                "date": "2022",
                "evidence": [EVIDENCE],
            },
            {
                "claim": "unattributed",
                "group": "some islands",
                "date": "2024",
                "evidence": [EVIDENCE],
            },
        ],
    },
    "sources": {
        "format": "recognition-sources/1",
        "sources": {
            "made-up-2023": {
                "type": "report",
                "publisher": "The Example",
                "title": "An example",
                "issued": 2023,
                "public": "2023-05",
                "language": "en",
                "url": "https://example.org/report",
                "reliability": "C",
                "file": {"name": "000.txt", "size": 12, "sha256": "0f" * 32},
            }
        },
    },
    "authority": {
        "format": "recognition-authority/1",
        "title": "When they governed",
        "periods": [{"first": "1996-09-27", "closing": "2001-11-13", "last": "2001-12-07"}],
        "days": [{"date": "1996-09-27", "note": "An example.", "evidence": [EVIDENCE]}],
    },
    "checked": {
        "format": "recognition-checked/1",
        "samples": {
            "spring-2026": {
                "seed": 7,
                "size": 2,
                "population": 9,
                "record": "a made-up record",
                "on": "2026-05-01",
            }
        },
        "checked": [
            {
                "country": "FJI",
                "entry": "visit 2024",
                "digest": "en1-" + "0f" * 16,
                "on": "2026-05-02",
                "by": "other",
                "result": "corrected",
                "against": ["yearbook-2026"],
                "pages": ["https://example.org/page"],
                "sample": "spring-2026",
                "was": "en1-" + "1f" * 16,
                "found": "The year.",
            }
        ],
    },
    "signals": {
        "format": "recognition-signals/1",
        "signals": {
            "joint_exercise": {
                "family": "security",
                "meaning": "Forces of the two sides train together.",
                "deed": "both",
                "is-not": "An exercise of one side.",
                "example": {"country": "FJI", "date": "2024-05"},
                "aliases": ["joint_drill"],
                "cameo": ["060"],
                "plover": ["COOPERATE"],
            }
        },
    },
    "searches": {
        "format": "recognition-searches/1",
        "searches": [
            {
                "countries": ["FJI", "TUV"],
                "reviewed": "2026-01-15",
                "seen": "2026-02-01",
                "where": "An archive.",
                "searched": "Envoys.",
                "found": ["yearbook-2026"],
                "dropped": "A rumour.",
            }
        ],
    },
    "crosswalk": {
        "format": "recognition-crosswalk/1",
        "title": "Codes of a made-up project",
        "codes": "cameo",
        "reference": "A code book",
        "taliban": [
            {"code": "AFGGOV", "since": "2021-08-15", "until": "2030-01-01", "why": "They govern."},
            {"group": "TAL", "why": "The group."},
            {"name": "taliban", "why": "The name."},
        ],
        "countries": [{"code": "ROM", "country": "ROU"}],
        "events": [
            {
                "codes": ["042"],
                "family": "visit",
                "act": "engage",
                "attestation": "reported",
                "actors": ["GOV"],
                "why": "A visit.",
            }
        ],
    },
    "rules": {
        "format": "recognition-rules/1",
        "title": "Made up",
        "base": "shipped",
        "change": {"R04": {"needs": "claimed", "ban-becomes": "same"}},
        "add": {
            "R13": {
                "act": "recognise",
                "before": ["hostile"],
                "after": "de_jure_recognition",
                "ban-must-be": ["none", "lifted"],
                "ban-becomes": "none",
                "needs": "official",
                "why": "At once.",
                "reference": "A case.",
            }
        },
        "remove": ["R11"],
        "invariants": {"off": ["RM615"]},
    },
    "scale": {
        "format": "recognition-scale/1",
        "name": "mine",
        "title": "A made-up scale",
        "about": "Nothing.",
        "levels": [
            {
                "level": "low",
                "meaning": "Low.",
                "held-in": {"bans": ["none", "lifted", "in_force"]},
            },
            {
                "level": "high",
                "label": "High up",
                "meaning": "High.",
                "held-in": {"stages": ["hostile"], "bans": ["in_force"]},
                "entered-by": [
                    {"signals": ["visit_made"], "only-from": ["low"], "needs": "official"},
                    {"families": ["mission"], "acts": ["engage"]},
                ],
                "left-by": [{"acts": ["break_off"], "to": "low"}],
            },
        ],
    },
    "choices": {
        "format": "recognition-choices/1",
        "title": "Made up",
        "choices": {
            "rules": [
                {"option": "trusting", "reason": "A."},
                {"option": "shipped", "reason": "B."},
            ],
            "voice": [{"option": "other_state", "reason": "C."}],
            "grade": [{"option": "B2", "reason": "D."}],
            "refused": [
                {"option": "kept-out", "reason": "E."},
                {"option": "tried", "reason": "F."},
            ],
            "without": [{"option": "nothing", "reason": "G."}, {"option": "each", "reason": "H."}],
            "fuzz": [{"option": 0, "reason": "I."}, {"option": 100, "reason": "J."}],
            "lag": [{"option": 3650, "reason": "K."}],
        },
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_a_good_file_is_valid(name: str) -> None:
    assert [error.message for error in VALIDATORS[name].iter_errors(GOOD[name])] == []


@pytest.mark.parametrize("date", [2024, "2024", "2024-05", "2024-05-27", "2024-05~", "2024?"])
def test_every_way_to_write_a_date_is_valid(date: str | int) -> None:
    spoilt = deepcopy(GOOD["scenario"])
    spoilt["timeline"][0]["date"] = date
    assert VALIDATORS["scenario"].is_valid(spoilt)


@pytest.mark.parametrize("date", ["..2024-05", "2024..", "2024-05..2024-07-01", "2024..2025"])
def test_every_way_to_write_an_interval_is_valid(date: str) -> None:
    spoilt = deepcopy(GOOD["scenario"])
    spoilt["timeline"][0]["date"] = date
    assert VALIDATORS["scenario"].is_valid(spoilt)


def put(*path: str | int) -> Callable[[Any], Callable[[Any], None]]:
    """`put("start", "stage")("x")` corrupts a file with that value there."""

    def to(value: Any) -> Callable[[Any], None]:
        def spoil(root: Any) -> None:
            for key in path[:-1]:
                root = root[key]
            root[path[-1]] = value

        return spoil

    return to


def without(*path: str | int) -> Callable[[Any], None]:
    def spoil(root: Any) -> None:
        for key in path[:-1]:
            root = root[key]
        del root[path[-1]]

    return spoil


# The kind of file, where the mistake shows, and how it is made.
SPOILT: dict[str, tuple[str, list[str | int], Callable[[Any], None]]] = {
    "another format": ("scenario", ["format"], put("format")("recognition-scenario/2")),
    "no country": ("scenario", [], without("country")),
    "a two-letter code": ("scenario", ["country"], put("country")("NO")),
    "a small-letter code": ("scenario", ["country"], put("country")("fji")),
    "a key misspelt": ("scenario", [], put("titel")("x")),
    "an empty title": ("scenario", ["title"], put("title")("")),
    "no timeline": ("scenario", [], without("timeline")),
    "a timeline that is a mapping": ("scenario", ["timeline"], put("timeline")({"act": "ban"})),
    "documented until a month": (
        "scenario",
        ["documented-until"],
        put("documented-until")("2026-01"),
    ),
    "an unknown stage": ("scenario", ["start"], put("start", "stage")("friendly")),
    "a start without a ban": ("scenario", ["start"], without("start", "ban")),
    "an unknown act": ("scenario", ["timeline", 0], put("timeline", 0, "act")("recognize")),
    "an entry without evidence": ("scenario", ["timeline", 0], without("timeline", 0, "evidence")),
    "an entry with an empty list": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "evidence")([]),
    ),
    "an entry without a date": ("scenario", ["timeline", 0], without("timeline", 0, "date")),
    "an entry of two kinds": ("scenario", ["timeline", 0], put("timeline", 0, "signal")("visit")),
    "an entry of no kind": ("scenario", ["timeline", 3], without("timeline", 3, "signal")),
    "a lasting date": ("scenario", ["timeline", 0], put("timeline", 0, "date")("2022/2023")),
    "a date with a time": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "date")("2022-02-01T10:00"),
    ),
    "an unknown rank": ("scenario", ["timeline", 1], put("timeline", 1, "rank")("preferred")),
    "a status by an unknown key": (
        "scenario",
        ["timeline", 2],
        put("timeline", 2, "status", "at_least")("engaged"),
    ),
    "a signal of two words": ("scenario", ["timeline", 3], put("timeline", 3, "signal")("a visit")),
    "an unknown reason": ("scenario", ["timeline", 4], put("timeline", 4, "because")("too-early")),
    "a credibility of 7": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "evidence")([{**EVIDENCE, "credibility": 7}]),
    ),
    "an unknown voice": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "evidence")([{**EVIDENCE, "voice": "rumour"}]),
    ),
    "an announcement by word": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "evidence")([{**EVIDENCE, "announcement": "perhaps"}]),
    ),
    "a source by its title": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "evidence")([{**EVIDENCE, "source": "An Example"}]),
    ),
    "a short digest": (
        "scenario",
        ["timeline", 0],
        put("timeline", 0, "evidence")([{**EVIDENCE, "at": {"letters": 1, "digest": "lt1-0f"}}]),
    ),
    "a locator of no letters": (
        "scenario",
        ["timeline", 1],
        put("timeline", 1, "evidence", 0, "at", "letters")(0),
    ),
    "an unknown kind of claim": (
        "collective",
        ["claims", 0],
        put("claims", 0, "claim")("last"),
    ),
    "a claim among names": (
        "collective",
        ["claims", 0],
        put("claims", 0, "among")(["FJI", "Tuvalu"]),
    ),
    "a claim without the country that was first": (
        "collective",
        ["claims", 0],
        without("claims", 0, "country"),
    ),
    "a claim without its group": ("collective", ["claims", 1], without("claims", 1, "group")),
    "a start that is neither assumed nor shown": (
        "scenario",
        ["start"],
        without("start", "assumed"),
    ),
    "a status that says nothing": (
        "scenario",
        ["timeline", 2],
        put("timeline", 2, "status")({}),
    ),
    "a claim without evidence": ("collective", ["claims", 1], without("claims", 1, "evidence")),
    "claims without a title": ("collective", [], without("title")),
    "a source under a name in capitals": (
        "sources",
        ["sources"],
        put("sources", "Wire")(GOOD["sources"]["sources"]["made-up-2023"]),
    ),
    "a source without a publisher": (
        "sources",
        ["sources", "made-up-2023"],
        without("sources", "made-up-2023", "publisher"),
    ),
    "an address that is none": (
        "sources",
        ["sources", "made-up-2023", "url"],
        put("sources", "made-up-2023", "url")("example.org"),
    ),
    "a reliability of Z": (
        "sources",
        ["sources", "made-up-2023", "reliability"],
        put("sources", "made-up-2023", "reliability")("Z"),
    ),
    "a language by its name": (
        "sources",
        ["sources", "made-up-2023", "language"],
        put("sources", "made-up-2023", "language")("English"),
    ),
    "an unknown type": (
        "sources",
        ["sources", "made-up-2023", "type"],
        put("sources", "made-up-2023", "type")("gossip"),
    ),
    "a check without a digest": (
        "checked",
        ["checked", 0],
        without("checked", 0, "digest"),
    ),
    "a check with a digest of another kind": (
        "checked",
        ["checked", 0, "digest"],
        put("checked", 0, "digest")("lt1-" + "0f" * 16),
    ),
    "a sample without its seed": (
        "checked",
        ["samples", "spring-2026"],
        without("samples", "spring-2026", "seed"),
    ),
    "a copy without its size": (
        "sources",
        ["sources", "made-up-2023", "file"],
        without("sources", "made-up-2023", "file", "size"),
    ),
}


@pytest.mark.parametrize(("name", "path", "spoil"), SPOILT.values(), ids=SPOILT)
def test_corrupted_file_is_invalid_where_it_was_corrupted(
    name: str, path: list[str | int], spoil: Callable[[Any], None]
) -> None:
    spoilt = deepcopy(GOOD[name])
    spoil(spoilt)
    errors = VALIDATORS[name].iter_errors(spoilt)
    assert {tuple(error.absolute_path) for error in errors} == {tuple(path)}


# --- the editor and the reader agree -----------------------------------------------------------


def findings_of(name: str, data: dict[str, Any], folder: Path) -> list[rm.Finding]:
    """The findings of our own reader for a file with that content (JSON is YAML)."""
    register = rm.read_sources(REGISTER)
    path = folder / ("FJI.yaml" if name == "scenario" else f"{name}.yaml")
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    if name == "signals":
        reader = Reader({})
        reader.signals(read_document(path), shipped=False)
        return list(reader.findings)
    if name == "checked":
        reader = Reader({})
        reader.checks(read_document(path))
        return list(reader.findings)
    if name == "crosswalk":
        reader = CrosswalkReader({})
        reader.crosswalk(read_document(path))
        return list(reader.findings)
    if name == "rules":
        rules = RulesReader({})
        rules.rules(read_document(path))
        return list(rules.findings)
    if name == "scale":
        scales = ScaleReader({}, rm.shipped_vocabulary())
        scales.scale(read_document(path))
        return list(scales.findings)
    if name == "choices":
        choices = ChoicesReader(rm.read_sources())
        choices.choices(read_document(path))
        return list(choices.findings)
    if name == "searches":
        log = Reader(register)
        log.searches(read_document(path))
        return list(log.findings)
    if name != "sources":
        return list(rm.load_folder([path], register).findings)
    try:
        rm.read_sources(path, register)
    except rm.RecordError as error:
        return list(error.findings)
    return []


@pytest.mark.parametrize("name", NAMES)
def test_reader_accepts_what_the_schema_accepts(name: str, tmp_path: Path) -> None:
    assert findings_of(name, GOOD[name], tmp_path) == []


@pytest.mark.parametrize(("name", "_path", "spoil"), SPOILT.values(), ids=SPOILT)
def test_reader_rejects_what_the_schema_rejects(
    name: str, _path: list[str | int], spoil: Callable[[Any], None], tmp_path: Path
) -> None:
    spoilt = deepcopy(GOOD[name])
    spoil(spoilt)
    assert any(found.is_error for found in findings_of(name, spoilt, tmp_path))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), 1984),
        (("start", "assumed"), 1996),
        (("timeline", 0, "note"), 2022),
        (("start", "evidence"), []),
    ],
)
def test_schema_allows_what_the_reader_takes_as_text_or_empty(
    path: tuple[str | int, ...], value: Any, tmp_path: Path
) -> None:
    odd = deepcopy(GOOD["scenario"])
    put(*path)(value)(odd)
    assert findings_of("scenario", odd, tmp_path) == []
    assert VALIDATORS["scenario"].is_valid(odd)
