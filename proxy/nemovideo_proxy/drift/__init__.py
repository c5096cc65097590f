"""Whether a target still answers as it was recorded: what `nemo-proxy verify` does.

A cassette's requests are sent again, with ids mapped by reference (`references`), each at its recorded time
(`pace`, `conductor`, `sending`). Each reply is compared with the recorded one
(`comparing`: `shapes` of JSON, `frames` and `streams` of events), differences that are known are taken away
(`accepted`), and the rest is scored (`verdict`) and told (`telling`).
"""
