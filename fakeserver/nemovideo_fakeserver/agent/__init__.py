"""The scripted agent: from a message in English or Chinese to a plan that edits the draft.

A message goes to `plan.plan`, which knows the way: `reading` parts it into clauses, `requests` lists the
families of requests, the first family that recognises a clause does it on the draft as the clause before
left it (`stage.bench`), and `telling.script` makes beats of what was done. Imports point downwards:

    plan       the way of a message
    requests   the table of families, in the order in which they are asked
    families   a module for each kind of request: `music`, `titles`, `timing`, ...
    telling    what the agent says, and when
    stage      the draft being planned, and what a clause means on it
    reading    what words mean, whatever the draft

To add a kind of request, write a module with a `FAMILY` in `families` (see `families.family`) and list it
in `requests`; words that several families understand belong in `reading`.
"""
