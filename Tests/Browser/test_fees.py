"""Which municipality a fee is announced to, as a citizen reads it before handing in."""

from citizen import VILLAGE, press, rule
from conftest import look


def test_a_fee_goes_where_it_is_owed(new_page, demo, scripted):
    page = new_page(scripts=scripted)
    page.goto(f"{demo.url(VILLAGE)}/formulare/odpad-ohlaseni/vyplnit")
    payer = page.get_by_role("heading", name="Poplatník", exact=True)
    assert payer.count() == 0, "a heading with nothing under it"
    rule(page, page.locator('input[name="ukon"][value="vznik"]'))
    rule(page, page.locator('input[name="duvod"][value="nemovitost"]'))
    payer.wait_for()
    rule(page, page.locator('input[name="osoba"][value="FO"]'))
    for name, text in {"den": "1. 11. 2026", "jmeno": "Jan", "prijmeni": "Chatař", "narozeni": "12. 4. 1955"}.items():
        page.locator(f"#{name}").fill(text)
    page.locator('[id="pobyt.jinde"]').fill("Dlouhá 5, 110 00 Praha 1")
    page.locator('[id="misto.obec"]').fill("Bílý Potok")
    page.locator('[id="misto.ulice"]').fill("č. e. 7")
    page.locator('input[name="druh"][value="rekreace"]').check()
    look(page, "odpad-chatar")
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    said = page.locator("section", has_text="Co se stane, až podáte").inner_text()
    assert "Podání dostane Bílý Potok" in said and "Rozhoduje místo nemovitosti" in said
    assert "neporovnal" not in said and "správního řádu" not in said

    page.goto(f"{demo.url(VILLAGE)}/formulare/pes-ohlaseni/vyplnit")
    rule(page, page.locator('input[name="ukon"][value="zanik"]'))
    rule(page, page.locator('input[name="duvod-zaniku"][value="odstehovani"]'))
    rule(page, page.locator('input[name="osoba"][value="FO"]'))
    for name, text in {"jmeno": "Jan", "prijmeni": "Pejskař", "narozeni": "12. 4. 1955", "jmeno-psa": "Rek",
                       "plemeno": "kříženec", "do": "1. 11. 2026"}.items():
        page.locator(f"#{name}").fill(text)
    page.locator('[id="pobyt.obec"]').fill("Dětřichov")
    page.locator('[id="pobyt.ulice"]').fill("č. p. 3")
    page.locator('[id="dosavadni-obec.obec"]').fill("Bílý Potok")
    look(page, "pes-odstehovani")
    press(page, "Zkontrolovat a podat")
    page.wait_for_url("**/kontrola**")
    assert "Podání dostane Bílý Potok" in page.locator("section", has_text="Co se stane, až podáte").inner_text()
