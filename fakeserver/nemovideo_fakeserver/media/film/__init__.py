"""Files: pictures and sound encoded side by side, in the order of their time.

`making` writes what an order asks for, unless `budget` refuses it; `synthetic` writes what was so far only
described, `thumbnail` the small pictures of media.
"""
