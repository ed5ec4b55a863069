"""The site on granian, started by the README's command.

The server is stopped or killed, runs without permissions, and its files break while it runs.
"""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from granian_server import MAY_NOT_READ, MAY_NOT_WRITE, command, granian, readers
from inspection_outcome.i18n import po_file

pytestmark = pytest.mark.slow

Spoil = Callable[[str, str, str], Path]
GATHERED = pseudo_locales.shipped(pseudo_locales.SMALL)


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    return pseudo_locales.folder(tmp_path / "translations", (pseudo_locales.LONG,), GATHERED)


def test_it_answers_and_keeps_no_log_of_who_reads(tmp_path: Path) -> None:
    with granian(tmp_path) as server:
        status, headers, body = server.get(
            "/pl/", Accept_Encoding="br", X_Forwarded_For="203.0.113.9"
        )
        workers = server.workers()

    assert (status, headers["content-encoding"], headers["content-length"]) == (
        200,
        "br",
        str(len(body)),
    )
    assert len(workers) == 2
    assert "/pl/" not in server.log
    assert server.process.returncode == 0


def test_a_log_that_is_asked_for_holds_no_addresses(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    form = readme.split("--access-log-fmt '")[1].split("'")[0]
    with granian(tmp_path, "--access-log", "--access-log-fmt", form) as server:
        server.get("/pl/help/?secret=1", Referer="https://secret.example", User_Agent="secret")

    (line,) = [line for line in server.log.splitlines() if "/pl/help/" in line]
    assert '"GET /pl/help/" 200' in line
    assert "127.0.0.1" not in line
    assert "secret" not in server.log


def test_what_it_has_begun_it_ends(tmp_path: Path) -> None:
    """Stopped while it renders its first pages, it still sends them."""
    with granian(tmp_path) as server:
        statuses: list[int] = []
        begun = [
            threading.Thread(target=lambda: statuses.append(server.get("/en/all/")[0]))
            for _ in range(8)
        ]
        for reader in begun:
            reader.start()
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        for reader in begun:
            reader.join()
        server.process.wait(timeout=15)

    assert server.process.returncode == 0
    assert statuses == [200] * 8


def test_it_runs_where_nothing_may_be_written(tmp_path: Path) -> None:
    with granian(tmp_path, user=MAY_NOT_WRITE, last_good="tests/last-good.zip") as server:
        assert server.get("/pl/")[0] == 200
        assert "cannot be kept" in server.log
        if os.geteuid() == 0:
            assert Path(f"/proc/{server.workers()[0]}").stat().st_uid == 65534


def test_a_killed_worker_is_replaced_and_the_others_answer(tmp_path: Path, small: Path) -> None:
    with granian(tmp_path, content=small) as server:
        before = server.workers()
        with readers(server, "/en/", "/en/help/") as answers:
            os.kill(before[0], signal.SIGKILL)
            server.wait_until_started(times=3)
            time.sleep(0.5)
        after = server.workers()

    assert len(after) == 2
    assert before[0] not in after
    assert {status for _, status, _ in answers.seen} == {200}
    assert len(answers.seen) == 2
    assert len(answers.cut) <= 40  # requests that the killed worker was answering


def test_a_worker_that_takes_another_s_place_starts_with_broken_content(
    tmp_path: Path, small: Path
) -> None:
    with granian(
        tmp_path, "--workers", "1", content=small, last_good=tmp_path / "last-good.zip"
    ) as server:
        good = server.get("/en/")[2]
        (before,) = server.workers()
        shutil.rmtree(small)
        time.sleep(0.6)
        os.kill(before, signal.SIGKILL)
        server.wait_until_started(times=2)
        status, _, body = server.get("/en/")

        assert (status, body) == (200, good)
        assert server.workers() != [before]
        assert "The site starts with the last good content" in server.log


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILED: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "unreadable": lambda path: path.chmod(0),
    "a folder": _make_folder,
    "deleted": lambda path: path.unlink(),
    "junk": lambda path: path.write_bytes(bytes(range(256)) * 40),
}


@pytest.fixture(scope="module")
def _setpriv() -> None:
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.fail("setpriv is missing: apt-get install util-linux")


@pytest.mark.usefixtures("_setpriv")
def test_readers_keep_the_last_good_edition_whatever_becomes_of_the_files(
    tmp_path: Path, small: Path, translations: Path
) -> None:
    """One server, sixteen readers; each file is spoilt in each way, and restored."""
    files = [small / "report.toml", small / "home.toml", translations / "languages.toml"]
    files.append(po_file.path_of(translations, pseudo_locales.LONG))
    with granian(tmp_path, user=MAY_NOT_READ, content=small, translations=translations) as server:
        paths = ("/en/", "/qaa/", "/qaa/help/")
        good = {path: server.get(path)[2] for path in paths}
        with readers(server, *paths) as answers:
            for file in files:
                for spoil in SPOILED.values():
                    kept = tmp_path / "kept"
                    shutil.copy2(file, kept)
                    spoil(file)
                    time.sleep(0.7)
                    if file.is_dir():
                        file.rmdir()
                    shutil.copy2(kept, tmp_path / "again")
                    (tmp_path / "again").replace(file)
                    time.sleep(0.1)
        home = small / "home.toml"
        text = home.read_text(encoding="utf-8")
        home.write_text(text.replace("How good is the help?", "How is it now?"), encoding="utf-8")
        server.wait_for("/en/", "How is it now?")  # it recovers by itself

    assert answers.cut == []
    assert set(answers.seen) == {(path, 200, body) for path, body in good.items()}
    assert {len(policies) for policies in answers.policies.values()} == {1}


def test_a_file_that_is_saved_half_way_is_waited_for(tmp_path: Path, small: Path) -> None:
    """Half a file may be valid content, so a slow save must not publish half a page."""
    home = small / "home.toml"
    text = home.read_text(encoding="utf-8").replace("How good is the help?", "How is it now?")
    with granian(tmp_path, content=small) as server:
        good = server.get("/en/")[2]
        with readers(server, "/en/") as answers:
            for _ in range(3):
                with home.open("w", encoding="utf-8") as file:
                    for start in range(0, len(text), 200):
                        file.write(text[start : start + 200])
                        file.flush()
                        time.sleep(0.02)
                server.wait_for("/en/", "How is it now?")
        new = server.get("/en/")[2]

    assert answers.cut == []
    assert {body for _, _, body in answers.seen} == {good, new}


def test_every_worker_moves_to_a_new_edition_within_a_second(
    tmp_path: Path, small: Path, spoil: Spoil
) -> None:
    with granian(tmp_path, content=small) as server, readers(server, "/en/"):
        time.sleep(1)
        spoil("home.toml", "How good is the help?", "How is it now?")
        time.sleep(1)
        bodies = [server.get("/en/")[2] for _ in range(32)]

    assert {b"How is it now?" in body for body in bodies} == {True}


def test_without_last_good_content_broken_content_stops_the_start_with_a_message(
    small: Path,
) -> None:
    (small / "home.toml").write_text("[[", encoding="utf-8")
    server = subprocess.run(  # noqa: S603 (a fixed command)
        [*command(), "--port", "1", "--no-respawn-failed-workers"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "OUTCOME_CONTENT": str(small)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert server.returncode != 0
    assert "home.toml" in server.stdout + server.stderr
