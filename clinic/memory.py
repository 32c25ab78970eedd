"""What one process may use, so that one document cannot take its machine down."""

import resource
import sys


def limit_memory(megabytes: int) -> None:
    """Let this process have at most this much memory of its own; asking for more is a MemoryError. Linux only.

    Counted is what it may write (heap, stacks, anonymous maps), not programs and fonts that processes share.
    """
    if sys.platform == "linux":
        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
