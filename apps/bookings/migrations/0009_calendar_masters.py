"""Windows, dated closing rules, seasons, purposes in groups, neighbours, series of blocks, equipment."""

import datetime as dt
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0008_fees"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockSeries",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hold", "仮押え"),
                            ("booking", "予約"),
                            ("closure", "休館"),
                            ("maintenance", "保守"),
                            ("works", "工事"),
                            ("city_use", "主催事業"),
                            ("open_use", "開放"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "ordinals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Equipment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("unit", models.CharField(default="台", max_length=10)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("is_counted", models.BooleanField(default=True)),
                ("is_public", models.BooleanField(default=True)),
                ("minutes_before", models.PositiveSmallIntegerField(default=0)),
                ("minutes_after", models.PositiveSmallIntegerField(default=0)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["facility", "position", "name"],
            },
        ),
        migrations.CreateModel(
            name="EquipmentStock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("quantity", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["equipment", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="EquipmentUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("quantity", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["booking", "equipment"],
            },
        ),
        migrations.CreateModel(
            name="PurposeGroup",
            fields=[
                ("code", models.SlugField(max_length=30, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="RoomNeighbour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "strictness",
                    models.CharField(
                        choices=[("warn", "知らせる"), ("refuse", "受け付けない")], default="warn", max_length=8
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Window",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("who", models.CharField(choices=[("resident", "市内の方"), ("other", "市外の方")], max_length=8)),
                (
                    "opens_kind",
                    models.CharField(
                        choices=[
                            ("same_day", "利用日の何か月前の同じ日（さらに何日前）"),
                            ("days", "利用日の何日前"),
                            ("month_day", "利用する月の何か月前の何日"),
                        ],
                        max_length=10,
                    ),
                ),
                ("opens_months", models.PositiveSmallIntegerField(default=0)),
                ("opens_days", models.PositiveSmallIntegerField(default=0)),
                ("opens_at", models.TimeField()),
                (
                    "opens_shift",
                    models.CharField(
                        choices=[("none", "そのまま"), ("next_open", "次の開館日"), ("next_office", "次の開庁日")],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "closes_kind",
                    models.CharField(
                        choices=[
                            ("same_day", "利用日の何か月前の同じ日（さらに何日前）"),
                            ("days", "利用日の何日前"),
                            ("month_day", "利用する月の何か月前の何日"),
                        ],
                        max_length=10,
                    ),
                ),
                ("closes_months", models.PositiveSmallIntegerField(default=0)),
                ("closes_days", models.PositiveSmallIntegerField(default=0)),
                ("closes_at", models.TimeField()),
                (
                    "closes_shift",
                    models.CharField(
                        choices=[("none", "そのまま"), ("next_open", "次の開館日"), ("next_office", "次の開庁日")],
                        default="none",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["facility", "-valid_from", "room", "-who"],
            },
        ),
        migrations.AlterModelOptions(
            name="timetable",
            options={"ordering": ["room", "valid_from", "first_day"]},
        ),
        migrations.RemoveConstraint(
            model_name="closingrule",
            name="a_closing_rule_is_complete",
        ),
        migrations.RemoveConstraint(
            model_name="timetable",
            name="one_timetable_a_first_day",
        ),
        migrations.AddField(
            model_name="closingrule",
            name="block",
            field=models.CharField(
                choices=[("closure", "休館"), ("maintenance", "点検・保守"), ("works", "工事")],
                default="closure",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="closingrule",
            name="effect",
            field=models.CharField(
                choices=[("closes", "休館する"), ("opens", "特別に開館する")], default="closes", max_length=8
            ),
        ),
        migrations.AddField(
            model_name="closingrule",
            name="month_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="closingrule",
            name="ordinals",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="closingrule",
            name="shift",
            field=models.CharField(
                choices=[
                    ("stay", "そのまま休館する"),
                    ("off", "開館する"),
                    ("next_day", "翌日に休館する"),
                    ("next_non_holiday", "次の祝日でない日に休館する"),
                    ("previous_week", "前の週の同じ曜日に休館する"),
                ],
                default="stay",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="closingrule",
            name="valid_from",
            field=models.DateField(default=dt.date(1989, 1, 8)),
        ),
        migrations.AddField(
            model_name="closingrule",
            name="valid_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="purpose",
            name="has_food",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="purpose",
            name="is_loud",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="purpose",
            name="needs_quiet",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="purpose",
            name="uses_fire",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="room",
            name="allows_fire",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="room",
            name="allows_food",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="room",
            name="allows_sound",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="room",
            name="valid_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="room",
            name="valid_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="timetable",
            name="first_day",
            field=models.CharField(blank=True, max_length=5),
        ),
        migrations.AddField(
            model_name="timetable",
            name="kind",
            field=models.CharField(
                choices=[("units", "一定のコマ"), ("free", "任意のコマ"), ("parts", "午前・午後・夜間の区分")],
                default="parts",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="timetable",
            name="last_day",
            field=models.CharField(blank=True, max_length=5),
        ),
        migrations.AddField(
            model_name="timetable",
            name="unit_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="timetable",
            name="valid_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="block",
            name="kind",
            field=models.CharField(
                choices=[
                    ("hold", "仮押え"),
                    ("booking", "予約"),
                    ("closure", "休館"),
                    ("maintenance", "保守"),
                    ("works", "工事"),
                    ("city_use", "主催事業"),
                    ("open_use", "開放"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="closingrule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("weekly", "曜日"),
                    ("monthly", "毎月の日"),
                    ("holiday", "祝日"),
                    ("yearly", "毎年の期間"),
                    ("period", "期間を決めて"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="occupation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("hold", "仮押え"),
                    ("booking", "予約"),
                    ("closure", "休館"),
                    ("maintenance", "保守"),
                    ("works", "工事"),
                    ("city_use", "主催事業"),
                    ("open_use", "開放"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "weekly"), ("weekday__range", (1, 7))),
                    ("kind", "holiday"),
                    models.Q(("kind", "monthly"), ("month_days__len__gte", 1)),
                    models.Q(("kind", "period"), ("valid_until__isnull", False)),
                    models.Q(
                        ("first_day__regex", "^\\d\\d-\\d\\d$"),
                        ("kind", "yearly"),
                        ("last_day__regex", "^\\d\\d-\\d\\d$"),
                    ),
                    _connector="OR",
                ),
                name="a_closing_rule_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ordinals__contained_by", [1, 2, 3, 4, 5, -1]),
                    (
                        "month_days__contained_by",
                        [*range(1, 32), -1],
                    ),
                ),
                name="a_closing_rule_names_days_that_are",
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shift", "stay"),
                    ("kind__in", ["weekly", "monthly"]),
                    models.Q(("kind", "holiday"), ("shift__in", ["next_day", "next_non_holiday"])),
                    _connector="OR",
                ),
                name="only_single_days_are_shifted",
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="a_closing_rule_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_from__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_room_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="timetable",
            constraint=models.UniqueConstraint(
                fields=("room", "valid_from", "first_day"), name="one_timetable_a_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="timetable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_day", ""), ("last_day", "")),
                    models.Q(("first_day__regex", "^\\d\\d-\\d\\d$"), ("last_day__regex", "^\\d\\d-\\d\\d$")),
                    _connector="OR",
                ),
                name="a_season_has_both_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="timetable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "units"), ("unit_minutes__in", [30, 60])),
                    models.Q(models.Q(("kind", "units"), _negated=True), ("unit_minutes__isnull", True)),
                    _connector="OR",
                ),
                name="units_have_a_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="timetable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="a_timetable_ends_after_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="blockseries",
            name="room",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="block_series", to="bookings.room"
            ),
        ),
        migrations.AddField(
            model_name="block",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="blocks",
                to="bookings.blockseries",
            ),
        ),
        migrations.AddField(
            model_name="equipment",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="equipment", to="bookings.facility"
            ),
        ),
        migrations.AddField(
            model_name="equipmentstock",
            name="equipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stocks", to="bookings.equipment"
            ),
        ),
        migrations.AddField(
            model_name="equipmentuse",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="equipment_uses", to="bookings.booking"
            ),
        ),
        migrations.AddField(
            model_name="equipmentuse",
            name="equipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="bookings.equipment"
            ),
        ),
        migrations.AddField(
            model_name="purpose",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purposes",
                to="bookings.purposegroup",
            ),
        ),
        migrations.AddField(
            model_name="roomneighbour",
            name="neighbour",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bookings.room"),
        ),
        migrations.AddField(
            model_name="roomneighbour",
            name="room",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bookings.room"),
        ),
        migrations.AddField(
            model_name="window",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="windows", to="bookings.facility"
            ),
        ),
        migrations.AddField(
            model_name="window",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="windows",
                to="bookings.room",
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(fields=("facility", "name"), name="equipment_of_one_name_once"),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="equipment_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="equipmentstock",
            constraint=models.UniqueConstraint(fields=("equipment", "valid_from"), name="one_stock_a_first_day"),
        ),
        migrations.AddIndex(
            model_name="equipmentuse",
            index=models.Index(fields=["equipment"], name="equipment_use_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="equipmentuse",
            constraint=models.UniqueConstraint(fields=("booking", "equipment"), name="equipment_once_a_booking"),
        ),
        migrations.AddConstraint(
            model_name="equipmentuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="equipment_is_one_at_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomneighbour",
            constraint=models.CheckConstraint(
                condition=models.Q(("room", models.F("neighbour")), _negated=True),
                name="a_room_is_not_its_own_neighbour",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomneighbour",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Least("room", "neighbour"),
                django.db.models.functions.comparison.Greatest("room", "neighbour"),
                name="a_pair_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.UniqueConstraint(
                fields=("facility", "room", "valid_from", "who"),
                name="one_window_a_first_day_and_group",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("opens_kind", "month_day"), _negated=True),
                        ("opens_days__range", (1, 31)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("closes_kind", "month_day"), _negated=True),
                        ("closes_days__range", (1, 31)),
                        _connector="OR",
                    ),
                ),
                name="a_day_of_the_month_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes_days__lte", 400),
                    ("closes_months__lte", 36),
                    ("opens_days__lte", 400),
                    ("opens_months__lte", 36),
                ),
                name="a_window_is_not_years_away",
            ),
        ),
    ]
