"""Debian's nginx with the README's configuration blocks.

It serves the published files, or is a proxy in front of the running site.
"""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import find_browser
import nginx
import pytest
from flask import Flask
from frozen_site import folders
from granian_server import granian
from house_rules import HEADERS, broken
from inspection_outcome.export.export import publish
from inspection_outcome.renderer import Renderer
from werkzeug.datastructures import Headers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(nginx.found() is None, reason=find_browser.missing().get("nginx", "")),
]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow no redirect."""


_OPEN = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({})).open


def get(url: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    """Return the status, headers and body of a response; redirects and errors are not followed."""
    request = urllib.request.Request(  # noqa: S310 (localhost)
        url, method=method, headers={n.replace("_", "-"): v for n, v in headers.items()}
    )
    try:
        with _OPEN(request, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def files(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of nginx that serves the published files of the frozen site."""
    work = tmp_path_factory.mktemp("nginx")
    publish(Renderer.build(folders(translations)), work / "public")
    for name in (".git", ".well-known"):
        (work / "public" / name).mkdir()
        (work / "public" / name / "file.txt").write_text("mine", encoding="utf-8")
    block = nginx.block("_nginx.conf").replace("/srv/outcome/public", f"{work}/public")
    with nginx.serve(block, work) as address:
        yield address


@pytest.mark.parametrize("path", ["/qaa/help/", "/"])
def test_a_page_from_files_obeys_the_house_rules(path: str, files: str) -> None:
    status, headers, body = get(files + path)

    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Language"] == (None if path == "/" else "qaa")
    assert headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert broken(body.decode(), Headers(headers.items())) == []


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/nothing/", "en"),
        ("/qaa/nothing/", "qaa"),
        ("/qaa/for/", "qaa"),  # a folder without a page of its own
        ("/.git/", "en"),
        ("/.git/file.txt", "en"),
        ("/_headers", "en"),
        ("/_nginx.conf", "en"),
    ],
)
def test_where_there_is_no_page_files_say_so_in_the_reader_s_language(
    path: str, language: str, files: str
) -> None:
    status, headers, body = get(files + path)

    assert status == 404
    assert f'<html lang="{language}"' in body.decode()
    assert broken(body.decode(), Headers(headers.items())) == []


def test_what_a_host_must_prove_of_the_site_can_be_read(files: str) -> None:
    assert get(f"{files}/.well-known/file.txt")[::2] == (200, b"mine")


def test_files_say_of_themselves_what_the_site_does(files: str, app: Flask) -> None:
    """Their content types, languages and headers are those of the live site."""
    client = app.test_client()
    for path, language in (
        ("/en/", "en"),
        ("/en/all/", "en"),
        ("/qaa-arab/for/care-leavers/", "qaa-arab"),
        ("/report.json", None),
        ("/en/progress.atom", "en"),
        ("/qaa/site.webmanifest", "qaa"),
        ("/pictures.svg", None),
        ("/sw.js", None),
        ("/qaa/kept.gz", "qaa"),
        ("/preview.png", None),
    ):
        status, headers, _ = get(files + path)
        live = client.get(path).headers

        assert status == 200
        assert (
            headers["Content-Type"].split(";")[0].split("/")[1]
            == live["Content-Type"].split(";")[0].split("/")[1]
        )
        for name in (
            *HEADERS,
            "Content-Security-Policy",
            "Cache-Control",
            "Access-Control-Allow-Origin",
        ):
            assert headers[name] == live.get(name), (path, name)
        assert headers["Content-Language"] == language, path


def test_files_are_sent_compressed_and_once(files: str) -> None:
    status, headers, body = get(f"{files}/en/", Accept_Encoding="gzip")

    assert (status, headers["Content-Encoding"], headers["Vary"]) == (
        200,
        "gzip",
        "Accept-Encoding",
    )
    assert len(body) < 14 * 1024
    again = get(f"{files}/en/", Accept_Encoding="gzip", If_None_Match=headers["ETag"])
    assert (again[0], again[2]) == (304, b"")
    assert "Content-Encoding" not in get(f"{files}/en/kept.gz", Accept_Encoding="gzip")[1]


def test_files_lead_to_the_page_without_naming_a_host(files: str) -> None:
    status, headers, _ = get(f"{files}/en/help", Host="evil.example")

    assert (status, headers["Location"]) == (301, "/en/help/")


def test_nginx_writes_nothing_down_about_readers(tmp_path: Path) -> None:
    """Not for a missing file, nor for a site that does not answer, nor for a refused request."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "_nginx.conf").write_text("", encoding="utf-8")
    plain = nginx.block("_nginx.conf").replace("/srv/outcome/public", f"{tmp_path}/public")
    proxy = nginx.block("proxy_pass").replace("127.0.0.1:8000", f"127.0.0.1:{nginx.free_port()}")
    for block, status in ((plain, 404), (proxy, 502)):
        with nginx.serve(block, tmp_path) as address:
            assert get(f"{address}/en/help/", Referer="https://secret.example/")[0] == status
            get(f"{address}/", method="POST", Content_Length="5000")
        written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.log"))
        assert "client:" not in written
        assert "secret" not in written


@pytest.fixture(scope="module")
def proxied(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of nginx as a proxy in front of the running site."""
    work = tmp_path_factory.mktemp("proxied")
    with granian(work, "--workers", "1", translations=translations, proxies=1) as server:
        block = nginx.block("proxy_pass").replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
        with nginx.serve(block, work) as address:
            yield address


def test_the_site_behind_nginx_is_the_site(proxied: str) -> None:
    status, headers, body = get(f"{proxied}/qaa/help/")
    assert (status, headers["Content-Language"]) == (200, "qaa")
    assert broken(body.decode(), Headers(headers.items())) == []

    for coding in ("br", "gzip"):
        status, headers, _ = get(f"{proxied}/qaa/", Accept_Encoding=coding)
        assert (status, headers["Content-Encoding"]) == (200, coding)
        assert (
            get(f"{proxied}/qaa/", Accept_Encoding=coding, If_None_Match=headers["ETag"])[0] == 304
        )
    assert get(f"{proxied}/", Accept_Language="qaa")[1]["Location"] == "/qaa/"
    assert get(f"{proxied}/en/", method="POST")[0] == 405


def test_a_reader_cannot_say_that_it_was_https(proxied: str) -> None:
    headers = get(f"{proxied}/en/", X_Forwarded_Proto="https", X_Forwarded_Host="evil.example")[1]

    assert "Strict-Transport-Security" not in headers


def test_slow_readers_keep_nobody_waiting(proxied: str) -> None:
    """A hundred clients send their request letter by letter, or do not read the response.

    The site has one thread.
    """
    port = int(proxied.rsplit(":", 1)[1])
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    try:
        for number, connection in enumerate(slow):
            if number % 2:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
                connection.sendall(b"GET /en/all/ HTTP/1.1\r\nHost: a\r\n\r\n" * 20)
        for letter in b"GET /en/ HTTP/1.1\r\n":
            for connection in slow[::2]:
                connection.send(bytes([letter]))
            assert get(f"{proxied}/en/")[0] == 200  # or it times out
    finally:
        for connection in slow:
            connection.close()
