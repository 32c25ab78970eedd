"""What axe finds on a page: failures of WCAG 2.2, levels A and AA."""

from pathlib import Path

import axe_playwright_python

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RUN = """() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })"""


def failures(page):
    """Give rule and place of each failure of the page as it stands now."""
    # Evaluated by the browser's own tools, so that the page's content policy stays as strict as it is.
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]
