"""Archives become rows, and a package is held out as a whole."""

import io
import json
import tarfile
import tempfile
import unittest
import zipfile
from collections import Counter
from pathlib import Path
from unittest import mock

from corpus import build
from corpus.extract import package_files
from corpus.fetch import pinned
from corpus.licences import permissive
from corpus.rows import Package, PackageRows, package_rows
from corpus.sources_npm import fetch_npm, manifest


def source(name: str) -> str:
    return "".join(f"export const {name}{n} = compute({n}, '{name}');\n" for n in range(20))


def tar_of(files: dict[str, str], path: Path) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


class Extract(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_tar_and_zip_lose_their_top_folder(self) -> None:
        files = {"thing-1.0/src/a.ts": source("a"), "thing-1.0/b.py": source("b"), "thing-1.0/logo.svg": source("c")}
        tar = tar_of(files, self.folder / "thing.tgz")
        zipped = self.folder / "thing.zip"
        with zipfile.ZipFile(zipped, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        for place in (tar, zipped):
            self.assertEqual(sorted(package_files(place)), ["b.py", "src/a.ts"])

    def test_source_maps_give_back_the_typescript(self) -> None:
        (self.folder / "dist").mkdir()
        content = {"version": 3, "sources": ["../src/a.ts", "../node_modules/x/y.ts"],
                   "sourcesContent": [source("a"), source("y")]}
        (self.folder / "dist" / "a.js.map").write_text(json.dumps(content))
        self.assertEqual(package_files(self.folder), {"src/a.ts": source("a").encode()})

    def test_an_unknown_archive_is_an_error(self) -> None:
        (self.folder / "thing.bin").write_bytes(b"neither")
        with self.assertRaises(ValueError):
            package_files(self.folder / "thing.bin")

    def test_a_package_under_another_licence_than_pinned_gives_nothing(self) -> None:
        (self.folder / "package.json").write_text(json.dumps({"license": "GPL-3.0-only"}) + " " * 200)
        (self.folder / "a.ts").write_text(source("a"))
        package = Package("npm", "thing", "1.0.0", "MIT", False, self.folder)
        self.assertEqual(package_rows(package).rows, [])
        stated = package._replace(licence="GPL-3.0-only")
        self.assertEqual(package_rows(stated).rows, [], "what is not permissive is refused even when it agrees")


class HeldOut(unittest.TestCase):
    def rows(self, name: str, held_out: bool, texts: list[str]) -> PackageRows:
        package = Package("npm", name, "1.0.0", "MIT", held_out, Path(name))
        rows = [
            {"package": package.key, "path": f"{n}.ts", "language": "typescript", "licence": "MIT", "text": text}
            for n, text in enumerate(texts)
        ]
        return PackageRows(package, rows, Counter())

    def test_whole_packages_and_no_copies_of_training_files(self) -> None:
        results = [self.rows("kept", False, [source("a"), source("b")]),
                   self.rows("out", True, [source("b"), source("c")])]
        with tempfile.TemporaryDirectory() as folder:
            dropped: Counter[str] = Counter()
            build.write(build.kept_rows(results, dropped), Path(folder))
            texts = {split: (Path(folder) / split / "typescript.jsonl").read_text().splitlines()
                     for split in ("train", "heldout")}
        packages = {split: {json.loads(line)["package"] for line in lines} for split, lines in texts.items()}
        self.assertEqual(packages, {"train": {"npm:kept@1.0.0"}, "heldout": {"npm:out@1.0.0"}})
        self.assertEqual(len(texts["heldout"]), 1)
        self.assertEqual(dropped["duplicate: exact"], 1)

    def test_training_packages_are_read_first(self) -> None:
        entries = [{"name": name, "version": "1", "licence": "MIT", "heldOut": name == "a"} for name in "abc"]
        at = {f"{name}@1": Path(name) for name in "abc"}
        with mock.patch.object(build, "pinned", lambda e: entries if e == "npm" else []), \
                mock.patch.object(build, "places", lambda _e: at):
            self.assertEqual([package.held_out for package in build.packages()], [False, False, True])


class Pinned(unittest.TestCase):
    def test_every_entry_is_pinned_once_under_a_permissive_licence(self) -> None:
        for path in sorted(build.PACKAGES.glob("*.json")):
            entries = pinned(path.stem)
            names = Counter(entry["name"] for entry in entries)
            for entry in entries:
                with self.subTest(f"{path.stem}:{entry['name']}"):
                    self.assertTrue(permissive(entry["licence"]))
                    self.assertRegex(entry["version"], r"\d")
                    self.assertEqual(names[entry["name"]], 1, "two versions could stand on both sides")

    def test_npm_gets_exact_versions_and_only_what_is_missing(self) -> None:
        entries = [{"name": "@scope/thing", "version": "1.2.3", "licence": "MIT"}]
        self.assertEqual(manifest(entries)["dependencies"], {"@scope/thing": "1.2.3"})
        with tempfile.TemporaryDirectory() as folder, mock.patch("subprocess.run") as run:
            self.assertEqual(fetch_npm(entries, Path(folder)), {})
            self.assertEqual(run.call_count, 1)
            package = Path(folder) / "node_modules" / "@scope" / "thing"
            package.mkdir(parents=True)
            (package / "package.json").write_text(json.dumps({"version": "1.2.3"}))
            self.assertEqual(fetch_npm(entries, Path(folder)), {"@scope/thing@1.2.3": package})
            self.assertEqual(run.call_count, 1)


if __name__ == "__main__":
    unittest.main()
