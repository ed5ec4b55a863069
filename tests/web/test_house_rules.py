"""Each house rule reports a page that breaks it on purpose."""

import pytest
from flask.testing import FlaskClient
from house_rules import broken

BAD = [
    ("a stray end tag", "</main>", "</span></main>", "mend the HTML"),
    ("two h1", "</main>", "<h1>Again</h1></main>", "have one h1, not 2"),
    ("no h1", "h1>", "h2>", "have one h1, not 0"),
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
        "load nothing from another",
    ),
    (
        "a style of another host",
        "</head>",
        '<link rel="stylesheet" href="https://x.example"></head>',
        "load nothing from",
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
    (
        "too many bytes",
        "</main>",
        f"<p>{[hash(str(n)) for n in range(3000)]}</p></main>",
        "send at most",
    ),
]


@pytest.mark.parametrize(
    ("find", "replace", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_page_is_found(find: str, replace: str, says: str, client: FlaskClient) -> None:
    response = client.get("/en/")
    assert find in response.text

    rules = broken(response.text.replace(find, replace), response.headers)

    assert any(says in rule for rule in rules), rules


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'",
            "strict Content-Security-Policy",
        ),
        ("Content-Security-Policy", "", "strict Content-Security-Policy"),
        ("Referrer-Policy", "origin", "send Referrer-Policy"),
        ("X-Content-Type-Options", "", "send X-Content-Type-Options"),
        ("Set-Cookie", "a=b", "send no cookie"),
    ],
)
def test_a_bad_header_is_found(name: str, value: str, says: str, client: FlaskClient) -> None:
    response = client.get("/en/")

    rules = broken(response.text, {**response.headers, name: value})

    assert any(says in rule for rule in rules), rules
