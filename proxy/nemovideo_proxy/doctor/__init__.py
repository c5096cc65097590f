"""What is wrong with a cassette: what `nemo-proxy doctor` finds, and what to do about it.

`examining` looks at a whole cassette, `interactions` at one interaction, `formatting` rewrites one as a
recording would write it.
"""
