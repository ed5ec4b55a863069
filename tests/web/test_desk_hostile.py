"""The desk as an attacker meets it: each form that it has, with whatever nobody should send."""

import io
import logging
import re
import tempfile
from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from desk_client import HOST, TAG, Person, Site
from hypothesis import given, settings
from hypothesis import strategies as st
from inspection_outcome.desk.saving import Writer
from werkzeug.routing import Rule

BASE = f"http://{HOST}"
ID = "help.no-messages"
KNOWN = {"tag": TAG, "name": "help", "id_": ID, "page": "help"}
UNKNOWN = {"tag": "xx", "name": "nothing", "id_": "nothing", "page": "nothing"}
ROWS = f'[{{"given": {{"place": 1, "id": "{ID}", "forms": ["\\u0000<hostile>"]}}, "seen": ""}}]'
FIELDS = (
    *(f"{name}-{of}" for name in ("form", "was", "english") for of in ("0", "1", "9", "text")),
    *(f"{name}-{ID}" for name in ("seen", "is", "why", "take")),
    *("form-action", "form-source", "form-bears", "form-day", "form-status", "form-value"),
    *("sentence", "seen", "in", "on", "also", "do", "commit", "name", "rows", "how", "who"),
    *("tag", "shown", "shown-tag", "back", "others", "untrue", "attempt", "at", "address"),
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Iterator[Person]:
    """Yield somebody at a desk that publishes; then look at what was touched around it."""
    root = tmp_path_factory.mktemp("attacked")
    desk = root / "desk"
    desk.mkdir()
    yield Site(desk, translations, desk / "live").person()
    own = {"content", "translations", "live", "live.history.git", ".lock"}
    assert [*root.iterdir()] == [desk]
    assert {each.name for each in desk.iterdir()} <= own


@pytest.fixture(scope="module")
def token(attacked: Person) -> str:
    return attacked.field("csrf_token", "/name")


def rules(person: Person, method: str) -> list[Rule]:
    """Return each rule of the desk's screens for a method."""
    found = person.client.application.url_map.iter_rules()
    ours = (each for each in found if each.arguments <= KNOWN.keys())
    return sorted((each for each in ours if method in (each.methods or ())), key=str)


def address(person: Person, rule: Rule, values: dict[str, str]) -> str:
    wanted = {name: values[name] for name in rule.arguments}
    return str(person.client.application.url_map.bind(HOST).build(rule.endpoint, wanted))


@pytest.mark.parametrize("values", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("data", [{}, {"form-0": "x" * 1_100_000}])
def test_a_form_without_its_token_is_refused_by_a_page_of_the_desk(
    values: dict[str, str], data: dict[str, str], attacked: Person
) -> None:
    for rule in rules(attacked, "POST"):
        path = address(attacked, rule, values)

        answer = attacked.client.post(path, base_url=BASE, data=data, headers={"Origin": BASE})

        assert 400 <= answer.status_code < 500, path
        assert "<h1" in answer.text


def test_an_error_loses_nothing_that_was_typed(
    attacked: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(Writer, "save")
    caplog.set_level(logging.CRITICAL)

    answer = attacked.save(ID, "Nowe slova", status=500, do="anyway")

    assert "Nowe slova" in answer.text


def test_a_full_disk_is_told_with_what_to_do(
    attacked: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where something is tried in a temporary folder, which has no room."""

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    english = f"/en/sentence/{ID}/"
    seen = attacked.field("seen", english)
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    caplog.set_level(logging.CRITICAL)

    file = {"file": (io.BytesIO(b"msgid"), "back.po")}
    brought = attacked.post(f"/{TAG}/files/bring-in/", file, 503, form="/name")
    typed = {"seen": seen, "form-text": "Typed words."}
    tried = attacked.post(english, typed, 503, form="/name")

    for each in (brought, tried):
        assert "No space left on device. Make room on the disk" in each.text
    assert "Typed words." in tried.text


def hostile() -> st.SearchStrategy[str]:
    return st.text(max_size=60) | st.sampled_from(
        [
            "</textarea><hostile onclick=alert(1)>",
            '"><hostile onclick=alert(1)>',
            "{{ 7 * 7 }}{% for %}",
            "../../../../etc/passwd",
            "\x00\x1b[2J\r\nSet-Cookie: a=b",
            "--exec=touch",
            "\u202e\u2066" * 9,
            "[x](javascript:alert(1))",
            'x" "\nmsgid "y"',
            "x'''\n\"\"\"\n[council]\n\\",
            "{" * 500,
            "9" * 5_000,
            "http://[",
            ROWS,
            "\\ud800",
        ]
    )


def usual() -> st.SearchStrategy[str]:
    """Return what forms do send, so that what is hostile gets further than the first check."""
    steps = ("save", "anyway", "next", "edit", "show", "yes", "no", "agency")
    return st.sampled_from((*steps, TAG, "en", ID, "home", "help", "page:help", "1", "{council}"))


@given(data=st.data())
@settings(max_examples=300, deadline=None)
@pytest.mark.slow
def test_whatever_is_sent_to_any_screen_nothing_breaks_and_nothing_runs(
    data: st.DataObject, attacked: Person, token: str
) -> None:
    """No error of the desk, no element in an answer, no file touched but the desk's own."""
    method = data.draw(st.sampled_from(["POST", "POST", "POST", "GET"]))
    rule = data.draw(st.sampled_from(rules(attacked, method)))
    part = hostile().map(lambda text: text.replace("/", "") or "x")
    values = {name: data.draw(st.just(KNOWN[name]) | part) for name in sorted(rule.arguments)}
    path = address(attacked, rule, values)
    texts = st.lists(usual() | hostile(), min_size=1, max_size=2)
    sent: dict[str, Any] = dict(data.draw(st.dictionaries(st.sampled_from(FIELDS), texts)))
    if "sentence" in path or "fact" in path:
        screen = attacked.client.get(path, base_url=BASE).text
        if seen := re.search('name="seen" value="(.*?)"', screen):
            sent.setdefault("seen", seen[1])
    name = data.draw(st.none() | st.sampled_from([".po", ".xlsx"]) | hostile())
    if name and method == "POST":
        sent["file"] = (io.BytesIO(data.draw(st.binary(max_size=60))), name)
    sent["csrf_token"] = token

    answer = attacked.client.open(
        path,
        method=method,
        base_url=BASE,
        headers={"Origin": BASE},
        data=sent if method == "POST" else None,
        query_string=sent if method == "GET" else None,
    )

    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    assert "<hostile" not in answer.text
    cookies = answer.headers.get_all("Set-Cookie")
    assert [each.split("=")[0] for each in cookies] in ([], ["desk-5050"])
