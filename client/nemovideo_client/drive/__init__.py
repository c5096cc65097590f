"""The only I/O: performs the steps of flows, blocking or under asyncio."""
