"""Faults: what is to go wrong, where, and how often. Values, and the one place that strikes."""
