"""Made-up replays to draw, and the texts of a figure with their positions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from iso3166 import countries
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import recognition_model as rm
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.organisations import kind_of
from recognition_model.plots import LAYOUTS, Layout, Picture, picture
from recognition_model.plots.page import DPI, style

Seen = Sequence[tuple[Text, Bbox]]
CODES = [country.alpha3 for country in countries]
YEARBOOK = rm.Source(
    id="yearbook",
    type=SourceType.REPORT,
    publisher="Yearbook",
    title="A made-up source",
    issued=rm.When.parse("1997-01-01"),
    language="en",
    reliability=Reliability.USUALLY_RELIABLE,
)
OFFICIAL = rm.Evidence(source=YEARBOOK, voice=rm.Voice.HOST, credibility=2, claim="Made up.")
PRESS = rm.Evidence(source=YEARBOOK, voice=rm.Voice.PRESS, credibility=3, claim="Made up.")


def act(word: str, day: str, *evidence: rm.Evidence) -> rm.ActStep:
    """An act on the host's word, unless told otherwise."""
    return rm.ActStep(act=rm.Act(word), date=rm.When.parse(day), evidence=evidence or (OFFICIAL,))


def record(
    *steps: rm.Step,
    country: str = "FJI",
    begins: str = "2021-08-15",
    until: str = "2025-06-30",
    stage: rm.Stage = rm.Stage.HOSTILE,
    known_by: str | None = None,
    reviewed: str | None = None,
) -> rm.Replay:
    """A made-up record, replayed."""
    scenario = rm.Scenario(
        country=country,
        kind=kind_of(country),
        title="A made-up record",
        start=rm.Start(
            stage=stage, ban=rm.Ban.NONE, date=rm.When.parse(begins), assumed="Made up."
        ),
        documented_until=date.fromisoformat(until),
        reviewed=reviewed and date.fromisoformat(reviewed),
        timeline=steps,
    )
    return rm.replay(scenario, known_by=known_by)


def five(*steps: rm.Step, **options: str) -> list[rm.Replay]:
    """The same made-up record for five countries: the fewest that a share takes."""
    return [record(*steps, country=code, **options) for code in CODES[:5]]  # type: ignore[arg-type]


def enough(kind: str, *replays: rm.Replay) -> list[rm.Replay]:
    """Some replays, as many more as the kind needs, and a change for a picture of changes."""
    if kind in ("network", "timeline", "time-to-stage"):
        return [*replays, record(act("engage", "2022-01-01"), country="NOR", begins="2020-01-01")]
    return [*replays, *five()[len(replays) : {"share": 5, "compare": 2}.get(kind, 0)]]


def refused(word: str, when: str = "2023-05-01") -> rm.RefuseStep:
    """An act that the press alone tells of."""
    return rm.RefuseStep(
        refuse=rm.Act(word), because="not-attested", date=rm.When.parse(when), evidence=(PRESS,)
    )


def status(when: str, **said: object) -> rm.StatusStep:
    """A status that the press reports."""
    return rm.StatusStep(
        status=rm.core.scenario.Assertion(**said), date=rm.When.parse(when), evidence=(PRESS,)
    )


def doubtful() -> rm.Replay:
    """An ambassador accepted some day of 2025, in a record that ends on 1 April of that year."""
    return record(act("engage", "2022-01-01"), act("accept_ambassador", "2025"), until="2025-04-01")


def restless(changes: int, country: str = "FJI") -> rm.Replay:
    """Dealings begun and broken off again and again, at uneven distances."""
    day = date(2021, 9, 1)
    steps = []
    for at in range(changes):
        steps.append(act("break_off" if at % 2 else "engage", day.isoformat()))
        day += timedelta(days=3 + at * 7 % 40)
    return record(*steps, country=country, until=(day + timedelta(days=60)).isoformat())


def crowd(size: int) -> list[rm.Replay]:
    """Many countries with different histories; beyond 249 the codes come again."""
    paths = [
        [("engage", 20)],
        [("ban", 0), ("engage", 90), ("delist", 400), ("accept_ambassador", 90), ("recognise", 60)],
        [("engage", 30), ("accept_ambassador", 500), ("downgrade", 200)],
        [],
    ]
    replays = []
    for at in range(size):
        day = date(2021, 9, 1) + timedelta(days=at * 13 % 300)
        steps = []
        for word, wait in paths[at % len(paths)]:
            day += timedelta(days=wait)
            steps.append(act(word, f"{day:%Y-%m}" if at % 3 == 1 else f"{day}"))
        until = (day + timedelta(days=100 + at * 29 % 400)).isoformat()
        replays.append(record(*steps, country=CODES[at % len(CODES)], until=until))
    return replays


def seen(figure: Figure) -> Seen:
    """Every text that a reader sees, with its box in pixels."""
    figure.set_dpi(DPI)
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        boxes = {text: Text.get_window_extent(text, renderer) for text in figure.findobj(Text)}
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    return [
        (text, boxes[text])
        for text in texts
        if text.axes is None or text.axes.axison or text in text.axes.texts
    ]


def outside(figure: Figure, texts: Seen) -> list[str]:
    """Texts that do not stand wholly on the page."""
    page = figure.bbox
    return [
        text.get_text()
        for text, box in texts
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]


def overlapping(texts: Seen) -> list[tuple[str, str]]:
    """Pairs of texts of which one covers the other, a point of touching allowed."""
    return [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(texts, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]


def smallest(texts: Seen) -> float:
    """The smallest letters on a page, in points."""
    return min(float(text.get_fontsize()) for text, _ in texts)


def readable(figures: Sequence[Figure], least: float = 7) -> None:
    """Nothing off the page, nothing covered, nothing smaller than so many points."""
    for figure in figures:
        texts = seen(figure)  # a drawing of the whole page: once
        assert not outside(figure, texts), outside(figure, texts)
        assert not overlapping(texts), overlapping(texts)
        assert smallest(texts) >= least


def legible(figures: Sequence[Figure]) -> None:
    """Readable with letters of 5.5 points or more, on pages 160 mm wide."""
    readable(figures, 5.5)
    for figure in figures:
        assert round(figure.get_figwidth() * 25.4, 6) == 160


def fits(figures: Sequence[Figure], layout: Layout) -> None:
    """Readable with letters as large as the layout's, on pages of its width."""
    readable(figures, layout.font_size - 1e-9)
    for figure in figures:
        assert round(figure.get_figwidth() * 25.4, 6) == layout.width


def legible_in(layout: str, kind: str, replays: Sequence[rm.Replay], **options: object) -> Picture:
    """Draw a picture on the page of a layout; it is legible there, with letters of its size."""
    page = LAYOUTS[layout]
    shown = picture(kind, replays, layout=page, **options)
    fits(shown.figures(), page)
    return shown
