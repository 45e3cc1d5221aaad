"""What to write instead of a wrong value: a hint made from its key, its class and its words.

Loaded only when a file has an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import attrs

from recognition_model.core.base import keys_of
from recognition_model.core.dates import When
from recognition_model.core.evidence import (
    CREDIBILITIES,
    Reliability,
    Source,
    Sources,
    Voice,
)
from recognition_model.core.likeness import bare, look_alikes, without_accents
from recognition_model.core.locators import Locator
from recognition_model.core.scenario import STEP_OF, ActStep, RefuseStep, Start, Step
from recognition_model.core.signals import Vocabulary
from recognition_model.core.stages import Act, Reason
from recognition_model.core.types import (
    RANGES,
    SHAPES,
    ActorCode,
    CameoCode,
    CountryCode,
    Credibility,
    Digest,
    EntryDigest,
    EventCode,
    FindingCode,
    GradeText,
    LanguageTag,
    Letters,
    LevelName,
    RuleCode,
    SampleName,
    ScaleName,
    Sha256,
    SignalWord,
    SourceName,
    WebAddress,
)
from recognition_model.core.wording import did_you_mean, near_words, shortened
from recognition_model.io.everyday import (
    CONTACTS,
    country_of,
    credibility_of,
    language_of,
    means,
    meant,
    reliability_of,
    speakers_in,
)
from recognition_model.io.known_words import misspelt_signal
from recognition_model.io.nodes import ListNode, MapNode, Text

MOST_READ = 2_001
"""How many letters of a wrong value are read for a hint."""
_QUOTE = "put the text in quotes"
TWO_VOICES = "one item of evidence has one voice: make two items of it"
AS_SIGNAL = "write `signal: visit`, or another word for what happened"
_DENIAL = "`note:` or into an item of evidence with `bearing: disputes`"
_FREQUENT = {"engaged", "webpage", "B", "not-attested"}
_SAMPLES: Mapping[Any, str] = {
    str: "A sentence.",
    bool: "true",
    date: "2021-08-26",
    When: "2021-08-26",
    Source: "name-of-a-source",
    Act: "engage",
    CountryCode: "RUS",
    SourceName: "name-of-a-source",
    SignalWord: "visit",
    CameoCode: '"042"',
    EventCode: '"042"',
    ActorCode: "GOV",
    LanguageTag: "en",
    WebAddress: "https://example.org/page",
    EntryDigest: f"en1-{'0' * 32}",
    SampleName: "2026-11-26",
    Digest: f"lt1-{'0' * 32}",
    Sha256: "0" * 64,
    RuleCode: "R13",
    FindingCode: "RM617",
    GradeText: "B2",
    LevelName: "charge",
    ScaleName: "representation",
}


class Known(NamedTuple):
    """What a file may name: the sources of the register, and the words for signals."""

    register: Sources
    vocabulary: Vocabulary


# --- the right form ------------------------------------------------------------------------------


def example_of(kind: Any, **given: str) -> str:
    """A minimal value of a type as a file has it: `{stage: engaged}` for a status.

    `given` are values of a mapping's keys that are known already.
    """
    kind = _bare_type(kind)
    if get_origin(kind) is tuple:
        return f"[{example_of(get_args(kind)[0])}]"
    if kind in _SAMPLES:
        return _SAMPLES[kind]
    if kind in RANGES:
        return "2"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str(_sample_member(kind).value)
    if kind is Step:
        kind = ActStep
    keys = keys_of(kind)
    required = [key for key, a in keys.items() if a.default is attrs.NOTHING]
    first = [*given] or [key for key in required if key in STEP_OF]  # an entry begins with its kind
    ground = ["assumed"] if kind is Start else []  # a start needs it, or evidence
    wanted = dict.fromkeys([*first, *required, *ground]) or [*keys][:1]
    parts = (f"{key}: {given.get(key) or example_of(keys[key].type)}" for key in wanted)
    return f"{{{', '.join(parts)}}}"


def _sample_member(kind: type[Enum]) -> Enum:
    """A frequent member: the third stage, `engaged`; the first of any other words."""
    return next(
        (m for m in kind if m.value in {"engaged", "webpage", "B", "not-attested"}),
        next(iter(kind)),
    )


def _bare_type(kind: Any) -> Any:
    """The type without `| None`."""
    if get_origin(kind) in (Union, UnionType):
        return next(one for one in get_args(kind) if one is not type(None))
    return kind


# --- hints ---------------------------------------------------------------------------------------


def hint_for(code: str, node: Any, wanted: str, cls: Any, key: str, kind: Any, known: Known) -> str:
    """Say what to write for a node that is wrong; empty if there is nothing to say.

    `wanted` is what it should be (`a list`) if it is of the wrong kind. `key` is its key in a
    mapping of class `cls`, and `kind` the type of that key. `known` has the sources and the words.
    """
    kind = _bare_type(kind)
    if code == "RM208":
        return _no_value(node, key, kind)
    if code == "RM203":
        return _wrong_kind(node, wanted, key, kind)
    if not isinstance(node, Text):
        return ""
    text = node.strip()[:MOST_READ]
    if get_origin(kind) is tuple:  # an item of a list
        kind = _bare_type(get_args(kind)[0])
    if code == "RM204":
        return _unknown_word(text, cls, kind, known)
    return _bad_value(text, kind, known) if code == "RM209" else ""


def _no_value(node: Any, key: str, kind: Any) -> str:
    after = node.place.text[node.place.column - 1 :]
    if kind is str and after.lstrip().startswith("#"):
        return f"what follows a # is a comment: {_QUOTE}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _one_of(str(member.value) for member in kind)
    return f"add a value, as in `{key}: {shortened(example_of(kind), 100)}`"


def _wrong_kind(node: Any, wanted: str, key: str, kind: Any) -> str:
    if kind is Locator:
        return "make the locator with `locate`"
    entries = _bare_type(get_args(kind)[0]) if get_origin(kind) is tuple else None
    if wanted == "a text" and kind is str:
        return _QUOTE
    if entries is not None and attrs.has(entries):
        example = f"`- {example_of(entries)}`"
        if wanted != "a list":
            return f"write each as in {example}"
        if isinstance(node, MapNode) and node and not node.keys() - _all_keys(entries):
            first, value = next(iter(node.items()))
            shown = shortened(value) if isinstance(value, Text) else "..."
            return f"begin each entry of the list with `- `: `- {first}: {shown}`"
        return f"begin each entry of the list with `- `, as in {example}"
    if wanted == "a list" and isinstance(node, Text) and node:
        return f"write `{key}: [{shortened(node)}]`"
    if wanted == "a mapping" and isinstance(node, Text) and attrs.has(kind):
        for part, a in keys_of(kind).items():
            enum = _bare_type(a.type)
            is_enum = isinstance(enum, type) and issubclass(enum, Enum)
            text = node[:MOST_READ]
            found = meant(enum, text) if is_enum else ()
            word = _member(enum, text) or (found[0].value if found else "")
            if word:
                example = example_of(kind, **{part: word})
                whole = example == f"{{{part}: {word}}}"
                return f"{'write' if whole else 'write it as in'} `{key}: {example}`"
    if wanted == "a text" and isinstance(node, ListNode) and len(node) == 1:
        (only,) = node
        if isinstance(only, Text) and only:
            return f"write `{key}: {shortened(only)}`"
    if kind is Voice and isinstance(node, ListNode) and len(node) > 1:
        return TWO_VOICES
    return f"write it as in `{key}: {example_of(kind)}`"


def hint_for_missing(key: str, kind: Any) -> str:
    """Say how to write a key that is missing: with a value, and the words that it may have."""
    kind = _bare_type(kind)
    if kind is None or get_origin(kind) is tuple:
        return f"add `{key}:`"
    example = f"add `{key}: {example_of(kind)}`"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"{example}, or another of {', '.join(str(member.value) for member in kind)}"
    return example


def _member(kind: Any, text: str) -> str:
    """The word of an enum that a text has but for case, spaces and look-alike letters."""
    words = kind if isinstance(kind, type) and issubclass(kind, Enum) else ()
    return next((str(m.value) for m in words if bare(m.value) == bare(text)), "")


def _all_keys(entries: Any) -> set[str]:
    """The keys that an entry of a list may have."""
    kinds = STEP_OF.values() if entries is Step else (entries,)
    return {key for cls in kinds for key in keys_of(cls)}


def _unknown_word(text: str, cls: Any, kind: Any, known: Known) -> str:
    enum = kind if isinstance(kind, type) and issubclass(kind, Enum) else None
    words = ["true", "false"] if kind is bool else [str(m.value) for m in enum or ()]
    near = near_words(text, words)
    if enum is Reliability:
        return _reliability(text) or did_you_mean(near) or _one_of(words)
    if cls is RefuseStep and enum is Act and not (meant(enum, text) or near):
        return (
            "only acts are refused; a denied contact is `signal: contact_denied`, or an item of"
            " evidence with `bearing: disputes`"
        )
    if cls is ActStep and enum is Act and bare(text).replace("-", " ") in CONTACTS:
        return f"it moves nothing: {AS_SIGNAL}; the first dealings are `act: engage`"
    word = known.vocabulary.canonical(slug(text, "_")) if cls is ActStep else None
    if word is not None and enum is Act:
        return f"it moves nothing: write `signal: {word}`"
    if enum is Voice and (told := _voice(text, known.register)):
        return told
    if enum is Reason and not (meant(enum, text) or near):
        return f"{_one_of(words)}; the denial goes into {_DENIAL}"
    odd = look_alikes(text)
    if enum is not None and not _member(enum, text) and (members := meant(enum, text)):
        return means(members)
    if kind is bool and text.casefold() in _TRUE | _FALSE:
        return f"write {'true' if text.casefold() in _TRUE else 'false'}"
    if enum is Voice and (code := country_of(text)):
        return f"if {code} is the country of this file, write host, otherwise other_state"
    return "; ".join(filter(None, [did_you_mean(near) or _one_of(words), odd]))


def _voice(text: str, register: Sources) -> str:
    """A hint on several voices, on an office, or on an outlet of the register."""
    parts = [part for part in re.split(r"[,;/&+]|\band\b", text) if part.strip()]
    if len(parts) > 1 and all(_member(Voice, part) or meant(Voice, part) for part in parts):
        return TWO_VOICES
    if _member(Voice, text) or meant(Voice, text):
        return ""
    if voices := speakers_in(text):
        return means(voices)
    if any(bare(outlet(source.publisher)) == bare(text) for source in register.values()):
        return means((Voice.PRESS,))
    return ""


def outlet(publisher: str) -> str:
    """Return a publisher without the agency in brackets behind it: `Dawn (AFP)` is Dawn."""
    return re.sub(r" \([^()]*\)$", "", publisher)


_TRUE = {"yes", "true", "on", "1", "y"}
_FALSE = {"no", "false", "off", "0", "n"}


def _one_of(words: Iterable[str]) -> str:
    return f"one of {', '.join(words)}"


def _reliability(text: str) -> str:
    if re.fullmatch("[A-Fa-f][1-6]", text):
        return f"write {text[0].upper()}; the digit is the `credibility` of the evidence"
    if re.fullmatch("[1-6]", text):
        return "write a letter from A to F; the digit is the `credibility` of the evidence"
    grade = reliability_of(text)
    return f"write {grade.value}" if grade else ""


def _bad_value(text: str, kind: Any, known: Known) -> str:
    """A hint on a text of the wrong form."""
    if kind is Credibility:
        return _credibility(text)
    if kind in RANGES:
        numbers = re.findall("[1-9][0-9]*", re.sub("(?<=[0-9])[,. ](?=[0-9]{3})", "", text))
        if len(numbers) != 1 or len(numbers[0]) > 9:
            return ""
        most = RANGES[kind][1]  # all of them begin at 0 or 1
        if most and int(numbers[0]) > most:
            return "cite a shorter passage" if kind is Letters else ""
        return f"write {numbers[0]}"
    shape = SHAPES.get(kind)
    if shape is None:
        return ""
    if len(text) > shape.longest:
        return f"use at most {shape.longest} letters"
    better = _REWRITES[kind](text) if kind in _REWRITES else ""
    if kind is SignalWord and (near := misspelt_signal(better, known.vocabulary)):
        return did_you_mean(near)
    return f"write {better}" if better and shape.fits(better) else shape.hint


def _credibility(text: str) -> str:
    if graded := re.fullmatch("[A-Fa-f]([1-6])", text):
        return f"write {graded[1]}; the letter is the source's `reliability`"
    if re.fullmatch("[A-Fa-f]", text):
        return "write a digit from 1 to 6; the letter is the source's `reliability`"
    if (digit := credibility_of(text)) is not None:
        return f"write {digit}"
    grades = ", ".join(f"{digit} {meaning}" for digit, meaning in CREDIBILITIES.items())
    return f"write a digit: {grades}"


def slug(text: str, joint: str = "-") -> str:
    """A text as a name of small Latin letters and digits: `example-1` for `Example 1`."""
    plain = without_accents(bare(text)).replace("_", "-")
    return re.sub("[^a-z0-9]+", joint, plain).strip(joint)


def as_address(text: str) -> str:
    text = text.strip("<>\"' ").replace(" ", "%20")
    if "://" not in text and "." in text.partition("/")[0]:
        return f"https://{text}"
    return text


_REWRITES: Mapping[Any, Callable[[str], str]] = {
    RuleCode: lambda text: bare(text).upper().replace("-", ""),
    FindingCode: lambda text: bare(text).upper().replace("-", ""),
    SourceName: slug,
    SignalWord: lambda text: slug(text, "_"),
    LanguageTag: lambda text: language_of(text) or text.replace("_", "-").lower(),
    WebAddress: as_address,
    Sha256: lambda text: text.lower().removeprefix("sha256:"),
}
