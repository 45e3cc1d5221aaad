"""What was checked against the sources, in sentences."""

from __future__ import annotations

from recognition_model.analysis.checks import CheckCoverage, SampleChecks
from recognition_model.core.checks import CheckResult
from recognition_model.core.wording import plural

ERRORS = (
    "An error is an entry of which the date, what happened, the voice or a claim was wrong as it"
    " was drawn, whether it is corrected since or not. An entry that the page supports in part is"
    " not an error."
)
NOT_FOUND = (
    "An entry whose page could not be found again is neither right nor wrong, and is not in the"
    " rate"
)


def checks_in_words(checks: CheckCoverage) -> str:
    """Say how many changes and signals were checked, and how many checks lapsed."""
    changes, signals, entries = checks.changes, checks.signals, checks.entries
    sentences = [
        "Somebody other than the coder checked, as they stand now,"
        f" {changes.by_other} of {plural(changes.total, 'change', 'changes')} and"
        f" {signals.by_other} of {plural(signals.total, 'signal', 'signals')} against their"
        " sources."
    ]
    if changes.by_coder:
        sentences.append(
            f"The coder alone checked {plural(changes.by_coder, 'change', 'changes')}."
        )
    if entries.not_found:
        count = plural(entries.not_found, "entry", "entries")
        sentences.append(f"The page of {count} could not be found again.")
    if entries.wrong:
        count = plural(entries.wrong, "entry is", "entries are")
        sentences.append(f"{count} known to be wrong and not corrected yet.")
    if checks.lapsed:
        count = plural(len(checks.lapsed), "check has", "checks have")
        sentences.append(f"{count} lapsed: the entry was changed since.")
    return " ".join(sentences)


def sample_in_words(one: SampleChecks) -> str:
    """Say how a sample was drawn, what came of it, and how sure its error rate is."""
    sample, counts = one.sample, one.counts
    drawn = (
        f"{sample.size} of {sample.population} entries of {sample.record}, drawn on {sample.on} by"
        f" the seed {sample.seed}. Checked: {len(one.checks)}."
    )
    if one.bounds is None or not one.checks:
        return drawn
    results = ", ".join(f"{counts[result]} {result}" for result in CheckResult if counts[result])
    errors = plural(len(one.errors), "error", "errors")
    parts = [drawn, f"Results: {results}.", ERRORS]
    if one.rate is not None and one.interval is not None:
        low, high = map(share, one.interval)
        parts.append(
            f"{errors} in {one.decided} entries whose page was found: {share(one.rate)}"
            f" (95 % interval {low} to {high}, Wilson)."
        )
    low, high = map(share, one.bounds)
    bounds = (
        f"the rate over all {len(one.checks)} is {low} if those entries are all right and {high} if"
        " all are wrong"
    )
    parts.append(f"{NOT_FOUND}; {bounds if one.not_found else 'there was none'}.")
    return " ".join(parts)


def share(value: float) -> str:
    """Write a share in per cent with one decimal: `3.3 %`."""
    return f"{100 * value:.1f} %"
