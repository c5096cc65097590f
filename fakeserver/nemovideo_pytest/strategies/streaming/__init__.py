"""Event streams: what is told, in which dialect, as which bytes, with which gaps, and how it ends.

Imports point downwards: `event_streams` draws; `stream` is the result, which httpx can read; `writing`
turns events into lines with all the freedom that the standard leaves; `dialects` puts what is told into
events; `telling` is what is told. None of it shares code with the fake or with the client.
"""
