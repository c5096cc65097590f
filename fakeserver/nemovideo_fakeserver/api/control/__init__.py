"""Steering the fake over HTTP, under `/__fake__/`. None of this is NemoVideo."""
