"""Clocks. Processor time where one program's work is measured: what else the machine does is not ours."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Times:
    """Milliseconds of the same work, done again and again."""

    taken: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle one."""
        return round(statistics.median(self.taken), 2)

    def to_dict(self) -> dict[str, float]:
        """Median, fastest and slowest, and how many there were."""
        return {
            "median_ms": self.median,
            "fastest_ms": round(min(self.taken), 2),
            "slowest_ms": round(max(self.taken), 2),
            "rounds": len(self.taken),
        }


def side_by_side(
    works: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    clocks: Mapping[str, Callable[[], float]] | None = None,
) -> dict[str, Times]:
    """Do each work once a round, in turn, so that a busy moment of the machine meets all; one round first to warm up.

    Measured in processor time of this process, or by the work's own clock (seconds).
    """
    times = {name: Times() for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            clock = (clocks or {}).get(name, time.process_time)
            before = clock()
            work()
            spent = (clock() - before) * 1000
            if turn:
                times[name].taken.append(spent)
    return times


def tree_seconds(root: int) -> float:
    """Give the processor time of a process and all that descend from it, in seconds."""
    return sum(_ticks(pid) for pid in process_tree(root)) / _TICKS


def process_tree(root: int) -> Iterable[int]:
    """Give a process and all that descend from it, parents first."""
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [int(child) for child in _read(task).split()]


def _ticks(pid: int) -> int:
    # The name, in brackets, may hold spaces; user and system time are the 12th and 13th after it. Then those of
    # children that ended.
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15])


def _read(file: Path) -> str:
    # A process may end between being found and being looked at; its time is then with its parent.
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def resident_bytes() -> int:
    """Give the memory of this process that is in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
