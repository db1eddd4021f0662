"""The receipt numbers' sequence, and the triggers that keep the shared read model true."""

from django.db import migrations

LISTED = ("facility", "room", "roompart", "roompurpose", "purpose", "timetable", "timetableslot", "closingrule")


def mirror(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER mirror_rooms AFTER INSERT OR UPDATE OR DELETE ON bookings_{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION shared.mirror_rooms()",
        f"DROP TRIGGER mirror_rooms ON bookings_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE bookings_receipt_seq", "DROP SEQUENCE bookings_receipt_seq"),
        migrations.RunSQL(
            "CREATE TRIGGER mirror_occupation AFTER INSERT OR UPDATE OR DELETE ON bookings_occupation"
            " FOR EACH ROW EXECUTE FUNCTION shared.mirror_occupation()",
            "DROP TRIGGER mirror_occupation ON bookings_occupation",
        ),
        *(mirror(table) for table in LISTED),
    ]
