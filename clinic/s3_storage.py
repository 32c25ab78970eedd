"""Files in an object storage that may hang: every question to it has an end."""

from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from storages.backends.s3 import S3Storage

CONNECT_SECONDS = 3
ANSWER_SECONDS = 10
TRIES = 2
"""Together half a minute for one question at worst: a worker may take a minute for a handout, a page is not waited
for longer. The packages' own time-outs add up to minutes."""


class ObjectStorage(S3Storage):  # type: ignore[misc]  # the package is untyped
    """A bucket that speaks S3. A class and not settings, so that who has no bucket loads none of these packages."""

    def get_default_settings(self) -> dict[str, Any]:
        limits = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
        )
        return {
            **super().get_default_settings(),
            "client_config": limits,
            # A download repeats whole questions, each with the tries above.
            "transfer_config": TransferConfig(num_download_attempts=1),
        }
