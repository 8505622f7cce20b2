"""Checkpoint and tokenizer -> one GGUF of architecture qwen3, quantised to Q8_0.

    python -m export.gguf_file --checkpoint out/run/checkpoint.pt --out out/starter.gguf
"""

import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch

from export.chat_template import chat_template
from tokenizer.special import (
    end_of_text,
    file_separator,
    fim_middle,
    fim_pad,
    fim_prefix,
    fim_suffix,
    repository_name,
    special_tokens,
    turn_end,
)
from train.checkpoint import load_model
from train.model import Model, longest_context

#: Our names -> llama.cpp's, inside `blk.{i}.`.
block_names = {
    "attention_norm.weight": "attn_norm.weight",
    "attention.query.weight": "attn_q.weight",
    "attention.key.weight": "attn_k.weight",
    "attention.value.weight": "attn_v.weight",
    "attention.output.weight": "attn_output.weight",
    "attention.query_norm.weight": "attn_q_norm.weight",
    "attention.key_norm.weight": "attn_k_norm.weight",
    "feed_forward_norm.weight": "ffn_norm.weight",
    "feed_forward.gate.weight": "ffn_gate.weight",
    "feed_forward.up.weight": "ffn_up.weight",
    "feed_forward.down.weight": "ffn_down.weight",
}


def gguf_name(name: str) -> str:
    """The tensor name llama.cpp reads; KeyError for a parameter it would not know."""
    if name == "embedding.weight":
        return "token_embd.weight"
    if name == "norm.weight":
        return "output_norm.weight"
    _, block, rest = name.split(".", 2)
    return f"blk.{block}.{block_names[rest]}"


def write_shape(writer: gguf.GGUFWriter, model: Model, name: str) -> None:
    shape = model.shape
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_description("Hearth's embedded code model: fill-in-the-middle first, short explanations and fixes")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_context_length(longest_context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_width)
    writer.add_value_length(shape.head_width)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_epsilon)


def write_tokenizer(writer: gguf.GGUFWriter, path: Path) -> None:
    saved = json.loads(path.read_text(encoding="utf-8"))
    numbers = {**saved["model"]["vocab"], **{token["content"]: token["id"] for token in saved["added_tokens"]}}
    tokens = sorted(numbers, key=lambda token: numbers[token])
    control = gguf.TokenType.CONTROL
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([control if token in special_tokens else gguf.TokenType.NORMAL for token in tokens])
    merges = saved["model"]["merges"]
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_bos_token_id(numbers[end_of_text])
    writer.add_eos_token_id(numbers[end_of_text])
    writer.add_eot_token_id(numbers[turn_end])
    writer.add_pad_token_id(numbers[end_of_text])
    writer.add_add_bos_token(False)
    writer.add_uint32("tokenizer.ggml.fim_pre_token_id", numbers[fim_prefix])
    writer.add_uint32("tokenizer.ggml.fim_mid_token_id", numbers[fim_middle])
    writer.add_uint32("tokenizer.ggml.fim_suf_token_id", numbers[fim_suffix])
    writer.add_uint32("tokenizer.ggml.fim_pad_token_id", numbers[fim_pad])
    writer.add_uint32("tokenizer.ggml.fim_rep_token_id", numbers[repository_name])
    writer.add_uint32("tokenizer.ggml.fim_sep_token_id", numbers[file_separator])
    writer.add_chat_template(chat_template)


def write_weights(writer: gguf.GGUFWriter, model: Model) -> None:
    """Matrices as Q8_0 (blocks of 32 along the inputs), gains as float32."""
    for name, parameter in model.named_parameters():
        values = parameter.detach().to(torch.float32).numpy()
        if values.ndim == 1:
            writer.add_tensor(gguf_name(name), values)
            continue
        quantised = gguf.quants.quantize(np.ascontiguousarray(values), gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor(gguf_name(name), quantised, raw_dtype=gguf.GGMLQuantizationType.Q8_0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=Path("out/run/checkpoint.pt"))
    parser.add_argument("--tokenizer", type=Path, default=Path("out/tokenizer/tokenizer.json"))
    parser.add_argument("--name", default="Hearth starter 1")
    parser.add_argument("--out", type=Path, default=Path("out/starter.gguf"))
    options = parser.parse_args()
    model = load_model(options.checkpoint)
    writer = gguf.GGUFWriter(str(options.out), "qwen3")
    write_shape(writer, model, options.name)
    write_tokenizer(writer, options.tokenizer)
    write_weights(writer, model)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
