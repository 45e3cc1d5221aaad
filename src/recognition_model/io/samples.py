"""What a list of checked entries must hold of its samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from recognition_model.core.checks import Check, Sample
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.wording import did_you_mean, near_words, shown


def in_samples(checked: Iterable[Check], samples: Mapping[str, Sample]) -> Iterator[Finding]:
    """Find lines of unknown samples, entries that a sample has twice, and samples too large."""
    first: dict[tuple[str, str, str], Check] = {}
    counts = Counter[str]()
    for one in checked:
        if one.sample is None:
            continue
        if one.sample not in samples:
            hint = did_you_mean(near_words(one.sample, samples)) or "describe it in `samples:`"
            message = f"the sample {shown(one.sample)} is not described"
            yield finding("RM227", message, one.place, hint)
            continue
        other = first.setdefault((one.sample, one.country, one.drawn), one)
        if other is not one:
            message = f"the sample {one.sample} has {one.country} {one.entry} in line"
            hint = "remove the line that is wrong"
            yield finding("RM228", f"{message} {other.place.line} already", one.place, hint)
            continue
        counts[one.sample] += 1
        size = samples[one.sample].size
        if counts[one.sample] == size + 1:
            message = f"the sample {one.sample} has more entries than the {size} drawn"
            yield finding("RM229", message, one.place, "correct `size:`, or remove `sample:` here")
