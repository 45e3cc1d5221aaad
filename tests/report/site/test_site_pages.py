"""The pages of a site: what is in them, where their links lead, and that bytes stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from attrs import evolve
from support.paths import ROOT
from support.site_links import PAGES_OF_ALL, Read, broken_links, read

import recognition_model as rm
from recognition_model.analysis.register import cited_sources
from recognition_model.core.anchors import entry_anchors, source_anchor
from recognition_model.core.countries import name_of
from recognition_model.report.site.build import country_files, key_of, shared_files, site_files
from recognition_model.report.site.plan import Site, address_of, site_of


@pytest.fixture(scope="session")
def parsed(built: Mapping[str, bytes]) -> Mapping[str, Read]:
    return {path: read(data) for path, data in built.items() if path.endswith(".html")}


def test_site_has_a_page_for_each_country_and_the_pages_of_all(
    built: Mapping[str, bytes], site: Site
) -> None:
    pages = {path for path in built if path.endswith(".html") and "/" not in path}
    assert pages == {*PAGES_OF_ALL, *(f"{code}.html" for code in site.codes)}
    assert {f"embed/history-{code}.html" for code in site.codes} <= built.keys()


def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(
    built: Mapping[str, bytes], site: Site
) -> None:
    checked, broken = broken_links(built, site.codes)
    assert not broken
    assert checked > 2000


def test_no_id_comes_twice_in_a_page(parsed: Mapping[str, Read]) -> None:
    for path, page in parsed.items():
        assert len(set(page.ids)) == len(page.ids), path


def test_rows_of_entries_and_sources_have_the_names_that_last(
    parsed: Mapping[str, Read], site: Site
) -> None:
    for replay in site.replays:
        ids = set(parsed[f"{replay.country}.html"].ids)
        assert set(entry_anchors(replay.scenario).values()) <= ids
        cited = {source_anchor(item.source.id) for item in replay.scenario.evidence}
        assert cited <= ids
        assert cited <= set(parsed["sources.html"].ids)
    assert "RUS/2025-07-03/recognise" in parsed["RUS.html"].ids


def test_every_page_has_the_policy_one_heading_and_a_title(parsed: Mapping[str, Read]) -> None:
    for path, page in parsed.items():
        policies = [
            one["content"]
            for one in page.all("meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(policies) == 1, path
        assert policies[0].startswith("default-src 'none'; "), path
        assert "unsafe" not in policies[0], path
        assert len(page.all("h1")) == 1, path
        assert len(page.all("title")) >= 1, path
        assert not [found for _, found in page.elements if "style" in found], path
        assert not [key for _, found in page.elements for key in found if key.startswith("on")]


def test_no_page_loads_anything_from_outside(parsed: Mapping[str, Read]) -> None:
    for path, page in parsed.items():
        loaded: list[str] = []
        for name, found in page.elements:
            if name in ("script", "img", "iframe", "source", "image") or (
                name == "link" and found.get("rel") in ("stylesheet", "icon")
            ):
                loaded += [found[key] for key in ("src", "href", "xlink:href") if key in found]
        outside = [one for one in loaded if urlsplit(one).scheme not in ("", "data")]
        assert not outside, path


def test_country_page_leads_to_the_countries_before_and_after_by_name(
    parsed: Mapping[str, Read], site: Site
) -> None:
    codes = sorted((c for c in site.codes if c != "EUE"), key=name_of)
    for before, code, after in zip([None, *codes], codes, [*codes[1:], "EUE"], strict=False):
        told = {one["rel"]: one["href"] for one in parsed[f"{code}.html"].all("a") if "rel" in one}
        assert told.get("next") == f"{after}.html"
        assert told.get("prev") == (f"{before}.html" if before else None)


def test_country_page_cites_its_record_with_digest_and_release(
    built: Mapping[str, bytes], site: Site
) -> None:
    page = built["RUS.html"].decode()
    edition = rm.edition_of([site.of_code["RUS"]])
    cited = page[page.index('<section id="cite">') :]
    assert edition.record in cited
    assert f"Data release {edition.release} of {edition.day}" in cited
    assert "@dataset{recognition-record-RUS," in page


def test_sources_page_links_to_every_entry_that_cites_a_source(
    built: Mapping[str, bytes], site: Site
) -> None:
    page = built["sources.html"].decode()
    for one in cited_sources(site.folder, country="RUS"):
        begin = page.index(f'<li id="{source_anchor(one.source.id)}">')
        row = page[begin : page.index("</li>", begin)]
        dates = {
            step.date.text
            for step in site.of_code["RUS"].scenario.timeline
            if any(item.source.id == one.source.id for item in step.evidence)
        }
        linked = set(re.findall(r'href="RUS\.html#RUS/([^/"]+)/', row))
        assert dates <= linked, one.source.id


def test_signals_page_counts_the_uses_of_a_word(built: Mapping[str, bytes], site: Site) -> None:
    steps = [step for one in site.replays for step in one.scenario.timeline]
    visits = sum(isinstance(step, rm.SignalStep) and step.signal == "visit_made" for step in steps)
    assert visits > 5
    told = json.loads(built["signals.json"])["signals"]
    assert {one["word"]: one["uses"] for one in told}["visit_made"] == visits
    row = (
        built["signals.html"]
        .decode()
        .partition('<tr id="signal-visit_made">')[2]
        .partition("</tr>")[0]
    )
    assert f"<td>{visits}<" in row


def test_data_of_each_page_stand_beside_it_in_their_format(
    built: Mapping[str, bytes], parsed: Mapping[str, Read]
) -> None:
    formats = {}
    for path, page in parsed.items():
        for one in page.all("link"):
            if one.get("type") == "application/json":
                data = json.loads(built[one["href"]])
                formats[path] = data["format"]
                assert data["page"] == path or path == "compare.html"
    assert formats["RUS.html"] == "recognition-site-country/1"
    assert {
        path: name for path, name in formats.items() if "/" not in path and path[0].islower()
    } == {
        "index.html": "recognition-site-index/1",
        "histories.html": "recognition-site-histories/1",
        "compare.html": "recognition-site-histories/1",
        "changes.html": "recognition-site-changes/1",
        "sources.html": "recognition-site-sources/1",
        "signals.html": "recognition-site-signals/1",
    }


def test_data_name_no_folder_of_the_machine(built: Mapping[str, bytes]) -> None:
    for path, data in built.items():
        if path.endswith(".json"):
            files = re.findall(r'"file": "([^"]*)"', data.decode())
            assert all("/" not in name and "\\" not in name for name in files), path


def test_known_by_holds_for_every_page() -> None:
    folder = rm.load_folder()
    early = site_of(folder, ["RUS", "CHN"], known_by=rm.When.parse("2024-05-28").earliest)
    files = {**shared_files(early), **country_files(early, "RUS")}
    for path, data in files.items():
        if path.endswith((".html", ".json", ".xml", "search-data.js")):
            assert b"2025-07-03/recognise" not in data, path
    assert b"as known by 2024-05-28" in files["RUS.html"]
    assert json.loads(files["changes.json"])["corrections"] == []


def test_search_library_is_the_file_of_its_package_with_its_licence(
    built: Mapping[str, bytes],
) -> None:
    tool = (ROOT / "tools" / "get_minisearch.py").read_text(encoding="utf-8")
    assert f'SCRIPT = "{sha256(built["minisearch.js"]).hexdigest()}"' in tool
    assert b"Permission is hereby granted" in built["minisearch.LICENSE.txt"]


# --- the same bytes ------------------------------------------------------------------------------


def test_several_processes_make_the_same_files_as_one(
    site: Site, built: Mapping[str, bytes]
) -> None:
    assert dict(site_files(evolve(site), figures="none", workers=2)) == built


def test_change_in_one_country_changes_its_pages_and_those_of_all_alone(
    site: Site, built: Mapping[str, bytes]
) -> None:
    russia = site.of_code["RUS"].scenario
    step = evolve(russia.timeline[0], note="Another note.")
    changed = evolve(russia, timeline=(step, *russia.timeline[1:]))
    folder = evolve(
        site.folder,
        scenarios=tuple(changed if one.country == "RUS" else one for one in site.folder.scenarios),
    )
    other = site_of(folder, site.codes)
    now = dict(site_files(other, figures="none", workers=1))
    differ = {path for path, data in now.items() if built[path] != data}
    assert {"RUS.html", "RUS.json", "index.html"} <= differ
    assert not {path for path in differ if path[:3].isupper()} - {"RUS.html", "RUS.json"}
    assert "style.css" not in differ
    same = [code for code in site.codes if key_of(site, code) == key_of(other, code)]
    assert same == [code for code in site.codes if code != "RUS"]


# --- addresses -----------------------------------------------------------------------------------


def test_address_gives_sitemap_canonical_links_and_full_links_in_the_feed(site: Site) -> None:
    files = {
        **shared_files(evolve(site, address=address_of("https://example.org/taliban"))),
    }
    told = files["sitemap.xml"].decode()
    assert "<loc>https://example.org/taliban/RUS.html</loc>" in told
    assert "<loc>https://example.org/taliban/sources.html</loc>" in told
    assert "404" not in told
    assert b'<link rel="canonical" href="https://example.org/taliban/">' in files["index.html"]
    assert b'href="https://example.org/taliban/RUS.html#RUS/' in files["changes.xml"]


def test_missing_page_finds_style_and_pages_from_any_path_below_the_address(site: Site) -> None:
    address = "https://example.org/taliban/"
    made = shared_files(evolve(site, address=address))
    found = read(made["404.html"])
    local = [
        value
        for _, given in found.elements
        for key, value in given.items()
        if key in ("href", "src") and not value.startswith("#")
    ]
    assert f"{address}style.css" in local
    assert f"{address}sources.html" in local
    assert all(one.startswith(address) for one in local)


def test_site_without_news_has_no_feed_and_links_to_none(site: Site) -> None:
    russia = evolve(site.of_code["RUS"].scenario, timeline=())
    silent = site_of(rm.Folder(scenarios=(russia,)))
    files = dict(site_files(silent, figures="none", workers=1))
    assert "changes.xml" not in files
    assert not [path for path, data in files.items() if b"changes.xml" in data]
    assert b"No entry has a source" in files["changes.html"]


def test_site_for_any_place_has_no_sitemap_and_no_full_address(built: Mapping[str, bytes]) -> None:
    assert "sitemap.xml" not in built
    assert b"canonical" not in built["index.html"]


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://x.example/?a=1",
        "https://x.example/#a",
        "javascript:alert(1)",
        'https://x.example/"><script>',
        "https://x.example/a b",
    ],
)
def test_address_that_is_no_folder_on_the_web_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not the address"):
        address_of(address)


def test_site_of_nothing_and_of_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one country"):
        site_of(rm.Folder())
    with pytest.raises(ValueError, match="not in the record: FJI"):
        site_of(rm.load_folder(), ["FJI"])
