"""Use the desk as a browser does: one person, with a session, on a made-up council's site."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pseudo_locales
from flask import Flask
from inspection_outcome.desk import create_desk
from inspection_outcome.desk.access import OwnComputer
from inspection_outcome.desk.publish.publishing import Publishing
from inspection_outcome.edition import Folders
from werkzeug.test import TestResponse

HOST = "127.0.0.1:5050"
TAG = "qaa"
ARABIC = "qaa-arab"


class Site:
    """A desk on folders of its own, and the addresses that it has told."""

    def __init__(self, folder: Path, translations: Path | None, live: Path | None = None) -> None:
        """`folder`: an empty one, for copies; `translations`: what they are made from.

        Without `translations`, the folder has them. `live`: the live folder, if what is saved is
        not live at once.
        """
        self.folders = Folders(folder / "content", folder / "translations")
        if translations:
            shutil.copytree(pseudo_locales.NORTHMARSH, self.folders.content)
            shutil.copytree(translations, self.folders.translations)
        self.told: list[str] = []
        self.access = OwnComputer(self.told.append)
        publishing = Publishing(live, self.folders) if live else None
        self.app: Flask = create_desk(self.folders, self.access, publishing)

    @property
    def file(self) -> Path:
        """The PO file of the language TAG."""
        return self.folders.translations / "cs" / "LC_MESSAGES" / "messages.po"

    def person(self, name: str = "Anna Kowalska") -> "Person":
        """Return somebody who has opened the desk, and said their name."""
        person = Person(self.app)
        person.get(self.access.address(HOST).removeprefix(f"http://{HOST}"), 303)
        person.post("/name", {"name": name}, 303, form="/name")
        return person


class Person:
    """Somebody at the desk, in a browser of their own."""

    def __init__(self, app: Flask, base: str = f"http://{HOST}") -> None:
        self.client = app.test_client()
        self.base = base

    def get(self, path: str, status: int = 200, **headers: str) -> TestResponse:
        """Return the response to a GET; assert its status."""
        response = self.client.get(path, base_url=self.base, headers=_real(headers))
        assert response.status_code == status, response.text
        return response

    def post(
        self, path: str, data: Mapping[str, object], status: int, form: str = "/", **headers: str
    ) -> TestResponse:
        """Return the response to a form that was sent from the page `form`; assert its status."""
        token = self.field("csrf_token", form) if form else ""
        response = self.client.post(
            path,
            base_url=self.base,
            data={"csrf_token": token, **data},
            headers=_real({"Origin": self.base} | headers),
        )
        assert response.status_code == status, response.text
        return response

    def field(self, name: str, path: str) -> str:
        """Return the value of the first hidden field of this name on a page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.get(path).text)
        return found[1] if found else ""

    def save(
        self, id_: str, *forms: str, status: int = 303, tag: str = TAG, **fields: Any
    ) -> TestResponse:
        """Return the response to forms of a sentence, as typed into its screen as it now is."""
        screen = f"/{tag}/sentence/{id_}/"
        if "in_" in fields:
            fields["in"] = fields.pop("in_")
        typed = {f"form-{place}": form for place, form in enumerate(forms)}
        seen = fields.pop("seen", None) or self.field("seen", screen)
        return self.post(screen, {"seen": seen} | typed | fields, status, form=screen)


def _real(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody else than the desk, and return what it prints."""
    who = ["-c", "user.name=Ben", "-c", "user.email=ben@example.org"]
    return subprocess.run(  # noqa: S603 (fixed commands)
        ["git", *who, *arguments],  # noqa: S607 (found by the system)
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
