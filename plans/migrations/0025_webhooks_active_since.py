import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def since_they_were_made(apps, schema_editor):
    apps.get_model("plans", "WebhookEndpoint").objects.update(active_since=F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0024_condition_recorded_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='webhookendpoint',
            name='active_since',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunPython(since_they_were_made, migrations.RunPython.noop),
    ]
