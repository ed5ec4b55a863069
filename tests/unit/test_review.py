"""A speaker's No holds while the sentence is as they saw it, and its file is read with care."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import desk_site
import pytest
from desk_site import LANGUAGE, TAG, again, edit_outside
from hypothesis import example, given, settings
from hypothesis import strategies as st
from inspection_outcome.desk.history import History
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.stocks import Stocks
from inspection_outcome.i18n import review, states
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.review import No
from inspection_outcome.i18n.states import Checked
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import LARGEST

ID, OTHER = "home.title", "home.lead"
DAY = dt.date(2026, 11, 29)


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    return desk_site.make(tmp_path)


def file(stock: Stock) -> Path:
    return review.path_of(stock.folders.translations, LANGUAGE)


def no(stock: Stock, id_: str = ID, why: str = "Nobody says so.") -> No:
    return No(id_, why, "Anna", DAY, fingerprint(stock.entry(TAG, id_)))


def add(stock: Stock, *said: No) -> None:
    review.add(file(stock), said, stock.catalogue(TAG).entries)


def test_a_no_holds_until_the_sentence_is_edited(stock: Stock) -> None:
    assert again(stock).refused == {TAG: {}}
    add(stock, no(stock))
    assert again(stock).refused == {TAG: {ID: no(stock)}}

    words = stock.entry(TAG, ID).forms
    edit_outside(stock, ID, "Inne słowa")
    assert again(stock).refused == {TAG: {}}

    edit_outside(stock, ID, *words)
    assert again(stock).refused[TAG].keys() == {ID}


def test_a_no_does_not_hold_beside_a_yes(stock: Stock) -> None:
    add(stock, no(stock))
    states.accept(stock.path(TAG), LANGUAGE, [stock.entry(TAG, ID)], Checked("Ben", DAY))

    now = again(stock)
    assert now.refused == {TAG: {}}
    add(now, no(now))  # to what has been checked, nobody is asked
    assert again(now).refused == {TAG: {}}


def test_what_no_longer_holds_is_dropped_when_the_file_is_next_written(stock: Stock) -> None:
    add(stock, no(stock))
    edit_outside(stock, ID, "Inne słowa")
    now = again(stock)

    add(now, no(now, OTHER))

    assert [each.id for each in review.read(file(stock))] == [OTHER]


def test_a_second_no_takes_the_place_of_the_first(stock: Stock) -> None:
    add(stock, no(stock, why="One."), no(stock, OTHER))
    add(stock, no(stock, why="Two."))

    assert {each.id: each.why for each in review.read(file(stock))} == {
        ID: "Two.",
        OTHER: "Nobody says so.",
    }


@given(st.text(st.characters(codec="utf-8"), max_size=120))
@example('." \\ \x7f\n<<<<<<< ' * 60)
@settings(max_examples=100, deadline=None)
def test_whatever_was_typed_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, why: str
) -> None:
    path = tmp_path_factory.mktemp("review") / "review.toml"
    path.write_text(review._text({ID: No(ID, why, "Anna", DAY, "0")}), encoding="utf-8")  # noqa: SLF001 (what is written, without a site around it)

    assert review.read(path) == (No(ID, why, "Anna", DAY, "0"),)


TABLE = '[[no]]\nid = "home.title"\nwhy = "x"\nwho = "Anna"\nwhen = 2026-11-29\nhash = "0"\n'


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text(f"<<<<<<< HEAD\n{TABLE}=======\n>>>>>>> other\n"),
        lambda path: path.write_text(TABLE.replace("2026-11-29", '"soon"')),
        lambda path: path.write_text(TABLE.replace('"x"', "[1]")),
        lambda path: path.write_text(TABLE.replace('who = "Anna"\n', "")),
        lambda path: path.write_text(TABLE + 'also = "x"\n'),
        lambda path: path.write_text(TABLE + '[[signed]]\nid = "home.title"\n'),
        lambda path: path.write_text('no = "x"\n'),
        lambda path: path.write_text("[[no"),
        lambda path: path.write_text("#" * (LARGEST + 1)),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.mkdir(),
    ],
    ids=[
        "conflict", "day", "type", "missing", "unknown", "unknown-table", "no-list", "syntax",
        "large", "encoding", "folder",
    ],
)  # fmt: skip # one a line would be long
def test_a_file_that_cannot_be_read_is_not_overwritten(
    write: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "review.toml"
    write(path)
    before = path.read_bytes() if path.is_file() else b""

    with pytest.raises(ContentError, match=r"review\.toml"):
        review.add(path, [], {})

    assert (path.read_bytes() if path.is_file() else b"") == before


def test_what_held_before_a_file_broke_holds_on_and_the_fault_is_told(stock: Stock) -> None:
    add(stock, no(stock))
    before = again(stock)
    file(stock).write_text("<<<<<<< HEAD\n", encoding="utf-8")

    now = again(before)

    assert now.refused == before.refused != {}
    assert [(each.tag, "merge conflict in line 1" in each.told) for each in now.troubles] == [
        ("", True)
    ]
    assert again(stock).refused == {TAG: {}}  # at a start, there is no good version


def test_the_desk_sees_a_no_at_once(stock: Stock) -> None:
    stocks = Stocks(stock.folders, History(stock.folders.translations))

    add(stock, no(stock))

    assert stocks.current().refused[TAG].keys() == {ID}
