"""Meanings of the words of rules, findings, tables, commands and JSON output.

The words of files and prose are in `core.glossary`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import click

from recognition_model.analysis.lead_verdicts import LeadVerdict
from recognition_model.analysis.mutation import Kind
from recognition_model.cli.agreement_words import agreement_meanings
from recognition_model.cli.app import COMMANDS, SUMMARIES, load_command
from recognition_model.cli.column_words import column_meanings
from recognition_model.cli.scale_meanings import scale_meanings
from recognition_model.core.codes import CODES
from recognition_model.core.countries import counted, named
from recognition_model.core.glossary import Meaning, core_meanings, joined
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Family, SignalMeaning
from recognition_model.core.wording import plural
from recognition_model.engine.rules import RULES
from recognition_model.io.loader import load_folder
from recognition_model.io.vocabulary import shipped_vocabulary
from recognition_model.plots.kinds import KINDS


class Block(Meaning):
    """A meaning printed without its label: the lines of a rule or a finding."""

    def __str__(self) -> str:
        return self.text


@cache
def meanings() -> tuple[Meaning, ...]:
    """List every meaning that the package defines, except those of signals and grades."""
    return (
        *core_meanings(),
        *_mutants(),
        *_codes(),
        *_of_tables(),
        *scale_meanings(),
        *_verdicts(),
        *agreement_meanings(),
        *_pictures(),
        *_of_commands(),
        *_choices(),
        *_of_json(),
        *column_meanings(),
    )


_SIGNALS = "Signals of the record"
FAMILIES = "Families of signals"
"""The group of the meanings of families."""


@cache
def signals() -> Mapping[str, Meaning]:
    """List the words for signals of the shipped record: meaning, family, example and use."""
    known = shipped_vocabulary()
    return {
        word: _signal(word, known.words.get(word), _uses().get(word, []))
        for word in dict.fromkeys([*known.families, *_uses()])
    }


@cache
def old_signals() -> Mapping[str, Meaning]:
    """List the old words for signals, each with the word that is used now."""
    return {
        old: Meaning(
            word=old,
            label=f"old word {old}",
            text=f"files may still have it for {word}.",
            group="Old words for signals",
        )
        for old, word in shipped_vocabulary().aliases.items()
    }


def signals_meant(old: str) -> list[Meaning]:
    """The meaning of an old word for a signal, and that of the word which is used now."""
    return [old_signals()[old], signals()[shipped_vocabulary().aliases[old]]]


def signal_counts(family: Family | None = None) -> Mapping[str, int]:
    """Count the entries with each word for signals of the shipped record, family by family."""
    known = shipped_vocabulary()
    wanted = Family if family is None else (family,)
    words = [word for one in wanted for word in known.in_family(one)]
    if family is None:
        words += sorted(word for word in _uses() if word not in known.families)
    return {word: len(_uses().get(word, ())) for word in words}


@cache
def _uses() -> Mapping[str, list[str]]:
    """The countries and organisations of the entries with each word for signals."""
    used: dict[str, list[str]] = {}
    for scenario in load_folder().all_scenarios:
        for step in scenario.timeline:
            if isinstance(step, SignalStep):
                used.setdefault(step.signal, []).append(scenario.country)
    return used


def _signal(word: str, meaning: SignalMeaning | None, countries: list[str]) -> Meaning:
    """Say what a word for signals means, in lines, and how often the record uses it."""
    used = "not used in the record"
    if countries:
        entries = plural(len(countries), "entry", "entries")
        used = f"used in {entries} of the record, in {counted(set(countries))}"
    used += "; signals move no stage"
    text = used
    if meaning is not None:
        example = meaning.example
        codes = [
            f"CAMEO {', '.join(meaning.cameo)}" if meaning.cameo else "",
            f"PLOVER {', '.join(map(str, meaning.plover))}" if meaning.plover else "",
        ]
        lines = [
            meaning.meaning,
            f"family: {meaning.family}; deed: {meaning.deed}",
            f"not: {meaning.is_not}",
            f"example: {named(example.country)}, {example.date}" if example else "",
            f"old words: {', '.join(meaning.aliases)}" if meaning.aliases else "",
            "; ".join(filter(None, codes)),
            used,
        ]
        text = "\n  ".join(filter(None, lines))
    return Meaning(word=word, label=f"signal {word}", text=text, group=_SIGNALS)


def _codes() -> Iterator[Meaning]:
    """List rules and findings, each as a block of lines."""
    for rule in RULES:
        lines = [
            f"{rule.code} {rule.act}: from {', '.join(map(str, rule.before))} to {rule.after}",
            f"ban must be {', '.join(rule.bans)};"
            f" becomes {rule.ban_becomes or 'the same'}; needs {rule.needs}",
            rule.why,
            f"See: {rule.reference}.",
        ]
        yield Block(word=rule.code, label=rule.code, text="\n".join(lines), group="Rules")
    for code in sorted(CODES.values(), key=lambda code: code.code):
        text = f"{code.code} {code.name} ({code.severity})\n{code.meaning}\n{code.remedy}"
        yield Block(word=code.code, label=code.code, text=text, group="Findings")


_DETECTORS: Mapping[Kind, str] = {
    Kind.TABLE: "The table with the mistake is not a valid rule table.",
    Kind.INVARIANT: "An invariant no longer holds.",
    Kind.ACT: "An act of the record is refused, or leads elsewhere.",
    Kind.STATUS: "A status of the record fails.",
    Kind.REFUSAL: "An act that the record expects to be refused is permitted.",
    Kind.CLAIM: "A claim about many countries fails.",
}


def _mutants() -> Iterator[Meaning]:
    for kind in Kind:
        label = f"mutant found by {kind.value}"
        group = "What detects a mutant"
        yield Meaning(word=kind.value, label=label, text=_DETECTORS[kind], group=group)


def _of_tables() -> Iterator[Meaning]:
    """List tables, columns, the values that only tables have, and formats."""
    from recognition_model.exports import FORMATS, TABLES, table
    from recognition_model.exports.lead_table import leads_table

    made = [*(table(name, []) for name in TABLES), leads_table(())]
    for one in made:
        yield Meaning(
            word=one.name, label=f"table {one.name}", text=one.description, group="Tables"
        )
    columns = ((one.name, field.name, field.description) for one in made for field in one.fields)
    yield from joined(columns, "column", "Columns of tables")
    known = {meaning.word for meaning in core_meanings()}
    listed = [field.categories or field.parts for one in made for field in one.fields]
    for values in {one.name: one for one in listed if one}.values():
        for word, text in values.meanings.items():
            if word not in known:
                said = text if text.endswith(".") else f"{text}."
                group = "Values of columns"
                yield Meaning(word=word, label=f"{values.name} {word}", text=said, group=group)
    for word, form in FORMATS.items():
        text = f"{form.summary}."
        yield Meaning(word=word, label=f"format {word}", text=text, group="Formats of export")


def _verdicts() -> Iterator[Meaning]:
    for one in LeadVerdict:
        label, group = f"verdict {one}", "Verdicts on leads of coded event data"
        yield Meaning(word=one.value, label=label, text=one.meaning, group=group)


def _pictures() -> Iterator[Meaning]:
    for word, kind in KINDS.items():
        text = f"{kind.summary[0].upper()}{kind.summary[1:]}."
        yield Meaning(word=word, label=f"picture {word}", text=text, group="Pictures of plot")


_CHOICES: Mapping[str, tuple[str, str]] = {
    "day": ("unit", "The panel with a row for each country and day."),
    "month": ("unit", "The panel with a row for each country and month."),
    "year": ("unit", "The panel with a row for each country and year."),
    "cow": ("frame", "Every state of the Correlates of War project has rows in a panel."),
    "gw": ("frame", "Every state of Gleditsch and Ward's list has rows in a panel."),
    "add": ("source", "To begin the entry of a source in a register."),
    "earliest": ("dates", "Every uncertain date is read at its earliest possible day."),
    "latest": ("dates", "Every uncertain date is read at its latest possible day."),
    "all": (
        "dates",
        "Uncertain dates are left open: answers cover all readings. Of `site --figures`: figures"
        " in SVG, PNG and PDF.",
    ),
    "page": ("for", "A picture 160 mm wide with letters of 7 to 10.5 points, for a report."),
    "column": ("for", "A picture 89 mm wide with letters of 6 to 9 points, for a journal."),
    "slide": ("for", "A picture of 16:9 with letters of 14 to 21 points, without sources."),
    "web": ("for", "An SVG that takes the width of its place in a web page."),
    "full": ("caption", "A caption that also says how to read the picture."),
    "short": ("caption", "A caption on what is shown, until when, and from what."),
    "none": (
        "caption",
        "No caption. The metadata of the file still say what it was made from. Of `site"
        " --figures`: no files of figures.",
    ),
    "svg": ("figures", "The figures of a site as SVG files, in three layouts."),
    "text": ("format", "Output for a reader."),
    "json": ("format", "Output for a program."),
    "md": ("format", "A Markdown table or text, to paste into a document."),
    "bibtex": ("format", "A bibliography in BibTeX, with biblatex's types."),
    "csl": ("format", "A bibliography in CSL-JSON, for reference managers."),
    "yaml": ("format", "A rules file, to change and to give to --rules."),
    "github": ("format", "Findings as GitHub shows them at a line of a pull request."),
    "sarif": ("format", "Findings in SARIF 2.1.0, which code hosts and editors read."),
    "refused": (
        "keep",
        "The choice whether reports that files refuse as not attested are kept out or tried as"
        " acts.",
    ),
    "without": ("keep", "The choice of the source that is left out."),
    "nothing": ("without", "In a choices file: no source is left out."),
    "each": ("without", "In a choices file: each source that is cited is left out, in turn."),
    "auto": ("color", "Colours on a terminal, none in a pipe or with NO_COLOR."),
    "always": ("color", "Colours in a pipe too."),
    "never": ("color", "No colours."),
    "collective": ("schema", "The schema of a file of claims about many countries."),
    "authority": ("schema", "The schema of the file that tells when the Taliban governed."),
    "checked": (
        "schema",
        "The schema of a list of entries that were checked against their sources.",
    ),
    "signals": ("schema", "The schema of a vocabulary: the words for signals and their meanings."),
    "searches": ("schema", "The schema of a log of searches."),
    "rules": ("schema", "The schema of a rules file: a rule table, or changes to the shipped one."),
    "crosswalk": ("schema", "The schema of a crosswalk: what the codes of event data mean."),
    "scale": ("schema", "The schema of a scale: ordered levels that follow from a record."),
    "choices": ("schema", "The schema of a choices file: what is reasonable, with reasons."),
    "gdelt2": ("layout", "The files of GDELT 2.0, from February 2015 on: 61 columns, no header."),
    "gdelt1": (
        "layout",
        "The daily files of GDELT 1.0, from April 2013 on: 58 columns, no header.",
    ),
    "gdelt1-history": ("layout", "The files of GDELT 1.0 before April 2013: 57 columns, no URL."),
    "icews": ("layout", "The files of ICEWS: CAMEO codes, countries by name, a header."),
    "polecat": ("layout", "The files of POLECAT: types and modes of PLOVER, a header."),
}


def _choices() -> Iterator[Meaning]:
    for word, (of, text) in _CHOICES.items():
        label = f"{of} {word}"
        yield Meaning(word=word, label=label, text=text, group="Values of options")


def _of_commands() -> Iterator[Meaning]:
    """List commands with their summaries, and options with their help."""
    for section in COMMANDS.values():
        for name, text in section.items():
            yield Meaning(word=name, label=f"command {name}", text=f"{text}.", group="Commands")
    options = (
        (name, option.opts[-1].removeprefix("--"), option.help or "")
        for name in SUMMARIES
        for option in load_command(name).params
        if isinstance(option, click.Option)
    )
    for one in joined(options, "option", "Options of commands"):
        label = one.label.replace("option ", "option --", 1)
        yield Meaning(word=one.word, label=label, text=one.text, group=one.group)


JSON_KEYS: Mapping[str, str] = {
    "also": "Digests of what an output holds beside countries: claims, words for signals.",
    "acts": "Acts in order, or every act with whether it is open.",
    "after": "The stage after a change; in the JSON of some commands with the ban.",
    "against": "Countries whose records contradict a claim; of two rule tables, the one that the"
    " other is held against.",
    "always": "Every invariant, with what the rule table proves of it.",
    "anchor": "The name of a row or a source in a page, for links that last.",
    "answer": "The answer as a sentence, at the head of the page of a country; of `robustness`, the"
    " answer of the shipped choices, or where only one option differs from them.",
    "answered_by": "The rule table that answered, if it is not the shipped one.",
    "answers": "Every answer with its share of all universes.",
    "ban_becomes": "The ban after a rule has fired; null: it stays.",
    "ban_must_be": "The bans under which a rule may fire.",
    "became_known": "Changes that public sources first told or took back in the days asked about.",
    "before": "The stage before a change; in the JSON of some commands with the ban.",
    "before_assumed": "Whether the state before a change is that of a start which is assumed.",
    "bounds": "The share of errors in a sample if what was not found is all right, or all wrong.",
    "broken_in": "The mutants that break an invariant.",
    "by_coder": "How many entries only their coder checked, as they stand now.",
    "by_other": "How many entries somebody other than the coder checked, as they stand now.",
    "cases": "How many combinations of state, act and attestation were tried.",
    "carried_by": "The sources without which, one at a time, the answer is another one.",
    "cell": "The part of a rule that a mutant changes.",
    "citations": "How many items of evidence cite a source, or the sources of a publisher.",
    "cited_by": "Every citation of a source: country, kind of entry, date, grade and line.",
    "choice": "What can be chosen: rules, voice, grade, refused, without, fuzz or lag.",
    "choices": "Every choice with its options, and how much it matters.",
    "chosen": "The choices file whose universes were gone over, by title and digest.",
    "changed": "Countries whose record differs from the one that a file was made from.",
    "column": "The column of a finding in its file, from 1. 0: the file as a whole.",
    "checks": "Entries that were checked against their sources.",
    "combinations": "How many combinations of choices were asked.",
    "condition": "What a rule asks about: stage, ban or attestation.",
    "cost": "How many acts the nearest legal record inserts or leaves out.",
    "count": "How many sources a publisher has in the list.",
    "counted": "Whether the replay uses an entry.",
    "dead": "Rules that never fire.",
    "corrections": "What later data releases corrected and added; see `corrections`.",
    "creators": "Who made what is cited; empty for a user's own files.",
    "data": "The digest of the data that a picture or report shows, or null.",
    "day": "The day asked about; of a release, when it was made; of a citation, the day it gives.",
    "days_since_review": "Days since the last review of a file; without one, since its data end.",
    "denied": "Whether the host or the Taliban deny a signal, and nowhere confirm it.",
    "differs": "Whether a file would show other data if it were made now; null: cannot be said.",
    "disputed": "Whether some evidence speaks against an entry.",
    "documented": "The countries of a claim whose data reach its day.",
    "earliest": "The first day on which something can have happened, or null.",
    "drawn": "Whether combinations of choices or readings of the dates were drawn, and not all"
    " counted.",
    "due": "Days since the last review, divided by the days of `review_every`: 1 or more is due.",
    "edits": "The acts to insert or leave out for the nearest legal record.",
    "entries_per_year": "How many entries that count a file has in a year, over its last five"
    " years.",
    "ended": "Countries whose data, and later searches, end before the last day asked about.",
    "error_rate": "The share of errors among the entries of a sample whose page was found.",
    "errors": "How many entries of a sample were wrong as they were drawn.",
    "events": "The entries of a chronology; of `precedence`, each country's first time.",
    "exact": "A share as a fraction.",
    "expected": "Whether the file itself expects the refusal.",
    "family": "The family of a signal, or null.",
    "fewest": "How many choices, this one included, must at least be changed to turn the answer.",
    "file": "The file of a scenario or finding.",
    "findings": "Errors, warnings and notes, each with its code, place and hint.",
    "found": "The value that a rule found instead of what it needs.",
    "from": "The day on which a spell begins, as written in the record.",
    "from_earliest": "The earliest day on which a spell can have begun, or null.",
    "from_latest": "The latest day on which a spell can have begun, or null.",
    "gap": "The reason why a mutant is a known gap, or null.",
    "gone": "Whether the public record had a change before the days asked about, and not after.",
    "grades": "How many items of evidence have each grade.",
    "happened": "Changes of stage or ban whose date lies in the days asked about.",
    "heading": "The heading of a page: its finding.",
    "hint": "What to do about a finding.",
    "has_file": "Whether a country has a file in the record.",
    "heard": "The entries that count towards the basis of an answer, other than its changes.",
    "holds": "Whether a statement is true in all, in some or in none of the readings; of"
    " `robustness`, in how many universes the answer holds.",
    "how": "What is different about an entry: it is `left out`, or has an `official` voice."
    " Of two rule tables: this one takes it (`permitted`), or only the other does (`refused`), or"
    " both do, by different rules or to different states (`otherwise`).",
    "id": "The name of a source; in an item of evidence with the paragraph, if it is known.",
    "in_window": "Whether an entry or a change lies `surely` or `perhaps` in the days asked about.",
    "interval": "The 95 % interval of a share (Wilson).",
    "kept_by_rules": "Whether the rules keep an invariant; else the replay does.",
    "killers": "What detects a mutant.",
    "known_by": "The day given with --known-by, or null.",
    "known_on": "The first day on which the public record surely had a change, or had it no more.",
    "insert": "An act to insert, in `edits`.",
    "later": "How many entries lie after the day asked about.",
    "latest": "The last day on which something can have happened, or null.",
    "licence": "The licence of what is cited, or null for a user's own files.",
    "lapsed": "Checks of entries that were changed since.",
    "line": "The line of an entry or finding in its file, from 1.",
    "lines": "The answer of a day and on what it rests, as two lines to paste.",
    "links": "The changes of a country in order, each with its evidence.",
    "longest_silence": "The longest stretch without a dated entry: its first and last day.",
    "left_out": "Files that could not be used because of errors.",
    "made_from": "What a file says that it was made from.",
    "message": "What is wrong, in words.",
    "moves": "Whether an entry changed the stage or the ban.",
    "listed": "The universes that a choices file lists, each with its reason and its answer.",
    "name": "The country's English name; of a universe in a choices file, the name that it has"
    " there.",
    "needs": "What a rule needs: values of the stage, ban or attestation.",
    "leave_out": "An act to leave out, in `edits`.",
    "next_best": "The nearest legal record (see `alignment`), or null.",
    "now": "What a file would be made from now.",
    "not_archived": "How many sources published on the web have no archived copy.",
    "not_found": "How many entries cite a page that could not be found again.",
    "not_searched": "Countries asked about for which no search is logged.",
    "not_yet_public": "How many entries were not yet public by the day of --known-by.",
    "number": "A share as a number from 0 to 1.",
    "of_groups": "Claims about groups, not counted for any member.",
    "organisations": "Organisations whose record differs; they are not among the countries.",
    "on": "The day to which days are counted.",
    "otherwise": "The answer of the day if one entry were different: without each change and the"
    " last entry heard, and with an official voice for each refused act that lacks only that.",
    "option": "One way to make a choice; the first is the shipped one.",
    "options": "Choices that change an output; of `robustness`, the ways to make a choice.",
    "over": "The countries over which a claim was checked.",
    "own": "Countries whose files are a user's, not those of the shipped record.",
    "pairs": "The shares of two countries: before, on the same day, after.",
    "part": "The part of the record that is cited, or null.",
    "parts": "Tables of a package that would differ if they were made now.",
    "permitted": "Acts that the file expects to be refused, but that a rule permits.",
    "proven": "Whether an invariant holds over all sequences of acts.",
    "possible_combinations": "How many combinations of choices there are.",
    "program": "The version of the program that made a file.",
    "question": "A case that would detect a mutant; of `robustness`, what was asked.",
    "ranks": "The share of readings in which a country has each rank.",
    "readings": "How many readings of the dates were drawn for each combination of choices: 1 if no"
    " uncertain date bears on the answer, null if every reading was counted.",
    "reachable": "Every state that acts can lead to, with the shortest way there.",
    "reached": "The stage entered at that first time: the one compared or a higher one; or null."
    " In a comparison of countries: every time at which each stage was reached.",
    "reference": "A case or text behind a rule.",
    "refusals": "Acts that no rule permits, including those expected to be refused.",
    "releases": "The numbered data releases of the record.",
    "replays": "One item for each country's replay.",
    "results": "How many checks have each result.",
    "review_every": "After how many days a file should be searched again.",
    "reviews": "When each file should be searched again, the most urgent first.",
    "role": "How an entry bears on an answer: start, link, heard, set_aside or undated.",
    "rule": "The code of the rule that permits a change.",
    "rules_title": "The title of a rule table that is not the shipped one, or null.",
    "rules_differ": "Whether the rule table is another one than that of the last data release.",
    "same": "The share of readings in which two countries have the same day; of a file, whether it"
    " was made from exactly what is there now; of two rule tables, the countries in which nothing"
    " turns.",
    "second": "The second country of a pair.",
    "share_as_shipped": "The share of readings of the dates that give the answer under the shipped"
    " choices.",
    "set_aside": "Why the replay does not use an entry, or null; of `why`, the entries not used.",
    "shares": "Parts of all readings, each as a fraction and as a number.",
    "signals": "The signals of the timeline.",
    "since": "The day on which the state began, as written in the record; or the first day asked"
    " about.",
    "sometimes": "Where the record fires each rule and reaches each stage.",
    "sources_found": "How many sources came of a search.",
    "spread": "How much a choice matters: the difference between the highest and the lowest share"
    " of its options.",
    "standing": "The state in which an act was refused: stage and ban.",
    "standings": "Every state possible on that day: stage, ban, since, and the evidence.",
    "statuses": "The statuses of the timeline, each with how far it holds.",
    "states": "How many states of state and memory were explored.",
    "surely": "Whether a change lies on or before the day in every reading of the dates.",
    "to": "The day on which the next spell begins, or the record ends.",
    "to_earliest": "The earliest day on which a spell can have ended, or null.",
    "to_latest": "The latest day on which a spell can have ended, or null.",
    "total": "How many entries there are, checked or not.",
    "touched": "Whether a file was changed after it was made.",
    "told": "How a mutant was detected, in words.",
    "turned": "Runs of days on which an answer turns.",
    "turned_down": "How many false reports and impossible acts the record has.",
    "turned_by": "The smallest changes of the shipped choices that turn the answer.",
    "turnings": "How many changes of that size turn the answer.",
    "turns": "Whether the answer of the day would be another if the entry were different; of"
    " `robustness`, if only this option differs from the shipped choices.",
    "uncited": "Sources that a choices file leaves out, but that no entry asked about cites.",
    "unlike_shipped": "The first options of a choices file that are not the shipped ones.",
    "undated": "Entries that count, and that may lie after the day, by their dates.",
    "unmet": "Every condition of a rule that the act fails.",
    "universes": "Combinations of choices, each with every reading of the dates drawn for it.",
    "unreachable": "Stages that no act leads to.",
    "until": "The last day asked about, or null.",
    "untried": "How many other entries were not tried: the record is too long for it.",
    "uses": "How often the entries of a record use a word for signals.",
    "version": "One version for all that an output was made from.",
    "was": "Before and after as the public record had them before the days asked about, or null.",
    "weakest": "The change of a country with the weakest evidence.",
    "what": "What happened, in words; the kind and subject of an entry; of `precedence`, the stage"
    " or signal compared.",
    "where": "The place in the record, or the invariant, that detects a mutant.",
    "why_not": "Why a file cannot be made again, or null.",
    "why": "The reason for a rule, or for a missing date.",
    "word": "The act, signal or status of an entry, in the words of its file.",
    "words": "The answer as a sentence.",
    "wrong_entries": "The entries of a sample that were wrong as they were drawn.",
    "wrong": "How many entries are known to be wrong and not corrected yet.",
}
"""Keys of commands' JSON output, unless a file or table has the same key with the same meaning."""


def _of_json() -> Iterator[Meaning]:
    for word, text in JSON_KEYS.items():
        yield Meaning(word=word, label=f"JSON key {word}", text=text, group="Keys of JSON output")
