"""`why`: two lines to paste, the chain behind them, and what would have turned the answer."""

import csv
import io
import json

from support.fixtures import Put, Run

# The entries begin in lines 7, 8, ... of the file.
RECORD = """
    - {act: ban, date: 2003-02-14, note: A court decides., evidence: [$host]}
    - {act: engage, date: 2018-11-09, evidence: [$press]}
    - {signal: visit, date: 2021-03, evidence: [$host]}
    - {act: recognise, date: 2022, rank: deprecated, because: Made up., evidence: [$press]}
    - {refuse: accept_ambassador, date: 2024-05-27, because: ban-in-force, evidence: [$taliban]}
    - {act: delist, date: 2025-04-17, evidence: [$host]}
"""
ASKED = ("why", "FJI", "--on", "2024-05-28", "--scenarios")


def flat(text: str) -> str:
    """A text without the breaks of its lines."""
    return " ".join(text.split())


def test_why_begins_with_two_lines_to_paste(run: Run, put: Put) -> None:
    ran = run(*ASKED, put(RECORD), "--format", "md")
    assert ran.code == 0
    first, _, second, *_ = ran.out.splitlines()
    assert first == (
        "On 2024-05-28 Fiji was last documented to deal officially with the Taliban, below the rank"
        " of ambassador, since 2018-11-09 (ban in force), according to the press; the last entry"
        " that counts is dated 2021-03, more than two years before."
    )
    assert second == (
        "This rests on the word of the press in The Example Yearbook, 2026-01-01 (B3: usually"
        " reliable, possibly true), under rule R02 (FJI.yaml, line 8)."
    )


def test_why_shows_each_entry_that_counted_with_rule_line_source_and_voice(
    run: Run, put: Put
) -> None:
    text = flat(run(*ASKED, put(RECORD)).out)
    assert (
        "2003-02-14: ban (R01) banned, ban in force; attested: official; FJI.yaml, line 7"
        " A court decides. An example. The Example Yearbook [1], 2026-01-01; its own authorities;"
        " B3: usually reliable, possibly true"
    ) in text
    assert text.index("1996-09-27: start") < text.index("2003-02-14: ban")
    assert text.index("2003-02-14: ban") < text.index("2018-11-09: engage (R02)")
    assert "last heard: 2021-03, signal visit (FJI.yaml, line 9)" in text
    assert "next heard: 2025-04-17, act delist (FJI.yaml, line 12)" in text
    assert "1 later entry does not bear on this day." in text


def test_why_counts_the_entries_heard_before_the_last_one(run: Run, put: Put) -> None:
    visit = "    - {signal: visit, date: 2020-03, evidence: [$host]}\n"
    last = "    - {signal: visit, date: 2021-03"
    lines = run(*ASKED, put(RECORD.replace(last, visit + last))).out.splitlines()
    assert "  1 more entry counts up to this day: line 9" in lines
    lines = run(*ASKED, put(RECORD.replace(last, visit * 2 + last))).out.splitlines()
    assert "  2 more entries count up to this day: lines 9, 10" in lines


def test_why_shows_what_was_set_aside_with_every_unmet_condition(run: Run, put: Put) -> None:
    text = flat(run(*ASKED, put(RECORD)).out)
    aside = text[text.index("Set aside") : text.index("What would have turned it")]
    assert (
        "2022: recognise deprecated, not replayed; FJI.yaml, line 10 struck out: Made up." in aside
    )
    assert (
        "not met: R04 ban must be none or lifted (is in force) and attestation must be official"
        " (is claimed)"
    ) in aside
    assert "official voice for line 11" not in text  # the ban is in the way as well


def test_why_says_where_an_official_voice_would_have_led(run: Run, put: Put) -> None:
    path = put(
        "- {act: engage, date: 2018-12-17, evidence: [$host]}\n"
        "- {refuse: accept_ambassador, date: 2023-10-27, because: not-attested,"
        " evidence: [$taliban]}\n"
    )
    text = flat(run("why", "FJI", "--on", "2023-10-27", "--scenarios", path).out)
    assert (
        "on an official voice for line 8 (accept ambassador, 2023-10-27): ambassador accepted;"
        " since 2023-10-27 (line 8)"
    ) in text


def test_why_names_no_refused_act_that_would_turn_nothing(run: Run, put: Put) -> None:
    path = put(
        "- {act: engage, date: 2018-12-17, evidence: [$host]}\n"
        "- {refuse: accept_ambassador, date: 2023-10-27, because: not-attested,"
        " evidence: [$taliban]}\n"
        "- {act: break_off, date: 2024-02-01, evidence: [$host]}\n"
    )
    text = flat(run("why", "FJI", "--on", "2024-06-01", "--scenarios", path).out)
    turns = text[text.index("What would have turned it") : text.index("Acts open and closed")]
    # Relations with an ambassador end by the same act. Without dealings there are none to break
    # off, and what is left is the assumed start.
    assert turns == (
        "What would have turned it without line 7 (engage (R02), 2018-12-17): no dealings"
        " documented (assumed); since the start, 1996-09-27 (line 4); the rules would refuse break"
        " off in line 9 without line 9 (break off (R09), 2024-02-01): engaged, last heard"
        " 2018-12-17, then nothing since; since 2018-12-17 (line 7) "
    )


def test_why_says_what_the_answer_would_be_without_each_entry(run: Run, put: Put) -> None:
    text = flat(run(*ASKED, put(RECORD)).out)
    assert (
        "without line 7 (ban (R01), 2003-02-14): engaged, last heard 2021-03, then nothing since;"
        " no ban documented"
    ) in text  # the delisting of 2025 would be refused, and would not count
    assert (
        "without line 8 (engage (R02), 2018-11-09): banned, last heard 2021-03, then nothing until"
        " 2025-04-17; since 2003-02-14 (line 7)"
    ) in text
    # The day rests on an entry more than two years old, with and without the visit.
    assert (
        "without line 9 (signal: visit, 2021-03): engaged, last heard 2018-11-09, then nothing"
        " until 2025-04-17"
    ) in text


def test_why_says_that_a_stage_would_have_begun_earlier(run: Run, put: Put) -> None:
    path = put(
        "- {act: engage, date: 1999-01-22, evidence: [$host]}\n"
        "- {act: lapse, date: 2001-12-07, evidence: [$press]}\n"
        "- {act: engage, date: 2021-10-07, evidence: [$host]}\n"
        "- {signal: visit, date: 2021-11-24, evidence: [$host]}\n"
        "- {signal: visit, date: 2021-11-24, evidence: [$host]}\n"
    )
    text = flat(run("why", "FJI", "--on", "2022-01-01", "--scenarios", path).out)
    turns = text[text.index("What would have turned it") : text.index(" Acts open and closed")]
    assert turns == (
        "What would have turned it without line 7 (engage (R02), 1999-01-22): the same answer; the"
        " rules would refuse lapse in line 8 without line 8 (lapse: the Taliban ceased to govern"
        " (R11), 2001-12-07): the same stage, but since 1999-01-22 (line 7); the rules would refuse"
        " engage in line 9 without line 9 (engage (R02), 2021-10-07): no dealings (lapsed); since"
        " 2001-12-07 (line 8) without line 11, one at a time: the same answer"
    )


def test_why_says_if_the_day_would_rest_on_something_else_without_an_entry(
    run: Run, put: Put
) -> None:
    # 2023-03-01 is 700 days after the visit at the latest, and 1,573 days after the engagement.
    asked = ("why", "FJI", "--on", "2023-03-01", "--scenarios")
    text = flat(run(*asked, put(RECORD)).out)
    assert (
        "without line 9 (signal: visit, 2021-03): engaged, last heard 2018-11-09, then nothing"
        " until 2025-04-17"
    ) in text


def test_why_gives_the_whole_chain_as_json(run: Run, put: Put) -> None:
    data = json.loads(run(*ASKED, put(RECORD), "--format", "json").out)
    assert (data["format"], data["country"], data["day"], data["basis"]) == (
        "recognition-why/1",
        "FJI",
        "2024-05-28",
        "silent",
    )
    assert data["lines"][0].startswith("On 2024-05-28 Fiji was last documented to deal officially")
    assert [(link["rule"], link["line"], link["surely"]) for link in data["links"]] == [
        ("R01", 7, True),
        ("R02", 8, True),
    ]
    assert data["links"][0]["before"] == {"stage": "hostile", "ban": "none"}
    (item,) = data["links"][0]["evidence"]
    assert (item["source"], item["publisher"], item["voice"], item["grade"]) == (
        "yearbook-2026",
        "The Example Yearbook",
        "host",
        "B3",
    )
    assert [(one["line"], one["turns"]) for one in data["otherwise"]] == [
        (7, True),
        (8, True),
        (9, True),  # the country would have been last heard of on 2018-11-09
    ]
    assert {act["act"] for act in data["acts"] if act["open"]} == {"delist", "break_off", "lapse"}


def test_why_gives_a_line_of_csv_for_the_start_and_each_entry(run: Run, put: Put) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*ASKED, put(RECORD), "--format", "csv").out)))
    assert [(row["role"], row["line"], row["rule"]) for row in rows] == [
        ("start", "4", ""),
        ("link", "7", "R01"),
        ("link", "8", "R02"),
        ("heard", "9", ""),
        ("set_aside", "10", ""),
        ("set_aside", "11", ""),
    ]
    assert rows[2]["otherwise"] == (
        "banned, last heard 2021-03, then nothing until 2025-04-17; since 2003-02-14 (line 7)"
    )


def test_why_on_an_uncertain_day_names_each_possible_state(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02-01..2022-02-03, evidence: [$host]}\n")
    text = flat(run("why", "FJI", "--on", "2022-02-02", "--scenarios", path).out)
    assert text.startswith("Where Fiji stands on 2022-02-02 is uncertain: ")
    assert "it may lie after this day" in text
    assert "if hostile, no ban documented: Act" in text
    assert "if engaged, no ban documented: Act" in text
    early = run("why", "FJI", "--on", "2022-02-02", "--dates", "earliest", "--scenarios", path)
    assert "On 2022-02-02 Fiji is documented to deal officially" in flat(early.out)
    assert "Every uncertain date is read at its earliest possible day." in flat(early.out)


def test_why_known_by_a_day_counts_what_was_not_yet_public(run: Run, put: Put) -> None:
    ran = run("why", "FJI", "--known-by", "2025-01-01", "--scenarios", put(RECORD))
    text = flat(ran.out)
    assert text.startswith("No formal dealings of Fiji with the Taliban are documented")
    assert "No source attests it: the start is assumed (FJI.yaml, line 4). Made up." in text
    assert "6 entries were not yet public by 2025-01-01." in text


def test_why_before_the_record_says_that_nothing_is_documented(run: Run, put: Put) -> None:
    ran = run("why", "FJI", "--on", "1990", "--scenarios", put(RECORD))
    assert flat(ran.out) == (
        "Nothing is documented about Fiji on 1990-12-31; the data begin 1996-09-27."
        " No entry on Fiji bears on this day. 6 later entries do not bear on this day."
    )


def test_why_says_that_acts_lead_to_no_dealings(run: Run, put: Put) -> None:
    text = flat(run(*ASKED, put(RECORD.replace("ban,", "engage,", 1)), "--format", "md").out)
    # Without a ban, relations broken off or lapsed leave none, whatever the table calls that stage.
    assert "| R09 to no dealings (broken off), no ban documented |" in text
    assert "| R11 to no dealings (lapsed), no ban documented |" in text
    assert "hostile, no ban" not in text


def test_why_known_by_a_day_says_that_notes_were_written_later(run: Run, put: Put) -> None:
    wire = "{source: wire-2022, voice: press, credibility: 2, claim: An example.}"
    path = put(f"- {{act: engage, date: 2022-03-01, note: A meeting., evidence: [{wire}]}}\n")
    asked = ("why", "FJI", "--scenarios", path, "--known-by", "2023-01-01")
    hindsight = (
        "Notes on assumed starts and struck-out acts were written later, by the record's authors."
    )
    text = flat(run(*asked).out)
    assert text.count(hindsight) == 1
    assert text.index(hindsight) < text.index("assumed: Made up.")
    assert "A meeting." not in text
    # Before the start, neither the assumed text nor the entry is shown.
    assert hindsight not in flat(run(*asked, "--on", "1990").out)
    assert hindsight not in flat(run(*asked[:-2]).out)
