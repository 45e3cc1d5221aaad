"""The last part of the page of `agreement`: what somebody has to decide, country by country."""

from __future__ import annotations

from pathlib import Path

from support.fixtures import Code, Run

THREE = """\
- {act: engage, date: 2022-03-01, evidence: [$host]}
- {signal: visit, date: 2022-06, evidence: [$press]}
- {signal: talks, date: 2022-08-01, evidence: [$press]}
"""
DECIDED = """

### Fiji (FJI): 2 of 3 events differ; 1 day differs in stage or ban

- In the head: title
- In the head: reviewed
  - A: not given
  - B: reviewed 2026-01-31
- 2022-03-01 *date 1 day later in B*
  - A: 2022-03-01 act engage: host B3, R02 (a/FJI.yaml:7)
  - B: 2022-03-02 act engage: host B3, R02 (b/FJI.yaml:8)
- 2022-06 *date overlaps*
  - A: 2022-06 signal visit: press B3 (a/FJI.yaml:8)
  - B: 2022-06-03 signal visit: press B3 (b/FJI.yaml:9)

1 of 3 events (33 %) need no decision.
"""


def test_page_lists_what_differs_in_the_head_before_the_events(run: Run, code: Code) -> None:
    code("a", THREE)
    code("b", THREE.replace("03-01", "03-02").replace("2022-06", "2022-06-03"))
    head = ("title: A made-up record\n", "title: Another\nreviewed: 2026-01-31\n")
    path = Path("b/FJI.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace(*head), encoding="utf-8")
    ran = run("agreement", "a", "b", "--draws", "0", "--unit", "event", "--format", "md")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.partition("## To adjudicate")[2] == DECIDED
