"""What OAuth 2 asks for a token, and what it answers."""

from plans.api.serializers.base import InputSerializer, OutputSerializer
from plans.api.serializers.fields import Text, Whole

CREDENTIALS = "client_credentials"


class TokenInputSerializer(InputSerializer):
    """A form, not JSON: RFC 6749 wants it so. The key may stand in the Authorization header (Basic) instead."""

    grant_type = Text(help_text="Always client_credentials.", example=CREDENTIALS)
    client_id = Text(required=False, help_text="The key's client id.", example="Zq3...")
    client_secret = Text(required=False, help_text="The key's secret.", example="r8X...")
    scope = Text(
        required=False,
        help_text="Scopes with spaces between; all of the key's when not given.",
        example="plans:read",
    )


class RevokeInputSerializer(InputSerializer):
    """A form, as RFC 7009 wants it."""

    token = Text(help_text="The token to end.", example="GkP...")
    client_id = Text(required=False, help_text="The key's client id.", example="Zq3...")
    client_secret = Text(required=False, help_text="The key's secret.", example="r8X...")


class TokenSerializer(OutputSerializer):
    """A token."""

    access_token = Text(help_text="Send it as `Authorization: Bearer ...`.", example="GkP...")
    token_type = Text(help_text="Always Bearer.", example="Bearer")
    expires_in = Whole(help_text="For how many seconds it works.", example=3600)
    scope = Text(help_text="Its scopes.", example="plans:read plans:write")


class TokenErrorSerializer(OutputSerializer):
    """Why there is no token (RFC 6749, 5.2)."""

    error = Text(help_text="The code.", example="invalid_client")
    error_description = Text(required=False, help_text="The same in words.", example="")
