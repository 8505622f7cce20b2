"""What the report says about how each table was made, by the step that made it."""

from __future__ import annotations

INTRODUCTION = """\
Measured on packages of which no file was trained on. The model is the quantised GGUF that ships, read through
node-llama-cpp with the product's own session, prompt layout, token healing and stops; every model gets the same places.
Files made by a compiler (`.d.ts`, JavaScript beside its TypeScript) and files with very long lines are left out; packages take turns, so that no large
one decides a number. `previous` is the starter before this one. It was trained on windows of 512 tokens, so its prompts
are kept that short, though the product would show it more; its bits per byte are given for both lengths. Some of the
packages may have been among those that it was trained on.

The peers that are no neural networks: `n-gram` is prediction by partial matching over bytes, counted on up to 30 MB of
the training corpus of the same language, contexts of up to 16 bytes, refined by what stands earlier in the same text,
contexts of up to 32 bytes, its weights fitted on training files; `copy from context` goes on as the file did after the
last earlier occurrence of the longest end of the prefix. Both see the prefix only."""

METHODS: dict[str, str] = {
    "bits": """\
Sum of -log2 p over all tokens, divided by the bytes of the same text. Files are read in pieces of at most 6,000 bytes,
two of a file at most; each piece starts anew, for the n-gram baseline too.""",
    "infill": """\
Single line: the whole line with its indentation, drawn from the lines that are not blank. Rest of line: the cursor
anywhere inside the same line, inside words too, what is left of it forced as the beginning of the answer. Multi line:
two to six whole lines. Random span: 10 to 200 characters from anywhere on the line. Lines end at the line's end or
after 32 tokens, as in the product, whose filters come later and are not part of this; the others end at the end of text
or after 160 and 96 tokens. `copy from context` knows no end: in the last two kinds it is told the true length. Unasked,
the product shows a line whose mean log probability per token is at least -1.8.""",
    "crossfile": """\
Lines that use a name which another file of the package declares and this file does not. "Retrieved" is what the
product's own sources find (imported declarations, similar pieces of eight neighbouring files) from the text around the
cursor; the middle is never looked at. "Unrelated" is what they found for another package. "Declaration retrieved" are
the lines for which the snippets contain a name of the middle that another file declares.""",
    "parsing": """\
The share of multi-line completions after which the file has no more syntax errors than before the cut (tree-sitter,
the grammars that ship). `empty` puts nothing in.""",
    "humaneval": """\
HumanEval-Infilling, github.com/openai/human-eval-infilling. One greedy answer per problem; the tests run without
network, 3 seconds each.""",
    "tasks": """\
Tasks made from functions of held-out packages. Fix: the code with one seeded bug and its diagnostic. "Wrong line
right": the lines that the bug destroyed stand in the answer again. Explain: against the function's own doc comment.""",
    "memory": """\
200 tokens after beginnings of held-out files and after bare beginnings, greedy and sampled. An overlap is the longest
piece of an output that stands verbatim in the whole training corpus, in characters, from 32 bytes on. The first row is
what held-out text itself, as long as the outputs, has in common with the training corpus.""",
    "latency": """\
24 tokens at a place in a held-out file, first with a new prompt of about 600 tokens, then with the same prompt in the
KV cache, as it is while somebody types. Medians.""",
}
