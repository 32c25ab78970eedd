"""The check of a finished PDF before anybody may have it."""
