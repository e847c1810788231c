"""The filing room as a clerk lives in it, from the mail of the morning to the closed file."""

import datetime
import re
import uuid

from citizen import letter, pattern, press, served, until
from conftest import SCREENS, look, sign_in
from office_api import ask, dog, enter_mail, general

VILLAGE = "546607"  # Dětřichov
OTHER = "564079"  # Horní Řasnice
PASSWORD = "modrý vůz jede domů"


def take(page, case):
    page.goto(case)
    press(page, "Převzít")
    assert "Věc máte na starosti vy" in page.content()


def find(page, demo, words, code=VILLAGE):
    """The case file that the register finds by these words."""
    address = f"{demo.url(code)}/spisovna?q={words}"
    page.goto(address)
    until(page, "/spisovna/spis/", address)
    page.locator("tbody a").first.click()
    page.wait_for_url("**/spisovna/spis/**")


def test_paper_mail_is_entered_with_its_scan(office, demo, scripted, tmp_path):
    page, url = office(scripts=scripted), demo.url(VILLAGE)
    scan = tmp_path / "žádost.pdf"
    scan.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    page.goto(f"{url}/spisovna")
    page.get_by_role("link", name="Zapsat doručené").click()
    page.get_by_label("Věc", exact=True).fill("Žádost o lavičku u hřiště")
    page.get_by_label("V kolik").fill("25:00")
    page.get_by_label("Jméno a příjmení, nebo název").fill("Žofie Ďásková")
    page.get_by_label("Adresa").fill("Lesní 4, Dětřichov")
    page.get_by_label("Počet listů").fill("2")
    page.get_by_label("Skeny, e-mail nebo přílohy").set_input_files(scan)
    press(page, "Zaevidovat")
    # The scan was taken in and need not be chosen again.
    assert page.locator("[data-summary]").count() == 1
    assert page.get_by_label("Věc", exact=True).input_value() == "Žádost o lavičku u hřiště"
    assert page.get_by_label("žádost.pdf").is_checked()
    look(page, "zapis-spatny-cas")
    page.get_by_label("V kolik").fill("0:05")
    press(page, "Zaevidovat")
    page.wait_for_url("**/spisovna/spis/**")
    assert re.search(r"Zapsáno pod č\. j\. \w+ \d+/\d{4}", page.content())
    assert "žádost.pdf" in page.content() and "Žofie Ďásková" in page.content()
    look(page, "spis-z-posty")
    page.locator("#dokumenty ~ ol a strong").first.click()
    page.get_by_role("link", name="Ověřit otisk").click()
    assert "otisk souhlasí" in page.content()
    look(page, "karta-dokumentu")
    page.get_by_role("link", name="Podací razítko k tisku").click()
    assert "Počet listů" in page.content()
    look(page, "podaci-razitko")
    if scripted:
        page.emulate_media(media="print")
        page.screenshot(path=SCREENS / "podaci-razitko-tisk.png")
        assert not page.get_by_role("navigation").first.is_visible()


def test_every_pattern_and_the_way_of_a_letter(office, demo, scripted):
    case = enter_mail(demo, VILLAGE, subject="Povolení stánku na pouti", sender="Jan Trhovec", regime="administrative")
    page = office(scripts=scripted)
    take(page, case)
    page.get_by_role("link", name="Odpovědět").click()
    text = page.get_by_label("Text", exact=True)
    for kind, words in [
        ("resolution", "výrok usnesení"), ("information", "§ 14 odst. 5"), ("supplement", "má nedostatky"),
        ("notice", "sdělujeme"), ("decision", "Jan Trhovec, nar. [datum narození], bytem [adresa], se [povoluje"),
    ]:
        if page.get_by_label("Druh písemnosti").input_value() != kind:
            pattern(page, kind)
        assert words in text.input_value(), kind
    look(page, "odpoved-vzor")
    # What somebody wrote is no pattern, and is not written over.
    text.fill("Výrok\n\nStánek se povoluje.\n\nPoučení\n\nLze se odvolat.")
    pattern(page, "resolution")
    assert "Váš text zůstal" in page.content() and "Stánek se povoluje" in text.input_value()
    press(page, "Uložit koncept")
    page.get_by_role("link", name="Rozepsaná písemnost: usnesení").click()
    assert "Stánek se povoluje" in text.input_value()
    pattern(page, "decision")
    press(page, "Vyhotovit")
    assert "Teď ji vypravte" in page.content() and "Rozepsaná písemnost" not in page.content()
    # A mistake is taken back before it goes out, and made out once more.
    page.get_by_text("Zrušit vyhotovení").first.click()
    press(page, "Zrušit vyhotovení")
    assert "zrušeno" in page.locator("#dokumenty + ol").inner_text()
    look(page, "spis-zrusene-vyhotoveni")
    page.get_by_role("link", name="Odpovědět").click()
    text.fill("Výrok\n\nStánek se povoluje na den pouti.\n\nPoučení\n\nLze se odvolat.")
    press(page, "Vyhotovit")
    assert page.get_by_label("Vypravit", exact=True).input_value() == "postInHands"
    # Nobody knows yet where he lives.
    press(page, "Vypravit")
    assert page.locator("[id^='t-'].error").inner_text().endswith("kam písemnost posíláte.")
    look(page, "spis-vypravit-kam")
    page.get_by_label("Kam, jde-li to jinam").fill("Pouťová 3, Dětřichov")
    press(page, "Vypravit")
    assert "do vlastních rukou na Pouťová 3" in page.content()
    page.get_by_text("Vrátila se nedoručená").click()
    page.get_by_label("Proč", exact=True).fill("adresát se odstěhoval")
    press(page, "Zapsat vrácení")
    assert "adresát se odstěhoval" in page.content()
    look(page, "spis-vratila-se")
    page.get_by_label("Kam, jde-li to jinam").fill("Nová 5, Dětřichov")
    press(page, "Vypravit")
    page.get_by_label("Doručeno", exact=True).select_option("inPerson")
    page.get_by_label("Doručeno (uloženo) dne").fill("2026-01-05")
    page.get_by_label("Doklad o doručení").fill("podpis")
    press(page, "Zapsat doručení")
    assert page.get_by_label("Doručeno (uloženo) dne").input_value() == "2026-01-05"
    assert page.get_by_label("Doručeno", exact=True).input_value() == "inPerson"
    assert page.locator("[id^='e-'].error").inner_text().startswith("Doručeno nemůže být dřív")
    look(page, "spis-doruceni-spatne")
    served(page, "podpis na kopii")
    assert "Doručení je zapsané." in page.content()
    assert "podpis na kopii" in page.content()
    page.get_by_label("Jak", exact=True).select_option("document")
    press(page, "Vyřídit")
    page.get_by_label("Spisový znak").select_option(index=3)
    press(page, "Zařadit")
    # An appeal may still come, unless the party waived it.
    assert "nenabude právní moci dřív než" in page.locator(".advice").inner_text()
    assert page.get_by_role("button", name="Uzavřít spis").count() == 0
    look(page, "spis-ceka-na-pravni-moc")
    page.get_by_text("Vyznačit právní moc").first.click()
    # Nothing is chosen, and a day alone brings nothing into force.
    assert page.locator("select[name=ground]").input_value() == ""
    page.get_by_label("Den právní moci").fill(datetime.date.today().isoformat())
    press(page, "Vyznačit právní moc")
    assert "Vyberte, proč rozhodnutí nabylo právní moci." in page.content()
    page.locator("select[name=ground]").select_option("waiver")
    press(page, "Vyznačit právní moc")
    look(page, "pravni-moc-bez-dokladu")
    proof = page.locator("form[action$='/pravni-moc']")
    proof.locator("[name=proof]").fill("protokol u přepážky")
    proof.get_by_label("Doklad ze dne").fill(datetime.date.today().isoformat())
    press(page, "Vyznačit právní moc")
    assert "vzdání se odvolání (protokol u přepážky" in page.content()
    press(page, "Uzavřít spis")
    assert "Spis je uzavřený" in page.content()
    assert page.get_by_role("button", name="Vyřídit", exact=True).count() == 0
    page.goto(f"{page.url}/pridat")
    assert "je uzavřený" in page.content() and page.get_by_role("button", name="Zaevidovat").count() == 0
    look(page, "pridat-do-uzavreneho")
    press(page, "Znovu otevřít spis")
    assert "znovu otevřený" in page.content()


def test_a_clock_is_extended_and_stands_for_a_supplement(office, demo):
    page = office()
    take(page, enter_mail(demo, VILLAGE, subject="Vjezd na návsi", sender="Eva Vjezdová", regime="administrative", address="Náves 2"))
    page.get_by_text("Prodloužit lhůtu").first.click()
    page.get_by_label("je třeba místní šetření").check()
    press(page, "Prodloužit lhůtu")
    assert "Lhůta je prodloužená" in page.content()
    assert "je třeba místní šetření" in page.locator(".clock").inner_text()
    page.get_by_role("link", name="Odpovědět").click()
    pattern(page, "supplement")
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("[počet]", "15").replace("[co doplnit]", "Doplňte nákres."))
    press(page, "Vyhotovit")
    press(page, "Vypravit")
    served(page, "doručenka č. 2")
    assert "lhůta stojí" in page.locator(".clock").inner_text()
    look(page, "spis-ceka-na-doplneni")
    page.get_by_role("link", name="Zapsat doplnění").click()
    page.get_by_label("Věc", exact=True).fill("Nákres vjezdu")
    press(page, "Zaevidovat")
    assert "lhůta stojí" not in page.locator(".clock").inner_text()
    assert "Nákres vjezdu" in page.content()


def test_what_belongs_elsewhere_gets_a_number_there(office, new_page, demo):
    code, receipt = general(demo, VILLAGE, "Dotaz k lesní cestě")
    page = office()
    find(page, demo, code)
    press(page, "Osobně")
    press(page, "Převzít")
    page.get_by_role("link", name="Postoupit jinému úřadu").click()
    press(page, "Postoupit")
    assert page.locator("[data-summary]").count() == 1
    page.get_by_label("Příslušný úřad").fill("Horní Řasnice")
    page.get_by_label("Důvod").fill("Cesta leží v území obce Horní Řasnice.")
    look(page, "postoupeni")
    press(page, "Postoupit")
    assert "Věc je postoupená: Horní Řasnice" in page.content()
    press(page, "Vypravit")
    theirs = office(code=OTHER)
    find(theirs, demo, code, OTHER)
    assert "Dotaz k lesní cestě" in theirs.content() and "Dětřichov" in theirs.content()
    number = re.search(r"OUHORA \d+/\d{4}", theirs.content()).group(0)
    citizen = new_page(width=360)
    until(citizen, number, receipt)
    assert "Horní Řasnice" in citizen.content() and "Dětřichov" in citizen.content()
    look(citizen, "cesta-postoupeneho")


def test_who_is_away_is_stood_in_for(office, demo):
    head, url = office("head"), demo.url(VILLAGE)
    head.goto(f"{url}/nastaveni/lide")
    clerk = head.locator("main li", has=head.locator("strong", has_text="Hana Smyšlená"))
    clerk.get_by_text("Nepřítomnost a zástup").click()
    clerk.get_by_label("Mimo úřad od").fill("2026-01-01")
    clerk.get_by_label("Zastupuje").select_option(label="Josef Vzorový")
    clerk.get_by_role("button", name="Uložit", exact=True).click()
    assert "zastupuje Josef Vzorový" in head.content()
    look(head, "lide-v-uradu")
    code, _ = general(demo, VILLAGE, "Zatímco je na dovolené")
    find(head, demo, code)
    facts = head.locator(".case-facts").inner_text()
    assert "Josef Vzorový" in facts and "zastupuje" in facts.lower()
    head.get_by_text("Přidělit jinému").click()
    head.get_by_label("Komu").select_option(label="Hana Smyšlená, referentka")
    press(head, "Přidělit")
    assert "Hana Smyšlená" in head.locator(".case-facts").inner_text()
    head.goto(f"{url}/nastaveni/lide")
    clerk = head.locator("main li", has=head.locator("strong", has_text="Hana Smyšlená"))
    clerk.get_by_text("Nepřítomnost a zástup").click()
    clerk.get_by_role("button", name="Už je zpět").click()
    clerk = head.locator("main li", has=head.locator("strong", has_text="Hana Smyšlená"))
    assert "mimo úřad od" not in clerk.inner_text()


def test_a_new_clerk_comes_by_mail_and_knows_nothing_of_fees(office, new_page, demo, scripted):
    url, email = demo.url(VILLAGE), f"{uuid.uuid4().hex[:12]}@example.cz"
    head = office("head")
    head.goto(f"{url}/nastaveni/lide")
    head.get_by_label("Jméno a příjmení").fill("Nová Referentka")
    head.get_by_label("E-mail").fill(email)
    head.locator("#roles").get_by_label("podatelna").check()
    press(head, "Poslat pozvánku")
    assert f"Pozvánka odešla na {email}" in head.content()

    page = new_page(width=360, scripts=scripted)
    page.goto(letter(new_page(), demo, email, "Pozvánka"))
    look(page, "pozvanka")
    page.get_by_label("Zvolte si heslo").fill(PASSWORD)
    press(page, "Přijmout pozvánku")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Heslo").fill(PASSWORD)
    press(page, "Přihlásit se")
    page.wait_for_url(f"{url}/dnes")
    assert page.locator("h1").inner_text() == "Dnes"
    look(page, "prvni-den")
    if not scripted:
        return

    code, _ = dog(demo, VILLAGE, "Utajenec")
    keeper = office()
    find(keeper, demo, code)
    assert "Utajenec" in keeper.content() or "Šťovíčková" in keeper.content()
    page.goto(f"{url}/spisovna")
    assert "správa poplatků, neveřejné" in page.content()
    assert "Ohlášení k místnímu poplatku" not in page.content()
    look(page, "denik-bez-poplatku")
    page.goto(f"{url}/spisovna?q={code}")
    assert "Nic takového v deníku není" in page.content()
    files = keeper.locator("a[href^='/spisovna/soubor/']").first.get_attribute("href")
    document = keeper.locator("a[href^='/spisovna/dokument/']").first.get_attribute("href")
    for path in [keeper.url.removeprefix(url), files, document, f"{document}/razitko"]:
        assert page.goto(url + path).status == 404, path


def test_search_does_without_diacritics(office, demo):
    enter_mail(demo, VILLAGE, subject="Žluťoučký kůň na návsi", sender="Přemysl Řeřicha")
    page = office()
    for words in ["ZLUTOUCKY kun", "premysl rer", "kůň"]:
        page.goto(f"{demo.url(VILLAGE)}/spisovna")
        page.get_by_label("Hledat číslo, věc, odesílatele").fill(words)
        press(page, "Hledat")
        assert "Žluťoučký kůň na návsi" in page.locator("tbody").inner_text(), words
    page.goto(f"{demo.url(VILLAGE)}/spisovna/osoby?q=rericha")
    page.get_by_role("link", name="Přemysl Řeřicha").first.click()
    assert "Žluťoučký kůň na návsi" in page.content()
    look(page, "osoba-rejstriku")


def test_the_log_says_who_did_what(office, demo):
    page, url = office("head"), demo.url(VILLAGE)
    case = enter_mail(demo, VILLAGE, subject="Kdo co udělal", sender="Jan Zvídavý")
    take(page, case)
    page.get_by_role("link", name="Celý transakční protokol spisu").click()
    assert {"zapsáno do deníku", "převzato"} <= set(page.locator("tbody td:nth-child(4)").all_inner_texts())
    look(page, "historie-spisu")
    page.goto(f"{url}/nastaveni/protokol")
    row = page.locator("tbody tr", has_text="převzato").first
    assert "Josef Vzorový" in row.inner_text()
    look(page, "protokol-uradu")
    clerk = office()
    assert clerk.goto(f"{url}/nastaveni/protokol").status == 404


def test_keys_lead_through_the_lists(office, demo):
    page, url = office(), demo.url(VILLAGE)
    page.goto(f"{url}/spisovna")
    keys = page.keyboard
    keys.press("j")
    keys.press("j")
    keys.press("k")
    assert page.locator("tr.at").count() == 1
    first = page.locator("tbody tr", has=page.locator("a")).first
    assert "at" in (first.get_attribute("class") or "")
    keys.press("?")
    assert page.get_by_role("dialog").is_visible()
    look(page, "klavesy")
    keys.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    keys.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    # In a field a letter is a letter.
    keys.type("j")
    assert page.locator("#q").input_value() == "j"
    page.locator("h1").click()
    keys.press("g")
    keys.press("d")
    page.wait_for_url(f"{url}/dnes")
    keys.press("j")
    with page.expect_navigation():
        keys.press("Enter")
    assert "/spisovna/spis/" in page.url
    # Who does not want single keys switches them off, and they stay off.
    page.get_by_role("button", name="Klávesové zkratky").click()
    page.get_by_label("Zkratky jednou klávesou jsou zapnuté").uncheck()
    look(page, "klavesy-vypnute")
    press(page, "Zavřít")
    page.goto(f"{url}/spisovna")
    keys.press("j")
    keys.press("?")
    assert page.locator("tr.at").count() == 0
    assert not page.get_by_role("dialog").is_visible()
    page.get_by_role("button", name="Klávesové zkratky").click()
    assert not page.get_by_label("Zkratky jednou klávesou jsou zapnuté").is_checked()


def test_a_session_that_ends_keeps_what_was_typed(new_page, office, demo, scripted, tmp_path):
    url, account = demo.url(VILLAGE), demo.account("clerk", VILLAGE)
    case = enter_mail(demo, VILLAGE, subject="Dlouhé psaní", sender="Jan Trpělivý")
    page = new_page(scripts=scripted)
    sign_in(page, demo, account, url)
    take(page, case)
    page.get_by_role("link", name="Odpovědět").click()
    page.get_by_label("Text", exact=True).fill("Psáno celé dopoledne.\n\nA ještě odstavec.")
    page.context.clear_cookies(name="epom")
    press(page, "Vyhotovit")
    assert "Nic se neztratilo" in page.content() and "A ještě odstavec." in page.content()
    look(page, "prihlaseni-skoncilo")
    # Sent too early it is still there.
    press(page, "Odeslat znovu")
    assert "A ještě odstavec." in page.content()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Přihlaste se v novém okně").click()
    window = opened.value
    window.get_by_label("E-mail").fill(account["email"])
    window.get_by_label("Heslo").fill(account["password"])
    press(window, "Přihlásit se")
    window.wait_for_url(f"{url}/**")
    window.close()
    press(page, "Odeslat znovu")
    page.wait_for_url(case)
    assert "Teď ji vypravte" in page.content()

    # An upload: its fields are kept, its file is asked for again.
    scan = tmp_path / "sken.pdf"
    scan.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    page.goto(f"{url}/spisovna/novy")
    page.get_by_label("Věc", exact=True).fill("S přílohou po odhlášení")
    page.get_by_label("Jméno a příjmení, nebo název").fill("Jan Přílohový")
    page.get_by_label("Skeny, e-mail nebo přílohy").set_input_files(scan)
    page.context.clear_cookies(name="epom")
    press(page, "Zaevidovat")
    assert "Vyberte je prosím znovu: sken.pdf" in page.content()
    look(page, "prihlaseni-skoncilo-soubor")
    other = page.context.new_page()
    sign_in(other, demo, account, url)
    page.get_by_label("Soubory").set_input_files(scan)
    press(page, "Odeslat znovu")
    page.wait_for_url("**/spisovna/spis/**")
    assert "S přílohou po odhlášení" in page.content() and "sken.pdf" in page.content()


def test_mail_needs_no_more_than_what_is_known(demo):
    """For programs: what came without a word of the way it came is paper, of today."""
    status, headers, text = ask(
        demo, VILLAGE, "POST", "/spisovna/novy", demo.account("clerk", VILLAGE), {"subject": "Jen věc a odesílatel", "sender": "Jan Stručný"}
    )
    assert status == 303, text
    shown = ask(demo, VILLAGE, "GET", headers["Location"], demo.account("clerk", VILLAGE))[2]
    assert "listinně" in shown and "Jan Stručný" in shown
