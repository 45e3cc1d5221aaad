"""The preview of a site: what is saved is read again, and only pages that it changes are made."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fixtures import Story
from support.previewed import ENGAGED, LINE, WRONG, edit, reading_of, two_countries

from recognition_model.report.preview import pages as making
from recognition_model.report.preview.findings_box import dressed
from recognition_model.report.preview.pages import SitePages
from recognition_model.report.preview.reading import Reading, State
from recognition_model.report.site.plan import site_of

# --- reading again --------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, story: Story) -> Path:
    """A folder with the records of Fiji and Chile, and a register."""
    return two_countries(tmp_path / "record", story)


@pytest.fixture
def reading(files: Path) -> Reading:
    return reading_of(files)


def again(reading: Reading) -> list[State]:
    changed = reading.changed()
    return list(reading.again(changed)) if changed else []


def days(reading: Reading) -> dict[str, str]:
    """The first date of each country."""
    return {one.country: one.timeline[0].date.text for one in reading.state.folder.all_scenarios}


def test_nothing_changes_while_no_file_does(reading: Reading) -> None:
    assert reading.changed() == frozenset()
    assert days(reading) == {"CHL": "2022-05-11", "FJI": "2022-05-11"}


def test_saved_file_is_read_again(reading: Reading, files: Path) -> None:
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    (state,) = again(reading)  # once: reading everything gives the same
    assert days(reading) == {"CHL": "2022-05-11", "FJI": "2022-05-12"}
    assert (state.findings, state.stale) == ((), {})
    assert reading.changed() == frozenset()


def test_file_replaced_by_another_with_the_same_name_is_read_again(
    reading: Reading, files: Path
) -> None:
    """Editors write a new file and rename it."""
    new = files / ".FJI.yaml.draft"
    shutil.copy(files / "FJI.yaml", new)
    edit(new, "2022-05-11", "2022-05-12")
    was = (files / "FJI.yaml").stat()
    os.utime(new, ns=(was.st_atime_ns, was.st_mtime_ns))
    new.rename(files / "FJI.yaml")
    again(reading)
    assert days(reading)["FJI"] == "2022-05-12"


def test_broken_file_keeps_the_last_scenario_and_gives_its_findings(
    reading: Reading, files: Path
) -> None:
    edit(files / "FJI.yaml", "act: engage", "act: engag")
    states = again(reading)
    assert days(reading)["FJI"] == "2022-05-11"
    for state in states:
        assert dict(state.stale) == {"FJI": str(files / "FJI.yaml")}
        (found,) = state.findings
        assert (found.place.line, found.hint) == (LINE, "did you mean engage?")
    edit(files / "FJI.yaml", "act: engag", "act: engage")
    again(reading)
    assert (reading.state.findings, dict(reading.state.stale)) == ((), {})


def test_deleted_file_takes_its_country_away(reading: Reading, files: Path) -> None:
    (files / "FJI.yaml").unlink()
    again(reading)
    assert days(reading) == {"CHL": "2022-05-11"}


def test_new_file_adds_its_country(reading: Reading, files: Path, story: Story) -> None:
    (files / "NZL.yaml").write_text(story(ENGAGED, country="NZL"), encoding="utf-8")
    again(reading)
    assert [*days(reading)] == ["CHL", "FJI", "NZL"]


def test_change_of_the_register_is_read_too(reading: Reading, files: Path) -> None:
    edit(files / "sources.yaml", "An example that looks back", "Another title")
    again(reading)
    (fiji,) = (one for one in reading.state.folder.scenarios if one.country == "FJI")
    assert [item.source.title for item in fiji.evidence] == ["Another title"]


def test_broken_register_keeps_all_scenarios(reading: Reading, files: Path) -> None:
    edit(files / "sources.yaml", "type: book", "type: boook")
    again(reading)
    assert [*days(reading)] == ["CHL", "FJI"]
    assert any("boook" in found.message for found in reading.state.findings)


def test_file_about_another_country_takes_the_first_away(
    reading: Reading, files: Path, story: Story
) -> None:
    (files / "FJI.yaml").write_text(story(ENGAGED, country="PER"), encoding="utf-8")
    again(reading)
    assert "FJI" not in days(reading)


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The countries whose pages are made, in order."""
    codes: list[str] = []
    real = making.country_files

    def noted(site: object, code: str) -> dict[str, bytes]:
        codes.append(code)
        return real(site, code)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "country_files", noted)
    return codes


@pytest.fixture
def pages(reading: Reading) -> SitePages:
    return SitePages(reading, site_of)


@pytest.fixture
def kept(pages: SitePages) -> Iterator[SitePages]:
    """The same pages, kept up to date."""
    keeper = threading.Thread(target=pages.keep, args=(lambda _: None,), daemon=True)
    keeper.start()
    yield pages
    pages.ended.set()
    keeper.join()


def text_of(page: bytes | None) -> str:
    assert page is not None
    return page.decode()


def box_of(page: str) -> str:
    """The box of a page with its findings."""
    return page[page.index('<aside id="preview"') : page.index("</aside>")]


def digest(pages: SitePages, path: str) -> str:
    found = re.search(r'data-was="([0-9a-f]+)"', text_of(pages.file(path)))
    assert found
    return found[1]


def test_page_of_a_country_is_that_of_the_site_but_for_the_preview(
    pages: SitePages, reading: Reading
) -> None:
    plain = making.country_files(site_of(reading.state.folder), "FJI")["FJI.html"].decode()
    shown = text_of(pages.file("FJI.html"))
    shown = re.sub(r'<link rel="stylesheet" href="-/.*\n<script src="-/.*\n', "", shown)
    shown = re.sub(r'(?s)<aside id="preview".*?</aside>\n', "", shown)
    assert shown.replace("connect-src 'self'; ", "") == plain
    assert "connect-src" not in plain


def test_only_the_page_of_the_changed_country_is_made_again(
    pages: SitePages, reading: Reading, files: Path, made: list[str]
) -> None:
    before = [pages.file("FJI.html"), pages.file("CHL.html")]
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    for state in again(reading):
        pages._show(state)
    after = [pages.file("FJI.html"), pages.file("CHL.html")]
    assert (before[0] == after[0], before[1] == after[1]) == (False, True)
    assert made == ["FJI", "CHL", "FJI"]
    assert "2022-05-12" in text_of(after[0])


def test_saved_change_is_shown_within_a_second_of_a_quiet_machine(
    kept: SitePages, files: Path
) -> None:
    was = digest(kept, "FJI.html")
    began = time.monotonic()
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    assert kept.state("FJI.html", was, 10) != was
    assert time.monotonic() - began < 5  # where many tests run at once
    assert "2022-05-12" in text_of(kept.file("FJI.html"))


def test_change_saved_after_another_is_shown_too(kept: SitePages, files: Path) -> None:
    for name in ("FJI", "CHL"):
        was = digest(kept, f"{name}.html")
        edit(files / f"{name}.yaml", "2022-05-11", "2022-05-12")
        assert kept.state(f"{name}.html", was, 10) != was


def test_page_that_does_not_change_stays_open(kept: SitePages, files: Path) -> None:
    was = digest(kept, "CHL.html")
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    assert kept.state("CHL.html", was, 0.8) == was


def test_index_follows_a_change_of_any_country(kept: SitePages, files: Path) -> None:
    was = digest(kept, "index.html")
    edit(files / "FJI.yaml", "2022-05-11", "2022-05-12")
    assert kept.state("index.html", was, 10) != was


def test_findings_stand_on_the_page_of_their_country_with_line_and_hint(
    kept: SitePages, files: Path
) -> None:
    was = digest(kept, "FJI.html")
    edit(files / "FJI.yaml", "act: engage", "act: engag")
    kept.state("FJI.html", was, 10)
    page = text_of(kept.file("FJI.html"))
    box = box_of(page)
    for part in (
        "FJI.yaml</bdi> cannot be used as it is now.",
        "This page shows the last version that could be read.",
        "<code>RM204</code>",
        "FJI.yaml, line 7",
        "7 |   - act: engag",
        "did you mean engage?",
    ):
        assert part in box
    assert "2022-05-11" in page  # the page itself is the last good one
    other = text_of(kept.file("CHL.html"))
    assert 'Errors in other files: <a href="FJI.html">Fiji</a> (1).' in other


def test_country_that_could_never_be_read_has_a_page_with_its_findings(
    files: Path, story: Story
) -> None:
    (files / "NZL.yaml").write_text(story(WRONG, country="NZL"), encoding="utf-8")
    pages = SitePages(reading_of(files), site_of)
    page = text_of(pages.file("NZL.html"))
    assert "No version of it could be read yet." in page
    assert "did you mean engage?" in page
    assert pages.file("PER.html") is None


def test_folder_without_a_usable_file_is_shown_with_its_findings(files: Path) -> None:
    for code in ("FJI", "CHL"):
        edit(files / f"{code}.yaml", "act: engage", "act: engag")
    pages = SitePages(reading_of(files), site_of)
    page = text_of(pages.file("index.html"))
    assert "There is nothing to show yet" in page
    assert '<a href="CHL.html">Chile</a> (1), <a href="FJI.html">Fiji</a> (1)' in page


@pytest.mark.parametrize(
    "path", ['x"><h1>injected</h1>.html', "PER.html", "embed/history-PER.html", "x/index.html"]
)
def test_folder_without_a_usable_file_has_no_page_of_another_name(files: Path, path: str) -> None:
    for code in ("FJI", "CHL"):
        edit(files / f"{code}.yaml", "act: engage", "act: engag")
    pages = SitePages(reading_of(files), site_of)
    assert pages.file(path) is None
    assert pages.state(path, "", 0) == "gone"


def test_path_of_a_page_is_escaped_in_it(pages: SitePages) -> None:
    page = dressed(b"<head></head>", 'x"><h1>y.html', pages._found, was=b"")
    assert b'data-page="x&quot;&gt;&lt;h1&gt;y.html"' in page


def test_warnings_of_a_file_stand_on_its_page(pages: SitePages) -> None:
    """One source alone, recalled later: `replay` warns of it too."""
    page = text_of(pages.file("FJI.html"))
    box = box_of(page)
    assert '<strong class="warning">warning</strong>' in box
    assert "cannot be used" not in box


def test_hostile_text_in_a_file_is_shown_as_text(kept: SitePages, files: Path) -> None:
    was = digest(kept, "FJI.html")
    edit(files / "FJI.yaml", "act: engage", 'act: "</code><script>alert(1)</script>"')
    kept.state("FJI.html", was, 10)
    page = text_of(kept.file("FJI.html"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_page_of_figures_says_that_there_are_none(pages: SitePages) -> None:
    assert "svg" not in re.findall(
        r'href="figures/[^"]*\.([a-z]+)"', text_of(pages.file("figures.html"))
    )
    assert pages.file("figures/page/history-FJI.svg") is None


def test_files_of_the_preview_are_only_in_the_preview(pages: SitePages, reading: Reading) -> None:
    assert b"location.reload" in (pages.file("-/preview.js") or b"")
    assert b"#preview" in (pages.file("-/preview.css") or b"")
    assert pages.file("-/page.js") is None
    assert not any(
        b"location.reload" in data
        for make in making.shared_groups(site_of(reading.state.folder)).values()
        for data in make().values()
    )
