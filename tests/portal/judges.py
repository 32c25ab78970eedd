"""Who judges a page as a browser shows it: axe, IBM's checker, Lighthouse, and a screen reader that reads it aloud.

Each comes in by the browser's own tools, so that the page's content policy stays as strict as it is.
"""

import json
import re
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path

from django.contrib.staticfiles import finders

from scripts.npm import NODE
from tests import axe
from tests.servers import chromium

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "node_modules"
CHECKER = PACKAGES / "accessibility-checker-engine/ace.js"
READER = PACKAGES / "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
# What depends on nothing but colours: of a page that was judged in the light this alone is asked in the dark.
AXE_COLOURS = ["color-contrast", "link-in-text-block"]
CHECKER_COLOURS = "text_contrast_sufficient"
# What the checker is not sure of it asks a person; what it knows to be wrong fails.
CHECK = """only => {
  if (!window.checker) {
    window.checker = new ace.Checker();
    const whole = checker.getGuidelines().find(one => one.id === "WCAG_2_2");
    const few = rules => rules?.filter(rule => rule.id === "COLOURS");
    checker.addGuideline({ ...whole, id: "COLOURS",
      checkpoints: whole.checkpoints.map(one => ({ ...one, rules: few(one.rules) })) });
  }
  return checker.check(document, [only ?? "WCAG_2_2"]).then(report => report.results
    .filter(one => one.value[1] === "FAIL")
    .map(one => `${one.ruleId}: ${one.message} ${one.snippet}`));
}""".replace("COLOURS", CHECKER_COLOURS)
MAX_PHRASES = 2000
MARKS = re.compile("[\u200b-\u200f\u2066-\u2069]")
"""What is not heard: marks of direction, and where lines may end."""
NAMED = {"button", "checkbox", "combobox", "image", "link", "radio", "switch", "textbox"}
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
READ = """async most => {
  await virtual.start({ container: document.body });
  while (await virtual.lastSpokenPhrase() !== "end of document" && (await virtual.spokenPhraseLog()).length < most)
    await virtual.next();
  const spoken = await virtual.spokenPhraseLog();
  await virtual.stop();
  return spoken;
}"""


def reader_script():
    """Return the screen reader's module as a script: the page's content policy would not let a module in."""
    body, _, exported = READER.read_text(encoding="utf-8").rpartition("export{")
    name = re.search(r"(\S+) as virtual\b", exported.replace(",", " ")).group(1)
    return f"(() => {{{body}; window.virtual = {name}; }})()"


def failures(page):
    """Return what the judges hold wrong on the page, in the light and in the dark; all that is folded is unfolded."""
    page.evaluate(UNFOLD)
    page.emulate_media(color_scheme="light")
    found = [*axe.failures(page), *checked(page), *misheard(read_aloud(page))]
    page.emulate_media(color_scheme="dark")
    return [*found, *axe.failures(page, AXE_COLOURS), *checked(page, CHECKER_COLOURS)]


def checked(page, only=None):
    if not page.evaluate("() => Boolean(window.ace)"):
        page.evaluate(CHECKER.read_text(encoding="utf-8") + ";null")
    return page.evaluate(CHECK, only)


def read_aloud(page):
    """Return what a screen reader says, from the page's beginning to its end."""
    if not page.evaluate("() => Boolean(window.virtual)"):
        page.evaluate(reader_script())
    return [" ".join(MARKS.sub("", said).split()) for said in page.evaluate(READ, MAX_PHRASES)]


def misheard(spoken):
    """Return controls without a name, and what is wrong with the beginning and the end."""
    faults = [f"heard without a name: {said}" for said in spoken if said in NAMED]
    headings = [said for said in spoken if said.startswith("heading, ")]
    if not headings or not headings[0].endswith("level 1"):
        faults.append("the first heading is not that of the page")
    return faults if spoken[-1] == "end of document" else [*faults, "no end is heard"]


def lighthouse(pages, *, category="accessibility"):
    """Return Lighthouse's scores of each page, as a phone sees it, and what it holds wrong."""
    with shown(pages) as addresses:
        asked = {"chromium": chromium(), "category": category, "urls": addresses}
        answer = subprocess.run(
            [NODE, "scripts/lighthouse.mjs"], input=json.dumps(asked), cwd=ROOT, capture_output=True, text=True,
            check=True, timeout=300,
        )  # fmt: skip
    return [(one["scores"], one["failed"]) for one in json.loads(answer.stdout)]


@contextmanager
def shown(pages):
    """A server of these pages, as they were answered; gives the address of each."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = self.path.strip("/")
            file = finders.find(asked.removeprefix("static/")) if asked.startswith("static/") else None
            page = pages[int(asked)] if asked.isdecimal() else None
            self.send_response(200 if page or file else 404)
            headers = page.headers if page else {"Content-Type": guess_type(file or "")[0] or "text/plain"}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.html.encode() if page else Path(file).read_bytes() if file else b"")

        def log_message(self, *words):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield [f"http://127.0.0.1:{server.server_port}/{number}/" for number in range(len(pages))]
        server.shutdown()
