"""`flask content start` makes a site of one's own and names it in `.env`, or makes nothing."""

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands import start
from inspection_outcome.commands.content import content
from inspection_outcome.edition import Folders
from inspection_outcome.i18n import upstream
from inspection_outcome.report.files import FileError, write_whole
from pseudo_locales import SMALL

OURS = "OUTCOME_CONTENT=ours/content\nOUTCOME_TRANSLATIONS=ours/translations\n"
Start = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, english: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a project of which the small content is both the site and the start."""
    templates = tmp_path / "start"
    shutil.copytree(SMALL, templates)
    report = (templates / "report.toml").read_text(encoding="utf-8")
    grade = 'grade = "requires-improvement"'
    assert grade in report
    todo = report.replace(grade, 'grade = "TODO: one of four"')
    (templates / "report.toml").write_text(todo, encoding="utf-8")
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("OUTCOME_CONTENT", "OUTCOME_TRANSLATIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(start, "_PROJECT", folder)
    monkeypatch.setattr(start, "_TEMPLATES", templates)
    monkeypatch.setattr(start, "_SHIPPED", Folders(SMALL, english))
    return folder


@pytest.fixture
def begin(project: Path) -> Start:
    """Return a function that starts a site in the project's folder."""
    del project  # is where it runs

    def run(folder: str = "ours", council: str = "Eastmoor", *more: str) -> Result:
        return CliRunner().invoke(content, ["start", folder, "--council", council, *more])

    return run


def everything(folder: Path) -> dict[str, str]:
    """Return the text of each file below a folder, and the name of each folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        if path.is_file()
        else ""
        for path in folder.rglob("*")
    }


def test_it_makes_content_and_translations_and_names_them(begin: Start, project: Path) -> None:
    told = begin()

    assert told.exit_code == 0, told.output
    made = everything(project)
    assert made[".env"] == OURS
    assert {"ours/content/home.toml", "ours/translations/languages.toml"} <= made.keys()
    assert 'grade = "TODO: one of four"' in made["ours/content/report.toml"]
    assert tomllib.loads(made["ours/content/report.toml"])["council"]["name"] == "Eastmoor"
    assert {name.count("/") for name in made if name.startswith("ours/")} <= {1, 2}
    lines = told.output.splitlines()
    assert lines[0] == "Made ours/content and ours/translations, and wrote .env."
    assert [line[:2] for line in lines[1:]] == ["1.", "2.", "3."]


def test_an_empty_folder_and_one_elsewhere_will_do(begin: Start, project: Path) -> None:
    elsewhere = project.parent / "elsewhere"
    elsewhere.mkdir()

    assert begin(str(elsewhere)).exit_code == 0

    path = elsewhere.as_posix()
    assert everything(project) == {".env": OURS.replace("ours", path)}
    assert sorted(each.name for each in elsewhere.iterdir()) == ["content", "translations"]


@pytest.mark.parametrize(
    ("folder", "says"),
    [
        ("full", "full is not empty. Name a new folder"),
        ("full/note.txt", "note.txt is not empty. Name a new folder"),
        ("none/ours", "There is no folder none to make ours in."),
        (str(SMALL / "ours"), "is inside"),
    ],
)
def test_nothing_is_overwritten(folder: str, says: str, begin: Start, project: Path) -> None:
    (project / "full").mkdir()
    (project / "full" / "note.txt").write_text("mine", encoding="utf-8")
    before = everything(project)

    told = begin(folder)

    assert told.exit_code == 1
    assert says in told.output
    assert everything(project) == before


@pytest.mark.parametrize("there", ["an empty folder", ""])
@pytest.mark.parametrize("fails", ["translations", "settings"])
def test_if_anything_fails_nothing_stays(
    fails: str, there: str, begin: Start, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FileError("no room", "Make room.")

    module, name = {"translations": (upstream, "begin"), "settings": (start, "write_whole")}[fails]
    if fails == "settings":
        monkeypatch.setattr(
            module,
            name,
            lambda path, text: (fail if path.name == ".env" else write_whole)(path, text),
        )
    else:
        monkeypatch.setattr(module, name, fail)
    if there:
        (project / "ours").mkdir()

    told = begin()

    assert (told.exit_code, told.output) == (1, "Error: no room. Make room.\n")
    assert everything(project) == ({"ours": ""} if there else {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("OUTCOME_PROXIES=1", f"OUTCOME_PROXIES=1\n{OURS}"),
        ("\ufeff# ours\r\nOUTCOME_PROXIES=1\r\n", None),
        ("OUTCOME_CONTENT=ours/content\n", OURS),
        (OURS, OURS),
    ],
    ids=["no line end", "as Windows writes it", "one of them", "both of them"],
)
def test_the_other_lines_of_the_settings_stay(
    before: str, after: str | None, begin: Start, project: Path
) -> None:
    env = project / ".env"
    env.write_bytes(before.encode())

    assert begin().exit_code == 0

    expected = after if after is not None else before + OURS.replace("\n", "\r\n")
    assert env.read_bytes().decode() == expected


@pytest.mark.parametrize("line", ["OUTCOME_CONTENT=theirs", "OUTCOME_TRANSLATIONS="])
def test_settings_that_name_another_site_stay_and_what_to_write_is_told(
    line: str, begin: Start, project: Path
) -> None:
    (project / ".env").write_text(line, encoding="utf-8")

    told = begin()

    assert told.exit_code == 0
    assert (project / ".env").read_text(encoding="utf-8") == line
    assert "names another site. To work on this one, write there: " in told.output
    assert " and ".join(OURS.split()) in told.output
    assert (project / "ours" / "content").is_dir()


@pytest.mark.parametrize(
    ("env", "folder", "says"),
    [
        (b"\xff\xfeO\x00", "ours", "is not UTF-8 text"),
        (b"OUTCOME_CONTNET=x", "ours", "sets nothing"),
        (b"", "our #1", "Choose a folder with letters, digits and hyphens only"),
        (b"", "${HOME}", "Choose a folder with letters, digits and hyphens only"),
    ],
)
def test_settings_that_cannot_hold_it_are_told_before_anything_is_made(
    env: bytes, folder: str, says: str, begin: Start, project: Path
) -> None:
    (project / ".env").write_bytes(env)

    told = begin(folder)

    assert told.exit_code == 1
    assert says in told.output
    assert [each.name for each in project.iterdir()] == [".env"]


def test_a_variable_that_wins_over_the_settings_is_told(
    begin: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTCOME_CONTENT", "theirs")

    assert "OUTCOME_CONTENT is set, and wins over .env" in begin().output


@pytest.mark.parametrize(
    "name",
    [
        "St Mary’s & \"Co\" \\ 'x'",
        "Caerdydd {ofsted}",
        "北",
        '"]\n'.strip() + "# = [[x]]",
        "a" * 500,
    ],
)
def test_any_name_is_kept_as_it_is(name: str, begin: Start, project: Path) -> None:
    assert begin("ours", name).exit_code == 0

    text = (project / "ours" / "content" / "report.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["council"]["name"] == name
    assert json.dumps(name, ensure_ascii=False) in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("a\nb", "a character that is no text: U+000A"),
        ("a\x1b[2J", "a character that is no text: U+001B"),
        ("a\u202eb", "a character that is no text: U+202E"),
        ("Eastmoor Council", "'Eastmoor Council' is a council. Give the place alone"),
    ],
)
def test_a_name_that_a_site_cannot_have_is_told(
    name: str, says: str, begin: Start, project: Path
) -> None:
    told = begin("ours", name)

    assert told.exit_code == 2
    assert f"Invalid value for '--council': {says}" in told.output
    assert "\x1b" not in told.output
    assert list(project.iterdir()) == []


def test_a_grade_to_leave_out_is_one_of_those_there_are(begin: Start) -> None:
    """`overall` is none of them: a site without it cannot be."""
    told = begin("ours", "Eastmoor", "--without", "overall")

    assert told.exit_code == 2
    assert "'leaders', 'help-and-protection', 'in-care', 'care-leavers'" in told.output
