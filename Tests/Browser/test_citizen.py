"""People of all sorts, with and without a script, on a phone and on paper."""

import uuid

import pytest
from citizen import VILLAGE, choose_place, code_and_secret, delay, hand_in, letter, press, report_fault, rule, settle, until
from conftest import SCREENS, look, pages_of, sign_in

PASSWORD = "modrý vůz jede domů"


def test_an_account_from_sign_up_to_own_submissions(new_page, demo, scripted):
    email = f"{uuid.uuid4().hex[:12]}@example.cz"
    page = new_page(width=360, scripts=scripted)
    post = new_page()
    page.goto(f"{demo.region}/registrace")
    page.get_by_label("Jméno a příjmení").fill("Eva Zkušební")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Heslo").fill("krátké")
    press(page, "Založit účet")
    assert page.get_by_label("Jméno a příjmení").input_value() == "Eva Zkušební"
    look(page, "registrace-chyba")
    page.get_by_label("Heslo").fill(PASSWORD)
    press(page, "Založit účet")
    look(page, "registrace-overte")

    link = letter(post, demo, email, "Ověřte")
    look(post, "posta")
    page.goto(link)
    assert "E-mail je ověřený" in page.content()
    # A mail program may have been there first: the second visit says what to do.
    page.goto(link)
    assert page.get_by_role("link", name="Přihlásit se", exact=True).count() == 1
    look(page, "odkaz-neplati")

    # Signing in at an office returns to the page it was begun from.
    page.goto(f"{demo.url(VILLAGE)}/formulare/zavada")
    page.get_by_role("link", name="Přihlásit", exact=True).click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Heslo").fill(PASSWORD)
    press(page, "Přihlásit se")
    page.wait_for_url(f"{demo.url(VILLAGE)}/formulare/zavada")
    report_fault(page, demo, "Lampa bliká")
    receipt = hand_in(page)
    page.goto(f"{demo.region}/moje-podani")
    assert code_and_secret(receipt)[0] in page.content()
    look(page, "moje-podani")

    # Another device, which the first one signs out.
    other = new_page(scripts=scripted)
    sign_in(other, demo, {"email": email, "password": PASSWORD}, demo.url(VILLAGE))
    page.goto(f"{demo.region}/ucet")
    look(page, "ucet-obcana")
    press(page, "Odhlásit ostatní zařízení")
    other.goto(f"{demo.region}/ucet")
    assert "/prihlaseni" in other.url

    other.get_by_role("link", name="Zapomenuté heslo").click()
    other.get_by_label("E-mail").fill(email)
    press(other, "Poslat odkaz na nové heslo")
    link = letter(post, demo, email, "Nové heslo")
    other.goto(link)
    other.get_by_label("Nové heslo").fill(PASSWORD + " zpět")
    press(other, "Nastavit heslo")
    other.goto(link)
    assert other.get_by_role("link", name="Poslat nový odkaz").count() == 1
    # A new password ends every session.
    page.goto(f"{demo.region}/ucet")
    assert "/prihlaseni" in page.url
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Heslo").fill(PASSWORD + " zpět")
    press(page, "Přihlásit se")
    page.wait_for_url("**/ucet")


def test_a_company_asks_for_information_step_by_step(new_page, demo, scripted):
    page = new_page(width=360, scripts=scripted)
    page.goto(f"{demo.url(VILLAGE)}/formulare/informace-106")
    look(page, "informace-o-formulari")
    page.get_by_role("link", name="Vyplnit po krocích").click()
    assert "Krok 1 z 3" in page.content()
    rule(page, page.locator('input[name="osoba"][value="PO"]'))
    look(page, "informace-krok-1")
    page.locator("#nazev").fill("Zkušební s. r. o.")
    page.locator("#ico").fill("12345678")
    choose_place(page, "sidlo", "Bílý Potok")
    page.locator('[id="sidlo.ulice"]').fill("č. p. 7")
    press(page, "Pokračovat")
    # A number that cannot be: the summary has the focus, and leads to the box.
    summary = page.locator("[data-summary]")
    assert "IČO" in summary.inner_text()
    if scripted:
        assert page.evaluate("document.activeElement.hasAttribute('data-summary')")
    look(page, "informace-krok-1-chyba")
    summary.get_by_role("link").first.click()
    assert page.url.endswith("#ico")
    assert page.locator("#nazev").input_value() == "Zkušební s. r. o."
    page.locator("#ico").fill("25596641")
    press(page, "Pokračovat")
    page.locator("#predmet").fill("Smlouvy roku 2025")
    page.locator("#obsah").fill("Pošlete prosím seznam smluv.")
    look(page, "informace-krok-2")
    press(page, "Zpět")
    assert page.locator("#ico").input_value() == "25596641"
    press(page, "Pokračovat")
    press(page, "Pokračovat")
    rule(page, page.locator('input[name="zpusob"][value="email"]'))
    page.locator("#email").fill("firma@example.cz")
    look(page, "informace-krok-3")
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    assert "není třeba nijak potvrzovat" in page.content()
    look(page, "informace-kontrola")
    press(page, "Podat")
    page.wait_for_url("**/podani/**")
    receipt = page.url
    until(page, "zaevidováno", receipt)
    # The law of the matter, and no other: fifteen days, and nothing to confirm.
    assert "15 dnů" in page.content() and "ještě potvrďte" not in page.content()
    look(page, "informace-potvrzeni")


def test_a_fault_is_reported_without_a_name_and_followed_on_another_phone(new_page, demo, scripted):
    page = new_page(width=360, scripts=scripted)
    report_fault(page, demo)
    receipt = hand_in(page)
    assert "ještě potvrďte" not in page.content()
    code, secret = code_and_secret(receipt)
    phone = new_page(width=360, scripts=scripted)
    phone.goto(f"{demo.url(VILLAGE)}/")
    phone.get_by_label("Kód podání z potvrzení").fill(code)
    press(phone, "Zjistit stav")
    phone.get_by_label("Heslo ke sledování").fill("nesmysl")
    press(phone, "Zobrazit podání")
    assert phone.locator("[data-summary]").count() == 1
    look(phone, "sledovani-chyba")
    phone.get_by_label("Heslo ke sledování").fill(secret.lower().replace("-", " "))
    press(phone, "Zobrazit podání")
    phone.wait_for_url("**/podani/**")
    assert "Nesvítí lampa" in phone.content()
    look(phone, "cesta-zavady")


def test_search_finds_what_people_call_it(new_page, demo):
    page = new_page()
    page.goto(demo.url(VILLAGE))
    page.get_by_label("Napište to svými slovy").fill("psa")
    press(page, "Hledat")
    assert page.locator(".links a").all_inner_texts()[0].startswith("Ohlášení k místnímu poplatku ze psů")
    page.get_by_label("Co potřebujete vyřídit?").fill("kolotoč")
    press(page, "Hledat")
    assert page.get_by_role("link", name="Hledat u všech úřadů kraje").count() == 1
    look(page, "hledani-nic")


def test_only_a_keyboard(new_page, demo):
    page = new_page()

    def reach(selector):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    page.goto(f"{demo.url(VILLAGE)}/formulare/zavada")
    reach("a.button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach('input[name="druh"]')
    page.keyboard.press("ArrowDown")
    reach("#predmet")
    page.keyboard.type("Ulomená větev")
    reach('[id="misto.obec"]')
    page.keyboard.type("Bílý Potok")
    page.keyboard.press("Tab")
    settle(page)
    page.locator("#predmet").focus()
    reach("#upresneni")
    page.keyboard.type("za školou")
    # Enter in a box goes on.
    page.keyboard.press("Enter")
    page.wait_for_url("**/kontrola**")
    reach("main form button.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/podani/**")
    assert "Podání jsme přijali" in page.content()


def test_a_bad_file_is_named_and_nothing_else_is_lost(new_page, demo, scripted, tmp_path):
    bad = tmp_path / "fotka.jpg"
    bad.write_bytes(b"MZ\x90\x00 this is a program, whatever its name says" * 20)
    page = new_page(scripts=scripted)
    report_fault(page, demo, "Rozbitá lavička")
    page.locator("#foto").set_input_files(bad)
    press(page, "Zkontrolovat a podat")
    assert "fotka.jpg" in page.locator("[data-summary]").inner_text()
    assert page.locator("#predmet").input_value() == "Rozbitá lavička"
    look(page, "spatny-soubor")
    good = tmp_path / "dobra.png"
    page.screenshot(path=good)
    page.locator("#foto").set_input_files(good)
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    assert "dobra.png" in page.content()


def test_a_date_is_written_as_people_write_it(new_page, demo):
    page = new_page()
    page.goto(f"{demo.url(VILLAGE)}/formulare/informace-106/vyplnit")
    rule(page, page.locator('input[name="osoba"][value="FO"]'))
    page.locator("#narozeni").fill("31. 2. 1961")
    press(page, "Zkontrolovat a podat")
    assert "takový den není (31. 2. 1961)." in page.locator("[data-summary]").inner_text().replace("\xa0", " ")
    assert "_token" not in page.url
    page.locator("#narozeni").fill("12041961")
    press(page, "Uložit rozepsané")
    assert page.locator("#narozeni").input_value() == "12. 4. 1961"


def test_what_may_stay_empty_follows_the_answers(new_page, demo, scripted):
    page = new_page()
    page.goto(f"{demo.url(VILLAGE)}/formulare/pes-ohlaseni/vyplnit")
    born = page.locator('label[for="narozeni-psa"]')
    for act, is_optional in [("zanik", True), ("vznik", False), ("zanik", True)]:
        rule(page, page.locator(f'input[name="ukon"][value="{act}"]'))
        if not scripted:
            press(page, "Uložit rozepsané")
        assert ("nepovinné" in born.inner_text()) == is_optional, act


def test_nothing_typed_during_a_late_answer_is_lost(new_page, demo):
    page = new_page()
    page.goto(f"{demo.url(VILLAGE)}/formulare/pes-ohlaseni/vyplnit")
    page.evaluate("window.isSame = true")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    delay(page, 800)
    page.locator('input[name="ukon"][value="vznik"]').check()
    page.locator("#jmeno-psa").focus()
    page.keyboard.type("Rek z Potoka", delay=110)
    page.locator('input[name="osoba"][value="FO"]').check()
    page.locator("#plemeno").focus()
    settle(page)
    # What the answers ask for is there, what was typed meanwhile as well, and the focus where it was.
    assert page.locator("#jmeno").is_visible() and page.locator("#od").is_visible()
    assert page.locator("#jmeno-psa").input_value() == "Rek z Potoka"
    assert page.evaluate("document.activeElement.id") == "plemeno" and page.evaluate("window.isSame")

    page.locator("#jmeno").fill("Jana")
    page.locator('[id="pobyt.obec"]').fill("Frýdlant")
    page.keyboard.press("Tab")
    page.locator("#plemeno").focus()
    page.keyboard.type("kříženec")
    settle(page)
    assert page.locator('[id="pobyt.cast"] option').count() > 2
    assert page.locator("#plemeno").input_value() == "kříženec"
    # Another municipality has other parts.
    page.locator('[id="pobyt.cast"]').select_option(index=1)
    chosen = page.locator('[id="pobyt.cast"]').input_value()
    page.locator('[id="pobyt.obec"]').fill("Liberec")
    page.locator("#plemeno").focus()
    settle(page)
    assert page.locator(f'[id="pobyt.cast"] option[value="{chosen}"]').count() == 0

    # Arrows pass through the choices without loading the page, and end where they point.
    page.locator('input[name="osoba"][value="FO"]').focus()
    before = len(sent)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "PO"
    settle(page)
    assert page.evaluate("window.isSame") and page.evaluate("document.activeElement.value") == "PO"
    assert page.locator("#nazev").is_visible() and page.locator("#jmeno").count() == 0
    assert len([r for r in sent[before:] if b"ukazat" in (r.post_data_buffer or b"")]) == 1
    # A question that comes back has what was typed in it.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    settle(page)
    assert page.locator("#jmeno").input_value() == "Jana"
    press(page, "Uložit rozepsané")
    page.get_by_text("Rozepsaný formulář je uložený").wait_for()
    assert page.locator("#jmeno-psa").input_value() == "Rek z Potoka"
    assert page.locator("#plemeno").input_value() == "kříženec"
    assert page.errors == []


def test_questions_that_cannot_be_fetched_come_by_the_button(new_page, demo):
    page = new_page()
    page.goto(f"{demo.url(VILLAGE)}/formulare/pes-ohlaseni/vyplnit")
    page.route("**/vyplnit**", lambda route: route.abort())
    page.locator("#jmeno-psa").fill("Rek")
    page.locator('input[name="ukon"][value="vznik"]').check()
    settle(page)
    assert "nepodařilo načíst" in page.locator("[data-kept]").inner_text()
    page.unroute("**/vyplnit**")
    page.get_by_role("button", name="Zobrazit otázky podle odpovědi").first.click()
    page.locator("#od").wait_for()
    assert page.locator("#jmeno-psa").input_value() == "Rek"


def test_a_sign_in_that_ends_loses_nothing_typed(new_page, demo, scripted):
    page = new_page(scripts=scripted)
    sign_in(page, demo, demo.account("citizen"), demo.url(VILLAGE))
    page.goto(f"{demo.url(VILLAGE)}/formulare/zavada/vyplnit")
    page.context.clear_cookies(name="epom")
    page.locator("#predmet").fill("Psáno po odhlášení")
    press(page, "Uložit rozepsané")
    assert page.locator("#predmet").input_value() == "Psáno po odhlášení"
    assert "je uložený" in page.content()


def test_twice_is_once(new_page, demo):
    page = new_page()
    report_fault(page, demo, "Dvakrát")
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    review = page.url
    second = page.context.new_page()
    second.goto(review)
    page.get_by_role("button", name="Podat", exact=True).dblclick()
    page.wait_for_url("**/podani/**")
    receipt = page.url
    second.get_by_role("button", name="Podat", exact=True).click()
    second.wait_for_url("**/podani/**")
    assert second.url == receipt
    page.goto(review)
    assert page.url == receipt


def test_what_is_printed(new_page, demo):
    page = new_page()
    page.goto(f"{demo.url(VILLAGE)}/formulare/obecne-podani/vyplnit")
    rule(page, page.get_by_label("Fyzická osoba", exact=False).first)
    page.locator("#jmeno").fill("Jana")
    page.locator("#prijmeni").fill("Zkušební")
    page.locator("#narozeni").fill("12. 4. 1961")
    page.locator('[id="pobyt.ulice"]').fill("č. p. 12")
    choose_place(page, "pobyt", "Bílý Potok")
    page.locator("#predmet").fill("Tisk")
    page.locator("textarea#obsah").fill("Prosím o vyjádření.")
    receipt = hand_in(page)
    code, _ = code_and_secret(receipt)
    until(page, "zaevidováno", receipt)
    assert pages_of(page.pdf()) <= 2
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    # The paper itself says where to bring the signed form and when.
    printed = page.locator(".panel.wait").first.inner_text()
    assert "ukázková ulice" in printed and "úřední hodiny: středa" in printed
    page.screenshot(path=SCREENS / "potvrzeni-tisk.png", full_page=True)

    page.goto(f"{receipt}/formular")
    assert code in page.content() and page.locator(".signature").is_visible()
    assert not page.locator(".strip").is_visible()
    # The signature must not be alone on a second sheet.
    assert pages_of(page.pdf()) == 1
    page.screenshot(path=SCREENS / "formular-tisk.png", full_page=True)
    page.goto(f"{receipt}/formular?podoba=ulozena")
    assert page.locator(".strip").count() == 0 and code not in page.content()

    page.emulate_media(media="screen")
    page.goto(f"{demo.url(VILLAGE)}/formulare/pes-ohlaseni/tisk")
    look(page, "prazdny-formular")
    assert page.get_by_text("Podpis podatele").count() == 1
    # What a printer gets: with the medium of a screen it would be longer.
    page.emulate_media(media="print")
    assert 1 <= pages_of(page.pdf()) <= 4


@pytest.mark.parametrize("path", ["/", "/formulare", "/formulare/kaceni-drevin", "/formulare/pes-ohlaseni/vyplnit",
                                  "/formulare/kaceni-drevin/tisk", "/uredni-deska", "/sledovani", "/neni"])
def test_a_page_is_light_and_asks_nobody_else(new_page, demo, path):
    page = new_page()
    bodies = []
    page.on("response", lambda response: bodies.append((response.url, len(response.body()))))
    page.goto(demo.url(VILLAGE) + path)
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(demo.url(VILLAGE)) for url, _ in bodies), bodies
    assert sum(size for _, size in bodies) <= 60_000, bodies


def test_nobody_lives_here(new_page, demo):
    page = new_page()
    page.goto(demo.region.replace("localhost", "nikdo.localhost"))
    look(page, "neznamy-urad")
    page.get_by_label("Najděte svou obec nebo záležitost").fill("Bílý Potok")
    press(page, "Hledat")
    assert page.url.startswith(demo.region)
    assert page.get_by_role("link", name="Bílý Potok").count() >= 1
