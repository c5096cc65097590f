"""What a draft means: which pictures and words fill every frame, and which sounds are heard when.

`reading` makes a `line.Timeline` of a draft: of `clips` and `captions`, laid out by `shots` and `lanes`.
A draft may come straight from a client, so nothing in it is trusted. A value of a wrong type counts
as missing; a number outside its range as the nearest one inside; a segment without length is not
there. What is too much to do is refused, not attempted.
"""
