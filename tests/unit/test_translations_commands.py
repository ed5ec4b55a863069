"""The commands of `flask translations`, as staff see and use them."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands.translations import translations
from inspection_outcome.commands.workspace import read_settings_to_translate
from inspection_outcome.edition import Folders
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.languages import Language
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import SettingsError

pytestmark = pytest.mark.slow

Run = Callable[..., Result]
Spoil = Callable[[str, str, str], Path]
POLISH = Language("pl", "Polski")
SHOWN = '  { tag = "pl", name = "Polski" },'


@pytest.fixture
def folder(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a translations folder in which the home page has a pseudo-translation into Polish."""
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, ())
    english = '  { tag = "en", name = "English", locale = "en_GB" },'
    text = f"languages = [\n{english}\n{SHOWN}\n]\n"
    (folder / "languages.toml").write_text(text, encoding="utf-8")
    pseudo_locales.write(folder, POLISH, pseudo_locales.messages(small), is_home)
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(folder: Path) -> Run:
    assert folder.is_dir()
    return lambda *arguments, **options: CliRunner().invoke(translations, arguments, **options)


def is_home(sentence: Sentence) -> bool:
    return sentence.id.startswith("home.")


def file(folder: Path) -> Path:
    return po_file.path_of(folder, POLISH)


def edit(folder: Path, id_: str, text: str) -> None:
    po = po_file.read(file(folder), POLISH)
    next(entry for entry in po if entry.msgctxt == id_).msgstr = text
    po_file.write(po, file(folder))


def comments(folder: Path) -> list[str]:
    return [
        line
        for line in file(folder).read_text(encoding="utf-8").splitlines()
        if line.startswith("# Checked")
    ]


@pytest.mark.parametrize("command", [["update"], ["add", "lt"]], ids=" ".join)
def test_one_sites_english_is_not_written_into_anothers_translations(
    command: list[str], run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one folder set, the other would be that of the shipped site."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.delenv("OUTCOME_CONTENT")
    told = run(*command)

    assert told.exit_code == 1
    assert "OUTCOME_TRANSLATIONS is set, and OUTCOME_CONTENT is not" in told.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("folder")
def test_nor_the_other_way_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not tried with a command: if that went on, it would write into what is shipped."""
    monkeypatch.delenv("OUTCOME_TRANSLATIONS")

    with pytest.raises(SettingsError, match="Set OUTCOME_TRANSLATIONS, too; "):
        read_settings_to_translate()


def test_status_counts_each_state_and_says_what_to_do_next(run: Run) -> None:
    told = run("status")

    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert told.exit_code == 0
    assert lines[0] == "Polski (pl)"
    assert [line.split(":")[0] for line in lines[1:6]] == [
        "Not translated",
        "English has changed",
        "Broken",
        "Needs checking",
        "Checked",
    ]
    assert lines[1].endswith(", 3 of them critical")
    assert lines[2:6] == ["English has changed: 0", "Broken: 0", "Needs checking: 5", "Checked: 0"]
    assert lines[6] == "Pages to check: home 5, help 1"
    assert lines[7].startswith("Next: open translations/pl/LC_MESSAGES/messages.po")


def test_status_of_a_file_that_is_not_up_to_date_says_so(run: Run, spoil: Spoil) -> None:
    new = '[[lead]]\nid = "home.new"\ntext = "New."\nsource = "site"\n\n[[section]]\nid = "found"'
    spoil("home.toml", '[[section]]\nid = "found"', new)

    assert (
        "Next: the English has changed since. Run: flask translations update"
        in run("status").stdout
    )


def test_status_leads_from_state_to_state(run: Run, folder: Path, small: Path) -> None:
    """In this order: Broken, English has changed, Not translated, Needs checking, nothing left."""
    pseudo_locales.write(folder, POLISH, pseudo_locales.messages(small))
    said = []
    edit(folder, "home.lead", "No fact.")
    said.append(run("status").stdout)
    pseudo_locales.write(folder, POLISH, pseudo_locales.messages(small))
    po = po_file.read(file(folder), POLISH)
    po[0].flags = ["fuzzy"]
    po_file.write(po, file(folder))
    said.append(run("status").stdout)
    po[0].flags = []
    po_file.write(po, file(folder))
    said.append(run("status").stdout)

    assert [text.split("Next: ")[1].split(".")[0][:28] for text in said] == [
        "see what is broken",
        "open translations/pl/LC_MESS",
        "let a speaker check it page ",
    ]
    assert "marked 'fuzzy'" in said[1]
    assert "flask translations accept pl home --by NAME" in said[2]


def test_status_of_a_site_in_english_alone_says_so(run: Run, folder: Path) -> None:
    path = folder / "languages.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(SHOWN, ""), encoding="utf-8")

    told = run("status")
    assert told.exit_code == 0
    assert told.stdout.startswith("English is the only language in languages.toml")


def test_status_of_a_file_that_cannot_be_read_says_what_to_do(run: Run, folder: Path) -> None:
    file(folder).write_bytes(b"junk")

    told = run("status")
    assert told.exit_code == 1
    assert "pl/LC_MESSAGES/messages.po: its end, a translation, is missing" in told.stdout
    assert "Keep a copy of the file" in told.stdout


def test_update_shows_what_changed_and_keeps_the_translation(
    run: Run, folder: Path, spoil: Spoil
) -> None:
    spoil("home.toml", "How good is the help?", "How good is the help now?")
    told = run("update")

    assert told.exit_code == 0
    assert "Polski (pl): 0 new, 1 with changed English, 0 no longer used" in told.stdout
    assert "home.title\n    How good is the [-help?-] {+help now?+}" in told.stdout
    entry = next(
        entry for entry in po_file.read(file(folder), POLISH) if entry.msgctxt == "home.title"
    )
    assert (entry.fuzzy, entry.previous_msgid) == (True, "How good is the help?")
    assert entry.msgstr == pseudo_locales.translate("How good is the help?", POLISH)
    assert (folder / "messages.pot").exists()


def test_a_file_that_is_gone_is_made_only_when_that_is_meant(run: Run, folder: Path) -> None:
    """Otherwise a file that was moved by mistake would be replaced by an empty one."""
    shutil.rmtree(folder / "pl")

    told = run("update")
    assert told.exit_code == 1
    assert "there is no such file" in told.stderr
    assert not file(folder).exists()

    assert run("add", "pl").exit_code == 0
    assert all(not entry.msgstr for entry in po_file.read(file(folder), POLISH))
    assert (folder / "languages.toml").read_text(encoding="utf-8").count('"pl"') == 1


def test_what_was_cut_out_of_a_file_is_not_made_the_new_state(run: Run, folder: Path) -> None:
    entries = file(folder).read_text(encoding="utf-8").split("\n\n")
    cut = "\n\n".join([*entries[:10], *entries[20:]])
    file(folder).write_text(cut, encoding="utf-8")

    for command in (("status",), ("update",), ("check",), ("accept", "pl", "home", "--by", "Anna")):
        told = run(*command)
        assert told.exit_code == 1
        assert "some were cut out of it" in told.output
    assert file(folder).read_text(encoding="utf-8") == cut


def test_update_does_not_touch_a_file_that_cannot_be_read(run: Run, folder: Path) -> None:
    file(folder).write_bytes(b"what somebody typed")

    told = run("update")
    assert told.exit_code == 1
    assert "messages.po: its end, a translation, is missing" in told.stderr
    assert file(folder).read_bytes() == b"what somebody typed"


def test_check_says_that_all_is_well(run: Run, small: Path) -> None:
    told = run("check")

    left = sum(not is_home(each.sentence) for each in pseudo_locales.messages(small))
    assert (told.exit_code, told.stdout) == (0, f"Nothing is broken; pl: Not translated: {left}.\n")


def test_check_tells_page_english_translation_what_is_wrong_and_how_to_mend_it(
    run: Run, folder: Path
) -> None:
    edit(folder, "home.lead", "Byli tu w 2025. Zobacz [pomoc](page:help).")

    told = run("check", "pl")
    assert told.exit_code == 1
    place, *lines = told.stdout.splitlines()
    line = int(place.removesuffix(")").rpartition(":")[2])
    assert place.startswith("pl, page home, home.lead (translations/pl/LC_MESSAGES/messages.po:")
    assert (
        'msgctxt "home.lead"'
        in file(folder).read_text(encoding="utf-8").splitlines()[line - 1 : line + 2]
    )
    assert lines[:4] == [
        "  English:     Inspectors came on {visit}. You can [talk to someone](page:help).",
        "  Translation: Byli tu w 2025. Zobacz [pomoc](page:help).",
        "  Broken:      {visit} is missing",
        "  To mend:     Put {visit} where its value belongs, with the braces, in each form.",
    ]
    assert "digits typed in: 2025" in told.stdout
    assert told.stderr.splitlines()[1:] == [
        "Error: 1 broken: readers get the English of these. Mend them where it says."
    ]


def test_a_warning_alone_is_told_and_is_no_failure(run: Run, folder: Path) -> None:
    edit(folder, "home.title", "Jak dobra jest pomoc")

    told = run("check")
    assert told.exit_code == 0
    assert (
        "Look at:     it ends with no punctuation mark, and the English with a question mark"
        in told.stdout
    )


def test_a_language_that_is_not_there_is_refused_with_those_that_are(run: Run) -> None:
    for command in (("check", "xx"), ("accept", "xx", "home", "--by", "Anna")):
        told = run(*command)
        assert told.exit_code == 2
        assert "there is no language 'xx' to translate into. Known: pl." in told.stderr


def test_accept_shows_each_pair_and_asks(run: Run, folder: Path) -> None:
    told = run("accept", "pl", "home", "--by", "Anna Kowalska", input="y\nn\ny\nq\n")

    assert told.exit_code == 0
    assert (
        "home.title\n"
        "  English:     How good is the help?\n"
        "  Translation: Hóow góoóod íis thée héelp?" in told.stdout
    )
    assert "2 accepted and kept; 3 of this page still need checking." in told.stdout
    assert len(comments(folder)) == 2
    assert comments(folder)[0].startswith("# Checked by Anna Kowalska, 20")


@pytest.mark.parametrize("asked", ["help", "/pl/help/", "https://www.council.example/pl/help"])
def test_accept_covers_all_that_a_page_shows(
    asked: str, run: Run, folder: Path, small: Path
) -> None:
    """Also what stands in other files: then no reader is told that something is not checked."""
    pseudo_locales.write(folder, POLISH, pseudo_locales.messages(small))
    waiting = re.search(r"\bhelp ([0-9]+)", run("status").stdout)
    assert waiting

    told = run("accept", "pl", asked, "--by", "Anna", input="all\n" + "y\n" * 99)

    assert f"\n{waiting[1]} accepted and kept; 0 of this page still need" in told.stdout
    renderer = Renderer.build(Folders(small, folder))
    notice = pseudo_locales.translate("No speaker", POLISH)
    assert notice in renderer.page("home", "pl")
    assert notice not in renderer.page("help", "pl")
    assert " help " not in run("status").stdout


def test_accept_all_takes_the_rest_of_the_page_and_no_other(run: Run, folder: Path) -> None:
    told = run("accept", "pl", "home", "--by", "Anna", input="n\nall\n")

    assert "4 accepted and kept; 1 of this page still need checking." in told.stdout
    assert len(comments(folder)) == 4


def test_critical_sentences_are_never_accepted_in_bulk(
    run: Run, folder: Path, spoil: Spoil, small: Path
) -> None:
    spoil("home.toml", "paragraphs = [2]", "paragraphs = [2]\ncritical = true")
    spoil(
        "home.toml",
        'text = "How good the help is."',
        'text = "How good the help is."\ncritical = true',
    )
    pseudo_locales.write(folder, POLISH, pseudo_locales.messages(small), is_home)

    told = run("accept", "pl", "home", "--by", "Anna", input="all\nall\ny\nn\n")

    assert "home.description (critical)" in told.stdout
    assert "'all' is not one of 'y', 'yes', 'n', 'no', 'q'" in told.stdout
    assert "4 accepted and kept; 1 of this page still need checking." in told.stdout
    assert len(comments(folder)) == 4


def test_what_was_accepted_is_kept_when_the_speaker_stops_half_way(run: Run, folder: Path) -> None:
    told = run("accept", "pl", "home", "--by", "Anna", input="y\n")

    assert told.exit_code == 1
    assert "1 accepted and kept; 4 of this page still need checking." in told.stdout
    assert len(comments(folder)) == 1


def test_accept_says_what_was_not_right_and_what_else_the_page_lacks(
    run: Run, folder: Path
) -> None:
    edit(folder, "home.lead", "No fact.")
    told = run("accept", "pl", "home", "--by", "Anna", input="No\nYES\nq\n")

    assert (
        "Not right: home.title. Mend them in translations/pl/LC_MESSAGES/messages.po" in told.stdout
    )
    assert "Broken: 1 of this page." in told.stdout
    assert len(comments(folder)) == 1


def test_accept_all_shows_what_it_takes(run: Run) -> None:
    told = run("accept", "pl", "home", "--by", "Anna", input="all\n")

    assert told.stdout.count("Translation:") == 7  # five sentences, one of which has three forms


def test_a_file_cannot_steer_the_terminal(run: Run, folder: Path) -> None:
    edit(folder, "home.title", "\x1b[2JNothing is broken.")
    told = run("check")

    assert "\x1b" not in told.output
    assert "\\u001b[2JNothing is broken." in told.stdout


def test_a_name_that_could_spoil_the_file_is_refused(run: Run, folder: Path) -> None:
    before = file(folder).read_bytes()
    told = run("accept", "pl", "home", "--by", "An\nna", input="all\n")

    assert told.exit_code == 2
    assert "Give your name" in told.stderr
    assert file(folder).read_bytes() == before


def test_a_page_that_is_not_there_is_refused_with_those_that_are(run: Run) -> None:
    told = run("accept", "pl", "nothing", "--by", "Anna")

    assert told.exit_code == 2
    assert "there is no page 'nothing'. Known: home, help, ui, report." in " ".join(
        told.stderr.split()
    )


def test_add_makes_the_file_and_the_line(run: Run, folder: Path) -> None:
    before = (folder / "languages.toml").read_text(encoding="utf-8")
    told = run("add", "ar")
    after = (folder / "languages.toml").read_text(encoding="utf-8")

    line = '  { tag = "ar", name = "العربية", shown = false },\n'
    assert told.exit_code == 0
    assert "with 6 plural forms" in told.stdout
    assert after == before.replace("\n]", "\n" + line.rstrip("\n") + "\n]")
    po = polib.pofile(str(folder / "ar" / "LC_MESSAGES" / "messages.po"))
    assert po.metadata["Plural-Forms"].startswith("nplurals=6;")
    assert "العربية (ar), not shown to readers yet" in run("status").stdout
    assert {len(entry.msgstr_plural) for entry in po if entry.msgid_plural} == {6}


def test_add_takes_a_locale_of_its_own(run: Run, folder: Path) -> None:
    assert run("add", "pt", "--locale", "pt_PT").exit_code == 0

    assert (folder / "pt_PT" / "LC_MESSAGES" / "messages.po").exists()
    assert '{ tag = "pt", name = "Português", locale = "pt_PT", shown = false },' in (
        folder / "languages.toml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("pl", "pl is in the list already"),
        ("PL", "pl is in the list already"),
        ("xx", "there is no language with the code 'xx'. Nearest:"),
        ("lituanian", "Nearest: lt (Lithuanian)"),
        ("arabik", "Nearest: ar (Arabic)"),
        ("polish", "Nearest: pl (Polish)"),
        ("prs", "Nearest: fa (Persian)"),
        ("iw", "Nearest: he (Hebrew)"),
        ("../../x", "is no tag"),
        ("foo bar", "is no tag"),
        ("", "'' is no tag"),
    ],
)
def test_add_refuses_what_it_does_not_know_with_the_nearest_tags(
    tag: str, says: str, run: Run, folder: Path
) -> None:
    before = (folder / "languages.toml").read_bytes()
    told = run("add", tag)

    assert told.exit_code == 2
    assert says in " ".join(told.stderr.split())
    assert (folder / "languages.toml").read_bytes() == before


def test_add_does_not_guess_at_a_list_of_another_form(run: Run, folder: Path) -> None:
    text = (
        'languages = [{ tag = "en", name = "English", locale = "en_GB" }, '
        '{ tag = "pl", name = "Polski" }]'
    )
    (folder / "languages.toml").write_text(text, encoding="utf-8")

    told = run("add", "lt")
    assert told.exit_code == 2
    assert 'Add by hand: { tag = "lt", name = "Lietuvių", shown = false },' in " ".join(
        told.stderr.split()
    )
    assert (folder / "languages.toml").read_text(encoding="utf-8") == text


def test_a_mistake_in_the_content_is_told_without_a_traceback(run: Run, spoil: Spoil) -> None:
    spoil("home.toml", "{visit}", "{visits}")
    for command in (
        ("status",),
        ("update",),
        ("check",),
        ("accept", "pl", "home", "--by", "A"),
        ("add", "lt"),
    ):
        told = run(*command)

        assert told.exit_code == 1
        assert "home.lead: there is no fact 'visits'" in told.stderr


def test_every_command_has_a_help_text(run: Run) -> None:
    for command in ("status", "update", "check", "accept", "add"):
        told = run(command, "--help")

        assert told.exit_code == 0
        assert len(told.stdout.split("\n\n")[1]) > 40


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("de", "--locale", "de_DE.UTF-8"), "there is no language with the code 'de_DE.UTF-8'"),
        (("szl", "--locale", "pl"), "the locale pl is that of pl, and its folder too"),
        (("german", "--locale", "de"), "'german' is no tag"),
    ],
)
def test_add_refuses_what_the_list_would_not_take(
    arguments: tuple[str, ...], says: str, run: Run
) -> None:
    told = run("add", *arguments)

    assert told.exit_code == 2
    assert says in " ".join(told.stderr.split())
    assert run("status").exit_code == 0
