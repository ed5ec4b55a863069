"""Write the spreadsheet that goes to translators."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from inspection_outcome.i18n import sheet
from inspection_outcome.i18n.glossary import Glossary
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.scripts import columns, word_count
from inspection_outcome.i18n.sheet import Version, english_hash, words_hash
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report.markup import links

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_WIDTHS = {
    sheet.ENGLISH: 50,
    sheet.KEEP: 32,
    sheet.WHERE: 26,
    sheet.BEFORE: 32,
    sheet.PRESENT: 40,
    sheet.VERSION: 32,
}
_FORM_WIDTHS, _OTHER_WIDTH, _README_WIDTHS = (50, 32), 14, (28, 40, 90)
_LINE, _HIGHEST = 15, 400  # points
_GROWS = 1.2
"""By how much longer a translation may be than what stands beside it."""
_LONGEST = 10_000
"""Characters of a cell: a sheet holds 32,767, and no sentence has more than this."""
_AFTER_FORMS = (
    sheet.PRESENT,
    sheet.BEFORE,
    sheet.STATE,
    sheet.CRITICAL,
    sheet.WHERE,
    sheet.VERSION,
)
_TINT = "#E3ECF7"
_TEXT: dict[str, Any] = {"num_format": "@", "text_wrap": True, "valign": "top"}
_BORDER = {"border": 1, "border_color": "#BFBFBF"}
_TO_FILL_IN = """\
Open the sheet ‘Sentences’ below. Write in the blue columns, and nowhere else.
Sort and filter as you like. Do not change the columns ‘id’ and ‘version’.
Copy what stands in braces, like {name}, letter by letter. Readers see the value beside it.
In [words](page:help), translate what is in square brackets, and leave what is in round ones.
Words between ** and ** are strong.
Type no digits. Use your language’s own quotation marks.
Critical sentences, about danger, help and rights, come first.
If the English has changed, the blue cell is empty. If the translation of now still fits, copy it.
What you leave empty stays as it is.
Use plain words: the readers are young people and families."""
_PLURAL = "If several cells are blue, fill in each: the top of its column says for which numbers."


class Line(Struct, frozen=True):
    """A sentence to be sent."""

    entry: Entry
    where: str
    """The page that it is on, and its heading there, for people."""
    facts: dict[str, str]
    """The value of each of its facts in the language, by name."""


class Job(Struct, frozen=True):
    """What goes to a translator."""

    language: Language
    name: str
    """The language's English name."""
    council: str
    day: str
    rule: PluralRule
    """The rule of the language's file."""
    lines: Sequence[Line]
    glossary: Glossary

    @property
    def words(self) -> int:
        """The number of English words, for a quote."""
        forms = (form for line in self.lines for form in line.entry.sentence.forms)
        return sum(map(word_count, forms))


def write(job: Job) -> bytes:
    """Return the file, as .xlsx. Every cell is a text, so nothing in it is a formula."""
    import xlsxwriter  # noqa: PLC0415 (needs the extra 'desk')

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_custom_property(sheet.SENTENCES, str(len(job.lines)))
    _write_readme(book, job)
    _write_sentences(book, job)
    book.close()
    return file.getvalue()


def _write_readme(book: "Workbook", job: Job) -> None:
    page = book.add_worksheet("Read me")
    plain, bold = (book.add_format(_TEXT | more) for more in ({}, {"bold": True}))
    title = book.add_format({"bold": True, "font_size": 16})
    foreign = book.add_format(_TEXT | _direction(job.language))
    for column, width in enumerate(_README_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, f"{job.council}: sentences to translate into {job.name}", title)
    row = 1
    for looks, cells in _readme(job, plain, bold, foreign):
        row += 1
        for column, (look, text) in enumerate(zip(looks, cells, strict=True)):
            page.write_string(row, column, text, look)
        if len(cells) == 1:
            page.merge_range(row, 0, row, len(_README_WIDTHS) - 1, cells[0], looks[0])
        else:
            page.set_row(row, _height(zip(cells, _README_WIDTHS, strict=False)))
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _readme(
    job: Job, plain: "Format", bold: "Format", foreign: "Format"
) -> Iterator[tuple[Sequence["Format"], Sequence[str]]]:
    """Yield each line of the first sheet: how its cells look, and what they say."""
    yield (bold, plain), ("Sent on", job.day)
    yield (bold, plain), ("Sentences", f"{len(job.lines):,}")
    yield (bold, plain), ("English words", f"{job.words:,}")
    yield (plain,), ("",)
    yield (bold,), ("How to fill it in",)
    for told in (*_TO_FILL_IN.splitlines(), *([_PLURAL] if job.rule.forms > 1 else [])):
        yield (plain,), (told,)
    yield (plain,), ("",)
    tag, looks = job.language.tag, (plain, foreign, plain)
    yield (bold, bold, bold), ("Words to use", job.name, "Why")
    if you := job.glossary.you.get(tag):
        yield looks, ("you (the reader)", you.use, you.why)
    for term in job.glossary.terms:
        if choice := term.words.get(tag):
            yield looks, (term.english, choice.use, choice.why)
    if job.glossary.same:
        yield (bold, plain), ("Names that stay", ", ".join(job.glossary.same))


def _write_sentences(book: "Workbook", job: Job) -> None:
    page = book.add_worksheet(sheet.SENTENCES)
    plurals = any(line.entry.sentence.plural is not None for line in job.lines)
    forms = sheet.form_columns(job.rule, plurals=plurals)
    names = [sheet.ID, sheet.ENGLISH, sheet.KEEP, *forms, *_AFTER_FORMS]
    direction = _direction(job.language)
    plain, head, foreign, small, blue, grey = (
        book.add_format(_TEXT | _BORDER | more)
        for more in (
            {},
            {"bold": True, "bg_color": _TINT},
            direction,
            {"font_color": "#595959", "font_size": 9},
            direction | {"bg_color": _TINT},
            {"bg_color": "#D9D9D9"},
        )
    )
    looks = dict.fromkeys((sheet.ID, sheet.VERSION), small)
    looks |= dict.fromkeys((sheet.KEEP, sheet.PRESENT), foreign)
    of_forms = {name: _FORM_WIDTHS[name != forms[0]] for name in forms}
    widths = [(_WIDTHS | of_forms).get(name, _OTHER_WIDTH) for name in names]
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, head)
    page.set_row(0, 2 * _LINE)
    for row, line in enumerate(job.lines, 1):
        plural = line.entry.sentence.plural is not None
        cells = _cells(job, line, len(forms))
        page.set_row(row, _height(zip(cells, widths, strict=True)))
        for column, (name, text) in enumerate(zip(names, cells, strict=True)):
            look = looks.get(name, plain)
            if name in forms:
                look = blue if plural or name == forms[0] else grey
            if text and len(text) <= _LONGEST:
                page.write_string(row, column, text, look)
            else:
                page.write_blank(row, column, None, look)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(job.lines), 1), len(names) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row, in points, of texts in columns of some width: it may grow a bit.

    Not every program finds it by itself.
    """
    lines = (
        sum(1 + int(_GROWS * columns(part)) // width for part in text.split("\n"))
        for text, width in cells
    )
    return min(max(lines) * _LINE, _HIGHEST)


def _cells(job: Job, line: Line, forms: int) -> list[str]:
    """Return the cells of a sentence, in the order of the columns."""
    entry, rule = line.entry, job.rule
    sentence = entry.sentence
    old = entry.state is State.ENGLISH_CHANGED
    version = Version(job.language.tag, english_hash(sentence.forms, rule), words_hash(entry.forms))
    keep = [f"{{{name}}} = {value}" for name, value in line.facts.items()]
    keep += dict.fromkeys(f"({target})" for form in sentence.forms for target in links(form))
    boxes = () if old else entry.forms
    return [
        sentence.id,
        "\n".join(sentence.forms),
        "\n".join(keep),
        *(*boxes, *[""] * forms)[:forms],
        "\n".join(entry.forms),
        "\n".join(entry.before),
        entry.state,
        "Critical" if sentence.critical else "",
        line.where,
        version.written(sentence.id),
    ]


def _direction(language: Language) -> dict[str, int]:
    return {"reading_order": 2 if language.direction == "rtl" else 1}
