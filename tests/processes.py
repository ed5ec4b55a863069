"""Programs that tests start."""

import subprocess
from typing import Any


def stop(process: "subprocess.Popen[Any]", seconds: float = 20) -> None:
    """Ask a program to end, and kill it if it has not ended in this time."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
