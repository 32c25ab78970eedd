"""Prints one plan in every format and language, for a person to judge: var/gallery/handouts/*.pdf and *.png."""

import subprocess
from pathlib import Path

from PIL import Image

from plans.content import PlanContent
from plans.handout.formats import ALL_FORMATS, Copy, Format
from plans.handout.make import make_handout
from plans.languages import LANGUAGES
from tests.handout.library import DEMO, figures, make_leaflets, make_library_plan
from tests.handout.samples import (
    FINDINGS,
    LINK_URL,
    SHEET_URL,
    make_second_version,
)

OUT = Path(__file__).resolve().parent.parent / "var" / "gallery" / "handouts"
DPI, GAP = 50, 10


def plan_in(language: str) -> PlanContent:
    """Eight of the starter library's exercises, in Arabic and Chinese its drafts; in Spanish a second version."""
    changes = make_second_version().changes if language == "es" else None
    return make_library_plan(language, findings=FINDINGS, changes=changes)


def sheet(pdf: Path) -> Image.Image:
    """All pages of a handout side by side."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", pdf, pdf.with_suffix("")], check=True)
    paths = sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
    pages = [Image.open(path).convert("RGB") for path in paths]
    image = Image.new("RGB", (sum(one.width + GAP for one in pages), pages[0].height), "grey")
    x = 0
    for page in pages:
        image.paste(page, (x, 0))
        x += page.width + GAP
    for path in paths:
        path.unlink()
    return image


def main() -> None:
    """Writes a PDF and a picture of its pages for each format in each language, and the library's leaflets."""
    OUT.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        shown = figures(language=language)
        for form in ALL_FORMATS:
            show(f"{language}.{form.key}", plan_in(language), form, shown)
    for language in ("en", "es"):
        plan = make_library_plan(language, DEMO[:1], leaflets=make_leaflets(language))
        shown = figures(DEMO[:1])
        for form in (one for one in ALL_FORMATS if one.copy is Copy.PATIENT):
            show(f"leaflets.{language}.{form.key}", plan, form, shown)


def show(name: str, plan: PlanContent, form: Format, shown: dict[str, bytes]) -> None:
    made = make_handout(plan, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=shown)
    pdf = OUT / f"{name}.pdf"
    pdf.write_bytes(made.pdf)
    sheet(pdf).save(pdf.with_suffix(".png"))
    print(f"{pdf.name}: {made.pages} pages, {len(made.pdf) // 1024} KB")


if __name__ == "__main__":
    main()
