"""`--nemo-seal`: the tests of a run reach this machine, and what they were told to test, and nothing else."""
