"""From a frozen content to a checked PDF. Only `pdf` imports the renderer; `job` claims and finishes renderings."""
