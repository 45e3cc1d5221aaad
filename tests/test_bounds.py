"""No command on any record of 2 MB takes more than 10 s of processor time or 500 MB of memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import heavy, heavy_beside, heavy_overlaps, heavy_public  # noqa: F401 - cases

import recognition_model as rm
from recognition_model.io.crosswalks import load_crosswalk

resource = pytest.importorskip("resource")  # not on Windows
SECONDS, MEGABYTES = 10, 500
RECORD = ("--scenarios", "rec")
CHECKS = {"replay": ("replay", "rec")}
ANSWERS = {
    "replay as JSON": ("replay", "rec", "--format", "json"),
    "every entry": ("replay", "rec/FJI.yaml", "--full"),
    "status": ("status", *RECORD),
    "status on a day": ("status", "--on", "2022-06-01", "--known-by", "2024-12-31", *RECORD),
    "status on a scale": ("status", "--scale", "representation", *RECORD),
    "show": ("show", "FJI", *RECORD),
    "events": ("events", "--format", "csv", *RECORD),
    "events that match": ("events", "--match", "word", *RECORD),
    "changes": ("changes", "--since", "1997", *RECORD),
    "changes against": ("changes", "--against", "other", *RECORD),
    "compare": ("compare", "FJI", "TUV", *RECORD),
    "why": ("why", "FJI", *RECORD),
    "precedence": ("precedence", "--stage", "engaged", *RECORD),
    "precedence of signals": ("precedence", "--signal", "visit_made", *RECORD),
    "next": ("next", "FJI", *RECORD),
    "sources": ("sources", *RECORD),
    "searches": ("searches", *RECORD),
    "coverage": ("coverage", *RECORD),
    "corrections": ("corrections", *RECORD),
    "robustness": ("robustness", "stage FJI 2022-06-01", *RECORD),
    "robustness of the first": ("robustness", "first", "engaged", *RECORD),
    "robustness of an order": ("robustness", "order", "FJI", "TUV", "engaged", *RECORD),
    "agreement": ("agreement", "rec", "other"),
    "agreement of two": ("agreement", "rec", "again"),
    "cite": ("cite", "FJI/1", *RECORD),
    "prove": ("prove", *RECORD),
    "draw": ("checked", "--draw", "20", "--seed", "1", *RECORD),
    "reviewed": ("reviewed", "FJI", "--on", "2024-12-31", "--searched", "x", "--dry-run", *RECORD),
    "report": ("report", "-o", "report.html", *RECORD),
    "report in Markdown": ("report", "-o", "report.md", *RECORD),
    "brief": ("report", "--since", "2022", "-o", "brief.html", *RECORD),
    "site": ("site", "-o", "site", *RECORD),
    "tables": ("export", "csv", "-o", "tables.zip", *RECORD),
    "panel of days": ("export", "csv", "--table", "country_day", "-o", "days.csv", *RECORD),
    "panel of all states": ("export", "csv", "--frame", "cow", "-o", "all.zip", *RECORD),
    "SPSS, all states": ("export", "spss", "--frame", "cow", "-o", "all.zip", *RECORD),
    "Stata": ("export", "stata", "-o", "record.zip", *RECORD),
    "database": ("export", "sqlite", "-o", "record.sqlite", *RECORD),
    "drawn tables": ("export", "csv", "--draws", "20", "-o", "drawn.zip", *RECORD),
    "event log": ("export", "xes", "-o", "log.xes", *RECORD),
    "provenance": ("export", "jsonld", "-o", "record.jsonld", *RECORD),
    "bibliography": ("export", "bibtex", "-o", "sources.bib", *RECORD),
    "picture of a history": ("plot", "history", "FJI", "-o", "history.svg", *RECORD),
    "picture of histories": ("plot", "histories", "-o", "histories.svg", *RECORD),
    "picture of a timeline": ("plot", "timeline", "--since", "2021", "-o", "t.svg", *RECORD),
    "picture of two codings": (
        "plot",
        "codings",
        "FJI",
        "--against",
        "again",
        "-o",
        "two.svg",
        *RECORD,
    ),
    "picture of waits": ("plot", "time-to-stage", "-o", "waits.svg", *RECORD),
    "map": ("plot", "map", "--on", "2022-06-01", "-o", "map.svg", *RECORD),
}
BESIDE = {
    "rules": ("rules", "--rules", "rules.yaml"),
    "proof": ("prove", "--rules", "rules.yaml", *RECORD),
    "status by rules": ("status", "--rules", "rules.yaml", "--against", "shipped", *RECORD),
    "robustness by rules": ("robustness", "stage FJI 2022", "--rules", "rules.yaml", *RECORD),
    "proof of a scale": ("prove", "--scale", "scale.yaml", *RECORD),
    "status by a scale": ("status", "--scale", "scale.yaml", *RECORD),
    "choices": ("robustness", "stage FJI 2022", "--choices", "choices.yaml", *RECORD),
    "choices of the first": (
        "robustness", "first", "engaged", "--choices", "choices.yaml", *RECORD
    ),
    "screen": (
        "screen", "events.csv", "--map", "map.yaml", "--layout", "gdelt2", "-o", "leads.csv",
        *RECORD,
    ),
}  # fmt: skip
"""Questions with a file beside the record."""
OF_FILES = [
    *((f"rules_{case}", name) for case in ("for_every_state", "that_overlap") for name in
      ("rules", "proof", "status by rules", "robustness by rules")),
    *((f"scale_of_many_{case}", name) for case in ("entries", "signals") for name in
      ("proof of a scale", "status by a scale")),
    *((f"choices_of_many_{case}", name) for case in ("options", "universes") for name in
      ("choices", "choices of the first")),
    *((f"crosswalk_of_{case}", "screen") for case in
      ("many_actors", "many_aliases", "every_code")),
]  # fmt: skip
MADE_PUBLIC = [
    (case, name)
    for case in (
        "acts_made_public_in_turn",
        "acts_made_public_in_any_order",
        "refused_acts_made_public_in_turn",
        "statuses_made_public_in_any_order",
        "evidence_made_public_in_any_order",
        "acts_of_which_each_is_told_six_times",
    )
    for name in ("report", "report in Markdown", "brief")
]
OF_DATES = (
    "show", "prove", "changes", "changes against", "why", "precedence", "agreement",
    "agreement of two", "corrections", "robustness", "robustness of the first",
    "robustness of an order", "report",
    "report in Markdown", "drawn tables", "event log", "picture of a history",
    "picture of two codings", "picture of waits",
)  # fmt: skip
"""Questions that uncertain dates strain."""
ANSWERED = [
    *((case, name) for case in ("many_signals", "long_texts_of_marks") for name in ANSWERS),
    *(
        (case, name)
        for case in ("acts_that_overlap", "acts_of_one_window", "acts_and_signals_of_one_window")
        for name in OF_DATES
    ),
    *(("countries_that_overlap", name) for name in ("precedence", "changes", "changes against")),
]
"""Cases without an error that strain the answers. A site of a thousand acts whose dates all
overlap is not bound.
"""
DAILY = (
    *[(case, "replay") for case in ("many_hidden_characters", "many_tags", "many_comments")],
    *[(case, "replay") for case in ("many_unknown_sources", "too_many_entries", "deep")],
    ("acts_refused", "prove"),
    ("acts_that_overlap", "precedence"),
    ("acts_that_overlap", "why"),
    ("acts_that_overlap", "robustness"),
    ("acts_of_one_window", "agreement of two"),
    ("acts_of_one_window", "event log"),
    ("acts_of_one_window", "picture of a history"),
    ("acts_made_public_in_turn", "report"),
    ("statuses_made_public_in_any_order", "report"),
    ("acts_of_which_each_is_told_six_times", "report"),
    ("scale_of_many_entries", "proof of a scale"),
    ("scale_of_many_signals", "proof of a scale"),
    ("crosswalk_of_many_actors", "screen"),
)
"""What broke the bound once."""


MEASURED = """
import sys
from pathlib import Path
from recognition_model.cli import main
peak = Path(sys.argv.pop(1))
try:
    main()
finally:
    status = Path("/proc/self/status")
    if status.exists():
        peak.write_bytes(status.read_bytes())
"""
"""Runs the command line, and keeps how much memory it had at most.

`wait4` would count the memory of this process too: a child has it until it runs its program.
"""


def cost(case: str, command: tuple[str, ...], folder: Path) -> tuple[int, float, float, bytes]:
    """Run a command on a case: exit code, seconds of processor, megabytes, standard error."""
    heavy.write(case, folder)
    heavy.write_small(folder / "other")
    heavy_overlaps.write_again(folder)
    errors, peak = folder / "errors.txt", folder / "peak.txt"
    with errors.open("wb") as stream:
        child = subprocess.Popen(
            [sys.executable, "-c", MEASURED, str(peak), *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stream,
            preexec_fn=_limited,
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    found = re.search(r"VmHWM:\s+(\d+) kB", peak.read_text() if peak.exists() else "")
    return child.returncode, seconds, int(found[1]) / 1024 if found else 0.0, errors.read_bytes()


def _limited() -> None:
    """End a command that takes twice what is allowed, so that the test ends too."""
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS + 1))


def check(case: str, command: tuple[str, ...], folder: Path) -> None:
    code, seconds, megabytes, errors = cost(case, command, folder)
    assert b"Traceback" not in errors, errors[-2000:]
    assert code in (0, 1, 2)
    assert seconds <= SECONDS
    assert megabytes <= MEGABYTES
    assert megabytes > 0 or not Path("/proc/self/status").exists()


@pytest.mark.parametrize(("case", "name"), DAILY)
def test_what_was_slow_once_stays_within_the_bound(case: str, name: str, tmp_path: Path) -> None:
    check(case, (CHECKS | ANSWERS | BESIDE)[name], tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("case", heavy.names())
@pytest.mark.parametrize("name", CHECKS)
def test_any_file_is_checked_within_the_bound(case: str, name: str, tmp_path: Path) -> None:
    check(case, CHECKS[name], tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize(("case", "name"), [*ANSWERED, *OF_FILES, *MADE_PUBLIC])
def test_any_question_is_answered_within_the_bound(case: str, name: str, tmp_path: Path) -> None:
    check(case, (ANSWERS | BESIDE)[name], tmp_path)


def test_findings_of_one_file_are_counted_beyond_five_hundred(tmp_path: Path) -> None:
    path = tmp_path / "FJI.yaml"
    head = heavy.HEAD.format(country="FJI", start="1996-09-27", until="2024-12-31")
    path.write_text(head + "- x\n" * 1_000, encoding="utf-8")
    *listed, last = rm.load_folder([path], {}).findings
    assert [one.place.line for one in listed] == [*range(7, 507)]
    assert str(last) == (
        f"{path}:507:3: RM203 500 more findings in this file not listed, 500 of them errors"
    )


def test_file_of_over_a_thousand_entries_is_told_to_keep_fewer(tmp_path: Path) -> None:
    heavy.write("too_many_entries", tmp_path)
    (found,) = rm.load_folder(tmp_path / "rec" / "FJI.yaml", {}).findings
    assert (found.code, found.place.line) == ("RM113", 1_007)
    assert found.message == "more than 1,000 entries"


def test_scale_of_over_fifty_levels_is_told_to_have_fewer(tmp_path: Path) -> None:
    path = tmp_path / "scale.yaml"
    level = "  - level: l{}\n    meaning: A level.\n    held-in: {{stages: [hostile]}}\n"
    head = "format: recognition-scale/1\nname: many\ntitle: Many\nabout: Many.\nlevels:\n"
    path.write_text(head + "".join(map(level.format, range(9_000))), encoding="utf-8")
    with pytest.raises(rm.RecordError, match=r":156:5: RM113 more than 50 levels"):
        rm.load_scale(path)


def test_rules_file_of_over_two_hundred_rules_is_told_to_have_fewer(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    rule = "  A{}: {{act: engage, before: [hostile], after: engaged, ban-must-be: [none],"
    rule += " needs: reported, why: x, reference: y}}\n"
    head = "format: recognition-rules/1\ntitle: Many\nbase: shipped\nadd:\n"
    path.write_text(head + "".join(map(rule.format, range(10, 900))), encoding="utf-8")
    with pytest.raises(rm.RecordError, match=r":205:3: RM113 more than 200 rules"):
        rm.load_rules(path)


def test_crosswalk_of_over_two_hundred_actors_is_told_to_have_fewer(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    head = "format: recognition-crosswalk/1\ntitle: Many\ncodes: cameo\nreference: x\ntaliban:\n"
    events = "events:\n  - {codes: ['042'], family: visit, why: x}\n"
    path.write_text(head + "  - {group: TAL, why: x}\n" * 201 + events, encoding="utf-8")
    with pytest.raises(rm.RecordError, match=r":206:5: RM113 more than 200 actors"):
        load_crosswalk(path)
