"""C, C++, C# and shell projects, through apt: the upstream archive of a Debian source package.

apt gets its own state below the target folder, with the source lines of the machine's own
repositories switched on; the machine's configuration stays as it is. Pinned is the upstream
version, which a Debian release keeps.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

SYSTEM = Path("/etc/apt")
ARCHIVE = re.compile(r"^(?P<name>[^_]+)_(?P<version>.+)\.orig\.tar\.(?:gz|bz2|xz)$")


def source_lines(text: str) -> str:
    """The same repositories, asked for sources instead of binaries (both file formats)."""
    return re.sub(r"^(Types:\s*|)deb(?=\s)", r"\1deb-src", text, flags=re.MULTILINE)


def configure(state: Path) -> Path:
    """Writes an apt configuration with its state below `state`; answers its path."""
    for folder in ("parts", "lists/partial", "cache/archives/partial"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    files = [SYSTEM / "sources.list", *SYSTEM.glob("sources.list.d/*.list"), *SYSTEM.glob("sources.list.d/*.sources")]
    for path in files:
        if path.exists():
            (state / "parts" / path.name).write_text(source_lines(path.read_text("utf-8")), "utf-8")
    settings = {
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": state / "parts",
        "Dir::State::Lists": state / "lists",
        "Dir::Cache": state / "cache",
    }
    target = state / "apt.conf"
    target.write_text("".join(f'{key} "{value}";\n' for key, value in settings.items()), "utf-8")
    return target


def archives(folder: Path) -> dict[str, Path]:
    """The upstream archives in a folder by "name@version"."""
    matches = ((path, ARCHIVE.match(unquote(path.name))) for path in sorted(folder.glob("*.orig.tar.*")))
    return {f"{m['name']}@{m['version']}": path for path, m in matches if m}


def fetch_debian(entries: list[dict], folder: Path) -> dict[str, Path]:
    """Downloads what is not there yet; a package whose archive the mirror lacks is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = [f"{e['name']}@{e['version']}" for e in entries]
    missing = [key.partition("@")[0] for key in keys if key not in archives(folder)]
    if missing:
        environment = {**os.environ, "APT_CONFIG": str(configure((folder / "state").resolve()))}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True)
        command = ["apt-get", "source", "-qq", "--only-source", "--download-only", *missing]
        # apt fails when any of the parts (signatures, Debian's own changes) is missing; only the archive is used.
        subprocess.run(command, cwd=folder, env=environment)
    have = archives(folder)
    return {key: have[key] for key in keys if key in have}
