"""The report as plain values and as a page: its content, its order and its escaping."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from support.effort import examples

import recognition_model as rm
from recognition_model.cli.app import main
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import finding
from recognition_model.core.stages import Stage
from recognition_model.core.types import WebAddress
from recognition_model.engine.versions import known_versions
from recognition_model.exports.bibliography import bibtex
from recognition_model.plots.palette import STAGE_COLOURS, paler
from recognition_model.report.as_of import as_json
from recognition_model.report.build import page_of
from recognition_model.report.html import html_report, page_as_html
from recognition_model.report.sentences import answer, since
from recognition_model.report.view import Page
from recognition_model.testing import scenarios, texts

Told = Callable[..., rm.Replay]
Run = Callable[..., tuple[int, str, str]]
VOID = {"meta", "link", "img", "br", "input", "hr", "wbr"}


@frozen
class Parsed:
    """What a parser makes of a page: elements with their attributes, and what is not balanced."""

    elements: list[tuple[str, dict[str, str | None]]] = field(factory=list)
    unbalanced: list[str] = field(factory=list)
    texts: list[str] = field(factory=list)

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


def parsed(html: str) -> Parsed:
    found = Parsed()
    stack: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.elements.append((tag, dict(attrs)))
            if tag not in VOID:
                stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if not stack or stack.pop() != tag:
                found.unbalanced.append(tag)

        def handle_data(self, data: str) -> None:
            if stack and stack[-1] not in ("script", "style"):
                found.texts.append(data)

    Reader().feed(html)
    found.unbalanced.extend(stack)
    return found


@pytest.fixture(scope="session")
def whole(html: str) -> Parsed:
    """The page of the shipped record, parsed."""
    return parsed(html)


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2025-07-03", "since 2025-07-03"),
        ("2025-07", "since some day in 2025-07"),
        ("2025", "since some day in 2025"),
        ("2025-07~", "since about 2025-07"),
        ("2025?", "since 2025, a doubtful date"),
        ("2024-12-29..2025-01", "since some day between 2024-12-29 and 2025-01"),
        ("..2024-05", "since 2024-05 at the latest"),
        ("2024-05..", "since 2024-05 at the earliest"),
    ],
)
def test_since_gives_uncertain_date_as_interval(written: str, told: str) -> None:
    assert since(When.parse(written)) == told


def test_answer_gives_state_beginning_voice_and_end_of_record(
    shipped: tuple[rm.Replay, ...],
) -> None:
    answers = {replay.country: "".join(answer(replay)) for replay in shipped}
    assert answers["RUS"] == (
        "Russia is documented to have recognised the Taliban government de jure since 2025-07-03"
        " (ban lifted), according to its own authorities; documented until 2026-05-28; reviewed up"
        " to 2026-06-24, and no change found."
    )
    assert answers["USA"].startswith(
        "The United States is documented to deal officially with the Taliban, below the rank of"
        " ambassador, since some day between 2010-11 and 2011-06-19 (ban in force), according to"
    )


def test_answer_before_record_says_nothing_is_documented(replay_of: Told) -> None:
    told = replay_of(
        "- {act: engage, date: 2021-09-07, evidence: [$host]}\n", known_by="1990-01-01"
    )
    assert "".join(answer(told)) == (
        "Nothing is documented about Russia by 1990-01-01, as known by 1990-01-01."
    )


def test_answer_says_that_start_is_assumed(replay_of: Told) -> None:
    told = replay_of("- {signal: visit, date: 2021-09-07, evidence: [$host]}\n", country="GBR")
    assert "".join(answer(told)) == (
        "No formal dealings of the United Kingdom with the Taliban are documented, and no ban."
        " That there were none since 1996-09-27 is assumed; the data end on 2026-01-15."
    )
    visit = "- {signal: visit, date: 2021-09-07, evidence: [$host]}\n"
    banned = replay_of(visit, stage="banned", ban="in_force", begins="2003-02")
    assert "".join(answer(banned)) == (
        "Russia is assumed to outlaw the Taliban, with no official dealings, since some day in"
        " 2003-02 (ban in force); no entry confirms it; the data end on 2026-01-15."
    )


def test_entry_of_an_assumed_start_has_the_mark_of_an_assumption(replay_of: Told) -> None:
    told = replay_of("- {act: engage, date: 2024-01-15, evidence: [$host]}\n")
    page = page_as_html(page_of([told]))
    entries = page[page.index('<table class="stack entries">') :]
    assert entries.index('class="chip s0 assumed"') < entries.index('class="chip s2"')


def test_answer_says_since_when_nothing_was_heard(replay_of: Told) -> None:
    told = replay_of("- {act: engage, date: 2024-01-15, evidence: [$host]}\n")
    # 2024-01-15 is 731 days before 2026-01-15: 366 of 2024 and 365 of 2025.
    assert "".join(answer(told)) == (
        "Russia was last documented to deal officially with the Taliban, below the rank of"
        " ambassador, since 2024-01-15 (no ban documented), according to its own authorities; the"
        " last entry that counts is dated 2024-01-15, more than two years before the data end on"
        " 2026-01-15."
    )
    day_later = replay_of("- {act: engage, date: 2024-01-16, evidence: [$host]}\n")
    assert "is documented to deal" in answer(day_later)[0]
    assert answer(day_later)[1] == "; documented until 2026-01-15."


def test_answer_keeps_assumption_of_start_that_status_attests(replay_of: Told) -> None:
    told = replay_of("- {status: {stage: hostile}, date: 2025-09-07, evidence: [$host]}\n")
    assert "".join(answer(told)) == (
        "Russia is documented to have no formal dealings with the Taliban (no ban documented); that"
        " this was so since 1996-09-27 is assumed; documented until 2026-01-15."
    )


def test_answer_says_how_dealings_ended_and_how_far_somebody_searched(replay_of: Told) -> None:
    engaged = "- {act: engage, date: 1999-05-01, evidence: [$host]}\n"
    told = replay_of(
        engaged + "- {act: lapse, date: 2001-12-07, evidence: [$press]}\n",
        until="2002-06-30\nreviewed: 2003-06-30",
    )
    assert "".join(answer(told)) == (
        "Russia is documented to have no formal dealings with the Taliban since 2001-12-07, when"
        " they lapsed (no ban documented), according to the press; documented until 2002-06-30;"
        " reviewed up to 2003-06-30, and no change found."
    )
    broken = replay_of(
        engaged + "- {act: break_off, date: 2001-09-22, evidence: [$host]}\n", until="2002-06-30"
    )
    assert "since 2001-09-22, when they were broken off (no ban" in answer(broken)[0]


def test_answer_says_that_state_is_uncertain(replay_of: Told) -> None:
    told = replay_of(
        "- {act: engage, date: 2021-09-07, evidence: [$host]}\n"
        "- {act: accept_ambassador, date: 2025-12..2026-01, evidence: [$host]}\n"
    )
    assert "".join(answer(told)) == (
        "Where Russia stands is uncertain: engaged or ambassador accepted: the act is dated"
        " 2025-12..2026-01; documented until 2026-01-15."
    )


# --- the order, the numbers, the content ---------------------------------------------------------


def test_countries_are_sorted_by_name(replay_of: Told) -> None:
    codes = ("NOR", "CHN", "IRN", "ARE", "RUS")
    visit = "- {signal: visit, date: 2021-09-07, evidence: [$host]}\n"
    page = page_of([replay_of(visit, country=code) for code in codes])
    # China, Iran, Norway, Russia, United Arab Emirates
    assert [country.code for country in page.countries] == ["CHN", "IRN", "NOR", "RUS", "ARE"]


def test_heading_of_a_report_is_where_its_countries_stand(
    page: Page, shipped: tuple[rm.Replay, ...]
) -> None:
    assert page.finding == (
        "Russia recognises the Taliban government; China, the United Arab Emirates and Uzbekistan"
        " have accepted its ambassador"
    )
    by_code = {replay.country: replay for replay in shipped}
    # A report on two countries says nothing about the others.
    assert page_of([by_code["CHN"], by_code["USA"]]).finding == (
        "None of 2 countries is documented to recognise the Taliban government; China has accepted"
        " its ambassador"
    )
    one = page_of([by_code["RUS"]])
    assert one.finding == one.countries[0].picture.title


def test_entries_and_sources_keep_their_names_in_a_report_known_by_a_day(
    shipped: tuple[rm.Replay, ...],
) -> None:
    (russia,) = [replay for replay in shipped if replay.country == "RUS"]
    full, cut = (
        page_of([replay]) for replay in (russia, rm.replay(russia.scenario, known_by="2024-05-28"))
    )
    names = [entry.anchor for entry in full.countries[0].entries]
    assert "RUS/2025-07-03/recognise" in names
    told = [entry.anchor for entry in cut.countries[0].entries]
    assert len(told) < len(names)
    assert set(told) < set(names)
    assert {source.anchor for source in cut.sources} < {source.anchor for source in full.sources}
    data = json.loads(cut.data)["countries"]["RUS"]["anchors"]
    assert list(data.values()) == told


def test_sources_are_numbered_in_order_of_first_citation(page: Page) -> None:
    cited = []
    for country in page.countries:
        cited += [(country.doctrine_anchor, proof.ref) for proof in country.doctrine_proofs]
        cited += [(entry.anchor, proof.ref) for entry in country.entries for proof in entry.proofs]
    cited += [(claim.anchor, proof.ref) for claim in page.claims for proof in claim.proofs]
    first = list(dict.fromkeys(ref.number for _, ref in cited))
    assert first == list(range(1, len(page.sources) + 1))
    back = [
        (link, source.id) for source in page.sources for told in source.cited for link in told.links
    ]
    assert Counter(back) == Counter(
        {((f"#{anchor}", anchor.split("/")[1]), ref.source) for anchor, ref in cited}
    )
    assert all(ref.href == f"#src-{ref.source}" for _, ref in cited)


def test_page_lists_every_entry_and_reasons_of_doubtful_ones(
    page: Page, shipped: tuple[rm.Replay, ...]
) -> None:
    told = {country.code: country for country in page.countries}
    for replay in shipped:
        country = told[replay.country]
        assert len(country.entries) == 1 + len(replay.scenario.timeline)
        refused = [doubt for doubt in country.doubts if doubt.kinds.startswith("refused")]
        assert len(refused) == len(replay.refusals)
        deprecated = [doubt for doubt in country.doubts if doubt.kinds.startswith("deprecated")]
        assert len(deprecated) == len(replay.deprecated)
        contradicted = [d for d in country.doubts if "in doubt" in d.kinds]
        assert len(contradicted) == sum(bool(s.contradiction) for s in replay.scenario.timeline)
        assert all(doubt.reasons or doubt.against for doubt in country.doubts)


def test_refusal_gives_reason_need_and_denials(replay_of: Told) -> None:
    told = replay_of("- {act: recognise, date: 2024-01-01, evidence: [$press, $denial]}\n")
    (doubt,) = page_of([told]).countries[0].doubts
    assert (doubt.deed, doubt.kinds) == ("recognise", "refused, not expected; disputed")
    assert doubt.reasons[0].startswith("why: R05 stage must be ambassador accepted (is hostile)")
    assert "while it does, no voice suffices" in doubt.reasons[1]
    assert [(proof.voice, proof.disputes) for proof in doubt.against] == [("host", True)]


def test_next_acts_list_open_ones_first_and_unmet_conditions(
    page: Page,
) -> None:
    russia = next(country for country in page.countries if country.code == "RUS")
    (outlook,) = russia.outlooks
    assert [(act.act, act.open) for act in outlook.acts] == [
        ("withdraw recognition", True),
        ("break off", True),
        ("ban", False),
        ("engage", False),
        ("delist", False),
        ("accept ambassador", False),
        ("recognise", False),
        ("downgrade", False),
        ("lapse", True),
    ]
    assert outlook.acts[-3].what == (
        "R05 stage must be ambassador accepted (is de jure recognition)",
        "R06 stage must be engaged or delisted (is de jure recognition)",
    )


def test_uncertain_state_has_next_acts_for_each_state(replay_of: Told) -> None:
    told = replay_of(
        "- {act: engage, date: 2021-09-07, evidence: [$host]}\n"
        "- {act: accept_ambassador, date: 2025-12..2026-01, evidence: [$host]}\n"
    )
    outlooks = page_of([told]).countries[0].outlooks
    assert [outlook.given for outlook in outlooks] == [
        "engaged, no ban documented",
        "ambassador accepted, no ban documented",
    ]


def test_findings_in_page_omit_folder_of_file(replay_of: Told) -> None:
    told = replay_of("- {act: recognise, date: 2024-01-01, evidence: [$press]}\n")
    other = finding("RM101", "it is not there", rm.Place("/home/me/FJI.yaml"))
    page = page_of([told], findings=[other])
    assert [(f.code, f.place) for f in page.findings] == [("RM101", "FJI.yaml")]
    (mine,) = page.countries[0].findings
    assert (mine.severity, mine.place) == ("error", "RUS.yaml:7:5")


def test_a_report_cut_at_a_day_cites_no_source_published_later(
    shipped: tuple[rm.Replay, ...],
) -> None:
    cut = [rm.replay(replay.scenario, known_by="2022-02-01") for replay in shipped[::4]]
    page = page_of(cut)
    assert page.known_by == "2022-02-01"
    register = rm.load_folder().sources
    cut_at = date(2022, 2, 1)
    assert all(register[source.id].public.latest <= cut_at for source in page.sources)
    assert max(map(int, re.findall(r'"until":(\d+)', page.data))) <= cut_at.toordinal()
    titles = {country.title for country in page.countries}
    assert titles == {country.name for country in page.countries}


def test_page_refuses_no_replays_and_mixed_known_by(
    shipped: tuple[rm.Replay, ...],
) -> None:
    with pytest.raises(ValueError, match="at least one replay"):
        page_of([])
    with pytest.raises(ValueError, match="the same day"):
        page_of([shipped[0], rm.replay(shipped[1].scenario, known_by="2024-01-01")])


def test_watch_gets_replays_in_order_of_report(
    shipped: tuple[rm.Replay, ...],
) -> None:
    passed = []

    def watched(replays: object) -> Iterator[rm.Replay]:
        for replay in replays:  # type: ignore[attr-defined]
            passed.append(replay.country)
            yield replay

    told = page_of(shipped[:3], watch=watched)
    assert passed == [country.code for country in told.countries]


def test_report_drawn_by_several_processes_is_the_same(shipped: tuple[rm.Replay, ...]) -> None:
    alone = page_of(shipped[:8])
    assert page_of(shipped[:8], workers=2) == alone
    assert [country.picture.name for country in alone.countries] == [
        f"history-{country.code}" for country in alone.countries
    ]


def test_report_drawn_by_several_processes_may_have_findings(replay_of: Told) -> None:
    engaged = "- {act: engage, date: 1999-01-22, evidence: [$host]}\n"  # and no lapse in 2001
    codes = ("RUS", "QAT", "IRN", "NOR", "CHN", "GBR", "USA", "KAZ")
    page = page_of([replay_of(engaged, country=code) for code in codes], workers=2)
    assert {found.code for country in page.countries for found in country.findings} == {"RM617"}


# --- what the script is given --------------------------------------------------------------------


def test_known_version_begins_on_day_more_was_public(replay_of: Told) -> None:
    told = replay_of(
        "- {act: ban, date: 2003-02-14, evidence: [{source: decree-2003, voice: host,"
        " credibility: 1, claim: An example.}]}\n"  # public on 2003-03-01
        "- {act: engage, date: 2022-01-01, evidence: [$host, {source: wire-2022, voice: press,"
        " credibility: 2, claim: An example.}]}\n"  # public on 2022-02-01 and on 2026-02-01
    )
    known = known_versions(told.scenario)
    assert [(day, [one.rule for one in version.history.changes]) for day, version in known] == [
        (date.min, []),
        (date(2003, 3, 1), ["R01"]),
        (date(2022, 2, 1), ["R01", "R02"]),
        (date(2026, 2, 1), ["R01", "R02"]),
    ]
    until = known_versions(told.scenario, date(2022, 1, 31))
    assert [day for day, _ in until] == [date.min, date(2003, 3, 1)]


def test_versions_are_worked_out_again_only_for_a_scenario_that_changed(
    replay_of: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = replay_of("- {act: engage, date: 2022-01-01, evidence: [$host]}\n")
    asked: list[rm.Scenario] = []
    monkeypatch.setattr(
        "recognition_model.report.as_of.known_versions",
        lambda scenario, *how: asked.append(scenario) or known_versions(scenario, *how),
    )
    first = page_of([told]).data
    assert page_of([rm.replay(told.scenario)]).data == first
    assert len(asked) == 1
    other = evolve(told.scenario, timeline=())
    page_of([rm.replay(other)])
    assert asked == [told.scenario, other]


def test_entry_is_known_from_day_its_evidence_was_public_until_it_is_told_otherwise(
    replay_of: Told,
) -> None:
    told = replay_of(
        "- {signal: visit, date: 2022-01..2026-12, evidence: [{source: wire-2022, voice: press,"
        " credibility: 2, claim: An example.}]}\n"  # public on 2022-02-01
        "- {refuse: recognise, date: 2022-02-10, because: wrong-stage, evidence: [$press]}\n"
        "- {status: {stage: hostile}, date: 2022-03-10, evidence: [{source: wire-2024,"
        " voice: press, credibility: 2, claim: An example.}]}\n"  # public on 2024-06-01
    )
    data = json.loads(page_of([told]).data)
    shown = data["countries"]["RUS"]["entries"]

    def day(text: str) -> int:
        return date.fromisoformat(text).toordinal()

    first = {"number": 1, "earliest": day("2022-01-01"), "text": "2022-01..2026-12"}
    # The status lies after the visit, so the visit was on 2022-03-10 at the latest. The press's
    # refusal, which counts for nothing, was public on 2026-02-01 and says the same of 2022-02-10.
    assert shown == [
        {"day": day("2026-12-31"), **first, "known": day("2022-02-01"), "gone": day("2024-06-01")},
        {"day": day("2022-03-10"), **first, "known": day("2024-06-01"), "gone": day("2026-02-01")},
        {"day": day("2022-02-10"), **first, "known": day("2026-02-01")},
        {"day": day("2022-03-10"), "attests": 1, "number": 3, "known": day("2024-06-01")},
    ]
    # The states were known all the time, and are listed once.
    assert len(data["countries"]["RUS"]["versions"]) == 1


def test_line_under_table_counts_countries_by_basis(replay_of: Told) -> None:
    engaged = "- {act: engage, date: %s, evidence: [$host]}\n"
    replays = [
        replay_of(engaged % "2025-09-07", country="NOR"),
        replay_of(engaged % "2022-09-07", country="QAT"),
        replay_of(engaged % "2021-09-07", country="IRN"),
        replay_of("- {signal: visit, date: 2025-09-07, evidence: [$host]}\n", country="CHN"),
    ]
    line = "Of 4 countries: 1 evidenced within two years, 2 silent for longer, 1 assumed."
    page = page_of(replays)
    assert page.basis == line
    assert f'</div>\n<p id="basis">{line}</p>\n</section>' in page_as_html(page)
    assert {country.code: str(country.row.basis) for country in page.countries} == {
        "CHN": "assumed",
        "IRN": "silent",
        "NOR": "evidenced",
        "QAT": "silent",
    }
    assert page_of(replays[:1]).basis == ""


def test_lapse_says_what_happened_and_next_lapse_what_would_have_to(replay_of: Told) -> None:
    told = replay_of(
        "- {act: engage, date: 1999-05-01, evidence: [$host]}\n"
        "- {act: lapse, date: 2001-12-07, evidence: [$press]}\n"
        "- {act: engage, date: 2021-09-07, evidence: [$host]}\n"
    )
    page = page_of([told])
    (country,) = page.countries
    assert [(entry.deed, entry.result) for entry in country.entries] == [
        ("start", "no dealings documented (assumed), no ban documented"),
        ("engage (R02)", "engaged, no ban documented; attested: official"),
        (
            "lapse: the Taliban ceased to govern (R11)",
            "no dealings (lapsed), no ban documented; attested: reported",
        ),
        ("engage (R02)", "engaged, no ban documented; attested: official"),
    ]
    acts = country.outlooks[0].acts
    assert {act.act: act.only_if for act in acts if act.only_if} == {
        "lapse": "the Taliban cease to govern"
    }
    assert 'lapse<p class="note">only if the Taliban cease to govern</p>' in page_as_html(page)


@settings(max_examples=examples(40))
@given(scenarios())
def test_history_is_constant_between_known_versions(scenario: rm.Scenario) -> None:
    known = known_versions(scenario)
    for (_, told), (after, _) in pairwise(known):
        eve = date.fromordinal(after.toordinal() - 1)
        on_eve = rm.replay(scenario, known_by=eve).history
        assert (on_eve.changes, on_eve.entries) == (told.history.changes, told.history.entries)


@given(texts())
def test_page_data_cannot_close_its_element(text: str) -> None:
    told = as_json({"text": f"{text}</script><!--\u2028&amp;"})
    assert not set("<>&\u2028\u2029") & set(told)
    assert json.loads(told) == {"text": f"{text}</script><!--\u2028&amp;"}


# --- the page ------------------------------------------------------------------------------------


def test_page_has_closed_elements_unique_ids_and_valid_links(
    whole: Parsed,
) -> None:
    assert whole.unbalanced == []
    ids = Counter(at["id"] for _, at in whole.elements if "id" in at)
    assert ids.most_common(1)[0][1] == 1
    links = [at["href"] or "" for at in whole.of("a")]
    assert {href[1:] for href in links if href.startswith("#")} <= ids.keys()
    for _, at in whole.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert set((at.get(name) or "").split()) <= ids.keys()


def test_links_lead_into_the_page_or_to_http_without_referrer(whole: Parsed) -> None:
    assert {"name": "referrer", "content": "no-referrer"} in whole.of("meta")
    for at in whole.of("a"):
        assert re.match(r"#|https?://", at["href"] or ""), at
        assert "target" not in at


def test_content_policy_permits_only_own_style_and_script(html: str, whole: Parsed) -> None:
    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"

    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    (policy,) = [at["content"] for at in whole.of("meta") if "http-equiv" in at]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src {hashed(style)};"
        f" script-src {hashed(script)}; base-uri 'none'; form-action 'none'"
    )
    for tag, at in whole.elements:
        assert "style" not in at, tag
        assert not any(name.startswith("on") for name in at), tag


def test_headings_descend_by_one_and_tables_have_captions_and_scopes(
    whole: Parsed,
) -> None:
    levels = [int(tag[1]) for tag, _ in whole.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - level <= 1 for level, after in pairwise(levels))
    assert len(whole.of("caption")) == len(whole.of("table"))
    assert {at.get("scope") for at in whole.of("th")} == {"col", "row"}
    assert all(at["alt"] for at in whole.of("img"))


def test_titles_have_language_of_source(whole: Parsed) -> None:
    told = {at.get("lang") for at in whole.of("bdi")}
    assert {"ru", "de", "fa"} < told


def test_characters_that_reorder_are_shown_and_unsafe_links_removed(
    replay_of: Told,
) -> None:
    told = replay_of("- {act: engage, date: 2021-09-07, evidence: [$host]}\n")
    (step,) = told.scenario.timeline
    (item,) = step.evidence
    bad = evolve(
        item.source, title="u\u00adp\u202edown\u200e", url=WebAddress("javascript:alert(1)"),
        archive=WebAddress("https://x.example/\u202ea"),
    )  # fmt: skip
    scenario = evolve(told.scenario, timeline=(evolve(step, evidence=(evolve(item, source=bad),)),))
    found = parsed(html_report([rm.replay(scenario)]))
    assert "up<U+202E>down" in found.texts
    links = [at["href"] or "" for at in found.of("a")]
    assert not [href for href in links if href.startswith("javascript")]
    assert "https://x.example/%E2%80%AEa" in links


@settings(max_examples=examples(8))
@given(scenarios())
def test_any_record_makes_well_formed_page(scenario: rm.Scenario) -> None:
    page = page_of([rm.replay(scenario)])
    assert len(page.countries[0].entries) == 1 + len(scenario.timeline)
    assert parsed(page_as_html(page)).unbalanced == []


def test_page_takes_at_most_60_kilobytes_a_country(
    html: str, shipped: tuple[rm.Replay, ...]
) -> None:
    empty = len(html_report(shipped[:2]).encode()) - 2 * 60_000
    assert len(html.encode()) < max(empty, 0) + 60_000 * len(shipped)


def test_files_of_the_page_unpack_to_tables_citations_and_sources(html: str, page: Page) -> None:
    (packed,) = re.findall(r'id="files">([^<]*)<', html)
    files = json.loads(zlib.decompress(base64.b64decode(packed)))
    figures = [*page.pictures, *(country.picture for country in page.countries)]
    for drawn in figures:
        assert files[drawn.name] == {"csv": drawn.csv, "bib": drawn.bibtex, "stamp": drawn.stamp}
    items, entries = zip(*files["sources"], strict=True)
    assert json.dumps(items, indent=2, ensure_ascii=False) + "\n" == page.csl
    assert "\n".join(entries) == page.bibtex
    register = rm.load_folder().sources
    assert page.bibtex == bibtex(register[source.id] for source in page.sources)


def test_marks_of_a_history_lead_to_the_rows_of_their_entries(
    shipped: tuple[rm.Replay, ...],
) -> None:
    (russia,) = [replay for replay in shipped if replay.country == "RUS"]
    (country,) = page_of([russia]).countries
    links = re.findall(r'<a href="#([^"]*)"><title>([^<]*)</title>', country.picture.svg)
    rows = {entry.anchor: entry for entry in country.entries}
    assert {name for name, _ in links} <= rows.keys()
    assert {entry.anchor for entry in country.entries if entry.stage and entry.line} - {
        country.entries[0].anchor
    } <= {name for name, _ in links}
    words = dict(links)["RUS/2025-07-03/recognise"]
    assert words == "2025-07-03, recognise (R05); host, A1"


def test_page_bytes_do_not_depend_on_hash_seed() -> None:
    program = (
        "import sys, recognition_model as rm; from pathlib import Path;"
        "from recognition_model.report.html import html_report;"
        "from recognition_model.report.markdown import markdown_report;"
        "replays = [rm.replay(s) for s in rm.load_folder().scenarios[:4]];"
        "files = markdown_report(replays, Path('a.md'));"
        "told = {**{str(k): v for k, v in files.items()}, 'a.html': html_report(replays).encode()};"
        "sys.stdout.buffer.write(b''.join(k.encode() + told[k] for k in sorted(told)))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0] == written[1]
    assert len(written[0]) > 100_000


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run `recognition-model report` in this process: exit code, output, errors."""

    def ran(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["recognition-model", "report", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return ended.value.code, *capsys.readouterr()

    return ran


def test_report_command_writes_html(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    code, out, err = run("Russia", "CN", "-o", path)
    assert (code, out, err) == (0, f"wrote {path}: report on 2 countries\n", "")
    text = path.read_text(encoding="utf-8")
    assert "<title>Where 2 countries stand towards the Taliban government</title>" in text
    # Of the claims, those that name one of the two; none about all and no group's.
    assert text.count(" first at ") == 2
    assert "a share needs at least 5 countries with a record, and there are 2" in text
    assert "About a group" not in text


def test_report_command_writes_markdown_and_pictures(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    code, out, err = run("RUS", "-o", path, "--known-by", "2024-05-28")
    assert (code, err) == (0, "")
    pictures = tmp_path / "report_pictures"
    assert out.splitlines() == [
        f"wrote {path}: report on 1 country",
        f"wrote {pictures / 'report-swimmer.svg'}: picture",
        f"wrote {pictures / 'report-history-RUS.svg'}: picture",
        f"wrote {tmp_path / 'report_sources.json'}: sources as CSL-JSON",
        f"wrote {tmp_path / 'report_sources.bib'}: sources as BibTeX",
    ]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "report-history-RUS.svg",
        "report-swimmer.svg",
        "report.md",
        "report_sources.bib",
        "report_sources.json",
    ]
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| Russia | engaged | ban in force | 2018-11-09 | host, B2" in text


@pytest.mark.parametrize(
    "name",
    ["report_sources.bib", "report_sources.json", "report_pictures/report-swimmer.svg"],
)
def test_report_replaces_side_files_only_with_force(name: str, run: Run, tmp_path: Path) -> None:
    main, mine = tmp_path / "report.md", tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    for path in (main, mine):
        path.write_text("my own", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run("RUS", "-o", main)
    assert (code, out) == (2, "")
    assert f"{mine} already exists; nothing was written (--force replaces it)" in err
    assert [path.read_text(encoding="utf-8") for path in (main, mine)] == ["my own"] * 2
    assert sorted(tmp_path.rglob("*")) == before
    code, out, err = run("RUS", "-o", main, "--force")
    assert (code, err) == (0, "")
    assert f"wrote {mine}: " in out
    assert mine.read_text(encoding="utf-8") != "my own"


def test_report_keeps_other_bib_and_json_files(run: Run, tmp_path: Path) -> None:
    for name in ("paper.md", "paper.bib", "paper.json"):
        (tmp_path / name).write_text("my own", encoding="utf-8")
    assert run("RUS", "-o", tmp_path / "paper.md")[0] == 0
    for name in ("paper.bib", "paper.json"):
        assert (tmp_path / name).read_text(encoding="utf-8") == "my own"


def test_report_keeps_and_names_pictures_of_earlier_report(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    assert run("RUS", "China", "-o", path)[0] == 0
    (tmp_path / "r_pictures" / "mine.svg").write_text("my own", encoding="utf-8")
    code, _, err = run("China", "-o", path, "--force")
    old = tmp_path / "r_pictures" / "r-history-RUS.svg"
    assert (code, err) == (0, f"note: this report does not use {old}; left as is\n")
    assert old.exists()


def test_report_command_with_errors_writes_file_and_exits_1(
    run: Run, tmp_path: Path, story: Callable[..., str]
) -> None:
    (tmp_path / "RUS.yaml").write_text(
        story("- {act: recognise, date: 2024-01-01, evidence: [{source: rg-2025-07-03,"
              " voice: press, credibility: 1, claim: An example.}]}\n"),
        encoding="utf-8",
    )  # fmt: skip
    code, out, err = run("-o", tmp_path / "report.html", "--scenarios", tmp_path)
    assert (code, out) == (1, f"wrote {tmp_path / 'report.html'}: report on 1 country\n")
    assert "RUS.yaml:7:5: error RM501" in err
    assert "RM501" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.HTM"])
def test_report_command_names_known_endings(run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run("-o", tmp_path / name)
    assert (code, out) == (2, "")
    assert "a report ends in .html or .md" in err
    assert not list(tmp_path.iterdir())


def test_report_of_missing_country_writes_nothing(run: Run, tmp_path: Path) -> None:
    code, _, err = run("Fiji", "-o", tmp_path / "report.html")
    assert code == 2
    assert "not in the record: Fiji (FJI)" in err
    assert not list(tmp_path.iterdir())


def test_page_has_colour_for_every_stage(html: str) -> None:
    for stage in Stage:
        pale = paler(STAGE_COLOURS[stage], 0.62)
        assert re.search(
            rf"\.s{stage.rank} {{ --stage: {STAGE_COLOURS[stage]}; --pale: {pale}; }}", html
        )


@pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
def test_report_command_shows_progress_on_terminal(tmp_path: Path) -> None:
    import pty

    program = (
        "from recognition_model.cli import main, progress\n"
        "progress.PATIENCE = 0  # seconds before the bar appears\n"
        "main()\n"
    )
    leader, follower = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-c", program, "report", "Qatar", "-o", tmp_path / "a.html"],
        stdout=subprocess.PIPE,
        stderr=follower,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(follower)
    shown = b""
    with suppress(OSError):  # Linux ends the reading of a closed terminal by an error
        while piece := os.read(leader, 10_000):
            shown += piece
    os.close(leader)
    out, _ = ran.communicate()
    assert ran.returncode == 0
    assert b"Drawing" in shown
    assert out.decode() == f"wrote {tmp_path / 'a.html'}: report on 1 country\n"
