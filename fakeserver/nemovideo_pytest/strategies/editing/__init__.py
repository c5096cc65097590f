"""Edits: what users ask for in words, and what must then be different in the draft.

Imports point downwards: `edits` lists the families of requests, one module each; `edit` is a message with
its effect; `picture_effects` and `effects` say what can be asked of a draft; `effect` what an effect is;
`timeline` reads drafts, and `projects` makes up some to be edited. None of it knows the scripted agent:
the words are what people say, the effects what those words mean.
"""
