"""Java libraries, through Maven: the -sources.jar that a release carries beside its classes."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

COPY = (
    "mvn", "--quiet", "--batch-mode",
    "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies",
    "-DexcludeTransitive=true", "-Dmdep.prependGroupId=true",
)


def project(entries: list[dict]) -> str:
    """A pom.xml whose dependencies are the source archives of the pinned "group:artifact" names."""
    rows = []
    for entry in entries:
        group, artifact = entry["name"].split(":")
        fields = {"groupId": group, "artifactId": artifact, "version": entry["version"], "classifier": "sources"}
        body = "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in fields.items())
        rows.append(f"<dependency>{body}</dependency>")
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>starter</groupId><artifactId>corpus</artifactId>"
        "<version>1</version><packaging>pom</packaging><dependencies>\n"
        + "\n".join(rows)
        + "\n</dependencies></project>\n"
    )


def jar(folder: Path, entry: dict) -> Path:
    group, artifact = entry["name"].split(":")
    return folder / f"{group}.{artifact}-{entry['version']}-sources.jar"


def fetch_maven(entries: list[dict], folder: Path) -> dict[str, Path]:
    """Copies the missing archives into `folder`. Raises CalledProcessError when Maven fails."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [entry for entry in entries if not jar(folder, entry).exists()]
    if missing:
        (folder / "pom.xml").write_text(project(missing), "utf-8")
        repository = (folder / "repository").resolve()
        subprocess.run([*COPY, f"-Dmaven.repo.local={repository}", f"-DoutputDirectory={folder.resolve()}"], cwd=folder, check=True)
    return {f"{e['name']}@{e['version']}": jar(folder, e) for e in entries if jar(folder, e).exists()}
