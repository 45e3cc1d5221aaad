"""Every code of a finding: name, meaning and remedy, as `explain CODE` prints them.

Codes never change. RM1xx: syntax; 2xx: shape; 3xx: sources and locators; 4xx: dates; 5xx: rules;
6xx: invariants and expectations; 7xx: warnings. `engine.invariants` registers the codes of the
invariants.
"""

from __future__ import annotations

from attrs import frozen

from recognition_model.core.base import Ranked, Readable
from recognition_model.core.countries import ORGANISATIONS


class Severity(Ranked):
    """The severity of a finding. Only errors make a command exit with 1."""

    NOTE = "note", "Information; nothing is wrong."
    WARNING = "warning", "Probably a mistake."
    ERROR = "error", "The file is wrong, or it contradicts itself."


@frozen(repr=False)
class Code(Readable):
    """A code with its name, its meaning and its remedy, one sentence each.

    `unreadable` marks the codes for files that could not be read at all.
    """

    code: str
    name: str
    meaning: str
    remedy: str
    severity: Severity = Severity.ERROR
    unreadable: bool = False

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def register(code: Code) -> None:
    """Add a code. Raises `ValueError` if the code is already taken."""
    if code.code in CODES:
        raise ValueError(f"{code.code} is taken by {CODES[code.code].name}")
    CODES[code.code] = code


CODES: dict[str, Code] = {
    code.code: code
    for code in [
        Code(
            "RM101",
            "file-not-read",
            "The file or folder does not exist, or you may not read it.",
            "Check the path and its permissions.",
            unreadable=True,
        ),
        Code(
            "RM102",
            "not-text",
            "The file is not UTF-8 text: it is binary, or in another encoding.",
            "Save it as UTF-8.",
            unreadable=True,
        ),
        Code(
            "RM103",
            "no-scenarios",
            "The folder contains no scenario file (*.yaml or *.yml).",
            "Name a scenario file or a folder of them; `new COUNTRY` writes a file to start from.",
            unreadable=True,
        ),
        Code(
            "RM110",
            "syntax",
            "The text is not valid YAML.",
            "Check this line and the one before for a missing quote, bracket or indent.",
        ),
        Code(
            "RM111",
            "tab",
            "A tab is used for indentation; YAML allows only spaces.",
            "Indent with spaces.",
        ),
        Code(
            "RM112",
            "empty-file",
            "The file has no content, or its timeline or list of claims is empty.",
            "Start from the file that `new COUNTRY` writes, and add an entry.",
        ),
        Code(
            "RM113",
            "too-large",
            "The file exceeds a limit: its size, its nesting, or its number of values, entries,"
            " claims, rules, levels or actors.",
            "Make it smaller; the limits are 2 MiB, a nesting of 24, 200,000 values, 1,000 entries"
            " or claims, 200 rules, 50 levels of a scale and 200 actors of a crosswalk (32 MiB for"
            " a text).",
        ),
        Code(
            "RM114",
            "duplicate-key",
            "A mapping has the same key twice. Other YAML readers silently keep the last one.",
            "Remove one, or merge them.",
        ),
        Code(
            "RM115",
            "alias",
            "Anchors and aliases are not allowed: each place must show its own value.",
            "Write the value out in full.",
        ),
        Code(
            "RM116",
            "tag",
            "Tags are not allowed: the key determines the type of its value.",
            "Remove the tag.",
        ),
        Code(
            "RM117",
            "merge-key",
            "Merge keys (`<<`) are not allowed.",
            "Write the keys out in full.",
        ),
        Code(
            "RM118",
            "hidden-character",
            "The file contains a character that hides or reorders text, or that ends a line in some"
            " programs. These can make a file look different from what it says.",
            "Remove the character.",
        ),
        Code(
            "RM119",
            "several-documents",
            "A file may hold only one YAML document, and no directive.",
            "Put each document into a separate file.",
        ),
        Code(
            "RM120",
            "invisible-mark",
            "The line has a mark without a glyph, such as a soft hyphen or a direction mark. Titles"
            " copied from a page often bring one along.",
            "Remove the character; reports, pictures and bibliographies leave it out.",
            Severity.WARNING,
        ),
        Code(
            "RM121",
            "merge-conflict",
            "A merge left its conflict markers in the file.",
            "Keep one side, or join the two, and leave no line that begins with <<<<<<<, ======="
            " or >>>>>>>.",
        ),
        Code(
            "RM122",
            "file-left-out",
            "A file in the folder is not read, because of its name or because it holds no record.",
            "Nothing to do if it is meant for something else; otherwise rename it, or add its"
            " `format:` line.",
            Severity.NOTE,
        ),
        Code(
            "RM123",
            "odd-indent",
            "Lines begin with spaces or a dash that YAML does not know, such as the no-break space"
            " (U+00A0) or the en dash (U+2013). Word processors and web pages write them.",
            "Indent with ordinary spaces, and begin the items of a list with a hyphen.",
        ),
        Code(
            "RM201",
            "unknown-key",
            "This key is not known here.",
            "Correct the key or remove it; `schema` lists the keys.",
        ),
        Code(
            "RM202",
            "missing-key",
            "A required key is missing.",
            "Add the key; the file that `new COUNTRY` writes shows and explains every key.",
        ),
        Code(
            "RM203",
            "wrong-kind",
            "The value has the wrong type: a text, a list or a mapping is needed here.",
            "See the example in the file that `new COUNTRY` writes, or run `schema`.",
        ),
        Code(
            "RM204",
            "unknown-word",
            "The word is not one of those allowed here.",
            "Use one of the words listed.",
        ),
        Code(
            "RM205",
            "unknown-country",
            "Files name a country by its ISO 3166-1 alpha-3 code, and an organisation as"
            f" {' or '.join(ORGANISATIONS)}.",
            "Write the three-letter code in capitals; `new COUNTRY` also accepts a country's name.",
        ),
        Code(
            "RM206",
            "unknown-format",
            "This version cannot read the format named in the `format:` line.",
            "Write the `format:` of this kind of file; see `schema`.",
        ),
        Code(
            "RM207",
            "which-entry",
            "A timeline entry must have exactly one of the keys act, status, signal and refuse.",
            "Keep one of these keys; `explain act`, `explain status` and so on describe them.",
        ),
        Code(
            "RM208",
            "no-value",
            "The key has no value.",
            "Add a value, or remove the key.",
        ),
        Code(
            "RM209",
            "bad-value",
            "The value is not valid for this key, such as a number out of range or a URL that is"
            " not http(s).",
            "Correct the value as the hint says.",
        ),
        Code(
            "RM210",
            "file-name",
            "The name of a scenario file should be its country's alpha-3 code.",
            "Rename the file, or correct `country:`.",
            Severity.WARNING,
        ),
        Code(
            "RM211",
            "country-twice",
            "Two of the files replayed together are about the same country.",
            "Keep one file per country.",
        ),
        Code(
            "RM212",
            "says-nothing",
            "The entry asserts nothing, or its parts contradict each other.",
            "Correct the entry as the hint says.",
        ),
        Code(
            "RM213",
            "used-instead",
            "Two files have this country. The one of `--with` is used instead of the other.",
            "Nothing, if you mean it; remove `--with` to use the other file.",
            Severity.NOTE,
        ),
        Code(
            "RM214",
            "signal-word-twice",
            "The vocabulary has this word for a signal already, as a word or as an alias.",
            "Use the word as it is; or give yours another name.",
        ),
        Code(
            "RM215",
            "alias-taken",
            "An alias is itself a word for a signal, or the alias of another word.",
            "Remove the alias in one of the two places.",
        ),
        Code(
            "RM218",
            "organisation-without-kind",
            "The code is that of an organisation, and the file does not say so.",
            "Add `kind: organisation`; or correct the code.",
        ),
        Code(
            "RM219",
            "country-as-organisation",
            "The file says that it is of an organisation, and its code is that of a country.",
            "Remove `kind: organisation`; or correct the code.",
        ),
        Code(
            "RM220",
            "not-of-an-organisation",
            "An organisation has the stages hostile, banned and engaged. It lifts no ban, accepts"
            " no ambassador and recognises no government.",
            "Write what happened as a signal; or correct the word.",
        ),
        Code(
            "RM221",
            "claim-of-an-organisation",
            "A claim about many countries names an organisation.",
            "Name countries alone.",
        ),
        Code(
            "RM222",
            "search-twice",
            "A log has one search twice: the same countries and days, the same place and words.",
            "Remove one of the two.",
            Severity.WARNING,
        ),
        Code(
            "RM223",
            "unknown-event-code",
            "A crosswalk names an event code that is not in its list of codes.",
            "Correct the code. `codes:` says whether the list is that of CAMEO or of PLOVER.",
        ),
        Code(
            "RM224",
            "event-code-twice",
            "A crosswalk gives one event code two meanings for the same actors.",
            "Remove one, or name in `actors:` for which types of actor each holds.",
        ),
        Code(
            "RM227",
            "unknown-sample",
            "A checked entry belongs to a sample that the file does not describe.",
            "Correct the name, or add the sample to `samples:` with seed, size and population.",
        ),
        Code(
            "RM228",
            "twice-in-sample",
            "A sample has the same entry twice.",
            "Remove the line that is wrong.",
        ),
        Code(
            "RM229",
            "sample-too-large",
            "More entries are checked for a sample than were drawn.",
            "Correct `size:`, or remove the sample from the lines of entries that were not drawn.",
        ),
        Code(
            "RM230",
            "rules-without-a-base",
            "A rules file is a whole table, or the shipped one with changes. This is neither, or"
            " both.",
            "Write every rule in `rules:`; or `base: shipped`, and what differs in `change:`,"
            " `add:` and `remove:`.",
        ),
        Code(
            "RM231",
            "unknown-rule",
            "A rules file changes or removes a rule that its base does not have.",
            "Correct the code; `rules` lists those of the shipped table.",
        ),
        Code(
            "RM232",
            "rule-twice",
            "A rules file has two rules of one code, or says two things of one rule.",
            "Leave one of them out, or give a new rule a code that is free.",
        ),
        Code(
            "RM233",
            "unknown-invariant",
            "A rules file switches off an invariant that does not exist.",
            "Correct the code; `prove` lists the invariants.",
        ),
        Code(
            "RM234",
            "rules-overlap",
            "Two rules take the same act from the same stage under the same ban.",
            "Let one of them take other stages, or ask for another ban.",
        ),
        Code(
            "RM235",
            "rule-never-fires",
            "No state fits the stages and the bans that a rule asks for.",
            "Correct `before:` or `ban-must-be:`. A country that is banned has its ban in force,"
            " and one that is delisted has it lifted.",
        ),
        Code(
            "RM236",
            "rule-changes-nothing",
            "A rule can lead from a state to the same state.",
            "Leave that stage out of `before:`, or correct `after:`.",
        ),
        Code(
            "RM250",
            "too-few-levels",
            "A scale has no level or one; it orders nothing.",
            "Add levels, the lowest first.",
        ),
        Code(
            "RM251",
            "level-twice",
            "Two levels of a scale have the same word.",
            "Give one of them another word, or make one level of the two.",
        ),
        Code(
            "RM252",
            "unknown-signal-of-scale",
            "A scale names a signal that is not in the vocabulary: no entry could have it.",
            "Correct the word. `signals.yaml` beside your scenarios may define words of your own.",
        ),
        Code(
            "RM253",
            "unknown-level",
            "`to:` or `only-from:` names a level that the scale does not have.",
            "Correct the word, or add the level.",
        ),
        Code(
            "RM254",
            "state-without-level",
            "A country can be in a state in which no level of the scale can be held.",
            "Let a level be held there: add the stage or the ban to its `held-in:`.",
        ),
        Code(
            "RM255",
            "entry-of-two-levels",
            "A scale lets one entry lead from a level to two others, or names it twice.",
            "Take the entry out of one of the two. A word that is named is not in its family.",
        ),
        Code(
            "RM256",
            "level-never-reached",
            "No state gives this level, and no entry leads to it.",
            "Add `entered-by:`, or remove the level.",
        ),
        Code(
            "RM257",
            "way-to-nowhere",
            "A part of a scale leads from a level to the same one, or can never be used.",
            "Correct the levels that it names, or remove it.",
        ),
        Code(
            "RM270",
            "choices-or-universes",
            "A choices file lists options in `choices:`, or whole universes in `universes:`. This"
            " one has neither, or both.",
            "Write one of the two.",
        ),
        Code(
            "RM271",
            "choice-twice",
            "A choices file lists an option or a universe twice, or gives two universes one name.",
            "Remove one of the two, or give it another name.",
        ),
        Code(
            "RM272",
            "unknown-rule-table",
            "A choices file names a rule table that does not ship and is no file.",
            "Write shipped, strict, trusting or no-lapse; or the path of a rules file, from the"
            " folder of the choices file.",
        ),
        Code(
            "RM273",
            "unknown-source-left-out",
            "A choices file leaves out a source that is not in the register.",
            "Correct the name; `sources` lists them.",
        ),
        Code(
            "RM274",
            "source-always-kept",
            "A choices file leaves out a source that attests when the Taliban governed. The rules"
            " rest on these days, so their sources always count.",
            "Remove the line.",
        ),
        Code(
            "RM275",
            "one-universe",
            "A choices file leaves a single universe, so there is nothing to compare.",
            "List a second option of some choice, or a second universe.",
        ),
        Code(
            "RM301",
            "unknown-source",
            "The register has no source of this name.",
            "Correct the name, or add the source to a sources.yaml beside the scenario; if there is"
            " none, `new COUNTRY` writes one with an example.",
        ),
        Code(
            "RM302",
            "missing-evidence",
            "Every entry needs evidence.",
            "Add an item with source, voice, credibility and claim; the file that `new COUNTRY` "
            "writes explains them.",
        ),
        Code(
            "RM303",
            "bad-locator",
            "The locator is not valid: it needs `letters` and `digest`, and may have `paragraph`.",
            "Create the locator with `locate`.",
        ),
        Code(
            "RM304",
            "source-twice",
            "The register already has a source of this name.",
            "Cite that source, with no entry here; or give yours another name.",
        ),
        Code(
            "RM305",
            "public-before-issued",
            "The source was public before the date printed on it, which is impossible.",
            "Correct `issued:` or `public:`.",
        ),
        Code(
            "RM306",
            "name-without-date",
            "The name of a source still has yyyy-mm-dd, which `source add` writes for a date that"
            " the address does not tell.",
            "Put the date of the source into its name, in the register and wherever it is cited.",
            Severity.WARNING,
        ),
        Code(
            "RM307",
            "register-misnamed",
            "A register of sources is read only under the name sources.yaml. Sources that it has"
            " are not reported as unknown.",
            "Name the file sources.yaml, with a small s.",
        ),
        Code(
            "RM311",
            "passage-absent",
            "The copy of the source does not contain the passage.",
            "Find the passage in the copy, and create a new locator with `locate`.",
        ),
        Code(
            "RM312",
            "passage-ambiguous",
            "The copy contains the passage in several places, none in the paragraph of the hint.",
            "Create a locator for a longer passage.",
        ),
        Code(
            "RM313",
            "passage-moved",
            "The copy contains the passage in a paragraph other than that of the hint.",
            "Nothing to do; other line breaks in a copy change the paragraph numbers.",
            Severity.NOTE,
        ),
        Code(
            "RM314",
            "nothing-verified",
            "The folder contains no copy of any source that has a locator.",
            "Name the folder with the texts; a copy has the file name given in the register, or the"
            " source's name with .txt.",
        ),
        Code(
            "RM315",
            "other-copy",
            "The bytes of this copy differ from those of the copy that the locators were made on.",
            "Nothing to do if the passages match.",
            Severity.NOTE,
        ),
        Code(
            "RM316",
            "checked-before-change",
            "An entry was changed after it was checked: no entry of the file still claims what was"
            " checked.",
            "Check the entry again with `checked`, or remove the line.",
            Severity.WARNING,
        ),
        Code(
            "RM401",
            "not-a-date",
            "The text is not a date in the notation of the files.",
            "Write 2024, 2024-05 or 2024-05-27, with ~ (approximate) or ? (doubtful); or a..b.",
        ),
        Code(
            "RM402",
            "impossible-date",
            "The calendar has no such day.",
            "Check the date against the source.",
        ),
        Code(
            "RM403",
            "reversed-interval",
            "The interval ends before it begins.",
            "Swap the two dates.",
        ),
        Code(
            "RM404",
            "lasting-interval",
            "`a/b` means lasting from a to b, but an entry has one date.",
            "Write a..b for a date that you know only within a range.",
        ),
        Code(
            "RM405",
            "not-a-day",
            "A single day is needed here.",
            "Write the day as YYYY-MM-DD.",
        ),
        Code(
            "RM406",
            "out-of-order",
            "No reading of the dates puts the entries in the order of the file. Without those"
            " reported, which are as few as possible, one does.",
            "Move the entry, or correct its date.",
        ),
        Code(
            "RM407",
            "reviewed-too-early",
            "The day of `reviewed:` lies before `documented-until:`. A review goes further than the"
            " sources do.",
            "Write a later day, or leave `reviewed:` out.",
        ),
        Code(
            "RM408",
            "implausible-date",
            "The date lies before 1893, when the Durand line was drawn, or more than 366 days after"
            " the newest day on which a source of the registers was public or seen.",
            "Look for a slip of the year; or add the source from which the date is known.",
            Severity.WARNING,
        ),
        Code(
            "RM410",
            "day-not-of-the-act",
            "`dated-by:` names a day that an act of this kind does not have: a judgement may be in"
            " force from a later day, a visit may not.",
            "Write a day that goes with the act, or leave `dated-by:` out for the day that counts.",
        ),
        Code(
            "RM422",
            "reviewed-after-the-search",
            "A search of the log looked further than the day on which it was made.",
            "Correct `reviewed:` or `seen:` of the search.",
        ),
        Code(
            "RM423",
            "review-not-logged",
            "No search of the log backs the `reviewed:` of a file. Such a search names the country"
            " and looked up to the same day.",
            "Log the search in searches.yaml, as `reviewed COUNTRY --on DAY --searched TEXT` does,"
            " or correct the day.",
            Severity.WARNING,
        ),
        Code(
            "RM501",
            "act-refused",
            "No rule permits this act from the state before it, on the evidence given; or it would"
            " change nothing.",
            "Add what the hint names, or record the claim as `refuse:` or with `rank: deprecated`;"
            " write an event that repeats an act as `signal:` or `status:`.",
        ),
        Code(
            "RM502",
            "other-order",
            "Acts of one day run in file order, but these are permitted only in another order.",
            "Put them in the order the hint gives.",
        ),
        Code(
            "RM651",
            "status-fails",
            "A source reports a state that differs from the state in the replay.",
            "Check the acts before the entry, and what the source really says: one is wrong.",
        ),
        Code(
            "RM652",
            "status-in-some",
            "The status holds in some readings of the dates, but not in all.",
            "Nothing to do; a more exact date would settle it.",
            Severity.NOTE,
        ),
        Code(
            "RM653",
            "not-refused",
            "The file expects the rules to refuse this act, but they permit it.",
            "Check the acts before it for one that is missing or misplaced, or correct `refuse:`.",
        ),
        Code(
            "RM654",
            "refused-otherwise",
            "The act is refused as expected, but for a reason other than the one in the file.",
            "Correct `because:`.",
        ),
        Code(
            "RM655",
            "entry-after-the-end",
            "The entry is dated after the last documented day.",
            "Correct the date, or set `documented-until:` to a later day.",
        ),
        Code(
            "RM661",
            "collective-fails",
            "A claim about many countries does not hold in the scenarios replayed.",
            "Check the claim and the scenarios of the countries: one of them is wrong.",
        ),
        Code(
            "RM662",
            "collective-in-some",
            "A claim about many countries holds in some readings of the dates, but not in all.",
            "Nothing to do; more exact dates would settle it.",
            Severity.NOTE,
        ),
        Code(
            "RM663",
            "collective-unchecked",
            "The scenarios replayed cannot check a claim about many countries: the country it names"
            " is missing, or every scenario ends before the day of the claim.",
            "Add scenarios that can check it.",
            Severity.WARNING,
        ),
        Code(
            "RM701",
            "change-on-one-source",
            "The change rests on a single source; an error in that source would go unnoticed.",
            "Look for a second source that is independent of the first, or leave it as it is.",
            Severity.WARNING,
        ),
        Code(
            "RM702",
            "no-archived-copy",
            "Sources have no `archive:`; once a page moves or changes, it cannot be checked. Found"
            " only when a whole folder is replayed.",
            "Save a copy in a web archive, and add its address as `archive:`.",
            Severity.WARNING,
        ),
        Code(
            "RM703",
            "evidence-older-than-the-entry",
            "The source was public before the date of the entry.",
            "Correct a date, or mark the evidence with `announcement: true`.",
            Severity.WARNING,
        ),
        Code(
            "RM704",
            "source-under-two-names",
            "The register has the same document under two names, so it counts as two sources."
            " Found only when a whole folder is replayed.",
            "Keep one name, and cite it everywhere.",
            Severity.WARNING,
        ),
        Code(
            "RM705",
            "source-never-cited",
            "The register has a source that no file beside it cites. Found only when a whole"
            " folder is replayed.",
            "Cite the source, or remove it.",
            Severity.WARNING,
        ),
        Code(
            "RM706",
            "signal-like-another",
            "No vocabulary has the word for a signal, and another word has almost the same"
            " spelling. In the shipped record this is an error.",
            "Correct the word; or define it in a signals.yaml beside the scenario.",
            Severity.WARNING,
        ),
        Code(
            "RM707",
            "documented-long-ago",
            "The scenario ends more than two years before the newest source that the files cite.",
            "Add what happened since, and set `documented-until:` to a later day; or leave it.",
            Severity.WARNING,
        ),
        Code(
            "RM708",
            "change-on-weak-evidence",
            "All evidence sufficient for the change has a low grade: D to F, or 4 to 6.",
            "Find better evidence; until then, record the entry as a signal.",
            Severity.WARNING,
        ),
        Code(
            "RM709",
            "told-only-later",
            "The entry has an exact day, and its first supporting source was public more than three"
            " days after it. The day may be a slip.",
            "Correct the date, cite an earlier source, or mark the evidence with `recalled: true`.",
            Severity.WARNING,
        ),
        Code(
            "RM710",
            "recalled-at-once",
            "The evidence is marked `recalled: true`, but its source was public within three days.",
            "Remove `recalled: true`, or correct a date.",
            Severity.WARNING,
        ),
        Code(
            "RM711",
            "reviewed-long-ago",
            "The scenario was last reviewed more than two years before the newest source was"
            " public.",
            "Search again, add what happened, and set `reviewed:` to the day of the search.",
            Severity.WARNING,
        ),
        Code(
            "RM712",
            "documented-beyond-its-sources",
            "The day of `documented-until:` lies after every source that the scenario cites. No"
            " source speaks of that time.",
            "Set `documented-until:` to an earlier day. Your own search goes into `reviewed:`.",
            Severity.WARNING,
        ),
        Code(
            "RM713",
            "text-cut-off",
            "The text ends before a space and #, because YAML takes the rest of the line for a"
            " comment.",
            "Put the whole text in quotes if the # belongs to it; otherwise put the comment on a"
            " separate line.",
            Severity.WARNING,
        ),
        Code(
            "RM714",
            "entry-twice",
            "A file has two entries of one kind, with the same word, date and evidence.",
            "Remove one of them, or correct what is wrong in it.",
            Severity.WARNING,
        ),
        Code(
            "RM715",
            "source-at-odds",
            "A source was seen before it was issued, or its name has a day more than a week from"
            " the day on which it was issued.",
            "Look at the source, and correct the day that is wrong.",
            Severity.WARNING,
        ),
        Code(
            "RM716",
            "signal-named-like-an-act",
            "A signal has the name of an act. A signal is shown and moves no stage.",
            "Write `act:` if the act took place; otherwise say in another word what happened.",
            Severity.WARNING,
        ),
        Code(
            "RM717",
            "old-signal-word",
            "The word for a signal has been replaced by another one, which is used in its place.",
            "Write the present word; `explain` says what it means.",
            Severity.WARNING,
        ),
        Code(
            "RM718",
            "unknown-signal",
            "No vocabulary has the word for a signal, so it has no meaning and no family. In the"
            " shipped record this is an error.",
            "Use a word that `explain signals` lists; or define yours in a signals.yaml beside the"
            " scenario.",
            Severity.WARNING,
        ),
        Code(
            "RM719",
            "no-report-of-that-day",
            "The act is marked `dated-by: reported`, but no source of it that supports it was"
            " public on a day of its date.",
            "Cite the report, or say with `dated-by:` which day the date is.",
            Severity.WARNING,
        ),
        Code(
            "RM722",
            "example-not-found",
            "The example of a word for a signal is no entry with that word.",
            "Give country and date of an entry that has the word, as its file writes them.",
            Severity.WARNING,
        ),
    ]
}
