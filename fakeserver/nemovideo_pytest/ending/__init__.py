"""The end of a test: how it left its service, and what becomes of that.

`ending` is the value. `of_fake` and `of_replay` tell it of a fake and of a cassette. `failing` makes a failure, warnings
(`judge_warning`) or a section of the report of it. `passed` remembers how the test itself went.
"""
