"""Sentences become safe HTML, whoever asks at the same time."""

from concurrent.futures import ThreadPoolExecutor

from inspection_outcome.i18n.safe_html import Sanitiser
from markupsafe import Markup


def test_two_threads_at_once_get_the_same_html() -> None:
    """The parser of bleach is one object: two threads in it would raise, or mix their texts."""
    texts = [f"**Word {number}** and [more {number}](page:help)" for number in range(400)]

    def html(text: str) -> str:
        return Sanitiser(lambda _: "/help/").html(text, Markup)

    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(html, texts)]

    assert found == [
        f'<strong>Word {number}</strong> and <a href="/help/">more {number}</a>'
        for number in range(400)
    ]
