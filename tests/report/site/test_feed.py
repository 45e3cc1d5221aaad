"""The feed: valid Atom, dated by the record, with names that last."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from attrs import evolve
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.report.site.build import shared_files
from recognition_model.report.site.feed import MOST, atom, name_for, site_map
from recognition_model.report.site.news import newest_first, news_of
from recognition_model.report.site.plan import Site, site_of

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")


def parsed(feed: bytes) -> ET.Element:
    return ET.fromstring(feed)


def test_feed_has_what_atom_requires(built: Mapping[str, bytes]) -> None:
    feed = parsed(built["changes.xml"])
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    assert 50 < len(entries) <= MOST
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert entry.findtext(ATOM + name)
        UUID(entry.findtext(f"{ATOM}id"))
        assert MOMENT.fullmatch(entry.findtext(f"{ATOM}updated") or "")
        assert [one.get("rel") for one in entry.findall(f"{ATOM}link")] == ["alternate"]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_feed_is_dated_by_its_newest_entry_and_sorted(built: Mapping[str, bytes]) -> None:
    feed = parsed(built["changes.xml"])
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]


def test_entry_of_the_feed_links_to_its_row(built: Mapping[str, bytes]) -> None:
    feed = parsed(built["changes.xml"])
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]
    assert "RUS.html#RUS/2025-07-03/recognise" in links


def test_name_of_an_entry_does_not_change_with_the_address_or_another_entry(site: Site) -> None:
    news = newest_first([one for replay in site.replays for one in news_of(replay)])
    here, there = parsed(atom(news)), parsed(atom(news[1:], address="https://x.example/"))
    names = [one.text for one in here.findall(f"{ATOM}entry/{ATOM}id")]
    assert names[1:] == [one.text for one in there.findall(f"{ATOM}entry/{ATOM}id")][: MOST - 1]
    # Worked out with another program: uuid5 of the namespace for URLs.
    assert name_for("RUS/2025-07-03/recognise") == "urn:uuid:d34d9cb2-6186-5767-8a3d-5c9f6bfa0008"


def test_entry_is_known_when_its_first_source_is_public(replay_of: ReplayOf) -> None:
    replay = replay_of(
        """
        - act: engage
          date: 2022-02-01
          evidence: [$host]
        """
    )
    (news,) = news_of(replay)
    published = replay.scenario.timeline[0].evidence[0].source.public
    assert news.known == published.latest
    assert news.title == "Russia: dealings begin (engaged), 2022-02-01"
    assert news.moves


def test_source_of_a_year_is_public_on_the_day_it_was_read(replay_of: ReplayOf) -> None:
    replay = replay_of("- {act: engage, date: 2022-02-01, evidence: [$host]}")
    step = replay.scenario.timeline[0]
    source = evolve(
        step.evidence[0].source,
        issued=rm.When.parse("2023"),
        public=rm.When.parse("2023"),
        seen=rm.When.parse("2023-03-05"),
    )
    step = evolve(step, evidence=(evolve(step.evidence[0], source=source),))
    (news,) = news_of(rm.replay(evolve(replay.scenario, timeline=(step,))))
    assert news.known == date(2023, 3, 5)


def test_entry_is_not_known_before_its_source_although_the_record_ends_sooner(
    replay_of: ReplayOf,
) -> None:
    replay = replay_of("- {act: engage, date: 2022-02-01, evidence: [$host]}")
    step = replay.scenario.timeline[0]
    source = evolve(step.evidence[0].source, public=rm.When.parse("2031-04-05"), seen=None)
    step = evolve(step, evidence=(evolve(step.evidence[0], source=source),))
    later = rm.replay(evolve(replay.scenario, timeline=(step,)))
    assert later.history.documented_until < date(2031, 4, 5)
    (news,) = news_of(later)
    assert news.known == date(2031, 4, 5)


def test_no_entry_of_the_record_is_known_before_a_source_for_it_was_public(
    shipped: Sequence[rm.Replay],
) -> None:
    for replay in shipped:
        for news in news_of(replay):
            step = replay.scenario.timeline[replay.numbers.index(news.number)]
            days = [
                min(day.latest for day in (item.source.public, item.source.seen) if day)
                for item in step.evidence
                if item.supports
            ]
            assert news.known >= min(days), news.title


def test_entry_that_only_a_denial_speaks_of_is_no_news(replay_of: ReplayOf) -> None:
    replay = replay_of("- {signal: visit, date: 2022-02-01, evidence: [$denial]}")
    assert list(news_of(replay)) == []


def test_feed_of_own_files_names_neither_our_authors_nor_our_licence(site: Site) -> None:
    news = newest_first(list(news_of(site.of_code["RUS"])))
    ours, own = parsed(atom(news)), parsed(atom(news, own=True))
    assert ours.findtext(f"{ATOM}rights") == "CC-BY-4.0"
    assert ours.findtext(f"{ATOM}author/{ATOM}name") == "recognition_model contributors"
    assert own.find(f"{ATOM}rights") is None
    assert own.findtext(f"{ATOM}author/{ATOM}name") == "Own files for recognition_model"


def test_feed_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        atom([])


def feed_id(site: Site) -> str:
    return parsed(shared_files(site)["changes.xml"]).findtext(f"{ATOM}id") or ""


def moved(site: Site, folder: Path) -> Site:
    """The site of the same record of Russia as a user's file in a folder, with another note."""
    russia = site.of_code["RUS"].scenario
    place = evolve(russia.place, file=str(folder / "RUS.yaml"))
    step = evolve(russia.timeline[0], note=f"Another note in {folder.name}.")
    other = evolve(russia, timeline=(step, *russia.timeline[1:]), place=place)
    return site_of(rm.Folder(scenarios=(other,)))


def test_feeds_of_two_users_have_different_names_that_last(site: Site, tmp_path: Path) -> None:
    one, other = moved(site, tmp_path / "one"), moved(site, tmp_path / "other")
    changed = moved(site, tmp_path / "x" / ".." / "one")
    assert feed_id(one) != feed_id(other)
    assert feed_id(one) == feed_id(changed)
    assert feed_id(one) not in (feed_id(site), name_for("feed"))


def test_feed_with_an_address_is_named_by_it(site: Site, tmp_path: Path) -> None:
    there = "https://x.example/"
    own = evolve(moved(site, tmp_path), address=there)
    assert feed_id(own) == feed_id(evolve(site, address=there)) == name_for(f"feed/{there}")


def test_hostile_text_stays_text_in_the_feed(site: Site) -> None:
    (one, *_) = news_of(site.of_code["RUS"])
    bad = evolve(one, note="]]><script>&\x00\u202e", what='<b x="">', anchor='"><a/>')
    feed = parsed(atom([bad]))
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == f'Russia: <b x="">, {one.date}'
    assert "]]><script>&<U+0000><U+202E>" in (feed.findtext(f"{ATOM}entry/{ATOM}summary") or "")


def test_site_map_escapes_its_addresses() -> None:
    told = ET.fromstring(site_map(["a&b.html"], "https://x.example/"))
    assert told[0][0].text == "https://x.example/a&b.html"
