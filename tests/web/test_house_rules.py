"""Each house rule reports a page that breaks it on purpose."""

import base64
import hashlib
import random

import pytest
from house_rules import HEADERS, broken

STYLE = "main{margin:1em}"
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{DIGEST}'; script-src 'self'; base-uri 'none'"
GOOD_HEADERS = HEADERS | {"Content-Security-Policy": POLICY}
GOOD = f"""<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>Results - A site</title>
<link rel="canonical" href="https://x.example/en/">
<style>{STYLE}</style>
<script src="/tools.js" defer></script>
</head>
<body>
<header><nav aria-label="Menu"><a href="/en/">Home</a></nav></header>
<main id="main">
<h1>Results</h1>
<p><a href="#areas">Areas</a> <a href="https://x.example/">Another site</a></p>
<h2>Overall</h2>
<svg aria-hidden="true"><use href="/pictures.svg#steps"></use></svg>
<h2 id="areas">Areas</h2>
<ul aria-labelledby="areas"><li>Plans</li></ul>
<details><summary>Where this is from</summary><p>The report</p></details>
</main>
<footer><a href="/en/help/">Help</a></footer>
</body>
</html>
"""
"""A page as small as can be that has what each rule looks at, and breaks none."""
MANY = f"<p>{random.Random(1).randbytes(20_000).hex()}</p></main>"  # noqa: S311 (not a secret)
BAD = [
    ("a stray end tag", "</main>", "</span></main>", "mend the HTML"),
    ("two h1", "</main>", "<h1>Again</h1></main>", "have one h1, not 2"),
    ("no h1", "h1>", "h2>", "have one h1, not 0"),
    ("no title", "<title>Results - A site", "<title>", "give the page a title"),
    ("another title", "<title>", "<title>Welcome: ", "begin the title with the h1"),
    (
        "a level skipped",
        "<h2>Overall</h2>",
        "<h4>Overall</h4>",
        "do not skip a level before 'Overall'",
    ),
    ("an empty heading", "<h2>Overall</h2>", "<h2></h2>", "give each heading text"),
    ("no lang", '<html lang="en"', "<html", "set lang and dir"),
    ("an id twice", "<footer", '<p id="main"></p><footer', "use the id 'main' once"),
    (
        "a fragment that leads nowhere",
        'href="#areas"',
        'href="#area"',
        "let #area lead to something",
    ),
    (
        "a label that names nothing",
        "<footer",
        '<footer aria-labelledby="x"',
        "let aria-labelledby name an id",
    ),
    ("no header", "header", "div", "have one header"),
    ("two mains", "</main>", "</main><main></main>", "have one main"),
    ("no footer", "footer", "div", "have one footer"),
    ("a nav without a label", 'aria-label="Menu"', "", "label each nav"),
    (
        "a link without a name",
        "</main>",
        '<a href="/en/"></a></main>',
        "give each link and button a name",
    ),
    ("a picture without a name", "</main>", "<svg></svg></main>", "hide each picture"),
    (
        "two summaries alike",
        "</main>",
        "<details><summary>More</summary></details><details><summary>More</summary></details></main>",
        "let one summary alone say 'More'",
    ),
    (
        "a picture of another host",
        "</main>",
        '<img alt="" src="//x.example/a.png"></main>',
        "load nothing from another host",
    ),
    (
        "a style of another host",
        "</head>",
        '<link rel="stylesheet" href="https://x.example"></head>',
        "load nothing from another host",
    ),
    ("a font in the style", "<style>", "<style>@import 'x';", "load nothing from a style"),
    ("a handler", "<footer", '<footer onclick="x()"', "have no onclick attribute"),
    ("a style attribute", "<footer", '<footer style="color:red"', "have no style attribute"),
    ("a script link", 'href="#areas"', 'href="javascript:alert(1)"', "link to no script"),
    ("a style that is not allowed", "<style>", "<style>p{}", "allow the style by its hash"),
    (
        "a script that is not allowed",
        "</main>",
        "<script>1</script></main>",
        "allow the script by its hash",
    ),
    ("too many bytes", "</main>", MANY, "send at most"),
]


def test_a_good_page_breaks_no_rule() -> None:
    assert broken(GOOD, GOOD_HEADERS) == []


@pytest.mark.parametrize(
    ("find", "replace", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_page_is_found(find: str, replace: str, says: str) -> None:
    assert find in GOOD

    rules = broken(GOOD.replace(find, replace), GOOD_HEADERS)

    assert any(says in rule for rule in rules), rules


def test_a_page_for_printing_may_be_large() -> None:
    assert broken(GOOD.replace("</main>", MANY), GOOD_HEADERS, large=True) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (
            "Content-Security-Policy",
            POLICY.replace("script-src", "'unsafe-inline' script-src"),
            "strict Content-Security-Policy",
        ),
        (
            "Content-Security-Policy",
            POLICY.replace("default-src 'none'; ", ""),
            "strict Content-Security-Policy",
        ),
        (
            "Content-Security-Policy",
            POLICY.replace("script-src 'self'", "script-src *"),
            "strict Content-Security-Policy",
        ),
        ("Content-Security-Policy", "", "strict Content-Security-Policy"),
        ("Referrer-Policy", "origin", "send Referrer-Policy"),
        ("X-Content-Type-Options", "", "send X-Content-Type-Options"),
        ("Cross-Origin-Opener-Policy", "", "send Cross-Origin-Opener-Policy"),
        ("Set-Cookie", "a=b", "send no cookie"),
    ],
)
def test_a_bad_header_is_found(name: str, value: str, says: str) -> None:
    rules = broken(GOOD, GOOD_HEADERS | {name: value})

    assert any(says in rule for rule in rules), rules
