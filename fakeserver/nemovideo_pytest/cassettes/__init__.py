"""What tests replay and record: where it lies, what is asked of it, and how it is kept."""
