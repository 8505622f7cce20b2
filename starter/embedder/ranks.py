"""From scores to ranks, from ranks to one number."""

import numpy as np


def rank_of(scores: np.ndarray, target: int) -> float:
    """1 for the best; among equal scores the middle of their places."""
    own = scores[target]
    return 1 + float((scores > own).sum()) + float((scores == own).sum() - 1) / 2


def places(scores: np.ndarray) -> np.ndarray:
    """(documents,) float32: the place of each, from 1; documents without a score come last, together."""
    order = np.argsort(-scores, kind="stable")
    result = np.empty(len(scores), np.float32)
    result[order] = np.arange(1, len(scores) + 1)
    result[scores <= 0] = len(scores)
    return result


def fused(lexical: np.ndarray, semantic: np.ndarray, constant: float, semantic_share: float) -> np.ndarray:
    """Reciprocal rank fusion (Cormack et al. 2009) of two arrays of places, with a weight for each side."""
    return (1 - semantic_share) / (constant + lexical) + semantic_share / (constant + semantic)


def summary_of(ranks: np.ndarray) -> dict[str, float]:
    """Mean reciprocal rank and recall at 1, 5 and 10."""
    recalls = {f"R@{k}": float((ranks <= k).mean()) for k in (1, 5, 10)}
    return {"MRR": float((1 / ranks).mean()), **recalls}
