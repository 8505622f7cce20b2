"""`python -m embedder.evaluate [--tune]`: search on held-out packages, as a Markdown table.

BM25, an untrained hashing embedder, the trained one, and BM25 with the trained one by reciprocal rank fusion.
`--tune` prints the fusions on the packages that were kept from training for that, best first.
"""

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np

from embedder.artefact import load
from embedder.bm25 import Bm25
from embedder.corpus_files import CORPUS, EMBEDDER, is_for_tuning, packages
from embedder.hashing import HashedEmbedder
from embedder.questions import Questions, questions
from embedder.ranks import fused, places, rank_of, summary_of
from embedder.words import words

# Chosen with --tune.
CONSTANT, SEMANTIC_SHARE = 10, 0.6
_CONSTANTS = (2, 5, 10, 20, 60)
_SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
METHODS = ("BM25", "hashing", "embedder", "hybrid")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--embedder", type=Path, default=EMBEDDER / "starter-embedder.safetensors")
    given = parser.parse_args()
    trained = load(given.embedder)
    if given.tune:
        sets = questions(each for each in packages(CORPUS / "train") if is_for_tuning(each[0]))
        print_fusions(sets, trained)
    else:
        print_table(questions(packages(CORPUS / "heldout")), trained)


def print_table(sets: list[Questions], trained) -> None:
    """One row per set and method, then the means over the sets of each kind."""
    print("| question | language | functions | questions | method | MRR | R@1 | R@5 | R@10 |")
    print("|---|---|---|---|---|---|---|---|---|")
    results: dict[tuple[str, str], list[dict[str, float]]] = {}
    for each in sets:
        ranks = {method: [] for method in METHODS}
        hashing = HashedEmbedder(trained.dimensions)
        for of_query in _scores(each, trained, hashing):
            for method, rank in of_query.items():
                ranks[method].append(rank)
        for method in METHODS:
            summary = summary_of(np.array(ranks[method]))
            results.setdefault((each.kind, method), []).append(summary)
            _print_row(each.kind, each.language, f"{len(each.texts)}", f"{len(each.queries)}", method, summary)
    for (kind, method), summaries in results.items():
        mean = {name: sum(summary[name] for summary in summaries) / len(summaries) for name in summaries[0]}
        _print_row(kind, "mean", "", "", method, mean)


def _print_row(*cells) -> None:
    *texts, summary = cells
    print(f"| {' | '.join(texts)} | {' | '.join(f'{value:.3f}' for value in summary.values())} |", flush=True)


def _scores(of: Questions, trained, hashing: HashedEmbedder) -> Iterator[dict[str, float]]:
    """The rank of the answer by each method, query by query."""
    hashed_texts, hashed_queries = hashing.embed(of.texts), hashing.embed(of.queries)
    for number, (answer, lexical, semantic) in enumerate(_both(of, trained)):
        hybrid = fused(places(lexical), places(semantic), CONSTANT, SEMANTIC_SHARE)
        yield {
            "BM25": rank_of(lexical, answer),
            "hashing": rank_of(hashed_texts @ hashed_queries[number], answer),
            "embedder": rank_of(semantic, answer),
            "hybrid": rank_of(hybrid, answer),
        }


def _both(of: Questions, trained) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """`(answer, BM25's scores, cosines)` for each query."""
    lexical = Bm25([words(text) for text in of.texts])
    texts, queries = trained.embed(of.texts), trained.embed(of.queries)  # (N, D), (Q, D)
    for answer, query, vector in zip(of.answers, of.queries, queries, strict=True):
        yield answer, lexical.scores(words(query)), texts @ vector


def print_fusions(sets: list[Questions], trained) -> None:
    """Mean over the sets of the MRR relative to BM25's, for each constant and share."""
    gains: dict[tuple[float, float], list[float]] = {}
    for each in sets:
        found = [(answer, places(lexical), places(semantic)) for answer, lexical, semantic in _both(each, trained)]
        base = np.mean([1 / lexical[answer] for answer, lexical, _ in found])
        for constant, share in product(_CONSTANTS, _SHARES):
            reciprocals = [1 / rank_of(fused(lex, sem, constant, share), answer) for answer, lex, sem in found]
            gains.setdefault((constant, share), []).append(float(np.mean(reciprocals) / base))
    for (constant, share), ratios in sorted(gains.items(), key=lambda item: -sum(item[1])):
        print(f"k {constant:3} embedder's share {share}: {np.mean(ratios):.3f} of BM25's MRR, least {min(ratios):.3f}")


if __name__ == "__main__":
    main()
