"""Where does a country stand towards the Taliban government, since when, and who says so?

    import recognition_model as rm

    replay = rm.replay(rm.load("RUS.yaml"))
    replay.history.on("2024-05-28").stage   # Stage.ENGAGED

`load` reads a scenario file, `load_folder` all those of a folder or of the package, `replay` runs
one through the rule table. All results are plain immutable values; nothing prints or exits.
"""

from recognition_model.analysis.lint import lint
from recognition_model.core.claims import Collective
from recognition_model.core.codes import CODES, Severity
from recognition_model.core.dates import DateError, Holds, Verdict, When
from recognition_model.core.diagnostics import Finding, Place, RecordError
from recognition_model.core.evidence import Attestation, Bearing, Evidence, Source, Voice
from recognition_model.core.folder import Folder
from recognition_model.core.history import Change, History, Position, Spell
from recognition_model.core.locators import Locator
from recognition_model.core.scenario import (
    ActStep,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
    Step,
)
from recognition_model.core.stages import Act, Ban, Stage, Standing
from recognition_model.engine.invariants import INVARIANTS, Invariant, Violation
from recognition_model.engine.outcomes import Permitted, Replay, StatusCheck
from recognition_model.engine.refusals import NextAct, Refusal, next_acts
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, Rule, RuleTable, RuleTableError
from recognition_model.io.loader import load, load_folder, read_sources

__all__ = [
    "CODES",
    "INVARIANTS",
    "RULES",
    "Act",
    "ActStep",
    "Attestation",
    "Ban",
    "Bearing",
    "Change",
    "Collective",
    "DateError",
    "Evidence",
    "Finding",
    "Folder",
    "History",
    "Holds",
    "Invariant",
    "Locator",
    "NextAct",
    "Permitted",
    "Place",
    "Position",
    "RecordError",
    "Refusal",
    "RefuseStep",
    "Replay",
    "Rule",
    "RuleTable",
    "RuleTableError",
    "Scenario",
    "Severity",
    "SignalStep",
    "Source",
    "Spell",
    "Stage",
    "Standing",
    "Start",
    "StatusCheck",
    "StatusStep",
    "Step",
    "Verdict",
    "Violation",
    "Voice",
    "When",
    "lint",
    "load",
    "load_folder",
    "next_acts",
    "read_sources",
    "replay",
]
