"""Runs a command with PostgreSQL and Redis of its own: `python -m tests.engines COMMAND ...`.

Both listen on loopback ports that were free, keep their data in a temporary folder, and end with this process.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clinic.processes import Processes, end_with_parent

SECONDS = 60


class MissingEngine(Exception):
    """A server's program is not installed; `make setup-test` installs it."""


def main(command: list[str]) -> int:
    end_with_parent()
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="clinic-engines-"))
    servers = Processes()
    try:
        environment = {
            **os.environ,
            "DATABASE_URL": start_postgres(servers, folder / "postgres"),
            "REDIS_SERVER": start_redis(servers, folder / "redis"),
        }
        environment["REDIS_URL"] = environment["REDIS_SERVER"] + "/0"
        environment.pop("DJANGO_SETTINGS_MODULE", None)  # importing the project above set the service's own
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start_postgres(servers: Processes, folder: Path) -> str:
    """Start a cluster that needs no password on loopback; return its DATABASE_URL."""
    programs = postgres_programs()
    as_owner = owner_prefix(folder)
    run = {"check": True, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        [*as_owner, programs / "initdb", "-D", folder / "data", "-U", "clinic", "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync"],
        **run,
    )  # fmt: skip
    port = free_port()
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "max_connections": "200",
               "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}  # fmt: skip
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    argv = [*as_owner, programs / "postgres", "-D", folder / "data", "-p", str(port), *settings]
    servers.start(
        "postgres", [str(part) for part in argv], env=os.environ, log=folder.parent / "postgres.log"
    )
    wait_for_port(port, servers)
    return f"postgresql://clinic@127.0.0.1:{port}/postgres"


def start_redis(servers: Processes, folder: Path, port: int | None = None) -> str:
    """Start a Redis (or Valkey) on loopback; return its url without a database number."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise MissingEngine("redis-server")
    folder.mkdir(exist_ok=True)
    port = port or free_port()
    argv = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--databases", "64",
            "--appendonly", "yes", "--save", ""]  # fmt: skip
    servers.start("redis", argv, env=os.environ, log=folder.parent / "redis.log")
    wait_for_port(port, servers)
    return f"redis://127.0.0.1:{port}"


def postgres_programs() -> Path:
    """Find the folder of initdb and postgres; Debian keeps it off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise MissingEngine("postgresql")
    return found[-1].parent if found else Path(on_path).resolve().parent


def owner_prefix(folder: Path) -> list[str]:
    """Make the folder; as root give it to the user postgres, as PostgreSQL refuses to run as root."""
    folder.mkdir()
    if os.getuid() != 0:
        return []
    folder.parent.chmod(0o711)
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    # setpriv replaces itself, so the signals reach the server; a change of user drops the parent-death signal.
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=TERM"]


def free_port() -> int:
    """Return a loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, servers: Processes) -> None:
    """Wait until something listens; show the log of a server that ended instead."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for name, status in servers.ended():
            raise RuntimeError(f"{name} ended with {status}:\n{servers.last_words(name)}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
