"""A sentence's state follows from the PO file and the English.

'Checked' is undone by any edit of either.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast

import polib
import pytest
from inspection_outcome.i18n import po_file, states
from inspection_outcome.i18n.catalogues import Catalogue, assess_all
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import merge
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import Checked, Entry, State
from inspection_outcome.report.sentence import Sentence
from msgspec.structs import replace

POLISH = Language("pl", "Polski")
ONE = Sentence("home.one", "Most children feel safe in {council}.", "site")
TWO = Sentence("home.two", "Some children feel safe in {council}.", "site")
COUNT = Sentence("home.count", "{homes} home", "site", plural="{homes} homes")
SENTENCES = [ONE, TWO, COUNT]
SAID = "W {council} większość dzieci czuje się bezpiecznie."
TRANSLATION = Translation(ONE.forms, (SAID,), POLISH.plural_rule)
DAY = dt.date(2026, 11, 24)
WIDE = 78  # columns of Poedit's lines


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file in which the first sentence is checked and the others are not translated."""
    po, _ = merge(po_file.new(POLISH), POLISH, [Message("home", each, "") for each in SENTENCES])
    po[0].msgstr = SAID
    path = po_file.path_of(tmp_path, POLISH)
    po_file.write(po, path)
    assert states.accept(path, POLISH, [entry(path)], Checked("Anna Kowalska", DAY))
    return path


def entry(path: Path, sentence: Sentence = ONE) -> Entry:
    made = assess_all(POLISH, [sentence], po_file.translations(po_file.read(path, POLISH)))
    return made.entries[sentence.id]


def edit(path: Path, change: Callable[[polib.POEntry], object], number: int = 0) -> None:
    """Change one entry as a generic PO editor would, without this site's code."""
    po = polib.pofile(str(path))
    change(po[number])
    po.save()


def forged(day: str) -> str:
    """Return a comment with a right hash, as somebody may make it who reads the code."""
    return states.sign(POLISH, ONE, TRANSLATION, "Eve", cast("dt.date", day))


def test_a_checked_sentence_says_who_and_when(file: Path) -> None:
    found = entry(file)

    assert (found.state, found.checked) == (State.CHECKED, Checked("Anna Kowalska", DAY))
    assert found.usable


def test_checked_is_one_short_comment(file: Path) -> None:
    """Short enough that no tool wraps it."""
    comments = [line for line in file.read_text(encoding="utf-8").splitlines() if "Checked" in line]

    assert len(comments) == 1
    assert comments[0].startswith("# Checked by Anna Kowalska, 2026-11-24 [")
    assert len(states.sign(POLISH, ONE, TRANSLATION, "N" * states.LONGEST_NAME, DAY)) < 70


def test_nothing_there_is_not_translated(file: Path) -> None:
    assert (entry(file, TWO).state, entry(file, TWO).usable) == (State.NOT_TRANSLATED, False)
    assert entry(file, replace(TWO, id="home.new")).state is State.NOT_TRANSLATED
    edit(file, lambda each: setattr(each, "msgstr", "  \n "), 1)
    assert entry(file, TWO).state is State.NOT_TRANSLATED


def test_other_english_is_english_has_changed(file: Path) -> None:
    """Also before an update: the English in the file differs from that of the content."""
    found = entry(file, replace(ONE, text="Many children feel safe in {council}."))

    assert (found.state, found.usable, found.before) == (State.ENGLISH_CHANGED, False, (ONE.text,))


def test_a_mark_of_change_is_english_has_changed(file: Path) -> None:
    edit(file, lambda each: each.flags.append("fuzzy"))

    assert entry(file).state is State.ENGLISH_CHANGED


def test_a_fault_is_broken_with_its_reason(file: Path) -> None:
    edit(file, lambda each: setattr(each, "msgstr", "Większość dzieci."))
    found = entry(file)

    assert (found.state, found.usable) == (State.BROKEN, False)
    assert [problem.problem for problem in found.problems] == ["{council} is missing"]


@pytest.mark.parametrize(
    ("english", "said", "state"),
    [
        ("Other {council}.", "", State.NOT_TRANSLATED),
        ("Other {council}.", "{nobody}", State.ENGLISH_CHANGED),
        (ONE.text, "{nobody}", State.BROKEN),
    ],
)
def test_the_first_of_the_states_wins(english: str, said: str, state: State, file: Path) -> None:
    edit(file, lambda each: setattr(each, "msgstr", said))

    assert entry(file, replace(ONE, text=english)).state is state


@pytest.mark.parametrize(
    "change",
    [
        lambda each: setattr(each, "msgstr", SAID.replace("większość", "wszystkie")),
        lambda each: setattr(each, "msgstr", SAID + " "),
        lambda each: setattr(each, "tcomment", each.tcomment.replace("[", "[0")),
        lambda each: setattr(each, "tcomment", each.tcomment.replace("2026-11-24", "2026-13-24")),
        lambda each: setattr(each, "tcomment", each.tcomment.replace("2026", "9999")),
        lambda each: setattr(each, "tcomment", each.tcomment.replace("Anna", "Ewa")),
        lambda each: setattr(each, "tcomment", ""),
        lambda each: setattr(each, "tcomment", forged("2023-02-30")),
        lambda each: setattr(each, "tcomment", forged("0000-01-01")),
        lambda each: setattr(each, "tcomment", forged("٢٠٢٣-٠١-٠١")),
    ],
    ids=[
        "one word",
        "one space",
        "another hash",
        "no such day",
        "another year",
        "another name",
        "no comment",
        "no such day, and the hash of it",
        "no such year, and the hash of it",
        "other digits, and the hash of them",
    ],
)
def test_an_edit_undoes_checked(change: Callable[[polib.POEntry], object], file: Path) -> None:
    edit(file, change)

    assert entry(file).state is State.NEEDS_CHECKING


def test_an_edit_of_the_english_and_back_keeps_checked(file: Path) -> None:
    changed = [
        Message("home", replace(each, text=each.text.replace("Most", "Many")), "")
        for each in SENTENCES
    ]
    for messages in (changed, [Message("home", each, "") for each in SENTENCES]):
        po, _ = merge(po_file.read(file, POLISH), POLISH, messages)
        po_file.write(po, file)

    assert entry(file).state is State.CHECKED


def test_checked_copied_onto_another_id_does_not_count(file: Path) -> None:
    """Copied by hand with its comment; the English of the two differs in one word."""
    po = polib.pofile(str(file))
    po[1].msgstr, po[1].tcomment = po[0].msgstr, po[0].tcomment
    po.save()

    assert entry(file, TWO).state is State.NEEDS_CHECKING
    assert entry(file).state is State.CHECKED


def test_the_same_english_under_another_id_is_not_checked(file: Path) -> None:
    po = polib.pofile(str(file))
    po[1].msgid, po[1].msgstr, po[1].tcomment = po[0].msgid, po[0].msgstr, po[0].tcomment
    po.save()

    assert entry(file, replace(ONE, id="home.two")).state is State.NEEDS_CHECKING


def test_checked_copied_into_another_language_does_not_count(file: Path) -> None:
    said = po_file.translations(po_file.read(file, POLISH))
    made = assess_all(Language("cs", "Čeština"), [ONE], said)

    assert made.entries[ONE.id].state is State.NEEDS_CHECKING


def test_what_an_editor_saves_meanwhile_is_not_overwritten(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = entry(file)
    read = po_file.read
    edits = ["Redakcja."]

    def read_and_be_edited(*arguments: Any, **options: Any) -> polib.POFile:
        po = read(*arguments, **options)
        if edits:
            said = edits.pop()
            edit(file, lambda each: setattr(each, "tcomment", said), 1)
        return po

    monkeypatch.setattr(po_file, "read", read_and_be_edited)
    assert states.accept(file, POLISH, [seen], Checked("Jan Nowak", DAY))
    monkeypatch.undo()

    assert "# Redakcja." in file.read_text(encoding="utf-8")
    assert entry(file).checked == states.Checked("Jan Nowak", DAY)


@pytest.mark.parametrize("width", [20, 40, WIDE, 0])
def test_wrapping_keeps_checked(width: int, file: Path) -> None:
    """As Poedit writes: other line breaks, its own header and date, sorted flags."""
    po = polib.pofile(str(file), wrapwidth=width)
    po.metadata |= {"X-Generator": "Poedit 3.4", "PO-Revision-Date": "2026-11-25 10:00+0000"}
    po[0].flags = ["no-wrap"]
    po[0].tcomment = "Seen by the desk.\n" + po[0].tcomment
    po.save()

    assert entry(file).state is (
        State.CHECKED if width >= WIDE or width == 0 else State.NEEDS_CHECKING
    )


def test_every_form_of_a_count_is_under_the_hash(file: Path) -> None:
    edit(
        file,
        lambda each: each.msgstr_plural.update({0: "{homes} a", 1: "{homes} b", 2: "{homes} c"}),
        2,
    )
    assert states.accept(file, POLISH, [entry(file, COUNT)], Checked("Anna Kowalska", DAY))
    assert entry(file, COUNT).state is State.CHECKED
    edit(file, lambda each: each.msgstr_plural.update({1: "{homes} d"}), 2)

    assert entry(file, COUNT).state is State.NEEDS_CHECKING
    assert entry(file, replace(COUNT, plural="all {homes} homes")).state is State.ENGLISH_CHANGED


@pytest.mark.parametrize(
    ("header", "order", "state"),
    [
        ("nplurals=3; plural=(n==1?0:n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:2)", "abc", "C"),
        ("nplurals=3; plural=n==1?2:n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:0;", "cba", "C"),
        ("nplurals=4; plural=n==1?0:n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:2;", "abcd", "C"),
        ("nplurals=3; plural=n==1?2:n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:0;", "abc", "N"),
        ("nplurals=3; plural=(n==1?0:n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:2)", "cba", "N"),
    ],
    ids=["spaces", "another order", "a form for fractions", "the rule alone", "the forms alone"],
)
def test_checked_is_what_each_count_shows(header: str, order: str, state: str, file: Path) -> None:
    """A tool may move the forms with their rule; nobody may change the words for a count."""
    edit(file, lambda each: each.msgstr_plural.update(said_in("abc")), 2)
    assert states.accept(file, POLISH, [entry(file, COUNT)], Checked("Anna Kowalska", DAY))
    po = polib.pofile(str(file))
    po.metadata["Plural-Forms"] = header
    po[2].msgstr_plural = said_in(order)
    po.save()

    wanted = State.CHECKED if state == "C" else State.NEEDS_CHECKING
    assert entry(file, COUNT).state is wanted


def said_in(order: str) -> dict[int, str]:
    return dict(enumerate(f"{{homes}} {letter}" for letter in order))


def test_a_rule_that_changes_meanwhile_is_not_accepted(file: Path) -> None:
    edit(file, lambda each: each.msgstr_plural.update(said_in("abc")), 2)
    seen = entry(file, COUNT)
    po = polib.pofile(str(file))
    po.metadata["Plural-Forms"] = "nplurals=3; plural=n==1 ? 2 : 0;"
    po.save()

    assert not states.accept(file, POLISH, [seen], Checked("Anna Kowalska", DAY))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_same_letters_stay_checked_and_english_stays_the_same(
    form: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    """Composed or not, in the file (macOS), in the English and in the name of the speaker."""
    other: Literal["NFC", "NFD"] = "NFD" if form == "NFC" else "NFC"

    def put(text: str) -> str:
        return unicodedata.normalize(form, text)

    english = replace(ONE, text="A café in {council}.")
    path = po_file.path_of(tmp_path, POLISH)
    po, _ = merge(po_file.new(POLISH), POLISH, [Message("home", english, "")])
    po[0].msgstr = "Ćma w {council}."
    po_file.write(po, path)
    seen = entry(path, english)
    assert states.accept(path, POLISH, [seen], Checked(unicodedata.normalize(other, "Zoë"), DAY))
    path.write_text(put(path.read_text(encoding="utf-8")), encoding="utf-8")
    now = replace(english, text=unicodedata.normalize(other, english.text))

    assert entry(path, now).state is State.CHECKED
    fresh, told = merge(po_file.read(path, POLISH), POLISH, [Message("home", now, "")])
    assert (told.changed, fresh[0].fuzzy) == ((), False)
    po_file.write(fresh, path)
    assert entry(path, now).state is State.CHECKED


def test_checking_again_replaces_the_comment_and_keeps_others(file: Path) -> None:
    edit(file, lambda each: setattr(each, "tcomment", "A note.\n" + each.tcomment))
    assert states.accept(file, POLISH, [entry(file)], Checked("Jan Nowak", DAY))

    assert entry(file).checked == states.Checked("Jan Nowak", DAY)
    lines = file.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("# ")][1:]
    assert [comment.split(" [")[0] for comment in comments] == [
        "# A note.",
        "# Checked by Jan Nowak, 2026-11-24",
    ]


def test_what_changed_meanwhile_is_not_accepted(file: Path) -> None:
    seen = entry(file)
    edit(file, lambda each: setattr(each, "msgstr", "{council}!"))
    before = file.read_bytes()

    assert not states.accept(file, POLISH, [seen], Checked("Anna Kowalska", DAY))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "who", ["", " ", " Anna", "Anna\nmsgid", "An\u202ena", "A\x00", "N" * 31, "Anna\u2028"]
)
def test_a_name_that_could_spoil_the_file_is_refused(who: str) -> None:
    with pytest.raises(ValueError, match="Give your name"):
        states.sign(POLISH, ONE, TRANSLATION, who, DAY)


@pytest.mark.parametrize("who", ["Anna Kowalska, PL", "Ana [x]", "أحمد", "O’Neil # 1", 'A "B" \\n'])
def test_any_other_name_comes_back_as_it_was(who: str, file: Path) -> None:
    assert states.accept(file, POLISH, [entry(file)], Checked(who, DAY))

    assert entry(file).checked == states.Checked(who, DAY)


def test_counts_and_the_last_check_are_of_what_is_there_now(file: Path) -> None:
    def assessed() -> Catalogue:
        return assess_all(POLISH, SENTENCES, po_file.translations(po_file.read(file, POLISH)))

    made = assessed()

    assert made.counts == {State.CHECKED: 1, State.NOT_TRANSLATED: 2}
    assert made.last_checked == DAY
    edit(file, lambda each: setattr(each, "msgstr", "W {council}."))
    assert assessed().last_checked is None


def test_many_are_accepted_in_one_change_but_for_those_that_changed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(file, lambda each: setattr(each, "msgstr", SAID), 1)
    seen = [entry(file), entry(file, TWO), entry(file, COUNT)]
    edit(file, lambda each: setattr(each, "msgstr", "{council}."), 0)
    write, written = po_file.write, []

    def counted(*given: Any) -> bool:
        written.append(given)
        return write(*given)

    monkeypatch.setattr(po_file, "write", counted)

    assert states.accept(file, POLISH, seen, Checked("Jan Nowak", DAY)) == {TWO.id}

    assert len(written) == 1
    assert [entry(file, each).checked for each in SENTENCES] == [
        None,
        Checked("Jan Nowak", DAY),
        None,
    ]
