"""The SVG of a picture, ready to be put into a page with a strict content policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest

import recognition_model as rm
from recognition_model.plots import PLOTS, picture
from recognition_model.plots.inline import inline_svg
from recognition_model.plots.kinds import KINDS

SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="20pt" height="10pt"
 viewBox="0 0 20 10.123456" xmlns="http://www.w3.org/2000/svg" version="1.1" role="img"
 aria-labelledby="picture-title picture-desc">
 <title id="picture-title">A &lt;b&gt; title</title><desc id="picture-desc">What it shows.</desc>
 <metadata id="recognition-stamp">{}</metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <g id="figure_1"><g id="patch_1">
  <path d="M 1.234567 2
L 3 2
L 3 4.5
L 1 5
z
" clip-path="url(#pab)" style="fill: #ffffff; opacity: 0.5"/></g>
  <g id="marks"><defs><path id="m1" d="M 0 0 L 1 1" style="stroke: #000000"/></defs>
   <a xlink:href="#RUS/2025-07-03/recognise" target="_blank">
    <use xlink:href="#m1" x="1" y="2" style="fill: #1a1a1a"/></a>
   <use xlink:href="#m1" x="2" y="2" style="fill: #1a1a1a"/>
   <use xlink:href="#m1" x="3" y="2" style="fill: #1a1a1a"/></g>
  <text style="font: 700 7px 'DejaVu Sans', Verdana" x="1" y="2"
   transform="rotate(-0 1 2)">a &amp; b</text></g>
 <defs><clipPath id="pab"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>
</svg>"""
HREF = "#RUS/2025-07-03/recognise"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def test_styles_become_presentation_attributes() -> None:
    svg = inline_svg(SVG, prefix="f1")
    root = parsed(svg)
    assert "style" not in svg
    assert root.get("stroke-linejoin") == "round"
    (text,) = root.iter("text")
    assert (text.get("font-weight"), text.get("font-size"), text.text) == ("700", "7px", "a & b")
    assert root.get("font-family") == "'DejaVu Sans', Verdana"
    assert svg.count("DejaVu Sans") == 1  # once for all texts
    assert text.get("transform") is None
    path = next(root.iter("path"))
    assert (path.get("fill"), path.get("opacity")) == ("#ffffff", "0.5")


def test_prolog_metadata_and_fixed_size_are_dropped() -> None:
    svg = inline_svg(SVG, prefix="f1")
    assert svg.startswith("<svg ")
    assert not re.search('metadata|DOCTYPE|xlink|width=.20|pt"|version', svg)
    assert parsed(svg).get("viewBox") == "0 0 20 10.12"


def test_paths_are_rounded_and_say_only_what_changes() -> None:
    assert next(parsed(inline_svg(SVG, prefix="f1")).iter("path")).get("d") == "M1.23 2H3V4.5L1 5z"


def test_every_id_has_the_prefix_and_every_reference_its_id() -> None:
    root = parsed(inline_svg(SVG, prefix="f1"))
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    assert all(str(name).startswith("f1-") for name in ids)
    used = {one.get("href", "")[1:] for one in root.iter("use")}
    used |= set(re.findall(r"url\(#([^)]*)\)", inline_svg(SVG, prefix="f1")))
    used |= {str(root.get("aria-labelledby")), str(root.get("aria-describedby"))}
    assert used == ids


def test_link_gets_its_words_as_title_and_makes_the_picture_a_group() -> None:
    root = parsed(inline_svg(SVG, prefix="f1", words={HREF: "3 July <b>"}))
    (link,) = root.iter("a")
    assert (link.attrib, link[0].tag, link[0].text) == ({"href": HREF}, "title", "3 July <b>")
    assert root.get("role") == "group"
    without = re.sub("<a [^>]*>|</a>", "", SVG)
    assert parsed(inline_svg(without, prefix="f1")).get("role") == "img"


def test_description_may_be_elsewhere_on_the_page() -> None:
    root = parsed(inline_svg(SVG, prefix="f1", described_by="words"))
    assert (root.find("desc"), root.get("aria-describedby")) == (None, "words")
    assert parsed(inline_svg(SVG, prefix="f1")).findtext("desc") == "What it shows."


def test_what_neighbours_share_is_said_once() -> None:
    root = parsed(inline_svg(SVG, prefix="f1"))
    together = [one for one in root.iter("g") if one.get("fill") == "#1a1a1a"]
    assert [[use.get("x") for use in group] for group in together] == [["2", "3"]]


@pytest.mark.parametrize("shift", [1, 2, 3])
@pytest.mark.parametrize("slope", [1, -1])
def test_hatching_keeps_its_lines_in_a_tile_as_large_as_one_step(shift: int, slope: int) -> None:
    # As matplotlib writes it: each line of a tile of 72 units is shifted along the other diagonal.
    lines = "".join(
        f"M {at - 36} {36 - slope * at}\nL {at + 36} {36 - slope * at + slope * 72}\n"
        for at in range(0, 73, shift)
    )
    pattern = (
        '<pattern id="h" width="72" height="72"><rect width="73" height="73" fill="#fff"/>'
        f'<path d="{lines}"/></pattern>'
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{pattern}</defs><g fill="url(#h)"/></svg>'
    (tile,) = parsed(inline_svg(svg, prefix="f")).iter("pattern")
    # Lines shifted by (1, -1) are two units apart on an axis.
    assert (tile.get("width"), tile.get("height")) == (str(2 * shift), str(2 * shift))
    (path,) = tile.iter("path")
    told = re.findall(r"M(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+)", path.get("d", ""))
    drawn = [[float(number) for number in line] for line in told]
    assert len(drawn) == 4
    for x, y, to_x, to_y in drawn:
        assert (to_y - y) / (to_x - x) == slope
        assert (y - slope * x - (36 + slope * 36)) % (2 * shift) == 0


def test_hatching_that_begins_between_two_steps_stays_as_it_is() -> None:
    lines = "".join(f"M {at + 0.5} {-at} L {at + 72.5} {72 - at}" for at in range(0, 73, 2))
    pattern = f'<pattern id="h" width="72" height="72"><rect/><path d="{lines}"/></pattern>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{pattern}</defs><g fill="url(#h)"/></svg>'
    (tile,) = parsed(inline_svg(svg, prefix="f")).iter("pattern")
    assert (tile.get("width"), tile.get("height")) == ("72", "72")


@pytest.mark.parametrize("kind", [kind for kind in PLOTS if kind != "rules"])
def test_every_kind_of_picture_can_be_put_into_a_page(
    shipped: Sequence[rm.Replay], kind: str
) -> None:
    replays = shipped
    if most := KINDS[kind].most:
        replays = [replay for replay in shipped if replay.country in ("CHN", "RUS")][-most:]
    options = {"against": replays[0]} if kind == "codings" else {}
    svg = inline_svg(picture(kind, replays, **options).svg(), prefix="f1")
    assert parsed(svg).find("title") is not None
    assert " style=" not in svg
    assert "<style" not in svg
    shown = set(re.findall(r"[a-z-]+(?==)", svg)) - {"href"}
    assert not shown & {"font", "image-rendering", "mix-blend-mode"}
