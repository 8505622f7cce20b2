"""The peer of `npm run bench:train`: LoRA by PyTorch, transformers and PEFT, on a model of a given shape with random
weights. Reads one order as JSON from its input, writes a line of JSON for each step. See peft.mjs for both."""

import ctypes
import json
import os
import random
import signal
import sys
import time

order = json.load(sys.stdin)
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(order["threads"])
os.setpriority(os.PRIO_PROCESS, 0, 19)  # As Hearth's trainer does: neither gains from what else runs.
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)

import peft  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

MODULES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
CONFIGS = {"qwen2": transformers.Qwen2Config, "qwen3": transformers.Qwen3Config, "llama": transformers.LlamaConfig}


def main():
    torch.set_num_threads(order["threads"])
    imports = peak_bytes()
    model = lora_model(order["shape"], getattr(torch, order["dtype"]))
    parameters = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4)
    forget_peak()
    versions = {each.__name__: each.__version__ for each in (torch, transformers, peft)}
    tell(kind="ready", versions=versions, importBytes=imports)
    for index, variant in enumerate(order["variants"]):
        use_checkpointing(model, variant["checkpointing"])
        for sequences in order["steps"]:
            start = time.perf_counter()
            step(model, sequences, variant)
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            seconds = time.perf_counter() - start
            tell(kind="step", variant=index, seconds=seconds, peakBytes=peak_bytes())


def lora_model(shape, dtype):
    config = CONFIGS[shape["architecture"]](
        vocab_size=shape["vocabulary"],
        hidden_size=shape["width"],
        intermediate_size=shape["feedForward"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        num_key_value_heads=shape["kvHeads"],
        head_dim=shape["headWidth"],
        max_position_embeddings=shape["contextTokens"],
        tie_word_embeddings=shape["tiedHead"],
        use_cache=False,
    )
    model = transformers.AutoModelForCausalLM.from_config(config, dtype=dtype)
    lora = peft.LoraConfig(r=order["rank"], lora_alpha=2 * order["rank"], target_modules=MODULES)
    return peft.get_peft_model(model, lora).train()


def use_checkpointing(model, wanted):
    if wanted:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    else:
        model.gradient_checkpointing_disable()


def step(model, sequences, variant):
    """Adds up the gradients of all sequences, `batch` of them at a time, the short ones filled up at their ends."""
    learned = sum(each["learned"] for each in sequences)
    for first in range(0, len(sequences), variant["batch"]):
        batch = sequences[first : first + variant["batch"]]
        rows = max(each["rows"] for each in batch)
        ids = torch.tensor([random_tokens(rows) for _ in batch])
        targets = torch.full((len(batch), rows), -100)
        for at, each in enumerate(batch):
            begin, end = each["rows"] - each["learned"], each["rows"]
            targets[at, begin:end] = torch.tensor(random_tokens(end - begin))
        # Logits of the rows that have targets, or of all.
        kept = max(rows - each["rows"] + each["learned"] for each in batch) if variant["keep"] else rows
        logits = model(input_ids=ids, logits_to_keep=kept).logits.float()
        loss = torch.nn.functional.cross_entropy(
            logits.reshape(-1, logits.size(-1)), targets[:, -kept:].reshape(-1), ignore_index=-100, reduction="sum"
        )
        (loss / learned).backward()


def random_tokens(count):
    return [random.randrange(order["shape"]["vocabulary"]) for _ in range(count)]


def forget_peak():
    """What making up weights takes is not what training takes."""
    with open("/proc/self/clear_refs", "w") as clear:
        clear.write("5")


def peak_bytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def tell(**message):
    print(json.dumps(message), flush=True)


main()
