"""The fixture of a release can be made on any day, not only on that of the last release."""

import json
import lzma

import pytest

from tests.releases import make
from tests.releases.kept import HERE, RELEASES


@pytest.mark.long
@pytest.mark.alone
def test_people_and_software_can_fill_a_small_service(broker, tmp_path):
    told = make.fill("sqlite", tmp_path)

    newest = json.loads((HERE / RELEASES[-1] / "about.json").read_text())["engines"]["sqlite"]
    assert told.keys() >= newest.keys()
    assert len(told["pdf_sha256"]) == 64
    packed = len(lzma.compress(make.sqlite_file(tmp_path))) + len(make.packed(tmp_path / "media"))
    assert packed < make.MAX_BYTES / 2
