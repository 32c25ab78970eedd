"""The same figure is the same file on processors of ten years ago: without their wide registers in numpy and libm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OLD = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Nehalem",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
}


def digests(*which: str, **more: str) -> list[str]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.figures.draw.same_bytes", *which],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", **more},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.splitlines()


def test_an_old_processor_draws_the_same_bytes():
    here, there = digests(), digests(**OLD)
    assert there[0] == "wide registers False"
    assert here[1:] == there[1:]
    assert len(here) == 3


@pytest.mark.long
def test_an_old_processor_draws_the_library_the_same():
    here, there = digests("library"), digests("library", **OLD)
    assert there[0] == "wide registers False"
    assert here[1:] == there[1:]
    assert len(here) >= 24
