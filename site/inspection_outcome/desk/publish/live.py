"""The live folder: what readers have, apart from what the desk has saved and not yet published."""

import shutil
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

import polib

from inspection_outcome.edition import Edition, Folders, State
from inspection_outcome.export.errors import PublishError
from inspection_outcome.i18n import languages, po_file
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.merge import merge
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_change import change, find, put
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.three_way import fitted
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import find as find_files
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import SettingsError
from inspection_outcome.theme import Theme

CONTENT, TRANSLATIONS = "content", "translations"
_ELSEWHERE = "Name a folder of its own, like /srv/outcome/live, which need not be there yet."


def check(live: Path, desk: Folders) -> None:
    """Raise SettingsError if this cannot be the live folder of a desk on these folders."""
    place = live.resolve()
    for own in (desk.content.resolve(), desk.translations.resolve()):
        if place == own or own in place.parents or place in own.parents:
            raise SettingsError(
                f"OUTCOME_LIVE: '{live}' and the desk's folder '{own}' lie in each other. "
                f"{_ELSEWHERE}"
            )
    if live.is_symlink() or (live.exists() and not live.is_dir()):
        raise SettingsError(f"OUTCOME_LIVE: '{live}' is not a folder. {_ELSEWHERE}")
    others = {each.name for each in live.iterdir()} if live.exists() else set()
    if others := others - {CONTENT, TRANSLATIONS}:
        raise SettingsError(
            f"OUTCOME_LIVE: '{live}' also holds {min(others)}, which would be lost. {_ELSEWHERE}"
        )


def folders(root: Path) -> Folders:
    """Return the folders of a live folder."""
    return Folders(root / CONTENT, root / TRANSLATIONS)


class Live:
    """What is live in one folder. What has not changed is not read again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders = folders(folder)
        self._looking = threading.Lock()
        self._known: tuple[State | None, Edition | None] = (None, None)

    def edition(self, public_url: str, theme: Theme) -> Edition | None:
        """Return what is live; None if nothing is, or nothing that can be read."""
        with self._looking:
            if not self.folder.is_dir():
                return None
            state = self.folders.state()
            if state != self._known[0]:
                edition = None
                with suppress(ContentError, OSError):
                    edition = Edition.read(self.folders, public_url, self._known[1], theme)
                self._known = state, edition
            return self._known[1]


def refuse_unreadable(edition: Edition, tags: Collection[str]) -> None:
    """Raise PublishError if the file of one of these languages cannot be read."""
    for tag, told in edition.catalogues.refused.items():
        if tag in tags:
            raise PublishError(told)


def compose(
    into: Path,
    source: Folders,
    live: Folders | None,
    tags: Collection[str],
    english: Collection[Message] = (),
) -> None:
    """Make in an empty directory what is to be live, with the languages `tags` from the source.

    All else is as it is live; without `live`, everything is from the source. With English come the
    content, the list of languages, and languages that are new. `english`: what is live, if the
    source has other English. Then, of a language without English, those sentences are taken that
    are of the live English, and the others stay: nothing gets worse for anybody.

    Raise ContentError, CatalogueError and FileError for files that cannot be read or written.
    """
    base = source if live is None or ENGLISH in tags else live
    made = folders(into)
    for path in map(Path, find_files(base.content, ".toml")):
        _copy(path, made.content / path.relative_to(base.content))
    _copy(base.translations / languages.FILE, made.translations / languages.FILE)
    _compose_languages(made, source, live, tags, english)


def _compose_languages(
    made: Folders,
    source: Folders,
    live: Folders | None,
    tags: Collection[str],
    english: Collection[Message],
) -> None:
    with_english = live is None or ENGLISH in tags
    known = {each.tag for each in languages.load(live.translations)} if live else set()
    for language in languages.load(made.translations):
        new = po_file.path_of(source.translations, language)
        old = po_file.path_of(live.translations, language) if live else new
        to = po_file.path_of(made.translations, language)
        takes = language.tag in tags or language.tag not in known
        takes = takes and new.is_file()
        whole = takes and (with_english or not english)
        _copy(new if whole else old, to)
        if takes and not whole:
            _take(to, new, language, english)


def _copy(path: Path, to: Path) -> None:
    if path.is_file():
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, to)


def _take(path: Path, newer: Path, language: Language, messages: Collection[Message]) -> None:
    """Take what a newer file says of this English into a file."""
    said = po_file.translations(po_file.read(newer, language))

    def edit(po: polib.POFile) -> tuple[polib.POFile, None]:
        return _taken(merge(po, language, messages)[0], messages, said), None

    change(path, language, (), edit)


def _taken(
    po: polib.POFile, messages: Collection[Message], said: Mapping[str, Translation]
) -> polib.POFile:
    rule = po_file.plural_rule(po)
    for each in messages:
        sentence, newer = each.sentence, said.get(each.sentence.id)
        if newer is None or newer.changed or not newer.is_of(sentence):
            continue
        forms = _fitting(sentence, newer, rule)
        if forms and (entry := find(po, sentence.id)):
            put(entry, forms)
            entry.tcomment = newer.note
    return po


def _fitting(sentence: Sentence, said: Translation, rule: PluralRule) -> tuple[str, ...]:
    """Return the forms of a translation in the order of a rule; none if they do not fit."""
    if sentence.plural is None:
        return said.forms
    if not any(said.forms):
        return ("",) * rule.forms
    fits = fitted(sentence, said, rule) if len(said.forms) == said.rule.forms else None
    return fits.forms if fits else ()
