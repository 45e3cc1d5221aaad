"""The page in a real browser says what the library says, for every day and as known by any day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from support.browser import READ, Opened, cells

import recognition_model as rm
from recognition_model.core.basis import basis_in_words
from recognition_model.core.dates import closed, end_of
from recognition_model.core.wording import humanize
from recognition_model.engine.versions import known_versions
from recognition_model.report.grounds import chain_of
from recognition_model.report.sentences import VOICES, bans_in_words


def expected(replay: rm.Replay, day: date | None) -> dict[str, str]:
    """The cells by the library's own answers."""
    history = replay.history
    position = history.on(day or history.documented_until)
    spell = position.spells[-1] if position.spells else None
    who = "assumed at the start" if spell else ""
    if spell and spell.change:
        best = spell.change.best
        assert best is not None
        who = "" if position.dates_agree else f"{humanize(spell.change.act)}: "
        who += f"{VOICES[best.voice]}, {best.grade}"
    return {
        "words": humanize(position.in_words()),
        "ban": bans_in_words(position),
        "since": str(spell.begins) if spell and position.dates_agree else "",
        "who": who,
        "until": str(position.documented_until),
        "basis": str(position.basis) if position.basis else "",
        "why": "; ".join(f"#{one.anchor} {one.text}" for one in chain_of(rm.why(replay, day))),
    }


def around(days: Iterable[date], most: int) -> list[date | None]:
    """None, and at most so many of the days, of their eves and of their morrows, evenly taken."""
    near = {day + timedelta(n) for day in days for n in (-1, 0, 1)}
    ordered = sorted(near)
    return [None, *ordered[:: max(1, len(ordered) // most)]]


SHOW = """(pairs) => pairs.map(([day, known]) => {
    document.getElementById("day").value = day;
    document.getElementById("known-by").value = known;
    document.getElementById("day").dispatchEvent(new Event("input"));
    const texts = ["as-of-answer", "basis"].map((id) => document.getElementById(id)?.textContent);
    return [(READ)(), ...texts];
})"""


def assert_same_answers(opened: Opened, replays: Iterable[rm.Replay], most: int) -> None:
    replays = list(replays)
    versions = [known_versions(replay.scenario) for replay in replays]
    known = around((day for of in versions for day, _ in of if day > date.min), most)
    told = [replay.history for of in versions for _, replay in of]
    turns = {b for history in told for pair in history.bounds for b in pair}
    turns |= {span.first for history in told for span in history.basis_spans}
    days = around((day for turn in turns if (day := closed(end_of(turn)))), 4 * most)
    pairs = [(day, by) for by in known for day in days]
    written = [[str(day or ""), str(by or "")] for day, by in pairs]
    shown = opened.page.evaluate(SHOW.replace("READ", READ), written)
    cut = {by: [rm.replay(r.scenario, known_by=by) for r in replays] for by in known}
    for (day, by), (rows, summary, below) in zip(pairs, shown, strict=True):
        for replay in cut[by]:
            assert rows[replay.country] == expected(replay, day), (replay.country, day, by)
        histories = [replay.history for replay in cut[by]]
        line = basis_in_words(one.on(day or one.documented_until).basis for one in histories)
        if len(replays) == 1:
            assert (below, "Of " in summary) == (None, False)
        else:
            assert below == line
            assert summary.endswith(f". {line}" if line else "."), (day, by)


def test_page_of_whole_record_opens_and_agrees_with_library_on_last_day(
    shipped_page: Callable[..., Any], shipped: tuple[rm.Replay, ...]
) -> None:
    with shipped_page() as opened:
        assert opened.said == []
        shown = cells(opened.page)
    assert shown == {replay.country: expected(replay, None) for replay in shipped}


def test_page_agrees_with_library_for_every_day_and_known_by(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page() as opened:
        assert_same_answers(opened, six, most=30)


QUIET = {
    "until": "2025-06-30\nreviewed: 2025-12-31",
    "timeline": """
    - {signal: visit, date: 1999, evidence: [{source: decree-2003, voice: host,
       credibility: 1, claim: An example.}]}
    - {status: {stage: hostile}, date: 2003-02, evidence: [{source: decree-2003, voice: host,
       credibility: 1, claim: An example.}]}
    - {refuse: recognise, date: 2022-01-15, because: wrong-stage, evidence: [{source: wire-2022,
       voice: host, credibility: 2, claim: An example.}]}
    - {act: engage, date: 2022-01..2022-03, evidence: [{source: wire-2022, voice: host,
       credibility: 2, claim: An example.}]}
    - {act: break_off, date: 2022-06~, evidence: [{source: wire-2024, voice: host,
       credibility: 2, claim: An example.}]}
    """,
}
UNCERTAIN = [
    {
        "begins": "2003..2004-02",
        "timeline": """
        - {act: ban, date: 2003-12..2004-06, evidence: [{source: decree-2003, voice: host,
           credibility: 1, claim: An example.}]}
        - {act: engage, date: 2022-01~, evidence: [{source: wire-2022, voice: press,
           credibility: 2, claim: An example.}, $taliban]}
        - {act: delist, date: 2022-02..2024-06, evidence: [{source: wire-2024, voice: host,
           credibility: 2, claim: An example.}]}
        - {act: recognise, date: 2024-05?, evidence: [$host]}
        """,
    },
    {"begins": "2021..", "timeline": "- {act: engage, date: 2022.., evidence: [$host]}\n"},
    {
        "begins": "..2021-08",
        "timeline": """
        - {act: engage, date: ..2022-03, evidence: [{source: wire-2022, voice: taliban,
           credibility: 2, claim: An example.}, $host]}
        - {act: break_off, date: 2022-03-05, evidence: [{source: wire-2024, voice: other_state,
           credibility: 2, claim: An example.}]}
        - {act: engage, date: 2024.., evidence: [{source: gazette-2024-05, voice: host,
           credibility: 2, claim: An example.}]}
        """,
    },
    QUIET,
    {"timeline": "- {signal: visit, date: 2021-09..2026-12, evidence: [$host]}\n"},
    {
        "timeline": """
        - {signal: visit, date: 2022-01..2026-12, evidence: [{source: wire-2022, voice: press,
           credibility: 2, claim: An example.}]}
        - {status: {stage: hostile}, date: 2022-02-10, evidence: [{source: wire-2024, voice: host,
           credibility: 2, claim: An example.}]}
        - {signal: visit, date: 2026-02-01, evidence: [$host]}
        """,
    },
    *(
        {
            "until": "2024-12-31",
            "timeline": f"""{status}
        - {{act: engage, date: 2024-05.., evidence: [{{source: wire-2024, voice: host,
           credibility: 2, claim: An example.}}]}}
        """,
        }
        for status in (
            "",
            """
        - {status: {stage: hostile}, date: 2022-02-01, evidence: [{source: wire-2022, voice: host,
           credibility: 1, claim: An example.}]}""",
        )
    ),
]


NAMES = [
    "months",
    "open ends",
    "open beginnings",
    "silence and review",
    "assumed throughout",
    "order learnt later, entry after the end",
    "assumed up to an act perhaps after the end",
    "attested up to an act perhaps after the end",
]


@pytest.mark.parametrize("told", UNCERTAIN, ids=NAMES)
def test_page_agrees_with_library_on_uncertain_dates(
    page_of: Callable[..., Any], replay_of: Callable[..., rm.Replay], told: dict[str, str]
) -> None:
    replay = replay_of(**told)
    with page_of([replay])() as opened:
        assert_same_answers(opened, [replay], most=40)


def test_report_known_by_day_never_shows_later_knowledge(
    page_of: Callable[..., Any], shipped: tuple[rm.Replay, ...]
) -> None:
    cut = [rm.replay(r.scenario, known_by="2024-05-28") for r in shipped if r.country == "RUS"]
    with page_of(cut)() as opened:
        page = opened.page
        assert "2025" not in page.text_content("#table")
        for known in ("", "2026-01-15", "2024-05-28"):
            page.fill("#known-by", known)
            page.fill("#day", "2026-01-15")
            assert cells(page)["RUS"]["words"] == "engaged (last documented 2024-05-28)"
            assert cells(page)["RUS"]["basis"] == "beyond"
        page.fill("#known-by", "2003-02-13")
        assert cells(page)["RUS"]["words"].endswith(" (the data end 2003-02-13)")

        page.fill("#day", "")
        assert cells(page)["RUS"]["words"] == "no dealings documented (assumed)"


def test_slider_tells_silence_review_and_end_from_evidence(
    page_of: Callable[..., Any], replay_of: Callable[..., rm.Replay]
) -> None:
    with page_of([replay_of(**QUIET)])() as opened:
        page = opened.page
        assert page.input_value("#day-range") == str(date(2025, 6, 30).toordinal())

        def shown(day: str, known: str = "") -> tuple[str, str]:
            page.fill("#known-by", known)
            page.fill("#day", day)
            row = cells(page)["RUS"]
            return row["words"], row["basis"]

        # A visit of 1999 attests no stage; the status of February 2003 does, from its last day on.
        assert shown("2003-02-27") == ("no dealings documented (assumed)", "assumed")
        assert shown("2003-02-28") == ("hostile", "evidenced")
        # 730 days after 2003-02-28 is 2005-02-27, because 2004 has a 29 February.
        assert shown("2005-02-27") == ("hostile", "evidenced")
        silent = "hostile, last heard 2003-02, then nothing until %s"
        assert shown("2005-02-28") == (silent % "2022-01-15", "silent")
        # The agency's report was public on 2022-02-01.
        assert shown("2005-02-28", "2022-01-31") == (
            "hostile, last heard 2003-02, then nothing since",
            "silent",
        )
        assert shown("2022-02-01", "2022-02-01") == (
            "hostile or engaged: the act is dated 2022-01..2022-03",
            "evidenced",
        )
        assert shown("2023-01-01") == ("no dealings (broken off)", "evidenced")
        # About June 2022 ends on 2022-07-31; 730 days later is 2024-07-30.
        assert shown("2024-07-31") == (
            "no dealings (broken off), last heard 2022-06~, then nothing since",
            "silent",
        )
        assert shown("2025-07-01") == (
            "no dealings (broken off), last heard 2022-06~ "
            "(documented until 2025-06-30; no change found by 2025-12-31)",
            "reviewed",
        )
        assert shown("2026-01-01") == (
            "no dealings (broken off), last heard 2022-06~ "
            "(the data end 2025-06-30, reviewed 2025-12-31)",
            "beyond",
        )
