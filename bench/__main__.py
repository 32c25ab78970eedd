"""Measures the service side by side in one run: `python -m bench` (`make bench`).

Prints a table with the goals and writes var/bench.json. Nothing else should run meanwhile; `--quick` is for a look.
"""

import argparse
import os
import platform
import sys
from pathlib import Path

from bench import parts
from bench.report import Line, print_lines, write_report
from bench.service import ROOT, running_service

PARTS = (
    "renderer",
    "waiting",
    "rate",
    "memory",
    "unchanged",
    "api",
    "engine",
    "loading",
    "figures",
    "search",
    "checking",
    "slow-net",
    "portal",
    "phone",
)
BUSY = 0.5


def main() -> None:
    """Run the parts that are asked for, one after the other."""
    options = _options()
    quick = options.quick
    load = os.getloadavg()[0]
    if load > BUSY:
        print(f"The machine is busy (load {load:.1f}): times by the clock will be too long.")
    lines: list[Line] = []
    details: dict[str, object] = {"load_before": load, "machine": platform.processor() or platform.machine()}
    with running_service() as folder:
        if "renderer" in options.parts:
            lines += parts.renderer_lines(details, rounds=5 if quick else 25)
        if "waiting" in options.parts:
            lines += parts.waiting_lines(folder, details, rounds=5 if quick else 25)
        if "rate" in options.parts:
            lines += parts.rate_lines(folder, documents=20 if quick else 150)
        if "memory" in options.parts:
            lines += parts.memory_lines(details, documents=200 if quick else 2000)
        if "unchanged" in options.parts:
            lines += parts.unchanged_lines(details, rounds=10 if quick else 50)
        if "figures" in options.parts:
            lines += parts.preview_lines(details, rounds=1 if quick else 5)
            lines += parts.undrawn_lines(folder, details, rounds=1 if quick else 5)
        if "checking" in options.parts:
            lines += parts.checking_lines(details, rounds=10 if quick else 60)
        if "slow-net" in options.parts:
            lines += parts.slow_net_lines(folder, details)
        if "phone" in options.parts:
            lines += parts.phone_lines(folder, details, runs=1 if quick else 5)
        if "api" in options.parts:  # last, as it leaves renderings that nobody makes
            lines += parts.api_lines(folder, details, quick=quick)
        if "search" in options.parts:  # after it, as it makes the library twenty times as long
            lines += parts.search_lines(details, rounds=3 if quick else 15)
        if "portal" in options.parts:  # at the very end, as it fills the database
            lines += parts.portal_lines(details, quick=quick)
    if "engine" in options.parts:
        lines += parts.engine_lines()
    if "loading" in options.parts:
        lines += parts.loading_lines()
    if "figures" in options.parts:
        lines += parts.figures_lines(details)
    print_lines(lines)
    write_report(Path(options.out), lines=lines, details=details)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, for a look")
    parser.add_argument("--out", default=str(ROOT / "var" / "bench.json"), help="where the JSON goes")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all without any")
    options = parser.parse_args()
    options.parts = options.parts or list(PARTS)
    return options


if __name__ == "__main__":
    sys.exit(main())
