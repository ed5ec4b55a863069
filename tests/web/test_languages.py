"""Which language a reader is redirected to, and how each page links to its other languages."""

import time
from pathlib import Path

import frozen_site
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from flask_babel import get_babel, get_locale
from frozen_site import ALL
from house_rules import attribute, text_of
from justhtml import JustHTML
from pseudo_locales import RIGHT_TO_LEFT

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
    return frozen_site.create(folder, public_url="https://x.example").test_client()


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


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the site with languages whose tags browsers send in other forms."""
    folder = tmp_path_factory.mktemp("scripts")
    tags = "zh-cn", "zh-hant", "pt-br", "nb", "he", "fil", "sr", "ckb"
    lines = [f'  {{ tag = "{tag}", name = "{tag}" }},\n' for tag in tags]
    (folder / "languages.toml").write_text(
        LIST.partition('  { tag = "pl"')[0] + "".join(lines) + "]\n", encoding="utf-8"
    )
    return frozen_site.create(folder).test_client()


@pytest.mark.parametrize(
    ("asks", "to"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-cn"),
        ("zh-Hans-CN", "zh-cn"),
        ("zh-SG", "zh-cn"),
        ("zh", "zh-cn"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("en-GB,zh-HK;q=0.9", "en"),
        ("fr,zh-HK;q=0.2,zh-CN;q=0.3", "zh-cn"),
        ("zh-HK;q=0,pt-PT;q=0.1", "pt-br"),
        ("no", "nb"),
        ("iw-IL,en;q=0.5", "he"),
        ("tl,en;q=0.5", "fil"),
        ("sr-Latn-RS", "sr"),
        ("ku-TR,en;q=0.5", "en"),
    ],
)
def test_a_tag_as_browsers_send_it_leads_to_its_language_in_its_script(
    asks: str, to: str, scripts: FlaskClient
) -> None:
    response = scripts.get("/", headers={"Accept-Language": asks})

    assert response.headers["Location"] == f"/{to}/"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/zh-CN/", "/zh-cn/"),
        ("/zh-Hans/results/", "/zh-cn/results/"),
        ("/zh-TW/", "/zh-hant/"),
        ("/pt-PT/", "/pt-br/"),
        ("/iw/help/", "/he/help/"),
        ("/no/", "/nb/"),
    ],
)
def test_an_address_with_such_a_tag_leads_to_the_page(
    path: str, to: str, scripts: FlaskClient
) -> None:
    response = scripts.get(path)

    assert (response.status_code, response.headers["Location"]) == (308, to)
    assert f'lang="{to.split("/")[1]}"' in scripts.get(to).text[:200]
    assert scripts.get("/ku/").status_code == 404


@pytest.mark.parametrize(
    "asks", ["pl;q=-1", "pl q=1", "polishpolish", "pl" + "-x" * 50_000, "pl\x0b", ";;q==,*"]
)
def test_what_names_no_language_means_english(asks: str, many: FlaskClient) -> None:
    response = many.get("/", environ_overrides={"HTTP_ACCEPT_LANGUAGE": asks})

    assert (response.status_code, response.headers["Location"]) == (302, "/en/")


@pytest.mark.parametrize(
    "unit",
    [
        ",  ",
        " ,",
        ", ",
        "\t,",
        ",\t\t",
        "en ,",
        "pl,",
        "zh-X,",
        "pl;q=0,",
        ";=,",
        'a;q="',
        "-",
        " ",
    ],
)
def test_no_header_takes_longer_than_its_length(unit: str, many: FlaskClient) -> None:
    """A header of 67 characters once stopped a worker for good.

    Only the time of this thread counts, so that a busy machine makes no difference.
    """
    for header in ("ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "IF_NONE_MATCH"):
        begin = time.thread_time()
        for length in (67, 1_000, 100_000):
            told = {f"HTTP_{header}": (unit * length)[:length] + "!"}
            assert many.get("/en/", environ_overrides=told).status_code == 200
            assert many.get("/", environ_overrides=told).status_code == 302
        assert time.thread_time() - begin < 3


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/PL/", "/pl/"),
        ("/pl-PL/", "/pl/"),
        ("/pl_PL/results/", "/pl/results/"),
        ("/PT-br/for/care-leavers/", "/pt/for/care-leavers/"),
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


def test_an_unknown_tag_is_told_in_english_with_the_languages_that_there_are(
    many: FlaskClient,
) -> None:
    told = set()
    for path in ("/xx/", "/xx/results/", "/plx/", "/ku/", "/english/"):
        response = many.get(path)
        told.add(response.text)

        assert response.status_code == 404
        assert response.headers["Content-Language"] == "en"
    page = JustHTML(told.pop(), sanitize=False)
    links = {attribute(link, "href"): text_of(link) for link in page.query("main .tongues a")}

    assert told == set()  # each got the same page
    assert attribute(page.query("html")[0], "lang") == "en"
    assert links == {"/en/": "English", "/pl/": "Polski", "/pt/": "Português", "/ckb/": "کوردی"}


@pytest.mark.parametrize(
    ("path", "asks", "locale", "tag"),
    [
        ("/pt/", "pl", "pt_PT", "pt"),
        ("/pt/for/care-leavers/", "pl", "pt_PT", "pt"),
        ("/pl/nothing/", "pt", "pl", "pl"),
        ("/PL/nothing/", "pt", "pl", "pl"),
        ("/pl-PL/nothing/", "pt", "pl", "pl"),
        ("/lt/nothing/", "pt", "lt", "lt"),
        ("/xx/", "pl", "en_GB", "en"),
        ("/healthz/", "pl", "en_GB", "en"),
        ("/pl-PL/", "pt", "pl", None),
        ("/PT/results", "pl", "pt_PT", None),
        ("/", "xx,pt-BR;q=0.5", "pt_PT", None),
        ("/", "lt", "en_GB", None),
    ],
)
def test_flask_babel_holds_the_language_of_a_page(
    path: str, asks: str, locale: str, tag: str | None, many: FlaskClient
) -> None:
    """Also of an error page, and of a redirect, which has no language of its own."""
    headers = {"Accept-Language": asks}
    with many.application.test_request_context(path, headers=headers):
        assert str(get_locale()) == locale
    response = many.get(path, headers=headers)

    assert response.headers.get("Content-Language") == tag
    if tag:
        assert attribute(JustHTML(response.text, sanitize=False).query("html")[0], "lang") == tag


def test_nothing_but_flask_babel_knows_the_language(translations: Path) -> None:
    app = frozen_site.create(translations)
    get_babel(app).locale_selector = lambda: RIGHT_TO_LEFT.locale
    client = app.test_client()

    for name in ("", "results/", "kept.gz", "site.webmanifest", "progress.atom"):
        assert client.get(f"/en/{name}").headers["Location"] == f"/qaa-arab/{name}"
    assert client.get("/").headers["Location"] == "/qaa-arab/"
    assert client.get("/en/nothing/").headers["Content-Language"] == "qaa-arab"


@pytest.mark.parametrize("path", ["/en/", "/en/for/care-leavers/", ALL])
@pytest.mark.parametrize("tag", ["en", "ckb"])
def test_a_page_leads_to_itself_in_every_language(path: str, tag: str, many: FlaskClient) -> None:
    """A labelled nav with each language's own name, and lang, hreflang and dir on each link.

    The link to the current language is marked.
    """
    page = JustHTML(many.get(path.replace("/en/", f"/{tag}/")).text, sanitize=False)
    nav = page.query("nav.languages")[0]
    links = [
        (*(attribute(link, name) for name in ("href", "lang", "hreflang", "dir")), text_of(link))
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


def test_a_page_says_its_language(many: FlaskClient) -> None:
    """Also a page that there is not: see above for an unknown language."""
    for tag in ("en", "pl", "pt", "ckb", "lt"):
        assert many.get(f"/{tag}/").headers["Content-Language"] == tag
        assert many.get(f"/{tag}/nothing/").headers["Content-Language"] == tag


def test_a_language_whose_file_is_missing_is_told_in_english(many: FlaskClient) -> None:
    told = JustHTML(many.get("/ckb/").text, sanitize=False)

    assert attribute(told.query("html")[0], "dir") == "rtl"
    assert (
        text_of(told.query("h1 span[lang=en]")[0])
        == "How good is the help for children in Northmarsh?"
    )
    assert "still in English" in text_of(told.query(".notice")[0])


def test_a_language_is_added_by_a_line_and_a_file(tmp_path: Path) -> None:
    folder = pseudo_locales.folder(tmp_path, ())
    pseudo_locales.write(folder, pseudo_locales.LONG)
    text = (folder / "languages.toml").read_text(encoding="utf-8")
    line = f'  {{ tag = "qaa", name = "{pseudo_locales.LONG.name}", locale = "cs" }},\n]'
    (folder / "languages.toml").write_text(text.replace("]", line), encoding="utf-8")
    client = frozen_site.create(folder).test_client()

    assert client.get("/", headers={"Accept-Language": "qaa"}).headers["Location"] == "/qaa/"
    assert "Hóow góoóod" in client.get("/qaa/").text
