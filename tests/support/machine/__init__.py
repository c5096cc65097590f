"""A machine that lives many lives against a fake, and knows what the fake must make of each.

`deeds` are what people and tests do, as data; `casting` has the worlds they are done in. `walk` does deeds
to a fake and, after each, compares it with `model` (what should be, worked out anew) and with `audit`
(what every journal must be). `paper` writes a failure down as a scenario with its deeds.
"""
