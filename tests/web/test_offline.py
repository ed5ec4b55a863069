"""What a phone may keep: one small file for each language.

Also the manifest, the scripts and the pictures that this needs.
"""

import datetime as dt
import gzip
import json
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from unittest import mock
from xml.etree import ElementTree as ET

import brotli
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import PAGES, attribute, broken
from inspection_outcome import create_app
from inspection_outcome.edition import PACKAGE, Edition, Folders
from inspection_outcome.pages.offline import LIMIT
from inspection_outcome.report.facts import Grade
from inspection_outcome.report.page import Pictured
from inspection_outcome.settings import Settings
from justhtml import JustHTML
from PIL import Image

pytestmark = pytest.mark.slow

SCRIPTS = 4096  # bytes, compressed, of all scripts together
SPRITE = 40_000  # bytes
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"symbol", "g", "path", "circle", "rect", "ellipse", "line", "polygon", "polyline"}
PICTURES = {
    *get_args(get_args(Pictured.__annotations__["picture"])[0]),
    *(f"steps-{grade.step}" for grade in Grade),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Return the shipped folders with the pseudo-locales: one a third longer, one right to left."""
    translations = pseudo_locales.beside_shipped(tmp_path_factory.mktemp("translations"))
    return Folders(Settings().content, translations)


@pytest.fixture(scope="module")
def edition(folders: Folders) -> Edition:
    return Edition.build(folders)


@pytest.fixture(scope="module")
def many(folders: Folders) -> FlaskClient:
    return create_app(
        {"OUTCOME_TRANSLATIONS": str(folders.translations)}, watch=False
    ).test_client()


def unpacked(packed: bytes) -> dict[str, Any]:
    """Return the JSON of an offline pack."""
    kept: dict[str, Any] = json.loads(gzip.decompress(packed))
    return kept


@pytest.mark.parametrize("tag", ["en", "pl", "qaa", "qaa-arab"])
def test_keeping_a_language_is_one_small_file_with_all_that_its_pages_need(
    tag: str, many: FlaskClient
) -> None:
    response = many.get(f"/{tag}/kept.gz")
    kept = unpacked(response.data)

    assert (response.content_type, response.headers["Content-Length"]) == (
        "application/gzip",
        str(len(response.data)),
    )
    assert "Content-Encoding" not in response.headers  # else the browser would store it unpacked
    assert len(response.data) < LIMIT.value * 1000
    assert kept["home"] == f"/{tag}/"
    pages = {path.replace("/en/", f"/{tag}/", 1) for path in (*PAGES, "/en/all/")}
    assert kept["files"].keys() == pages | {"/tools.js", "/pictures.svg", "/favicon.svg"}


@pytest.mark.parametrize("tag", ["en", "qaa-arab"])
def test_a_kept_page_is_the_page_and_says_from_when_it_is(
    tag: str, edition: Edition, many: FlaskClient
) -> None:
    kept = unpacked(edition.offline_pack(tag, dt.date(2026, 2, 3)))["files"]
    day = {"en": "3 February 2026", "qaa-arab": "3 فبراير 2026"}[tag]
    headers = many.get(f"/{tag}/kept.gz").headers

    for path, file in kept.items():
        if file["type"].startswith("text/html"):
            page = JustHTML(file["text"], sanitize=False)
            live = JustHTML(many.get(path).text, sanitize=False)
            assert broken(file["text"], headers, large=path.endswith("/all/")) == []
            assert day in page.query(".notice")[0].to_text()
            assert [e.to_text() for e in page.query("main h2")] == [
                e.to_text() for e in live.query("main h2")
            ]
            # A kept page does not say the size of the file to keep.
            assert len(page.query(".keep p")) == len(live.query(".keep p")) - 1


def test_a_kept_page_tells_dates_not_ages(edition: Edition) -> None:
    """A kept page may be read years later."""
    files = unpacked(edition.offline_pack("en", dt.date(2026, 11, 25)))["files"]

    assert "more than 3 years old" in edition.page("progress", "en", dt.date(2026, 11, 25))
    assert not [
        path
        for path, file in files.items()
        if re.search(r"years?</bdi>? old| years? old", file["text"])
    ]
    assert "is from 7 September 2023" in files["/en/progress/"]["text"]


def test_its_version_stays_from_day_to_day_and_changes_with_the_words(
    edition: Edition, folders: Folders, tmp_path: Path
) -> None:
    content = Path(shutil.copytree(folders.content, tmp_path / "content"))
    home = content / "home.toml"
    home.write_text(
        home.read_text(encoding="utf-8").replace("Which one is you?", "Who are you?"),
        encoding="utf-8",
    )
    newer = Edition.build(Folders(content, folders.translations))

    assert edition.offline_pack("en", dt.date(2026, 1, 1)) != edition.offline_pack(
        "en", dt.date(2026, 1, 2)
    )
    before = edition.offline_version("en")
    assert edition.offline_pack("en", dt.date(2026, 1, 3))
    assert edition.offline_version("en") == before != newer.offline_version("en")
    assert edition.offline_version("pl") != before


class Slow(dict[tuple[str, dt.date], bytes]):
    """A dict that lets other threads run between a membership test and the code that uses it."""

    def __contains__(self, key: object) -> bool:
        """Return whether the key is there, after a short pause."""
        found = super().__contains__(key)
        time.sleep(0.001)
        return found


def test_many_readers_at_once_are_given_the_same(folders: Folders) -> None:
    """Also while the day changes."""
    edition = Edition.build(folders)
    days = [dt.date(2026, 1, day) for day in (1, 2, 3)] * 60
    with (
        mock.patch.object(edition, "_packs", Slow()),
        mock.patch.object(edition, "_html", lambda name, _, saved_on: f"{name} {saved_on}"),
        ThreadPoolExecutor(8) as readers,
    ):
        given = set(readers.map(lambda day: (day, edition.offline_pack("en", day)), days))

    assert len(given) == 3


def test_what_has_not_changed_is_not_sent_again(many: FlaskClient) -> None:
    for path in ("/en/kept.gz", "/tools.js", "/sw.js", "/pictures.svg", "/en/site.webmanifest"):
        tag = many.get(path).headers["ETag"]
        answer = many.get(path, headers={"If-None-Match": tag})

        assert (answer.status_code, answer.data) == (304, b"")
        assert (answer.headers["Cache-Control"] == "no-cache") == (
            path in {"/en/kept.gz", "/sw.js"}
        )


@pytest.mark.parametrize("end", ["kept.gz", "site.webmanifest"])
def test_another_spelling_leads_there_and_an_unknown_language_nowhere(
    end: str, many: FlaskClient
) -> None:
    moved = many.get(f"/PL-pl/{end}")

    assert (moved.status_code, moved.headers["Location"]) == (308, f"/pl/{end}")
    assert many.get(f"/xx/{end}").status_code == 404


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("en", ("How did Lincolnshire do?", "How it went", "en", "ltr")),
        ("pl", ("Jak wypadło hrabstwo Lincolnshire?", "Wyniki", "pl", "ltr")),
        ("qaa-arab", ("حوو ديد Lincolnshire دو؟", "حوو يت وهنت", "qaa-arab", "rtl")),
    ],
)
def test_each_language_has_a_manifest(tag: str, says: tuple[str, ...], many: FlaskClient) -> None:
    page = JustHTML(many.get(f"/{tag}/help/").text, sanitize=False)
    href = attribute(page.query("link[rel=manifest]")[0], "href")
    response = many.get(href)
    manifest = json.loads(response.text)

    assert response.content_type == "application/manifest+json"
    assert tuple(manifest[name] for name in ("name", "short_name", "lang", "dir")) == says
    assert manifest["start_url"] == f"/{tag}/"
    assert many.get(manifest["start_url"]).status_code == 200
    assert manifest["scope"] == "/"
    for icon in manifest["icons"]:
        with many.get(icon["src"]) as picture:
            assert picture.content_type.split(";")[0] == icon["type"]
            if icon["type"] == "image/png":
                size = Image.open(BytesIO(picture.data)).size
                assert "x".join(map(str, size)) == icon["sizes"]


def test_the_name_on_a_home_screen_gives_nothing_away(many: FlaskClient) -> None:
    """A shared phone may show it."""
    manifest = many.get("/en/site.webmanifest").text.lower()

    assert [
        word for word in ("care", "ofsted", "child", "social", "help") if word in manifest
    ] == []


def test_a_language_without_a_name_has_an_english_manifest(tmp_path: Path) -> None:
    translations = tmp_path / "translations"
    messages = pseudo_locales.shipped()
    pseudo_locales.folder(translations, messages=messages)
    pseudo_locales.write(
        translations,
        pseudo_locales.RIGHT_TO_LEFT,
        messages,
        lambda sentence: sentence.id != "report.site-name",
    )
    manifest = json.loads(
        Edition.build(Folders(Settings().content, translations)).manifest("qaa-arab")
    )

    assert (manifest["name"], manifest["lang"], manifest["dir"]) == (
        "How did Lincolnshire do?",
        "en",
        "ltr",
    )
    assert manifest["start_url"] == "/qaa-arab/"


def test_all_scripts_together_are_small_and_ask_no_other_host(client: FlaskClient) -> None:
    scripts = [client.get(path).text for path in ("/tools.js", "/sw.js")]

    assert sum(len(brotli.compress(script.encode())) for script in scripts) <= SCRIPTS
    assert sum(len(gzip.compress(script.encode())) for script in scripts) <= SCRIPTS
    assert [
        word
        for script in scripts
        for word in ("http:", "https:", "eval(", "innerHTML")
        if word in script
    ] == []
    assert {client.get(path).content_type for path in ("/tools.js", "/sw.js")} == {
        "text/javascript; charset=utf-8"
    }


@pytest.mark.parametrize("path", [*PAGES, "/en/all/"])
def test_a_page_has_one_script_that_it_does_not_wait_for(path: str, client: FlaskClient) -> None:
    page = JustHTML(client.get(path).text, sanitize=False)

    assert [script.attrs for script in page.query("script")] == [{"src": "/tools.js", "defer": ""}]


def test_the_policy_lets_in_nothing_but_its_own(client: FlaskClient) -> None:
    policy = dict(
        part.strip().split(" ", 1)
        for part in client.get("/en/").headers["Content-Security-Policy"].split(";")
    )

    own = {name for name, value in policy.items() if value == "'self'"}
    assert own == {"img-src", "script-src", "worker-src", "connect-src", "manifest-src"}
    assert {value for name, value in policy.items() if name not in own | {"style-src"}} == {
        "'none'"
    }


def test_the_pictures_are_one_small_file_of_drawings_alone(client: FlaskClient) -> None:
    response = client.get("/pictures.svg")
    root = ET.fromstring(response.text)  # noqa: S314 (XML from this site)
    parts = list(root.iter())[1:]

    assert response.content_type == "image/svg+xml"
    assert len(response.data) <= SPRITE
    assert {part.tag.removeprefix(SVG) for part in parts} <= DRAWN
    assert [
        name for part in parts for name in part.attrib if "href" in name or name.startswith("on")
    ] == []
    assert sorted(symbol.get("id", "") for symbol in root.iter(f"{SVG}symbol")) == sorted(PICTURES)
    assert {symbol.get("viewBox") for symbol in root.iter(f"{SVG}symbol")} == {"0 0 96 96"}


def test_every_file_that_browsers_ask_for_is_watched() -> None:
    """So a changed script or picture also shows within a second."""
    state = {path for path, *_ in Folders(Settings().content, Settings().translations).state()}

    assert {
        f"{PACKAGE}/static/{name}" for name in ("sw.js", "pictures.svg", "scripts/2-keep.js")
    } <= state
