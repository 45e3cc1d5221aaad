"""Sources, evidence, and what a step's evidence amounts to."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from recognition_model.core.base import Ranked, Readable, doc
from recognition_model.core.dates import When
from recognition_model.core.locators import Locator
from recognition_model.core.types import (
    Count,
    Credibility,
    LanguageTag,
    Sha256,
    SourceName,
    WebAddress,
)


class Voice(Ranked):
    """Who asserts it: the speaker, not the outlet that carries the words."""

    HOST = "host", "An authority of the country itself."
    TALIBAN = "taliban", "The Taliban, or an office of theirs."
    OTHER_STATE = "other_state", "Another state, or an international body."
    PRESS = "press", "The outlet's own word."


class Bearing(Ranked):
    """Which way a piece of evidence points."""

    SUPPORTS = "supports", "It speaks for the entry."
    DISPUTES = "disputes", "It speaks against the entry."


class Attestation(Ranked):
    """What the evidence of a step amounts to, from weakest to strongest."""

    NONE = "none", "Nothing supports it, or the host itself disputes it."
    REPORTED = "reported", "The press says so."
    CLAIMED = "claimed", "The Taliban, another state or an international body says so."
    OFFICIAL = "official", "An authority of the country itself says so."


VOICE_ATTESTS: Mapping[Voice, Attestation] = MappingProxyType(
    {
        Voice.HOST: Attestation.OFFICIAL,
        Voice.TALIBAN: Attestation.CLAIMED,
        Voice.OTHER_STATE: Attestation.CLAIMED,
        Voice.PRESS: Attestation.REPORTED,
    }
)


class Reliability(Enum):
    """Of a source, in the letters of the NATO Admiralty code (AJP-2.1)."""

    COMPLETELY_RELIABLE = "A"
    USUALLY_RELIABLE = "B"
    FAIRLY_RELIABLE = "C"
    NOT_USUALLY_RELIABLE = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class SourceType(Enum):
    """The types of the Citation Style Language that a register may use."""

    ARTICLE_NEWSPAPER = "article-newspaper"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    BOOK = "book"
    BROADCAST = "broadcast"
    BILL = "bill"
    DOCUMENT = "document"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REPORT = "report"
    SPEECH = "speech"
    TREATY = "treaty"
    WEBPAGE = "webpage"


@frozen(kw_only=True, repr=False)
class TextFile(Readable):
    """A copy of a source's text that somebody holds: told by its size in bytes and its SHA-256."""

    name: str = doc("File name of the copy, as `verify --texts` looks for it.")
    size: Count = doc("Size in bytes.")
    sha256: Sha256 = doc("SHA-256 of the bytes, 64 hexadecimal digits.")

    def __str__(self) -> str:
        return self.name


@frozen(kw_only=True, repr=False)
class Source(Readable):
    """A document. `issued` stands on it; `public` is when an outsider could first read it."""

    id: SourceName = doc("Its name in the register.", key=False, default=SourceName(""))
    type: SourceType = doc("A type of the Citation Style Language.")
    publisher: str = doc("Who published it.")
    title: str = doc("Its title; in [square brackets] where the copy read showed none.")
    issued: When = doc("The date that stands on the document.")
    _public: When | None = doc(
        "When an outsider could first read it; `issued` unless given.", default=None
    )
    language: LanguageTag = doc("Language of the text, as in BCP 47: en, ru, de.")
    url: WebAddress | None = doc("Where it was published (http or https).", default=None)
    reliability: Reliability = doc("Admiralty grade of the source, A to F.")
    author: str | None = doc("Who wrote it.", default=None)
    archive: WebAddress | None = doc("Where a copy is kept.", default=None)
    seen: When | None = doc("When it was last read.", default=None)
    note: str | None = doc("What a reader should know of it.", default=None)
    file: TextFile | None = doc("The copy its locators were made on.", default=None)

    @property
    def public(self) -> When:
        """When an outsider could first read it."""
        return self._public or self.issued

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}, {self.issued}"


@frozen(kw_only=True, repr=False)
class Evidence(Readable):
    """A pointer into one source: who says what there, and how far it is to be believed."""

    source: Source = doc("Name of a source in the register.")
    at: Locator | None = doc("Where in the source: a locator.", default=None)
    voice: Voice = doc("Who asserts it: the speaker, not the outlet.")
    credibility: Credibility = doc(
        "Admiralty grade of the content: 1 confirmed … 5 improbable, 6 unknown."
    )
    bearing: Bearing = doc("Whether it supports or disputes the entry.", default=Bearing.SUPPORTS)
    announcement: bool = doc(
        "It tells of the act beforehand: public before the act happened.", default=False
    )
    claim: str = doc("What it says, in our own words.")

    @property
    def id(self) -> str:
        """The source's name and the paragraph: `tass-2022-01-31#9`."""
        if self.at is None or self.at.paragraph is None:
            return self.source.id
        return f"{self.source.id}#{self.at.paragraph}"

    @property
    def grade(self) -> str:
        """Reliability and credibility in one: `B2`."""
        return f"{self.source.reliability.value}{self.credibility}"

    @property
    def weak(self) -> bool:
        """Whether source or content is graded low, or cannot be judged: D to F, or 4 to 6."""
        return self.source.reliability.value >= "D" or self.credibility >= 4

    @property
    def supports(self) -> bool:
        return self.bearing is Bearing.SUPPORTS

    def __str__(self) -> str:
        disputes = "" if self.supports else ", disputes"
        return f"{self.id} ({self.voice}, {self.grade}{disputes})"


def attestation_of(evidence: Iterable[Evidence]) -> Attestation:
    """What a step's evidence amounts to: its strongest supporting voice, none if the host disputes.

    Credibility and reliability are shown and never counted: a grade says how far to believe a
    report, not who is speaking.
    """
    strongest = Attestation.NONE
    for item in evidence:
        if item.supports:
            level = VOICE_ATTESTS[item.voice]
            if level > strongest:
                strongest = level
        elif item.voice is Voice.HOST:
            return Attestation.NONE
    return strongest


def sufficient_evidence(evidence: Iterable[Evidence], needed: Attestation) -> tuple[Evidence, ...]:
    """The evidence any of which alone would amount to what is needed, were nothing disputed."""
    return tuple(e for e in evidence if e.supports and VOICE_ATTESTS[e.voice] >= needed)


def supporting_sources(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The names of the sources that support something, each once, in order."""
    return tuple(dict.fromkeys(item.source.id for item in evidence if item.supports))


def known(evidence: Iterable[Evidence], by: date) -> tuple[Evidence, ...]:
    """The evidence whose source was surely public by a day; one of open date never was."""
    return tuple(item for item in evidence if item.source.public.latest <= by)


Sources = Mapping[str, Source]
