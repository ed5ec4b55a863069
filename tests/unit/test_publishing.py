"""Publish from the desk: one language without the others, whole or not at all, and taken back."""

import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import desk_site
import pseudo_locales
import pytest
from desk_site import TAG, again
from inspection_outcome.desk.git import Author
from inspection_outcome.desk.history import History
from inspection_outcome.desk.publish import live
from inspection_outcome.desk.publish.changes import Changes, Got
from inspection_outcome.desk.publish.publishing import (
    ChangedError,
    Done,
    Plan,
    Publishing,
    publishing_of,
)
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.stocks import Stocks
from inspection_outcome.edition import Edition, Folders
from inspection_outcome.export.errors import PublishError
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.settings import Settings, SettingsError
from inspection_outcome.store import EditionStore

ID, OTHER, PLURAL = "home.title", "help.title", "home.good"
SECOND = pseudo_locales.RIGHT_TO_LEFT.tag
ANNA, BEN = Author("Anna Kowalska"), Author("Ben Okri")


class Desk:
    """A desk on the smallest site in two languages, with a live folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.live = folder / "live"
        self.stock = Stock.read(Folders(folder / "content", folder / "translations"))
        self.publishing = Publishing(self.live, self.stock.folders)

    def plan(self, *tags: str, back: str = "") -> Plan:
        """Return what these languages would change."""
        offered = self.publishing.offered(self.stock, back).changes
        choice = self.publishing.choice(self.stock, tags, offered, back)
        return self.publishing.plan(self.stock, choice)

    def publish(self, *tags: str, back: str = "", by: Author = ANNA) -> Done:
        """Publish what the plan of these languages shows."""
        self.stock = again(self.stock)
        tags = tags or (ENGLISH, *self.stock.languages)
        offered = self.publishing.offered(self.stock, back).changes
        choice = self.publishing.choice(self.stock, tags, offered, back)
        seen = self.publishing.plan(self.stock, choice).changes.key
        return self.publishing.publish(self.stock, choice, seen, by)

    def said(self, id_: str, *forms: str, tag: str = TAG) -> None:
        """Save a translation."""
        language = self.stock.languages[tag]
        path = self.stock.path(tag)
        text = path.read_text(encoding="utf-8")
        found = re.search(rf'(msgctxt "{id_}"\nmsgid "[^"]*"\n)msgstr "[^"]*"', text)
        assert found, (id_, language.tag)
        fresh = text.replace(found[0], f'{found[1]}msgstr "{forms[0]}"')
        path.write_text(fresh, encoding="utf-8")
        self.stock = again(self.stock)

    def english(self, find: str, replace: str, file: str = "home.toml") -> None:
        """Change the content, and let each language's file follow, as the desk does."""
        path = self.stock.folders.content / file
        text = path.read_text(encoding="utf-8")
        assert find in text
        path.write_text(text.replace(find, replace, 1), encoding="utf-8")
        Stocks(self.stock.folders, History(self.stock.folders.translations))
        self.stock = again(self.stock)

    def readers(self, id_: str, tag: str = TAG) -> str:
        """Return what readers get of a sentence."""
        edition = Edition.read(live.folders(self.live))
        entry = edition.catalogues.by_tag[tag].entries[id_]
        return entry.forms[0] if entry.usable else f"English: {entry.sentence.text}"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a desk, which tests copy."""
    folder = tmp_path_factory.mktemp("desk")
    desk_site.make(folder, languages=pseudo_locales.LANGUAGES)
    return folder


@pytest.fixture(scope="session")
def published(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a desk whose files are live, which tests copy."""
    folder = tmp_path_factory.mktemp("published")
    Desk(Path(shutil.copytree(made, folder, dirs_exist_ok=True))).publish()
    return folder


@pytest.fixture
def new(made: Path, tmp_path: Path) -> Desk:
    """Return a desk that has not published anything."""
    return Desk(Path(shutil.copytree(made, tmp_path, dirs_exist_ok=True)))


@pytest.fixture
def desk(published: Path, tmp_path: Path) -> Desk:
    """Return a desk whose files are live."""
    return Desk(Path(shutil.copytree(published, tmp_path, dirs_exist_ok=True)))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def ids(changes: Changes) -> dict[str, list[str]]:
    return {tag: [each.id for each in found] for tag, found in changes.sentences.items()}


# What goes live


def test_the_first_publish_makes_all_of_it_public_and_nothing_else(new: Desk) -> None:
    desk = new
    (desk.stock.folders.translations / "notes.txt").write_text("not for readers")
    assert desk.publishing.is_first(desk.stock)

    done = desk.publish(ENGLISH)

    assert sorted(files(desk.live)) == [
        "content/help.toml",
        "content/home.toml",
        "content/report.toml",
        "translations/ar_AE/LC_MESSAGES/messages.po",
        "translations/cs/LC_MESSAGES/messages.po",
        "translations/languages.toml",
    ]
    assert done.changes.number == 3 * len(desk.stock.messages)
    assert desk.plan(ENGLISH, TAG, SECOND).changes.number == 0
    assert desk.live.stat().st_mode & 0o777 == 0o755  # a server is another user


def test_one_language_goes_live_without_the_others(desk: Desk) -> None:
    desk.said(ID, "Nowy")
    desk.said(ID, "جديد", tag=SECOND)
    before = files(desk.live)

    done = desk.publish(TAG)

    after = files(desk.live)
    assert {name for name in after if after[name] != before[name]} == {
        "translations/cs/LC_MESSAGES/messages.po"
    }
    assert ids(done.changes) == {TAG: [ID]}
    assert desk.readers(ID) == "Nowy"
    assert [*desk.plan(ENGLISH, TAG, SECOND).changes.sentences] == [SECOND]


def test_a_language_without_its_newer_english_gets_what_is_of_the_live_english(desk: Desk) -> None:
    """Its other sentences stay as they are, so nothing gets worse."""
    was = desk.readers(ID)
    desk.said(OTHER, "Nowa pomoc")
    desk.english("How good is the help?", "Is it good?")
    desk.said(ID, "Czy to dobre?")  # of the new English

    desk.publish(TAG)

    assert (desk.readers(OTHER), desk.readers(ID)) == ("Nowa pomoc", was)
    waiting = desk.publishing.waiting(desk.stock)
    assert ids(waiting) == {ENGLISH: [ID], TAG: [ID], SECOND: [ID]}
    desk.publish()
    assert desk.readers(ID) == "English: Is it good?"  # marked: nobody has looked at it


def test_english_alone_shows_where_other_languages_fall_back(desk: Desk) -> None:
    was = desk.readers(ID)
    desk.english("How good is the help?", "Is it good?")

    plan = desk.plan(ENGLISH)
    desk.publish(ENGLISH)

    (change,) = plan.changes.sentences[TAG]
    assert change.before == Got((was,))
    assert change.after == Got(("Is it good?",), in_english=True)
    assert desk.readers(ID) == "English: Is it good?"


def test_a_translation_that_still_fits_comes_along_with_its_english(desk: Desk) -> None:
    """Nothing changes in it, so nobody can choose it; without it, readers would get the English."""
    was = desk.readers(ID)
    desk.english("How good is the help?", "Is it good?")
    path = desk.stock.path(TAG)
    text = path.read_text(encoding="utf-8")
    mended = re.sub(r'#, fuzzy\n#\| msgid "[^"]*"\n', "", text)
    path.write_text(mended, encoding="utf-8")
    desk.stock = again(desk.stock)

    desk.publish(ENGLISH)

    assert desk.readers(ID) == was
    assert desk.readers(ID, SECOND) == "English: Is it good?"


def test_a_new_language_comes_with_english(desk: Desk) -> None:
    listed = desk.stock.folders.translations / "languages.toml"
    text = listed.read_text(encoding="utf-8")
    line = '{ tag = "fr", name = "Français" },\n]'
    listed.write_text(text.replace("\n]", f"\n  {line}"), encoding="utf-8")
    told = [*desk.stock.messages.values()]
    pseudo_locales.write(desk.stock.folders.translations, Language("fr", "Français"), told)
    desk.stock = again(desk.stock)
    assert desk.publishing.with_english(desk.stock) == {"fr"}

    desk.said(ID, "Nowy")
    desk.publish(TAG)
    assert "fr" not in (desk.live / "translations/languages.toml").read_text(encoding="utf-8")
    desk.publish(ENGLISH)

    assert "fr" in (desk.live / "translations/languages.toml").read_text(encoding="utf-8")


def test_facts_pages_and_how_they_are_built_are_told(desk: Desk) -> None:
    desk.english("2025-01-17", "2025-01-18", "report.toml")
    desk.english("paragraphs = [2]", "paragraphs = [2, 3]")
    desk.english('cards = ["overall"]', "cards = []")
    home = desk.stock.folders.content / "home.toml"
    home.write_text(home.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    desk.stock = again(desk.stock)

    changes = desk.plan(ENGLISH).changes

    assert changes.facts == (("visit", "13–17 January 2025", "13–18 January 2025"),)
    assert changes.built == ("the page ‘How good is the help?’: sections, order, links or sources",)
    assert ids(changes) == {}
    desk.publish(ENGLISH)
    assert not desk.publishing.waiting(desk.stock)


def test_a_page_that_is_new_or_goes_is_told(desk: Desk) -> None:
    page = desk.stock.folders.content / "help.toml"
    text = page.read_text(encoding="utf-8")
    more = text.replace('"help.', '"more.').replace("Talk to someone", "More")
    order = desk.stock.folders.content / "report.toml"
    was = order.read_text(encoding="utf-8")
    page.with_name("more.toml").write_text(more, encoding="utf-8")
    order.write_text(was.replace('order = ["home", "help"]', 'order = ["home", "help", "more"]'))
    desk.stock = again(desk.stock)

    new = desk.plan(ENGLISH).changes
    desk.publish(ENGLISH)
    page.with_name("more.toml").unlink()
    order.write_text(was)
    desk.stock = again(desk.stock)
    gone = desk.plan(ENGLISH).changes

    assert "a new page: More" in new.built
    assert "a page that goes: More" in gone.built
    assert {each.id: each.before for each in new.sentences[ENGLISH]}["more.title"] is None
    assert {each.id: each.after for each in gone.sentences[ENGLISH]}["more.title"] is None


# What stops it


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("content/home.toml", "# TODO: write more\n", "TODO"),
        ("content/home.toml", "half a lin", "home.toml"),
        ("translations/cs/LC_MESSAGES/messages.po", "<<<<<<< HEAD\n", "merge conflict"),
    ],
)
def test_what_is_wrong_leaves_what_was_live(desk: Desk, file: str, text: str, told: str) -> None:
    desk.said(OTHER, "Nowa pomoc")
    desk.english("How good is the help?", "Is it good?")
    path, before = desk.folder / file, files(desk.live)
    path.write_text(f"{text}{path.read_text(encoding='utf-8')}", encoding="utf-8")
    desk.stock = again(desk.stock)

    plan = desk.plan(ENGLISH, TAG, SECOND)
    with pytest.raises(PublishError, match=told):
        desk.publish(ENGLISH, TAG, SECOND)

    assert any(told in each for each in plan.stops)
    assert files(desk.live) == before
    assert [each.name for each in desk.folder.glob(".live*")] == []


def test_faulty_content_does_not_stop_a_language(desk: Desk) -> None:
    desk.said(OTHER, "Nowa pomoc")
    home = desk.stock.folders.content / "home.toml"
    home.write_text("# TODO\n" + home.read_text(encoding="utf-8"), encoding="utf-8")

    desk.publish(TAG)

    assert desk.readers(OTHER) == "Nowa pomoc"


@pytest.mark.parametrize(
    "step",
    ["live.compose", "ready", "changes", "open_to_readers", "swap"],
)
def test_a_failure_at_any_step_leaves_what_was_live(
    desk: Desk, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.said(ID, "Nowy")
    before = files(desk.live)

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    offered = desk.publishing.offered(desk.stock).changes
    choice = desk.publishing.choice(desk.stock, [TAG], offered)
    with monkeypatch.context() as patch:
        patch.setattr(f"inspection_outcome.desk.publish.publishing.{step}", fails)
        with pytest.raises((PublishError, OSError), match="No space left"):
            desk.publishing.publish(desk.stock, choice, offered.key, ANNA)

    assert files(desk.live) == before
    assert [each.name for each in desk.folder.glob(".live*")] == []
    desk.publish()
    assert desk.readers(ID) == "Nowy"
    assert [each.who for each in desk.publishing.history.publishes()] == [ANNA.name] * 2


KILLED = """
import os, signal, sys
from pathlib import Path
from inspection_outcome.desk.publish import publishing as p
from inspection_outcome.desk.git import Author
from inspection_outcome.desk.publish.history import LiveHistory
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import Folders
folder, step = Path(sys.argv[1]), sys.argv[2]
stock = Stock.read(Folders(folder / "content", folder / "translations"))
how = p.Publishing(folder / "live", stock.folders)
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
offered = how.offered(stock).changes
if step == "confirm":
    LiveHistory.confirm = killed
else:
    setattr(p, step, killed)
choice = how.choice(stock, ["en", *stock.languages], offered)
how.publish(stock, choice, offered.key, Author("Killed"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    ("step", "readers"),
    [("swap", "old"), ("confirm", "Nowy")],
)
def test_a_publish_that_is_killed_leaves_the_old_or_the_new(
    desk: Desk, step: str, readers: str
) -> None:
    old = desk.readers(ID)
    desk.said(ID, "Nowy")

    done = subprocess.run(  # noqa: S603 (this Python)
        [sys.executable, "-c", KILLED, str(desk.folder), step], check=False
    )

    assert done.returncode == -signal.SIGKILL
    assert desk.readers(ID) == (old if readers == "old" else readers)
    desk.publishing = Publishing(desk.live, desk.stock.folders)
    assert [each.name for each in desk.folder.glob(".live*")] == []
    desk.said(OTHER, "Nowa pomoc")
    desk.publish(by=BEN)
    assert (desk.readers(ID), desk.readers(OTHER)) == ("Nowy", "Nowa pomoc")
    told = [each.who for each in desk.publishing.history.publishes()]
    assert told == [BEN.name, *(["Killed"] if step == "confirm" else []), ANNA.name]


def test_of_two_at_once_the_second_is_told(desk: Desk) -> None:
    desk.said(ID, "Nowy")
    offered = desk.publishing.offered(desk.stock).changes
    choice = desk.publishing.choice(desk.stock, [TAG], offered)
    outcomes: list[object] = []

    def run() -> None:
        try:
            outcomes.append(desk.publishing.publish(desk.stock, choice, offered.key, ANNA))
        except ChangedError as error:
            outcomes.append(error)

    both = [threading.Thread(target=run) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert {type(each) for each in outcomes} == {ChangedError, Done}
    assert len(desk.publishing.history.publishes()) == 2


def test_what_is_saved_after_it_was_shown_is_not_published_unseen(desk: Desk) -> None:
    desk.said(ID, "Nowy")
    offered = desk.publishing.offered(desk.stock).changes
    choice = desk.publishing.choice(desk.stock, [TAG], offered)
    desk.said(ID, "Jeszcze nowszy")

    with pytest.raises(ChangedError):
        desk.publishing.publish(desk.stock, choice, offered.key, ANNA)

    assert "now" not in desk.readers(ID)


# Taken back, and told


def test_taken_back_readers_have_what_they_had_and_the_desk_keeps_its_own(desk: Desk) -> None:
    old = desk.readers(ID)
    desk.said(ID, "Nowy")
    desk.said(ID, "جديد", tag=SECOND)
    desk.publish()
    last, _ = desk.publishing.history.publishes()
    mine = desk.stock.path(TAG).read_bytes()

    desk.publish(TAG, back=last.before, by=BEN)

    assert (desk.readers(ID), desk.readers(ID, SECOND)) == (old, "جديد")
    assert desk.stock.path(TAG).read_bytes() == mine
    assert [*desk.publishing.waiting(desk.stock).sentences] == [TAG]
    told = desk.publishing.history.publishes()
    assert [(each.who, each.action) for each in told] == [
        (BEN.name, "take back"),
        (ANNA.name, "publish"),
        (ANNA.name, "publish"),
    ]
    assert (told[1].number, set(told[1].tags)) == ("2", {TAG, SECOND})
    desk.publish(by=BEN)
    assert desk.readers(ID) == "Nowy"
    assert desk.publishing.history.publishes()[0].tags == [TAG]


def test_what_somebody_else_changed_in_the_live_folder_can_be_taken_back_to(desk: Desk) -> None:
    path = desk.live / "translations/cs/LC_MESSAGES/messages.po"
    text = path.read_text(encoding="utf-8")
    by_hand = text.replace(desk.readers(OTHER), "Ręcznie")
    path.write_text(by_hand, encoding="utf-8")
    desk.publish()
    newest = desk.publishing.history.publishes()[0]

    desk.publish(TAG, back=newest.before)

    assert desk.readers(OTHER) == "Ręcznie"


def test_without_git_publishing_works_and_says_that_it_is_not_kept(
    new: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    desk = Desk(new.folder)

    done = desk.publish()

    assert "git is not installed" in done.unkept
    assert "git is not installed" in desk.publishing.history.none
    assert desk.publishing.history.publishes() == []
    assert desk.readers(ID) == desk.stock.entry(TAG, ID).forms[0]


# Who reads it


def test_a_running_site_shows_the_new_words_by_itself(desk: Desk) -> None:
    store = EditionStore(live.folders(desk.live), settle=lambda: None)
    desk.said(ID, "Nowy tytuł")

    desk.publish()
    store.refresh()

    assert "Nowy tytuł" in store.current().renderer.page("home", TAG)


def test_plain_files_are_written_with_each_publish(new: Desk, tmp_path: Path) -> None:
    desk = new
    settings = Settings(
        content=desk.stock.folders.content,
        translations=desk.stock.folders.translations,
        live=desk.live,
        published=tmp_path / "public",
    )
    how = publishing_of(settings)
    assert how
    desk.publishing = how
    desk.publish()
    page = tmp_path / "public" / TAG / "index.html"
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")}
    desk.said(ID, "Nowy tytuł")

    done = desk.publish()

    assert done.unwritten == ""
    assert "Nowy tytuł" in page.read_text(encoding="utf-8")
    english = tmp_path / "public" / "en" / "index.html"
    assert english.stat().st_mtime_ns == stamps[english]
    (tmp_path / "public" / "_published.json").write_text("damaged")
    desk.said(ID, "Jeszcze")
    assert "is damaged" in desk.publish().unwritten
    assert desk.readers(ID) == "Jeszcze"
    shutil.rmtree(tmp_path / "public")
    assert how.write_files(desk.stock) == ""
    assert "Jeszcze" in page.read_text(encoding="utf-8")


# Where


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("content", "lie in each other"),
        ("content/live", "lie in each other"),
        (".", "lie in each other"),
        ("others", "also holds notes.txt, which would be lost"),
        ("file", "is not a folder"),
    ],
)
def test_a_folder_that_cannot_be_the_live_one_is_refused(
    tmp_path: Path, place: str, told: str
) -> None:
    stock = desk_site.make(tmp_path)
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "notes.txt").touch()
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match=told):
        Publishing(tmp_path / place, stock.folders)
