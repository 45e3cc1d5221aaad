"""`recognition-model report --since`: a brief."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import TWO
from support.fixtures import Put, Run

ENGAGED = f"""
    - act: engage
      date: 2022-05-11
      evidence: {TWO}
"""
HERE = ("--scenarios", "record")


@pytest.fixture
def record(put: Put) -> None:
    """A folder `record` with Fiji and Chile, below the current one."""
    for country in ("FJI", "CHL"):
        put(ENGAGED, country)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", ["b.html", "b.md"])
def test_since_writes_a_brief_and_says_on_which_days(run: Run, name: str) -> None:
    ran = run("report", "--since", "2022", "--until", "2022-06", "-o", name, *HERE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == (
        f"wrote {name}: brief on 2 countries from 2022-01-01 to 2022-06-30"
    )
    assert "Chile and Fiji" in Path(name).read_text(encoding="utf-8")


@pytest.mark.usefixtures("record")
def test_brief_on_named_countries_names_them_in_its_command(run: Run) -> None:
    assert run("report", "Fiji", "--since", "2022", "-o", "b.html", *HERE).code == 0
    text = Path("b.html").read_text(encoding="utf-8")
    assert "recognition-model report FJI --since 2022-01-01 --until 2026-01-15</code>" in text
    assert "Chile" not in text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--until", "2022"), "--until needs --since"),
        (("--since", "2023", "--until", "2022"), "the window ends on 2022-12-31, before it begins"),
        (("--since", "2030"), "the data end on 2026-01-15, before the first day"),
    ],
)
def test_days_that_cannot_be_reported_on_are_refused(
    args: tuple[str, ...], said: str, run: Run
) -> None:
    ran = run("report", *args, "-o", "b.html", *HERE)
    assert ran.code == 2
    assert said in ran.err
    assert not Path("b.html").exists()


@pytest.mark.usefixtures("record")
def test_brief_is_checked_against_the_record_as_it_is_now(run: Run) -> None:
    assert run("report", "--since", "2022", "-o", "b.html", *HERE).code == 0
    assert run("cite", "b.html", "--check", *HERE).code == 0
    file = Path("record", "FJI.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("05-11", "05-12"), encoding="utf-8")
    ran = run("cite", "b.html", "--check", *HERE)
    assert ran.code == 1
    assert "would differ" in ran.out
