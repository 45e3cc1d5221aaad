"""The library as a program uses it: load, replay, ask; frozen values, and nothing printed."""

import csv
import io
import json
import pickle
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import walk_packages
from threading import Barrier
from typing import Any

import attrs
import pytest
from support.paths import REGISTER

import recognition_model as rm
from recognition_model.analysis import claims as collective
from recognition_model.analysis import verify as verifying

EVERY_KIND = """
    - act: engage
      date: 2022-02-01..2022-02-03
      evidence: [$press]
    - act: recognise
      date: 2023
      rank: deprecated
      because: Nobody else has it.
      evidence: [$press]
    - status: {stage: engaged}
      date: 2024-01-01
      evidence: [$other]
    - signal: visit
      date: 2024-03~
      evidence: [$host]
    - refuse: recognise
      date: 2024-05-27
      because: not-attested
      evidence: [$press]
    - act: accept_ambassador
      date: 2024-06-01
      evidence: [$taliban]
"""
LOG = """\
format: recognition-searches/1
searches:
  - countries: [FJI]
    reviewed: 2026-01-15
    seen: 2026-02-01
    where: An archive.
    searched: Fiji and Kabul.
    found: []
"""
CLAIMS = """\
format: recognition-collective/1
title: Made-up claims
claims:
  - claim: first
    country: FJI
    stage: engaged
    date: 2022
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
"""


def record_of_fiji(folder: Path, story: Callable[..., str]) -> Path:
    """A made-up record with every kind of entry, a claim, a register and a log beside them."""
    register = REGISTER
    (folder / "sources.yaml").write_bytes(register.read_bytes())
    (folder / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    (folder / "searches.yaml").write_text(LOG, encoding="utf-8")
    path = folder / "FJI.yaml"
    path.write_text(story(EVERY_KIND, country="FJI"), encoding="utf-8")
    return path


@pytest.fixture
def fiji(tmp_path: Path, story: Callable[..., str]) -> Path:
    """The path of a made-up record of Fiji."""
    return record_of_fiji(tmp_path, story)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, story: Callable[..., str]) -> dict[str, Any]:
    """One value of every kind that the library hands out, by the name of its class."""
    fiji = record_of_fiji(tmp_path_factory.mktemp("records"), story)
    folder = rm.load_folder([fiji.parent])
    assert folder.findings == ()
    (scenario,) = folder.scenarios
    (claims,) = folder.collectives
    replay = rm.replay(scenario)
    (checked,) = collective.check(claims, [replay])
    invariant = rm.INVARIANTS[0]
    refusal = replay.refusals[0]
    act = rm.next_acts(replay.history.start)[0]
    values = [
        *(folder, scenario, scenario.start, *scenario.timeline, claims, *claims.claims, checked),
        *(
            replay,
            replay.history,
            replay.history.entries[1],
            *replay.changes,
            *replay.history.spells,
            *replay.findings,
        ),
        *(replay.history.on("2022-02-02"), refusal, *replay.statuses, replay.statuses[0].verdict),
        *(refusal.attempts[0], refusal.attempts[0].unmet[0], act, refusal.state),
        *(rm.RULES, rm.RULES["R01"], invariant, *invariant.violations(invariant.broken_by())),
        *(scenario.timeline[0].date, scenario.timeline[0].evidence[0], scenario.place),
        *(folder.vocabulary, folder.vocabulary.words["visit"]),
        *(folder.sources["yearbook-2026"], rm.Locator.of("An example."), rm.CODES["RM501"]),
        *(replay.statuses[0].step.status, verifying.verify(folder, fiji.parent)),
        *(rm.why(replay), rm.dossier(replay), rm.dossier(replay).entries[0]),
        *(rm.edition_of([replay]), rm.citation_of_entry(replay, 1)),
        rm.agreement(folder, folder),
        *_reasonable(folder, fiji.parent),
        rm.smallest(fiji, "RM501"),
        rm.Correction(country="FJI", fact="state", old="engaged", new=None),
        *(folder.searches[str(fiji.parent)], *folder.searches[str(fiji.parent)].searches),
        *_levels(replay),
        rm.compare([replay, attrs.evolve(replay, scenario=attrs.evolve(scenario, country="TUV"))]),
    ]
    return {type(value).__name__: value for value in values}


def _reasonable(folder: rm.Folder, at: Path) -> tuple[Any, ...]:
    """What the library hands out about universes: a file of choices, and an answer over them."""
    path = at / "choices.txt"
    path.write_text(
        "format: recognition-choices/1\ntitle: Made up\nuniverses:\n"
        "  - {name: a, reason: A.}\n  - {name: b, reason: B., rules: strict}\n",
        encoding="utf-8",
    )
    chosen = rm.load_choices(path, folder)
    return chosen, rm.robustness(folder, "stage FJI 2024", chosen=chosen, blocks=True)


def _levels(replay: rm.Replay) -> tuple[Any, ...]:
    """What the library hands out about a scale."""
    scale = rm.load_scale("representation")
    history = rm.levels_of(replay, scale)
    position = history.on("2022-02-03")
    return (scale, *scale.levels, history, *history.spells, position, rm.prove_scale(scale))


KINDS = {
    *(
        "ActStep",
        "Agreement",
        "Assertion",
        "Attempt",
        "Change",
        "Claim",
        "ClaimCheck",
        "Code",
        "Collective",
    ),
    *("Citation", "Comparison", "Correction", "Dossier", "Edition", "RecordedEntry", "Why"),
    *(
        "Chosen",
        "Robustness",
        "Search",
        "SearchLog",
        "SignalMeaning",
        "SmallestRecord",
        "Vocabulary",
    ),
    *("Level", "LevelHistory", "LevelPosition", "LevelSpell", "Scale", "ScaleProof"),
    *(
        "Entry",
        "Evidence",
        "Finding",
        "Folder",
        "History",
        "Invariant",
        "Locator",
        "NextAct",
        "Place",
    ),
    *("Position", "Refusal", "RefuseStep", "Replay", "Rule", "RuleTable", "Scenario"),
    *("SignalStep", "Source", "Spell", "State", "Start", "StatusCheck", "StatusStep", "Unmet"),
    *("Verdict", "Verification", "Violation", "When"),
}


# --- three lines of a program ------------------------------------------------------------------


def test_record_is_loaded_replayed_and_asked_in_three_lines(fiji: Path) -> None:
    replay = rm.replay(rm.load(fiji))
    assert replay.country == "FJI"
    assert replay.history.on("2022-01-31").stage is rm.Stage.HOSTILE
    assert replay.history.on("2022-02-02").stage is None  # the dates leave it open
    assert replay.history.on("2022-02-03").stage is rm.Stage.ENGAGED
    assert replay.history.on("2022-02-03").ban is rm.Ban.NONE


@pytest.mark.parametrize("given", [str, Path])
def test_path_may_be_str_or_path(fiji: Path, given: type[Any]) -> None:
    assert rm.load(given(fiji)).country == "FJI"
    assert [s.country for s in rm.load_folder([given(fiji)]).scenarios] == ["FJI"]
    assert "yearbook-2026" in rm.read_sources(given(fiji.parent / "sources.yaml"))


def test_shipped_record_loads_without_path() -> None:
    countries = {scenario.country for scenario in rm.load_folder().scenarios}
    assert {"RUS", "KAZ", "CHN"} <= countries
    assert "tass-2022-01-31" in rm.read_sources()


def test_day_may_be_str_or_date_but_not_datetime(fiji: Path) -> None:
    history = rm.replay(rm.load(fiji)).history
    assert history.on(date(2024, 5, 28)) == history.on("2024-05-28")
    with pytest.raises(TypeError):
        history.on(datetime(2024, 5, 28, 12))  # noqa: DTZ001 - the point is that it is refused
    with pytest.raises(rm.DateError) as caught:
        history.on("2024-05")
    assert caught.value.code == "RM405"


def test_broken_file_raises_one_error_with_all_findings(fiji: Path) -> None:
    text = fiji.read_text(encoding="utf-8")
    fiji.write_text(text.replace("signal: visit", "signal: a visit").replace("2023", "2023-13"))
    with pytest.raises(rm.RecordError) as caught:
        rm.load(fiji)
    # `act: recognise` is line 10, its date line 11; the signal is line 18.
    places = [(f.code, f.place.line, f.place.column) for f in caught.value.findings]
    assert places == [("RM402", 11, 11), ("RM209", 18, 13)]


def test_replay_converts_to_json_data(fiji: Path) -> None:
    data = rm.replay(rm.load(fiji)).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert [data["country"], data["stage"], data["ban"]] == ["FJI", "engaged", "none"]
    assert [(c["rule"], c["after"], c["line"]) for c in data["changes"]] == [("R02", "engaged", 7)]
    assert [(r["act"], r["expected"], r["line"]) for r in data["refusals"]] == [
        ("recognise", True, 21),
        ("accept_ambassador", False, 25),
    ]


def test_rows_of_history_write_as_csv(fiji: Path) -> None:
    rows = rm.replay(rm.load(fiji)).history.rows()
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, fieldnames=list(rows[0]), extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    sheet.seek(0)
    hostile, engaged = csv.DictReader(sheet)
    assert (hostile["country"], hostile["stage"], hostile["ban"]) == ("FJI", "hostile", "none")
    assert (hostile["from"], hostile["to"]) == ("1996-09-27", "2022-02-01..2022-02-03")
    assert (hostile["act"], hostile["evidence"]) == ("", "")
    assert (engaged["from_earliest"], engaged["from_latest"]) == ("2022-02-01", "2022-02-03")
    assert (engaged["act"], engaged["rule"], engaged["last_documented"]) == (
        "engage",
        "R02",
        "True",
    )
    assert engaged["to_earliest"] == "2026-01-15"


# --- what the package offers -------------------------------------------------------------------


def test_what_a_position_rests_on_has_public_types(fiji: Path) -> None:
    said = rm.replay(rm.load(fiji)).history.on("2022-02-03")
    assert isinstance(said.last_entry, rm.Entry)
    assert said.basis is rm.Basis.EVIDENCED


def test_names_that_a_module_lists_exist() -> None:
    for found in walk_packages(rm.__path__, "recognition_model."):
        if not found.name.endswith("__main__") and importable(found.name):
            module = import_module(found.name)
            missing = [n for n in getattr(module, "__all__", ()) if not hasattr(module, n)]
            assert not missing, found.name


def importable(name: str) -> bool:
    """Whether what a module needs is installed: some need an extra."""
    try:
        import_module(name)
    except ImportError:
        return False
    return True


def test_public_names_exist_once_and_in_order() -> None:
    assert all(hasattr(rm, name) for name in rm.__all__)
    assert len(set(rm.__all__)) == len(rm.__all__)
    capitals = [name for name in rm.__all__ if name.isupper()]
    classes = [name for name in rm.__all__ if name[0].isupper() and not name.isupper()]
    functions = [name for name in rm.__all__ if name[0].islower()]
    assert rm.__all__ == [*sorted(capitals), *sorted(classes), *sorted(functions)]


@pytest.mark.parametrize("name", [name for name in rm.__all__ if not name.isupper()])
def test_public_names_have_docstrings(name: str) -> None:
    assert (getattr(rm, name).__doc__ or "").strip()


def test_package_has_py_typed() -> None:
    assert files(rm).joinpath("py.typed").is_file()


# --- plain frozen values -----------------------------------------------------------------------


def test_values_below_cover_every_class(records: dict[str, Any]) -> None:
    assert set(records) == KINDS
    # No record that the package names is left out but the abstract kind of a step, which has no
    # values, and what a file with an error gives.
    named = {name for name in rm.__all__ if attrs.has(getattr(rm, name)) and name != "RULES"}
    assert named - {"Step", "UnexpectedlyPermitted"} <= KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_attributes_of_values_cannot_be_changed(kind: str, records: dict[str, Any]) -> None:
    value = records[kind]
    for attribute in attrs.fields(type(value)):
        with pytest.raises(AttributeError):
            setattr(value, attribute.name, None)
        with pytest.raises(AttributeError):
            delattr(value, attribute.name)
    with pytest.raises(AttributeError):
        value.something_else = None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_values_contain_no_mutable_collection(kind: str, records: dict[str, Any]) -> None:
    value = records[kind]
    for attribute in attrs.fields(type(value)):
        if attribute.eq:  # an index beside the values is no part of them
            held = getattr(value, attribute.name)
            assert not isinstance(held, list | dict | set), attribute.name


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_repr_of_value_is_one_line_without_address(kind: str, records: dict[str, Any]) -> None:
    told = repr(records[kind])
    assert kind in told
    assert "\n" not in told
    assert not re.search(r"0x[0-9a-f]{6}|object at", told)


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("Source", "title"),
        ("Source", "publisher"),
        ("Scenario", "title"),
        ("Collective", "title"),
        ("Claim", "group"),
        ("Finding", "message"),
    ],
)
def test_repr_of_value_with_two_line_text_is_one_line(
    kind: str, attribute: str, records: dict[str, Any]
) -> None:
    told = repr(attrs.evolve(records[kind], **{attribute: "One line\nand another"}))
    assert "\n" not in told
    assert "and another" in told


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_values_are_hashable(kind: str, records: dict[str, Any]) -> None:
    value = records[kind]
    assert len({value, value}) == 1


# An invariant carries functions, and a folder its register: neither is data to send about.
@pytest.mark.parametrize("kind", sorted(KINDS - {"Folder", "Invariant", "Violation"}))
def test_pickled_value_is_equal(kind: str, records: dict[str, Any]) -> None:
    value = records[kind]
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own


def test_file_loaded_twice_gives_equal_records_and_replays(fiji: Path) -> None:
    one, other = rm.load(fiji), rm.load(fiji)
    assert one == other
    assert hash(one) == hash(other)
    assert rm.replay(one) == rm.replay(other)


def test_register_is_read_only(fiji: Path) -> None:
    sources = rm.read_sources(fiji.parent / "sources.yaml")
    assert isinstance(sources, Mapping)
    with pytest.raises(TypeError):
        sources["another"] = sources["yearbook-2026"]  # type: ignore[index]
    with pytest.raises(TypeError):
        rm.load_folder([fiji]).sources["another"] = None  # type: ignore[index]


# --- manners -----------------------------------------------------------------------------------


def test_library_prints_nothing(fiji: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fiji.with_name("TUV.yaml").write_text("format: recognition-scenario/1\ncountry: [\n", "utf-8")
    folder = rm.load_folder([fiji.parent, "nowhere"])
    replays = [rm.replay(scenario) for scenario in folder.scenarios]
    checked = collective.check(folder.collectives[0], replays)
    verified = verifying.verify(folder, fiji.parent)
    assert folder.findings
    assert replays[0].findings
    assert checked
    assert verified.items == ()
    assert replays[0].history.on("2024-05-28").in_words() == "engaged"
    with pytest.raises(rm.RecordError):
        rm.load("nowhere.yaml")
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads that take turns as often as they can, so that what they share shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hurried")
def test_scenario_replayed_in_8_threads_gives_equal_replays(
    fiji: Path,
) -> None:
    scenario = rm.load(fiji)
    alone = rm.replay(scenario).to_dict()
    together = Barrier(8)

    def replayed(_: int) -> list[dict[str, Any]]:
        together.wait(timeout=10)
        return [rm.replay(scenario).to_dict() for _ in range(20)]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(replayed, range(8)))
    assert found == [[alone] * 20] * 8


@pytest.mark.usefixtures("hurried")
def test_scenarios_in_several_threads_do_not_mix() -> None:
    scenarios = rm.load_folder().scenarios
    alone = [rm.replay(scenario) for scenario in scenarios]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(rm.replay, scenarios * 5))
    assert found == alone * 5


def test_asking_replay_does_not_change_it(fiji: Path) -> None:
    scenario = rm.load(fiji)
    replay, untouched = rm.replay(scenario), rm.replay(scenario)
    replay.history.on("2024-05-28")
    replay.history.rows()[0].clear()
    replay.to_dict()["changes"].clear()
    assert replay == untouched
    assert replay.to_dict() == untouched.to_dict()
    assert replay.history.rows() == untouched.history.rows()
