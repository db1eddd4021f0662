"""Passkeys of staff, each of one account at one host."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", '0006_term')]  # fmt: skip

    operations = [
        migrations.AlterField(
            model_name="signinevent",
            name="sign",
            field=models.CharField(
                choices=[
                    ("locked", "失敗が続き、一時的に止めた"),
                    ("many_origins", "多くの接続元から失敗が続いた"),
                    ("two_places", "使用中のIDで、別の場所からログインした"),
                    ("recovery", "予備コードでログインした"),
                    ("copied", "複製された疑いのあるパスキーが使われた"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("host", models.CharField(max_length=253)),
                ("credential", models.BinaryField(max_length=1023, unique=True)),
                ("public_key", models.BinaryField()),
                ("uses", models.BigIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("copied_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.staffaccount"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("uses__gte", 0), ("uses__lt", 4294967296)), name="a_passkeys_uses_fit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_passkey_has_a_name"
                    ),
                ],
            },
        ),
    ]
