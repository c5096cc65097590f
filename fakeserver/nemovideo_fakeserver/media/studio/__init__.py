"""Having files made, by workers: each is made once, in a process that is ended when it takes too much."""
