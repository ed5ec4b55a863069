"""A small site for the tests of the desk: a language of three plural forms, under git or not."""

import os
import shutil
import subprocess
from pathlib import Path

import polib
import pseudo_locales
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import Folders
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.po_change import change, find, put

LANGUAGE = pseudo_locales.LONG
TAG = LANGUAGE.tag
_NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
_OTHER = ("-c", "user.name=Poedit", "-c", "user.email=poedit@localhost")


def make(into: Path, *, git: bool = False, languages: tuple[Language, ...] = (LANGUAGE,)) -> Stock:
    """Make and return the smallest site, fully translated; with `git`, under version control."""
    content = into / "content"
    shutil.copytree(pseudo_locales.SMALL, content)
    told = pseudo_locales.messages(content)
    translations = pseudo_locales.folder(into / "translations", languages, told)
    stock = Stock.read(Folders(content, translations))
    if git:
        run_git(into, "init", "--quiet")
        run_git(into, "add", ".")
        run_git(into, "commit", "--quiet", "-m", "Begin")
    return stock


def again(stock: Stock) -> Stock:
    """Return the stock as the files are now."""
    return Stock.read(stock.folders, stock)


def run_git(folder: Path, *arguments: str) -> str:
    """Run git as somebody else than the desk, and return what it prints."""
    done = subprocess.run(  # noqa: S603 (a list of words of tests)
        [shutil.which("git") or "git", *_OTHER, *arguments],
        cwd=folder,
        env=os.environ | _NOBODY,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def edit_outside(stock: Stock, id_: str, *forms: str) -> None:
    """Change a sentence as another program does: without lock, history or a look at the desk."""

    def edit(po: polib.POFile) -> tuple[polib.POFile, None]:
        entry = find(po, id_)
        assert entry
        put(entry, forms)
        return po, None

    change(stock.path(TAG), LANGUAGE, (), edit)


def words(stock: Stock, id_: str) -> tuple[str, ...]:
    """Return what the file says of a sentence now."""
    return po_file.translations(po_file.read(stock.path(TAG), LANGUAGE))[id_].forms
