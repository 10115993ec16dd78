"""What is installed from the wheel holds everything the documents need."""

import subprocess
import sys
import zipfile
from pathlib import Path

from bot.reports.pdf.press import ROOT


def test_the_wheel_holds_every_template(tmp_path: Path) -> None:
    """The templates of the documents are files beside the code, and go along with it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT.parents[2])
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    templates = {f"bot/reports/pdf/{each.name}" for each in ROOT.glob("*.typ")}
    assert len(templates) >= 5
    assert templates <= held
