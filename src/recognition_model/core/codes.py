"""Every code a finding can have: its name, its meaning, what to do. `explain CODE` prints it.

A code is kept for good. RM1xx syntax, 2xx shape, 3xx sources and locators, 4xx dates, 5xx rules,
6xx invariants and expectations, 7xx what wants a warning; the invariants add theirs from
`invariants`.
"""

from __future__ import annotations

from attrs import frozen

from recognition_model.core.base import Ranked, Readable


class Severity(Ranked):
    """How much a finding weighs. Only errors make a run end with exit code 1."""

    NOTE = "note", "Worth knowing; nothing is wrong."
    WARNING = "warning", "Probably not what was meant."
    ERROR = "error", "Wrong, or not as the file says."


@frozen(repr=False)
class Code(Readable):
    """What a code stands for: its name, one sentence, and what to do about it."""

    code: str
    name: str
    meaning: str
    remedy: str
    severity: Severity = Severity.ERROR
    unreadable: bool = False

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def register(code: Code) -> None:
    """Add a code; `ValueError` where it is taken."""
    if code.code in CODES:
        raise ValueError(f"{code.code} is taken by {CODES[code.code].name}")
    CODES[code.code] = code


CODES: dict[str, Code] = {
    code.code: code
    for code in [
        Code(
            "RM101",
            "file-not-read",
            "The file or folder is not there, or may not be read.",
            "Check the path and its permissions.",
            unreadable=True,
        ),
        Code(
            "RM102",
            "not-text",
            "The file is not UTF-8 text: binary, or in another encoding.",
            "Save it as UTF-8.",
            unreadable=True,
        ),
        Code(
            "RM103",
            "no-scenarios",
            "The folder holds no scenario file (no *.yaml or *.yml).",
            "Name a scenario file, or the folder that holds them; `new COUNTRY` writes one.",
            unreadable=True,
        ),
        Code(
            "RM110",
            "syntax",
            "The text is not YAML.",
            "Look there, and at the line before: a quote, a bracket or an indent is amiss.",
        ),
        Code(
            "RM111",
            "tab",
            "A tab stands where YAML wants spaces.",
            "Indent with spaces.",
        ),
        Code(
            "RM112",
            "empty-file",
            "The file holds nothing.",
            "Begin with the file that `new COUNTRY` writes where there is none, and add an entry.",
        ),
        Code(
            "RM113",
            "too-large",
            "The file is larger, deeper or fuller than a record of dated steps can be.",
            "Split it; the limits are 2 MiB, 24 levels and 200,000 values (32 MiB for a text).",
        ),
        Code(
            "RM114",
            "duplicate-key",
            "One key stands twice in a mapping; another reader would keep the last, silently.",
            "Remove one, or join them.",
        ),
        Code(
            "RM115",
            "alias",
            "Anchors and aliases are not used: a record says in each place what it means there.",
            "Write the value out.",
        ),
        Code(
            "RM116",
            "tag",
            "Tags are not used: every value is text, and the reader knows its kind.",
            "Remove the tag.",
        ),
        Code(
            "RM117",
            "merge-key",
            "Merge keys are not used.",
            "Write the keys out.",
        ),
        Code(
            "RM118",
            "hidden-character",
            "A control character, or one that reverses the direction of text, can make a file read"
            " otherwise than it is.",
            "Remove it.",
        ),
        Code(
            "RM119",
            "several-documents",
            "One file holds one record: no second document, no directive.",
            "Put each record into a file of its own.",
        ),
        Code(
            "RM201",
            "unknown-key",
            "The key means nothing here.",
            "Correct it, or remove it; `schema` lists the keys.",
        ),
        Code(
            "RM202",
            "missing-key",
            "A key that must be there is not.",
            "Add it; the file that `new COUNTRY` writes shows every key, with what it means.",
        ),
        Code(
            "RM203",
            "wrong-kind",
            "A value of another kind is wanted here: a text, a list or a mapping.",
            "See the example in the file that `new COUNTRY` writes, or `schema`.",
        ),
        Code(
            "RM204",
            "unknown-word",
            "The word is none of those that may stand here.",
            "Use one of the words listed.",
        ),
        Code(
            "RM205",
            "unknown-country",
            "Countries stand in files by their ISO 3166-1 alpha-3 code.",
            "Use the three-letter code, in capitals; `new COUNTRY` knows it by the name too.",
        ),
        Code(
            "RM206",
            "unknown-format",
            "The `format:` line is none that this version reads.",
            "Write the format this kind of file has; see `schema`.",
        ),
        Code(
            "RM207",
            "which-entry",
            "An entry of a timeline is one of act, status, signal or refuse.",
            "Give it exactly one of these keys; `explain act` and the like tell what each is for.",
        ),
        Code(
            "RM208",
            "no-value",
            "The key has no value.",
            "Write the value, or remove the key.",
        ),
        Code(
            "RM209",
            "bad-value",
            "The value cannot be what this key holds: a number out of range, an address that is"
            " no http address, and the like.",
            "Correct it as the hint says.",
        ),
        Code(
            "RM210",
            "file-name",
            "A scenario file is named by its country's alpha-3 code.",
            "Rename the file, or correct `country:`.",
            Severity.WARNING,
        ),
        Code(
            "RM211",
            "country-twice",
            "Two files replayed together are about one country.",
            "Keep one file per country.",
        ),
        Code(
            "RM212",
            "says-nothing",
            "The entry asserts nothing, or two things that cannot both be.",
            "Say what the source says the state was.",
        ),
        Code(
            "RM301",
            "unknown-source",
            "The source is not in the register.",
            "Add it to a sources.yaml beside the scenario, or correct the name; where there is no"
            " sources.yaml, `new COUNTRY` writes one with an example.",
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
            "A locator has letters and a digest, and a paragraph as a hint.",
            "Make it with `locate`.",
        ),
        Code(
            "RM304",
            "source-twice",
            "The register has this source already.",
            "Use the one that is there, or give yours another name.",
        ),
        Code(
            "RM305",
            "public-before-issued",
            "A source cannot have been public before the date that stands on it.",
            "Correct `issued:` or `public:`.",
        ),
        Code(
            "RM311",
            "passage-absent",
            "The passage does not stand in the copy of the source.",
            "Find the passage, and make its locator anew with `locate`.",
        ),
        Code(
            "RM312",
            "passage-ambiguous",
            "The passage stands in several places of the copy, none of them the one hinted at.",
            "Locate a longer passage.",
        ),
        Code(
            "RM313",
            "passage-moved",
            "The passage stands in another paragraph of this copy than the hint says.",
            "Nothing need be done; a copy wrapped otherwise counts its paragraphs otherwise.",
            Severity.NOTE,
        ),
        Code(
            "RM314",
            "nothing-verified",
            "The folder holds no copy of any source that a locator points into.",
            "Name the folder that holds the texts; a copy is named as in the register, or by the"
            " source's name and .txt.",
        ),
        Code(
            "RM315",
            "other-copy",
            "The copy is not, byte for byte, the one that the locators were made on.",
            "Nothing need be done where its passages match.",
            Severity.NOTE,
        ),
        Code(
            "RM401",
            "not-a-date",
            "The text is no date in our notation.",
            "Write 2024, 2024-05 or 2024-05-27, with ~ (approximate) or ? (doubtful); or a..b.",
        ),
        Code(
            "RM402",
            "impossible-date",
            "The calendar has no such day.",
            "Check it against the source.",
        ),
        Code(
            "RM403",
            "reversed-interval",
            "The interval ends before it begins.",
            "Swap its ends.",
        ),
        Code(
            "RM404",
            "lasting-interval",
            "`a/b` means lasting from a to b; an entry is dated by one instant.",
            "Write a..b for an instant not known better.",
        ),
        Code(
            "RM405",
            "not-a-day",
            "A single day is wanted here.",
            "Write it as YYYY-MM-DD.",
        ),
        Code(
            "RM406",
            "out-of-order",
            "No reading of the dates lets the entries happen in the order of the file.",
            "Move the entry, or correct its date.",
        ),
        Code(
            "RM501",
            "act-refused",
            "No rule permits this act from the state at its place, on the evidence given.",
            "Supply what the hint names, or record the claim as `refuse:` or as deprecated.",
        ),
        Code(
            "RM502",
            "other-order",
            "Acts of one day run in file order, and these work only in another.",
            "Put them in the order the hint gives.",
        ),
        Code(
            "RM651",
            "status-fails",
            "What a source says the state was is not what the replay shows.",
            "One of the two is wrong: the acts before it, or the reading of the source.",
        ),
        Code(
            "RM652",
            "status-in-some",
            "The status holds in some readings of the dates, not in all.",
            "Nothing need be done; a better date would settle it.",
            Severity.NOTE,
        ),
        Code(
            "RM653",
            "not-refused",
            "The file expects the rules to refuse this act, and they permit it.",
            "Check the acts before it: one is missing or misplaced, or the expectation is wrong.",
        ),
        Code(
            "RM654",
            "refused-otherwise",
            "The act is refused as expected, for another reason than the file gives.",
            "Correct `because:`.",
        ),
        Code(
            "RM655",
            "entry-after-the-end",
            "An entry is dated after the last day that the record speaks for.",
            "Move `documented-until:`, or correct the date.",
        ),
        Code(
            "RM661",
            "collective-fails",
            "A claim about many countries does not hold over the records replayed.",
            "One of the two is wrong: the claim, or a country's record.",
        ),
        Code(
            "RM662",
            "collective-in-some",
            "A claim about many countries holds in some readings of the dates, not in all.",
            "Nothing need be done; better dates would settle it.",
            Severity.NOTE,
        ),
        Code(
            "RM663",
            "collective-unchecked",
            "No record replayed can check a collective claim: the country it names is not among"
            " them, or none reaches its day.",
            "Add the scenarios that would.",
            Severity.WARNING,
        ),
        Code(
            "RM701",
            "change-on-one-source",
            "The change rests on one source; were that one wrong, nothing would show it.",
            "Look for a second source that does not draw on the first, or leave it as it is.",
            Severity.WARNING,
        ),
        Code(
            "RM702",
            "no-archived-copy",
            "Sources have no `archive:`; a page that is moved or changed can be checked by nobody."
            " Looked for where a folder is replayed whole.",
            "Have a web archive keep a copy, and add its address as `archive:`.",
            Severity.WARNING,
        ),
        Code(
            "RM703",
            "evidence-older-than-the-entry",
            "The source was public before what the entry says had happened.",
            "Correct a date, or mark the evidence with `announcement: true`.",
            Severity.WARNING,
        ),
        Code(
            "RM704",
            "source-under-two-names",
            "Two names of the register stand for one document, which so counts as two sources."
            " Looked for where a folder is replayed whole.",
            "Keep one, and cite that.",
            Severity.WARNING,
        ),
        Code(
            "RM705",
            "source-never-cited",
            "The register holds a source that no file beside it cites. Looked for where a folder is"
            " replayed whole.",
            "Cite it, or take it out.",
            Severity.WARNING,
        ),
        Code(
            "RM706",
            "signal-like-another",
            "A word for a signal stands once in the record, and another is spelt almost like it.",
            "Use one word for one thing; where the two differ, leave them.",
            Severity.WARNING,
        ),
        Code(
            "RM707",
            "documented-long-ago",
            "The record ends more than two years before its newest source was public.",
            "Look for what happened since, and move `documented-until:`; else leave it.",
            Severity.WARNING,
        ),
        Code(
            "RM708",
            "change-on-weak-evidence",
            "All that carries the change is graded D to F or 4 to 6.",
            "Find better evidence; until then the entry is a signal.",
            Severity.WARNING,
        ),
    ]
}
