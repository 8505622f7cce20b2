import argparse
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from embedder.artefact import load, save
from embedder.bags import Bags, saturated
from embedder.batches import Pairs, batches, not_negatives
from embedder.bm25 import Bm25
from embedder.model import StaticEmbedder, contrastive_loss
from embedder.ranks import fused, places, rank_of, summary_of
from embedder.train import Training
from embedder.vocabulary import Vocabulary


def synonyms(pairs: int = 512, words: int = 64) -> Pairs:
    """Queries of rows 0..63 whose code says the same in rows 64..127."""
    chance = np.random.default_rng(3)
    bags: list[list[int]] = []
    for _ in range(pairs):
        rows = chance.choice(words, 4, replace=False)
        bags += [list(rows), list(rows + words)]
    numbers = np.arange(pairs)
    return Pairs(Bags.of_rows(bags), np.zeros(pairs, np.uint8), (numbers // 64).astype(np.uint32), np.arange(2 * pairs))


class BagsOfRows(unittest.TestCase):
    bags = Bags.of_rows([[3, 1, 3], [], [2]])

    def test_counts_each_row_once(self) -> None:
        self.assertEqual(self.bags.rows.tolist(), [3, 1, 2])
        self.assertEqual(self.bags.counts.tolist(), [2, 1, 1])

    def test_takes_bags_in_any_order(self) -> None:
        taken = self.bags.take(np.array([2, 0, 1, 0]))
        self.assertEqual(taken.rows.tolist(), [2, 3, 1, 3, 1])
        self.assertEqual(taken.starts.tolist(), [0, 1, 3, 3, 5])

    def test_pools_as_the_model_does(self) -> None:
        model = StaticEmbedder(5, 8, torch.tensor([1.0, 0.5, 2.0, 1.0, 1.0]))
        weights = torch.from_numpy(saturated(self.bags.counts))
        vectors = model(torch.from_numpy(self.bags.rows.astype(np.int64)), weights, torch.from_numpy(self.bags.starts))
        np.testing.assert_allclose(self.bags.pooled(model.table().numpy()), vectors.detach().numpy(), atol=1e-6)


class Learning(unittest.TestCase):
    given = argparse.Namespace(batch=64, rate=3e-2, seed=1, device="cpu")

    def _trained(self, folder: Path, steps: int) -> StaticEmbedder:
        torch.manual_seed(1)
        model = StaticEmbedder(128, 16, torch.ones(128))
        Training(model, synonyms(), argparse.Namespace(**vars(self.given), steps=steps)).run(folder)
        return model

    def test_learns_synonyms_and_goes_on_where_it_stopped(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            model = self._trained(folder, 200)
            table = model.table().numpy()
            words, meanings = table[:64], table[64:]
            right = (np.argmax(words @ meanings.T, axis=1) == np.arange(64)).mean()
            self.assertGreater(right, 0.8)
            self.assertLess(json.loads((folder / "loss.jsonl").read_text().splitlines()[-1])["loss"], 2)
            again = self._trained(folder, 200)
            np.testing.assert_array_equal(again.table().numpy(), table)

    def test_is_the_same_each_time(self) -> None:
        tables = []
        for _ in range(2):
            with tempfile.TemporaryDirectory() as name:
                tables.append(self._trained(Path(name), 5).table().numpy())
        np.testing.assert_array_equal(*tables)

    def test_no_pair_meets_its_equal_as_a_negative(self) -> None:
        texts = np.array([[1, 2], [1, 3], [4, 2], [5, 6]])
        expected = [[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
        self.assertEqual(not_negatives(texts).astype(int).tolist(), expected)
        same = torch.from_numpy(not_negatives(texts))
        loss = contrastive_loss(torch.eye(4), torch.eye(4), torch.tensor(50.0), same)
        self.assertLess(loss.item(), 1e-6)

    def test_batches_hold_blocks_of_one_package(self) -> None:
        pairs = synonyms()
        for batch in batches(pairs, 64, np.random.default_rng(1)):
            for block in pairs.groups[batch].reshape(-1, 32):
                self.assertLessEqual(len(set(block)), 2)


class Artefact(unittest.TestCase):
    def test_comes_back_nearly_as_it_was(self) -> None:
        table = np.random.default_rng(1).standard_normal((12, 8)).astype(np.float32)
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "x.safetensors"
            save(path, table, Vocabulary(["read", "file"], hashed_rows=10))
            loaded = load(path)
            self.assertEqual(loaded.vocabulary.rows("readFile"), [0, 1])
            np.testing.assert_allclose(loaded.table, table, atol=np.abs(table).max() / 250)
            content = bytearray(path.read_bytes())
            content[-3] ^= 1
            path.write_bytes(content)
            with self.assertRaisesRegex(ValueError, "damaged"):
                load(path)


class Ranking(unittest.TestCase):
    def test_bm25_prefers_rare_words_and_short_texts(self) -> None:
        index = Bm25(["read the file".split(), "read the the socket and more".split(), "the end".split()])
        self.assertEqual(int(np.argmax(index.scores(["read"]))), 0)
        self.assertEqual(int(np.argmax(index.scores(["the", "socket"]))), 1)
        self.assertEqual(index.scores(["nothing"]).tolist(), [0, 0, 0])

    def test_ties_share_their_places(self) -> None:
        self.assertEqual(rank_of(np.array([3.0, 1.0, 1.0, 0.0]), 1), 2.5)
        self.assertEqual(places(np.array([0.0, 2.0, 1.0, 0.0])).tolist(), [4, 1, 2, 4])
        self.assertEqual(summary_of(np.array([1.0, 2.0]))["MRR"], 0.75)

    def test_fusion_prefers_what_both_find(self) -> None:
        both = fused(np.array([1.0, 2, 3]), np.array([3.0, 1, 2]), constant=10, semantic_share=0.5)
        self.assertEqual(int(np.argmax(both)), 1)


if __name__ == "__main__":
    unittest.main()
