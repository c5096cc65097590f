"""HTTP shapes on one side, acts of the domain on the other."""
