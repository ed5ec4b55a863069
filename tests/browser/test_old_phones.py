"""Every page in Chromium 80 as in today's: every box and run of text in its place, drawn alike.

An old phone has an engine like it, which knows none of: `gap` of flex boxes, `inset`, shorthands
such as `padding-inline`, `:is()`, `aspect-ratio`, `rotate:`, `:has()`, popovers. Where each box is
as today, none overlaps another, touches it, is hidden or is too small to tap, unless it does so
today; and of today's, the other tests ask that. So it is not asked again here.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import find_browser
import pytest
from frozen_site import ALL, PAGES
from guards import NARROW, PHONE
from old_chromium import OldChromium
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Page, ViewportSize

RIGHT_TO_LEFT = [path.replace("/en/", "/qaa-arab/") for path in (*PAGES, ALL)]
NOT_FOUND = "/en/nothing-here/"
SMALLEST = ViewportSize(width=NARROW["width"], height=568)
_READY = """async () => {
  const keep = document.querySelector(".keep");
  const offered = keep && navigator.serviceWorker && self.caches && self.DecompressionStream;
  for (let tries = 0; offered && keep.hidden && tries < 200; tries++)
    await new Promise(done => setTimeout(done, 20));
}"""
"""Waits for 'Keep on this phone', which is shown a moment after the page has loaded."""
_ALIKE = """() => {
  for (const sheet of document.styleSheets)
    [...sheet.cssRules].forEach((rule, at) => {
      if (!rule.cssText.includes("dashed")) return;
      sheet.deleteRule(at);
      sheet.insertRule(rule.cssText.replace(/dashed/g, "solid"), at);
    });
  const [sheet] = document.styleSheets;
  sheet.insertRule("* { text-decoration-color: transparent !important }", sheet.cssRules.length);
}"""
"""Leaves out what all engines draw, and each in its own way: dashes, and the lines under links."""
_AS_BEFORE = """() => {
  const [sheet] = document.styleSheets;
  for (const each of document.querySelectorAll("[popover]")) each.removeAttribute("popover");
  const unknown = rule => rule instanceof CSSSupportsRule && /^not /.test(rule.conditionText);
  for (const block of [...sheet.cssRules].filter(unknown))
    for (const rule of [...block.cssRules].reverse())
      sheet.insertRule(rule.cssText, 1 + [...sheet.cssRules].indexOf(block));
  sheet.insertRule("* { text-wrap-style: auto !important }", sheet.cssRules.length);
}"""
"""Takes from today's Chromium what is meant to be otherwise in an old one.

Before there were popovers, the list of languages was always shown: so it is none, and what is for
browsers that do not know a thing (@supports not) is done. Balanced headings are decoration.
"""
_WHOLE_LINES = """() => {
  const all = [...document.querySelectorAll("body, body *")].filter(each => !each.closest("svg"));
  for (const each of all) each.style.removeProperty("line-height");
  const high = all.map(each => Math.floor(parseFloat(getComputedStyle(each).lineHeight)));
  all.forEach((each, at) => {
    if (high[at]) each.style.setProperty("line-height", `${high[at]}px`, "important");
  });
}"""
"""Rounds the height of a line down to whole pixels, as Chromium 80 does."""
_SHOW = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const each of document.querySelectorAll("[hidden]:not([data-in])")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-state]")) each.dataset.state = "on";
}"""
"""Shows what readers open, and what scripts show only on some devices."""
_BOXES = r"""() => {
  const page = document.documentElement, rtl = page.dir === "rtl", found = [], range = new Range();
  const shown = element => element.checkVisibility
    ? element.checkVisibility({visibilityProperty: true})
    : element.getClientRects().length && getComputedStyle(element).visibility === "visible";
  const add = (node, key, around, name, box) => {
    const text = node.textContent.trim().replace(/\s+/g, " ").slice(0, 30);
    const start = rtl ? page.clientWidth - box.right : box.left;
    const measured = [start, box.top, box.width, box.height];
    found.push({key, around, name: `${name} “${text}”`, box: measured});
  };
  const walk = (element, key, names) => [...element.childNodes].forEach((node, index) => {
    const own = `${key}/${index}`;
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      range.selectNodeContents(node);
      add(node, own, key, [...names, "text"].join(" > "), range.getBoundingClientRect());
    } else if (node.nodeType === Node.ELEMENT_NODE && node.localName !== "wbr" && shown(node)) {
      const name = [node.localName, ...node.classList].join(".");
      const named = [...names.slice(-3), name];
      add(node, own, key, named.join(" > "), node.getBoundingClientRect());
      if (name !== "svg" && !node.closest("svg")) walk(node, own, named);
    }
  });
  walk(document.body, "", []);
  return JSON.stringify(found);
}"""
"""Returns the box of every visible element and run of text: [start, top, width, height].

`start` is the distance from the side where lines begin.
"""
_SIDEWAYS = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} of ${clientWidth}`] : [];
}"""
MOST_APART = 0.5
"""In CSS pixels. Where all is right it is 0.2: today's makes a border of 7.2 px one of 7 px."""
MOST_UNLIKE = 18
"""Of 255: the mean, in a square of 9 px, of what no pixel beside it explains.

Where all is right it is 13 on thin lines of a picture that lies between two pixels, and 7
elsewhere. An arrow that is not turned makes 26, a pale background that is missing 25.
"""


class Box(NamedTuple):
    """Where something is on the page, in CSS pixels."""

    start: float
    top: float
    width: float
    height: float

    @property
    def end(self) -> float:
        """Return where it ends in its line."""
        return self.start + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.top + self.height


class Node(NamedTuple):
    """A visible element or run of text, and the keys of the ones around it and before it."""

    name: str
    box: Box
    around: str
    before: str | None


Nodes = Mapping[str, Node]
Choose = Callable[[Image.Image, Image.Image], Image.Image]


def nodes(page: OldChromium | Page) -> Nodes:
    """Return what is visible on the open page, in order."""
    found = {"": Node("body", Box(0, 0, 0, 0), "", None)}
    last: dict[str, str] = {}
    for each in json.loads(page.evaluate(_BOXES)):
        key, around = each["key"], each["around"]
        found[key] = Node(each["name"], Box(*each["box"]), around, last.get(around))
        last[around] = key
    return found


def place(key: str, nodes: Nodes, today: Nodes) -> dict[str, float]:
    """Return the distances of a box from the box before it or around it, and its size.

    The box before it counts where it lies beside or above today.
    """
    at, now = nodes[key].box, today[key]
    around = nodes[now.around].box
    found = {
        "px from the start of what is around it": at.start - around.start,
        "px from the top of what is around it": at.top - around.top,
        "px wide": at.width,
        "px high": at.height,
    }
    if now.before is not None and now.before in nodes:
        before, there = nodes[now.before].box, today[now.before].box
        if there.bottom <= now.box.top + 1:
            found.pop("px from the top of what is around it")
            found["px below the one before"] = at.top - before.bottom
        elif there.end <= now.box.start + 1:
            found.pop("px from the start of what is around it")
            found["px beside the one before"] = at.start - before.end
    return found


def moved(old: Nodes, today: Nodes) -> list[str]:
    """Return what only one shows, and the boxes that are not as today.

    What follows from another difference is left out: how high the boxes around it are, and the
    size of the boxes within one that is too wide or too narrow.
    """
    found = [f"{node.name}: is not shown" for key, node in today.items() if key not in old]
    found += [f"{node.name}: is shown" for key, node in old.items() if key not in today]
    both = [key for key in today if key in old]
    apart: dict[str, dict[str, tuple[float, float]]] = {}
    for key in both:
        was, now = place(key, old, today), place(key, today, today)
        apart[key] = {
            what: (was[what], now[what])
            for what in now
            if what in was and abs(was[what] - now[what]) > MOST_APART
        }
    around_it: set[str] = set()
    for key in reversed(both):
        if key in around_it:
            apart[key].pop("px high", None)
        if key in around_it or apart[key]:
            around_it.add(today[key].around)
    within: set[str] = set()
    for key in both:
        if today[key].around in within:
            apart[key].pop("px wide", None)
            apart[key].pop("px high", None)
            within.add(key)
        elif "px wide" in apart[key]:
            within.add(key)
    return found + [
        f"{today[key].name}: {was:.1f} {what}, today {now:.1f}"
        for key in both
        for what, (was, now) in apart[key].items()
    ]


def unlike(old: bytes, today: bytes) -> list[tuple[int, int]]:
    """Return the points around which two pictures differ."""
    pictures = [Image.open(io.BytesIO(each)).convert("RGB") for each in (old, today)]
    lowest = min(picture.height for picture in pictures)
    one, two = (picture.crop((0, 0, picture.width, lowest)) for picture in pictures)
    beyond = Image.new("RGB", one.size)
    for first, second in ((one, two), (two, one)):
        lighter = ImageChops.subtract(first, _around(second, ImageChops.lighter))
        darker = ImageChops.subtract(_around(second, ImageChops.darker), first)
        beyond = ImageChops.lighter(beyond, ImageChops.lighter(lighter, darker))
    red, green, blue = beyond.split()
    strongest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    mean = strongest.filter(ImageFilter.BoxBlur(4))
    squares = mean.point([0] * (MOST_UNLIKE + 1) + [255] * (255 - MOST_UNLIKE)).reduce(9)
    return [
        (at % squares.width * 9 + 4, at // squares.width * 9 + 4)
        for at, differs in enumerate(squares.tobytes())
        if differs
    ]


def _around(picture: Image.Image, choose: Choose) -> Image.Image:
    """Return a picture in which each pixel is the chosen one of itself and its neighbours."""
    for x, y in ((1, 0), (0, 1)):
        sides = choose(ImageChops.offset(picture, x, y), ImageChops.offset(picture, -x, -y))
        picture = choose(picture, sides)
    return picture


class Pair:
    """One page, open in Chromium 80 and in today's."""

    def __init__(self, old: OldChromium, today: Page) -> None:
        self._old, self._today = old, today

    def faults(self, url: str, *, loaded: bool = True, shown: bool = True) -> list[str]:
        """Return how a page differs in Chromium 80, and its errors there.

        On a phone as it has loaded, and with all shown that can be; and that on the smallest phone.
        `loaded`, `shown`: whether pictures are compared too, where the boxes are as today.
        """
        self._open(url)
        found = self._compared(PHONE, pictures=loaded)
        self._both(_SHOW)
        found += self._compared(PHONE, pictures=shown)
        found += self._compared(SMALLEST, pictures=False)
        not_there = f"(NOT FOUND) {url}"
        errors = [each for each in self._old.errors() if not each.endswith(not_there)]
        return [f"{what} (×{times})" for what, times in Counter(found).items()] + errors

    def _open(self, url: str) -> None:
        self._resize(PHONE)
        self._old.open(url)
        self._today.goto(url)
        self._both(_READY)
        self._both(_ALIKE)
        self._today.evaluate(_AS_BEFORE)

    def _compared(self, size: ViewportSize, *, pictures: bool) -> list[str]:
        self._resize(size)
        self._today.evaluate(_WHOLE_LINES)
        today = nodes(self._today)
        found = [*self._old.evaluate(_SIDEWAYS), *moved(nodes(self._old), today)]
        if pictures and not found:
            found = self._drawn(size["width"], today)
        return [f"{size['width']} px: {what}" for what in found]

    def _drawn(self, width: int, today: Nodes) -> list[str]:
        """Return the names of what is not drawn as today on the whole page."""
        high = self._today.evaluate("document.documentElement.scrollHeight")
        self._resize(ViewportSize(width=width, height=high))
        points = unlike(self._old.screenshot(0, 0, width, high), self._today.screenshot())
        rtl = self._today.evaluate("document.dir") == "rtl"
        names = [_at(width - x if rtl else x, y, today) for x, y in points]
        return [f"{name}: is not drawn as today" for name in dict.fromkeys(names)]

    def _resize(self, size: ViewportSize) -> None:
        self._old.resize(**size)
        self._today.set_viewport_size(size)

    def _both(self, script: str) -> None:
        self._old.evaluate(script)
        self._today.evaluate(script)


def _at(start: float, top: float, nodes: Nodes) -> str:
    """Return the name of the innermost box at a point."""
    name = "body"
    for node in nodes.values():
        if node.box.start <= start <= node.box.end and node.box.top <= top <= node.box.bottom:
            name = node.name
    return name


@pytest.fixture(scope="module")
def pair(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Pair]:
    """Yield both browsers. Without Chromium 80 it skips, and tests/run.py says so at its end."""
    program = find_browser.chromium_80()
    if program is None:
        pytest.skip(find_browser.missing()[find_browser.OLD])
    with OldChromium(program) as old:
        context = browser.new_context(**browser_context_args | {"java_script_enabled": True})
        yield Pair(old, context.new_page())
        context.close()


@pytest.mark.parametrize("path", [*PAGES, ALL, *RIGHT_TO_LEFT])
def test_a_page_is_as_today(path: str, pair: Pair, base_url: str) -> None:
    """Every page in English and right to left.

    As it has loaded, of those right to left only home is compared as a picture. The page of all
    pages is not, as its parts are drawn on their own pages.
    """
    drawn = not path.endswith("/all/")
    loaded = drawn and (path in PAGES or path == "/qaa-arab/")

    assert pair.faults(base_url + path, loaded=loaded, shown=drawn) == []


def test_the_page_of_an_error_is_as_today(pair: Pair, base_url: str) -> None:
    assert pair.faults(base_url + NOT_FOUND) == []


GOOD = """<!doctype html><html lang="en" dir="ltr"><meta charset="utf-8"><title>T</title>
<style>
body { margin: 20px; font: 18px/27.9px sans-serif }
ul { padding: 0; list-style: none }
h1 { width: 250px; text-wrap: balance }
a { text-underline-offset: .3em }
.dashed { border: 2px dashed; border-radius: 10px }
summary { display: block; padding-left: 30px; list-style: none }
summary::-webkit-details-marker { display: none }
summary::before {
  content: ""; position: absolute; margin-left: -20px; width: 9px; height: 9px;
  border: solid; border-width: 0 2px 2px 0; transform: rotate(45deg)
}
@supports not selector(:popover-open) { .list { border: 5px solid } }
</style>
<h1>A title that is longer than a line</h1>
<p>Text with a <a href="#x">link to something</a>.</p>
<p class="dashed">Dashed</p>
<p class="list" popover>A list</p>
<details><summary>More</summary><p>What is behind it</p></details>
<p hidden>What a script shows</p>
</html>"""
MOVED = {
    '<ul style="display: flex; gap: 9px"><li>One</li><li>Two</li></ul>': (
        "li “Two”: 0.0 px beside the one before, today 9.0"
    ),
    '<p>Run<span style="padding-inline: 9px">on</span></p>': (
        "p > span > text “on”: 0.0 px from the start of what is around it, today 9.0"
    ),
    '<p>Above</p><p style="margin-block: 40px 0">Below</p>': (
        "p “Below”: 18.0 px below the one before, today 40.0"
    ),
    '<p style="position: absolute; inset: 700px auto auto 200px">Away</p>': (
        "p “Away”: 20.0 px from the start of what is around it, today 200.0"
    ),
    '<style>p:is(.tall) { height: 60px }</style><p class="tall">Tall</p>': (
        "p.tall “Tall”: 27.0 px high, today 60.0"
    ),
    "<style>p:has(b) { text-indent: 50px }</style><p><b>Bold</b></p>": (
        "p > b “Bold”: 0.0 px from the start of what is around it, today 50.0"
    ),
    '<p style="width: 50px; aspect-ratio: 1/3">Ratio</p>': "p “Ratio”: 27.0 px high, today 150.0",
    '<p style="width: 900px; width: round(50px, 1px)">Wide</p>': "scrolls sideways: 920 of 390",
    "<style>@supports selector(p) { .off { display: none } }</style><p class=off>Off</p>": (
        "p.off “Off”: is shown"
    ),
    "<style>.on { display: none } .on:is(p) { display: block }</style><p class=on>On</p>": (
        "p.on “On”: is not shown"
    ),
    """<style>.twice ::-webkit-details-marker { display: inline-block !important }</style>
      <details class="twice"><summary>Two triangles</summary></details>""": (
        "summary > text “Two triangles”: .* px from the start of what is around it, today 30.0"
    ),
    "<script>console.error('said on purpose')</script>": "said on purpose",
    "<script>throw new Error('thrown on purpose')</script>": "thrown on purpose",
    "<script>Promise.resolve([]).then(list => list.at(-1))</script>": "at is not a function",
}
"""Faults, and what is said of each. Where there is one of them, no picture is compared."""
DRAWN = {
    """<style>.corner summary::before { transform: none; rotate: 45deg }</style>
      <details class="corner"><summary>Corner</summary></details>""": "summary “Corner”",
    """<style>.over ::-webkit-details-marker { display: block !important; position: absolute }
      .over summary::before { border: 0 }</style>
      <details class="over"><summary>Over</summary></details>""": "summary “Over”",
    "<style>p:is(.tint) { background: #ece6fb }</style><p class=tint>Tinted</p>": "p.tint",
    '<svg style="scale: -1 1" width="200" height="14"><rect width="60" height="14"/></svg>': "svg",
    '<p style="border-left: 5px solid #fff; border-color: oklch(0.3 0.2 280)">Edge</p>': "“Edge”",
}
"""Faults of the drawing, and the names of what is not drawn as today."""


def test_the_good_page_passes(pair: Pair) -> None:
    """What is different on purpose, or by less than a pixel, is no fault."""
    assert pair.faults(f"data:text/html,{quote(GOOD)}") == []


@pytest.mark.parametrize("faults", [MOVED, DRAWN], ids=["moved", "drawn"])
def test_what_is_not_as_today_is_found(faults: dict[str, str], pair: Pair) -> None:
    page = GOOD.replace("</html>", "".join(faults) + "</html>")

    found = pair.faults(f"data:text/html,{quote(page)}")

    assert [
        says for says in faults.values() if not any(re.search(says, each) for each in found)
    ] == []


def test_another_package_than_the_known_one_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho other > other.tgz\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    find_browser.get_chromium_80()

    assert "it is not used" in capsys.readouterr().out
    assert find_browser.chromium_80() is None
