"""What the words of output, files and docs mean: read by `explain` and by `docs/glossary.md`.

Meanings come from the enums, classes and fields that define the words. Only words without such a
definition are explained here. Words of higher packages are explained in `cli.meanings`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from attrs import frozen

from recognition_model.core.authority import Authority, AuthorityDay, PeriodOfRule
from recognition_model.core.base import Ranked, Readable, keys_of, summary_of
from recognition_model.core.basis import Basis
from recognition_model.core.changes import Spell
from recognition_model.core.checks import Check, CheckedBy, CheckFile, CheckResult, Sample
from recognition_model.core.choice_files import (
    ChoicesFile,
    ListedChoices,
    ListedFuzz,
    ListedGrade,
    ListedLag,
    ListedReports,
    ListedSource,
    ListedTable,
    ListedUniverse,
    ListedVoice,
    Reports,
)
from recognition_model.core.claims import Claim, ClaimKind, Collective
from recognition_model.core.codes import Severity
from recognition_model.core.crosswalks import CountryAlias, Crosswalk, EventMeaning, TalibanActor
from recognition_model.core.dates import Holds
from recognition_model.core.dating import DAYS_OF_ACTS, DatedBy
from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_columns import (
    ActorColumns,
    CountriesBy,
    Delimiter,
    EventColumns,
)
from recognition_model.core.evidence import (
    CREDIBILITIES,
    Attestation,
    Bearing,
    Evidence,
    Reliability,
    Source,
    SourceType,
    TextFile,
    Voice,
)
from recognition_model.core.history import History
from recognition_model.core.locators import Found, Locator
from recognition_model.core.organisations import RecordKind
from recognition_model.core.position import Position
from recognition_model.core.rule_files import (
    BanAfter,
    BaseTable,
    InvariantChoice,
    RuleChange,
    RulesFile,
    WrittenRule,
)
from recognition_model.core.scales import Entering, HeldIn, Leaving, Level, Scale
from recognition_model.core.scenario import (
    STEP_OF,
    Assertion,
    Doctrine,
    Format,
    Rank,
    Scenario,
    Start,
)
from recognition_model.core.searches import Search, SearchLog
from recognition_model.core.signals import Deed, Example, Family, Plover, SignalMeaning, Vocabulary
from recognition_model.core.stages import Act, Ban, Reason, Stage, State


@frozen(kw_only=True, repr=False)
class Meaning(Readable):
    """One meaning of a word. `label` is the word with its kind: `stage banned`."""

    word: str
    label: str
    text: str
    group: str

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


def fold(word: str) -> str:
    """A word as it is looked up: no case, accents or apostrophes; `_` and `-` count as a space."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = (" " if char in "_-" else char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char for char in kept if char not in "'’").split())


# --- words that stand in an enum, with the meaning its members have -----------------------------

_RANKED: Mapping[str, tuple[str, type[Ranked]]] = MappingProxyType(
    {
        "Kinds of record": ("record kind", RecordKind),
        "Stages": ("stage", Stage),
        "Bans": ("ban", Ban),
        "Acts": ("act", Act),
        "Days of an act": ("day", DatedBy),
        "Voices": ("voice", Voice),
        "Attestations, weakest to strongest": ("attestation", Attestation),
        "Bearings of evidence": ("bearing", Bearing),
        "Reasons of a refusal": ("reason", Reason),
        "Answers over uncertain dates": ("holds", Holds),
        "Severities of a finding": ("severity", Severity),
        "What an answer rests on": ("basis", Basis),
        "Families of signals": ("family", Family),
        "Whose deed a signal is": ("deed", Deed),
        "Event types of PLOVER": ("PLOVER type", Plover),
        "Results of a check": ("check", CheckResult),
        "Who checked an entry": ("by", CheckedBy),
        "Lists of event codes": ("codes", CodeList),
        "How files of events name a country": ("countries-by", CountriesBy),
        "What stands between two values": ("delimiter", Delimiter),
    }
)

WORDS_OF_FILES: Mapping[Enum, str] = MappingProxyType(
    {
        Format.SCENARIO: "One country's dated record.",
        Format.COLLECTIVE: "Claims about many countries at once.",
        Format.SOURCES: "A register of sources.",
        Format.AUTHORITY: "When the Taliban governed, and who says so.",
        Format.SIGNALS: "A vocabulary of signals: what each word means.",
        Format.CHECKED: "A list of entries that were checked against their sources.",
        Format.SEARCHES: "A log of searches: where somebody looked, and what came of it.",
        Format.CROSSWALK: "A crosswalk: what the codes of event data mean here.",
        Format.RULES: "A rules file: a whole rule table, or changes to the shipped one.",
        BaseTable.SHIPPED: "The rule table that ships with the package.",
        BanAfter.SAME: "The rule leaves the ban as it is. This is the default.",
        BanAfter.NONE: "After the rule no ban is documented.",
        BanAfter.IN_FORCE: "After the rule a ban is in force.",
        BanAfter.LIFTED: "After the rule the ban is lifted.",
        Format.SCALE: "A scale: ordered levels that follow from a record.",
        Format.CHOICES: "A choices file: the choices that are reasonable, each with its reason.",
        Reports.KEPT_OUT: "Reports that a file refuses as not attested count for nothing.",
        Reports.TRIED: "Reports that a file refuses as not attested are tried as acts.",
        ClaimKind.NONE: "No country was at the stage or higher between `since` and `date`.",
        ClaimKind.FIRST: "The country named reached the stage before all others in question.",
        ClaimKind.UNATTRIBUTED: "A source speaks of a group. No member of it is counted.",
        Rank.NORMAL: "The act is replayed. This is the default.",
        Rank.DEPRECATED: "The act is no longer believed. It is shown struck out, never replayed.",
        Found.MATCH: "The copy has the passage in the paragraph named, or once if none is named.",
        Found.MOVED: "The copy has the passage once, in another paragraph than the one named.",
        Found.AMBIGUOUS: "The copy has the passage in several paragraphs, not in the one named.",
        Found.ABSENT: "The copy does not contain the passage.",
        Found.NO_COPY: "The folder has no copy of the source.",
        SourceType.ARTICLE_NEWSPAPER: "An article of a newspaper or news agency.",
        SourceType.ARTICLE_JOURNAL: "An article of a scholarly journal.",
        SourceType.ARTICLE_MAGAZINE: "An article of a magazine.",
        SourceType.BOOK: "A book.",
        SourceType.BROADCAST: "A radio or television programme.",
        SourceType.BILL: "A bill before a parliament, not yet law.",
        SourceType.DOCUMENT: "A document of no other type.",
        SourceType.ENTRY_ENCYCLOPEDIA: "An entry of an encyclopedia.",
        SourceType.HEARING: "The record of a parliamentary or court hearing.",
        SourceType.INTERVIEW: "An interview.",
        SourceType.LEGAL_CASE: "A decision of a court.",
        SourceType.LEGISLATION: "A law, decree or regulation in force.",
        SourceType.POST: "A post on a social network or forum.",
        SourceType.POST_WEBLOG: "A post of a weblog.",
        SourceType.REPORT: "A report of an institution.",
        SourceType.SPEECH: "A speech.",
        SourceType.TREATY: "A treaty or agreement between states.",
        SourceType.WEBPAGE: "A web page.",
    }
)
_PLAIN: Mapping[str, tuple[str, type[Enum]]] = MappingProxyType(
    {
        "Kinds of file": ("file", Format),
        "Claims about many countries": ("claim", ClaimKind),
        "Ranks of an act": ("rank", Rank),
        "Results of verify": ("result", Found),
        "Tables that a rules file changes": ("base", BaseTable),
        "What a rule makes of the ban": ("ban-becomes", BanAfter),
        "Reports in a choices file": ("refused", Reports),
        "Types of a source (Citation Style Language)": ("source type", SourceType),
    }
)

# --- words of prose -----------------------------------------------------------------------------

_DIPLOMACY = "Diplomacy and law"
_MODEL = "Model and method"
TERMS = (_DIPLOMACY, _MODEL)
"""The groups of the words of prose."""
_VIENNA = "Vienna Convention on Diplomatic Relations"

DIPLOMACY: Mapping[str, str] = MappingProxyType(
    {
        "accreditation": "The appointment of an envoy to a state in a stated rank, with that"
        f" state's consent ({_VIENNA}, arts. 4 to 14).",
        "agrément": "The receiving state's consent to a person as head of mission, given before"
        f" the appointment ({_VIENNA}, art. 4).",
        "ambassador": "The head of a mission of the highest class, accredited to the head of state"
        f" ({_VIENNA}, art. 14).",
        "chargé d'affaires": "A head of mission accredited to the foreign minister, below an"
        f" ambassador ({_VIENNA}, art. 14). Ad interim: one who stands in for an absent head of"
        " mission (art. 19).",
        "credentials": "The letter in which a sending state names its ambassador. The ambassador"
        " takes up the post by presenting it, or by presenting a true copy to the foreign"
        f" ministry. The receiving state's practice decides which ({_VIENNA}, art. 13).",
        "consul": "An officer who serves citizens and trade, not a diplomatic agent (Vienna"
        " Convention on Consular Relations, art. 5). The head of a consular post is admitted by"
        " exequatur (art. 12).",
        "de facto": "In fact, whatever the law: dealing with those who control the country,"
        " without saying that they are its government.",
        "de jure": "In law: a state says expressly that those who govern are the government.",
        "designation": "Entering a movement on a state's list of terrorist or banned"
        " organisations. The act `ban` records it.",
        "delisting": "Taking a movement off a state's list of terrorist or banned organisations, or"
        " suspending its entry. The act `delist` records it.",
        "diplomatic relations": "Relations between two states through missions. They begin by"
        f" mutual consent ({_VIENNA}, art. 2). The end of relations: art. 45.",
        "mission": "A state's permanent representation in another state. Its size and rank are"
        f" matters of consent ({_VIENNA}, arts. 2, 11 and 14).",
        "persona non grata": "A diplomat whom the receiving state no longer accepts"
        f" ({_VIENNA}, art. 9).",
        "receiving state": f"The state that admits a mission ({_VIENNA}). In a file its voice is"
        " `host`.",
        "recognition": "A state's declaration that it accepts a government as that of another"
        " state. Here always express and de jure: no visit, talk or ambassador implies it.",
        "sending state": f"The state that sends a mission ({_VIENNA}). Here: Afghanistan under the"
        " Taliban.",
        "severance": "The breaking off of relations. The premises of the mission stay protected"
        f" ({_VIENNA}, art. 45). The act `break_off` records it.",
        "lapse": "The ending of a right or a relation by the passing of time or the loss of its"
        " ground, without a declaration. The act `lapse` records that the Taliban ceased to"
        " govern in December 2001.",
    }
)

MODEL: Mapping[str, str] = MappingProxyType(
    {
        "alignment": "The nearest legal record: the fewest acts to insert or leave out so that"
        " rules take all acts that remain.",
        "assumed": "No source attests the start of a scenario. The file says why it is assumed.",
        "assumed at the start": "The stage is that of the start, and no source attests it.",
        "basis": "What the answer for a day rests on: `evidenced`, `silent`, `assumed`, `reviewed`"
        " or `beyond`.",
        "best": "The strongest voice for a change, and of equal voices the best grade.",
        "change": "One act that a rule permitted: the state before, the state after, the evidence.",
        "code": "The name of a rule (R06), or of a finding or invariant (RM501). It never changes.",
        "contradiction": "Sources that disagree, or a doubt that remains, in the words of the"
        " record's authors. Output shows it as `in doubt`.",
        "counterexample": "A sequence of acts that breaks an invariant.",
        "coverage": "What the record covers, on what evidence, and what it leaves open.",
        "deprecated": "An act of a file that is no longer believed. It is shown struck out and"
        " never replayed.",
        "within_record": "The day asked about lies within the data: not before they begin, not"
        " after `documented-until`.",
        "dates_agree": "Every reading of the uncertain dates gives the same state.",
        "certain": "The dates leave one state, and the basis of the day is `evidenced`.",
        "last_entry": "The last entry that counts on or before the day.",
        "next_entry": "The first entry that counts after the day.",
        "days_since": "Days since the last entry that counts.",
        "origin": "Whether a spell began with an assumed start (`assumed`) or not (`evidenced`).",
        "days_evidenced": "Days of a spell whose basis is `evidenced`.",
        "days_silent": "Days of a spell whose basis is `silent`.",
        "days_assumed": "Days of a spell whose basis is `assumed`.",
        "documented until": "The last day for which the sources of a scenario speak. After it the"
        " stage is the last documented, not the present one.",
        "denied": "Of a signal: the host or the Taliban dispute it, and no evidence in the same"
        " voice supports it. It is shown and not counted among contacts.",
        "draw": "One reading of the uncertain dates, taken at random. `precedence --draws` counts"
        " many.",
        "entry": "One dated item of a timeline: an act, a status, a signal or a refusal.",
        "equivalent": "Of a mutant: no sequence of acts distinguishes it from the rule table.",
        "finding": "One error, warning or note on a file, with its place, code and hint.",
        "grade": "Reliability of the source (A to F) and credibility of the content (1 to 6) in"
        " one: B2. Grades are shown and never counted.",
        "broken off": "The dealings ended by an act: the country or the Taliban broke them off.",
        "data end": "The last day that the sources of a country's file speak of, its"
        " `documented-until`.",
        "lapsed": "The dealings ended because the Taliban ceased to govern. That needs no"
        " declaration.",
        "in doubt": "Sources contradict each other here, or leave a doubt: the `contradiction:` of"
        " the entry.",
        "invariant": "What must hold of every history. `prove` checks it over the rule table,"
        " `replay` over each scenario.",
        "killed": "Of a mutant: an invariant or an entry of the record detects it.",
        "known by": "What was public by a day. Evidence counts once its source was public; an"
        " entry without such evidence is left out.",
        "known gap": "A mutant that no documented case can detect. The list gives the reason.",
        "lint": "A check for what is probably not meant. It gives warnings, never errors.",
        "mutant": "The rule table with one mistake in one cell. `prove` asks whether an invariant"
        " or an entry of the record detects it.",
        "nearest legal record": "See `alignment`.",
        "next best": "See `alignment`.",
        "no ban documented": "No source attests a ban. That does not mean that there was none.",
        "its own authorities": "An authority of the country itself says so: the voice `host`.",
        "last heard": "The date of the last entry that counts. It is shown if that entry is over"
        " two years old.",
        "no dealings documented": "The start is assumed, and no source has attested dealings"
        " since. That does not mean that there were none.",
        "not documented": "No source attests a state on that day, or an entry of the kind asked"
        " for.",
        "open": "Of an act: a rule would take it. Of a date: one side is not known.",
        "closed": "Of an act: no rule would take it from this state.",
        "outcome": "What a replay makes of an entry: a change, a refusal, a check or nothing.",
        "overlaps": "An uncertain date shares days with those asked about, and has others: what"
        " happened may lie outside.",
        "panel": "A table with a row per country and day, month or year, to merge with other data.",
        "perhaps": "In some readings of the uncertain dates, not in all.",
        "precedence": "Which country was first, as shares of all readings of the uncertain dates.",
        "prove": "To try the rule table in every state it can reach, and every mutant of it.",
        "only_if": "What must happen in the world besides, for an act that no party decides on: a"
        " lapse comes only if the Taliban cease to govern.",
        "rank": "A place in an order: rank 1 is the first. In a file: whether an act still counts.",
        "reading": "One way to put every uncertain date on one day, in the order of the file.",
        "record": "The shipped collection of scenario files, registers and claims.",
        "refusal": "An act that no rule permits, with all unmet conditions and what would suffice.",
        "register": "A file of sources, by name.",
        "replay": "To run a scenario through the rule table: its history, refusals and findings.",
        "robustness": "Whether an answer survives every reasonable choice of rules, evidence, dates"
        " and sources: in what share of the universes it holds.",
        "rule": "One permitted move: an act, the stages before, the stage after, what the ban must"
        " be, and the attestation needed.",
        "scenario": "A file with one country's dated record.",
        "shortcoming": "A check of `prove` that failed.",
        "silence": "A stretch of a scenario with no entry. It says nothing about the state.",
        "struck out": "See `deprecated`.",
        "suffices": "What would make the rules take an act that they refuse.",
        "surely": "In all readings of the uncertain dates.",
        "survived": "Of a mutant: no invariant and no entry of the record detects it.",
        "unmet": "The conditions of a rule that an act fails, each with the value found.",
        "universe": "One combination of choices, with one reading of the uncertain dates."
        " `robustness` asks its question in every one.",
        "violation": "One breach of an invariant, with its place.",
        "warning": "A finding that is not an error: probably not what was meant.",
        "witness": "The days for which an answer is true in some reading.",
    }
)

_CLASSES: Mapping[str, type[Any]] = MappingProxyType(
    {
        "stage": Stage,
        "ban": Ban,
        "act": Act,
        "voice": Voice,
        "bearing": Bearing,
        "attestation": Attestation,
        "reason": Reason,
        "severity": Severity,
        "state": State,
        "evidence": Evidence,
        "source": Source,
        "locator": Locator,
        "doctrine": Doctrine,
        "claim": Claim,
        "spell": Spell,
        "position": Position,
        "history": History,
        "reliability": Reliability,
        "family": Family,
        "deed": Deed,
        "vocabulary": Vocabulary,
        "check": Check,
        "sample": Sample,
        "search": Search,
        "search log": SearchLog,
        "crosswalk": Crosswalk,
        "rules file": RulesFile,
        "scale": Scale,
        "level": Level,
        "choices file": ChoicesFile,
    }
)
_OWNERS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "a scenario": Scenario,
        "doctrine": Doctrine,
        "start": Start,
        **STEP_OF,
        "evidence": Evidence,
        "at": Locator,
        "a collective file": Collective,
        "a claim": Claim,
        "a source": Source,
        "file": TextFile,
        "an authority file": Authority,
        "a period of rule": PeriodOfRule,
        "a day of an authority file": AuthorityDay,
        "a signal's meaning": SignalMeaning,
        "example": Example,
        "a list of checked entries": CheckFile,
        "a checked entry": Check,
        "a sample": Sample,
        "a log of searches": SearchLog,
        "a search": Search,
        "a crosswalk": Crosswalk,
        "a code of the Taliban": TalibanActor,
        "a code for a country": CountryAlias,
        "a meaning of event codes": EventMeaning,
        "columns": EventColumns,
        "actor": ActorColumns,
        "recipient": ActorColumns,
        "a rules file": RulesFile,
        "a rule in full": WrittenRule,
        "a change of a rule": RuleChange,
        "invariants of a rules file": InvariantChoice,
        "a scale": Scale,
        "a level": Level,
        "held-in": HeldIn,
        "entered-by": Entering,
        "left-by": Leaving,
        "a choices file": ChoicesFile,
        "choices": ListedChoices,
        "an option of rules": ListedTable,
        "an option of voice": ListedVoice,
        "an option of grade": ListedGrade,
        "an option of refused": ListedReports,
        "an option of without": ListedSource,
        "an option of fuzz": ListedFuzz,
        "an option of lag": ListedLag,
        "a universe": ListedUniverse,
    }
)
_KEYS = "Keys of files"
_GRADES = "Grades (NATO Admiralty code)"


def core_meanings() -> tuple[Meaning, ...]:
    """Every meaning defined in this package, in the order in which a glossary shows them."""
    return (*_prose(), *_ranked(), *_days(), *_plain(), *_grades(), *_entries(), *_keys())


def grade_meaning(word: str) -> Meaning | None:
    """What a grade such as `B2` means; None for any other word."""
    letter, digit = word[:1].upper(), word[1:]
    letters = {grade.value: grade for grade in Reliability}
    if letter not in letters or digit not in map(str, CREDIBILITIES):
        return None
    text = f"{_reliability(letters[letter])}; credibility {digit}: {CREDIBILITIES[int(digit)]}"
    return Meaning(word=letter + digit, label=f"grade {letter}{digit}", text=text, group=_GRADES)


def joined(found: Iterable[tuple[str, str, str]], kind: str, group: str) -> Iterator[Meaning]:
    """Meanings of words that have owners: those of one text are given once, with all owners.

    `found` gives owner, word and text; `kind` is what the word is to its owner.
    """
    owners: dict[tuple[str, str], list[str]] = {}
    for owner, word, text in found:
        owners.setdefault((word, text), []).append(owner)
    for (word, text), all_of in owners.items():
        label = f"{kind} {word} of {', '.join(dict.fromkeys(all_of))}"
        yield Meaning(word=word, label=label, text=text, group=group)


def _prose() -> Iterator[Meaning]:
    defined = {word: summary_of(cls) for word, cls in _CLASSES.items()}
    for word, text in sorted({**defined, **MODEL}.items()):
        yield Meaning(word=word, label=word, text=text, group=_MODEL)
    for word, text in sorted(DIPLOMACY.items(), key=lambda item: fold(item[0])):
        yield Meaning(word=word, label=word, text=text, group=_DIPLOMACY)


def _ranked() -> Iterator[Meaning]:
    for group, (kind, cls) in _RANKED.items():
        for member in cls:
            word = str(member)
            yield Meaning(word=word, label=f"{kind} {word}", text=member.meaning, group=group)


def _days() -> Iterator[Meaning]:
    for act, day in DAYS_OF_ACTS.items():
        label, group = f"date of {act}", "Which day of an act counts"
        yield Meaning(word=str(act), label=label, text=str(day), group=group)


def _plain() -> Iterator[Meaning]:
    for group, (kind, cls) in _PLAIN.items():
        for member in cls:
            word, text = member.value, WORDS_OF_FILES[member]
            yield Meaning(word=word, label=f"{kind} {word}", text=text, group=group)


def _grades() -> Iterator[Meaning]:
    for grade in Reliability:
        text = f"{grade.name.lower().replace('_', ' ')}."
        label = f"reliability {grade.value}"
        yield Meaning(word=grade.value, label=label, text=text, group=_GRADES)
    for digit, text in CREDIBILITIES.items():
        label = f"credibility {digit}"
        yield Meaning(word=str(digit), label=label, text=f"{text}.", group=_GRADES)


def _reliability(grade: Reliability) -> str:
    return f"reliability {grade.value}: {grade.name.lower().replace('_', ' ')}"


def _entries() -> Iterator[Meaning]:
    for word, cls in STEP_OF.items():
        text = summary_of(cls)
        yield Meaning(word=word, label=f"entry {word}", text=text, group="Entries of a timeline")


def _keys() -> Iterator[Meaning]:
    owned = [(owner, cls) for owner, cls in _OWNERS.items()]
    owned += [("status", Assertion)]
    found = [
        (owner, key, attribute.metadata["doc"])
        for owner, cls in owned
        for key, attribute in keys_of(cls).items()
    ]
    found += [
        ("every file", "format", "What kind of file it is, and in which version."),
        ("a register", "sources", "Every source by its name."),
        ("a vocabulary", "signals", "Every word for a signal, with what it means below it."),
    ]
    yield from joined(found, "key", _KEYS)
