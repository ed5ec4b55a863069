"""The drawing of how far the council has got.

It has every status at once: on a narrow screen, with large text, in both text directions.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import guards
import pseudo_locales
import pytest
from dev_server import serve
from guards import NARROW, PHONE
from inspection_outcome import create_app
from inspection_outcome.report.model import Status
from playwright.sync_api import Browser, Page
from pseudo_locales import SECOND

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


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with an action of each status, and three that nobody has reported on."""
    folder = tmp_path_factory.mktemp("every")
    content = Path(shutil.copytree(SECOND, folder / "content"))
    with (content / "report.toml").open("a", encoding="utf-8") as file:
        file.writelines(ACTION.format(status=status.value) for status in Status)
    pseudo_locales.folder(folder / "translations", messages=pseudo_locales.shipped(content))
    environ = {
        "OUTCOME_CONTENT": str(content),
        "OUTCOME_TRANSLATIONS": str(folder / "translations"),
    }
    with serve(create_app(environ)) as at:
        yield at


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("style", ["", "html{font-size:200%!important}"], ids=["as it is", "200 %"])
@pytest.mark.parametrize(
    "path", ["/en/progress/", "/qaa/progress/", "/qaa-arab/progress/", "/qaa/all/"]
)
def test_every_status_fits_on_a_narrow_screen(path: str, style: str, visit: Page) -> None:
    visit.set_viewport_size(NARROW)
    visit.goto(path)
    visit.evaluate(guards.OWN_STYLE, style)

    assert guards.sideways(visit) == []


@pytest.mark.parametrize("tag", ["en", "qaa-arab"])
def test_the_way_runs_in_the_direction_of_reading(tag: str, visit: Page) -> None:
    visit.goto(f"/{tag}/progress/")
    stops = {
        name: visit.locator(f".stop-{name} .stop").bounding_box()
        for name in ("planned", "under-way", "done", "stopped", "not-known")
    }

    places = [box["x"] for box in stops.values() if box]
    assert len(places) == 5
    assert places == sorted(places, reverse=tag == "qaa-arab")


@pytest.mark.parametrize("tag", ["en", "qaa", "qaa-arab"])
def test_the_way_is_one_line(tag: str, visit: Page) -> None:
    """Even if a label is too long for one line, or if one stop has more marks than another."""
    visit.set_viewport_size(NARROW)
    visit.goto(f"/{tag}/progress/")
    boxes = [box for marks in visit.locator(".way .marks").all() if (box := marks.bounding_box())]

    assert len(boxes) == 5
    assert len({round(box["y"] + box["height"]) for box in boxes}) == 1
    lowest = [
        visit.locator(f".stop-{name} .marks .status").first.bounding_box()
        for name in ("planned", "not-known")
    ]
    assert (
        len({round(box["y"] + box["height"]) for box in lowest if box}) == 1
    )  # the lowest marks stand on the line


def test_each_status_looks_different_without_colour(visit: Page) -> None:
    """In forced colours too, where backgrounds may be removed."""
    visit.emulate_media(forced_colors="active")
    visit.goto("/en/progress/")
    theme = """e => {
      const style = getComputedStyle(e, "::before");
      return style.backgroundImage + style.backgroundColor + style.border + style.borderRadius;
    }"""

    looks = {
        name.value: visit.locator(f".area .status.{name.value}").first.evaluate(theme)
        for name in Status
    }

    assert len(set(looks.values())) == len(Status), looks


def test_an_update_that_is_linked_to_is_shown(visit: Page) -> None:
    visit.goto("/en/progress/#update_u-done")
    box = visit.locator("#update_u-done").bounding_box()

    assert box
    assert 0 <= box["y"] < PHONE["height"]
    assert visit.locator("#update_u-done").evaluate("e => e.matches(':target')")
