"""What the renderer says is wrong, as errors of ours: half of it raises, half of it is only logged."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from plans.handout.errors import RendererComplained, RenderingFailed
from plans.handout.fonts import use_bundled_fonts

with use_bundled_fonts():
    from weasyprint.urls import FatalURLFetchingError

_LOGGERS = (logging.getLogger("weasyprint"), logging.getLogger("fontTools"))


@contextmanager
def named_errors() -> Iterator[None]:
    # The renderer's own error derives from BaseException, so that nothing above would catch it: not the job's
    # handler of failed renderings, not the task runner.
    try:
        yield
    except FatalURLFetchingError as error:
        cause = error.__cause__
        if isinstance(cause, RenderingFailed):
            raise cause from None
        raise RendererComplained(complaint=str(error)[:500]) from cause


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def capture_complaints() -> Iterator[list[str]]:
    """Collect what the renderer logs: a picture or a rule that it left out is told nowhere else.

    Heard whatever the service's logging is set to, and kept out of it: the text may hold a patient's words.
    """
    handler = _Complaints()
    before = [(logger, logger.level, logger.propagate, logger.disabled) for logger in _LOGGERS]
    for logger in _LOGGERS:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        logger.propagate = logger.disabled = False
    try:
        yield handler.messages
    finally:
        for logger, level, propagate, disabled in before:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate, logger.disabled = propagate, disabled
