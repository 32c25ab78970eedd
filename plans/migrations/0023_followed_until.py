"""Until when the sheet of an issued version may say that it is right: from what was frozen, as it is for new ones."""

import json
from datetime import date, timedelta

from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    publications = apps.get_model("plans", "Publication").objects
    rows = publications.select_related("content", "plan__patient__clinic")
    for row in rows.iterator(chunk_size=200):
        content = json.loads(row.content.json)
        days = [content.get("review_date"), *((item.get("dose") or {}).get("until") for item in content["items"])]
        end = max([row.issued_on, *(date.fromisoformat(day) for day in days if day)])
        kept = timedelta(days=row.plan.patient.clinic.link_days)
        latest = row.issued_on + timedelta(days=settings.LINK_MAX_DAYS)
        publications.filter(pk=row.pk).update(followed_until=min(end, latest - kept) + kept)


class Migration(migrations.Migration):
    dependencies = [("plans", "0022_unchecked_reviews")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="followed_until",
            field=models.DateField(default=date(1970, 1, 1), db_index=True, editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
