"""What a phone may keep: one small file for each language.

Also the manifest, the scripts and the pictures that this needs.
"""

import datetime as dt
import gzip
import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import brotli
import frozen_site
import pseudo_locales
import pytest
from flask import Flask
from flask.testing import FlaskClient
from frozen_site import ALL, PAGES
from house_rules import Get, attribute, inspect
from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.pages.offline import LIMIT, pack
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.facts import Grade
from inspection_outcome.report.page import People, Pictured
from PIL import Image
from pseudo_locales import RIGHT_TO_LEFT, SMALL

pytestmark = pytest.mark.slow

Spoil = Callable[[str, str, str], Path]
SCRIPTS = 4096  # bytes, compressed, of all scripts together
PICTURE = 950  # bytes, on average, of each picture
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"symbol", "g", "path", "circle", "rect", "ellipse", "line", "polygon", "polyline"}
PICTURES = {
    *get_args(People),
    *get_args(get_args(Pictured.__annotations__["picture"])[0]),
    *(f"steps-{grade.step}" for grade in Grade),
}


@pytest.fixture(scope="module")
def renderer(app: Flask) -> Renderer:
    """Return the renderer of the frozen site."""
    current: Renderer = app.extensions["inspection_outcome"].current().renderer
    return current


def unpacked(packed: bytes) -> dict[str, Any]:
    """Return the JSON of an offline pack."""
    kept: dict[str, Any] = json.loads(gzip.decompress(packed))
    return kept


@pytest.mark.parametrize("tag", ["en", "qaa", "qaa-arab"])
def test_keeping_a_language_is_one_small_file_with_all_that_its_pages_need(
    tag: str, client: FlaskClient
) -> None:
    response = client.get(f"/{tag}/kept.gz")
    kept = unpacked(response.data)

    assert (response.content_type, response.headers["Content-Length"]) == (
        "application/gzip",
        str(len(response.data)),
    )
    assert "Content-Encoding" not in response.headers  # else the browser would store it unpacked
    assert len(response.data) < LIMIT.value * 1000
    assert kept["home"] == f"/{tag}/"
    pages = {path.replace("/en/", f"/{tag}/", 1) for path in (*PAGES, ALL)}
    assert kept["files"].keys() == pages | {"/tools.js", "/pictures.svg", "/favicon.svg"}


@pytest.mark.parametrize(("tag", "day"), [("en", "3 February 2027"), ("qaa-arab", "3 فبراير 2027")])
def test_a_kept_page_is_the_page_and_says_from_when_it_is(
    tag: str, day: str, renderer: Renderer, client: FlaskClient, get: Get
) -> None:
    files = unpacked(renderer.offline_pack(tag, dt.date(2027, 2, 3)))["files"]
    kept = {path: file for path, file in files.items() if file["type"].startswith("text/html")}
    headers = client.get(f"/{tag}/kept.gz").headers

    assert len(kept) == len(PAGES) + 1
    assert [path for path, file in kept.items() if day not in file["text"]] == []
    for path in (f"/{tag}/", f"/{tag}/progress/", f"/{tag}/help/", f"/{tag}/all/"):
        page, broken = inspect(kept[path]["text"], headers, large=path.endswith("/all/"))
        live = get(path)
        assert broken == []
        assert day in page.query(".notice")[0].to_text()
        assert [e.to_text() for e in page.query("main h2")] == [
            e.to_text() for e in live.query("main h2")
        ]
        # A kept page does not say the size of the file to keep. Help does not offer it at all.
        offered, here = (len(each.query(".keep p")) for each in (live, page))
        assert (offered, here) == ((0, 0) if path.endswith("/help/") else (3, 2))


def test_a_kept_page_tells_dates_not_ages(renderer: Renderer) -> None:
    """A kept page may be read years later."""
    late, age = dt.date(2030, 3, 1), re.compile("years?(</bdi>)? old")
    files = unpacked(renderer.offline_pack("en", late))["files"]

    assert age.search(renderer.page("progress", "en", late))
    assert [path for path, file in files.items() if age.search(file["text"])] == []
    assert "is from 28 February 2026" in files["/en/progress/"]["text"]


def test_its_version_stays_from_day_to_day_and_changes_with_the_words(
    translations: Path, spoil: Spoil
) -> None:
    renderer = Renderer.build(Folders(SMALL, translations))
    newer = Renderer.build(
        Folders(spoil("home.toml", "How good is the help?", "How is the help?"), translations)
    )

    assert renderer.offline_pack("en", dt.date(2026, 1, 1)) != renderer.offline_pack(
        "en", dt.date(2026, 1, 2)
    )
    before = renderer.offline_version("en")
    assert renderer.offline_pack("en", dt.date(2026, 1, 3))
    assert renderer.offline_version("en") == before != newer.offline_version("en")
    assert renderer.offline_version("qaa") != before


class Tag(str):
    """A language tag that lets other threads run before each look-up by it."""

    __slots__ = ()

    def __hash__(self) -> int:
        """Return the hash of the tag, after a short pause."""
        time.sleep(0.0005)
        return super().__hash__()


def test_readers_who_ask_at_once_are_given_the_pack_of_their_own_day(translations: Path) -> None:
    """While the day changes, some still ask for the day before.

    Fails if a pack is looked up without a lock after another thread may have replaced it.
    """
    folders = Folders(SMALL, translations)
    days = [dt.date(2026, 1, day) for day in (1, 2)]
    alone = Renderer.build(folders)
    expected = {day: alone.offline_pack("en", day) for day in days}
    renderer = Renderer.build(folders)
    with ThreadPoolExecutor(8) as readers:
        given = readers.map(lambda day: (day, renderer.offline_pack(Tag("en"), day)), days * 20)

    assert expected[days[0]] != expected[days[1]]
    assert {(day, kept == expected[day]) for day, kept in given} == {(day, True) for day in days}


def test_a_pack_is_made_once_for_all_who_ask_at_once(
    translations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer, start = Renderer.build(Folders(SMALL, translations)), threading.Barrier(8)
    made: list[str] = []

    def packing(json_: bytes) -> bytes:
        made.append(json.loads(json_)["home"])
        time.sleep(0.01)
        return pack(json_)

    def read(_: int) -> bytes:
        start.wait()
        return renderer.offline_pack("en", dt.date(2026, 1, 1))

    monkeypatch.setattr("inspection_outcome.renderer.pack", packing)
    with ThreadPoolExecutor(8) as readers:
        given = set(readers.map(read, range(8)))

    assert (len(given), made) == (1, ["/en/"])


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for path in ("/en/kept.gz", "/tools.js", "/sw.js", "/pictures.svg", "/en/site.webmanifest"):
        tag = client.get(path).headers["ETag"]
        answer = client.get(path, headers={"If-None-Match": tag})

        assert (answer.status_code, answer.data) == (304, b"")
        assert (answer.headers["Cache-Control"] == "no-cache") == (
            path in {"/en/kept.gz", "/sw.js"}
        )


@pytest.mark.parametrize("end", ["kept.gz", "site.webmanifest"])
def test_another_spelling_leads_there_and_an_unknown_language_nowhere(
    end: str, client: FlaskClient
) -> None:
    moved = client.get(f"/QAA-Arab-x/{end}")

    assert (moved.status_code, moved.headers["Location"]) == (308, f"/qaa-arab/{end}")
    assert client.get(f"/xx/{end}").status_code == 404


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("en", ("How is Northmarsh doing?", "How it went", "en", "ltr")),
        ("qaa-arab", ("حوو يس Northmarsh دوينغ؟", "حوو يت وهنت", "qaa-arab", "rtl")),
    ],
)
def test_each_language_has_a_manifest(
    tag: str, says: tuple[str, ...], client: FlaskClient, get: Get
) -> None:
    href = attribute(get(f"/{tag}/help/").query("link[rel=manifest]")[0], "href")
    response = client.get(href)
    manifest = json.loads(response.text)

    assert response.content_type == "application/manifest+json"
    assert tuple(manifest[name] for name in ("name", "short_name", "lang", "dir")) == says
    assert manifest["start_url"] == f"/{tag}/"
    assert client.get(manifest["start_url"]).status_code == 200
    assert manifest["scope"] == "/"
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as picture:
            assert picture.content_type.split(";")[0] == icon["type"]
            if icon["type"] == "image/png":
                size = Image.open(BytesIO(picture.data)).size
                assert "x".join(map(str, size)) == icon["sizes"]


def test_the_name_on_a_home_screen_gives_nothing_away(client: FlaskClient) -> None:
    """A shared phone may show it."""
    manifest = client.get("/en/site.webmanifest").text.lower()

    assert [
        word for word in ("care", "ofsted", "child", "social", "help") if word in manifest
    ] == []


def test_a_language_without_a_name_has_an_english_manifest(tmp_path: Path) -> None:
    messages = pseudo_locales.messages(SMALL)
    translations = pseudo_locales.folder(tmp_path, (RIGHT_TO_LEFT,), messages)
    pseudo_locales.write(
        translations,
        RIGHT_TO_LEFT,
        messages,
        lambda sentence: sentence.id != "report.site-name",
    )
    manifest = json.loads(Renderer.build(Folders(SMALL, translations)).manifest("qaa-arab"))

    assert (manifest["name"], manifest["lang"], manifest["dir"]) == (
        "How is Anyshire doing?",
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


@pytest.mark.parametrize("path", ["/en/", "/qaa-arab/help/", ALL])
def test_a_page_has_one_script_that_it_does_not_wait_for(path: str, get: Get) -> None:
    scripts = get(path).query("script")

    assert [script.attrs for script in scripts] == [{"src": "/tools.js", "defer": ""}]


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
    assert len(response.data) <= PICTURE * len(PICTURES)
    assert {part.tag.removeprefix(SVG) for part in parts} <= DRAWN
    assert [
        name for part in parts for name in part.attrib if "href" in name or name.startswith("on")
    ] == []
    assert sorted(symbol.get("id", "") for symbol in root.iter(f"{SVG}symbol")) == sorted(PICTURES)
    assert {symbol.get("viewBox") for symbol in root.iter(f"{SVG}symbol")} == {"0 0 96 96"}


def test_every_file_that_browsers_ask_for_is_watched(translations: Path) -> None:
    """So a changed script or picture also shows within a second."""
    state = {path for path, *_ in frozen_site.folders(translations).state()}

    assert {
        f"{PACKAGE}/static/{name}" for name in ("sw.js", "pictures.svg", "scripts/2-keep.js")
    } <= state
