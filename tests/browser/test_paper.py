"""Pages on paper, as the browser's own PDF on A4, and the pictures of Easy Read.

The PDF has every word in order and every picture, but no controls.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import guards
import pypdfium2 as pdfium
import pytest
from frozen_site import ALL, PAGES
from inspection_outcome.edition import PACKAGE
from PIL import Image
from playwright.sync_api import Page, ViewportSize

MAIN = ["/en/", "/en/results/", "/en/help/", "/en/easy-read/"]
"""The pages that people print."""
SHEET = ViewportSize(width=718, height=1047)
"""An A4 sheet without its margins."""
_SPACE = re.compile(r"[-\s\x02\xad\ufffe]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
"""Arabic letters, as in the language's own name: pdfium returns them in another order."""
SKIN = {"#f3c9a5", "#d99e73", "#b0744a", "#8a5836"}  # in pictures.svg
_LINE = 5  # points: how much higher or lower a character of the same line may be
NOT_ON_PAPER = [
    "Skipthemenu",
    "HomeEasyRead",
    "EasyReadResults",
    "Language:",
    "Leavethispage",
    "Share",
    "Next:",
]
IN_ONE_COLUMN = """body, main, .call { columns: auto !important }
.cards, .contact, .line, .points { display: block !important }"""
"""A style by which nothing stands beside other words, so that all are in order."""
_BLOCKS = """() => [...document.querySelectorAll(
    "main :is(h1, h2, h3, h4, p, .points li, .steps li, summary)")]
  .filter(block => !block.closest(".tools, .told, .leave, .next, .more > summary"))
  .filter(block => !block.closest("section:has(> :is(.doors, .contents))")) // they lead elsewhere
  .map(block => {
    const copy = block.cloneNode(true);
    copy.querySelectorAll(".unseen, svg").forEach(e => e.remove());
    return copy.textContent;
  })"""


def letters(text: str) -> str:
    """Return a text in lower case, without white space and hyphens.

    Lines break at other places in the PDF.
    """
    return _SPACE.sub("", text).lower()


class Sign(NamedTuple):
    """A character on paper.

    Its sheet, and in points how far its middle is from the top and its start from the left.
    """

    sheet: int
    top: float
    left: float
    text: str


class Paper:
    """A page as the browser prints it; its characters in reading order, by sheet and line."""

    def __init__(self, page: Page, path: str, style: str = "") -> None:
        page.emulate_media(media="null")  # as before any test: a PDF is of the print media
        page.goto(path)
        page.evaluate(guards.OWN_STYLE, style)
        self.sheets = list(pdfium.PdfDocument(page.pdf(format="A4")))
        self.signs = [
            sign
            for number, sheet in enumerate(self.sheets)
            for line in _lines(number, sheet)
            for sign in line
        ]
        self.text = "".join(sign.text for sign in self.signs).lower()

    def find(self, text: str, after: int = 0) -> int:
        """Return the index of the sign that a text begins with, from `after` on; -1 if none."""
        return self.text.find(text, after)


def _lines(number: int, sheet: pdfium.PdfPage) -> Iterator[list[Sign]]:
    words, height = sheet.get_textpage(), sheet.get_height()
    signs = []
    for place, text in enumerate(words.get_text_bounded()):
        if letters(text):
            left, bottom, _, top = words.get_charbox(place, loose=True)
            signs.append(Sign(number, height - (top + bottom) / 2, left, text))
    line: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: sign.top):
        if line and sign.top - line[0].top > _LINE:
            yield sorted(line, key=lambda sign: sign.left)
            line = []
        line.append(sign)
    yield sorted(line, key=lambda sign: sign.left)


@pytest.mark.parametrize("path", [*PAGES, ALL, *(path.replace("/en/", "/qaa/") for path in MAIN)])
def test_every_word_is_on_paper_in_order_and_no_menu(path: str, read: Page) -> None:
    """What is folded on a screen too. Where words stand side by side, their letters are counted."""
    paper, in_order = Paper(read, path), Paper(read, path, IN_ONE_COLUMN)
    read.emulate_media(media="print")
    wanted = [
        each for each in map(letters, read.evaluate(_BLOCKS)) if each and not _ARABIC.search(each)
    ]
    assert len(wanted) >= 5

    at = 0
    for each in wanted:
        found = in_order.find(each, at)
        assert found >= 0, f"{each} is not on paper, or not in its place"
        at = found
    assert Counter("".join(wanted)) - Counter(paper.text) == Counter()
    printed = "".join(sign.text for sign in paper.signs)
    assert [tap for tap in NOT_ON_PAPER if tap in printed] == []


@pytest.mark.parametrize("path", [path.replace("/en/", "/qaa-arab/") for path in MAIN])
def test_every_letter_is_on_paper_right_to_left(path: str, read: Page) -> None:
    """Nothing runs off the sheet. Letters are counted, as a PDF has Arabic in another order."""
    read.set_viewport_size(SHEET)
    paper = Paper(read, path)
    read.emulate_media(media="print")
    wanted = Counter(_ARABIC.findall("".join(read.evaluate(_BLOCKS))))
    there = Counter(_ARABIC.findall(paper.text))

    assert sum(wanted.values()) > 300
    assert wanted - there == Counter()
    assert guards.sideways(read) == []


def test_what_scripts_add_is_not_on_paper(scripted: Page) -> None:
    scripted.goto("/en/results/")
    scripted.locator(".share").wait_for()
    scripted.emulate_media(media="print")

    assert scripted.locator(".tools:visible, .tools :visible, .told:visible").count() == 0


@pytest.mark.parametrize("path", [*PAGES, ALL])
def test_no_heading_is_on_paper_without_what_it_heads(path: str, read: Page) -> None:
    """Links to other pages are not on paper, so neither is the heading above them."""
    read.emulate_media(media="print")
    read.goto(path)

    bare = read.evaluate("""() => [...document.querySelectorAll("main section")].filter(each => {
      const words = each.innerText.trim();
      return words && words === each.querySelector("h2, h3, h4").innerText.trim();
    }).map(each => each.id)""")
    assert bare == []


@pytest.mark.parametrize("path", ["/en/help/", "/en/for/care-leavers/"])
def test_a_number_to_ring_is_black_on_white_paper(path: str, read: Page) -> None:
    """Printers leave backgrounds out, and a worker may hand the page over."""
    read.emulate_media(media="print")
    read.goto(path)
    numbers = read.locator("main a[href^=tel]")
    look = """e => {
      const { color, backgroundColor } = getComputedStyle(e);
      return [color, backgroundColor];
    }"""

    assert numbers.count() >= 2
    assert {tuple(each.evaluate(look)) for each in numbers.all()} == {
        ("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)")
    }


def test_a_page_for_one_reader_is_one_sheet_on_both_sides(read: Page) -> None:
    assert len(Paper(read, "/en/for/care-leavers/").sheets) <= 2


def test_each_picture_is_on_paper_left_of_its_sentence(page: Page) -> None:
    """Something is drawn there: it is not just the white of the paper."""
    paper = Paper(page, "/en/easy-read/")
    images = [sheet.render().to_pil().convert("L") for sheet in paper.sheets]
    sentences = [letters(each) for each in page.locator(".easy p").all_inner_texts()]
    assert len(sentences) == 20
    for sentence in sentences:
        sheet, top, left, _ = paper.signs[paper.find(sentence)]
        before = images[sheet].crop((20, max(0, int(top) - 15), int(left) - 4, int(top) + 15))
        assert 80 < left < images[sheet].width / 2, sentence
        assert sum(before.histogram()[:128]) > 40, f"no picture beside: {sentence}"


def test_no_picture_is_cut_by_the_end_of_a_sheet(page: Page) -> None:
    page.goto("/en/easy-read/")
    page.emulate_media(media="print")

    item = page.locator(".easy li").first
    assert item.evaluate("e => getComputedStyle(e).breakInside") == "avoid"


def test_the_words_are_at_least_fourteen_points_on_paper_and_twenty_pixels_on_a_screen(
    page: Page,
) -> None:
    """Easy Read practice in the UK asks for 14 points."""
    page.goto("/en/easy-read/")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".easy p").first.evaluate(size) >= 20
    page.emulate_media(media="print")

    assert page.locator(".easy p").first.evaluate(size) >= 14 * 96 / 72


_BOXES = """() => [...document.querySelectorAll(".easy li")].map(
  item => ["svg", "p"].map(each => item.querySelector(each).getBoundingClientRect().toJSON()))"""


@pytest.mark.parametrize("size", [guards.PHONE, guards.WIDE, {"width": 320, "height": 568}])
def test_pictures_are_beside_their_sentence_in_either_direction(
    size: ViewportSize, page: Page
) -> None:
    page.set_viewport_size(size)
    for path, sign in (("/en/easy-read/", 1), ("/qaa-arab/easy-read/", -1)):
        page.goto(path)
        boxes = page.evaluate(_BOXES)
        assert len(boxes) == 20
        for picture, words in boxes:
            assert (words["x"] - picture["x"]) * sign > 0
            assert picture["y"] < words["y"] + words["height"]  # not above it
            assert words["y"] < picture["y"] + picture["height"]
            assert picture["width"] >= 96


def test_a_picture_is_smaller_beside_a_long_word_and_above_it_only_where_it_must(
    page: Page,
) -> None:
    """The longest of any language so far: Polish, in the sentence on 999."""
    page.goto("/en/easy-read/")
    page.evaluate("document.querySelector('.easy p').textContent = 'w\\u00a0niebezpieczeństwie,'")
    beside = {}
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 844})
        (picture, words), (other, _), *_ = page.evaluate(_BOXES)
        beside[width] = words["x"] > picture["x"] + picture["width"]
        assert 64 <= picture["width"] <= other["width"]
        assert abs(picture["width"] - picture["height"]) < 1
        assert words["x"] + words["width"] <= width

    assert beside == {320: False, 360: True, 390: True}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_faces_stay_faces_in_forced_colours(scheme: str, page: Page) -> None:
    """Skin keeps its colour; otherwise a head would be a blot of one colour."""
    page.emulate_media(
        forced_colors="active",
        color_scheme=scheme,  # type: ignore[arg-type] # a literal typed as str
    )
    page.goto("/en/easy-read/")
    screenshot = page.locator("main").screenshot()
    picture = Image.open(BytesIO(screenshot)).convert("RGB").tobytes()
    colours = {"#" + picture[at : at + 3].hex() for at in range(0, len(picture), 3)}

    assert len(colours & SKIN) >= 2


def test_nobody_stands_on_a_grade() -> None:
    """A grade is about the help, not about a person, as Easy Read says below them."""
    drawn = (PACKAGE / "static" / "pictures.svg").read_text(encoding="utf-8")
    steps = re.findall(r'<symbol id="step.*', drawn)

    assert len(steps) == 7
    assert not [each for each in steps if any(colour in each for colour in SKIN)]
