"""Every page of the shipped content, in English and in each language that readers are led to."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from flask import Flask
from house_rules import Get, attribute, text_of
from inspection_outcome.authoring.faults import check_content
from inspection_outcome.edition import Folders
from inspection_outcome.pages.offline import LIMIT
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.facts import Count
from inspection_outcome.report.model import Report
from inspection_outcome.report.todo import REMEDY, todos
from jsonschema import Draft202012Validator
from shipped_site import ALL, EVERY, PAGES, SETTINGS, TRANSLATED, tell

TAGS = ["en", *(language.tag for language in TRANSLATED)]


def test_the_content_has_no_faults() -> None:
    faults = check_content(Folders(SETTINGS.content, SETTINGS.translations))

    tell(map(str, faults), "mend each, and run: flask content check")


def test_nothing_is_left_to_write() -> None:
    tell(map(str, todos(SETTINGS.content)), REMEDY)


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_obeys_the_house_rules(
    tag: str, get: Get, broken_rules: dict[str, list[str]]
) -> None:
    """Also with the limit of 14 KB, which a longer language reaches first."""
    # What is on the page of all pages is on another page: one language of it is enough.
    paths = [path.replace("/en/", f"/{tag}/", 1) for path in (EVERY if tag == "en" else PAGES)]
    for path in paths:
        get(path)

    tell(
        (f"{path}: {rule}" for path in paths for rule in broken_rules[path]),
        "undo the last change of this page, or shorten it if it is too large; "
        "if it is neither, a programmer must look at it.",
    )


def test_every_link_leads_somewhere(get: Get) -> None:
    """Links are the same in every language, as translations must have those of the English."""
    ids = {path: {attribute(each, "id") for each in get(path).query("[id]")} for path in EVERY}

    tell(
        (problem for path in EVERY for problem in _lost(path, get, ids)),
        "write the name of a page, a section or a word that is there.",
    )


def _lost(path: str, get: Get, ids: dict[str, set[str]]) -> Iterator[str]:
    """Yield what is wrong with each link within the site; `ids`: those of each page."""
    links = {urljoin(path, attribute(link, "href")) for link in get(path).query("a[href]")}
    for link in sorted(each for each in links if each.startswith("/en/")):
        to, fragment = urldefrag(link)
        if to.endswith("/") and to not in ids:
            yield f"{path}: there is no page {to}"
        elif fragment and fragment not in ids[to]:
            yield f"{path}: there is no part '{fragment}' on {to}"


def test_every_page_has_a_description(get: Get) -> None:
    short = [
        path
        for path in EVERY
        if len(attribute(get(path).query("meta[name=description]")[0], "content")) <= 20
    ]

    tell(short, "write a `description` that says what these pages are about.")


def test_everybody_who_can_be_asked_is_on_the_page_of_help(get: Get, report: Report) -> None:
    links = {attribute(link, "href") for link in get("/en/help/").query("main section a")}

    tell(
        (
            f"{contact.id}: {way}"
            for contact in report.contacts
            for way in _ways(contact)
            if not any(link.startswith(way) for link in links)
        ),
        "add the contact to `contacts` of a section of help.toml.",
    )


def _ways(contact: Contact) -> Iterator[str]:
    """Yield how the addresses of a contact's links begin."""
    if contact.phone:
        yield f"tel:{contact.phone.replace(' ', '')}"
    if contact.text:
        yield f"sms:{contact.text.value}"
    if contact.web:
        yield f"https://{contact.web}"
    if contact.email:
        yield f"mailto:{contact.email}"


def test_home_has_a_door_to_each_reader_s_page(get: Get) -> None:
    doors = {urldefrag(attribute(door, "href")).url for door in get("/en/").query(".doors a")}

    tell(
        (path for path in PAGES if path.startswith("/en/for/") and path not in doors),
        "add a `[[door]]` to each of these pages to home.toml.",
    )


def test_report_json_is_as_its_schema_says(shipped_app: Flask, report: Report) -> None:
    client = shipped_app.test_client()
    schema, told = (client.get(path).json for path in ("/report.schema.json", "/report.json"))

    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(validator.iter_errors(told)) == []
    assert told
    assert len(told["updates"]) == len(report.updates)


@pytest.mark.parametrize("tag", TAGS)
def test_what_a_phone_keeps_is_no_larger_than_readers_are_told(
    tag: str, shipped_app: Flask
) -> None:
    size = len(shipped_app.test_client().get(f"/{tag}/kept.gz").data)

    tell(
        [f"{tag}: {size} bytes, and at most {LIMIT.value} kB is said"]
        if size >= LIMIT.value * 1000
        else [],
        "shorten the pages; or a programmer raises LIMIT in pages/offline.py.",
    )


def test_the_accessibility_statement_counts_the_pages(report: Report) -> None:
    counted = report.facts.get("pages_count", Count(value=len(EVERY)))

    assert isinstance(counted, Count)
    tell(
        []
        if counted.value == len(EVERY)
        else [f"report.toml: facts.pages_count is {counted.value}, and there are {len(EVERY)}"],
        "write how many pages there are, and test the new ones as the statement says.",
    )


def test_all_pages_are_one_page(get: Get) -> None:
    everything = {text_of(heading) for heading in get(ALL).query("h2, h3, h4")}

    tell(
        (
            f"{path}: {text_of(get(path).query('h1')[0])}"
            for path in PAGES
            if text_of(get(path).query("h1")[0]) not in everything
        ),
        "a programmer must look at it: the page with everything lacks these.",
    )
