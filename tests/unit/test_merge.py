"""Extraction of sentences, and the merge of changed English into catalogues without any loss."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import polib
import pseudo_locales
import pytest
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.extract import Message, template
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import Change, merge, update
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import sign
from inspection_outcome.report.sentence import Sentence
from msgspec.structs import replace

POLISH = Language("pl", "Polski")
RULE = POLISH.plural_rule
ONE = Sentence("home.one", "Most children feel safe.", "site")
TWO = Sentence("home.two", "Ring {line}.", "site", critical=True, slots={"line": "phone"})
COUNT = Sentence(
    "home.count", "{homes} home", "site", plural="{homes} homes", slots={"homes": "count"}
)


def messages(*sentences: Sentence) -> list[Message]:
    return [Message("home", each, "") for each in sentences]


def translated(*sentences: Sentence) -> polib.POFile:
    """Return a catalogue in which the translation of each sentence names its id."""
    po, _ = merge(po_file.new(POLISH), POLISH, messages(*sentences))
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(3), f"said {entry.msgctxt}")
        else:
            entry.msgstr = f"said {entry.msgctxt}"
    return po


def after(po: polib.POFile, *sentences: Sentence) -> dict[str, polib.POEntry]:
    """Merge sentences into a catalogue, write and parse it, and return its entries by id."""
    fresh, _ = merge(po, POLISH, messages(*sentences))
    again = polib.pofile(po_file.text(fresh), wrapwidth=0)
    return {str(entry.msgctxt): entry for entry in again}


@pytest.fixture(scope="module")
def gathered() -> list[Message]:
    """Return the messages of the frozen site."""
    return pseudo_locales.messages()


def test_gathering_is_the_same_every_time(gathered: list[Message]) -> None:
    assert po_file.text(template(pseudo_locales.messages())) == po_file.text(template(gathered))


def test_every_sentence_is_gathered_once_with_what_a_translator_must_know(
    gathered: list[Message],
) -> None:
    found = {each.sentence.id: each for each in gathered}

    assert len(found) == len(gathered) > 250
    assert found["ui.ring"].notes == (
        "Critical: readers see the English beside it until a speaker has checked it.\n"
        "{phone}: a number to ring"
    )
    assert found["home.byline"].notes == (
        "{ofsted}: the name of an organisation or document; {council}: the name of a place; "
        "{visit_month}: a month with its year"
    )
    assert (found["home.byline"].page, found["ui.ring"].page) == ("home", "ui")


def test_no_value_of_a_fact_is_in_a_note(gathered: list[Message]) -> None:
    """Otherwise a new date would change every catalogue."""
    lines = po_file.text(template(gathered)).splitlines()
    notes = [line for line in lines if line.startswith("#.")]

    assert len(notes) > 50
    assert [line for line in notes if "2026" in line or "Northmarsh" in line] == []


def test_an_update_without_a_change_changes_nothing() -> None:
    po = translated(ONE, TWO, COUNT)
    before = po_file.text(po)

    fresh, updated = merge(po, POLISH, messages(ONE, TWO, COUNT))

    assert po_file.text(fresh) == before
    assert (updated.new, updated.gone, updated.changed) == ((), (), ())


def test_new_sentences_are_added_in_their_place() -> None:
    po = translated(ONE, COUNT)

    _, updated = merge(po, POLISH, messages(ONE, TWO, COUNT))

    assert updated.new == ("home.two",)
    assert list(after(po, ONE, TWO, COUNT)) == ["home.one", "home.two", "home.count"]


def test_changed_english_is_marked_with_the_old_english_beside_it() -> None:
    new = replace(ONE, text="Some children feel safe.")
    po = translated(ONE)

    _, updated = merge(po, POLISH, messages(new))
    entry = after(po, new)["home.one"]

    assert updated.changed == (Change("home.one", ONE.text, new.text),)
    assert updated.changed[0].words() == "[-Most-] {+Some+} children feel safe."
    assert (entry.fuzzy, entry.previous_msgid, entry.msgid, entry.msgstr) == (
        True,
        ONE.text,
        new.text,
        "said home.one",
    )


def test_english_changed_twice_keeps_the_english_that_was_translated() -> None:
    po = translated(ONE)
    for text in ("Some children feel safe.", "Few children feel safe."):
        po, _ = merge(po, POLISH, messages(replace(ONE, text=text)))

    assert (po[0].previous_msgid, po[0].msgid) == (ONE.text, "Few children feel safe.")


def test_checked_english_that_comes_back_needs_no_mark() -> None:
    po = translated(ONE, COUNT)
    for entry, sentence in zip(po, (ONE, COUNT), strict=True):
        said = po_file.translation(entry, RULE)
        entry.tcomment = sign(POLISH, sentence, said, "Anna", dt.date(2026, 11, 24))
    before = po_file.text(po)
    changed = messages(replace(ONE, text="Some."), replace(COUNT, plural="all {homes} homes"))
    po, updated = merge(po, POLISH, changed)
    assert len(updated.changed) == 2

    assert po_file.text(merge(po, POLISH, messages(ONE, COUNT))[0]) == before


def test_english_that_comes_back_keeps_the_mark_where_nobody_checked_it() -> None:
    """A translator may have begun to follow the English in between."""
    po, _ = merge(translated(ONE), POLISH, messages(replace(ONE, text="Some.")))
    po[0].msgstr = "said of the other English"

    assert after(po, ONE)["home.one"].fuzzy


def test_a_count_that_comes_and_goes_leaves_no_empty_forms() -> None:
    po = translated(ONE)
    for sentence in (replace(ONE, text="{n} child", plural="{n} children"), ONE):
        po, _ = merge(po, POLISH, messages(sentence))

    assert (po[0].msgstr, po[0].fuzzy) == ("said home.one", True)


def test_a_check_of_what_a_translation_no_longer_says_goes() -> None:
    po = translated(ONE)
    other = Translation(ONE.forms, ("something else",), RULE)
    po[0].tcomment = "A note.\n" + sign(POLISH, ONE, other, "Anna", dt.date(2026, 11, 24))

    assert after(po, ONE)["home.one"].tcomment == "A note."


def test_a_mark_that_somebody_set_stays() -> None:
    po = translated(ONE)
    po[0].flags = ["fuzzy"]

    assert after(po, ONE)["home.one"].fuzzy


def test_a_copy_from_another_id_keeps_saying_so() -> None:
    path = Path(__file__).parent.parent / "data" / "catalogues" / "msgmerge-previous.po"
    sentences = [
        replace(ONE, id=f"home.{name}", text=f"{word} children feel safe at home.")
        for name, word in (("two", "Some"), ("one", "Most"))
    ]
    fresh, _ = merge(po_file.read(path, POLISH), POLISH, messages(*sentences))

    assert (fresh[0].fuzzy, fresh[0].previous_msgctxt) == (True, "home.one")
    assert not fresh[1].fuzzy


def test_what_is_not_translated_is_not_marked() -> None:
    po, _ = merge(po_file.new(POLISH), POLISH, messages(ONE))
    new = replace(ONE, text="Some.")

    _, updated = merge(po, POLISH, messages(new))

    assert updated.changed == ()
    assert not after(po, new)["home.one"].fuzzy


def test_what_is_gone_is_kept_out_of_use_and_comes_back() -> None:
    po = translated(ONE, TWO)
    before = po_file.text(po)

    fresh, updated = merge(po, POLISH, messages(ONE))
    assert updated.gone == ("home.two",)
    kept = polib.pofile(po_file.text(fresh), wrapwidth=0)
    assert [entry.msgstr for entry in kept if entry.obsolete] == ["said home.two"]

    again, updated = merge(kept, POLISH, messages(ONE, TWO))
    assert (updated.new, updated.gone) == ((), ())
    assert po_file.text(again) == before


def test_what_a_second_entry_for_one_sentence_says_is_kept_as_a_note() -> None:
    """Gettext refuses two entries for one id, even if one is obsolete."""
    po = translated(ONE)
    for text in ("Second", "said home.one", "", "Third\n"):
        po.append(polib.POEntry(msgctxt="home.one", msgid=ONE.text, msgstr=text))

    fresh, merged = merge(po, POLISH, messages(ONE))

    assert [(entry.msgstr, entry.tcomment) for entry in fresh] == [
        ("said home.one", "another msgstr was: Second\nanother msgstr was: Third\\n")
    ]
    assert merged.gone == ()
    assert po_file.text(merge(fresh, POLISH, messages(ONE))[0]) == po_file.text(fresh)


def test_a_sentence_that_gains_or_loses_its_count_keeps_its_words() -> None:
    one, many = replace(COUNT, plural=None), COUNT

    gained = after(translated(one), many)["home.count"]
    lost = after(translated(many), one)["home.count"]

    assert (gained.fuzzy, gained.msgstr_plural[0], len(gained.msgstr_plural)) == (
        True,
        "said home.count",
        3,
    )
    assert (lost.fuzzy, lost.msgstr) == (True, " / ".join(["said home.count"] * 3))


def test_translators_notes_and_the_header_s_comment_stay() -> None:
    po = translated(ONE)
    po.header = "Begun by Anna."
    po[0].tcomment = "Ask Anna."

    fresh, _ = merge(po, POLISH, messages(ONE))

    assert (fresh.header, fresh[0].tcomment) == ("Begun by Anna.", "Ask Anna.")


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("a b c", "a x c", "a [-b-] {+x+} c"),
        ("a b", "a b c", "a b {+c+}"),
        ("a b c", "b c", "[-a-] b c"),
        ("", "a", "{+a+}"),
        ("a " * 301, "b", f"[-{'a ' * 301}-] {{+b+}}"),  # too long to compare in time
    ],
)
def test_a_change_is_shown_word_by_word(before: str, now: str, shown: str) -> None:
    assert Change("x", before, now).words() == shown


def test_a_translation_that_msgmerge_took_out_of_use_comes_back() -> None:
    """Where msgmerge finds no likeness, it adds an empty entry, and the old one is obsolete."""
    po = translated(ONE)
    empty = po_file.entry(ONE, [""], comment="")
    po[0].obsolete = True
    po.insert(0, empty)

    assert after(po, ONE)["home.one"].msgstr == "said home.one"


GIT = shutil.which("git")


def merged_by_git(base: Path, ours: str, theirs: str) -> str:
    """Return what git makes of two versions of a file, as it is a program of its own."""
    for name, text in (("ours", ours), ("theirs", theirs)):
        base.with_name(name).write_text(text, encoding="utf-8")
    command = [str(GIT), "merge-file", "-p", "ours", base.name, "theirs"]
    done = subprocess.run(command, cwd=base.parent, capture_output=True, check=False)  # noqa: S603 (ours)
    assert done.returncode == 0, done.stdout.decode()
    return done.stdout.decode()


@pytest.mark.skipif(GIT is None, reason="git is not installed")
@pytest.mark.parametrize("kept", [3, 0], ids=["translated", "not translated"])
def test_two_branches_that_each_took_a_sentence_out_merge_into_a_whole_file(
    kept: int, tmp_path: Path
) -> None:
    """Each says one sentence fewer, so the file that git merges has one fewer than it says."""
    sentences = [replace(ONE, id=f"home.{letter}") for letter in "abcdefghijklmnop"]
    po = po_file.new(POLISH)
    if kept:
        po = translated(*sentences, replace(ONE, id="home.h-old"))
    path = po_file.path_of(tmp_path, POLISH)
    po_file.write(merge(po, POLISH, messages(*sentences))[0], path)
    base = path.read_text(encoding="utf-8")
    branches = []
    for gone in ("home.c", "home.n"):
        without = messages(*(each for each in sentences if each.id != gone))
        branches.append(po_file.text(merge(polib.pofile(base), POLISH, without)[0]))

    path.write_text(merged_by_git(path, *branches), encoding="utf-8")

    left = [each for each in sentences if each.id not in {"home.c", "home.n"}]
    assert "X-Sentences: 15" in path.read_text(encoding="utf-8")
    assert update(path, POLISH, messages(*left)).gone == ()
    text = path.read_text(encoding="utf-8")
    assert "X-Sentences: 14" in text
    assert text.count("#~ msgctxt") == kept
