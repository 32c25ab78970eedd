"""The service as the API tells it."""

from plans.api.serializers.base import OutputSerializer
from plans.api.serializers.fields import Text


class ServiceSerializer(OutputSerializer):
    """The service that answers."""

    version = Text(help_text="Its release. The API's own version stands in the description.", example="0.2.0")
