"""What words mean, whatever the draft: pure functions of texts.

From letters to requests: `language`, `misspellings` and `marks` prepare a message, `numerals` and
`quantities` read its numbers, `openings` and `clauses` part it. What a clause is about: `nouns`, and
`wording` for the words to show. How much, how long, which part: `lengths`, `leaving`. Words that stand for
things are listed in a `lexicon`: `genres` for the `brief` of a piece of music and its `revision`, colours
and places for the `style` of a text.
"""
