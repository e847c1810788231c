"""Every public page and the pages of each role: usable, and looked at."""

import pytest
from conftest import look, sign_in

VILLAGE = "546631"


@pytest.mark.parametrize(
    "path",
    ["/", "/formulare", "/formulare/pes-ohlaseni", "/uredni-deska", "/uredni-deska/archiv", "/sledovani", "/neni"],
)
def test_public_pages_of_an_office(new_page, demo, path):
    page = new_page()
    page.goto(demo.url(VILLAGE) + path)
    look(page, "urad" + path.replace("/", "-"))


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=pes", "/sluzby/pes-ohlaseni?pobyt=B%C3%ADl%C3%BD+Potok", "/prihlaseni", "/registrace", "/zapomenute-heslo"],
)
def test_public_pages_of_the_region(new_page, demo, path):
    page = new_page()
    page.goto(demo.region + path)
    look(page, "region" + path.split("?")[0].replace("/", "-") + ("-q" if "q=" in path else ""))


@pytest.mark.parametrize("path", ["/kraj/obce", "/kraj/sluzby", "/kraj/doruceni", "/kraj/zkouska", "/ucet"])
def test_pages_of_the_administrator(new_page, demo, path):
    page = new_page()
    sign_in(page, demo, demo.account("administrator"), demo.region)
    page.goto(demo.region + path)
    look(page, "spravce" + path.replace("/", "-"))


@pytest.mark.parametrize(
    "path",
    ["/dnes", "/nastaveni", "/nastaveni/formulare", "/spisovna", "/spisovna/novy", "/deska", "/deska/nove",
     "/ucetnictvi", "/ucetnictvi/zapis", "/ucetnictvi/predvaha"],
)
def test_pages_of_the_head(new_page, demo, path):
    page = new_page()
    sign_in(page, demo, demo.account("head", VILLAGE), demo.url(VILLAGE))
    page.goto(demo.url(VILLAGE) + path)
    look(page, "vedouci" + path.replace("/", "-"))


def test_who_works_for_an_office_finds_the_way_to_it(new_page, demo):
    url = demo.url(VILLAGE)
    page = new_page()
    sign_in(page, demo, demo.account("clerk", VILLAGE), url)
    for path in ("/", "/sluzby/pes-ohlaseni", "/ucet", "/neni"):
        page.goto(demo.region + path)
        assert page.locator("header").get_by_role("link", name="Můj úřad").get_attribute("href") == f"{url}/dnes", path
    page.locator("header").get_by_role("link", name="Můj úřad").click()
    page.wait_for_url(f"{url}/dnes")
    citizen = new_page()
    sign_in(citizen, demo, demo.account("citizen"), demo.region)
    citizen.goto(demo.region)
    assert citizen.locator("header").get_by_role("link", name="Můj úřad").count() == 0


def test_a_town_is_called_a_town(new_page, demo):
    page = new_page()
    for code, body, authority in [
        ("564028", "Město Frýdlant", "Městský úřad Frýdlant"), (VILLAGE, "Obec Bílý Potok", "Obecní úřad Bílý Potok"),
        ("78", "Liberecký kraj", "Krajský úřad Libereckého kraje"),
    ]:
        page.goto(f"{demo.url(code)}/formulare/obecne-podani")
        assert f"{body}; podání přijímá podatelna kraje" in page.content()
        assert f"tady {authority}." in page.content()
        page.goto(f"{demo.url(code)}/formulare/obecne-podani/tisk")
        assert page.locator(".printed").first.text_content().startswith(authority)


def test_dark_colours_have_contrast(new_page, demo):
    page = new_page(dark=True)
    page.goto(demo.url(VILLAGE))
    look(page, "urad-tmave")


def test_a_wrong_password_says_what_to_do(new_page, demo):
    page = new_page()
    page.goto(f"{demo.region}/prihlaseni")
    page.get_by_label("E-mail").fill("nikdo@example.cz")
    page.get_by_label("Heslo").fill("spatne-heslo")
    page.get_by_role("button", name="Přihlásit se").click()
    assert "nesouhlasí" in page.content()
    look(page, "prihlaseni-chyba")


def test_keyboard_reaches_the_form(new_page, demo):
    page = new_page()
    page.goto(demo.url(VILLAGE))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Přejít k obsahu"
