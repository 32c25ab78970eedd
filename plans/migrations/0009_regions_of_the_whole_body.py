from django.db import migrations, models


class Migration(migrations.Migration):
    """One region more that a revision may be of. Rows of the release before, which knows none of it, satisfy it as well."""

    dependencies = [
        ('plans', '0008_the_whole_body'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='exerciserevision',
            name='revision_region_known',
        ),
        migrations.AddConstraint(
            model_name='exerciserevision',
            constraint=models.CheckConstraint(condition=models.Q(('region__in', ['', 'neck', 'thoracic', 'shoulder', 'elbow_wrist_hand', 'low_back', 'hip', 'knee', 'ankle_foot', 'balance', 'vestibular', 'pelvic_floor', 'breathing', 'heart_lungs', 'general'])), name='revision_region_known'),
        ),
    ]
