"""The desk's view of the files: what has not changed is not read again, what is broken is told."""

import shutil
import threading
from pathlib import Path

import desk_site
import frozen_site
import pseudo_locales
import pytest
from desk_site import LANGUAGE, TAG, again, edit_outside, run_git, words
from inspection_outcome.desk.history import History
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.stocks import Stocks
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.states import State
from inspection_outcome.report.errors import ContentError

ID, PLURAL = "home.title", "home.good"
SECOND = pseudo_locales.RIGHT_TO_LEFT


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """Return the stock of the small site, in two languages."""
    return desk_site.make(tmp_path, languages=pseudo_locales.LANGUAGES)


def rewrite(stock: Stock, file: str, find: str, replace: str) -> None:
    """Change the content as its author does."""
    path = stock.folders.content / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, replace, 1), encoding="utf-8")


def test_only_the_language_that_changed_is_read_again(stock: Stock) -> None:
    stock.shown(SECOND.tag, "home")
    for name in stock.pages:
        stock.shown(TAG, name)
    edit_outside(stock, "home.lead", *stock.entry(TAG, "home.lead").forms)
    edit_outside(stock, ID, "Nowy")

    now = again(stock)

    assert now.entry(TAG, ID).forms == ("Nowy",)
    assert now.catalogue(SECOND.tag) is stock.catalogue(SECOND.tag)
    assert now.messages is stock.messages
    # These pages show what they showed.
    assert set(now.rendered) == {(SECOND.tag, "home"), (TAG, "help")}
    assert "Nowy" in dict(now.shown(TAG, "home").texts)[ID]


def test_a_page_that_tells_how_far_languages_are_is_read_again(
    translations: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(translations, tmp_path / "translations")
    stock = Stock.read(frozen_site.folders(folder))
    pages = {name for name in stock.pages if stock.shown(SECOND.tag, name).seen}
    edit_outside(stock, "ui.skip", "")

    assert pages - {name for _, name in again(stock).rendered} == {"about"}


def test_a_file_that_cannot_be_read_is_told_and_the_others_work(stock: Stock) -> None:
    path = stock.path(TAG)
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("msgid", "<<<<<<< HEAD\nmsgid", 1), encoding="utf-8")

    now = again(stock)

    (trouble,) = now.troubles
    assert trouble.tag == TAG
    assert "git left a merge conflict in line" in trouble.told
    assert now.entry(TAG, ID) == stock.entry(TAG, ID)
    assert now.entry(SECOND.tag, ID).state is State.NEEDS_CHECKING
    path.write_text(good, encoding="utf-8")
    assert again(now).troubles == ()


@pytest.mark.parametrize("file", ["content/home.toml", "translations/languages.toml"])
def test_what_is_broken_for_all_is_told_and_the_last_is_kept(
    stock: Stock, tmp_path: Path, file: str
) -> None:
    (tmp_path / file).write_text("half a lin", encoding="utf-8")

    now = again(stock)

    (trouble,) = now.troubles
    assert (trouble.tag, now.pages) == ("", stock.pages)
    assert file.rpartition("/")[2] in trouble.told
    with pytest.raises(ContentError):
        Stock.read(stock.folders)


def test_when_the_english_changes_each_file_follows_by_itself(tmp_path: Path) -> None:
    stock = desk_site.make(tmp_path, git=True)
    was = stock.messages[ID].sentence.text
    stocks = Stocks(stock.folders, History(stock.folders.translations))
    assert stocks.current() is stocks.current()
    edit_outside(stock, "help.title", "W Poedicie")
    rewrite(stock, "home.toml", f'text = "{was}"', 'text = "Is it good?"')

    entry = stocks.current().entry(TAG, ID)

    assert (entry.state, entry.before) == (State.ENGLISH_CHANGED, (was,))
    assert f'#, fuzzy\n#| msgid "{was}"\n' in stock.path(TAG).read_text(encoding="utf-8")
    log = run_git(tmp_path, "log", "--format=%an: %s")
    assert log.splitlines()[:3] == [
        "The desk: Desk: update, qaa",
        "Changed outside the desk: Desk: outside, qaa",
        "The desk: Desk: update",
    ]
    template = (stock.folders.translations / "messages.pot").read_text(encoding="utf-8")
    assert f'msgctxt "{ID}"\nmsgid "Is it good?"\n' in template
    assert words(stock, "help.title") == ("W Poedicie",)


def test_a_file_that_cannot_follow_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock = desk_site.make(tmp_path)
    rewrite(stock, "home.toml", stock.messages[ID].sentence.text, "Is it good?")
    monkeypatch.setattr(
        "inspection_outcome.report.files.os.fsync",
        lambda _: (_ for _ in ()).throw(OSError(28, "full")),
    )

    now = Stocks(stock.folders, History(stock.folders.translations)).current()

    assert [each.tag for each in now.troubles] == ["", TAG]
    assert all("Make room on the disk" in each.told for each in now.troubles)


def test_requests_at_once_get_whole_stocks(tmp_path: Path) -> None:
    stock = desk_site.make(tmp_path)
    stocks = Stocks(stock.folders, History(stock.folders.translations))
    seen: list[str] = []

    def ask() -> None:
        for _ in range(30):
            now = stocks.current()
            seen.append(now.entry(TAG, ID).forms[0])
            assert now.shown(TAG, "home").seen

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        edit_outside(stock, ID, f"Wersja {'i' * number}")
    for thread in threads:
        thread.join()

    assert len(seen) == 120
    assert stocks.current().entry(TAG, ID).forms == ("Wersja iiiiiiiii",)


def test_facts_have_the_values_that_readers_see(stock: Stock) -> None:
    assert stock.facts(TAG, "home.lead") == {"visit": "13.–17. ledna 2025"}
    assert stock.facts("en", "home.lead") == {"visit": "13–17 January 2025"}
    assert stock.facts("en", "ui.areas") == {"areas": "how many"}


def test_a_draft_has_the_state_that_it_would_have(stock: Stock) -> None:
    forms = ["{homes} dom", "{homes} domy", "{homes} domów"]

    assert stock.forms(TAG, PLURAL) == len(forms)
    assert stock.draft(TAG, PLURAL, forms).state is State.NEEDS_CHECKING
    assert stock.draft(TAG, PLURAL, forms[:1]).state is State.BROKEN
    assert stock.draft(TAG, ID, [""]).state is State.NOT_TRANSLATED


def test_problems_are_those_of_the_one_list_of_checks(stock: Stock) -> None:
    (broken,) = stock.problems(TAG, ID, ["Tytuł {x}"])
    (warning, *_) = stock.problems(TAG, ID, ["Tytuł" * 40])

    assert isinstance(broken, Problem)
    assert (broken.error, warning.error) == (True, False)


def test_what_a_check_warns_of_is_told_until_it_is_mended(stock: Stock) -> None:
    """Only what has changed is checked again; a new glossary changes all."""
    before = stock.warned(TAG)
    edit_outside(stock, ID, "Tytuł" * 40)
    now = again(stock)
    assert set(now.looked) == {TAG}
    assert {*now.warned(TAG)} - {*before} == {ID}
    edit_outside(stock, ID, *stock.entry(TAG, ID).forms)
    assert again(now).warned(TAG) == before

    (stock.folders.translations / "glossary.toml").write_text('same = ["X"]', encoding="utf-8")
    assert again(now).looked == {}


def test_each_sentence_is_on_a_page_or_elsewhere(stock: Stock) -> None:
    pages = [stock.shown(TAG, name) for name in stock.pages]
    on_pages = {id_ for page in pages for id_ in (*page.seen, *page.unseen)}

    assert on_pages.isdisjoint(stock.elsewhere(TAG))
    assert on_pages | {*stock.elsewhere(TAG)} == set(stock.messages)
    assert {"ui.skip", "report.site-name"} <= set(stock.everywhere(TAG))
    assert stock.on_pages("home.lead") == ["home"]
    assert stock.on_pages("ui.skip") == ["home", "help"]


def test_sentences_with_the_same_english_are_found(stock: Stock) -> None:
    rewrite(stock, "help.toml", 'text = "Help"', 'text = "Home"')

    assert again(stock).same_english("help.label") == ["home.label"]
    assert stock.same_english("help.label") == []


def test_an_empty_translation_has_the_plural_rule_of_its_file(tmp_path: Path) -> None:
    """So that there are as many boxes as the file has forms."""
    stock = desk_site.make(tmp_path)
    path = stock.path(TAG)
    text = path.read_text(encoding="utf-8")
    header = next(line for line in text.splitlines() if "Plural-Forms" in line)
    path.write_text(
        text.replace(header, '"Plural-Forms: nplurals=2; plural=n != 1;\\n"'), encoding="utf-8"
    )
    edit_outside(stock, PLURAL, "", "")

    assert again(stock).forms(TAG, PLURAL) == 2
    assert LANGUAGE.plural_rule.forms == 3
