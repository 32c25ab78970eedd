"""Child processes that never outlive who started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def end_with_parent() -> None:
    """Ask the kernel to end this process (SIGTERM) when its parent dies, even by kill -9; Linux only.

    Runs between fork and exec too, so it may take no lock: the C library is opened beforehand.
    """
    if sys.platform == "linux":
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Processes:
    """Servers in the order of their start; stopped in reverse, so that a broker goes after its worker."""

    patience: float = 20.0
    """Seconds that one server has to end by itself before it is hurried."""
    hurry: float = 5.0
    """Seconds that it then has before it is killed."""
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    logs: dict[str, Path] = field(default_factory=dict)

    def start(
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        log: Path,
        pass_fds: Sequence[int] = (),
    ) -> None:
        """Start a server in a session of its own, so that the terminal's Ctrl-C reaches us alone.

        What it writes goes to the end of `log`.
        """
        with log.open("ab") as output:
            self.running[name] = subprocess.Popen(
                argv,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=pass_fds,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.logs[name] = log

    def last_words(self, name: str, lines: int = 15) -> str:
        log = self.logs.get(name)
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log else ""

    def adopt(self, name: str, process: subprocess.Popen[bytes]) -> None:
        self.running[name] = process

    def ended(self) -> Iterator[tuple[str, int]]:
        for name, process in self.running.items():
            if (status := process.poll()) is not None:
                yield name, status

    def stop(self) -> None:
        """Stop all, last started first: SIGTERM, time to finish, then the whole group is hurried and killed."""
        for _, process in reversed(self.running.items()):
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self._hurry(process)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()

    def _hurry(self, process: subprocess.Popen[bytes]) -> None:
        """Tell the server's own processes too: a worker's give back what they hold."""
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.hurry)
