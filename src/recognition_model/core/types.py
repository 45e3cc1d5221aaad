"""Types for texts and numbers in a file that must have a certain form.

The reader of files checks each form, and the JSON Schema shows it.
"""

from __future__ import annotations

import re
from typing import Any, NewType

from attrs import frozen

CountryCode = NewType("CountryCode", str)
SourceName = NewType("SourceName", str)
SignalWord = NewType("SignalWord", str)
CameoCode = NewType("CameoCode", str)
EventCode = NewType("EventCode", str)
ActorCode = NewType("ActorCode", str)
LevelName = NewType("LevelName", str)
ScaleName = NewType("ScaleName", str)
LanguageTag = NewType("LanguageTag", str)
WebAddress = NewType("WebAddress", str)
Digest = NewType("Digest", str)
EntryDigest = NewType("EntryDigest", str)
SampleName = NewType("SampleName", str)
Sha256 = NewType("Sha256", str)
RuleCode = NewType("RuleCode", str)
FindingCode = NewType("FindingCode", str)
GradeText = NewType("GradeText", str)
Credibility = NewType("Credibility", int)
Count = NewType("Count", int)
FuzzWidth = NewType("FuzzWidth", int)
LagDays = NewType("LagDays", int)
Letters = NewType("Letters", int)

NO_DATE = "yyyy-mm-dd"
"""The mark in the name of a source whose date is not known yet."""

DATE_PATTERN = (
    r"^(\d{4}(-\d{2}(-\d{2})?)?[~?]?"
    r"|\d{4}(-\d{2}(-\d{2})?)?\.\.(\d{4}(-\d{2}(-\d{2})?)?)?"
    r"|\.\.\d{4}(-\d{2}(-\d{2})?)?)$"
)


@frozen
class Shape:
    """A pattern with its name, a hint for texts that do not match it, and their finding code.

    A text of more than `longest` letters does not fit either.
    """

    pattern: str
    name: str
    hint: str
    code: str = "RM209"
    longest: int = 100

    def fits(self, text: str) -> bool:
        return len(text) <= self.longest and re.fullmatch(self.pattern, text, re.ASCII) is not None


SHAPES: dict[Any, Shape] = {
    SourceName: Shape(
        "[a-z0-9][a-z0-9-]*", "name of a source", "use small letters, digits and hyphens"
    ),
    SignalWord: Shape(
        "[a-z][a-z0-9_]*", "word for a signal", "use small letters and _, as in charge_accepted"
    ),
    CameoCode: Shape(
        "[0-9]{3,4}", "CAMEO code", "write its three or four digits in quotes, as '042'"
    ),
    EventCode: Shape(
        "([0-9]{2,4}|[A-Z]+(/[a-z-]+)?)",
        "code of an event",
        "write the digits of CAMEO in quotes, as '042', or a type of PLOVER, as CONSULT/visit",
    ),
    ActorCode: Shape(
        "[A-Z]{2,15}",
        "code of an actor",
        "write its capitals, as GOV, TAL or AFGINSTAL",
        longest=15,
    ),
    LevelName: Shape(
        "[a-z][a-z0-9_]*", "name of a level", "use small letters and _, as in charge", longest=32
    ),
    ScaleName: Shape(
        "[a-z][a-z0-9_]*",
        "name of a scale",
        "use small letters and _, as in representation",
        longest=32,
    ),
    LanguageTag: Shape(
        "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "language", "write a tag such as en, ru or de"
    ),
    WebAddress: Shape(
        r'https?://[^\s<>"]+', "web address", "write an http or https address", longest=2_000
    ),
    Digest: Shape("lt1-[0-9a-f]{32}", "lt1 digest", "make the locator with `locate`", code="RM303"),
    EntryDigest: Shape(
        "en1-[0-9a-f]{32}", "digest of an entry", "write the line with `checked`, which makes it"
    ),
    SampleName: Shape(
        "[a-z0-9][a-z0-9-]*", "name of a sample", "use small letters, digits and hyphens"
    ),
    RuleCode: Shape(
        "[A-Z]{1,3}[0-9]{1,3}", "code of a rule", "write one to three capitals and a number, as R13"
    ),
    FindingCode: Shape("RM[0-9]{3}", "code of a finding", "write RM and three digits, as RM617"),
    GradeText: Shape("[A-F][1-6]", "grade", "write a letter A to F and a digit 1 to 6, as B2"),
    Sha256: Shape("[0-9a-f]{64}", "SHA-256", "write its 64 hexadecimal digits"),
}
RANGES: dict[Any, tuple[int, int | None]] = {
    Credibility: (1, 6),
    Count: (1, None),
    FuzzWidth: (0, 100),
    LagDays: (0, 3650),
    Letters: (1, 10_000),  # some four pages; a search hashes as many for each letter of a text
}
