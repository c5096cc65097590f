"""What the agent says, and when.

`prose` is its voice, `settings` and `summary` put values and the timeline in words, `script` makes beats
of deeds and words.
"""
