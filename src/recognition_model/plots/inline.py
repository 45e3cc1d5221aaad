"""A picture's SVG made ready to be put into a page.

A page with a strict content policy blocks `style`, so that matplotlib's styles become presentation
attributes. Every id gets a prefix, because ids are unique in a page. Links get a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from types import MappingProxyType
from xml.etree import ElementTree as ET

from recognition_model.plots.picture_files import DECIMALS, hundredths

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_ID = re.compile(r"url\(#([^)\"']+)\)")
_ROUNDED = ("d", "x", "y", "width", "height", "transform", "points", "viewBox", "stroke-width")
_STROKE = re.compile(r"M (-?[\d.]+) (-?[\d.]+)\s+L (-?[\d.]+) (-?[\d.]+)\s")
_MANY = 4  # strokes of a hatching, at least
_NO_TURN = re.compile(r"rotate\(-?0(?:\.0+)?(?: [^)]*)?\)")
_RULE = re.compile(r"\*\s*\{([^}]*)\}")
_FONT = re.compile(r"(?P<before>(?:[a-z0-9-]+ )*)(?P<size>[\d.]+px)(?:/[\d.]+)? (?P<family>.+)")
_STYLES = frozenset({"italic", "oblique"})
_FAMILY = "font-family"
_INHERITED = frozenset(
    {
        "clip-path",
        "fill",
        "fill-opacity",
        "font-size",
        "font-weight",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
    }
)
"""Attributes that mean the same on a group as on each of its parts."""
_DROPPED = ("metadata", "style")


def inline_svg(
    svg: str, *, prefix: str, words: Mapping[str, str] = _NO_WORDS, described_by: str = ""
) -> str:
    """Return the `svg` element of a picture for a page.

    `prefix` begins every id. `words` are the names of links by their address: each link gets its
    name as a title, and is reached by the Tab key. With `described_by`, the id of an element of the
    page that says what the picture shows, the picture has no description itself.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own SVG
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    for pattern in root.iter(f"{_SVG}pattern"):
        _shrink(pattern)
    for rule in root.iter(f"{_SVG}style"):
        for name, value in _declarations(_RULE.sub(r"\1", rule.text or "")):
            root.set(name, value)
    _clean(root)
    _say_family_once(root)
    links = [one for one in root.iter(f"{_SVG}a") if one.get("href")]
    for link in links:
        _name(link, words.get(link.get("href", ""), ""))
    _describe(root, prefix, described_by, with_links=bool(links))
    names = _short_names(root, prefix)
    return "".join(_written(_rebuilt(root, names)[0]))


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """Yield the presentation attributes that say what a style says."""
    for part in style.split(";"):
        name, _, value = (text.strip() for text in part.partition(":"))
        if name == "font" and (font := _FONT.fullmatch(value)):
            for word in font["before"].split():
                yield ("font-style" if word in _STYLES else "font-weight"), word
            yield from (("font-size", font["size"]), (_FAMILY, font["family"]))
        elif name:
            yield name, value


def _clean(parent: ET.Element) -> None:
    """Drop what a page does not need, and turn styles into presentation attributes."""
    for one in list(parent):
        if one.tag.removeprefix(_SVG) in _DROPPED:
            parent.remove(one)
    for name, value in _declarations(parent.attrib.pop("style", "")):
        parent.set(name, value)
    if (href := parent.attrib.pop(f"{_XLINK}href", None)) is not None:
        parent.set("href", href)
    parent.attrib.pop("target", None)  # matplotlib opens links in a window of their own
    for name in _ROUNDED:
        if name in parent.attrib:
            parent.set(name, DECIMALS.sub(hundredths, parent.attrib[name]))
    if (turn := parent.get("transform")) and not (rest := _NO_TURN.sub("", turn).strip()):
        del parent.attrib["transform"]
    elif turn:
        parent.set("transform", rest)
    if (path := parent.get("d")) is not None:
        parent.set("d", _short_path(path))
    for one in parent:
        _clean(one)


def _short_path(path: str) -> str:
    """Write a path in few letters: only what changes from point to point."""
    parts = re.split(r"\s*([A-Za-z])\s*", " ".join(path.split()))
    told, before, here = [], "", ["", ""]
    for letter, numbers in zip(parts[1::2], parts[2::2], strict=True):
        point = numbers.split(" ")
        command = letter
        if letter == "L" and point[0] == here[0]:
            command, numbers = "V", point[1]
        elif letter == "L" and point[1] == here[1]:
            command, numbers = "H", point[0]
        follows = command == before or (command == "L" and before == "M")
        told.append(f"{' ' if follows else command}{numbers}")
        before, here = command, point[-2:]
    return "".join(told).strip()


def _shrink(pattern: ET.Element) -> None:
    """Take as little of a hatching as repeats: its lines are as far apart as they shift it."""
    ground, lines = pattern.find(f"{_SVG}rect"), pattern.find(f"{_SVG}path")
    strokes = _STROKE.findall(lines.get("d", "")) if lines is not None else []
    ends = [tuple(map(float, stroke)) for stroke in strokes]
    slopes = {(y1 - y0) / (x1 - x0) for x0, y0, x1, y1 in ends if x1 != x0}
    if ground is None or lines is None or len(ends) < _MANY or len(slopes) != 1:
        return
    (slope,) = slopes
    levels = sorted(y0 - slope * x0 for x0, y0, _, _ in ends)
    steps = {round(b - a, 6) for a, b in pairwise(levels)}
    if abs(slope) != 1 or len(steps) != 1 or levels[0] % (step := steps.pop()):
        return
    for one, wide in ((pattern, step), (ground, step + 1)):
        one.set("width", f"{wide:g}")
        one.set("height", f"{wide:g}")
    begin, end = -step, 2 * step
    drawn = (
        f"M {begin:g} {level + slope * begin:g} L {end:g} {level + slope * end:g}"
        for level in (-step, 0, step, 2 * step)
    )
    lines.set("d", " ".join(drawn))


def _name(link: ET.Element, words: str) -> None:
    if words:
        title = ET.Element(f"{_SVG}title")
        title.text = words
        link.insert(0, title)


def _say_family_once(root: ET.Element) -> None:
    families = [family for one in root.iter(f"{_SVG}text") if (family := one.get(_FAMILY))]
    if not families:
        return
    root.set(_FAMILY, families[0])
    for one in root.iter(f"{_SVG}text"):
        if one.get(_FAMILY) == families[0]:
            del one.attrib[_FAMILY]


def _describe(root: ET.Element, prefix: str, described_by: str, *, with_links: bool) -> None:
    """Let the title name the picture. Links in an image would be hidden from screen readers."""
    root.set("role", "group" if with_links else "img")
    title, desc = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
    if title is not None:
        title.set("id", "title")
        root.set("aria-labelledby", f"{prefix}-title")
    if desc is not None and described_by:
        root.remove(desc)
        root.set("aria-describedby", described_by)
    elif desc is not None:
        desc.set("id", "desc")
        root.set("aria-describedby", f"{prefix}-desc")


def _short_names(root: ET.Element, prefix: str) -> Mapping[str, str]:
    """Give each id that something refers to a new name; the others are dropped."""
    used = dict.fromkeys(name for one in root.iter() for name in _references(one))
    short = {name: f"{prefix}-{at}" for at, name in enumerate(used)}
    return {**short, "title": f"{prefix}-title", "desc": f"{prefix}-desc"}


def _references(one: ET.Element) -> Iterator[str]:
    for name, value in one.attrib.items():
        if name == "href" and one.tag != f"{_SVG}a":
            yield value.removeprefix("#")
        else:
            yield from _ID.findall(value)


def _rebuilt(one: ET.Element, names: Mapping[str, str]) -> list[ET.Element]:
    """Rename ids, dissolve groups that say nothing, and say once what neighbours share."""
    told = ET.Element(one.tag.removeprefix(_SVG), dict(_attributes(one, names)))
    told.text = (one.text or "").strip()
    parts = [new for part in one for new in _rebuilt(part, names)]
    if told.tag == "g" and not told.attrib:
        return parts
    told.extend(_shared(parts))
    return [told]


def _attributes(one: ET.Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in one.attrib.items():
        if name == "id":
            if value in names:
                yield name, names[value]
        elif name == "href" and one.tag != f"{_SVG}a":
            yield name, f"#{names[value.removeprefix('#')]}"
        else:
            yield name, _ID.sub(lambda found: f"url(#{names[found[1]]})", value)


def _shared(parts: Sequence[ET.Element]) -> Iterator[ET.Element]:
    """Put neighbours with the same look into one group, which has the look."""
    for look, run in groupby(parts, key=_look):
        together = list(run)
        if len(together) == 1 or not look:
            yield from together
            continue
        group = ET.Element("g", dict(look))
        for one in together:
            for name, _ in look:
                del one.attrib[name]
        group.extend(together)
        yield group


def _look(one: ET.Element) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in one.attrib.items() if name in _INHERITED)


def _written(one: ET.Element) -> Iterator[str]:
    yield f"<{one.tag}"
    yield from (f' {name}="{escape(value)}"' for name, value in one.attrib.items())
    if not one.text and not len(one):
        yield "/>"
        return
    yield f">{escape(one.text or '', quote=False)}"
    for part in one:
        yield from _written(part)
    yield f"</{one.tag}>"
