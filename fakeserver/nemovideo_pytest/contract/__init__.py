"""The contract: what a NemoVideo service does, whoever built it."""
