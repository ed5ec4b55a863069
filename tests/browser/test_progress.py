"""The ledger of how far the council has got.

It has every status at once: on a narrow screen, with large text, in both text directions, on paper.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import frozen_site
import guards
import pseudo_locales
import pypdfium2 as pdfium
import pytest
from dev_server import serve
from guards import NARROW, PHONE
from inspection_outcome.report.model import Status
from playwright.sync_api import Page
from pseudo_locales import NORTHMARSH

ACTION = """
[[action]]
id = "a-{status}"
[action.text]
id = "report.a-{status}"
text = "A step that is told at some length"
source = "made-up-plan"

[[update]]
id = "u-{status}"
action = "a-{status}"
date = 2026-02-27
status = "{status}"
[update.text]
id = "report.u-{status}"
text = "The council said so."
source = "made-up-plan"
"""
MARK = 20
"""Pixels: less than a mark is wide."""
MARKS = (*(status.value for status in Status), "none")
"""The statuses, and that no step is named."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the frozen site with one more action for each status."""
    folder = tmp_path_factory.mktemp("every")
    content = Path(shutil.copytree(NORTHMARSH, folder / "content"))
    with (content / "report.toml").open("a", encoding="utf-8") as file:
        file.writelines(ACTION.format(status=status.value) for status in Status)
    told = pseudo_locales.messages(content)
    translations = pseudo_locales.folder(folder / "translations", told=told)
    with serve(frozen_site.create(translations, content=content)) as at:
        yield at


@pytest.mark.parametrize("path", ["/qaa/progress/", "/qaa-arab/progress/", "/qaa/all/"])
def test_every_status_fits_on_a_narrow_screen(path: str, address: str, read: Page) -> None:
    """Also at twice the text size."""
    read.set_viewport_size(NARROW)
    read.goto(address + path)
    assert guards.sideways(read) == []

    read.evaluate(guards.OWN_STYLE, "html{font-size:200%!important}")

    assert guards.sideways(read) == []


@pytest.mark.parametrize("tag", ["en", "qaa", "qaa-arab"])
def test_a_mark_stands_before_its_words_in_the_direction_of_reading(
    tag: str, address: str, read: Page
) -> None:
    """The words of a step and of its status begin at the same place, after the mark."""
    read.set_viewport_size(NARROW)
    read.goto(f"{address}/{tag}/progress/")
    read.locator(".more").evaluate("fold => { fold.open = true; }")
    starts = """row => ["h4", ".status"].map(words => {
      const range = new Range();
      range.selectNodeContents(row.querySelector(words));
      const [line] = range.getClientRects(), box = row.getBoundingClientRect();
      return Math.round(document.dir === "rtl" ? box.right - line.right : line.left - box.left);
    })"""
    found = {start for row in read.locator(".action").all() for start in row.evaluate(starts)}

    assert len(found) == 1
    assert found.pop() > MARK


def test_each_status_looks_different_without_colour(address: str, read: Page) -> None:
    """In forced colours too, where backgrounds may be removed."""
    read.goto(f"{address}/en/progress/")
    theme = """e => {
      const style = getComputedStyle(e, "::before");
      return style.backgroundImage + style.backgroundColor + style.border + style.borderRadius;
    }"""

    for colours in ("active", "none"):
        read.emulate_media(forced_colors=colours)
        looks = {name: read.locator(f".step.{name}").first.evaluate(theme) for name in MARKS}
        assert len(set(looks.values())) == len(MARKS), looks


def test_that_a_step_has_begun_is_drawn_on_paper_too(address: str, read: Page) -> None:
    """Browsers print no backgrounds, unless a page asks for it."""
    read.goto(f"{address}/en/progress/")
    read.emulate_media(media="null")  # a PDF is of the print media

    def printed() -> bytes:
        return bytes(pdfium.PdfDocument(read.pdf(format="A4"))[0].render().to_pil().tobytes())

    with guards.own_style(read, ".dial::before { background: none !important }"):
        empty = printed()

    assert printed() != empty


@pytest.mark.parametrize("update", ["u-done", "rewrite-2026-02-27"])
def test_an_update_that_is_linked_to_is_found_though_it_is_folded(
    update: str, address: str, read: Page
) -> None:
    """One in a step that opens; and one in an area that is itself folded: then that fold."""
    read.set_viewport_size(PHONE)
    read.goto(f"{address}/en/progress/#update_{update}")
    step = read.locator(f"#update_{update} ~ details > summary")
    box = step.bounding_box()

    assert box
    assert 0 <= box["y"] < PHONE["height"] - box["height"]
    assert step.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("", "How leaders check the work They did not look at it often enough. 13"),
        ("progress/", "13 How leaders check the work"),
    ],
)
def test_what_is_folded_opens_without_a_script_and_is_printed_whole_each_with_its_number(
    name: str, last: str, address: str, read: Page
) -> None:
    read.set_viewport_size(PHONE)
    read.goto(f"{address}/en/{name}")
    fold = read.locator(".more").filter(has_text="How leaders")
    area = fold.get_by_role("heading", name="How leaders check the work")
    assert not area.is_visible()
    read.emulate_media(media="null")  # a PDF is of the print media
    printed = pdfium.PdfDocument(read.pdf(format="A4"))

    assert last in " ".join(
        " ".join(page.get_textpage().get_text_range().split()) for page in printed
    )
    fold.locator("summary").first.click()
    assert area.is_visible()
