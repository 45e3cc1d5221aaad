"""The beginning of a register's entry: made from an address, added without touching the rest."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.core.web_addresses import AddressError
from recognition_model.io.reader import Reader
from recognition_model.io.scaffold import new_register
from recognition_model.io.source_draft import (
    LEFT_OPEN,
    KnownSource,
    NotAppendable,
    add_source,
    addresses_in,
    new_register_with,
    new_source,
)
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import register_text

SEEN = date(2026, 1, 2)
PAGE = "https://www.example.org/politics/99"
OWN = """\
# My sources.
format: recognition-sources/1
sources:
  # The first of them.
  own-2024:
    type: report
    publisher: The Example
    title: A report of my own
    issued: 2024  # with a comment
    language: en
    reliability: C
    url: https://example.org/own
"""


@pytest.fixture(scope="module")
def known() -> Any:
    """Two sources from one host, of an outlet and of the outlet with its agency."""
    text = """\
format: recognition-sources/1
sources:
"""
    entry = """\
  wire-{day}:
    type: article-newspaper
    publisher: {publisher}
    title: An example
    issued: {day}
    language: {language}
    reliability: {grade}
    url: https://wire.example/{day}
"""
    rows = [
        ("2024-01-01", "The Wire (AFP)", "en", "B"),
        ("2024-01-02", "The Wire", "en", "B"),
        ("2024-01-03", "The Wire", "fr", "C"),
    ]
    for day, publisher, language, grade in rows:
        text += entry.format(day=day, publisher=publisher, language=language, grade=grade)
    return sources_of(text)


def sources_of(text: str) -> Any:
    reader = Reader(MappingProxyType({}))
    found = reader.sources(parse(text, "sources.yaml"))
    assert not reader.findings
    return found


def draft(url: str = PAGE, known: Any = MappingProxyType({}), **more: Any) -> Any:
    return new_source(url, SEEN, known, **more)


# --- what an address tells -----------------------------------------------------------------------


def test_unknown_host_gives_its_name_a_web_page_and_the_day_it_was_read() -> None:
    made = draft()
    assert yaml.safe_load(made.text()) == {
        "example-yyyy-mm-dd": {
            "type": "webpage",
            "publisher": "example.org",
            "title": None,
            "issued": None,
            "language": None,
            "url": PAGE,
            "reliability": None,
            "seen": SEEN,
        }
    }


def test_known_host_gives_publisher_type_and_name_of_its_sources(known: Any) -> None:
    made = draft("https://www.wire.example/new", known)
    (name, entry), *_ = yaml.safe_load(made.text()).items()
    assert name == "wire-yyyy-mm-dd"
    assert (entry["publisher"], entry["type"]) == ("The Wire", "article-newspaper")
    assert (entry["language"], entry["reliability"]) == (None, None)  # hints claim nothing
    assert "language:  # such as en; en in 2 of 3 from wire.example" in made.text()
    assert "reliability:  # A to F; B in 2 of 3 from wire.example" in made.text()


def test_day_in_the_address_names_the_entry_and_is_only_a_hint_for_the_date() -> None:
    made = draft("https://news.example.org/2025/07/03/talks")
    assert made.id == "example-2025-07-03"
    assert "issued:  # the date printed on it; the address has 2025-07-03\n" in made.text()
    assert draft("https://example.org/2025/13/40/talks").id == "example-yyyy-mm-dd"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://tass.com/x", "tass"),
        ("https://news.bbc.co.uk/x", "bbc"),
        ("https://mofa.gov.pk/x", "mofa"),
        ("https://www.oriental.ac.uk/x", "oriental"),
        ("https://talks.com.au/x", "talks"),
        ("https://talks.edu.au/x", "talks"),
        ("https://www.mofa.go.jp/x", "mofa"),
        ("https://talks.net.au/x", "talks"),
        ("https://talks.or.kr/x", "talks"),
        ("https://talks.org.uk/x", "talks"),
        ("https://m.rg.ru/x", "rg"),
        ("https://www.the-times.co.uk:8080/x", "the-times"),
        ("http://localhost/x", "localhost"),
        ("https://пример.рф/x", "source"),
    ],
)
def test_name_of_an_unknown_host_is_its_telling_label(url: str, name: str) -> None:
    assert draft(url).id == f"{name}-yyyy-mm-dd"


def test_taken_name_gets_a_number() -> None:
    own = {"example-yyyy-mm-dd": "", "example-yyyy-mm-dd-2": ""}
    assert draft(own=own).id == "example-yyyy-mm-dd-3"


def test_tracking_parameters_are_dropped_and_named_and_others_stay() -> None:
    made = draft(f"{PAGE}?utm_source=x&id=7&fbclid=y&page=2")
    assert made.url == f"{PAGE}?id=7&page=2"
    assert made.dropped == ("utm_source", "fbclid")
    assert draft(f"{PAGE}?gclid=1").url == PAGE


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org/x", "ftp://example.org/x", "https://", "https:///x", "https://[::1"),
        *("https://..", "https://./x", "https://a..b/x", "https://-/x", "https://?x", "https://#x"),
        *("https://example.org:port/x", "https://example.org:99999/x", "https://exa\\mple.org/x"),
    ],
)
def test_text_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(AddressError, match="not the address of a page"):
        draft(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/a b", r"U\+0020 \(space\): write it as %20"),
        ('https://example.org/"x"', r"U\+0022 \(quotation mark\): write it as %22"),
        ("https://example.org/<x", r"U\+003C \(less-than sign\): write it as %3C"),
        ("https://a b.org/x", r"U\+0020 \(space\): leave it out"),
        ("https://example.org/\u202ex", r"U\+202E \(right-to-left override\): leave it out"),
        ("https://example.org/\tx", r"U\+0009 \(control character\): leave it out"),
        (
            "https://example.org/" + "x" * 1_981,
            "the address has 2001 characters: write at most 2000",
        ),
    ],
)
def test_character_that_no_address_can_have_is_named(url: str, why: str) -> None:
    with pytest.raises(AddressError, match=why):
        draft(url)
    assert draft("https://example.org/" + "x" * 1_980).url.endswith("x")


@pytest.mark.parametrize("who", ["user:secret@", "user@", ":secret@", "@", "a@b:secret@"])
def test_password_in_an_address_is_neither_written_nor_repeated(who: str) -> None:
    for url in (f"https://{who}example.org/x", f"HTTPS://{who}example.org"):
        with pytest.raises(AddressError, match="a password stands before the host") as raised:
            draft(url)
        assert "secret" not in str(raised.value)
    assert draft("https://example.org/@user:x").url == "https://example.org/@user:x"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("HTTPS://Example.ORG/Path?Q=A#F", "https://example.org/Path?Q=A#F"),
        ("Http://EXAMPLE.org", "http://example.org"),
        ("https://Example.org:8080?Q", "https://example.org:8080?Q"),
        ("https://उदाहरण.भारत/x", "https://उदाहरण.भारत/x"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        ("https://example.org./x", "https://example.org./x"),
    ],
)
def test_scheme_and_host_are_written_in_small_letters_and_nothing_else(
    url: str, written: str
) -> None:
    assert draft(url).url == written


def test_address_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="a web address is a text, not 3"):
        draft(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("copy", "page"),
    [
        ("20240102030405/https://wire.example/2025/07/03/x", "https://wire.example/2025/07/03/x"),
        ("2024/http://Wire.example/x", "http://wire.example/x"),
        ("20240102030405if_/https:/wire.example/x", "https://wire.example/x"),
        ("20240102030405/https://wire.example/x?utm_source=y&id=1", "https://wire.example/x?id=1"),
    ],
)
def test_address_of_a_copy_gives_the_page_and_the_archive(known: Any, copy: str, page: str) -> None:
    made = draft(f"https://web.archive.org/web/{copy}", known)
    (name, entry), *_ = yaml.safe_load(made.text()).items()
    assert name.startswith("wire-")  # named by the page and not by the archive
    assert (entry["url"], entry["archive"]) == (page, f"https://web.archive.org/web/{copy}")
    assert (made.url, made.archive) == (page, entry["archive"])


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/*/https://wire.example/x",  # a list of copies
        "https://web.archive.org/web/20240102030405/wire.example/x",  # http or https is not told
        "https://example.org/web/20240102030405/https://wire.example/x",
        "https://example.org/x",
    ],
)
def test_other_addresses_are_those_of_pages(url: str) -> None:
    made = draft(url)
    assert (made.url, made.archive) == (url, "")
    assert "archive:" not in made.text()


def test_copy_of_a_known_page_is_named_by_its_source(known: Any) -> None:
    with pytest.raises(KnownSource, match="that is wire-2024-01-01"):
        draft("https://web.archive.org/web/2024/https://wire.example/2024-01-01", known)
    copy = "https://web.archive.org/web/2024/https://wire.example/new"
    with pytest.raises(KnownSource, match="that is own"):
        draft(copy, known, own={"own": copy})


def test_password_in_the_address_of_an_archived_page_is_refused() -> None:
    with pytest.raises(AddressError, match="a password stands before the host"):
        draft("https://web.archive.org/web/2024/https://user:secret@example.org/x")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "END"])
def test_register_of_comments_alone_keeps_them_above_its_first_entry(end: str, last: str) -> None:
    text = f"# Mine.{end}{end}# More.{end if last else ''}"
    added = add_source(text, draft())
    assert added.startswith(f"# Mine.{end}{end}# More.{end}format: recognition-sources/1{end}")
    assert added.count("\r\n") == (added.count("\n") if end == "\r\n" else 0)
    assert list(addresses_in(added, "sources.yaml").values()) == [PAGE]
    assert add_source("", draft()) == new_register_with(draft())


@pytest.mark.parametrize("text", ["# Mine.\n...\n", "~\n", "# Mine.\nnull\n"])
def test_register_of_comments_that_nothing_may_follow_is_left_alone(text: str) -> None:
    with pytest.raises((NotAppendable, rm.RecordError)):
        add_source(text, draft())


@pytest.mark.parametrize(
    "url",
    [
        "https://wire.example/2024-01-01",
        "http://www.wire.example/2024-01-01/",
        "https://WIRE.example/2024-01-01?utm_medium=mail#top",
    ],
)
def test_address_that_a_register_has_is_named_by_its_source(known: Any, url: str) -> None:
    with pytest.raises(KnownSource, match="that is wire-2024-01-01: cite that name"):
        draft(url, known)


def test_address_of_the_own_register_is_named_too(known: Any) -> None:
    with pytest.raises(KnownSource, match="that is own-2024"):
        draft("https://example.org/own", known, own=addresses_in(OWN, "sources.yaml"))


def test_addresses_that_differ_in_a_parameter_are_two() -> None:
    own = {"one": f"{PAGE}?id=1"}
    assert draft(f"{PAGE}?id=2", own=own).url == f"{PAGE}?id=2"


def test_shipped_register_is_asked_unless_another_is_given() -> None:
    with pytest.raises(KnownSource, match="that is tass-2022-01-31"):
        rm.new_source("https://tass.com/politics/1395377", SEEN)


# --- what reading says of it ---------------------------------------------------------------------


def test_reading_an_unfinished_entry_names_each_key_to_fill_in(tmp_path: Path, story: Any) -> None:
    (tmp_path / "FJI.yaml").write_text(story("[]", country="FJI"), encoding="utf-8")
    path = tmp_path / "sources.yaml"
    path.write_text(new_register_with(draft()), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = rm.load_folder(tmp_path).findings
    (named,) = [f for f in found if not f.is_error]
    found = [f for f in found if f.is_error]
    assert (named.code, named.hint) == (
        "RM306",
        "name it by its date, as in example-2021-08-27, here and wherever it is cited",
    )
    assert [f.code for f in found] == ["RM208"] * 4
    keys = [lines[f.place.line - 1].split(":")[0].strip() for f in found]
    assert sorted(keys) == sorted(LEFT_OPEN)


@pytest.mark.parametrize("number", ["", "-2"])
def test_address_of_an_entry_that_has_no_date_yet_is_not_to_be_cited_by_its_name(
    number: str,
) -> None:
    name = f"example-yyyy-mm-dd{number}"
    with pytest.raises(KnownSource) as caught:
        draft(own={name: PAGE})
    assert (
        str(caught.value) == f"the register has it already, as {name}: put its date into that name"
    )


def test_entry_is_asked_to_be_named_by_its_date_only_if_it_is_not() -> None:
    assert "# Name it by publisher and date" in draft().text()
    assert "Name it" not in draft("https://news.example.org/2025/07/03/talks").text()


def test_title_is_written_as_the_comment_above_it_says() -> None:
    for text in (draft().text(), new_register()):
        comments = " ".join(line.partition("# ")[2] for line in text.splitlines())
        (title,) = re.findall('Put brackets in quotes: ("[^"]*")', comments)
        assert yaml.safe_load(f"title: {title}") == {"title": "[Envoys meet]"}


def test_entry_that_is_filled_in_reads_without_a_finding(tmp_path: Path, story: Any) -> None:
    item = "{source: example-2024, voice: press, credibility: 2, claim: x}"
    timeline = f"- {{signal: visit, date: 2024, evidence: [{item}]}}"
    (tmp_path / "FJI.yaml").write_text(story(timeline, country="FJI"), encoding="utf-8")
    text = new_register_with(draft()).replace("yyyy-mm-dd", "2024")
    filled = {"title": "An example", "issued": "2024", "language": "en", "reliability": "B"}
    for key, value in filled.items():
        text = text.replace(f"    {key}:", f"    {key}: {value}")
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert folder.findings == ()
    source = folder.sources["example-2024"]
    assert (source.url, source.publisher, str(source.seen)) == (PAGE, "example.org", "2026-01-02")


# --- adding it to a register ---------------------------------------------------------------------


def test_entry_is_added_at_the_end_and_the_rest_stays_letter_by_letter() -> None:
    added = add_source(OWN, draft())
    assert added.startswith(OWN)
    assert list(yaml.safe_load(added)["sources"]) == ["own-2024", "example-yyyy-mm-dd"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (OWN.rstrip("\n"), OWN),
        (OWN.replace("\n", "\r\n"), OWN.replace("\n", "\r\n")),
        (OWN.replace("\n  ", "\n      "), OWN.replace("\n  ", "\n      ")),
        (OWN + "    # Of it.\n\n# The end.\n", OWN + "    # Of it.\n\n  # Name"),
        (OWN + "    note: |\n      text\n# no text\n", OWN + "    note: |\n      text\n\n  # Name"),
        ("format: recognition-sources/1\n", "format: recognition-sources/1\nsources:\n"),
        ("format: recognition-sources/1\nsources:\n", "format: recognition-sources/1\nsources:\n"),
        ("format: recognition-sources/1", "format: recognition-sources/1\nsources:\n"),
        ("format: recognition-sources/1\nsources: {} # none\n", "format: recog"),
        (new_register(), new_register().partition("sources: {}")[0]),
    ],
    ids=[
        "no end",
        "CRLF",
        "indented",
        "comment",
        "block",
        "no key",
        "no value",
        "bare",
        "braces",
        "starter",
    ],
)
def test_entry_is_added_to_a_register_of_any_layout(text: str, start: str) -> None:
    added = add_source(text, draft())
    assert added.startswith(start)
    old = yaml.safe_load(text).get("sources") or {}
    new = yaml.safe_load(added)["sources"]
    assert new == old | yaml.safe_load(draft().text())
    assert ("\r\n" in text) == ("\r\n" in added)
    assert added.count("\n") == added.count("\r\n") or "\r" not in added
    if "# none" in text:
        assert "# none" in added


def test_entries_go_above_the_guide_of_a_starter_which_stays_to_be_deleted() -> None:
    guide = new_register().partition("sources: {}\n")[2]
    once = add_source(new_register(), draft())
    assert once.endswith(guide)
    twice = add_source(once, draft(f"{PAGE}/more", own=addresses_in(once, "sources.yaml")))
    assert twice.endswith(guide)
    assert len(yaml.safe_load(twice.removesuffix(guide))["sources"]) == 2


def test_comment_in_a_block_of_text_is_no_comment_and_stays_above() -> None:
    text = OWN + "    note: |\n      text\n\n# no comment: 1\n"
    added = add_source(text.replace("\n# no", "\n      # no"), draft())
    assert "      text\n\n      # no comment: 1\n\n  # Name" in added


def test_two_entries_are_added_one_after_the_other() -> None:
    once = add_source(OWN, draft())
    names = addresses_in(once, "sources.yaml")
    twice = add_source(once, draft(f"{PAGE}/more", own=names))
    assert twice.startswith(once)
    assert list(addresses_in(twice, "sources.yaml").values()) == [
        "https://example.org/own",
        PAGE,
        f"{PAGE}/more",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("format: recognition-scenario/1\ncountry: FJI\n", "it is no register"),
        ("- one\n", "it is no register"),
        ("format: recognition-sources/1\nsources: {a: {title: x}}\n", "would not be one of"),
        ("sources:\n  a: {title: x}\nformat: recognition-sources/1\n", "would not be one of"),
        ("format: recognition-sources/1\nsources: {\n}\n", "write `sources: {}`"),
        ("format: recognition-sources/1\nsources: []\n", "would not be one of"),
        (OWN + "...\n", "would not be one of"),
    ],
)
def test_register_that_an_entry_cannot_be_added_to_is_left_alone(text: str, why: str) -> None:
    with pytest.raises(NotAppendable, match=why):
        add_source(text, draft())


@pytest.mark.parametrize("text", ["a: [\n", "format: recognition-sources/1\nsources:\n\tx: y\n"])
def test_text_that_is_no_yaml_gives_its_findings(text: str) -> None:
    with pytest.raises(rm.RecordError) as caught:
        add_source(text, draft())
    assert caught.value.findings


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sampled_from(["\n", ""]))
def test_entry_is_added_to_every_register_that_the_writer_writes(
    names: list[str], end: str
) -> None:
    whole = sources_of(OWN)["own-2024"]
    text = register_text(attrs.evolve(whole, id=name, url=None) for name in names)
    text = text.rstrip("\n") + end
    added = add_source(text, draft())
    assert added.startswith(text) or not names
    assert list(yaml.safe_load(added)["sources"]) == [*names, "example-yyyy-mm-dd"]
