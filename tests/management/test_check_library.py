"""What `check_library` says of files of figures that are no figures."""

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "figures").mkdir()
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\x89PNG\xff", "picture.yaml:1: not readable as text"),
        (b"figure: x\n" + b"# \n" * 400_000, "picture.yaml:1: "),
        (
            b"figure: picture\nstart: standing\nalt: {en: A}\npanels: [{joints: {hip flexion: 400}}]\n",
            ":4: hip flexion 400",
        ),
    ],
    ids=["no text", "a megabyte", "no human"],
)
def test_a_file_that_is_no_figure_is_told_with_its_line(folder, content, problem):
    (folder / "figures" / "picture.yaml").write_bytes(content)

    with pytest.raises(CommandError) as caught:
        call_command("check_library", str(folder))

    assert problem in str(caught.value)


@pytest.mark.django_db
def test_what_some_bodies_cannot_do_is_told_when_asked(folder):
    figure = (
        "figure: far\nstart: standing\nalt: {en: A}\npanels:\n  - contacts: [right palm on right elbow]\n"
    )
    (folder / "figures" / "far.yaml").write_text(figure)
    (folder / "words.yaml").write_text("sources: []\n")
    call_command("check_library", str(folder))

    with pytest.raises(CommandError, match=r"far\.yaml:5: "):
        call_command("check_library", str(folder), bodies=True)
