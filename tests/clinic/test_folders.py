import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic.folders import private_folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_its_owners_alone(tmp_path):
    private_folder(tmp_path / "deep" / "data", name="DATA_DIR", make=True)

    assert mode(tmp_path / "deep" / "data") == 0o700


@pytest.mark.parametrize("opened", [0o755, 0o750, 0o701, 0o777])
def test_an_empty_one_is_closed(tmp_path, opened):
    tmp_path.chmod(opened)

    private_folder(tmp_path, name="DATA_DIR", make=False)

    assert mode(tmp_path) == 0o700


def test_one_that_is_ours_already_is_closed(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "clinic.sqlite3").touch()

    private_folder(tmp_path, name="DATA_DIR", make=True, marks=["keys", "clinic.sqlite3"])

    assert mode(tmp_path) == 0o700


def test_what_is_not_there_and_not_to_be_made_is_left_alone(tmp_path):
    private_folder(tmp_path / "none", name="MEDIA_ROOT", make=False)

    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("refuses", [True, False], ids=["refused", "forgotten"])
def test_one_that_stays_open_ends_the_start_and_names_the_setting(tmp_path, monkeypatch, refuses):
    def chmod(self, mode):
        if refuses:
            raise PermissionError

    tmp_path.chmod(0o755)
    monkeypatch.setattr("pathlib.Path.chmod", chmod)

    with pytest.raises(ImproperlyConfigured, match="MEDIA_ROOT must be closed"):
        private_folder(tmp_path, name="MEDIA_ROOT", make=False)


def test_one_that_holds_something_is_not_ours_to_close(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "letters").touch()

    with pytest.raises(ImproperlyConfigured, match=f"DATA_DIR must be closed .* chmod 700 {tmp_path}"):
        private_folder(tmp_path, name="DATA_DIR", make=True)

    assert mode(tmp_path) == 0o755
