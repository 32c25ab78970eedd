"""The domain of the service. Its release stands here; pyproject.toml, /health/status and the API read it."""

__version__ = "0.5.0"
