"""Guards: faults of a page that are measured in a browser.

tests/browser/test_guards.py makes each guard fail.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

import axe_playwright_python
from playwright.sync_api import Locator, Page, ViewportSize

PHONE = ViewportSize(width=390, height=844)
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=320, height=256)
"""The viewport that is left of a 1280 px screen at 400 % zoom."""
OWN_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
"""Sets a reader's own style sheet, which the Content-Security-Policy does not block."""
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_RUN_AXE = """async only => {
  document.querySelectorAll("details").forEach(each => each.open = true);
  const tags = [
    "wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
  ];
  const rules = {
    "target-size": {enabled: true},
    "color-contrast-enhanced": {enabled: true},
    "color-contrast": {enabled: false}, // a lower ratio than the enhanced one
  };
  rules["color-contrast-enhanced"].enabled = only !== "structure";
  const values = only === "colours" ? ["color-contrast-enhanced"] : tags;
  const runOnly = {type: only === "colours" ? "rule" : "tag", values};
  const {violations} = await axe.run({runOnly, rules});
  return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 120)}`));
}"""
_SIDEWAYS = """() => {
  const page = document.documentElement, found = [];
  if (page.scrollWidth > page.clientWidth)
    found.push(`scrolls sideways: ${page.scrollWidth} of ${page.clientWidth}`);
  const h1 = document.querySelector("h1").getBoundingClientRect();
  if (h1.left < 0 || h1.right > page.clientWidth || h1.width < 40)
    found.push("the h1 is off the screen");
  for (const box of document.querySelectorAll("main *:not(svg *, .unseen, .unseen *)")) {
    const at = box.getBoundingClientRect();
    if (at.width > 1 && (at.left < -1 || at.right > page.clientWidth + 1))
      found.push(`off the screen: ${box.outerHTML.slice(0, 80)}`);
    if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible")
      found.push(`cut off: ${box.outerHTML.slice(0, 80)}`);
  }
  return found;
}"""
_IN_PIECES = """() => [...document.querySelectorAll("body *")].filter(box =>
  /flex|grid/.test(getComputedStyle(box).display) && !box.matches("[dir=ltr], [hreflang]") &&
  [...box.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
).map(box => box.outerHTML.slice(0, 100))"""
_BROKEN = r"""() => {
  const found = [], range = new Range();
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const drawn = box => !box || box.getBoundingClientRect().width > 1 && drawn(box.parentElement);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const box = node.parentElement;
    if (box.closest("svg, a[dir=ltr]") || !drawn(box) || !box.checkVisibility()) continue;
    for (const word of node.data.matchAll(/[\p{L}\p{M}]{2,}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1)
        found.push(`${word[0]} in ${box.outerHTML.slice(0, 100)}`);
    }
  }
  return found;
}"""
_FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect(), found = [];
  if (!at.matches(":focus-visible")) found.push("no :focus-visible");
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
    found.push("no outline of 2 px");
  const inside = box.left >= 0 && box.right <= innerWidth &&
    box.top >= -1 && box.bottom <= innerHeight + 1;
  if (!inside) found.push("off the screen");
  const line = at.getClientRects()[0];
  const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
  if (top && !at.contains(top) && !top.contains(at))
    found.push(`covered by ${top.outerHTML.slice(0, 60)}`);
  return {name: at.outerHTML.slice(0, 100), found};
}"""
CONTROLS = (
    "a[href], button, summary, select, textarea, "
    "input:not([type=radio] ~ [type=radio]):not(label ~ label > [type=radio])"
)
"""What Tab stops at: of radio buttons, which are siblings, at one, as arrows lead to the others.

They may each be in a label of their own.
"""
_SMALL = """() => [...document.querySelectorAll("a, button, summary, input")].filter(control => {
  if (control.matches(".skip:not(:focus)") || !control.checkVisibility()) return false;
  // Of a box with its label around it, all of the label is the target.
  const box = (control.closest("label") ?? control).getBoundingClientRect();
  // A link in running text is exempt: its block has other text around the link.
  const own = control.textContent.trim(), flows = getComputedStyle(control).display === "inline";
  let block = control.parentElement;
  while (getComputedStyle(block).display === "inline") block = block.parentElement;
  const inText = flows && own !== block.textContent.trim();
  return !inText && (box.height < 44 || box.width < 44);
}).map(control => {
  const height = control.getBoundingClientRect().height;
  return `${control.outerHTML.slice(0, 100)} is ${height} px high`;
})"""

_TIGHT = """() => [...document.querySelectorAll("p, li, dd")].filter(box => {
  const style = getComputedStyle(box);
  return box.checkVisibility() && parseFloat(style.lineHeight) < 1.49 * parseFloat(style.fontSize);
}).map(box => box.outerHTML.slice(0, 100))"""


class Evaluates(Protocol):
    """A page that runs scripts: Playwright's, or one of engines.py."""

    def evaluate(self, script: str, /) -> Any:
        """Return the result of a script or, if it is a function, of calling it."""


def follow(control: Locator, key: str = "") -> None:
    """Click on what leads to another page, or press a key on it, and wait until that has loaded.

    A click alone waits for less: on a busy computer, what is then read is the page before, or an
    empty one.
    """
    with control.page.expect_navigation():
        if key:
            control.press(key)
        else:
            control.click()


@contextmanager
def own_style(page: Page, css: str) -> Iterator[None]:
    """Give the open page a reader's own style sheet until the end of the block."""
    page.evaluate(OWN_STYLE, css)
    yield
    page.evaluate(OWN_STYLE, "")


def axe(page: Evaluates, only: Literal["", "structure", "colours"] = "") -> list[str]:
    """Return axe's findings: every WCAG level, best practices, target size, enhanced contrast.

    What is behind a disclosure is opened before. `only`: structure leaves out contrast, which takes
    most of the time; colours is contrast alone.
    """
    page.evaluate(AXE)
    found: list[str] = page.evaluate(f"() => ({_RUN_AXE})({json.dumps(only)})")
    return found


def sideways(page: Evaluates) -> list[str]:
    """Return what scrolls sideways, lies off the screen, or is cut off."""
    found: list[str] = page.evaluate(_SIDEWAYS)
    return found


def in_pieces(page: Evaluates) -> list[str]:
    """Return the flex and grid boxes that hold text of their own.

    They would lay out a sentence in pieces, if a translation marked a word in it. Numbers,
    addresses and names of languages are exempt, as they are not sentences.
    """
    found: list[str] = page.evaluate(_IN_PIECES)
    return found


def broken_words(page: Evaluates) -> list[str]:
    """Return the words that are broken at the end of a line. Addresses are exempt."""
    found: list[str] = page.evaluate(_BROKEN)
    return found


def lost_by_the_keyboard(page: Page) -> list[str]:
    """Return the faults of the focus, and how many controls that are drawn Tab does not reach."""
    controls = page.locator(CONTROLS).filter(visible=True).count()
    stops, wrong = keyboard(page)
    if stops != controls:
        wrong.append(f"Tab stops {stops} times, and {controls} controls are shown")
    return wrong


def keyboard(page: Page, most: int = 500) -> tuple[int, list[str]]:
    """Press Tab until the focus is back at the page; return the number of stops, and the faults."""
    wrong: list[str] = []
    for stop in range(most):
        page.keyboard.press("Tab")
        at: dict[str, Any] | None = page.evaluate(_FOCUS)
        if at is None:
            return stop, wrong
        wrong += [f"{at['name']}: {what}" for what in at["found"]]
    return most, [*wrong, "the focus does not come back to the page"]


def tight_lines(page: Page) -> list[str]:
    """Return the paragraphs and list items whose lines are less than 1.5 apart (WCAG 1.4.8)."""
    found: list[str] = page.evaluate(_TIGHT)
    return found


def small_targets(page: Page) -> list[str]:
    """Return the controls that are less than 44 px wide or high. Links inside text are exempt."""
    found: list[str] = page.evaluate(_SMALL)
    return found
