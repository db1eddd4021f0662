"""What rooms said of their window becomes windows: the facility's where all rooms agree. The listing is made anew.

The trigger of a statement fires whether or not it finds rows, so every tenant's listing gets its new shape.
"""

from django.db import migrations

FILL = """
INSERT INTO bookings_window (facility_id, room_id, valid_from, who, opens_kind, opens_months, opens_days, opens_at,
    opens_shift, closes_kind, closes_months, closes_days, closes_at, closes_shift)
SELECT DISTINCT r.facility_id, CASE WHEN f.is_one THEN NULL ELSE r.id END, DATE '1989-01-08', w.who, 'same_day',
    least(r.opens_months_before, 36), 0, TIME '00:00', 'none', 'days', 0, least(r.closes_days_before, 400),
    TIME '23:59', 'none'
FROM bookings_room r
JOIN (SELECT facility_id, count(DISTINCT (opens_months_before, closes_days_before)) = 1 AS is_one
      FROM bookings_room GROUP BY facility_id) f USING (facility_id)
CROSS JOIN (VALUES ('resident'), ('other')) w (who)
"""
EMPTY = "DELETE FROM bookings_window"


def mirror(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER mirror_rooms AFTER INSERT OR UPDATE OR DELETE ON bookings_{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION shared.mirror_rooms()",
        f"DROP TRIGGER mirror_rooms ON bookings_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0011_payments")]

    operations = [
        mirror("window"),
        mirror("purposegroup"),
        migrations.RunSQL(FILL, EMPTY),
    ]
