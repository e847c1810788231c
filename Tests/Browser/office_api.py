"""The office's face for programs: brings about in milliseconds what a test begins with."""

import base64
import http.client
import json
import os
from urllib.parse import urlparse


def ask(demo, code, method, path, account=None, body=None, headers=None):
    """Status, headers and body of an answer; a JSON body is sent as such, and JSON is asked for.

    Without a code the region is asked.
    """
    tenant = demo.tenant(code) if code else demo.data["region"]
    place = urlparse(tenant["connect"] if "://" in tenant["connect"] else f"http://{tenant['connect']}")
    line = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    given = {"Host": tenant["host"], "Accept": "application/json", **(headers or {})}
    if account:
        given["Authorization"] = f"Bearer {account['token']}"
    if body is not None:
        given["Content-Type"] = "application/json"
    line.request(method, path, json.dumps(body) if body is not None else None, given)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, dict(answer.getheaders()), text


def enter_mail(demo, code, **fields):
    """A case file from something that came by hand; its address."""
    status, headers, text = ask(demo, code, "POST", "/spisovna/novy", demo.account("clerk", code), fields)
    assert status == 303, (status, text)
    return demo.url(code) + headers["Location"]


def hand_in(demo, code, form, answers, role="clerk"):
    """A submission by form; code and address of its receipt."""
    key = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
    status, _, text = ask(
        demo, code, "POST", f"/api/forms/{form}", demo.account(role, code), answers, {"Idempotency-Key": key}
    )
    assert status == 202, (status, text)
    receipt = json.loads(text)
    return receipt["code"], demo.url(code) + receipt["status"]


PERSON = {"osoba": "FO", "jmeno": "Žaneta", "prijmeni": "Šťovíčková", "narozeni": "1980-05-06"}


def general(demo, code, subject, text="Prosím o vyjádření."):
    home = {"obec": code, "ulice": "č. p. 7"}
    return hand_in(
        demo, code, "obecne-podani", {**PERSON, "pobyt": home, "predmet": subject, "obsah": text, "email": "zaneta@example.cz"}
    )


def request(demo, code, subject, email):
    """Asks for information, to be answered by e-mail."""
    home = {"obec": code, "ulice": "č. p. 7"}
    return hand_in(demo, code, "informace-106", {
        **PERSON, "pobyt": home, "predmet": subject, "obsah": "Kolik stála?", "zpusob": "email", "email": email,
    })


def dog(demo, code, name):
    home = {"obec": code, "ulice": "č. p. 7"}
    return hand_in(demo, code, "pes-ohlaseni", {
        "ukon": "vznik", **PERSON, "pobyt": home, "jmeno-psa": name, "plemeno": "kříženec", "narozeni-psa": "2025-05-01",
        "od": "2025-08-01", "dalsi": "prvni", "nad65": "ne", "email": "zaneta@example.cz",
    })


def fault(demo, code, part, subject):
    """A report that needs no confirmation, at an office that has a head alone."""
    return hand_in(demo, code, "zavada", {
        "druh": "komunikace", "predmet": subject, "popis": "Voda stojí na vozovce.", "misto": {"obec": code, "cast": part},
        "upresneni": "u mostu",
    }, role="head")
