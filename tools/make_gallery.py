"""Draw the pictures of docs/gallery from the shipped record: `python tools/make_gallery.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import recognition_model as rm
from recognition_model.io.atomic import write_whole
from recognition_model.plots import picture

FOLDER = Path(__file__).parents[1] / "docs" / "gallery"
PICTURES: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "history-RUS": ("history", ("RUS",), {}),
    "history-PAK": ("history", ("PAK",), {}),
    "swimmer": ("swimmer", (), {}),
    "share": ("share", (), {}),
    "network": ("network", (), {}),
    "rules": ("rules", (), {}),
    "timeline": ("timeline", (), {}),
    "time-to-stage": ("time-to-stage", (), {}),
}


def drawn() -> dict[str, tuple[str, bytes]]:
    """Each picture by its file's name: what it shows in words, and the bytes."""
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    pictures = {}
    for name, (kind, countries, options) in PICTURES.items():
        chosen = [replay for replay in replays if not countries or replay.country in countries]
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
        kind, countries, options = PICTURES[file.removesuffix(".svg")]
        flags = "".join(f" --{name}" for name in options)
        command = " ".join(["recognition-model plot", kind, *countries]) + f"{flags} -o {file}"
        alt = words.replace("[", "(").replace("]", ")")
        parts.append(f"```sh\n{command}\n```\n\n![{alt}]({file})\n")
    return "\n".join(parts)


if __name__ == "__main__":
    pictures = drawn()
    FOLDER.mkdir(exist_ok=True)
    files = {FOLDER / file: data for file, (_, data) in pictures.items()}
    write_whole({**files, FOLDER / "README.md": page(pictures).encode()})
