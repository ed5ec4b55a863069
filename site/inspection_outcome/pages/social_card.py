"""The image for link previews: grades as staircases, without words, to serve every language."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from inspection_outcome.report.facts import Grade

if TYPE_CHECKING:
    from PIL import ImageDraw

SIZE = (1200, 630)  # pixels, as link previews show it
_FINE = 2  # supersampling factor, for smooth edges
_PAPER, _CARD, _EDGE, _INK, _FLAG = "#fffdf8", "#fff", "#d9d4e8", "#1c1b3a", "#ffd54a"
_REACHED, _BELOW = "#4527a0", "#b9a8e4"


def preview(grades: Sequence[Grade]) -> bytes:
    """Return a PNG with a card per grade, side by side: four steps, a flag on the one reached."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (startup need not wait for link previews)

    width, height = (length * _FINE for length in SIZE)
    image = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(image)
    gap = width // 24
    card = (width - gap * (len(grades) + 1)) // len(grades)
    for number, grade in enumerate(grades):
        _card(draw, gap + number * (card + gap), gap, card, height - 2 * gap, grade)
    out = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _card(  # noqa: PLR0913, PLR0917 (a box and its content)
    draw: "ImageDraw.ImageDraw", left: int, top: int, width: int, height: int, grade: Grade
) -> None:
    draw.rounded_rectangle(
        (left, top, left + width, top + height), width // 16, _CARD, _EDGE, width // 260
    )
    step, foot, line = width // 5, top + height * 9 // 10, min(width, height) // 130
    for number in range(1, len(Grade) + 1):
        x = left + width // 10 + (number - 1) * step
        y = foot - height * (1 + 2 * number) // 14
        if number > grade.step:
            _dashed(draw, (x, y, x + step, foot), line)
            continue
        colour = _REACHED if number == grade.step else _BELOW
        draw.rectangle((x, y, x + step, foot), colour, _CARD, line // 2)
        if number == grade.step:
            _flag(draw, x + step // 2, y, min(step, height // 5) * 2 // 5, line)


def _flag(draw: "ImageDraw.ImageDraw", x: int, foot: int, size: int, line: int) -> None:
    """Draw a flag of this size on a pole that stands at (x, foot)."""
    top, low = foot - 2 * size, foot - size
    cloth = ((x, top), (x + size, top), (x + size * 3 // 4, (top + low) // 2), (x + size, low))
    draw.polygon((*cloth, (x, low)), _FLAG, _INK, line)
    draw.line((x, top - line // 2, x, foot), _INK, 2 * line)


def _dashed(draw: "ImageDraw.ImageDraw", box: tuple[int, int, int, int], line: int) -> None:
    """Draw the outline of a box (left, top, right, bottom) in dashes."""
    left, top, right, bottom = box
    dash = 4 * line
    for x in range(left, right, 2 * dash):
        for y in (top, bottom):
            draw.line((x, y, min(x + dash, right), y), _REACHED, line)
    for y in range(bottom, top, -2 * dash):
        for x in (left, right):
            draw.line((x, y, x, max(y - dash, top)), _REACHED, line)
