"""Which language a reader is redirected to, and how each page links to its other languages."""

import time
from pathlib import Path

import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import ALL, PAGES, Get, attribute, text_of
from inspection_outcome import create_app
from justhtml import JustHTML

pytestmark = pytest.mark.slow

LIST = """languages = [
  { tag = "en", name = "English", locale = "en_GB" },
  { tag = "pl", name = "Polski" },
  { tag = "pt", name = "Português", locale = "pt_PT" },
  { tag = "ckb", name = "کوردی" },
  { tag = "lt", name = "Lietuvių", shown = false },
]
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the site with five untranslated languages, one of them not shown."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "languages.toml").write_text(LIST, encoding="utf-8")
    environ = {"OUTCOME_TRANSLATIONS": str(folder), "OUTCOME_PUBLIC_URL": "https://x.example"}
    return create_app(environ, watch=False).test_client()


@pytest.mark.parametrize(
    ("asks", "to"),
    [
        (None, "en"),
        ("", "en"),
        ("pl", "pl"),
        ("PL", "pl"),
        ("pl-PL,pl;q=0.9,en-US;q=0.8,en;q=0.7", "pl"),
        ("en-GB,en;q=0.9,pl;q=0.8", "en"),
        ("de,pl;q=0.5", "pl"),
        ("pl;q=0.3,pt-BR;q=0.8", "pt"),
        ("en;q=0.1,pl;q=0.2", "pl"),
        ("ckb-IQ", "ckb"),
        ("ku", "en"),
        ("pl;q=0", "en"),
        ("pl;q=0,pt;q=0.1", "pt"),
        ("*", "en"),
        ("de,*;q=0.5", "en"),
        ("lt", "en"),
        ("lt,pl;q=0.5", "pl"),
        ("fr,de", "en"),
        ("pl ; q=1.000 , pt", "pl"),
        (",pl,,", "pl"),
    ],
)
def test_the_root_leads_to_the_language_that_the_browser_asks_for(
    asks: str | None, to: str, many: FlaskClient
) -> None:
    response = many.get("/", headers={} if asks is None else {"Accept-Language": asks})

    assert (response.status_code, response.headers["Location"]) == (302, f"/{to}/")
    assert response.headers["Vary"] == "Accept-Language"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "asks", ["pl;q=-1", "pl q=1", "polishpolish", "pl" + "-x" * 50_000, "pl\x0b", ";;q==,*"]
)
def test_what_names_no_language_means_english(asks: str, many: FlaskClient) -> None:
    response = many.get("/", environ_overrides={"HTTP_ACCEPT_LANGUAGE": asks})

    assert (response.status_code, response.headers["Location"]) == (302, "/en/")


@pytest.mark.parametrize(
    "unit", [",  ", " ,", ", ", "\t,", ",\t\t", "en ,", "pl,", "pl;q=0,", ";=,", 'a;q="', "-", " "]
)
def test_no_header_takes_longer_than_its_length(unit: str, many: FlaskClient) -> None:
    """A header of 67 characters once stopped a worker for good."""
    for header in ("ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "IF_NONE_MATCH"):
        begin = time.perf_counter()
        for length in (67, 1_000, 100_000):
            told = {f"HTTP_{header}": (unit * length)[:length] + "!"}
            assert many.get("/en/", environ_overrides=told).status_code == 200
            assert many.get("/", environ_overrides=told).status_code == 302
        assert time.perf_counter() - begin < 3


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/PL/", "/pl/"),
        ("/pl-PL/", "/pl/"),
        ("/pl_PL/results/", "/pl/results/"),
        ("/PT-br/for/in-care/", "/pt/for/in-care/"),
        ("/en-GB/", "/en/"),
        ("/CKB", "/ckb/"),
        ("/LT/", "/lt/"),
    ],
)
def test_another_spelling_of_a_tag_leads_to_the_page(path: str, to: str, many: FlaskClient) -> None:
    response = many.get(path)

    assert (response.status_code, response.headers["Location"]) == (308, to)
    assert response.headers["Cache-Control"] == "no-cache"
    assert many.get(to).status_code == 200


@pytest.mark.parametrize(
    "path", ["/xx/", "/xx/results/", "/plx/", "/ku/", "/pl-PL/nothing/", "/english/"]
)
def test_an_unknown_tag_is_told_in_english_with_the_languages_that_there_are(
    path: str, many: FlaskClient
) -> None:
    response = many.get(path)
    told = JustHTML(response.text, sanitize=False)
    links = {attribute(link, "href"): text_of(link) for link in told.query("main .tongues a")}

    assert response.status_code == 404
    assert response.headers["Content-Language"] == "en"
    assert attribute(told.query("html")[0], "lang") == "en"
    assert links == {"/en/": "English", "/pl/": "Polski", "/pt/": "Português", "/ckb/": "کوردی"}


@pytest.mark.parametrize("path", [*PAGES, ALL])
def test_every_page_leads_to_itself_in_every_language(path: str, many: FlaskClient) -> None:
    """A labelled nav with each language's own name, and lang, hreflang and dir on each link.

    The link to the current language is marked.
    """
    for tag in ("en", "ckb"):
        told = JustHTML(many.get(path.replace("/en/", f"/{tag}/")).text, sanitize=False)
        nav = told.query("nav.languages")[0]
        links = [
            (
                *(attribute(link, name) for name in ("href", "lang", "hreflang", "dir")),
                text_of(link),
            )
            for link in nav.query("a")
        ]
        current = [attribute(link, "lang") for link in nav.query('a[aria-current="true"]')]

        assert attribute(nav, "aria-label")
        assert links == [
            (path.replace("/en/", f"/{each}/"), each, each, direction, name)
            for each, direction, name in (
                ("en", "ltr", "English"),
                ("pl", "ltr", "Polski"),
                ("pt", "ltr", "Português"),
                ("ckb", "rtl", "کوردی"),
            )
        ]
        assert current == [tag]


@pytest.mark.parametrize("tag", ["en", "pl", "ckb"])
def test_the_head_has_an_alternate_for_each_language_and_none(tag: str, many: FlaskClient) -> None:
    told = JustHTML(many.get(f"/{tag}/results/").text, sanitize=False)
    alternates = {
        attribute(link, "hreflang"): attribute(link, "href")
        for link in told.query("link[rel=alternate]")
    }

    assert alternates == {
        **{each: f"https://x.example/{each}/results/" for each in ("en", "pl", "pt", "ckb")},
        "x-default": "https://x.example/en/results/",
    }
    assert (
        attribute(told.query("link[rel=canonical]")[0], "href")
        == f"https://x.example/{tag}/results/"
    )


def test_a_language_that_is_not_shown_can_be_seen_and_is_not_led_to(many: FlaskClient) -> None:
    response = many.get("/lt/")
    told = JustHTML(response.text, sanitize=False)

    assert response.status_code == 200
    assert attribute(told.query("html")[0], "lang") == "lt"
    assert attribute(told.query("meta[name=robots]")[0], "content") == "noindex"
    assert '"/lt/' not in many.get("/en/").text
    assert "/lt/" not in many.get("/sitemap.xml").text
    assert not JustHTML(many.get("/pl/").text, sanitize=False).query("meta[name=robots]")


@pytest.mark.parametrize(
    ("tag", "says"), [("pl", "pl"), ("pt", "pt"), ("ckb", "ckb"), ("lt", "lt")]
)
def test_a_page_says_its_language(tag: str, says: str, many: FlaskClient) -> None:
    assert many.get(f"/{tag}/").headers["Content-Language"] == says


def test_a_language_whose_file_is_missing_is_told_in_english(many: FlaskClient) -> None:
    told = JustHTML(many.get("/ckb/").text, sanitize=False)

    assert attribute(told.query("html")[0], "dir") == "rtl"
    assert (
        text_of(told.query("h1 span[lang=en]")[0])
        == "How good is the help for children in Lincolnshire?"
    )
    assert "still in English" in text_of(told.query(".notice")[0])


def test_the_made_up_languages_are_for_tests_only(get: Get) -> None:
    """The pseudo-locales are never in the public list of languages."""
    tags = {language.tag for language in pseudo_locales.LANGUAGES}

    assert tags.isdisjoint(attribute(link, "hreflang") for link in get("/en/").query("a"))
    for tag in tags:
        get(f"/{tag}/", 404)


def test_a_language_is_added_by_a_line_and_a_file(tmp_path: Path) -> None:
    folder = pseudo_locales.folder(tmp_path, ())
    pseudo_locales.write(folder, pseudo_locales.LONG, pseudo_locales.shipped())
    text = (folder / "languages.toml").read_text(encoding="utf-8")
    line = f'  {{ tag = "qaa", name = "{pseudo_locales.LONG.name}", locale = "cs" }},\n]'
    (folder / "languages.toml").write_text(text.replace("]", line), encoding="utf-8")
    client = create_app({"OUTCOME_TRANSLATIONS": str(folder)}, watch=False).test_client()

    assert client.get("/", headers={"Accept-Language": "qaa"}).headers["Location"] == "/qaa/"
    assert "Hóow góoóod" in client.get("/qaa/").text
