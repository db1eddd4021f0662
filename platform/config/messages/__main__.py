"""``python -m config.messages collect|compile|check``."""

from __future__ import annotations

import sys

from config.messages.catalogue import collect, compile_catalogues, faults
from config.messages.source import MarkError


def main(arguments: list[str]) -> int:
    """The exit status: 1 if the catalogue has faults, 2 if nobody knows what was asked for."""
    try:
        match arguments:
            case ["collect"]:
                added, dropped = collect()
                print(f"Texts: {added} new, {dropped} dropped")
            case ["compile"]:
                compile_catalogues()
            case ["check"]:
                return check()
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except MarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def check() -> int:
    """Print every fault of the catalogue; 1 if there is one."""
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        print("Run make messages, then translate what is empty.", file=sys.stderr)
    return min(len(found), 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
