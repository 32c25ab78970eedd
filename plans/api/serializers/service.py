"""The service as the API tells it."""

from plans.api.serializers.base import Shown
from plans.api.serializers.fields import Text


class ServiceShown(Shown):
    """The service that answers."""

    version = Text(help_text="Its release. The API's own version stands in the description.", example="0.2.0")
