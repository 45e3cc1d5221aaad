"""Read a text that is not a date in our notation: a range, an open side, a set, a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from recognition_model.core.date_spans import NoSuchDay, Span, first_day, last_day, shift
from recognition_model.core.date_words import month_of, names_time, unit

LASTING = "for one day not known better, "
_IN_THAT_TIME = "for one day in that time, "
_ONE_MARK = "~ and ? may follow only a single date: "
_SIDES = {
    "before": r"before|prior to|earlier than|pre[- ]|<(?!=)",
    "until": r"by|until|till?|up to|not? later than|not after|on or before|at the latest|<=|≤",
    "after": r"after|later than|post[- ]|>(?!=)",
    "since": r"since|from|as of|not before|not? earlier than|on or after|starting|>=|≥",
}
_SIDE = {name: re.compile(rf"(?:{words}) ?(.+)") for name, words in _SIDES.items()}
_SIDE_BEHIND = {
    "until": re.compile(r"(.+?),? (?:or|and) (?:earlier|before)|(.+?),? at the latest"),
    "since": re.compile(
        r"(?:from )?(.+?)(?:,? (?:or|and) (?:later|after)|,? onwards?|,? at the earliest"
        r"|(?: to | ?- ?|\.\.|/)(?:present|now|today|date)|(?<!\d\d-\d\d) ?-)"
    ),
}
_ABOUT = re.compile(
    r"(?:c\.|ca\.|c(?=[ \d])|ca(?=[ \d])|circa|about|around|approx\.?(?=[ \d])|approximately"
    r"|roughly|near|(probably|possibly|perhaps|maybe|presumably|uncertain:?)) ?(.+)"
)
_ABOUT_BEHIND = re.compile(
    r"(.+?),? \(?(?:(\?|uncertain|doubtful|probably|perhaps|maybe)"
    r"|circa|approx\.?|approximately|or so)\)?"
)
_MARKED = re.compile(r"([~?%]*) ?([^~?%](?:.*[^~?% ])?) ?([~?%]*)")
_MARKED_INSIDE = re.compile(
    r"(\d{4})([~?%]*)-([~?%]*)(\d\d)([~?%]*)(?:-([~?%]*)(\d\d))?([~?%]*)", re.ASCII
)
_NO_DAY_YET = {"", "..", "open", "unknown", "*"}
_SPLITS = (
    (re.compile(r" ?\.\.+ ?"), ""),
    (re.compile(r" (?:and|or|&) "), ""),
    (re.compile(r" (?:to|until|till?|through|thru|up to) | - "), _IN_THAT_TIME),
    (re.compile(r" ?/ ?"), _IN_THAT_TIME),
    (re.compile(r" ?- ?"), _IN_THAT_TIME),
)
_EDTF_SIDE = re.compile(r"[\d~?%xuqhw.-]*|open|unknown", re.ASCII)
_ISO = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_WHOLE = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?(?!\d)|\d\d?([-/.])\d\d?\1\d{4}|\d{4}([/.])\d\d?\2\d\d?", re.ASCII
)
"""Dates in digits: no range is split within one."""
_YEAR_BEHIND = re.compile(r".*?([ /.,-]*\b\d{4})", re.ASCII)


def read(text: str) -> list[Span]:
    """Read a text in small letters; no reading if it says nothing clear. Raises `NoSuchDay`."""
    for reader in (unit, _in_brackets, _one_side, _about, _marked, _range):
        spans = reader(text)
        if spans:
            return spans
    return []


def read_impossible(text: str) -> list[Span]:
    """Read a text that has the form of our notation, though the calendar has no such date."""
    return _end(text) or _range(text, _SPLITS[:1])


def _end(text: str) -> list[Span]:
    """Read one end of a range."""
    return unit(text) or _marked(text) or _with_mark(_ABOUT.fullmatch(text), (2, 1), _end)


def _about(text: str) -> list[Span]:
    """Read `c. 2021`, `around August 2021`, `possibly 2021`, `2021 (?)`."""
    return _with_mark(_ABOUT.fullmatch(text), (2, 1), read) or _with_mark(
        _ABOUT_BEHIND.fullmatch(text), (1, 2), _end
    )


def _with_mark(
    match: re.Match[str] | None, groups: tuple[int, int], then: Callable[[str], list[Span]]
) -> list[Span]:
    if match is None:
        return []
    mark = "?" if match[groups[1]] else "~"
    return [_marked_with(span, mark) for span in then(match[groups[0]])]


def _marked_with(span: Span, mark: str) -> Span:
    marks = {*span.mark, *mark}
    both = "%" in marks or {"~", "?"} <= marks
    return span._replace(mark="%" if both else "".join(marks))


def _marked(text: str) -> list[Span]:
    """Read the marks of EDTF: `?2021`, `1984%`, `1984?~`, and within a date: `2004-06~-11`."""
    inside = _MARKED_INSIDE.fullmatch(text)
    if inside is not None:
        return _marked_inside(inside)
    match = _MARKED.fullmatch(text)
    marks = match[1] + match[3] if match else ""
    if match is None or not marks or match[2].endswith("-"):
        return []
    return [_marked_with(span, marks) for span in _end(match[2])]


def _marked_inside(match: re.Match[str]) -> list[Span]:
    """Cut a date behind its last part that is not approximate: what is finer says nothing."""
    year, by_year, before_month, month, by_month, before_day, day, behind = match.groups("")
    marks = by_year + before_month + by_month + before_day + behind
    rest = f"{year}-{month}-{day}" if day else f"{year}-{month}"
    if {"~", "%"} & {*by_year}:
        rest = year
    elif day and {"~", "%"} & {*before_month, *by_month}:
        rest = f"{year}-{month}"
    spans = unit(rest) if marks else []
    return [_marked_with(span, marks) for span in spans]


def _in_brackets(text: str) -> list[Span]:
    """Read the sets of EDTF as the interval that covers them: `[1667, 1670..1672]`."""
    match = re.fullmatch(r"[\[{(] ?(.+?) ?[\]})]", text)
    if match is None:
        return []
    whole = _end(match[1]) or _dotted(match[1])
    if whole:
        return whole
    parts = [_end(part) or _dotted(part) for part in re.split(" ?[,;] ?", match[1])]
    if any(len(spans) != 1 for spans in parts):
        return []
    known = [span.edges() for (span,) in parts]
    starts, ends = ([edge for edge in edges if edge] for edges in zip(*known, strict=True))
    start, end = min(starts, key=first_day, default=""), max(ends, key=last_day, default="")
    covering = Span(
        start if len(starts) == len(known) else "",
        end if len(ends) == len(known) else "",
        when="to cover them all",
    )
    return [covering] if covering.start or covering.end else []


def _dotted(text: str) -> list[Span]:
    return _range(text) if ".." in text else []


def _one_side(text: str) -> list[Span]:
    """Read `before 2021-09`, which ends with the month before, `by 2021-09`, `after`, `since`."""
    for behind, patterns in ((False, _SIDE), (True, _SIDE_BEHIND)):
        for side, pattern in patterns.items():
            match = pattern.fullmatch(text)
            if match is None:
                continue
            spans = _end(next(group for group in match.groups() if group))
            found = [_open(side, span) for span in spans]
            if found and all(span.start or span.end for span in found):
                return found
            if not behind:
                break
    return []


def _open(side: str, span: Span) -> Span:
    """Leave one side open. What is before a span with soft edges may lie in it."""
    start = span.start if span.vague or side == "since" else shift(span.end, 1)
    end = span.end if span.vague or side == "until" else shift(span.start, -1)
    if side in {"after", "since"}:
        return span._replace(start=start, end="", vague=False)
    return span._replace(start="", end=end, vague=False)


def _range(text: str, splits: Sequence[tuple[re.Pattern[str], str]] = _SPLITS) -> list[Span]:
    """Read `a - b`, `a to b`, `from a to b`, `between a and b`, `7-14 June 2021`, `a/b`."""
    text = re.sub(r"^(?:from|between|during) ", "", text)
    inside = {n for match in _WHOLE.finditer(text) for n in range(match.start() + 1, match.end())}
    impossible: NoSuchDay | None = None
    for pattern, intro in splits:
        for match in pattern.finditer(text):
            if match.start() in inside:
                continue
            one, other = text[: match.start()], text[match.end() :]
            separator = match[0].strip()
            try:
                spans = _joined(one, other, separator)
            except NoSuchDay as error:
                impossible = impossible or error
                continue
            if spans:
                edtf = separator == "/" and all(map(_EDTF_SIDE.fullmatch, (one, other)))
                marked = any(span.intro == _ONE_MARK for span in spans)
                said = LASTING if edtf else _ONE_MARK if marked else intro
                return [span._replace(intro=said) for span in spans]
    if impossible is not None:
        raise impossible
    return []


def _joined(one: str, other: str, separator: str) -> list[Span]:
    """Read a range from one text to the other; an empty one is open in EDTF."""
    if separator.startswith(("/", "..")):
        if one in _NO_DAY_YET and other not in _NO_DAY_YET:
            return [_open("until", span) for span in _end(other)]
        if other in _NO_DAY_YET and one not in _NO_DAY_YET:
            return [_open("since", span) for span in _end(one)]
    if {one[:1], one[-1:], other[:1], other[-1:]} & {"", "-", "/"}:
        return []
    if not names_time(one) or not names_time(other):
        return []
    in_turn = separator not in {"and", "or", "&"}
    for first, last, whole in _completed(one, other):
        starts = _end(first)
        ends = _end(last) if starts else []
        pairs = [_pair(a, b) for a in starts for b in ends if _agree(a, b)]
        forward = [span for span in pairs if not _is_reversed(span)]
        if forward:
            return forward
        if pairs and whole:
            turned = [_pair(b, a) for a in starts for b in ends if _agree(a, b)]
            return [span._replace(turned=in_turn) for span in turned if not _is_reversed(span)]
    return []


def _is_reversed(span: Span) -> bool:
    start, end = span.edges()
    return bool(start and end) and first_day(start) > last_day(end)


def _completed(one: str, other: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the two ends, with what one takes over from the other; last whether they were whole."""
    month_day = re.fullmatch(r"([a-z]{3,})\.? (\d\d?)(?:st|nd|rd|th)?", one, re.ASCII)
    day_year = re.fullmatch(r"(\d\d?)(?:st|nd|rd|th)?,? (\d{4})", other, re.ASCII)
    if month_day and day_year and month_of(month_day[1]):
        month, year = month_day[1], day_year[2]
        yield f"{month_day[2]} {month} {year}", f"{day_year[1]} {month} {year}", False
        return
    yield one, other, True
    if re.fullmatch(r"\d\d?(?:st|nd|rd|th)?\.?", one, re.ASCII):
        rest = re.sub(r"^\d\d?(?:st|nd|rd|th)?", "", other)
        if rest != other:
            yield one.rstrip(".") + rest, other, False
        return
    year = _YEAR_BEHIND.fullmatch(other)
    if year is not None and year[1] != other:
        yield one + year[1], other, False
        number = int(year[1][-4:]) - 1
        yield f"{one}{year[1][:-4]}{number:04}", other, False
    year = _YEAR_BEHIND.fullmatch(one)
    if year is not None and year[1] != one:
        yield one, other + year[1], False
    finer = re.fullmatch(r"(?!00)\d\d(-\d\d)?", other)
    if finer and _ISO.fullmatch(one) and len(other) < len(one) and other > one[-len(other) :]:
        yield one, one[: -len(other)] + other, False


def _agree(one: Span, other: Span) -> bool:
    """Whether two readings can hold together: a day comes first in both, or in none."""
    said = {span.when for span in (one, other)} - {""}
    return len({when for when in said if not when.startswith("(")}) <= 1


def _pair(one: Span, other: Span) -> Span:
    marks = {*one.mark, *other.mark}
    when = next((s.when for s in (one, other) if s.when and not s.when.startswith("(")), "")
    return Span(
        one.edges()[0] if one.mark else one.start,
        other.edges()[1] if other.mark else other.end,
        mark="?" if marks & {"?", "%"} else "",
        when=when,
        intro=_ONE_MARK if marks else "",
    )
