"""Every group that is registered gets the keys by which similar ones are found."""

from django.db import migrations

from apps.registrants.rules.group_names import forms_of, keys_of
from apps.registrants.rules.roster import person_key
from apps.registrants.rules.similarity import address_key


def file_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups = apps.get_model("registrants", "Registrant").objects.using(alias).filter(kind="group")
    keys = apps.get_model("registrants", "GroupKeys")
    rows = (
        keys(
            group_id=one.pk,
            names=sorted(keys_of(forms_of(one.group_name, one.group_kana))),
            representative=person_key(one.family_name + one.given_name, one.family_kana + one.given_kana),
            address=address_key(one.address),
        )
        for one in groups.iterator(chunk_size=1000)
    )
    keys.objects.using(alias).bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("registrants", "0004_group_keys")]

    operations = [migrations.RunPython(file_groups, migrations.RunPython.noop)]
