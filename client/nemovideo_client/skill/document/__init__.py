"""A SKILL.md as a document: its lines, its code, its tables, and where each of them stands."""
