"""The scripted agent: from a message in English or Chinese to a plan that edits the draft.

`plan.plan` is the agent. Its way: `language` tidies, `marks` and `clauses` part the message, `requests`
lists the families of requests, one module each (`music`, `titles`, `timing`, ...), `bench` carries the
draft from one request to the next, `script` makes beats of the deeds. Words that are understood stand in
the tables of the module that uses them, and in `genres`; how `slower` is handled is found by way of
`requests`, `refinement` and `revision`.
"""
