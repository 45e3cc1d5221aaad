"""Lint: what is reported and what is not. The expected messages are in `tests/findings/`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from support import slips
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.core.dates import first_out_of_order
from recognition_model.core.evidence import Bearing, Reliability
from recognition_model.core.scenario import Rank
from recognition_model.io.shipped import record_root

WEAK = evolve(OFFICIAL, credibility=4)
ELSEWHERE = evolve(PRESS, source=evolve(YEARBOOK, id="elsewhere"))
TOLD_BEFORE = evolve(PRESS, announcement=True)
UNLIKELY = evolve(YEARBOOK, id="unlikely", reliability=Reliability.NOT_USUALLY_RELIABLE)


def codes(replays: Iterable[rm.Replay], folder: rm.Folder | None = None) -> list[str]:
    """The warnings of made-up records. They go on after their few sources: RM712 is left out."""
    found = rm.lint(folder or rm.Folder(), list(replays))
    return [one.code for one in found if one.code != "RM712"]


@pytest.fixture
def looked_at(
    write: Callable[..., Path], register: Mapping[str, rm.Source]
) -> Callable[..., list[str]]:
    """Write files into a folder, replay it, and return the warnings as texts."""

    def look(files: Mapping[str, str]) -> list[str]:
        paths = [write(text, name) for name, text in files.items()]
        folder = rm.load_folder(paths[0].parent, register)
        replays = [rm.replay(scenario) for scenario in folder.scenarios]
        found = rm.lint(folder, replays)
        return [f"{one.code} {one.message}" for one in found if one.code != "RM712"]

    return look


def registered(*entries: tuple[str, str, str]) -> str:
    """A register of entries: name, title, address."""
    told = "".join(
        f"  {name}:\n    type: webpage\n    publisher: The Example\n    title: {title!r}\n"
        f"    issued: 2024-06-01\n    language: en\n    url: {url}\n"
        f"    archive: https://archive.example/{name}\n    reliability: C\n"
        for name, title, url in entries
    )
    return f"format: recognition-sources/1\nsources:\n{told}"


def citing(story: Callable[..., str], *names: str) -> str:
    items = [f"{{source: {n}, voice: press, credibility: 3, claim: An example.}}" for n in names]
    return story(f"- {{signal: visit, date: 2024-05, evidence: [{', '.join(items)}]}}")


def test_lint_accepts_change_with_one_well_graded_item() -> None:
    sound = evolve(OFFICIAL, source=evolve(YEARBOOK, id="gazette"))
    told = record(act("engage", "2022", WEAK, sound))
    assert codes([told]) == []


def test_lint_ignores_well_graded_evidence_that_does_not_suffice() -> None:
    told = record(
        act("engage", "2021-09", OFFICIAL, ELSEWHERE), act("ban", "2022", WEAK, ELSEWHERE)
    )
    assert codes([told]) == ["RM708"]


@pytest.mark.parametrize("item", [WEAK, evolve(OFFICIAL, source=UNLIKELY)], ids=["4", "D"])
def test_low_reliability_or_credibility_is_weak(item: rm.Evidence) -> None:
    assert "RM708" in codes([record(act("engage", "2022", item))])


def test_lint_leaves_old_evidence_of_acts_to_invariant() -> None:
    early = evolve(OFFICIAL, source=evolve(YEARBOOK, issued=rm.When.parse("1996")))
    told = record(act("engage", "2022", early, ELSEWHERE))
    assert {found.code for found in told.findings} == {"RM605"}
    assert codes([told]) == []


def test_lint_accepts_older_evidence_that_disputes_an_entry() -> None:
    doubt = evolve(PRESS, bearing=rm.Bearing.DISPUTES)
    visit = rm.SignalStep(
        signal="visit",
        date=rm.When.parse("2022"),
        evidence=(TOLD_BEFORE, doubt),
    )
    assert codes([record(visit)]) == []


OWN_WORD = """\
format: recognition-signals/1
signals:
  lighthouse_lit:
    family: economic
    meaning: The host lights a lighthouse for the Taliban.
    deed: host
    is-not: A bonfire.
    aliases: [beacon_lit]
"""


def words_found(folder: rm.Folder) -> list[tuple[str, str, int, str]]:
    """What lint says of words for signals: code, severity, line, hint."""
    codes = {"RM706", "RM716", "RM718", "RM722"}
    return [
        (one.code, str(one.severity), one.place.line, one.hint)
        for one in rm.lint(folder, [rm.replay(one) for one in folder.scenarios])
        if one.code in codes
    ]


@pytest.mark.parametrize(
    ("word", "code", "hint"),
    [
        ("visit_mad", "RM706", "did you mean visit_made? If not, define it in a signals.yaml"),
        ("mision_vacated", "RM706", "did you mean mission_vacated? If not"),
        ("talks_refusd", "RM706", "did you mean talks_refused? If not"),
        ("contacts_confirmd", "RM706", "did you mean contact_unspecified? If not"),
        ("visit_paid", "RM718", "write visit_made if you mean that; if not, define it in"),
        ("bonfire", "RM718", "use a word that `explain signals` lists; or define it in"),
        ("engage", "RM716", "if it is the act, write `act: engage`"),
        ("recognize", "RM716", "if it is the act, write `act: recognise`"),
    ],
)
def test_unknown_word_for_a_signal_is_a_warning_where_it_is_first_used(
    word: str, code: str, hint: str, tmp_path: Path
) -> None:
    slips.write(tmp_path, "status: {stage: engaged}", f"signal: {word}")
    for folder in (rm.load_folder(tmp_path), rm.load_folder(beside=tmp_path)):
        ((found, severity, line, told),) = words_found(folder)
        assert (found, severity, line) == (code, "warning", 12)
        assert told.startswith(hint)


def test_unknown_word_for_a_signal_is_an_error_in_a_version_of_the_shipped_record(
    tmp_path: Path,
) -> None:
    shutil.copytree(record_root("seeds"), tmp_path / "seeds")
    for folder in ("scenarios", "src/recognition_model"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "src" / "recognition_model" / "__init__.py").touch()
    slips.write(tmp_path / "scenarios", "status: {stage: engaged}", "signal: bonfire")
    found = words_found(rm.load_folder(tmp_path / "scenarios" / "FRA.yaml"))
    assert [one[:3] for one in found] == [("RM718", "error", 12)]


@pytest.mark.parametrize("word", ["visit", "visit_made", "lighthouse_lit", "beacon_lit"])
def test_word_of_the_shipped_or_the_own_vocabulary_is_not_reported(
    word: str, tmp_path: Path
) -> None:
    slips.write(tmp_path, "status: {stage: engaged}", f"signal: {word}")
    (tmp_path / "signals.yaml").write_text(OWN_WORD, encoding="utf-8")
    assert words_found(rm.load_folder(tmp_path)) == []


def test_own_word_is_unknown_in_another_folder(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    slips.write(tmp_path / "one", "status: {stage: engaged}", "signal: lighthouse_lit")
    (tmp_path / "other" / "signals.yaml").write_text(OWN_WORD, encoding="utf-8")
    assert [one[0] for one in words_found(rm.load_folder(tmp_path / "one"))] == ["RM718"]


def test_words_are_not_reported_beside_a_vocabulary_with_an_error(tmp_path: Path) -> None:
    slips.write(tmp_path, "status: {stage: engaged}", "signal: lighthouse_lit")
    broken = OWN_WORD.replace("deed: host", "deed: hots")
    (tmp_path / "signals.yaml").write_text(broken, encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert [found.code for found in folder.findings] == ["RM204"]
    assert words_found(folder) == []


def test_of_two_similar_unknown_words_the_one_used_less_or_later_is_a_slip() -> None:
    words = ["lighthouse_lit_again", "bonfire", "lighthous_lit_again"]
    steps = [
        rm.SignalStep(signal=word, date=rm.When.parse("2022"), evidence=(TOLD_BEFORE,))
        for word in words
    ]
    folder = rm.Folder(vocabulary=rm.shipped_vocabulary())
    found = {
        one.message.rpartition(" ")[2]: (one.code, one.hint.partition("?")[0])
        for one in rm.lint(folder, [record(*steps)])
        if one.code in {"RM706", "RM718"}
    }
    assert found["lighthous_lit_again"] == ("RM706", "did you mean lighthouse_lit_again")
    assert {found[word][0] for word in words[:2]} == {"RM718"}


def test_signals_are_not_checked_without_a_vocabulary() -> None:
    step = rm.SignalStep(signal="bonfire", date=rm.When.parse("2022"), evidence=(TOLD_BEFORE,))
    assert codes([record(step)]) == []


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ("{country: FRA, date: 2022-01-05}", []),
        ("{country: FRA, date: 2021-11-18}", [("RM722", "warning", 3)]),  # the day of another entry
        ("{country: DEU, date: 2021-11-18}", []),  # no scenario beside it can tell
    ],
)
def test_example_of_an_own_word_must_be_an_entry_of_the_scenario_beside_it(
    example: str, found: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    slips.write(tmp_path, "status: {stage: engaged}", "signal: lighthouse_lit")
    text = f"{OWN_WORD}    example: {example}\n"
    (tmp_path / "signals.yaml").write_text(text, encoding="utf-8")
    assert [one[:3] for one in words_found(rm.load_folder(tmp_path))] == found


def test_newest_source_dated_by_year_counts_from_its_first_day() -> None:
    of_a_year = evolve(PRESS, source=evolve(YEARBOOK, issued=rm.When.parse("2026")))
    visit = rm.SignalStep(signal="visit", date=rm.When.parse("2023"), evidence=(of_a_year,))
    # 730 days before 1 January 2026 is 2 January 2024.
    assert codes([record(visit, until="2024-01-02")]) == []
    assert codes([record(visit, until="2024-01-01")]) == ["RM707"]


def test_lint_checks_only_fully_read_registers(
    looked_at: Callable[..., list[str]], story: Callable[..., str]
) -> None:
    one, other = ("https://example.org/a", "https://example.org/b")
    files = {
        "RUS.yaml": citing(story, "one", "other"),
        "sources.yaml": registered(("one", "A", one), ("other", "B", other), ("third", "C", one)),
    }
    assert looked_at(files) == [
        "RM704 third and one have the same address",
        "RM705 nothing cites third",
    ]


def test_lint_ignores_duplicate_sources_in_partly_read_registers() -> None:
    one = evolve(YEARBOOK, url="https://example.org/a")
    assert codes([], rm.Folder(sources={"one": one, "other": evolve(one, id="other")})) == []


def test_lint_skips_registers_beside_an_invalid_file(
    looked_at: Callable[..., list[str]], story: Callable[..., str]
) -> None:
    files = {
        "RUS.yaml": story("- {act: engage, evidence: [$press]}"),
        "sources.yaml": registered(("forgotten", "A", "https://example.org/a")),
    }
    assert looked_at(files) == []


def test_url_fragment_does_not_distinguish_sources(
    looked_at: Callable[..., list[str]], story: Callable[..., str]
) -> None:
    one, other = ("https://example.org/a#top", "https://example.org/a#end")
    files = {
        "RUS.yaml": citing(story, "one", "other"),
        "sources.yaml": registered(("one", "A", one), ("other", "B", other)),
    }
    assert looked_at(files) == ["RM704 other and one have the same address"]


def test_same_title_in_same_month_is_not_a_duplicate() -> None:
    one = evolve(YEARBOOK, title="A title that says quite enough", issued=rm.When.parse("2024-06"))
    sources = {"one": one, "other": evolve(one, id="other")}
    places = dict.fromkeys(sources, rm.Place("sources.yaml", 1))
    folder = rm.Folder(sources=sources, registered=places)
    assert {found.code for found in rm.lint(folder, [])} == {"RM705"}


def test_duplicate_is_reported_in_the_fully_read_register() -> None:
    one = evolve(YEARBOOK, url="https://example.org/a")
    sources = {"one": one, "other": evolve(one, id="other")}
    for name in sources:
        folder = rm.Folder(sources=sources, registered={name: rm.Place("sources.yaml", 1)})
        assert "RM704" in codes([], folder)


def test_lint_names_three_sources_without_archived_copy() -> None:
    page = evolve(YEARBOOK, title="A page", url="https://example.org/0")
    names = [f"page-{number}" for number in range(4)]
    sources = {name: evolve(page, id=name) for name in names}
    folder = rm.Folder(sources=sources, registered=dict.fromkeys(sources, rm.Place("s.yaml", 1)))
    (found,) = [found for found in rm.lint(folder, [], strict=True) if found.code == "RM702"]
    assert found.message == "4 sources have no archived copy: page-0, page-1, page-2 and 1 more"
    assert "RM702" not in {found.code for found in rm.lint(folder, [])}


def test_source_cited_by_a_collective_claim_counts_as_cited(
    looked_at: Callable[..., list[str]], story: Callable[..., str]
) -> None:
    claims = (
        "format: recognition-collective/1\ntitle: Claims\nclaims:\n"
        "  - {claim: unattributed, group: some states, date: 2024, evidence:"
        " [{source: one, voice: press, credibility: 3, claim: An example.}]}\n"
    )
    files = {
        "RUS.yaml": story("- {signal: visit, date: 2024, evidence: [$press]}"),
        "collective.yaml": claims,
        "sources.yaml": registered(("one", "A", "https://example.org/a")),
    }
    assert looked_at(files) == []


@pytest.mark.parametrize(
    ("title", "told_of"),
    [
        ("Twenty letters it has", False),  # eighteen of them letters
        ("Twenty letters it has so", True),
        ("[Our own words for a title]", False),
    ],
)
def test_same_title_and_day_is_duplicate_if_title_is_long_enough(
    title: str,
    told_of: bool,  # noqa: FBT001 - a table's column
    looked_at: Callable[..., list[str]],
    story: Callable[..., str],
) -> None:
    one, other = ("https://example.org/a", "https://example.org/b")
    files = {
        "RUS.yaml": citing(story, "one", "other"),
        "sources.yaml": registered(("one", title, one), ("other", title, other)),
    }
    assert looked_at(files) == (["RM704 other and one have the same heading"] if told_of else [])


def test_shipped_record_has_no_weak_change_and_no_duplicate_or_uncited_source() -> None:
    folder = rm.load_folder()
    assert folder.registered.keys() == folder.sources.keys()
    found = {one.code for one in rm.lint(folder, [rm.replay(s) for s in folder.all_scenarios])}
    assert not found & {"RM703", "RM704", "RM705", "RM708"}


def test_every_exact_day_of_shipped_record_was_told_within_three_days_or_is_recalled() -> None:
    replays = [rm.replay(scenario) for scenario in rm.load_folder().all_scenarios]
    assert not {"RM709", "RM710"} & set(codes(replays))


def noticed(told: rm.Replay) -> bool:
    """Whether a reader is told that a day may be wrong: an error, or a day told of only later."""
    late = "RM709" in codes([told])
    steps = [step.date for step in (told.scenario.start, *told.scenario.timeline)]
    return late or first_out_of_order(steps) is not None or bool(told.findings)


def test_each_exact_day_of_a_change_is_noticed_ten_days_early() -> None:
    """All but four.

    These are the listings in Canada and New Zealand, the ban in Kyrgyzstan that reports of 2024
    recall, and Qatar's mission of 2001, of which a source looks back.
    """
    unnoticed, exact = [], 0
    for scenario in rm.load_folder().all_scenarios:
        changed = {change.place for change in rm.replay(scenario).changes}
        for at, step in enumerate(scenario.timeline):
            if step.place not in changed or not step.date.exact:
                continue
            exact += 1
            early = evolve(step, date=rm.When.of(step.date.earliest - timedelta(days=10)))
            timeline = (*scenario.timeline[:at], early, *scenario.timeline[at + 1 :])
            if not noticed(rm.replay(evolve(scenario, timeline=timeline))):
                unnoticed.append((scenario.country, step.date.text))
    assert exact >= 29
    assert sorted(unnoticed) == [
        ("CAN", "2013-05-09"),
        ("KGZ", "2006-09-15"),
        ("NZL", "2007-11-20"),
        ("QAT", "2001-03-11"),
    ]


def test_source_that_makes_a_record_look_old_is_named_with_the_file_that_cites_it(
    tmp_path: Path,
) -> None:
    text = slips.write(tmp_path).read_text(encoding="utf-8")
    later = text.replace("FRA", "ITA").replace("2023", "2025").replace("example-2", "ap-2025-07-03")
    (tmp_path / "ITA.yaml").write_text(later, encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    found = rm.lint(folder, [rm.replay(one) for one in folder.scenarios])
    (old,) = [one for one in found if one.code == "RM707"]
    assert (Path(old.place.file).name, old.place.line) == ("FRA.yaml", 5)
    assert "ap-2025-07-03, which ITA.yaml cites, was public" in old.message
    assert old.hint.startswith("does this record really end in 2023?")


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ("", 1),
        ("date: 2022-01-05|date: 2022-01-06", 0),
        ("status: {stage: engaged}|status: {ban: none}", 0),
        ("claim: Still so.|claim: Once more.", 0),
        ("voice: host|voice: press", 0),
        ("credibility: 1|credibility: 2", 1),  # the same evidence, judged otherwise
    ],
)
def test_entry_that_is_pasted_twice_is_reported_at_its_second_place(
    other: str, count: int, tmp_path: Path
) -> None:
    entry = slips.SCENARIO[slips.SCENARIO.index("  - status") :]
    again = entry.replace(*other.split("|")) if other else entry
    slips.write(tmp_path, entry, entry + again)
    folder = rm.load_folder(tmp_path)
    found = rm.lint(folder, [rm.replay(one) for one in folder.scenarios])
    twice = [one for one in found if one.code == "RM714"]
    assert [one.place.line for one in twice] == [16] * count
    assert all("stands in line 12 already" in one.message for one in twice)


def visit(day: str, *evidence: rm.Evidence) -> rm.SignalStep:
    return rm.SignalStep(signal="visit", date=rm.When.parse(day), evidence=evidence)


def public(day: str, **more: Any) -> rm.Evidence:
    return evolve(PRESS, source=evolve(YEARBOOK, id=day, issued=rm.When.parse(day)), **more)


@pytest.mark.parametrize(
    ("day", "first", "late"),
    [
        ("2024-05-07", "2024-05-10", False),
        ("2024-05-06", "2024-05-10", True),
        ("2024-05-06", "2024-05", False),  # the first of May may be its day
        ("2024-04-27", "2024-05", True),
        ("2024-04-27", "..2024-05", False),
        ("2024-04", "2024-06-10", False),  # no exact day
        ("9999-12-31", "2024-05", False),
    ],
)
def test_exact_day_is_told_late_if_first_source_is_surely_over_three_days_later(
    day: str,
    first: str,
    late: bool,  # noqa: FBT001 - a table's column
) -> None:
    told = visit(day, public("2025", announcement=True), public(first, announcement=True))
    assert codes([record(told, until="9999-12-31")]) == ["RM709"] * late


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ([public("2024-06-01", recalled=True)], []),
        ([public("2024-06-01"), public("2024-06-01", recalled=True)], []),
        ([public("2024-05-20"), public("2024-06-01", recalled=True)], ["RM709"]),
        ([public("2024-05-02"), public("2024-06-01", recalled=True)], []),
        ([public("2024-05-02", bearing=Bearing.DISPUTES), public("2024-06-01")], ["RM709"]),
        ([public("2024-05-02", bearing=Bearing.DISPUTES)], []),
        ([public("2024-05-04", recalled=True)], ["RM710"]),
        ([public("2024-05", recalled=True)], []),
    ],
    ids=str,
)
def test_only_first_supporting_source_must_say_that_it_looks_back(
    evidence: list[rm.Evidence], found: list[str]
) -> None:
    assert codes([record(visit("2024-05-01", *evidence))]) == found


def test_assumed_start_and_deprecated_act_claim_no_day() -> None:
    late = public("2024-06-01")
    struck = evolve(act("engage", "2024-05-01", late), rank=Rank.DEPRECATED, because="Made up.")
    told = record(struck)
    start = evolve(told.scenario.start, evidence=(late,))
    assumed = evolve(told.scenario, start=start)
    assert codes([rm.replay(assumed)]) == []
    stated = evolve(assumed, start=evolve(start, assumed=None))
    assert codes([rm.replay(stated)]) == ["RM709"]
