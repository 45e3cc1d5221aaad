"""Where does a country stand towards the Taliban government, since when, and who says so?

    import recognition_model as rm

    replay = rm.replay(rm.load("RUS.yaml"))
    replay.history.on("2024-05-28").stage   # Stage.ENGAGED

`load` reads a scenario file, `load_folder` all those of a folder or of the package, `replay` runs
one through the rule table. All results are plain immutable values; nothing prints or exits.
Every command has its function: `coverage`, `prove`, `verify`, `precedence`, `edits`, `export`,
`lint`, `new_scenario`, `json_schema`, `next_acts`. A name is imported from its module when first
used.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it, without the import
if TYPE_CHECKING:
    from typing import Any

    from recognition_model.analysis.agreement.compared import Agreement, agreement
    from recognition_model.analysis.checks import check_coverage
    from recognition_model.analysis.comparison import Comparison, compare
    from recognition_model.analysis.corrections import corrections
    from recognition_model.analysis.coverage import coverage
    from recognition_model.analysis.dossier import Dossier, dossier
    from recognition_model.analysis.edition import Edition, edition_of
    from recognition_model.analysis.edits import edits
    from recognition_model.analysis.events import events
    from recognition_model.analysis.imputed import imputations
    from recognition_model.analysis.lint import lint
    from recognition_model.analysis.precedence import draws, joint_draws, precedence
    from recognition_model.analysis.proof import prove
    from recognition_model.analysis.recorded import RecordedEntry
    from recognition_model.analysis.register import cited_sources
    from recognition_model.analysis.replayed_folder import findings_in
    from recognition_model.analysis.reviews import reviews_due
    from recognition_model.analysis.robustness.outcome import Robustness
    from recognition_model.analysis.robustness.survey import robustness
    from recognition_model.analysis.rule_differences import rule_differences
    from recognition_model.analysis.scale_proof import ScaleProof, prove_scale
    from recognition_model.analysis.smallest import NotShown, SmallestRecord, smallest
    from recognition_model.analysis.turned_facts import Correction
    from recognition_model.analysis.turns import changes
    from recognition_model.analysis.verify import verify
    from recognition_model.analysis.why import Why, why
    from recognition_model.core.basis import Basis, Entry
    from recognition_model.core.changes import Change, Spell
    from recognition_model.core.checks import entry_digest
    from recognition_model.core.claims import Collective
    from recognition_model.core.codes import CODES, Severity
    from recognition_model.core.dates import DateError, Holds, Verdict, When
    from recognition_model.core.diagnostics import Finding, Place, RecordError
    from recognition_model.core.evidence import Attestation, Bearing, Evidence, Source, Voice
    from recognition_model.core.folder import Folder
    from recognition_model.core.history import History
    from recognition_model.core.level_history import (
        LevelHistory,
        LevelPosition,
        LevelSpell,
        levels_of,
    )
    from recognition_model.core.locators import Locator
    from recognition_model.core.position import Position
    from recognition_model.core.scales import Level, Scale
    from recognition_model.core.scenario import (
        ActStep,
        RefuseStep,
        Scenario,
        SignalStep,
        Start,
        StatusStep,
        Step,
    )
    from recognition_model.core.searches import Search, SearchLog
    from recognition_model.core.signals import Deed, Family, SignalMeaning, Vocabulary
    from recognition_model.core.stages import Act, Ban, Stage, State
    from recognition_model.engine.invariants import INVARIANTS, Invariant, Violation
    from recognition_model.engine.outcomes import Replay, StatusCheck, UnexpectedlyPermitted
    from recognition_model.engine.refusals import NextAct, Refusal, next_acts
    from recognition_model.engine.replay import replay
    from recognition_model.engine.rules import RULES, Rule, RuleTable, RuleTableError
    from recognition_model.exports import export, panel
    from recognition_model.exports.citation import (
        Citation,
        citation_of_country,
        citation_of_entry,
        citation_of_record,
    )
    from recognition_model.exports.wait_table import waits
    from recognition_model.io.choices_files import Chosen, load_choices
    from recognition_model.io.json_schema import json_schema
    from recognition_model.io.loader import load, load_folder, read_sources
    from recognition_model.io.revision import load_revision
    from recognition_model.io.rules_files import load_rules
    from recognition_model.io.scaffold import new_scenario
    from recognition_model.io.scale_files import load_scale
    from recognition_model.io.source_draft import new_source
    from recognition_model.io.vocabulary import shipped_vocabulary

# The module of every public name. Loading them on first use keeps `import recognition_model` cheap.
_HOMES = {
    "analysis.agreement.compared": "Agreement agreement",
    "analysis.checks": "check_coverage",
    "analysis.comparison": "Comparison compare",
    "analysis.corrections": "corrections",
    "analysis.coverage": "coverage",
    "analysis.edition": "Edition edition_of",
    "analysis.edits": "edits",
    "analysis.dossier": "Dossier dossier",
    "analysis.events": "events",
    "analysis.imputed": "imputations",
    "analysis.lint": "lint",
    "analysis.precedence": "draws joint_draws precedence",
    "analysis.proof": "prove",
    "analysis.recorded": "RecordedEntry",
    "analysis.register": "cited_sources",
    "analysis.replayed_folder": "findings_in",
    "analysis.reviews": "reviews_due",
    "analysis.robustness.outcome": "Robustness",
    "analysis.robustness.survey": "robustness",
    "analysis.rule_differences": "rule_differences",
    "analysis.scale_proof": "ScaleProof prove_scale",
    "analysis.smallest": "NotShown SmallestRecord smallest",
    "analysis.turned_facts": "Correction",
    "analysis.turns": "changes",
    "analysis.verify": "verify",
    "analysis.why": "Why why",
    "core.basis": "Basis Entry",
    "core.changes": "Change Spell",
    "core.checks": "entry_digest",
    "core.claims": "Collective",
    "core.codes": "CODES Severity",
    "core.dates": "DateError Holds Verdict When",
    "core.diagnostics": "Finding Place RecordError",
    "core.evidence": "Attestation Bearing Evidence Source Voice",
    "core.folder": "Folder",
    "core.history": "History",
    "core.level_history": "LevelHistory LevelPosition LevelSpell levels_of",
    "core.position": "Position",
    "core.locators": "Locator",
    "core.scales": "Level Scale",
    "core.scenario": "ActStep RefuseStep Scenario SignalStep Start StatusStep Step",
    "core.searches": "Search SearchLog",
    "core.signals": "Deed Family SignalMeaning Vocabulary",
    "core.stages": "Act Ban Stage State",
    "engine.invariants": "INVARIANTS Invariant Violation",
    "engine.outcomes": "Replay StatusCheck UnexpectedlyPermitted",
    "engine.refusals": "NextAct Refusal next_acts",
    "engine.replay": "replay",
    "engine.rules": "RULES Rule RuleTable RuleTableError",
    "exports": "export panel",
    "exports.citation": "Citation citation_of_country citation_of_entry citation_of_record",
    "exports.wait_table": "waits",
    "io.choices_files": "Chosen load_choices",
    "io.json_schema": "json_schema",
    "io.loader": "load load_folder read_sources",
    "io.revision": "load_revision",
    "io.rules_files": "load_rules",
    "io.scaffold": "new_scenario",
    "io.scale_files": "load_scale",
    "io.source_draft": "new_source",
    "io.vocabulary": "shipped_vocabulary",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}
_PACKAGES = ("analysis", "batch", "core", "engine", "exports", "io", "plots", "report", "testing")
# Names of the last release: each answers with a DeprecationWarning for one release more.
_RENAMED = {"Permitted": "UnexpectedlyPermitted", "Standing": "State"}


if not TYPE_CHECKING:  # a type checker must see every name that is not there

    def __getattr__(name: str) -> Any:
        if name in _RENAMED:
            from recognition_model.core.base import warn_renamed

            warn_renamed(f"{__name__}.{name}", f"{__name__}.{_RENAMED[name]}")
            return __getattr__(_RENAMED[name])
        if name in _PACKAGES:
            return import_module(f"{__name__}.{name}")
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_PACKAGES, *(name for name in globals() if name.startswith("__"))})


__all__ = [
    "CODES",
    "INVARIANTS",
    "RULES",
    "Act",
    "ActStep",
    "Agreement",
    "Attestation",
    "Ban",
    "Basis",
    "Bearing",
    "Change",
    "Chosen",
    "Citation",
    "Collective",
    "Comparison",
    "Correction",
    "DateError",
    "Deed",
    "Dossier",
    "Edition",
    "Entry",
    "Evidence",
    "Family",
    "Finding",
    "Folder",
    "History",
    "Holds",
    "Invariant",
    "Level",
    "LevelHistory",
    "LevelPosition",
    "LevelSpell",
    "Locator",
    "NextAct",
    "NotShown",
    "Place",
    "Position",
    "RecordError",
    "RecordedEntry",
    "Refusal",
    "RefuseStep",
    "Replay",
    "Robustness",
    "Rule",
    "RuleTable",
    "RuleTableError",
    "Scale",
    "ScaleProof",
    "Scenario",
    "Search",
    "SearchLog",
    "Severity",
    "SignalMeaning",
    "SignalStep",
    "SmallestRecord",
    "Source",
    "Spell",
    "Stage",
    "Start",
    "State",
    "StatusCheck",
    "StatusStep",
    "Step",
    "UnexpectedlyPermitted",
    "Verdict",
    "Violation",
    "Vocabulary",
    "Voice",
    "When",
    "Why",
    "agreement",
    "changes",
    "check_coverage",
    "citation_of_country",
    "citation_of_entry",
    "citation_of_record",
    "cited_sources",
    "compare",
    "corrections",
    "coverage",
    "dossier",
    "draws",
    "edition_of",
    "edits",
    "entry_digest",
    "events",
    "export",
    "findings_in",
    "imputations",
    "joint_draws",
    "json_schema",
    "levels_of",
    "lint",
    "load",
    "load_choices",
    "load_folder",
    "load_revision",
    "load_rules",
    "load_scale",
    "new_scenario",
    "new_source",
    "next_acts",
    "panel",
    "precedence",
    "prove",
    "prove_scale",
    "read_sources",
    "replay",
    "reviews_due",
    "robustness",
    "rule_differences",
    "shipped_vocabulary",
    "smallest",
    "verify",
    "waits",
    "why",
]
