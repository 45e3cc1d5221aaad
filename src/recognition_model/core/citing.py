"""How to cite the record and the program. `CITATION.cff` of the repository says the same."""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence by its SPDX name, its title and its text."""

    name: str
    title: str
    url: str


TITLE = "Relations with the Taliban, from 1996 on: a dated record with evidence"
CREATORS = ("recognition_model contributors",)
LICENCE = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/legalcode",
)
PROGRAM = "recognition_model"
