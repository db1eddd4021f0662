"""Print jobs of cards, and ``gate.card_print_backlog``: which tenants have one waiting, before any role is chosen."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

BACKLOG = """
CREATE OR REPLACE FUNCTION gate.card_print_backlog() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shared, pg_temp AS $$
DECLARE
    place text;
    is_waiting boolean;
BEGIN
    FOR place IN SELECT schema_name FROM shared.tenants_tenant WHERE state = 'active' LOOP
        CONTINUE WHEN to_regclass(format('%I.registrants_cardprintjob', place)) IS NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.registrants_cardprintjob WHERE state = ''waiting'')', place)
        INTO is_waiting;
        IF is_waiting THEN
            RETURN NEXT place;
        END IF;
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("registrants", "0028_closings_put_off")]

    operations = [
        migrations.CreateModel(
            name="CardPrintJob",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待機中"),
                            ("ready", "作成済み"),
                            ("fetched", "受取り済み"),
                            ("called_off", "取りやめ"),
                            ("failed", "失敗"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("ordered_at", models.DateTimeField()),
                ("ordered_by", models.UUIDField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("file", models.UUIDField(null=True)),
                ("start", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "ordering": ["-ordered_at", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["ordered_at"], name="card_print_jobs_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "waiting"), ("finished_at__isnull", False), _connector="XOR"),
                        name="a_card_print_job_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ready", "fetched"]), _negated=True),
                            ("file__isnull", False),
                            _connector="OR",
                        ),
                        name="ready_cards_have_their_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__range", (1, 10))), name="a_sheet_has_ten_places"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardPrintItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("left_out", models.CharField(blank=True, max_length=30)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="registrants.cardissue"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="registrants.cardprintjob"
                    ),
                ),
            ],
            options={
                "ordering": ["job", "position"],
                "constraints": [models.UniqueConstraint(fields=("job", "issue"), name="a_card_is_once_in_a_print_job")],
            },
        ),
        migrations.RunSQL(BACKLOG, migrations.RunSQL.noop),
    ]
