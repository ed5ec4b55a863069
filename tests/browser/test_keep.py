"""Keep on this phone: offline, a new edition, two languages, a full or corrupt cache, removal.

The page of help does not offer it (see test_share.py), so these tests act on other pages.
"""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import frozen_site
import guards
import pytest
from dev_server import serve
from guards import PHONE
from inspection_outcome.pages.offline import LIMIT
from playwright.sync_api import Browser, BrowserContext, Page
from pseudo_locales import LONG, NORTHMARSH, pages_of, translate

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
VERSIONS = """caches.open("kept").then(async kept => Promise.all(
  (await kept.keys()).map(async file => (await kept.match(file)).headers.get("ETag"))))"""
FETCHED = """paths => Promise.all(paths.map(async path => {
  const answer = await fetch(path);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const words = where => page.querySelector(where).textContent.replace(/\\s+/g, " ").trim();
  const policy = answer.headers.get("Content-Security-Policy");
  return {lang: page.documentElement.lang, h1: words("h1"), notice: words(".notice"), policy};
}))"""
LACKS = """
const lacks = {
  "caches that work": () => {
    for (const name of ["match", "has", "open"])
      caches.__proto__[name] = () => { throw new Error("no"); };
  },
  "caches that are allowed": () => {
    for (const name of ["match", "has", "open"])
      caches.__proto__[name] = () => Promise.reject(new Error("no"));
  },
  "caches": () => { delete window.caches; delete Window.prototype.caches; },
  "unpacking": () => { delete window.DecompressionStream; },
  "workers": () => {
    Object.defineProperty(Navigator.prototype, "serviceWorker", {value: undefined});
  },
};
lacks[new URLSearchParams(location.search).get("lacks")]?.();
"""
"""The address says what the browser lacks: `?lacks=workers`."""


class Host:
    """The frozen site, with responses that a test controls: as usual, an error, late, another."""

    def __init__(self, content: Path, translations: Path) -> None:
        self.fails = False
        self.closed = False
        self.answers = threading.Event()
        """Cleared while the host answers nothing."""
        self.answers.set()
        self._content = Path(shutil.copytree(NORTHMARSH, content))
        self.app = frozen_site.create(translations, content=content)
        self._wsgi = self.app.wsgi_app
        # Flask's documentation says to wrap wsgi_app like this.
        self.app.wsgi_app = self._answer  # type: ignore[assignment, method-assign] # WSGI middleware

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.answers.wait()
        if self.fails:
            start("502 Bad Gateway", [("Content-Type", "text/plain")])
            return [b"the host is down"]
        if self.closed:
            start("200 OK", [("Content-Type", "text/html")])
            return [b"<h1>We are mending something</h1>"]
        return self._wsgi(environ, start)

    def retitle(self, title: str) -> None:
        """Bring an edition with another title of the home page, which no language translates."""
        home = self._content / "home.toml"
        text, changed = re.subn(
            r'(id = "home.title"\ntext = ).*', rf'\g<1>"{title}"', home.read_text(encoding="utf-8")
        )
        assert changed
        home.write_text(text, encoding="utf-8")
        self.app.extensions["inspection_outcome"].refresh()

    def recover(self) -> None:
        """Answer as usual again."""
        self.fails = self.closed = False
        self.answers.set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Host:
    return Host(tmp_path_factory.mktemp("host") / "content", translations)


@pytest.fixture(scope="module")
def address(site: Host) -> Iterator[str]:
    with serve(site.app) as at:
        yield at


@pytest.fixture
def host(site: Host) -> Iterator[Host]:
    yield site
    site.recover()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Yield a phone that has nothing stored."""
    context = browser.new_context(base_url=address, viewport=PHONE)
    yield context
    context.close()


@pytest.fixture(scope="module")
def fresh(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a page on a phone that has nothing stored, for tests that leave it so."""
    context = browser.new_context(base_url=address, viewport=PHONE)
    page = context.new_page()
    page.add_init_script(LACKS)
    yield page
    context.close()


@pytest.fixture(scope="module")
def used(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a page on a phone that keeps English, for tests that leave it so."""
    context = browser.new_context(base_url=address, viewport=PHONE)
    page = context.new_page()
    keep(page)
    yield page
    context.close()


def keep(page: Page, path: str = "/en/") -> None:
    page.goto(path)
    page.locator(".keep summary").click()
    page.locator(".keep button").click()
    page.locator("[data-told=kept]").wait_for()
    assert page.locator(".remove:focus").count() == 1
    page.wait_for_function("navigator.serviceWorker.controller")


def wait_until(page: Page, condition: str, given: object = None) -> None:
    """Wait until an async function returns true: Playwright's own wait takes a promise for true."""
    page.evaluate(
        f"""async given => {{
          const condition = {condition}, end = Date.now() + 10000;
          while (!await condition(given)) {{
            if (Date.now() > end) throw new Error("it takes too long");
            await new Promise(done => setTimeout(done, 20));
          }}
        }}""",
        given,
    )


def refreshed(page: Page, before: list[str]) -> None:
    """Wait until no pack is kept any more that has one of these versions."""
    wait_until(page, f"async old => !(await {VERSIONS}).some(each => old.includes(each))", before)


def forget(page: Page) -> None:
    """Empty the browser's HTTP cache, in which pages are fresh for a minute."""
    tools = page.context.new_cdp_session(page)
    tools.send("Network.clearBrowserCache")
    tools.detach()  # an attached session makes the page believe that it is online


def lose_network(page: Page) -> None:
    """Go offline, as if minutes later."""
    forget(page)
    page.context.set_offline(True)


def test_every_page_of_two_languages_is_there_without_a_network(phone: BrowserContext) -> None:
    page = phone.new_page()
    said: list[str] = []
    keep(page, "/qaa-arab/")
    page.goto("/en/")
    page.locator(".keep").wait_for()  # this language is not kept yet
    assert page.locator(".remove").is_visible()
    keep(page)
    lose_network(page)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    for tag, day in (("qaa-arab", "25 نوفمبر 2026"), ("en", "25 November 2026")):
        pages = page.evaluate(FETCHED, pages_of(NORTHMARSH, tag))
        assert len({each["h1"] for each in pages}) == len(pages)  # each is another page
        for each in pages:
            assert each["lang"] == tag
            assert day in each["notice"]  # the date of the kept edition
            assert "script-src 'self'" in each["policy"]  # a kept page has the same policy
        page.goto(f"/{tag}/easy-read/")
        assert page.locator("html").get_attribute("lang") == tag
        border = "getComputedStyle(document.querySelector('.button')).borderTopWidth"
        assert page.evaluate(border) == "2px"
        page.locator(".remove").wait_for()  # so the script is kept too
        assert page.evaluate("document.querySelector('.easy use').getBBox().width") > 20
        for other in (f"/{tag}", f"/{tag}/help"):
            page.goto(other)
            assert page.locator("html").get_attribute("lang") == tag
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "qaa-arab"  # the first that was kept
    assert said == []


def test_it_says_first_how_much_it_is(fresh: Page) -> None:
    fresh.goto("/qaa/")
    assert not fresh.locator(".keep button").is_visible()
    fresh.locator(".keep summary").click()

    text = fresh.locator(".keep").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert (
        translate("It takes less than {size}.", LONG).format(size=f"{LIMIT.value} kilobajtů")
        in text
    )
    assert fresh.evaluate(STORED) == NOTHING  # opening the question stores nothing


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
    page.goto("/qaa/results/")

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
    page.goto("/en/results/")

    page.locator(".remove").click()
    page.locator("[data-told=removed]").wait_for()

    assert page.evaluate(STORED) == NOTHING


def test_a_newer_edition_takes_its_place_at_the_next_visit(
    phone: BrowserContext, host: Host
) -> None:
    """In every kept language, whichever one is visited."""
    page = phone.new_page()
    keep(page, "/qaa/")
    keep(page)
    before = page.evaluate(VERSIONS)
    assert len(before) == 2
    host.retitle("A newer edition")
    page.goto("/qaa/results/")
    refreshed(page, before)
    lose_network(page)

    for tag in ("en", "qaa"):
        page.goto(f"/{tag}/")
        assert page.locator("h1").inner_text() == "A newer edition"


def test_the_same_edition_is_not_fetched_again(used: Page) -> None:
    with used.expect_response(lambda response: "kept.gz" in response.url) as answer:
        used.goto("/en/results/")

    assert answer.value.status == 304


def test_a_failing_host_does_not_take_the_page_away(used: Page, host: Host) -> None:
    forget(used)
    host.fails = True

    used.goto("/en/help/")

    assert used.locator("h1").inner_text() == "Talk to someone"
    assert used.locator(".notice").is_visible()


def test_a_network_that_does_not_answer_is_not_waited_for(used: Page, host: Host) -> None:
    forget(used)
    host.answers.clear()

    start = time.monotonic()
    used.goto("/en/help/", wait_until="commit")

    assert time.monotonic() - start < 6
    assert used.locator(".notice").is_visible()


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
def test_what_is_not_the_site_is_not_kept(trouble: str, fresh: Page, host: Host) -> None:
    """A host, or a network that wants a login, may answer everything with one page and no error."""
    fresh.goto("/en/")
    fresh.locator(".keep summary").click()
    setattr(host, trouble, True)
    fresh.locator(".keep button").click()

    fresh.locator("[data-told=failed]").wait_for()

    assert fresh.evaluate(STORED) == NOTHING


def test_a_spoilt_store_does_not_break_the_site(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page)
    page.evaluate(SPOILT)
    page.goto("/en/results/")  # with a network: the live page
    assert page.locator("h1").inner_text() == "The results"
    refreshed(page, ['"x"'])
    lose_network(page)

    page.goto("/en/help/")  # the corrupt entry has been fetched again

    assert page.locator(".notice").is_visible()


def test_a_page_that_stands_in_for_the_site_takes_nothing_kept_away(
    phone: BrowserContext, host: Host
) -> None:
    page = phone.new_page()
    host.retitle("What is kept")
    keep(page)
    host.retitle("What is newer")
    page.route("**/kept.gz", lambda route: route.fulfill(body="<h1>We are mending something</h1>"))
    with page.expect_response(lambda response: "kept.gz" in response.url):
        page.goto("/en/results/")
    page.wait_for_load_state("networkidle")
    lose_network(page)

    page.goto("/en/")

    assert page.locator("h1").inner_text() == "What is kept"


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
    page.goto("/en/results/")
    wait_until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 1")
    assert page.evaluate(STORED) == NOTHING | {"caches": ["kept"], "kept": [1], "workers": 1}
    page.evaluate("caches.delete('kept')")

    page.goto("/en/")
    page.locator(".keep").wait_for()
    wait_until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")

    assert page.evaluate(STORED) == NOTHING


def test_a_store_that_another_tab_made_again_and_left_empty_goes(phone: BrowserContext) -> None:
    page = phone.new_page()
    keep(page)
    page.evaluate("caches.delete('kept').then(() => caches.open('kept'))")

    page.goto("/en/")
    page.locator(".keep").wait_for()
    wait_until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")

    assert page.evaluate(STORED) == NOTHING


def test_what_another_tab_took_away_at_once_is_not_called_kept(fresh: Page) -> None:
    fresh.goto("/en/")
    fresh.evaluate("Cache.prototype.put = () => caches.delete('kept')")
    fresh.locator(".keep summary").click()
    fresh.locator(".keep button").click()

    fresh.locator("[data-told=failed]").wait_for()
    assert fresh.evaluate(STORED) == NOTHING


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
    "lacks",
    ["caches that work", "caches that are allowed", "caches", "unpacking", "workers"],
)
def test_a_browser_that_cannot_keep_has_no_button_and_no_error(lacks: str, fresh: Page) -> None:
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    fresh.goto(f"/en/?lacks={lacks}")
    fresh.locator(".share").wait_for()

    assert not fresh.locator(".keep").is_visible()
    assert not fresh.locator(".remove").is_visible()
    assert errors == []


@pytest.mark.parametrize(
    ("path", "scheme"), [("/qaa/easy-read/", "light"), ("/qaa-arab/results/", "dark")]
)
def test_what_it_shows_obeys_every_guard(path: str, scheme: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal typed as str
    page.goto(path)
    page.locator(".keep summary").click()
    assert guards.axe(page) == []
    for size in (PHONE, guards.NARROW):
        page.set_viewport_size(size)
        assert guards.sideways(page) == []
        assert guards.small_targets(page) == []
    page.locator(".keep button").click()
    page.locator("[data-told=kept]").wait_for()
    assert guards.axe(page) == []
    assert guards.sideways(page) == []
