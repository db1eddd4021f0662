"""Foundings of tenants: what was asked for on a page, and how far the performer has come."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

NETWORKS = """
ALTER TABLE compliance_founding ADD CONSTRAINT a_founding_names_networks
CHECK (cardinality(networks) BETWEEN 1 AND 20 AND array_position(networks::cidr[], NULL) IS NULL
       AND cardinality(facilities) BETWEEN 1 AND 30)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0021_disclosed_in_part"),
        ("tenants", "0010_closed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tenantact",
            name="deed",
            field=models.CharField(choices=[("suspend", "停止"), ("resume", "再開"), ("close", "廃止")], max_length=8),
        ),
        migrations.CreateModel(
            name="Founding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
                ("schema_name", models.CharField(max_length=40)),
                ("host", models.CharField(max_length=63)),
                ("name", models.CharField(max_length=100)),
                ("name_en", models.CharField(blank=True, max_length=100)),
                ("number_prefix", models.CharField(max_length=4)),
                ("document_symbol", models.CharField(max_length=20)),
                ("ordinance_title", models.CharField(max_length=100)),
                ("facilities", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("new_operator", models.JSONField(blank=True, default=dict)),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
                ("fee_regime", models.CharField(choices=[("public", "使用料"), ("income", "利用料金")], max_length=8)),
                ("agreement_number", models.CharField(max_length=60)),
                ("personal_version", models.PositiveIntegerField()),
                ("security_version", models.PositiveIntegerField()),
                ("privacy_officer", models.CharField(max_length=60)),
                ("security_officer", models.CharField(max_length=60)),
                (
                    "networks",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=43), size=None),
                ),
                ("roster", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "受付"),
                            ("under_way", "作業中"),
                            ("done", "開設済み"),
                            ("failed", "失敗"),
                            ("dropped", "取下げ"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, default="", max_length=10)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("failure", models.CharField(blank=True, default="", max_length=20)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "operator",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.operator"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("schema_name__regex", "^[a-z][a-z0-9_]{1,39}$"),
                            models.Q(("schema_name__startswith", "pg_"), _negated=True),
                            models.Q(
                                (
                                    "schema_name__in",
                                    [
                                        "extensions",
                                        "gate",
                                        "group",
                                        "information_schema",
                                        "kashikan",
                                        "owner",
                                        "public",
                                        "shared",
                                        "testing",
                                        "web",
                                    ],
                                ),
                                _negated=True,
                            ),
                        ),
                        name="a_founding_names_a_schema",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("host__regex", "^[a-z]([a-z0-9-]*[a-z0-9])?$"),
                            models.Q(("host__startswith", "xn--"), _negated=True),
                            models.Q(
                                (
                                    "host__in",
                                    [
                                        "admin",
                                        "api",
                                        "autoconfig",
                                        "autodiscover",
                                        "city",
                                        "desk",
                                        "ftp",
                                        "imap",
                                        "localhost",
                                        "mail",
                                        "media",
                                        "ns",
                                        "ns1",
                                        "ns2",
                                        "portal",
                                        "smtp",
                                        "static",
                                        "status",
                                        "test",
                                        "vpn",
                                        "wpad",
                                        "www",
                                        "yoyaku",
                                    ],
                                ),
                                _negated=True,
                            ),
                        ),
                        name="a_founding_names_a_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number_prefix__regex", "^[A-QS-Z][A-Z]{0,3}$")),
                        name="a_founding_names_a_prefix",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last", None), ("last__gte", models.F("first")), _connector="OR"),
                        name="a_founded_term_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("new_operator", {}), ("operator__isnull", False)),
                            models.Q(("operator", None), models.Q(("new_operator", {}), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_founding_has_one_operator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), ("tenant__isnull", False)),
                            models.Q(models.Q(("state", "done"), _negated=True), ("tenant", None)),
                            _connector="OR",
                        ),
                        name="a_founding_that_is_done_has_a_tenant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), models.Q(("failure", ""), _negated=True)),
                            models.Q(("state", "failed"), _negated=True),
                            _connector="OR",
                        ),
                        name="a_failure_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "under_way"))),
                        fields=("schema_name",),
                        name="a_schema_is_founded_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "under_way"))),
                        fields=("host",),
                        name="a_host_is_founded_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "under_way"))),
                        fields=("number_prefix",),
                        name="a_prefix_is_founded_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NETWORKS, "ALTER TABLE compliance_founding DROP CONSTRAINT a_founding_names_networks"),
    ]
