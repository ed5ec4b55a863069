"""Each guard fails on a page made bad on purpose."""

import guards
import pytest
from playwright.sync_api import Page

GOOD = """<!doctype html><html lang="en" dir="ltr"><title>T</title>
<style>a { display: inline-block; min-width: 50px; min-height: 50px }
p { line-height: 1.5 }
a:focus-visible { outline: 3px solid }</style>
<main><h1>Title</h1><p>Text</p><a href="#x">Go there</a></main></html>"""


def test_the_good_page_passes(read_scripted: Page) -> None:
    """Otherwise the bad pages below would prove nothing."""
    read_scripted.set_content(GOOD)

    assert guards.axe(read_scripted) == []
    assert guards.sideways(read_scripted) == []
    assert guards.in_pieces(read_scripted) == []
    assert guards.broken_words(read_scripted) == []
    assert guards.keyboard(read_scripted) == (1, [])
    assert guards.lost_by_the_keyboard(read_scripted) == []
    assert guards.small_targets(read_scripted) == []
    assert guards.tight_lines(read_scripted) == []


def test_axe_finds_what_is_not_accessible(read_scripted: Page) -> None:
    bad = """<p><img src="x"></p>
      <details><summary>More</summary><p style="color:#666;background:#fff">Grey</p></details>
      <h3>Jump</h3>
      <button style="width:9px;height:9px;padding:0">x</button><button
        style="width:9px;height:9px">y</button>"""
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    found = {each.split(":")[0] for each in guards.axe(read_scripted)}
    assert found >= {"image-alt", "color-contrast-enhanced", "heading-order", "target-size"}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('<p style="width:900px">Wide</p>', "scrolls sideways"),
        ('<p style="position:relative;left:-99px">Left</p>', "off the screen: <p"),
        (
            (
                '<p style="width:90px;overflow:hidden;white-space:nowrap">'
                "Cut off on the way to the end</p>"
            ),
            "cut off",
        ),
    ],
)
def test_what_runs_off_the_screen_is_found(bad: str, says: str, read_scripted: Page) -> None:
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    assert any(says in found for found in guards.sideways(read_scripted))


def test_a_sentence_in_pieces_is_found(read_scripted: Page) -> None:
    bad = '<p style="display:flex">Ask for an <bdi lang="en">advocate</bdi>.</p>'
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    assert len(guards.in_pieces(read_scripted)) == 1


def test_a_broken_word_is_found(read_scripted: Page) -> None:
    bad = '<p style="width:60px;overflow-wrap:anywhere">A responsibility</p>'
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    assert [found.split()[0] for found in guards.broken_words(read_scripted)] == ["responsibility"]


def test_a_page_pushed_off_the_screen_by_a_skip_link_is_found(read_scripted: Page) -> None:
    """A known fault of right-to-left pages, which axe does not find."""
    skip = '<a href="#x" style="position:absolute;left:-999px">Skip</a>'
    read_scripted.set_content(GOOD.replace('"ltr"', '"rtl"').replace("<main>", f"{skip}<main>"))

    assert any("scrolls sideways" in found for found in guards.sideways(read_scripted))


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('<a href="#y" style="outline:0">No ring</a>', "no outline"),
        ('<a href="#y" style="position:fixed;left:-300px">Away</a>', "off the screen"),
        (
            '<a href="#y">Under</a><div style="position:fixed;inset:0;background:red"></div>',
            "covered by <div",
        ),
    ],
)
def test_a_control_that_the_keyboard_loses_is_found(
    bad: str, says: str, read_scripted: Page
) -> None:
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    assert any(says in found for found in guards.keyboard(read_scripted)[1])


def test_a_control_that_tab_does_not_reach_is_found(scripted: Page) -> None:
    """On a page of its own: after some rounds with Tab, Chromium no longer stops at the page."""
    bad = '<button tabindex="-1">Press here</button>'
    scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    told = "Tab stops 1 times, and 2 controls are shown"
    assert guards.lost_by_the_keyboard(scripted) == [told]


@pytest.mark.parametrize(
    "bad",
    [
        '<p><a href="#y" style="min-height:0">Alone</a></p>',
        '<p>Ring <b style="display:block"><a href="#y" style="display:inline">12</a></b></p>',
        "<button>x</button>",
    ],
)
def test_a_small_control_is_found(bad: str, read_scripted: Page) -> None:
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    assert len(guards.small_targets(read_scripted)) == 1


def test_lines_that_are_close_together_are_found(read_scripted: Page) -> None:
    bad = '<p style="line-height:1.4">Close</p>'
    read_scripted.set_content(GOOD.replace("</main>", bad + "</main>"))

    assert len(guards.tight_lines(read_scripted)) == 1
