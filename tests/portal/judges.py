"""Who judges a page as a browser shows it: axe, IBM's checker, and a screen reader that reads it aloud.

Each comes in by the browser's own tools, so that the page's content policy stays as strict as it is.
"""

import re
from pathlib import Path

from tests import axe

PACKAGES = Path(__file__).parents[2] / "node_modules"
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
    found = [*axe.failures(page), *checked(page)]
    page.emulate_media(color_scheme="dark")
    return found + [*axe.failures(page, AXE_COLOURS), *checked(page, CHECKER_COLOURS)]


def checked(page, only=None):
    if not page.evaluate("() => Boolean(window.ace)"):
        page.evaluate(CHECKER.read_text(encoding="utf-8") + ";null")
    return page.evaluate(CHECK, only)


def read_aloud(page):
    """Return what a screen reader says, from the page's beginning to its end."""
    page.evaluate(reader_script())
    return page.evaluate(READ, MAX_PHRASES)
