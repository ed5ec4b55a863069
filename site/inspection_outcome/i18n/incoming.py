"""Compare what came back from a translator with ours, and say of each row what it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.i18n import po_in, sheet_in
from inspection_outcome.i18n.catalogues import Catalogue
from inspection_outcome.i18n.checks import Problem, errors
from inspection_outcome.i18n.edit_entry import Edit, cleaned_form
from inspection_outcome.i18n.given import File, Given
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.scripts import composed
from inspection_outcome.i18n.sheet import Version, english_hash, words_hash
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report.files import FileError

_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'"))
"""Straight quotation marks are made curly by programs, not by translators."""
_LONGEST_TOLD = 80  # characters of an id that is not known
_UNKNOWN = "no sentence here has this id: it was altered, or the sentence is gone from the site"
_ALTERED = "its columns ‘id’ and ‘version’ do not belong together: one of them was altered"
_TWICE = "its id stands in the file twice, and the first one counts"


class Kind(StrEnum):
    """What a row of a file is; of several that are true, the first."""

    NOT_OURS = "Not one of our rows"
    UNUSABLE = "A formula, or no text"
    EMPTY = "Empty"
    SAME = "The same as ours"
    ENGLISH_CHANGED = "The English has changed since it was sent"
    BROKEN = "Broken"
    CHANGED_HERE = "Changed here meanwhile"
    TAKEN = "New"


CHOICES = (Kind.CHANGED_HERE, Kind.ENGLISH_CHANGED, Kind.BROKEN)
"""Rows that are taken only if somebody says so."""


class Row(Struct, frozen=True):
    """A row of a file, compared with ours."""

    kind: Kind
    given: Given
    entry: Entry | None = None
    """Ours; None for a row that is not ours."""
    told: str = ""
    """More of why it is what it is, for people."""
    problems: tuple[Problem, ...] = ()
    """Why it is Broken."""
    was: tuple[str, ...] = ()
    """Our words when it was sent, as far as they are known, if they have changed since."""
    english: tuple[str, ...] = ()
    """The English when it was sent, as far as it is known, if it has changed since."""

    @property
    def suggested(self) -> bool:
        """Whether it is taken if nobody chooses: new words, or a draft where there is none."""
        is_draft = self.kind is Kind.ENGLISH_CHANGED
        return self.kind is Kind.TAKEN or bool(is_draft and self.entry and not self.entry.forms)

    def edit(self, rule: PluralRule, seen: str) -> Edit:
        """Return the edit that takes it. `seen`: the fingerprint of ours when a person saw it."""
        older = None
        if self.kind is Kind.ENGLISH_CHANGED:  # a draft: it is kept, and readers get the English
            older = Translation(self.english, self.given.forms, rule)
        broken = self.kind is Kind.BROKEN
        return Edit(self.given.id, self.given.forms, seen, broken_too=broken, older=older)


Fits = Callable[[Translation], bool]
Earlier = Callable[[Mapping[str, Fits]], Mapping[str, Translation]]
"""Returns, for each of these ids, the newest earlier version of our file that fits."""


def no_history(_: Mapping[str, Fits]) -> Mapping[str, Translation]:
    """Return no earlier version: there is no history."""
    return {}


def read(name: str, data: bytes, ours: Catalogue, rule: PluralRule) -> File:
    """Return the rows of a file; its `name` tells its kind. Raise FileError if it is refused."""
    ending = PurePath(name).suffix.lower()
    if ending == ".po":
        return po_in.read(data, ours.language, rule)
    if ending != ".xlsx":
        remedy = "Save it as .xlsx in Excel or LibreOffice, or as .po in Poedit."
        raise FileError("It is neither .xlsx nor .po", remedy)
    sentences = (entry.sentence for entry in ours.entries.values())
    plurals = (each.id for each in sentences if each.plural is not None)
    file = sheet_in.read(data, rule, plurals)
    tags = {given.version.tag for given in file.rows if given.version}
    if tags and ours.language.tag not in tags:
        remedy = f"Bring in the one for {ours.language.english_name}, or choose that language."
        raise FileError(f"It was sent out for another language: {', '.join(sorted(tags))}", remedy)
    return file


def compare(
    ours: Catalogue, rule: PluralRule, rows: Iterable[Given], earlier: Earlier = no_history
) -> list[Row]:
    """Return what each row is. The English of today is that of `ours`, never that of the file."""
    seen: set[str] = set()
    found = []
    for given in rows:
        found.append(_compare(ours, rule, given, is_second=given.id in seen))
        seen.add(given.id)
    then = earlier(dict(_to_look_up(found, rule)))
    return [_with_history(row, then.get(row.given.id)) for row in found]


def _compare(ours: Catalogue, rule: PluralRule, given: Given, *, is_second: bool) -> Row:
    entry, version = ours.entries.get(given.id), given.version
    if entry is None:  # what stands there may be as long as the file
        return Row(Kind.NOT_OURS, replace(given, id=given.id[:_LONGEST_TOLD]), told=_UNKNOWN)
    if is_second or version is None or version.tag != ours.language.tag:
        return Row(Kind.NOT_OURS, given, told=_TWICE if is_second else _ALTERED)
    try:
        forms = _fitting(given.forms, rule, plural=entry.sentence.plural is not None)
    except ValueError as error:
        given = replace(given, unusable=str(error))
    if given.unusable:
        return Row(Kind.UNUSABLE, given, entry, told=given.unusable)
    if not any(forms):
        return Row(Kind.EMPTY, given, entry)
    return _judge(ours, rule, replace(given, forms=forms), entry, version)


def _judge(ours: Catalogue, rule: PluralRule, given: Given, entry: Entry, version: Version) -> Row:
    """Return what a row is that has words of ours."""
    sentence = entry.sentence
    is_current = version.english == english_hash(sentence.forms, rule)
    confirms = is_current and entry.state is State.ENGLISH_CHANGED
    if _folded(given.forms) == _folded(entry.forms) and not confirms:
        return Row(Kind.SAME, given, entry)
    if not is_current:
        known = entry.before and english_hash(entry.before, rule) == version.english
        return Row(Kind.ENGLISH_CHANGED, given, entry, english=entry.before if known else ())
    if problems := errors(Pair.of(sentence, given.forms, ours.language, rule=rule)):
        return Row(Kind.BROKEN, given, entry, problems=problems)
    if entry.state is State.CHECKED:
        return Row(Kind.CHANGED_HERE, given, entry, told="A speaker has checked ours.")
    changed = version.ours and version.ours != words_hash(entry.forms)
    return Row(Kind.CHANGED_HERE if changed else Kind.TAKEN, given, entry)


def _fitting(forms: tuple[str, ...], rule: PluralRule, *, plural: bool) -> tuple[str, ...]:
    """Return forms as they will be saved, also where the English had a plural and has none now."""
    said = [composed(cleaned_form(form)) for form in forms]
    if plural:
        return (*said, *[""] * rule.forms)[: max(rule.forms, len(said))]
    return (" / ".join(filter(None, said)),)


def _folded(forms: Iterable[str]) -> list[str]:
    return [" ".join(composed(form).translate(_QUOTES).split()) for form in forms]


def _to_look_up(rows: Iterable[Row], rule: PluralRule) -> Iterator[tuple[str, Fits]]:
    """Yield what is asked of the history: the id of each sentence, and which version of it."""
    for row in rows:
        given, version, entry = row.given, row.given.version, row.entry
        if not version or not entry:
            continue
        if row.kind is Kind.ENGLISH_CHANGED and not row.english:
            yield given.id, partial(_is_of, version.english, rule)
        elif row.kind is Kind.CHANGED_HERE and version.ours:
            yield given.id, partial(_says, version.ours)
        elif row.kind is Kind.TAKEN and not version.ours and entry.forms:
            yield given.id, partial(_says, words_hash(given.forms))


def _is_of(english: str, rule: PluralRule, said: Translation) -> bool:
    return english_hash(said.english, rule) == english


def _says(words: str, said: Translation) -> bool:
    return words_hash(said.forms) == words


def _with_history(row: Row, then: Translation | None) -> Row:
    """Return a row with what an earlier version of our file tells of it."""
    if then is None:
        return row
    if row.kind is Kind.ENGLISH_CHANGED:
        return replace(row, english=then.english)
    if row.kind is Kind.TAKEN:  # a PO file does not say what it was made from
        told = "The file has what stood here before. Ours is newer."
        return replace(row, kind=Kind.CHANGED_HERE, told=told, was=then.forms)
    return replace(row, was=then.forms)
