"""The image for link previews: grades as staircases, without words, to serve every language."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from inspection_outcome.report.facts import Grade

if TYPE_CHECKING:
    from PIL import ImageDraw

SIZE = (1200, 630)  # pixels, as link previews show it
_FINE = 2  # supersampling factor, for smooth edges
_PAPER, _CARD, _EDGE = "#fffdf8", "#fff3cc", "#ffd54a"
_REACHED, _BELOW, _ABOVE = "#4527a0", "#b9a8e4", "#ece6fb"


def preview(grades: Sequence[Grade]) -> bytes:
    """Return a PNG with a card per grade, side by side: four steps, a figure on the one reached."""
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
        (left, top, left + width, top + height), width // 16, _CARD, _EDGE, width // 90
    )
    step, foot = width // 5, top + height * 9 // 10
    for number in range(1, len(Grade) + 1):
        x = left + step // 2 + (number - 1) * step
        y = foot - height * (1 + 2 * number) // 14
        colour = _REACHED if number == grade.step else _BELOW if number < grade.step else _ABOVE
        draw.rounded_rectangle(
            (x, y, x + step * 9 // 10, foot), step // 9, colour, _REACHED, width // 180
        )
        if number == grade.step:
            middle, size = x + step * 9 // 20, step // 5
            draw.pieslice(
                (middle - size, y - 2 * size, middle + size, y + 2 * size - 6), 180, 360, _REACHED
            )
            draw.circle((middle, y - 3 * size), size * 7 // 9, _REACHED)
