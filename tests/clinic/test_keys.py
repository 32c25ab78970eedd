import os
import stat
from concurrent.futures import ThreadPoolExecutor

from clinic.keys import local_key


def test_makes_a_key_once_that_only_its_owner_reads(tmp_path):
    folder = tmp_path / "keys"

    key = local_key(folder, "secret_key")

    assert len(key) >= 43
    assert local_key(folder, "secret_key") == key
    assert local_key(folder, "link_key") != key
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_many_at_once_read_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: local_key(tmp_path / "keys", "secret_key"), range(64)))

    assert len(made) == 1
    assert os.listdir(tmp_path / "keys") == ["secret_key"]
