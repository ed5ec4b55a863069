"""One sentence is saved, or nothing: compare and swap, whatever others do to the file meanwhile."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
import time
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import desk_site
import polib
import pseudo_locales
import pytest
from desk_site import LANGUAGE, TAG, again, edit_outside, words
from hypothesis import given, settings
from hypothesis import strategies as st
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n import edit_entry, merge, po_file, states
from inspection_outcome.i18n.edit_entry import BrokenError, Edit, EntryChangedError, fingerprint
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.po_change import change
from inspection_outcome.i18n.scripts import composed
from inspection_outcome.i18n.states import Checked, Entry, State
from inspection_outcome.report.files import LARGEST, FileError
from msgspec.structs import replace

ID, OTHER = "home.title", "help.title"
PLURAL = "home.good"
BY = Checked("Anna", dt.date(2026, 11, 24))


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """Return the small site's stock."""
    return desk_site.make(tmp_path)


def save(stock: Stock, id_: str, *forms: str, seen: str = "", broken_too: bool = False) -> Entry:
    """Save a sentence that was seen as the stock has it."""
    edit = Edit(id_, forms, seen or fingerprint(stock.entry(TAG, id_)), broken_too=broken_too)
    messages = [*stock.messages.values()]
    return edit_entry.save(stock.path(TAG), LANGUAGE, messages, edit)


def test_a_save_changes_the_lines_of_its_sentence_alone(stock: Stock) -> None:
    before = stock.path(TAG).read_text(encoding="utf-8").splitlines()

    saved = save(stock, ID, "Nowy tytuł")

    after = stock.path(TAG).read_text(encoding="utf-8").splitlines()
    assert (saved.forms, saved.state) == (("Nowy tytuł",), State.NEEDS_CHECKING)
    assert again(stock).entry(TAG, ID) == saved
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        'msgstr "Nowy tytuł"'
    ]


def test_each_plural_form_is_saved(stock: Stock) -> None:
    forms = ("{homes} dom", "{homes} domy", "{homes} domów")

    save(stock, PLURAL, *forms)

    assert words(stock, PLURAL) == forms


def test_a_save_undoes_the_check_of_other_words_and_keeps_that_of_the_same(stock: Stock) -> None:
    states.accept(stock.path(TAG), LANGUAGE, [stock.entry(TAG, ID)], BY)
    checked = again(stock)
    same = save(checked, ID, *checked.entry(TAG, ID).forms)
    other = save(checked, ID, "Inny tytuł")
    assert "# Checked" not in stock.path(TAG).read_text(encoding="utf-8")
    back = save(again(stock), ID, *same.forms)

    assert (same.state, other.state) == (State.CHECKED, State.NEEDS_CHECKING)
    assert back.state is State.NEEDS_CHECKING  # nobody has said so since


def test_what_a_browser_sends_on_several_lines_is_one(stock: Stock) -> None:
    assert save(stock, ID, " Dwie\r\nlinie\u2028albo  trzy\n").forms == ("Dwie linie albo  trzy",)


def test_notes_stay(stock: Stock) -> None:
    path = stock.path(TAG)
    text = path.read_text(encoding="utf-8")
    mark = f'msgctxt "{ID}"'
    path.write_text(text.replace(mark, f"# As the leaflet says.\n{mark}"), encoding="utf-8")

    save(again(stock), ID, "Nowy")

    assert "# As the leaflet says.\n" in path.read_text(encoding="utf-8")


def test_what_changed_meanwhile_is_not_overwritten(stock: Stock) -> None:
    edit_outside(stock, ID, "Od kogoś innego")
    there = stock.path(TAG).read_bytes()

    with pytest.raises(EntryChangedError) as conflict:
        save(stock, ID, "Moje")

    assert conflict.value.theirs.forms == ("Od kogoś innego",)
    assert stock.path(TAG).read_bytes() == there


def test_a_check_meanwhile_is_a_change(stock: Stock) -> None:
    """Else a person would undo, without knowing, what a speaker has just said is right."""
    states.accept(stock.path(TAG), LANGUAGE, [stock.entry(TAG, ID)], BY)

    with pytest.raises(EntryChangedError):
        save(stock, ID, "Moje")


def test_english_that_changed_meanwhile_is_a_change(stock: Stock) -> None:
    seen = fingerprint(stock.entry(TAG, ID))
    home = stock.folders.content / "home.toml"
    english = stock.messages[ID].sentence.text
    home.write_text(
        home.read_text(encoding="utf-8").replace(f'text = "{english}"', 'text = "New English"', 1),
        encoding="utf-8",
    )
    now = again(stock)

    with pytest.raises(EntryChangedError) as conflict:
        save(now, ID, "Moje", seen=seen)

    assert conflict.value.theirs.before == (english,)
    assert conflict.value.theirs.sentence.text == "New English"


def test_to_bring_a_file_up_to_date_is_no_change(stock: Stock) -> None:
    """A person who has the page open must not be told of it."""
    messages = list(stock.messages.values())
    place = next(at for at, each in enumerate(messages) if each.sentence.id == ID)
    messages[place] = replace(
        messages[place], sentence=replace(messages[place].sentence, text="Rewritten")
    )
    lagging = _entry(stock, messages)

    merge.update(stock.path(TAG), LANGUAGE, messages)

    assert lagging.state is State.ENGLISH_CHANGED
    assert fingerprint(_entry(stock, messages)) == fingerprint(lagging)


def _entry(stock: Stock, messages: list[Message]) -> Entry:
    said = po_file.translations(po_file.read(stock.path(TAG), LANGUAGE))[ID]
    sentence = next(each.sentence for each in messages if each.sentence.id == ID)
    return states.assess(LANGUAGE, sentence, said)


def test_an_editors_save_of_another_sentence_between_read_and_write_is_kept(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, done = os.fsync, list[bool]()

    def late(descriptor: int) -> None:
        """When the new file is complete, and not yet in its place."""
        fsync(descriptor)
        if not done:
            done.append(True)
            edit_outside(stock, OTHER, "Z Poedita")

    monkeypatch.setattr(os, "fsync", late)

    save(stock, ID, "Moje")

    assert (words(stock, ID), words(stock, OTHER)) == (("Moje",), ("Z Poedita",))


def test_a_broken_save_is_refused_unless_it_is_asked_for(stock: Stock) -> None:
    there = stock.path(TAG).read_bytes()

    with pytest.raises(BrokenError) as refused:
        save(stock, ID, "Tytuł {nothing}")

    assert "{nothing}" in refused.value.problems[0].problem
    assert stock.path(TAG).read_bytes() == there
    assert save(stock, ID, "Tytuł {nothing}", broken_too=True).state is State.BROKEN
    assert words(stock, ID) == ("Tytuł {nothing}",)


def test_a_translation_is_taken_away_only_if_it_is_asked_for(stock: Stock) -> None:
    with pytest.raises(BrokenError):
        save(stock, ID, " \r\n ")

    assert save(stock, ID, "", broken_too=True).state is State.NOT_TRANSLATED


@pytest.mark.parametrize("forms", [(), ("a", "b"), ("a" * 10_001,)])
def test_what_no_file_can_hold_is_refused(stock: Stock, forms: tuple[str, ...]) -> None:
    there = stock.path(TAG).read_bytes()

    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        save(stock, ID, *forms, broken_too=True)

    assert stock.path(TAG).read_bytes() == there


def test_a_file_never_gets_too_long_to_be_read_again(stock: Stock) -> None:
    def edit(po: polib.POFile) -> tuple[polib.POFile, None]:
        po.header = "x" * (LARGEST - len(po_file.text(po).encode()) + len(po.header) - 50)
        return po, None

    change(stock.path(TAG), LANGUAGE, (), edit)
    there = stock.path(TAG).read_bytes()

    with pytest.raises(FileError, match="at most 1,000,000 are read"):
        save(again(stock), ID, "Długo " * 200, broken_too=True)

    assert stock.path(TAG).read_bytes() == there


_KEPT = TemporaryDirectory()
_FEW = [
    each
    for each in pseudo_locales.messages(pseudo_locales.SMALL)
    if each.sentence.id in {ID, OTHER}
]
_FILE = pseudo_locales.write(Path(_KEPT.name), LANGUAGE, _FEW)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(st.text(max_size=60) | st.text(st.characters(categories=["C", "Z", "P"]), max_size=20))
def test_any_text_can_be_saved_and_the_rest_stays(typed: str) -> None:
    sentence = next(each.sentence for each in _FEW if each.sentence.id == ID)
    there = po_file.translations(po_file.read(_FILE, LANGUAGE))
    seen = fingerprint(states.assess(LANGUAGE, sentence, there[ID]))

    with patch.object(os, "fsync"):  # a thousand times, it takes most of the time
        saved = edit_entry.save(_FILE, LANGUAGE, _FEW, Edit(ID, [typed], seen, broken_too=True))

    now = po_file.translations(po_file.read(_FILE, LANGUAGE, there))
    assert _visible(now[ID].forms[0]) == _visible(composed(typed))
    assert saved.forms in {(), now[ID].forms}
    assert now | {ID: there[ID]} == there


def _visible(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZ")


_WORKER = """
    import sys
    from pathlib import Path
    import desk_site
    from inspection_outcome.desk.git import Author
    from inspection_outcome.desk.history import History
    from inspection_outcome.desk.saving import Writer
    from inspection_outcome.desk.stock import Stock
    from inspection_outcome.edition import Folders
    from inspection_outcome.i18n.edit_entry import Edit, EntryChangedError, fingerprint
    folder, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    folders = Folders(folder / "content", folder / "translations")
    history = History(folders.translations)
    stock, done = Stock.read(folders), 0
    while done < times:
        stock = Stock.read(folders, stock)
        entry = stock.entry(desk_site.TAG, "home.title")
        edit = Edit("home.title", [f"{entry.forms[0]} {name}"], fingerprint(entry))
        try:
            saved = Writer(stock, history, Author(name)).save(desk_site.TAG, edit)
        except EntryChangedError:
            continue
        done += 1
        print("saved", saved.entry.forms[0], "|", saved.unkept, flush=True)
"""


def _start(folder: Path, name: str, times: int) -> subprocess.Popen[str]:
    here = Path(__file__).parent.parent
    return subprocess.Popen(  # noqa: S603 (a list of words of tests)
        [sys.executable, "-c", textwrap.dedent(_WORKER), str(folder), name, str(times)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(here), *sys.path])},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_two_desks_and_an_editor_at_once_lose_nothing(tmp_path: Path) -> None:
    """Both desks save the same sentence, each on what it saw; an editor saves another one."""
    stock = desk_site.make(tmp_path, git=True)
    desks = [_start(tmp_path, name, 12) for name in ("anna", "olena")]
    for number in range(20):
        edit_outside(stock, OTHER, f"Poedit {number * 'i'}")
        time.sleep(0.05)
    said = [desk.communicate(timeout=60)[0].splitlines() for desk in desks]

    assert [len(lines) for lines in said] == [12, 12]
    assert all(line.endswith("| ") for lines in said for line in lines)  # and in the history
    assert desk_site.run_git(tmp_path, "log", "--format=%s").count("Desk: save") == 24
    text = words(stock, ID)[0].split()
    assert (text.count("anna"), text.count("olena")) == (12, 12)
    assert words(stock, OTHER) == ("Poedit iiiiiiiiiiiiiiiiiii",)


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.013, 0.031])
def test_a_desk_that_is_killed_loses_nothing_that_it_said_was_saved(
    tmp_path: Path, after: float
) -> None:
    stock = desk_site.make(tmp_path, git=True)
    with _start(tmp_path, "x", 1_000) as desk:
        assert desk.stdout
        said = [desk.stdout.readline() for _ in range(3)]
        time.sleep(after)
        desk.send_signal(signal.SIGKILL)
        said += desk.stdout.readlines()

    last = [line for line in said if line.endswith("\n")][-1].removeprefix("saved ")
    assert words(stock, ID)[0].startswith(last.partition(" |")[0])
    assert save(again(stock), ID, "Dalej").forms == ("Dalej",)
