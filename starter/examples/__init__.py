"""From the corpus to packed token rows: completion, repo-level and instruction examples."""
