"""What staff do, as the README tells them, leaves the tests of what is shipped green.

Or these tell them, in their words, what they still must do. The steps are done on a copy of the
shipped folders, from which every other language but Polish has been taken out as the README says.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from inspection_outcome.report import load
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import Settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SHIPPED = Settings()
NOT_PROSE = {"report.toml", "easy-read.toml"}
POLISH = "pl/LC_MESSAGES/messages.po"


class Copy(NamedTuple):
    """A copy of the shipped folders, in which one can do what staff do."""

    content: Path
    translations: Path

    @property
    def report(self) -> Report:
        """The report as it is now."""
        return load.load(self.content)

    def flask(self, *arguments: str, says: str = "") -> str:
        """Run a command of flask and return its output; `says`: what is typed into it."""
        return self._run("flask", *arguments, says=says)

    def tests(self, *only: str, red: bool = False) -> str:
        """Run tests/content, or some of it, on the copy; return its output."""
        paths = [f"tests/content/{path}" for path in only] or ["tests/content"]
        slow = ("playwright", "hypothesispytest", "xdist", "cacheprovider")  # and not needed
        without = [word for name in slow for word in ("-p", f"no:{name}")]
        return self._run("pytest", "-q", "--tb=short", *without, *paths, status=int(red))

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that a content file has, once."""
        path = self.content / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def _run(self, module: str, *arguments: str, says: str = "", status: int = 0) -> str:
        folders = {
            "OUTCOME_CONTENT": str(self.content),
            "OUTCOME_TRANSLATIONS": str(self.translations),
        }
        done = subprocess.run(  # noqa: S603 (fixed commands)
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **folders, "PYTHONUTF8": "1"},
            input=says,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    made = Copy(tmp_path / "content", tmp_path / "translations")
    shutil.copytree(SHIPPED.content, made.content)
    shutil.copytree(SHIPPED.translations, made.translations)
    for language in made.translations.iterdir():
        if language.is_dir() and language.name != "pl":
            take_out(language.name, made)
    return made


def take_out(tag: str, copy: Copy) -> None:
    """Take a language out as the README says: delete its folder, and its line."""
    shutil.rmtree(copy.translations / tag)
    listed = copy.translations / "languages.toml"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    listed.write_text("".join(x for x in lines if f'tag = "{tag}"' not in x), encoding="utf-8")


def short_sentence(copy: Copy) -> tuple[str, Sentence]:
    """Return the first short sentence of a page that has no markup and is no finding; its file."""
    return next(
        (file, each)
        for file, each in copy.report.sentences()
        if re.fullmatch(r"[^\[*{]{20,60}\.", each.text)
        and not each.paragraphs
        and file not in NOT_PROSE
    )


def reword(copy: Copy) -> None:
    """Reword an English sentence."""
    file, sentence = short_sentence(copy)
    copy.replace(file, sentence.text, sentence.text.rstrip(".") + ", as you can read here.")


def add_an_update(copy: Copy, text: str) -> None:
    report = copy.report
    source = next(each for each in report.sources if each.date)
    copy.flask(
        *("content", "add-update", "--action", report.actions[0].id, "--source", source.id),
        *("--date", str(source.date), "--status", "under-way", "--text", text, "--yes"),
    )


def change_a_fact(copy: Copy) -> None:
    """Add one to a number that report.toml holds; those of the two reports do not change."""
    text = (copy.content / "report.toml").read_text(encoding="utf-8")
    number = r'kind = "count"\nvalue = (\d+)\nsource = "(?!ofsted"|panel")[^"]+"'
    old = next(re.finditer(number, text))
    copy.replace("report.toml", old[0], old[0].replace(old[1], str(int(old[1]) + 1), 1))


def change_a_contact(copy: Copy) -> None:
    """Change the number to ring of a contact."""
    phone = [each.phone for each in copy.report.contacts if each.phone][-1]
    copy.replace("report.toml", f'"{phone}"', '"01632 960123"')


def accept_a_page(copy: Copy) -> None:
    """Say of each sentence of a page that it is right, as a speaker does."""
    copy.flask(
        "translations", "accept", "pl", "home", "--by", "Anna Kowalska", says="all\ny\n" * 99
    )
    assert "Anna Kowalska" in (copy.translations / POLISH).read_text(encoding="utf-8")


def add_a_language(copy: Copy) -> None:
    """Add a language of which nothing is translated, and show it."""
    copy.flask("translations", "add", "uk")
    listed = copy.translations / "languages.toml"
    text = listed.read_text(encoding="utf-8")
    assert "shown = false" in text.partition("languages = [")[2]
    listed.write_text(text.replace(", shown = false }", " }"), encoding="utf-8")


def say_most_for_many(copy: Copy) -> None:
    """Say more than Ofsted's report does."""
    file, text = next(
        (file, each.text)
        for file, each in copy.report.sentences()
        if each.source == "ofsted" and re.search(r"\b[Mm]any\b", each.text)
    )
    copy.replace(file, text, re.sub(r"\b[Mm]any\b", "most", text))


@contextmanager
def translating(copy: Copy, id_: str) -> Iterator[polib.POEntry]:
    """Yield the Polish entry of a sentence; then save it as translated."""
    path = copy.translations / POLISH
    po = polib.pofile(str(path), encoding="utf-8", wrapwidth=78)  # as Poedit breaks lines
    entry = next(entry for entry in po if entry.msgctxt == id_)
    yield entry
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    po.save(newline="\n")


def test_the_content_may_change(copy: Copy) -> None:
    """An update is added; a sentence, the value of a fact and a contact are changed.

    Polish then lags behind the English.
    """
    add_an_update(copy, "The council said, in a report made up for a test, that this goes on.")
    reword(copy)
    change_a_fact(copy)
    change_a_contact(copy)
    copy.flask("translations", "update")

    copy.tests()


def test_the_languages_may_change(copy: Copy) -> None:
    """A sentence is translated, a page is accepted, and a language is added."""
    with translating(copy, short_sentence(copy)[1].id) as entry:
        entry.msgstr = entry.msgstr.rstrip(".") + ", jak tu widać."
    accept_a_page(copy)
    add_a_language(copy)

    copy.tests()


@pytest.mark.parametrize(
    ("spoil", "tests", "says"),
    [
        (
            lambda copy: add_an_update(copy, "The council said that it has a new methodology."),
            "lincolnshire/test_words.py",
            ["‘methodology’ is a hard word", "say it in easier words"],
        ),
        (
            lambda copy: copy.replace("report.toml", 'grade = "good"', 'grade = "outstanding"'),
            "lincolnshire/test_truth.py",
            ["judgement 'care-leavers'", "a grade or a day of 2023 does not change"],
        ),
        (
            say_most_for_many,
            "lincolnshire/test_points.py",
            ["lacks ‘many", "says ‘most’", "use the report’s word"],
        ),
    ],
    ids=["a hard word", "a grade", "a word of quantity"],
)
def test_what_staff_still_must_do_is_told_in_their_words(
    spoil: Callable[[Copy], None], tests: str, says: list[str], copy: Copy
) -> None:
    spoil(copy)

    told = copy.tests(tests, red=True)

    assert [each for each in says if each not in told] == []
    assert "What to do:" in told
    assert "Traceback" not in told


def test_a_broken_translation_is_told_in_their_words(copy: Copy) -> None:
    id_ = next(each.id for _, each in copy.report.sentences() if "{" in each.text)
    with translating(copy, id_) as entry:
        entry.msgstr = "Tak jest."

    told = copy.tests("test_languages.py::test_no_check_finds_anything", red=True)

    assert f"{id_}: " in told
    assert "flask translations check pl" in told


def test_content_that_cannot_be_read_is_told_in_their_words(copy: Copy) -> None:
    (copy.content / "home.toml").write_text("[[", encoding="utf-8")

    told = copy.tests("test_pages.py", red=True)

    assert "home.toml" in told
    assert "flask content check" in told
