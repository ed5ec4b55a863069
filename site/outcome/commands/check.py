"""All the faults of the content, of truth and of style."""

from collections.abc import Callable
from typing import TypeVar

from outcome.edition import Folders
from outcome.report import load
from outcome.report.faults import ContentError, Fault
from outcome.report.style import style, words_to_avoid
from outcome.words import interface, languages
from outcome.words.languages import ENGLISH
from outcome.words.say import Telling, Voice

Made = TypeVar("Made")


def check_content(folders: Folders) -> list[Fault]:
    """Give the faults of truth in content, interface and list of languages; if there are none, those of style."""
    faults: list[Fault] = []

    def read(make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except ContentError as error:
            faults.extend(error.faults)
            return None

    offered = read(lambda: languages.load(folders.translations))
    report = read(lambda: load.load(folders.content))
    words = read(lambda: interface.load(report, folders.interface)) if report else None
    if faults or not (offered and report and words):
        return faults
    english = next(language for language in offered if language.tag == ENGLISH)
    voice = Voice(english, words, report.facts, address=str)
    plain = Telling(voice, voice).plain
    return [*style(report, plain), *words_to_avoid((folders.interface.name, word) for word in words.values())]
