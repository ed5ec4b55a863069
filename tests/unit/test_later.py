"""`flask content check` tells what the shipped site says otherwise since a site was begun from it.

Another copy stands in for the shipped site, which staff change.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from inspection_outcome.commands import content_check
from inspection_outcome.commands.content import content

pytestmark = pytest.mark.slow

Spoil = Callable[[str, str, str], Path]
Check = Callable[[], list[str]]
HEAD = "The shipped site now says this otherwise. Look whether yours is right. It may well be:"
LAW = """
[[source]]
id = "law-help"
undated = true
[source.name]
id = "report.source-law"
text = "The law"
source = "site"

[facts.help_until]
kind = "age"
value = 25
source = "law-help"

[[judgement]]"""
RIGHT = """
[[lead]]
id = "home.right"
text = "You can ask for help until you turn {help_until}."
source = "law-help"

[[section]]"""


@pytest.fixture
def shipped(small: Path, spoil: Spoil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the shipped content; the small one is Ourshire's, with the same right and helpline."""
    spoil("report.toml", "\n[[judgement]]", LAW)
    spoil("home.toml", "\n[[section]]", RIGHT)
    folder = Path(shutil.copytree(small, tmp_path / "shipped"))
    spoil("report.toml", '"Anyshire"', '"Ourshire"')
    monkeypatch.setattr(content_check, "_TO_COPY", (folder, tmp_path / "deleted"))
    for name in ("borrowed", "copied"):  # they have tests of their own
        monkeypatch.setattr(content_check, name, lambda *_: ())
    return folder


@pytest.fixture
def check(small: Path, shipped: Path, english: Path) -> Check:
    """Return a function that checks Ourshire's content, and returns what is told of the other."""
    assert shipped.is_dir()
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(english)}

    def told() -> list[str]:
        done = CliRunner().invoke(content, ["check"], env=environ)
        assert (done.exit_code, done.stdout.endswith("No faults.\n")) == (0, True), done.output
        return done.stdout.splitlines()[:-1]

    return told


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Change the content in a folder."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "home.toml",
            "You can ask",
            "Ask",
            "home.right: Ask for help until you turn {help_until}.",
        ),
        ("report.toml", "value = 25", "value = 26", "facts.help_until: 26"),
        ("report.toml", "960009", "960010", "contact[line].phone: 01632 960010"),
        (
            "report.toml",
            'phone = "01632 960009"',
            'web = "example.org"',
            "contact[line].phone: none",
        ),
    ],
    ids=["a right", "a value in law", "a number", "no number any more"],
)
def test_what_holds_for_all_and_was_mended_there_is_told(
    file: str, old: str, new: str, told: str, check: Check, shipped: Path, small: Path
) -> None:
    before = check()
    change(shipped, file, old, new)

    head, line, *_ = check()
    place, _, said = line.strip().partition(": ")

    assert (before, head, said) == ([], HEAD, told)
    number = int(place.removeprefix(f"{file} line "))
    named = told.partition(":")[0].rpartition(".")[2].strip("]")
    assert named in "".join(
        (small / file).read_text(encoding="utf-8").splitlines()[number - 2 :][:3]
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("home.toml", "How good is the help?", "How is the help?"),
        ("report.toml", "value = 2025", "value = 2024"),
        ("report.toml", '"For anyone."', '"For children in {council}."'),
    ],
    ids=["the site's own words", "what was found", "a contact of the council's own"],
)
def test_what_is_said_of_one_council_is_not_compared(
    file: str, old: str, new: str, check: Check, shipped: Path
) -> None:
    change(shipped, "report.toml", "960009", "960010") if "council" in new else None
    change(shipped, file, old, new)

    assert check() == []


@pytest.mark.parametrize("whose", ["content", "shipped"])
def test_what_the_law_is_the_source_of_on_one_side_alone_is_not_compared(
    whose: str, check: Check, tmp_path: Path
) -> None:
    right = 'text = "You can ask for help until you turn {help_until}."\nsource = "law-help"'
    change(tmp_path / whose, "home.toml", right, 'text = "You can ask."\nsource = "inspectors"')

    assert check() == []


def test_a_long_list_is_cut(check: Check, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_check, "_MOST_TOLD", 1)
    change(shipped, "home.toml", "You can ask", "Ask")
    change(shipped, "report.toml", "value = 25", "value = 26")
    change(shipped, "report.toml", "960009", "960010")

    assert check()[2:] == ["    … and 2 more"]


def test_the_shipped_site_is_told_nothing(check: Check, shipped: Path, spoil: Spoil) -> None:
    spoil("report.toml", '"Ourshire"', '"Anyshire"')
    change(shipped, "report.toml", "960009", "960010")

    assert check() == []
