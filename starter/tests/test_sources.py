"""The pinned lists, and what each ecosystem's client is asked for (the clients themselves are not run)."""

from __future__ import annotations

import json
import tempfile
import tomllib
import unittest
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from corpus import sources_crates, sources_debian, sources_go, sources_maven, sources_pypi, stated
from corpus.licences import permissive

PACKAGES = Path(__file__).resolve().parent.parent / "packages"
LISTS = ("pypi", "go", "crates", "maven", "debian")


def pinned(ecosystem: str) -> list[dict]:
    return json.loads((PACKAGES / f"{ecosystem}.json").read_text("utf-8"))


class PinnedLists(unittest.TestCase):
    def test_each_entry_is_pinned_once_and_permissive(self) -> None:
        for ecosystem in LISTS:
            entries = pinned(ecosystem)
            names = Counter(entry["name"] for entry in entries)
            self.assertEqual([name for name, count in names.items() if count > 1], [], ecosystem)
            self.assertEqual([e["name"] for e in entries if not permissive(e["licence"])], [], ecosystem)
            self.assertTrue(all(entry["version"] for entry in entries))
            self.assertLessEqual({key for e in entries for key in e}, {"name", "version", "licence", "heldOut"})

    def test_some_packages_are_held_out_everywhere(self) -> None:
        for ecosystem in LISTS:
            entries = pinned(ecosystem)
            share = sum(entry.get("heldOut", False) for entry in entries) / len(entries)
            self.assertTrue(0.03 < share < 0.15, f"{ecosystem}: {share:.2f}")


class Archives(unittest.TestCase):
    """What lies in the folder already is found again under the key of its entry."""

    def check(self, fetch, relative: str, entry: dict) -> None:
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary).resolve() / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
            self.assertEqual(fetch([entry], Path(temporary).resolve()), {f"{entry['name']}@{entry['version']}": path})

    def test_pypi_names_differ_in_case_and_dashes(self) -> None:
        self.check(sources_pypi.fetch_pypi, "Huggingface_Hub-2.4.0-py3-none-any.whl", {"name": "huggingface-hub", "version": "2.4.0"})

    def test_go_escapes_upper_case(self) -> None:
        self.check(
            sources_go.fetch_go, "cache/cache/download/github.com/!burnt!sushi/toml/@v/v1.4.0.zip",
            {"name": "github.com/BurntSushi/toml", "version": "v1.4.0"},
        )

    def test_crates(self) -> None:
        self.check(
            sources_crates.fetch_crates, "home/registry/cache/index/toml-1.2.1+spec-1.1.0.crate",
            {"name": "toml", "version": "1.2.1+spec-1.1.0"},
        )

    def test_maven(self) -> None:
        self.check(
            sources_maven.fetch_maven, "com.google.guava.guava-33.0.0-jre-sources.jar",
            {"name": "com.google.guava:guava", "version": "33.0.0-jre"},
        )

    def test_debian(self) -> None:
        self.check(sources_debian.fetch_debian, "libzstd_1.5.4+dfsg2.orig.tar.xz", {"name": "libzstd", "version": "1.5.4+dfsg2"})


class Manifests(unittest.TestCase):
    def test_cargo_pins_exactly(self) -> None:
        parsed = tomllib.loads(sources_crates.manifest([{"name": "serde", "version": "1.0.0"}]))
        self.assertEqual(parsed["dependencies"], {"serde": {"version": "=1.0.0", "default-features": False}})

    def test_maven_asks_for_the_sources(self) -> None:
        root = ET.fromstring(sources_maven.project([{"name": "a.b:c", "version": "1"}]))
        self.assertEqual([field.text for field in root.iter("dependency") for field in field], ["a.b", "c", "1", "sources"])

    def test_debian_asks_for_sources_in_both_formats(self) -> None:
        self.assertEqual(sources_debian.source_lines("deb mirror stable main\n"), "deb-src mirror stable main\n")
        self.assertEqual(sources_debian.source_lines("Types: deb\nSuites: stable\n"), "Types: deb-src\nSuites: stable\n")
        self.assertEqual(sources_debian.source_lines("Types: deb deb-src\n"), "Types: deb-src deb-src\n")


class Stated(unittest.TestCase):
    def test_wheel_metadata(self) -> None:
        self.assertEqual(stated.of_wheel_metadata("Name: a\nLicense-Expression: MIT OR Apache-2.0\n\nbody"), "MIT OR Apache-2.0")
        classified = "Name: a\nClassifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: BSD License\n\n"
        self.assertEqual(stated.of_wheel_metadata(classified), "BSD-3-Clause")

    def test_licence_texts(self) -> None:
        bsd = "Redistribution and use in source and binary forms\nare permitted."
        self.assertEqual(stated.of_text(bsd), "BSD-2-Clause")
        self.assertEqual(stated.of_text(bsd + "\nNeither the name of the\nholder"), "BSD-3-Clause")
        self.assertEqual(stated.of_text("Permission is hereby\ngranted, free of charge, to any person"), "MIT")
        self.assertIsNone(stated.of_text("All rights reserved."))


if __name__ == "__main__":
    unittest.main()
