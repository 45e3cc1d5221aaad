"""Made-up sources and evidence, and names that must mean nothing in a record."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from hashlib import sha256

from attrs import evolve
from hypothesis import strategies as st

from recognition_model.analysis.model_checking import voice_sets
from recognition_model.core.dates import When
from recognition_model.core.evidence import Attestation, Evidence, Reliability, Source, SourceType
from recognition_model.core.stages import Act, Stage
from recognition_model.core.types import Credibility, LanguageTag, SourceName
from recognition_model.testing.date_strategies import FIRST

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
"""Names that mean something to the machine's library, to YAML, to a page or to a spreadsheet, and
must mean nothing in a record."""


def texts() -> st.SearchStrategy[str]:
    """Short texts as a person writes them, in any script, sharp names among them."""
    shown = st.characters(exclude_categories=("C", "Z"))
    words = st.text(shown, min_size=1, max_size=12) | st.sampled_from(SHARP_NAMES)
    return st.lists(words, min_size=1, max_size=4).map(" ".join)


@st.composite
def sources(draw: st.DrawFn, public_from: date = FIRST) -> Source:
    """Made-up sources, public on some day from one on. One name is always one source."""
    source = Source(
        type=draw(st.sampled_from(SourceType)),
        publisher=draw(texts()),
        title=draw(texts()),
        issued=When.of(draw(st.dates(public_from, public_from + timedelta(days=3650)))),
        language=LanguageTag(draw(st.sampled_from(["en", "ru", "prs", "zh-Hans"]))),
        reliability=draw(st.sampled_from(Reliability)),
    )
    told = f"{source.type} {source.reliability} {source.language} {source}"
    return evolve(source, id=SourceName(f"made-up-{sha256(told.encode()).hexdigest()[:12]}"))


@cache
def voices(attestation: Attestation | None = None) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Every set of voices for and against, none included, all in one example source.

    Lighter than `evidence`: for whoever asks only who is speaking.
    """
    sets = [some for level in Attestation for some in voice_sets()[level]]
    wanted = sets if attestation is None else voice_sets()[attestation]
    return st.sampled_from(sorted(wanted, key=len))


@cache
def _heard(attestation: Attestation) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Sets of voices with somebody in them, mostly of few."""
    sets = [some for some in voice_sets()[attestation] if some]
    return st.sampled_from([some for some in sets if len(some) <= FEW]) | st.sampled_from(sets)


@st.composite
def evidence(
    draw: st.DrawFn, attestation: Attestation | None = None, public_from: date = FIRST
) -> tuple[Evidence, ...]:
    """At least one item each, together amounting to `attestation`: to any, unless given."""
    wanted = draw(st.sampled_from(Attestation)) if attestation is None else attestation
    heard = draw(_heard(wanted))
    return tuple(
        evolve(
            voice,
            source=draw(sources(public_from)),
            credibility=Credibility(draw(st.integers(1, 6))),
            claim=draw(texts()),
        )
        for voice in draw(st.permutations(heard))
    )
