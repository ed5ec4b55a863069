"""Who translated a critical sentence does not check it."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import desk_site
import msgspec
import pytest
from desk_site import TAG
from inspection_outcome.desk.access import Person
from inspection_outcome.desk.commits import Done, Version
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.history import History
from inspection_outcome.desk.saving import Writer
from inspection_outcome.desk.second_person import why_not_check
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.edit_entry import Edit, EntryChangedError, fingerprint

ANNA, BEN, CAROL = (Person(name, name.lower()) for name in ("Anna", "Ben", "Carol"))
OWN = "You translated this, and it is about danger or rights. Somebody else must check it."


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    return desk_site.make(tmp_path, git=True)


def critical(stock: Stock) -> str:
    return next(id_ for id_, each in stock.messages.items() if each.sentence.critical)


def save(stock: Stock, id_: str, words: str, by: Person) -> Stock:
    stock = desk_site.again(stock)
    entry = stock.entry(TAG, id_)
    edit = Edit(id_, [words], fingerprint(entry), broken_too=True)
    Writer(stock, History(stock.folders.translations), by.author).save(TAG, edit)
    return desk_site.again(stock)


def told(stock: Stock, id_: str, *people: Person) -> Sequence[str]:
    stock = desk_site.again(stock)
    history = History(stock.folders.translations)
    versions = partial(history.versions, stock.path(TAG), stock.languages[TAG], id_)
    return [why_not_check(stock.entry(TAG, id_), person, versions) for person in people]


def test_who_put_in_the_words_of_now_cannot_check_them(stock: Stock) -> None:
    id_ = critical(stock)
    assert told(stock, id_, ANNA) == [""]

    stock = save(stock, id_, "Of Anna", ANNA)
    assert told(stock, id_, ANNA, BEN) == [OWN, ""]

    stock = save(stock, id_, "Of Ben", BEN)
    assert told(stock, id_, ANNA, BEN) == ["", OWN]


def test_who_put_the_words_of_another_back_cannot_check_them_either(stock: Stock) -> None:
    id_ = critical(stock)
    for words, person in (("Of Anna", ANNA), ("Of Ben", BEN), ("Of Anna", CAROL)):
        stock = save(stock, id_, words, person)

    assert told(stock, id_, ANNA, BEN, CAROL) == [OWN, "", OWN]


def test_what_was_changed_outside_the_desk_has_no_known_translator(stock: Stock) -> None:
    id_ = critical(stock)
    stock = save(stock, id_, "Of Anna", ANNA)
    desk_site.edit_outside(stock, id_, "Of Poedit")
    assert told(stock, id_, ANNA) == [""]

    other = next(each for each in stock.messages if each != id_)
    stock = save(stock, other, "A save keeps what was changed outside", ANNA)
    assert told(stock, id_, ANNA) == [""]


def test_who_did_something_else_to_the_sentence_can_check_it(stock: Stock) -> None:
    """Who checked these words before, and who began the history with them."""
    entry = stock.entry(TAG, critical(stock))
    said = stock.renderer.edition.catalogues.files[TAG].said[entry.sentence.id]
    when = dt.datetime.now(dt.UTC)

    def version(person: Person, action: str) -> Version:
        return Version("1", person.name, when, said, action, person.author.email)

    checked = [version(BEN, "check"), version(ANNA, "save")]
    begun = [version(CAROL, "")]

    assert [why_not_check(entry, each, lambda: checked) for each in (ANNA, BEN)] == [OWN, ""]
    assert not why_not_check(entry, CAROL, lambda: begun)


def test_without_a_history_nobody_who_is_known_can_check(stock: Stock) -> None:
    entry = stock.entry(TAG, critical(stock))

    def fails() -> list[Version]:
        raise HistoryError("git does not answer")

    for versions in (list[Version], fails):
        assert why_not_check(entry, ANNA, versions).startswith("There is no history")
        assert not why_not_check(entry, Person("Anna"), versions)


def test_other_sentences_need_no_second_person(stock: Stock) -> None:
    entry = stock.entry(TAG, critical(stock))
    sentence = msgspec.structs.replace(entry.sentence, critical=False)

    assert not why_not_check(msgspec.structs.replace(entry, sentence=sentence), ANNA, list[Version])


def test_who_saved_while_the_history_failed_cannot_check_that(stock: Stock, tmp_path: Path) -> None:
    """Before it is in the history, and when a later save has kept it there, with both names."""
    id_ = critical(stock)
    lock = tmp_path / ".git" / "index.lock"
    lock.touch()
    stock = save(stock, id_, "Of Anna", ANNA)
    assert told(stock, id_, ANNA, BEN) == [OWN, ""]

    other = next(each for each in stock.messages if each != id_)
    stock = save(stock, other, "Of Ben", BEN)
    assert told(stock, id_, ANNA, CAROL) == [OWN, ""]

    lock.unlink()
    stock = save(stock, other, "Of Carol", CAROL)
    assert told(stock, id_, ANNA, CAROL) == [OWN, ""]
    history = History(stock.folders.translations)
    version = history.versions(stock.path(TAG), stock.languages[TAG], id_)[0]
    assert version.who == "Anna, or Ben, or somebody outside the desk"

    desk_site.edit_outside(stock, id_, "Of Poedit")
    assert told(stock, id_, ANNA, BEN, CAROL) == ["", "", ""]


def test_who_was_stopped_before_the_history_had_it_cannot_check_that(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = critical(stock)

    def killed(_: Done) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Done, "message", killed)
    with pytest.raises(KeyboardInterrupt):
        save(stock, id_, "Of Anna", ANNA)
    assert desk_site.words(stock, id_) == ("Of Anna",)

    assert told(stock, id_, ANNA, BEN) == [OWN, ""]


def test_a_save_that_is_refused_leaves_nobody_s_name_on_the_words_of_others(stock: Stock) -> None:
    id_ = critical(stock)
    with pytest.raises(EntryChangedError):
        Writer(stock, History(stock.folders.translations), ANNA.author).save(
            TAG, Edit(id_, ["Of Anna"], "another", broken_too=True)
        )
    desk_site.edit_outside(stock, id_, "Of Poedit")

    assert told(stock, id_, ANNA) == [""]
