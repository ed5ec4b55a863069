"""The entry links, one for each kind of reader."""

from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.urls import target_address
from inspection_outcome.report.sentence import Sentence


class DoorView(Struct, frozen=True):
    """An entry link, and its picture, a symbol of static/pictures.svg."""

    label: Sentence
    href: str
    picture: str


class Doors(Block, frozen=True):
    """The doors of the page."""

    name: ClassVar[str] = "doors"
    style: ClassVar[str] = "lists"
    in_all: ClassVar[bool] = False
    doors: tuple[DoorView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the doors, or None for a page that has none."""
        doors = tuple(
            DoorView(door.label, target_address(door.to, context.language.tag), door.picture)
            for door in context.page.door
        )
        return cls(doors=doors, answers_first=True) if doors else None
