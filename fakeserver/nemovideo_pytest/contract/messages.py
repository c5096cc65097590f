"""What visitors say, at the documented prices: a question, two edits, and a generation."""

from __future__ import annotations

ASK = "what can you do?"
"""Talk: free."""

LOOP = "Make a 10-second lo-fi loop at 80 BPM"
"""Music: an edit, 50 credits for the first one of a session."""

TITLE = 'Add the title "Paradise Found", white, top-center'
"""A title: an edit."""

SCENE = "make a 4 second video of a city timelapse"
"""A generation: 100 credits."""
