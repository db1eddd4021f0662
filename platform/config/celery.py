"""The worker and the scheduler: ``celery -A config.celery:app worker`` and ``… beat``.

Web processes never import this: a use case writes what is to be done into its transaction (the outbox), and the
scheduler's sweep finds it. So no request waits for the broker, and none fails with it.
"""

from __future__ import annotations

import logging
import os
import ssl
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")  # the checks load every page's code, which no task needs

from celery import Celery, signals
from django.conf import settings

from config.timetable import timetable

TIME_LIMIT: Final = 300
"""Seconds until a task's process is killed: a drain takes on nothing new after 45, and one mail may take 140."""
REDELIVERY: Final = 2 * TIME_LIMIT
"""Seconds until the broker gives a task to somebody else whose worker died: longer than any task lives."""
REPETITIVE: Final = ("celery.app.trace", "celery.worker.strategy", "celery.beat")
"""Loggers that tell of every task sent, begun and done; ours tell of what was done."""


def broker_tls(url: str) -> dict[str, Any] | None:
    """Celery's ``broker_use_ssl``: with ``rediss://`` the server must show who it is, which kombu would not ask."""
    if not url.startswith("rediss://"):
        return None
    return {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}


app = Celery("kashikan")
app.conf.update(
    broker_url=settings.ENVIRONMENT.redis_url,
    broker_use_ssl=broker_tls(settings.ENVIRONMENT.redis_url),
    broker_transport_options={"visibility_timeout": REDELIVERY, "global_keyprefix": "kashikan:"},
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    result_backend=None,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_default_queue="tasks",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=TIME_LIMIT,
    worker_prefetch_multiplier=1,
    worker_concurrency=2,  # a file that is taken in for minutes holds one; only one file is taken in at a time
    worker_max_tasks_per_child=5_000,
    worker_max_memory_per_child=150_000,  # KiB; about 85,000 are usual
    worker_cancel_long_running_tasks_on_connection_loss=False,  # a mail that is on its way is not sent again
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    timezone=settings.TIME_ZONE,
    beat_schedule=timetable(demo=settings.DEMO),
    beat_scheduler="celery.beat:Scheduler",  # keeps no file: what is due after a restart is due again soon
)
app.autodiscover_tasks()


@signals.setup_logging.connect  # type: ignore[untyped-decorator]  # Celery has no types
def keep_our_logs(**_options: Any) -> None:
    """Leave logging as ``config.logging`` has set it up; Celery would replace it."""
    for name in REPETITIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
