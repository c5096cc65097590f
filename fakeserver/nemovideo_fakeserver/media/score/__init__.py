"""Music composed from a brief: the same brief, seed and length always give the same samples.

From bottom to top: `voices` (notes as waveforms), `rhythm`, `harmony`, `melody`, `character` and `form` (what
music is made of), `styles` and `brief` (what is wanted), `percussion` and `arrangement` (who plays what), `room`,
`desk` and `band` (how it is played), `music` (a piece).
"""
