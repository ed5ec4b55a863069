"""A site on granian, started by the README's command.

The server is stopped or killed, runs without permissions, and its files break while it runs.
"""

import http.client
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pseudo_locales
import pytest
from granian_server import (
    MAY_NOT_READ,
    MAY_NOT_WRITE,
    Answers,
    Server,
    command,
    environ,
    granian,
    readers,
)
from inspection_outcome.i18n import po_file
from nginx import README, free_port

pytestmark = pytest.mark.slow

Spoil = Callable[[str, str, str], Path]
GATHERED = pseudo_locales.messages(pseudo_locales.SMALL)


@pytest.fixture
def languages(tmp_path: Path) -> Path:
    """Return a translations folder of the small content, for a test to corrupt."""
    return pseudo_locales.folder(tmp_path / "languages", (pseudo_locales.LONG,), GATHERED)


def test_it_answers_and_keeps_no_log_of_who_reads(tmp_path: Path, translations: Path) -> None:
    with granian(tmp_path, translations=translations) as server:
        status, headers, body = server.get(
            "/qaa/", Accept_Encoding="br", X_Forwarded_For="203.0.113.9"
        )
        workers = server.workers()

    assert (status, headers["content-encoding"], headers["content-length"]) == (
        200,
        "br",
        str(len(body)),
    )
    assert len(workers) == 2
    assert "/qaa/" not in server.log
    assert server.process.returncode == 0


def test_a_log_that_is_asked_for_holds_no_addresses(tmp_path: Path, translations: Path) -> None:
    form = README.read_text(encoding="utf-8").split("--access-log-fmt '")[1].split("'")[0]
    with granian(
        tmp_path, "--access-log", "--access-log-fmt", form, translations=translations
    ) as server:
        server.get("/qaa/help/?secret=1", Referer="https://secret.example", User_Agent="secret")
        server.wait_for_log("/qaa/help/")

    (line,) = [line for line in server.log.splitlines() if "/qaa/help/" in line]
    assert '"GET /qaa/help/" 200' in line
    assert "127.0.0.1" not in line
    assert "secret" not in server.log


def is_read(server: Server, reader: http.client.HTTPConnection) -> bool:
    """Return whether the server has read all that a reader has sent so far, as Linux tells it."""
    ours, theirs = (f"{port:04X}" for port in (server.port, reader.sock.getsockname()[1]))
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        parts = line.split()
        if (parts[1][-4:], parts[2][-4:]) == (ours, theirs):
            waiting, is_accepted = parts[4].split(":")[1], parts[9] != "0"
            return is_accepted and int(waiting, 16) == 0
    return False


def test_what_it_has_begun_it_ends(tmp_path: Path, translations: Path) -> None:
    """Stopped while it makes what takes longest, it still sends it."""
    with granian(tmp_path, translations=translations) as server, ExitStack() as opened:
        begun = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=60) for _ in range(8)]
        for reader in begun:
            opened.callback(reader.close)
        for number, reader in enumerate(begun):
            reader.request("GET", f"/{('qaa', 'qaa-arab')[number % 2]}/kept.gz")
        server.wait_until(
            lambda: all(is_read(server, reader) for reader in begun), "the requests are read"
        )
        server.process.send_signal(signal.SIGTERM)
        answers = [reader.getresponse() for reader in begun]
        sizes = [(answer.headers["Content-Length"], len(answer.read())) for answer in answers]
        server.process.wait(timeout=60)

    assert server.process.returncode == 0
    assert [answer.status for answer in answers] == [200] * 8
    assert all(told == str(size) for told, size in sizes)


def test_it_runs_where_nothing_may_be_written(tmp_path: Path, translations: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    with granian(
        tmp_path, translations=translations, user=MAY_NOT_WRITE, last_good=locked / "last-good.zip"
    ) as server:
        assert server.get("/qaa/")[0] == 200
        assert "cannot be kept" in server.log
        if os.geteuid() == 0:
            assert Path(f"/proc/{server.workers()[0]}").stat().st_uid == 65534


def readers_go_on(server: Server, answers: Answers, times: int) -> None:
    """Wait until the readers have received this many more answers."""
    read = answers.seen.total()
    server.wait_until(lambda: answers.seen.total() > read + times, "readers are answered")


def test_a_killed_worker_is_replaced_and_the_others_answer(
    tmp_path: Path, small: Path, languages: Path
) -> None:
    with granian(tmp_path, content=small, translations=languages) as server:
        before = server.workers()
        with readers(server, "/en/", "/en/help/") as answers:
            os.kill(before[0], signal.SIGKILL)
            server.wait_until_started(times=3)
            readers_go_on(server, answers, 100)
        after = server.workers()

    assert len(after) == 2
    assert before[0] not in after
    assert {status for _, status, _ in answers.seen} == {200}
    assert len(answers.seen) == 2
    assert len(answers.cut) <= 40  # requests that the killed worker was answering


def test_a_worker_that_takes_another_s_place_starts_with_broken_content(
    tmp_path: Path, small: Path, languages: Path
) -> None:
    with granian(
        tmp_path,
        "--workers",
        "1",
        content=small,
        translations=languages,
        last_good=tmp_path / "last-good.zip",
    ) as server:
        good = server.get("/en/")[2]
        (before,) = server.workers()
        shutil.rmtree(small)
        server.wait_for_log("The last good edition stays")
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
    tmp_path: Path, small: Path, languages: Path
) -> None:
    """One server, sixteen readers; a file of each kind is spoilt in each way, and restored."""
    home, catalogue = small / "home.toml", po_file.path_of(languages, pseudo_locales.LONG)
    stays, told = "The last good edition stays", f"{catalogue.name}: "
    cases = [(home, spoil, stays) for spoil in SPOILED.values()]
    cases += [(catalogue, spoil, told) for spoil in SPOILED.values()]
    cases.append((languages / "languages.toml", SPOILED["deleted"], stays))  # read like home.toml
    with granian(tmp_path, user=MAY_NOT_READ, content=small, translations=languages) as server:
        paths = ("/en/", "/qaa/", "/qaa/help/")
        good = {path: server.get(path)[2] for path in paths}
        with readers(server, *paths) as answers:
            for file, spoil, says in cases:
                shutil.copy2(file, tmp_path / "kept")
                said = server.log.count(says)
                spoil(file)
                server.wait_for_log(says, said + 2)  # each of the two workers has looked
                readers_go_on(server, answers, 16)
                if file.is_dir():
                    file.rmdir()
                (tmp_path / "kept").replace(file)
        text = home.read_text(encoding="utf-8")
        home.write_text(text.replace("How good is the help?", "How is it now?"), encoding="utf-8")
        server.wait_for("/en/", "How is it now?")  # it recovers by itself

    assert answers.cut == []
    assert set(answers.seen) == {(path, 200, body) for path, body in good.items()}
    assert {len(policies) for policies in answers.policies.values()} == {1}


def test_every_worker_moves_to_a_new_edition(
    tmp_path: Path, small: Path, languages: Path, spoil: Spoil
) -> None:
    with granian(tmp_path, content=small, translations=languages) as server:
        good = server.get("/en/")[2]
        with readers(server, "/en/") as answers:
            spoil("home.toml", "How good is the help?", "How is it now?")
            server.wait_for("/en/", "How is it now?")
        new = server.get("/en/")[2]

    assert answers.cut == []
    assert {body for _, _, body in answers.seen} == {good, new}


def test_without_last_good_content_broken_content_stops_the_start_with_a_message(
    small: Path, languages: Path
) -> None:
    (small / "home.toml").write_text("[[", encoding="utf-8")
    server = subprocess.run(  # noqa: S603 (a fixed command)
        [*command(), "--port", str(free_port()), "--no-respawn-failed-workers"],
        cwd=README.parent,
        env=environ(content=small, translations=languages),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert server.returncode != 0
    assert "home.toml" in server.stdout + server.stderr
