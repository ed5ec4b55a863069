"""The hosted desk in browsers, on real servers: nginx, granian with two workers, a sign-in."""

import http.client
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import engines
import find_browser
import guards
import nginx
import pytest
from desk_client import TAG
from engine_guards import do, wrong
from engines import Engine
from granian_server import start
from guards import NARROW, PHONE, WIDE
from hosted_server import Client, Hosted, command, environ, hosted_desk
from playwright.sync_api import Browser, Page
from provider import PASSWORD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(nginx.found() is None, reason=find_browser.missing().get("nginx", "")),
]
SENTENCE = f"/{TAG}/sentence/help.no-messages/"
OTHER = f"/{TAG}/sentence/help.danger/"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Iterator[Hosted]:
    with hosted_desk(tmp_path_factory.mktemp("hosted"), translations) as running:
        yield running


@pytest.fixture
def pages(browser: Browser, browser_context_args: dict[str, Any], desk: Hosted) -> Iterator[Any]:
    """Yield a function that returns a page in a browser of its own."""
    contexts = []
    desk.site.provider.tell_the_truth()

    def opened(*, scripts: bool = False) -> Page:
        options = {"base_url": desk.address, "ignore_https_errors": True, "viewport": WIDE}
        options |= {"java_script_enabled": scripts}
        context = browser.new_context(**browser_context_args | options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str) -> None:
    """Sign in as people do: by a name and a password, at the provider."""
    page.goto(SENTENCE)
    guards.follow(page.get_by_role("link", name="Sign in", exact=True))
    page.get_by_label("Login").fill(name)
    guards.follow(page.get_by_role("button", name="Continue"))
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    guards.follow(page.get_by_role("button", name="Sign in"))


def test_two_people_who_sign_in_and_mend_the_same_sentence_lose_nothing(
    pages: Any, desk: Hosted
) -> None:
    anna, ben = pages(), pages()
    sign_in(anna, "anna")
    sign_in(ben, "ben")
    assert anna.locator(".who-is").inner_text().split() == ["You", "are", "Anna", "Sign", "out"]

    for page, words in ((anna, "Slova Anny"), (ben, "Slova Bena")):
        page.locator("textarea").first.fill(words)
    for page in (anna, ben):
        guards.follow(page.get_by_role("button", name="Save", exact=True))

    assert anna.locator(".result").first.inner_text() == "Saved. Readers see it now."
    assert "Anna" in ben.locator("main").inner_text()
    assert "Slova Anny" in ben.locator("main").inner_text()
    assert ben.locator("textarea").first.input_value() == "Slova Bena"
    assert "Slova Bena" not in desk.site.file.read_text(encoding="utf-8")

    guards.follow(anna.get_by_role("button", name="Sign out"))
    assert anna.locator("h1").inner_text() == "You are signed out"
    guards.follow(anna.get_by_role("link", name="sign out of your account, too"))
    assert anna.url.startswith(desk.site.provider.issuer)


@pytest.mark.parametrize("name", engines.OTHERS)
def test_two_people_work_at_it_in_the_other_engines(
    name: str, start_engine: Callable[[str], AbstractContextManager[Engine]], desk: Hosted
) -> None:
    """From the first page to sign-out, at 320 px, with JavaScript."""
    desk.site.provider.tell_the_truth()
    with start_engine(name) as anna, start_engine(name) as ben:
        anna.open(desk.address)
        found = wrong(anna, axe=False)
        for engine, who in ((anna, "anna"), (ben, "ben")):
            engine.open(desk.address + SENTENCE)
            go_in(engine, who)
            engine.open(desk.address + SENTENCE)  # what was wrong on pages before is forgotten
            engine.evaluate(f"document.querySelector('textarea').value = 'Slova: {who}'")
        saves = "document.querySelector('[value=save]').click()"
        do(anna, saves, "document.title.startsWith('Saved. Readers see it now.')")
        do(ben, saves, "document.querySelector('main').innerText.includes('Slova: anna')")
        kept = ben.evaluate("document.querySelector('textarea').value")
        found += anna.errors()
        do(
            anna,
            "document.querySelector('.who-is button').click()",
            "document.title.startsWith('You are signed out')",
        )
        found += wrong(anna, axe=False)
        anna.open(desk.address + SENTENCE)
        title = anna.evaluate("document.title")

    assert found == []
    assert kept == "Slova: ben"
    assert title.startswith("Sign in to the desk")


def go_in(engine: Engine, who: str) -> None:
    """Sign in, from the page that asks for it."""

    def answer(field: str, value: str, until: str) -> None:
        filled = f"const field = document.querySelector('[name={field}]'); field.value = '{value}'"
        do(engine, f"{filled}; field.form.querySelector('[type=submit]').click()", until)

    do(
        engine,
        "document.querySelector('main a.button').click()",
        "document.querySelector('[name=login]')",
    )
    answer("login", who, "document.querySelector('[type=password]')")
    answer("password", PASSWORD, "document.querySelector('textarea')")


def test_the_pages_outside_are_for_everybody(pages: Any) -> None:
    page = pages(scripts=True)
    for path, status in (("/", 403), ("/signed-out", 200), ("/signed-in?code=a&state=b", 403)):
        page.set_viewport_size(PHONE)
        answer = page.goto(path)
        assert answer
        assert answer.status == status
        assert guards.small_targets(page) == []
        assert guards.axe(page) == []
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            with guards.own_style(page, "html{font-size:200%!important}"):
                assert guards.sideways(page) == []


def test_the_header_works_on_a_phone(pages: Any) -> None:
    page = pages(scripts=True)
    sign_in(page, "anna")
    page.set_viewport_size(NARROW)
    page.goto("/")

    assert guards.small_targets(page) == []
    assert guards.sideways(page) == []
    assert guards.axe(page) == []


def test_processes_see_each_other_s_saves_and_conflicts(desk: Hosted) -> None:
    """The two workers behind nginx, and another server beside them."""
    anna, ben = Client(desk, "anna"), Client(desk, "ben")
    seen = anna.field("seen", OTHER)

    assert anna.save(OTHER, "Jednou", seen) == 303
    with start(command("--workers", "1"), desk.site.folder, environ(desk.site)) as beside:
        cookie = f"__Host-desk={ben.session.cookies['__Host-desk']}"
        headers = {"Host": desk.site.host, "X-Forwarded-Proto": "https", "Cookie": cookie}
        connection = http.client.HTTPConnection("127.0.0.1", beside.port, timeout=30)
        connection.request("GET", OTHER, headers=headers)
        assert "Jednou" in connection.getresponse().read().decode()
        connection.close()
    for _ in range(8):  # each worker answers some
        assert "Jednou" in ben.get(OTHER)

    assert ben.save(OTHER, "Dvakrát", seen) == 409


def test_headers_of_a_visitor_change_nothing_behind_nginx(desk: Hosted) -> None:
    anna = Client(desk, "anna")

    anna.get("/", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example")
    assert "evil" not in anna.get("/", 400, Host="evil.example")
