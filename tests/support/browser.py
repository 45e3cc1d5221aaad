"""Pages opened in a real browser, and what they show: for the tests of the report in one.

Debian's Chromium, driven by Playwright. Where there is none these tests fail in CI, and are skipped
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import field, frozen

WIDE, NARROW = 1280, 320
ATTACKS = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</script><script>alert(2)</script>",
    "' onfocus='alert(3)' autofocus='",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>",
)
HOSTILE = " ".join(ATTACKS)


@frozen
class Opened:
    """A page, and all that it said or asked for: console, errors, dialogs, addresses."""

    page: Any
    said: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)


@contextmanager
def visited(
    browser: Any, address: str, width: int = WIDE, height: int = 900, **options: Any
) -> Iterator[Opened]:
    """Open the page of an address, and write down what it says and asks for."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    found = Opened(context.new_page())

    def dismissed(dialog: Any) -> None:
        found.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    found.page.on("console", lambda line: found.said.append(line.text))
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.on("dialog", dismissed)
    found.page.on("request", lambda request: found.asked.append(request.url))
    found.page.goto(address)
    yield found
    context.close()


def opener(browser: Any, path: Path) -> Callable[..., Any]:
    """Return what opens a page of the disk at a width, perhaps at a fragment of its address."""

    def opened(width: int = WIDE, fragment: str = "", **options: Any) -> Any:
        return visited(browser, path.as_uri() + fragment, width, **options)

    return opened


READ = """() => Object.fromEntries([...document.querySelectorAll("#table tbody tr")].map((row) => {
    const text = (name) => row.querySelector("." + name).textContent.replace(/ *\\[\\d+\\]/, "");
    const names = ["words", "ban", "since", "who", "until"];
    const told = names.map((name) => [name, text(name).trim()]);
    told.push(["basis", row.querySelector(".chip")?.classList[2] ?? ""]);
    const why = [...row.querySelectorAll(".why:not([hidden]) a")];
    told.push(["why", why.map((a) => a.getAttribute("href") + " " + a.textContent).join("; ")]);
    return [row.dataset.country, Object.fromEntries(told)];
}))"""


def cells(page: Any) -> dict[str, dict[str, str]]:
    """The table of countries as it is shown, by country; footnote marks left out."""
    return dict(page.evaluate(READ))


def assert_accessible(opened: Opened) -> None:
    """Fail if axe finds a fault in the page as it is shown."""
    # Every rule is run; of a rule that passes axe describes one element, not thousands.
    axe = import_module("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(opened.page, options={"resultTypes": ["violations"]}).response
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20
