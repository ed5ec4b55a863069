"""Files of the desk: a spreadsheet goes out and comes back, and nothing is saved before 'Take'."""

import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sheets
from desk_client import ARABIC, TAG, Person, Site, git
from house_rules import inspect
from inspection_outcome.desk.access import Person as Access
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.stock import Stock
from justhtml import JustHTML
from sheets import cell, damaged, fill
from werkzeug.test import TestResponse

ID, OTHER, THIRD = "help.no-messages", "help.danger", "help.title"
NEW = "Zde zprávy nečteme."
BY = {"how": "agency", "who": "Lingua Ltd"}
SCREEN = f"/{TAG}/files/"


def stock_of(site: Site) -> Stock:
    stock: Stock = site.app.extensions["desk"].stocks.current()
    return stock


def page_of(response: TestResponse) -> JustHTML:
    """Return a parsed screen; assert the house rules that hold for the desk, too."""
    page, broken = inspect(response.text, response.headers, large=True)
    others = {"send Referrer-Policy: no-referrer", "send no cookie", "begin the title with the h1"}
    assert [rule for rule in broken if rule not in others] == []
    return page


def texts(response: TestResponse, selector: str) -> list[str]:
    return [" ".join(each.to_text().split()) for each in page_of(response).query(selector)]


def upload(
    person: Person, data: bytes, status: int = 200, name: str = "back.xlsx", tag: str = TAG
) -> TestResponse:
    """Return the response to a file that is brought in."""
    sent = {"file": (io.BytesIO(data), name)}
    answer = person.post(f"/{tag}/files/bring-in/", sent, status, form=f"/{tag}/files/")
    answer.request.environ["wsgi.input"].close()  # the test client's own temporary file
    return answer


def rows_of(response: TestResponse) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', response.text)
    assert found
    return html.unescape(found[1])


def take(
    person: Person,
    found: TestResponse,
    status: int = 303,
    tag: str = TAG,
    ticked: str = "",
    **fields: str,
) -> TestResponse:
    """Return the response to the button of what was found in a file."""
    typed = {"rows": rows_of(found), f"take-{ticked}": "yes", **BY, **fields}
    return person.post(f"/{tag}/files/take/", typed, status, form=f"/{tag}/files/")


# Send out


def test_the_spreadsheet_has_what_was_chosen(kept: Site, reader: Person) -> None:
    answer = reader.get(f"{SCREEN}send.xlsx?state=check&page=help")

    stock = stock_of(kept)
    there = stock.shown(TAG, "help")
    found = sheets.read(stock, TAG, answer.data)
    assert {row.id for row in found.rows} == {*there.seen, *there.unseen}
    name = f"filename=northmarsh-{TAG}-"
    assert name in answer.headers["Content-Disposition"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_nothing_to_send_out_is_told(reader: Person) -> None:
    answer = reader.get(f"{SCREEN}send.xlsx?state=broken&page=help", 422)

    assert texts(answer, "title")[0].startswith("Nothing to send out – ")
    assert [(each.attrs or {})["value"] for each in page_of(answer).query("input[checked]")] == [
        "broken",
        "help",
    ]


@pytest.mark.parametrize("path", ["/xx/files/", "/en/files/", f"{SCREEN}send.xlsx?page=../x"])
def test_an_address_that_nobody_made_is_not_there(path: str, reader: Person) -> None:
    reader.get(path, 404)


# Bring in


def test_what_came_back_is_shown_and_then_taken(site: Site, anna: Person) -> None:
    stock = stock_of(site)
    data = sheets.sent(stock, TAG, "help")
    before, commits = site.file.read_bytes(), git(site.folders.translations, "rev-list", "HEAD")

    def damage(page: Any) -> None:
        fill(ID, NEW)(page)
        fill(OTHER, "{wizyta}")(page)

    found = upload(anna, damaged(data, damage))
    assert site.file.read_bytes() == before
    answer = take(anna, found)

    number = len(sheets.read(stock, TAG, data).rows)
    assert texts(found, ".states li") == ["1 New", "1 Broken", f"{number - 2} The same as ours"]
    assert texts(found, ".buttons .button") == ["Take this one, and what is ticked"]
    assert texts(anna.get(answer.location), ".result") == ["1 taken. Readers see it now."]
    assert NEW in site.file.read_text(encoding="utf-8")
    assert "{wizyta}" not in site.file.read_text(encoding="utf-8")
    told = git(site.folders.translations, "log", "-1", "--format=%an%n%B")
    assert told.split("\n")[:2] == ["Anna Kowalska", f"Desk: bring in, {TAG}"]
    assert "Translated-By: An agency: Lingua Ltd" in told
    assert len(git(site.folders.translations, "rev-list", "HEAD").split()) == (
        len(commits.split()) + 1
    )
    history = anna.get(f"/{TAG}/sentence/{ID}/")
    past = texts(history, ".past li p")[0]
    assert past.startswith("Anna Kowalska")
    assert "brought in. An agency: Lingua Ltd" in past


def test_where_saving_is_not_publishing_it_says_so(tmp_path: Path, translations: Path) -> None:
    site = Site(tmp_path, translations, live=tmp_path / "live")
    anna = site.person()

    answer = take(anna, upload(anna, damaged(sheets.sent(stock_of(site), TAG), fill(ID, NEW))))

    told = texts(anna.get(answer.location), ".result")
    assert told == ["1 taken. Readers get it when it is published."]


def test_what_was_ticked_is_taken_too(site: Site, anna: Person) -> None:
    data = damaged(sheets.sent(stock_of(site), TAG), fill(OTHER, "{wizyta}"))

    take(anna, upload(anna, data), ticked=OTHER)

    assert stock_of(site).entry(TAG, OTHER).state.value == "Broken"


def test_three_versions_are_shown_of_what_changed_here_meanwhile(site: Site, anna: Person) -> None:
    stock = stock_of(site)
    was = stock.entry(TAG, ID).forms[0]
    data = damaged(sheets.sent(stock, TAG), fill(ID, NEW))
    anna.save(ID, "Naše nová slova.")

    found = upload(anna, data)

    assert [each.split()[-1] for each in texts(found, ".versions-of dt")] == [
        "was",
        "Ours",
        "Theirs",
    ]
    assert texts(found, ".versions-of dd")[0] == was
    take(anna, found)
    assert stock_of(site).entry(TAG, ID).forms == ("Naše nová slova.",)
    take(anna, found, ticked=ID)
    assert stock_of(site).entry(TAG, ID).forms == (NEW,)


def test_words_from_the_english_of_three_weeks_ago_become_drafts(site: Site, anna: Person) -> None:
    """With the English that they were made from, which only the history has by now."""
    data = damaged(sheets.sent(stock_of(site), TAG), fill(ID, NEW))
    english = stock_of(site).messages[ID].sentence.text
    path = site.folders.content / "help.toml"
    for more in ("Now: ", "Today: "):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf'(id = "{ID}"\ntext = ")', rf"\1{more}", text), encoding="utf-8")
        anna.save(ID, "Mezitím jinak.")

    found = upload(anna, data)
    take(anna, found, ticked=ID)

    entry = stock_of(site).entry(TAG, ID)
    assert (entry.forms, entry.state.value) == ((NEW,), "English has changed")
    assert entry.before == (english,)


def test_a_po_file_that_has_what_stood_here_before_undoes_nothing(site: Site, anna: Person) -> None:
    old = site.file.read_bytes()
    anna.save(ID, NEW)

    found = upload(anna, old, name="back.po")

    assert texts(found, "#changed_here") == ["Changed here meanwhile: 1"]


def test_what_changes_between_the_two_steps_is_told_and_not_taken(site: Site, anna: Person) -> None:
    def damage(page: Any) -> None:
        fill(ID, NEW)(page)
        fill(THIRD, NEW)(page)

    found = upload(anna, damaged(sheets.sent(stock_of(site), TAG), damage))
    site.person("Ben Adams").save(ID, "Od Bena.")

    answer = take(anna, found, status=409)

    assert texts(answer, "title")[0].startswith("1 not taken – ")
    assert "1 taken. Readers see it now." in texts(answer, ".trouble")[0]
    assert stock_of(site).entry(TAG, ID).forms == ("Od Bena.",)
    assert stock_of(site).entry(TAG, THIRD).forms == (NEW,)
    take(anna, answer, ticked=ID)
    assert stock_of(site).entry(TAG, ID).forms == (NEW,)


@pytest.mark.parametrize(
    "wrong", [{"how": ""}, {"how": "nobody"}, {"who": ""}, {"who": "a\nSentence: x\u202e"}]
)
def test_who_translated_it_is_asked_again_and_nothing_is_lost(
    wrong: dict[str, str], site: Site, anna: Person
) -> None:
    found = upload(anna, damaged(sheets.sent(stock_of(site), TAG), fill(OTHER, "{wizyta}")))
    before = site.file.read_bytes()

    answer = take(anna, found, 422, ticked=OTHER, **wrong)

    assert site.file.read_bytes() == before
    assert json.loads(rows_of(answer)) == json.loads(rows_of(found))
    ticked = [(each.attrs or {}).get("name") for each in page_of(answer).query("input[checked]")]
    assert f"take-{OTHER}" in ticked


def test_after_a_new_start_what_was_found_is_shown_again(site: Site, anna: Person) -> None:
    found = upload(anna, damaged(sheets.sent(stock_of(site), TAG), fill(ID, NEW)))

    outside = Person(site.app).post(
        f"/{TAG}/files/take/", {"rows": rows_of(found), **BY}, 403, form=""
    )

    assert json.loads(rows_of(outside)) == json.loads(rows_of(found))


# Who may, and what nobody sends


def test_who_may_not_translate_may_only_send_out(
    site: Site, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = upload(anna, damaged(sheets.sent(stock_of(site), TAG), fill(ID, NEW)))
    before = site.file.read_bytes()
    monkeypatch.setattr(Access, "may", lambda _, role, tag="": role is Role.CHECK and bool(tag))

    screen = anna.get(SCREEN)
    sent = {"file": (io.BytesIO(b"x"), "back.xlsx")}
    refused = [
        anna.post(f"/{TAG}/files/bring-in/", sent, 403, form="/name"),
        anna.post(f"/{TAG}/files/take/", {"rows": rows_of(found), **BY}, 403, form="/name"),
    ]

    assert [texts(each, "h1") for each in refused] == [["This is for somebody else"]] * 2
    assert "Bring in" in screen.text
    assert page_of(screen).query("#file") == []
    anna.get(f"{SCREEN}send.xlsx?state=check")
    assert site.file.read_bytes() == before


@pytest.mark.parametrize(
    "rows",
    ["", "x", "{}", '[{"given": 1}]', '[{"given": {"place": "a"}, "seen": ""}]', "[" * 9_999],
)
def test_rows_that_nobody_made_are_refused(rows: str, kept: Site, reader: Person) -> None:
    before = kept.file.read_bytes()

    reader.post(f"/{TAG}/files/take/", {"rows": rows, **BY}, 400, form=SCREEN)

    assert kept.file.read_bytes() == before


def test_rows_that_somebody_made_up_write_nothing_that_a_sentence_could_not_be(
    kept: Site, reader: Person
) -> None:
    before = kept.file.read_bytes()
    made_up = [
        {
            "given": {"place": 1, "id": id_, "forms": [NEW, "\0", "x" * 9], "version": version},
            "seen": "0123",
        }
        for id_ in (ID, "../../x", "")
        for version in (None, {"tag": TAG, "english": "x", "ours": ""})
    ]

    reader.post(f"/{TAG}/files/take/", {"rows": json.dumps(made_up), **BY}, 409, form=SCREEN)

    assert kept.file.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "", "Choose the file first."),
        (b"x", "old.xls", "It is neither .xlsx nor .po. Save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0", "back.xlsx", "It is an old .xls file, or has a password. Open it"),
        (b"msgid", "../../etc/back.po", "It cannot be used: line 1 does not end with"),
        (bytes(5_000_001), "back.xlsx", "It has more than 5 MB."),
        (bytes(20_000_001), "back.xlsx", "It has more than 5 MB."),
    ],
    ids=["none", "xls", "password", "po", "6 MB", "20 MB"],
)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(
    data: bytes, name: str, told: str, reader: Person
) -> None:
    answer = upload(reader, data, 413 if len(data) > 20_000_000 else 422, name=name)

    assert told in texts(answer, ".trouble p")[0]
    assert (page_of(answer).query(".trouble a")[0].attrs or {})["href"] == "#file"


def test_other_forms_keep_their_limits(reader: Person) -> None:
    reader.post(f"/{TAG}/sentence/{ID}/", {"form-0": "x" * 1_100_000}, 413, form=SCREEN)


def test_what_stands_in_a_file_is_only_text(kept: Site, reader: Person) -> None:
    script = "<script>alert(1)</script>"

    def damage(page: Any) -> None:
        fill(ID, script)(page)
        cell(page, OTHER, "id").value = script

    found = upload(reader, damaged(sheets.sent(stock_of(kept), TAG), damage))

    assert script not in found.text
    assert len(page_of(found).query("script")) == 1  # the desk's own


def test_a_thousand_rows_with_six_forms_are_taken_at_once(site: Site, anna: Person) -> None:
    """As many fields of a form as there are rows would be refused."""
    stock = stock_of(site)

    def damage(page: Any) -> Iterator[None]:
        for row in page.iter_rows(min_row=2):
            for each in row[3:9]:
                each.value = each.value and f"{each.value}\u060c"
        yield

    data = damaged(sheets.sent(stock, ARABIC), lambda page: [*damage(page)])
    found = upload(anna, data, tag=ARABIC)
    answer = take(anna, found, tag=ARABIC)

    taken = texts(anna.get(answer.location), ".result")[0]
    assert int(taken.split()[0].replace(",", "")) > len(stock.messages) * 0.9
