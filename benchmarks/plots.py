"""How fast pictures and the report are: ratios, each measured side by side in one run.

    python benchmarks/plots.py [--runs 9]

README.md has the targets and the results.
"""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain, product
from pathlib import Path

from iso3166 import countries
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import recognition_model as rm
from recognition_model.plots import swimmer
from recognition_model.plots.page import style
from recognition_model.plots.palette import STAGE_COLOURS
from recognition_model.plots.spans import stretches

EMPTY = """
import sys
import matplotlib.pyplot as plt
figure, ax = plt.subplots()
figure.savefig(sys.argv[1])
"""


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(
    what: str, aim: str, ours: Callable[[], object], theirs: Callable[[], object], runs: int
) -> None:
    """Print the median of the pairwise ratios, the two sides taking turns, and both medians."""
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    ratios = sorted(mine / other for mine, other in pairs)
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{what}: {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), aim {aim};"
        f" {mine * 1000:.0f} ms against {other * 1000:.0f} ms"
    )


def whole_process(runs: int, folder: Path) -> None:
    """A picture against importing pyplot and saving an empty figure."""
    for picture, ending in product(("history RUS", "map"), ("svg", "png")):
        ours = [sys.executable, "-m", "recognition_model", "plot", *picture.split(), "-o"]
        theirs = [sys.executable, "-c", EMPTY]
        compare(
            f"plot {picture}, {ending}",
            "at most 1.5",
            lambda ours=ours, ending=ending: run([*ours, str(folder / f"ours.{ending}")]),
            lambda theirs=theirs, ending=ending: run([*theirs, str(folder / f"empty.{ending}")]),
            runs,
        )


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def made_up(count: int) -> list[rm.Replay]:
    """Replays with five changes each, no two alike."""
    codes = [country.alpha3 for country in countries]
    acts = ("engage", "accept_ambassador", "recognise", "withdraw_recognition", "break_off")
    evidence = rm.Evidence(
        source=rm.read_sources()["tass-2022-01-31"],
        voice=rm.Voice.HOST,
        credibility=1,
        claim="Made up.",
    )
    replays = []
    for at in range(count):
        day = date(2021, 9, 1) + timedelta(days=at % 97)
        steps = []
        for turn, act in enumerate(acts):
            day += timedelta(days=30 + (at * 31 + turn * 53) % 200)
            when = rm.When.parse(f"{day:%Y-%m}" if (at + turn) % 7 == 0 else f"{day}")
            steps.append(rm.ActStep(act=rm.Act(act), date=when, evidence=(evidence,)))
        scenario = rm.Scenario(
            country=codes[at % len(codes)],
            title="Made up",
            start=rm.Start(
                stage=rm.Stage.HOSTILE,
                ban=rm.Ban.NONE,
                date=rm.When.parse("2021-08-15"),
                assumed="Made up.",
            ),
            documented_until=day + timedelta(days=200),
            timeline=tuple(steps),
        )
        replays.append(rm.replay(scenario))
    return replays


def one_bar_per_spell(replays: list[rm.Replay], ax: Axes) -> None:
    """The swimmer as a first draft would have it."""
    for y, replay in enumerate(replays):
        for span in stretches(replay.history):
            ax.barh(
                y,
                span.ends.at - span.begins.at,
                left=span.begins.at,
                height=0.72,
                color=STAGE_COLOURS[span.stage],
            )


def swimmers(runs: int) -> None:
    """Rows drawn and saved as PNG, ours with order, names, groups, bans, doubts and legend."""

    def saved(draw: Callable[[list[rm.Replay], Axes], object], replays: list[rm.Replay]) -> None:
        with style():
            figure = Figure(figsize=(6.3, 12))
            draw(replays, figure.add_axes((0.25, 0.05, 0.45, 0.85)))
            figure.savefig(io.BytesIO(), format="png", dpi=150)

    for count, aim, times in ((200, "none", runs), (5000, "at most 0.1 (10 times)", 1)):
        replays = made_up(count)
        spells = sum(1 for _ in chain.from_iterable(r.history.spells for r in replays))
        compare(
            f"swimmer of {count} histories, {spells} spells",
            aim,
            lambda replays=replays: saved(swimmer.draw, replays),
            lambda replays=replays: saved(one_bar_per_spell, replays),
            times,
        )


def whole_report(runs: int, folder: Path) -> None:
    """The report of the whole record, one process, against replaying it."""
    ours = [sys.executable, "-m", "recognition_model", "report", "-o", str(folder / "all.html")]
    theirs = [sys.executable, "-m", "recognition_model", "replay"]
    compare("report of the record", "seconds", lambda: run(ours), lambda: run(theirs), runs)
    print(f"    {(folder / 'all.html').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        whole_process(runs, Path(name))
        swimmers(max(1, runs // 3))
        whole_report(max(1, runs // 3), Path(name))
