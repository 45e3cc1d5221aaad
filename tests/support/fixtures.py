"""Types of the functions that shared fixtures give to a test."""

from pathlib import Path
from typing import NamedTuple, Protocol

import recognition_model as rm


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Run the command line in this process."""

    def __call__(self, *args: str | Path, stdin: str | bytes = b"") -> Ran: ...


class Put(Protocol):
    """Put a made-up record into the folder `record`, and give its path."""

    def __call__(self, timeline: str, country: str = "FJI", **head: str) -> Path: ...


class Code(Protocol):
    """Write a country's file into the folder of a coder, with a register beside it."""

    def __call__(
        self, folder: str, timeline: str, country: str = "FJI", coder: str = ""
    ) -> None: ...


class Story(Protocol):
    """A whole scenario file from its timeline."""

    def __call__(
        self,
        timeline: str,
        *,
        country: str = "RUS",
        stage: str = "hostile",
        ban: str = "none",
        begins: str | None = None,
        until: str = "2026-01-15",
    ) -> str: ...


class Write(Protocol):
    """Write a text or bytes into a file of the test's own folder, and give its path."""

    def __call__(self, content: str | bytes, name: str = "RUS.yaml") -> Path: ...


class ScenarioFrom(Protocol):
    """Write a scenario file into the test's own folder, and load it."""

    def __call__(self, text: str, name: str = "RUS.yaml") -> rm.Scenario: ...


class FindingsOf(Protocol):
    """Write one file and load it: what was found, in order."""

    def __call__(self, content: str | bytes, name: str = "RUS.yaml") -> list[rm.Finding]: ...


class ReplayOf(Protocol):
    """Tell a story and replay it."""

    def __call__(self, timeline: str, known_by: str | None = None, **head: str) -> rm.Replay: ...
