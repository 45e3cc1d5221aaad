"""What an editor inserts and says with a schema: skeletons, words, messages, suggestions.

An editor's skeleton of a mapping is its required keys, in the order of its properties, each with
its default, its only word, or a gap. `tools/check_editor.py` asks a language server itself.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support.fixtures import Story
from support.paths import REGISTER

import recognition_model as rm
from recognition_model.core.claims import ClaimKind
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.scenario import Rank
from recognition_model.core.stages import Reason
from recognition_model.io.choices_reader import ChoicesReader
from recognition_model.io.crosswalk_reader import CrosswalkReader
from recognition_model.io.files import read_document
from recognition_model.io.json_schema import NAMES, json_schema
from recognition_model.io.reader import Reader
from recognition_model.io.rules_reader import RulesReader
from recognition_model.io.scale_reader import ScaleReader

SKELETONS = {
    "ActStep": ["act", "date", "evidence"],
    "StatusStep": ["status", "date", "evidence"],
    "SignalStep": ["signal", "date", "evidence"],
    "RefuseStep": ["refuse", "date", "because", "evidence"],
    "Evidence": ["source", "voice", "credibility", "claim"],
    "Start-assumed": ["stage", "ban", "date", "assumed"],
    "Start-evidence": ["stage", "ban", "date", "evidence"],
    "Doctrine": ["says", "evidence"],
    "Locator": ["letters", "digest"],
    "Claim-none": ["claim", "date", "stage", "evidence"],
    "Claim-first": ["claim", "date", "stage", "country", "evidence"],
    "Claim-unattributed": ["claim", "date", "group", "evidence"],
    "Source": ["type", "publisher", "title", "issued", "language", "reliability"],
    "TextFile": ["name", "size", "sha256"],
    "PeriodOfRule": ["first"],
    "AuthorityDay": ["date", "note", "evidence"],
    "SignalMeaning": ["family", "meaning", "deed", "is-not"],
    "Example": ["country", "date"],
    "Check": ["country", "entry", "digest", "on", "by", "result"],
    "Sample": ["seed", "size", "population", "record", "on"],
    "TalibanActor": ["why"],
    "CountryAlias": ["code", "country"],
    "EventMeaning": ["codes", "why"],
    "EventColumns": ["day", "code", "actor", "recipient"],
    "ActorColumns": ["country"],
    "WrittenRule": ["act", "before", "after", "ban-must-be", "needs", "why", "reference"],
    "Level": ["level", "meaning"],
    "Leaving": ["to"],
    **{
        f"Listed{kind}": ["option", "reason"]
        for kind in ("Table", "Voice", "Grade", "Reports", "Source", "Fuzz", "Lag")
    },
    "ListedUniverse": ["name", "reason"],
    "Search": ["countries", "reviewed", "seen", "where", "searched", "found"],
}
# What a person writes into a gap. Anything else is taken from the schema.
GAPS = {
    "country": "FJI",
    "title": "Made up",
    "documented-until": "2026-01-15",
    "date": "2024-05-27",
    "first": "2021-08-15",
    "issued": "2023",
    "language": "en",
    "signal": "visit_made",
    "source": "yearbook-2026",
    "digest": "lt1-" + "0f" * 16,
    "on": "2026-05-02",
    "sha256": "0f" * 32,
    "status": {"stage": "hostile"},
    "sources": {},
    "countries": ["FJI"],
    "found": ["yearbook-2026"],
    "reviewed": "2026-01-15",
    "seen": "2026-02-01",
}

# Where one key has texts of different shapes: the digest of an entry, codes of events and actors.
FITTING = {
    "^[a-z][a-z0-9_]*$": "low",
    "^en1-": "en1-" + "0f" * 16,
    "^([0-9]{2,4}|": "042",
    "^[A-Z]{2,15}$": "MAL",
    "^[A-F][1-6]$": "B2",
    "^[a-z0-9][a-z0-9-]*$": "yearbook-2026",
}


def definitions() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Every record of every schema, with the schema that it is in."""
    schemas = [json_schema(name) for name in NAMES]
    return {name: (made, whole) for whole in schemas for name, made in whole["$defs"].items()}


def skeleton(made: dict[str, Any], whole: dict[str, Any]) -> Any:
    """What an editor inserts for a schema, with its gaps filled."""
    if "$ref" in made:
        return skeleton(whole["$defs"][made["$ref"].rpartition("/")[2]], whole)
    if "oneOf" in made:
        return skeleton(made["oneOf"][0], whole)
    if made["type"] == "array":
        return [skeleton(made["items"], whole)]
    if made["type"] == "object":
        values = made.get("properties", {})
        keys = made.get("required", [key for key in values if "default" in values[key]])
        return {key: value(key, values[key], whole) for key in values if key in keys}
    return value("", made, whole)


def value(key: str, made: dict[str, Any], whole: dict[str, Any]) -> Any:
    """A value as an editor offers it: a default, a word, or a text for a gap."""
    for begin, text in FITTING.items():
        if made.get("pattern", "").startswith(begin):
            return text
    for offered in (made.get("default"), GAPS.get(key), made.get("const"), *made.get("enum", [])):
        if offered is not None:
            return offered
    if made.get("type") in ("array", "object") or "$ref" in made:
        return skeleton(made, whole)
    return 7 if made["type"] == "integer" else "Made up."


def every_value(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema of a value, at any depth."""
    if isinstance(node, list):
        for entry in node:
            yield from every_value(entry)
    if isinstance(node, dict):
        if node.get("type") not in (None, "object", "array"):
            yield node
        yield from every_value(list(node.values()))


# --- skeletons ---------------------------------------------------------------------------------


def test_every_record_has_a_skeleton() -> None:
    no_skeleton = {"Assertion"}  # a status says any one of its four keys
    no_skeleton |= {"RuleChange", "InvariantChoice"}  # any keys of a rule; which codes are off
    no_skeleton |= {"Entering", "HeldIn"}  # any of the keys that name entries, or states
    no_skeleton |= {"ListedChoices"}  # any of the choices
    assert definitions().keys() == SKELETONS.keys() | no_skeleton


@pytest.mark.parametrize(("name", "keys"), SKELETONS.items(), ids=SKELETONS)
def test_skeleton_has_required_keys_in_order_of_writing(name: str, keys: list[str]) -> None:
    made, _ = definitions()[name]
    assert made["required"] == keys
    assert list(made["properties"])[: len(keys)] == keys


@pytest.mark.parametrize("name", SKELETONS)
def test_skeleton_is_valid_with_gaps_filled(name: str) -> None:
    made, whole = definitions()[name]
    check = Draft202012Validator({**made, "$defs": whole["$defs"]})
    assert [error.message for error in check.iter_errors(skeleton(made, whole))] == []


@pytest.mark.parametrize("name", NAMES)
def test_skeleton_of_a_file_is_read_without_a_finding(name: str, tmp_path: Path) -> None:
    whole = json_schema(name)
    made = skeleton(whole, whole)
    Draft202012Validator(whole).validate(made)
    path = tmp_path / ("FJI.yaml" if name == "scenario" else f"{name}.yaml")
    path.write_text(json.dumps(made, indent=1), encoding="utf-8")
    register = rm.read_sources(REGISTER)
    if name == "sources":
        assert rm.read_sources(path, register) == register
    elif name == "signals":
        reader = Reader({})
        reader.signals(read_document(path), shipped=False)
        assert reader.findings == []
    elif name == "checked":
        reader = Reader({})
        reader.checks(read_document(path))
        # Which of two keys it is, an editor cannot know.
        needs = "a check with the result agrees needs the key 'against'"
        assert [found.message for found in reader.findings] == [needs]
    elif name == "crosswalk":
        reader = CrosswalkReader({})
        reader.crosswalk(read_document(path))
        # Which of three keys names an actor, an editor cannot know, nor what a code means.
        assert {found.code for found in reader.findings} <= {"RM212", "RM223"}
    elif name == "rules":
        rules = RulesReader({})
        rules.rules(read_document(path))
        # Whether the file has a whole table or a base, an editor cannot know.
        assert {found.code for found in rules.findings} == {"RM230"}
    elif name == "scale":
        scales = ScaleReader({}, rm.shipped_vocabulary())
        scales.scale(read_document(path))
        # How many levels, and what each says, an editor cannot know.
        assert {found.code for found in scales.findings} <= {"RM212", "RM250"}
    elif name == "choices":
        choices = ChoicesReader(rm.read_sources())
        choices.choices(read_document(path))
        # Whether the file lists options or universes, an editor cannot know.
        assert {found.code for found in choices.findings} == {"RM270"}
    elif name == "searches":
        log = Reader(register)
        assert log.searches(read_document(path))
        assert log.findings == []
    else:
        assert rm.load_folder([path], register).findings == ()


def test_skeleton_of_a_file_has_the_start_of_a_new_scenario() -> None:
    whole = json_schema("scenario")
    assert skeleton(whole["properties"]["start"], whole) == {
        "stage": "hostile",
        "ban": "none",
        "date": "2021-08-15",
        "assumed": "Nothing has been looked up yet. This start is a placeholder.",
    }


def test_titles_are_words_for_a_menu() -> None:
    titles = {name: made["title"] for name, (made, _) in definitions().items()}
    assert {titles[name] for name in ("ActStep", "StatusStep", "SignalStep", "RefuseStep")} == {
        "An act",
        "A status",
        "A signal",
        "An act to refuse",
    }
    assert len(set(titles.values())) == len(titles)
    for name, title in titles.items():
        assert title[0].isupper()
        assert name.partition("-")[0] not in title.replace(" ", "")[1:]


# --- words and messages ------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_word_has_a_type_and_a_meaning(name: str) -> None:
    words = [made for made in every_value(json_schema(name)) if "enum" in made]
    for made in words:
        assert made["type"] in ("string", "integer")
        assert len(made["enumDescriptions"]) == len(made["enum"])
        assert all(
            text.endswith(".") or made["type"] == "integer" for text in made["enumDescriptions"]
        )
    assert words or name == "searches"  # a log has texts, days and names


@pytest.mark.parametrize("kind", [rm.Act, rm.Stage, rm.Ban, rm.Voice, rm.Bearing, Reason, Rank])
def test_schema_of_a_scenario_has_every_word(kind: Any) -> None:
    words = [made["enum"] for made in every_value(json_schema("scenario")) if "enum" in made]
    assert [member.value for member in kind] in words


@pytest.mark.parametrize("kind", [SourceType, Reliability])
def test_schema_of_a_register_has_every_word(kind: Any) -> None:
    words = [made["enum"] for made in every_value(json_schema("sources")) if "enum" in made]
    assert [member.value for member in kind] in words


def test_schema_of_claims_has_every_kind_of_claim() -> None:
    made = json_schema("collective")["$defs"]
    words = [made[f"Claim-{kind.value}"]["properties"]["claim"]["const"] for kind in ClaimKind]
    assert words == ["none", "first", "unattributed"]


@pytest.mark.parametrize("name", NAMES)
def test_no_editor_shows_a_regular_expression(name: str) -> None:
    shaped = [made for made in every_value(json_schema(name)) if "pattern" in made]
    assert shaped
    for made in shaped:
        assert made["patternErrorMessage"].startswith("Not a ")
        assert "\\" not in made["patternErrorMessage"]


def test_message_for_a_wrong_date_says_what_to_write() -> None:
    made = json_schema("scenario")["$defs"]["ActStep"]["properties"]["date"]
    assert made["patternErrorMessage"] == (
        "Not a date: write 2024, 2024-05 or 2024-05-27, with one ~ (approximate) or ? (doubtful) "
        "behind, or 2024-05..2024-07, ..2024-05, 2024-05.. for one day within a range."
    )
    for text in ("2024", "2024-05", "2024-05-27", "2024-05..2024-07", "..2024-05", "2024-05.."):
        assert text in made["patternErrorMessage"]
        rm.When.parse(text)


# --- suggestions -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, story: Story) -> rm.Folder:
    """Two countries with signals, and their register."""
    visit = "- {signal: visit, date: 2024, evidence: [$press]}\n"
    sent = "- {signal: charge_sent_home, date: 2025, evidence: [$press]}\n"
    for country, timeline in (("FJI", visit + sent), ("TUV", visit)):
        text = story(timeline, country=country)
        (tmp_path / f"{country}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "sources.yaml").write_bytes(REGISTER.read_bytes())
    return rm.load_folder(tmp_path)


def test_suggestions_are_signals_with_meanings_or_uses(folder: rm.Folder) -> None:
    made = json_schema("scenario", folder)["$defs"]["SignalStep"]["properties"]["signal"]
    words, any_text = made["anyOf"]
    offered = dict(zip(words["enum"], words["enumDescriptions"], strict=True))
    assert list(offered) == [*folder.vocabulary.words, "charge_sent_home"]
    assert offered["charge_sent_home"] == "Used once: FJI."
    assert offered["visit_made"].startswith("visit: Officials or envoys of the country travel to")
    assert any_text == {"type": "string"}


@pytest.mark.parametrize("name", ["scenario", "collective", "authority"])
def test_suggestions_are_own_and_shipped_sources_with_titles(name: str, folder: rm.Folder) -> None:
    made = json_schema(name, folder)["$defs"]["Evidence"]["properties"]["source"]
    offered = dict(zip(made["anyOf"][0]["enum"], made["anyOf"][0]["enumDescriptions"], strict=True))
    assert offered["yearbook-2026"] == str(folder.sources["yearbook-2026"])
    assert offered["tass-2022-01-31"].startswith("TASS, Russia sees steps ")
    assert len(offered) == len(folder.sources)
    assert list(offered) == sorted(offered)


def test_word_that_is_not_suggested_stays_valid(folder: rm.Folder) -> None:
    whole = json_schema("scenario", folder)
    for name, new, wrong in (("Evidence", "mine-2024", "Mine 2024"), ("SignalStep", "x_y", "x y")):
        key = "source" if name == "Evidence" else "signal"
        check = Draft202012Validator(whole["$defs"][name]["properties"][key])
        assert check.is_valid(new)
        assert not check.is_valid(wrong)


def test_schema_without_a_folder_suggests_the_shipped_words_alone() -> None:
    made = json_schema("scenario")["$defs"]
    words, _ = made["SignalStep"]["properties"]["signal"]["anyOf"]
    assert words["enum"] == [*rm.shipped_vocabulary().words]
    assert "anyOf" not in made["Evidence"]["properties"]["source"]
