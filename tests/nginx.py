"""Debian's nginx on this machine only, with a configuration block of the README."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def found() -> str | None:
    """Give the path of nginx; None if it is not there."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def block(holding: str) -> str:
    """Give the README's server block that holds this."""
    blocks = re.findall(r"^```nginx\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    (chosen,) = [each for each in blocks if holding in each]
    return str(chosen)


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@contextmanager
def serve(server: str, work: Path) -> Iterator[str]:
    """Serve what a server block says, on a free local port; gives its address. `work`: a folder for its own files."""
    port = free_port()
    server, places = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", server)
    assert places == 1
    server = server.replace("/var/log/nginx/", f"{work}/of-the-block-")
    server = re.sub(r"^ *(ssl_certificate\w*|server_name) .*\n", "", server, flags=re.MULTILINE)
    folders = "".join(
        f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = work / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # its workers must come to where a test keeps its files
    config.write_text(
        f"{user} worker_processes 1; daemon off; pid {work}/nginx.pid; error_log {work}/error.log; events {{ }}\n"
        f"http {{ include /etc/nginx/mime.types; default_type application/octet-stream; {folders}\n{server} }}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([str(found()), "-c", str(config), "-e", f"{work}/error.log"])  # noqa: S603 (a fixed command)
    try:
        _wait(port, process, work)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]", work: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError((work / "error.log").read_text(encoding="utf-8"))
