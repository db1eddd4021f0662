"""A registration may be barred from the portal (インターネット利用不可)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registrants", "0024_why_a_use_stop_was_lifted"),
    ]

    operations = [
        migrations.AddField(
            model_name="registrant",
            name="is_counter_only",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="registrationact",
            name="act",
            field=models.CharField(
                choices=[
                    ("register", "登録"),
                    ("pre_register", "仮登録"),
                    ("complete", "本登録"),
                    ("review", "審査開始"),
                    ("approve", "承認"),
                    ("refuse", "不承認"),
                    ("change", "変更"),
                    ("suspend", "利用停止"),
                    ("lift", "停止解除"),
                    ("expire", "期限切れ"),
                    ("renew", "更新"),
                    ("close", "抹消"),
                    ("reopen", "抹消の取消し"),
                    ("merge", "統合"),
                    ("unmerge", "統合の取消し"),
                    ("link", "市民アカウントとの結び付け"),
                    ("unlink", "市民アカウントとの結び付けの解除"),
                    ("import", "移行"),
                    ("stop_online", "インターネット予約の停止"),
                    ("allow_online", "インターネット予約の再開"),
                ],
                max_length=14,
            ),
        ),
    ]
