"""A speaker's check at the desk: the answers, what readers then see, and what is refused."""

import re
import subprocess
from pathlib import Path
from typing import Any

import frozen_site
import pseudo_locales
import pytest
from desk_client import ARABIC, HOST, TAG, Person, Site
from house_rules import inspect
from inspection_outcome.desk.access import Person as Somebody
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views import check, check_context
from inspection_outcome.i18n.states import State
from justhtml import JustHTML
from werkzeug.test import TestResponse

ID, OTHER, CRITICAL = "help.danger", "help.title", "help.no-messages"
CHECK = f"/{TAG}/check/help/"
WHY = "Nobody says it <b>so</b>."
_OTHERS = {"send Referrer-Policy: no-referrer", "send no cookie", "begin the title with the h1"}
"""House rules of the site that the desk has in another way: see test_desk.py."""


@pytest.fixture
def site(tmp_path: Path, translations: Path) -> Site:
    return Site(tmp_path, translations)


@pytest.fixture
def anna(site: Site) -> Person:
    person = site.person()
    person.post("/history", {}, 303)
    return person


def stock(site: Site) -> Stock:
    found: Stock = site.app.extensions["desk"].stocks.current()
    return found


def parsed(response: TestResponse) -> JustHTML:
    page, broken = inspect(response.text, response.headers, large=True)
    assert [rule for rule in broken if rule not in _OTHERS] == []
    return page


def texts(response: TestResponse, selector: str) -> list[str]:
    return [" ".join(each.to_text().split()) for each in parsed(response).query(selector)]


def answers(person: Person, page: str = CHECK, /, **chosen: str) -> dict[str, Any]:
    """Return the fields of the form as it now is, with the answers that are chosen by name.

    `yes` and `no`: ids with spaces between them; `why`: of each no; `others`: the box is ticked.
    """
    fields = dict(re.findall(r'name="(seen-[^"]+)" value="([^"]*)"', person.get(page).text))
    for said in ("yes", "no"):
        fields |= {f"is-{id_}": said for id_ in chosen.get(said, "").split()}
    fields |= {f"why-{id_}": chosen.get("why", "") for id_ in chosen.get("no", "").split()}
    return fields | ({"others": "on"} if "others" in chosen else {})


def state(site: Site, id_: str) -> State:
    return stock(site).entry(TAG, id_).state


def log(site: Site) -> list[str]:
    done = subprocess.run(
        ["git", "log", "--format=%an: %s", "--name-only"],  # noqa: S607 (found by the system)
        cwd=site.folders.translations,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split("\n")


def test_a_page_to_all_of_which_a_speaker_said_yes_has_no_notice(site: Site, anna: Person) -> None:
    """Nor the English beside its critical sentences; other pages still have both."""
    public = frozen_site.create(site.folders.translations, content=site.folders.content)
    notice = pseudo_locales.translate("No speaker has checked", pseudo_locales.LONG)

    def read(name: str) -> tuple[bool, bool]:
        public.extensions["inspection_outcome"].refresh()
        html = public.test_client().get(f"/{TAG}/{name}/").text
        return notice in html, 'class="beside' in html

    assert read("help") == (True, True)
    every = " ".join(id_.removeprefix("seen-") for id_ in answers(anna))

    saved = anna.post(CHECK, answers(anna, yes=every), 303, CHECK)

    assert read("help") == (False, False)
    assert read("results")[0]
    after = anna.get(saved.location)
    assert texts(after, ".result") == [f"Saved: {len(every.split())} right."]
    assert texts(after, ".lead") == [
        "A speaker has said yes to all that this page shows. Readers see it without a notice."
    ]
    assert log(site)[:3] == [
        f"Anna Kowalska: Desk: check, {TAG}",
        "",
        site.file.relative_to(site.folders.translations).as_posix(),
    ]


def test_the_words_that_stand_on_no_page_are_checked_too(site: Site, anna: Person) -> None:
    page = f"/{TAG}/check/elsewhere/"

    anna.post(page, answers(anna, page, others="on"), 303, page)

    elsewhere = stock(site).elsewhere(TAG)
    critical = {id_ for id_ in elsewhere if stock(site).messages[id_].sentence.critical}
    assert {id_ for id_ in elsewhere if state(site, id_) is not State.CHECKED} == critical


def test_all_others_are_right_but_for_a_no_and_for_critical_ones(site: Site, anna: Person) -> None:
    anna.post(CHECK, answers(anna, no=ID, why=WHY, others="on"), 303, CHECK)

    left = {
        id_ for id_ in stock(site).shown(TAG, "help").seen if state(site, id_) is not State.CHECKED
    }
    assert left == {ID} | {id_ for id_ in left if stock(site).messages[id_].sentence.critical}
    assert state(site, OTHER) is State.CHECKED
    assert state(site, CRITICAL) is State.NEEDS_CHECKING


def test_a_no_is_told_with_its_reason_until_the_words_are_others(anna: Person) -> None:
    anna.post(CHECK, answers(anna, no=ID, why=WHY), 303, CHECK)
    screen = f"/{TAG}/sentence/{ID}/"

    today, mend = anna.get("/"), anna.get(screen)

    assert texts(today, ".kind h2")[0] == "A speaker said no"
    assert texts(today, ".kind.no li p") == ["Czech 1 sentence"]
    assert f'href="{screen}?in=no"' in today.text
    assert texts(mend, ".look .said") == [WHY]
    assert texts(mend, ".look .hint")[0].startswith("Anna Kowalska")
    assert "A translator’s turn." in texts(mend, ".tags")[0]
    assert texts(anna.get(f"/{TAG}/?in=no"), ".sentences bdi") == ["Anna Kowalska", WHY]
    assert ID not in anna.get(f"/{TAG}/?in=check").text
    assert texts(anna.get(CHECK), ".question .hint")[0].startswith("Anna Kowalska said no on ")

    anna.save(ID, "Lepší slova.")

    assert "A speaker said no" not in anna.get("/").text
    assert texts(anna.get(screen), ".look .said") == []


def test_a_no_becomes_a_yes(site: Site, anna: Person) -> None:
    anna.post(CHECK, answers(anna, no=ID, why=WHY), 303, CHECK)

    anna.post(CHECK, answers(anna, yes=ID), 303, CHECK)

    assert state(site, ID) is State.CHECKED
    assert stock(site).refused[TAG] == {}


def test_the_first_who_said_no_keeps_it_if_another_agrees(site: Site, anna: Person) -> None:
    anna.post(CHECK, answers(anna, no=ID, why=WHY), 303, CHECK)
    ben = site.person("Ben Adams")

    ben.post(CHECK, answers(ben, no=ID, why=WHY, yes=OTHER), 303, CHECK)

    assert stock(site).refused[TAG][ID].who == "Anna Kowalska"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("", "Say in a few words why it is not right"),
        (" \u200b? ", "Say in a few words why it is not right"),
        ("x" * 301, "Say it in at most 300 characters"),
    ],
)
def test_a_no_without_a_reason_is_refused_and_all_else_stays(
    why: str, told: str, kept: Site, reader: Person
) -> None:
    before = kept.file.read_bytes()

    refused = reader.post(
        CHECK, answers(reader, no=ID, why=why, yes=CRITICAL, others=""), 422, CHECK
    )

    assert kept.file.read_bytes() == before
    page = parsed(refused)
    assert [(each.attrs or {})["href"] for each in page.query(".trouble a")] == [f"#why-{ID}"]
    assert texts(refused, ".trouble a") == [told]
    assert texts(refused, "title")[0].startswith("Not saved – ")
    chosen = {(each.attrs or {}).get("id") for each in page.query("input[checked]")}
    assert chosen == {f"no-{ID}", f"yes-{CRITICAL}", None}  # None: the box for all others
    wrong = page.query('input[aria-invalid="true"]')
    assert [(each.attrs or {})["aria-describedby"] for each in wrong] == [f"fault-{ID}"]


def test_what_changed_meanwhile_is_asked_again_and_the_rest_is_saved(
    site: Site, anna: Person
) -> None:
    ben = site.person("Ben Adams")
    sent = answers(anna, yes=f"{ID} {CRITICAL} help.description", no=OTHER, why=WHY)
    ben.save(ID, "Ben byl tady.")
    ben.save(OTHER, "Ben byl i tady.")
    ben.save("help.description", "{broken}", do="anyway")

    told = anna.post(CHECK, sent, 409, CHECK)

    assert [state(site, id_) for id_ in (ID, OTHER, CRITICAL)] == [
        State.NEEDS_CHECKING,
        State.NEEDS_CHECKING,
        State.CHECKED,
    ]
    assert stock(site).refused[TAG] == {}
    assert texts(told, ".result") == ["Saved: 1 right."]
    page = parsed(told)
    assert [(each.attrs or {})["href"] for each in page.query(".trouble a")] == [
        f"#q-{OTHER}",
        f"#q-{ID}",
        f"/{TAG}/sentence/help.description/?on=help",
    ]
    # A Yes was to other words. The reason of a No may still be true.
    chosen = [(each.attrs or {})["id"] for each in page.query("input[checked]")]
    assert chosen == [f"no-{OTHER}"]
    assert f'value="{WHY.replace("<", "&lt;").replace(">", "&gt;")}"' in told.text
    assert texts(told, ".question .changed") == ["Changed meanwhile: read it again"] * 2


def test_the_same_form_sent_twice_is_no_conflict(site: Site, anna: Person) -> None:
    sent = answers(anna, yes=ID, no=OTHER, why=WHY)

    for _ in range(2):
        anna.post(CHECK, sent, 303, CHECK)

    assert state(site, ID) is State.CHECKED


def test_nothing_answered_is_told(reader: Person) -> None:
    told = reader.post(CHECK, answers(reader), 422, CHECK)

    assert texts(told, ".trouble pre") == [
        "Choose Yes or No, or tick the box for all others at the end."
    ]


def test_what_must_be_translated_first_is_listed(site: Site, anna: Person) -> None:
    anna.save(ID, "{broken}", do="anyway")

    page = anna.get(CHECK)

    assert texts(page, "details.more summary")[0] == "1 sentence must be translated first"
    assert f'href="/{TAG}/sentence/{ID}/?in=page:help"' in page.text
    assert f"seen-{ID}" not in page.text
    forged = {f"seen-{ID}": anna.field("seen", f"/{TAG}/sentence/{ID}/"), f"is-{ID}": "yes"}
    anna.post(CHECK, forged, 409, CHECK)
    assert "# Checked by" not in site.file.read_text(encoding="utf-8")


def test_facts_and_each_plural_form_are_shown_with_their_values(reader: Person) -> None:
    page = reader.get(f"/{ARABIC}/check/results/")
    home = reader.get(f"/{TAG}/check/elsewhere/").text + reader.get(f"/{TAG}/check/progress/").text

    assert any(each.startswith("{") for each in texts(page, ".source .fact"))
    assert "Czech, for 1: " in home
    assert "For all others:" in home


def test_a_file_that_cannot_be_read_saves_nothing_and_is_told(site: Site, anna: Person) -> None:
    path = site.folders.translations / "cs" / "review.toml"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    before = site.file.read_bytes()

    told = anna.post(CHECK, answers(anna, no=ID, why=WHY, yes=OTHER), 503, CHECK)

    assert site.file.read_bytes() == before
    assert "merge conflict" in texts(told, ".trouble pre")[0]
    assert "merge conflict" in texts(anna.get("/"), ".trouble pre")[0]
    assert 'value="Nobody says it' in told.text
    anna.post(CHECK, answers(anna, yes=OTHER), 303, CHECK)  # needs no reason, so not that file


def test_who_may_not_check_gets_no_buttons(
    reader: Person, monkeypatch: pytest.MonkeyPatch, kept: Site
) -> None:
    sent = answers(reader, yes=ID)
    monkeypatch.setattr(Somebody, "may", lambda _, role, tag="": (role, tag) != ("check", TAG))

    page = reader.get(CHECK)

    assert "Save my answers" not in page.text
    assert parsed(page).query("input[type=radio]") == []
    assert f"/{TAG}/check/" not in reader.get(f"/{TAG}/").text
    reader.post(CHECK, sent, 403, "/name")
    assert state(kept, ID) is State.NEEDS_CHECKING


def test_a_sentence_that_somebody_may_not_check_says_why(
    site: Site, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = answers(anna, yes=ID, others="on")
    for module in (check, check_context):
        monkeypatch.setattr(
            module, "barred", lambda *given: "Yours." if given[-1].sentence.id == ID else ""
        )

    assert "Yours." in texts(anna.get(CHECK), f"[id='q-{ID}'] .hint")
    anna.post(CHECK, sent, 303, CHECK)

    assert state(site, ID) is State.NEEDS_CHECKING
    assert state(site, OTHER) is State.CHECKED


@pytest.mark.parametrize(
    "path",
    [
        "/xx/check/help/",
        f"/{TAG}/check/nothing/",
        "/en/check/help/",
        f"/{TAG}/sentence/help.nothing/",
    ],
)
def test_a_page_that_is_not_ours_is_not_found(path: str, reader: Person) -> None:
    reader.get(path, 404)
    reader.post(path, {}, 404)


@pytest.mark.parametrize(
    "fields",
    [
        {"seen-nothing.here": "x", "is-nothing.here": "yes"},
        {f"seen-{ID}": "", f"is-{ID}": "yes"},
        {f"seen-{ID}": "x", f"is-{ID}": "<script>"},
        {f"seen-{ID}": "x", f"is-{ID}": "no", f"why-{ID}": '"><script>\x00\x1b\r\n' + "\u202e" * 9},
        {"seen-": "x", "is-": "yes", "others": "on"},
    ],
)
def test_what_nobody_should_send_changes_nothing(
    fields: dict[str, str], kept: Site, reader: Person
) -> None:
    before = kept.file.read_bytes()
    token = reader.field("csrf_token", CHECK)

    answer = reader.client.post(
        CHECK, base_url=f"http://{HOST}", data=fields | {"csrf_token": token}
    )

    assert answer.status_code in {409, 422}
    assert "<script>" not in answer.text
    assert kept.file.read_bytes() == before


def test_answers_outlive_a_session_that_has_ended(kept: Site, reader: Person) -> None:
    sent = answers(reader, yes=CRITICAL, no=ID, why=WHY)

    closed = Person(kept.app).post(CHECK, sent, 403, form="")
    assert texts(closed, "textarea") == [WHY]
    assert f'name="is-{CRITICAL}" value="yes"' in closed.text


def test_the_history_of_a_sentence_says_who_found_it_right(anna: Person) -> None:
    anna.save(ID, "Nová slova.")
    anna.post(CHECK, answers(anna, yes=ID), 303, CHECK)

    past = texts(anna.get(f"/{TAG}/sentence/{ID}/"), ".past > li")

    assert ["Said to be right by Anna Kowalska" in each for each in past] == [True, False, False]
    assert "The same words" not in past[0]


def test_today_leads_to_the_page_with_which_a_speaker_begins(kept: Site, reader: Person) -> None:
    now = stock(kept)
    first = next(
        name
        for name in now.pages
        if any(now.messages[id_].sentence.critical for id_ in now.shown("en", name).seen)
    )

    hrefs = [
        (each.attrs or {})["href"] for each in parsed(reader.get("/")).query(".kind.check .button")
    ]

    assert hrefs == [f"/{tag}/check/{first}/" for tag in (TAG, ARABIC)]
