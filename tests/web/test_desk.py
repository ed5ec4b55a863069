"""The desk as a browser meets it: who may use it, each screen, saving, and what nobody sends."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import frozen_site
import pytest
from click.testing import CliRunner
from desk_client import ARABIC, HOST, TAG, Person, Site, git
from house_rules import inspect
from inspection_outcome.commands.desk import desk as desk_command
from inspection_outcome.desk import create_desk
from inspection_outcome.desk.access import OwnComputer
from inspection_outcome.desk.lists import ids as ids_of
from justhtml import JustHTML
from werkzeug.test import TestResponse

ROOT = Path(__file__).parent.parent.parent
ID = "help.no-messages"
"""A sentence that the page of help shows, without facts."""
OTHER = "help.danger"


def page_of(response: TestResponse) -> JustHTML:
    """Return a parsed screen; assert the house rules that hold for the desk, too."""
    page, broken = inspect(response.text, response.headers, large=True)
    # A form needs the origin, which no-referrer hides; the session is a cookie; the title begins
    # with what came of the last step.
    others = {"send Referrer-Policy: no-referrer", "send no cookie", "begin the title with the h1"}
    if "script-src 'none'" in response.headers["Content-Security-Policy"]:
        others.add("send a strict Content-Security-Policy")  # it is stricter than that of the site
    assert [rule for rule in broken if rule not in others] == []
    return page


def texts(response: TestResponse, selector: str) -> list[str]:
    return [" ".join(each.to_text().split()) for each in page_of(response).query(selector)]


# Who may use it


def test_the_key_works_once_and_leaves_no_trace(kept: Site) -> None:
    person = Person(kept.app)
    address = kept.access.address(HOST).removeprefix(f"http://{HOST}")

    entered = person.get(address, 303)
    again = Person(kept.app).get(address, 403)

    cookie = entered.headers["Set-Cookie"]
    assert (entered.location, entered.headers["Referrer-Policy"]) == ("/", "no-referrer")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert cookie.startswith("desk-5050=")
    assert texts(again, "h1") == ["This desk is closed to this browser"]


@pytest.mark.parametrize("path", ["/", f"/{TAG}/", "/name", "/nothing/", "/?key=wrong"])
def test_without_a_key_nothing_is_shown_and_the_window_tells_a_new_address(
    path: str, kept: Site
) -> None:
    kept.person()  # uses the last address
    kept.told.clear()

    answer = Person(kept.app).get(path, 403)
    Person(kept.app).get(path, 403)

    assert "Northmarsh" not in answer.text
    assert texts(answer, "footer") == ["For council staff."]
    assert len(kept.told) == 1
    Person(kept.app).get(kept.told[0].removeprefix(f"http://{HOST}"), 303)


def test_the_name_is_asked_once(kept: Site) -> None:
    person = Person(kept.app)
    person.get(kept.access.address(HOST).removeprefix(f"http://{HOST}"), 303)
    assert person.get("/", 303).location == "/name"

    refused = person.post("/name", {"name": "\u202e"}, 422, form="/name")
    person.post("/name", {"name": " Anna   Kowalska "}, 303, form="/name")

    assert texts(refused, ".wrong") == ["Give your name in plain letters, on one line."]
    assert "You are Anna Kowalska Change your name" in texts(person.get("/"), ".who-is")


def test_who_has_not_said_a_name_changes_nothing(site: Site) -> None:
    person = Person(site.app)
    person.get(site.access.address(HOST).removeprefix(f"http://{HOST}"), 303)
    before = site.file.read_bytes()

    person.post(f"/{TAG}/sentence/{ID}/", {"form-0": "Of nobody"}, 403, form="/name")

    assert site.file.read_bytes() == before


@pytest.mark.parametrize("host", ["evil.example", "evil.example:5050", "127.0.0.1:80", "127.0.0.1"])
def test_another_host_is_not_answered(host: str, reader: Person) -> None:
    """A page of that host would else read the desk (DNS rebinding)."""
    answer = reader.client.get("/", base_url=f"http://{HOST}", headers={"Host": host})

    assert answer.status_code == 400
    assert "Today" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
    ],
)
def test_another_site_cannot_send_a_form(headers: dict[str, str], site: Site, anna: Person) -> None:
    before, screen = site.file.read_bytes(), f"/{TAG}/sentence/{ID}/"
    typed = {"seen": anna.field("seen", screen), "form-0": "Not mine"}

    answer = anna.post(screen, typed, 403, screen, **headers)

    assert "Not mine" not in answer.text
    assert site.file.read_bytes() == before


@pytest.mark.parametrize(
    "path",
    ["/", "/name", f"/{TAG}/", f"/{TAG}/page/help/", f"/{TAG}/sentence/{ID}/", "/nothing/", "/x"],
)
def test_every_answer_has_the_security_headers(path: str, reader: Person) -> None:
    answer = reader.client.get(path, base_url=f"http://{HOST}")

    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-cache"


# Screens


def test_today_tells_the_most_dangerous_first(site: Site, anna: Person) -> None:
    anna.save("ui.updated", "no fact", do="anyway")
    english = site.folders.content / "help.toml"
    text = english.read_text(encoding="utf-8")
    for id_ in (ID, "help.description"):
        text = re.sub(rf'(id = "{id_}"\ntext = ")', r"\1Today: ", text)
    english.write_text(text, encoding="utf-8")

    today = anna.get("/")

    assert texts(today, ".kind h2")[:2] == [
        "Broken",
        "Critical, and the English has changed",
    ]
    assert texts(today, ".kind.broken li p") == ["Czech 1 sentence"]
    assert texts(today, ".kind.critical li p") == ["Czech 1 sentence", "Arabic 1 sentence"]
    assert f'href="/{TAG}/sentence/{ID}/?in=critical"' in today.text


def test_every_page_and_every_list_has_its_screen(kept: Site, reader: Person) -> None:
    stock = kept.app.extensions["desk"].stocks.current()
    shown = set()
    for tag in (TAG, ARABIC):
        for name in stock.pages:
            links = page_of(reader.get(f"/{tag}/page/{name}/")).query(".sentences a")
            shown |= {(link.attrs or {})["href"] for link in links}
            page_of(reader.get(f"/{tag}/preview/{name}/"))
        for list_ in ("broken", "critical", "changed", "new", "check", "everywhere", "elsewhere"):
            links = page_of(reader.get(f"/{tag}/?in={list_}")).query(".sentences a")
            shown |= {(link.attrs or {})["href"] for link in links}
    reached = {re.search("/sentence/([^?]*)/", str(href))[1] for href in shown}  # type: ignore[index] # it is one

    assert reached == set(stock.messages)


@pytest.mark.parametrize("tag", [TAG, ARABIC])
def test_each_sentence_has_its_screen(tag: str, kept: Site, reader: Person) -> None:
    """With a label to each field, in its language and direction."""
    stock = kept.app.extensions["desk"].stocks.current()
    for id_ in [*stock.messages][::7]:
        page = page_of(reader.get(f"/{tag}/sentence/{id_}/"))
        fields = page.query("textarea")
        labels = {(each.attrs or {}).get("for") for each in page.query("label")}

        assert [
            (each.attrs or {})["id"] in labels
            and (each.attrs or {})["lang"] == tag
            and (each.attrs or {})["dir"] == stock.languages[tag].direction
            for each in fields
        ] == [True] * stock.forms(tag, id_)


def test_a_plural_is_asked_for_by_its_numbers(reader: Person) -> None:
    labels = texts(reader.get(f"/{ARABIC}/sentence/ui.in-english/"), ".box label")

    assert labels[:4] == [
        "Arabic, for 0",
        "Arabic, for 1",
        "Arabic, for 2",
        "Arabic, for 3, 4, 5, 6…",
    ]


def test_what_is_seen_on_a_page_is_found(reader: Person) -> None:
    stood = texts(reader.get(f"/{TAG}/preview/help/"), f'[data-sentence="{ID}"]')[0]

    found = reader.get(f"/{TAG}/?seen={stood[:40]}&address=https://northmarsh.example/qaa/help/")
    nothing = reader.get(f"/{TAG}/?seen=zzzzzzzzzzzz")

    first = (page_of(found).query(".sentences a")[0].attrs or {})["href"]
    assert first == f"/{TAG}/sentence/{ID}/?on=help"
    assert texts(found, "title")[0].endswith("found – Czech – The desk")
    assert texts(nothing, "h2")[0] == "Nothing found"


def test_what_is_found_by_its_english_reads_in_the_language_first(reader: Person) -> None:
    english = texts(reader.get("/en/preview/help/"), f'[data-sentence="{ID}"]')[0]
    there = texts(reader.get(f"/{TAG}/preview/help/"), f'[data-sentence="{ID}"]')[0]

    found = reader.get(f"/{TAG}/?seen={english}&address=help")

    assert texts(found, ".sentences .said")[0] == there.removesuffix(f" {english}")
    assert texts(found, ".sentences .source")[0] == english
    assert texts(found, ".sentences mark")[0] == english
    assert texts(found, ".sentences .hint")[0].startswith("Talk to someone, under ‘")


@pytest.mark.parametrize(
    ("pasted", "told"),
    [(" ", "Paste some words first."), ("x!", "Paste more words: a few in a row.")],
)
def test_too_little_to_search_for_is_told(pasted: str, told: str, reader: Person) -> None:
    answer = reader.get(f"/{TAG}/?seen={pasted}&address=")

    assert texts(answer, ".wrong") == [told]
    assert texts(answer, "title") == ["Nothing to search for – Czech – The desk"]
    assert "fewer" not in answer.text


def test_the_frame_holds_the_page_without_its_scripts(reader: Person) -> None:
    answer = reader.get(f"/{TAG}/preview/help/")

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "<script" not in answer.text
    screen = page_of(reader.get(f"/{TAG}/sentence/{ID}/"))
    assert [(each.attrs or {})["sandbox"] for each in screen.query("iframe")] == [
        "allow-same-origin"
    ]


def test_a_link_in_the_frame_leads_to_the_preview_of_its_page(reader: Person) -> None:
    within = reader.get(f"/{ARABIC}/results/", 303, Sec_Fetch_Dest="iframe")
    home = reader.get("/en/", 303, Sec_Fetch_Dest="iframe")
    out = reader.get("/nothing/", Sec_Fetch_Dest="iframe")

    assert within.location == f"/{ARABIC}/preview/results/"
    assert home.location == "/en/preview/home/"
    assert "go back in your browser" in out.text


# Save


def test_what_is_saved_is_in_the_file_and_on_the_running_site_at_once(
    site: Site, anna: Person
) -> None:
    public = frozen_site.create(site.folders.translations, content=site.folders.content)

    answer = anna.save(ID, "  Nové\r\nzdání. ")

    assert answer.location == f"/{TAG}/sentence/{ID}/"
    assert texts(anna.get(answer.location), ".result") == [
        "Saved. Readers see it now.",
        "On the site, reload the page: a browser may show its copy for a minute.",
    ]
    assert f'msgctxt "{ID}"' in site.file.read_text(encoding="utf-8")
    public.extensions["inspection_outcome"].refresh()
    assert "Nové zdání." in public.test_client().get(f"/{TAG}/help/").text
    assert git(site.folders.translations, "log", "-1", "--format=%an%n%B").split("\n")[0] == (
        "Anna Kowalska"
    )


def test_save_and_next_leads_through_a_list_to_its_end(site: Site, anna: Person) -> None:
    text = site.file.read_text(encoding="utf-8")
    for id_ in (ID, OTHER):
        text = re.sub(rf'(msgctxt "{id_}"\nmsgid .*\nmsgstr ).*', r'\1""', text)
    site.file.write_text(text, encoding="utf-8")
    todo = {ID, OTHER}
    first = (page_of(anna.get("/")).query(".kind.new .button")[0].attrs or {})["href"]
    for left in (1, 0):
        id_ = str(re.search("/sentence/([^?]*)/", str(first))[1])  # type: ignore[index] # it is one
        todo.remove(id_)
        answer = anna.save(id_, "Nové zdání.", do="next", in_="new")
        first = answer.location
        assert ("moved=1" in first) is bool(left)

    assert todo == set()
    assert (
        texts(anna.get(str(first)), ".result")[-1] == "That was the last one. Here is Today again."
    )


def test_the_last_sentence_of_a_page_leads_back_to_it(site: Site, anna: Person) -> None:
    stock = site.app.extensions["desk"].stocks.current()
    last = ids_of(stock, TAG, "page:help")[-1]
    screen = anna.get(f"/{TAG}/sentence/{last}/?in=page:help")

    assert texts(screen, ".buttons button")[:2] == ["Save", "Save and finish"]
    assert texts(screen, ".skip-it a") == ["Back to ‘Talk to someone’"]
    assert anna.save(last, "Poslední.", do="next", in_="page:help").location == f"/{TAG}/page/help/"


@pytest.mark.parametrize("list_", ["check", "again"])
def test_a_list_that_saving_does_not_empty_has_an_end(list_: str, site: Site, anna: Person) -> None:
    stock = site.app.extensions["desk"].stocks.current()
    last = ids_of(stock, TAG, list_)[-1]

    answer = anna.save(last, *stock.entry(TAG, last).forms, do="next", in_=list_)

    assert answer.location == "/"


def test_two_people_at_once_lose_nothing(site: Site, anna: Person) -> None:
    ben = site.person("Ben Adams")
    screen = f"/{TAG}/sentence/{ID}/"
    seen = {"seen": anna.field("seen", screen), "was-0": "Bylo to tak."}
    ben.save(ID, "Bylo to Ben.")

    refused = anna.save(ID, "Bylo to Anna.", status=409, **seen)
    again = re.search(r'name="seen" value="(.*?)"', refused.text)
    assert again

    assert texts(refused, "title") == [
        "Not saved: changed meanwhile – A sentence in Czech – The desk"
    ]
    assert [each.split(":")[0].split(",")[0] for each in texts(refused, ".versions-of dt")] == [
        "It was",
        "Yours",
        "Theirs",
    ]
    assert "Ben Adams, today" in texts(refused, ".versions-of dt")[2]
    assert texts(refused, ".versions-of ins") == ["put in: ‘ Anna. ’", "put in: ‘ Ben. ’"]
    assert texts(refused, "textarea") == ["Bylo to Anna."]
    anna.save(ID, "Bylo to Anna.", seen=again[1])
    assert texts(anna.get(screen), ".past li > p b") == ["Anna Kowalska", "Ben Adams", "Ben"]


def test_what_a_check_refuses_is_kept_in_the_box(site: Site, anna: Person) -> None:
    before = site.file.read_bytes()

    refused = anna.save(ID, "Jen {nothing} tady", status=422)

    assert site.file.read_bytes() == before
    assert texts(refused, "textarea") == ["Jen {nothing} tady"]
    assert texts(refused, ".trouble li a") == ["The English has no {nothing}"]
    assert (page_of(refused).query(".trouble li a")[0].attrs or {})["href"] == "#form-0"
    answer = anna.save(ID, "Jen {nothing} tady", do="anyway")
    assert texts(anna.get(answer.location), ".result") == ["Saved. Readers get the English."]
    assert "Jen {nothing} tady" in site.file.read_text(encoding="utf-8")


def test_of_a_plural_the_form_that_is_wrong_is_named(anna: Person) -> None:
    id_, good = "ui.in-english", anna.get(f"/{ARABIC}/sentence/ui.in-english/")
    forms = texts(good, "textarea")
    forms[3] = "{nothing}"

    refused = anna.save(id_, *forms, tag=ARABIC, status=422)

    links = page_of(refused).query(".trouble li a")
    assert {(each.attrs or {})["href"] for each in links} == {"#form-3"}
    assert "The English has no {nothing} (for 3, 4, 5, 6…)" in texts(refused, ".trouble li a")
    wrong = page_of(refused).query('[aria-invalid="true"]')
    assert [(each.attrs or {})["id"] for each in wrong] == ["form-3"]


def test_english_over_a_critical_sentence_is_asked_about_once(site: Site, anna: Person) -> None:
    stock = site.app.extensions["desk"].stocks.current()
    critical, other = (
        next(
            id_
            for id_ in stock.shown(TAG, "help").seen
            if (said := stock.messages[id_].sentence).critical is is_critical
            and "{" not in said.text
            and not stock.same_english(id_)
        )
        for is_critical in (True, False)
    )
    before = site.file.read_bytes()
    english = stock.messages[critical].sentence.text

    refused = anna.save(critical, english, status=422)

    assert texts(refused, ".trouble h2") == ["Not saved yet: is this still in English?"]
    assert texts(refused, ".trouble li a") == ["It is the same as the English"]
    assert texts(refused, "textarea") == [english]
    assert site.file.read_bytes() == before
    anna.save(critical, english, do="anyway")
    anna.save(other, stock.messages[other].sentence.text)
    today = anna.get("/")
    assert "Look at these again" in texts(today, ".kind h2")
    listed = page_of(anna.get(f"/{TAG}/?in=again")).query(".sentences a")
    assert {f"/{TAG}/sentence/{id_}/?in=again" for id_ in (critical, other)} <= {
        (each.attrs or {})["href"] for each in listed
    }


def test_a_form_is_never_sent_to_the_address_of_its_own_page(anna: Person) -> None:
    """Going back in a browser would not bring back what was typed while the desk was down."""
    screen = f"/{TAG}/sentence/{ID}/"
    typed = {"form-0": "{wrong}"}
    for _ in range(3):
        action = str((page_of(anna.get(screen)).query("#words")[0].attrs or {})["action"])
        assert action != screen
        refused = anna.post(action, typed | {"seen": anna.field("seen", screen)}, 422, screen)
        again = (page_of(refused).query("#words")[0].attrs or {})["action"]
        assert again != action
        screen = action


def test_a_draft_is_shown_in_its_page_and_not_saved(site: Site, anna: Person) -> None:
    before = site.file.read_bytes()

    def show(text: str) -> TestResponse:
        draft = {"sentence": ID, "form-0": text}
        return anna.post(f"/{TAG}/preview/help/", draft, 200, f"/{TAG}/sentence/{ID}/")

    assert (
        "Jen na zkoušku & víc" in texts(show("Jen na zkoušku & víc"), f'[data-sentence="{ID}"]')[0]
    )
    assert texts(show("Jen na zkoušku."), ".desk-draft") == ["Your draft. Nothing is saved."]
    assert texts(show("Jen na zkoušku"), ".desk-draft li") == [
        "It ends with no punctuation mark, and the English with a full stop."
    ]
    assert texts(show("{x}"), ".desk-draft li") == ["The English has no {x}."]
    assert "readers would get the English" in texts(show("{x}"), ".desk-draft")[0]
    assert site.file.read_bytes() == before


def test_an_older_version_is_put_back(anna: Person) -> None:
    screen = f"/{TAG}/sentence/{ID}/"
    first = anna.get(screen)
    was = texts(first, "textarea")
    anna.save(ID, "Včerejší chyba.")
    commit = re.search(r'name="commit" value="(\w+)"', anna.get(screen).text)
    assert commit

    seen = {"seen": anna.field("seen", screen), "commit": commit[1]}
    anna.post(f"/{TAG}/put-back/{ID}/", seen, 303, screen)

    assert texts(anna.get(screen), "textarea") == was
    assert anna.post(f"/{TAG}/put-back/{ID}/", seen | {"commit": "HEAD"}, 404, screen)


def test_why_nothing_can_be_put_back_while_git_does_not_answer(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("too many processes")

    screen = f"/{TAG}/sentence/{ID}/"
    seen = {"seen": anna.field("seen", screen), "commit": "0" * 40}
    monkeypatch.setattr("subprocess.run", fail)
    told = anna.post(f"/{TAG}/put-back/{ID}/", seen, 503, screen)

    assert texts(told, "title")[0].startswith("Not put back")
    trouble = texts(told, ".trouble")[0]
    assert trouble.startswith("Nothing was put back The history cannot be read. Try again")
    assert trouble.endswith("git does not answer: too many processes")


def test_an_empty_version_cannot_be_put_back(anna: Person) -> None:
    """One click would take the sentence away from readers."""
    screen = f"/{TAG}/sentence/{ID}/"
    words = texts(anna.get(screen), "textarea")[0]
    empty = {"seen": anna.field("seen", screen), "form-0": "", "do": "anyway"}
    told = anna.post(screen, empty | {"do": "save"}, 422, screen)
    assert "There is nothing to read in the box." in texts(told, ".trouble")[0]
    anna.post(screen, empty, 303, screen)
    anna.save(ID, words)

    past = texts(anna.get(screen), ".past > li")
    assert ["Put this one back" in each for each in past[:2]] == [False, False]


def test_what_an_editor_wrote_over_a_save_is_told_and_can_be_put_back(
    site: Site, anna: Person
) -> None:
    """Poedit has the whole file in memory, and knows nothing of the desk."""
    opened = site.file.read_bytes()
    anna.save(ID, "Důležitá věta.")
    assert "changed outside the desk" not in anna.get("/").text
    site.file.write_bytes(opened)

    assert "Saved here, then changed outside the desk" in anna.get("/").text
    screen = f"/{TAG}/sentence/{ID}/"
    commit = re.search(r'name="commit" value="(\w+)"', anna.get(screen).text)
    assert commit
    seen = {"seen": anna.field("seen", screen), "commit": commit[1]}
    anna.post(f"/{TAG}/put-back/{ID}/", seen, 303, screen)
    assert texts(anna.get(screen), "textarea") == ["Důležitá věta."]
    assert "changed outside the desk" not in anna.get("/").text


def test_a_file_with_marks_of_a_merge_is_told_and_what_was_typed_is_kept(
    site: Site, anna: Person
) -> None:
    seen = anna.field("seen", f"/{TAG}/sentence/{ID}/")
    text = site.file.read_text(encoding="utf-8")
    site.file.write_text(f"<<<<<<< HEAD\n=======\n>>>>>>> other\n{text}", encoding="utf-8")

    refused = anna.save(ID, "Moje práce.", status=503, seen=seen)

    assert "git left a merge conflict in" in texts(refused, ".trouble pre")[0]
    assert texts(refused, "textarea") == ["Moje práce."]
    assert "git left a merge conflict in" in texts(anna.get("/"), ".trouble pre")[0]
    assert anna.save(ID, "جديد.", tag=ARABIC)


def test_the_same_english_is_translated_in_each_place(site: Site, anna: Person) -> None:
    stock = site.app.extensions["desk"].stocks.current()
    id_ = next(id_ for id_ in stock.messages if stock.same_english(id_))
    also = [
        f"{(each.attrs or {})['value']}"
        for each in page_of(anna.get(f"/{TAG}/sentence/{id_}/")).query('input[name="also"]')
    ]
    forms = ["Stejné"] * stock.forms(TAG, id_)

    anna.save(id_, *forms, also=also, do="anyway")

    stock = site.app.extensions["desk"].stocks.current()
    assert [stock.entry(TAG, each).forms for each in stock.same_english(id_)] == [
        tuple(forms)
    ] * len(also)


def test_twins_are_told_apart_by_where_they_stand_and_put_back_together(
    site: Site, anna: Person
) -> None:
    stock = site.app.extensions["desk"].stocks.current()
    id_ = next(
        id_
        for id_ in stock.messages
        if (same := stock.same_english(id_))
        and all(stock.entry(TAG, each).forms == stock.entry(TAG, id_).forms for each in same)
    )
    screen, same = f"/{TAG}/sentence/{id_}/", stock.same_english(id_)
    was = stock.entry(TAG, id_).forms
    places = texts(anna.get(screen), ".choice small")
    assert len(set(places)) == len(same)
    assert not set(places) & set(same)
    also = [
        f"{(each.attrs or {})['value']}"
        for each in page_of(anna.get(screen)).query('#words input[name="also"]')
    ]
    anna.save(id_, *["Chyba"] * len(was), also=also, do="anyway")

    form = page_of(anna.get(screen)).query(".past form")[0]
    sent = {
        str((each.attrs or {})["name"]): (each.attrs or {})["value"]
        for each in (*form.query("input"), *form.query("button"))
    }
    assert sum((each.attrs or {}).get("name") == "also" for each in form.query("input")) == len(
        same
    )
    ticked = [(each.attrs or {})["value"] for each in form.query('input[name="also"]')]
    anna.post(f"/{TAG}/put-back/{id_}/", sent | {"also": ticked}, 303, screen)

    stock = site.app.extensions["desk"].stocks.current()
    assert {stock.entry(TAG, each).forms for each in (id_, *same)} == {was}


def test_a_history_can_be_begun(tmp_path: Path, translations: Path) -> None:
    site = Site(tmp_path, translations)
    anna = site.person()
    told = anna.save(ID, "Bez historie.")
    assert texts(anna.get(told.location), ".result")[0] == "Saved. Readers see it now."

    anna.post("/history", {}, 303)
    anna.save(ID, "S historií.")

    assert texts(anna.get(f"/{TAG}/sentence/{ID}/"), ".past li > p b") == ["Anna Kowalska"] * 2


# A session that has ended


def test_what_was_typed_outlives_a_new_start_of_the_desk(site: Site, anna: Person) -> None:
    """First the browser is let in again, then the same form is sent again, and saved."""
    screen = f"/{TAG}/sentence/{ID}/"
    typed = {"seen": anna.field("seen", screen), "form-0": "Dlouhá práce."}
    site.access = OwnComputer(site.told.append)
    anna.client.application = site.app = create_desk(site.folders, site.access)

    closed = anna.post(screen, typed, 403, form="")
    assert texts(closed, "textarea") == ["Dlouhá práce."]
    # With no-referrer, browsers would send this page's form with the origin 'null': refused.
    assert closed.headers["Referrer-Policy"] == "same-origin"
    anna.get(site.told[-1].removeprefix(f"http://{HOST}"), 303)
    again = anna.post(screen, typed, 403, form="")
    assert texts(again, "textarea") == ["Dlouhá práce."]
    assert "Nothing is lost" in texts(again, ".lead")[0]
    anna.post("/name", {"name": "Anna"}, 303, "/name")
    once_more = anna.post(screen, typed, 403, form="").text.partition("<main")[2]
    sent = dict(re.findall(r'<input type="hidden" name="(.+?)" value="(.*?)">', once_more))
    assert sent.keys() == {"csrf_token", *typed}
    anna.post(screen, sent, 303, form="")
    assert texts(anna.get(screen), "textarea") == ["Dlouhá práce."]


# What nobody should send


@pytest.mark.parametrize(
    "path",
    [
        "/xx/",
        f"/{TAG}/page/nothing/",
        f"/{TAG}/page/../../etc/passwd/",
        f"/{TAG}/sentence/help.nothing/",
        f"/{TAG}/sentence/--output=x/",
        f"/{TAG}/preview/all/",
        f"/{TAG}/?in=nothing",
        f"/{TAG}/?in=page:nothing",
        "/xx/preview/help/",
    ],
)
def test_what_is_not_ours_is_not_found(path: str, reader: Person) -> None:
    assert texts(reader.get(path, 404), "h1") == ["There is no such page here"]


def test_a_port_that_no_browser_opens_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspection_outcome.commands.desk.make_server", None)  # never gets there

    told = CliRunner().invoke(desk_command, ["--port", "5060", "--no-browser"])

    assert told.exit_code == 2
    assert "no browser opens port 5060" in told.output


def test_the_command_opens_a_desk_that_tells_no_words(tmp_path: Path, translations: Path) -> None:
    """It shows the address, answers there alone, and logs nothing of what people do."""
    site = Site(tmp_path, translations)
    settings_ = {
        "OUTCOME_CONTENT": str(site.folders.content),
        "OUTCOME_TRANSLATIONS": str(site.folders.translations),
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # What runs in the background, as these tests may, has Ctrl+C ignored, and so have its children.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    run = f"{heed}; from inspection_outcome.commands.desk import desk; desk()"
    command = [sys.executable, "-c", run, "--no-browser"]
    with subprocess.Popen(  # noqa: S603 (fixed commands)
        [*command, "--port", str(port)],
        cwd=ROOT,
        env=os.environ | settings_ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        assert running.stdout
        lines = iter(running.stdout)
        address = next(line.strip() for line in lines if "?key=" in line)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/desk.css") as answer:
            assert answer.status == 200
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/{TAG}/?seen=secret")
        running.send_signal(signal.SIGINT)
        rest = "".join(lines)

    assert address.startswith(f"http://127.0.0.1:{port}/?key=")
    assert rest.strip() == ("Stop it with Ctrl+C.\nThe desk is closed. All that was saved is kept.")
    assert running.returncode == 0


def test_a_fact_to_copy_has_a_direction_of_its_own(reader: Person) -> None:
    """As one from right to left, a phone number would have its parts change places."""
    facts = page_of(reader.get(f"/{ARABIC}/sentence/easy-read.danger/")).query(".facts bdi")

    assert [(each.attrs or {})["dir"] for each in facts] == ["auto"]
