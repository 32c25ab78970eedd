import gc
import weakref

import pytest

from plans.handout.pdf.gc import collect_afterwards


class Node:
    def __init__(self):
        self.itself = self


def test_nothing_is_collected_inside_and_what_was_made_there_is_gone_at_the_end():
    with collect_afterwards():
        assert not gc.isenabled()
        made = weakref.ref(Node())
        assert made() is not None
    assert gc.isenabled()
    assert made() is None


def test_it_is_switched_on_again_after_an_error():
    with pytest.raises(RuntimeError), collect_afterwards():
        raise RuntimeError
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off():
    gc.disable()
    try:
        with collect_afterwards():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
