"""A hosted desk that is half configured, or unsafe, does not start, and says what to do."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from desk_site import run_git
from inspection_outcome.desk.hosted.settings import HostedSettings
from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.settings import SettingsError

_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are told by POSIX")
FILES = {
    "OUTCOME_DESK_CLIENT_SECRET_FILE": "secret",
    "OUTCOME_DESK_SECRET_KEY_FILE": "key",
    "OUTCOME_DESK_PEOPLE": "people.toml",
}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return settings that are right, with their files."""
    for name in FILES.values():
        (tmp_path / name).write_text(f"{name * 20}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o640)
    (tmp_path / "sessions").mkdir(mode=0o700)
    return {
        "OUTCOME_DESK_ISSUER": "https://login.example.org/tenant/v2.0",
        "OUTCOME_DESK_CLIENT_ID": "the-desk",
        "OUTCOME_DESK_HOST": "Desk.example.org",
        "OUTCOME_DESK_SESSIONS": str(tmp_path / "sessions"),
        **{setting: str(tmp_path / name) for setting, name in FILES.items()},
    }


def read(environ: Mapping[str, str], folder: str = "/nowhere") -> HostedSettings:
    return HostedSettings.read(environ, Folders(Path(folder) / "content", Path(folder)))


def refusal(environ: Mapping[str, str], folder: str = "/nowhere") -> str:
    with pytest.raises(SettingsError) as caught:
        read(environ, folder)
    return str(caught.value)


def test_settings_that_are_right_are_taken(environ: dict[str, str]) -> None:
    settings = read(environ)

    assert (settings.host, settings.proxies) == ("desk.example.org", 1)
    assert settings.secret_key == "key" * 20


@pytest.mark.parametrize("name", ["ISSUER", "CLIENT_ID", "HOST", "SESSIONS", *FILES])
def test_each_setting_that_is_missing_is_named(name: str, environ: dict[str, str]) -> None:
    name = f"OUTCOME_DESK_{name.removeprefix('OUTCOME_DESK_')}"
    environ[name] = " "

    told = refusal(environ)
    assert told.count("OUTCOME_DESK_") == 1
    assert f"{name}: " in told
    assert told.endswith("Set it, and start again.")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ISSUER", "http://login.example.org", "'http://login.example.org' is not an https addr"),
        ("ISSUER", "https://", "is not an https address"),
        ("HOST", "https://desk.example.org", "is not a host name"),
        ("HOST", "desk.example.org/desk", "is not a host name"),
        ("PROXIES", "one", "is not a number from 0 to 9"),
        ("SESSIONS", "/nowhere/at/all", "/nowhere/at/all is no folder. Make it"),
        ("SECRET_KEY_FILE", "/nowhere/at/all", "/nowhere/at/all is no file. Make it"),
        ("PEOPLE", os.devnull, "is no file. Make it"),
    ],
)
def test_a_setting_that_is_wrong_is_told(
    name: str, value: str, told: str, environ: dict[str, str]
) -> None:
    environ[f"OUTCOME_DESK_{name}"] = value

    assert refusal(environ).startswith(f"OUTCOME_DESK_{name}: ")
    assert told in refusal(environ)


@pytest.mark.parametrize(("text", "told"), [("", "is empty"), ("short", "is shorter than 32")])
def test_a_key_that_could_be_guessed_is_refused(
    text: str, told: str, environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(text, encoding="utf-8")

    assert told in refusal(environ)


@pytest.mark.parametrize("name", [*FILES, "OUTCOME_DESK_SESSIONS"])
def test_nothing_secret_stands_where_it_would_be_published(
    name: str, environ: dict[str, str], tmp_path: Path
) -> None:
    """In the project, in the folders of the site, or in anything that git keeps."""
    told = "is in a folder that is kept in git, or is part of the site. Move it out of there."
    assert told in refusal(environ, str(tmp_path))

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run_git(elsewhere, "init", "--quiet")
    environ[name] = str(Path(environ[name]).rename(elsewhere / "moved"))
    assert refusal(environ) == f"{name}: {elsewhere / 'moved'} {told}"
    link = tmp_path / "link"
    link.symlink_to(elsewhere / "moved")
    environ[name] = str(link)
    assert refusal(environ) == f"{name}: {link} {told}"

    if name in FILES:
        environ[name] = str(PACKAGE.parent.parent / "LICENSE")
        assert told in refusal(environ)


@_POSIX
@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604, 0o602])
@pytest.mark.parametrize("name", [*FILES, "OUTCOME_DESK_SESSIONS"])
def test_nothing_secret_is_open_to_others(name: str, mode: int, environ: dict[str, str]) -> None:
    Path(environ[name]).chmod(mode | 0o100)

    told = refusal(environ)
    assert f"can be used by others (its mode is {mode | 0o100:o}). Do: chmod " in told
    Path(environ[name]).chmod(int(told.split("chmod ")[1][:3], 8))
    read(environ)
