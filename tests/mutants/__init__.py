"""A mutation check of the contract suite: faults put into the fake one at a time, and which test notices.

`python -m mutants` (with `tests` on the path) runs it; `tox -e mutants` does.
"""
