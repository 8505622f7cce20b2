"""Qwen's special tokens, in the order in which they follow the merges."""

vocabulary_size = 8_192

end_of_text = "<|endoftext|>"
turn_start = "<|im_start|>"
turn_end = "<|im_end|>"
fim_prefix = "<|fim_prefix|>"
fim_middle = "<|fim_middle|>"
fim_suffix = "<|fim_suffix|>"
fim_pad = "<|fim_pad|>"
repository_name = "<|repo_name|>"
file_separator = "<|file_sep|>"

special_tokens = [
    end_of_text,
    turn_start,
    turn_end,
    fim_prefix,
    fim_middle,
    fim_suffix,
    fim_pad,
    repository_name,
    file_separator,
]
