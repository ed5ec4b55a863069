"""PO files: a damaged one is not read.

They are written in one canonical form, whichever tool edited them.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pseudo_locales
import pytest
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.catalogues import Catalogues, assess_all
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import update
from inspection_outcome.i18n.po_parse import CatalogueError, IncompleteError
from inspection_outcome.i18n.states import State

DATA = Path(__file__).parent.parent / "data"
POLISH = Language("pl", "Polski")
GIT = shutil.which("git")
Edit = Callable[[str], str]


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return pseudo_locales.messages(DATA / "small")


@pytest.fixture
def file(tmp_path: Path, messages: list[Message]) -> Path:
    """Return an intact file that a test may spoil."""
    return pseudo_locales.write(tmp_path, POLISH, messages)


def ids(messages: list[Message]) -> list[str]:
    return [each.sentence.id for each in messages]


def test_a_whole_file_says_what_was_written(file: Path, messages: list[Message]) -> None:
    said = po_file.translations(po_file.read(file, POLISH))

    assert {id_: each.forms for id_, each in said.items()} == {
        each.sentence.id: pseudo_locales.forms(each.sentence, POLISH) for each in messages
    }


def test_reading_and_writing_changes_nothing(file: Path) -> None:
    before = file.read_bytes()

    po_file.write(po_file.read(file, POLISH), file)

    assert file.read_bytes() == before


def test_a_file_cut_off_anywhere_is_not_read(file: Path, messages: list[Message]) -> None:
    """Cut at every byte near the start and the end, and at every 97th between.

    A PO parser alone accepts most of these files.
    """
    whole = file.read_bytes()
    accepted = []
    for length in [
        *range(800),
        *range(800, len(whole) - 200, 97),
        *range(len(whole) - 200, len(whole) - 2),
    ]:
        file.write_bytes(whole[:length])
        try:
            po_file.read(file, POLISH, ids(messages))
        except CatalogueError:
            continue
        accepted.append(length)

    assert accepted == []


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "white space": lambda _: b"\n\n",
    "another encoding": lambda whole: whole.decode().encode("iso-8859-2", "replace"),
    "UTF-16": lambda whole: whole.decode().encode("utf-16"),
    "without its header": lambda whole: whole[whole.index(b"\n\n") :],
    "a header of another charset": lambda whole: whole.replace(b"UTF-8", b"ISO-8859-2"),
    "without its last line": lambda whole: whole[: whole.rindex(b"msgstr")],
    "its header alone": lambda whole: whole[: whole.index(b"\n\n")],
    "an open quotation mark": lambda whole: whole.replace(b'msgid "', b'msgid "" "', 2),
    "a quotation mark left off": lambda whole: whole.replace(b'help?"\n', b"help?\n", 1),
    "an escaped quotation mark at the end": lambda whole: whole.replace(
        b'help?"\n', b'help?\\"\n', 1
    ),
    "another language's": lambda whole: whole.replace(b"Language: pl", b"Language: lt"),
    "junk": lambda _: bytes(range(256)),
    "another kind of file": lambda _: b"PK\x03\x04" + b"\0" * 100,
    "one long line": lambda _: b"x" * 1_000_000,
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_spoiled_file_is_not_read_and_the_message_says_what_to_do(
    spoil: Callable[[bytes], bytes], file: Path
) -> None:
    file.write_bytes(spoil(file.read_bytes()))

    with pytest.raises(CatalogueError) as refused:
        po_file.read(file, POLISH)

    place, remedy = str(refused.value).split("\n", 1)
    assert place.startswith("pl/LC_MESSAGES/messages.po: ")
    assert f"git checkout HEAD -- {file.as_posix()}" in remedy


def test_a_quotation_mark_left_off_is_told_with_its_line(file: Path) -> None:
    """Polib would remove the last letter as if it were the quotation mark."""
    text = file.read_text(encoding="utf-8")
    before = text[: text.index('thée héelp?"')]
    file.write_text(text.replace('thée héelp?"', "thée héelp?", 1), encoding="utf-8")

    with pytest.raises(
        CatalogueError,
        match=rf"line {before.count(chr(10)) + 1} does not end with a quotation mark",
    ):
        po_file.read(file, POLISH)


def test_a_backslash_at_the_end_of_a_text_is_no_lost_quotation_mark(file: Path) -> None:
    po = po_file.read(file, POLISH)
    po[0].msgstr = "Na końcu \\"
    po_file.write(po, file)

    assert po_file.read(file, POLISH)[0].msgstr == "Na końcu \\"


def test_a_straight_quotation_mark_in_a_text_is_told_with_what_to_write(file: Path) -> None:
    file.write_text(
        file.read_text(encoding="utf-8").replace("thée héelp?", 'thée "héelp"?', 1),
        encoding="utf-8",
    )

    with pytest.raises(CatalogueError, match=r"unescaped double quote found.*inside a text write"):
        po_file.read(file, POLISH)


def test_a_file_with_its_middle_cut_out_serves_readers_and_is_not_written(
    file: Path, messages: list[Message]
) -> None:
    count = len(messages)
    entries = file.read_text(encoding="utf-8").split("\n\n")
    file.write_text("\n\n".join([*entries[:20], *entries[30:]]), encoding="utf-8")

    assert len(po_file.read(file, POLISH)) == count - 10
    with pytest.raises(IncompleteError) as refused:
        po_file.read(file, POLISH, ids(messages))

    told = str(refused.value)
    assert f"says that it holds {count} sentences, and holds {count - 10}" in told
    assert f"One that is missing is {messages[19].sentence.id}." in told
    said = re.search(r"X-Sentences: \d+", told)
    assert said
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"X-Sentences: \d+", said[0], text), encoding="utf-8")
    assert po_file.read(file, POLISH, ids(messages))


def test_a_running_site_takes_a_file_as_whole_once_the_english_lacks_nothing_of_it(
    tmp_path: Path, messages: list[Message], caplog: pytest.LogCaptureFixture
) -> None:
    """As when the content is put in place after the translations."""
    folder = pseudo_locales.folder(tmp_path / "translations", (POLISH,), messages)
    path = po_file.path_of(folder, POLISH)
    entries = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join([*entries[:20], *entries[21:]]), encoding="utf-8")
    before = [each.sentence for each in messages]

    cut = Catalogues.read(folder, before)
    again = Catalogues.read(folder, before, cut)
    whole = Catalogues.read(folder, [*before[:19], *before[20:]], again)

    assert [each.whole for each in (cut, again, whole)] == [False, False, True]
    assert len(again.by_tag["pl"].entries) == len(messages)
    assert caplog.text.count("some were cut out of it") == 1


@pytest.mark.parametrize("says", ["", "1", "many", "9" * 5000, "999"])
def test_a_file_that_lacks_no_sentence_is_whole_whatever_count_it_says(
    says: str, file: Path, messages: list[Message]
) -> None:
    count_as(says, file)

    assert po_file.read(file, POLISH, ids(messages))


@pytest.mark.parametrize("says", ["", "1"])
def test_english_that_is_new_is_not_cut_out(says: str, file: Path, messages: list[Message]) -> None:
    count_as(says, file)

    assert po_file.read(file, POLISH, [*ids(messages), "home.new"])


@pytest.mark.parametrize("says", ["many", "9" * 5000])
def test_a_count_that_is_none_is_told_where_a_sentence_is_missing_and_the_remedy_mends_it(
    says: str, file: Path, messages: list[Message]
) -> None:
    count_as(says, file)

    with pytest.raises(CatalogueError, match=rf"is no number. Write {len(messages)} there"):
        po_file.read(file, POLISH, [*ids(messages), "home.new"])
    count_as(str(len(messages)), file)
    assert po_file.read(file, POLISH, [*ids(messages), "home.new"])


def count_as(says: str, file: Path) -> None:
    """Write another number of sentences into the header, or none."""
    text = file.read_text(encoding="utf-8")
    line = f'"X-Sentences: {says}\\n"\n' if says else ""
    new = re.sub(r'"X-Sentences: .*\\n"\n', lambda _: line, text)
    file.write_text(new, encoding="utf-8")


def test_a_file_that_is_gone_is_not_read(file: Path) -> None:
    file.unlink()
    with pytest.raises(CatalogueError, match="there is no such file"):
        po_file.read(file, POLISH)


def header_of(text: str) -> str:
    return text.partition("\n\n")[0]


@pytest.mark.parametrize(
    ("spoil", "problem", "remedy", "mend"),
    [
        (
            lambda text: re.sub("msgctxt .*\n", "", text),
            "its contexts (msgctxt) are missing",
            "Ask for the file as a gettext PO file with its contexts",
            None,
        ),
        (
            lambda text: f"{text}\n{header_of(text)}\n",
            "a second header is before line ",
            "delete that header, up to the next empty line",
            lambda text: text.rpartition(header_of(text))[0],
        ),
        (
            lambda text: f"{text}\n{text}",
            "a second header is before line ",
            "delete that header, up to the next empty line",
            lambda text: "".join(text.rsplit(header_of(text), 1)),
        ),
        (
            lambda text: text.replace("Language: pl", "Language: Polish"),
            "its header says that it is in the language 'Polish'",
            r'write this line in its header in place of that: "Language: pl\n".',
            lambda text: text.replace("Language: Polish", "Language: pl"),
        ),
        (
            lambda text: f'domain "messages"\n{text}',
            "it cannot be read: (line 1): such a line is not known",
            "mend it",
            lambda text: text.partition("\n")[2],
        ),
        (
            lambda text: text.replace("charset=UTF-8", "charset=CHARSET"),
            "its first entry, the header with 'charset=UTF-8', is missing",
            "mend it",
            lambda text: text.replace("charset=CHARSET", "charset=UTF-8"),
        ),
    ],
    ids=["no contexts", "two headers", "twice", "language", "domain", "charset"],
)
def test_what_is_wrong_is_told_and_the_remedy_mends_it(
    spoil: Edit, problem: str, remedy: str, mend: Edit | None, file: Path, messages: list[Message]
) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(spoil(text), encoding="utf-8")

    with pytest.raises(CatalogueError) as refused:
        po_file.read(file, POLISH, ids(messages))

    assert (problem in str(refused.value), remedy in str(refused.value)) == (True, True)
    if mend:
        file.write_text(mend(spoil(text)), encoding="utf-8")
        assert update(file, POLISH, messages).new == ()
        assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("encoding", ["utf-16", "cp1250"])
def test_another_encoding_is_told_and_the_remedy_mends_it(encoding: str, file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("áa", "ą").replace("óo", "ó")
    text = text.replace("íi", "ł").replace("úu", "ż").replace("Ą", "ą")
    file.write_bytes(text.replace("UTF-8", encoding).encode(encoding, "replace"))

    with pytest.raises(CatalogueError, match=r"Save it again as UTF-8.*its header says 'charset="):
        po_file.read(file, POLISH)

    saved = file.read_bytes().decode(encoding).replace(encoding, "UTF-8")
    file.write_text(saved, encoding="utf-8")
    assert po_file.read(file, POLISH)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("sr-latn", "sr@latin"),
        ("uz", "uz@cyrillic"),
        ("be", "be@tarask"),
        ("ca", "ca@valencia"),
        ("pl", "pl_PL.UTF-8"),
        ("he", "iw"),
    ],
)
def test_the_language_may_be_written_as_gettext_does(tag: str, said: str, file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("Language: pl", f"Language: {said}")
    file.write_text(text, encoding="utf-8")

    assert po_file.read(file, Language(tag, tag))


def test_a_note_at_the_end_is_no_sign_of_a_cut_and_is_kept(
    file: Path, messages: list[Message]
) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write("\n# Ask Anna.\n#\n\n# Twice.\n")

    update(file, POLISH, messages)

    assert po_file.read(file, POLISH)[-1].tcomment == "Ask Anna.\nTwice."


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(
            '"Language: pl\\n"', '"Language: pl\\n"\n"X-Generator: Poedit 3.4\\n"'
        ),
        lambda text: text + '\n#~ msgid "gone"\n#~ msgstr "x"\n',
        lambda text: text.replace('"\n', '"  \t\n'),
        lambda text: "\n\n".join([text.split("\n\n")[0], *sorted(text.strip().split("\n\n")[1:])]),
    ],
    ids=[
        "byte order mark",
        "line ends of Windows",
        "another tool's header",
        "obsolete entries at the end",
        "spaces",
        "entries sorted, as msgcat --sort-output does",
    ],
)
def test_what_editors_do_to_a_file_does_no_harm(change: Callable[[str], str], file: Path) -> None:
    before = po_file.translations(po_file.read(file, POLISH))
    file.write_bytes(change(file.read_text(encoding="utf-8")).encode())

    assert po_file.translations(po_file.read(file, POLISH)) == before


def test_what_tools_add_to_the_header_and_line_ends_of_windows_are_not_written(file: Path) -> None:
    """Otherwise every git merge of two translators would be a conflict."""
    before = file.read_bytes()
    po = polib.pofile(str(file), wrapwidth=0)
    po.metadata |= {
        "Project-Id-Version": "outcome",
        "Report-Msgid-Bugs-To": "anna@example.org",
        "POT-Creation-Date": "2026-11-24 10:00+0000",
        "PO-Revision-Date": "2026-11-25 10:00+0000",
        "Last-Translator": "Anna <anna@example.org>",
        "Language-Team": "Polish",
        "X-Generator": "Poedit 3.4",
        "X-Poedit-Basepath": ".",
    }
    po.save(newline="\r\n")
    po.save_as_mofile(str(file.with_suffix(".mo")))
    assert b"\r\n" in file.read_bytes()

    po_file.write(po_file.read(file, POLISH), file)

    assert file.read_bytes() == before


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, messages: list[Message]) -> Path:
    """Return a git repository in a merge of two translations of one sentence."""
    folder = tmp_path_factory.mktemp("repository")
    file = pseudo_locales.write(folder / "translations", POLISH, messages)
    text = file.read_text(encoding="utf-8")
    git(folder, "init", "-q", "-b", "ours")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "both")
    git(folder, "branch", "theirs")
    for branch, word in (("theirs", "Théirs"), ("ours", "Oúurs")):
        git(folder, "checkout", "-q", branch)
        file.write_text(text.replace("thée héelp?", f"{word}?"), encoding="utf-8")
        git(folder, "commit", "-q", "-a", "-m", word)
    git(folder, "merge", "-q", "theirs", code=1)
    return folder


@pytest.fixture
def merging(repository: Path, tmp_path: Path) -> Path:
    """Return the file in a copy of the repository."""
    shutil.copytree(repository, tmp_path, dirs_exist_ok=True)
    return po_file.path_of(tmp_path / "translations", POLISH)


def git(folder: Path, *arguments: str, code: int = 0) -> None:
    command = [str(GIT), "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 (ours)
    assert done.returncode == code, done.stderr


@pytest.mark.skipif(GIT is None, reason="git is not installed")
def test_a_merge_conflict_is_told_with_its_lines_and_both_remedies_mend_it(merging: Path) -> None:
    text = merging.read_text(encoding="utf-8")
    marks = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    ]
    with pytest.raises(CatalogueError) as refused:
        po_file.read(merging, POLISH)

    problem, remedy = str(refused.value).split("\n")
    assert problem.endswith(f"git left a merge conflict in lines {', '.join(map(str, marks))}")
    for version, word in (("--ours", "Oúurs"), ("--theirs", "Théirs")):
        command = remedy.partition("whole file: git ")[2].partition(" (or")[0]
        git(merging.parents[3], *command.replace("--ours", version).split())
        assert f"{word}?" in str(po_file.read(merging, POLISH))

    lines = text.splitlines(keepends=True)
    by_hand = [*lines[: marks[0] - 1], *lines[marks[1] : marks[2] - 1], *lines[marks[2] :]]
    merging.write_text("".join(by_hand), encoding="utf-8")
    assert "Théirs?" in str(po_file.read(merging, POLISH))
    git(merging.parents[3], *remedy.partition("Then: git ")[2].partition(". ")[0].split())
    git(merging.parents[3], "commit", "-q", "-m", "merged")


@pytest.mark.skipif(GIT is None, reason="git is not installed")
@pytest.mark.parametrize("spoil", ["staged", "gone", "in a merge"])
def test_what_was_committed_comes_back_as_the_remedy_says(spoil: str, merging: Path) -> None:
    """Also where `git restore` fails, or brings back what was staged."""
    folder = merging.parents[3]
    if spoil != "in a merge":
        git(folder, "merge", "--abort")
    if spoil == "gone":
        merging.unlink()
    else:
        merging.write_bytes(b"junk")
    if spoil == "staged":
        git(folder, "add", ".")
    with pytest.raises(CatalogueError) as refused:
        po_file.read(merging, POLISH)

    command = str(refused.value).partition(": git ")[2].partition(". ")[0]
    git(folder, *command.split())

    assert "Oúurs?" in str(po_file.read(merging, POLISH))


def test_one_sentence_edited_changes_only_its_lines(file: Path) -> None:
    before = file.read_text(encoding="utf-8").splitlines()
    po = po_file.read(file, POLISH)
    entry = next(entry for entry in po if entry.msgctxt == "home.lead")
    entry.msgstr = "Co innego: {visit} [x](page:help)" + " i jeszcze" * 30
    po_file.write(po, file)
    after = file.read_text(encoding="utf-8").splitlines()

    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0][1].startswith('msgstr "Co innego')


def test_a_file_has_no_places_dates_or_wrapped_lines(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    entries = text.split("\n\n")[1:]

    assert "#:" not in text
    assert "Date" not in text
    assert not any(line.startswith('"') for entry in entries for line in entry.splitlines())


def test_an_interrupted_write_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    po = po_file.read(file, POLISH)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        po_file.write(po, file)

    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["messages.po"]


def test_of_two_entries_for_one_sentence_the_first_counts(file: Path) -> None:
    po = po_file.read(file, POLISH)
    po.insert(1, polib.POEntry(msgctxt=po[0].msgctxt, msgid=po[0].msgid, msgstr="Second"))

    assert po_file.translations(po)[str(po[0].msgctxt)].forms == (po[0].msgstr,)


def test_the_state_of_what_gettext_s_tools_wrote(messages: list[Message]) -> None:
    """The files were written by the real msgcat and msgmerge.

    A translation that they copied to another id does not count as a translation of that sentence.
    """
    one, two = (
        messages[0].sentence.__class__(
            f"home.{name}", f"{word} children feel safe at home.", "site"
        )
        for name, word in (("one", "Most"), ("two", "Some"))
    )

    def states(name: str) -> list[State]:
        said = po_file.translations(po_file.read(DATA / "catalogues" / f"{name}.po", POLISH))
        return [entry.state for entry in assess_all(POLISH, [one, two], said).entries.values()]

    names = ("msgcat-narrow", "msgmerge", "msgmerge-previous")

    assert {name: states(name) for name in names} == {
        "msgcat-narrow": [State.CHECKED, State.NOT_TRANSLATED],
        "msgmerge": [State.CHECKED, State.ENGLISH_CHANGED],
        "msgmerge-previous": [State.CHECKED, State.ENGLISH_CHANGED],
    }
