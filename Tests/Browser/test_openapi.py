"""The description of the interface, tried by requests made up from it: documented answers, and no fault of ours."""

import json
import pathlib
import subprocess
import sys
import urllib.request

import pytest

VILLAGE = "514161"
ST = pathlib.Path(sys.executable).parent / "st"


def asked(place, path, token):
    """What a program sees of a page; names of offices do not resolve outside of browsers."""
    request = urllib.request.Request(
        f"http://{place['connect']}{path}",
        headers={"Host": place["host"], "Accept": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def known(place, token):
    """Things that are there, so that what is made up reaches further than the address."""
    case = asked(place, "/spisovna/spisy", token)["cases"][0]["id"]
    entry = asked(place, "/ucetnictvi", token)["entries"][0]["link"].rsplit("/", 1)[1]
    notice = asked(place, "/deska", token)["hanging"][0]["link"].rsplit("/", 1)[1]
    return {
        "^/spisovna/spis/": {"id": case},
        "^/ucetnictvi/zapis/": {"id": entry},
        "^/ucetnictvi/ucet/": {"account": "231"},
        "^/(uredni-)?deska/": {"id": notice},
        "^/(formulare|api/forms|nastaveni/formulare)/": {"code": "zavada"},
    }


def write(path, values):
    lines = []
    for pattern, parameters in values.items():
        pairs = ", ".join(f'"path.{name}" = "{value}"' for name, value in parameters.items())
        lines += ["[[operations]]", f"include-path-regex = '{pattern}'", f"parameters = {{ {pairs} }}"]
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("who", ["head", "nobody", "administrator"])
def test_made_up_requests(demo, tmp_path, who):
    place = demo.data["region"] if who == "administrator" else demo.tenant(VILLAGE)
    headers = ["-H", f"Host: {place['host']}", "-H", "Accept: application/json"]
    values = {"^/kraj/obce/": {"code": VILLAGE}, "^/(kraj/)?sluzby/": {"code": "zavada"}}
    if who != "nobody":
        token = demo.account(who, VILLAGE if who == "head" else "")["token"]
        headers += ["-H", f"Authorization: Bearer {token}"]
        if who == "head":
            values = known(place, token)
    write(tmp_path / "known.toml", values)
    outcome = subprocess.run(
        [
            ST, "--config-file", tmp_path / "known.toml", "run",
            f"http://{place['connect']}/api/openapi.json", *headers,
            # Wrong passwords from here would keep everybody else out for a quarter of an hour.
            "--exclude-path-regex", "^/(prihlaseni|registrace|zapomenute-heslo)$",
            "--phases", "coverage" if who == "nobody" else "coverage,fuzzing", "--max-examples", "2", "--seed", "1", "--no-shrink",
            "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            "--max-redirects", "0", "--request-timeout", "30", "--continue-on-failure", "--warnings", "off",
        ],
        capture_output=True, text=True, timeout=240, cwd=tmp_path,
    )
    assert outcome.returncode == 0, outcome.stdout[-6000:] + outcome.stderr[-2000:]
    assert "Tested: " in outcome.stdout, outcome.stdout
