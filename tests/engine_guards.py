"""What is done, and looked for, on a page in any engine."""

import json

import guards
from engines import Engine

_WATCH = f"""async () => {{
  const keep = document.querySelector(".keep");
  const offered = keep && navigator.serviceWorker && self.caches && self.DecompressionStream;
  for (let tries = 0; offered && keep.hidden && tries < 200; tries++)
    await new Promise(done => setTimeout(done, 20));
  const shown = control => {{
    const box = control.getBoundingClientRect();
    return box.width && box.height && control.checkVisibility({{visibilityProperty: true}});
  }};
  self.controls = [...document.querySelectorAll("{guards.CONTROLS}")].filter(shown);
  self.stops = [];
  addEventListener("focusin", ({{target}}) =>
    stops.push({{target, rings: target.matches(":focus-visible")}}));
  return controls.length;
}}"""
"""Starts to record where the focus goes, and returns the number of visible controls.

'Keep on this phone' is shown a moment after the page has loaded, where a browser can keep pages.
Asking for the focus at each stop would be slow through WebDriver.
"""
_LOST = """wraps => {
  const name = element => element.outerHTML.slice(0, 100), at = stops.map(stop => stop.target);
  const [first] = at, last = document.activeElement;
  const missed = controls.filter(control => !at.includes(control));
  const leaves = last === document.body || (wraps && last === first);
  return [
    ...missed.map(control => `not reached: ${name(control)}`),
    ...at.filter(stop => !controls.includes(stop)).map(stop => `no control: ${name(stop)}`),
    ...stops.filter(stop => !stop.rings).map(stop => `no :focus-visible: ${name(stop.target)}`),
    ...(leaves ? [] : [`does not leave the page: ${name(last)}`]),
  ];
}"""
"""Returns the faults of the focus after one Tab for each control, and one to leave the page."""


def wrong(engine: Engine, *, axe: bool = True) -> list[str]:
    """Return the faults of the open page; axe's findings too, if wanted."""
    h1_shows = engine.evaluate("document.querySelector('h1').checkVisibility()")
    found: list[str] = [] if h1_shows else ["the h1 is hidden"]
    # A text that is longer than its field is scrolled there.
    found += [what for what in guards.sideways(engine) if "cut off: <input" not in what]
    found += guards.axe(engine) if axe else []
    engine.press_tab(1 + engine.evaluate(_WATCH))
    return [*found, *engine.evaluate(f"({_LOST})({json.dumps(engine.wraps)})"), *engine.errors()]


def do(engine: Engine, step: str, until: str) -> None:
    """Run a script, and wait until an expression is true, also on the next page."""
    engine.evaluate(f"() => {{ {step} }}")
    engine.wait_for(until)
