"""The response cache: each page is rendered once and sent in an encoding that the browser accepts.

A cached response never contains anything from another reader's request.
"""

import gzip
import threading
from collections.abc import Callable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
import frozen_site
import pytest
from flask.testing import FlaskClient
from house_rules import HEADERS
from inspection_outcome.cache.response_cache import ResponseCache
from inspection_outcome.renderer import Renderer
from pseudo_locales import SMALL
from werkzeug.test import Client, TestResponse

Spoil = Callable[[str, str, str], Path]
FRESH = "public, max-age=60, stale-while-revalidate=600"


@pytest.fixture
def site(small: Path, translations: Path) -> FlaskClient:
    """Return a client of a small site with an empty response cache."""
    return frozen_site.create(translations, content=small).test_client()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the name of each rendered page is appended."""
    names: list[str] = []
    page = Renderer.page

    def making(self: Renderer, name: str, *of: object) -> str:
        names.append(name)
        return page(self, name, *of)  # type: ignore[arg-type] # arguments are passed on as they are

    monkeypatch.setattr(Renderer, "page", making)
    return names


def cached(client: FlaskClient) -> set[str]:
    """Return the paths that have a cached response."""
    return {path for path, _ in client.application.extensions["inspection_outcome"].current().cache}


def unpacked(response: TestResponse) -> bytes:
    """Return the decompressed body of a response."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
        response.headers.get("Content-Encoding", ""), bytes
    )
    return bytes(unpack(response.data))


def test_a_page_is_made_once(site: FlaskClient, made: list[str]) -> None:
    for query in ("", "?a=1", "?a=2"):
        for coding in ("br", "gzip", "", "br"):
            assert site.get(f"/en/{query}", headers={"Accept-Encoding": coding}).status_code == 200
            assert site.head(f"/en/{query}", headers={"Accept-Encoding": coding}).status_code == 200

    assert made == ["home"]


def test_many_who_ask_at_once_wait_for_the_first(site: FlaskClient, made: list[str]) -> None:
    start, said = threading.Barrier(8), []

    def read() -> None:
        start.wait()
        said.append(site.application.test_client().get("/en/").data)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert (made, len(said), len(set(said))) == (["home"], 8, 1)


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.2, gzip;q=0.5", "gzip"),
        ("deflate, zstd", None),
        ("\x00;q=x", None),
        ("br;q=NaN", None),
        (",,;;==", None),
        ("gzip," * 10_000, None),
    ],
)
def test_the_form_is_what_the_browser_takes(
    accepts: str | None, coding: str | None, client: FlaskClient
) -> None:
    response = client.get("/en/", headers={} if accepts is None else {"Accept-Encoding": accepts})

    assert response.headers.get("Content-Encoding") == coding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Content-Length"] == str(len(response.data))
    assert unpacked(response) == client.get("/en/").data


def test_each_form_has_an_etag_of_its_own_and_is_not_sent_twice(client: FlaskClient) -> None:
    tags = set()
    for accepts in ("", "gzip", "br"):
        first = client.get("/en/", headers={"Accept-Encoding": accepts})
        again = client.get(
            "/en/", headers={"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]}
        )
        tags.add(first.headers["ETag"])

        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Vary", "Cache-Control", "Content-Security-Policy", *HEADERS):
            assert again.headers[name] == first.headers[name]
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(
            again.headers.keys()
        )
    assert len(tags) == 3
    assert all(tag.startswith('"') for tag in tags)  # strong


@pytest.mark.parametrize(
    ("says", "status"),
    [
        ("{}", 304),
        ("W/{}", 304),
        ('"other", {}', 304),
        ("*", 304),
        ('"other"', 200),
        ("junk", 200),
        ("", 200),
        ('"', 200),
        ("," * 10_000, 200),
    ],
)
def test_what_the_reader_has_is_known_by_its_etag(
    says: str, status: int, client: FlaskClient
) -> None:
    tag = client.get("/en/").headers["ETag"]

    for ask in (client.get, client.head):
        assert ask("/en/", headers={"If-None-Match": says.format(tag)}).status_code == status


def test_head_is_the_same_without_the_page(client: FlaskClient) -> None:
    for accepts in ("", "gzip", "br"):
        get, head = (
            ask("/qaa/help/", headers={"Accept-Encoding": accepts})
            for ask in (client.get, client.head)
        )

        assert (get.status_code, head.status_code, head.data) == (200, 200, b"")
        assert list(head.headers) == list(get.headers)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/en/", FRESH),
        ("/qaa/progress.atom", FRESH),
        ("/report.json", FRESH),
        ("/tools.js", FRESH),
        ("/preview.png", FRESH),
        ("/favicon.ico", "public, max-age=86400"),
        ("/sw.js", "no-cache"),
        ("/en/kept.gz", "no-cache"),
        ("/", "no-store"),
        ("/healthz", "no-store"),
        ("/xx/", "no-store"),
        ("/en", "no-cache"),
    ],
)
def test_how_long_a_copy_is_good(path: str, kept: str, client: FlaskClient) -> None:
    assert client.get(path).headers["Cache-Control"] == kept


def test_what_is_small_or_compressed_is_sent_as_it_is(client: FlaskClient) -> None:
    for path in ("/robots.txt", "/preview.png", "/en/kept.gz", "/icon-192.png"):
        response = client.get(path, headers={"Accept-Encoding": "br, gzip"})

        assert "Content-Encoding" not in response.headers
        assert response.headers["Content-Length"] == str(len(response.data))


def test_only_addresses_that_exist_are_kept(site: FlaskClient) -> None:
    for path in (
        "/",
        "/en",
        "/EN/",
        "/en/nothing/",
        "/xx/",
        "/healthz",
        "/en//",
        "/%65n/",
        "/en/?x",
        "/en/home/",
    ):
        site.get(path)
    site.post("/en/help/")

    assert cached(site) == {"/en/"}


def test_unknown_addresses_leave_nothing_behind(site: FlaskClient) -> None:
    site.get("/en/")
    before = cached(site)
    for number in range(500):
        headers = {"Accept-Encoding": f"x{number}", "If-None-Match": f'"{number}"'}
        assert site.get(f"/{number}/", headers=headers).status_code == 404

    assert cached(site) == before


def test_the_next_edition_is_made_anew_and_nothing_of_the_last_one_is_kept(
    site: FlaskClient, spoil: Spoil
) -> None:
    first = site.get("/en/")
    site.get("/en/help/")
    spoil("home.toml", "How good is the help?", "How good is it now?")
    site.application.extensions["inspection_outcome"].refresh()

    changed = site.get("/en/", headers={"If-None-Match": first.headers["ETag"]})

    assert changed.status_code == 200
    assert "How good is it now?" in changed.text
    assert cached(site) == {"/en/"}


def test_one_reader_s_headers_are_not_in_another_s_answer(site: FlaskClient) -> None:
    site.get(
        "/en/",
        headers={"Cookie": "a=b", "Accept-Language": "qaa", "X-Forwarded-Host": "evil.example"},
        base_url="https://evil.example",
    )
    secure, plain = site.get("/en/", base_url="https://localhost"), site.get("/en/")

    assert "evil" not in secure.text
    assert "Strict-Transport-Security" in secure.headers
    assert "Strict-Transport-Security" not in plain.headers


def test_what_is_kept_is_made_from_nothing_that_one_reader_sent(site: FlaskClient) -> None:
    """The cache passes a cleaned request on to the app.

    So the app cannot put one reader's headers, query or method into the response for others.
    """
    given: dict[str, str] = {}

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        given.update({name: str(value) for name, value in environ.items()})
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"the same for all"]

    cache = ResponseCache(app, site.application.extensions["inspection_outcome"])
    sent = {
        "Cookie": "evil=1",
        "Range": "bytes=0-1",
        "User-Agent": "evil",
        "If-None-Match": '"evil"',
    }
    first = Client(cache).head("/en/?evil=1", headers=sent)

    assert Client(cache).get("/en/").data == b"the same for all"
    assert (first.status_code, given["REQUEST_METHOD"], given["QUERY_STRING"]) == (200, "GET", "")
    assert not [name for name, value in given.items() if "evil" in value or name == "HTTP_RANGE"]


def test_a_host_that_is_not_trusted_gets_no_finished_page(translations: Path) -> None:
    client = frozen_site.create(
        translations, content=SMALL, trusted_hosts="localhost"
    ).test_client()
    assert client.get("/en/").status_code == 200

    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/en/", headers={"Host": "localhost.evil.example"}).status_code == 400


@pytest.mark.parametrize(("proxies", "believed"), [("", False), ("1", True)])
def test_what_a_proxy_says_is_believed_only_when_there_is_one(
    proxies: str,
    believed: bool,  # noqa: FBT001 (a parametrized case)
    translations: Path,
) -> None:
    client = frozen_site.create(
        translations,
        content=SMALL,
        proxies=proxies,
        trusted_hosts="results.example.org, localhost",
    ).test_client()
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "results.example.org"}

    assert ("Strict-Transport-Security" in client.get("/en/", headers=said).headers) == believed
    other = client.get("/en/", headers={**said, "X-Forwarded-Host": "evil.example"})
    assert other.status_code == (400 if believed else 200)


@pytest.mark.parametrize(
    "scheme", ["javascript", "http://evil.example", "wss", "HTTPS", "junk\t;", ""]
)
def test_a_scheme_that_is_none_of_the_web_is_not_believed(scheme: str, translations: Path) -> None:
    client = frozen_site.create(translations, content=SMALL, proxies=1).test_client()
    said = {"X-Forwarded-Proto": scheme}

    assert "Strict-Transport-Security" not in client.get("/en/", headers=said).headers
    assert client.get("/en/home/", headers=said).headers["Location"] == "/en/"
    assert "Strict-Transport-Security" not in client.get("/en/").headers
