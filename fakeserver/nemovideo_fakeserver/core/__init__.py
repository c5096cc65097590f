"""The domain: accounts, credits, sessions, turns, uploads, drafts, renders. Values and rules only."""
