from zipfile import ZipFile

import numpy as np
import pytest

from plans.figures.body import SEGMENTS, BodyName, Material, load, load_body
from plans.figures.body.errors import BodyFileError
from plans.figures.body.store import FILE, Store


@pytest.fixture(params=BodyName)
def body(request):
    return load_body(request.param)


def test_a_body_is_whole(body):
    assert body.triangles.max() < len(body.vertices) == len(body.canonical) == len(body.segment)
    assert set(np.unique(body.triangles)) == set(range(len(body.vertices)))
    assert np.allclose(body.bone_weight.sum(axis=1), 1)
    assert body.segment.max() < len(SEGMENTS)
    assert all(parent < bone for bone, parent in enumerate(body.parents))


def test_it_stands_on_the_floor_and_looks_forward(body):
    assert body.vertices[:, 1].min() == 0
    assert 150 < body.stature < 190
    left, toe = (body.bones.index(bone) for bone in ("foot.L", "toe1-1.L"))
    assert body.heads[left, 0] > 0
    assert body.heads[toe, 2] > body.heads[left, 2]


def test_it_is_loaded_once_and_cannot_be_changed(body):
    assert load_body(body.name) is body
    with pytest.raises(ValueError, match="read-only"):
        body.vertices[0, 0] = 1


def test_build_and_skin_are_chosen_apart():
    usual = load_body(BodyName.MAN_50)
    heavy = load_body(BodyName.MAN_50, build="heavy", skin="dark")
    slender = load_body(BodyName.MAN_50, build="slender", skin="dark")
    assert np.ptp(heavy.vertices[:, 2]) > np.ptp(slender.vertices[:, 2])
    assert heavy.colours == slender.colours != usual.colours
    assert heavy.grey[Material.SKIN] != usual.grey[Material.SKIN]


def test_the_shoes_come_on_and_the_bare_feet_go():
    bare, shod = (load_body(BodyName.WOMAN_30, feet=feet) for feet in ("bare", "shoes"))
    assert Material.SHOE in shod.material
    assert Material.SHOE not in bare.material
    toes = [number for number, name in enumerate(SEGMENTS) if "toe" in name]
    skin = np.unique(shod.triangles[shod.material == Material.SKIN])
    assert not np.isin(shod.segment[skin], toes).any()
    assert shod.stature == bare.stature
    assert 1 < shod.heads[0, 1] - bare.heads[0, 1] < 3


def written(folder, **changed):
    """Return a copy of the data file with some members exchanged or (None) left out."""
    file = folder / "bodies.npz"
    with ZipFile(FILE) as given, ZipFile(file, "w") as copy:
        for member in given.namelist():
            content = changed.get(member.removesuffix(".npy"), given.read(member))
            if content is not None:
                copy.writestr(member, content)
    return file


def test_a_file_of_another_format_is_refused(tmp_path):
    other = tmp_path / "bodies.npz"
    np.savez(other, format=np.array([99]))
    with pytest.raises(BodyFileError, match=r"bodies\.npz: its format is 99, this program reads"):
        Store(other)


def test_nobody_comes_of_a_file_of_another_format(tmp_path, monkeypatch):
    other = tmp_path / "bodies.npz"
    np.savez(other, format=np.array([1]))
    monkeypatch.setattr(load, "Store", lambda: Store(other))
    load._loaded.cache_clear()
    for _ in range(2):  # not the second time either
        with pytest.raises(BodyFileError, match="its format is 1"):
            load_body(BodyName.WOMAN_30)


def test_a_file_that_is_none_is_refused(tmp_path):
    for content in (b"", b"no archive", FILE.read_bytes()[:5000]):
        file = tmp_path / "bodies.npz"
        file.write_bytes(content)
        with pytest.raises(BodyFileError, match=r"bodies\.npz"):
            Store(file)


def test_what_is_missing_or_damaged_is_named(tmp_path):
    missing = Store(written(tmp_path, bones=None))
    with pytest.raises(BodyFileError, match="bones is missing"):
        missing["bones"]
    damaged = Store(written(tmp_path, bones=b"\x93NUMPY nonsense"))
    with pytest.raises(BodyFileError, match="bones is damaged"):
        damaged["bones"]


def test_the_file_is_small():
    assert FILE.stat().st_size < 2_000_000


def test_the_jaw_opens_a_mouth(body):
    """The lower lip follows the jaw, the upper one the head; between them lies the inside of the mouth."""
    follows = np.where(body.bone_index == body.bones.index("jaw"), body.bone_weight, 0).sum(axis=1)
    place = body.canonical
    lip = (np.abs(place[:, 0]) < 0.1) & (place[:, 2] > 1.45) & (body.segment == SEGMENTS.index("head"))
    assert follows[lip & (place[:, 1] < 6.58) & (place[:, 1] > 6.4)].min() > 0.3
    assert follows[lip & (place[:, 1] > 6.72)].max() < 0.1
    inside = body.vertices[np.unique(body.triangles[body.material == Material.MOUTH])]
    skin = body.vertices[np.unique(body.triangles[body.material == Material.SKIN])]
    assert np.abs(inside[:, 0]).max() < 5
    assert inside[:, 2].max() < skin[np.abs(skin[:, 1] - inside[:, 1].mean()) < 3, 2].max() - 0.3
