"""Carry what holds into the new rows: revisions in use, retired rules as versions, words as their first version."""

from django.db import migrations


def carry(apps, schema_editor):
    note_revisions_in_use(apps)
    retire_by_version(apps)
    write_first_versions(apps)


def note_revisions_in_use(apps):
    """A clinic goes on with the newest revision that its reviewer approves."""
    approval, in_use = apps.get_model("plans", "Approval"), apps.get_model("plans", "ExerciseInUse")
    standing = approval.objects.filter(withdrawn_at=None).exclude(revision=None).order_by("revision__number")
    rows = standing.values_list("clinic", "revision__exercise", "revision")
    newest = {(clinic, exercise): revision for clinic, exercise, revision in rows}
    in_use.objects.bulk_create(
        in_use(clinic_id=clinic, exercise_id=exercise, revision_id=revision)
        for (clinic, exercise), revision in newest.items()
    )


def retire_by_version(apps):
    """A rule that a library admin retired waits for a reviewer: it says so in a version of its own."""
    rule_model, sentence = apps.get_model("plans", "Rule"), apps.get_model("plans", "RuleSentence")
    for rule in rule_model.objects.exclude(retired_on=None):
        version = rule.revisions.filter(newest=True).first()
        if version is None:
            continue
        movements, sentences = list(version.movements.all()), list(version.sentences.all())
        rule.revisions.filter(newest=True).update(newest=False)
        columns = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields}
        del columns["id"]
        columns.update(number=version.number + 1, newest=True, retired=True)
        retired = type(version).objects.create(**columns)
        retired.movements.set(movements)
        sentence.objects.bulk_create(
            sentence(revision=retired, language=row.language, words=row.words) for row in sentences
        )


def write_first_versions(apps):
    """What movements, conditions and symptoms say is where their history begins."""
    revision = apps.get_model("plans", "VocabularyRevision")
    for movement in apps.get_model("plans", "Movement").objects.prefetch_related("implies"):
        wider = sorted(one.code for one in movement.implies.all())
        revision.objects.create(movement=movement, number=1, implies=wider)
    for condition in apps.get_model("plans", "Condition").objects.select_related("parent"):
        revision.objects.create(
            condition=condition,
            number=1,
            parent=condition.parent.code if condition.parent else "",
            treat_cause_first=condition.treat_cause_first,
        )
    for symptom in apps.get_model("plans", "Symptom").objects.all():
        revision.objects.create(symptom=symptom, number=1, red_flag=symptom.red_flag)


class Migration(migrations.Migration):
    dependencies = [("plans", "0019_revisions_in_force")]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
