"""The smallest part of the content: one block of text, with its id and its source."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from inspection_outcome.report.forms import SentenceId


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """One table of the content; unknown fields are rejected."""


class Sentence(Record, frozen=True):
    """One block of text: a heading, a paragraph, a list item, a label.

    For the format of `text`, see `report/markup.py`.
    """

    id: SentenceId
    text: Annotated[str, Meta(min_length=1)]
    source: Annotated[str, Meta(min_length=1)]
    paragraphs: tuple[Annotated[int, Meta(ge=1)], ...] = ()
    plural: Annotated[str, Meta(min_length=1)] | None = None
    """The English for any count but one; `text` is then the English for one."""
    critical: bool = False
    """About danger, crisis, contacts, complaints or rights.

    A translation is shown with the English until a speaker has checked it.
    """
    slots: dict[str, str] = {}
    """Facts that the page supplies, as name to family: for the site's own words."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the English forms: one, or singular and plural."""
        return (self.text,) if self.plural is None else (self.text, self.plural)


def sentences(part: object) -> Iterator[Sentence]:
    """Yield every sentence in a struct or tuple of the report, in the order as written."""
    match part:
        case Sentence():
            yield part
        case Struct():
            for field in part.__struct_fields__:
                yield from sentences(getattr(part, field))
        case tuple():
            for item in part:
                yield from sentences(item)
