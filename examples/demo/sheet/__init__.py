"""The parts of a contact sheet: what a film is like, what its draft says, and the paper for both."""
