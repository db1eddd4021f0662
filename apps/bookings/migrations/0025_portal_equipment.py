"""The read model learns of equipment: its kinds, its stock, and what is out."""

from django.db import migrations


def mirror(name: str, table: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {when} EXECUTE FUNCTION shared.{function}()",
        f"DROP TRIGGER {name} ON bookings_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0024_guards_of_displacement"),
    ]

    operations = [
        *(
            mirror(
                "mirror_equipment",
                table,
                f"INSERT OR UPDATE OR DELETE ON bookings_{table} FOR EACH STATEMENT",
                "mirror_equipment",
            )
            for table in ("equipment", "equipmentstock")
        ),
        mirror(
            "mirror_equipment_out",
            "equipmentuse",
            "INSERT OR UPDATE OR DELETE ON bookings_equipmentuse FOR EACH ROW",
            "mirror_equipment_out",
        ),
        mirror(
            "mirror_equipment_of_booking",
            "occupation",
            "INSERT OR UPDATE OR DELETE ON bookings_occupation FOR EACH ROW",
            "mirror_equipment_out",
        ),
        migrations.RunSQL(
            "UPDATE bookings_equipment SET position = position; UPDATE bookings_equipmentuse SET quantity = quantity",
            migrations.RunSQL.noop,
        ),
    ]
