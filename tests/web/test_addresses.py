"""Web addresses as councils' papers have them: whole, escaped and left to right."""

import json
from collections.abc import Callable
from pathlib import Path

import frozen_site
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import attribute, inspect
from inspection_outcome.report.facts import Web
from jsonschema import Draft202012Validator
from pseudo_locales import RIGHT_TO_LEFT

SOURCE = "democracy.example.gov.uk/ieListDocuments.aspx?CId=124&MId=6789&Ver=4"
CONTACT = "example.org/~Talk/it's(you);a,b:c@d!/?q=%C3%A9+*$&lt;=1&amp;x=%7B0%7D#The-Top"
SECTION = """shows = "sources"
[[section.text]]
id = "help.where"
text = "See {line_web}."
source = "site"
"""


@pytest.fixture
def client(spoil: Callable[[str, str, str], Path], tmp_path: Path) -> FlaskClient:
    """Return a client of the small site with these addresses, all of it translated."""
    spoil("report.toml", 'leave = "example.org"', f'leave = "{SOURCE}"')
    spoil("report.toml", "example.org/report", SOURCE)
    spoil("report.toml", 'phone = "01632 960009"', f'web = "{CONTACT}"')
    content = spoil("help.toml", "[section.heading]", f"{SECTION}[section.heading]")
    told = pseudo_locales.messages(content)
    translations = pseudo_locales.folder(tmp_path / "translations", (RIGHT_TO_LEFT,), told)
    return frozen_site.create(translations, content=content).test_client()


@pytest.mark.parametrize("tag", ["en", RIGHT_TO_LEFT.tag])
def test_readers_see_and_follow_an_address_as_it_is(tag: str, client: FlaskClient) -> None:
    """To leave by, on a source's name, in the list of sources, in a sentence, and on a button."""
    shown = []
    for path in (f"/{tag}/", f"/{tag}/help/"):
        response = client.get(path)
        page, broken = inspect(response.text, response.headers)
        assert broken == []
        shown += [
            (attribute(each, "href"), each.to_text(separator=""), attribute(each, "dir"))
            for each in page.query("main a")
            if attribute(each, "href").startswith("https:")
        ]

    assert {href for href, _, _ in shown} == {f"https://{SOURCE}", f"https://{CONTACT}"}
    addresses = [(text, dir_) for _, text, dir_ in shown if "/" in text]
    assert sorted(addresses) == [(SOURCE, "ltr"), (CONTACT, "ltr"), (CONTACT, "ltr")]


def test_a_long_address_breaks_after_the_signs_between_its_parts(client: FlaskClient) -> None:
    assert client.get("/en/help/").text.count("<wbr>") == len(Web(CONTACT).parts) - 1
    assert Web(SOURCE).parts == [
        "democracy.example.gov.uk/",
        *("ieListDocuments.aspx?", "CId=", "124&", "MId=", "6789&", "Ver=", "4"),
    ]


def test_the_dataset_has_addresses_as_its_schema_says(client: FlaskClient) -> None:
    told = json.loads(client.get("/report.json").data)
    validator = Draft202012Validator(json.loads(client.get("/report.schema.json").data))
    fact = {"kind": "web", "source": "inspectors"}

    assert told["sources"][0]["web"] == SOURCE
    for value, is_valid in {SOURCE: True, CONTACT: True, "a.gov.uk@b.org": False}.items():
        facts = {"facts": {"place": fact | {"value": value}}}
        assert validator.is_valid(told | facts) == is_valid
