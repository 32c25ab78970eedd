"""The patient's hands, and what their eyes find on the sheet."""

import re
import subprocess
import unicodedata

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}, "accept_downloads": True, "locale": "en-GB"}


def open_link(page, address, *, day, month, year, remember=False):
    page.goto(address)
    page.get_by_label("Day").fill(day)
    page.get_by_label("Month").fill(month)
    page.get_by_label("Year").fill(year)
    if remember:
        page.get_by_label("Remember this device").check()
    page.get_by_role("button", name="Open my plan").click()


def do_all_sets(page):
    """Press the player's large button until the exercise is through."""
    onward = page.locator("[data-onward]")
    expect(page.locator("section[data-player]")).to_be_visible()
    while not onward.is_visible():
        page.locator("[data-do=done]").tap()


def download(page):
    """Press the button and give the file that arrives."""
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Download your plan (PDF)").click()
    return arriving.value


def words_of(pdf):
    """The text of a PDF as one line, in the order in which it was written: columns stay apart."""
    done = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60
    )
    text = unicodedata.normalize("NFKC", done.stdout).replace("\u00ad", "")
    return " ".join(re.split(r"\s+", text))


def codes_of(pdf, folder):
    """The addresses in the QR codes of a PDF, as a telephone reads them off paper."""
    subprocess.run(["pdftoppm", "-r", "150", "-png", str(pdf), str(folder / "page")], check=True, timeout=60)
    found = []
    for path in sorted(folder.glob("page*.png")):
        with Image.open(path) as picture:
            found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found
