"""A folder of scenario files, as it was read: scenarios, claims, sources, findings."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.claims import Collective
from recognition_model.core.diagnostics import Finding, Place
from recognition_model.core.evidence import Sources
from recognition_model.core.scenario import Scenario


@frozen(kw_only=True, repr=False)
class Folder(Readable):
    """What a set of paths holds: records by country's name, the register, the findings.

    `registered` is where a source stands, for the registers of folders that were read whole: only
    there is a source that nobody cites known for one.
    """

    scenarios: tuple[Scenario, ...] = ()
    collectives: tuple[Collective, ...] = ()
    sources: Sources = field(factory=dict, eq=False)
    registered: Mapping[str, Place] = field(factory=dict, eq=False)
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        return f"{len(self.scenarios)} scenarios, {len(self.findings)} findings"
