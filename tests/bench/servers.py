"""How to start each server, and the files that nginx serves."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.load import HOST
from inspection_outcome import create_app

NGINX, SITE, EMPTY = "nginx", "the site", "an empty app"
_WSGI = {SITE: "wsgi:app", EMPTY: "bench.targets:empty"}
_OPTIONS = [
    "--interface",
    "wsgi",
    "--workers",
    "1",
    "--blocking-threads",
    "1",
    "--no-ws",
    "--http",
    "1",
]
_NGINX = Path("/usr/sbin/nginx")
_BY_NGINX = {"Content-Type", "Content-Length", "Content-Encoding", "ETag", "Vary", "Date", "Server"}
"""The headers that nginx sends itself, as the app does."""
_CONFIG = """
daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events {{ worker_connections 256; }}
http {{
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  types {{ text/html html; }} charset utf-8;
  sendfile on; tcp_nopush on; keepalive_requests 1000000;
  gzip_static on; gzip_vary on; access_log off;
  server {{ listen {host}:{port}; root public; index index.html;
    {headers}
  }}
}}
"""


@dataclass(frozen=True)
class Target:
    """What to measure: a page as nginx's file, or on granian; or an empty app on granian."""

    what: str
    tag: str

    @property
    def page(self) -> str:
        """The path to request."""
        return f"/{self.tag}/"

    def command(self, port: int, folder: Path) -> list[str]:
        """Return the command that starts the server. `folder` is nginx's: see `published`."""
        if self.what != NGINX:
            return [_granian(), *_OPTIONS, "--port", str(port), _WSGI[self.what]]
        headers = (folder / "headers").read_text(encoding="utf-8")
        config = _CONFIG.format(host=HOST, port=port, headers=headers)
        (folder / "nginx.conf").write_text(config, encoding="utf-8")
        return [str(_NGINX), "-p", f"{folder}/", "-e", "error.log", "-c", "nginx.conf"]


def _granian() -> str:
    return str(Path(sys.executable).with_name("granian"))


def missing() -> list[str]:
    """Return how to install each missing program."""
    pip = f"{sys.executable} -m pip install -c tests/constraints.txt -e '.[serve]'"
    found = {
        name: (shutil.which(name), f"apt-get install {package}")
        for name, package in _DEBIAN.items()
    }
    found["granian"] = shutil.which(_granian()), pip
    return [f"{name} is not here: {how}" for name, (path, how) in found.items() if not path]


_DEBIAN = {"wrk": "wrk", "taskset": "util-linux", str(_NGINX): "nginx-light"}


def published(folder: Path, tags: tuple[str, ...], translations: Path) -> None:
    """Write each language's home page as files, and the app's headers as nginx settings."""
    client = create_app({"OUTCOME_TRANSLATIONS": str(translations)}).test_client()
    for tag in tags:
        home = folder / "public" / tag
        home.mkdir(parents=True)
        packed = client.get(f"/{tag}/", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        (home / "index.html.gz").write_bytes(packed.data)
        (home / "index.html").write_bytes(client.get(f"/{tag}/").data)
        own = {name: value for name, value in packed.headers.items() if name not in _BY_NGINX}
        location = "".join(f'add_header {name} "{value}";\n' for name, value in own.items())
        with (folder / "headers").open("a", encoding="utf-8") as headers:
            headers.write(f"location /{tag}/ {{ {location} }}\n")
    for path in [folder, *folder.rglob("*")]:  # nginx's worker may run as another user
        path.chmod(0o755 if path.is_dir() else 0o644)
