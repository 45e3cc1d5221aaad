"""Web addresses: which text is the address of a page, and what of it tells the page."""

from __future__ import annotations

import pytest

from recognition_model.core.web_addresses import (
    AddressError,
    archived_page,
    comparable,
    day_in_path,
    host_of,
    page_address,
    without_tracking,
)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://mid.ru/ru/News?id=7#A", "https://mid.ru/ru/News?id=7#A"),
        (" HTTPS://MID.RU/ru/News ", "https://mid.ru/ru/News"),
        ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
        ("https://мид.рф/новости", "https://мид.рф/новости"),
    ],
)
def test_address_of_a_page_has_its_scheme_and_host_in_small_letters(
    written: str, address: str
) -> None:
    assert page_address(written) == address


@pytest.mark.parametrize(
    "text",
    [
        *("mid.ru/news", "ftp://mid.ru/news", "https://", "https:///news", "https://mid..ru/"),
        *("https://mid.ru:port/", "https://[2001:db8/", "https://-/", "https://.../"),
    ],
)
def test_text_that_is_no_address_of_a_page_is_named_in_the_error(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        page_address(text)
    assert str(caught.value) == (
        f"{text!r} is not the address of a page: write it whole, with https://"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "https://mid.ru/a b",
            "the address has a character that none can have, U+0020 (space): write it as %20",
        ),
        (
            "https://mi d.ru/",
            "the address has a character that none can have, U+0020 (space): leave it out",
        ),
        (
            "https://mid.ru/\u202ea",
            "the address has a character that none can have, U+202E (right-to-left override):"
            " leave it out",
        ),
        (
            "https://me:secret@mid.ru/",
            "a user's name or a password stands before the host: leave it out",
        ),
        (
            "https://mid.ru/" + "a" * 1986,
            "the address has 2001 characters: write at most 2000",
        ),
    ],
)
def test_address_that_cannot_stand_says_what_to_do_about_it(text: str, says: str) -> None:
    with pytest.raises(AddressError) as caught:
        page_address(text)
    assert str(caught.value) == says


@pytest.mark.parametrize(
    ("url", "kept", "dropped"),
    [
        ("https://a.org/?id=7&utm_source=x&p=2", "https://a.org/?id=7&p=2", ("utm_source",)),
        (
            "https://a.org/?UTM_Medium=x&fbclid=y#top",
            "https://a.org/#top",
            ("UTM_Medium", "fbclid"),
        ),
        ("https://a.org/?id=7&&p", "https://a.org/?id=7&&p", ()),
        ("https://A.org/?ref=x", "https://a.org/?ref=x", ()),
    ],
)
def test_only_parameters_that_track_readers_are_left_out_and_named(
    url: str, kept: str, dropped: tuple[str, ...]
) -> None:
    assert without_tracking(url) == (kept, dropped)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.mid.ru/ru/", "mid.ru"),
        ("https://m.mid.ru", "mid.ru"),
        ("https://www.mobile.mid.ru:443/", "mid.ru"),
        ("https://amp.mid.ru./", "mid.ru"),
        ("https://mid.www.ru/", "mid.www.ru"),
        ("mid.ru", ""),
        ("https://[2001:db8/", ""),
    ],
)
def test_host_is_named_without_its_front_and_a_last_dot(url: str, host: str) -> None:
    assert host_of(url) == host


def test_addresses_of_one_page_are_comparable() -> None:
    one = comparable("https://www.a.org/news/?b=2&a=1&utm_source=x")
    assert one == comparable("http://a.org/news?a=1&b=2#part") == ("a.org", "/news", ("a=1", "b=2"))
    assert comparable("https://a.org/#!/news") != comparable("https://a.org/#!/talks")
    assert comparable("no address") == ("no address", "", ())


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://web.archive.org/web/20250703120000/https://mid.ru/a", "https://mid.ru/a"),
        ("https://web.archive.org/web/2025id_/http:/mid.ru/a", "http://mid.ru/a"),
        ("https://web.archive.org/web/20250703/mid.ru", ""),
        ("https://mid.ru/web/20250703/https://mid.ru/a", ""),
    ],
)
def test_copy_in_the_archive_tells_its_page(url: str, page: str) -> None:
    assert archived_page(url) == page


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.org/2025/07/03/talks", "2025-07-03"),
        ("https://a.org/news-20250703.html", "2025-07-03"),
        ("https://a.org/2025-13-45/2025-07-03", "2025-07-03"),  # the first is no day
        ("https://a.org/120250703", ""),
        ("https://a.org/?d=2025-07-03", ""),
    ],
)
def test_day_is_read_from_the_path_alone(url: str, day: str) -> None:
    assert day_in_path(url) == day
