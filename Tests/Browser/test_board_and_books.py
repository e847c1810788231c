"""The board and the books: what goes wrong is said, what was typed stays, and what was done is not undone in silence."""

import pytest
from conftest import SCREENS, look, pages_of, sign_in

VILLAGE = "514161"
# A4 upright at 96 dots an inch.
PAPER = {"width": 794, "height": 1123}


def press(page, name):
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


@pytest.fixture
def clerk(new_page, demo, scripted):
    page = new_page(scripts=scripted)
    sign_in(page, demo, demo.account("clerk", VILLAGE), demo.url(VILLAGE))
    return page


@pytest.fixture
def accountant(new_page, demo, scripted):
    page = new_page(scripts=scripted)
    sign_in(page, demo, demo.account("accountant", VILLAGE), demo.url(VILLAGE))
    return page


def test_a_notice_is_posted_corrected_and_taken_down(new_page, demo, scripted, clerk, tmp_path):
    url = demo.url(VILLAGE)
    program, document = tmp_path / "priloha.pdf", tmp_path / "znění.pdf"
    program.write_bytes(b"MZ\x90\x00" + bytes(300))
    document.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    title = f"Rozhodnutí o cestě {'se skriptem' if scripted else 'bez skriptu'}"

    clerk.goto(f"{url}/deska/nove")
    press(clerk, "Uložit koncept")
    assert clerk.locator("[data-summary]").count() == 1
    clerk.get_by_label("Název", exact=True).fill(title)
    clerk.get_by_label("Druh", exact=True).select_option("public_decree")
    press(clerk, "Uložit koncept")
    clerk.get_by_label("Text", exact=True).fill("Dopsáno před přiložením.")
    clerk.get_by_label("Přiložit soubory").set_input_files(program)
    press(clerk, "Přiložit")
    assert "program" in clerk.locator("[data-summary]").inner_text()
    assert clerk.get_by_label("Text", exact=True).input_value() == "Dopsáno před přiložením."
    look(clerk, "deska-spatny-soubor")
    program = tmp_path / "virus.exe"
    program.write_text("jen text")
    clerk.get_by_label("Přiložit soubory").set_input_files(program)
    press(clerk, "Přiložit")
    assert "„virus.exe“" in clerk.locator("[data-summary]").inner_text()
    assert clerk.get_by_label("Text", exact=True).input_value() == "Dopsáno před přiložením."
    clerk.get_by_label("Přiložit soubory").set_input_files(document)
    press(clerk, "Přiložit")
    assert clerk.get_by_role("link", name="znění.pdf").count() == 1
    clerk.get_by_label("Poslední den").fill("2020-01-01")
    press(clerk, "Vyvěsit")
    assert "Musí viset nejméně do" in clerk.locator("[data-summary]").inner_text()
    clerk.goto(clerk.url.removesuffix("/vyvesit"))
    press(clerk, "Vyvěsit")
    assert "Vyvěšeno" in clerk.content()

    public = new_page(width=360, scripts=scripted)
    public.goto(f"{url}/uredni-deska")
    look(public, "deska-verejna")
    public.get_by_label("Hledat na desce").fill("ROZHODNUTI o ceste " + title.split()[-1])
    press(public, "Hledat")
    public.get_by_role("link", name=title).click()
    assert "patnáctým dnem po vyvěšení" in public.content()
    look(public, "deska-oznameni")
    hung = public.url
    public.get_by_role("link", name="List k vytištění").click()
    public.emulate_media(media="print")
    assert public.get_by_text("Podpis a razítko").is_visible()
    assert not public.get_by_role("link", name="Kde je moje podání").is_visible()
    public.screenshot(path=SCREENS / f"deska-list-tisk{'' if scripted else '-noscript'}.png")
    for paper in ("A4", "Letter"):
        assert pages_of(public.pdf(format=paper)) == 1, paper

    press(clerk, "Připravit opravu")
    clerk.get_by_label("Název", exact=True).fill(f"{title} (oprava)")
    press(clerk, "Vyvěsit")
    assert "Vyvěšeno" in clerk.content()
    public.emulate_media(media="screen")
    public.goto(hung)
    assert "sejmuto" in public.content() and title not in public.content()
    look(public, "deska-nahrazeno")
    public.get_by_role("link", name="oprava vyvěšená").click()
    look(public, "deska-oprava")
    assert public.get_by_role("link", name="oznámení vyvěšeného").count() == 1

    assert "nebude doručena" in clerk.get_by_role("note").inner_text()
    press(clerk, "Sejmout")
    assert "proč se snímá" in clerk.locator("[data-summary]").inner_text()
    look(clerk, "deska-sejmout-bez-duvodu")
    clerk.get_by_label("Proč se snímá dřív").fill("Rozhodnutí bylo zrušeno")
    press(clerk, "Sejmout")
    assert "Sejmuto" in clerk.content() and "Rozhodnutí bylo zrušeno" in clerk.content()
    public.goto(f"{url}/uredni-deska")
    assert title not in public.content()
    clerk.goto(f"{url}/deska")
    look(clerk, "deska-urad")


def test_a_long_word_and_the_keys_of_the_board(new_page, demo, scripted, clerk):
    url = demo.url(VILLAGE)
    title = "Nejneobhospodařovávatelnější" * 8
    clerk.goto(f"{url}/deska/nove")
    clerk.get_by_label("Název", exact=True).fill(title)
    clerk.get_by_label("Druh", exact=True).select_option("auction")
    if scripted:
        assert clerk.locator("#event-h").inner_text() == "Vyplňte den dražby."
    else:
        assert "dražební vyhláška: den dražby" in clerk.locator("#event-h").inner_text()
    clerk.get_by_label("Druh", exact=True).select_option("decree")
    clerk.get_by_label("Text", exact=True).fill("Znění.")
    press(clerk, "Uložit koncept")
    look(clerk, "deska-dlouhe-slovo-koncept")
    press(clerk, "Vyvěsit")
    look(clerk, "deska-bez-sbirky")
    clerk.get_by_label("Předpis ve Sbírce ještě není").check()
    press(clerk, "Vyvěsit")
    look(clerk, "deska-dlouhe-slovo")
    public = new_page(width=360, scripts=scripted)
    public.goto(clerk.url.replace("/deska/", "/uredni-deska/"))
    look(public, "deska-dlouhe-slovo-verejna")
    if scripted:
        clerk.goto(f"{url}/deska")
        clerk.keyboard.press("j")
        assert clerk.evaluate("document.activeElement.closest('[data-list]') !== null")
        clerk.keyboard.press("?")
        keys = clerk.get_by_role("dialog").inner_text()
        assert "další řádek" in keys and "hledat" not in keys
        clerk.goto(f"{url}/deska/nove")
        clerk.keyboard.press("?")
        assert "další řádek" not in clerk.get_by_role("dialog").inner_text()
        clerk.goto(f"{url}/spisovna")
        clerk.keyboard.press("?")
        assert "hledat" in clerk.get_by_role("dialog").inner_text()


@pytest.mark.parametrize("width", [320, 360, 700, 900])
def test_the_books_fit_a_phone(demo, new_page, width):
    page, url = new_page(width=width), demo.url(VILLAGE)
    sign_in(page, demo, demo.account("accountant", VILLAGE), url)
    page.goto(f"{url}/ucetnictvi/zapis")
    boxes = page.locator(".entry input").all()
    assert len(boxes) >= 10
    for box in boxes:
        place = box.bounding_box()
        assert 0 <= place["x"] and place["x"] + place["width"] <= width, f"{box.get_attribute('aria-label')}: {place}"
        assert place["width"] >= 80 and place["height"] >= 24
    for path in ("", "/predvaha", "/prijmy-a-vydaje", "/pohledavky", "/ucty", "/skladba?q=51", "/ucet/231", "/zapis"):
        page.goto(f"{url}/ucetnictvi{path}")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path}: {wider} px"
        # What is wider than its box can be scrolled there, by the keyboard too, and says what it is.
        for box in page.locator(".scroll").all():
            if box.evaluate("box => box.scrollWidth > box.clientWidth"):
                assert box.get_attribute("tabindex") == "0" and box.get_attribute("aria-label"), path
    look(page, f"knihy-{width}")


def test_an_accountant_books_by_the_keyboard_reverses_and_locks(demo, scripted, accountant):
    page, url = accountant, demo.url(VILLAGE)
    page.goto(f"{url}/ucetnictvi/zapis")
    keys = page.keyboard
    page.get_by_label("Účetní případ").fill("Nákup papíru")
    page.get_by_label("Účet, řádek 1").focus()
    for text, jumps in (("501", 1), ("1 234,50", 4), ("231", 2)):
        keys.type(text)
        for _ in range(jumps):
            keys.press("Tab")
    if scripted:
        assert "chybí 1 234,50 na straně Dal" in page.locator("[data-totals]").inner_text().replace("\xa0", " ")
        keys.press("=")
        assert "vyrovnáno" in page.locator("[data-totals]").inner_text()
        keys.press("Enter")
    else:
        keys.type("1234,40")
        keys.press("Tab")
    keys.type("6171")
    keys.press("Tab")
    keys.type("5139")
    if scripted:
        look(page, "zapis-klavesnici")
        page.get_by_label("Položka, řádek 6").focus()
        keys.press("Enter")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Účet, řádek 7"
        keys.press("Control+Enter")
    else:
        press(page, "Přidat řádky")
        assert page.get_by_label("Účet, řádek 12").count() == 1
        press(page, "Zaúčtovat")
        assert "liší o 0,10" in page.locator("[data-summary]").inner_text()
        look(page, "zapis-nevyrovnany")
        page.get_by_label("Dal, řádek 2").fill("1234,50")
        press(page, "Zaúčtovat")
    page.wait_for_url("**/ucetnictvi/zapis/*-*")
    assert "Zaúčtováno" in page.content() and "6171 / 5139" in page.content()
    look(page, "zapis-zauctovany")
    press(page, "Stornovat")
    assert "Storno zápisu" in page.content()
    page.get_by_role("link", name="501", exact=True).click()
    look(page, "hlavni-kniha")
    assert page.locator("tfoot td.number").last.inner_text().replace("Zůstatek: ", "") == "0,00"
    for address, name in (
        ("predvaha", "predvaha-obraty"), ("prijmy-a-vydaje", "prijmy-a-vydaje"), ("pohledavky", "pohledavky"),
        ("ucty?q=231", "uctovy-rozvrh"), ("skladba?q=pes", "skladba"),
    ):
        page.goto(f"{url}/ucetnictvi/{address}")
        look(page, name)
    page.goto(f"{url}/ucetnictvi/predvaha")
    with page.expect_download() as download:
        page.get_by_role("link", name="Do tabulky (CSV)").click()
    assert download.value.path().read_bytes().startswith("\ufeffÚčet;".encode())

    page.goto(f"{url}/ucetnictvi")
    page.get_by_label("Do dne včetně").fill("2020-12-31" if scripted else "2021-12-31")
    press(page, "Uzamknout")
    assert "otevřít" in page.locator("[data-summary]").inner_text()
    assert page.get_by_label("Do dne včetně").input_value() == ("2020-12-31" if scripted else "2021-12-31")
    page.get_by_label("Vím, že odemknout").check()
    press(page, "Uzamknout")
    assert "uzamčené do" in page.content()
    page.goto(f"{url}/ucetnictvi/zapis")
    page.get_by_label("Den účetního případu").fill("2020-12-31")
    page.get_by_label("Účetní případ").fill("Pozdě")
    for name, text in (("Účet, řádek 1", "501"), ("Má dáti, řádek 1", "5"), ("Účet, řádek 2", "321"), ("Dal, řádek 2", "5")):
        page.get_by_label(name).fill(text)
    press(page, "Zaúčtovat")
    assert "uzamčené" in page.locator("[data-summary]").inner_text()
    assert page.get_by_label("Účetní případ").input_value() == "Pozdě"


def test_a_word_without_end_hides_no_amount(demo, accountant):
    page, url = accountant, demo.url(VILLAGE)
    screen = page.viewport_size
    page.goto(f"{url}/ucetnictvi/zapis")
    page.get_by_label("Účetní případ").fill("\u202e" + "W" * 290)
    for number, (account, side) in enumerate([("501", "Má dáti"), ("321", "Dal")], 1):
        page.get_by_label(f"Účet, řádek {number}").fill(account)
        page.get_by_label(f"{side}, řádek {number}").fill("1 234,50")
    page.get_by_role("button", name="Zaúčtovat").click()
    page.wait_for_url("**/zapis/*-*")
    assert "\u202e" not in page.content()
    for path in ("", "/ucet/501"):
        page.goto(f"{url}/ucetnictvi{path}")
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            if media == "print":
                page.set_viewport_size(PAPER)
            for box in page.locator(".scroll:has(table)").all():
                assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), f"{path} {media}"
            amount = page.locator("td.number", has_text="1\xa0234,50").first.bounding_box()
            assert amount["x"] + amount["width"] <= page.viewport_size["width"], f"{path} {media}"
            if media == "screen":
                look(page, f"dlouhe-slovo-{'denik' if not path else 'ucet'}")
            else:
                page.screenshot(path=SCREENS / f"dlouhe-slovo-{'denik' if not path else 'ucet'}-tisk.png", full_page=True)
        page.emulate_media(media="screen")
        page.set_viewport_size(screen)


def test_what_is_unusual_is_asked_before_it_is_booked(demo, accountant):
    page, url = accountant, demo.url(VILLAGE)
    page.goto(f"{url}/ucetnictvi/zapis")
    page.get_by_label("Účetní případ").fill("Příjem bez položky")
    page.get_by_label("Den účetního případu").fill("2023-01-01")
    for number, (account, side) in enumerate([("231", "Má dáti"), ("606", "Dal")], 1):
        page.get_by_label(f"Účet, řádek {number}").fill(account)
        page.get_by_label(f"{side}, řádek {number}").fill("5")
    page.get_by_role("button", name="Zaúčtovat").click()
    box = page.get_by_label("Zaúčtovat bez položky rozpočtové skladby")
    box.check()
    look(page, "zapis-neobvykly")
    page.get_by_label("Den je v jiném roce").check()
    page.get_by_role("button", name="Zaúčtovat").click()
    page.wait_for_url("**/zapis/*-*")
