"""The draft being planned, and what a clause means on it.

`readable` takes the draft as it is found, `bench` carries it from one request to the next, `timeline` reads
and cuts it. `targets` finds the clips a clause speaks of, `staging` lays them, `scoring` lays music.
"""
