"""A scenario as values: one module for each noun. Frozen, and every key says what it means to an editor."""
