"""The days of a brief: what changed in them, and where each country stood on the last of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from recognition_model.analysis.asked import last_days
from recognition_model.analysis.turns import Turns, changes
from recognition_model.core.countries import counted, in_prose
from recognition_model.core.scenario import Scenario
from recognition_model.core.windows import Window
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.engine.replay import replay as run
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.provenance import digest_of


@frozen(kw_only=True)
class BriefWindow:
    """The days of a brief, and what is known of them.

    `since` and `until` are its first and last day; `replays` are the countries as known then.
    """

    since: date
    until: date
    known_by: date | None
    scenarios: tuple[Scenario, ...]
    replays: tuple[Replay, ...]
    found: Turns

    @property
    def ends_with_data(self) -> bool:
        """Whether its last day is that of the data, and not the day that knowledge is cut to."""
        end = max(day for _, day in self.found.last_days)
        return self.until == end != self.known_by

    @property
    def of(self) -> str:
        """The countries for a sentence: `60 countries`, `Russia`."""
        one = len(self.replays) == 1
        return (
            in_prose(self.replays[0].country) if one else counted(r.country for r in self.replays)
        )


def window_of(
    scenarios: Sequence[Scenario],
    since: date,
    until: date | None = None,
    known_by: date | None = None,
    *,
    rules: RuleTable = RULES,
) -> BriefWindow:
    """Look at the days from `since` to `until`, or to the last day of the data if that is sooner.

    With `known_by` only what was public by that day counts. Raises `ValueError` without scenarios,
    for an organisation beside countries, for a window that ends before it begins, and for one that
    begins after the end of all data.
    """
    replays = [run(scenario, known_by=known_by, rules=rules) for scenario in scenarios]
    if not replays:
        raise ValueError("a brief needs at least one country")
    if len(replays) > 1 and len(of_countries(replays)) < len(replays):
        raise ValueError("a brief is about countries, or about one organisation")
    Window(since, until)  # refuse one that ends before it begins
    known = [one.known_by(known_by) if known_by else one for one in scenarios]
    end = max(day for _, day in last_days(known))
    if since > end:
        raise ValueError(f"the data end on {end}, before the first day of the brief, {since}")
    last = min(until or end, end)
    return BriefWindow(
        since=since,
        until=last,
        known_by=known_by,
        scenarios=tuple(scenarios),
        replays=tuple(replays),
        found=changes(scenarios, since, last, known_by=known_by, rules=rules),
    )


def brief_digest(window: BriefWindow) -> str:
    """Return the digest of what a brief says: the changes, and where all stand.

    The names of files are not part of it.
    """
    told = window.found.to_dict()
    lists = [
        {name: value for name, value in turn.items() if name != "file"}
        for turn in [*told["happened"], *told["became_known"]]
    ]
    stand = {r.country: r.history.on(window.until).to_dict() for r in window.replays}
    return digest_of(json.dumps({"changes": lists, "stand": stand}, ensure_ascii=False))
