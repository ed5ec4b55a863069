"""What goes to a translator comes back whole, whatever a spreadsheet program does to it."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk_site
import openpyxl
import polib
import pseudo_locales
import pytest
import sheets
from desk_site import TAG, again, edit_outside
from inspection_outcome import outgoing
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n import edit_entry, incoming, po_file, states
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.incoming import Kind, Row
from inspection_outcome.i18n.states import Checked, Entry, State
from inspection_outcome.report.files import FileError
from sheets import cell, compared, damaged, fill, kinds, sent

ARABIC = pseudo_locales.RIGHT_TO_LEFT
ID, OTHER, FACT, PLURAL = "home.title", "help.title", "home.lead", "home.good"
NEW = "Nowy tytuł"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """Return a stock that tests only read, with three plural forms and with six."""
    languages = (desk_site.LANGUAGE, ARABIC)
    return desk_site.make(tmp_path_factory.mktemp("sheets"), languages=languages)


@pytest.fixture(scope="module")
def file(kept: Stock) -> bytes:
    return sent(kept, TAG)


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    return desk_site.make(tmp_path)


def take(stock: Stock, row: Row) -> Entry:
    """Write one row, and return its entry as it now is."""
    assert row.entry
    edit = row.edit(stock.renderer.edition.catalogues.rule(TAG), fingerprint(row.entry))
    messages = [*stock.messages.values()]
    return edit_entry.save(stock.path(TAG), desk_site.LANGUAGE, messages, edit)


def forms_of(stock: Stock, id_: str) -> tuple[str, ...]:
    return stock.messages[id_].sentence.forms


def change_english(stock: Stock, id_: str) -> Stock:
    for path in stock.folders.content.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(f'id = "{id_}"\ntext = "', f'id = "{id_}"\ntext = "Today: '),
            encoding="utf-8",
        )
    return again(stock)


# What is sent


def test_every_cell_is_a_text_and_none_a_formula(kept: Stock, stock: Stock, file: bytes) -> None:
    edit_outside(stock, ID, '=HYPERLINK("http://evil.example")')
    for data in (file, sent(again(stock), TAG), sent(kept, ARABIC.tag)):
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]

        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert {each.number_format for each in book["Sentences"]["D"][1:]} == {"@"}


def test_a_translator_gets_what_a_sentence_needs(kept: Stock, file: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file))
    page = book["Sentences"]

    assert cell(page, FACT, "English").value == kept.messages[FACT].sentence.text
    assert cell(page, FACT, "Copy as it is").value == "{visit} = 13.–17. ledna 2025\n(page:help)"
    assert cell(page, FACT, "Where it stands").value == "How good is the help?"
    assert cell(page, FACT, "State").value == "Needs checking"
    assert [each.value for each in page[1]][3:6] == [
        "Translation: for 1, and where there is no number",
        "Translation 2: for 2, 3, 4",
        "Translation 3: for 0, 5, 6, 7…",
    ]
    told = [str(row[1]) for row in book["Read me"].iter_rows(values_only=True)]
    assert "153" in told
    assert page.freeze_panes == "B2"


def test_right_to_left_is_written_so(kept: Stock) -> None:
    page = openpyxl.load_workbook(io.BytesIO(sent(kept, ARABIC.tag)))["Sentences"]

    assert cell(page, ID).alignment.readingOrder == 2
    assert len([each for each in page[1] if str(each.value).startswith("Translation")]) == 7


def test_only_what_a_page_shows_is_sent_and_what_waits(stock: Stock) -> None:
    edit_outside(stock, OTHER, "")
    one = sheets.read(stock, TAG, sent(stock, TAG, "help"))
    site = outgoing.Site(again(stock).renderer, stock.messages, stock.glossary)

    assert {"help.people", "help.title"} <= {row.id for row in one.rows}
    assert {len(row.forms) for row in one.rows} == {1}
    assert not {row.id for row in one.rows} & {"home.good", "home.description"}
    assert [line.entry.sentence.id for line in outgoing.job(site, TAG).lines] == [OTHER]


# What comes back


@pytest.mark.parametrize("tag", [TAG, ARABIC.tag])
def test_unchanged_it_is_the_same_as_ours(kept: Stock, tag: str) -> None:
    rows = compared(kept, tag, sent(kept, tag))

    assert len(rows) == len(kept.messages)
    assert kinds(rows) == {}


def test_what_was_filled_in_is_taken_and_never_checked(stock: Stock) -> None:
    states.accept(
        stock.path(TAG),
        desk_site.LANGUAGE,
        [stock.entry(TAG, OTHER)],
        Checked("Anna", dt.date(2026, 1, 1)),
    )
    edit_outside(stock, ID, "")
    stock = again(stock)
    forms = ("{homes} dům", "{homes} domy", "{homes} domů")

    def damage(page: Any) -> None:
        fill(ID, NEW)(page)
        fill(PLURAL, *forms)(page)
        fill(OTHER, "Jinak")(page)
        cell(page, ID, "State").value = "Checked"

    rows = compared(stock, TAG, damaged(sent(stock, TAG), damage))
    taken = [take(stock, rows[id_]) for id_ in (ID, PLURAL)]

    assert kinds(rows) == {ID: Kind.TAKEN, PLURAL: Kind.TAKEN, OTHER: Kind.CHANGED_HERE}
    assert [(each.forms, each.state) for each in taken] == [
        ((NEW,), State.NEEDS_CHECKING),
        (forms, State.NEEDS_CHECKING),
    ]


def shuffle(page: Any) -> None:
    """Sort the rows, filter and hide some, move and add columns, and leave blank rows."""
    rows = [[each.value for each in row] for row in page.iter_rows()]
    head, rest = rows[0], rows[1:]
    rest.sort(key=lambda row: str(row[1]))
    page.delete_rows(1, page.max_row)
    for row in [[], ["A note of ours"], head, *rest[:40], [], [], *rest[40:]]:
        page.append([row[-1], "ours", *row[:-1][::-1]] if len(row) > 1 else row)
    for number in range(5, 60):
        page.row_dimensions[number].hidden = True


TEXTS = {
    "as typed": (NEW, Kind.TAKEN, NEW),
    "a number": (1, Kind.BROKEN, "1"),
    "a whole number as Excel has it": (1.0, Kind.BROKEN, "1"),
    "a formula": ("=1+1", Kind.UNUSABLE, "=1+1"),
    "a date": (dt.date(2026, 5, 1), Kind.UNUSABLE, "2026-05-01 00:00:00"),
    "true": (True, Kind.UNUSABLE, "True"),
    "an error": ("#REF!", Kind.UNUSABLE, "#REF!"),
    "on two lines": ("Nowy\ntytuł", Kind.TAKEN, NEW),
    "on two lines of Windows": ("Nowy_x000D_\ntytuł", Kind.TAKEN, NEW),
    "blanks alone": (" \n ", Kind.EMPTY, ""),
    "a no-break space": ("Nowy\u00a0tytuł", Kind.TAKEN, "Nowy\u00a0tytuł"),
    "a zero width space": ("Nowy\u200btytuł", Kind.BROKEN, "Nowy\u200btytuł"),
    "an apostrophe before it": ("'Nowy tytuł", Kind.TAKEN, "'Nowy tytuł"),
    "decomposed": ("Nowy\u0301", Kind.TAKEN, "Nowý"),
    "far too long": ("x" * 10_001, Kind.UNUSABLE, "x" * 10_001),
    "a fact that was translated": ("{wizyta}", Kind.BROKEN, "{wizyta}"),
    "markup": ("<script>alert(1)</script>", Kind.BROKEN, "<script>alert(1)</script>"),
}


@pytest.fixture(scope="module")
def typed(kept: Stock, file: bytes) -> dict[str, Row]:
    """Return the rows of a file in which each text stands in a cell of its own, by its name."""
    plain = (id_ for id_ in kept.messages if not set("{[*") & set("".join(forms_of(kept, id_))))
    ids = dict(zip(TEXTS, plain, strict=False))

    def damage(page: Any) -> None:
        for name, id_ in ids.items():
            fill(id_, TEXTS[name][0])(page)

    rows = compared(kept, TAG, damaged(file, damage))
    return {name: rows[id_] for name, id_ in ids.items()}


@pytest.mark.parametrize("name", TEXTS)
def test_each_thing_that_stands_in_a_cell_is_told(name: str, typed: dict[str, Row]) -> None:
    _, kind, form = TEXTS[name]
    row = typed[name]

    assert (row.kind, row.given.forms[0]) == (kind, form)
    assert bool(row.problems) is (kind is Kind.BROKEN)
    assert bool(row.told) is (kind is Kind.UNUSABLE)


def test_sorted_filtered_and_rearranged_it_is_read_all_the_same(kept: Stock, file: bytes) -> None:
    assert kinds(compared(kept, TAG, damaged(file, shuffle))) == {}


def test_curly_quotation_marks_of_a_program_are_no_change(stock: Stock) -> None:
    edit_outside(stock, ID, "To je \"ono\" a 'tak'")
    stock = again(stock)
    rows = compared(stock, TAG, damaged(sent(stock, TAG), fill(ID, "To je “ono” a ‘tak’")))

    assert kinds(rows) == {}


def test_a_row_that_is_none_of_ours_is_told(kept: Stock, file: bytes) -> None:
    def damage(page: Any) -> None:
        cell(page, "help.label", "version").value += "0"
        version = cell(page, "home.label", "version")
        version.value = cell(page, OTHER, "version").value  # as if one column alone was sorted
        page.append([each.value for each in page[2]])
        cell(page, ID, "id").value = "home.no-such"
        page.append(["", "", "", "without an id"])

    found = sheets.read(kept, TAG, damaged(file, damage))
    rule = kept.renderer.edition.catalogues.rule(TAG)
    rows = incoming.compare(kept.catalogue(TAG), rule, found.rows)

    told = [(row.given.id, row.told) for row in rows if row.kind is Kind.NOT_OURS]
    assert [(id_, " ".join(why.split()[:4])) for id_, why in told] == [
        ("home.no-such", "no sentence here has"),
        ("home.label", "its columns ‘id’ and"),
        ("help.label", "its columns ‘id’ and"),
        ("ui.ring", "its id stands in"),
        ("", "no sentence here has"),
    ]


def test_rows_that_are_missing_are_counted(kept: Stock, file: bytes) -> None:
    assert sheets.read(kept, TAG, damaged(file, lambda page: page.delete_rows(5, 3))).missing == 3


def test_the_file_of_another_language_is_refused(kept: Stock, file: bytes) -> None:
    with pytest.raises(FileError, match=f"for another language: {TAG}"):
        sheets.read(kept, ARABIC.tag, file)


def test_words_beside_a_sentence_without_plural_are_not_lost(kept: Stock, file: bytes) -> None:
    row = compared(kept, TAG, damaged(file, fill(ID, NEW, "a more")))[ID]

    assert (row.kind, row.told.split(",")[0]) == (
        Kind.UNUSABLE,
        "there are words in a grey column",
    )


def test_a_plural_form_that_is_missing_is_told(kept: Stock, file: bytes) -> None:
    row = compared(kept, TAG, damaged(file, fill(PLURAL, "{homes} dům", "{homes} domy", None)))

    assert row[PLURAL].kind is Kind.BROKEN
    assert row[PLURAL].problems[0].problem == "a plural form is empty"


# What changed here meanwhile


def test_what_changed_here_meanwhile_is_a_choice(stock: Stock) -> None:
    back = damaged(sent(stock, TAG), fill(ID, NEW))
    was = stock.entry(TAG, ID).forms
    edit_outside(stock, ID, "Naše nové")
    stock = again(stock)

    row = compared(stock, TAG, back)[ID]

    assert (row.kind, row.suggested) == (Kind.CHANGED_HERE, False)
    assert row.entry
    assert (row.entry.forms, row.given.forms) == (("Naše nové",), (NEW,))
    assert was != row.entry.forms
    assert take(stock, row).forms == (NEW,)


@pytest.mark.parametrize("current", [False, True], ids=["a draft here", "brought up to date here"])
def test_words_from_older_english_are_kept_and_never_made_current(
    stock: Stock,
    current: bool,  # noqa: FBT001 (a case)
) -> None:
    back = damaged(sent(stock, TAG), fill(ID, NEW))
    english = stock.messages[ID].sentence.forms
    stock = change_english(stock, ID)
    if current:
        row = compared(stock, TAG, damaged(sent(stock, TAG), fill(ID, "Dnes")))[ID]
        assert take(stock, row).state is State.NEEDS_CHECKING
        stock = again(stock)

    row = compared(stock, TAG, back)[ID]
    taken = take(stock, row)

    assert (row.kind, row.suggested) == (Kind.ENGLISH_CHANGED, False)
    assert (taken.forms, taken.state) == ((NEW,), State.ENGLISH_CHANGED)
    assert taken.before == (() if current else english)
    assert po_file.read(stock.path(TAG), desk_site.LANGUAGE)  # as tools can read it


def test_an_old_translation_that_still_fits_is_copied_and_taken(stock: Stock) -> None:
    stock = change_english(stock, ID)
    old = stock.entry(TAG, ID)
    data = sent(stock, TAG)
    blank = compared(stock, TAG, data)[ID]

    row = compared(stock, TAG, damaged(data, fill(ID, *old.forms)))[ID]

    assert old.state is State.ENGLISH_CHANGED
    assert (blank.kind, row.kind) == (Kind.EMPTY, Kind.TAKEN)
    assert take(stock, row).state is State.NEEDS_CHECKING


def test_a_broken_row_can_be_taken_all_the_same(stock: Stock) -> None:
    row = compared(stock, TAG, damaged(sent(stock, TAG), fill(FACT, "Bez faktu.")))[FACT]

    assert [each.problem for each in row.problems][:1] == ["{visit} is missing"]
    assert take(stock, row).state is State.BROKEN


# PO files


def po_of(stock: Stock, *changes: tuple[str, str], fuzzy: bool = False) -> bytes:
    """Return our own file, as it comes back from Poedit."""
    po = polib.pofile(str(stock.path(TAG)), wrapwidth=76)
    po.metadata["X-Generator"] = "Poedit 3.4"
    for id_, form in changes:
        entry = next(each for each in po if each.msgctxt == id_)
        entry.msgstr, entry.flags = form, ["fuzzy"] if fuzzy else []
        entry.tcomment = "Checked by Me, 2026-01-01 [0123456789]"
    return str(po).encode()


def test_a_po_file_is_read_too(stock: Stock) -> None:
    rows = compared(stock, TAG, po_of(stock, (ID, NEW)), "back.po")

    assert kinds(rows) == {ID: Kind.TAKEN}
    assert take(stock, rows[ID]).state is State.NEEDS_CHECKING
    assert "Checked by" not in stock.path(TAG).read_text(encoding="utf-8")


def test_a_po_file_of_other_english_and_one_that_needs_work_are_drafts(stock: Stock) -> None:
    old, work = po_of(stock, (ID, NEW)), po_of(stock, (OTHER, NEW), fuzzy=True)
    stock = change_english(stock, ID)

    assert kinds(compared(stock, TAG, old, "a.po"))[ID] is Kind.ENGLISH_CHANGED
    assert kinds(compared(stock, TAG, work, "a.po"))[OTHER] is Kind.ENGLISH_CHANGED


def test_plural_forms_of_another_order_find_their_numbers(stock: Stock) -> None:
    po = polib.pofile(str(stock.path(TAG)))
    po.metadata["Plural-Forms"] = "nplurals=3; plural=(n==1 ? 2 : n>=2 && n<=4 ? 0 : 1);"
    for entry in po:
        if entry.msgctxt == PLURAL:
            entry.msgstr_plural = {0: "{homes} domy", 1: "{homes} domů", 2: "{homes} dům"}

    row = compared(stock, TAG, str(po).encode(), "a.po")[PLURAL]

    assert (row.kind, row.given.forms) == (
        Kind.TAKEN,
        ("{homes} dům", "{homes} domy", "{homes} domů"),
    )


# Hostile files


def zipped(**parts: bytes) -> bytes:
    """Return a zip file; of a part, `__` is a slash and `_` a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def with_part(file: bytes, name: str, content: bytes) -> bytes:
    """Return a spreadsheet with another part in place of one, or more."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
_BOMB = f"<?xml version='1.0'?><!DOCTYPE s [{_LAUGHS}]><sst>&l11;</sst>".encode()


def with_entity(file: bytes) -> bytes:
    """Return a spreadsheet that declares an entity: only a careful parser refuses that."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        strings = parts.read(_STRINGS)
    return with_part(
        file, _STRINGS, strings.replace(b"<sst", b"<!DOCTYPE s [<!ENTITY x 'y'>]><sst")
    )


_OUTSIDE = b"<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><sst><si><t>&x;</t></si></sst>"
_STRINGS = "xl/sharedStrings.xml"
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "no zip": lambda _: b"PK\x03\x04 and no more",
    "an old .xls": lambda _: b"\xd0\xcf\x11\xe0" + bytes(600),
    "a page": lambda _: b"<html>",
    "cut off": lambda file: file[: len(file) // 2],
    "another zip": lambda _: zipped(readme_txt=b"x"),
    "macros": lambda file: with_part(file, "xl/vbaProject.bin", b"x"),
    "a zip bomb": lambda file: with_part(file, "xl/media/x.bin", bytes(60_000_000)),
    "one long tag": lambda file: with_part(file, _STRINGS, b"<sst" + b" " * 40_000_000 + b">"),
    "many large parts": lambda _: zipped(**{f"p{n}": bytes(9_000_000) for n in range(6)}),
    "more elements than memory": lambda file: with_part(
        file, "xl/worksheets/sheet2.xml", b"<c/>" * 400_001
    ),
    "an entity": with_entity,
    "an XML bomb": lambda file: with_part(file, _STRINGS, _BOMB),
    "a file from outside": lambda file: with_part(file, _STRINGS, _OUTSIDE),
    "broken XML": lambda file: with_part(file, _STRINGS, b"<sst><si>"),
    "no strings": lambda file: with_part(file, _STRINGS, b"<sst/>"),
    "a wrong workbook": lambda file: with_part(file, "xl/workbook.xml", b"<a/>"),
    "no columns of ours": lambda file: damaged(file, lambda page: page.delete_rows(1)),
    "too many bytes": lambda _: bytes(5_000_001),
}


TOO_LARGE = {"a zip bomb", "one long tag", "many large parts", "more elements than memory"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_spreadsheet_is_refused_with_what_to_do(
    name: str, kept: Stock, file: bytes
) -> None:
    with pytest.raises(FileError) as refused:
        sheets.read(kept, TAG, HOSTILE[name](file))

    assert refused.value.remedy
    assert ("far too large" in refused.value.problem) is (name in TOO_LARGE)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.ods", "a", "a.xlsx.exe"])
def test_another_kind_of_file_is_refused(name: str, kept: Stock, file: bytes) -> None:
    with pytest.raises(FileError, match=r"Save it as \.xlsx"):
        sheets.read(kept, TAG, file, name)


def test_a_million_rows_are_not_read(kept: Stock, file: bytes) -> None:
    begin = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        page = parts.read("xl/worksheets/sheet2.xml")
    head = page[page.index(b"<row") : page.index(b"</row>") + 6]
    more = b"".join(
        b'<row r="%d"><c r="A%d" t="str"><v>x</v></c></row>' % (n, n) for n in range(2, 8_000)
    )
    far = b'<row r="99999999999"><c r="XFD99999999999" t="str"><v>x</v></c></row>'
    end = b"</sheetData></worksheet>"
    many = with_part(file, "xl/worksheets/sheet2.xml", begin + head + more + end)
    at_the_end = with_part(file, "xl/worksheets/sheet2.xml", begin + head + far + end)

    found = sheets.read(kept, TAG, many)

    assert (len(found.rows), found.cut) == (5_000, True)
    assert sheets.read(kept, TAG, at_the_end).rows == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
        'msgid "ą"\nmsgstr "ą"\n'.encode("utf-16"),
        b'msgid "a\nmsgstr ""',
        b"<<<<<<< ours\n",
        b'msgid ""\nmsgstr "' + b"x" * 1_100_000 + b'"',
    ],
)
def test_a_hostile_po_file_is_refused_with_what_to_do(data: bytes, kept: Stock) -> None:
    with pytest.raises(FileError, match="Open it in Poedit, save it as UTF-8"):
        sheets.read(kept, TAG, data, "a.po")
