"""Files that are no library files are refused with the line at fault, whatever they hold."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.libraryfiles import LibraryError, read_library


def problems(path):
    with pytest.raises(LibraryError) as caught:
        read_library(path)
    return [str(problem).removeprefix(str(path)) for problem in caught.value.problems]


def written(tmp_path, content):
    file = tmp_path / "file.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"sources:\n  - code: caf\xe9\n", ":2: not UTF-8 text"),
        (b"\xff\xfes\x00o\x00", ":1: not UTF-8 text"),
        ("sources:\n  - code: a\x07\n", ":2: a character that YAML does not allow"),
        ("sources:\n  - code: [a\nrules: x\n", ":3: not readable as YAML:"),
        ("sources:\n\t- code: a\n", ":2: not readable as YAML:"),
        ("sources: &s []\nrules: *s\n", ":1: anchors and aliases are not read here: s"),
        ("sources: &s []\nrules: *s\n", ":2: anchors and aliases are not read here: s"),
        ("sources: !!python/object:os.system []\n", ":1: tags are not read here: tag:yaml.org"),
        ("sources: []\n---\nrules: []\n", ":2: not readable as YAML:"),
        ("", ":1: the file is empty"),
        ("# nothing\n", ":1: the file is empty"),
        ("just words\n", ":1: the file must be keys with values"),
        ("- a\n- b\n", ":1: the file must be keys with values"),
        ("sources: []\nsources: []\n", ":2: sources stands twice in the file"),
        ("sources:\n", ":1: sources of the file is empty"),
        ("sources: " + "[" * 13 + "]" * 13, ":1: nested deeper than 12 levels"),
        ("sources: " + "[" * 5000 + "]" * 5000, ":1: nested deeper than 12 levels"),
        ("sources: [[], [], [[]], " + "[" * 12 + "]" * 13, ":1: nested deeper than 12 levels"),
        ("sources: [" + "[" * 10 + "]" * 11, ":1: an entry of sources must be keys with values"),
        ("#" * 1_000_001, ":1: larger than 1000000 bytes"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_refused(tmp_path, content, problem):
    assert any(found.startswith(problem) for found in problems(written(tmp_path, content)))


def test_a_file_that_is_not_there(tmp_path):
    assert problems(tmp_path / "none.yaml") == [":1: cannot be opened: No such file or directory"]


def test_a_folder_without_library_files(tmp_path):
    for folder in ("poses", "figures"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("x: y", encoding="utf-8")
    assert problems(tmp_path) == [":1: no library files (*.yaml) here"]


def test_a_folder_named_like_a_file(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    assert problems(tmp_path) == ["/x.yaml:1: cannot be opened: Is a directory"]


def test_a_byte_order_mark_is_no_character(tmp_path):
    file = written(tmp_path, b"\xef\xbb\xbfsources:\n  - {code: a, title: Guide A}\n")
    assert read_library(file).sources[0].code == "a"


@given(st.binary(max_size=200) | st.text("abc:-[]{}'\"&*!|>#%\n ,01", max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    with suppress(LibraryError):
        read_library(file)
