"""What a form asks with a script and without one: municipalities to choose from, and files that are too large."""

from citizen import VILLAGE, press, report_fault
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
