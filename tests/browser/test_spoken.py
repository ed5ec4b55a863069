"""The transcripts of the main pages equal the kept ones, which somebody has read: see spoken.py."""

import difflib
from collections.abc import Iterator

import pytest
import spoken
from playwright.sync_api import Browser, Page, Route


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with spoken.site() as at:
        yield at


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    with spoken.phone(browser) as page:
        yield page


def difference(kept: str, now: str, name: str = "") -> str:
    """Return a unified diff with two lines of context; empty if nothing changed."""
    lines = difflib.unified_diff(
        kept.splitlines(), now.splitlines(), f"{name} kept", f"{name} now", lineterm="", n=2
    )
    return "\n".join(lines)


@pytest.mark.parametrize("path", spoken.PATHS)
def test_what_is_spoken_is_what_is_kept(path: str, address: str, phone: Page) -> None:
    kept = spoken.file_of(path).read_text(encoding="utf-8")
    changed = difference(kept, spoken.transcript(phone, address + path), path)

    assert not changed, f"Is this meant? Then run: .venv/bin/python tests/spoken.py\n{changed}"


def test_what_is_spoken_at_the_desk_is_what_is_kept(browser: Browser) -> None:
    with spoken.desk(browser) as page:
        changed = [
            difference(
                spoken.file_of(name).read_text(encoding="utf-8"),
                spoken.transcript_at_desk(page, name),
                name,
            )
            for name in spoken.DESK
        ]

    told = "\n".join(filter(None, changed))
    assert not told, f"Is this meant? Then run: .venv/bin/python tests/spoken.py\n{told}"


def test_nothing_is_kept_that_is_not_compared() -> None:
    assert set(spoken.FOLDER.iterdir()) == set(map(spoken.file_of, [*spoken.PATHS, *spoken.DESK]))


def test_a_transcript_tells_roles_names_states_and_languages() -> None:
    """The kept transcripts contain each of these, so that each is compared."""
    english = spoken.file_of("/en/").read_text(encoding="utf-8")
    mixed = spoken.file_of("/qaa-arab/help/").read_text(encoding="utf-8")

    assert 'page "How good is the help for children in Northmarsh?' in english
    assert 'button "Language: English" (expanded=false)' in english
    assert 'heading "Children in care" (level=2)' in english
    assert 'link "How is Northmarsh doing?" (current=page)' in english
    assert 'text "We cannot read messages here." [en]' in mixed
    assert english.index('"Overall"') < english.index('"Inadequate"')


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '<p class="grade">Inadequate',
            '<p class="grade" aria-hidden="true">Inadequate',
            '-      text "Inadequate"',
        ),
        (
            "<h2>Children in care</h2>",
            "<p>Children in care</p>",
            '-    heading "Children in care" (level=2)',
        ),
        ('<nav class="menu" aria-label="Menu"', '<nav class="menu"', '-    navigation "Menu"'),
        ("<h2>Overall</h2>", '<h2 lang="cy">Overall</h2>', '+    heading "Overall" (level=2) [cy]'),
        ('languages-button"', 'languages-button" disabled', "disabled=true"),
    ],
)
def test_a_change_is_told_readably(
    old: str, new: str, says: str, address: str, phone: Page
) -> None:
    """The diff of a page broken on purpose names the changed part, and little else."""

    def spoil(route: Route) -> None:
        answer = route.fetch()
        assert old in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(old, new))

    phone.route("**/en/", spoil)
    now = spoken.transcript(phone, f"{address}/en/")
    phone.unroute("**/en/")
    changed = difference(spoken.file_of("/en/").read_text(encoding="utf-8"), now)

    assert says in changed
    assert len(changed.splitlines()) < 15
