"""Templates can be reviewed: a difference of one word is not hidden in a line of many."""

from pathlib import Path

import pytest
from django.conf import settings

MAX_LINE = 300
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_line_of_a_template_is_longer_than_a_reader_takes_in(path):
    lines = enumerate(path.read_text().splitlines(), start=1)
    assert [number for number, line in lines if len(line) > MAX_LINE] == []
