"""The parts of training, each held against the plain way to compute the same."""

import argparse
import tempfile
import unittest
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from train import checkpoint
from train.loss import HeadLoss
from train.model import Model, Shape, causal_attention
from train.muon import orthogonal
from train.plan import Phase, phase_at, rate_at
from train.run import make_optimizers, open_log
from train.tokens import end, in_middle, middle

tiny = Shape(vocabulary=64, width=32, layers=2, heads=2, kv_heads=1, head_width=32, feed_forward=64)


class TestModel(unittest.TestCase):
    def test_attention_in_blocks_equals_the_fused_kernel(self) -> None:
        torch.manual_seed(1)
        query, key, value = torch.randn(2, 4, 600, 32), torch.randn(2, 2, 600, 32), torch.randn(2, 2, 600, 32)
        expected = F.scaled_dot_product_attention(query, key, value, is_causal=True, enable_gqa=True)
        torch.testing.assert_close(causal_attention(query, key, value), expected, rtol=1e-4, atol=1e-4)

    def test_a_token_never_sees_what_follows(self) -> None:
        torch.manual_seed(2)
        model = Model(tiny, positions=300)
        for parameter in model.parameters():
            torch.nn.init.normal_(parameter, std=0.1)
        tokens = torch.randint(0, 64, (1, 300))
        changed = tokens.clone()
        changed[0, 280] = (changed[0, 280] + 1) % 64
        before, after = model(tokens, torch.float32), model(changed, torch.float32)
        torch.testing.assert_close(before[:, :280], after[:, :280])
        self.assertFalse(torch.allclose(before[:, 280:], after[:, 280:]))

    def test_counts_its_parameters(self) -> None:
        matrices = sum(p.numel() for p in Model(tiny, positions=8).parameters() if p.ndim == 2)
        self.assertEqual(tiny.parameters, matrices)


class TestLoss(unittest.TestCase):
    def test_value_and_gradients_equal_cross_entropy(self) -> None:
        torch.manual_seed(3)
        targets = torch.randint(0, 50, (100,))
        weights = torch.rand(100)
        weights[::7] = 0
        results = []
        for loss_of in (HeadLoss.apply, plain_loss):
            torch.manual_seed(4)
            hidden, head = torch.randn(100, 16, requires_grad=True), torch.randn(50, 16, requires_grad=True)
            loss = loss_of(hidden, head, targets, weights)
            loss.backward()
            results.append((loss.detach(), hidden.grad, head.grad))
        for ours, plain in zip(*results, strict=True):
            torch.testing.assert_close(ours, plain, rtol=1e-4, atol=1e-6)


def plain_loss(hidden: Tensor, head: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    each = F.cross_entropy(hidden @ head.t(), targets, reduction="none")
    return (each * weights).sum() / weights.sum()


class TestRows(unittest.TestCase):
    def test_a_middle_reaches_from_its_marker_to_the_end_of_text(self) -> None:
        tokens = torch.tensor([[5, middle, 6, 7, end, 8], [5, end, 6, middle, 7, 8]])
        expected = [[False, True, True, True, False, False], [False, False, False, True, True, True]]
        self.assertEqual(in_middle(tokens).tolist(), expected)

    def test_special_tokens_are_where_the_tokenizer_puts_them(self) -> None:
        self.assertEqual((end, middle), (8_183, 8_187))


class TestMuon(unittest.TestCase):
    def test_singular_values_come_near_one(self) -> None:
        torch.manual_seed(5)
        for shape in ((3, 48, 96), (2, 96, 48)):
            values = torch.linalg.svdvals(orthogonal(torch.randn(shape)).float())
            self.assertGreater(values.min().item(), 0.4)
            self.assertLess(values.max().item(), 1.4)


class TestPlan(unittest.TestCase):
    def test_phases_follow_each_other(self) -> None:
        phases = Phase.parse_all(["a:0.7", "b:0.3"])
        self.assertEqual([phase_at(phases, done) for done in (0, 0.69, 0.7, 1.0)], [0, 0, 1, 1])

    def test_refuses_shares_that_do_not_add_up(self) -> None:
        with self.assertRaisesRegex(SystemExit, "add up to 0.9"):
            Phase.parse_all(["a:0.7", "b:0.2"])

    def test_rates_rise_once_and_fall_to_nothing(self) -> None:
        self.assertEqual(rate_at(0), 0)
        self.assertAlmostEqual(rate_at(0.01), 1)
        self.assertEqual(rate_at(1), 0)


class TestInterruption(unittest.TestCase):
    def test_a_resumed_run_goes_on_exactly(self) -> None:
        options = argparse.Namespace(embedding_rate=1e-3, matrix_rate=0.02)

        def steps(model: Model, optimizers: list, count: int) -> None:
            for number in range(count):
                tokens = torch.arange(number, number + 20)[None] % 64
                hidden = model(tokens, torch.float32)
                F.cross_entropy(hidden[0] @ model.embedding.weight.t(), tokens[0]).backward()
                for optimizer in optimizers:
                    optimizer.step()
                model.zero_grad(set_to_none=False)

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            first = Model(tiny, positions=32)
            optimizers = make_optimizers(first, options)
            steps(first, optimizers, 3)
            checkpoint.save(path, first, optimizers, checkpoint.Progress(step=3, row=7))
            second = Model(tiny, positions=32)
            others = make_optimizers(second, options)
            progress = checkpoint.load(path, second, others)
            self.assertEqual((progress.step, progress.row), (3, 7))
            steps(first, optimizers, 2)
            steps(second, others, 2)
            torch.testing.assert_close(second.state_dict(), first.state_dict())

    def test_the_log_forgets_steps_that_will_be_taken_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.csv"
            path.write_text("step,seconds,tokens,context,rate,loss,validation\n1,,,,,,\n2,,,,,,\n3,,,,,,\n")
            open_log(path, 2).close()
            self.assertEqual([line.split(",")[0] for line in path.read_text().split()], ["step", "1", "2"])


if __name__ == "__main__":
    unittest.main()
