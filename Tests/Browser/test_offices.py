"""Offices that differ: without a filing room, and with what other offices send to be posted."""

from office_api import enter_mail
from citizen import TOWN
from conftest import look

VILLAGE = "546607"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_a_head_without_a_filing_room_has_their_day(office, demo):
    page = office("head", TOWN)
    url = demo.url(TOWN)
    for path in ["dnes", "nastaveni", "nastaveni/urad", "nastaveni/lide", "nastaveni/vzhled", "nastaveni/formulare",
                 "nastaveni/protokol", "deska", "deska/nove", "ucetnictvi"]:
        assert page.goto(f"{url}/{path}").status == 200, path
        assert page.locator("h1").count() == 1, path
    page.goto(f"{url}/dnes")
    assert "Z podání tu na vás nic nečeká" in page.content()
    look(page, "dnes-bez-spisovny")


def test_another_offices_decree_is_posted_from_its_case_file(office, new_page, demo):
    case = enter_mail(
        demo, VILLAGE, subject="Veřejná vyhláška: uzavírka silnice", senderKind="legalPerson", sender="Krajský úřad Libereckého kraje",
        regime="other", channel="dataBox", senderReference="KULK 77/2026",
    )
    page = office()
    page.goto(case)
    look(page, "spis-cizi-vyhlaska")
    page.get_by_role("button", name="Vyvěsit na úřední desku").click()
    page.wait_for_url("**/deska/**")
    assert page.get_by_label("Druh", exact=True).input_value() == "public_decree"
    assert page.get_by_label("Č. j.").input_value() == "KULK 77/2026"
    assert "Písemnost vydal: Krajský úřad Libereckého kraje." in page.content()
    look(page, "cizi-vyhlaska-koncept")
    press(page, "Vyvěsit")
    page.get_by_role("link", name="Jak to vidí lidé").click()
    assert "§ 25 odst. 3" in page.content() and "patnáctým dnem" not in page.content()
    look(page, "cizi-vyhlaska-deska")
    page.goto(case)
    assert "visí" in page.locator(".case-content").inner_text()
    assert page.get_by_role("button", name="Vyvěsit na úřední desku").count() == 0


def test_the_filing_plan_stands_in_the_order_of_its_numbers(office, demo):
    page = office("head")
    page.goto(f"{demo.url(VILLAGE)}/nastaveni/plan")
    codes = page.locator("tbody td:first-child").all_inner_texts()
    assert codes == sorted(codes, key=lambda code: [int(part) for part in code.split(".")])
    look(page, "spisovy-plan")


def test_a_decision_that_was_sent_is_issued_and_its_print_has_margins(office, demo):
    case = enter_mail(demo, VILLAGE, subject="Povolení výkopu", sender="Jan Kopáč", regime="administrative", address="Náves 5")
    page = office()
    page.goto(case)
    press(page, "Převzít")
    page.goto(f"{case}/odpoved?druh=decision")
    page.get_by_label("Text", exact=True).fill(
        "Výrok\n\nVýkop se povoluje.\n\nOdůvodnění\n\nNic mu nebrání.\n\nPoučení\n\nOdvolat se lze do 15 dnů."
    )
    press(page, "Vyhotovit")
    letter = page.locator(".case-content a[href*='/soubor/']").last.get_attribute("href")
    press(page, "Vypravit")
    assert "vydáno" in page.locator(".clock").inner_text() and "zbývá" not in page.locator(".clock").inner_text()
    look(page, "spis-vydano")
    page.goto(demo.url(VILLAGE) + letter)
    page.emulate_media(media="print")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page/") + printed.count(b"/Type /Page ") == 1


def test_the_usual_function_comes_with_the_role_until_another_is_typed(office, demo):
    page = office("head")
    page.goto(f"{demo.url(VILLAGE)}/nastaveni/lide")
    function, roles = page.locator("#functionTitle"), page.locator("#roles")
    assert function.input_value() == "referent"
    roles.get_by_label("referent").uncheck()
    roles.get_by_label("účetní").check()
    assert function.input_value() == "účetní"
    function.fill("hlavní účetní")
    roles.get_by_label("podatelna").check()
    assert function.input_value() == "hlavní účetní"
    look(page, "pozvat-s-funkci")
