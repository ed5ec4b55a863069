"""translations/languages.toml -> the languages of the site: the one list."""

from pathlib import Path
from typing import Annotated

from babel import Locale, UnknownLocaleError
from msgspec import Meta, Struct

from outcome.report.faults import ContentError
from outcome.report.toml import Reader

ENGLISH = "en"


class Language(Struct, frozen=True):
    """One language: its BCP 47 tag (also its address), its name for itself, and the locale that writes its facts."""

    tag: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
    name: Annotated[str, Meta(min_length=1)]
    locale: str

    @property
    def babel(self) -> Locale:
        """What babel knows of it."""
        return Locale.parse(self.locale)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as its script is written."""
        return self.babel.text_direction


def load(folder: Path) -> tuple[Language, ...]:
    """Read the list of languages, in the order in which they are offered. Raises ContentError with every fault."""
    path = folder / "languages.toml"
    reader = Reader(path.name)
    data = reader.parse(path)
    languages = () if data is None else reader.tables(Language, data.get("language"), "language")
    for language in languages:
        try:
            Locale.parse(language.locale)
        except (UnknownLocaleError, ValueError):
            field = f"language[{language.tag}].locale"
            reader.fault(field, f"babel does not know '{language.locale}'", "Write it like pl or en_GB.")
    if data is not None and ENGLISH not in {language.tag for language in languages}:
        reader.fault("language", "English is missing", "Add the tag 'en': all others fall back to it.")
    if reader.faults:
        raise ContentError(reader.faults)
    return languages
