import subprocess
import sys
from pathlib import Path

import kernel


def test_the_kernel_can_be_imported_without_django() -> None:
    folder = Path(kernel.__path__[0])
    modules = sorted(f"kernel.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__")
    program = f"import sys, {', '.join(modules)}; print('django' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=folder.parent, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "False\n"
