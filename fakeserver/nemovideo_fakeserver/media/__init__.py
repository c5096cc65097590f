"""Real files: probing what comes in, encoding what goes out."""
