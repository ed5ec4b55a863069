"""A council's translations begin with what holds of another site's, and later take its changes."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n import po_file, states, upstream
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import Checked, State

pytestmark = pytest.mark.slow

Follow = Callable[..., Result]
Spoil = Callable[[str, str, str], Path]
POLISH = Language("pl", "Polski")
RULE = POLISH.plural_rule.header
TITLE = "Jak dobra jest pomoc?"
GLOSSARY = 'same = ["Ofsted"]\n'
OTHER_ORDER = (
    "nplurals=4; plural=(n==1 ? 3 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 2 : 1);"
)
"""Polish as some tools have it: in another order, and with a form for fractions, here the first."""


@pytest.fixture
def theirs(small: Path, tmp_path: Path) -> Path:
    """Return upstream's translations folder: everything is in a pseudo-translation into Polish."""
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (POLISH,), pseudo_locales.messages(small))
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    return folder


@pytest.fixture
def ours(small: Path, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a translations folder that was begun from upstream's, and is the one of commands."""
    folder = tmp_path / "ours"
    upstream.begin(theirs, folder, pseudo_locales.messages(small))
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def follow(ours: Path, theirs: Path) -> Follow:
    assert ours.is_dir()
    command = ["update", "--from", theirs.name]
    return lambda *more: CliRunner().invoke(translations, [*command, *more])


def file(folder: Path) -> Path:
    return po_file.path_of(folder, POLISH)


def entries(folder: Path) -> dict[str, polib.POEntry]:
    return {str(entry.msgctxt): entry for entry in po_file.read(file(folder), POLISH)}


def say(folder: Path, id_: str, text: str, *, fuzzy: bool = False) -> None:
    """Translate a sentence in a folder's file."""
    po = po_file.read(file(folder), POLISH)
    entry = next(entry for entry in po if entry.msgctxt == id_)
    entry.msgstr, entry.flags = text, ["fuzzy"] if fuzzy else []
    po_file.write(po, file(folder))


def said(folder: Path, id_: str) -> str:
    return entries(folder)[id_].msgstr


def accept(folder: Path, small: Path, id_: str, who: str) -> None:
    """Let a speaker accept a sentence in a folder's file."""
    sentences = [each.sentence for each in pseudo_locales.messages(small)]
    made = assess_all(POLISH, sentences, po_file.translations(po_file.read(file(folder), POLISH)))
    by = Checked(who, dt.date(2026, 11, 24))
    assert states.accept(file(folder), POLISH, [made.entries[id_]], by)


def state(folder: Path, small: Path, id_: str) -> State:
    found = po_file.translations(po_file.read(file(folder), POLISH))
    sentences = {each.sentence.id: each.sentence for each in pseudo_locales.messages(small)}
    return states.assess(POLISH, sentences[id_], found[id_]).state


def order_of_forms(folder: Path, header: str, forms: tuple[int, ...]) -> None:
    """Write another plural rule into a folder's file; `forms`: which one each had before."""
    po = po_file.read(file(folder), POLISH)
    po.metadata["Plural-Forms"] = header
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {
                place: entry.msgstr_plural[before] for place, before in enumerate(forms)
            }
    po_file.write(po, file(folder))


def test_a_folder_begins_with_what_holds_word_for_word(
    theirs: Path, small: Path, spoil: Spoil, tmp_path: Path
) -> None:
    accept(theirs, small, "home.title", "Anna")
    say(theirs, "home.lead", "No fact.")
    say(theirs, "ui.skip", "draft", fuzzy=True)
    order_of_forms(theirs, OTHER_ORDER, (2, 2, 1, 0))
    spoil("home.toml", "How good the help is.", "Other English.")
    messages = pseudo_locales.messages(small)
    new = tmp_path / "new"

    numbers = upstream.begin(theirs, new, messages)

    made, there = entries(new), entries(theirs)
    empty = {id_ for id_, each in made.items() if not (each.msgstr or each.msgstr_plural.get(0))}
    assert empty == {"home.lead", "ui.skip", "home.description"}
    assert numbers == {"pl": len(messages) - 3}
    assert list(made) == [each.sentence.id for each in messages]
    assert made["home.good"].msgstr_plural == there["home.good"].msgstr_plural
    assert state(new, small, "home.title") is State.CHECKED
    for name in ("languages.toml", "glossary.toml"):
        assert (new / name).read_text(encoding="utf-8") == (theirs / name).read_text("utf-8")
    assert "Other English." in (new / "messages.pot").read_text(encoding="utf-8")


def test_what_was_mended_there_arrives_and_what_was_changed_here_stays(
    follow: Follow, ours: Path, theirs: Path
) -> None:
    say(theirs, "home.title", TITLE)
    say(theirs, "home.label", "Początek")
    say(ours, "home.label", "Start")
    say(ours, "help.title", "Pomoc")

    told = follow()

    assert told.exit_code == 0
    assert "Polski (pl): 0 new, 0 with changed English, 0 no longer used, 1 taken" in told.stdout
    assert said(ours, "home.title") == TITLE
    assert said(ours, "home.label") == "Start"
    assert said(ours, "help.title") == "Pomoc"
    assert (
        "  home.label differs there, and stays as it is here:\n"
        "    Here:  Start\n"
        "    There: Początek\n"
    ) in told.stdout
    assert "help.title" not in told.stdout


def test_what_stays_is_told_again_only_when_it_is_changed_there_again(
    follow: Follow, ours: Path, theirs: Path
) -> None:
    say(ours, "home.label", "Start")
    told = []
    for text in ("Początek", "Początek", "Dom"):
        say(theirs, "home.label", text)
        told.append(follow().stdout)

    assert ["home.label" in each for each in told] == [True, False, True]
    assert said(ours, "home.label") == "Start"


@pytest.mark.parametrize("what", ["home.label", "home"])
def test_what_was_changed_here_is_taken_if_it_is_asked_for(
    what: str, follow: Follow, ours: Path, theirs: Path
) -> None:
    say(theirs, "home.label", "Początek")
    say(ours, "home.label", "Start")
    say(theirs, "help.title", "Pomoc?")
    say(ours, "help.title", "Pomoc")

    assert follow().stdout.count("Here: ") == 2
    assert follow("--take", what).exit_code == 0

    assert said(ours, "home.label") == "Początek"
    assert said(ours, "help.title") == "Pomoc"


def test_what_is_not_translated_here_is_taken(
    follow: Follow, ours: Path, theirs: Path, spoil: Spoil
) -> None:
    """Also if its English has changed on both sides; a draft of one's own stays as a note."""
    say(ours, "ui.skip", "")
    say(ours, "home.title", "Szkic", fuzzy=True)
    spoil("home.toml", "How good the help is.", "Other English.")
    spoil("home.toml", "The council had {homes} home.", "It had {homes} home.")
    pseudo_locales.write(theirs, POLISH, pseudo_locales.messages(ours.parent / "content"))

    told = follow()

    here, there = entries(ours), entries(theirs)
    assert "0 new, 0 with changed English, 0 no longer used, 4 taken" in told.stdout
    assert not any(entry.fuzzy or entry.previous_msgid for entry in here.values())
    for id_ in ("ui.skip", "home.title", "home.description", "home.good"):
        assert here[id_].msgstr == there[id_].msgstr
        assert here[id_].msgstr_plural == there[id_].msgstr_plural
    notes = {id_: entry.tcomment for id_, entry in here.items() if entry.tcomment}
    assert notes == {"home.title": "msgstr was: Szkic"}


def test_what_readers_would_not_get_is_not_taken(
    follow: Follow, ours: Path, theirs: Path, small: Path
) -> None:
    before = file(ours).read_bytes()
    say(theirs, "home.lead", "No fact.")
    say(theirs, "home.title", TITLE, fuzzy=True)
    say(theirs, "home.label", "")
    say(theirs, "help.label", "<script>x</script>\u202e")
    assert state(theirs, small, "help.label") is State.BROKEN

    assert "0 taken" in follow().stdout
    assert file(ours).read_bytes() == before


def test_other_english_there_is_another_sentence(follow: Follow, ours: Path, theirs: Path) -> None:
    text = file(theirs).read_text(encoding="utf-8")
    changed = text.replace('msgid "Home"', 'msgid "Homes"').replace("Hóomée", "Domy")
    file(theirs).write_text(changed, encoding="utf-8")
    before = file(ours).read_bytes()

    assert "0 taken" in follow().stdout
    assert file(ours).read_bytes() == before


def test_what_a_speaker_accepted_here_stays(
    follow: Follow, ours: Path, theirs: Path, small: Path
) -> None:
    accept(ours, small, "home.title", "Anna")
    say(theirs, "home.title", TITLE)

    assert "home.title differs there" in follow().stdout
    assert state(ours, small, "home.title") is State.CHECKED


def test_a_check_there_arrives_and_is_gone_when_it_is_taken_back(
    follow: Follow, ours: Path, theirs: Path, small: Path
) -> None:
    accept(theirs, small, "home.title", "Anna")
    follow()
    arrived = state(ours, small, "home.title")
    say(theirs, "home.title", TITLE)
    follow()

    assert arrived is State.CHECKED
    assert state(ours, small, "home.title") is State.NEEDS_CHECKING
    assert entries(ours)["home.title"].tcomment == ""


def test_a_check_that_was_taken_back_here_does_not_come_again(
    follow: Follow, ours: Path, theirs: Path, small: Path
) -> None:
    accept(theirs, small, "home.title", "Anna")
    follow()
    text = file(ours).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("# Checked")]
    file(ours).write_text("".join(lines), encoding="utf-8")

    assert "home.title" not in follow().stdout
    assert state(ours, small, "home.title") is State.NEEDS_CHECKING


def test_forms_are_put_in_the_order_of_the_rule_here(
    follow: Follow, ours: Path, theirs: Path
) -> None:
    """Changed there: a word in the form for 1, which is the last there and the first here."""
    before = entries(ours)["home.good"].msgstr_plural
    order_of_forms(theirs, OTHER_ORDER, (2, 2, 1, 0))
    unchanged = follow().stdout
    text = file(theirs).read_text(encoding="utf-8")
    one = polib.escape(before[0])
    assert f'msgstr[3] "{one}"' in text
    file(theirs).write_text(text.replace(one, f"{one}!"), encoding="utf-8")
    follow()

    assert "0 taken" in unchanged
    assert entries(ours)["home.good"].msgstr_plural == before | {0: f"{before[0]}!"}
    assert po_file.read(file(ours), POLISH).metadata["Plural-Forms"] == RULE


def test_forms_that_do_not_fit_the_rule_here_are_left(
    follow: Follow, ours: Path, theirs: Path
) -> None:
    """Here, one form is for 2 and for 5; there, these have two."""
    order_of_forms(ours, "nplurals=2; plural=(n != 1);", (0, 1))
    po = po_file.read(file(theirs), POLISH)
    next(each for each in po if each.msgctxt == "home.good").msgstr_plural[2] = "Miała {homes} ich."
    po_file.write(po, file(theirs))
    before = entries(ours)["home.good"].msgstr_plural

    told = follow()

    assert entries(ours)["home.good"].msgstr_plural == before
    assert (
        "Not taken, as its plural forms are for other numbers than those of "
        "ours/pl/LC_MESSAGES/messages.po: home.good. Translate it there by hand."
    ) in told.stdout


def test_a_folder_that_was_copied_keeps_what_differs_and_tells_it_once(
    follow: Follow, ours: Path, theirs: Path, small: Path
) -> None:
    """Until there was a record, the README told to copy the folder."""
    for record in ours.rglob(upstream.FILE):
        record.unlink()
    say(theirs, "home.label", "Początek")
    accept(theirs, small, "home.title", "Anna")
    accept(ours, small, "help.title", "Jan")
    first, second = follow().stdout, follow().stdout
    say(theirs, "home.title", TITLE)
    third = follow().stdout

    assert ("1 taken" in first, first.count("Here: ")) == (True, 1)
    assert "  home.label differs there, and stays as it is here:" in first
    assert "home.label" not in second
    assert state(ours, small, "help.title") is State.CHECKED
    assert ("1 taken" in third, said(ours, "home.title")) == (True, TITLE)


def test_a_record_is_the_same_whatever_the_order_and_git_can_merge_it(
    ours: Path, follow: Follow
) -> None:
    record = file(ours).with_name(upstream.FILE)
    lines = record.read_text(encoding="utf-8").splitlines()
    before = record.stat().st_mtime_ns
    follow()

    assert lines[1:-1] == sorted(lines[1:-1])
    assert len(lines) == len(entries(ours)) + 2
    assert record.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("here", "there", "becomes", "says"),
    [
        (GLOSSARY, "same = []\n", "same = []\n", "glossary.toml: taken over"),
        (
            "same = [ ]\n",
            "same = []\n",
            "same = [ ]\n",
            "glossary.toml: it differs there, and stays",
        ),
        ("same = []\n", GLOSSARY, "same = []\n", ""),
        ("same = []\n", "same = []\n", "same = []\n", ""),
        (GLOSSARY, "same = 1\n", GLOSSARY, "glossary.toml line 1: same"),
        ("same = 1\n", "same = []\n", "same = 1\n", "glossary.toml line 1: same"),
    ],
    ids=["there", "both", "here", "alike", "broken there", "broken here"],
)
def test_the_glossary_is_taken_if_it_was_changed_there_alone(
    here: str, there: str, becomes: str, says: str, follow: Follow, ours: Path, theirs: Path
) -> None:
    (ours / "glossary.toml").write_text(here, encoding="utf-8")
    (theirs / "glossary.toml").write_text(there, encoding="utf-8")

    told, again = follow(), follow()

    assert (ours / "glossary.toml").read_text(encoding="utf-8") == becomes
    assert says in told.output
    assert ("glossary.toml" in told.output) is bool(says)
    assert ("glossary.toml" in again.output) is ("line 1" in says)


def test_the_list_of_languages_stays_and_what_is_only_there_is_told(
    follow: Follow, ours: Path, theirs: Path
) -> None:
    CliRunner().invoke(translations, ["add", "lt"], env={"OUTCOME_TRANSLATIONS": str(theirs)})
    say_of = po_file.path_of(theirs, Language("lt", "Lietuvių"))
    say_of.write_text(
        say_of.read_text(encoding="utf-8").replace(
            'msgid "Home"\nmsgstr ""', 'msgid "Home"\nmsgstr "Pradžia"'
        ),
        encoding="utf-8",
    )
    before = (ours / "languages.toml").read_bytes()

    told = follow().stdout
    after = (ours / "languages.toml").read_bytes()
    CliRunner().invoke(translations, ["add", "lt"])
    again = follow().stdout

    assert before == after
    assert (
        "Offered there and not here: Lietuvių (lt). To offer one: flask translations add lt."
        in told
    )
    assert "Lietuvių (lt): 0 new, 0 with changed English, 0 no longer used, 1 taken" in again
    assert 'msgstr "Pradžia"' in po_file.path_of(ours, Language("lt", "")).read_text("utf-8")


@pytest.mark.parametrize(
    ("folder", "says"),
    [
        ("nowhere", "There is no folder 'nowhere'. Name the translations folder"),
        ("content", "has no languages.toml. Name the translations folder"),
        ("ours", "is the folder of this site itself. Name the translations folder"),
        ("faulty", "faulty/languages.toml line 1: languages: "),
    ],
)
def test_a_folder_that_cannot_be_followed_is_told_and_nothing_is_done(
    folder: str, says: str, ours: Path, tmp_path: Path
) -> None:
    (tmp_path / "faulty").mkdir()
    (tmp_path / "faulty" / "languages.toml").write_text("languages = 1\n", encoding="utf-8")
    (ours / "messages.pot").unlink()

    told = CliRunner().invoke(translations, ["update", "--from", folder])

    assert told.exit_code == 1
    assert says in told.stderr
    assert not (ours / "messages.pot").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--take", "ui"), "--take needs --from FOLDER"),
        (("--take", "home.titel", "--from", "x"), "there is no sentence or page 'home.titel'."),
    ],
)
def test_what_is_asked_for_must_be_there(arguments: tuple[str, ...], says: str, ours: Path) -> None:
    assert ours.is_dir()
    told = CliRunner().invoke(translations, ["update", *arguments])

    assert told.exit_code == 2
    assert says in told.stderr


def test_a_file_there_that_cannot_be_read_is_named_and_ours_follows_the_english(
    follow: Follow, ours: Path, theirs: Path, spoil: Spoil
) -> None:
    file(theirs).write_bytes(b"junk")
    spoil("home.toml", "How good the help is.", "Other English.")

    told = follow()

    assert told.exit_code == 1
    assert "From translations/pl/LC_MESSAGES/messages.po, nothing was taken." in told.stderr
    assert "Polski (pl): 0 new, 1 with changed English, 0 no longer used\n" in told.stdout
    assert entries(ours)["home.description"].fuzzy


@pytest.mark.parametrize("name", ["messages.po", upstream.FILE])
def test_a_file_here_that_cannot_be_read_stays_as_it_is_and_is_named(
    name: str, follow: Follow, ours: Path, theirs: Path
) -> None:
    say(theirs, "home.title", TITLE)
    file(ours).with_name(name).write_bytes(b"<<<<<<< ours\n")
    before = {path: path.read_bytes() for path in ours.rglob("pl/*/*")}

    told = follow()

    assert told.exit_code == 1
    assert f"ours/pl/LC_MESSAGES/{name}" in told.stderr.partition("git checkout ")[2]
    assert {path: path.read_bytes() for path in ours.rglob("pl/*/*")} == before


def test_what_an_editor_saves_while_translations_are_taken_is_not_overwritten(
    follow: Follow, ours: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(theirs, "home.title", TITLE)
    fsync, text = os.fsync, file(ours).read_text(encoding="utf-8")
    saves = (
        done and file(ours).write_text(text.replace("Hóomée", "Start"), encoding="utf-8")
        for done in (False, True)
    )

    def saved_meanwhile(descriptor: int) -> None:
        next(saves, None)  # the first time, messages.pot is written
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    assert "1 taken" in follow().stdout

    assert (said(ours, "home.label"), said(ours, "home.title")) == ("Start", TITLE)


def test_an_update_without_another_folder_takes_and_records_nothing(
    ours: Path, theirs: Path
) -> None:
    shutil.rmtree(theirs)
    for record in ours.rglob(upstream.FILE):
        record.unlink()

    told = CliRunner().invoke(translations, ["update"])

    assert told.stdout == "Polski (pl): 0 new, 0 with changed English, 0 no longer used\n"
    assert not list(ours.rglob(upstream.FILE))
