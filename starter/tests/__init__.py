"""Quick tests of the recipe."""
