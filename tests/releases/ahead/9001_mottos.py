from django.db import migrations, models

from tests.releases.ahead import TODAY


class Migration(migrations.Migration):
    dependencies = [("plans", TODAY[-1])]
    operations = [
        migrations.AddField("clinic", "motto", models.CharField(max_length=100, db_default="none yet")),
    ]
