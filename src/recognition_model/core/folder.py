"""The contents of a folder of scenario files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve, field, frozen

from recognition_model.core.authority import Authority
from recognition_model.core.base import Readable
from recognition_model.core.checks import CheckFile
from recognition_model.core.claims import Collective
from recognition_model.core.diagnostics import Finding, Place
from recognition_model.core.evidence import Sources
from recognition_model.core.scenario import Scenario
from recognition_model.core.searches import SearchLog
from recognition_model.core.signals import Vocabulary


@frozen(kw_only=True, repr=False)
class Folder(Readable):
    """What a set of paths contains: scenarios, collective claims, sources and findings.

    `authorities` are the files that tell when the Taliban governed; the shipped one comes with the
    shipped record. `vocabulary` has the words for signals: those that ship, and those that the
    folders that were read add.

    `scenarios` are those of countries, and `organisations` those of organisations; a question about
    countries is asked of the former alone. `all_scenarios` has both, for whatever checks files or
    lists what they say. Each is in the order of names. `registered` gives the places of sources
    in the registers of folders that were read completely; only these registers are checked for
    uncited sources. `searches` are their logs of searches and `checks` their lists of checked
    entries, each by the folder of the scenarios. `unused` are the files that could not be
    used, because of errors in them or in their register.
    """

    scenarios: tuple[Scenario, ...] = ()
    organisations: tuple[Scenario, ...] = ()
    collectives: tuple[Collective, ...] = ()
    authorities: tuple[Authority, ...] = ()
    sources: Sources = field(factory=dict, eq=False)
    registered: Mapping[str, Place] = field(factory=dict, eq=False)
    searches: Mapping[str, SearchLog] = field(factory=dict, eq=False)
    vocabulary: Vocabulary = Vocabulary()
    checks: Mapping[str, CheckFile] = field(factory=dict, eq=False)
    findings: tuple[Finding, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def all_scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios of countries, then those of organisations."""
        return (*self.scenarios, *self.organisations)

    def known_by(self, day: date | str) -> Folder:
        """The same with its scenarios as they could be known by a day; see `Scenario.known_by`.

        Claims about many countries stay: they are checked against these scenarios.
        """
        return evolve(
            self,
            scenarios=tuple(one.known_by(day) for one in self.scenarios),
            organisations=tuple(one.known_by(day) for one in self.organisations),
        )

    def __str__(self) -> str:
        return f"{len(self.all_scenarios)} scenarios, {len(self.findings)} findings"
