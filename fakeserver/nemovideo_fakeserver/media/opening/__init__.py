"""Opening files that strangers made: by the one reader that their content names, and no other."""
