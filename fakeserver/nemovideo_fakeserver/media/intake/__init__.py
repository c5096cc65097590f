"""Taking files in: each is looked into before anything else is done with it, and kept by its content."""
