"""The hosted desk: who gets in, who stays out, and what each may do."""

import logging
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from desk_client import ARABIC, TAG
from flask import Flask
from hosted_site import ALL, HostedSite, SignedIn, signed_in, usual_log
from house_rules import inspect
from inspection_outcome.desk.hosted import sign_in
from provider import Provider

HOST = "desk.example.org"
BASE = f"https://{HOST}"
ID = "help.no-messages"
"""A critical sentence."""
SENTENCE = f"/{TAG}/sentence/{ID}/"
NOT_OF_THE_DESK = {"send Referrer-Policy: no-referrer", "send no cookie"}
"""House rules of the public site: see test_desk.py."""
READ_ONLY = {"page.preview", "item.draft", "people.name", "sign_in.out"}
"""Endpoints that take a form and change no file: anybody may send it."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    provider = Provider(tmp_path_factory.mktemp("provider"), "anna", "ben", "carol")
    provider.register(HOST)
    with pytest.MonkeyPatch.context() as patch, provider.running(), usual_log():
        patch.setenv("REQUESTS_CA_BUNDLE", str(provider.certificate))
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.tell_the_truth()
    return running


@pytest.fixture(scope="module")
def only_read(
    tmp_path_factory: pytest.TempPathFactory, translations: Path, running: Provider
) -> HostedSite:
    return HostedSite(tmp_path_factory.mktemp("desk"), translations, running, HOST)


@pytest.fixture(scope="module")
def _kept(only_read: HostedSite) -> Flask:
    return only_read.create()


@pytest.fixture
def anybody(_kept: Flask, only_read: HostedSite, provider: Provider) -> SignedIn:
    """Return somebody at a desk that tests only read. Nobody is signed in yet."""
    assert not provider.who
    return SignedIn(_kept, only_read, "anna")


@pytest.fixture
def site(tmp_path: Path, translations: Path, provider: Provider) -> HostedSite:
    return HostedSite(tmp_path, translations, provider, HOST)


@pytest.fixture
def desk(site: HostedSite) -> Flask:
    return site.create()


@pytest.fixture
def anna(desk: Flask, site: HostedSite) -> SignedIn:
    return signed_in(desk, site)


def h1(text: str) -> str:
    found = re.search("<h1>(.*?)</h1>", text)
    return found[1] if found else ""


OUT, UNKNOWN, FAILED = (
    "Sign in to the desk",
    "You are not on the desk’s list yet",
    "You are not signed in",
)


# In and out


def test_somebody_signs_in_works_under_their_name_and_signs_out(
    desk: Flask, site: HostedSite
) -> None:
    anna = SignedIn(desk, site, "anna")
    outside = anna.get("/qaa/?seen=words", 403)
    start = re.search('href="(/sign-in[^"]*)"', outside.text)
    assert start

    assert anna.sign_in(start[1]).location == "/qaa/?seen=words"
    screen = anna.get("/")
    for each in (outside, screen):
        assert set(inspect(each.text, each.headers, large=True)[1]) <= NOT_OF_THE_DESK
    assert '<span class="unseen">You are </span>Anna <' in screen.text
    anna.save(ID, "Anny slova")
    assert "Anny slova" in site.file.read_text(encoding="utf-8")
    kept = anna.cookie
    ended = anna.post("/sign-out", {}, 303).location

    said = anna.get(ended).text
    assert h1(said) == "You are signed out"
    assert f'href="{site.provider.issuer}/oauth/end_session?' in said
    anna.take(kept)
    assert h1(anna.get("/", 403).text) == OUT


def test_the_cookie_is_for_this_host_https_and_the_server_alone(anybody: SignedIn) -> None:
    cookie = anybody.sign_in().headers["Set-Cookie"]

    assert cookie.startswith("__Host-desk=")
    assert cookie.split("; ")[1:] == ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"]


def test_a_session_lasts_eight_hours_and_over_a_new_start(
    site: HostedSite, anna: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.moved_to(site.create())
    anna.get("/")

    monkeypatch.setattr("cachelib.file.time", lambda: time.time() + 8 * 3600 + 2)

    assert h1(anna.get("/", 403).text) == OUT


@pytest.mark.parametrize("path", ["/", f"/{TAG}/", SENTENCE, "/name", "/nothing/"])
def test_who_is_not_signed_in_sees_nothing(path: str, anybody: SignedIn) -> None:
    answer = anybody.get(path, 403)

    assert h1(answer.text) == OUT
    assert "Northmarsh" not in answer.text


def test_who_is_not_in_people_toml_gets_the_id_to_send(desk: Flask, site: HostedSite) -> None:
    carol = signed_in(desk, site, "carol")

    answer = carol.get("/", 403)
    assert (h1(answer.text), "<code>carol</code>" in answer.text) == (UNKNOWN, True)

    site.people(carol=["translate"])
    carol.get("/")


def test_who_is_taken_out_is_out_at_once_and_keeps_what_they_typed(
    site: HostedSite, anna: SignedIn
) -> None:
    token = anna.field("csrf_token", SENTENCE)
    site.people(ben=ALL)

    answer = anna.post(SENTENCE, {"csrf_token": token, "form-0": "Moje slova"}, 403, form="")

    assert h1(answer.text) == UNKNOWN
    assert "Moje slova</textarea>" in answer.text
    assert "Moje slova" not in site.file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ['[[person]]\nid = "anna"\nname = "Anna"\nlanguages = "all"\nmay = ["all"]', "[[", None]
)
def test_a_faulty_people_toml_lets_nobody_in_and_the_log_says_why(
    text: str | None, site: HostedSite, anna: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    if text is None:
        (site.folder / "people.toml").unlink()
    else:
        site.keep("people.toml", text)

    assert h1(anna.get("/", 503).text) == "The desk is closed for a moment"
    anna.get("/", 503)

    (told,) = [each for each in caplog.messages if "people.toml" in each]
    assert told.startswith("Nobody can use the desk until this is mended:\npeople.toml")
    site.people(anna=ALL)
    anna.get("/")


def test_a_form_that_is_sent_after_the_session_ended_is_not_lost(
    site: HostedSite, anna: SignedIn
) -> None:
    seen = anna.field("seen", SENTENCE)
    anna.post("/sign-out", {}, 303)
    typed = {"seen": seen, "form-0": "Dlouhá věta"}

    also = {"also": ["one a", "two b"], "csrf_token": "old"}
    outside = anna.post(SENTENCE, {**also, **typed}, 403, form="")
    assert outside.text.count('<input type="hidden" name="also"') == 2
    assert "Dlouhá věta</textarea>" in outside.text
    assert 'target="_blank">Sign in, in another tab</a>' in outside.text

    anna.sign_in()
    again = anna.post(SENTENCE, typed, 403, form="")
    assert "Nothing is lost." in again.text
    token = re.search('name="csrf_token" value="([^"]*)"', again.text.partition("<main")[2])
    assert token
    anna.post(SENTENCE, {"csrf_token": token[1], **typed}, 303, form="")
    assert "Dlouhá věta" in site.file.read_text(encoding="utf-8")


# What each may do


def test_roles_hold_for_a_person_s_languages(desk: Flask, site: HostedSite) -> None:
    site.people([TAG], anna=["translate"], ben=["check"])
    anna, ben = signed_in(desk, site), signed_in(desk, site, "ben")

    anna.save(ID, "Moje", status=303)
    anna.save(ID, "Moje", status=403, tag=ARABIC)
    refused = ben.save(ID, "Moje", status=403)

    assert h1(refused.text) == "This is for somebody else"
    assert "Moje</textarea>" in refused.text
    screens = [person.get(SENTENCE).text for person in (anna, ben)]
    assert ['value="save"' in screen for screen in screens] == [True, False]


def test_the_history_knows_people_by_more_than_their_name(anna: SignedIn) -> None:
    anna.save(ID, "Moje")

    desk = anna.client.application.extensions["desk"]
    stock = desk.stocks.current()
    newest = desk.history.versions(stock.path(TAG), stock.languages[TAG], ID)[0]
    assert newest.who == "Anna"
    assert re.fullmatch("[0-9a-f]{32}@desk", newest.email)


NOT_YOURS = (403, "This is for somebody else")
VALUES = {"tag": TAG, "id_": ID, "name": "help"}
NAMES = {"item.sentence": ID, "item.fact": "ofsted"}
"""Parts of addresses, so that forms reach what is there; a `name` that is another, by view."""


@pytest.mark.parametrize(("languages", "roles"), [("all", ()), ([ARABIC], ALL)])
def test_who_has_no_role_can_change_nothing_by_any_form(
    languages: list[str] | str, roles: tuple[str, ...], site: HostedSite
) -> None:
    """Walks through every address that takes a form, so that new screens are in it.

    A role for another language is none: English alone is everybody's who has the role.
    """
    site.people(languages, anna=roles)
    site.environ |= {f"OUTCOME_{each}": str(site.folder / each) for each in ("LIVE", "PUBLISHED")}
    desk = site.create()
    anna = signed_in(desk, site)
    token = anna.field("csrf_token", "/")
    answers = {}
    with desk.test_request_context(base_url=BASE):
        for rule in desk.url_map.iter_rules():
            of_language = "tag" in rule.arguments or rule.endpoint == "publish.go"
            is_form = "POST" in (rule.methods or ()) and rule.endpoint not in READ_ONLY
            if is_form and (of_language or not roles):
                known = VALUES | {"name": NAMES.get(rule.endpoint, VALUES["name"])}
                values = {each: known.get(each, "x") for each in rule.arguments}
                path = desk.url_for(rule.endpoint, _external=False, **values)
                form = {"csrf_token": token, "form-0": "x", "tag": TAG}
                answer = anna.client.post(path, base_url=BASE, data=form)
                answers[rule.endpoint] = (answer.status_code, h1(answer.text))
    others = {name: each for name, each in answers.items() if each != NOT_YOURS}

    assert {"sentence.save", "sentence.put_back", "publish.go"} <= answers.keys()
    assert others == {}


def test_who_translated_a_critical_sentence_is_not_asked_to_check_it(
    desk: Flask, site: HostedSite, anna: SignedIn
) -> None:
    anna.save(ID, "Anny slova o nebezpečí")
    path, told = f"/{TAG}/check/help/", "You translated this"
    ben = signed_in(desk, site, "ben")
    assert (told in anna.get(path).text, told in ben.get(path).text) == (True, False)

    for person, status in ((anna, 422), (ben, 303)):
        seen = ben.field(f"seen-{ID}", path)
        yes = {f"seen-{ID}": seen, f"is-{ID}": "yes"}
        person.post(path, yes, status, form=path)


def test_nobody_is_asked_for_a_name(anybody: SignedIn) -> None:
    anna = anybody
    anna.sign_in()
    anna.get("/name", 404)
    anna.post("/name", {"name": "Somebody else"}, 404)


# Attacks on the sign-in


def test_a_planted_cookie_is_worth_nothing_after_the_sign_in(anybody: SignedIn) -> None:
    """Session fixation: the attacker knows the cookie with which the victim begins."""
    victim, attacker = anybody, anybody.another()
    answer = victim.answer()
    planted = victim.cookie
    victim.get(answer, 303)

    held = [set(victim.session.items())]
    victim.post("/sign-out", {}, 303)
    victim.sign_in()
    held.append(set(victim.session.items()))
    assert [[(name, len(value)) for name, value in each] for each in held] == [[("ticket", 43)]] * 2
    assert held[0] != held[1]
    attacker.take(planted)
    assert h1(attacker.get("/", 403).text) == OUT


def test_the_answer_of_a_sign_in_works_once_and_in_its_own_browser_only(
    anybody: SignedIn,
) -> None:
    anna, thief = anybody, anybody.another()
    answer = anna.answer()
    begun = anna.cookie

    assert h1(thief.get(answer, 403).text) == FAILED
    anna.get(answer, 303)
    assert h1(anna.get(answer, 403).text) == FAILED
    anna.get("/")
    thief.take(begun)  # as if it had been copied before
    assert h1(thief.get(answer, 403).text) == FAILED


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"nonce": "another"}, "invalid_claim: Invalid claim: 'nonce'"),
        ({"nonce": None}, "missing_claim: Missing claim: 'nonce'"),
        ({"iss": "https://evil.example"}, "invalid_claim: Invalid claim: 'iss'"),
        ({"iss": None}, "missing_claim: Missing claim: 'iss'"),
        ({"aud": ["another"]}, "invalid_claim: Invalid claim: 'aud'"),
        ({"aud": ["another"], "azp": "the-desk"}, "invalid_claim: Invalid claim: 'aud'"),
        ({"aud": None}, "missing_claim: Missing claim: 'aud'"),
        ({"exp": 1}, "expired_token: The token is expired"),
        ({"exp": None}, "missing_claim: Missing claim: 'exp'"),
        ({"sub": None}, "missing_claim: Missing claim: 'sub'"),
        ({"sub": "an\nna"}, "it did not tell sub in plain letters"),
        ({"sub": ["anna"]}, "invalid_claim: Claim 'sub' must be a StringOrURI value"),
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(
    lie: dict[str, Any],
    reason: str,
    anybody: SignedIn,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = anybody.answer()
    provider.claims = lie

    assert h1(anybody.get(answer, 403).text) == FAILED
    assert [each.args for each in caplog.records] == [(reason,)]
    anybody.get("/", 403)


@pytest.mark.parametrize(("signs_as", "reason"), [("none", "unsupp"), ("another", "bad_signature")])
def test_an_id_token_that_the_provider_did_not_sign_is_refused(
    signs_as: str,
    reason: str,
    anybody: SignedIn,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = anybody.answer()
    provider.claims, provider.signs_as = {"name": "Anna"}, signs_as

    assert h1(anybody.get(answer, 403).text) == FAILED
    assert reason in caplog.text


def test_a_provider_that_calls_itself_by_another_name_is_refused(site: HostedSite) -> None:
    site.environ["OUTCOME_DESK_ISSUER"] += "/"
    assert h1(SignedIn(site.create(), site, "anna").get("/sign-in", 403).text) == FAILED


def test_a_provider_that_does_not_answer_is_told_as_such(site: HostedSite) -> None:
    site.environ["OUTCOME_DESK_ISSUER"] = "https://localhost:9"
    anna = SignedIn(site.create(), site, "anna")

    assert h1(anna.get("/sign-in", 503).text) == "The sign-in does not answer"
    assert "sign out of your account" not in anna.get("/signed-out").text


def test_a_session_that_cannot_be_kept_is_told(
    site: HostedSite, caplog: pytest.LogCaptureFixture
) -> None:
    anna = SignedIn(site.create(), site, "anna")
    answer = anna.answer()
    shutil.rmtree(site.folder / "sessions")

    anna.get(answer, 503)
    assert "is the disk full?" in caplog.text


def test_people_of_entra_are_known_by_tenant_and_object(
    anybody: SignedIn, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "_ENTRA", provider.issuer)

    assert h1(anybody.get(anybody.answer(), 403).text) == FAILED
    provider.claims = {"tid": "tenant", "oid": "object"}
    anybody.sign_in()

    assert "<code>tenant.object</code>" in anybody.get("/", 403).text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "qaa/",
        "/\t/evil.example", "///evil.example", "http:evil.example", "javascript:alert(1)", "",
        "/" + "a" * 5_000,  # no browser keeps a cookie that holds it
    ],
)  # fmt: skip # one a line would be long
def test_after_the_sign_in_nobody_is_led_to_another_site(target: str, anybody: SignedIn) -> None:
    answer = anybody.answer(f"/sign-in?{urlencode({'next': target})}")

    assert anybody.get(answer, 303).location == "/"


# Attacks on requests


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://{HOST}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_site_can_send_no_form(
    headers: dict[str, str], only_read: HostedSite, anybody: SignedIn
) -> None:
    anna, before = anybody, only_read.file.read_bytes()
    anna.sign_in()
    for path in (SENTENCE, "/sign-out"):
        answer = anna.post(path, {"form-0": "Not mine"}, 403, **headers)
        assert h1(answer.text) == "This was asked from another site"

    assert only_read.file.read_bytes() == before
    anna.get("/")
    assert anna.client.post("/sign-out", base_url=BASE).status_code == 400  # no token
    anna.get("/")


@pytest.mark.parametrize("path", ["/", "/sign-in", "/signed-out", "/nothing/", f"/{TAG}/"])
def test_every_answer_asks_for_https_and_stands_in_no_frame_of_others(
    path: str, anybody: SignedIn
) -> None:
    headers = anybody.client.get(path, base_url=BASE).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Host": f"{HOST}.evil.example"}, 400),
        ({"Host": "127.0.0.1:8000"}, 400),
        ({"Host": ""}, 400),
        ({"X_Forwarded_Host": "evil.example"}, 302),
        ({"X_Forwarded_Proto": "http", "X_Forwarded_Port": "1"}, 302),
        ({"Forwarded": "host=evil.example", "X_Original_URL": "/x"}, 302),
    ],
)
def test_no_header_makes_the_desk_speak_of_another_host(
    headers: dict[str, str], status: int, anybody: SignedIn
) -> None:
    answer = anybody.get("/sign-in", status, **headers)

    assert "evil" not in answer.text
    if status == 302:
        assert f"redirect_uri=https%3A%2F%2F{HOST}%2Fsigned-in&" in answer.location
        assert "code_challenge_method=S256" in answer.location


def test_without_https_the_desk_says_what_the_proxy_must_do(anybody: SignedIn) -> None:
    anybody.base = f"http://{HOST}"

    assert "X-Forwarded-Proto" in anybody.get("/", 400).text


def test_no_words_of_sentences_are_in_the_log(
    site: HostedSite, anna: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    anna.save(ID, "Tajné 26", do="anyway")
    signed_in(site.create(), site).get("/")

    assert "Tajné" not in caplog.text


def test_an_error_shows_no_code(
    desk: Flask, anna: SignedIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("words of a sentence")

    monkeypatch.setattr(desk.extensions["desk"].stocks, "current", fail)
    caplog.set_level(logging.CRITICAL)

    assert "words of a sentence" not in anna.get("/", 500).text


def test_the_desk_on_one_s_own_computer_needs_none_of_these_libraries() -> None:
    program = """
import sys
sys.modules.update(dict.fromkeys(["authlib", "cachelib", "requests"]))
import inspection_outcome.commands.desk, inspection_outcome.desk
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 (fixed)

    assert done.returncode == 0


def test_no_setting_of_a_programmer_opens_a_debugger(
    only_read: HostedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    assert not only_read.create().debug
