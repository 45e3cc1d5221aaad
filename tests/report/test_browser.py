"""The page in a real browser: by keyboard, without scripts, narrow, printed, with hostile texts.

Debian's Chromium, driven by Playwright. Where there is none these tests fail in CI, and are skipped
elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen

import recognition_model as rm
from recognition_model.analysis.claims import check
from recognition_model.core.basis import basis_in_words
from recognition_model.core.countries import name_of
from recognition_model.core.dates import closed, end_of
from recognition_model.core.wording import humanize
from recognition_model.report.as_of import known_versions
from recognition_model.report.build import page_of as report_of
from recognition_model.report.grounds import chain_of
from recognition_model.report.html import html_report, page_as_html
from recognition_model.report.sentences import VOICES, bans_in_words

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

WIDE, NARROW = 1280, 320
ATTACKS = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</script><script>alert(2)</script>",
    "' onfocus='alert(3)' autofocus='",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>",
)
HOSTILE = " ".join(ATTACKS)
SIX = ("ARE", "CHN", "GBR", "KAZ", "RUS", "UZB")


@frozen
class Opened:
    """A page, and all that it said or asked for: console, errors, dialogs, addresses."""

    page: Any
    said: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        told = f"no browser on the path: one of {', '.join(names)}"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


def opener(browser: Any, path: Path) -> Callable[..., Any]:
    @contextmanager
    def opened(width: int = WIDE, **options: Any) -> Iterator[Opened]:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        found = Opened(context.new_page())

        def dismissed(dialog: Any) -> None:
            found.said.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        found.page.on("console", lambda line: found.said.append(line.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("dialog", dismissed)
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.goto(path.as_uri())
        yield found
        context.close()

    return opened


@pytest.fixture(scope="session")
def shipped_page(
    browser: Any, html: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Any]:
    """The page of the whole record, which takes seconds to open."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html, encoding="utf-8")
    return opener(browser, path)


@pytest.fixture(scope="session")
def six(shipped: tuple[rm.Replay, ...]) -> tuple[rm.Replay, ...]:
    """Six countries of the record."""
    return tuple(replay for replay in shipped if replay.country in SIX)


@pytest.fixture(scope="session")
def six_page(
    browser: Any, six: tuple[rm.Replay, ...], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Any]:
    """The page of six countries, with everything that the page of the whole record has."""
    claims = [c for told in rm.load_folder().collectives for c in check(told, six)]
    page = report_of(six, claims=claims)
    steps = [step for replay in six for step in replay.scenario.timeline]
    assert {type(step) for step in steps} == {
        rm.ActStep,
        rm.SignalStep,
        rm.StatusStep,
        rm.RefuseStep,
    }
    assert any(step.date.earliest != step.date.latest for step in steps)
    kinds = {
        kind for one in page.countries for doubt in one.doubts for kind in doubt.kinds.split("; ")
    }
    assert kinds == {"in doubt", "disputed", "denied", "refused, as expected", "deprecated"}
    assert any(one.doctrine for one in page.countries)
    assert len(page.claims) == len(claims) > 0
    path = tmp_path_factory.mktemp("six") / "report.html"
    path.write_text(page_as_html(page), encoding="utf-8")
    return opener(browser, path)


@pytest.fixture
def page_of(browser: Any, tmp_path: Path) -> Callable[..., Any]:
    """The page of some replays, ready to be opened."""

    def made(replays: Iterable[rm.Replay]) -> Any:
        path = tmp_path / "report.html"
        path.write_text(html_report(list(replays)), encoding="utf-8")
        return opener(browser, path)

    return made


@pytest.fixture
def hostile(tmp_path: Path) -> rm.Replay:
    """A record with an attack in every text that a file may hold."""
    text = json.dumps(HOSTILE)
    proof = f"{{source: bad, voice: press, credibility: 5, claim: {text}}}"
    against = f"{{source: bad, voice: host, credibility: 5, bearing: disputes, claim: {text}}}"
    said = f"date: 2022-01-01, note: {text}, contradiction: {text}, evidence: [{proof}, {against}]"
    (tmp_path / "sources.yaml").write_text(
        "format: recognition-sources/1\nsources:\n  bad:\n    {type: webpage, language: en,"
        f" issued: 2022-01-01, reliability: E, publisher: {text}, title: {text}, author: {text},"
        f" note: {text}, url: \"https://x.example/?a='javascript:alert(1)'&b=`\","
        ' archive: "http://x.example/(javascript:alert(1))"}\n',
        encoding="utf-8",
    )
    (tmp_path / "FJI.yaml").write_text(
        f"format: recognition-scenario/1\ncountry: FJI\ntitle: {text}\n"
        f"start: {{stage: hostile, ban: none, date: 1996-09-27, assumed: {text},"
        f" evidence: [{proof}]}}\ndocumented-until: 2026-01-15\ntimeline:\n"
        f"  - {{act: engage, {said}}}\n"
        f"  - {{act: engage, rank: deprecated, because: {text}, {said}}}\n"
        f"  - {{signal: visit, {said}}}\n"
        f"  - {{status: {{stage: engaged}}, {said}}}\n"
        f"  - {{refuse: recognise, because: not-attested, {said}}}\n",
        encoding="utf-8",
    )
    folder = rm.load_folder([tmp_path])
    assert folder.findings == ()
    return rm.replay(folder.scenarios[0])


READ = """() => Object.fromEntries([...document.querySelectorAll("[data-country]")].map((row) => {
    const text = (name) => row.querySelector("." + name).textContent.replace(/ *\\[\\d+\\]/, "");
    const names = ["words", "ban", "since", "who", "until"];
    const told = names.map((name) => [name, text(name).trim()]);
    told.push(["basis", row.querySelector(".chip")?.classList[2] ?? ""]);
    const why = [...row.querySelectorAll(".why:not([hidden]) a")];
    told.push(["why", why.map((a) => a.getAttribute("href") + " " + a.textContent).join("; ")]);
    return [row.dataset.country, Object.fromEntries(told)];
}))"""


def cells(page: Any) -> dict[str, dict[str, str]]:
    """The table of countries as it is shown, by country; footnote marks left out."""
    return dict(page.evaluate(READ))


# --- nothing from outside, nothing amiss ---------------------------------------------------------


def test_page_opens_from_disk_without_requests_or_console_errors(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        assert opened.said == []
        assert {url.partition(":")[0] for url in opened.asked} <= {"file", "data"}
        broken = "() => [...document.images].filter((one) => !one.naturalWidth).length"
        assert opened.page.evaluate(broken) == 0


def test_page_of_whole_record_opens_and_agrees_with_library_on_last_day(
    shipped_page: Callable[..., Any], shipped: tuple[rm.Replay, ...]
) -> None:
    with shipped_page() as opened:
        assert opened.said == []
        shown = cells(opened.page)
    assert shown == {replay.country: expected(replay, None) for replay in shipped}


def test_page_of_six_countries_passes_axe(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        assert_accessible(opened)


@pytest.mark.nightly
def test_page_of_whole_record_passes_axe(shipped_page: Callable[..., Any]) -> None:
    with shipped_page() as opened:
        assert_accessible(opened)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_narrow_page_passes_axe(
    browser: Any, shipped: tuple[rm.Replay, ...], tmp_path: Path, *, scripts: bool
) -> None:
    text = html_report([replay for replay in shipped if replay.country in ("KAZ", "USA")])
    if not scripts:  # as a browser shows it that runs none, but axe is one itself
        text = re.sub(r"<script>.*</script>", "", text, flags=re.DOTALL)
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    with opener(browser, path)(NARROW) as opened:
        assert opened.page.is_visible("form") is scripts
        assert_accessible(opened)


def assert_accessible(opened: Opened) -> None:
    # Every rule is run; of a rule that passes axe describes one element, not thousands.
    found = axe.Axe().run(opened.page, options={"resultTypes": ["violations"]}).response
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_page_does_not_scroll_sideways(six_page: Callable[..., Any], width: int) -> None:
    with six_page(width) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") == width


def test_page_respects_reduced_motion(six_page: Callable[..., Any]) -> None:
    asked = "getComputedStyle(document.documentElement).scrollBehavior"
    with six_page(reduced_motion="reduce") as opened:
        assert opened.page.evaluate(asked) == "auto"


# --- by keyboard ---------------------------------------------------------------------------------


def test_tab_key_reaches_every_control_in_page_order(
    six_page: Callable[..., Any],
) -> None:
    here = "() => document.activeElement.id || document.activeElement.textContent.trim()"
    with six_page() as opened:
        walked = []
        for _ in range(60):
            opened.page.keyboard.press("Tab")
            walked.append(opened.page.evaluate(here))
            outlined = opened.page.evaluate(
                "() => getComputedStyle(document.activeElement).outlineStyle"
            )
            assert outlined != "none", walked[-1]
    stops = list(dict.fromkeys(walked))
    assert stops[0] == "Skip to the record"
    controls = ["day-range", "day", "known-by", "earlier", "later", "reset"]
    heads = ["Country", "Stage", "Ban", "Since", "Who says so", "Documented until"]
    assert [stop for stop in stops if stop in {*controls, *heads}] == [*controls, *heads]


def test_skip_link_leads_past_contents(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        opened.page.keyboard.press("Tab")
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id") == "main"


def test_arrow_key_moves_slider_by_one_day(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        page = opened.page
        page.focus("#day-range")
        page.fill("#day", "2025-07-02")
        page.focus("#day-range")
        assert cells(page)["RUS"]["words"] == "delisted"
        page.keyboard.press("ArrowRight")
        assert page.input_value("#day") == "2025-07-03"
        assert page.get_attribute("#day-range", "aria-valuetext") == "2025-07-03"
        assert cells(page)["RUS"]["words"] == "de jure recognition"
        told = page.text_content("#as-of-answer")
        # Russia; China, the Emirates and Uzbekistan, the last as last documented.
        assert told.startswith("On 2025-07-03: de jure recognition 1, ambassador accepted 3, ")


def test_step_button_goes_to_next_day_of_possible_change(
    page_of: Callable[..., Any], replay_of: Callable[..., rm.Replay]
) -> None:
    told = replay_of(
        "- {act: engage, date: 2021-09-07, evidence: [$host]}\n"
        "- {act: accept_ambassador, date: 2024-05, evidence: [$host]}\n"
    )
    with page_of([told])() as opened:
        days = []
        for button in ["earlier"] * 5 + ["later"] * 2:
            opened.page.click(f"#{button}")
            days.append(opened.page.input_value("#day"))
        assert days == [
            *("2024-05-31", "2024-05-01", "2021-09-07", "1996-09-27", "1996-09-27"),
            *("2021-09-07", "2024-05-01"),
        ]
        opened.page.click("#reset")
        assert opened.page.input_value("#day") == ""
        assert cells(opened.page)["RUS"]["words"] == "ambassador accepted"


def test_heading_sorts_table_and_announces_it(six_page: Callable[..., Any]) -> None:
    with six_page() as opened:
        page = opened.page
        head = page.locator("#table thead th").first
        asked = "() => [...document.querySelectorAll('#table tbody th')].map((th) => th.innerText)"
        names = page.evaluate(asked)
        head.locator("button").press("Enter")
        assert (head.get_attribute("aria-sort"), page.evaluate(asked)) == (
            "ascending",
            sorted(names),
        )
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == "descending"
        assert page.evaluate(asked) == sorted(names, reverse=True)
        page.locator("#table thead button", has_text="Stage").press("Enter")
        assert page.evaluate(asked) == names


# --- the script says what the library says -------------------------------------------------------


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
        assert page.get_attribute("#known-by", "max") == "2024-05-28"
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


# --- without scripts, printed, under attack ------------------------------------------------------


def test_page_without_scripts_shows_whole_tables_and_no_controls(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page(java_script_enabled=False) as opened:
        page = opened.page
        assert not page.is_visible("form")
        assert page.locator("button:visible").count() == 0
        assert page.locator("#table tbody tr").count() == len(six)
        assert page.locator("section.country").count() == len(six)
        assert page.locator("#table td", has_text="de jure recognition").is_visible()


def test_printed_pdf_has_pages_and_bookmark_per_country_and_no_controls(
    six_page: Callable[..., Any], six: tuple[rm.Replay, ...]
) -> None:
    with six_page() as opened:
        printed = opened.page.pdf(prefer_css_page_size=True, outline=True, tagged=True)
        opened.page.emulate_media(media="print")
        assert not opened.page.is_visible("form")
        assert not opened.page.is_visible("nav")
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") > len(six)
    for replay in six:
        assert f"({name_of(replay.country)} {replay.country})".encode() in printed


def test_markup_in_any_text_is_shown_as_text(
    page_of: Callable[..., Any], hostile: rm.Replay
) -> None:
    with page_of([hostile])() as opened:
        page = opened.page
        page.fill("#day", "2022-01-01")
        page.wait_for_timeout(100)
        assert opened.said == []
        assert {url.partition(":")[0] for url in opened.asked} <= {"file", "data"}
        body = page.text_content("main")
        # Title, assumption, ten claims and more of evidence, five notes, five contradictions twice.
        assert body.count(HOSTILE) > 25
        assert page.locator("main script, main img[src=x], [onerror], [onfocus]").count() == 0
        links = page.evaluate("() => [...document.links].map((link) => link.protocol)")
        assert set(links) == {"file:", "http:", "https:", "data:"}
        assert set(page.evaluate("() => [...document.scripts].map((one) => one.src)")) == {""}


def test_page_offers_sources_for_download(
    six_page: Callable[..., Any],
) -> None:
    with six_page() as opened:
        page = opened.page
        with page.expect_download() as loading:
            page.click("text=CSL-JSON")
        assert loading.value.suggested_filename == "sources.json"
        items = json.loads(Path(loading.value.path()).read_text(encoding="utf-8"))
        assert len(items) == page.locator("ol.sources > li").count()
        with page.expect_download() as loading:
            page.click("text=BibTeX")
        assert loading.value.suggested_filename == "sources.bib"
