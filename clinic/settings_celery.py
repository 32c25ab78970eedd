"""How tasks are queued, tried and timed. The row is the truth, a message only wakes a worker."""

from celery.schedules import crontab

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_ROUTES = {"plans.render": {"queue": "render"}, "plans.bulk_*": {"queue": "bulk"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
# A message that is not acknowledged by then is given to another worker: later than the hard limit, or a
# slow task would run twice.
VISIBILITY_SECONDS = 300
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
# A message that nobody took for so long is dropped: others came since. Two machines' clocks are compared for it, so
# it is long enough for clocks that are minutes apart, or no sweep would ever run.
SWEEP_EXPIRES = {"expires": 300}
CELERY_BEAT_SCHEDULE = {
    "sweep-renderings": {"task": "plans.sweep_renderings", "schedule": 10.0, "options": SWEEP_EXPIRES},
    "review-active-plans": {
        "task": "plans.review_active_plans",
        # A round begins each night and goes on by its own messages; this also begins what a lost one broke off.
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 900, "queue": "bulk"},
    },
    "follow-up-silence": {
        "task": "plans.follow_up_silence",
        # A day begins at another hour in each time zone; most hours find nothing new.
        "schedule": crontab(minute=25),
        "options": {"expires": 3600, "queue": "bulk"},
    },
    "drop-old-drafts": {"task": "plans.drop_old_drafts", "schedule": 3600.0, "options": {"expires": 3600}},
    "drop-strays": {"task": "plans.drop_strays", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-webhooks": {"task": "plans.sweep_webhooks", "schedule": 10.0, "options": SWEEP_EXPIRES},
    "sweep-mails": {"task": "plans.sweep_mails", "schedule": 10.0, "options": SWEEP_EXPIRES},
    "make-reminders": {"task": "plans.make_reminders", "schedule": 60.0, "options": SWEEP_EXPIRES},
    "drop-old-calls": {"task": "plans.drop_old_calls", "schedule": 3600.0, "options": {"expires": 3600}},
}
