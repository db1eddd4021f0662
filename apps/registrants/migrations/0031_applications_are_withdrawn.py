from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrants", "0030_how_a_card_is_set")]

    operations = [
        migrations.AlterField(
            model_name="card",
            name="lapse_cause",
            field=models.CharField(
                blank=True,
                choices=[
                    ("moved", "転出"),
                    ("died", "死亡"),
                    ("returned", "返還"),
                    ("expired", "期限切れ"),
                    ("transferred", "移管"),
                    ("revoked", "取消し"),
                    ("closed", "登録の抹消"),
                    ("withdrawn", "申請の取下げ"),
                ],
                max_length=12,
            ),
        ),
    ]
