"""Settings are checked at the start, and an error names the variable, or the line of `.env`."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from inspection_outcome.settings import Settings, SettingsError, environment, not_named

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "data" / "small"
Write = Callable[[str | bytes], dict[str, str]]


def test_nothing_needs_to_be_set() -> None:
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize("name", ["OUTCOME_CONTENT", "OUTCOME_TRANSLATIONS"])
def test_a_folder_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(
        SettingsError,
        match=f"{name}: there is no folder '/nowhere'. Set it to the folder that holds",
    ):
        Settings.read({name: "/nowhere"})


def test_an_install_without_e_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", lambda _: False)  # as the content is not in site-packages

    with pytest.raises(SettingsError, match=r"'pip install' ran without -e: see README\.md"):
        Settings.read({})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
    ],
)
def test_the_public_address_is_kept_without_its_slash(given: str, kept: str) -> None:
    assert Settings.read({"OUTCOME_PUBLIC_URL": given}).public_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a.example?x",
        "https://a.example//",
        "https://a.example:port",
        "https://me:secret@a.example",
        "https://a.example\n",
        "https://[a.example",
        "javascript:alert(1)",
        'https://a.example"><script>',
    ],
)
def test_a_public_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match=r"(?s)OUTCOME_PUBLIC_URL: .* is not a web address"):
        Settings.read({"OUTCOME_PUBLIC_URL": url})


@pytest.mark.parametrize("url", ["https://a.example/sub", "https://a.example/sub/of-it/"])
def test_a_place_below_another_site_is_told_with_what_to_do_instead(url: str) -> None:
    with pytest.raises(
        SettingsError,
        match=r"does not work below a path of another site.*Give it a host name of its own",
    ):
        Settings.read({"OUTCOME_PUBLIC_URL": url})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.example, b.example", ("a.example", "b.example")),
        ("Results.Example.gov.uk", ("results.example.gov.uk",)),
        (".example.gov.uk,localhost:8000", (".example.gov.uk", "localhost:8000")),
    ],
)
def test_trusted_hosts_are_a_list_in_small_letters(given: str, kept: tuple[str, ...]) -> None:
    assert Settings.read({"OUTCOME_TRUSTED_HOSTS": given}).trusted_hosts == kept


@pytest.mark.parametrize(
    "given", ["https://a.example", "a.example/", "*", ";", "a.example, b_c", "..a.example"]
)
def test_a_trusted_host_that_is_none_is_told(given: str) -> None:
    with pytest.raises(
        SettingsError,
        match=r"OUTCOME_TRUSTED_HOSTS: '.*' is not a host name\. Write it without https",
    ):
        Settings.read({"OUTCOME_TRUSTED_HOSTS": given})


@pytest.mark.parametrize(("given", "kept"), [("", 0), ("0", 0), ("2", 2)])
def test_the_number_of_proxies(given: str, kept: int) -> None:
    assert Settings.read({"OUTCOME_PROXIES": given}).proxies == kept


@pytest.mark.parametrize("given", ["-1", "one", "10", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_is_told(given: str) -> None:
    with pytest.raises(SettingsError, match=r"OUTCOME_PROXIES: '.*' is not a number from 0 to 9"):
        Settings.read({"OUTCOME_PROXIES": given})


def test_the_last_good_content_needs_a_folder_to_be_kept_in(tmp_path: Path) -> None:
    assert Settings.read({"OUTCOME_LAST_GOOD": f"{tmp_path}/a.zip"}).last_good == tmp_path / "a.zip"
    for wrong in (tmp_path, tmp_path / "no" / "a.zip"):
        with pytest.raises(
            SettingsError, match=r"OUTCOME_LAST_GOOD: '.*' is not a file in a folder that is there"
        ):
            Settings.read({"OUTCOME_LAST_GOOD": str(wrong)})


def test_content_that_is_gone_stops_no_start_where_the_last_good_one_is_kept(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.zip").touch()

    assert Settings.read({"OUTCOME_LAST_GOOD": f"{tmp_path}/a.zip", "OUTCOME_CONTENT": "/nowhere"})


def test_every_variable_is_in_the_readme() -> None:
    """The README's table and the code name the same variables."""
    code = (ROOT / "site" / "inspection_outcome" / "settings.py").read_text(encoding="utf-8")
    table = re.findall(
        r"^\| `(OUTCOME_\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(table) == sorted(set(re.findall(r'"(OUTCOME_\w+)"', code)))


def test_a_relative_path_begins_in_the_project_s_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    made = Settings.read({"OUTCOME_CONTENT": "tests/data/small", "OUTCOME_LAST_GOOD": "a.zip"})

    assert (made.content, made.last_good) == (SMALL, ROOT / "a.zip")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes `.env` and returns the OUTCOME_ variables that are then set."""
    monkeypatch.delenv("FLASK_SKIP_DOTENV")
    for name in os.environ:
        if name.startswith("OUTCOME_"):
            monkeypatch.delenv(name)

    def write(told: str | bytes) -> dict[str, str]:
        (tmp_path / ".env").write_bytes(told if isinstance(told, bytes) else told.encode())
        values = environment(tmp_path)
        return {name: value for name, value in values.items() if name.startswith("OUTCOME_")}

    return write


@pytest.mark.parametrize(
    "told",
    [
        "OUTCOME_CONTENT=ours",
        "# OUTCOME_CONTENT: where?\n\n export OUTCOME_CONTENT = 'ours'  # here\nOTHER=1\n",
        b"\xef\xbb\xbfOUTCOME_CONTENT=ours\r\n",
    ],
    ids=["a line", "for a shell too", "as on Windows"],
)
def test_settings_may_stand_in_a_file(told: str | bytes, write: Write) -> None:
    assert write(told) == {"OUTCOME_CONTENT": "ours"}


def test_the_environment_wins(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTCOME_CONTENT", "theirs")
    assert write("OUTCOME_CONTENT=ours\nOUTCOME_PROXIES=1") == {
        "OUTCOME_CONTENT": "theirs",
        "OUTCOME_PROXIES": "1",
    }

    monkeypatch.setenv("FLASK_SKIP_DOTENV", "1")
    assert write("OUTCOME_PROXIES=1") == {"OUTCOME_CONTENT": "theirs"}


@pytest.mark.parametrize(
    "line",
    [
        "OUTCOME_CONTNET=ours",
        "outcome_content=ours",
        "OUTCOME_CONTENT: ours",
        "OUTCOME_CONTENT",
        '$env:OUTCOME_CONTENT = "ours"',
        "set OUTCOME_CONTENT=ours",
        "OUTCOME_CONTENT='ours",
        "\x1b[2JOUTCOME_CONTENT",
    ],
)
def test_a_line_that_sets_nothing_is_told_with_what_to_write(line: str, write: Write) -> None:
    """Else it is ignored, and the site is the one that is shipped."""
    with pytest.raises(SettingsError, match=r"\.env, line 2: '.*' sets nothing\.") as told:
        write(f"OUTCOME_PROXIES=1\n{line}\n")

    assert "\x1b" not in str(told.value)
    assert "Write it like OUTCOME_CONTENT=ours, with one of the names OUTCOME_" in str(told.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_a_file_in_another_encoding_is_told(encoding: str, write: Write) -> None:
    """As PowerShell 5 writes what it is told by `>`. Without its mark, UTF-16 would set nothing."""
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text\. Save the file again"):
        write("OUTCOME_CONTENT=ours # ‘ours’".encode(encoding))


@pytest.mark.usefixtures("write")
def test_a_file_as_notepad_names_it_is_told(tmp_path: Path) -> None:
    """Else it is ignored, and the site is the one that is shipped."""
    (tmp_path / ".env.txt").write_text("OUTCOME_CONTENT=ours", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"\.env\.txt is not read\. Rename it to \.env"):
        environment(tmp_path)

    (tmp_path / ".env.txt").rename(tmp_path / ".env")
    assert environment(tmp_path)["OUTCOME_CONTENT"] == "ours"


def test_content_that_no_setting_names_is_found(tmp_path: Path) -> None:
    """`.env` may be lost; then commands work on the shipped site."""
    for name in ("site", "ours", "empty"):
        (tmp_path / name / "content").mkdir(parents=True)
    assert not_named({}, tmp_path) == []

    for name in ("site", "ours"):
        (tmp_path / name / "content" / "report.toml").touch()
    assert not_named({}, tmp_path) == [tmp_path / "ours" / "content"]
    assert not_named({"OUTCOME_CONTENT": "site/content"}, tmp_path) == []


@pytest.mark.usefixtures("write")
def test_a_virtual_environment_of_that_name_is_no_settings(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    assert not [name for name in environment(tmp_path) if name.startswith("OUTCOME_")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a project that has a `.env`, and the code and the data of this one."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("site", "tests", "wsgi.py"):
        (folder / name).symlink_to(ROOT / name)
    settings = "OUTCOME_CONTENT=tests/data/small\nOUTCOME_TRANSLATIONS=languages\n"
    (folder / ".env").write_text(settings, encoding="utf-8")
    english = 'languages = [{ tag = "en", name = "English", locale = "en_GB" }]'
    (folder / "languages").mkdir()
    (folder / "languages" / "languages.toml").write_text(english, encoding="utf-8")
    return folder


SERVED = "from wsgi import app; print(app.test_client().get('/report.json').json['council'])"
TESTED = "import shipped_site; print(shipped_site.workspace().report.council.name)"


@pytest.mark.slow
@pytest.mark.parametrize("at", ["project", "project/languages", "."])
@pytest.mark.parametrize(
    "command",
    [["-m", "flask", "content", "check"], ["-c", SERVED], ["-c", TESTED]],
    ids=["a command", "a server", "tests of the words"],
)
def test_whatever_is_run_from_wherever_is_for_the_same_council(
    command: list[str], at: str, project: Path
) -> None:
    """Flask alone would look for `.env` from the working directory upwards."""
    own = {
        name: value
        for name, value in os.environ.items()
        if name != "FLASK_SKIP_DOTENV" and not name.startswith("OUTCOME_")
    }
    paths = os.pathsep.join(str(project / name) for name in ("site", "tests", "."))

    done = subprocess.run(  # noqa: S603 (fixed commands)
        [sys.executable, *command],
        cwd=project.parent / at,
        env=own | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Anyshire" in done.stdout + done.stderr
    assert done.returncode == 0


def test_half_a_set_up_of_publishing_is_refused_with_what_to_do(tmp_path: Path) -> None:
    live, public = tmp_path / "live", tmp_path / "public"
    both = {"OUTCOME_LIVE": str(live), "OUTCOME_PUBLISHED": str(public)}

    read = Settings.read(both)

    assert (read.live, read.published) == (live, public)
    with pytest.raises(SettingsError, match=r"Set OUTCOME_LIVE, too, like .*; or set neither"):
        Settings.read({"OUTCOME_PUBLISHED": str(public)})
    with pytest.raises(SettingsError, match=r"OUTCOME_LIVE: there is no folder '/nowhere'\. Make"):
        Settings.read({"OUTCOME_LIVE": "/nowhere/live"})
