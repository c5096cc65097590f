"""Instruments: each a function from a note to a waveform."""
