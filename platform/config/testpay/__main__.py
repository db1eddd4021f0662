"""``python -m config.testpay --port 8100``: contracts from ``TESTPAY_MERCHANTS`` (JSON), until it is terminated.

``{"chuo": {"api": "...", "hooks": {"2026a": "..."}, "notify": "http://yoyaku.localhost:8000/..."}}``
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading

from config.testpay.book import Merchant
from config.testpay.server import Provider


def main() -> None:
    """Serve, and say on which port."""
    parser = argparse.ArgumentParser(prog="python -m config.testpay")
    parser.add_argument("--port", type=int, default=0)
    chosen = parser.parse_args()
    told = json.loads(os.environ.get("TESTPAY_MERCHANTS", "{}"))
    merchants = {name: Merchant(name, one["api"], one["hooks"], one["notify"]) for name, one in told.items()}
    server = Provider(chosen.port, merchants, control=os.environ.get("TESTPAY_CONTROL", ""))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    sys.stdout.write(f"listening on {server.server_port}\n")
    sys.stdout.flush()
    with server.beating():
        server.serve_forever(poll_interval=0.1)
    server.server_close()


if __name__ == "__main__":
    main()
