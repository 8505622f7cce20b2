"""A tiny model through the exporter and back."""

import dataclasses
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import gguf
import numpy as np
import torch

from export import gguf_file
from export.gguf_file import gguf_name
from tokenizer.special import special_tokens
from tokenizer.train import empty_tokenizer
from tokenizers import trainers
from train import checkpoint
from train.model import Model, Shape


class TestExport(unittest.TestCase):
    def test_weights_and_special_tokens_arrive(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            tokenizer = empty_tokenizer()
            tokenizer.train_from_iterator(["const a = 1;\n"] * 4, trainers.BpeTrainer(vocab_size=64))
            tokenizer.add_special_tokens(special_tokens)
            tokenizer.save(str(folder / "tokenizer.json"))
            shape = Shape(vocabulary=tokenizer.get_vocab_size(), width=64, layers=1, heads=2, kv_heads=1, head_width=32,
                          feed_forward=96)  # fmt: skip
            model = Model(shape, positions=2_048)
            checkpoint.save(folder / "checkpoint.pt", model, [], checkpoint.Progress())
            out = folder / "model.gguf"
            arguments = ["gguf_file", "--checkpoint", str(folder / "checkpoint.pt"), "--tokenizer",
                         str(folder / "tokenizer.json"), "--out", str(out)]  # fmt: skip
            with mock.patch("sys.argv", arguments):
                gguf_file.main()
            self._compare(gguf.GGUFReader(out), model)

    def _compare(self, reader: gguf.GGUFReader, model: Model) -> None:
        self.assertEqual(reader.fields["general.architecture"].contents(), "qwen3")
        tokens = reader.fields["tokenizer.ggml.tokens"].contents()
        self.assertEqual(tokens[-len(special_tokens) :], special_tokens)
        self.assertEqual(tokens[reader.fields["tokenizer.ggml.fim_mid_token_id"].contents()], "<|fim_middle|>")
        tensors = {tensor.name: tensor for tensor in reader.tensors}
        self.assertEqual(len(tensors), len(dict(model.named_parameters())))
        for name, parameter in model.named_parameters():
            tensor = tensors[gguf_name(name)]
            values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).reshape(parameter.shape)
            step = parameter.detach().abs().max().item() / 127
            np.testing.assert_allclose(values, parameter.detach().numpy(), atol=max(step, 1e-6))

    def test_refuses_a_parameter_llama_cpp_does_not_know(self) -> None:
        with self.assertRaises(KeyError):
            gguf_name("blocks.0.attention.query.bias")


class TestShape(unittest.TestCase):
    def test_widths_fill_whole_blocks_of_q8_0(self) -> None:
        shape = Shape()
        for field in dataclasses.fields(shape):
            if field.name in ("width", "head_width", "feed_forward"):
                self.assertEqual(getattr(shape, field.name) % 32, 0, field.name)
        self.assertEqual(torch.Size([shape.vocabulary]), torch.Size([8_192]))


if __name__ == "__main__":
    unittest.main()
