"""Pages as pictures, compared with approved ones.

After a wanted change look at the new pages and approve them:
`APPROVE_PAGES=1 .venv/bin/python -m pytest -n0 tests/handout/test_pages.py`.
"""

import os
import subprocess
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

APPROVED = Path(__file__).with_name("pages")
ARTIFACTS = Path(os.environ.get("PAGES_ARTIFACTS", "var/pages"))
DPI = 45
# Two versions of the rasteriser draw edges differently; a lost line of text moves whole lines.
TOLERATED = 0.002


def shoot(data: bytes, folder: Path) -> list[Image.Image]:
    """Each page of a PDF in greys."""
    source = folder / "page.pdf"
    source.write_bytes(data)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-png", source, folder / "page"], check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.png"))]


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ clearly, 1 for pages of another size."""
    if one.size != other.size:
        return 1.0
    blur = ImageFilter.GaussianBlur(1)
    difference = ImageChops.difference(one.filter(blur), other.filter(blur))
    return sum(difference.histogram()[40:]) / (one.width * one.height)


def compare(name: str, pages: list[Image.Image]) -> list[str]:
    """What differs from the approved pages; each such page is saved beside a picture of the difference."""
    approved = [Image.open(path).convert("L") for path in sorted(APPROVED.glob(f"{name}_*.png"))]
    if os.environ.get("APPROVE_PAGES"):
        _approve(name, pages, approved)
        return []
    faults = [] if len(pages) == len(approved) else [f"{len(pages)} pages instead of {len(approved)}"]
    for number, (page, expected) in enumerate(zip(pages, approved, strict=False), 1):
        if (share := differing(page, expected)) > TOLERATED:
            faults.append(
                f"page {number} differs in {share:.2%} of its dots: {_keep(name, number, page, expected)}"
            )
    return faults


def _approve(name: str, pages: list[Image.Image], approved: list[Image.Image]) -> None:
    """Write the pages that differ; what another rasteriser draws otherwise at its edges stays as it is."""
    APPROVED.mkdir(exist_ok=True)
    for number, (page, expected) in enumerate(zip_longest(pages, approved), 1):
        path = APPROVED / f"{name}_{number}.png"
        if page is None:
            path.unlink()
        elif expected is None or differing(page, expected) > TOLERATED:
            page.quantize(16).save(path, optimize=True)


def _keep(name: str, number: int, page: Image.Image, expected: Image.Image) -> Path:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.save(ARTIFACTS / f"{name}_{number}.png")
    path = ARTIFACTS / f"{name}_{number}_difference.png"
    if page.size == expected.size:
        ImageChops.invert(ImageChops.difference(page, expected)).save(path)
    return path
