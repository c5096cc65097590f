"""Playing: what a user does, one act after the other, and who does it.

Imports point downwards: `sessions` draws; `case` is a scenario together with acts, as one file; `session`
is a sequence of acts; `http_player` and `nemo_player` do them; `acts` is what can be done.
"""
