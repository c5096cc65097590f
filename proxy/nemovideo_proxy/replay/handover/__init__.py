"""Where a recording runs out, a fake goes on: seeded with what the recording had told so far.

The fake is a child process (`nemo-fakeserver serve --import`), never imported. Each client that runs out
has one of its own, in a world that is named after it, so that none sees another's work. Imports point
downwards:

    going_on    a player, and behind its end a fake
    fakes       which client has which fake
    forwarding  requests on their way to a fake, and replies on their way back, as they come
    seed        what is known, as a snapshot that a fake begins with
    facts       what the replies of a recording say of an account
"""
