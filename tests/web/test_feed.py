"""The feed of updates: valid Atom in the reader's language, with permanent ids.

A feed that has not changed is answered with 304.
"""

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import frozen_site
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import HEADERS
from inspection_outcome.i18n import po_file, states
from pseudo_locales import LONG, SMALL

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
FEED = "/en/progress.atom"
LONG_FEED = "/qaa/progress.atom"
UNCHECKED = "Nóo spéeáakéer háas chéeckéed thíis tráansláatíióon yéet."
Spoil = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def public(translations: Path) -> FlaskClient:
    """Return a client of the frozen site at a public address."""
    public_url = "https://results.example.gov.uk"
    return frozen_site.create(translations, public_url=public_url).test_client()


@pytest.fixture
def followed(spoil: Spoil) -> Path:
    """Return a copy of the small content in which a page shows updates, so that there is a feed."""
    return spoil("help.toml", 'contacts = ["line"]', 'shows = "progress"')


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


@pytest.mark.parametrize("tag", ["en", "qaa", "qaa-arab"])
def test_it_is_valid_atom_with_one_entry_an_update(tag: str, client: FlaskClient) -> None:
    response = client.get(f"/{tag}/progress.atom")
    parsed = feedparser.parse(response.data)

    assert response.content_type == "application/atom+xml; charset=utf-8"
    assert broken(response.text) == []
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    assert parsed.feed.author == "Northmarsh Council"
    assert parsed.feed.updated == "2026-03-02T00:00:00+00:00"
    assert len(parsed.entries) == 4
    expected = HEADERS | {"Content-Language": tag}
    assert {name: response.headers.get(name) for name in expected} == expected


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
    begun = feedparser.parse(client.get(FEED).data).entries[1]

    assert begun.title == "Under way: Find more social workers"
    assert begun.link == "/en/progress/#update_workers-2026-02-28"
    assert begun.published == begun.updated == "2026-02-28T00:00:00+00:00"
    assert begun.summary == (
        "<p>The council said that it was looking for more social workers.</p>"
        "<p>Where we read it: A letter of the council, 28 February 2026</p>"
    )


def test_an_entry_leads_to_its_update(client: FlaskClient) -> None:
    page = client.get("/en/progress/").text

    for entry in feedparser.parse(client.get(FEED).data).entries:
        assert f'id="{entry.link.partition("#")[2]}"' in page


def test_what_has_no_date_is_not_said_to_be_published(client: FlaskClient) -> None:
    first = feedparser.parse(client.get(FEED).data).entries[0]

    assert first.title == "Tell everybody each month how it goes"
    assert "published" not in first
    assert first.updated == "2026-03-01T00:00:00+00:00"
    assert "No date. We noted it on 1 March 2026." in first.summary
    assert "This does not show that anything got better." in first.summary


def test_addresses_are_absolute_where_there_is_a_public_one_and_ids_stay(
    client: FlaskClient, public: FlaskClient
) -> None:
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


def test_the_head_of_a_page_leads_to_the_feed_by_an_absolute_address(public: FlaskClient) -> None:
    assert (
        f'type="application/atom+xml" href="https://results.example.gov.uk{FEED}"'
        in public.get("/en/progress/").text
    )


def test_it_is_newest_first_whatever_the_order_in_the_file(
    followed: Path, spoil: Spoil, translations: Path
) -> None:
    later = '[[update]]\nid = "later"\naction = "train"\ndate = 2025-03-05\n[update.text]\n'
    later += 'id = "report.later"\ntext = "It was done."\nsource = "inspectors"\n\n'
    spoil("report.toml", "[[event]]", f"{later}[[event]]")
    client = frozen_site.create(translations, content=followed).test_client()

    parsed = feedparser.parse(client.get(FEED).data)
    assert [entry.updated[:10] for entry in parsed.entries] == ["2025-03-05", "2025-02-20"]
    assert parsed.feed.updated[:10] == "2025-03-05"  # the site was last changed on 2025-03-01
    assert [each["id"] for each in json.loads(client.get("/report.json").data)["updates"]] == [
        "later",
        "train-2025-02-20",
    ]


def test_ids_never_change(client: FlaskClient) -> None:
    """If an id changed, feed readers would show its update again."""
    feed = client.get(FEED).text

    assert feedparser.parse(feed).feed.id == "urn:uuid:6af5d465-c31c-5cb3-882b-b661bf5742bf"
    assert ids(feed)[-1] == "urn:uuid:d9eecd8c-fed1-5ede-8ea6-ed1997fec9b5"


def test_ids_are_those_of_the_first_version_of_the_feed(
    followed: Path, spoil: Spoil, translations: Path
) -> None:
    """Only the council's name, the language and the update's id count: these are the first ones."""
    spoil("report.toml", 'name = "Anyshire"', 'name = "Lincolnshire"')
    spoil("report.toml", 'id = "train-2025-02-20"', 'id = "service-review-2023-09-07"')
    client = frozen_site.create(translations, content=followed).test_client()

    assert ids(client.get(FEED).text) == ["urn:uuid:ce659a60-b851-501f-a936-1db7bc8eacef"]


def test_each_language_has_ids_of_its_own(client: FlaskClient) -> None:
    assert set(ids(client.get(FEED).text)) & set(ids(client.get(LONG_FEED).text)) == set()


def test_a_translation_that_nobody_checked_says_so(client: FlaskClient) -> None:
    parsed = feedparser.parse(client.get(LONG_FEED).data)

    assert parsed.feed.title == "Íis íit géettíing béettéer? – Hóow íis Northmarsh dóoíing?"
    assert UNCHECKED in parsed.feed.subtitle
    assert all(UNCHECKED in entry.summary for entry in parsed.entries)
    assert "checked" not in client.get(FEED).text


def test_an_entry_that_is_whole_and_checked_has_no_notice_and_one_that_is_not_whole_is_in_english(
    translations: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(translations, tmp_path / "translations"))
    missing = "report.action-rewrite"
    path = pseudo_locales.write(folder, LONG, keep=lambda each: each.id != missing)
    _check(
        path,
        "report.action-workers",
        "report.update-workers",
        "report.source-plan",
        "ui.status-planned",
        "ui.reported-in",
    )
    feed = frozen_site.create(folder).test_client().get(LONG_FEED).text

    said = [
        (entry.get(LANG), UNCHECKED in (entry.findtext(f"{ATOM}summary") or ""))
        for entry in ET.fromstring(feed).iter(f"{ATOM}entry")  # noqa: S314 (XML from this site)
    ]

    assert broken(feed) == []
    assert said == [("qaa", True), ("qaa", True), ("qaa", False), ("en", False)]
    assert feedparser.parse(feed).entries[-1].title == (
        "Planned: Write the plans again, with the children"
    )


def _check(path: Path, *sentences: str) -> None:
    """Record in a catalogue that a speaker has checked these sentences."""
    english = {each.sentence.id: each.sentence for each in pseudo_locales.messages()}
    po = po_file.read(path, LONG)
    said = po_file.translations(po)
    for entry in po:
        if (id_ := str(entry.msgctxt)) in sentences:
            entry.tcomment = states.sign(LONG, english[id_], said[id_], "Ana", dt.date(2026, 3, 1))
    po_file.write(po, path)


def test_an_empty_feed_is_valid_and_does_not_change_with_the_clock(
    followed: Path, translations: Path
) -> None:
    report = followed / "report.toml"
    text = report.read_text(encoding="utf-8")
    start, end = text.index("[[update]]"), text.index("[[event]]")
    report.write_text(text[:start] + text[end:], encoding="utf-8")
    response = frozen_site.create(translations, content=followed).test_client().get(FEED)
    parsed = feedparser.parse(response.data)

    assert broken(response.text) == []
    assert parsed.entries == []
    assert parsed.feed.updated == "2025-03-01T00:00:00+00:00"
    assert parsed.feed.author == "How is Anyshire doing?"


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


def test_what_has_changed_is_sent(followed: Path, spoil: Spoil, translations: Path) -> None:
    client = frozen_site.create(translations, content=followed).test_client()
    etag = client.get(FEED).headers["ETag"]
    spoil("report.toml", "The council said so.", "The council said something else.")
    client.application.extensions["inspection_outcome"].refresh()

    response = client.get(FEED, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert "something else" in response.text


@pytest.mark.parametrize("path", ["/QAA/progress.atom", "/qaa-GB/progress.atom"])
def test_another_spelling_leads_to_the_feed(path: str, client: FlaskClient) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (308, LONG_FEED)


def test_there_is_no_feed_of_a_language_or_a_report_that_has_none(
    client: FlaskClient, translations: Path
) -> None:
    none = frozen_site.create(translations, content=SMALL).test_client()

    assert client.get("/xx/progress.atom").status_code == 404
    assert none.get(FEED).status_code == 404


def test_markup_in_a_sentence_is_text_in_the_feed(
    followed: Path, spoil: Spoil, translations: Path
) -> None:
    spoil("report.toml", "The council said so.", "They said a < b & c > d **so**.")
    feed = frozen_site.create(translations, content=followed).test_client().get(FEED).text

    summary = feedparser.parse(feed, sanitize_html=False).entries[0].summary
    assert "They said a &lt; b &amp; c &gt; d so." in summary
