"""A hosted desk as HOSTED.md sets it up: granian with two workers, behind nginx with https."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import nginx
import requests
from granian_server import Server, start
from hosted_site import HostedSite
from inspection_outcome.desk import hosted
from provider import Provider

HOSTED = Path(hosted.__file__).parent.with_name("HOSTED.md")
NAMES = ("anna", "ben")


class Hosted(NamedTuple):
    """A running desk."""

    site: HostedSite
    address: str
    server: Server


def command(*options: str) -> list[str]:
    """Return the granian command of HOSTED.md, without its port."""
    (line,) = re.findall(r"granian (--interface .*)$", HOSTED.read_text("utf-8"), re.MULTILINE)
    line = re.sub(r"--port \d+ ", "", line)
    return [str(Path(sys.executable).with_name("granian")), *shlex.split(line), *options]


def environ(site: HostedSite) -> dict[str, str]:
    """Return the environment of a desk's process."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("OUTCOME_")}
    return own | site.environ | {"REQUESTS_CA_BUNDLE": str(site.provider.certificate)}


@contextmanager
def hosted_desk(work: Path, translations: Path) -> Iterator[Hosted]:
    """Yield a desk with a sign-in of its own. `work`: an empty folder."""
    provider, port = Provider(work, *NAMES), nginx.free_port()
    site = HostedSite(work, translations, provider, f"127.0.0.1:{port}")
    provider.register(site.host)
    provider.own.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(work / "tls.pem")
    )
    block = nginx.block("ssl_certificate_key", HOSTED)
    with provider.running(), start(command(), work, environ(site)) as server:
        block = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{server.port}", block)
        with nginx.serve(block, work, port) as address:
            yield Hosted(site, address, server)


class Client:
    """Somebody at a running desk, without a browser."""

    def __init__(self, desk: Hosted, name: str) -> None:
        """Sign in."""
        self.desk, self.session = desk, requests.Session()
        self.session.trust_env = False  # this machine may have settings of its own
        self.session.verify = str(desk.site.provider.certificate)
        desk.site.provider.who = name
        self.get("/sign-in")

    def get(self, path: str, status: int = 200, **headers: str) -> str:
        """Return the text of an answer, after redirects; assert its status."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.session.get(self.desk.address + path, headers=headers, timeout=30)
        assert answer.status_code == status, answer.text
        return answer.text

    def field(self, name: str, path: str) -> str:
        """Return the value of the first hidden field of this name on a screen."""
        found = re.search(f'name="{name}" value="([^"]*)"', self.get(path))
        return found[1] if found else ""

    def save(self, path: str, words: str, seen: str) -> int:
        """Send the form of a sentence as it was when it had the hash `seen`; return the status."""
        answer = self.session.post(
            self.desk.address + path,
            data={"csrf_token": self.field("csrf_token", path), "seen": seen, "form-0": words},
            headers={"Origin": self.desk.address},
            timeout=30,
            allow_redirects=False,
        )
        return answer.status_code
