"""What the words for signals mean: their families, their meanings, and a whole vocabulary."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from recognition_model.core.base import Ranked, Readable, doc
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.types import CameoCode, CountryCode, SignalWord


class Family(Ranked):
    """The kind of event that a signal is."""

    CONTACT = "contact", "Officials of both sides talk, write or meet, other than on a visit."
    VISIT = "visit", "Officials of one side travel to the country of the other."
    MISSION = (
        "mission",
        "An embassy, consulate or office in the country of the other side opens, closes or is"
        " planned.",
    )
    ACCREDITATION = (
        "accreditation",
        "A diplomat of one of the two sides is named, sent, accepted, refused or withdrawn.",
    )
    PREDECESSOR_MISSION = (
        "predecessor_mission",
        "What becomes of the missions and diplomats of the government before the Taliban.",
    )
    STATEMENT = (
        "statement",
        "A party says where it stands: on its contacts, its relations or a recognition.",
    )
    LISTING = "listing", "A step towards or after a ban or its lifting, and about lists of names."
    ECONOMIC = "economic", "Trade, transit, investment, and agreements about them."
    HUMANITARIAN = "humanitarian", "Aid for the people, and permits and offices for it."
    CONSULAR = "consular", "Visas, papers and services for citizens, and returns of migrants."
    SECURITY = (
        "security",
        "Cooperation and demands about armed groups, borders, drugs and prisoners, without force.",
    )
    FORCE = "force", "War and other armed force, what serves it, and its end."
    MULTILATERAL = (
        "multilateral",
        "An act in an international body, or of several states together, without the Taliban as a"
        " party at the table.",
    )
    DOCTRINE = "doctrine", "The country's general policy on recognising governments."


class Deed(Ranked):
    """Whose deed a signal is."""

    HOST = "host", "An authority of the country of the file does it."
    TALIBAN = "taliban", "The Taliban, or an office of theirs, do it."
    EITHER = "either", "One of the two sides does it; the word does not say which."
    BOTH = "both", "The two sides do it together."
    OTHER = "other", "Somebody else does it, such as another state or an international body."


class Plover(Ranked):
    """The event types of PLOVER, the ontology of the POLECAT data."""

    AGREE = "AGREE", "Agrees to do something, or accepts a proposal."
    CONSULT = "CONSULT", "Meets, visits or talks."
    SUPPORT = "SUPPORT", "Starts or improves relations, or backs the other side."
    COOPERATE = "COOPERATE", "Works together with the other side."
    CONCEDE = "CONCEDE", "Eases a measure, or gives in to a demand."
    AID = "AID", "Gives money, goods, shelter or other help."
    RETREAT = "RETREAT", "Withdraws forces, or ends fighting."
    REQUEST = "REQUEST", "Asks for something, or demands it."
    ACCUSE = "ACCUSE", "Blames, criticises or investigates the other side."
    REJECT = "REJECT", "Refuses a request or a proposal."
    THREATEN = "THREATEN", "Threatens or warns."
    PROTEST = "PROTEST", "Demonstrates or strikes."
    SANCTION = "SANCTION", "Reduces or ends relations, or punishes without violence."
    MOBILIZE = "MOBILIZE", "Readies or moves forces without an attack."
    COERCE = "COERCE", "Represses, arrests, expels or seizes by force."
    ASSAULT = "ASSAULT", "Attacks with violence."


@frozen(kw_only=True, repr=False)
class Example(Readable):
    """An entry of the shipped record that has the word."""

    country: CountryCode = doc("The country of the entry: an alpha-3 code.")
    date: When = doc("The date of the entry, as its file has it.")

    def __str__(self) -> str:
        return f"{self.country} {self.date}"


@frozen(kw_only=True, repr=False)
class SignalMeaning(Readable):
    """A word for signals: what it means, its family, and what it is not."""

    word: SignalWord = doc("The word.", key=False, default=SignalWord(""))
    family: Family = doc("The kind of event.")
    meaning: str = doc("What happens, in one or two sentences in our own words.")
    deed: Deed = doc("Whose deed it is: host, taliban, either, both or other.")
    is_not: str = doc("What is easily taken for it, and the word for that.")
    example: Example | None = doc("An entry of the record that has the word.", default=None)
    aliases: tuple[SignalWord, ...] = doc(
        "Words used for the same until now. Files may still have them.", default=()
    )
    cameo: tuple[CameoCode, ...] = doc(
        "Codes of the CAMEO code book that fit, as text: '042'.", default=()
    )
    plover: tuple[Plover, ...] = doc("Event types of PLOVER that fit.", default=())
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: everything but the place."""
        example = self.example
        return {
            "word": self.word,
            "family": self.family.value,
            "meaning": self.meaning,
            "deed": self.deed.value,
            "is_not": self.is_not,
            "example": example and {"country": example.country, "date": example.date.text},
            "aliases": [*self.aliases],
            "cameo": [*self.cameo],
            "plover": [one.value for one in self.plover],
        }

    def __str__(self) -> str:
        return f"{self.word} ({self.family}): {self.meaning}"


@frozen(kw_only=True, repr=False)
class Vocabulary(Readable):
    """The words for signals, each with its meaning, in the order of their file.

    `families` has the family of each word, `aliases` the word behind each alias. No word is an
    alias, and an alias stands for one word.
    """

    words: Mapping[str, SignalMeaning] = field(factory=dict, hash=False)
    families: Mapping[str, Family] = field(eq=False)
    aliases: Mapping[str, str] = field(eq=False)

    @families.default
    def _families_of_words(self) -> Mapping[str, Family]:
        return {word: one.family for word, one in self.words.items()}

    @aliases.default
    def _words_of_aliases(self) -> Mapping[str, str]:
        return {alias: word for word, one in self.words.items() for alias in one.aliases}

    @classmethod
    def of(cls, meanings: Iterable[SignalMeaning]) -> "Vocabulary":
        """Make a vocabulary of meanings, in their order."""
        return cls(words={one.word: one for one in meanings})

    def canonical(self, word: str) -> str | None:
        """Return the word itself, or the word that it is an alias of; None if it is unknown."""
        return word if word in self.families else self.aliases.get(word)

    def family_of(self, word: str) -> Family | None:
        """Return the family of a word or an alias; None if it is unknown."""
        known = self.canonical(word)
        return None if known is None else self.families[known]

    def in_family(self, family: Family) -> tuple[str, ...]:
        """List the words of a family, in the order of the vocabulary."""
        return tuple(word for word, its_own in self.families.items() if its_own is family)

    def and_own(self, other: "Vocabulary") -> "Vocabulary":
        """Add the words of another vocabulary; a word that both have keeps this meaning."""
        if other.families.keys() <= self.families.keys():
            return self
        new = {word: one for word, one in other.words.items() if word not in self.families}
        return Vocabulary(words={**self.words, **new})

    def __bool__(self) -> bool:
        """Whether it has any words."""
        return bool(self.families)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: every word with its meaning."""
        return {word: one.to_dict() for word, one in self.words.items()}

    def __str__(self) -> str:
        return f"{len(self.families)} words for signals"
