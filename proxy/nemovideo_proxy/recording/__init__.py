"""What a recording is, without a socket: exchanges, their ends, assets, the spend guard, the modes."""
