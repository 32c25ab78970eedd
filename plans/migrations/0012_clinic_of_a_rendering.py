import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_clinics(apps, schema_editor):
    rendering, content = apps.get_model("plans", "Rendering"), apps.get_model("plans", "FrozenContent")
    own = content.objects.filter(pk=OuterRef("content_id")).values("clinic_id")
    rendering.objects.filter(clinic=None).update(clinic_id=Subquery(own))


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0011_link_blocked"),
    ]

    operations = [
        migrations.AddField(
            model_name="rendering",
            name="clinic",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.clinic"
            ),
        ),
        migrations.RunPython(name_clinics, migrations.RunPython.noop),
    ]
