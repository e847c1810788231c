"""What a form asks with a script and without one: municipalities to choose from, and files that are too large."""

from citizen import VILLAGE, delay, press, report_fault, settle
from conftest import look


def test_a_file_too_large_is_named_with_the_limit(new_page, demo, scripted, tmp_path):
    large, small = tmp_path / "velká fotka.png", tmp_path / "malá.png"
    page = new_page(scripts=scripted)
    report_fault(page, demo, "Rozbitá houpačka")
    page.screenshot(path=small)
    large.write_bytes(small.read_bytes() + bytes(20_000_001))
    page.locator("#foto").set_input_files([large, small])
    if not scripted:
        press(page, "Uložit rozepsané")
    said = page.locator(".field", has=page.locator("#foto")).locator(".error").inner_text()
    assert "velká fotka.png" in said and "20 MB" in said
    assert page.locator("#predmet").input_value() == "Rozbitá houpačka"
    look(page, "velky-soubor")
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    assert "malá.png" in page.content() and "velká fotka.png" not in page.content()


def test_without_a_script_places_are_offered_where_the_person_is(new_page, demo):
    page = new_page(scripts=False)
    page.goto(f"{demo.url(VILLAGE)}/formulare/zavada/vyplnit")
    page.locator("#predmet").fill("Díra")
    page.locator('[id="misto.obec"]').fill("nova")
    press(page, "Nabídnout obce a jejich části")
    page.wait_for_url("**#misto")
    group = page.locator("#misto")
    assert "odpovídá více obcí" in group.inner_text()
    names = group.locator("select option").all_inner_texts()
    assert "Nová Ves nad Nisou" in names and "Nová Ves nad Popelkou" in names
    assert page.locator("#predmet").input_value() == "Díra"
    look(page, "nabidka-obci")
    group.locator("select").select_option(label="Nová Ves nad Nisou")
    press(page, "Nabídnout obce a jejich části")
    assert "Našli jsme obec Nová Ves nad Nisou." in page.locator("#misto").inner_text()


def test_another_municipality_has_its_own_parts_at_once(new_page, demo):
    page = new_page()
    page.goto(f"{demo.url(VILLAGE)}/formulare/zavada/vyplnit")
    municipality, parts = page.locator('[id="misto.obec"]'), page.locator('[id="misto.cast"]')
    municipality.fill("Liberec")
    page.keyboard.press("Tab")
    parts.locator("option").nth(20).wait_for(state="attached")
    of_liberec = {option.get_attribute("value") for option in parts.locator("option").all()} - {""}
    parts.select_option(index=3)
    # By the keyboard alone, and the answer comes late: the list of before is gone as soon as the name is left.
    municipality.focus()
    municipality.fill("Frýdlant")
    delay(page, 700)
    page.keyboard.press("Tab")
    parts.focus()
    assert parts.locator("option").all_inner_texts() == ["vyberte"]
    parts.locator("option").nth(2).wait_for(state="attached")
    of_frydlant = {option.get_attribute("value") for option in parts.locator("option").all()} - {""}
    assert of_frydlant and not of_frydlant & of_liberec
    assert page.evaluate("document.activeElement.id") == "misto.cast"
    assert page.errors == []


def test_a_place_says_what_does_not_go_together_and_no_code(new_page, demo, scripted):
    page = new_page(scripts=scripted)
    report_fault(page, demo, "Rozbitá houpačka")
    page.locator('[id="misto.obec"]').fill("Frýdlant")
    page.locator('[id="misto.psc"]').fill("463 62")
    page.locator("#upresneni").focus()
    settle(page)
    press(page, "Zkontrolovat a podat")
    page.locator('[id="misto.psc-e"]').wait_for()
    said = page.locator("#misto").inner_text()
    assert "Vyberte část obce Frýdlant" in said and "PSČ" in said and "patří jinam (" in said
    assert "Bílý Potok" in said and not any(word.strip("„“.").isdigit() and len(word) > 5 for word in said.split())
    look(page, "misto-psc")
