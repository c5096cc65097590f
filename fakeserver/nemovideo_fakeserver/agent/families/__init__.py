"""The families of requests: each module recognises one kind of request and does it.

`family` says what a family is; `requests` above lists them. The music: `music`, `recordings`, `refinement`,
`mixing`, `placing`. The picture: `clips`, `order`, `timing`, `pace`, `looks`, `generation`. Words on the
screen: `titles`, `subtitles`. All of these: `regeneration`, `repetition`, `removal`. Nothing to be done:
`talk`, `unknown_files`. Two lend a hand: `lengthening` to `timing`, `embellishment` to a new film.
"""
