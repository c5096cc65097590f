"""Music composed from a brief: the same brief, seed and length always give the same samples."""
