"""The drawing of how far the council has got.

It has every status at once: on a narrow screen, with large text, in both text directions.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import frozen_site
import guards
import pseudo_locales
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
STOPS = ("planned", "under-way", "done", "stopped", "not-known")


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
def test_the_way_is_one_line_in_the_direction_of_reading(
    tag: str, address: str, read: Page
) -> None:
    """Even if a label is too long for one line, or if one stop has more marks than another."""
    read.set_viewport_size(NARROW)
    read.goto(f"{address}/{tag}/progress/")
    marks = [
        box for name in STOPS if (box := read.locator(f".way .stop-{name} .marks").bounding_box())
    ]

    assert len(marks) == len(STOPS)
    places = [box["x"] for box in marks]
    assert places == sorted(places, reverse=tag == "qaa-arab")
    assert len({round(box["y"] + box["height"]) for box in marks}) == 1
    lowest = [
        max(
            box["y"] + box["height"]
            for mark in read.locator(f".way .stop-{name} .marks .status").all()
            if (box := mark.bounding_box())
        )
        for name in STOPS
        if name != "done"  # there, the flag stands on the line
    ]
    assert len({round(bottom) for bottom in lowest}) == 1  # the lowest marks stand on the line


def test_each_status_looks_different_without_colour(address: str, read: Page) -> None:
    """In forced colours too, where backgrounds may be removed."""
    read.goto(f"{address}/en/progress/")
    theme = """e => {
      const style = getComputedStyle(e, "::before");
      return style.backgroundImage + style.backgroundColor + style.border + style.borderRadius;
    }"""

    read.emulate_media(forced_colors="active")
    looks = {
        name.value: read.locator(f".area .status.{name.value}").first.evaluate(theme)
        for name in Status
    }
    read.emulate_media(forced_colors="none")

    assert len(set(looks.values())) == len(Status), looks


def test_an_update_that_is_linked_to_is_shown(address: str, read: Page) -> None:
    read.set_viewport_size(PHONE)
    read.goto(f"{address}/en/progress/#update_u-done")
    box = read.locator("#update_u-done").bounding_box()

    assert box
    assert 0 <= box["y"] < PHONE["height"]
    assert read.locator("#update_u-done").evaluate("e => e.matches(':target')")
