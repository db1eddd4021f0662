"""A command of its own that uses the embedded servers: prints their URLs, ends when its input does."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from config.embedded import servers

if __name__ == "__main__":
    with servers(Path(sys.argv[1]), durable=False, shared_buffers_mb=16, environ={}) as endpoints:
        print(json.dumps(asdict(endpoints)), flush=True)
        sys.stdin.read()
