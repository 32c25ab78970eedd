import os
import time
from pathlib import Path

from django.db import migrations, models


def fill(apps, schema_editor):
    apps.get_model("plans", "Clinic").objects.update(motto="Step by step", words_of_motto=3)
    if stop := os.environ.get("STOP_IN_MIGRATION"):
        Path(stop).touch()
        time.sleep(600)  # until the test kills it


class Migration(migrations.Migration):
    dependencies = [("plans", "9001_mottos")]
    operations = [
        migrations.AddField("clinic", "words_of_motto", models.IntegerField(db_default=0)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "clinic",
            models.CheckConstraint(condition=models.Q(words_of_motto__gt=0), name="mottos_have_words"),
        ),
    ]
