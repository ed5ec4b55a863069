"""Keep on this phone: offline, a new edition, two languages, a full or corrupt cache, removal."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import guards
import pseudo_locales
import pytest
from dev_server import serve
from guards import PHONE
from inspection_outcome import create_app
from inspection_outcome.pages.offline import LIMIT
from inspection_outcome.settings import Settings
from justhtml import JustHTML
from playwright.sync_api import Browser, BrowserContext, Page
from pseudo_locales import SECOND, pages_of

STORED = """async () => ({
  caches: await caches.keys(),
  kept: await Promise.all((await caches.keys()).map(
    async name => (await (await caches.open(name)).keys()).length)),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: localStorage.length, session: sessionStorage.length,
  databases: (await indexedDB.databases()).length, cookies: document.cookie,
})"""
NOTHING = {
    "caches": [],
    "kept": [],
    "workers": 0,
    "local": 0,
    "session": 0,
    "databases": 0,
    "cookies": "",
}
SPOILT = """async () => {
  const kept = await caches.open("kept");
  for (const request of await kept.keys())
    await kept.put(request, new Response("no gzip", {headers: {ETag: '"x"'}}));
}"""


class Host:
    """A site whose responses a test controls: as usual, an error, late, or another page."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.fails = False
        self.late = 0.0  # seconds
        self.closed = False
        shutil.copytree(SECOND, self.content)
        pseudo_locales.folder(
            folder / "translations", messages=pseudo_locales.shipped(self.content)
        )
        environ = {
            "OUTCOME_CONTENT": str(self.content),
            "OUTCOME_TRANSLATIONS": str(folder / "translations"),
        }
        self.app = create_app(environ)
        self._wsgi = self.app.wsgi_app
        # Flask's documentation says to wrap wsgi_app like this.
        self.app.wsgi_app = self._answer  # type: ignore[assignment, method-assign] # WSGI middleware

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if self.fails:
            start("502 Bad Gateway", [("Content-Type", "text/plain")])
            return [b"the host is down"]
        if self.closed:
            start("200 OK", [("Content-Type", "text/html")])
            return [b"<h1>We are mending something</h1>"]
        time.sleep(self.late)
        return self._wsgi(environ, start)

    def change(self, old: str, new: str) -> None:
        """Change a sentence of the home page; wait until the site may check its files again."""
        home = self.content / "home.toml"
        text = home.read_text(encoding="utf-8")
        assert old in text
        home.write_text(text.replace(old, new), encoding="utf-8")
        time.sleep(1.1)

    def title(self, tag: str) -> str:
        """Return the current h1 of the home page."""
        html = self.app.test_client().get(f"/{tag}/").text
        h1 = JustHTML(html, sanitize=False).query("h1")[0]
        return " ".join(h1.to_text(separator="", strip=False).split())


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


@pytest.fixture
def phone(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    with serve(host.app) as address:
        context = browser.new_context(base_url=address, viewport=PHONE)
        yield context
        context.close()


@pytest.fixture
def shipped(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """Yield a phone that reads the shipped site."""
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    yield context
    context.close()


def keep(page: Page, path: str = "/en/") -> None:
    page.goto(path)
    page.locator(".keep summary").click()
    page.locator(".keep button").click()
    page.locator("[data-told=kept]").wait_for()
    assert page.locator(".remove:focus").count() == 1
    page.wait_for_function("navigator.serviceWorker.controller")


def lose_network(page: Page) -> None:
    """Go offline, as if minutes later.

    The browser's HTTP cache, in which pages are fresh for a minute, is emptied.
    """
    tools = page.context.new_cdp_session(page)
    tools.send("Network.clearBrowserCache")
    tools.detach()  # an attached session makes the page believe that it is online
    page.context.set_offline(True)


@pytest.mark.parametrize("tag", ["en", "pl", "qaa-arab"])
def test_every_page_of_the_language_is_there_without_a_network(
    tag: str, shipped: BrowserContext
) -> None:
    page = shipped.new_page()
    said: list[str] = []
    keep(page, f"/{tag}/")
    lose_network(page)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    paths = pages_of(Settings().content, tag)
    assert len(paths) == 16

    for path in paths:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == tag
        assert page.locator("h1").inner_text()
        border = "getComputedStyle(document.querySelector('.button')).borderTopWidth"
        assert page.evaluate(border) == "2px"
        notice = page.locator(".notice").inner_text()
        assert str(time.gmtime().tm_year) in notice  # the date of the kept edition
        page.locator(".remove").wait_for()  # so the script is kept too
        if "easy-read" in path:
            assert page.evaluate("document.querySelector('.easy use').getBBox().width") > 20
    policy = "fetch(location.href).then(answer => answer.headers.get('Content-Security-Policy'))"
    assert "script-src 'self'" in page.evaluate(policy)  # a kept page has the same policy
    for other in ("/", f"/{tag}", f"/{tag}/help"):
        page.goto(other)
        assert page.locator("html").get_attribute("lang") == tag
    assert said == []


def test_it_says_first_how_much_it_is(shipped: BrowserContext) -> None:
    page = shipped.new_page()
    page.goto("/pl/")
    assert not page.locator(".keep button").is_visible()
    page.locator(".keep summary").click()

    text = page.locator(".keep").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert f"mniej niż {LIMIT.value} kB" in text
    assert page.evaluate(STORED) == NOTHING  # opening the question stores nothing


def test_nothing_is_stored_before_a_reader_asks_and_nothing_is_left_after(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    page.goto("/en/")
    page.goto("/en/help/")
    assert page.evaluate(STORED) == NOTHING
    keep(page)
    keep(page, "/qaa/")
    assert page.evaluate(STORED) == NOTHING | {"caches": ["kept"], "kept": [2], "workers": 1}
    page.goto("/qaa/help/")

    page.locator(".remove").click()
    page.locator("[data-told=removed]").wait_for()

    assert page.evaluate(STORED) == NOTHING
    assert page.locator(":focus").evaluate("e => e.localName") == "summary"
    page.goto("/en/")
    assert page.evaluate(STORED) == NOTHING
    page.locator(".keep").wait_for()
    lose_network(page)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/en/")


def test_it_can_be_removed_without_a_network(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page)
    lose_network(page)
    page.goto("/en/help/")

    page.locator(".remove").click()
    page.locator("[data-told=removed]").wait_for()

    assert page.evaluate(STORED) == NOTHING


def test_two_languages_stand_side_by_side(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page, "/qaa/")
    page.goto("/en/")
    page.locator(".keep").wait_for()  # this language is not kept yet
    assert page.locator(".remove").is_visible()
    keep(page)
    lose_network(page)

    for tag in ("en", "qaa"):
        page.goto(f"/{tag}/results/")
        assert page.locator("html").get_attribute("lang") == tag


def test_a_newer_edition_takes_its_place_at_the_next_visit(
    phone: BrowserContext, host: Host
) -> None:
    """In every kept language, whichever one is visited."""
    page = phone.new_page()
    keep(page, "/qaa/")
    keep(page)
    host.change("How good is the help", "How fine is the help")
    new = {tag: host.title(tag) for tag in ("en", "qaa")}
    assert "How fine" in new["en"]
    with page.expect_response(
        lambda response: "en/kept.gz" in response.url and response.status == 200
    ):
        page.goto("/qaa/help/")
    page.wait_for_load_state("networkidle")
    lose_network(page)

    for tag in ("en", "qaa"):
        page.goto(f"/{tag}/")
        assert page.locator("h1").inner_text() == new[tag]


def test_the_same_edition_is_not_fetched_again(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page)

    with page.expect_response(lambda response: "kept.gz" in response.url) as answer:
        page.goto("/en/help/")

    assert answer.value.status == 304


def test_a_failing_host_does_not_take_the_page_away(phone: BrowserContext, host: Host) -> None:
    page = phone.new_page()
    keep(page)
    host.fails = True

    page.goto("/en/help/")

    assert page.locator("h1").inner_text() == "Talk to someone"
    assert page.locator(".notice").is_visible()


def test_a_network_that_does_not_answer_is_not_waited_for(
    phone: BrowserContext, host: Host
) -> None:
    page = phone.new_page()
    keep(page)
    host.late = 7

    start = time.monotonic()
    page.goto("/en/help/", wait_until="commit")

    assert time.monotonic() - start < 6
    assert page.locator(".notice").is_visible()
    host.late = 0


@pytest.mark.parametrize(
    "kept_before", [False, True], ids=["nothing kept", "another language kept"]
)
def test_a_full_store_says_so_and_keeps_no_half(
    phone: BrowserContext, *, kept_before: bool
) -> None:
    page = phone.new_page()
    if kept_before:
        keep(page, "/qaa/")
    page.goto("/en/")
    page.evaluate("""() => {
      Cache.prototype.put = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
    }""")
    page.locator(".keep summary").click()
    page.locator(".keep button").click()
    page.locator("[data-told=full]").wait_for()

    expected = {"caches": ["kept"], "kept": [1], "workers": 1} if kept_before else {}
    assert page.evaluate(STORED) == NOTHING | expected
    assert page.locator(".keep").is_visible()  # so that readers can try again
    assert page.locator(".remove:focus").count() == 0  # a second tap must not delete what is kept
    if kept_before:
        lose_network(page)
        page.goto("/qaa/")
        assert page.locator("html").get_attribute("lang") == "qaa"


def test_a_store_that_is_really_full_says_so(phone: BrowserContext) -> None:
    """The browser's own quota is set to 100 bytes."""
    page = phone.new_page()
    page.goto("/en/")
    session = phone.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 100})
    page.locator(".keep summary").click()
    page.locator(".keep button").click()

    page.locator("[data-told=full]").wait_for()


@pytest.mark.parametrize("trouble", ["fails", "closed"])
def test_what_is_not_the_site_is_not_kept(trouble: str, phone: BrowserContext, host: Host) -> None:
    """A host, or a network that wants a login, may answer everything with one page and no error."""
    page = phone.new_page()
    page.goto("/en/")
    page.locator(".keep summary").click()
    setattr(host, trouble, True)
    page.locator(".keep button").click()

    page.locator("[data-told=failed]").wait_for()

    assert page.evaluate(STORED) == NOTHING


def test_a_spoilt_store_does_not_break_the_site(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page)
    page.evaluate(SPOILT)
    page.goto("/en/help/")  # with a network: the live page
    assert page.locator("h1").inner_text() == "Talk to someone"
    page.wait_for_load_state("networkidle")
    lose_network(page)

    page.goto("/en/help/")  # the corrupt entry has been fetched again

    assert page.locator(".notice").is_visible()


def test_a_page_that_stands_in_for_the_site_takes_nothing_kept_away(
    phone: BrowserContext, host: Host
) -> None:
    page = phone.new_page()
    keep(page)
    host.change("How good is the help", "How fine is the help")
    page.route("**/kept.gz", lambda route: route.fulfill(body="<h1>We are mending something</h1>"))
    with page.expect_response(lambda response: "kept.gz" in response.url):
        page.goto("/en/help/")
    page.wait_for_load_state("networkidle")
    lose_network(page)

    page.goto("/en/")

    assert "How good is the help" in page.locator("h1").inner_text()


def test_a_failure_in_another_tab_takes_nothing_kept_away(
    phone: BrowserContext, host: Host
) -> None:
    one, two = phone.new_page(), phone.new_page()
    two.goto("/en/")
    two.locator(".keep summary").click()
    keep(one)
    host.fails = True
    two.locator(".keep button").click()
    two.locator("[data-told=failed]").wait_for()

    one.goto("/en/help/")

    assert one.locator("h1").inner_text() == "Talk to someone"


def test_pages_and_worker_are_made_to_agree_again(phone: BrowserContext) -> None:
    """The browser or another tab may have deleted one of them."""
    page = phone.new_page()
    keep(page)
    page.evaluate("navigator.serviceWorker.getRegistration().then(worker => worker.unregister())")
    page.goto("/en/help/")
    page.wait_for_function(
        "navigator.serviceWorker.getRegistrations().then(workers => workers.length === 1)"
    )
    assert page.evaluate(STORED) == NOTHING | {"caches": ["kept"], "kept": [1], "workers": 1}
    page.evaluate("caches.delete('kept')")

    page.goto("/en/")
    page.locator(".keep").wait_for()
    page.wait_for_function(
        "navigator.serviceWorker.getRegistrations().then(workers => workers.length === 0)"
    )

    assert page.evaluate(STORED) == NOTHING


def test_one_spoilt_language_hides_no_other(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page, "/qaa/")
    keep(page)
    page.evaluate("""async () => {
      const kept = await caches.open("kept"), good = await kept.match("/en/kept.gz");
      await kept.put("/qaa/kept.gz", new Response("no gzip"));
      await kept.put("/en/kept.gz", good); // the last entry is checked last
    }""")
    lose_network(page)

    page.goto("/en/help/")

    assert page.locator("h1").inner_text() == "Talk to someone"


@pytest.mark.parametrize(
    "spoil",
    [
        (
            "for (const name of ['match', 'has', 'open'])"
            " caches.__proto__[name] = () => { throw new Error('no'); }"
        ),
        (
            "for (const name of ['match', 'has', 'open'])"
            " caches.__proto__[name] = () => Promise.reject(new Error('no'))"
        ),
        "delete window.caches; delete Window.prototype.caches",
        "delete window.DecompressionStream",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})",
    ],
)
def test_a_browser_that_cannot_keep_has_no_button_and_no_error(
    spoil: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(spoil)
    page.goto("/en/")
    page.locator(".share").wait_for()

    assert not page.locator(".keep").is_visible()
    assert not page.locator(".remove").is_visible()
    assert errors == []


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("/en/", "light"), ("/qaa-arab/help/", "dark"), ("/qaa/easy-read/", "light")],
)
def test_what_it_shows_obeys_every_guard(path: str, scheme: str, shipped: BrowserContext) -> None:
    page = shipped.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal typed as str
    page.goto(path)
    page.locator(".keep summary").click()
    for size in (PHONE, guards.NARROW):
        page.set_viewport_size(size)
        assert guards.axe(page) == []
        assert guards.sideways(page) == []
        assert guards.small_targets(page) == []
    page.locator(".keep button").click()
    page.locator("[data-told=kept]").wait_for()
    assert guards.axe(page) == []
    assert guards.sideways(page) == []
