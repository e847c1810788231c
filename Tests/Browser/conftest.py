"""Browser tests of a running demo region: EPOM_DEMO names its demo.json, EPOM_SCREENS where pictures go."""

import json
import os
import pathlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCREENS = pathlib.Path(os.environ.get("EPOM_SCREENS", ROOT / "var/screens"))
WIDTHS = {"phone": 360, "desktop": 1280}


class Demo:
    """The addresses and accounts of the demo region."""

    def __init__(self, path):
        self.data = json.loads(pathlib.Path(path).read_text())
        self.region = self.data["region"]["url"]

    def tenant(self, code):
        return next(t for t in self.data["tenants"] if t["code"] == code)

    def url(self, code):
        return self.tenant(code)["url"]

    def account(self, role, code=""):
        return next(
            a for a in self.data["accounts"] if a["role"] == role and (not code or a["tenant"].endswith(code))
        )


@pytest.fixture(scope="session")
def demo():
    return Demo(os.environ.get("EPOM_DEMO", ROOT / "var/demo.json"))


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def scripted(request):
    return request.param


@pytest.fixture
def new_page(browser):
    """Makes pages in contexts of their own, so that two people are two browsers."""
    contexts = []

    def make(width=1280, scripts=True, dark=False, state=None):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="cs-CZ",
            storage_state=state,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.scripted = scripts
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda message: page.errors.append(message.text) if message.type == "error" and "422" not in message.text and "401" not in message.text
            and "409" not in message.text and "404" not in message.text and "410" not in message.text else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def states():
    """Who signed in once need not do so for every test."""
    return {}


@pytest.fixture
def office(new_page, demo, states):
    """Somebody of an office, signed in; a clerk of Dětřichov where nothing else is said."""
    def make(role="clerk", code="546607", **options):
        page = new_page(state=states.get((role, code)), **options)
        if (role, code) not in states:
            sign_in(page, demo, demo.account(role, code), demo.url(code))
            states[role, code] = page.context.storage_state()
        return page

    return make


def sign_in(page, demo, account, url):
    """Signs in at an office by way of the region, as a person does."""
    page.goto(f"{url}/prihlaseni?zpet=%2F")
    page.get_by_label("E-mail").fill(account["email"])
    page.get_by_label("Heslo").fill(account["password"])
    page.get_by_role("button", name="Přihlásit se").click()
    # By way of the region's answer and the office's; only then is it the page that was asked for.
    page.wait_for_url(lambda now: now.startswith(f"{url}/") and "/prihlaseni" not in now)
    page.wait_for_load_state()


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def look(page, name):
    """Takes pictures of a page at both widths, and refuses what a person could not use."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    for label, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENS / f"{name}-{label}{'' if page.scripted else '-noscript'}.png", full_page=True)
        if not page.scripted:
            continue
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name}: {wider} px wider than a {label}"
    page.set_viewport_size(size)
    assert page.locator("h1").count() == 1, f"{name}: one h1"
    # The checks are scripts themselves; the page with scripts is the same page.
    if not page.scripted:
        return
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, f"{name}:\n{results.generate_report()}"
    assert page.errors == [], f"{name}: {page.errors}"
