"""``python -m config.demo`` runs the demo; ``python -m config.demo manage ...`` runs manage.py in its place.

``--var FOLDER`` before that keeps another demo, beside the checkout's own in ``var/demo``; ``--small`` fills it with
few people and days.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import psycopg

from config.demo.children import Child, finish, running, watch
from config.demo.errors import DemoError
from config.demo.place import BASE_HOST, ROOT, Place, alone, place
from config.demo.progress import Progress
from config.demo.sites import LOOPBACK, Site, check_port, wait_for
from config.embedded import EmbeddedError, Endpoints, servers
from config.env import SettingError
from config.messages import compile_catalogues

STEPS: Final = 7
SMALL: Final = ("--days", "2", "--share", "0.05")
PYTHON: Final = sys.executable
MANAGE: Final = [PYTHON, str(ROOT / "manage.py")]


def main(arguments: list[str]) -> int:
    """The exit status: 0 when the person stopped it, 1 with a sentence when it could not go on."""
    parser = argparse.ArgumentParser(prog="python -m config.demo")
    parser.add_argument("--var", type=Path, default=ROOT / "var" / "demo")
    parser.add_argument("--small", action="store_const", const=SMALL, default=(), help="fill it with little")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="manage, followed by manage.py's arguments")
    chosen = parser.parse_args(arguments)
    if chosen.command[:1] not in ([], ["manage"]):
        parser.error(f"there is no command {chosen.command[0]}")
    try:
        here = place(chosen.var)
        if chosen.command:
            return manage(here, chosen.command[1:])
        demo(here, chosen.small)
    except (DemoError, EmbeddedError, SettingError) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The data stays: make demo continues with it.", flush=True)
    return 0


def demo(here: Place, filling: Sequence[str]) -> None:
    """Start everything, show it, and watch until it is stopped; ``filling`` are options of ``fill_demo``."""
    progress = Progress(STEPS)
    with ExitStack() as stack:
        stack.enter_context(alone(here.var))
        check_port(here.port)
        check_port(here.pay_port)
        with progress.step("Start PostgreSQL and Valkey"):
            endpoints = stack.enter_context(servers(here.var))
        with progress.step("Set up the database and its roles"):
            here.set_up_database(endpoints)
        logins = fill(here, endpoints, progress, filling)
        with progress.step("Start web, worker, scheduler, test payments and founder"):
            children = start(here, endpoints, stack)
        sites = sites_of(here, endpoints)
        with progress.step("Wait for the sites"):
            wait_for(sites, children)
        show(here, sites, logins)
        watch(children)


def fill(here: Place, endpoints: Endpoints, progress: Progress, filling: Sequence[str]) -> str:
    """Migrate, fill the demo city, collect what browsers load; the logins, as ``fill_demo`` prints them."""
    environ, log = here.owner_environ(endpoints), here.var / "log" / "setup.log"

    def run(title: str, command: str, *options: str) -> str:
        with progress.step(title) as show:
            return finish(command, [*MANAGE, command, *options], environ=environ, folder=ROOT, log=log, show=show)

    run("Bring the schemas up to date", "migrate_schemas")
    logins = run("Fill the demo city", "fill_demo", *filling)
    compile_catalogues()
    run("Collect static files", "collectstatic", "--noinput")
    return logins


def start(here: Place, endpoints: Endpoints, stack: ExitStack) -> list[Child]:
    """Start the five processes; ``stack`` stops them, the founder first (it alone acts as the owner), the web last."""
    web = ["gunicorn", "config.wsgi:application", "--bind", f"{LOOPBACK}:{here.port}", "--workers", "2"]
    celery = ["celery", "-A", "config.celery:app"]
    commands = {
        "web": [*web, "--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"],
        "worker": [*celery, "worker"],
        "scheduler": [*celery, "beat", "--pidfile", ""],
    }
    environ = here.environ(endpoints)
    children = [
        stack.enter_context(running(name, [PYTHON, "-m", *command], environ=environ, folder=ROOT, var=here.var))
        for name, command in commands.items()
    ]
    pay = [PYTHON, "-m", "config.testpay", "--port", str(here.pay_port)]
    children.append(
        stack.enter_context(running("payments", pay, environ=here.pay_environ(), folder=ROOT, var=here.var))
    )
    owner, found = here.owner_environ(endpoints), [*MANAGE, "found_tenants"]
    return [*children, stack.enter_context(running("founder", found, environ=owner, folder=ROOT, var=here.var))]


def sites_of(here: Place, endpoints: Endpoints) -> list[Site]:
    """Portal, city and every desk."""
    with psycopg.connect(here.owner_url(endpoints)) as connection:
        query = (
            "SELECT tenant.name, host.domain FROM shared.tenants_host host "
            "JOIN shared.tenants_tenant tenant ON tenant.id = host.tenant_id WHERE host.is_primary ORDER BY host.id"
        )
        desks = [Site(f"窓口 {name}", domain, here.port) for name, domain in connection.execute(query)]
    return [
        Site("市民 (portal)", f"yoyaku.{BASE_HOST}", here.port),
        *desks,
        Site("市 (city)", f"city.{BASE_HOST}", here.port),
    ]


def show(here: Place, sites: list[Site], logins: str) -> None:
    """Print the addresses, the logins and where to look further."""
    print("\nKashikan 貸館 runs. Open in a browser on this machine:\n")
    for site in sites:
        print(f"  {site.address:<44} {site.title}")
    print(f"\n{logins.rstrip()}\n\nMails: {here.var / 'mail'}    Logs: {here.var / 'log'}    Stop: Ctrl-C", flush=True)


def manage(here: Place, arguments: list[str]) -> int:
    """Run manage.py with the demo's servers and the owner's rights; its exit status."""
    with servers(here.var) as endpoints:
        here.set_up_database(endpoints)
        environ = here.owner_environ(endpoints)
        return subprocess.run([*MANAGE, *arguments], cwd=ROOT, env=environ, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
