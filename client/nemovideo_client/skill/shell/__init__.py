"""The small part of shell that skills are written in: read, and never run."""
