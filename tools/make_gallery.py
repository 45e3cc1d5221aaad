"""Draw the pictures of docs/gallery from the shipped record: `python tools/make_gallery.py`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

import recognition_model as rm
from recognition_model.io.atomic import write_whole
from recognition_model.plots import picture

FOLDER = Path(__file__).parents[1] / "docs" / "gallery"
QUESTION = "order CHN ARE UZB RUS"
PICTURES: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "map-2025-07-04": ("map", (), {"on": date(2025, 7, 4)}),
    "map-days": (
        "map",
        (),
        {"days": (date(2001, 8, 20), date(2021, 9, 1), date(2024, 6, 1), date(2026, 1, 15))},
    ),
    "map-region": ("map", (), {"on": date(2025, 7, 4), "region": True}),
    "history-RUS": ("history", ("RUS",), {}),
    "history-PAK": ("history", ("PAK",), {}),
    "compare-RUS-CHN-ARE": ("compare", ("RUS", "CHN", "ARE"), {}),
    "codings-UZB": ("codings", ("UZB",), {"against": "coder-b"}),
    "histories": ("histories", (), {}),
    "swimmer": ("swimmer", (), {}),
    "share": ("share", (), {}),
    "network": ("network", (), {}),
    "rules": ("rules", (), {}),
    "timeline-2025": (
        "timeline",
        (),
        {"since": date(2025, 1, 1), "until": date(2025, 12, 31)},
    ),
    "time-to-stage": ("time-to-stage", (), {}),
    "robustness": ("robustness", ("CHN", "ARE", "UZB", "RUS"), {"question": QUESTION}),
}


NOTES = {
    "codings-UZB": "`coder-b` is made up for this page: the shipped file with the ambassador"
    " accepted ten days earlier, the readiness of September 2021 heard from the press alone, and"
    " the status of May 2024 left out."
}
"""What a reader of the page has to know of a picture."""


def coded_again(scenario: rm.Scenario) -> rm.Scenario:
    """The coding `coder-b` of Uzbekistan."""

    def changed(step: rm.Step) -> rm.Step:
        if step.label == "act accept_ambassador":
            return evolve(step, date=rm.When.parse("2024-09-29"))
        if step.date.text == "2021-09-08":
            heard = (evolve(item, voice=rm.Voice.PRESS) for item in step.evidence)
            return evolve(step, evidence=tuple(heard))
        return step

    kept = (step for step in scenario.timeline if step.date.text != "2024-05-28")
    return evolve(scenario, timeline=tuple(map(changed, kept)))


def drawn() -> dict[str, tuple[str, bytes]]:
    """Each picture by its file's name: what it shows in words, and the bytes."""
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    pictures = {}
    for name, (kind, countries, options) in PICTURES.items():
        by_code = {replay.country: replay for replay in replays}
        chosen = [by_code[code] for code in countries] or replays
        if "against" in options:
            options = {"against": rm.replay(coded_again(chosen[0].scenario))}
        shown = picture(kind, chosen, **options)
        pictures[f"{name}.svg"] = (shown.description, shown.data("svg"))
    return pictures


def page(pictures: dict[str, tuple[str, bytes]]) -> str:
    """The page that shows them all, each with the command that draws it."""
    parts = [
        "# Gallery\n\nThis page shows every kind of picture of the shipped record."
        " `python tools/make_gallery.py` draws them.\n"
    ]
    for file, (words, _) in pictures.items():
        name = file.removesuffix(".svg")
        kind, countries, options = PICTURES[name]
        if question := options.get("question"):
            countries, options = (question,), {}
        flags = "".join(f" --{name}{_written(value)}" for name, value in options.items())
        command = " ".join(["recognition-model plot", kind, *countries]) + f"{flags} -o {file}"
        alt = words.replace("[", "(").replace("]", ")")
        note = f"{NOTES[name]}\n\n" if name in NOTES else ""
        parts.append(f"```sh\n{command}\n```\n\n{note}![{alt}]({file})\n")
    return "\n".join(parts)


def _written(value: object) -> str:
    """The value of an option as the command line takes it; nothing for a flag."""
    if value is True:
        return ""
    return f" {','.join(map(str, value)) if isinstance(value, tuple) else value}"


if __name__ == "__main__":
    pictures = drawn()
    FOLDER.mkdir(exist_ok=True)
    files = {FOLDER / file: data for file, (_, data) in pictures.items()}
    write_whole({**files, FOLDER / "README.md": page(pictures).encode()})
