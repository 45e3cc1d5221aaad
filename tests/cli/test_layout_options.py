"""Options of `plot` about the page: size, letters, title, caption, sources."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from support.fixtures import Run

SVG = "{http://www.w3.org/2000/svg}"
MM = 72 / 25.4  # points in a millimetre


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run


def _drawn(run: Run, *options: str) -> ET.Element:
    done = run("plot", "history", "BGR", *options, "-o", "drawn.svg")
    assert (done.code, done.err) == (0, "")
    return ET.parse("drawn.svg").getroot()


def _size(root: ET.Element) -> list[float]:
    """Width and height in mm, from the box of the drawing."""
    return [float(part) / MM for part in (root.get("viewBox") or "").split()[2:]]


def _words(root: ET.Element) -> str:
    return " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("target", "width"), [("page", 160), ("column", 89), ("slide", 338.6), ("web", 160)]
)
def test_each_layout_has_its_width(run: Run, target: str, width: float) -> None:
    assert _size(_drawn(run, "--for", target))[0] == pytest.approx(width, abs=0.1)


def test_help_gives_the_unit_of_each_measure(run: Run) -> None:
    words = run("plot", "--help").out.split()
    measures = {"--width": "MM", "--height": "MM", "--font-size": "PT", "--dpi": "N"}
    assert {name: words[words.index(name) + 1] for name in measures} == measures


def test_slide_is_16_to_9_with_one_line_instead_of_caption_and_sources(run: Run) -> None:
    root = _drawn(run, "--for", "slide")
    wide, high = _size(root)
    assert wide / high == pytest.approx(16 / 9, abs=0.001)
    assert "recognition_model" in _words(root)
    assert "CC-BY-4.0" not in _words(root)


def test_picture_for_the_web_takes_the_width_of_its_column(run: Run) -> None:
    root = _drawn(run, "--for", "web")
    assert (root.get("width"), root.get("height")) == ("100%", None)


def test_width_height_and_letters_are_as_asked(run: Run) -> None:
    root = _drawn(run, "--width", "120", "--height", "140", "--font-size", "6")
    assert _size(root) == pytest.approx([120, 140], abs=0.1)
    assert "6px" in ET.tostring(root, encoding="unicode")


def test_png_has_the_dots_per_inch_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("plot", "history", "BGR", "--dpi", "100", "-o", "drawn.png").code == 0
    data = (tmp_path / "drawn.png").read_bytes()
    assert struct.unpack(">I", data[16:20])[0] == 629  # 160 / 25.4 * 100 = 629.9


def test_title_of_the_user_replaces_the_finding(run: Run) -> None:
    root = _drawn(run, "--title", "Bulgaria waits")
    assert "Bulgaria waits" in _words(root)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Bulgaria waits"


def test_caption_is_short_unless_asked_for(run: Run) -> None:
    short, full, none = (
        _words(_drawn(run, "--caption", wanted)) for wanted in ("short", "full", "none")
    )
    assert _words(_drawn(run)) == short
    assert len(full) > len(short)
    assert "recognition_model" in short
    assert "recognition_model" not in none


def test_sources_are_left_out_on_request(run: Run) -> None:
    with_sources = _words(_drawn_of(run, "KAZ"))
    without = _words(_drawn_of(run, "KAZ", "--no-sources"))
    assert len(without) < len(with_sources)


def _drawn_of(run: Run, country: str, *options: str) -> ET.Element:
    assert run("plot", "history", country, *options, "-o", "drawn.svg").code == 0
    return ET.parse("drawn.svg").getroot()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("history", "BGR", "--dpi", "300", "-o", "x.svg"), "--dpi is for .png"),
        (("history", "BGR", "--for", "web", "-o", "x.png"), "--for web draws an .svg, not a .png"),
        (("history", "BGR", "--title", " ", "-o", "x.svg"), "--title is empty"),
        (("history", "BGR", "--title", "a\u8ba4", "-o", "x.png"), "no letter for '\u8ba4'"),
        (("swimmer", "--no-sources", "-o", "x.svg"), "it lists none"),
        (("history", "BGR", "--height", "35", "-o", "x.svg"), "too low for this picture"),
        (("history", "BGR", "--width", "41", "-o", "x.svg"), "too narrow for this picture"),
        (("rules", "--width", "45", "-o", "x.svg"), "too narrow for this picture, which needs"),
        (("network", "--width", "45", "-o", "x.svg"), "too narrow for this picture, which needs"),
        (("history", "BGR", "--width", "20", "-o", "x.svg"), "--width"),
        (("history", "BGR", "--for", "poster", "-o", "x.svg"), "'poster'"),
    ],
)
def test_option_that_cannot_be_followed_is_refused_without_a_file(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = run("plot", *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in " ".join(done.err.split())
    assert list(tmp_path.iterdir()) == []
