from datetime import timedelta

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def bound_links(apps, schema_editor):
    """Links of plans with a review far ahead were to open for decades."""
    DownloadLink = apps.get_model("plans", "DownloadLink")
    latest = timezone.localdate() + timedelta(days=settings.LINK_MAX_DAYS)
    DownloadLink.objects.filter(expires_on__gt=latest).update(expires_on=latest)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0008_whom_advice_is_for'),
    ]

    operations = [
        migrations.RunPython(bound_links, migrations.RunPython.noop),
    ]
