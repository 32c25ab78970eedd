"""How far a reader must go who follows a rendering through the worker."""

from scripts.house_numbers_rendering import trace_rendering

MAX_FILES = MAX_RETURNS = 12


def test_a_rendering_passes_few_files_and_turns_back_rarely(db):
    way = trace_rendering()
    assert "plans/handout" in way.files
    assert len(way.files) <= MAX_FILES, list(way.files)
    assert way.returns <= MAX_RETURNS, list(way.calls)
