"""The Celery application; what it does is set in settings (the CELERY_ names)."""

import os
import signal
import sys
from typing import Any

import structlog
from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

app = Celery("clinic")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_logging(**_: Any) -> None:
    """Keep the lines that settings define: a receiver here stops Celery from setting up its own."""


@signals.worker_init.connect
def refuse_to_start_unfit(**_: Any) -> None:
    """End a worker that settings.WORKER_CHECK refuses, with the reason: else each task would fail for it in turn.

    The health page then misses a worker.
    """
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.utils.module_loading import import_string

    try:
        import_string(settings.WORKER_CHECK)()
    except ImproperlyConfigured as problem:
        structlog.get_logger(__name__).critical("worker_unfit", reason=str(problem))
        # Not an exception: those of receivers are only logged.
        raise SystemExit(str(problem)) from None


@signals.heartbeat_sent.connect
def record_heartbeat(sender: Any, **_: Any) -> None:
    """Tell the health page that a worker lives; sent by the worker's main process, whatever its tasks do.

    The sender of webhooks makes no handouts: its life is no sign that somebody does.
    """
    from clinic.health import worker_seen

    if not str(sender.eventer.hostname).startswith("webhooks@"):
        worker_seen()


@signals.worker_process_init.connect
def limit_worker_process(**_: Any) -> None:
    """Bound the memory of a process that works on tasks; the worker's main process, which starts it, is not bound."""
    from django.conf import settings

    from clinic.memory import limit_memory

    limit_memory(settings.WORKER_MEMORY_MB)


@signals.worker_process_init.connect
def leave_when_asked(**_: Any) -> None:
    """End a process that works on tasks by an exception: what it holds is given back, as no lost worker.

    Its worker's own SIGTERM does not come here and lets it finish. This one comes when the worker is hurried (SIGQUIT),
    when the time for a task is over, or from a service manager that tells all processes at once.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
