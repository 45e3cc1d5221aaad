"""Strategies for made-up sources and evidence, and names that must have no effect."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

from attrs import evolve
from hypothesis import strategies as st

from recognition_model.analysis.lint import SOON
from recognition_model.analysis.model_checking import voice_sets
from recognition_model.core.dates import When, nearest_day
from recognition_model.core.evidence import Attestation, Evidence, Reliability, Source, SourceType
from recognition_model.core.stages import Act, Stage
from recognition_model.core.types import Credibility, LanguageTag, SourceName
from recognition_model.testing.date_strategies import FIRST, later

FEW = 2
SHARP_NAMES = (
    *(f"{verb}_{stage}" for verb in ("to", "is", "may_to") for stage in Stage),
    *(f"may_{act}" for act in Act),
    "trigger",
    "state",
    "model",
    "shutil.rmtree",
    "__class__",
    "null",
    "no",
    "2024-05-27",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
)
"""Names with a meaning in the machine's library, YAML, HTML or spreadsheets; they must have no
effect in a scenario."""


FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters without a glyph, which a file may not have."""


@cache
def texts() -> st.SearchStrategy[str]:
    """Draw short texts in any script, including `SHARP_NAMES`."""
    shown = st.characters(exclude_categories=("C", "Z"), exclude_characters=FILLERS)
    words = st.text(shown, min_size=1, max_size=12) | st.sampled_from(SHARP_NAMES)
    return st.lists(words, min_size=1, max_size=4).map(" ".join)


# Made once: Hypothesis inspects every strategy that is new to it, at each draw.
_TYPES = st.sampled_from(SourceType)
_LANGUAGES = st.sampled_from(["en", "ru", "prs", "zh-Hans"])
_RELIABILITIES = st.sampled_from(Reliability)
_LEVELS = st.sampled_from(Attestation)
_CREDIBILITIES = st.integers(1, 6)


@st.composite
def sources(draw: st.DrawFn, public_from: date = FIRST) -> Source:
    """Draw made-up sources, public on or after a day. Equal sources have equal names."""
    source = Source(
        type=draw(_TYPES),
        publisher=draw(texts()),
        title=draw(texts()),
        issued=When.of(draw(st.dates(public_from, later(public_from, 3650)))),
        language=LanguageTag(draw(_LANGUAGES)),
        reliability=draw(_RELIABILITIES),
    )
    content = f"{source.type} {source.reliability} {source.language} {source}"
    return evolve(source, id=SourceName(f"made-up-{sha256(content.encode()).hexdigest()[:12]}"))


@cache
def voices(attestation: Attestation | None = None) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Draw every set of voices for and against (also the empty set), all in one example source.

    Faster than `evidence`, for tests that depend only on who speaks.
    """
    sets = [some for level in Attestation for some in voice_sets()[level]]
    wanted = sets if attestation is None else voice_sets()[attestation]
    return st.sampled_from(sorted(wanted, key=len))


@cache
def _voiced(attestation: Attestation) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Draw non-empty sets of voices, mostly small ones."""
    sets = [some for some in voice_sets()[attestation] if some]
    return st.sampled_from([some for some in sets if len(some) <= FEW]) | st.sampled_from(sets)


@st.composite
def evidence(
    draw: st.DrawFn, attestation: Attestation | None = None, public_from: date = FIRST
) -> tuple[Evidence, ...]:
    """Draw one or more items that together give `attestation` (by default any).

    An item whose source was public more than three days after `public_from` may be recalled.
    """
    wanted = draw(_LEVELS) if attestation is None else attestation
    items = draw(_voiced(wanted))
    return tuple(_filled(draw, voice, public_from) for voice in draw(st.permutations(items)))


def _filled(draw: st.DrawFn, voice: Evidence, public_from: date) -> Evidence:
    source = draw(sources(public_from))
    late = (nearest_day(source.public.earliest) - public_from).days > SOON
    return evolve(
        voice,
        source=source,
        credibility=Credibility(draw(_CREDIBILITIES)),
        recalled=late and draw(st.booleans()),
        claim=draw(texts()),
    )
