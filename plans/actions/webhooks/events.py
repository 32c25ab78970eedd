"""What a webhook can tell."""

from enum import StrEnum


class Event(StrEnum):
    """What happened. The words stand in stored rows and in other people's programs: they never change."""

    RENDERING_READY = "rendering.ready"
    RENDERING_FAILED = "rendering.failed"
    PLAN_TO_BE_REVIEWED = "plan.to_be_reviewed"
    PLAN_PAUSED = "plan.paused"
    PLAN_RESUMED = "plan.resumed"
    LINK_OPENED = "link.opened"
