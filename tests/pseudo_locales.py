"""Two pseudo-locales, generated from the English for tests only.

One is a third longer and has accents, the other is right to left. They borrow the plural rules and
dates of Czech (three forms) and Arabic (six).
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from inspection_outcome.i18n import po_file, ui
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import merge
from inspection_outcome.pages.urls import page_address
from inspection_outcome.report import load as content
from inspection_outcome.report.files import find
from inspection_outcome.report.sentence import Sentence

LONG = Language("qaa", "Łóongéer Éenglíish", "cs")
RIGHT_TO_LEFT = Language("qaa-arab", "ثنغلهسا", "ar_AE")  # "ar" is the shipped Arabic
SMALL = Path(__file__).parent / "data" / "small"
"""The smallest content folder."""
NORTHMARSH = SMALL.with_name("second")
"""The content of a whole small site of a made-up council: see frozen_site.py."""
LANGUAGES = (LONG, RIGHT_TO_LEFT)

_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدهفغحيجكلمنوبقرستعذوخيز", strict=True))
_ARABIC = str.maketrans(
    _LETTERS | {small.upper(): letter for small, letter in _LETTERS.items()} | {"?": "؟", ",": "،"}
)
_LONGER = str.maketrans(
    {
        "a": "áa",
        "e": "ée",
        "i": "íi",
        "o": "óo",
        "u": "úu",
        "A": "Áa",
        "E": "Ée",
        "I": "Íi",
        "O": "Óo",
        "U": "Úu",
    }
)
_NOT_WORDS = re.compile(r"(\{[^}]*\}|\]\([^)]*\))")  # placeholders of facts, and link targets


def translate(text: str, language: Language) -> str:
    """Return an English text in a pseudo-locale; its placeholders and link targets stay."""
    table = _ARABIC if language == RIGHT_TO_LEFT else _LONGER
    pieces = _NOT_WORDS.split(text)
    return "".join(
        piece if number % 2 else piece.translate(table) for number, piece in enumerate(pieces)
    )


def messages(folder: Path = NORTHMARSH) -> list[Message]:
    """Return the messages of a content folder and of the UI."""
    report = content.load(folder)
    words = ui.load(report, Path(ui.__file__).with_name("ui.toml"))
    return extract(report, words)


def forms(sentence: Sentence, language: Language) -> tuple[str, ...]:
    """Return the plural forms of a translation; all but the first use the English plural."""
    if sentence.plural is None:
        return (translate(sentence.text, language),)
    return tuple(
        translate(form, language)
        for form in (sentence.text, *[sentence.plural] * (language.plural_rule.forms - 1))
    )


def write(
    folder: Path,
    language: Language,
    told: list[Message] | None = None,
    keep: Callable[[Sentence], bool] = lambda _: True,
) -> Path:
    """Write a pseudo-locale's catalogue; only sentences that `keep` accepts are translated.

    `told`: the messages; None for those of the frozen site.
    """
    told = told or messages()
    po, _ = merge(po_file.new(language), language, told)
    for place, each in enumerate(told):
        if keep(each.sentence):
            po[place] = po_file.entry(
                each.sentence, forms(each.sentence, language), comment=each.notes
            )
    path = po_file.path_of(folder, language)
    po_file.write(po, path)
    return path


def folder(
    into: Path, languages: tuple[Language, ...] = LANGUAGES, told: list[Message] | None = None
) -> Path:
    """Make and return a translations folder with English and these languages, fully translated.

    `told`: the messages; None for those of the frozen site.
    """
    into.mkdir(parents=True, exist_ok=True)
    lines = ['languages = [\n  { tag = "en", name = "English", locale = "en_GB" },']
    for language in languages:
        lines.append(
            f'  {{ tag = "{language.tag}", name = "{language.name}", '
            f'locale = "{language.locale}" }},'
        )
        write(into, language, told)
    (into / "languages.toml").write_text("\n".join([*lines, "]\n"]), encoding="utf-8")
    return into


def beside(translations: Path, into: Path, told: list[Message]) -> Path:
    """Make and return a copy of a translations folder that has the pseudo-locales too."""
    shutil.copytree(translations, into, dirs_exist_ok=True)
    listed = into / "languages.toml"
    shipped_lines = listed.read_text(encoding="utf-8").rstrip().removesuffix("]")
    folder(into, told=told)
    made_up_lines = listed.read_text(encoding="utf-8").split("\n", 2)[2]
    listed.write_text(shipped_lines + made_up_lines, encoding="utf-8")
    return into


def pages_of(content: Path, tag: str = "en") -> list[str]:
    """Return the address of every page of a content folder."""
    paths = map(Path, find(content, ".toml"))
    names = sorted(path.relative_to(content).with_suffix("").as_posix() for path in paths)
    return [page_address(name, tag) for name in names if name != "report"]
