from django.db import migrations, models


class Migration(migrations.Migration):
    """One thing more that an approval may be of. Rows of the release before, which knows none, satisfy it as well."""

    dependencies = [
        ('plans', '0013_protocols_of_the_library'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='approval',
            name='approval_of_one_thing',
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', False), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', False), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', False), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', False), ('text__isnull', True), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', False), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', False), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', False), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', False), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', True), ('wording', '')), models.Q(('advice__isnull', True), ('leaflet__isnull', True), ('protocol__isnull', True), ('revision__isnull', True), ('rule__isnull', True), ('sentence__isnull', True), ('text__isnull', True), ('vocabulary__isnull', True), models.Q(('wording', ''), _negated=True)), _connector='OR'), name='approval_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('protocol', None), _negated=True)), fields=('clinic', 'protocol'), name='approval_once_protocol'),
        ),
    ]
