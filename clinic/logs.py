"""One JSON line per event on standard error, without patient data.

What could carry a name is left out before a line is written: query strings, the token in a patient's address,
and the message of an exception (a database puts the row's values into it). Frames and classes stay.
"""

import logging.config
import re
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

TOKEN = re.compile(r"/p/[^/\s?\"']+")
QUERY = re.compile(r"\?\S*")
ABOUT_CODE = (ImportError, AttributeError, NameError, ConnectionError)
"""Exceptions whose message speaks of the program and never of a person."""
_ADDRESS_KEYS = ("event", "request", "path")


def redact_addresses(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Cut the token out of a patient's address, and the query (searches hold names) off any address."""
    for key in _ADDRESS_KEYS:
        if isinstance(event.get(key), str):
            event[key] = TOKEN.sub("/p/...", event[key])
    if isinstance(event.get("request"), str):
        event["request"] = QUERY.sub("?...", event["request"])
    return event


def redact_exceptions(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its classes and frames; take its message out of the line's text too."""
    error = _error(event.pop("exc_info", None))
    if error is None:
        return event
    text = str(event.get("event", ""))
    chain: list[str] = []
    while error is not None:
        for said in filter(None, (repr(error), str(error))):
            text = text.replace(said, type(error).__name__)
        frames = traceback.extract_tb(error.__traceback__)
        chain.append(_words(error))
        chain += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return {**event, "event": text.partition("\nTraceback")[0], "exception": chain}


def _words(error: BaseException) -> str:
    return repr(error) if isinstance(error, ABOUT_CODE) else type(error).__name__


def logging_settings(*, level: str, details: bool) -> dict[str, Any]:
    """Return Django's LOGGING. `details` keeps whole exceptions, for a developer's machine only."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info if details else redact_exceptions,
        redact_addresses,
        structlog.processors.JSONRenderer(),
    ]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": last, "foreign_pre_chain": shared}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # The request middleware writes one line per request with its status; these would repeat it.
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
            "axes": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _error(info: Any) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        found = info[1]
        return found if isinstance(found, BaseException) else None
    return None
