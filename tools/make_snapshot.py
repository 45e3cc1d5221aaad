"""Renew the snapshot of all answers: `python tools/make_snapshot.py`. Read the diff before commit.

One line a spell: when it began and ended, stage, ban, the rule that began it. Then the last state
of each record and how many acts the rules refused.
"""

from __future__ import annotations

from pathlib import Path

import recognition_model as rm

FILE = Path(__file__).parents[1] / "tests" / "snapshot" / "record.txt"
HEAD = "# Every spell of the record. Renew with: python tools/make_snapshot.py\n"


def answers(replay: rm.Replay) -> list[str]:
    """One country's lines."""
    spells = [
        f"{replay.country}  {spell.begins} to {spell.ends}  {spell.stage}  {spell.ban}"
        f"  {spell.change.rule if spell.change else 'start'}"
        for spell in replay.history.spells
    ]
    last = replay.history.last.state
    return [*spells, f"{replay.country}  last: {last}; refused: {len(replay.refusals)}"]


def snapshot() -> str:
    """The whole file, countries and organisations by their code."""
    replays = [rm.replay(scenario) for scenario in rm.load_folder().all_scenarios]
    ordered = sorted(replays, key=lambda replay: replay.country)
    return HEAD + "\n".join(line for replay in ordered for line in answers(replay)) + "\n"


if __name__ == "__main__":
    FILE.write_text(snapshot(), encoding="utf-8")
