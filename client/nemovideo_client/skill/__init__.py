"""What a SKILL.md says about the client that follows it."""
