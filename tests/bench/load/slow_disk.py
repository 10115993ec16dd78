"""Makes the disk slow for one process: SQLite syncs in C, so a small library is put before libc's.

Nothing in the bot knows of it; where there is no C compiler, the disk stays as it is, and is said
to be so.
"""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_disk.c")


def slow_disk(folder: Path, milliseconds: float) -> dict[str, str]:
    """The environment of a process whose disk takes at least so long; empty if it cannot be."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return {}
    library = folder / "slow_disk.so"
    build = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl"]
    if subprocess.run(build, capture_output=True, check=False).returncode:
        return {}
    return {"LD_PRELOAD": str(library), "SYNC_MS": str(milliseconds)}
