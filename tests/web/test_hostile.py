"""Hostile requests to the site as it is served.

Each gets a plain response with every security header, and changes nothing for other readers.
"""

import http.client
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from granian_server import Server, granian
from house_rules import HEADERS
from pseudo_locales import SMALL

pytestmark = pytest.mark.slow

LONG = 100_000
Answer = tuple[int, dict[str, str], bytes]
"""A status, headers by their lowercase names, and a body."""


@pytest.fixture(scope="module")
def server(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    work = tmp_path_factory.mktemp("granian")
    with granian(work, "--workers", "1", content=SMALL, translations=translations) as running:
        yield running


def say(server: Server, request: bytes) -> Answer:
    """Send exactly these bytes and return the answer; status 0 if there is no HTTP response."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        said = b""
        try:
            while got := connection.recv(65536):
                said += got
        except (TimeoutError, ConnectionResetError):
            pass
    head, _, body = said.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    found = re.match(r"HTTP/1\.1 (\d+)", lines[0])
    headers = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines[1:])
    }
    return int(found[1]) if found else 0, headers, body


def ask(
    server: Server, path: str, *headers: str, method: str = "GET", host: str = "localhost"
) -> Answer:
    """Send one HTTP request with these header lines, and return the answer."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", ""]
    return say(server, "\r\n".join(lines).encode("latin-1"))


def is_plain(answer: Answer) -> bool:
    """Return whether an answer's status is 200, 3xx or 4xx.

    Assert that it has every security header, and reveals no internals and no part of the request.
    """
    status, headers, body = answer
    for name, value in HEADERS.items():
        assert headers[name.lower()] == value
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "cache-control" in headers
    assert "set-cookie" not in headers
    assert "evil" not in headers.get("location", "")
    for told in (b"Traceback", b"root:", b"evil", b"create_app"):
        assert told not in body
    return status == 200 or 300 <= status < 500


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/en/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/en/..%2f..%2f..%2fetc%2fpasswd",
        "/en/..%5c..%5cwsgi.py",
        "/static/../wsgi.py",
        "/.git/config",
        "/_headers",
        "/en/%00",
        "/en/%ff%fe/",
        "/en/%0d%0aSet-Cookie:%20evil=1/",
        "/en%0d%0aLocation:%20https:%2f%2fevil.example",
        "//evil.example/",
        "/%2f%2fevil.example",
        "/en//evil.example/",
        "/\\evil.example",
        "/https://evil.example/",
        "/%",
        "/%zz/",
        "/en/;evil",
        "/en/%3Cscript%3Eevil%3C/script%3E/",
        "/{{7*7}}/",
        f"/{'a' * 8000}/",
        f"/{'a/' * 4000}",
        "/en/?" + "evil" * 2000,
        "/en/?next=//evil.example",
        "/?evil",
        "/%E2%80%AE/",
        "/qaa-" + "x-" * 500,
        "*",
    ],
)
def test_no_path_leads_astray(path: str, server: Server) -> None:
    assert is_plain(ask(server, path))


@pytest.mark.parametrize(
    "header",
    [
        "Accept-Language: " + "qaa," * (LONG // 4),
        "Accept-Language: " + "x" * LONG,
        "Accept-Language: ;;q==,*;q=evil",
        "Accept-Language: \xff\xfe",
        "Accept-Encoding: " + "gzip," * (LONG // 5),
        "Accept-Encoding: br;q=evil, gzip;q=1e999, *;q=-1",
        "Accept-Encoding: \xff",
        "Range: bytes=9-1",
        "Range: bytes=0-0,1-1,2-2",
        "Range: bytes=-99999999999999999999",
        "Range: evil",
        "If-None-Match: " + '"evil",' * (LONG // 7),
        "If-None-Match: *",
        "If-Match: *",
        'If-Match: "evil"',
        "If-Modified-Since: evil",
        "If-Modified-Since: Mon, 01 Jan 9999 00:00:00 GMT",
        "If-Range: evil",
        "Cookie: " + "evil=1;" * 1000,
        "Authorization: Basic evil",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: evil",
        "X-Forwarded-For: evil",
        "X-Forwarded-Prefix: /evil",
        "Forwarded: host=evil.example;proto=https",
        "X-Original-URL: /evil",
        "X-HTTP-Method-Override: DELETE",
        "Origin: https://evil.example",
        "Expect: evil",
        "Upgrade: evil\r\nConnection: upgrade",
        "Content-Type: multipart/form-data; boundary=evil",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nevil!\r\n0",
        "Content-Length: 4\r\n\r\nevil",
    ],
    ids=lambda header: header[:40],
)
@pytest.mark.parametrize("path", ["/", "/en/", "/evil/"])
def test_no_header_changes_what_others_get(path: str, header: str, server: Server) -> None:
    before = ask(server, "/en/")

    assert is_plain(ask(server, path, header)), header
    assert ask(server, "/en/")[2] == before[2]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil example",
        "",
        "evil:99999",
        "[::evil",
        "evil\x01",
        "a" * 5000,
        "a@evil",
        "../evil",
    ],
)
@pytest.mark.parametrize("path", ["/", "/en", "/en/", "/nothing/"])
def test_no_host_gets_into_an_answer(path: str, host: str, server: Server) -> None:
    answer = ask(server, path, host=host)

    assert answer[0] == 400 or is_plain(answer)
    assert b"evil" not in answer[2]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND", "EVIL"]
)
def test_a_page_can_only_be_read(method: str, server: Server) -> None:
    answer = ask(server, "/en/", "Content-Length: 4\r\n\r\nevil", method=method)

    assert is_plain(answer)
    assert answer[0] == (200 if method == "OPTIONS" else 405)


@pytest.mark.parametrize(
    "request_",
    [
        b"evil\r\n\r\n",
        b"GET /en/\r\n\r\n",
        b"GET /en/ HTTP/9.9\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: a\r\nevil\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: a\r\nContent-Length: evil\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nevil",
        b"GET /en/ HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"e" * 600_000 + b"\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: a\r\n" + b"X: evil\r\n" * 20_000 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        bytes(range(256)) * 20,
    ],
    ids=lambda request: repr(request[:40]),
)
def test_what_is_no_request_is_refused_and_harms_nobody(request_: bytes, server: Server) -> None:
    """The server itself refuses such a request, before it reaches the site."""
    status, _, body = say(server, request_)

    assert status in {0, 400, 408, 413, 414, 431, 505}
    assert b"evil" not in body
    assert server.get("/en/")[0] == 200


def test_hundreds_of_addresses_leave_memory_as_it_is(server: Server) -> None:
    """It grows by 12 MB if each answer is kept, and by 4 MB if 8 kB of each are."""

    def memory() -> int:
        """Return the worker's resident memory, in kB."""
        status = Path(f"/proc/{server.workers()[0]}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0])

    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for number in range(1_000):
        if number == 500:
            before = memory()
        path = f"/en/{number}/?{number}" if number % 2 else f"{'/' * (number + 2)}en/all/"
        connection.request("GET", path, headers={"Accept-Encoding": f"br;q=0.{number % 1000}"})
        response = connection.getresponse()
        response.read()
        assert response.status == 404
    connection.close()

    assert memory() - before < 2_000
