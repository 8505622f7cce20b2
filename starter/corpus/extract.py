"""Step 2: the source files of one package, read from a folder or an archive in memory."""

from __future__ import annotations

import io
import json
import os
import posixpath
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from languages import language_of

MIN_BYTES = 200
MAX_BYTES = 120_000
MAX_MAP_BYTES = 8_000_000
# Folders that hold other people's packages: never walked.
FOREIGN = {"node_modules", "bower_components", ".git"}

RawFile = tuple[str, bytes]


def wanted(path: str, size: int) -> bool:
    """Whether a file can hold source text: a known language at a readable size, or a source map."""
    if path.endswith((".js.map", ".mjs.map", ".cjs.map")):
        return size <= MAX_MAP_BYTES
    return language_of(path) is not None and MIN_BYTES <= size <= MAX_BYTES


def from_folder(folder: Path) -> Iterator[RawFile]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in FOREIGN)
        for name in sorted(names):
            full = os.path.join(root, name)
            if not os.path.islink(full) and wanted(name, os.path.getsize(full)):
                yield os.path.relpath(full, folder).replace(os.sep, "/"), Path(full).read_bytes()


def from_tar(data: bytes) -> Iterator[RawFile]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            if member.isfile() and wanted(member.name, member.size):
                handle = archive.extractfile(member)
                if handle is not None:
                    yield member.name, handle.read()


def from_zip(data: bytes) -> Iterator[RawFile]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.is_dir() and wanted(info.filename, info.file_size):
                yield info.filename, archive.read(info)


def without_top_folder(files: list[RawFile]) -> list[RawFile]:
    """Strips the one folder an archive wraps its content in (package/, name-1.2.3/)."""
    tops = {path.split("/", 1)[0] for path, _ in files if "/" in path}
    if len(tops) != 1 or any("/" not in path for path, _ in files):
        return files
    return [(path.split("/", 1)[1], data) for path, data in files]


def mapped_sources(path: str, data: bytes) -> Iterator[RawFile]:
    """The original TypeScript that a package's own source map carries (`sourcesContent`)."""
    try:
        source_map = json.loads(data)
        pairs = zip(source_map.get("sources") or [], source_map.get("sourcesContent") or [])
        for source, content in pairs:
            # The map names its sources relative to itself; a bundler may add its own scheme.
            relative = posixpath.normpath(source.split("://", 1)[-1].lstrip("/"))
            relative = relative.replace("../", "")
            if content and relative.endswith((".ts", ".tsx")) and "node_modules" not in source:
                encoded = content.encode("utf-8", "replace")
                if MIN_BYTES <= len(encoded) <= MAX_BYTES:
                    yield relative, encoded
    except (ValueError, AttributeError, TypeError):
        return


def package_files(place: Path) -> dict[str, bytes]:
    """Every candidate file of a package by its path. Raises ValueError for an unknown kind of archive."""
    if place.is_dir():
        files = list(from_folder(place))
    else:
        data = place.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(data)):
            files = list(from_zip(data))
        elif data[:2] == b"\x1f\x8b" or data[:3] == b"BZh" or data[:6] == b"\xfd7zXZ\x00":
            files = list(from_tar(data))
        else:
            raise ValueError(f"{place.name}: neither a folder, a zip nor a tar archive")
        files = without_top_folder(files)
    sources = {path: data for path, data in files if not path.endswith(".map")}
    for path, data in files:
        if path.endswith(".map"):
            for source, content in mapped_sources(path, data):
                sources.setdefault(source, content)
    return sources
