"""What a citizen does on a page, waited for by what the page shows."""

import datetime
import re
import time

VILLAGE = "546631"
TOWN = "564028"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def settle(page):
    """Waits until the questions on the page are those that the answers ask for."""
    page.locator("form[data-asks]").wait_for(state="detached")


def delay(page, milliseconds):
    """Every answer comes that late from now on."""
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def rule(page, answer):
    """Chooses an answer that brings other questions: with a script by itself, else by the button below."""
    if answer.is_checked():
        return
    if page.scripted:
        answer.check()
        settle(page)
    else:
        answer.check()
        page.get_by_role("button", name="Zobrazit otázky podle odpovědi").first.click()


def pattern(page, kind):
    """Chooses what the letter is: with a script its pattern comes by itself, else by the button beside."""
    box = page.get_by_label("Druh písemnosti")
    if page.scripted:
        with page.expect_navigation():
            box.select_option(kind)
    else:
        box.select_option(kind)
        press(page, "Vložit vzor")


def served(page, proof):
    """Writes down that the letter reached its addressee today; neither day nor proof is offered."""
    page.get_by_label("Doručeno (uloženo) dne").fill(datetime.date.today().isoformat())
    page.get_by_label("Doklad o doručení").fill(proof)
    press(page, "Zapsat doručení")


def choose_place(page, name, town):
    """Leaving the municipality brings its parts, with a script by itself."""
    box = page.locator(f'[id="{name}.obec"]')
    box.fill(town)
    if page.scripted:
        box.blur()
        settle(page)
    else:
        page.get_by_role("button", name="Nabídnout obce a jejich části").first.click()
    part = page.locator(f'[id="{name}.cast"]')
    if part.count():
        part.select_option(index=1)


def report_fault(page, demo, what="Nesvítí lampa"):
    page.goto(f"{demo.url(VILLAGE)}/formulare/zavada/vyplnit")
    page.locator('input[name="druh"][value="osvetleni"]').check()
    page.locator("#predmet").fill(what)
    choose_place(page, "misto", "Bílý Potok")
    page.locator("#upresneni").fill("u kostela")


def hand_in(page):
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    press(page, "Podat")
    page.wait_for_url("**/podani/**")
    return page.url


def code_and_secret(receipt):
    return re.search(r"/podani/([^/]+)/([^/?]+)", receipt).groups()


def until(page, text, address=None, seconds=15):
    """Reads the page again until it says so: what comes by message comes a little later."""
    end = time.monotonic() + seconds
    while text not in page.content():
        assert time.monotonic() < end, f"{page.url} never said {text}"
        page.wait_for_load_state("networkidle")
        page.goto(address or page.url)


def letter(page, demo, recipient, subject):
    """The link in the newest letter of the demo's post to this address."""
    found = page.locator("li", has_text=recipient).filter(has_text=subject).first
    end = time.monotonic() + 15
    while True:
        page.goto(f"{demo.region}/posta")
        if found.count():
            return found.locator("a").first.get_attribute("href")
        assert time.monotonic() < end, f"no letter {subject} to {recipient}"
