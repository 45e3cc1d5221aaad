"""`show`: one country's record to read, from its answer to its sources."""

import csv
import io
import json

from support.fixtures import Put, Run

RECORD = """
    - {act: engage, date: 2018-11-09, note: A meeting., contradiction: Two days are told.,
       evidence: [$host, $press]}
    - {act: recognise, date: 2022, rank: deprecated, because: Made up., evidence: [$press, $denial]}
    - {signal: visit, date: 2024-06, evidence: [$taliban]}
    - {act: accept_ambassador, date: 2024-07-01, evidence: [$taliban]}
"""
BOOK = "The Example Yearbook [1], 2026-01-01"


def flat(text: str) -> str:
    """A text without the breaks of its lines."""
    return " ".join(text.split())


def test_show_has_answer_then_entries_then_next_acts_then_limits_then_sources(
    run: Run, put: Put
) -> None:
    ran = run("show", "FJI", "--scenarios", put(RECORD))
    lines = ran.out.splitlines()
    assert lines[0] == "Fiji (FJI)"
    parts = [
        "Entries, in the order of the file",
        "1996-09-27: start",
        "2018-11-09: engage (R02)",
        "2022: recognise",
        "2024-06: signal: visit",
        "2024-07-01: accept ambassador",
        "What it would take to move on",
        "What is not known",
        "Sources",
    ]
    assert [line for line in lines if line in parts] == parts
    assert max(map(len, lines)) <= 80


def test_show_prints_note_doubt_and_each_claim_with_publisher_date_voice_and_grade(
    run: Run, put: Put
) -> None:
    text = flat(run("show", "FJI", "--scenarios", put(RECORD)).out)
    grade = "B3: usually reliable, possibly true"
    assert (
        "2018-11-09: engage (R02) engaged, no ban documented; attested: official; FJI.yaml, line 7"
        f" A meeting. in doubt: Two days are told. An example. {BOOK}; its own authorities; {grade}"
        f" An example. {BOOK}; the press; {grade}"
    ) in text
    assert "[1] The Example Yearbook, An example that looks back, 2026-01-01" in text


def test_show_sets_each_claim_below_its_entry(run: Run, put: Put) -> None:
    lines = run("show", "FJI", "--scenarios", put(RECORD)).out.splitlines()
    at = lines.index("2018-11-09: engage (R02)")
    claim = f"    An example. {BOOK}; its own"
    assert [line for line in lines[at : at + 9] if line.startswith(claim)]
    assert lines[at + 1].startswith("  engaged")
    assert lines[lines.index(next(x for x in lines if x.startswith(claim))) + 1][:6] == " " * 6


def test_show_marks_struck_out_refused_and_disputed_entries_with_reasons(
    run: Run, put: Put
) -> None:
    text = flat(run("show", "FJI", "--scenarios", put(RECORD)).out)
    assert "2022: recognise deprecated, not replayed; FJI.yaml, line 9 struck out: Made up." in text
    assert "its own authorities; B3: usually reliable, possibly true; disputes it" in text
    assert (
        "2024-07-01: accept ambassador refused, not expected: not attested; FJI.yaml, line 11"
        " not met: R04 attestation must be official (is claimed) it needs an official voice of the"
        " country; the best given is taliban, B3 (yearbook-2026)"
    ) in text


def test_show_has_the_doctrine_with_its_evidence_before_the_entries(run: Run, put: Put) -> None:
    proof = "{source: yearbook-2026, voice: host, credibility: 2, recalled: true, claim: So said.}"
    doctrine = f"doctrine: {{says: It recognises states., evidence: [{proof}]}}"
    path = put(RECORD, until=f"2026-01-15\n{doctrine}")
    text = flat(run("show", "FJI", "--scenarios", path).out)
    assert (
        f"Doctrine of recognition It recognises states. So said. {BOOK}; its own authorities; B2:"
        " usually reliable, probably true Entries, in the order of the file"
    ) in text
    assert "Doctrine" not in run("show", "FJI", "--scenarios", put(RECORD)).out


def test_show_says_what_is_not_known(run: Run, put: Put) -> None:
    text = flat(run("show", "FJI", "--scenarios", put(RECORD)).out)
    unknown = text[text.index("What is not known") : text.index("Sources")]
    assert unknown == (
        "What is not known The data end on 2026-01-15. No later search is recorded."
        " The start is assumed: no source attests it."
        " No ban is documented. That there was none is not documented either. "
    )


def test_show_says_how_far_somebody_searched(run: Run, put: Put) -> None:
    path = put(RECORD, until="2026-01-15\nreviewed: 2026-02-28")
    text = flat(run("show", "FJI", "--scenarios", path).out)
    assert "The data end on 2026-01-15. A search up to 2026-02-28 found no further change." in text


def test_show_says_that_evidence_announced_the_act(run: Run, put: Put) -> None:
    wire = "{source: wire-2022, voice: press, credibility: 2, announcement: true, claim: Soon.}"
    path = put(f"- {{act: engage, date: 2022-03, evidence: [{wire}]}}\n")
    text = flat(run("show", "FJI", "--scenarios", path).out)
    assert "; the press; C2: fairly reliable, probably true; announced before" in text


def test_show_on_a_day_leaves_out_later_entries_and_counts_them(run: Run, put: Put) -> None:
    text = flat(run("show", "FJI", "--on", "2022", "--scenarios", put(RECORD)).out)
    assert text.startswith("Fiji (FJI) On 2022-12-31 Fiji was last documented to deal officially")
    assert "signal: visit" not in text
    assert "2 later entries are left out." in text


def test_show_known_by_a_day_shows_only_what_was_public(run: Run, put: Put) -> None:
    text = flat(run("show", "FJI", "--known-by", "2025-01-01", "--scenarios", put(RECORD)).out)
    assert "A meeting." not in text
    assert "4 entries were not yet public by 2025-01-01." in text


def test_show_gives_json_and_a_line_of_csv_for_each_entry(run: Run, put: Put) -> None:
    path = put(RECORD)
    data = json.loads(run("show", "FJI", "--scenarios", path, "--format", "json").out)
    assert data["format"] == "recognition-show/1"
    (fiji,) = data["countries"]
    assert [entry["outcome"] for entry in fiji["entries"]] == ["changed", None, None, "refused"]
    rows = list(
        csv.DictReader(io.StringIO(run("show", "FJI", "--scenarios", path, "--format", "csv").out))
    )
    assert [(row["entry"], row["what"], row["line"]) for row in rows] == [
        ("1", "act engage", "7"),
        ("2", "act recognise", "9"),
        ("3", "signal visit", "10"),
        ("4", "act accept_ambassador", "11"),
    ]
    assert rows[0]["evidence"] == "yearbook-2026; yearbook-2026"


def test_show_in_markdown_strikes_out_and_links_sources(run: Run) -> None:
    ran = run("show", "KAZ", "--format", "md")
    assert "### 2015: ~~ban~~" in ran.out
    assert "[RFE/RL](<https://www.rferl.org/a/1095096.html>)" in ran.out


WIRE = "{source: wire-2022, voice: press, credibility: 2, claim: An example.}"
HINDSIGHT = (
    "Notes on assumed starts and struck-out acts were written later, by the record's authors."
)


def test_show_known_by_a_day_says_that_notes_were_written_later(run: Run, put: Put) -> None:
    path = put(f"- {{act: engage, date: 2022-03-01, note: A meeting., evidence: [{WIRE}]}}\n")
    text = flat(run("show", "FJI", "--known-by", "2023-01-01", "--scenarios", path).out)
    assert text.count(HINDSIGHT) == 1
    assert text.index(HINDSIGHT) < text.index("assumed: Made up.")
    assert "A meeting." not in text  # a note
    assert HINDSIGHT not in flat(run("show", "FJI", "--scenarios", path).out)


def test_show_known_by_a_day_has_no_title(run: Run, put: Put) -> None:
    asked = ("show", "FJI", "--scenarios", put(RECORD), "--format", "json")
    titles = [
        json.loads(run(*asked, *more).out)["countries"][0]["title"]
        for more in ((), ("--known-by", "2023-01-01"))
    ]
    assert titles == ["A made-up record", None]


DENIED = """
    - {signal: visit_made, date: 2024-06, evidence: [$press, $denial]}
    - {signal: visit_received, date: 2024-08, evidence: [$press, {source: yearbook-2026,
       voice: taliban, credibility: 2, bearing: disputes, recalled: true, claim: Nobody came.}]}
"""


def test_show_and_why_say_who_denies_a_signal(run: Run, put: Put) -> None:
    path = put(DENIED)
    out = flat(run("show", "FJI", "--scenarios", path).out)
    assert "signal: visit made denied by its own authorities; does not change the state" in out
    assert "signal: visit received denied by the Taliban; does not change the state" in out
    told = json.loads(run("show", "FJI", "--scenarios", path, "--format", "json").out)
    entries = told["countries"][0]["entries"]
    assert [(one["family"], one["denied"]) for one in entries] == [("visit", True)] * 2
    # Denied or not, the country was heard of.
    why = json.loads(
        run("why", "FJI", "--on", "2025-01-01", "--scenarios", path, "--format", "json").out
    )
    assert [one["what"] for one in why["heard"]] == ["signal visit_made", "signal visit_received"]
    assert why["set_aside"] == []
    assert why["last_entry"]["what"] == "signal visit_received"
