"""A day at a hosted desk: five people save at once, and its server is killed again and again."""

import os
import random
import re
import sys
import threading
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
import requests
from desk_client import TAG
from desk_site import run_git
from granian_server import Server, start
from hosted_server import command, environ
from hosted_site import ALL, HostedSite, signed_in, usual_log
from provider import Provider

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds what it kills in /proc"),
]
PEOPLE = ("anna", "ben", "carol", "dora", "emil")
SAVES = int(os.environ.get("SAVES_A_DAY", "8"))
"""Of each person. A whole day has 200: SAVES_A_DAY=200 takes minutes."""
KILLS = max(2, SAVES // 20)
IDS = ("help.no-messages", "help.danger", "help.title", "home.title")
HOST = "desk.example.org"


class Person:
    """Somebody who saves, and remembers what the desk said was saved."""

    def __init__(self, name: str, cookie: str) -> None:
        self.name, self.told, self.asked = name, list[str](), 0
        self.headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "X-Forwarded-Proto": "https",
            "Cookie": f"__Host-desk={cookie}",
        }

    def work(self, day: "Day") -> None:
        """Save until the day is over; who meets another's save, or no server, goes on."""
        chance = random.Random(self.name)  # noqa: S311 (no secret)
        while len(self.told) < SAVES and not day.over:
            self.asked += 1
            words = f"Slova {self.name} {self.asked}"
            try:
                if self.save(day.address, chance.choice(IDS), words):
                    self.told.append(words)
            except requests.RequestException:
                day.up.wait(30)

    def save(self, address: str, id_: str, words: str) -> bool:
        """Return whether the desk said that this was saved."""
        path = f"{address}/{TAG}/sentence/{id_}/"
        screen = requests.get(path, headers=self.headers, timeout=60)
        assert screen.status_code == 200, screen.text
        form = dict(re.findall('name="(csrf_token|seen)" value="([^"]*)"', screen.text))
        cookie = self.headers["Cookie"]
        if "__Host-desk" in screen.cookies:  # it has the token of the form now
            cookie = f"__Host-desk={screen.cookies['__Host-desk']}"
        self.headers["Cookie"] = cookie
        answer = requests.post(
            path,
            data={**form, "form-0": words, "do": "anyway"},
            headers=self.headers,
            timeout=60,
            allow_redirects=False,
        )
        assert answer.status_code in {303, 409}, answer.text
        return answer.status_code == 303


class Day:
    """A desk that is started anew each time that it was killed."""

    def __init__(self, site: HostedSite) -> None:
        self.site, self.address, self.up = site, "", threading.Event()
        self.over = False

    def servers(self) -> Generator[Server]:
        """Yield a new server for each that was killed."""
        try:
            while True:
                with start(command(), self.site.folder, environ(self.site)) as server:
                    self.address = f"http://127.0.0.1:{server.port}"
                    self.up.set()
                    yield server
        finally:
            self.over = True


def test_nothing_that_was_said_to_be_saved_is_lost_though_the_server_is_killed(
    tmp_path: Path, translations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = Provider(tmp_path, *PEOPLE)
    provider.register(HOST)
    site = HostedSite(tmp_path, translations, provider, HOST)
    site.people(**dict.fromkeys(PEOPLE, ALL))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(provider.certificate))
    with provider.running(), usual_log():
        app = site.create()
        people = [Person(name, signed_in(app, site, name).cookie) for name in PEOPLE]

    day, failed = Day(site), list[BaseException]()

    def work(person: Person) -> None:
        try:
            person.work(day)
        except BaseException as error:  # noqa: BLE001 (told by the test)
            failed.append(error)

    def saved(number: int) -> bool:
        return bool(failed) or sum(len(person.told) for person in people) >= number

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    with closing(day.servers()) as servers:
        server = next(servers)
        for thread in threads:
            thread.start()
        for kill in range(1, KILLS + 1):
            due = kill * len(PEOPLE) * SAVES // (KILLS + 1)
            server.wait_until(partial(saved, due), "people save", seconds=600)
            day.up.clear()
            server.kill()
            for lock in (site.work / ".git").rglob("*.lock"):  # as ExecStartPre in HOSTED.md
                lock.unlink()
            server = next(servers)
        for thread in threads:
            thread.join()

    assert failed == []
    history = run_git(site.work, "log", "--all", "-p", "--format=", "--", str(site.file))
    kept = {*re.findall(r'^\+msgstr "(.*)"$', history, re.MULTILINE)}
    kept |= {*re.findall(r'^msgstr "(.*)"$', site.file.read_text("utf-8"), re.MULTILINE)}
    told = [words for person in people for words in person.told]
    assert len(told) == len(PEOPLE) * SAVES
    assert [words for words in told if words not in kept] == []
    assert run_git(site.work, "fsck", "--no-progress") == ""
