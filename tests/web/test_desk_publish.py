"""The screen to publish: what is shown, who may press the button, and what nobody may send."""

import re
import shutil
from pathlib import Path

import pytest
from desk_client import ARABIC, HOST, TAG, Person, Site
from house_rules import inspect
from inspection_outcome.desk import access
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.publish import live
from inspection_outcome.edition import Edition
from werkzeug.test import TestResponse

ID = "help.no-messages"
"""A critical sentence."""
LINKED = "home.byline"
"""One with a link and facts."""
OF_A_DESK = {
    "send Referrer-Policy: no-referrer",
    "send no cookie",
    "begin the title with the h1",
}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Path:
    """Return the folder of a desk whose files are live, which tests copy."""
    folder = tmp_path_factory.mktemp("published")
    publish(Site(folder, translations, folder / "live").person(), "en")
    return folder


@pytest.fixture
def site(tmp_path: Path, published: Path) -> Site:
    folder = Path(shutil.copytree(published, tmp_path, dirs_exist_ok=True))
    return Site(folder, None, folder / "live")


@pytest.fixture
def anna(site: Site) -> Person:
    return site.person()


def texts(response: TestResponse, selector: str) -> list[str]:
    """Return the texts of a screen; assert the house rules that hold for the desk, too."""
    page, broken = inspect(response.text, response.headers, large=True)
    assert [rule for rule in broken if rule not in OF_A_DESK] == []
    return [" ".join(each.to_text().split()) for each in page.query(selector)]


def publish(person: Person, *tags: str, status: int = 303, **fields: str) -> TestResponse:
    """Return the response to the button below what the screen shows of these languages."""
    path = "/publish/?chosen=1" + "".join(f"&tag={tag}" for tag in tags)
    path += f"&back={fields['back']}" if "back" in fields else ""
    sent = {"tag": [*tags], "shown-tag": [*tags], "shown": person.field("shown", path)} | fields
    return person.post("/publish/", sent, status, form=path)


def readers(site: Site, tag: str = TAG, id_: str = ID) -> str:
    """Return what readers get of a sentence."""
    edition = Edition.read(live.folders(site.folders.content.parent / "live"))
    entry = edition.catalogues.by_tag[tag].entries[id_]
    return entry.forms[0] if entry.usable else entry.sentence.text


def test_where_what_is_saved_is_live_at_once_there_is_nothing_to_publish(
    tmp_path: Path, translations: Path
) -> None:
    person = Site(tmp_path, translations).person()

    person.get("/publish/", 404)
    person.post("/publish/", {}, 404)
    person.post("/publish/files/", {}, 404)

    assert "live at once" in texts(person.get("/"), "footer")[0]


def test_the_first_screen_says_that_everything_becomes_public(
    tmp_path: Path, translations: Path
) -> None:
    site = Site(tmp_path, translations, tmp_path / "live")
    anna = site.person()

    screen = anna.get("/publish/")
    publish(anna, "en")
    after = anna.get("/publish/")

    assert (
        "Nothing is public yet. The first publish makes everything public: 3 languages"
        in (texts(screen, ".lead")[0])
    )
    assert texts(screen, "form .button") == ["Publish everything"]
    assert texts(after, ".result") == ["Published. All of it is public now."]
    assert texts(after, ".lead") == ["Nothing to publish. Readers have all that is saved."]
    assert texts(after, ".past li b") == ["Anna Kowalska"]


def test_nothing_is_said_of_a_live_site_that_has_not_what_is_saved(
    tmp_path: Path, translations: Path
) -> None:
    anna = Site(tmp_path, translations, tmp_path / "live").person()
    anna.save("ui.updated", "Broken on purpose", do="anyway")

    today, sentence = anna.get("/"), anna.get(f"/{TAG}/sentence/ui.updated/")

    broken = "The saved words are broken: if published, readers get the English"
    assert broken in texts(sentence, "h2")
    assert texts(today, ".kind h2")[0] == "Broken"
    assert "What is said of readers is so once it is published." in texts(today, ".lead")[0]


def test_what_readers_will_see_change_is_shown_then_published(site: Site, anna: Person) -> None:
    saved = anna.save(ID, "Nové zdání")
    anna.save("help.danger", "خطر", tag=ARABIC)
    told = texts(anna.get(saved.location), ".result")
    today, screen = anna.get("/"), anna.get("/publish/")

    done = publish(anna, TAG)

    assert told == ["Saved. Readers get it when it is published."]
    assert "2 sentences Publish" in texts(today, ".kind .lines li")
    assert "2 sentences wait" in texts(today, "footer")[0]
    assert texts(screen, "label.choice") == ["Czech 1 sentence, 1 critical", "Arabic 1 sentence"]
    assert texts(screen, f'ins, [lang="{ARABIC}"][dir="rtl"] ins') == [
        "put in: ‘ Nové zdání ’",
        "put in: ‘ خطر ’",
    ]
    assert readers(site) == "Nové zdání"
    after = anna.get(done.location)
    assert texts(after, ".result") == ["Published. Readers get 1 changed sentence now."]
    assert texts(after, "label.choice") == ["Arabic 1 sentence"]


def test_words_are_shown_as_readers_see_them_without_marks_and_facts_by_value(
    anna: Person,
) -> None:
    anna.save(LINKED, "[{ofsted}](word:ofsted), {council}, {visit_month}")
    anna.save(LINKED, "جديد [{ofsted}](word:ofsted) {council} {visit_month}", tag=ARABIC)
    anna.save(ID, "**Nové** zdání")

    screen = anna.get("/publish/")
    publish(anna, TAG, ARABIC)
    anna.save(ID, "Nové **zdání**")
    marks = anna.get("/publish/")

    new, english = texts(screen, ".past > li")[1].split(" They get ")[1].split(" Ofsted came ")
    assert new == "put in: ‘ Ofsted, Northmarsh, ’ leden put in: ‘ 2026 ’"
    assert english == "to Northmarsh in January 2026."
    isolated = "\u2068Ofsted\u2069 \u2068Northmarsh\u2069"  # a phone number keeps its order so
    assert isolated in texts(screen, f'[lang="{ARABIC}"]')[-1]
    assert texts(marks, ".past .state")[:2] == ["A link or bold words change", "Critical"]
    assert texts(marks, ".versions-of div") == ["The words stay Nové zdání"]


def test_what_changed_since_it_was_shown_is_shown_again(site: Site, anna: Person) -> None:
    old = readers(site)
    anna.save(ID, "Nové")
    seen = anna.field("shown", "/publish/")
    anna.save(ID, "Novější")
    sent = {"tag": TAG, "shown-tag": TAG, "shown": seen}

    again = anna.post("/publish/", sent, 409, form="/publish/")

    assert texts(again, ".look h2") == ["Look once more"]
    assert "Somebody saved or published meanwhile" in texts(again, ".look p")[0]
    assert "put in: ‘ Novější ’" in texts(again, "ins")
    assert readers(site) == old


def test_other_languages_than_shown_are_shown_first(site: Site, anna: Person) -> None:
    old = readers(site)
    anna.save(ID, "Nové")
    anna.save(ID, "جديد", tag=ARABIC)
    seen = anna.field("shown", "/publish/")
    sent = {"shown-tag": [TAG, ARABIC], "shown": seen}

    fewer = anna.post("/publish/", sent | {"tag": TAG}, 422, form="/publish/")
    none = anna.post("/publish/", sent, 422, form="/publish/")
    asked = anna.post("/publish/", sent | {"tag": TAG, "do": "show"}, 200, form="/publish/")

    assert texts(fewer, ".look p") == ["You chose other languages, so this is what changes now."]
    assert texts(none, ".trouble pre") == ["Choose at least one language."]
    assert texts(asked, "summary h3") == texts(fewer, "summary h3") == ["Czech"]
    assert readers(site) == old


def test_english_alone_shows_who_gets_the_english(site: Site, anna: Person) -> None:
    english = site.folders.content / "help.toml"
    text = english.read_text(encoding="utf-8")
    english.write_text(re.sub(rf'(id = "{ID}"\ntext = ")', r"\1Now: ", text), encoding="utf-8")

    screen = anna.get("/publish/?chosen=1&tag=en")

    assert texts(screen, "summary h3") == ["English", "Czech", "Arabic"]
    assert texts(screen, ".tags .state:first-child") == [
        "Critical",
        "Readers get the English",
        "Readers get the English",
    ]
    assert texts(screen, "details .hint").count("Not chosen, but its English changes.") == 2


def test_what_stops_it_is_told_and_there_is_no_button(site: Site, anna: Person) -> None:
    english = site.folders.content / "help.toml"
    text = english.read_text(encoding="utf-8")
    text = re.sub(rf'(id = "{ID}"\ntext = ")', r"\1Now: ", text)
    english.write_text(f"# TODO: ask\n{text}", encoding="utf-8")

    screen = anna.get("/publish/")
    refused = publish(anna, "en", TAG, ARABIC, status=503)

    assert "1 line of the content says TODO" in texts(screen, ".trouble li")[0]
    assert "Publish" not in texts(screen, "button")
    assert texts(refused, ".trouble h2")[0] == "Nothing was published"
    assert "help.toml line 1" in texts(refused, ".trouble pre")[0]


def test_what_is_to_be_written_in_english_does_not_stop_a_language(
    site: Site, anna: Person
) -> None:
    anna.save(ID, "Nové")
    english = site.folders.content / "help.toml"
    english.write_text(f"# TODO: ask\n{english.read_text(encoding='utf-8')}", encoding="utf-8")

    screen = anna.get("/publish/")
    publish(anna, TAG)

    assert texts(screen, "form .button") == ["Publish"]
    assert readers(site) == "Nové"


def test_a_publish_is_taken_back_on_the_same_screen(site: Site, anna: Person) -> None:
    old = readers(site)
    anna.save(ID, "Nové")
    publish(anna, TAG)
    link = re.search(r'href="(/publish/\?back=([0-9a-f]+))"', anna.get("/publish/").text)
    assert link

    screen = anna.get(link[1])
    publish(anna, TAG, back=link[2])

    assert texts(screen, "h1") == ["Take back a publish"]
    assert texts(screen, "form .button") == ["Take back"]
    assert readers(site) == old
    after = anna.get("/publish/")
    assert texts(after, "section .past p")[0].endswith("took back Live now")
    assert texts(after, "label.choice") == ["Czech 1 sentence, 1 critical"]


def test_who_may_not_publish_sees_it_and_cannot(
    site: Site, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = readers(site)
    anna.save(ID, "Nové")
    seen = anna.field("shown", "/publish/")

    def may(_: access.Person, role: Role, tag: str = "") -> bool:
        return role is not Role.PUBLISH or tag == ARABIC

    monkeypatch.setattr(access.Person, "may", may)
    screen = anna.get("/publish/")
    sent = {"tag": TAG, "shown-tag": TAG, "shown": seen}
    anna.post("/publish/", sent, 403, form="/publish/")

    assert "for somebody else to publish" in texts(screen, "p.choice")[0]
    assert texts(screen, "label.choice") == []
    assert "Publish" not in texts(screen, "button")
    assert readers(site) == old


def test_only_a_known_publish_can_be_taken_back(anna: Person) -> None:
    for back in ("HEAD", "--output=x", "0" * 40, "../..", "a" * 5_000):
        anna.get(f"/publish/?back={back}", 404)
        sent = {"back": back, "tag": TAG, "shown-tag": TAG}
        anna.post("/publish/", sent, 404, form="/name")


def test_a_language_that_nobody_has_is_no_fault(site: Site, anna: Person) -> None:
    old = readers(site)
    anna.save(ID, "Nové")
    seen = anna.field("shown", "/publish/")

    for tag in ("zz", "../en", "en\0", "<script>", "𝒙" * 999):
        sent = {"tag": tag, "shown-tag": tag, "shown": seen}
        anna.post("/publish/", sent, 409, form="/publish/")

    assert readers(site) == old


def test_words_cannot_become_markup(anna: Person) -> None:
    anna.save(ID, "<script>alert(1)</script> & \u202e", do="anyway")
    anna.save("help.danger", "<b onclick=x>", do="anyway")

    screen = anna.get("/publish/")

    assert "<script>alert" not in screen.text
    assert "<b onclick" not in screen.text


def test_another_site_cannot_publish(site: Site, anna: Person) -> None:
    old = readers(site)
    anna.save(ID, "Nové")
    sent = {"tag": TAG, "shown-tag": TAG, "shown": anna.field("shown", "/publish/")}

    anna.post("/publish/", sent, 403, form="/publish/", Origin="https://evil.example")
    anna.client.post("/publish/", base_url=f"http://{HOST}", data=sent)

    assert readers(site) == old
