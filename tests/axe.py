"""What axe finds on a page: failures of WCAG 2.2, levels A and AA."""

from pathlib import Path

import axe_playwright_python

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """([only, without]) =>
  axe.run({ include: [document.documentElement], exclude: [...document.querySelectorAll(without)] },
    { runOnly: only, resultTypes: ["violations"] })"""


def failures(page, rules=None, without=":not(*)"):
    """Give rule and place of each failure of the page as it stands now; of these rules alone, if they are named.

    What `without` selects is passed over.
    """
    # Evaluated by the browser's own tools, so that the page's content policy stays as strict as it is.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, [rules or LEVELS, without])["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]
