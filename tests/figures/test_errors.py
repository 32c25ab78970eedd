"""What the figures' errors carry for those who show them."""

import pickle

import pytest

from plans.figures import make
from plans.figures.body import load
from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.body.store import BodyFileError, Store
from plans.figures.errors import FigureFileError, PoseError
from plans.figures.read.figure import read_figure

HEAD = "figure: new\nstart: {start}\nalt: {{en: One., es: Uno.}}\n"


def test_each_problem_of_a_file_stands_alone():
    error = FigureFileError.of(["x.yaml:1: one", "x.yaml:2: two"])

    assert error.problems == ("x.yaml:1: one", "x.yaml:2: two")
    assert str(error).startswith("The figure cannot be read: x.yaml:1: one")


def test_a_pose_error_names_its_line_and_comes_back_from_a_worker():
    error = PoseError(line=7, words="right palm on floor: misses by 4.0 cm")
    back = pickle.loads(pickle.dumps(error))

    assert (back.line, back.words) == (7, "right palm on floor: misses by 4.0 cm")
    assert str(back) == "Line 7: right palm on floor: misses by 4.0 cm."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("panels:\n  - joints: {hip bending: 20}\n", r":5: .*hip bending"),
        ("panels:\n  - joints: {right hip flexion: 400}\n", r":5: .*400"),
        ("panels:\n  - {}\n" + "# long\n" * 150_000, r":\d+: \d+ characters, at most"),
    ],
    ids=["unknown joint", "400 degrees", "1 MB"],
)
def test_what_cannot_be_read_is_told_with_file_line_and_words(tmp_path, content, problem) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(HEAD.format(start="standing") + content)
    with pytest.raises(FigureFileError, match=r"new\.yaml" + problem):
        read_figure(file)


@pytest.mark.parametrize(
    ("start", "panel", "words"),
    [
        (
            "supine",
            "{joints: {right hip flexion: 0, right knee flexion: 0}, contacts: [right hand holds right ankle]}",
            "right hand holds right ankle: misses by .*out of reach",
        ),
        (
            "supine",
            "{contacts: [right palm on floor, right elbow on left knee]}",
            "misses by .*it fights with right",
        ),
        ("standing", "{props: [{table: {where: forward, distance: 0}}]}", "the table stands .* in the body"),
    ],
    ids=["out of reach", "contacts that fight", "thing in the body"],
)
def test_what_no_body_can_do_is_told_with_its_line_and_nothing_is_drawn(
    tmp_path, monkeypatch, start, panel, words
) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(HEAD.format(start=start) + f"panels:\n  - {{}}\n  - {panel}\n")
    figure, body = read_figure(file), load_body(BodyName.WOMAN_30)
    monkeypatch.setattr(make, "png_of", lambda *a, **k: pytest.fail("drawn half"))
    monkeypatch.setattr(make, "webp_of", lambda *a, **k: pytest.fail("drawn half"))
    for draw in (make.draw_figure, make.moving_picture):
        with pytest.raises(PoseError, match=words) as caught:
            draw(figure, body=body)
        assert caught.value.line == 6


def test_a_data_file_of_another_version_draws_nobody(tmp_path, monkeypatch) -> None:
    file = tmp_path / "bodies.npz"
    file.write_bytes(b"another version")
    monkeypatch.setattr(load, "Store", lambda: Store(file))
    load._loaded.cache_clear()
    with pytest.raises(BodyFileError, match=r"bodies\.npz"):
        load_body(BodyName.WOMAN_30)
