"""A typed client of the Home exercise API; needs nothing but Python 3.11."""

from home_exercise_client.calls import Calls as Client
from home_exercise_client.sending import Answer, Problem

__all__ = ["Answer", "Client", "Problem"]
