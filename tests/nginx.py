"""Debian's nginx on 127.0.0.1, with a server block of the README."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import stop

README = Path(__file__).parent.parent / "README.md"


def found() -> str | None:
    """Return the path of nginx, or None if it is not installed."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def block(holding: str, file: Path = README) -> str:
    """Return the server block of a README that contains this text."""
    readme = file.read_text(encoding="utf-8")
    blocks = re.findall(r"^```nginx\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    (chosen,) = [each for each in blocks if holding in each]
    return str(chosen)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@contextmanager
def serve(server: str, work: Path, port: int = 0) -> Iterator[str]:
    """Run nginx with a server block on a port, or on a free one; yield its base URL.

    `work` is a folder for nginx's own files; a block with https finds its key and certificates
    there, in tls.pem.
    """
    port = port or free_port()
    server, places = re.subn(r"listen (?:80|443)( ssl)?;", rf"listen 127.0.0.1:{port}\1;", server)
    assert places == 1
    server = server.replace("/var/log/nginx/", f"{work}/of-the-block-")
    server = re.sub(r"(ssl_certificate\w*) .*;", rf"\1 {work}/tls.pem;", server)
    server = re.sub(r"^ *server_name .*\n", "", server, flags=re.MULTILINE)
    folders = "".join(
        f"{kind}_temp_path {work}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = work / "nginx.conf"
    # nginx's workers must be able to reach the folder of a test's files.
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(
        f"{user} worker_processes 1; daemon off; pid {work}/nginx.pid; "
        f"error_log {work}/error.log; events {{ }}\n"
        "http { include /etc/nginx/mime.types; default_type application/octet-stream; "
        f"{folders}\n{server} }}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(  # noqa: S603 (a fixed command)
        [str(found()), "-c", str(config), "-e", f"{work}/error.log"]
    )
    try:
        _wait(port, process, work)
        yield f"http{'s' if ' ssl;' in server else ''}://127.0.0.1:{port}"
    finally:
        stop(process)


def _wait(port: int, process: "subprocess.Popen[bytes]", work: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError((work / "error.log").read_text(encoding="utf-8"))
