"""A hosted desk for tests, on folders of its own, and people who sign in to it."""

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pseudo_locales
from desk_client import Person
from desk_site import run_git
from flask import Flask
from inspection_outcome.desk import hosted
from inspection_outcome.i18n import catalogues
from provider import CLIENT_ID, SECRET, Provider
from werkzeug.test import TestResponse

ALL = ("translate", "check", "content", "publish")


class HostedSite:
    """What a hosted desk needs, in a folder, under git."""

    def __init__(self, folder: Path, translations: Path, provider: Provider, host: str) -> None:
        """`folder`: an empty one; `translations`: what is copied; `host`: that of the desk."""
        self.folder, self.provider, self.host = folder, provider, host
        self.work = folder / "work"
        shutil.copytree(pseudo_locales.NORTHMARSH, self.work / "content")
        shutil.copytree(translations, self.work / "translations")
        run_git(self.work, "init", "--quiet")
        run_git(self.work, "add", ".")
        run_git(self.work, "commit", "--quiet", "-m", "Begin")
        (folder / "sessions").mkdir(mode=0o700)
        self.keep("secret", SECRET)
        self.keep("key", "k" * 40)
        self.people(anna=ALL, ben=ALL)
        self.environ = {
            "OUTCOME_CONTENT": str(self.work / "content"),
            "OUTCOME_TRANSLATIONS": str(self.work / "translations"),
            "OUTCOME_DESK_ISSUER": provider.issuer,
            "OUTCOME_DESK_CLIENT_ID": CLIENT_ID,
            "OUTCOME_DESK_CLIENT_SECRET_FILE": str(folder / "secret"),
            "OUTCOME_DESK_HOST": host,
            "OUTCOME_DESK_PEOPLE": str(folder / "people.toml"),
            "OUTCOME_DESK_SESSIONS": str(folder / "sessions"),
            "OUTCOME_DESK_SECRET_KEY_FILE": str(folder / "key"),
        }

    @property
    def file(self) -> Path:
        """The PO file of the language TAG."""
        return self.work / "translations" / "cs" / "LC_MESSAGES" / "messages.po"

    def keep(self, name: str, text: str) -> Path:
        """Write a file that only the desk may read; return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    def people(self, languages: Sequence[str] | str = "all", **may: Sequence[str]) -> None:
        """Write people.toml, with these people for these languages. A name says who it is."""
        tables = (
            f'[[person]]\nid = "{name}"\nname = "{name.title()}"\n'
            f"languages = {json.dumps(languages)}\nmay = {json.dumps(roles)}\n"
            for name, roles in may.items()
        )
        self.keep("people.toml", "".join(tables))

    def create(self) -> Flask:
        """Return a desk, as each process has one."""
        return hosted.create(self.environ)


@contextmanager
def usual_log() -> Iterator[None]:
    """Let the log be as it was, after the block: a hosted desk silences a part of it."""
    log = logging.getLogger(catalogues.__name__)
    level = log.level
    yield
    log.setLevel(level)


class SignedIn(Person):
    """Somebody who goes through the sign-in, in a browser of their own."""

    def __init__(self, app: Flask, site: HostedSite, name: str) -> None:
        super().__init__(app, f"https://{site.host}")
        self.app, self.site, self.name = app, site, name
        self.provider = site.provider

    def another(self) -> "SignedIn":
        """Return somebody else at the same desk, not signed in yet."""
        return SignedIn(self.app, self.site, "ben")

    def answer(self, path: str = "/sign-in") -> str:
        """Go to the provider; return the path, with its answer, to which it leads back."""
        asked = self.get(path, 302).location
        self.provider.who = self.name
        back = self.provider.app.test_client().get(asked).location
        return str(back).removeprefix(self.base)

    def sign_in(self, path: str = "/sign-in") -> TestResponse:
        """Sign in, and return the desk's answer."""
        return self.get(self.answer(path), 303)

    def moved_to(self, app: Flask) -> None:
        """Go on with the same cookie at another process."""
        cookie = self.cookie
        self.client = app.test_client()
        self.take(cookie)

    def take(self, cookie: str) -> None:
        """Use a cookie that was copied from somewhere."""
        self.client.set_cookie("__Host-desk", cookie, domain=self.base.removeprefix("https://"))

    @property
    def session(self) -> dict[str, str]:
        """What the cookie holds."""
        with self.client.session_transaction(base_url=self.base) as kept:
            return dict(kept)

    @property
    def cookie(self) -> str:
        """The value of the desk's cookie."""
        found = self.client.get_cookie("__Host-desk", self.base.removeprefix("https://"))
        return found.value if found else ""


def signed_in(app: Flask, site: HostedSite, name: str = "anna") -> SignedIn:
    """Return somebody who has signed in."""
    person = SignedIn(app, site, name)
    person.sign_in()
    return person
