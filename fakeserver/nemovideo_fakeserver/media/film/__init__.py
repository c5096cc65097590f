"""Files: pictures and sound encoded side by side, in the order of their time."""
