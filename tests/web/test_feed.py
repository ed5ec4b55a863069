"""The feed of updates: valid Atom in the reader's language, with permanent ids.

A feed that has not changed is answered with 304.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import HEADERS
from inspection_outcome import create_app
from inspection_outcome.i18n.languages import Language
from inspection_outcome.report import load
from inspection_outcome.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
FEED = "/en/progress.atom"
UPDATES = load.load(Settings().content).updates
Spoil = Callable[[str, str, str], Path]


def broken(feed: str) -> list[str]:
    """Return the requirements of RFC 4287 that a feed breaks, each with its section number."""
    root = ET.fromstring(feed)  # noqa: S314 (XML from this site)
    ids = [element.text or "" for element in root.iter(f"{ATOM}id")]
    demands = {
        "4.1.1: the root is feed": root.tag == f"{ATOM}feed",
        "4.1.1: ids are unique": len(set(ids)) == len(ids),
        "4.1.1: the feed has an author": bool(root.findall(f"{ATOM}author/{ATOM}name")),
        "4.1.1: it has a link to itself": len(root.findall(f'{ATOM}link[@rel="self"]')) == 1,
        "4.2.6: each id is an IRI": all(re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", id_) for id_ in ids),
    }
    parts = [
        problem for part in (root, *root.iter(f"{ATOM}entry")) for problem in _broken_part(part)
    ]
    return [*(demand for demand, met in demands.items() if not met), *parts]


def _broken_part(part: ET.Element) -> Iterator[str]:
    """Yield the requirements of RFC 4287 that the feed element or one entry breaks."""
    yield from (
        f"4.1: exactly one {n}"
        for n in ("id", "title", "updated")
        if len(part.findall(f"{ATOM}{n}")) != 1
    )
    for day in [*part.findall(f"{ATOM}updated"), *part.findall(f"{ATOM}published")]:
        if not INSTANT.fullmatch(day.text or ""):
            yield f"3.3: '{day.text}' is an RFC 3339 instant"
    if not part.findall(f'{ATOM}link[@rel="alternate"]'):
        yield "4.1.2: without content there is an alternate link"
    if len(part.findall(f"{ATOM}summary")) > 1:
        yield "4.1.2: at most one summary"


def ids(feed: str) -> list[str]:
    """Return the ids of a feed's entries, in order."""
    return [entry.id for entry in feedparser.parse(feed).entries]


@pytest.mark.parametrize("path", [FEED, "/pl/progress.atom"])
def test_it_is_valid_atom_with_one_entry_an_update(path: str, client: FlaskClient) -> None:
    response = client.get(path)
    parsed = feedparser.parse(response.data)

    assert response.content_type == "application/atom+xml; charset=utf-8"
    assert broken(response.text) == []
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    assert len(parsed.entries) == len(UPDATES) == 6
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("find", "replace", "says"),
    [
        ("<entry", "<entry><id>urn:x:1</id></entry><entry", "exactly one title"),
        ("+00:00</updated>", "</updated>", "is an RFC 3339 instant"),
        ("urn:uuid:", "", "is an IRI"),
        ('rel="self"', 'rel="alternate"', "a link to itself"),
        ('rel="alternate"', 'rel="related"', "an alternate link"),
        ("name>", "uri>", "has an author"),
        ("</entry>", "<summary/></entry>", "at most one summary"),
        ("<feed", "<rss", "the root is feed"),
    ],
)
def test_a_feed_that_is_not_valid_is_found(
    find: str, replace: str, says: str, client: FlaskClient
) -> None:
    text = client.get(FEED).text
    assert find in text

    bad = text.replace(find, replace).replace("</feed", "</rss" if "rss" in replace else "</feed")

    assert any(says in problem for problem in broken(bad))


def test_an_entry_says_what_when_and_where(client: FlaskClient) -> None:
    entries = feedparser.parse(client.get(FEED).data).entries
    training = next(entry for entry in entries if "Train" in entry.title)

    assert training.title == "Planned: Train workers"
    assert training.link == "/en/progress/#update_training-2023-09-07"
    assert training.published == training.updated == "2023-09-07T00:00:00+00:00"
    assert "The council said that training was planned." in training.summary
    assert (
        "Where we read it: Report to Lincolnshire’s Corporate Parenting Panel, 7 September 2023"
        in training.summary
    )


def test_an_entry_leads_to_its_update(client: FlaskClient) -> None:
    page = client.get("/en/progress/").text

    for entry in feedparser.parse(client.get(FEED).data).entries:
        assert f'id="{entry.link.partition("#")[2]}"' in page


def test_what_has_no_date_is_not_said_to_be_published(client: FlaskClient) -> None:
    first = feedparser.parse(client.get(FEED).data).entries[0]

    assert "published" not in first
    assert first.updated == "2026-11-24T00:00:00+00:00"
    assert "No date. We noted it on 24 November 2026." in first.summary
    assert "This does not show that anything got better." in first.summary


def test_addresses_are_absolute_where_there_is_a_public_one_and_ids_stay(
    client: FlaskClient,
) -> None:
    public = create_app(
        {"OUTCOME_PUBLIC_URL": "https://results.example.gov.uk"}, watch=False
    ).test_client()

    feed = public.get(FEED).text
    parsed = feedparser.parse(feed)

    assert parsed.feed.link == "https://results.example.gov.uk/en/progress/"
    assert all(
        entry.link.startswith("https://results.example.gov.uk/en/progress/#update_")
        for entry in parsed.entries
    )
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [
        f"https://results.example.gov.uk{FEED}"
    ]
    assert ids(feed) == ids(client.get(FEED).text)


def test_the_head_of_a_page_leads_to_the_feed_by_an_absolute_address() -> None:
    public = create_app(
        {"OUTCOME_PUBLIC_URL": "https://results.example.gov.uk"}, watch=False
    ).test_client()

    assert (
        f'type="application/atom+xml" href="https://results.example.gov.uk{FEED}"'
        in public.get("/en/progress/").text
    )


def test_it_is_newest_first_whatever_the_order_in_the_file(spoil: Spoil) -> None:
    spoil("help.toml", 'contacts = ["line"]', 'shows = "progress"')
    later = '[[update]]\nid = "later"\naction = "train"\ndate = 2025-02-25\n[update.text]\n'
    later += 'id = "report.later"\ntext = "It was done."\nsource = "inspectors"\n\n'
    folder = spoil("report.toml", "[[event]]", f"{later}[[event]]")
    client = create_app({"OUTCOME_CONTENT": str(folder)}, watch=False).test_client()

    entries = feedparser.parse(client.get(FEED).data).entries
    assert [entry.updated[:10] for entry in entries] == ["2025-02-25", "2025-02-20"]
    assert [each["id"] for each in json.loads(client.get("/report.json").data)["updates"]] == [
        "later",
        "train-2025-02-20",
    ]


def test_ids_never_change(client: FlaskClient) -> None:
    """If an id changed, feed readers would show its update again.

    The expected id is from the first version of the feed.
    """
    assert ids(client.get(FEED).text)[-1] == "urn:uuid:ce659a60-b851-501f-a936-1db7bc8eacef"


def test_each_language_has_ids_of_its_own(client: FlaskClient) -> None:
    assert set(ids(client.get(FEED).text)) & set(ids(client.get("/pl/progress.atom").text)) == set()


def test_a_translation_that_nobody_checked_says_so(client: FlaskClient) -> None:
    parsed = feedparser.parse(client.get("/pl/progress.atom").data)
    notice = "Nikt, kto zna polski, nie sprawdził jeszcze tego tłumaczenia."

    assert parsed.feed.title.startswith("Co się poprawia")
    assert notice in parsed.feed.subtitle
    assert all(notice in entry.summary for entry in parsed.entries)
    assert "checked" not in client.get(FEED).text


def test_an_entry_that_is_not_whole_in_the_language_is_in_english_and_says_so(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (pseudo_locales.LONG,))
    pseudo_locales.write(
        folder,
        pseudo_locales.LONG,
        pseudo_locales.shipped(),
        lambda each: each.id != "report.action-training",
    )
    client = create_app({"OUTCOME_TRANSLATIONS": str(folder)}, watch=False).test_client()
    feed = client.get("/qaa/progress.atom").text

    entries = {
        entry.findtext(f"{ATOM}title") or "": entry.get(LANG)
        for entry in ET.fromstring(feed).iter(f"{ATOM}entry")  # noqa: S314 (XML from this site)
    }

    assert broken(feed) == []
    assert entries.pop("Planned: Train workers") == "en"
    assert set(entries.values()) == {"qaa"}


@pytest.mark.parametrize("language", pseudo_locales.LANGUAGES, ids=lambda language: language.tag)
def test_it_is_valid_in_made_up_languages(language: Language, tmp_path: Path) -> None:
    folder = pseudo_locales.folder(tmp_path / "translations", (language,))
    client = create_app({"OUTCOME_TRANSLATIONS": str(folder)}, watch=False).test_client()
    feed = client.get(f"/{language.tag}/progress.atom")

    assert broken(feed.text) == []
    assert feed.headers["Content-Language"] == language.tag


def test_an_empty_feed_is_valid_and_does_not_change_with_the_clock() -> None:
    client = create_app({"OUTCOME_CONTENT": str(pseudo_locales.SECOND)}, watch=False).test_client()
    response = client.get(FEED)
    parsed = feedparser.parse(response.data)

    assert broken(response.text) == []
    assert parsed.entries == []
    assert parsed.feed.updated == "2026-03-02T00:00:00+00:00"
    assert parsed.feed.author == "Northmarsh Council"


@pytest.mark.parametrize("path", [FEED, "/report.json", "/report.schema.json"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_has_not_changed_is_answered_by_304(
    method: str, path: str, client: FlaskClient
) -> None:
    etag = client.get(path).headers["ETag"]

    again = client.open(path, method=method, headers={"If-None-Match": etag})
    other = client.open(path, method=method, headers={"If-None-Match": '"other"'})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert other.status_code == 200


def test_what_has_changed_is_sent(spoil: Spoil) -> None:
    folder = spoil("help.toml", 'contacts = ["line"]', 'shows = "progress"')
    client = create_app({"OUTCOME_CONTENT": str(folder)}, watch=False).test_client()
    etag = client.get(FEED).headers["ETag"]
    spoil("report.toml", "The council said so.", "The council said something else.")
    client.application.extensions["inspection_outcome"].refresh()

    response = client.get(FEED, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert "something else" in response.text


@pytest.mark.parametrize("path", ["/PL/progress.atom", "/pl-PL/progress.atom"])
def test_another_spelling_leads_to_the_feed(path: str, client: FlaskClient) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (308, "/pl/progress.atom")


def test_there_is_no_feed_of_a_language_or_a_report_that_has_none(client: FlaskClient) -> None:
    none = create_app({"OUTCOME_CONTENT": str(pseudo_locales.SMALL)}, watch=False).test_client()

    assert client.get("/xx/progress.atom").status_code == 404
    assert none.get(FEED).status_code == 404


def test_markup_in_a_sentence_is_text_in_the_feed(spoil: Spoil) -> None:
    spoil("help.toml", 'contacts = ["line"]', 'shows = "progress"')
    folder = spoil("report.toml", "The council said so.", "They said a < b & c > d **so**.")
    feed = create_app({"OUTCOME_CONTENT": str(folder)}, watch=False).test_client().get(FEED).text

    summary = feedparser.parse(feed, sanitize_html=False).entries[0].summary
    assert "They said a &lt; b &amp; c &gt; d so." in summary


def test_the_day_of_an_entry_is_that_of_its_document(client: FlaskClient) -> None:
    days = {entry.updated[:10] for entry in feedparser.parse(client.get(FEED).data).entries}

    assert days == {str(update.known_since) for update in UPDATES}
    assert max(days) <= str(dt.datetime.now(dt.UTC).date())
