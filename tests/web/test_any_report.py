"""What must hold for the report of any council.

To test another report: `OUTCOME_CONTENT=… pytest tests/*/test_any_report.py`.
"""

from collections.abc import Callable
from functools import cache
from urllib.parse import urldefrag, urljoin

import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import attribute, broken
from inspection_outcome import create_app
from inspection_outcome.commands.content_check import check_content
from inspection_outcome.edition import Folders
from inspection_outcome.settings import Settings
from justhtml import JustHTML
from pseudo_locales import ANY, pages_of

pytestmark = pytest.mark.slow

Read = Callable[[str], JustHTML]
TAGS = ("en", *(language.tag for language in pseudo_locales.LANGUAGES))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the site in English and in the pseudo-locales."""
    folder = pseudo_locales.folder(
        tmp_path_factory.mktemp("translations"), messages=pseudo_locales.shipped(ANY)
    )
    return create_app(
        {"OUTCOME_CONTENT": str(ANY), "OUTCOME_TRANSLATIONS": str(folder)}, watch=False
    ).test_client()


@pytest.fixture(scope="module")
def read(client: FlaskClient) -> Read:
    """Return a function that fetches a page through the house rules, once per path."""

    @cache
    def fetch(path: str) -> JustHTML:
        response = client.get(path)
        assert response.status_code == 200
        assert broken(response.text, response.headers, large=path.endswith("/all/")) == []
        return JustHTML(response.text, sanitize=False)

    return fetch


def test_the_content_has_no_faults() -> None:
    assert check_content(Folders(ANY, Settings().translations)) == []


@pytest.mark.parametrize("path", [path for tag in TAGS for path in pages_of(ANY, tag)])
def test_a_page_obeys_the_house_rules_and_every_link_resolves(path: str, read: Read) -> None:
    links = {urljoin(path, attribute(link, "href")) for link in read(path).query("main a[href]")}
    inside = [urldefrag(link) for link in links if urldefrag(link).url.startswith("/")]

    for to, fragment in inside:
        if to.endswith("/"):
            assert not fragment or read(to).query(f'[id="{fragment}"]'), (
                f"{to} has no part '{fragment}'"
            )
            read(to)
