"""The region's console as its administrator uses it: the fleet, hosting an office, rules, connections, waiting things."""

import re

import pytest
from citizen import until
from conftest import look, sign_in
from office_api import fault, hand_in as file_by_api
from test_main_job import hand_in, person

TOWN = "564028"  # Frýdlant: a designated originator with a filing system of its own
VILLAGE = "546631"
FREE = "564460"  # Šimonovice: in the register, not hosted
SMALL = "577456"  # Rokytnice nad Jizerou: has a commissioned office, not hosted, not connected


@pytest.fixture
def admin(new_page, demo):
    def make(**options):
        page = new_page(**options)
        sign_in(page, demo, demo.account("administrator"), demo.region)
        return page

    return make


@pytest.mark.parametrize(
    "path",
    ["/kraj", f"/kraj/obce/{VILLAGE}", f"/kraj/obce/{TOWN}", f"/kraj/obce/{TOWN}/napojeni", f"/kraj/obce/{FREE}",
     "/kraj/sluzby/povoleni-zameru", "/kraj/obce?q=prisovice", "/kraj/obce?stav=provozovane",
     "/kraj/uzivatele?q=starosta", "/kraj/zaznamy"],
)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_of_the_console(admin, demo, path, dark):
    page = admin(dark=dark)
    page.goto(demo.region + path)
    look(page, "konzole" + re.sub(r"[/?=]", "-", path) + ("-tmave" if dark else ""))


def test_the_fleet_is_seen_at_a_glance(admin, demo):
    page = admin()
    page.goto(demo.region + "/kraj")
    for name in ["Bílý Potok", "Horní Řasnice", "Dětřichov", "Luka", "Frýdlant"]:
        row = page.locator("tr", has=page.get_by_role("link", name=name, exact=True)).first
        assert "aktuální" in row.inner_text()
    town = page.locator("tr", has=page.get_by_role("link", name="Frýdlant", exact=True)).first
    assert "vlastní, napojená" in town.inner_text()
    page.get_by_text("Totéž v tabulce").click()
    assert page.locator("details tbody tr").count() == 12


def test_the_register_is_searched_without_diacritics(admin, demo):
    page = admin()
    page.goto(demo.region + "/kraj/obce")
    page.get_by_label("Název, část obce, kód nebo PSČ").fill("pencin")
    page.get_by_role("button", name="Hledat").click()
    assert page.locator("tbody tr").count() == 2
    page.get_by_label("Správní obvod ORP").select_option(label="Turnov")
    page.get_by_role("button", name="Hledat").click()
    assert page.locator("tbody tr").count() == 1
    page.get_by_label("Správní obvod ORP").select_option(label="celý kraj")
    page.get_by_label("Název, část obce, kód nebo PSČ").fill(FREE)
    page.get_by_role("button", name="Hledat").click()
    assert "Šimonovice" in page.locator("tbody").inner_text()


def test_a_rule_has_its_history_and_the_day_decides(admin, demo):
    page = admin()
    page.goto(demo.region + "/kraj/sluzby/ridicsky-prukaz")
    assert page.locator("section.sheet").count() == 2
    for day, office in [("2018-06-30", "Česká Lípa"), ("2018-07-01", "Frýdlant")]:
        page.goto(f"{demo.region}/kraj/zkouska?sluzba=ridicsky-prukaz&den={day}&pobyt=Luka&urad=B%C3%ADl%C3%BD+Potok")
        assert f"Příslušný úřad: {office}" in page.locator("section.panel").inner_text()
    page.goto(f"{demo.region}/kraj/zkouska?sluzba=povoleni-zameru&nemovitost=Luka")
    assert "Příslušný úřad odtud určit neumíme" in page.content()
    look(page, "konzole-zkouska-nerozhodnuto")


def test_a_dry_run_asks_what_the_service_asks_and_says_why_it_does_not_answer(admin, demo, scripted):
    page = admin(scripts=scripted)
    page.goto(f"{demo.region}/kraj/zkouska?sluzba=matricni-doklad&cinnost=Luka")
    page.get_by_label("Služba").select_option("rybarsky-listek")
    if not scripted:
        page.get_by_role("button", name="Zobrazit, na co se služba ptá").click()
    page.get_by_label("Obec trvalého pobytu").wait_for()
    assert page.get_by_label("Obec trvalého pobytu").input_value() == "Luka"
    assert page.get_by_label("Obec, kde se narození").count() == 0
    assert "Příslušný úřad: Doksy" in page.locator("section.panel").inner_text()
    page.goto(f"{demo.region}/kraj/zkouska?sluzba=rybarsky-listek&den=1999-01-01")
    assert "platí až od 1." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Služba").input_value() == "rybarsky-listek"
    look(page, "konzole-zkouska-den")
    page.goto(f"{demo.region}/kraj/zkouska?sluzba=rybarsky-listek&den=2026-02-31&pobyt=Luka")
    assert "není den" in page.get_by_role("alert").inner_text()


def test_a_rule_is_marked_as_checked_and_back(admin, demo, scripted):
    page = admin(scripts=scripted)
    page.goto(demo.region + "/kraj/sluzby/petice")
    assert "neověřeno" in page.locator("section.sheet").inner_text()
    page.get_by_role("button", name="Ověřil(a) jsem proti zákonu").click()
    assert "Alena Ukázková" in page.locator("section.sheet").inner_text()
    page.get_by_role("button", name="Vzít ověření zpět").click()
    assert "neověřeno" in page.locator("section.sheet").inner_text()


def answer_offices(page, answer):
    hosting = page.locator('form[action$="/zridit"]')
    for name in ["registryOffice", "buildingOffice"]:
        hosting.locator(f"input[name={name}][value={answer}]").check()


def test_a_village_is_hosted_in_a_second(admin, demo):
    page = admin()
    page.goto(f"{demo.region}/kraj/obce/{FREE}")
    page.get_by_role("button", name="Zřídit úřad").click()
    # Everything that is missing at once, each at its field.
    alert = page.locator("[role=alert]").inner_text()
    assert all(part in alert for part in ["Vyberte, zda obec má matriční", "Vyberte, zda obec má stavební", "Napište jméno a příjmení", "Napište e-mail"]), alert
    assert page.locator("#headName-e").count() == 1 and page.locator("#headEmail-e").count() == 1
    look(page, "konzole-zridit-chyby")
    page.get_by_label("Jméno vedoucího úřadu").fill("Olga Smyšlená")
    page.get_by_label("E-mail vedoucího úřadu").fill("starostka@simonovice.ukazka.cz")
    page.get_by_role("button", name="Zřídit úřad").click()
    assert "Vyberte, zda obec má matriční" in page.locator("[role=alert]").inner_text()
    assert page.get_by_label("Jméno vedoucího úřadu").input_value() == "Olga Smyšlená"
    assert page.locator("#registryOffice.faulty .error").count() == 1
    answer_offices(page, "yes")
    page.get_by_role("button", name="Zřídit úřad").click()
    assert "určeným původcem" in page.locator("[role=alert]").inner_text()
    answer_offices(page, "no")
    page.get_by_label("účetní knihy").uncheck()
    page.get_by_role("button", name="Zřídit úřad").click()
    page.get_by_text("Úřad stojí").wait_for()
    text = page.locator(".panel.good").inner_text()
    seconds = float(re.search(r"Založení trvalo (\d+,\d+)", text).group(1).replace(",", "."))
    assert seconds < 1.0, text
    look(page, "konzole-zrizeno")
    page.get_by_role("link", name="Šimonovice v registru").click()
    page.get_by_label("účetní knihy").check()
    page.get_by_role("button", name="Přidat").click()
    page.get_by_text("Úřad stojí").wait_for()
    page.goto(f"{demo.region}/kraj/obce/{FREE}")
    assert "účetní knihy" in page.get_by_text("Části úřadu:").inner_text()
    assert not page.get_by_role("button", name="Přidat").is_visible()
    page.goto(demo.region.replace("localhost", "simonovice.localhost"))
    assert "Šimonovice" in page.title()


def test_a_mistyped_head_is_corrected_and_another_is_asked(admin, demo):
    page = admin()
    page.goto(f"{demo.region}/kraj/obce/514161")
    page.get_by_text("Pozvat vedoucího úřadu").click()
    form = page.locator("form", has=page.get_by_role("button", name="Poslat pozvánku", exact=True))
    form.get_by_label("Jméno a příjmení").fill("Nová Místostarostka")
    form.get_by_label("E-mail").fill("mistostarostka(at)luka.ukazka.cz")
    form.evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Poslat pozvánku", exact=True).click()
    assert "Takový e-mail být nemůže" in page.locator("[role=alert]").inner_text()
    assert page.locator("#name-new").input_value() == "Nová Místostarostka"
    look(page, "vedouci-chyba")
    page.locator("#email-new").fill("mistostarosta@luka.ukazka.cz")
    page.get_by_role("button", name="Poslat pozvánku", exact=True).click()
    assert "Pozvánka odešla na mistostarosta@luka.ukazka.cz" in page.content()
    page.get_by_text("Opravit e-mail").click()
    page.get_by_label("Správný e-mail").fill("mistostarostka@luka.ukazka.cz")
    look(page, "vedouci-oprava")
    page.get_by_role("button", name="Opravit a poslat").click()
    assert "Pozvánka na mistostarosta@luka.ukazka.cz už neplatí" in page.content()


def test_a_submission_for_nobody_waits_with_its_story_until_a_system_is_connected(admin, new_page, demo):
    page = admin()
    page.goto(f"{demo.region}/kraj/obce/{SMALL}")
    assert page.locator("input[value=FilingRoom]").is_disabled()
    assert "určeným původcem" in page.content()
    page.get_by_label("Jméno vedoucího úřadu").fill("Jan Smyšlený")
    page.get_by_label("E-mail vedoucího úřadu").fill("urad@rokytnice.ukazka.cz")
    answer_offices(page, "yes")
    page.get_by_role("button", name="Zřídit úřad").click()
    page.get_by_text("Úřad stojí").wait_for()

    citizen = new_page()
    host = page.get_by_role("link", name=re.compile("^Otevřít")).get_attribute("href")
    citizen.goto(host + "/formulare/obecne-podani/vyplnit")
    person(citizen, True)
    citizen.locator("#predmet").fill("Dotaz (ukázka)")
    citizen.locator("textarea#obsah").fill("Prosím o sdělení.")
    hand_in(citizen)

    page.goto(demo.region + "/kraj/doruceni")
    row = page.locator("tbody tr", has_text="Rokytnice nad Jizerou").first
    for _ in range(20):
        if row.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    look(page, "konzole-ceka")
    row.get_by_role("link").click()
    assert "Podání čeká" in page.locator(".panel").first.inner_text()
    assert "Proč tento úřad" in page.content()
    look(page, "konzole-pribeh")
    page.get_by_role("button", name="Doručit znovu").click()
    assert "Zkoušíme doručit znovu" in page.content()

    page.goto(f"{demo.region}/kraj/obce/{SMALL}/napojeni")
    page.get_by_label("Adresa, kam se podání posílají").fill("ftp://example.org")
    page.get_by_role("button", name="Napojit a vydat klíč").click()
    assert page.locator("[role=alert]").count() == 1
    assert page.get_by_label("Adresa, kam se podání posílají").input_value() == "ftp://example.org"
    page.get_by_label("Adresa, kam se podání posílají").fill("https://10.0.0.1/prijem")
    page.get_by_role("button", name="Napojit a vydat klíč").click()
    assert "do soukromé či místní sítě" in page.locator("[role=alert]").inner_text()
    look(page, "konzole-napojeni-soukroma")
    # In the demo this machine is allowed; nobody listens there.
    page.get_by_label("Adresa, kam se podání posílají").fill("http://127.0.0.1:9/prijem")
    page.get_by_role("button", name="Napojit a vydat klíč").click()
    key = page.locator(".code").inner_text()
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key)
    look(page, "konzole-napojeni-klic")
    page.reload()
    assert key not in page.content()
    page.goto(demo.region + "/kraj/doruceni")
    for _ in range(20):
        if "nelze se s ní spojit" in page.content():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert "nelze se s ní spojit" in page.content()
    look(page, "konzole-doruceni")
    page.get_by_role("button", name="Doručit všechno znovu").click()
    assert "Zkoušíme doručit znovu všechno" in page.content()


def test_a_program_hosts_an_office(demo, new_page):
    page = new_page()
    token = demo.account("administrator")["token"]
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    api = page.context.request
    assert api.get(f"{demo.region}/api/tenants", headers={"Accept": "application/json"}).status == 401
    citizen = {**headers, "Authorization": f"Bearer {demo.account('citizen')['token']}"}
    assert api.get(f"{demo.region}/api/tenants", headers=citizen).status == 404
    tenants = api.get(f"{demo.region}/api/tenants", headers=headers).json()
    assert {"546631", "564079", "546607", "514161", "564028", "78"} <= {t["code"] for t in tenants}
    order = {"code": "514195", "rooms": ["Forms", "NoticeBoard"], "headName": "Eva Smyšlená", "headEmail": "e@zdirec.ukazka.cz", "registryOffice": "no", "buildingOffice": "no"}
    for broken, status in [({"code": "999999"}, 422), ({"rooms": ["Cellar"]}, 422), ({"registryOffice": "ano"}, 422),
                           ({"rooms": ["FilingRoom"], "registryOffice": "yes"}, 422),
                           ({"rooms": []}, 422), ({"headEmail": "nic"}, 422), ({"code": "546631"}, 409)]:
        answer = api.post(f"{demo.region}/api/tenants", headers=headers, data={**order, **broken})
        assert answer.status == status, (broken, answer.status, answer.text())
    answer = api.post(f"{demo.region}/api/tenants", headers=headers, data=order)
    assert answer.status == 202, answer.text()
    for _ in range(40):
        job = api.get(demo.region + answer.headers["location"], headers=headers).json()
        if job["isDone"]:
            break
        page.wait_for_timeout(100)
    assert job["isDone"], job
    shown = api.get(f"{demo.region}/api/tenants/514195", headers=headers).json()
    assert shown["url"] and shown["rooms"] == ["Forms", "NoticeBoard"] and shown["state"] == "hosted"
    # A resource of its own, and nothing of what a page needs to draw itself.
    assert not {"addable", "asksOffices", "errors", "hasErrors"} & shown.keys()


def test_the_foreign_system_registers_and_waits_for_confirmation(new_page, demo, admin):
    page = new_page()
    sign_in(page, demo, demo.account("citizen"), demo.region)
    page.goto(demo.region + "/moje-podani")
    row = page.locator("li", has_text="rybářskému lístku").first
    # The list says what the receipt says: registered, and it still has to be confirmed.
    assert row.locator(".state").inner_text() == "čeká na potvrzení"
    row.get_by_role("link").click()
    until(page, "zaevidováno", page.url, seconds=30)
    assert page.locator("dl .state").first.inner_text() == "čeká na potvrzení"
    assert page.get_by_text("Podání ještě potvrďte").first.is_visible()


def test_the_foreign_system_reports_until_it_is_settled(new_page, demo):
    """What needs no confirmation is settled there, and the citizen sees it."""
    _, receipt = fault(demo, TOWN, "25984", "Ucpaná vpusť")
    page = new_page()
    until(page, "MUFR", receipt)
    until(page, "vyřízeno", receipt, seconds=30)


def test_what_cannot_reach_its_office_says_so_and_is_handed_over(new_page, demo, admin):
    """Hejnice are neither hosted nor connected: nothing is promised to the citizen, and the region has a way out."""
    code, receipt = file_by_api(demo, VILLAGE, "zavada", {
        "druh": "osvetleni", "predmet": "Nesvítí lampa v Hejnicích", "misto": {"obec": "564044", "cast": "38172"},
        "upresneni": "u mostu", "email": "sousedka@example.cz",
    })
    page = new_page()
    page.goto(receipt)
    assert "Úřad podání zatím nemá" in page.content() and "přidělí mu číslo" not in page.content()
    look(page, "uvizle-podani")
    desk = admin()
    desk.goto(f"{demo.region}/kraj/doruceni")
    for _ in range(40):
        links = desk.locator("tr", has_text="Hejnice").locator("a")
        if links.count():
            break
        desk.wait_for_timeout(500)
        desk.reload()
    links.first.click()
    desk.get_by_role("link", name="Předat úřadu jinak").click()
    desk.get_by_label("Číslo jednací úřadu").fill("MUHE 12/2026")
    desk.get_by_role("button", name="Zapsat předání").click()
    assert "Vyberte prosím, jak" in desk.content() and desk.get_by_label("Číslo jednací úřadu").input_value() == "MUHE 12/2026"
    look(desk, "predat-jinak")
    desk.get_by_label("datovou schránkou").check()
    desk.get_by_role("button", name="Zapsat předání").click()
    desk.wait_for_url("**/kraj/doruceni")
    # Nothing of it waits any more, without another attempt.
    assert desk.locator("tr", has_text="Hejnice").count() == 0
    page.goto(receipt)
    assert "MUHE 12/2026" in page.content() and "předalo podání úřadu datovou schránkou" in page.content()
    assert "Úřad podání zatím nemá" not in page.content()


def test_the_region_corrects_what_the_register_does_not_know(admin, demo):
    """A town's own registry office is competent once it is confirmed; a village with a filing room cannot have one."""
    page = admin()
    asked = f"{demo.region}/sluzby/matricni-doklad?cinnost=Hejnice"
    page.goto(asked)
    assert "odtud určit neumíme" in page.content() and "nemusíte nic dělat" not in page.content()
    page.goto(f"{demo.region}/kraj/obce/564044")
    page.get_by_text("Opravit matriční a stavební úřad").click()
    page.locator("details", has_text="Opravit matriční").get_by_role("button", name="Uložit").click()
    assert "Vyberte, zda obec má matriční úřad" in page.locator("[role=alert]").inner_text()
    page.get_by_text("Opravit matriční a stavební úřad").click()
    for group in page.locator("details", has_text="Opravit matriční").locator("fieldset").all():
        group.get_by_label("má", exact=True).check()
    page.locator("details", has_text="Opravit matriční").get_by_role("button", name="Uložit").click()
    until(page, "Příslušný úřad: Hejnice", asked)
    page.goto(f"{demo.region}/kraj/obce/{VILLAGE}")
    page.get_by_text("Opravit matriční a stavební úřad").click()
    for group in page.locator("details", has_text="Opravit matriční").locator("fieldset").all():
        group.get_by_label("má", exact=True).check()
    page.locator("details", has_text="Opravit matriční").get_by_role("button", name="Uložit").click()
    assert "spisovnu mít nemůže" in page.locator("details", has_text="Opravit matriční").inner_text()
    look(page, "matricni-urad-odmitnut")