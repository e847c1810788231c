"""A clerk answers as it was asked, on a desk, on a phone and on paper."""

import uuid

from citizen import press, until
from conftest import SCREENS, look
from office_api import enter_mail, request

VILLAGE = "546607"  # Dětřichov


def test_an_answer_asked_for_by_email_goes_so_and_the_file_closes(office, new_page, demo, scripted):
    email = f"{uuid.uuid4().hex[:12]}@example.cz"
    code, _ = request(demo, VILLAGE, "Náklady na kapličku", email)
    page = office(scripts=scripted, width=360)
    register = f"{demo.url(VILLAGE)}/spisovna?q={code}"
    page.goto(register)
    until(page, "/spisovna/spis/", register)
    page.locator("tbody a").first.click()
    page.wait_for_url("**/spisovna/spis/**")
    press(page, "Převzít")
    assert f"e-mailem ({email})" in page.locator(".case-facts").inner_text()
    page.get_by_role("link", name="Odpovědět").first.click()
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("[požadovaná informace]", "Oprava stála 12 000 Kč."))
    press(page, "Vyhotovit")
    # The next thing to do stands before everything else that could be done.
    button = page.get_by_role("button", name="Vypravit", exact=True)
    assert button.bounding_box()["y"] < page.get_by_role("heading", name="Další možnosti").bounding_box()["y"]
    assert page.get_by_label("Vypravit", exact=True).input_value() == "email"
    look(page, "spis-odpoved-e-mailem")
    button.click()
    press(page, "Vyřídit")
    press(page, "Uzavřít spis")
    assert "Spis je uzavřený" in page.content()
    post = new_page()
    post.goto(f"{demo.region}/posta")
    until(post, "Oprava stála 12 000 Kč.", f"{demo.region}/posta")
    answer = post.locator("li", has_text=email).filter(has_text="Oprava stála 12 000 Kč.")
    assert "poskytnutí informace, č. j. OUDETR" in answer.first.inner_text().replace("\xa0", " ")


def test_what_a_finger_presses_is_large_enough(browser, office, demo, states):
    office()
    case = enter_mail(demo, VILLAGE, subject="Lavička u lesa", sender="Jan Prstový", regime="other")
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True, storage_state=states["clerk", VILLAGE]
    )
    page = context.new_page()
    for address in [case, f"{demo.url(VILLAGE)}/dnes"]:
        page.goto(address)
        small = page.evaluate(
            """[...document.querySelectorAll("main .button, main summary, main .options a, main button.link")]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
        )
        assert small == []
    context.close()


def test_the_printed_register_has_all_its_columns(browser, office, demo, states):
    office()
    enter_mail(demo, VILLAGE, subject="Nejneobhospodařovávatelnější" * 4, sender="Společenstvívlastníkůjednotek" * 3)
    # The width of an A4 sheet chooses the layout, what is between its margins holds it.
    context = browser.new_context(
        viewport={"width": 794, "height": 1000}, bypass_csp=True, storage_state=states["clerk", VILLAGE]
    )
    page = context.new_page()
    page.goto(f"{demo.url(VILLAGE)}/spisovna")
    page.emulate_media(media="print")
    page.add_style_tag(content="body { width: 688px !important; }")
    page.screenshot(path=SCREENS / "podaci-denik-tisk.png")
    edges = page.evaluate("[...document.querySelectorAll('th, td')].map(one => one.getBoundingClientRect().right)")
    assert max(edges) <= 689, max(edges)
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
    context.close()
