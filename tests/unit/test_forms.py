"""Web addresses, phone numbers, emails and names: which are taken, and what the message offers."""

import re
from typing import Any, get_args
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from inspection_outcome.report.forms import EmailAddress, Name, PhoneNumber, Slug, WebAddress

FORMS: list[Any] = [WebAddress, PhoneNumber, EmailAddress, Slug]


def is_taken(text: str, form: Any) -> bool:
    """Return whether the content may have this text where it has this form."""
    try:
        msgspec.convert(text, form)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "democracy.example.gov.uk/ieListDocuments.aspx?CId=124&MId=6789&Ver=4",
        "example.gov.uk/news.asp?keyword=+&story=5860",
        "example.org/~Home/A%20b/12:30/x(1);v=2,3!*'$@",
        "example.org?q=a",
        "example.org#part",
        "files.example.org/v1/file/50219720",
        "xn--caf-dma.example.org/",
    ],
)
def test_an_address_that_browsers_show_is_taken(text: str) -> None:
    assert is_taken(text, WebAddress)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "www.gov.uk@example.org",
        "www.gov.uk:x@example.org/",
        "example.org:443/",
        "example.org\\@evil.example",
        "example.org /",
        "example.org/a b",
        "example.org/\n",
        "example.org/\t",
        "example.org/\u202egro",
        "example.org/\u2066",
        "example.org/%",
        "example.org/%2",
        'example.org/"onclick="',
        "example.org/<script>",
        "example.org/{council}",
        "exаmple.org",
        "localhost/",
        "127.0.0.1/",
        ".example.org",
        "example..org",
        "",
    ],
)
def test_what_could_lead_elsewhere_or_be_shown_as_something_else_is_not_taken(text: str) -> None:
    assert not is_taken(text, WebAddress)


@given(st.from_regex(get_args(WebAddress)[1].pattern))
def test_an_address_leads_to_the_host_that_readers_see_first(text: str) -> None:
    url = urlsplit(f"https://{text}")

    assert url.netloc == url.hostname == re.split("[/?#]", text)[0]
    assert text.isascii()
    assert text.isprintable()


@given(st.text(), st.sampled_from(FORMS))
@example("HTTPS://Www.Example.ORG/A b", WebAddress)
@example("0163-2 (96) 1", PhoneNumber)
@example("mailto:A@B.ORG", EmailAddress)
@example("Care Leavers!", Slug)
def test_what_a_message_offers_instead_is_taken(text: str, form: Any) -> None:
    """Whatever was typed: each offer in straight quotation marks is a value of that form."""
    if is_taken(text, form):
        return
    problem, remedy = get_args(form)[1].extra["told"](text)
    assert problem
    for offer in re.findall(r'"([^"]*)"', remedy):
        assert is_taken(offer, form)


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "L", "Zs", "Zl"])))
def test_a_name_that_is_not_taken_is_told_by_its_signs(text: str) -> None:
    if not is_taken(text, Name):
        problem, _ = get_args(Name)[1].extra["told"](text)
        assert problem.startswith(("it is empty", "a character that is no text: U+"))
