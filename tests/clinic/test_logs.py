import io
import json
import logging

import pytest
import structlog

from clinic import logs


@pytest.fixture
def lines():
    """Write through the service's own formatter; returns a function that gives the lines so far."""
    settings = logs.logging_settings(level="INFO", details=False)
    made = settings["formatters"]["json"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"]
    )
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(formatter)
    logger = logging.getLogger("clinic.tests.logs")
    logger.addHandler(handler)
    logger.setLevel("INFO")
    yield lambda: [json.loads(line) for line in output.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_a_patients_token_and_a_search_are_cut_out_of_addresses(lines):
    log = structlog.wrap_logger(
        logging.getLogger("clinic.tests.logs"),
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    )

    log.info("request_finished", request="POST /p/s3cr3t-token/?next=1")
    log.info("request_finished", request="GET /admin/plans/patient/?q=Jane+Doe")
    logging.getLogger("clinic.tests.logs").info("Not Found: %s", "/p/s3cr3t-token/")

    written = lines()
    assert [line.get("request", line["event"]) for line in written] == [
        "POST /p/.../?...",
        "GET /admin/plans/patient/?...",
        "Not Found: /p/.../",
    ]


def test_an_exception_keeps_its_classes_and_frames_but_not_its_message(lines):
    def fail():
        try:
            {}["Jane Doe"]
        except KeyError as error:
            raise ValueError("born 1970-01-01") from error

    try:
        fail()
    except ValueError:
        logging.getLogger("clinic.tests.logs").exception("Task failed: %s", "born 1970-01-01")

    line = lines()[0]
    text = json.dumps(line)
    assert "Jane" not in text
    assert "1970" not in text
    assert line["event"] == "Task failed: ValueError"
    assert line["exception"][0] == "ValueError"
    assert any(frame.endswith(" fail") for frame in line["exception"])
    assert "KeyError" in line["exception"]


def test_an_exception_that_speaks_of_code_alone_keeps_its_message(lines):
    try:
        import clinic.no_such_module  # noqa: F401
    except ImportError:
        logging.getLogger("clinic.tests.logs").exception("Cannot start")

    assert "no_such_module" in lines()[0]["exception"][0]
