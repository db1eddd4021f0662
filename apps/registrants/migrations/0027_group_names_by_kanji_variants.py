"""Every group is filed anew: its name with each kanji in one form, and its 略称."""

from django.db import migrations

from apps.registrants.rules.group_names import keys_of, names_of

BATCH = 1000


def refile(apps, schema_editor):
    alias = schema_editor.connection.alias
    keys = apps.get_model("registrants", "GroupKeys").objects.using(alias)
    rows = []
    for one in keys.select_related("group").only("group__group_name", "group__group_kana", "group__extras"):
        group = one.group
        names = names_of(group.group_name, group.group_kana, str(group.extras.get("short_name", "")))
        one.names = sorted({key for forms in names for key in keys_of(forms)})
        rows.append(one)
    keys.bulk_update(rows, ["names"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("registrants", "0026_more_requirements_of_groups")]

    operations = [migrations.RunPython(refile, migrations.RunPython.noop)]
