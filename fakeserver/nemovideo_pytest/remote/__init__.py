"""Services that are elsewhere: real connections, real time, and money."""
