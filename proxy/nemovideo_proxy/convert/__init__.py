"""Cassettes as HAR 1.2 and as cassettes of VCR.py, and both as cassettes.

`recording` is what every format is turned into and made of; `har_out`, `har_in`, `vcr_out` and `vcr_in` are
the formats, `text` and `forms` what bodies are in them, `files` the way to and from a disk.
"""
