from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0002_drawings_when_needed'),
    ]

    operations = [
        migrations.AddField(
            model_name='revisionpicture',
            name='consent_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.AddField(
            model_name='revisionpicture',
            name='consent_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='revisionpicture',
            name='licence',
            field=models.CharField(blank=True, db_default='', default='', max_length=160),
        ),
        migrations.AddField(
            model_name='revisionpicture',
            name='rights',
            field=models.CharField(choices=[('recorded', 'recorded'), ('not_recorded', 'not recorded')], db_default='not_recorded', default='recorded', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='revisionpicture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', 'photo'), _negated=True), ('rights', 'not_recorded'), models.Q(('consent_on__isnull', False), ('rights', 'recorded'), models.Q(('consent_by', ''), _negated=True), models.Q(('licence', ''), _negated=True)), _connector='OR'), name='revision_photo_has_consent'),
        ),
    ]
