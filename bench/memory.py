"""(f): the memory of one process over many renderings of different documents. Run in a process of its own."""

import json
import os
import subprocess
import sys

MEASURE_EVERY = 100


def measure(*, documents: int) -> dict[str, float]:
    """Megabytes in use after the first hundred documents and after all of them."""
    ended = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(documents)],
        check=True,
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    sizes: list[float] = json.loads(ended.stdout.splitlines()[-1])
    growth = max(sizes) / sizes[0] - 1
    return {
        "documents": documents,
        "after_100_mb": sizes[0],
        "most_after_mb": max(sizes),
        "at_the_end_mb": sizes[-1],
        "growth_percent": round(100 * growth, 1),
    }


def main(documents: int) -> None:
    """Render, and print the sizes after each hundred as one line of JSON."""
    import django

    django.setup()
    from bench.printers import ENGLISH, FORMAT, print_ours
    from bench.samples import sample, varied
    from bench.timing import resident_bytes
    from plans.handout.preflight.checks import check_pdf

    given, sizes = sample(8), []
    for number in range(1, documents + 1):
        one = varied(given, number)
        if check_pdf(print_ours(one), one.content, FORMAT, ENGLISH).problems:
            raise AssertionError(number)
        if number % MEASURE_EVERY == 0:
            sizes.append(round(resident_bytes() / 1e6, 1))
    print(json.dumps(sizes))


if __name__ == "__main__":
    main(int(sys.argv[1]))
