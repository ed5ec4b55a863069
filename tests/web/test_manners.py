"""How the site behaves on the web: redirects, errors, headers, and machine-readable files."""

import logging
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import frozen_site
import pytest
from flask.testing import FlaskClient
from frozen_site import ALL, PAGES, TRANSLATED
from house_rules import Get, attribute
from inspection_outcome.web import edition
from justhtml import JustHTML
from PIL import Image
from pseudo_locales import SMALL

Spoil = Callable[[str, str, str], Path]
PUBLIC = "https://results.example.org"
EVERY = [
    "/",
    "/en/",
    "/en",
    "/en/help/",
    "/xx/",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/favicon.svg",
    "/favicon.ico",
]


@pytest.fixture(scope="module")
def public(translations: Path) -> FlaskClient:
    """Return a client of the site with a public address."""
    return frozen_site.create(translations, public_url=PUBLIC).test_client()


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        ("/", 302, "/en/"),
        ("/en", 308, "/en/"),
        ("/en/results", 308, "/en/results/"),
        ("/en?x=1", 308, "/en/"),
        ("/en//", 308, "/en/"),
        ("/en/home/", 308, "/en/"),
        ("/EN/home", 308, "/en/"),
    ],
)
def test_a_reader_is_led_to_the_page(path: str, status: int, to: str, client: FlaskClient) -> None:
    response = client.get(path, headers={"Host": "evil.example"})

    assert (response.status_code, response.headers["Location"]) == (status, to)
    assert "evil" not in response.text


def test_an_address_without_a_page_says_so_in_the_site_s_look(get: Get) -> None:
    page = get("/en/nothing/", 404)

    assert page.query("h1")[0].to_text() == "There is no page here"
    assert [attribute(link, "href") for link in page.query("main a")] == [
        "/en/easy-read/",
        "/en/results/",
        "/en/progress/",
        "/en/inspection/",
        "/en/",
        *(f"/{tag}/" for tag in TRANSLATED),
    ]
    assert attribute(page.query("meta[name=robots]")[0], "content") == "noindex"


@pytest.mark.parametrize("path", ["/xx/", "/xx/home/", "/robots.txt/", "/static/favicon.svg"])
def test_every_address_without_a_page_is_told_the_same(path: str, client: FlaskClient) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.text == client.get("/en/nothing/").text


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//en/all/", "///en/", "//", "en/", "//robots.txt", "//en/kept.gz"]
)
def test_an_address_with_more_slashes_is_another_one(path: str, client: FlaskClient) -> None:
    """Responses are cached by path, so there must be no more paths than the site links to."""
    response = client.get("/", environ_overrides={"PATH_INFO": path})

    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_page_can_only_be_read(method: str, client: FlaskClient) -> None:
    response = client.open("/en/", method=method)

    assert response.status_code == 405
    assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))
    assert "This page can only be read" in response.text


def test_a_fault_of_ours_shows_no_details(
    translations: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = frozen_site.create(translations, content=SMALL)
    app.add_url_rule("/broken/", view_func=lambda: str(dict[str, str]()["secret"]))

    response = app.test_client().get("/broken/")

    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "secret" not in response.text
    assert "KeyError" not in response.text
    assert "secret" in caplog.text  # for whoever fixes it


@pytest.mark.parametrize("path", EVERY)
def test_every_answer_has_the_security_headers(path: str, client: FlaskClient) -> None:
    headers = client.get(path, buffered=True).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers


def test_https_is_made_to_stay(client: FlaskClient) -> None:
    assert (
        client.get("/en/", base_url="https://localhost").headers["Strict-Transport-Security"]
        == "max-age=31536000"
    )


def test_healthz_says_ok(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok"


def test_robots_may_read_all(client: FlaskClient, public: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nAllow: /\n"
    assert (
        public.get("/robots.txt").text
        == f"User-agent: *\nAllow: /\nSitemap: {PUBLIC}/sitemap.xml\n"
    )


def test_the_sitemap_needs_the_public_address(get: Get) -> None:
    get("/sitemap.xml", 404)


def test_the_sitemap_has_every_page_with_its_alternates(public: FlaskClient) -> None:
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    root = ET.fromstring(public.get("/sitemap.xml").text)  # noqa: S314 (XML from this site)
    pages = {
        url.findtext("s:loc", "", space): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)
        }
        for url in root.findall("s:url", space)
    }

    assert pages == {
        f"{PUBLIC}/{tag}{path}": {
            **{each: f"{PUBLIC}/{each}{path}" for each in ("en", *TRANSLATED)},
            "x-default": f"{PUBLIC}/en{path}",
        }
        for path in (each.removeprefix("/en") for each in [*PAGES, ALL])
        for tag in ("en", *TRANSLATED)
    }


def test_the_public_address_makes_addresses_absolute_and_no_host_gets_in(
    public: FlaskClient,
) -> None:
    page = public.get("/en/results/", headers={"Host": "evil.example"}).text

    assert f'<link rel="canonical" href="{PUBLIC}/en/results/">' in page
    assert f'hreflang="x-default" href="{PUBLIC}/en/results/"' in page
    assert "evil" not in page


def test_a_link_preview_has_title_text_and_picture(public: FlaskClient) -> None:
    page = JustHTML(public.get("/en/results/").text, sanitize=False)
    said = {
        attribute(meta, "property"): attribute(meta, "content")
        for meta in page.query("meta[property]")
    }

    assert said["og:title"] == "The results"
    assert said["og:description"] == "What inspectors found in Northmarsh."
    assert said["og:url"] == f"{PUBLIC}/en/results/"
    assert said["og:image"] == f"{PUBLIC}/preview.png"
    assert "steps" in said["og:image:alt"]


def test_the_preview_is_drawn_from_the_grades(client: FlaskClient, translations: Path) -> None:
    response = client.get("/preview.png")
    image = Image.open(BytesIO(response.data))
    small = frozen_site.create(translations, content=SMALL).test_client()
    other = small.get("/preview.png")

    assert response.content_type == "image/png"
    assert image.size == (1200, 630)
    assert response.data != other.data
    assert response.data == client.get("/preview.png").data


def test_only_trusted_hosts_are_answered_when_they_are_named(translations: Path) -> None:
    client = frozen_site.create(
        translations, content=SMALL, trusted_hosts="results.example.org"
    ).test_client()

    for host in ("results.example.org", "Results.Example.ORG"):
        assert client.get("/en/", headers={"Host": host}).status_code == 200
    refused = client.get("/en/", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert "We did not understand that" in refused.text
    assert "evil" not in refused.text
    assert "Content-Security-Policy" in refused.headers


def test_a_change_on_disk_reaches_readers_and_a_broken_one_does_not(
    small: Path, translations: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """End to end: file, edition and response."""
    app = frozen_site.create(translations, content=small)
    client = app.test_client()
    home = small / "home.toml"
    good = home.read_text(encoding="utf-8")

    home.write_text(good.replace("How good is the help?", "How is it now?"), encoding="utf-8")
    app.extensions["inspection_outcome"].refresh()
    assert "How is it now?" in client.get("/en/").text

    changed = home.read_bytes()
    home.write_text("[[[", encoding="utf-8")
    app.extensions["inspection_outcome"].refresh()
    with caplog.at_level(logging.ERROR):
        assert "How is it now?" in client.get("/en/").text
    assert "home.toml" in caplog.text

    home.write_bytes(changed)
    app.extensions["inspection_outcome"].refresh()
    assert "How is it now?" in client.get("/en/").text


def test_one_request_uses_one_edition(small: Path, translations: Path, spoil: Spoil) -> None:
    """Also if the next one is built meanwhile: else the policy would forbid the page's style."""
    app = frozen_site.create(translations, content=small)
    with app.test_request_context("/en/"):
        first = edition()
        spoil("home.toml", "How good is the help?", "How is it now?")
        app.extensions["inspection_outcome"].refresh()
        assert edition() is first

    with app.test_request_context("/en/"):
        assert edition() is not first
