"""Each save is one commit of one file, and each older version can be put back."""

import datetime as dt
import os
import shutil
from pathlib import Path

import desk_site
import pytest
from desk_site import LANGUAGE, TAG, again, edit_outside, run_git, words
from inspection_outcome.desk.commits import OUTSIDE, Done, Version
from inspection_outcome.desk.git import Author
from inspection_outcome.desk.history import History
from inspection_outcome.desk.saving import PUT_BACK, SAVE, Saved, Writer, update
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n import states
from inspection_outcome.i18n.edit_entry import BrokenError, Edit, EntryChangedError, fingerprint
from inspection_outcome.i18n.states import Checked, State

ID, OTHER, PLURAL = "home.title", "help.title", "home.good"
ANNA = Author("Anna Kowalska")
FILE = "translations/cs/LC_MESSAGES/messages.po"


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """Return the stock of a site under version control."""
    return desk_site.make(tmp_path, git=True)


def save(stock: Stock, id_: str, *forms: str, by: Author = ANNA) -> Saved:
    """Save a sentence at the desk."""
    edit = Edit(id_, forms, fingerprint(again(stock).entry(TAG, id_)))
    return Writer(again(stock), History(stock.folders.translations), by).save(TAG, edit)


def versions(stock: Stock, id_: str = ID) -> list[Version]:
    """Return the versions of a sentence."""
    return History(stock.folders.translations).versions(stock.path(TAG), LANGUAGE, id_)


def put_back(stock: Stock, version: Version, id_: str = ID) -> Saved:
    """Put an older version of a sentence back."""
    now = again(stock)
    writer = Writer(now, History(stock.folders.translations), ANNA)
    return writer.put_back(TAG, id_, version.translation, fingerprint(now.entry(TAG, id_)))


def told(found: list[Version]) -> list[tuple[str, str, str]]:
    """Return who did what, and what they wrote."""
    return [
        (each.who, each.action, each.translation.forms[0] if each.translation else "")
        for each in found
    ]


def test_a_save_is_one_commit_of_the_file_alone(stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "content/home.toml").write_text("half done", encoding="utf-8")

    saved = Writer(stock, History(stock.folders.translations), ANNA).save(
        TAG, Edit(ID, ["Nowy"], fingerprint(stock.entry(TAG, ID)))
    )

    assert saved.unkept == ""
    assert run_git(tmp_path, "log", "-1", "--format=%an <%ae>%n%B", "--name-only").split("\n") == [
        "Anna Kowalska <desk@localhost>",
        "Desk: save, qaa, home.title",
        "",
        "Desk-Action: save",
        "Language: qaa",
        "Sentence: home.title",
        "",
        "",
        FILE,
        "",
    ]


def test_what_somebody_staged_is_in_no_commit_and_not_lost(stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "content/new.toml").write_text("new", encoding="utf-8")
    (tmp_path / "content/help.toml").write_text("staged", encoding="utf-8")
    run_git(tmp_path, "add", "content/new.toml", "content/help.toml")
    (tmp_path / "content/help.toml").write_text("not staged", encoding="utf-8")

    save(stock, ID, "Nowy")

    status = run_git(tmp_path, "status", "--porcelain", "-uno").splitlines()
    assert status == ["MM content/help.toml", "A  content/new.toml"]
    assert run_git(tmp_path, "show", ":content/help.toml") == "staged"
    assert run_git(tmp_path, "log", "-1", "--name-only", "--format=").split() == [FILE]


def test_a_name_that_means_another_to_git_is_of_one_file(stock: Stock, tmp_path: Path) -> None:
    folder = stock.folders.translations
    for name in (":a.toml", "a.toml"):
        (folder / name).touch()

    History(folder).keep(folder / ":a.toml", Done(SAVE, ANNA, TAG))

    assert run_git(tmp_path, "log", "-1", "--name-only", "--format=").split() == [
        "translations/:a.toml"
    ]


def test_hooks_and_signing_are_not_for_the_desk(stock: Stock, tmp_path: Path) -> None:
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg"):
        hook = tmp_path / ".git/hooks" / name
        hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    run_git(tmp_path, "config", "commit.gpgSign", "true")
    run_git(tmp_path, "config", "gpg.program", "/nowhere")

    assert save(stock, ID, "Nowy").unkept == ""
    assert not (tmp_path / "ran").exists()


def test_variables_of_git_cannot_lead_the_desk_elsewhere(
    stock: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    save(stock, ID, "Nowy")
    monkeypatch.undo()

    assert told(versions(stock))[0] == ("Anna Kowalska", SAVE, "Nowy")


def test_versions_tell_who_and_what_the_newest_first(stock: Stock) -> None:
    begin = words(stock, ID)[0]
    save(stock, ID, "Pierwszy")
    save(stock, OTHER, "Pomoc")
    save(stock, ID, "Drugi", by=Author("Olena Ś"))

    found = versions(stock)

    assert told(found) == [
        ("Olena Ś", SAVE, "Drugi"),
        ("Anna Kowalska", SAVE, "Pierwszy"),
        ("Poedit", "", begin),
    ]
    assert all(each.when and each.when.tzinfo for each in found)


def test_what_was_changed_outside_the_desk_is_told_committed_or_not(
    stock: Stock, tmp_path: Path
) -> None:
    save(stock, ID, "Przy biurku")
    edit_outside(stock, ID, "W Poedicie")
    run_git(tmp_path, "commit", "--quiet", "--all", "-m", "Poedit")
    edit_outside(stock, ID, "Jeszcze nie")

    assert told(versions(stock))[:3] == [
        ("", "", "Jeszcze nie"),
        ("Poedit", "", "W Poedicie"),
        ("Anna Kowalska", SAVE, "Przy biurku"),
    ]
    assert versions(stock)[0].when is None


def test_what_was_changed_outside_is_not_kept_under_the_name_of_who_saves_next(
    stock: Stock,
) -> None:
    edit_outside(stock, OTHER, "W Poedicie")

    save(stock, ID, "Przy biurku")

    assert told(versions(stock, OTHER))[0] == ("Changed outside the desk", OUTSIDE, "W Poedicie")
    assert told(versions(stock))[0] == ("Anna Kowalska", SAVE, "Przy biurku")


def test_what_an_editor_overwrote_is_in_the_history(stock: Stock) -> None:
    """Poedit has the whole file in memory, and writes it over what was saved meanwhile."""
    opened = stock.path(TAG).read_bytes()
    save(stock, ID, "Przy biurku")
    stock.path(TAG).write_bytes(opened)

    put_back(stock, versions(stock)[1])

    assert words(stock, ID) == ("Przy biurku",)


def overwritten(stock: Stock) -> list[tuple[str, str]]:
    """Return the sentences that were overwritten, and what was saved of them."""
    found = History(stock.folders.translations).overwritten(stock.path(TAG), LANGUAGE)
    return [(each.id, each.saved.translation.forms[0]) for each in found if each.saved.translation]


def test_what_was_overwritten_is_told_until_somebody_saves_it_anew(stock: Stock) -> None:
    """Also when the editor's file is in the history already, and when other saves came after it."""
    opened = stock.path(TAG).read_bytes()
    save(stock, ID, "Przy biurku")
    assert overwritten(stock) == []

    stock.path(TAG).write_bytes(opened)
    assert overwritten(stock) == [(ID, "Przy biurku")]
    save(stock, OTHER, "Pomoc")
    assert overwritten(stock) == [(ID, "Przy biurku")]

    save(stock, ID, "Jeszcze raz")
    assert overwritten(stock) == []


def test_what_git_did_not_take_is_not_told_as_overwritten(stock: Stock, tmp_path: Path) -> None:
    """The desk saved it: before a later save has kept it in the history, and after."""
    save(stock, ID, "Przy biurku")
    lock = tmp_path / ".git" / "index.lock"
    lock.touch()
    save(stock, ID, "Bez historii")
    assert overwritten(stock) == []

    lock.unlink()
    save(stock, OTHER, "Inne")
    assert overwritten(stock) == []


def test_a_commit_of_a_wrong_clock_hides_nothing(stock: Stock, tmp_path: Path) -> None:
    save(stock, ID, "Przy biurku")
    edit_outside(stock, ID, "Z Poedit")
    long_ago = "2001-01-01T00:00:00"
    run_git(tmp_path, "commit", "--quiet", "-a", "--message", "x", "--date", long_ago)

    assert overwritten(stock) == [(ID, "Przy biurku")]


def test_what_was_overwritten_is_told_at_once_by_one_history(stock: Stock) -> None:
    history, opened = History(stock.folders.translations), stock.path(TAG).read_bytes()
    save(stock, ID, "Przy biurku")
    assert history.overwritten(stock.path(TAG), LANGUAGE) == []

    stock.path(TAG).write_bytes(opened)

    assert [each.id for each in history.overwritten(stock.path(TAG), LANGUAGE)] == [ID]


def test_what_else_changed_outside_overwrites_nothing(stock: Stock) -> None:
    save(stock, ID, "Przy biurku")
    edit_outside(stock, OTHER, "W Poedicie")

    assert overwritten(stock) == []


def test_new_english_overwrites_nothing(stock: Stock) -> None:
    save(stock, ID, "Przy biurku")
    home = stock.folders.content / "home.toml"
    text = home.read_text(encoding="utf-8")
    home.write_text(text.replace(stock.messages[ID].sentence.text, "New"), encoding="utf-8")

    assert [*update(again(stock), History(stock.folders.translations), [TAG])] == []
    assert overwritten(stock) == []


def test_a_version_is_put_back_with_its_check(stock: Stock, tmp_path: Path) -> None:
    begin = stock.entry(TAG, ID)
    states.accept(stock.path(TAG), LANGUAGE, [begin], Checked("Ewa", dt.date(2026, 11, 24)))
    run_git(tmp_path, "commit", "--quiet", "--all", "-m", "Checked")
    save(stock, ID, "Pomyłka")

    saved = put_back(stock, versions(stock)[1])

    assert (saved.entry.forms, saved.entry.state) == (begin.forms, State.CHECKED)
    assert told(versions(stock))[0] == ("Anna Kowalska", PUT_BACK, begin.forms[0])


def test_a_version_of_other_english_is_put_back_as_such(stock: Stock, tmp_path: Path) -> None:
    """Else readers would get the meaning that was taken back."""
    home = tmp_path / "content/home.toml"
    was = stock.messages[ID].sentence.text
    home.write_text(
        home.read_text(encoding="utf-8").replace(f'text = "{was}"', 'text = "Is it good?"', 1),
        encoding="utf-8",
    )
    save(stock, ID, "Czy jest dobrze?")

    entry = put_back(stock, versions(stock)[-1]).entry

    assert (entry.state, entry.before) == (State.ENGLISH_CHANGED, (was,))
    assert entry.forms == stock.entry(TAG, ID).forms


def test_a_version_that_was_not_translated_or_is_broken_can_be_put_back(stock: Stock) -> None:
    writer = Writer(stock, History(stock.folders.translations), ANNA)
    seen = fingerprint(stock.entry(TAG, PLURAL))
    writer.save(TAG, Edit(PLURAL, ["", "", ""], seen, broken_too=True))
    save(stock, PLURAL, "{homes} dom", "{homes} domy", "{homes} domów")

    assert put_back(stock, versions(stock, PLURAL)[1], PLURAL).entry.state is State.NOT_TRANSLATED

    seen = fingerprint(again(stock).entry(TAG, ID))
    Writer(again(stock), writer.history, ANNA).save(TAG, Edit(ID, ["{x}"], seen, broken_too=True))
    save(stock, ID, "Dobrze")
    with pytest.raises(BrokenError):
        put_back(stock, versions(stock)[1])


def test_plural_forms_are_put_back_for_the_numbers_that_they_were_for(
    stock: Stock, tmp_path: Path
) -> None:
    begin = words(stock, PLURAL)
    save(stock, PLURAL, "{homes} dom", "{homes} domy", "{homes} domów")
    path = stock.path(TAG)
    text = path.read_text(encoding="utf-8")
    for old, new in {"? 0 :": "? 2 :", " : 2)": " : 0)", "msgstr[0]": "msgstr[x]"}.items():
        text = text.replace(old, new)
    text = text.replace("msgstr[2]", "msgstr[0]").replace("msgstr[x]", "msgstr[2]")
    path.write_text(text, encoding="utf-8")
    run_git(tmp_path, "commit", "--quiet", "--all", "-m", "A tool with another order of forms")

    put_back(stock, versions(stock, PLURAL)[-1], PLURAL)

    assert words(stock, PLURAL) == (begin[2], begin[1], begin[0])


def test_to_put_back_what_changed_meanwhile_is_a_conflict(stock: Stock) -> None:
    save(stock, ID, "Pierwszy")
    older, now = versions(stock)[1], again(stock)
    seen = fingerprint(now.entry(TAG, ID))
    save(stock, ID, "Drugi")

    with pytest.raises(EntryChangedError):
        Writer(now, History(stock.folders.translations), ANNA).put_back(
            TAG, ID, older.translation, seen
        )


def test_outside_a_work_tree_it_says_so_and_can_begin(tmp_path: Path) -> None:
    stock = desk_site.make(tmp_path)
    history = History(stock.folders.translations)
    assert (history.can_begin, versions(stock)) == (True, [])
    assert "not under version control" in history.none
    assert save(stock, ID, "Bez historii").unkept == ""

    history.begin(ANNA)

    assert (history.none, history.can_begin) == ("", False)
    assert save(stock, ID, "Z historią").unkept == ""
    assert [each[2] for each in told(versions(stock))] == ["Z historią", "Bez historii"]
    ours = stock.folders.translations
    assert run_git(ours, "status", "--porcelain") == ""


def test_a_work_tree_without_any_commit_is_a_history(tmp_path: Path) -> None:
    stock = desk_site.make(tmp_path)
    run_git(tmp_path, "init", "--quiet")
    assert (versions(stock)[0].when, overwritten(stock)) == (None, [])

    assert save(stock, ID, "Nowy").unkept == ""
    assert told(versions(stock))[0] == ("Anna Kowalska", SAVE, "Nowy")


def test_a_new_languages_file_is_kept_from_its_first_save_on(stock: Stock, tmp_path: Path) -> None:
    run_git(tmp_path, "rm", "--quiet", "--cached", FILE)
    run_git(tmp_path, "commit", "--quiet", "-m", "Forget it")
    (tmp_path / ".gitignore").write_text("*.po\n", encoding="utf-8")

    save(stock, ID, "Nowy")

    assert told(versions(stock))[0] == ("Anna Kowalska", SAVE, "Nowy")


def test_a_new_file_is_kept_though_somebody_has_git_hide_new_files(
    stock: Stock, tmp_path: Path
) -> None:
    run_git(tmp_path, "rm", "--quiet", "--cached", FILE)
    run_git(tmp_path, "commit", "--quiet", "-m", "Forget it")
    run_git(tmp_path, "config", "status.showUntrackedFiles", "no")

    save(stock, ID, "Nowy")

    assert told(versions(stock))[0] == ("Anna Kowalska", SAVE, "Nowy")


@pytest.mark.parametrize("when", ["@253402300800 +0000", "@1700000000 +2500"])
def test_a_commit_of_a_time_that_cannot_be_is_told(when: str, stock: Stock, tmp_path: Path) -> None:
    edit_outside(stock, ID, "Nowy")
    run_git(tmp_path, "commit", "--quiet", "--all", "-m", "Odd", "--date", when)

    assert told(versions(stock))[0] == ("Poedit", "", "Nowy")


def test_without_git_it_says_so(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    history = History(stock.folders.translations)

    assert "git is not installed" in history.none
    assert (history.can_begin, history.user(), versions(stock)) == (False, "", [])
    assert save(stock, ID, "Nowy").unkept == ""
    assert words(stock, ID) == ("Nowy",)


def test_a_save_that_git_does_not_take_is_saved_all_the_same_and_told(
    stock: Stock, tmp_path: Path
) -> None:
    (tmp_path / ".git/index.lock").touch()

    saved = save(stock, ID, "Nowy")

    assert "index.lock" in saved.unkept
    assert words(stock, ID) == ("Nowy",)


@pytest.mark.parametrize("name", ["index.lock", "HEAD.lock"])
def test_a_lock_that_a_killed_git_left_keeps_no_history_away(
    name: str, stock: Stock, tmp_path: Path
) -> None:
    lock = tmp_path / ".git" / name
    lock.touch()
    os.utime(lock, (0, 0))

    assert save(stock, ID, "Nowy").unkept == ""
    assert told(versions(stock))[0] == ("Anna Kowalska", SAVE, "Nowy")


def test_control_characters_reach_no_commit(stock: Stock, tmp_path: Path) -> None:
    edit_outside(stock, ID, "Nowy")
    history = History(stock.folders.translations)
    for author in (Author("Anna\nDesk-Action: x"), Author("A", "x\0y"), Author("A\x1b[2J")):
        said = history.keep(stock.path(TAG), Done(SAVE, author, TAG, ID))
        assert "control character" in said

    assert run_git(tmp_path, "log", "--format=%s").split() == ["Begin"]


def test_old_files_that_cannot_be_read_are_passed_over(stock: Stock, tmp_path: Path) -> None:
    path = stock.path(TAG)
    good = path.read_bytes()
    mark = f'msgctxt "{ID}"\n'.encode()
    for spoilt in (b"", good.replace(mark, mark + b"<<<<<<< HEAD\n"), good.replace(b"\n", b"\r\n")):
        path.write_bytes(spoilt)
        run_git(tmp_path, "commit", "--quiet", "--all", "-m", "Spoilt")
    path.write_bytes(good)

    assert versions(stock)[0].translation
    assert len(versions(stock)) <= 4


@pytest.mark.slow
def test_versions_are_found_fast_among_hundreds_of_commits(stock: Stock) -> None:
    for number in range(60):
        edit_outside(stock, OTHER, f"Poedit {'i' * number}")
        save(stock, OTHER, f"Przy biurku {'i' * number}")
    before = os.times()

    assert len(versions(stock)) == 1
    assert len(versions(stock, OTHER)) == 100
    spent = os.times()
    assert sum(spent[:4]) - sum(before[:4]) < 0.5
