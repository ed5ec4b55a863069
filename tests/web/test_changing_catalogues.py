"""Catalogues that change, break or vanish, while the site runs or before it starts.

Readers get no error, and no translation of an outdated English sentence.
"""

import logging
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import frozen_site
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import broken
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.catalogues import Catalogues
from processes import stop

pytestmark = pytest.mark.slow

Spoil = Callable[[Path], object]
SAID = pseudo_locales.translate("How good is the help?", pseudo_locales.LONG)
ENGLISH = '<span lang="en" dir="ltr">How good is the help?</span>'
GATHERED = pseudo_locales.messages(pseudo_locales.SMALL)


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_broken_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


SPOILED: dict[str, Spoil] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:3000]),
    "emptied": lambda path: path.write_bytes(b""),
    "wrongly encoded": lambda path: path.write_bytes(
        path.read_text(encoding="utf-8").encode("utf-16")
    ),
    "junk": lambda path: path.write_bytes(bytes(range(256)) * 50),
    "with a rule of plurals that is none": lambda path: path.write_bytes(
        path.read_bytes().replace(b"n==1", b"n/0")
    ),
    "with a merge conflict": lambda path: path.write_bytes(
        path.read_bytes() + b"<<<<<<< HEAD\n=======\n>>>>>>> other\n"
    ),
    "vanished": lambda path: path.unlink(),
    "its folder vanished": lambda path: shutil.rmtree(path.parent.parent),
    "a folder": _make_folder,
    "a broken link": _make_broken_link,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return pseudo_locales.folder(tmp_path / "translations", (pseudo_locales.LONG,), GATHERED)


@pytest.fixture
def file(folder: Path) -> Path:
    return po_file.path_of(folder, pseudo_locales.LONG)


def site(folder: Path, content: Path = pseudo_locales.SMALL) -> FlaskClient:
    return frozen_site.create(folder, content=content).test_client()


@cache
def rules_broken_by(html: str, headers: frozenset[tuple[str, str]]) -> set[str]:
    """Return the house rules that a page breaks; the same page is parsed only once."""
    return set(broken(html, dict(headers)))


def home(client: FlaskClient) -> str:
    response = client.get("/qaa/")
    assert response.status_code == 200
    # The smallest content has no section for its areas; every other house rule holds.
    told = rules_broken_by(response.text, frozenset(response.headers))
    assert told <= {"let #areas lead to something"}
    return response.text


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_while_running_the_last_good_one_stays_and_the_log_says_so_once(
    spoil: Spoil,
    folder: Path,
    file: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = site(folder)
    good = file.read_bytes()
    spoil(file)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            client.application.extensions["inspection_outcome"].refresh()
            assert SAID in home(client)
    assert len(caplog.records) == 1
    assert "qaa: " not in caplog.text
    assert "cs/LC_MESSAGES/messages.po" in caplog.text

    if file.is_dir():
        file.rmdir()
    file.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(good.replace(SAID.encode(), "Náapráawdęę?".encode()))
    client.application.extensions["inspection_outcome"].refresh()
    assert "Náapráawdęę?" in home(client)


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_at_the_start_readers_get_english_and_staff_a_line_in_the_log(
    spoil: Spoil, folder: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(file)
    with caplog.at_level(logging.WARNING):
        client = site(folder)

    assert ENGLISH in home(client)
    assert len(caplog.records) == 1
    assert "cs/LC_MESSAGES/messages.po" in caplog.text


def test_a_file_that_may_not_be_read_is_told_like_any_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Simulated by a patch, as tests that run as root may read every file."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("polib.pofile", refuse)

    assert ENGLISH in home(site(folder))
    assert "Permission denied" in caplog.text


def test_cut_off_at_every_64th_byte_the_last_good_one_stays(folder: Path, file: Path) -> None:
    sentences = [each.sentence for each in GATHERED]
    good = Catalogues.read(folder, sentences)
    whole = file.read_bytes()
    logging.disable(logging.CRITICAL)
    try:
        for length in range(0, len(whole) - 64, 64):
            file.write_bytes(whole[:length])
            assert Catalogues.read(folder, sentences, good).by_tag == good.by_tag
            assert Catalogues.read(folder, sentences).by_tag["qaa"].counts.total() == len(sentences)
    finally:
        logging.disable(logging.NOTSET)


def test_at_the_start_readers_get_what_a_cut_file_holds(
    folder: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entries = file.read_text(encoding="utf-8").split("\n\n")
    place = next(place for place, entry in enumerate(entries) if SAID in entry)
    file.write_text("\n\n".join(entries[: place + 1]) + "\n", encoding="utf-8")
    client = site(folder)

    assert SAID in home(client)
    assert f"and holds {place}: some were cut out of it" in caplog.text


def test_english_that_changes_while_the_catalogue_is_broken_is_not_told_in_its_old_translation(
    folder: Path, file: Path, small: Path
) -> None:
    client = site(folder, small)
    assert SAID in home(client)
    file.write_bytes(b"junk")
    text = (small / "home.toml").read_text(encoding="utf-8")
    (small / "home.toml").write_text(
        text.replace("How good is the help?", "How bad is the help?"), encoding="utf-8"
    )
    client.application.extensions["inspection_outcome"].refresh()

    assert SAID not in home(client)
    assert '<span lang="en" dir="ltr">How bad is the help?</span>' in home(client)


def test_a_broken_translation_is_told_in_english_and_logged_once_for_each_edition(
    folder: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("óon {visit}", "óon 5 {visits}"), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        client = site(folder)
        for _ in range(3):
            html = home(client)
            assert '<span lang="en" dir="ltr">Inspectors came on ' in html
            client.application.extensions["inspection_outcome"].refresh()

    assert len(caplog.records) == 1
    told = "qaa: readers get the English of 1 broken sentences: home.lead ({visit} is missing). "
    assert caplog.messages == [told + "Run: flask translations check qaa"]


def test_only_a_file_that_changed_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [each.sentence for each in GATHERED]
    last = Catalogues.read(folder, sentences)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr(po_file, "read", fail)

    assert Catalogues.read(folder, sentences, last) == last


SERVE = """
import sys
from inspection_outcome import create_app
from werkzeug.serving import make_server
server = make_server("127.0.0.1", 0, create_app())
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def workers(folder: Path) -> Iterator[list[str]]:
    """Yield the addresses of two processes that serve the same folder; terminate them after."""
    environ = {
        **os.environ,
        "OUTCOME_TRANSLATIONS": str(folder),
        "OUTCOME_CONTENT": str(pseudo_locales.SMALL),
    }
    command = [sys.executable, "-c", SERVE]
    started = [
        subprocess.Popen(  # noqa: S603 (a fixed command)
            command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for _ in range(2)
    ]
    yield [
        f"http://127.0.0.1:{process.stdout.readline().strip()}/qaa/"
        for process in started
        if process.stdout
    ]
    for process in started:
        stop(process)
        if process.stdout:
            process.stdout.close()


def test_two_processes_both_show_a_change_of_one_file(workers: list[str], file: Path) -> None:
    """Within a second, plus the time of a build, which may be long on a busy machine."""

    def shown() -> list[bool]:
        found = []
        for address in workers:
            with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 (localhost)
                found.append("Náapráawdęę?" in response.read().decode())
        return found

    assert shown() == [False, False]
    file.write_bytes(file.read_bytes().replace(SAID.encode(), "Náapráawdęę?".encode()))
    end = time.monotonic() + 20
    while shown() != [True, True]:
        assert time.monotonic() < end
        time.sleep(0.05)
