"""A sender that does not note that the hand-over begins: with it, a mail that was cut off goes out a second time."""

from plans.actions.outgoing import queue


def forget(*_):
    """Begin without a note."""


queue._begin = forget
