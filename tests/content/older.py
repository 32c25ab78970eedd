"""Contents as older releases stored them, letter by letter; a sample stays as it was written."""

import json
from pathlib import Path

from plans.models import FrozenContent

HERE = Path(__file__).parent
SAMPLES = sorted(HERE.glob("schema_*/*.json"))


def sample(name: str) -> str:
    return (HERE / name).read_text()


def store_as_schema_1(publication):
    """Put what a release of schema 1 stored in the place of the publication's contents, under its own ids."""
    now = json.loads(publication.content.json)
    ids = {name: now[name] for name in ("plan_id", "publication_id", "link_id", "sheet_code", "version")}
    items = now["items"]
    for row, name in ((publication.content, "content.json"), (publication.record, "record.json")):
        data = json.loads(sample(f"schema_1/{name}")) | ids
        data["items"] = data["items"][: len(items)]
        for old, new in zip(data["items"], items, strict=True):
            old |= {name: new[name] for name in ("key", "revision_id", "exercise_code")}
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        FrozenContent.objects.filter(pk=row.pk).update(json=text, schema=1)
    publication.content.refresh_from_db()
    publication.record.refresh_from_db()
    return publication
