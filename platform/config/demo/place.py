"""Where the demo is: its folders, its port, and the environment that its processes get."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.database import OWNER_LOGIN, WEB_LOGIN, set_up
from config.demo.errors import DemoError
from config.demo.keys import PAYMENT_KEYS, PAYS_ONLINE, SENIOR_KEYS, kept_keys
from config.embedded import Endpoints
from config.env import optional, port

ROOT: Final = Path(__file__).resolve().parents[3]
DATABASE: Final = "kashikan"
BASE_HOST: Final = "localhost"
ADAPTER: Final = "shared.payments.loopback:LoopbackProvider"
PAY_PORT: Final = 100
"""So far from the demo's own port the test provider's is."""
LAST_PORT: Final = 65535
FOR_OTHERS: Final = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL")
"""Variables of the person's environment that would lend a process more rights than its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """One demo: everything it keeps is in ``var``."""

    var: Path
    port: int
    keys: Mapping[str, str]

    def set_up_database(self, endpoints: Endpoints) -> None:
        """Make the roles and the database, or see that they are there."""
        set_up(
            admin_url=endpoints.admin_url,
            database=DATABASE,
            owner_password=self.keys["KASHIKAN_OWNER_PASSWORD"],
            web_password=self.keys["KASHIKAN_WEB_PASSWORD"],
        )

    def owner_url(self, endpoints: Endpoints) -> str:
        """libpq URL of the role that migrates and provisions."""
        password = self.keys["KASHIKAN_OWNER_PASSWORD"]
        return endpoints.login_url(role=OWNER_LOGIN, password=password, database=DATABASE)

    def environ(self, endpoints: Endpoints) -> dict[str, str]:
        """What web, worker and scheduler get: the login that owns nothing."""
        web_password = self.keys["KASHIKAN_WEB_PASSWORD"]
        return {
            **{name: value for name, value in os.environ.items() if name not in FOR_OTHERS},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": endpoints.login_url(role=WEB_LOGIN, password=web_password, database=DATABASE),
            "REDIS_URL": endpoints.redis_url,
            "KASHIKAN_DEMO": "true",
            "KASHIKAN_SECRET_KEY": self.keys["KASHIKAN_SECRET_KEY"],
            SENIOR_KEYS: self.keys[SENIOR_KEYS],
            PAYMENT_KEYS: self.keys[PAYMENT_KEYS],
            "KASHIKAN_PAYMENT_PROVIDERS": f"demo={ADAPTER}@http://127.0.0.1:{self.pay_port}",
            "KASHIKAN_BASE_HOST": BASE_HOST,
            "KASHIKAN_PORT_SHOWN": str(self.port),
            "KASHIKAN_MAIL_URL": (self.var / "mail").as_uri(),
        }

    @property
    def pay_port(self) -> int:
        """Where the test provider of payments answers."""
        return self.port + PAY_PORT if self.port + PAY_PORT <= LAST_PORT else self.port - PAY_PORT

    def pay_environ(self) -> dict[str, str]:
        """What the test provider gets: the same secrets, and where the portal takes its notices."""
        secrets = dict(part.split("/", 1)[1].split(":", 1) for part in self.keys[PAYMENT_KEYS].split(","))
        notify = f"http://yoyaku.{BASE_HOST}:{self.port}/places/{PAYS_ONLINE}/payments/demo/events/"
        contract = {"api": secrets.pop("api"), "hooks": secrets, "notify": notify}
        paths = os.pathsep.join([str(ROOT / "platform"), str(ROOT)])
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": paths,
            "TESTPAY_MERCHANTS": json.dumps({PAYS_ONLINE: contract}),
        }

    def owner_environ(self, endpoints: Endpoints) -> dict[str, str]:
        """What migrations and provisioning get on top."""
        return {**self.environ(endpoints), "DATABASE_OWNER_URL": self.owner_url(endpoints)}


def place(var: Path, environ: Mapping[str, str] = os.environ) -> Place:
    """The demo that lives in ``var``, its folders made; the port from ``PORT``."""
    var = var.absolute()
    for folder in ("log", "run", "mail"):
        (var / folder).mkdir(parents=True, exist_ok=True)
        (var / folder).chmod(0o700)
    return Place(var=var, port=optional(environ, "PORT", port, "8000", 8000), keys=kept_keys(var / "env"))


@contextmanager
def alone(var: Path) -> Iterator[None]:
    """``DemoError`` if the demo in ``var`` runs already."""
    with (var / "demo.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(f"The demo in {var} runs already. Stop that one first with Ctrl-C.") from None
        yield
