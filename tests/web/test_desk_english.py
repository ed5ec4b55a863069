"""English, facts and progress at the desk: told before it is saved, checked as all content is."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import desk_site
import frozen_site
import pytest
from desk_client import HOST, TAG, Person, Site, git
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inspection_outcome.authoring import faults as faults_
from inspection_outcome.desk.access import Person as Somebody
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.stock import Stock
from inspection_outcome.pages.urls import page_address
from justhtml import JustHTML
from werkzeug.test import TestResponse

ID = "help.no-messages"
SCREEN = f"/en/sentence/{ID}/"
ON_MANY = "report.site-name"
NEW = "**We cannot read what you write.** The people on this page can help you."
DAY = "/en/fact/report_date/"
PROGRESS = "/en/progress/"
TOLD = {
    "form-action": "teach",
    "form-source": "made-up-news",
    "form-bears": "yes",
    "form-day": "28 February 2026",
    "form-status": "done",
    "form-text": "All of them were taught.",
}


def parsed(response: TestResponse) -> JustHTML:
    return JustHTML(response.text, sanitize=False)


def texts(response: TestResponse, selector: str) -> list[str]:
    page = parsed(response)
    return [" ".join(each.to_text().split()) for each in page.query(selector)]


def hidden(response: TestResponse, form: str = "main form") -> dict[str, str]:
    """Return the hidden fields of the first such form of a screen."""
    fields = parsed(response).query(form)[0].query("input[type=hidden]")
    found = [each.attrs or {} for each in fields]
    return {each["name"] or "": each.get("value") or "" for each in found}


def typed(person: Person, screen: str, status: int = 200, **fields: Any) -> TestResponse:
    """Return the response to a form as it now is, with other values, to be told what changes."""
    sent = hidden(person.get(screen)) | {f"form-{name}": each for name, each in fields.items()}
    return person.post(screen, sent | {"do": "look"}, status, form=screen)


def saved(person: Person, screen: str, told: TestResponse, **more: Any) -> TestResponse:
    """Return the response to the button of the second step."""
    return person.post(screen, hidden(told) | {"do": "save"} | more, 303, form=screen)


def content(site: Site) -> dict[str, bytes]:
    folder = site.folders.content
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.toml")
    }


def public(site: Site, page: str) -> str:
    """Return a page as readers get it."""
    app = frozen_site.create(site.folders.translations, content=site.folders.content)
    return app.test_client().get(page_address(page, "en")).text


def attributes(response: TestResponse, selector: str, name: str) -> list[str]:
    found = (each.attrs or {} for each in parsed(response).query(selector))
    return [each.get(name) or "" for each in found]


def changed_lines(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, list[str]]:
    found = {}
    for name, text in after.items():
        old, new = (Counter(each.decode().splitlines()) for each in (before[name], text))
        if old != new:
            found[name] = sorted((new - old).elements())
    return found


def test_english_stands_first_on_today_and_leads_to_pages_facts_and_progress(
    reader: Person,
) -> None:
    assert texts(reader.get("/"), "tbody th")[0] == "English"

    screen = reader.get("/en/")

    links = attributes(screen, "main a", "href")
    assert {PROGRESS, "/en/facts/", "/en/page/help/", "/en/page/for/care-leavers/"} <= {*links}
    for link in links:
        reader.get(link)


def test_a_sentence_is_found_by_what_is_seen_of_it(reader: Person) -> None:
    found = reader.get("/en/?seen=people+on+this+page+can+help+you")

    assert texts(found, ".sentences a")[0].startswith("We cannot read messages here.")
    assert texts(reader.get("/en/?seen=qwertyuiop"), "main h2")[0] == "Nothing found"


def test_every_sentence_of_a_page_can_be_chosen_in_its_list_and_in_the_frame(
    reader: Person, kept: Site
) -> None:
    page = reader.get("/en/page/help/")

    links = attributes(page, ".sentences a", "href")
    frame = reader.get(attributes(page, "iframe", "src")[0])

    stock = Stock.read(kept.folders)
    shown = stock.shown("en", "help")
    assert len(links) == len({*shown.seen, *shown.unseen})
    assert f"/en/sentence/{ID}/?on=help" in links
    assert f'data-sentence="{ID}"' in frame.text


def test_a_title_reads_as_on_its_page_and_not_as_in_the_window(reader: Person) -> None:
    screen = reader.get("/en/sentence/help.title/")

    assert texts(screen, ".english p") == ["Talk to someone"]


def test_what_a_change_does_is_told_before_anything_is_saved(reader: Person, kept: Site) -> None:
    before = content(kept)

    told = typed(reader, SCREEN, text=NEW)

    assert texts(told, "h1") == ["This changes 1 place on 1 page"]
    assert "will need a new translation. Until then, their readers get the English." in told.text
    assert "Save and change 1 place" in told.text
    assert content(kept) == before


def test_the_number_of_places_is_right_for_a_sentence_on_many_pages(
    reader: Person, kept: Site
) -> None:
    """Its name and the title of the window change on each."""
    pages = len(Stock.read(kept.folders).on_pages(ON_MANY))

    told = typed(reader, f"/en/sentence/{ON_MANY}/", text="How does {council} do?")

    assert pages > 5
    assert texts(told, "h1") == [f"This changes {2 * pages} places on {pages} pages"]
    assert len(texts(told, ".places li")) == 2 * pages


def test_a_saved_sentence_changes_its_line_the_day_and_nothing_else(
    anna: Person, site: Site
) -> None:
    before = content(site)

    answer = saved(anna, SCREEN, typed(anna, SCREEN, text=NEW))

    lines = changed_lines(before, content(site))
    assert lines.keys() == {"help.toml", "report.toml"}
    assert lines["help.toml"] == [f'text = "{NEW}"']
    assert re.fullmatch(r"updated = \d{4}-\d\d-\d\d", lines["report.toml"][0])
    assert texts(anna.get(answer.location), ".result") == ["Saved. Readers see it now."]
    public = frozen_site.create(site.folders.translations, content=site.folders.content)
    assert (
        "We cannot read what you write."
        in public.test_client().get(page_address("help", "en")).text
    )
    log = git(site.folders.content, "log", "-2", "--format=%an: %s", "--name-only", "--", ".")
    assert log.split("\n")[:4] == [
        "Anna Kowalska: Desk: save, en, help.no-messages",
        "",
        "content/help.toml",
        "content/report.toml",
    ]
    assert "Ben: Begin" in log


def test_translations_of_a_changed_sentence_say_that_the_english_has_changed(
    anna: Person,
) -> None:
    saved(anna, SCREEN, typed(anna, SCREEN, text=NEW))

    screen = anna.get(f"/{TAG}/sentence/{ID}/")

    assert texts(screen, ".tags .state")[0] == "English has changed"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("It was 12 people.", "Digits typed in: 12"),
        ("See {nothing}.", "There is no fact 'nothing'"),
        ("See [this](page:nowhere).", "The link 'page:nowhere' leads nowhere"),
        ("", "It is empty"),
        ("This is robust.", "'robust'"),
        ("TODO write this", "Take out the word TODO"),
        ("A \u202eB.", "A character that is no text: U+202E"),
        ("x" * 11_000, "longer than 10,000 characters"),
    ],
)
def test_a_fault_is_told_first_and_nothing_is_written(
    text: str, says: str, reader: Person, kept: Site
) -> None:
    before = content(kept)

    for step in ("look", "save"):
        sent = hidden(reader.get(SCREEN)) | {"form-text": text, "do": step}
        refused = reader.post(SCREEN, sent, 422, form=SCREEN)

        assert says in " ".join(texts(refused, ".trouble"))
        assert texts(refused, "title")[0].startswith("Not saved")
        area = parsed(refused).query("textarea")[0]
        assert area.to_text().strip() == text.strip()
    assert content(kept) == before


def test_nothing_changed_is_told(reader: Person) -> None:
    same = texts(reader.get(SCREEN), "textarea")[0]

    assert "Nothing is changed yet." in typed(reader, SCREEN, 422, text=same).text


@pytest.mark.parametrize("step", ["look", "save"])
def test_two_people_at_once_lose_nothing(step: str, anna: Person, site: Site) -> None:
    sent = hidden(anna.get(SCREEN)) | {"form-text": NEW, "do": step}
    path = site.folders.content / "help.toml"
    path.write_text(
        path.read_text("utf-8").replace("cannot read messages", "read no messages"), "utf-8"
    )

    refused = anna.post(SCREEN, sent, 409, form=SCREEN)

    assert texts(refused, ".versions-of dt") == ["It was", "Yours", "Theirs"]
    assert "**We cannot read messages here.**" in texts(refused, ".versions-of dd")[0]
    assert texts(refused, "textarea") == [NEW]
    assert "read no messages" in path.read_text("utf-8")
    again = hidden(refused) | {"form-text": NEW, "do": "look"}
    saved(anna, SCREEN, anna.post(SCREEN, again, 200, form=SCREEN))
    assert NEW in path.read_text("utf-8")
    log = git(site.folders.content, "log", "--format=%an", "--", "help.toml").split("\n")
    assert log[:2] == ["Anna Kowalska", "Changed outside the desk"]


def test_an_older_version_is_put_back_in_two_steps(anna: Person, site: Site) -> None:
    first = content(site)["help.toml"]
    saved(anna, SCREEN, typed(anna, SCREEN, text=NEW))
    sent = hidden(anna.get(SCREEN), ".past form")

    told = anna.post(SCREEN, sent | {"do": "look"}, 200, form=SCREEN)
    saved(anna, SCREEN, told)

    assert content(site)["help.toml"] == first
    assert "put back an older one" in texts(anna.get(SCREEN), ".past li")[0]


def test_go_back_and_edit_keeps_what_was_typed(reader: Person) -> None:
    told = typed(reader, SCREEN, text=NEW)

    back = reader.post(SCREEN, hidden(told) | {"do": "edit"}, 200, form=SCREEN)

    assert texts(back, "textarea") == [NEW]


def test_a_draft_stands_in_the_page_and_is_not_saved(reader: Person, kept: Site) -> None:
    before = content(kept)
    sent = hidden(reader.get(SCREEN))

    shown = reader.post("/en/preview/help/", sent | {"form-text": NEW}, 200, form=SCREEN)
    faulty = reader.post("/en/preview/help/", sent | {"form-text": "It is 5."}, 200, form=SCREEN)

    assert "We cannot read what you write." in shown.text
    assert texts(shown, ".desk-draft") == ["As you typed it. Not saved yet."]
    assert "digits typed in: 5" in texts(faulty, ".desk-draft")[0]
    assert "script-src 'none'" in shown.headers["Content-Security-Policy"]
    assert content(kept) == before


def test_words_of_the_program_have_no_box(reader: Person, kept: Site) -> None:
    before = content(kept)
    screen = reader.get("/en/sentence/ui.menu/")

    reader.post("/en/sentence/ui.menu/", {"form-text": "X", "do": "save"}, 409, form=SCREEN)

    assert "These words belong to the program" in screen.text
    assert texts(screen, "textarea") == []
    assert content(kept) == before


def test_a_fact_changes_every_place_and_the_day_of_its_document(anna: Person, site: Site) -> None:
    """The places are counted by the day that stands in them."""
    before, stock, day = content(site), Stock.read(site.folders), "16 February 2026"
    shown = {name: stock.shown("en", name) for name in stock.pages}
    places = [
        name
        for name, each in shown.items()
        for texts_ in ({text for _, text in each.texts}, each.alone)
        for text in texts_
        if day in text
    ]

    told = typed(anna, DAY, value="17 February 2026")
    saved(anna, DAY, told)

    assert len(places) > 5
    assert texts(told, "h1") == [
        f"This changes {len(places)} places on {len({*places})} pages",
    ]
    marked = (*texts(told, ".places del"), *texts(told, ".places ins"))
    assert {re.sub(r"\D", "", each) for each in marked} == {"16", "17"}
    assert len(texts(told, ".places li")) == len(places)
    assert "No sentence needs a new translation." in told.text
    lines = changed_lines(before, content(site))
    assert lines.keys() == {"report.toml"}
    assert [each for each in lines["report.toml"] if "updated" not in each] == [
        "date = 2026-02-17",
        "value = 2026-02-17",
    ]


FACTS = {
    "shared_grade": {"value": "outstanding"},
    "visit_dates": {"first": "13 January 2026", "last": "23/01/2026"},
    "earlier_year": {"year": "2021"},
    "council": {"name": "Southmarsh"},
    "grade_overall": {"grade": "good"},
}


@pytest.mark.parametrize("name", FACTS)
def test_each_kind_of_fact_is_saved_in_its_type(name: str, anna: Person, site: Site) -> None:
    screen = f"/en/fact/{name}/"
    types = _types(content(site)["report.toml"])

    saved(anna, screen, typed(anna, screen, 200, **FACTS[name]))

    assert _types(content(site)["report.toml"]) == types
    assert "Anna Kowalska" in texts(anna.get(screen), ".past li")[0]


def _types(toml: bytes) -> list[str]:
    return [type(each).__name__ for each in _leaves(tomllib.loads(toml.decode()))]


def _leaves(data: Any) -> Any:
    for each in data.values() if isinstance(data, dict) else data:
        yield from _leaves(each) if isinstance(each, dict | list) else [each]


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("report_date", {"value": "tomorrow"}, "‘tomorrow’ is no day. Write a day, like"),
        ("report_date", {"value": ""}, "It is empty. Write a day, like"),
        ("visit_dates", {"first": "1 May 2027", "last": "2 May 2026"}, "is after its last"),
        ("earlier_year", {"year": "20²"}, "‘20²’ is no whole number. Write digits, like 12."),
        ("earlier_year", {"year": "9" * 5000}, "is no whole number"),
        ("emergency_phone", {"phone": "999-1"}, "is not a phone number in digits and spaces only"),
        ("grade_overall", {"grade": "splendid"}, "splendid"),
    ],
)
def test_a_value_that_will_not_do_is_told_at_its_box(
    name: str, values: dict[str, str], says: str, reader: Person, kept: Site
) -> None:
    before = content(kept)

    refused = typed(reader, f"/en/fact/{name}/", 422, **values)

    assert says in " ".join(texts(refused, ".trouble li"))
    links = attributes(refused, ".trouble li a", "href")
    assert links[0] == f"#form-{next(iter(values))}" if len(values) == 1 else links
    assert "aria-invalid" in refused.text
    assert content(kept) == before


def test_every_fact_is_listed_with_its_value_and_has_a_screen(reader: Person, kept: Site) -> None:
    page = reader.get("/en/facts/")

    links = dict(zip(attributes(page, ".lines a", "href"), texts(page, ".lines a"), strict=True))

    assert links.keys() == {
        f"/en/fact/{name}/" for name in Stock.read(kept.folders).renderer.edition.report.facts
    }
    assert links[DAY] == "16 February 2026"
    for link in links:
        reader.get(link)


def test_what_the_site_counts_has_no_box(reader: Person) -> None:
    assert "Nobody writes this" in reader.get("/en/fact/pages_count/").text


def test_progress_is_shown_as_readers_will_see_it_then_saved(anna: Person, site: Site) -> None:
    before = content(site)
    told = anna.post(PROGRESS, TOLD | {"do": "look"}, 200, form=PROGRESS)
    assert content(site) == before

    untrue = texts(told, ".choice")
    answer = saved(anna, PROGRESS, told, untrue="report.action-workers-number")
    next_ = anna.get(answer.location)

    rows = texts(told, "dl > div")
    assert "What it says All of them were taught." in rows
    assert "How far it has got Not known → now Done" in rows
    assert "The plan does not say how many." in untrue
    assert 'status = "done"' in content(site)["report.toml"].decode()
    assert "/en/sentence/report.action-workers-number/" in next_.text
    public = frozen_site.create(site.folders.translations, content=site.folders.content)
    assert (
        "All of them were taught." in public.test_client().get(page_address("progress", "en")).text
    )
    assert "tell of progress" in git(site.folders.content, "log", "-1", "--format=%s", "--", ".")
    twice = anna.post(PROGRESS, TOLD | {"do": "look"}, 422, form=PROGRESS)
    assert "This is told already" in twice.text


@pytest.mark.parametrize(
    ("fields", "box", "says"),
    [
        ({"action": ""}, "action", "No action is chosen"),
        ({"source": "rumour"}, "source", "No document is chosen"),
        ({"status": ""}, "status", "It is not said how far it has got"),
        ({"day": "soon"}, "day", "There is no day"),
        ({"day": "1 March 2099"}, "day", "This day is still to come"),
        (
            {"day": "27 February 2026"},
            "day",
            "This document is of 28 February 2026. Type 28 February 2026 as the day. Or choose",
        ),
        ({"bears": "no"}, "day", "Type 28 February 2026 as the day, and choose ‘Yes’."),
        ({"source": "made-up-page"}, "bears", "This document has no date. Choose ‘No’, and type"),
        (
            {"source": "made-up-page", "bears": "no"},
            "status",
            "Without a date, it cannot say how far it has got. Choose ‘The document does not say’.",
        ),
        ({"text": "It was 12 people."}, "text", "Digits typed in: 12"),
        ({"text": "It was {many}."}, "text", "There is no fact 'many'. ‘Facts’, below English,"),
    ],
)
def test_progress_with_a_fault_is_told_at_its_box_in_the_words_of_the_form(
    fields: dict[str, str], box: str, says: str, reader: Person, kept: Site
) -> None:
    before = content(kept)

    for step in ("look", "save"):
        sent = TOLD | {f"form-{name}": value for name, value in fields.items()} | {"do": step}
        refused = reader.post(PROGRESS, sent, 422, form=PROGRESS)
        assert says in " ".join(texts(refused, ".trouble li"))
        assert attributes(refused, ".trouble a", "href") == [f"#form-{box}"]
        assert "report.toml" not in refused.text

    assert "All of them were taught." in refused.text or "text" in fields
    assert content(kept) == before


def test_where_there_is_no_action_yet_the_form_says_what_one_is(tmp_path: Path) -> None:
    stock = desk_site.make(tmp_path)
    path = stock.folders.content / "report.toml"
    text = path.read_text("utf-8")
    head, tail = text.index("[[action]]"), text.index("[[event]]")
    path.write_text(text[:head] + text[tail:], "utf-8")

    screen = Site(tmp_path, None).person().get(PROGRESS)

    assert "An action is a step that somebody said they would take" in texts(screen, ".look")[0]
    assert "[[action]]" not in screen.text


def test_who_may_not_change_the_content_is_told_so(
    kept: Site, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, before = hidden(reader.get(SCREEN)), content(kept)
    monkeypatch.setattr(Somebody, "may", lambda _self, role, _tag="": role is not Role.CONTENT)

    for screen, fields in ((SCREEN, {"form-text": NEW}), (DAY, {}), (PROGRESS, TOLD)):
        for step in ("look", "save"):
            reader.post(screen, sent | fields | {"do": step}, 403, form=SCREEN)
        assert "See what changes" not in reader.get(screen).text
    assert content(kept) == before


@pytest.mark.parametrize(
    "path",
    [
        "/en/page/nothing/",
        "/en/page/all/",
        "/en/sentence/help.nothing/",
        "/en/sentence/../../report/",
        "/en/fact/nothing/",
        "/en/fact/__class__/",
        "/en/?in=nothing",
        "/en/?in=broken",
    ],
)
def test_what_is_not_there_is_not_found(path: str, reader: Person) -> None:
    reader.get(path, 404)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        "{}[]()*\"'\\#<>&=\x00\x1b\u202e\ud83d\ude00 aé\n\r\t".replace("\ud83d\ude00", "😀")
    )
)
def test_nothing_typed_breaks_the_desk_or_becomes_a_script(
    text: str, reader: Person, kept: Site
) -> None:
    before = content(kept)
    sent = hidden(reader.get(SCREEN)) | {"form-text": text, "do": "look"}

    told = reader.client.post(
        SCREEN, base_url=f"http://{HOST}", data=sent, headers={"Origin": f"http://{HOST}"}
    )

    assert told.status_code in {200, 422}
    assert attributes(told, "script", "src") == ["/static/desk.js"]
    assert content(kept) == before


def test_a_file_with_faults_is_told_and_nothing_is_written_over_it(
    anna: Person, site: Site
) -> None:
    path = site.folders.content / "help.toml"
    path.write_text("[title\n", encoding="utf-8")

    screens = [anna.get(each) for each in (SCREEN, "/en/", "/en/page/help/")]
    sent = {"form-text": NEW, "do": "save"}
    refused = anna.post(SCREEN, sent, 422, form=f"/{TAG}/sentence/{ID}/")

    assert NEW in texts(refused, "textarea")
    assert "help.toml" in texts(screens[0], ".trouble")[0]
    assert "help.toml" in texts(screens[1], ".trouble")[0]
    assert "help.toml" in texts(refused, ".trouble")[0]
    assert path.read_text("utf-8") == "[title\n"


def test_a_fact_in_a_file_with_faults_is_told(anna: Person, site: Site) -> None:
    sent = hidden(anna.get(DAY)) | {"form-value": "17 February 2026", "do": "save"}
    path = site.folders.content / "report.toml"
    path.write_text(path.read_text("utf-8").replace("[source.name]", "[source.nam]"), "utf-8")
    before = content(site)

    refused = anna.post(DAY, sent, 422, form=SCREEN)

    assert "report.toml has faults" in texts(refused, ".trouble")[0]
    assert content(site) == before


def test_faults_elsewhere_stop_a_save(anna: Person, site: Site) -> None:
    """It cannot be told what the change would do."""
    path = site.folders.content / "home.toml"
    path.write_text("[title\n", encoding="utf-8")
    before = content(site)

    refused = typed(anna, SCREEN, 422, text=NEW)

    assert texts(refused, ".trouble h2") == ["Not saved yet"]
    assert content(site) == before


def test_without_version_control_it_is_saved_all_the_same(
    tmp_path: Path, translations: Path
) -> None:
    site = Site(tmp_path, translations)
    anna = site.person()

    saved(anna, SCREEN, typed(anna, SCREEN, text=NEW))
    told = anna.get(SCREEN)
    anna.post("/history", {}, 303)

    assert NEW in content(site)["help.toml"].decode()
    assert "keeps no history" in told.text
    assert "Begin a history" in told.text
    assert texts(anna.get(SCREEN), ".past b") == ["Anna Kowalska"]


def test_the_day_of_the_last_change_stays_if_it_is_later(anna: Person, site: Site) -> None:
    path = site.folders.content / "report.toml"
    path.write_text(
        re.sub(r"updated = [\d-]+", "updated = 2099-01-01", path.read_text("utf-8")), "utf-8"
    )

    saved(anna, SCREEN, typed(anna, SCREEN, text=NEW))

    assert "updated = 2099-01-01" in path.read_text("utf-8")
    assert faults_.check_content(site.folders) == []
